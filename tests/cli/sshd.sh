#!/bin/sh
# tests/support/sshd.sh itself: its door opens with an admitted key, to the command of that key and no
# other, whoever runs it; when it is stopped nothing of it is left, in a session or not.
set -eu
. tests/support/sshd.sh
dir=$(mktemp -d)
trap 'sshd_stop "$dir/a"; sshd_stop "$dir/b"; rm -rf "$dir"' EXIT
same() { [ "$2" = "$3" ] || { echo "$1: $2, not $3"; exit 1; }; }
go() { sh -c "$(sshd_via "$1" "$2") $3" </dev/null 2>&1; }

sshd_start "$dir/a"
sshd_start "$dir/b"
sshd_key "$dir/key"
sshd_key "$dir/other"
# shellcheck disable=SC2016 # for the shell at the other end
sshd_admit "$dir/a" "$dir/key" 'echo "for you: $SSH_ORIGINAL_COMMAND"'
sshd_admit "$dir/a" "$dir/other" "echo; exec cat"
same "the key's own command" "$(go "$dir/a" "$dir/key" "cat /etc/passwd")" "for you: cat /etc/passwd"
same "nothing at the other door" "$(go "$dir/b" "$dir/key" "cat /etc/passwd" | tr -d '\r' | sed 's/.*: //')" \
	"Permission denied (publickey)."

# In a session: the first line says that it is open, the second never comes.
mkfifo "$dir/up" "$dir/down"
sh -c "$(sshd_via "$dir/a" "$dir/other")" <"$dir/up" >"$dir/down" 2>"$dir/says" &
mine=$!
exec 8>"$dir/up" 7<"$dir/down"
read -r _ <&7
door=$(cat "$dir/a/pid")
all=$(sshd_tree "$door")
same "sessions" "$(sshd_sessions "$dir/a" | wc -l)" 1
[ "$(echo "$all" | wc -l)" -ge 3 ] || echo "the session is not all there: $all"
sshd_stop "$dir/a"
for pid in $all; do
	! sshd_runs "$pid" || echo "left by sshd_stop: $pid"
done
wait "$mine" && echo "a session outlived its door" || :

sshd_start "$dir/c" "NoSuchSetting yes" >"$dir/says" && echo "an sshd that cannot start was started" || :
grep -q NoSuchSetting "$dir/says" || echo "why it did not start is not said"
sshd_stop "$dir/c"
