#!/bin/sh
# Installs what is missing of the named groups of packaging/packages, through sudo when not root.
# Asks the package database first, so that a second run costs nothing and needs no network.
set -eu
list=$(dirname "$0")/packages

missing=
while read -r group package; do
	case " $* " in
	*" $group "*) ;;
	*) continue ;;
	esac
	# The second letter is what is so; the first, what somebody wants, may be "hold".
	dpkg-query -W -f '${db:Status-Abbrev}\n' "$package" 2>/dev/null | grep -q '^.i' ||
		missing="$missing $package"
done <"$list"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "This is no Debian system. ohdesk needs what Debian calls:$missing" >&2
	exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "Missing:$missing. Run this once as root, or install sudo." >&2
		exit 1
	fi
	as_root=sudo
fi

# Waits for another apt that is at work rather than failing.
apt() {
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@" >/dev/null
}
echo "Installing:$missing" >&2
# shellcheck disable=SC2086 # a list of names
apt install -y --no-install-recommends $missing 2>/dev/null || {
	# No package list, or an old one, is the usual reason; once more with a new one.
	apt update
	apt install -y --no-install-recommends $missing
} || {
	echo "These could not be installed:$missing. apt-get says above why." >&2
	exit 1
}
