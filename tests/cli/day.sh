#!/bin/sh
# The end of a day by command, the next day's list, and `store health` with each fault planted.  Silent
# and 0 when that is tests/cli/day.out; ids are made alike first.  GOLDEN=1 writes that file anew.
set -eu
: "${OHDESK:=build/ohdesk}"
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 07:42"

who=a.root
o() { "$OHDESK" --as "$who" --now "$now" "$@"; }
# Shows a command, what it prints and how it ends.
show() {
	printf '%s %s$ %s\n' "${now#* }" "$who" "$*"
	status=0
	o "$@" 2>&1 || status=$?
	[ "$status" -eq 0 ] || printf '(exit %s)\n' "$status"
}
made() { o "$@" >"$dir/row"; }
sql() { sqlite3 "$OHDESK_DB" "$1"; }

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made site add HBR --name Harbour --nation E
made room add NGT-1 --name "room 1" --site NGT
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60
made clinician add marsh --surname Marsh --given Jo --discipline physio
made clinician add kelly --surname Kelly --given Sean --discipline counsellor
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add s.kelly --role counsellor --person "KELLY, Sean (Mr)" --site NGT
made user add m.doyle --role manager --person "DOYLE, Mary (Ms)"
made template add --clinician marsh --site NGT --room NGT-1 --service PHYSIO --day thu --pattern "09:00 NEW 40x2"
made template add --clinician marsh --site NGT --room NGT-1 --service PHYSIO --day fri --pattern "09:00 NEW 40x2"
made template add --clinician kelly --site NGT --service COUNS --day fri --pattern "14:00 NEW 60x2"
made template publish
made person add --surname Okafor --given Adaeze --title Mrs --born 1984-08-14 --employee-no 20417733 --mobile "07700 900418" --customer WVH
made person add --surname Ellis --given Marcus --title Mr --born 1981-11-07 --employee-no 20550871 --customer WVH
who=p.shah
made appt book --person 20417733 --service physio --clinician marsh --at "2026-03-12 09:00"
appt=$(sed -n 2p "$dir/row" | cut -f 1)
made appt book --person 20550871 --service physio --clinician marsh --at "2026-03-13 09:00"
who=s.kelly
made appt book --person 20417733 --service couns --clinician kelly --at "2026-03-13 14:00"
who=p.shah
made task add "Order gloves" --for reception --due "17:00"
now="2026-03-12 16:55"

{
	show day show
	show day close
	show day close --why " "
	show day close --date 2026-03-13 --why "early"
	show day list
	show day list --date 2026-03-12
	show day list --date 2026-03-16
	show day list --site XXX
	show day list --paper
	who=m.doyle
	show day show
	show day show --site HBR
	show day close --site HBR
	show day close --site HBR
	who=p.shah
	made appt arrive "$appt"
	made appt seen "$appt"
	show day close --why "the gloves can wait"
	show day close
	show task list
	who=a.root
	show store check
	show store health
	show store backup "$dir/backup"
	show store health
	now="2026-03-16 08:00"
	sql "INSERT INTO overlap (id, type, a, b, at, state) VALUES (1, 'slot', 1, 2, 3, 'open')"
	sql "UPDATE slot SET appt = NULL WHERE day = (SELECT max(day) FROM appointment) AND appt IS NOT NULL"
	sql "UPDATE appointment SET day = day + 3 WHERE service = (SELECT id FROM service WHERE code = 'COUNS')"
	sql "INSERT INTO print_job (at, user, paper, title, body, state) VALUES (1, 1, 'list', 't', 'b', 'failed')"
	show store health
} >"$dir/out" 2>&1
# Ids are moments: alike here, different at each run.
sed -e 's/[0-9a-hjkmnp-tv-z]\{4\}-[0-9a-hjkmnp-tv-z]\{4,12\}/ID/g' -e "s|$dir|DIR|g" "$dir/out" >"$dir/same"
if [ "${GOLDEN:-}" = 1 ]; then
	cp "$dir/same" "$here/day.out"
fi
diff -u "$here/day.out" "$dir/same"
cmp -s "$dir/spool/NGT-2026-03-13.txt" /dev/null && echo "the list was not written"
[ "$(find "$dir/spool" -perm /007 -type f | wc -l)" -eq 0 ] || echo "others can read the list"
