#!/bin/sh
# make demo: a practice database and the screens on it, signed in as reception; with no terminal, a
# short tour through the commands instead.  demo.sh PROGRAM DATABASE
#
# The database is made once a day, for its clock starts on the last working day; one that is from
# another day, half made, or that this build cannot open is made anew.
set -eu
program=$1 db=$2
user=p.shah
unset OHDESK_DB
dir=$(dirname "$db")
made=$dir/demo.made # what day it was made on; written last
mkdir -p "$dir"

# Two at once make one database.
exec 9>"$dir/demo.lock"
flock 9
if [ "$(cat "$made" 2>/dev/null)" != "$(date +%F)" ] ||
	! "$program" --db "$db" --as "$user" site list >/dev/null 2>&1; then
	rm -rf "$made" "$db" "$db"-* "$db".*
	echo "Making a practice database, $db: once a day, about half a minute."
	"$program" demo "$db"
	date +%F >"$made"
fi
exec 9>&-

if [ -t 0 ] && [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
	exec "$program" --db "$db" --as "$user"
fi

# The tour.  Each command is printed before what it says; a column is read by its name.
tab=$(printf '\t')
out=$(mktemp)
trap 'rm -f "$out"' EXIT
run() {
	printf '$ ohdesk'
	for word in "$@"; do
		case $word in *[!A-Za-z0-9.,:=/_-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
	done
	echo
	"$program" --db "$db" --as "$user" "$@" >"$out"
	cat "$out"
	echo
}
column() { # NAME [WHERE VALUE]: of the first row of what was just said, or the first that holds it
	awk -F "$tab" -v name="$1" -v where="${2-}" -v value="${3-}" '
		NR == 1 { for (i = 1; i <= NF; i++) col[$i] = i }
		NR > 1 && (where == "" || $col[where] == value) { print $col[name]; exit }' "$out"
}

echo "No terminal here, so a tour through the commands.  In a terminal, make demo opens the screens."
echo
echo "# Somebody rings: find them.  Of five, the first with nothing booked."
run person find smith --limit 5
person=$(column id next "")
[ -n "$person" ] || person=$(column id)
echo "# The earliest physiotherapy, across clinicians and sites."
run slot find --service PHYSIO --limit 5
echo "# Book the first that fits this person."
run appt earliest --person "$person" --service PHYSIO
run appt history "$(column id)"
echo "# Who is booked at Northgate today?  One of them stands at the desk."
run appt list --site NGT --state booked
arrived=$(column id service PHYSIO)
if [ -n "$arrived" ]; then
	clinician=$(column clinician id "$arrived")
	run appt arrive "$arrived"
else
	echo "# Nobody is awaited any more today, so this one walks in."
	run appt walkin --person "$person" --service PHYSIO
	clinician=$(column clinician)
fi
echo "# The diary of the day."
run diary show "$clinician"
