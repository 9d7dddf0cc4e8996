#!/bin/sh
# A machine that is gone: its slots are taken, who is booked in them is listed, its key opens no door to
# work.  Switched on again it is told so, and hands in what it had not sent, once, for a person to settle;
# stolen, it gets nothing.  The machine in its place is the same node in another life, and neither an
# id nor a number that people read is given twice.  Silent and 0 when it passes.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
. tests/support/sshd.sh
dir=$(mktemp -d)
trap 'sshd_stop "$dir/door"; rm -rf "$dir"' EXIT
cd "$dir"
export XDG_CONFIG_HOME="$dir/config"
mkdir -p config/ohdesk
day="2026-03-12 07:42"

same() { [ "$2" = "$3" ] || { echo "$1: $2, not $3"; exit 1; }; }
row() { sed -n "$(($1 + 1))p"; }
at() { db=$1; shift; "$OHDESK" --db "$dir/$db.db" --as a.root --now "$day" "$@"; }
refused() { { "$@" >rows; } 2>&1 || echo $?; }
person() { at "$1" person find "$2" | row 1 | cut -f 1; }
book() { at "$1" appt book --person "$(person "$1" "$2")" --service "$3" --clinician "$4" --at "$5" | row 1 | cut -f 9; }
holders() { sqlite3 hub.db "SELECT holder, count(*) FROM slot WHERE clinician = (SELECT id FROM clinician WHERE code = '$1') GROUP BY 1" | tr '\n' ' '; }

"$OHDESK" site init hub.db --code NGT --name Northgate --admin a.root --practice --at "$day" --hub
sshd_start door
print=$(sshd_print door)
printf '[sync]\naddress = %s\nhost_key = %s/door/host.pub\nkeys_file = %s/door/authorized_keys\n' \
	"$(sshd_hub door)" "$dir" "$dir" >config/ohdesk/ohdesk.ini
{
	at hub node enrol 2 --letter M --name Mill
	at hub node enrol 3 --letter O --name Oak
	at hub service add OHN --name "OH nurse" --short Nurse --prefix OHN --new 20 --fu 20 --modes face
	at hub service add COUNS --name Counselling --short Couns --prefix CNS --private yes --new 20 --fu 20 --modes face
	at hub customer add WVH --name "Wessex Vale" --short "WV Hosps"
	at hub clinician add reed --surname Reed --given Al --discipline nurse --node 2
	at hub clinician add kelly --surname Kelly --given Jo --discipline counsellor --node 2
	at hub user add p.shah --role reception --person "SHAH, Priti (Ms)"
	at hub user add c.lee --role counsellor --person "LEE, Chris (Mx)"
	for p in Ash Birch Cedar Dale Elm; do at hub person add --surname "$p" --given Ann --customer WVH; done
} >rows
join() { # DATABASE NODE: makes its key, is enrolled, joins
	refused at "$1" sync join "$(sshd_hub door)" --host-key "$print" >says
	at hub node "$3" "$2" --key "$1.db-key.pub" $4 >rows 2>says
	same "$1 joins" "$(at "$1" sync join "$(sshd_hub door)" | row 1)" "$2"
}
join old 2 enrol ""
join n3 3 enrol ""
at old template add --clinician reed --site NGT --service OHN --day thu --pattern "09:00 FU 20x6" >rows
at old template add --clinician kelly --site NGT --service COUNS --day thu --pattern "09:00 FU 20x3" >rows
at old template publish --to 2026-03-20 >rows
same "sent" "$(book old ash OHN reed "2026-03-12 09:00")" booked
at old sync run
at n3 sync run

# Not sent: two bookings that people were told of, one of them private, and a person.
same "not sent" "$(book old birch OHN reed "2026-03-12 09:20")" booked
same "not sent, private" "$("$OHDESK" --db old.db --as c.lee --now "$day" appt book --person "$(person old cedar)" \
	--service COUNS --clinician kelly --at "2026-03-12 09:00" | row 1 | cut -f 9)" booked
at old person add --surname Fir --given Ann --customer WVH >rows
same "waits" "$(at old sync status | row 1 | cut -f 3)" 3

# ---- excluded

same "why" "$(refused at hub node exclude 2)" "ohdesk: --why is needed: see ohdesk help node exclude.
2"
same "the hub itself" "$(refused at hub node exclude 1 --why gone)" \
	"ohdesk: That is this database itself: it looks after the others.
3"
same "to itself" "$(refused at hub node exclude 2 --why gone --holds-to 2)" \
	"ohdesk: Node 2 is gone: name another to hold its slots.
3"
at hub node exclude 2 --why "the disk died" >rows 2>says
same "said" "$(cat says)" \
	"ohdesk: note: Node 2 is excluded: 18 slots taken, 2 diaries without a home; heard 2026-03-12 07:42."
same "to watch" "$(tail -n +2 rows | cut -f 2,4,7,8)" "2026-03-12 09:00	Reed	ASH, Ann	booked"
same "whose slots" "$(holders reed)$(holders kelly)" "1|12 1|6 "
same "one act, with its reason" "$(sqlite3 hub.db "SELECT count(DISTINCT act), count(*), min(why), max(why)
	FROM history WHERE name IN ('node_gone', 'hold_revoke')")" "1|2|the disk died|the disk died"
