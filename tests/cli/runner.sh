#!/bin/sh
# tests/run.sh itself: what crashed, ran nothing, was not built, was not silent or left something
# behind has failed; the lines come in order; nothing to run is a failure.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
runner=$PWD/tests/run.sh
mkdir -p "$dir/tests/unit" "$dir/tests/screens" "$dir/tests/cli" "$dir/build/tests"
cd "$dir"

program() { # NAME: a test program of that name, its body from stdin
	: >"tests/unit/test_$1.c"
	{
		echo '#!/bin/sh'
		cat
	} >"build/tests/test_$1"
	chmod +x "build/tests/test_$1"
}
run() {
	status=0
	BUILD=build sh "$runner" >out 2>&1 || status=$?
}
says() {
	grep -qxF -- "$1" out || {
		cat out
		echo "it does not say: $1"
		exit 1
	}
}

run
says '0 passed, 0 failed'
[ "$status" -ne 0 ] || echo "nothing to run passed"

echo 'echo "100%: Checks: 3, Failures: 0, Errors: 0"' | program good
echo 'exit 0' >tests/cli/good.sh
run
says '4 passed, 0 failed'
[ "$status" -eq 0 ] || echo "what passed gave $status"

echo 'kill -SEGV $$' | program a_crash
echo 'echo "100%: Checks: 0, Failures: 0, Errors: 0"' | program empty
echo 'echo "100%: Checks: 2, Failures: 0, Errors: 0"; exit 3' | program leaks
echo 'echo "50%: Checks: 4, Failures: 1, Errors: 1"; exit 1' | program half
: >tests/screens/test_missing.c
echo 'echo noise' >tests/cli/noisy.sh
echo 'exit 4' >tests/cli/fails.sh
# shellcheck disable=SC2016 # the script that is written expands it
echo ': >"$TMPDIR/forgotten"' >tests/cli/litter.sh
run
[ "$status" -ne 0 ] || echo "failures gave exit status 0"
for bad in build/tests/test_a_crash build/tests/test_empty build/tests/test_leaks \
	build/tests/test_half build/tests/test_missing tests/cli/noisy.sh tests/cli/fails.sh; do
	says "FAIL $bad"
	says "failed: $bad"
done
says 'left behind by a test: forgotten'
says '8 passed, 9 failed'
sed -n 's/^\(ok  \|FAIL\) *\([^ ]*\).*/\2/p' out >order
printf '%s\n' build/tests/test_a_crash build/tests/test_empty build/tests/test_good \
	build/tests/test_half build/tests/test_leaks build/tests/test_missing tests/cli/fails.sh \
	tests/cli/good.sh tests/cli/litter.sh tests/cli/noisy.sh | cmp -s - order || cat order
