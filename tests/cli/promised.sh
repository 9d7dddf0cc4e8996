#!/bin/sh
# What scripts rely on of forms, referrals and triage: each verb and option of the manual is there, is told by
# `help`, and rows begin with the columns that were promised, in their order.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 09:42"
o() { "$OHDESK" --as "$who" --now "$now" "$@"; }
fail() {
	echo "$1"
	exit 1
}

while read -r noun verb options; do
	"$OHDESK" help "$noun" "$verb" >"$dir/help" 2>&1 || fail "there is no $noun $verb"
	for option in $options; do
		grep -q -- "^      --$option " "$dir/help" || fail "$noun $verb: help does not tell of --$option"
	done
done <<END
form list
form check
form show
form score answers
referral add person form answers received
referral list state over
referral show
referral reply
referral import
triage decide priority pathway site clinician mode note
triage query
triage return
triage send
END

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
who=a.root
{
	o customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
	o service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20 --target 5
	o user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
	o user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)"
	o person add --surname Okafor --given Adaeze --born 1984-08-14 --employee-no 20417733 --customer WVH
} >"$dir/made"
printf '[answers]\nwhere = b\nlegs_both = u\n' >"$dir/a.ini"

# begins COLUMNS COMMAND...: the header line begins so, and each row has as many fields.
begins() {
	columns=$(printf '%s' "$1" | tr ' ' '\t')
	shift
	o "$@" >"$dir/out" 2>"$dir/err" || fail "$*: $(cat "$dir/err")"
	case $(head -n 1 "$dir/out") in
	"$columns" | "$columns	"*) ;;
	*) fail "$*: its columns are $(head -n 1 "$dir/out")" ;;
	esac
	[ "$(awk -F '\t' '{ print NF }' "$dir/out" | sort -u | wc -l)" = 1 ] || fail "$*: its rows are ragged"
}
referral="id number person_id person service state priority flags received due"
who=p.shah
begins "$referral" referral add --person 20417733 --form rap_physio_self --answers "$dir/a.ini" --received "-1d 16:00"
id=$(sed -n 2p "$dir/out" | cut -f 1)
[ -n "$id" ] || fail "it gives no id"
begins "$referral" referral list
begins "$referral" referral list --state new
begins "$referral" referral list --over
begins "score value band" form score rap_physio_self --answers "$dir/a.ini"
grep -q "^flag	R	" "$dir/out" || fail "no row tells of the flag"
grep -q "^action	stop_booking	" "$dir/out" || fail "no row tells of the action"
begins "id due kind person_id person for state text" task list --show all
who=r.adeyemi
begins "$referral" triage list
begins "$referral" triage query "$id" --of employee --words "since when?"
# The same names in the other format, and the same bytes for the same input.
for format in tsv json; do
	[ $format = tsv ] || set -- --format json
	o referral list "$@" >"$dir/one"
	o referral list "$@" >"$dir/two"
	cmp -s "$dir/one" "$dir/two" || fail "the same list is other bytes"
done
for name in $referral; do
	grep -q "\"$name\":" "$dir/one" || fail "json has no $name"
done
