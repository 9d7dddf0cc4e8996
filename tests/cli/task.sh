#!/bin/sh
# Every task command, what it prints and how it ends.  Silent and 0 when that is tests/cli/task.out;
# ids are made alike first.  GOLDEN=1 writes that file anew.
set -eu
: "${OHDESK:=build/ohdesk}"
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 09:42"

who=a.root
o() { "$OHDESK" --as "$who" --now "$now" "$@"; }
# Shows a command, what it prints and how it ends.
show() {
	printf '%s %s$ %s\n' "${now#* }" "$who" "$*"
	status=0
	o "$@" 2>&1 || status=$?
	[ "$status" -eq 0 ] || printf '(exit %s)\n' "$status"
}
made() { o "$@" >"$dir/row"; }
id() { sed -n 2p "$dir/row" | cut -f 1; }

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made site add HBR --name Harbour --nation E
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add COUNS --name Counselling --short Counsel --prefix CNS --private yes --new 60 --fu 60
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add t.reid --role reception --person "REID, Tom (Mr)" --site HBR
made user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)"
made user add s.kelly --role counsellor --person "KELLY, Sean (Mr)" --site NGT
made user add m.doyle --role manager --person "DOYLE, Mary (Ms)"
made person add --surname Okafor --given Adaeze --title Mrs --born 1984-08-14 --employee-no 20417733 --customer WVH

{
	who=p.shah
	show task list
	show task add "Ring about her shifts" --kind ring --for reception --person 20417733 --due "tom 10"
	show task add "Order gloves" --for nurse@all
	show task add "Leaflets" --for t.reid --due "16 mar"
	show task add "" --for nurse@all
	show task add "$(printf 'a\tb')" --for nurse@all
	show task list extra
	show task add "Bad kind" --for nurse@all --kind chore
	show task add "Nobody" --for porter
	show task add "Nobody there" --for clinician.physician
	show task add "Elsewhere" --for reception@XXX
	show task add "Past" --for reception --due "9:00"
	show task add "Never" --for reception --due "31 feb"
	show task add "Whose" --for reception --person 999
	show task add "Hidden" --for reception --service COUNS
	show task list
	show task list --show all
	show task list --show some
	made task list
	ring=$(id)
	show task try "$ring" --result no_answer
	show task try "$ring" --result asleep
	show task later "$ring" --due "mon 9:00"
	show task later "$ring" --due "mon 9:00" --why "on nights"
	show task note "$ring" "ask for Ada"
	show task hand "$ring" --to "r.adeyemi" --why "asks about tablets"
	show task list
	show task "done" "$ring" --outcome spoke
	who=r.adeyemi
	show task list
	show task "done" "$ring"
	show task "done" "$ring" --outcome finished
	show task "done" "$ring" --outcome other
	show task "done" "$ring" --outcome spoke --words "comes Monday"
	show task "done" "$ring" --outcome spoke
	show task "done" 4g00-00xk3 --outcome spoke
	show task "done" nonsense --outcome spoke
	show task list --show "done"
	show task list --person 20417733 --format json
	show task history "$ring"
	show task add "Can the 10:00 wait?" --kind message --for p.shah
	who=p.shah
	made task list --show mine
	message=$(id)
	show task "done" "$message" --outcome answered
	show task "done" "$message" --outcome answered --words "Ten minutes."
	who=r.adeyemi
	show task list --show mine
	# A private service's task is not there for others.
	who=s.kelly
	made task add "Did not come" --kind ring --for counsellor --service COUNS --person 20417733
	private=$(id)
	for who in p.shah r.adeyemi m.doyle a.root; do
		show task "done" "$private" --outcome spoke
		o task list --show all | grep "Did not come" || :
		o task list --person 20417733 | grep "Did not come" || :
	done
	who=a.root
	show store check
} >"$dir/out" 2>&1
# Ids are moments: alike here, different at each run.
sed -e 's/[0-9a-hjkmnp-tv-z]\{4\}-[0-9a-hjkmnp-tv-z]\{4,12\}/ID/g' "$dir/out" >"$dir/same"
if [ "${GOLDEN:-}" = 1 ]; then
	cp "$dir/same" "$here/task.out"
fi
diff -u "$here/task.out" "$dir/same"
