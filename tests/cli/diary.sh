#!/bin/sh
# Templates, publishing, the diary of a day, leave, blocks and the search, from the command line.
# Silent and 0 when what comes out is tests/cli/diary.out; ids are made alike first.
# GOLDEN=1 writes that file anew.
set -eu
: "${OHDESK:=build/ohdesk}"
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db"
now="2026-03-12 07:42"

who=a.root
o() { "$OHDESK" --as "$who" --now "$now" "$@"; }
# Shows a command, what it prints and how it ends; ids become ID.
show() {
	printf '%s$ %s\n' "$who" "$*"
	status=0
	o "$@" 2>&1 || status=$?
	[ "$status" -eq 0 ] || printf '(exit %s)\n' "$status"
}
first_id() { o template list --clinician "$1" | sed -n "$2p" | cut -f 1; }

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
o site add HBR --name Harbour --nation E >"$dir/row"
o room add NGT-1 --name "room 1" --site NGT >"$dir/row"
o room add HBR-1 --name "room 1" --site HBR --features step_free >"$dir/row"
o service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --rapid yes --new 40 --fu 20 --modes "face phone" --cap 6 --target 5 >"$dir/row"
o service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60 --modes "face video" --target 10 >"$dir/row"
o clinician add marsh --surname Marsh --given Jo --discipline physio --reg-body HCPC --reg-until 2027-12-31 >"$dir/row"
o clinician add obi --surname Obi --given Ngozi --discipline physio --reg-body HCPC --reg-until 2026-03-17 --gender woman >"$dir/row"
o clinician add kelly --surname Kelly --given Sean --discipline counsellor >"$dir/row"
o user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT >"$dir/row"
o user add m.doyle --role manager --person "DOYLE, Mary (Ms)" >"$dir/row"

{
	day="08:30 FU 20x3, CATCHUP 20, NEW 40, RAP 40/24, 12:00 LUNCH 40, ADMIN 20 letters"
	show template add --clinician marsh --site NGT --room NGT-1 --service PHYSIO --day thu --pattern "$day"
	show template add --clinician obi --site HBR --room HBR-1 --service PHYSIO --day tue --pattern "09:00 NEW 40x2, FU 20x2"
	show template add --clinician kelly --site NGT --service COUNS --day mon --pattern "10:00 NEW 60x2" --from 2026-03-16 --to 2026-04-30
	show template add --clinician marsh --site NGT --service PHYSIO --day thu --pattern "08:30 TEA 20"
	show template add --clinician marsh --site HBR --room NGT-1 --service PHYSIO --day thu --pattern "08:30 FU 20"
	show template add --clinician marsh --site HBR --service PHYSIO --day noday --pattern "08:30 FU 20"
	show template add --clinician marsh --site HBR --service PHYSIO --day thu
	show template publish
	show template publish
	show template add --clinician marsh --site HBR --room HBR-1 --service PHYSIO --day thu --pattern "09:00 FU 20"
	show template publish --clinician marsh
	show template end "$(first_id marsh 3)" --to 2026-03-11
	show template list
	show template list --all --clinician marsh
	who=p.shah
	show template publish
	show slot find --service COUNS
	show slot why --clinician kelly --service COUNS --at "2026-03-16 10:00"
	who=m.doyle
	show diary leave kelly --from 2026-03-10 --why late
	who=a.root
	show diary show marsh
	show diary show kelly --from 2026-03-16 --days 2
	show diary show nobody
	show slot find --service physio --limit 4
	show slot find --service PHYSIO --kind fu --limit 4
	show slot find --service PHYSIO --length 60 --limit 2
	show slot find --service PHYSIO --site HBR --limit 2
	show slot find --service PHYSIO --person 4g00-00xk3
	show slot find --service PHYSIO --clinician marsh --days thu --after 10:00 --before 12:00 --from 2026-03-20 --by 2026-04-10
	show slot find --service PHYSIO --by 2026-03-11
	show slot find --service PHYSIO --mode video
	show slot find --service PHYSIO --with man
	show slot find --service PHYSIO --with "a woman" --limit 1
	show slot find --service PHYSIO --with same
	show slot find --service PHYSIO --with a.dragon
	show slot find --service PHYSIO --needs step_free --limit 1
	show slot find --service PHYSIO --needs own
	show slot find --service PHYSIO --needs wings
	show slot find --service PHYSIO --days noday
	show slot find --service PHYSIO --limit 0
	show slot find --service PHYSIO --from 2026-02-30
	show slot find
	show --format json slot find --service PHYSIO --limit 1
	show slot why --clinician marsh --service PHYSIO --at "2026-03-19 09:50"
	show slot why --clinician marsh --service PHYSIO --at "2026-03-19 09:30"
	show slot why --clinician marsh --service PHYSIO --at "2026-03-19 10:00"
	show slot why --clinician marsh --service PHYSIO --kind fu --at "2026-03-19 09:50"
	show slot why --clinician marsh --service PHYSIO --kind fu --at "2026-03-19 10:30"
	show slot why --clinician marsh --service PHYSIO --at "2026-03-19 09:10"
	show slot why --clinician marsh --service PHYSIO --at "2026-03-12 07:00"
	show slot why --clinician marsh --service PHYSIO --at "2026-03-19 16:00"
	show slot why --clinician marsh --service PHYSIO --at "2026-03-20 10:00"
	show slot why --clinician marsh --service PHYSIO --at "2027-03-18 10:00"
	show slot why --clinician obi --service PHYSIO --at "2026-03-24 09:00"
	show slot why --clinician kelly --service PHYSIO --at "2026-04-06 10:00"
	show slot why --clinician kelly --service PHYSIO --at "2026-03-16 10:00"
	show diary leave marsh --from 2026-03-19 --to 2026-03-20 --why "annual leave"
	show diary leave marsh --from 2026-03-19 --why "twice"
	show diary leaves marsh
	show slot why --clinician marsh --service PHYSIO --at "2026-03-19 09:50"
	show diary undo "$(o diary leaves marsh | sed -n 2p | cut -f 1)"
	show diary leaves marsh
	show diary block marsh --from "2026-03-19 09:00" --to "2026-03-19 10:00" --why "room flooded"
	show diary show marsh --from 2026-03-19
	show slot why --clinician marsh --service PHYSIO --at "2026-03-19 09:50"
	show diary unblock marsh --from "2026-03-19 09:00" --to "2026-03-19 10:00"
	show diary unblock marsh --from "2026-03-19 09:00" --to "2026-03-19 10:00"
	show diary block marsh --from "2026-03-29 01:30" --to "2026-03-29 03:00" --why "clocks"
	show template set "$(first_id marsh 2)" --from 2026-04-01 --pattern "09:00 NEW 40x2"
	show diary undo "$(first_id marsh 2)"
	show template list --clinician marsh
	show store check
} | sed -E 's/[0-9a-z]{4}-[0-9a-z]{5}\b/ID/g' >"$dir/out"

[ "${GOLDEN:-}" != 1 ] || cp "$dir/out" "$here/diary.out"
diff -u "$here/diary.out" "$dir/out"
