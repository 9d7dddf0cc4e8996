#!/bin/sh
# Referrals, triage, flags and contracts on the command line: what each command prints and how it
# ends.  Silent and 0 when that is tests/cli/referral.out; ids are made alike first.  GOLDEN=1
# writes that file anew.
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

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made site add HBR --name Harbour --nation S
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made customer add KES --name "Kestrel Aerospace" --short "Kestrel A" --kind external
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20 \
	--modes "face phone" --target 5
made service add OHN --name "OH nurse" --short "OH nurse" --prefix OHN --new 30 --fu 30
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60
made clinician add marsh --surname Marsh --given Jo --discipline physio
made clinician add kelly --surname Kelly --given Sean --discipline counsellor
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)"
made user add j.marsh --role clinician --person "MARSH, Jo (Mx)" --clinician marsh
made user add s.kelly --role counsellor --person "KELLY, Sean (Mr)" --clinician kelly
made user add m.doyle --role manager --person "DOYLE, Mary (Ms)"
made template add --clinician marsh --site NGT --service PHYSIO --day thu --pattern "14:00 NEW 40x2"
made template publish
made person add --surname Okafor --given Adaeze --title Mrs --born 1984-08-14 --employee-no 20417733 --customer WVH
made person add --surname Ellis --given Marcus --title Mr --born 1981-11-07 --employee-no 20550871 --customer WVH
made person add --surname Yusuf --given Idris --title Mr --born 1996-12-30 --employee-no K77 --customer KES
made person add --surname Webb --given Sandra --born 1973-04-14 --employee-no 20990001 --customer WVH
printf '%%PDF-1.4 unfit for lifting' >"$dir/fit note.pdf"

