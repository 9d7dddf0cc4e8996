#!/bin/sh
# Flags by command: each red-flag answer of the physiotherapy form stops booking on every route and
# raises the task at once; reception neither ends an alert nor reads, by any command, what it is about.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 09:42"
who=a.root
o() { "$OHDESK" --as "$who" --now "$now" "$@"; }
made() { o "$@" >"$dir/row"; }
id() { sed -n 2p "$dir/row" | cut -f 1; }
fail() {
	echo "$1"
	exit 1
}
# ends STATUS COMMAND...: how it ends.
ends() {
	want=$1 status=0
	shift
	o "$@" >"$dir/out" 2>"$dir/err" || status=$?
	[ "$status" = "$want" ] || fail "$who: $* ended with $status, not $want: $(cat "$dir/err")"
}
# Nothing clinical: no question, no answer, no word of the call.
words='numbness|numb since|legs|saddle|bowel|bladder|passing water|weaker|fever|accident|sister|examined|cauda'

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made site set NGT --duty "07700 900199"
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20 --target 5
made clinician add marsh --surname Marsh --given Jo --discipline physio
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)" --site NGT
made user add j.marsh --role clinician --person "MARSH, Jo (Ms)" --clinician marsh
made user add m.doyle --role manager --person "DOYLE, Mary (Ms)"
made template add --clinician marsh --site NGT --service PHYSIO --day thu --pattern "10:00 NEW 40x8, FU 20x4"
made template publish

who=p.shah n=0
answers() { # QUESTION ANSWER
	echo "[answers]"
	for line in "where = b" "since = 2026-03-08" "how = t" "pain = 8" "saddle = n" "water = n" "bowel = n" \
		"legs_both = n" "weaker = n" "unwell = n" "fall = n" "off_work = y" "consent_assess = y" \
		"consent_gp = y" "phone = 07700 900123"; do
		case $line in
		"$1 ="*) echo "$1 = $2" ;;
		*) echo "$line" ;;
		esac
	done
}
for question in none saddle water bowel legs_both weaker unwell fall; do
	for answer in y u; do
		n=$((n + 1))
		person=2041000$((n + 10))
		made person add --surname "Person$n" --given Ada --born 1984-08-14 --employee-no "$person" --customer WVH
		answers $question $answer >"$dir/a.ini"
		ends 0 referral add --person "$person" --form rap_physio_self --answers "$dir/a.ini"
		at="2026-03-$((12 + 7 * (n % 3))) 10:40"
		if [ $question = none ]; then
			ends 0 appt earliest --person "$person" --service physio
			ends 0 appt cancel "$(sed -n 2p "$dir/out" | cut -f 1)" --by person --why ill
			continue
		fi
		ends 4 appt book --person "$person" --service physio --clinician marsh --at "$at"
		grep -q "red flag" "$dir/err" || fail "it is not said that a red flag is open: $(cat "$dir/err")"
		ends 4 appt earliest --person "$person" --service physio
		ends 4 appt walkin --person "$person" --service physio
		if grep -qiE "$words" "$dir/err"; then fail "a refusal tells why: $(cat "$dir/err")"; fi
		who=r.adeyemi
		o task list | grep -q "alert.*PERSON$n,.*nurse.*open" || fail "$question $answer: no nurse has a task"
		who=p.shah
	done
done

# One who was booked already moves nowhere, and who is accepted is not booked as a course either.
made person add --surname Okafor --given Adaeze --born 1984-08-14 --employee-no 20417733 --customer WVH
made appt book --person 20417733 --service physio --clinician marsh --at "2026-03-19 10:00"
appt=$(id)
answers legs_both u >"$dir/a.ini"
made referral add --person 20417733 --form rap_physio_self --answers "$dir/a.ini"
referral=$(id)
made flag list --person 20417733
flag=$(id)
ends 4 appt move "$appt" --at "2026-03-19 10:40"
[ "$(o appt list --person 20417733 | sed -n 2p | grep -c '	R$\|	R	')" = 1 ] || fail "its booking bears no mark"
o flag help "$flag" | sed -n 2p | grep -q "^awaited" || fail "nobody is waited for"
now="2026-03-12 09:45"
o flag help "$flag" | sed -n 2p | grep -q "^ring_duty.*07700 900199" || fail "the duty number is not given"
ends 0 flag told "$flag" "Dr Fairburn"
ends 0 appt cancel "$appt" --by person --why ill
ends 4 appt undo "$appt"
who=r.adeyemi
task=$(o task list | grep OKAFOR | cut -f 1)
ends 4 triage decide "$referral" --priority 0
ends 0 flag take "$flag"
ends 0 flag ring "$flag" --result no_answer
ends 4 triage decide "$referral" --priority 0
ends 4 triage return "$referral" --words "incomplete"
ends 0 flag ring "$flag" --result spoke --ed --words "her sister drives her"
ends 0 triage decide "$referral" --priority 0 --pathway ed --note "numb since Sunday"
ends 4 task "done" "$task" --outcome spoke
number=$(o referral show "$referral" | sed -n 's/^number	//p')
for who in p.shah r.adeyemi j.marsh; do
	ends 4 series book --referral "$number" --clinician marsh --day thu --time 10:00 --count 2
	ends 4 appt earliest --person 20417733 --service physio --referral "$number"
done

# Whoever may not read it reads it nowhere, and ends nothing.
for who in p.shah m.doyle a.root; do
	for verb in "done $task --outcome spoke" "later $task --due +1d --why busy" \
		"hand $task --for reception" "note $task seen" "try $task" "history $task"; do
		# shellcheck disable=SC2086
		status=0 && o task $verb >/dev/null 2>"$dir/err" || status=$?
		[ "$status" != 0 ] || fail "$who may not: task $verb"
		if grep -qiE "$words" "$dir/err"; then fail "$who is told by: task $verb"; fi
	done
	for verb in "clear $flag --why better" "ring $flag --result spoke" "take $flag" "plan $flag rest"; do
		# shellcheck disable=SC2086
		status=0 && o flag $verb >/dev/null 2>&1 || status=$?
		[ "$status" != 0 ] || fail "$who may not: flag $verb"
	done
	while read -r line; do
		# shellcheck disable=SC2086
		eval "o $line" >"$dir/out" 2>&1 || :
		if grep -iE "$words" "$dir/out"; then fail "$who is told that by: $line"; fi
	done <<-END
		flag list
		flag list --person 20417733 --format json
		flag calls $flag
		flag help $flag
		referral show $referral
		referral show $number --format json
		referral list
		referral list --person 20417733
		referral history $referral
		referral tobook
		triage list
		task list --show all
		task list --person 20417733
		task list --show done
		appt list --person 20417733 --format json
		appt history $appt
		person show 20417733
		diary show marsh --from 2026-03-19
		day show --site NGT
		outbox list
		sync conflicts
		store stats
		form score rap_physio_self
	END
done
[ "$(sqlite3 "$OHDESK_DB" "SELECT count(*) FROM history WHERE what || coalesce(why, '') LIKE '%numb%'
	OR what || coalesce(why, '') LIKE '%sister%'")" = 0 ] || fail "the history says something clinical"

# Cleared by who may, with a reason, they are booked as anybody.
who=j.marsh
ends 3 flag clear "$flag" --why ""
ends 0 flag clear "$flag" --why "examined, scan clear"
who=p.shah
ends 0 appt earliest --person 20417733 --service physio --referral "$number"
