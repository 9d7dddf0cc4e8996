#!/bin/sh
# Forms by command: what serves, what is refused and with which line, answers scored without storing.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export XDG_CONFIG_HOME="$dir/none"
unset OHDESK_DB
db=$dir/w.db ini=$dir/ohdesk.ini site=$dir/forms
mkdir "$site"
printf '[forms]\nfolder = %s\n' "$site" >"$ini"

o() { "${OHDESK:?}" --db "$db" --config "$ini" --now "2026-03-12 09:42" --as p.shah "$@"; }
fail() {
	echo "$1"
	exit 1
}
is() { [ "$1" = "$2" ] || fail "not \"$2\" but \"$1\""; }
# says WANTED-STATUS WORDS COMMAND...: how it ends, and what it says on stderr.
says() {
	status=0 want=$1 words=$2
	shift 2
	"$@" >/dev/null 2>"$dir/err" || status=$?
	[ "$status" = "$want" ] || fail "$* ended with $status, not $want: $(cat "$dir/err")"
	grep -qF -- "$words" "$dir/err" || fail "$*: not \"$words\" but \"$(cat "$dir/err")\""
}

"$OHDESK" demo "$db" --people 200 --sites 1 --clinicians 6 --years 1 --today 2026-03-12 >/dev/null 2>&1

# Every form that comes with the program serves; files are checked without a database too.
is "$(o form list | tail -n +2 | cut -f6,7 | sort -u)" "$(printf 'program\tserves')"
is "$(o form list | cut -f1 | tail -n +2 | tr '\n' ' ')" \
	"core10 couns_self exposure gad7 gp_referral mgt_referral msk_red_flags phq9 rap_physio_self risk wha "
is "$("$OHDESK" form check forms/*.ini | wc -l)" 12
# With a database also whether what a file names is there: services, those that are booked too.
is "$(o form check forms/*.ini | wc -l)" 12
sed 's/^version = .*/version = 99/; s/^service = physio$/service = hydro/' forms/rap_physio_self.ini >"$dir/rap_physio_self.ini"
says 3 "there is no service hydro here" o form check "$dir/rap_physio_self.ini"
# Without one it knows the services that the program brings, and roles, cards and reasons as well.
says 3 "no service hydro comes with the program" "$OHDESK" form check "$dir/rap_physio_self.ini"
sed 's/^version = .*/version = 99/; s/^service = physio$/service = ohp/' forms/rap_physio_self.ini >"$dir/rap_physio_self.ini"
"$OHDESK" form check "$dir/rap_physio_self.ini" >/dev/null || fail "needs a database to read a file"
sed 's/^version = .*/version = 99/; s/book:physio_new/book:hydro_new/' forms/rap_physio_self.ini >"$dir/rap_physio_self.ini"
says 3 "there is no service hydro here" o form check "$dir/rap_physio_self.ini"
says 3 "no service hydro comes with the program" "$OHDESK" form check "$dir/rap_physio_self.ini"
sed 's/^version = .*/version = 99/; s/task:nurse:now/task:nurze:now/' forms/rap_physio_self.ini >"$dir/rap_physio_self.ini"
says 3 "one that there is" o form check "$dir/rap_physio_self.ini"
sed 's/^version = .*/version = 99/; s/card:emergency_back/card:emergency_front/' forms/rap_physio_self.ini >"$dir/rap_physio_self.ini"
says 3 "one that there is" o form check "$dir/rap_physio_self.ini"
sed 's/^version = .*/version = 99/; s/^roles = .*/roles = reception|nurze/' forms/rap_physio_self.ini >"$dir/rap_physio_self.ini"
says 3 "there is no role or right nurze" o form check "$dir/rap_physio_self.ini"
says 3 "there is no role or right nurze" "$OHDESK" form check "$dir/rap_physio_self.ini"
# The services that it knows without a database are those of a practice database.
is "$(o service list | cut -f1 | tail -n +2 | sort | tr '\n' ' ')" "COUNS OHN OHP PHYSIO "
# No form of ours claims a clinician's name; one that is signed off says whose.
is "$("$OHDESK" form check forms/*.ini | tail -n +2 | cut -f8 | cut -c1-18 | sort -u)" "not yet signed off"
is "$(o form list | tail -n +2 | cut -f9 | cut -c1-18 | sort -u)" "not yet signed off"
sed 's/^version = .*/version = 99/; s/^signed_off = .*/signed_off = "Lead for forms, 02-Feb-2026"/' forms/phq9.ini >"$dir/phq9.ini"
is "$("$OHDESK" form check "$dir/phq9.ini" | tail -n 1 | cut -f8)" "Lead for forms, 02-Feb-2026"
rm "$dir/phq9.ini"
is "$(o store health | sed -n 's/^unsigned\t//p' | cut -f1)" 11
rm "$dir/rap_physio_self.ini"
says 5 "There is no form nosuch" o form show nosuch
says 5 'There is no form "../phq9"' o form show ../phq9
is "$(o form show phq9 | sed -n 's/^score\t//p')" \
	"$(printf 'total\trefuse\tq1|q2|q3|q4|q5|q6|q7|q8|q9\t0-4:none or minimal|5-9:mild|10-14:moderate|15-19:moderately severe|20-27:severe')"

