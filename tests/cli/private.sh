#!/bin/sh
# Nothing that a command prints tells reception, a nurse, a manager or an administrator that somebody
# is seen by a private service: not its name, the number, the reason, whether first or later; and
# what the service's own desk sees, the others do not find either.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 07:42"
who=a.root
o() { "$OHDESK" --as "$who" --now "$now" "$@"; }
made() { o "$@" >"$dir/row"; }

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60
made clinician add kelly --surname Kelly --given Sean --discipline counsellor
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)" --site NGT
made user add m.doyle --role manager --person "DOYLE, Mary (Ms)"
made user add s.kelly --role counsellor --person "KELLY, Sean (Mr)" --clinician kelly
made template add --clinician kelly --site NGT --service COUNS --day thu --pattern "14:00 NEW 60x2"
made template publish
made person add --surname Okafor --given Adaeze --born 1984-08-14 --employee-no 20417733 --customer WVH
who=s.kelly
made appt book --person 20417733 --service couns --clinician kelly --at "2026-03-12 14:00"
appt=$(sed -n 2p "$dir/row" | cut -f 1)
made appt cancel "$appt" --by person --why "too upset"
made appt undo "$appt"
made task add "Couns.: upset, ring today" --kind ring --for counsellor@all --service couns --person 20417733
task=$(sed -n 2p "$dir/row" | cut -f 1)
made referral add --person 20417733 --service couns --type SELF --agreed t --words "upset, cannot sleep" --flag K
referral=$(sed -n 2p "$dir/row" | cut -f 1)
o referral show CNS-26-N0002 | grep -q "cannot sleep" || echo "its own desk does not find the referral"
o person find CNS-26-N0001 | grep -q OKAFOR || echo "its own desk does not find it"

for who in p.shah r.adeyemi m.doyle a.root; do
	while read -r line; do
		# shellcheck disable=SC2086
		eval "o $line" >"$dir/out" 2>&1 || :
		if grep -v 'NEW.free' "$dir/out" | grep -E 'Couns|COUNS|CNS|NEW|upset'; then
			echo "$who may not be told that by: $line"
		fi
	done <<-END
		appt list
		appt list --person 20417733 --format json
		appt history $appt
		diary show kelly
		slot why --service physio --clinician kelly --at "2026-03-12 14:00"
		slot why --service physio --clinician kelly --at "2026-03-12 15:00"
		person show 20417733
		person find okafor
		appt book --person 20417733 --service physio --clinician kelly --at "2026-03-12 15:00"
		appt move $appt --at "2026-03-12 15:00"
		appt arrive $appt
		appt undo $appt
		referral show $referral
		referral list
		referral list --person 20417733 --format json
		referral list --state awaiting_triage
		referral history $referral
		referral comment $referral seen
		referral tobook
		triage list
		triage decide $referral --priority 3
		flag list --person 20417733
		task list --show all
		task list --person 20417733
		task history $task
		task note $task seen
		task add x --for counsellor@all --service couns
		day show --site NGT
		day list --site NGT
	END
	o person find CNS-26-N0001 >"$dir/out"
	if [ "$(wc -l <"$dir/out")" -ne 1 ]; then
		echo "$who finds somebody by the number of a private episode"
	fi
done
