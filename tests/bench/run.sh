#!/bin/sh
# Figures beside floors taken in the same run, goals beside figures.  The databases (a thousand, a
# hundred thousand and a million appointments; about 1.3 GB) are made once and kept in
# $BUILD/bench: `rm build/bench/*.db` makes them anew.  A missed goal is said and fails nothing.
set -eu
BUILD=${BUILD:-build}
OHDESK=${OHDESK:-$PWD/$BUILD/ohdesk}
dir=$BUILD/bench
export XDG_CONFIG_HOME="$dir"
unset OHDESK_DB

# made NAME OPTION...: a practice database, unless it stands there, made so under this schema.
made() {
	file=$dir/$1.db as=$(cat db/migrations/*.sql | cksum)\ $*
	shift
	if [ -f "$file" ] && [ "$(cat "$file.made" 2>/dev/null)" = "$as" ]; then return; fi
	rm -f "$file" "$file"[-.]*
	"$OHDESK" demo "$file" --today 2026-03-12 "$@"
	echo "$as" >"$file.made"
}
# The tenth is a tenth of everything: one site of the large one's ten.
made tiny --people 160 --years 1 --sites 1 --clinicians 6 --appointments 1000
made small --people 16000 --years 3 --sites 1 --clinicians 20 --appointments 100000
made large --people 160000 --years 3 --sites 10 --clinicians 200 --appointments 1000000

# Into the cache of the machine, where a working day has them.
cat "$dir/tiny.db" "$dir/small.db" "$dir/large.db" >/dev/null

work=$(mktemp -d "$dir/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
"$dir/keys" "$OHDESK" "$dir/floor" "$dir/small.db" "$dir/large.db" "$dir/tiny.db"
"$dir/screens" "$OHDESK" "$dir/floor" "$dir/small.db" "$dir/large.db" "$work"
"$dir/triage" "$OHDESK" "$dir/floor" "$dir/large.db" "$work"
"$dir/acts" "$dir/small.db" "$dir/large.db" "$work"
"$dir/bookings" "$dir/small.db" "$dir/large.db" "$work"
"$dir/waiting" "$dir/small.db" "$work"
