#!/bin/sh
# Fifty desks on one database for a minute by the clock: holding, booking, cancelling, waiting and
# filling freed times; then every deed is looked for in the diary, and nothing else may be there.
set -eu
BUILD=${BUILD:-build}
OHDESK_DESK_SECONDS="${OHDESK_DESK_SECONDS:-60}" CK_DEFAULT_TIMEOUT=600 "$BUILD/tests/test_desks"
