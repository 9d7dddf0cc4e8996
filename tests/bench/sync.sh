#!/bin/sh
# Nodes in step: what a conversation costs over ssh on loopback, beside fossil in the same run; a new
# node, beside copying the compressed file.  On the practice data of run.sh, and on that alone.
# OHDESK_BENCH=22, 8, 24, 25 or 23 measures the one.
set -eu
BUILD=${BUILD:-build}
OHDESK=${OHDESK:-$PWD/$BUILD/ohdesk}
dir=$(pwd)/$BUILD/bench
export XDG_CONFIG_HOME="$dir"
unset OHDESK_DB
for db in small large; do
	[ -f "$dir/$db.db" ] || {
		echo "There is no practice data: tests/bench/run.sh makes it."
		exit 0
	}
done
work=$(mktemp -d "$dir/work.XXXXXX")
. tests/support/sshd.sh
trap 'sshd_stop "$work/door"; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/door"
sshd_key "$work/key"
cat "$work/key.pub" >"$work/door/authorized_keys"
sshd_start "$work/door" >"$work/door.said" || {
	cat "$work/door.said"
	exit 1
}
via=$(sshd_via "$work/door" "$work/key")
via=${via#exec }

# One commit, and the same with a thousand behind it, of one project.
commits() {
	awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) {
		body = sprintf("booking %05d: person 40000%05d, slot 1000%05d, physio, Northgate, confirmed and told", i, i, i)
		text = sprintf("booking %d", i)
		printf "commit refs/heads/trunk\nmark :%d\ncommitter Bench <bench@ohdesk.example> %d +0000\n", i, 1773309000 + i * 60
		printf "data %d\n%s\nM 644 inline file%d\ndata %d\n%s\n\n", length(text), text, i % 50, length(body), body
	} }'
}
export HOME="$work" FOSSIL_HOME="$work" USER=bench
commits 1 | fossil import --git "$work/one.fossil" >"$work/said" 2>&1
commits 1001 | fossil import --git "$work/many.fossil" >"$work/said" 2>&1
code=$(sqlite3 "$work/one.fossil" "SELECT value FROM config WHERE name = 'project-code'")
sqlite3 "$work/many.fossil" "UPDATE config SET value = '$code' WHERE name = 'project-code'"
fossil settings ssh-command "${via% *}" -R "$work/one.fossil"

"$dir/sync" "$OHDESK" "$dir/small.db" "$dir/large.db" "$work" "$via" "$(echo "$via" | sed 's/ -CT / -T /')"
