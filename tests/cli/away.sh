#!/bin/sh
# A clinician is away, by command: who is hit, where each goes, all of it taken back by one undo.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export XDG_CONFIG_HOME="$dir/none"
unset OHDESK_DB
db=$dir/w.db

# o WORDS...: on the day of the practice data at 09:42.
o() { "${OHDESK:?}" --db "$db" --now "2026-11-20 ${at:-09:42}" --as "${as:-a.root}" "$@"; }
fail() {
	echo "$1"
	exit 1
}
is() { [ "$1" = "$2" ] || fail "not \"$2\" but \"$1\""; }
ends() {
	status=0
	want=$1
	shift
	o "$@" >/dev/null 2>&1 || status=$?
	[ "$status" = "$want" ] || fail "$* ended with $status, not $want"
}
sql() { sqlite3 -cmd ".timeout 60000" "$db" "$1"; }
# Everybody's time, and who holds what.
stand() {
	sql "SELECT id, state, starts, clinician, site FROM appointment;
		SELECT id, state, appt FROM slot WHERE state <> 'open' OR appt IS NOT NULL;
		SELECT id FROM leave WHERE state = 'on'; SELECT id FROM task WHERE state = 'open';
		SELECT id FROM message WHERE state IN ('queued', 'phoned'); SELECT * FROM to_book" | sha256sum
}
"$OHDESK" demo "$db" --people 2000 --sites 2 --clinicians 16 --years 1 --today 2026-11-20 >/dev/null 2>&1
marsh=$(sql "SELECT id FROM clinician WHERE code = 'marsh'")
booked() { sql "SELECT count(*) FROM appointment WHERE clinician = $marsh AND state = 'B'
	AND day BETWEEN 20778 AND 20783"; } # 21 to 26 November
was=$(booked)
[ "$was" -gt 2 ] || fail "nobody is booked with Marsh"
before=$(stand)

ends 2 diary leave marsh --from 2026-11-21 --to 2026-11-26 --why ill --move --wait
ends 5 diary away marsh
is "$(stand)" "$before"

# To new times, none of them his in that stretch, no two at one time with one clinician.
o diary leave marsh --from 2026-11-21 --to 2026-11-26 --why ill --move >"$dir/rows" 2>/dev/null
is "$(sed 1d "$dir/rows" | wc -l)" "$was"
is "$(booked)" 0
is "$(cut -f12 "$dir/rows" | sed 1d | sort | uniq | tr '\n' ' ' | sed 's/task //; s/wait //')" "move "
is "$(cut -f13,14 "$dir/rows" | sed 1d | grep -v '^	$' | sort | uniq -d)" ""
o store check >/dev/null || fail "store check found something"
id=$(sed -n '2s/\t.*//p' "$dir/rows")
o appt history "$id" | grep -q 'moved by the service' || fail "the move is not in the history"
ends 5 diary away marsh

# One undo for the lot, by the leave's id as by u on the screens.
o diary undo "$(o diary leaves marsh | sed -n '2s/\t.*//p')" >/dev/null
is "$(stand)" "$before"

# Granted first and seen to afterwards: listed, then sent to who is to be booked.
o diary leave marsh --from 2026-11-21 --to 2026-11-26 --why ill >/dev/null
before=$(stand)
is "$(as=p.shah o diary away marsh | sed 1d | wc -l)" "$was"
is "$(stand)" "$before"
as=p.shah o diary away marsh --wait >"$dir/rows" 2>/dev/null
is "$(cut -f12 "$dir/rows" | sed 1d | sort -u)" wait
is "$(booked)" 0
o store check >/dev/null || fail "store check found something"
