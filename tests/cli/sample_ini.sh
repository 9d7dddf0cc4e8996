#!/bin/sh
# packaging/ohdesk.ini, as it is and with every key taken out of its comment, is accepted, and names
# every setting that something reads.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
sample=packaging/ohdesk.ini
sed 's/^#\([a-z_]* = \)/\1/' "$sample" >"$dir/all.ini"

# On one of the two nothing but a missing database is to be said.
for ini in "$sample" "$dir/all.ini"; do
	status=0
	"${OHDESK:?}" --config "$ini" --db "$dir/none.db" site list >"$dir/out" 2>&1 || status=$?
	if grep -q '\.ini' "$dir/out" || [ "$status" -ne 5 ] && [ "$status" -ne 7 ]; then
		cat "$dir/out"
		echo "exit status $status with $ini"
		exit 1
	fi
done
echo 'nonsense = 1' >>"$dir/all.ini"
if "$OHDESK" --config "$dir/all.ini" --db "$dir/none.db" site list 2>&1 | grep -q 'no setting nonsense'; then :; else
	echo "an unknown key was not refused"
	exit 1
fi

# A setting counts when something reads it.
sed -n 's/^\t{ "\([a-z]*\):\([a-z_]*\)",.*/\1 \2/p' src/base/config.c | while read -r section key; do
	grep -rqF "config, \"$section:$key\"" src || continue
	awk -v s="[$section]" -v k="$key" '/^\[/ { in_s = $0 == s } in_s && $1 == k { found = 1 }
		END { exit !found }' "$dir/all.ini" || echo "$sample does not name $key in [$section]"
done
