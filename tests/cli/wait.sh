#!/bin/sh
# The waiting list on the command line: what each command prints and how it ends.  Silent and 0 when
# that is tests/cli/wait.out; ids are made alike first.  GOLDEN=1 writes that file anew.
set -eu
: "${OHDESK:=build/ohdesk}"
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 09:42"

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
id() { sed -n 2p "$dir/row" | cut -f 1; }
# Somebody who is referred, and accepted with this priority.
accepted() {
	who=r.adeyemi
	made referral add --person "$1" --service "$2" --type SELF --agreed 2026-03-12
	made triage decide "$(id)" --priority "$3"
	who=p.shah
}

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made site add HBR --name Harbour --nation E
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20 \
	--modes "face phone" --target 5
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60
made clinician add marsh --surname Marsh --given Jo --discipline physio
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)"
made user add s.kelly --role counsellor --person "KELLY, Sean (Mr)"
made template add --clinician marsh --site NGT --service PHYSIO --day fri --pattern "14:00 NEW 40x3"
made template publish
made person add --surname Okafor --given Adaeze --title Mrs --born 1984-08-14 --employee-no 20417733 --customer WVH
made person add --surname Ellis --given Marcus --title Mr --born 1981-11-07 --employee-no 20550871 --customer WVH
made person add --surname Webb --given Sandra --born 1973-04-14 --employee-no 20990001 --customer WVH

accepted 20417733 PHYSIO 3
accepted 20550871 PHYSIO 1
{
	show wait list
	show wait add
	show wait add --person 20417733 --service PHYSIO --sites "hbr,ngt" --when "not fri after 15:00" --mode face --notice 2
	show wait add --person 20550871 --service PHYSIO --clinician marsh --notice 0
	show wait add --person 20550871 --service PHYSIO
	show wait add --person 20990001 --service PHYSIO
	show wait add --person 20990001 --service COUNS
	show wait list
	show wait list --service COUNS
	show wait set MSK-26-N0001 --mode smoke
	show wait set MSK-26-N0001 --days fri --from 2026-03-13
	show wait set MSK-26-N9999 --days fri
	show wait remove MSK-26-N0002
	show wait remove MSK-26-N0002 --why "comes to any time"
	show wait list
	show appt book --person 20417733 --service PHYSIO --clinician marsh --at "2026-03-13 14:00"
	show wait list
	show wait add --person 20417733 --service PHYSIO
	show wait list
	# A freed time: who fits it, what came of offering it, and who has it in the end.
	accepted 20990001 PHYSIO 2
	show wait add --person 20990001 --service PHYSIO --when "before 13:00"
	made appt book --person 20550871 --service PHYSIO --clinician marsh --at "2026-03-20 14:00"
	show wait add --person 20550871 --service PHYSIO --notice 48
	made slot find --service PHYSIO --from 2026-03-13 --limit 1 --format json
	slot=$(sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' "$dir/row" | head -1)
	show wait fit "$slot"
	show wait fit "$slot" --all
	show wait offer "$slot" MSK-26-N0002 --result maybe
	show wait offer "$slot" MSK-26-N0002 --result text
	show wait offer "$slot" MSK-26-N0001 --result no_answer
	now="2026-03-12 09:50"
	show wait offer "$slot" MSK-26-N0001 --result said_no --why "works that day"
	show wait fit "$slot" --all
	made slot find --service PHYSIO --from 2026-03-16 --limit 1 --format json
	slot=$(sed -n 's/.*"id": *"\([^"]*\)".*/\1/p' "$dir/row" | head -1)
	show wait fit "$slot"
	made appt cancel "$(o appt list --date 2026-03-20 | sed -n 2p | cut -f 1)" --by person --why ill
	show wait list
	show wait offer "$slot" MSK-26-N0002 --result yes
	show wait offer "$slot" MSK-26-N0002 --result yes
	show wait list
	who=a.root
	show store check
} >"$dir/out" 2>&1

# Ids are moments: alike here, different at each run.
sed -e 's/[0-9a-hjkmnp-tv-z]\{4\}-[0-9a-hjkmnp-tv-z]\{4,12\}/ID/g' "$dir/out" >"$dir/same"
if [ "${GOLDEN:-}" = 1 ]; then
	cp "$dir/same" "$here/wait.out"
fi
diff -u "$here/wait.out" "$dir/same"
