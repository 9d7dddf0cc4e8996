#!/bin/sh
# Every command that the help lists, so one that is new as well, given what the private service has: its
# appointments, referrals, numbers, people, tasks, alerts, waits and messages.  Whatever reception or an
# administrator reads, it tells of no counselling.  tests/cli/private_demo.sh asks as more people, in more
# words, for what is most likely to be asked.
# Not again under a sanitizer: it is about words, and each command has a script of its own for the rest.
set -eu
: "${OHDESK:=build/ohdesk}"
case $OHDESK in /*) ;; *) OHDESK=$PWD/$OHDESK ;; esac
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export XDG_CONFIG_HOME="$dir/none" OHDESK_DB="$dir/demo.db"
words='counsel|CNS-|PHQ|GAD-?7|CORE-?10|COUNS|questionnaire|risk flag'
# These speak of the service, its staff and its papers, and of nobody who is seen; the help of all.
about_nobody='service clinician contract template form right user help demo'

"$OHDESK" demo "$OHDESK_DB" --people 300 --years 1 --sites 2 --clinicians 12 --today 2026-03-12 >said
own() { "$OHDESK" --as s.kelly "$@"; }

# One of each thing that the service has, as its own desk reads their ids.
for day in 03-10 03-11 03-12 03-13 03-16 03-17 03-18 03-19 03-20; do
	own appt list --date 2026-$day
done >all
awk -F '\t' '$6 == "COUNS" && $9 == "booked" { print $1 }' all | tail -n 1 >ids
awk -F '\t' '$6 == "COUNS" && $9 == "booked" { print $7 }' all | tail -n 1 >people
for state in new awaiting_triage to_book booked; do own referral list --state $state; done >all
awk -F '\t' '$5 == "COUNS" { print $1 }' all | tail -n 1 >>ids
awk -F '\t' '$2 ~ /^CNS-/ { print $2 }' all | tail -n 1 >numbers
{
	own task list --show all | awk -F '\t' '/Couns|CNS-|flag/ { print $1 }' | tail -n 1
	own flag list | awk -F '\t' 'NR == 2 { print $1 }'
	own wait list | awk -F '\t' '/COUNS/ { print $1 }' | tail -n 1
	cat people numbers
} >>ids
[ "$(wc -l <ids)" -ge 5 ] || echo "the practice data has too little to look for: $(cat ids)"
person=$(cat people) number=$(cat numbers)

who=
ran=0
look() {
	ran=$((ran + 1))
	timeout 60 "$OHDESK" --as "$who" "$@" >out 2>&1 </dev/null || :
	# Whom a thing is for tells of nobody.
	sed -i 's/nurses, clinicians and counsellors//g' out
	# What stands in a refusal because it was typed by who asks tells them nothing.
	for typed in "$@"; do
		case $typed in CNS-*) sed -i "s/$typed//g" out ;; esac
	done
	if grep -iE "$words" out >told; then
		echo "$who is told by $*: $(head -n 2 told)"
	fi
}

# NOUN VERB WORDS: the words of its arguments are in capitals.
"$OHDESK" help | sed -n 's/^  ohdesk \([a-z]* [a-z]*\)\(.*\)/\1\2/p' >lines
while read -r noun verb rest; do
	set --
	for word in $rest; do
		case $word in [A-Z[]*) [ "$word" = "${word#*[a-z]}" ] || break ;; *) break ;; esac
		set -- "$@" "$word"
	done
	echo "$noun $verb $*"
done <lines >commands
[ "$(wc -l <commands)" -gt 100 ] || echo "the help lists only $(wc -l <commands) commands"

# What an option is given, by its name; the others are left out.
value() {
	case $1 in
	person) echo "$person" ;;
	referral) echo "$number" ;;
	clinician) echo kelly ;;
	from | date | on) echo 2026-03-09 ;;
	to | by-date) echo 2026-03-20 ;;
	why | text | note | outcome | words) echo said ;;
	show | state) echo all ;;
	days | limit | more | session | count) echo 3 ;;
	esac
}

# The command with all that it takes of these.
while read -r noun verb rest; do
	"$OHDESK" help "$noun" "$verb" 2>/dev/null | sed -n 's/^      --\([a-z-]*\) .*/\1/p' >"options.$noun.$verb"
done <commands
filled() {
	while read -r option; do
		given=$(value "$option")
		[ -z "$given" ] || set -- "$@" "--$option" "$given"
	done <"options.$noun.$verb"
	look "$noun" "$verb" "$@"
}

cp "$OHDESK_DB" whole.db
for who in p.shah a.root; do
	cp whole.db "$OHDESK_DB"
	while read -r noun verb args; do
		case " $about_nobody " in *" $noun "*) continue ;; esac
		case $args in
		'')
			look "$noun" "$verb"
			look "$noun" "$verb" --format json
			filled
			;;
		CLINICIAN*) filled kelly ;;
		FILE* | DIR*) look "$noun" "$verb" /dev/null ;;
		*)
			while read -r id; do
				case $args in
				*\ *) filled "$id" "$id" ;;
				*) filled "$id" ;;
				esac
			done <ids
			;;
		esac
	done <commands
done
[ "$ran" -gt 400 ] || echo "only $ran commands were given"
