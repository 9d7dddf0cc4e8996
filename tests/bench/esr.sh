#!/bin/sh
# A full file of ESR against its rows by bare SQLite: into an empty service, and into the practice data
# of run.sh where that was made.
set -eu
BUILD=${BUILD:-build}
dir=$BUILD/bench
work=$(mktemp -d "$dir/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
small=$dir/small.db
[ -f "$small" ] || small=
# shellcheck disable=SC2086
"$dir/esr" "$work" $small
