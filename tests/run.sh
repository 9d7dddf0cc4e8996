#!/bin/sh
# Runs every test and says what they came to; the last line is the total.
#
# A program made from tests/unit, tests/screens, tests/sim or tests/fuzz closes with Check's line of totals; a program
# that does not, for it crashed or ran nothing, has failed.  A script in tests/cli is silent and
# exits 0 when it passes.  Each line gives how many it checked and its processor seconds.  A few run
# side by side (JOBS, one more than cores: some wait for another process), each with its own log; the
# lines come out in order all the same.  Nothing may be left in the folder for temporary files.
set -u
BUILD=${BUILD:-build}
export BUILD

# One test, for xargs below: its log and its count go to files; its number is all that is printed.
if [ "${1-}" = --one ]; then
	at=$2/$3
	test=$(cat "$at.name")
	case $test in
	*.sh)
		sh "$test" >"$at.log" 2>&1 </dev/null && [ ! -s "$at.log" ] && n=1 f=0 || n=1 f=1
		;;
	*)
		"$test" >"$at.log" 2>&1 </dev/null
		status=$?
		line=$(sed -n 's/^.*Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2 \3/p' "$at.log" | tail -n 1)
		# shellcheck disable=SC2086
		set -- ${line:-1 0 1}
		n=$1 f=$(($2 + $3))
		[ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
		[ "$n" -gt 0 ] || n=1 f=1
		[ "$f" -eq 0 ] || printf 'exit status %d\n' "$status" >>"$at.log"
		;;
	esac
	# What it took of the processor, its children with it: on a busy machine the clock says little.
	times >"$at.times"
	cpu=$(awk -F '[ms ]+' 'NR == 2 { printf "%d", ($1 + $3) * 60 + $2 + $4 }' "$at.times")
	echo "$n $f $cpu" >"$at.part" && mv "$at.part" "$at.count"
	echo "${at##*/}"
	exit 0
fi

OHDESK=$(cd "$BUILD" && pwd)/ohdesk || exit 1
export OHDESK
# What the person at the keyboard has set is none of the tests' business.
unset OHDESK_DB XDG_CONFIG_HOME OHDESK_IDLE_FD MAKEFLAGS MFLAGS
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$dir/tmp" && export TMPDIR="$dir/tmp" || exit 1

count=0
# PLANTED is a list of names, from the makefile.
# shellcheck disable=SC2086
for source in tests/unit/test_*.c tests/screens/test_*.c tests/sim/test_*.c tests/fuzz/fuzz_*.c ${PLANTED-tests/sim/bugs/*.sed} tests/layers.sh tests/cli/*.sh; do
	[ -f "$source" ] || continue
	[ -z "${SAN-}" ] || ! grep -q '^# Not again under a sanitizer' "$source" || continue
	count=$((count + 1))
	name=$source
	case $source in
	*.c) name=$BUILD/tests/$(basename "$source" .c) ;;
	*.sed) name=$BUILD/tests/bug_$(basename "$source" .sed) ;;
	esac
	echo "$name" >"$dir/$count.name"
done

# Prints what has ended, up to the first that has not.
report() {
	next=1
	while read -r _; do
		while [ -f "$dir/$next.count" ]; do
			read -r n f cpu <"$dir/$next.count"
			name=$(cat "$dir/$next.name")
			if [ "$f" -gt 0 ]; then
				cat "$dir/$next.log"
				echo "FAIL $name"
			else
				printf 'ok   %-40s %3d %4d s\n' "$name" "$n" "$cpu"
			fi
			next=$((next + 1))
		done
	done
}
seq "$count" | xargs -P "${JOBS:-$(($(nproc) + 1))}" -n 1 sh "$0" --one "$dir" | report

passed=0 failed=0
for i in $(seq "$count"); do
	n=1 f=1
	[ ! -f "$dir/$i.count" ] || read -r n f _ <"$dir/$i.count"
	passed=$((passed + n - f)) failed=$((failed + f))
	[ "$f" -eq 0 ] || printf 'failed: %s\n' "$(cat "$dir/$i.name")"
done
left=$(ls -A "$TMPDIR")
if [ -n "$left" ]; then
	failed=$((failed + 1))
	printf 'left behind by a test: %s\n' "$left"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
