#!/bin/sh
# What two nodes did at once, settled from the command line: both sides of it in words, the value that
# was meant after all, a new time and the task that asked for it in one deed, and that deed undone as
# one.  Silent and 0 when it passes.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export XDG_CONFIG_HOME="$dir/config"
now="2026-03-12 07:42"

as() {
	user=$1
	db=$2
	shift 2
	"$OHDESK" --db "$db.db" --as "$user" --now "$now" "$@"
}
at() { as a.root "$@"; }
row() { sed -n "$(($1 + 1))p"; }
same() { [ "$2" = "$3" ] || { echo "$1: $2, not $3"; exit 1; }; }
# With the hub's clock as ours is.
in_step() {
	for k in 2 3 2 3; do
		at "n$k" sync run --via "$OHDESK --db $dir/hub.db --now '$now' sync serve --node $k"
	done
}

"$OHDESK" site init hub.db --code NGT --name Northgate --admin a.root --practice --at "$now" --hub
{
	at hub site add HBR --name Harbour --nation E --node 2
	at hub node enrol 2 --letter H --name Harbour
	at hub node enrol 3 --letter M --name Mill
	at hub service add OHN --name "OH nurse" --short Nurse --prefix OHN --new 20 --fu 20 --modes face
	at hub service add CNS --name Counselling --short Couns --prefix CNS --private yes --new 60 --fu 60 --modes face
	at hub customer add WVH --name "Wessex Vale" --short "WV Hosps"
	at hub clinician add reed --surname Reed --given Al --discipline nurse --node 2
	at hub clinician add marsh --surname Marsh --given Jo --discipline nurse --node 3
	at hub clinician add kelly --surname Kelly --given Sean --discipline counsellor --node 2
	at hub user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
	at hub user add t.reid --role reception --person "REID, Tom (Mr)" --site HBR
	at hub user add s.kelly --role counsellor --person "KELLY, Sean (Mr)" --site HBR
	for p in Ellis:Ann:1981-11-07 Webb:Joan:1962-09-09 Lewis:Gareth:1966-02-17; do
		at hub person add --surname "${p%%:*}" --given "$(echo "$p" | cut -d : -f 2)" --born "${p##*:}" --mobile 07700900113 --customer WVH
	done
	for n in 2 3; do
		at "n$n" sync join --via "$OHDESK --db $dir/hub.db --now '$now' sync serve --node $n"
	done
	at n2 template add --clinician reed --site HBR --service OHN --day fri --pattern "15:40 FU 20x6"
	at n2 template add --clinician kelly --site HBR --service CNS --day fri --pattern "09:00 NEW 60x3"
	at n2 template publish --to 2026-03-20
	at n3 template add --clinician marsh --site NGT --service OHN --day mon --pattern "08:20 FU 20x6"
	at n3 template publish --to 2026-03-20
} >rows
person() { at "$1" person find "$2" | row 1 | cut -f 1; }
book() { as "$1" "$2" appt book --person "$(person "$2" "$3")" --service "$4" --clinician "$5" --at "$6" | row 1 | cut -f 9; }
in_step

now="2026-03-12 09:52"
same "Harbour books its own" "$(book t.reid n2 webb OHN reed "2026-03-13 15:40")" booked
same "and counselling" "$(book s.kelly n2 webb CNS kelly "2026-03-13 09:00")" booked
as t.reid n2 person set "$(person n2 lewis)" --mobile 07700900555 >rows
now="2026-03-12 09:58"
same "Mill asks for the same" "$(book p.shah n3 ellis OHN reed "2026-03-13 15:40")" requested
same "and a counsellor there" "$(book s.kelly n3 ellis CNS kelly "2026-03-13 09:00")" requested
as p.shah n3 person set "$(person n3 lewis)" --mobile 07700900777 >rows
in_step

now="2026-03-12 10:31"
clash() { at n3 sync conflicts | grep "$1" | cut -f 1; }
lost=$(clash "Book Fri 13-Mar 15:40")
edit=$(clash "Edit mobile")
private=$(clash "Book Fri 13-Mar 09:00")

same "why" "$(as p.shah n3 sync conflicts | grep 15:40 | cut -f 13-16)" \
	"ELLIS, Ann	1981-11-07	Book Fri 13-Mar 15:40	slot taken at Harbour"
same "both sides" "$(as p.shah n3 sync conflicts "$lost" | sed -n '2,3p')" \
	"who	p.shah, Mill	t.reid, Harbour
Slot	Fri 13-Mar 15:40 Reed	Fri 13-Mar 15:40 Reed"
same "what is offered" "$(as p.shah n3 sync conflicts "$lost" | grep "^offer [12]")" \
	"offer 1	Fri 13-Mar-2026 16:00  Harbour    Reed       to be confirmed, same day	
offer 2	Mon 16-Mar-2026 08:20  Northgate  Marsh      confirmed at once, 1wd later	"

# Of a private service nothing is said to who may not know, and nothing offered.
same "private" "$(as p.shah n3 sync conflicts | grep "^$private" | cut -f 12,16)" "Private	Private"
same "nothing of it" "$(as p.shah n3 sync conflicts "$private" | wc -l)" 2
same "and to who may" "$(as s.kelly n3 sync conflicts "$private" | grep -c "^offer")" 5

same "not offered" "$(as p.shah n3 sync settle "$lost" --take 2>&1 || echo $?)" \
	"ohdesk: That is not offered: sync conflicts $lost says what is.
3"
same "without a word" "$(as p.shah n3 sync settle "$lost" 2>&1 | cut -c 1-20)" "ohdesk: --how is nee"
same "ours after all" "$(as p.shah n3 sync settle "$edit" --take)" "Settled: took ours."
same "it is" "$(at n3 person show "$(person n3 lewis)" | grep -c 07700900777)" 1

# Another time, the settling, and the end of the task to ring them: one deed, undone as one.
tasks() { at n3 task list --show all | grep -c "was taken" || true; }
same "to ring" "$(tasks)" 1
same "the second time" "$(as p.shah n3 sync settle "$lost" --book 2)" \
	"ELLIS booked Mon 16-Mar-2026 08:20.  No texts: tell them.  Settled."
same "rung no more" "$(tasks)" 0
same "settled by whom" "$(as t.reid n3 sync settle "$lost" --how again 2>&1 || echo $?)" \
	"ohdesk: p.shah has settled that already, 10:31.
4"
now="2026-03-12 10:32"
new=$(at n3 appt list --date 2026-03-16 | row 1 | cut -f 1)
as p.shah n3 appt undo "$new" >rows
same "undone as one" "$(tasks) $(at n3 sync conflicts | grep -c "^$lost")" "1 1"
as p.shah n3 sync settle "$lost" --how "they will ring again"
as s.kelly n3 sync settle "$private" --book 1 >rows
in_step
same "everywhere" "$(at n2 sync conflicts | wc -l) $(at hub sync conflicts | wc -l)" "1 1"
same "in step" "$(at n2 sync digest)" "$(at n3 sync digest)"
