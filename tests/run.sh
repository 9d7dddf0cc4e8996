#!/bin/sh
# Runs every test that was built and says what they came to; the last line is the total.
# A unit test program prints Check's own line; a script in tests/cli prints nothing when it passes.
set -u
BUILD=${BUILD:-build}
passed=0 failed=0 bad=
export OHDESK=$PWD/$BUILD/ohdesk

for t in "$BUILD"/tests/test_*; do
	[ -x "$t" ] && [ ! -d "$t" ] || continue
	case $t in *.d) continue ;; esac
	out=$("$t" 2>&1)
	status=$?
	line=$(printf '%s\n' "$out" | sed -n 's/^.*Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2 \3/p' | tail -n 1)
	# shellcheck disable=SC2086
	set -- ${line:-1 0 1}
	n=$1 f=$(($2 + $3))
	[ "$status" -eq 0 ] || [ "$f" -gt 0 ] || f=1
	[ "$n" -gt 0 ] || f=1
	passed=$((passed + n - f)) failed=$((failed + f))
	if [ "$f" -gt 0 ]; then
		printf '%s\n' "$out"
		bad="$bad $(basename "$t")"
	else
		printf 'ok   %-28s %s tests\n' "$(basename "$t")" "$n"
	fi
done

for t in tests/cli/*.sh tests/layers.sh; do
	[ -f "$t" ] || continue
	if out=$(sh "$t" 2>&1); then
		passed=$((passed + 1))
		printf 'ok   %s\n' "$t"
	else
		failed=$((failed + 1))
		bad="$bad $t"
		printf '%s\nFAIL %s\n' "$out" "$t"
	fi
done

[ -z "$bad" ] || printf 'failed:%s\n' "$bad"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
