# shellcheck shell=sh
# sshd.sh: an sshd of a test's own on loopback, for scripts to read in (`. tests/support/sshd.sh`).
#
# Everything of it is in the folder that the test names: host key, settings, keys, log, pid.  It runs
# as whoever runs the test and lets that user in, by the keys of the folder alone; nothing of the
# machine's sshd, of ~/.ssh or of what that user's shell begins with is read.  A second folder is a second sshd.
#
#	sshd_start DIR [LINE...]     a port of its own, kept in DIR/port; LINE: more for its settings
#	sshd_stop DIR                it and all its sessions, and only then comes back
#	sshd_key FILE                a key pair, FILE and FILE.pub, as a node has one
#	sshd_admit DIR FILE COMMAND  that key opens the door to COMMAND alone
#	sshd_via DIR FILE            the command that goes through the door with that key, for --via
#	sshd_hub DIR                 the door as `sync join` is told it
#	sshd_print DIR               fingerprint of its host key
#	sshd_sessions DIR            pids of the sessions that are open now, one a line: to be killed
#
# A test sets `trap 'sshd_stop DIR; rm -rf ...' EXIT`, so that none is left whatever happens.

sshd_key() {
	ssh-keygen -q -t ed25519 -N '' -C '' -f "$1"
}

sshd_print() {
	ssh-keygen -l -f "$1/host.pub" | cut -d ' ' -f 2
}

sshd_hub() {
	echo "ssh://$(id -un)@127.0.0.1:$(cat "$1/port")"
}

sshd_admit() {
	printf 'restrict,command="%s" %s\n' "$(printf '%s' "$3" | sed 's/"/\\"/g')" \
		"$(cat "$2.pub")" >>"$1/authorized_keys"
}

sshd_via() {
	echo "exec ssh -CT -F none -p $(cat "$1/port") -i $2 -o IdentitiesOnly=yes -o BatchMode=yes" \
		"-o StrictHostKeyChecking=yes -o UserKnownHostsFile=$1/known_hosts" \
		"-o GlobalKnownHostsFile=/dev/null -o LogLevel=ERROR $(id -un)@127.0.0.1"
}

# What it says goes into DIR/log as long as anything of it lives; that it listens, or will not, is
# said once to whoever waits.
sshd_listen() {
	rm -f "$1/says" "$1/up" "$1/down"
	mkfifo "$1/says" "$1/up" "$1/down"
	# Children of nobody here, so that a test may `wait` for its own.
	(
		{
			sshd_said=
			while read -r sshd_line; do
				printf '%s\n' "$sshd_line" >>"$1/log"
				[ -z "$sshd_said" ] || continue
				case $sshd_line in
				'Server listening on '*) sshd_said=up ;;
				*'Address already in use'*) sshd_said=taken ;;
				esac
				[ -z "$sshd_said" ] || echo "$sshd_said" >"$1/up"
			done
			# All of it has ended, sessions too.
			[ -n "$sshd_said" ] || echo gone >"$1/up"
			[ "$sshd_said" != up ] || echo >"$1/down"
		} <"$1/says" >/dev/null 2>&1 &
		"$sshd_program" -D -e -f "$1/sshd_config" -o Port="$2" </dev/null >/dev/null 2>"$1/says" &
		echo $! >"$1/pid"
	)
	read -r sshd_word <"$1/up"
	[ "$sshd_word" = up ] || {
		rm "$1/pid"
		return 1
	}
}

sshd_start() {
	sshd_program=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd) || {
		echo "There is no sshd: install openssh-server."
		return 1
	}
	# Started by root it wants this folder, which the machine's own makes at its start.
	[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
	# sshd goes elsewhere: it takes whole paths only.
	mkdir -p "$1"
	sshd_dir=$(cd "$1" && pwd)
	[ -f "$sshd_dir/host" ] || sshd_key "$sshd_dir/host"
	[ -f "$sshd_dir/authorized_keys" ] || : >"$sshd_dir/authorized_keys"
	: >"$sshd_dir/log"
	shift
	# The first word on a setting counts.  SHLVL: bash, started by an sshd, would read the ~/.bashrc of
	# whoever runs the test, and what that says or waits for is none of the test's business.
	{
		[ $# -eq 0 ] || printf '%s\n' "$@"
		cat <<-END
			ListenAddress 127.0.0.1
			HostKey $sshd_dir/host
			PidFile none
			AuthorizedKeysFile $sshd_dir/authorized_keys
			PermitRootLogin yes
			StrictModes no
			SetEnv HOME=$sshd_dir
			UsePAM no
			PasswordAuthentication no
			KbdInteractiveAuthentication no
			PermitUserRC no
			MaxStartups 1000
			SetEnv SHLVL=1
			LogLevel VERBOSE
		END
	} >"$sshd_dir/sshd_config"
	# Below the ports that outgoing connections are given; another test may look there too.
	sshd_port=$((10000 + ($$ * 7919 + $(date +%s)) % 20000))
	sshd_tries=0
	until sshd_listen "$sshd_dir" "$sshd_port"; do
		sshd_tries=$((sshd_tries + 1))
		[ "$sshd_word" = taken ] && [ "$sshd_tries" -lt 50 ] || {
			cat "$sshd_dir/log"
			echo "The sshd of $sshd_dir did not start."
			return 1
		}
		sshd_port=$((10000 + (sshd_port + 37) % 20000))
	done
	echo "$sshd_port" >"$sshd_dir/port"
	echo "[127.0.0.1]:$sshd_port $(cut -d ' ' -f 1,2 "$sshd_dir/host.pub")" >"$sshd_dir/known_hosts"
}

sshd_children() {
	for sshd_task in /proc/"$1"/task/*/children; do
		# It may end while it is looked at.
		cat "$sshd_task" 2>/dev/null || :
	done | tr ' ' '\n' | sed '/^$/d'
}

sshd_sessions() {
	[ ! -f "$1/pid" ] || sshd_children "$(cat "$1/pid")"
}

# Children first, so that the list is whole.
sshd_tree() {
	for sshd_child in $(sshd_children "$1"); do
		(sshd_tree "$sshd_child")
	done
	echo "$1"
}

# One that has ended and is not yet reaped runs no more.
sshd_runs() {
	sshd_state=Z
	{
		while read -r sshd_name sshd_value _; do
			[ "$sshd_name" != State: ] || sshd_state=$sshd_value
		done
	} 2>/dev/null <"/proc/$1/status" || :
	[ "$sshd_state" != Z ] && [ "$sshd_state" != X ]
}

sshd_stop() {
	[ -f "$1/pid" ] || return 0
	sshd_pid=$(cat "$1/pid")
	rm -f "$1/pid"
	sshd_all=$(sshd_tree "$sshd_pid")
	# The door first, then those inside; what they run ends by itself, or is made to.
	kill "$sshd_pid" 2>/dev/null || :
	for sshd_one in $sshd_all; do
		[ "$sshd_one" = "$sshd_pid" ] || kill "$sshd_one" 2>/dev/null || :
	done
	read -r _ <"$1/down" || :
	for sshd_one in $sshd_all; do
		while sshd_runs "$sshd_one"; do :; done
	done
}
