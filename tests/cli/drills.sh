#!/bin/sh
# packaging/drills.md, typed as it stands: a site is added; the PC of a site dies, is replaced, and its disk
# is switched on once more.  The commands are read from the page, at most ten a drill, over a real sshd.
# systemctl is the one command that is stood in for: it runs a turn with the hub.  Silent and 0 when it passes.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
page=$PWD/packaging/drills.md
. tests/support/sshd.sh
dir=$(mktemp -d)
trap 'sshd_stop "$dir/door"; rm -rf "$dir"' EXIT
cd "$dir"
same() { [ "$2" = "$3" ] || { echo "$1: $2, not $3"; exit 1; }; }
row() { sed -n "$(($1 + 1))p"; }

mkdir bin
printf '#!/bin/sh\nexec "%s" "$@"\n' "$OHDESK" >bin/ohdesk
printf '#!/bin/sh\n[ "$*" = "enable --now ohdesk-sync.service" ] && exec ohdesk sync run\n' >bin/systemctl
chmod +x bin/ohdesk bin/systemctl
for m in hub oak new; do
	mkdir -p "$m/ohdesk"
	printf '[store]\npath = %s/%s.db\n' "$dir" "$m" >"$m/ohdesk/ohdesk.ini"
done
on() { # MACHINE COMMAND
	XDG_CONFIG_HOME="$dir/$1" PATH="$dir/bin:$PATH" HUB=$HUB PRINT=$PRINT KEY=$KEY CLASH=$CLASH sh -c "$2"
}
sshd_start door
HUB=$(sshd_hub door) PRINT='' KEY='' CLASH=''
printf '[sync]\naddress = %s\nhost_key = %s/door/host.pub\nkeys_file = %s/door/authorized_keys\n' \
	"$HUB" "$dir" "$dir" >>hub/ohdesk/ohdesk.ini
on hub 'ohdesk site init hub.db --code NGT --name Northgate --admin "$(id -un)" --practice --at "2026-03-12 07:42" --hub'
{
	on hub 'ohdesk service add OHN --name "OH nurse" --short Nurse --prefix OHN --new 20 --fu 20 --modes face'
	on hub 'ohdesk customer add WVH --name "Wessex Vale" --short "WV Hosps"'
	for p in Ash Birch Cedar; do on hub "ohdesk person add --surname $p --given Ann --customer WVH"; done
} >rows

# What each machine is to type, in order: MACHINE<tab>COMMAND.
typed() {
	sed -n "/^## $1\. /,/^\*\*What may be lost/{
		s/^    \([a-z]*\)\\$ /\1	/p
	}" "$page"
}
# Types one of them; what comes of it is what the page says.
type_one() {
	status=0
	on "$1" "$2" >out 2>says || status=$?
	case $2 in
	*'sync join'*'--host-key'*)
		same "$2, not known yet" "$status" 6
		KEY=$(row 1 <out | cut -f 1)
		;;
	*'node enrol'*'--letter'*)
		PRINT=$(row 1 <out | cut -f 3)
		;;
	*'sync run')
		same "$2, replaced" "$status" 6
		;;
	*'sync conflicts')
		CLASH=$(awk -F '\t' '$3 == "handed_in" { print $1; exit }' out)
		cp out conflicts
		;;
	*'sync status')
		same "$2 at $1" "$(row 1 <out | cut -f 2,3,5)" "ok	0	0"
		;;
	*'node exclude'*)
		cp out watch
		;;
	esac
	case $2 in *'--host-key'* | *'sync run') ;; *)
		[ "$status" -eq 0 ] || { echo "$1: $2: $status"; cat says; exit 1; } ;;
	esac
}
drill() {
	typed "$1" >drill
	n=$(wc -l <drill)
	[ "$n" -gt 0 ] && [ "$n" -le 10 ] || echo "drill $1 has $n commands"
	while IFS='	' read -r machine command <&5; do
		type_one "$machine" "$command"
	done 5<drill
	on oak_or_new 'ohdesk sync run'
	same "drill $1 ends in step" "$(on oak_or_new 'ohdesk sync digest')" "$(on hub 'ohdesk sync digest')"
}

ln -s oak oak_or_new
drill 1
same "the new site is the node's" "$(on oak 'ohdesk site list' | grep -c OAK)" 1

# A day's work at the site, and then some that is not sent.
work() { on oak "$1" >rows; }
work 'ohdesk template add --clinician lane --site OAK --service OHN --day thu --pattern "09:00 FU 20x6"'
work 'ohdesk template publish --to 2026-03-20'
book() {
	on "$1" "ohdesk appt book --person \$(ohdesk person find $2 | sed -n 2p | cut -f 1) --service OHN \
		--clinician lane --at '2026-03-12 $3'" | row 1 | cut -f 9
}
same "booked and sent" "$(book oak ash 09:00)" booked
work 'ohdesk sync run'
same "booked, not sent" "$(book oak birch 09:20)" booked
mv oak old
mv oak.db old.db
for f in oak.db-*; do mv "$f" "old.db-${f#oak.db-}"; done
sed -i 's/oak\.db/old.db/' old/ohdesk/ohdesk.ini
rm oak_or_new
ln -s new oak_or_new

drill 2
same "to be watched" "$(tail -n +2 watch | cut -f 2,4,7,8)" "2026-03-12 09:00	Lane	ASH, Ann	booked"
same "handed in" "$(awk -F '\t' '$3 == "handed_in" { print $7, $11 }' conflicts)" "3 book"
same "and settled" "$(on hub 'ohdesk sync conflicts' | grep -c handed_in)" 0
same "the new one promises" "$(book new cedar 09:20)" booked
