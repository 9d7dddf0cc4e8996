#!/bin/sh
# Real processes for longer: a hub and three nodes over sshd, many runs of bad luck, each of a seed of
# its own.
#
#	OHDESK_RUNS and OHDESK_WIRE (commands at each place) say how long; the figures here take half
#	an hour.  The seed of a run is printed first: OHDESK_SEED=N build/tests/test_wire runs it again.
set -eu
BUILD=${BUILD:-build}
export OHDESK_WIRE="${OHDESK_WIRE:-150}"
i=0
while [ "$i" -lt "${OHDESK_RUNS:-25}" ]; do
	i=$((i + 1))
	"$BUILD/tests/test_wire"
done
