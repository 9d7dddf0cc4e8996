#!/bin/sh
# The audit on the command line: who may read it, what stands in it by person, user and day, that a row
# of the private service says Private to who is no part of it, and that a row changed behind the
# program's back is found.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 09:42"
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
isnt() {
	words=$1
	shift
	o "$@" >"$dir/out" 2>&1 || :
	! grep -E -e "$words" "$dir/out" || echo "$who is told $words by $*"
}

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60 --cap 6
made clinician add kelly --surname Kelly --given Sean --discipline counsellor
made template add --clinician kelly --site NGT --service COUNS --day thu --pattern "14:00 NEW 60x2"
made template publish
for user in p.shah:reception j.marsh:clinician m.doyle:manager s.kelly:counsellor; do
	made user add "${user%:*}" --role "${user#*:}" --person "SMITH, Jo (Ms)"
done
made user add c.hart --role counsellor --person "HART, Clare (Ms)"
made right add --user c.hart --right lead --service COUNS
made person add --surname Okafor --given Adaeze --born 1984-08-14 --employee-no 20417733 --customer WVH
made person add --surname Ellis --given Marcus --born 1981-11-07 --employee-no 31120459 --customer WVH
who=s.kelly
made appt book --person 20417733 --service couns --clinician kelly --at "2026-03-12 14:00"
appt=$(sed -n 2p "$dir/row" | cut -f 1)
made appt cancel "$appt" --by person --why "too upset"
made task add "Couns.: ring today" --kind ring --for counsellor@all --service couns --person 20417733
made referral add --person 20417733 --service couns --type SELF --agreed t --words "cannot sleep" --flag K

# Who may.
for who in p.shah j.marsh s.kelly; do
	is 6 "audit is not for" audit show
	is 6 "audit is not for" audit verify
done

# By person, user and day.
who=a.root
is 0 "registered" audit show --person 31120459
is 0 "a.root	opened			person" audit show --person 31120459
isnt "customer" audit show --person 31120459
is 0 "customer" audit show --user a.root
isnt "registered" audit show --user s.kelly
isnt "registered" audit show --from 2026-03-13
isnt "registered" audit show --to 2026-03-11 --from 2026-03-01
is 0 "registered" audit show --from 2026-03-12 --to 2026-03-12
[ "$(o audit show --limit 3 | wc -l)" -eq 4 ] || echo "--limit 3 is not three rows"
is 5 "There is no user nobody" audit show --user nobody
is 3 "" audit show --limit 0
is 5 "There is no person" audit show --person 99999

# Who is no part of the service reads when and by whom, and nothing else.
for who in a.root m.doyle; do
	is 0 "s.kelly	Private" audit show --person 20417733
	for where in "--person 20417733" "--user s.kelly" "" "--format json"; do
		# shellcheck disable=SC2086
		isnt "ouns|COUNS|CNS|upset|sleep|cancel|booked for|flag|[^a-z]risk" audit show $where
	done
done
who=c.hart
is 0 "cancelled by or for the person" audit show --person 20417733
is 0 "too upset" audit show --person 20417733

# Both chains; one row that is not as it was is found and named.
who=a.root
is 0 "^commands	[1-9][0-9]*	whole" audit verify
is 0 "^openings	[1-9][0-9]*	whole" audit verify
sqlite3 "$OHDESK_DB" "UPDATE viewed SET user = user + 1 WHERE k = 1"
is 7 "openings was changed" audit verify
sqlite3 "$OHDESK_DB" "UPDATE viewed SET user = user - 1 WHERE k = 1"
is 0 "openings" audit verify
sqlite3 "$OHDESK_DB" "UPDATE cmd SET at = at + 60 WHERE k = 3"
is 7 "Command 3 was changed" audit verify