{
	# What is promised, from a day on; what was promised is not changed.
	show contract add --service PHYSIO --from 2026-01-01 --triage 2 --offer 5 --seen 10 --cap 2 --rule "ask the lead"
	made contract list
	show contract set "$(id)" --seen 5
	show contract add --service PHYSIO --from 2026-01-01 --triage x
	who=p.shah
	show contract add --service PHYSIO --from 2026-01-01
	show referral list
	show referral add
	show referral add --person 20417733 --service PHYSIO
	show referral add --person 20417733 --service PHYSIO --type ABC
	show referral add --person 999 --service PHYSIO --type MGT
	show referral add --person 20417733 --service PHYSIO --type MGT --reasons boredom
	show referral add --person 20417733 --service PHYSIO --type MGT --received "2026-04-01 10:00"
	show referral add --person 20417733 --service PHYSIO --type MGT --reasons "msk long_absence" \
		--words "cannot lift" --received "2026-03-09 10:00" --urgency 2
	show referral add --person 20417733 --service PHYSIO --type MGT --reasons msk
	show referral comment MSK-26-N0001 "asks for mornings" --desk
	show referral comment MSK-26-N0001 "told me she was hit"
	show referral comment MSK-26-N0009 "who"
	show referral attach MSK-26-N0001 "$dir/fit note.pdf" | sed "s|$dir|DIR|"
	show referral show MSK-26-N0001
	show triage decide MSK-26-N0001 --priority 2
	who=r.adeyemi
	show triage decide MSK-26-N0001 --priority 2
	who=p.shah
	show referral agree MSK-26-N0001 --on "10 mar" --gp yes
	# Another with a red flag: a nurse is told, nothing is booked.
	show referral add --person 20550871 --service PHYSIO --type SELF --agreed t --flag R \
		--flag-words "both legs: unsure"
	show task list --show all
	show appt book --person 20550871 --service PHYSIO --clinician marsh --at "2026-03-12 14:00"
	show appt earliest --person 20550871 --service PHYSIO
	show appt walkin --person 20550871 --service PHYSIO
	show flag list
	made flag list
	flag=$(id)
	show flag ring "$flag" --result spoke
	show flag clear "$flag" --why "she says so"
	show flag told "$flag" ""
	show flag told "$flag" "R. Adeyemi, duty nurse"
	# The contract has room for two in a quarter; an external customer has none of its own.
	show referral add --person K77 --service PHYSIO --type SME --agreed t
	who=m.doyle
	show flag list
	show triage list
	who=r.adeyemi
	show triage list
	show triage list --over
	show triage list --name ell --site NGT
	show triage decide MSK-26-N0002 --priority 1
	show triage return MSK-26-N0002 --words "no consent"
	show flag ring "$flag" --result asleep
	show flag ring "$flag" --result no_answer --ed
	show flag ring "$flag" --result no_answer
	show triage decide MSK-26-N0002 --priority 1
	show flag ring "$flag" --result spoke --ed --words "to A and E now"
	show flag calls "$flag"
	show triage decide MSK-26-N0002 --priority 7
	show triage decide MSK-26-N0002 --priority 0 --pathway nowhere
	show triage decide MSK-26-N0002 --priority 0 --pathway ed --note "possible cauda equina"
	show task list
	show appt book --person 20550871 --service PHYSIO --clinician marsh --at "2026-03-12 14:00"
	show flag clear "$flag" --why ""
	show flag clear "$flag" --why "seen in A and E, nothing found"
	show flag clear "$flag" --why "again"
	show triage query MSK-26-N0001 MSK-26-N0003 --of manager --words "which shifts?"
	show triage query MSK-26-N0001 --of manager --words "again?"
	show triage query MSK-26-N0003 --of neighbour --words "who?"
	now="2026-03-17 10:00"
	show triage list
	who=p.shah
	show referral reply MSK-26-N0001 --words "nights" --file "$dir/fit note.pdf"
	show referral list
	who=r.adeyemi
	show triage send MSK-26-N0003 --site HBR
	show triage send MSK-26-N0003 --to mars
	show triage send MSK-26-N0003
	show triage decide MSK-26-N0001 --priority 2 --clinician marsh --mode video
	show triage decide MSK-26-N0001 --priority 2 --clinician marsh --mode phone --papers gp --note "ring first"
	show triage decide MSK-26-N0001 --priority 1
	show referral reply MSK-26-N0001 --words "GP letter"
	show referral show MSK-26-N0001
	who=p.shah
	show referral show MSK-26-N0001
	show referral tobook
	show appt book --person 20417733 --service PHYSIO --clinician marsh --at "2026-03-19 14:00"
	show referral list --state booked
	show referral tobook
	show referral tried MSK-26-N0001 --how text
	show referral tried MSK-26-N0002 --how shout
	show referral tried MSK-26-N0002 --how no_answer
	show referral tried MSK-26-N0002 --how text
	show referral tried MSK-26-N0002 --how letter
	show referral tobook
	show referral history MSK-26-N0001
	show referral list --person 20417733 --format json
	show referral list --state nowhere
	show referral undo MSK-26-N0003
	show referral close MSK-26-N0002 --reason unreached
	who=r.adeyemi
	show referral close MSK-26-N0002 --reason tired
	show referral close MSK-26-N0002 --reason unreached
	show referral close MSK-26-N0002 --reason unreached
	show referral history MSK-26-N0002
	show referral undo MSK-26-N0002
	show referral undo MSK-26-N0003
	show triage decline MSK-26-N0003
	show triage decline MSK-26-N0003 --words "not for us"
	show referral withdraw MSK-26-N0003
	show triage escalate MSK-26-N0003
	show referral withdraw MSK-26-N0002 --words "feels better"
	show referral list --state consent_withdrawn
	show referral list --state declined
	# A private service's are there for its own alone.
	who=s.kelly
	show referral add --person 20990001 --service COUNS --type SELF --agreed t --words "cannot sleep" --flag K
	for who in p.shah r.adeyemi j.marsh m.doyle a.root; do
		show referral show CNS-26-N0001
		o referral list | grep WEBB || :
		o referral list --person 20990001 | grep -i -E 'couns|cns' || :
		o flag list 2>&1 | grep -i webb || :
		o task list --show all | grep -i webb || :
		o task list --person 20990001 | grep -i flag || :
		o referral tobook | grep -i webb || :
	done
	who=s.kelly
	show referral list
	# A backup has the papers too, and what is made of it finds them.
	who=a.root
	show store backup "$dir/copy"
	"$OHDESK" --db "$dir/again.db" store restore "$dir/copy" || :
	ls "$dir/copy" "$dir/copy/files" "$dir/again.db.files"
	show store check
} >"$dir/out" 2>&1
# Ids are moments: alike here, different at each run.
sed -e 's/[0-9a-hjkmnp-tv-z]\{4\}-[0-9a-hjkmnp-tv-z]\{4,12\}/ID/g' -e "s|$dir|DIR|g" "$dir/out" >"$dir/same"
if [ "${GOLDEN:-}" = 1 ]; then
	cp "$dir/same" "$here/referral.out"
fi
diff -u "$here/referral.out" "$dir/same"
