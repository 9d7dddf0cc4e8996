#!/bin/sh
# What triage decided of whom, where and how is what slot find and appt earliest ask for, unless
# something else is said.  Silent and 0 when all of it holds.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"

o() { as=a.root; [ "$1" != --as ] || { as=$2; shift 2; }; "$OHDESK" --as "$as" --now "2026-03-12 09:42" "$@"; }
made() { o "$@" >"$dir/row"; }
id() { sed -n 2p "$dir/row" | cut -f 1; }
fail() {
	echo "decided.sh: $*" >&2
	exit 1
}
# Where and with whom each row is, once each: "NGT marsh".
who() { o "$@" | sed 1d | cut -f 3,4 | sort -u | tr '\t\n' '  '; }
is() {
	want=$1
	shift
	got=$(who "$@")
	[ "$got" = "$want" ] || fail "$* gives \"$got\", not \"$want\""
}

o site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice >"$dir/row"
made site add HBR --name Harbour --nation E
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20 \
	--modes "face phone" --target 5
made clinician add marsh --surname Marsh --given Jo --discipline physio --skills "hands"
made clinician add obi --surname Obi --given Ada --discipline physio --skills "spine"
made user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)"
for at in NGT HBR; do
	for c in marsh obi; do
		day=thu && [ $at$c = NGTmarsh ] || [ $at$c = HBRobi ] || day=fri
		made template add --clinician $c --site $at --service PHYSIO --day $day \
			--pattern "14:00 NEW 40x2"
	done
done
made template publish
made person add --surname ELLIS --given Marcus --born 1981-11-07 --customer WVH
person=$(id)
o --as r.adeyemi referral add --person "$person" --service PHYSIO --type SELF --agreed 2026-03-12 \
	>"$dir/row"
r=$(id)
o --as r.adeyemi triage decide "$r" --priority 2 --pathway book --site HBR --skill hands \
	--mode phone >"$dir/row"

is "HBR marsh " slot find --referral "$r"
is "HBR marsh NGT marsh " slot find --referral "$r" --site any
is "HBR marsh HBR obi " slot find --referral "$r" --with any
is "HBR obi " slot find --referral "$r" --clinician obi
is "HBR obi NGT obi " slot find --service PHYSIO --skill spine
! o slot find --referral "$r" --service PHYSIO 2>"$dir/said" || fail "both were taken"
grep -q "not both" "$dir/said" || fail "$(cat "$dir/said")"

# Booked so, by phone.
o appt earliest --person "$person" --service PHYSIO >"$dir/row"
grep -q "HBR.marsh.*phone" "$dir/row" || fail "$(cat "$dir/row")"
