#!/bin/sh
# Every appt command, what it prints and how it ends.  Silent and 0 when that is tests/cli/appt.out;
# ids are made alike first.  GOLDEN=1 writes that file anew.
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
person() { o person add "$@" | sed -n 2p | cut -f 1; }
appt() { o appt list --date "$1" --clinician "$2" --state booked | sed -n "$3p" | cut -f 1; }

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made site add HBR --name Harbour --nation E
made room add NGT-1 --name "room 1" --site NGT
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --rapid yes --new 40 --fu 20 --modes "face phone" --cap 6 --target 5
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60 --modes "face video" --target 10
made clinician add marsh --surname Marsh --given Jo --discipline physio --reg-body HCPC --reg-until 2027-12-31 --over-cap 1
made clinician add obi --surname Obi --given Ngozi --discipline physio --reg-body HCPC --reg-until 2026-03-12
made clinician add kelly --surname Kelly --given Sean --discipline counsellor
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add s.kelly --role counsellor --person "KELLY, Sean (Mr)" --site NGT --clinician kelly
made user add m.doyle --role manager --person "DOYLE, Mary (Ms)"
made template add --clinician marsh --site NGT --room NGT-1 --service PHYSIO --day thu --pattern "08:30 FU 20x3, CATCHUP 20, NEW 40, RAP 40/24, 12:00 LUNCH 40"
made template add --clinician obi --site HBR --service PHYSIO --day thu --pattern "09:00 NEW 40"
made template add --clinician obi --site HBR --service PHYSIO --day fri --pattern "09:00 NEW 40"
made template add --clinician kelly --site NGT --service COUNS --day thu --pattern "14:00 NEW 60x2"
made template publish
okafor=$(person --surname Okafor --given Adaeze --title Mrs --born 1984-08-14 --employee-no 20417733 --customer WVH)
ellis=$(person --surname Ellis --given Marcus --title Mr --born 1981-11-07 --employee-no 20550871 --customer WVH)
gone=$(person --surname Webb --given Sandra --born 1962-09-09 --status leaver)

{
	who=p.shah
	show appt book --person 20417733 --service PHYSIO --clinician marsh --at "2026-03-12 09:50"
	first=$(appt 2026-03-12 marsh 2)
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-03-12 09:50"
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-03-12 09:30"
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-03-12 07:00"
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-03-15 09:00"
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-04-03 09:00"
	show appt book --person "$ellis" --service physio --clinician obi --at "2026-03-13 09:00"
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-03-12 10:30" --mode video
	show appt book --person "$ellis" --service counselling --clinician kelly --at "2026-03-12 14:00"
	show appt book --person "$ellis" --service couns --clinician kelly --at "2026-03-12 14:00"
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-03-12 09:50" --overbook "in pain"
	show appt book --person "$gone" --service physio --clinician marsh --at "2026-03-12 10:30"
	show appt book --person zzzz --service physio --clinician marsh --at "2026-03-12 10:30"
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-03-12 25:30"
	show appt book --person "$ellis" --service physio --clinician marsh
	who=m.doyle
	show appt book --person "$ellis" --service physio --clinician marsh --at "2026-03-12 10:30"
	who=s.kelly
	show appt book --person "$okafor" --service couns --clinician kelly --at "2026-03-12 14:00" --mode video
	private=$(appt 2026-03-12 kelly 2)
	show appt cancel "$private" --by person --why "too upset"
	show appt undo "$private"
	who=p.shah
	show appt history "$private"
	show appt list
	show appt list --format json --clinician kelly
	show appt earliest --person "$ellis" --service physio
	second=$(appt 2026-03-12 marsh 2)
	show appt earliest --person "$ellis" --service physio --days mon --after 9
	show appt move "$second" --at "2026-03-12 10:30" --why "his shift"
	show appt move "$second" --at "2026-03-12 10:30"
	show appt move "$second" --clinician obi --at "2026-03-12 09:00"
	show appt undo "$second"
	show appt move "$second"
	show appt dna "$first"
	show appt seen "$first"
	now="2026-03-12 09:52"
	show appt arrive "$first"
	show appt arrive "$first"
	show appt room "$first"
	show appt seen "$first"
	show appt undo "$first"
	show appt seen "$first"
	show appt cancel "$first" --by person --why "no"
	show appt cancel "$second" --by weather --why "snow"
	show appt cancel "$second" --by service --why ""
	show appt cancel "$second" --by service --why "clinician ill"
	show appt undo "$second"
	now="2026-03-12 10:50"
	show appt late "$second"
	show appt undo "$second"
	show appt dna "$second"
	show appt history "$second"
	show appt walkin --person "$ellis" --service physio
	made person add --surname Silva --given Paulo --born 1981-01-23
	show appt list --person "$ellis"
	show appt list --site HBR
	show appt list --state seen,dna
	show appt list --state asleep
	show appt list --date 2026-02-30
	show appt arrive 7777-77
	who=a.root
	made right add --user p.shah --right overbook --service PHYSIO
	who=p.shah
	show appt book --person "$gone" --service physio --clinician marsh --at "2026-03-12 12:00" --overbook "asked"
	show appt walkin --person 20417733 --service physio --overbook "back locked at work"
	show store check
} >"$dir/out" 2>&1
# Ids are moments: alike here, different at each run.
sed -e 's/[0-9a-hjkmnp-tv-z]\{4\}-[0-9a-hjkmnp-tv-z]\{4,12\}/ID/g' "$dir/out" >"$dir/same"
if [ "${GOLDEN:-}" = 1 ]; then
	cp "$dir/same" "$here/appt.out"
fi
diff -u "$here/appt.out" "$dir/same"
