#!/bin/sh
# Prints a C source with the named text files as one sorted table of strings: struct built_in
# (see include/base/built_in.h).  Plain sed, so that nothing beyond a POSIX system builds ohdesk.
set -eu
echo '#include "base/built_in.h"'
echo 'const struct built_in built_in[] = {'
for f in "$@"; do
	printf '\t{ "%s",\n' "$f"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/\t  "/' -e 's/$/\\n"/' "$f"
	printf '\t},\n'
done
echo '	{ 0, 0 } };'
