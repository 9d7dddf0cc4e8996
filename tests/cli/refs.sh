#!/bin/sh
# The plain records, bank holidays and settings by command: what each prints and how it ends.  Silent
# and 0 when that is tests/cli/refs.out; ids are made alike first.  GOLDEN=1 writes that file anew.
set -eu
: "${OHDESK:=build/ohdesk}"
here=$(cd "$(dirname "$0")" && pwd)
case $OHDESK in /*) ;; *) OHDESK=$PWD/$OHDESK ;; esac
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 07:42"

who=a.root
show() {
	printf '%s$ %s\n' "$who" "$*"
	status=0
	"$OHDESK" --as "$who" --now "$now" "$@" 2>&1 || status=$?
	[ "$status" -eq 0 ] || printf '(exit %s)\n' "$status"
}

# The same with a line on stdin, as passwords are given.
given() {
	line=$1
	shift
	printf '%s\n' "$line" >line
	show "$@" <line
}

cat >feed.json <<'J'
{"england-and-wales":{"division":"england-and-wales","events":[
 {"title":"New Year’s Day","date":"2031-01-01","notes":"","bunting":true},
 {"title":"A jubilee yet to come","date":"2031-06-05","notes":"","bunting":true}]},
 "scotland":{"division":"scotland","events":[]},
 "northern-ireland":{"division":"northern-ireland","events":[]}}
J
printf '{"england-and-wales":{"events":[{"title":"x","date":"2031-02-30"}]}}' >bad.json
head -c 300 feed.json >cut.json

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
{
	show site list
	show site add HBR --name Harbour --nation W --phone "+44 7700 900123"
	show site add hbr --name "Another" --nation E
	show site add PLE --name "" --nation E
	show site add PLE --name Poole --nation X
	show site set HBR --name "Harbour View" --nation S
	show site set NONE --name x
	show site list --format json
	show room add HBR-1 --name "room 1" --site HBR --features "quiet,step_free"
	show room add HBR-2 --name "room 2" --site HBR --features "jacuzzi"
	show room list
	show customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --ods RH8 --kind nhs
	show customer add KES --name "Kestrel Aerospace" --short "Kestrel Aerospace" --kind external
	show customer add KES --name "Kestrel Aerospace" --short "Kestrel A" --ods "R-1" --kind external
	show customer add KES --name "Kestrel Aerospace" --short "Kestrel A" --kind external
	show customer list
	show service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --rapid yes --new 40 --fu 20 --modes face,phone --cap 6 --target 5
	show service add COUNS --name Counselling --short "Counsel." --prefix CNS --private yes --new 60 --fu 60 --modes "face pigeon"
	show service add COUNS --name Counselling --short "Counsel." --prefix CNS --private yes --new 0 --fu 60
	show service add COUNS --name Counselling --short "Counsel." --prefix CNS --private yes --new 60 --fu 60 --cap 6
	show service set COUNS --cap 8
	show service list
	show clinician add marsh --surname Marsh --given Jo --title Mx --discipline physio --reg-body HCPC --reg-no PH012345 --reg-until 31/12/27 --skills "hands spine"
	show clinician add obi --surname Obi --given Ngozi --discipline wizard
	show clinician add obi --surname Obi --given Ngozi --discipline physio --reg-until 30/2/27
	show clinician list
	show posting add --clinician marsh --site NGT
	show posting add --clinician nobody --site NGT
	show posting list
	show user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
	show user add P.Shah2 --role reception --person "SHAH"
	show user add q --role king --person "Q"
	show right add --user p.shah --right overbook --service PHYSIO
	show right list
	show user list
	show user set a.root --role manager
	show user set p.shah --state off
	who=p.shah
	show site list
	who=a.root
	show user set p.shah --state on
	who=p.shah
	show site list
	show customer set WVH --name "Mine now"
	who=nobody
	show site list
	who=a.root
	show setting set seen_late_mins 15
	show setting set seen_late_mins many
	show setting set service_name "Wessex Vale Occupational Health"
	show setting list
	show holiday list --nation NI --year 2026
	show holiday list --nation E --year 2031
	show holiday import feed.json
	show holiday import feed.json
	show holiday list --nation E --year 2031
	show holiday list --nation W --year 2031
	show holiday list --nation S --year 2031
	show holiday list --nation Q
	show holiday list --nation E --year 20266
	show holiday import bad.json
	show holiday import cut.json
	show holiday import none.json
	show holiday import .
	given "long enough" user passwd p.shah
	given "short" user passwd p.shah
	given "4812" user passwd p.shah --pin
	given "48x2" user passwd p.shah --pin
	given "long enough" user passwd nobody.here
	who=p.shah
	given "another one" user passwd a.root
	given "another one" user passwd p.shah
	who=a.root
	show user passwd p.shah </dev/null
	show store check
	show help holiday import
} | sed -E "s/\\b[0-9a-z]{4}-[0-9a-z]{5}\\b/ID/g" >refs.got

if [ "${GOLDEN:-}" ]; then
	cp refs.got "$here/refs.out"
else
	diff -u "$here/refs.out" refs.got
fi
