#!/bin/sh
# Hunts with libFuzzer: the hub's end and what is taken for a form, which people write by hand, for SECS
# seconds, every other target for a quarter of that, two side by side.  Each begins with its corpus and
# with seeds made anew.  An input that breaks something is kept in $BUILD/crashes and printed; the last
# line is the total.
#
#	$BUILD/tests/fuzz_x FILE plays it again
#
# Leaks are looked for by the plain programs: after each input that would be most of the time.
set -u
BUILD=${BUILD:-build/hunt}
SECS=${SECS:-60}
export BUILD SECS
crashes=$BUILD/crashes

# One target, for xargs below.
if [ "${1-}" = --one ]; then
	dir=$2 target=$3
	work=$dir/$target secs=$SECS
	case $target in hub | form) ;; *) secs=$((SECS / 4)) ;; esac
	mkdir -p "$work/new" "$work/seeds" "$work/tmp" "$crashes"
	export OHDESK_FUZZ_DIR="$work/tmp" ASAN_OPTIONS=malloc_context_size=5:quarantine_size_mb=32:max_malloc_fill_size=0
	"$BUILD/tests/fuzz_$target" --seeds "$work/seeds" >"$work/log" 2>&1 &&
		"$BUILD/fuzz/$target" -max_total_time="$secs" -max_len=65536 -timeout=30 \
			-rss_limit_mb=2048 -malloc_limit_mb=256 -print_final_stats=1 -seed=7 -detect_leaks=0 \
			-artifact_prefix="$crashes/$target-" \
			"$work/new" "$work/seeds" "tests/fuzz/$target" >>"$work/log" 2>&1
	echo $? >"$work/status"
	exit 0
fi

root=/dev/shm
[ -w "$root" ] || root=${TMPDIR:-/tmp}
dir=$(mktemp -d "$root/fuzz.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf "$crashes"

targets=
for source in tests/fuzz/fuzz_*.c; do
	name=$(basename "$source" .c)
	targets="$targets ${name#fuzz_}"
done
# shellcheck disable=SC2086
{ printf 'hub\nform\n'; printf '%s\n' $targets | grep -vx -e hub -e form; } |
	xargs -P "${JOBS:-2}" -n 1 sh "$0" --one "$dir"

passed=0 failed=0
for target in $targets; do
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$target/log")
	if [ "$(cat "$dir/$target/status")" = 0 ]; then
		passed=$((passed + 1))
		printf 'ok   %-10s %8s runs, nothing broke\n' "$target" "${runs:-0}"
	else
		failed=$((failed + 1))
		tail -n 60 "$dir/$target/log"
		printf 'FAIL %-10s %8s runs\n' "$target" "${runs:-0}"
	fi
done
for f in "$crashes"/*; do
	[ -f "$f" ] || continue
	echo "== $f"
	base64 "$f"
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
