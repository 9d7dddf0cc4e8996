#!/bin/sh
# A referral from its paper to its end, by command: each state with the time of its change; the same
# reason within three months; what is added later stays dated beside it; papers by reference.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export OHDESK_DB="$dir/t.db" XDG_CONFIG_HOME="$dir"
now="2026-03-12 09:42" who=a.root
o() { "$OHDESK" --as "$who" --now "$now" "$@"; }
made() { o "$@" >"$dir/row"; }
id() { sed -n 2p "$dir/row" | cut -f 1; }
fail() {
	echo "$1"
	exit 1
}
is() { [ "$1" = "$2" ] || fail "not \"$2\" but \"$1\""; }
# ends STATUS WORDS COMMAND...: how it ends, and what it says on stderr.
ends() {
	want=$1 words=$2 status=0
	shift 2
	o "$@" >"$dir/out" 2>"$dir/err" || status=$?
	[ "$status" = "$want" ] || fail "$* ended with $status, not $want: $(cat "$dir/err")"
	grep -qF -- "$words" "$dir/err" || fail "$*: not \"$words\" but \"$(cat "$dir/err")\""
}
changes() { o referral show "$1" | sed -n 's/^change\t//p'; }

"$OHDESK" site init "$OHDESK_DB" --code NGT --name Northgate --nation E --admin a.root --practice --at "$now"
made customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs
made service add PHYSIO --name "Rapid access physio" --short Physio --prefix MSK --new 40 --fu 20 --target 5
made clinician add marsh --surname Marsh --given Jo --discipline physio
made user add p.shah --role reception --person "SHAH, Priti (Ms)" --site NGT
made user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Ms)"
made user add j.marsh --role clinician --person "MARSH, Jo (Mx)" --clinician marsh
made template add --clinician marsh --site NGT --service PHYSIO --day thu --pattern "14:00 NEW 40x4"
made template publish
made person add --surname Okafor --given Adaeze --born 1984-08-14 --employee-no 20417733 --customer WVH

# New, returned, completed, agreed to, asked about, answered, accepted, booked, cancelled, booked, seen, ended.
who=p.shah
made referral add --person 20417733 --service PHYSIO --type MGT --reasons msk --words "cannot lift" \
	--received "-1d 16:20"
n=MSK-26-N0001
who=r.adeyemi now="2026-03-12 10:00"
made triage return $n --words "which job?"
who=p.shah now="2026-03-12 11:00"
made referral reply $n --words porter
now="2026-03-12 11:30"
made referral agree $n --on t
who=r.adeyemi now="2026-03-12 12:00"
made triage decide $n --priority 2
who=p.shah now="2026-03-12 12:10"
made appt book --person 20417733 --service PHYSIO --clinician marsh --at "2026-03-12 14:00"
first=$(id) now="2026-03-12 12:20"
made appt cancel "$first" --by person --why ill
now="2026-03-12 12:30"
made appt book --person 20417733 --service PHYSIO --clinician marsh --at "2026-03-12 14:40"
second=$(id) now="2026-03-12 14:35"
made appt arrive "$second"
who=j.marsh now="2026-03-12 15:20"
made appt seen "$second"
is "$(changes $n)" "2026-03-12 09:42 p.shah: new
2026-03-12 10:00 r.adeyemi: incomplete
2026-03-12 11:00 p.shah: new
2026-03-12 11:30 p.shah: awaiting_triage
2026-03-12 12:00 r.adeyemi: to_book
2026-03-12 12:10 p.shah: booked
2026-03-12 12:20 p.shah: to_book
2026-03-12 12:30 p.shah: booked
2026-03-12 15:20 j.marsh: attended"
# What it was when it came stays what it is.
is "$(o referral show $n | sed -n 's/^received\t//p')" "2026-03-11 16:20"

# The same reason within three months is offered the open one; anew it may be, and after three months it is.
who=p.shah now="2026-06-10 09:00"
ends 4 "MSK-26-N0001 of 11-Mar is open for the same: add to it, or say anew." \
	referral add --person 20417733 --service PHYSIO --type MGT --reasons msk
now="2026-06-12 09:00"
made referral add --person 20417733 --service PHYSIO --type MGT --reasons msk

# Later additions: dated, by whom; the paper itself is not changed by them.
now="2026-06-12 10:00"
made referral comment $n "asks for mornings" --desk
now="2026-06-12 10:30"
made referral comment $n "worse on stairs"
who=r.adeyemi
is "$(o referral show $n | sed -n 's/^comment\t//p')" "2026-06-12 10:00 p.shah: asks for mornings
2026-06-12 10:30 p.shah: worse on stairs"
is "$(o referral show $n | sed -n 's/^words\t//p')" "cannot lift"
who=p.shah
is "$(o referral show $n | sed -n 's/^comment\t//p' | tail -1)" "2026-06-12 10:30 p.shah: (clinical)"

# Papers: kept once beside the database by their hash, by what they are and not by their name; one
# that is too large is refused and nothing is kept of it.
printf '%%PDF-1.4 unfit' >"$dir/note.exe"
made referral attach $n "$dir/note.exe"
made referral attach $n "$dir/note.exe"
is "$(o referral show $n | sed -n 's/^file\t[^ ]* //p' | sort -u)" "note.exe, PDF, 14 bytes, kept at node 1"
is "$(find "$OHDESK_DB.files" -type f | wc -l)" 1
is "$(sha256sum <"$dir/note.exe" | cut -c 1-8)" "$(basename "$(find "$OHDESK_DB.files" -type f)" | cut -c 1-8)"
truncate -s 10485761 "$dir/large.pdf"
ends 3 "large.pdf" referral attach $n "$dir/large.pdf"
is "$(find "$OHDESK_DB.files" -type f | wc -l)" 1
truncate -s 10485760 "$dir/large.pdf"
made referral attach $n "$dir/large.pdf"
