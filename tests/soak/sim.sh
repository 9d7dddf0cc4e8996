#!/bin/sh
# The simulator for longer: thousands of seeds, and some hundreds of long lives.
#
#	OHDESK_SEEDS and OHDESK_MORE say how many; the figures here take half an hour.  A seed that
#	fails is printed with the command that runs it again.
set -eu
BUILD=${BUILD:-build}
echo "${OHDESK_SEEDS:-3000} seeds and ${OHDESK_MORE:-3000} that nobody chose"
OHDESK_SEEDS="${OHDESK_SEEDS:-3000}" OHDESK_MORE="${OHDESK_MORE:-3000}" "$BUILD/tests/test_sim"
echo "200 long ones"
OHDESK_SEEDS=100 OHDESK_MORE=100 OHDESK_STEPS=1200 "$BUILD/tests/test_sim"
