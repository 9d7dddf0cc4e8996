#!/bin/sh
# How long people waited, NHS beside external customers: counted as the rows say, small cells hidden.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export XDG_CONFIG_HOME="$dir/none"
unset OHDESK_DB
db=$dir/w.db
o() { "${OHDESK:?}" --db "$db" --now "2026-11-20 09:42" --as "${as:-m.doyle}" "$@"; }
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
sql() { sqlite3 -separator "$(printf '\t')" "$db" "$1"; }
"$OHDESK" demo "$db" --people 1500 --sites 2 --clinicians 12 --years 1 --today 2026-11-20 >/dev/null 2>&1

is "$(o report list | sed 1d | cut -f1)" waits
o report waits --from 2026-01-01 --to 2026-11-20 --inside | sed 1d >"$dir/rows"
is "$(cut -f1-4 "$dir/rows")" "$(sql "SELECT y || '-Q' || q, s.code, CASE WHEN x THEN 'external' ELSE 'nhs' END, n
	FROM (SELECT strftime('%Y', a.day * 86400, 'unixepoch') AS y,
		(strftime('%m', a.day * 86400, 'unixepoch') + 2) / 3 AS q, a.service AS service,
		coalesce(c.kind = 'external', 0) AS x, count(*) AS n
		FROM appointment a JOIN booking b ON b.appt = a.id JOIN episode e ON e.id = b.episode
		LEFT JOIN customer c ON c.id = b.customer
		WHERE a.state = 'S' AND a.kind = 'NEW' AND e.state <> 'error' AND a.day BETWEEN 20454 AND 20777
		GROUP BY 1, 2, 3, 4) JOIN service s ON s.id = service WHERE s.private = 0
	ORDER BY y, q, service, x")"
# What leaves the service shows no figure of fewer than five, nor anything else of them.
o report waits --from 2026-01-01 | sed 1d >"$dir/out"
is "$(awk -F'\t' '$4 != "<5" && $4 < 5' "$dir/out")" ""
is "$(awk -F'\t' '$4 == "<5" && ($5 $6 $7 $8) != ""' "$dir/out")" ""
is "$(awk -F'\t' '$4 < 5' "$dir/rows" | wc -l)" "$(awk -F'\t' '$4 == "<5"' "$dir/out" | wc -l)"
grep -qi couns "$dir/rows" && fail "a private service is named to who may not see it"
as=p.shah ends 6 report waits --from 2026-01-01
ends 3 report waits --from 2026-03-01 --to 2026-02-01
ends 2 report waits