same "again" "$(refused at hub node exclude 2 --why gone)" \
	"ohdesk: Node 2 is excluded already: node list shows it.
4"
same "booked at the hub now" "$(book hub dale OHN reed "2026-03-12 09:20")" booked

# ---- the old disk is switched on

told="ohdesk: This node was excluded: ask at the hub, nothing here counts.  Handed in: 3.
6"
same "told so" "$(refused at old sync run)" "$told"
same "and again" "$(refused at old sync run)" "$told"
same "its word" "$(at old sync status | row 1 | cut -f 2,3,13)" "excluded	0	3"
same "it promises nothing" "$(book old elm OHN reed "2026-03-12 10:00")" requested
same "one more" "$(refused at old sync run | head -n 1 | sed 's/.*  //')" "Handed in: 4."
same "once each" "$(sqlite3 hub.db "SELECT count(*) FROM overlap WHERE type = 'handed_in'")" 4
same "not done" "$(at hub person find fir | tail -n +2)$(at hub appt list --date 2026-03-12 | grep -c BIRCH)" 0
listed() { at hub sync conflicts | awk -F '\t' '$3 == "handed_in" { print $1 }'; }
same "what each was" "$(at hub sync conflicts | awk -F '\t' '$3 == "handed_in" { print $7, $11 }' | tr '\n' ';')" \
	"2 book;2 book;2 people;2 book;"
id=$(at hub sync conflicts | awk -F '\t' '$3 == "handed_in" { print $1; exit }')
same "in words" "$(at hub sync conflicts "$id" | sed -n 's/^Meant	person \([^,]*, [^,]*\), clinician \([^,]*\), .*starts \([^,]*\),.*/\1|\2|\3/p')" \
	"BIRCH, Ann|Reed|Thu 12-Mar-2026 09:20"
private=$(at hub sync conflicts | awk -F '\t' '$3 == "handed_in" { print $1 }' | sed -n 2p)
same "private ones are" "$("$OHDESK" --db hub.db --as p.shah --now "$day" sync conflicts "$private" | grep -ciE 'couns|kelly|cedar')" 0
same "the hub in one line" "$(at hub hub status | cut -f 2,4 | tr '\t\n' ' ;')" "nodes conflicts;1 4;"
same "of a node" "$(refused at n3 hub status)" \
	"ohdesk: This database is no hub: sync status says how it stands with its.
3"
at hub sync settle "$id" --how "rang, moved to 09:40"
same "settled" "$(listed | wc -l)" 3

# ---- another machine in its place

last=$(sqlite3 hub.db "SELECT max(id) FROM history WHERE id >> 42 = 2")
join new 2 replace '--why replaced --holds-to 2'
# Its clock stands where the old one's stood, so ids would be the same ones again.
same "its slots are back" "$(holders reed)$(holders kelly)" "2|12 2|6 "
same "promises" "$(book new elm OHN reed "2026-03-12 10:00")" booked
at new sync run
at n3 sync run
for n in new n3; do same "$n and the hub" "$(at "$n" sync digest)" "$(at hub sync digest)"; done
at hub store check >rows 2>says || grep -v "A clash waits" rows | tail -n +2
same "an old key" "$(refused at hub node replace 2 --why x --key old.db-key.pub)" \
	"ohdesk: That key is another machine's, or was: the new one makes its own.
3"
same "no number twice" "$(sqlite3 new.db "SELECT CAST(substr(max(number), -4) AS INTEGER) > 1000
	FROM episode WHERE number LIKE '%-M%'")" 1
same "no id twice" "$(sqlite3 new.db "SELECT min(id) > $last FROM appointment
	WHERE id IN (SELECT appt FROM booking b JOIN person p ON p.id = b.person WHERE p.surname = 'Elm')")" 1
told="ohdesk: This node was excluded: ask at the hub, nothing here counts.  Handed in: 4.
6"
same "the old disk, now" "$(refused at old sync run)" "$told"

# ---- stolen

at hub node replace 2 --why "stolen from a car" --stolen >rows 2>says
same "nothing opens" "$(refused at new sync run | tail -n 1)" 6
same "not a line for it" "$(grep -c 'node 2' door/authorized_keys)" 1
same "the other's does" "$(refused at old sync run)" "$told"
same "no way back" "$(refused at hub node replace 2 --why x --key new.db-key.pub)" \
	"ohdesk: That key is another machine's, or was: the new one makes its own.
3"

# That it was stolen may be known only after it was excluded.
at hub node exclude 3 --why "not heard of" >rows 2>says
same "may hand in" "$(grep -c 'node 3 --old' door/authorized_keys)" 1
at hub node exclude 3 --why "it was stolen" --stolen >rows 2>says
same "nothing opens then" "$(grep -c 'node 3' door/authorized_keys)" 0
same "nothing is left to shut" "$(refused at hub node exclude 3 --why x --stolen)" \
	"ohdesk: Node 3 is excluded already, and its key opens nothing.
4"
