#!/bin/sh
# A whole practice database, searched: no list, export, history or refusal that reception, a nurse, a
# manager or an administrator gets holds a word that tells of the private service: its name, its
# numbers, its forms, who of it is what.  Rows of the service itself (its record, its staff) are no
# rows about a person, and are not asked for here.
# Not again under a sanitizer: it is about words, and each command has a script of its own for the rest.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export XDG_CONFIG_HOME="$dir/none" OHDESK_DB="$dir/demo.db"
words='counsel|CNS-|PHQ|GAD-?7|CORE-?10|COUNS|private: its|risk flag'

"$OHDESK" demo "$OHDESK_DB" --people 400 --years 1 --sites 2 --clinicians 12 --today 2026-03-12 >"$dir/said"
# What its own people find is what the others are to be kept from.
own() { "$OHDESK" --as s.kelly "$@"; }
for day in 03-09 03-10 03-11 03-12 03-13 03-16 03-17 03-18 03-19 03-20; do
	own appt list --date 2026-$day
done >"$dir/all"
awk -F '\t' '$6 == "COUNS" { print $1 }' "$dir/all" | tail -n 8 >"$dir/appts"
awk -F '\t' '$6 == "COUNS" && $9 == "booked" { print $7 }' "$dir/all" | sort -u | head -n 5 >"$dir/people"
for state in new awaiting_triage to_book booked; do own referral list --state $state; done >"$dir/all"
awk -F '\t' '$5 == "COUNS" { print $1 }' "$dir/all" >"$dir/referrals"
awk -F '\t' '$2 ~ /^CNS-/ { print $2 }' "$dir/all" | head -n 3 >"$dir/numbers"
own task list --show all >"$dir/all"
awk -F '\t' '$0 ~ /Couns|CNS-|flag/ { print $1 }' "$dir/all" >"$dir/tasks"
for some in appts people referrals numbers; do
	[ -s "$dir/$some" ] || echo "the practice data has no $some to look for"
done
# What stands in a refusal because it was typed by who asks tells them nothing.
who=
look() {
	"$OHDESK" --as "$who" "$@" >"$dir/out" 2>&1 || :
	for typed in "$@"; do
		case $typed in CNS-*) sed -i "s/$typed//g" "$dir/out" ;; esac
	done
	if grep -iE "$words" "$dir/out" >"$dir/told"; then
		echo "$who is told by $*: $(head -n 2 "$dir/told")"
	fi
}

for who in p.shah r.adeyemi m.doyle a.root; do
	for day in 2026-03-10 2026-03-11 2026-03-12 2026-03-13 2026-03-16 2026-03-19; do
		look appt list --date $day
		look day show --site NGT --date $day
		look day list --site NGT --date $day
		look diary show kelly --from $day --days 7
		look diary show moreau --from $day --days 7
	done
	look appt list --format json
	look appt unfinished
	look task list --show all
	look task list --show all --format json
	look task list --show "done"
	look outbox list
	look outbox list --format json
	look referral list
	look referral list --format json
	for state in awaiting_triage to_book booked attended closed declined; do
		look referral list --state $state
	done
	look referral tobook
	look wait list
	look wait list --format json
	look triage list
	look flag list
	look print list
	look sync conflicts
	look sync attention
	look sync requests
	while read -r p; do
		look person show "$p"
		look appt list --person "$p"
		look appt list --person "$p" --format json
		look task list --person "$p"
		look referral list --person "$p" --format json
		look flag list --person "$p"
	done <"$dir/people"
	while read -r a; do
		look appt history "$a"
		look appt slip "$a"
		look appt move "$a" --at "2026-03-19 10:00"
		look appt arrive "$a"
		look appt cancel "$a" --by person --why "no words"
		look appt undo "$a"
	done <"$dir/appts"
	while read -r r; do
		look referral show "$r"
		look referral history "$r"
		look referral undo "$r"
		look triage decide "$r" --priority 3
		look referral tried "$r" --how text
	done <"$dir/referrals"
	while read -r t; do
		look task history "$t"
		look task note "$t" seen
		look task "done" "$t" --outcome "done"
	done <"$dir/tasks"
	while read -r n; do
		look person find "$n"
		look series propose --referral "$n"
		look series book --referral "$n"
		look series replan --referral "$n" --session 1
		look series show "$n"
		look series cap "$n"
		look series extend "$n" --more 1 --why "no words"
		look series agree "$n" --why "no words"
		look referral show "$n"
		look appt book --person "$(head -n 1 "$dir/people")" --service physio --clinician kelly \
			--at "2026-03-19 10:00" --referral "$n"
	done <"$dir/numbers"
done
