#!/bin/sh
# A practice database from the command line: made whole or not at all, and fit to work with.
set -eu
: "${OHDESK:=build/ohdesk}"
dir=$(mktemp -d)
maker=
trap '[ -z "$maker" ] || kill -9 "$maker" 2>/dev/null || :; rm -rf "$dir"' EXIT
export XDG_CONFIG_HOME="$dir/none"
unset OHDESK_DB
db=$dir/demo.db
bad() {
	echo "demo: $*"
	exit 1
}
small="--people 300 --years 1 --sites 2 --clinicians 8 --today 2026-03-12"

# shellcheck disable=SC2086
"$OHDESK" demo "$db" $small >"$dir/said" || bad "it was not made"
grep -q "Thu 12-Mar-2026 09:42" "$dir/said" || bad "it does not say what its clock shows"
grep -q "password" "$dir/said" || bad "it does not say the password"
[ "$(find "$dir" -name 'demo.db?*' | wc -l)" -eq 0 ] || bad "something was left beside it"

# Whoever made it is an administrator of it, so commands work without --as.
case $(id -un) in
*[!a-z0-9._-]*) as="--as a.root" ;;
*) as= ;;
esac
# shellcheck disable=SC2086
"$OHDESK" --db "$db" $as store check >"$dir/found" || bad "store check: $(cat "$dir/found")"
"$OHDESK" --db "$db" --as a.root user list >"$dir/users"
for role in reception nurse clinician counsellor manager administrator; do
	grep -q "	$role	" "$dir/users" || bad "there is no $role"
done
for service in PHYSIO COUNS OHN OHP; do
	"$OHDESK" --db "$db" --as e.frost slot find --service "$service" --limit 1 >"$dir/slots"
	[ "$(wc -l <"$dir/slots")" -eq 2 ] || bad "no slot of $service is free"
done
# Each form of a referral that we bring has been filled in by somebody.
[ "$(sqlite3 "$db" "SELECT group_concat(form, ' ') FROM (SELECT DISTINCT form FROM answer WHERE about = 'referral'
	ORDER BY form)")" = "couns_self exposure gp_referral mgt_referral rap_physio_self wha" ] ||
	bad "a form that is shipped was filled in by nobody"
"$OHDESK" --db "$db" --as p.shah person find okaf,a >"$dir/found"
grep -q "OKAFOR, Adaeze (Mrs)" "$dir/found" || bad "OKAFOR, Adaeze is not found"

# A file that is there is never written over.
cp "$db" "$dir/before"
status=0
# shellcheck disable=SC2086
"$OHDESK" demo "$db" $small >"$dir/said" 2>&1 || status=$?
[ "$status" -eq 4 ] || bad "a file that exists ended with $status: $(cat "$dir/said")"
cmp -s "$db" "$dir/before" || bad "the file was changed"

refused() {
	want=$1
	shift
	status=0
	"$OHDESK" demo "$dir/no.db" "$@" >"$dir/said" 2>&1 || status=$?
	[ "$status" -eq "$want" ] || bad "$* ended with $status: $(cat "$dir/said")"
	[ "$(find "$dir" -name 'no.db*' | wc -l)" -eq 0 ] || bad "$* left something"
}
refused 3 --people 0
refused 3 --clinicians 2
refused 3 --sites 99
refused 3 --today 2026-02-30
refused 3 --today 1950-01-02
# A disk that fills up: blocks of 512 bytes.
(
	ulimit -f 2000
	refused 7 --people 500
)
status=0
"$OHDESK" demo "$dir/nowhere/no.db" >"$dir/said" 2>&1 || status=$?
[ "$status" -eq 7 ] || bad "a folder that is not there ended with $status"

# Stopped in the middle: nothing is left; killed outright: no database, and the next one is made.
begin() {
	"$OHDESK" demo "$dir/half.db" >"$dir/said" 2>&1 &
	maker=$!
	while [ ! -s "$dir/half.db.part" ]; do
		kill -0 "$maker" || bad "it ended before it was stopped: $(cat "$dir/said")"
	done
}
end() {
	kill "-$1" "$maker"
	wait "$maker" 2>/dev/null && bad "it went on after $1"
	maker=
	[ ! -e "$dir/half.db" ] || bad "$1 left a database"
}
begin
end TERM
[ "$(find "$dir" -name 'half.db*' | wc -l)" -eq 0 ] || bad "TERM left something"
begin
end KILL
# shellcheck disable=SC2086
"$OHDESK" demo "$dir/half.db" $small >"$dir/said" || bad "it could not be made after a kill"
[ "$(find "$dir" -name 'half.db?*' | wc -l)" -eq 0 ] || bad "the killed one was left"
