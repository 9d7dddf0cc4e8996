#!/bin/sh
# What comes after an appointment, by command: outcomes, missed ones, calls, what is to finish, who
# runs late.  Silent and 0 when it prints tests/cli/after.out; GOLDEN=1 writes that file anew.
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
book() { o appt book --service PHYSIO --clinician marsh "$@" | sed -n 2p | cut -f 1; }

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --rapid yes --new 40 --fu 20 --modes "face phone" --cap 6 --target 5
made clinician add marsh --surname Marsh --given Jo --discipline physio --reg-body HCPC --reg-until 2027-12-31
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add j.marsh --role clinician --person "MARSH, Jo (Ms)" --site NGT --clinician marsh
made template add --clinician marsh --site NGT --service PHYSIO --day thu --pattern "08:30 NEW 40x4"
made template publish
who=p.shah
okafor=$(book --at "2026-03-12 08:30" --person "$(person --surname Okafor --given Adaeze --title Mrs --born 1984-08-14 --customer WVH)")
ellis=$(book --at "2026-03-12 09:10" --person "$(person --surname Ellis --given Marcus --title Mr --born 1981-11-07 --customer WVH)")
webb=$(book --at "2026-03-12 09:50" --mode phone --person "$(person --surname Webb --given Sandra --born 1962-09-09 --customer WVH)")

{
	now="2026-03-12 09:05"
	made appt room "$okafor"
	show appt seen "$okafor" --outcome discharge --reason goals
	show appt seen "$okafor"
	show appt unfinished --clinician marsh
	show diary late marsh
	show diary late marsh 25
	who=j.marsh
	show appt unfinished
	show appt seen "$okafor" --outcome discharge
	show appt seen "$okafor" --outcome discharge --reason bored
	show appt seen "$okafor" --outcome asleep
	show appt seen "$okafor" --outcome review --review "6w"
	show appt seen "$okafor" --outcome discharge --reason goals
	show appt history "$okafor"
	show appt unfinished
	who=p.shah
	now="2026-03-12 09:30"
	show appt dna "$ellis" --then nothing
	show appt dna "$ellis" --then ring
	show appt undo "$ellis"
	show appt dna "$ellis" --then close
	now="2026-03-12 09:55"
	show appt try "$webb"
	show appt try "$webb" --result maybe
	show appt try "$webb" --result no_answer
	now="2026-03-12 10:26"
	show appt try "$webb" --result no_answer
	show appt undo "$webb"
	show appt try "$webb" --result spoke
	show appt history "$webb"
	now="2026-03-13 08:00"
	who=j.marsh
	show appt unfinished
	who=a.root
	show setting set tries 3
	show setting set tries 0
	show store check
} >"$dir/out" 2>&1
sed -e 's/[0-9a-hjkmnp-tv-z]\{4\}-[0-9a-hjkmnp-tv-z]\{4,12\}/ID/g' "$dir/out" >"$dir/same"
if [ "${GOLDEN:-}" = 1 ]; then
	cp "$dir/same" "$here/after.out"
fi
diff -u "$here/after.out" "$dir/same"
