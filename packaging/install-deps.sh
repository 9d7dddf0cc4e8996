#!/bin/sh
# Installs what is missing of the named groups of packaging/packages, through sudo when not root.
# Asks the package database first, so that a second run costs nothing and needs no network.
set -eu
list=$(dirname "$0")/packages
missing=
for group in "$@"; do
	# Names hold no blanks.
	# shellcheck disable=SC2013
	for p in $(sed -n "s/^$group //p" "$list"); do
		dpkg-query -W -f '${db:Status-Abbrev}' "$p" 2>/dev/null | grep -q '^ii' || missing="$missing $p"
	done
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "Missing:$missing. Run this as root, or install sudo." >&2
		exit 1
	fi
	as_root=sudo
fi
echo "Installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
$as_root apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 || {
	# An old package list is the usual reason; try once more with a new one.
	$as_root apt-get update -qq
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