o form show phq9 --file | cmp - forms/phq9.ini || fail "its file is another"

# Score, band, flags and actions; nothing of it is stored.
rows() { sqlite3 "$db" "SELECT (SELECT count(*) FROM task), (SELECT count(*) FROM history)"; }
before=$(rows)
cat >"$dir/a.ini" <<END
[answers]
$(for i in 1 2 3 4 5 6 7 8; do echo "q$i = 1"; done)
q9 = 2
plan = n
safe_now = y
END
is "$(o form score phq9 --answers "$dir/a.ini")" "$(printf '%s\t%s\t%s\n' score value band \
	total 10 moderate flag K item9 action task:counsellor:now item9 action card:crisis item9 \
	action no_last_slot item9 action ring_on_dna item9 priority 1 '')"
sed -i 's/^q3 = 1$//; s/^plan = n$/plan = u/' "$dir/a.ini"
is "$(o form score phq9 --answers "$dir/a.ini" | sed -n '2,4p;$p')" "$(printf '%s\t%s\t%s\n' total '' '' \
	flag K danger flag K item9 missing q3 'Trouble falling or staying asleep, or sleeping too much')"
is "$(o form score phq9 --answers "$dir/a.ini" | grep -c 'priority	0')" 1
# A red flag of the physiotherapy form, by command.
printf '[answers]\nwhere = b\nlegs_both = u\n' >"$dir/b.ini"
is "$(o form score rap_physio_self --answers "$dir/b.ini" | sed -n '2,5p')" "$(printf '%s\t%s\t%s\n' flag R emergency \
	action stop_booking emergency action task:nurse:now emergency action card:emergency_back emergency)"
is "$(rows)" "$before"
printf '[answers]\nwhere = z\n' >"$dir/b.ini"
says 3 "b.ini, line 2: where: Type one of b, n, s, k, o." o form score rap_physio_self --answers "$dir/b.ini"
says 2 "--answers is needed" o form score phq9

# One of ours that a service does not want, and no other, is not there; one of its own by the name is.
printf 'without = gad7 core10\n' >>"$ini"
is "$(o form list | cut -f1 | tail -n +2 | tr '\n' ' ')" \
	"couns_self exposure gp_referral mgt_referral msk_red_flags phq9 rap_physio_self risk wha "
says 5 "There is no form core10" o form show core10
sed -e 's/^version = .*/version = 8/' forms/core10.ini >"$site/core10.ini"
is "$(o form list | grep '^core10' | cut -f2,6,7)" "$(printf '8\tsite\tserves')"
rm "$site/core10.ini"
sed -i '/^without/d' "$ini"

# A site's own goes first, and beside ours.
sed -e 's/^version = .*/version = 7/' -e 's/^title = "PHQ-9"/title = "PHQ-9, ours"/' forms/phq9.ini >"$site/phq9.ini"
sed -e 's/^id = .*/id = own/' forms/gad7.ini >"$site/own.ini"
is "$(o form list | grep '^phq9' | cut -f2,6-8)" "$(printf '7\tsite\tserves\tPHQ-9, ours')"
is "$(o form list | grep '^own' | cut -f2,6,7)" "$(printf '1\tsite\tserves')"
is "$(o form check | cut -f1,2 | grep -c '^site')" 2

# A file that is broken is named with its line; the last good one serves.
sed -i 's/^missing = refuse/missing = guess/' "$site/phq9.ini"
line=$(grep -n '^missing' "$site/phq9.ini" | cut -d: -f1)
says 3 "phq9.ini, line $line: missing is refuse, or prorate: and a number." o form check
says 3 "phq9.ini, line $line: missing is refuse" "$OHDESK" form check "$site/phq9.ini"
is "$(o form list | grep '^phq9' | cut -f7)" "last good"
# All of them are read; each that is refused has its line in the list.
"$OHDESK" form check "$site/phq9.ini" "$site/own.ini" "$dir/none.ini" >"$dir/list" 2>/dev/null || :
is "$(cut -f2 "$dir/list" | tr '\n' ' ')" "name  own  "
is "$(cut -f7 "$dir/list" | tail -n +2 | grep -c .)" 2
says 0 "The last good version serves." o form show phq9
sed -i 's/^id = own/id = other/' "$site/own.ini"
says 3 "own.ini: its id is other, so the file is named other.ini." "$OHDESK" form check "$site/own.ini"
is "$(o form list | grep '^own' | cut -f2,7)" "$(printf '\trefused')"
says 3 "its id is other" o form show own
rm -r "$site"
says 3 "cannot be opened" o form list

# What a file may say stands in the page that tells how to write one.
for word in $(sed -n 's/^\tX([A-Z_]*, "\([a-z_]*\)".*/\1/p' include/form/form.h) \
	$(sed -n 's/^\t{ PART_[A-Z]*, "\([a-z_]*\)\.*",.*/\1/p' src/form/form.c) \
	$(sed -n 's/^\t{ "\([a-z_]*\)", "[A-Z].*/\1/p' src/form/action.c); do
	grep -qw -- "$word" packaging/forms.md || fail "packaging/forms.md does not speak of $word"
done
