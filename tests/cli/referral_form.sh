#!/bin/sh
# Referrals by a form on the command line, at a desk and from a folder: what is printed, where each
# file goes.  Silent and 0 when that is tests/cli/referral_form.out; ids are made alike first.
# GOLDEN=1 writes that file anew.
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
	printf '%s$ %s\n' "$who" "$*"
	status=0
	o "$@" 2>&1 || status=$?
	[ "$status" -eq 0 ] || printf '(exit %s)\n' "$status"
}
made() { o "$@" >"$dir/row"; }

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20 --target 5
made service add OHN --name "OH nurse" --short "OH nurse" --prefix OHN --new 30 --fu 30
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60
made clinician add kelly --surname Kelly --given Sean --discipline counsellor
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)"
made user add s.kelly --role counsellor --person "KELLY, Sean (Mr)" --clinician kelly
made person add --surname Okafor --given Adaeze --title Mrs --born 1984-08-14 --employee-no 20417733 --customer WVH
made person add --surname Ellis --given Marcus --title Mr --born 1981-11-07 --employee-no 20550871 --customer WVH
made person add --surname Webb --given Sandra --born 1973-04-14 --employee-no 20990001 --customer WVH

cat >"$dir/red.ini" <<END
[answers]
where = b
since = 2026-03-08
how = t
pain = 8
saddle = n
water = n
bowel = n
legs_both = u
weaker = n
unwell = n
fall = n
off_work = y
consent_assess = y
consent_gp = y
phone = 07700 900123
END
sed 's/legs_both = u/legs_both = n/' "$dir/red.ini" >"$dir/plain.ini"
sed '/phone/d' "$dir/plain.ini" >"$dir/gap.ini"
sed 's/consent_assess = y/consent_assess = n/' "$dir/plain.ini" >"$dir/no.ini"
# Counselling: thoughts, a plan, not safe.
cat >"$dir/risk.ini" <<END
[answers]
suicide = y
plan = y
safe_now = n
END
mkdir "$dir/in"
head="[referral]
form = rap_physio_self
person = 20550871
received = 2026-03-11 18:40"
{
	echo "$head"
	cat "$dir/red.ini"
} >"$dir/in/1.ini"
printf '[referral]\nform = couns_self\nperson = 20990001\n' | cat - "$dir/risk.ini" >"$dir/in/2.ini"
printf '[referral]\nform = rap_physio_self\nperson = 99\n' | cat - "$dir/red.ini" >"$dir/in/3.ini"
printf '[referral]\nform = rap_physio_self\ncolour = red\n' | cat - "$dir/red.ini" >"$dir/in/4.ini"
cp "$dir/red.ini" "$dir/in/5.ini"
: >"$dir/in/6.ini"
printf '[referral]\nform = phq9\nperson = 20550871\n' | cat - "$dir/red.ini" >"$dir/in/7.ini"
cp "$dir/in/1.ini" "$dir/in/8.ini"

{
	who=p.shah
	show referral add --person 20417733 --form rap_physio_self --answers "$dir/gap.ini"
	show referral add --person 20417733 --form phq9 --answers "$dir/plain.ini"
	show referral add --person 20417733 --form nowhere --answers "$dir/plain.ini"
	show referral add --person 20417733 --form rap_physio_self
	show referral add --person 20417733 --form rap_physio_self --answers "$dir/none.ini"
	show referral add --person 20990001 --form couns_self --answers "$dir/risk.ini"
	show referral add --person 20417733 --form rap_physio_self --answers "$dir/no.ini"
	show referral add --person 20417733 --form rap_physio_self --answers "$dir/plain.ini"
	show referral add --person 20417733 --form rap_physio_self --answers "$dir/plain.ini"
	show referral add --person 20417733 --form rap_physio_self --answers "$dir/red.ini"
	show appt earliest --person 20417733 --service PHYSIO
	# A paper that came before: its clock starts there; none is still to come.
	show referral add --person 20550871 --form rap_physio_self --answers "$dir/plain.ini" --anew --received "-1d 16:20"
	show referral add --person 20550871 --form rap_physio_self --answers "$dir/plain.ini" --anew --received mon
	show referral add --person 20550871 --form rap_physio_self --answers "$dir/plain.ini" --anew --received "tom 9"
	show referral add --person 20550871 --form rap_physio_self --answers "$dir/plain.ini" --anew --received 10:00
	show referral add --person 20550871 --form rap_physio_self --answers "$dir/plain.ini" --anew --received soon
	show referral show MSK-26-N0002
	who=r.adeyemi
	show referral show MSK-26-N0002
	show flag list
	who=a.root
	show referral import "$dir/in"
	show referral import "$dir/nowhere"
	(cd "$dir/in" && find . -type f | LC_ALL=C sort)
	cat "$dir/in/rejected/4.ini.why"
	who=p.shah
	show referral import "$dir/in"
	who=r.adeyemi
	show triage list
	show task list
	who=s.kelly
	show triage list
	show task list
	who=a.root
	show store check
} >"$dir/out" 2>&1
# Ids are moments: alike here, different at each run.
sed -e 's/[0-9a-hjkmnp-tv-z]\{4\}-[0-9a-hjkmnp-tv-z]\{4,12\}/ID/g' -e "s|$dir|DIR|g" "$dir/out" >"$dir/same"
if [ "${GOLDEN:-}" = 1 ]; then
	cp "$dir/same" "$here/referral_form.out"
fi
diff -u "$here/referral_form.out" "$dir/same"
