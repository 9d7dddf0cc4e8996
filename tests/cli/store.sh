#!/bin/sh
# What is wrong with a database is said in a sentence, with the right exit status, and nothing is
# half-written: no file, no database, another's database, a newer schema, locked, full.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
top=$PWD
dir=$(mktemp -d)
holder=
clean() {
	[ -z "$holder" ] || kill "$holder" 2>/dev/null || true
	rm -rf "$dir"
}
trap clean EXIT
cd "$dir"
export XDG_CONFIG_HOME="$dir/config"

# wants STATUS WORDS COMMAND...: runs it and compares the status and the sentence.
wants() {
	status=$1 words=$2
	shift 2
	set +e
	said=$("$@" 2>&1 >/dev/null)
	got=$?
	set -e
	[ "$got" -eq "$status" ] || { echo "$*: exit $got, not $status: $said"; exit 1; }
	case $said in *"$words"*) ;; *) echo "$*: said: $said"; exit 1 ;; esac
	[ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] || { echo "$*: more than one line: $said"; exit 1; }
}

new() { "$OHDESK" site init "$1" --code NGT --name Northgate --admin "$(id -un)" --practice; }

wants 5 "There is no database" "$OHDESK" --db none.db site list
wants 2 "Which database?" env -u OHDESK_DB "$OHDESK" site list
: >empty.db
wants 7 "is no ohdesk database" "$OHDESK" --db empty.db site list
head -c 100000 /dev/urandom >random.db
wants 7 "is no ohdesk database" "$OHDESK" --db random.db site list
sqlite3 other.db 'CREATE TABLE t (x)'
wants 7 "is no ohdesk database" "$OHDESK" --db other.db site list
wants 7 "is no file" "$OHDESK" --db . site list

new a.db
wants 4 "exists already" "$OHDESK" site init a.db --code NGT --name Northgate --admin me
wants 3 "is letters, digits" "$OHDESK" site init b.db --code "N T" --name Northgate --admin me
[ ! -e b.db ] && [ ! -e b.db-wal ] && [ ! -e b.db-lock ] || { echo "a refused site init left files"; exit 1; }
wants 3 "is not a date" "$OHDESK" site init b.db --code NT --name X --admin me --practice --at "never in life"

cp a.db newer.db
sqlite3 newer.db 'PRAGMA user_version = 99'
wants 7 "newer ohdesk" "$OHDESK" --db newer.db site list

# One of the schema before: several desks open it at once, over the copy that somebody had begun who was
# stopped.  It is brought up to date once, and the copy is the old one, whole.
steps=$(find "$top/db/migrations" -name '*.sql' | wc -l)
find "$top/db/migrations" -name '*.sql' | sort | head -n -1 | xargs cat | sqlite3 old.db
sqlite3 a.db '.dump --data-only me' | sqlite3 old.db
sqlite3 old.db "PRAGMA application_id = $(sqlite3 a.db 'PRAGMA application_id');
	PRAGMA user_version = $((steps - 1)); UPDATE me SET schema = $((steps - 1))"
echo "half of a copy" >old.db-schema-$((steps - 1))
desks=
for i in 1 2 3 4; do
	"$OHDESK" --db old.db site list >"out.$i" 2>&1 &
	desks="$desks $!"
done
for pid in $desks; do
	wait "$pid" || [ $? -lt 7 ] || { echo "an older database was not opened"; cat out.*; exit 1; }
done
! grep -h 'fault\|exists' out.* || exit 1
[ "$(sqlite3 old.db 'PRAGMA user_version; SELECT schema FROM me')" = "$steps
$steps" ] || { echo "the schema is not up to date"; exit 1; }
[ "$(sqlite3 old.db-schema-$((steps - 1)) 'PRAGMA user_version')" = $((steps - 1)) ] ||
	{ echo "no copy of the old schema"; exit 1; }

# A real database takes neither a time nor a name from the command line.
"$OHDESK" site init real.db --code NGT --name Northgate --admin "$(id -un)"
wants 6 "practice" "$OHDESK" --db real.db --now "2026-03-12 09:42" site list
wants 6 "practice" "$OHDESK" --db real.db --as p.shah site list

# Locked by another program: refused after the wait that the settings give, and nothing is lost.
mkdir -p config/ohdesk
printf '[store]\nbusy_ms = 200\n' >config/ohdesk/ohdesk.ini
mkfifo talk answer
sqlite3 a.db <"talk" >"answer" &
holder=$!
exec 3>"talk" 4<"answer"
printf 'BEGIN EXCLUSIVE;\nSELECT 1;\n' >&3
read -r _ <&4
wants 7 "busy" "$OHDESK" --db a.db site add HBR --name Harbour
printf 'COMMIT;\n.quit\n' >&3
exec 3>&- 4<&-
wait "$holder"
holder=
"$OHDESK" --db a.db site add HBR --name Harbour >/dev/null

# A disk that takes no more (20 KiB, whatever the schema has grown to): a sentence, and all that was
# acknowledged is still there.
cp a.db full.db
said=$( (ulimit -f 40 && "$OHDESK" --db full.db site add PLE --name Poole) 2>&1) && {
	echo "added on a full disk: $said"; exit 1
}
case $said in ohdesk:*"nothing was saved"*) ;; *) echo "full disk said: $said"; exit 1 ;; esac
[ "$("$OHDESK" --db full.db site list | wc -l)" -eq 3 ] || { echo "the full disk lost or kept something"; exit 1; }
"$OHDESK" --db full.db store check >/dev/null

# A damaged page is told by check, never a crash.
"$OHDESK" --db a.db store backup copy
cp copy/ohdesk.db damaged.db
"$OHDESK" --db damaged.db store check >/dev/null
size=$(wc -c <damaged.db)
dd if=/dev/urandom of=damaged.db bs=4096 seek=$((size / 8192)) count=3 conv=notrunc 2>/dev/null
if "$OHDESK" --db damaged.db store check >/dev/null 2>&1; then echo "check passed a damaged file"; exit 1; else
	[ $? -le 8 ] || { echo "check crashed on a damaged file"; exit 1; }
fi

# A backup opens elsewhere, never over anything.
"$OHDESK" --db back.db store restore copy
[ "$("$OHDESK" --db back.db site list)" = "$("$OHDESK" --db a.db site list)" ] || { echo "the backup differs"; exit 1; }
wants 4 "File exists" "$OHDESK" --db back.db store restore copy
wants 4 "Cannot make the folder" "$OHDESK" --db a.db store backup copy

# Words that are no command.
wants 2 "There is no" "$OHDESK" nonsense
wants 2 "no option --frob" "$OHDESK" --db a.db site list --frob
wants 2 "needs a value" "$OHDESK" --db a.db site add X --name
wants 2 "It is:" "$OHDESK" --db a.db site add
wants 2 "given twice" "$OHDESK" --db a.db site add X --name A --name B
