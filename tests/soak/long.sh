#!/bin/sh
# The random tests for longer: two desks racing for one slot, kill -9 in the middle of bookings, and
# a practice database of a million appointments in which everything is as it must be.
#
#	OHDESK_RACES, OHDESK_KILLS, OHDESK_PEOPLE say how long; the figures here take half an hour.
set -eu
BUILD=${BUILD:-build}
OHDESK=${OHDESK:-$PWD/$BUILD/ohdesk}
export OHDESK_RACES="${OHDESK_RACES:-5000}" OHDESK_KILLS="${OHDESK_KILLS:-1000}"
people=${OHDESK_PEOPLE:-160000}

echo "$OHDESK_RACES races, $OHDESK_KILLS kills"
"$BUILD/tests/test_race"

dir=$(mktemp -d "$BUILD/soak.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
echo "a service of $people people"
"$OHDESK" demo "$dir/large.db" --people "$people" --years 3 --sites 10 --clinicians 200 \
	--appointments $((people * 25 / 4))
"$OHDESK" --db "$dir/large.db" --as a.root store check
"$OHDESK" --db "$dir/large.db" --as a.root store stats
