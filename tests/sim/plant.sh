#!/bin/sh
# plant.sh BUG.sed OUT.c: a source of the product with a mistake in it, for the simulator to find.
# The first line of BUG.sed names the source.  A mistake that changes nothing any more is refused: the
# source has moved on, and the bug has to follow.
set -eu
source=$(sed -n '1s/^# *//p' "$1")
sed -f "$1" "$source" >"$2.new"
if cmp -s "$source" "$2.new"; then
	echo "$1 changes nothing in $source any more" >&2
	exit 1
fi
mv "$2.new" "$2"
