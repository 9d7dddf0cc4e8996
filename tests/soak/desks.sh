#!/bin/sh
# Fifty desks on one database for longer: a minute or two of holding, booking, cancelling, waiting and
# filling freed times.
set -eu
BUILD=${BUILD:-build}
OHDESK_DESK_STEPS="${OHDESK_DESK_STEPS:-120}" "$BUILD/tests/test_desks"
