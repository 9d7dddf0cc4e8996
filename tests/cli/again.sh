#!/bin/sh
# A node that was stopped, or whose tables are damaged, gets a new copy in the place of its own: it stays who
# it is, what it had not sent is on top and goes out, what it had sent without hearing of it is done, its
# parked drafts and numbers go on, the old file is kept.  Cut off at any moment there is one or the other,
# whole.  Silent and 0 when it passes.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export XDG_CONFIG_HOME="$dir/config"
day="2026-03-12 07:42"
same() { [ "$2" = "$3" ] || { echo "$1: $2, not $3"; exit 1; }; }
row() { sed -n "$(($1 + 1))p"; }
at() { db=$1; shift; "$OHDESK" --db "$dir/$db.db" --as a.root --now "$day" "$@"; }
refused() { { "$@" >rows; } 2>&1 || echo $?; }
again() { at n2 sync join --again; }

"$OHDESK" site init hub.db --code NGT --name Northgate --admin a.root --practice --at "$day" --hub
{
	at hub node enrol 2 --letter M --name Mill
	at hub service add OHN --name "OH nurse" --short Nurse --prefix OHN --new 20 --fu 20 --modes face
	at hub customer add WVH --name "Wessex Vale" --short "WV Hosps"
	at hub clinician add reed --surname Reed --given Al --discipline nurse --node 2
	for p in Ash Birch Cedar Dale; do at hub person add --surname "$p" --given Ann --customer WVH; done
} >rows
via="$OHDESK --db $dir/hub.db --now '$day' sync serve --node 2"
at n2 sync join --via "$via" >rows
same "its log is written ahead" "$(sqlite3 n2.db 'PRAGMA journal_mode')" wal
at n2 template add --clinician reed --site NGT --service OHN --day thu --pattern "09:00 FU 20x12" >rows
at n2 template publish --to 2026-03-20 >rows
person() { at "$1" person find "$2" | row 1 | cut -f 1; }
book() { at n2 appt book --person "$(person n2 "$1")" --service OHN --clinician reed --at "$2" | row 1 | cut -f 9; }
at n2 sync run

# Sent, and not heard of: the hub has it, its word does not come back.
same "booked" "$(book ash "2026-03-12 09:00")" booked
at n2 sync run --via "$via | dd bs=1 count=300 2>dd"  2>says && echo "the line was not cut" || :
same "the hub has it" "$(at hub appt list --date 2026-03-12 | grep -c ASH)" 1
same "not heard of" "$(at n2 sync status | row 1 | cut -f 3)" 1
# Not sent.
same "booked, too" "$(book birch "2026-03-12 09:20")" booked
at n2 person add --surname Elm --given Ann --customer WVH >rows

# A row that is otherwise than the log says: the next entry about it stops this node, and work goes on.
sqlite3 n2.db "UPDATE person SET title = 'Dr' WHERE surname = 'Cedar'"
at hub person set "$(person hub cedar)" --title Ms >rows 2>says
same "stopped" "$(refused at n2 sync run | tail -n 1)" 7
same "its word" "$(at n2 sync status | row 1 | cut -f 2)" stopped
same "and works" "$(book dale "2026-03-12 09:40")" booked
number=$(sqlite3 n2.db "SELECT max(number) FROM episode")

# Somebody is at work in it.
mkfifo hold
sqlite3 n2.db <hold >says &
other=$!
exec 8>hold
echo "BEGIN; SELECT count(*) FROM me;" >&8
until [ -s says ]; do :; done
same "others are at work" "$(refused again)" \
	"ohdesk: Others are at work in $dir/n2.db: close every desk on it first.
4"
exec 8>&-
wait "$other"

# Killed at any moment: it is the old one or the new one.
i=0
while [ "$i" -lt 20 ]; do
	i=$((i + 1))
	timeout -s KILL "$(printf '0.%03d' $((i * 6)))" "$OHDESK" --db n2.db --now "$day" sync join --again >rows 2>&1 || :
	state=$(at n2 sync status | row 1 | cut -f 2)
	[ "$state" = stopped ] || [ "$state" = wait ] || echo "cut off, it is $state"
	same "whole" "$(sqlite3 n2.db 'PRAGMA integrity_check; PRAGMA foreign_key_check')" ok
done
if [ "$(at n2 sync status | row 1 | cut -f 2)" = stopped ]; then
	again >rows
	same "its log is written ahead again" "$(sqlite3 n2.db 'PRAGMA journal_mode')" wal
	same "what was stopped, and what is on top" "$(row 1 <rows | cut -f 1,4)" "stopped	1"
	[ -f "$(row 1 <rows | cut -f 3)" ] || echo "the old file was not kept"
fi
for f in n2.db-joining*; do
	[ ! -e "$f" ] || [ "$i" = 20 ] || echo "left behind: $f"
done
same "nothing is lost" "$(at n2 appt list --date 2026-03-12 | tail -n +2 | cut -f 8,9 | tr '\t\n' ' ;')" \
	"ASH, Ann booked;BIRCH, Ann booked;DALE, Ann booked;"
same "what it sent is not sent again" "$(at n2 sync status | row 1 | cut -f 3)" 1
at n2 sync run
same "in step" "$(at n2 sync digest)" "$(at hub sync digest)"
same "once each" "$(at hub appt list --date 2026-03-12 | tail -n +2 | cut -f 8,9 | tr '\t\n' ' ;')" \
	"ASH, Ann booked;BIRCH, Ann booked;DALE, Ann booked;"
same "and goes on" "$(book cedar "2026-03-12 10:00") $(at n2 sync status | row 1 | cut -f 2)" "booked wait"
same "numbers too" "$(sqlite3 n2.db "SELECT max(number) > '$number' FROM episode")" 1
at n2 sync run
same "to the end" "$(at n2 sync digest)" "$(at hub sync digest)"
at n2 store check >rows 2>says || cat rows
same "the chain" "$(sqlite3 n2.db "SELECT count(DISTINCT inc) FROM cmd")" 1
# The next copy of the hub's removes what those before it left that were stopped.
sh -c 'exit 0' &
gone=$!
wait "$gone"
echo part >"hub.db-copy-$gone-part-$gone"
echo "of somebody who works" >"hub.db-copy-$$"
same "a new copy of one that is whole" "$(again | row 1 | cut -f 1,4)" "ok	0"
same "what is left beside the hub's" "$(ls "hub.db-copy-$gone"* "hub.db-copy-$$" 2>/dev/null)" "hub.db-copy-$$"
rm "hub.db-copy-$$"
same "no such place" "$(refused at none sync join --again --via "$via" | tail -n 1)" 5
