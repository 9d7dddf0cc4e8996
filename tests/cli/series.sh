#!/bin/sh
# A course of sessions on the command line: proposed, booked whole or not at all, planned anew, within
# the cap; its exit statuses; and who is no part of the service finds no course.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 07:42"
who=a.root
o() { "$OHDESK" --as "$who" --now "$now" "$@"; }
made() { o "$@" >"$dir/row"; }

# is STATUS WORDS... -- COMMAND: it exits so, and says these words.
is() {
	want=$1 words=$2 got=0
	shift 2
	o "$@" >"$dir/out" 2>&1 || got=$?
	[ "$got" -eq "$want" ] || echo "$*: exit $got, not $want: $(cat "$dir/out")"
	grep -q -e "$words" "$dir/out" || echo "$*: \"$words\" is not in: $(cat "$dir/out")"
}

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made room add NGT-Q --name "Quiet 1" --site NGT --features quiet,covered_glass
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60 \
	--modes face,video --cap 8 --room quiet
made contract add --service COUNS --customer WVH --from 2026-01-01 --sessions 6 --notice 24 \
	--late-counts yes --missed-counts yes --review 5
for one in kelly moreau; do
	made clinician add $one --surname $one --given Sean --discipline counsellor
	made template add --clinician $one --site NGT --service COUNS --day thu --pattern "10:00 FU 60, FU 60"
done
made template publish
made user add s.kelly --role counsellor --person "KELLY, Sean (Mr)" --clinician kelly
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made person add --surname Okafor --given Adanna --born 1994-08-14 --employee-no 31120458 --customer WVH
made person add --surname Ellis --given Marcus --born 1981-11-07 --employee-no 31120459 --customer WVH
who=s.kelly
# Her diary has no room of its own: a single booking says so, a series looks for one.
is 0 "has no quiet room" appt book --person 31120458 --service couns --clinician kelly --at "2026-03-12 10:00"
is 0 "has no quiet room" appt book --person 31120459 --service couns --clinician kelly --at "2026-03-26 10:00"

who=p.shah
is 5 "There is no episode CNS-26-N0001" series propose --referral CNS-26-N0001
is 5 "There is no episode CNS-26-N0001" series book --referral CNS-26-N0001
is 5 "There is no episode CNS-26-N0001" series show CNS-26-N0001
who=s.kelly
is 0 "2026-03-19 10:00.60.NGT.kelly.face.NGT-Q.proposed" series propose --referral CNS-26-N0001
is 0 "2026-03-26 11:00.60.NGT.kelly.face.NGT-Q.proposed.10:00 is taken" series propose --referral CNS-26-N0001
is 2 "needs a value" series propose --referral
is 4 "that diary is published to" series propose --referral CNS-26-N0001 --from 2031-01-06
is 3 "every is week or 2weeks" series propose --referral CNS-26-N0001 --every day
is 3 "The cap of 6 leaves 5" series propose --referral CNS-26-N0001 --count 6
is 3 "asks the lead" series book --referral CNS-26-N0001 --count 6
is 3 "why somebody else" series book --referral CNS-26-N0001 --clinician moreau --count 2
is 4 "Only 4 of 5 can be had" series book --referral CNS-26-N0001 --every 3weeks --time 11:00
is 3 "which number to ring back" series book --referral CNS-26-N0001 --count 2 --mode video
is 3 "no telephone number" series book --referral CNS-26-N0001 --count 2 --mode video \
	--call-back soon --private-place
[ "$(o series show CNS-26-N0001 | wc -l)" -eq 2 ] || echo "something was booked by a refusal"
is 0 "2026-04-09 10:00.60.NGT.kelly.face.NGT-Q.booked" series book --referral CNS-26-N0001 \
	--every week --day thu --time 10:00 --clinician kelly --count 4
is 0 "^6	0	0	5	1	" series cap CNS-26-N0001
is 0 "2026-04-30 11:00" series replan --referral CNS-26-N0001 --session 4 --from 2026-04-23 --time 11:00
is 3 "No session from 9" series replan --referral CNS-26-N0001 --session 9
[ "$(o series show CNS-26-N0001 | wc -l)" -eq 6 ] || echo "planned anew there are not five of them"

# More than the cap: the counsellor asks, the lead agrees with a reason, and the cap grows.
who=a.root
made user add c.hart --role counsellor --person "HART, Clare (Ms)"
made right add --user c.hart --right lead --service COUNS
who=s.kelly
is 2 "why needs" series extend CNS-26-N0001 --more 2 --why
is 0 "^6	0	0	5	1	" series extend CNS-26-N0001 --more 2 --why "still off work"
is 4 "asked for already" series extend CNS-26-N0001 --more 2 --why "still off work"
is 6 "for the lead" series agree CNS-26-N0001 --why "mine"
who=p.shah
is 5 "There is no episode" series extend CNS-26-N0001 --more 2 --why "x"
o task list --show all >"$dir/out"
if grep -q "sessions" "$dir/out"; then echo "reception sees what is asked of the lead"; fi
who=c.hart
o task list | grep -q "2 more sessions asked for, CNS-26-N0001" || echo "the lead has no task"
is 3 "2 are asked for" series agree CNS-26-N0001 --more 3 --why "agreed"
is 0 "^8	2	0	5	3	" series agree CNS-26-N0001 --why "agreed with Kelly"
is 3 "Nobody has asked" series decline CNS-26-N0001 --why "no"
[ "$(o task list | wc -l)" -eq 1 ] || echo "the task stays open"

# Questionnaires: scored, held against the first, and read by whoever sees them alone.
cat >"$dir/first.ini" <<END
[answers]
q1 = 2
q2 = 2
q3 = 2
q4 = 2
q5 = 2
q6 = 2
q7 = 2
END
sed 's/2$/1/' "$dir/first.ini" >"$dir/last.ini"
who=s.kelly
is 0 "gad7	GAD-7	total	14	moderate		" series fill CNS-26-N0001 --form gad7 --answers "$dir/first.ini"
is 0 "gad7	GAD-7	total	7	mild	14	reliable change, recovered" \
	series fill CNS-26-N0001 --form gad7 --answers "$dir/last.ini"
is 3 "phq9\|missing\|question" series fill CNS-26-N0001 --form phq9 --answers "$dir/last.ini"
who=p.shah
is 5 "There is no episode" series scores CNS-26-N0001
is 5 "There is no episode" series fill CNS-26-N0001 --form gad7 --answers "$dir/first.ini"
