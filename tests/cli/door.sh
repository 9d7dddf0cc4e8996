#!/bin/sh
# The door of a hub: OpenSSH alone, by the keys of its nodes' rows.  A new machine makes its key, is
# enrolled, pins the hub's host key and joins; the key says which node it is, whatever the client asks
# for.  Keys that are none, too short, or somebody's are refused; nothing is trusted at first sight.
# sshd asks for the keys (AuthorizedKeysCommand), or reads the file that is written with each change.
# Silent and 0 when it passes.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
top=$PWD
. tests/support/sshd.sh
dir=$(mktemp -d)
trap 'sshd_stop "$dir/ask"; sshd_stop "$dir/file"; rm -rf "$dir"' EXIT
cd "$dir"
export XDG_CONFIG_HOME="$dir/config"
mkdir -p config/ohdesk
me=$(id -un)

same() { [ "$2" = "$3" ] || { echo "$1: $2, not $3"; exit 1; }; }
row() { sed -n "$(($1 + 1))p"; }
hub() { "$OHDESK" --db "$dir/hub.db" --as a.root "$@"; }
node() { n=$1; shift; "$OHDESK" --db "$dir/n$n.db" --as a.root "$@"; }
# What was refused, and the exit status behind it.
refused() { { "$@" >rows; } 2>&1 || echo $?; }

"$OHDESK" site init hub.db --code NGT --name Northgate --admin a.root --practice --hub

# Asked by sshd: a script in between, for a path in a folder for temporary files is not trusted to it.
printf 'exec "%s" --db "%s/hub.db" node keys "$@"\n' "$OHDESK" "$dir" >ask.sh
sshd_start "$dir/ask" "AuthorizedKeysCommand /bin/sh $dir/ask.sh %t %k" "AuthorizedKeysCommandUser $me" \
	"AuthorizedKeysFile none"
print=$(sshd_print ask)
printf '[sync]\naddress = %s\nhost_key = %s/ask/host.pub\n' "$(sshd_hub ask)" "$dir" >config/ohdesk/ohdesk.ini

# The sample of root's settings is what sshd takes, and lets nobody do more than the key's command.
{
	printf 'HostKey %s/ask/host\nUsePAM no\n' "$dir"
	cat "$top/packaging/sshd_config.d-ohdesk.conf"
} >sample
PATH=$PATH:/usr/sbin sshd -T -f sample -C user=ohdesk,host=oak,addr=127.0.0.1 >says
for word in 'permittty no' 'disableforwarding yes' 'permituserrc no' 'authorizedkeysfile none' \
	'forcecommand none' 'authorizedkeyscommand /usr/local/bin/ohdesk node keys %t %k'; do
	grep -qx "$word" says || echo "the sample does not say: $word"
done

# ---- a new machine

same "whose host key" "$(refused node 2 sync join "$(sshd_hub ask)")" \
	"ohdesk: Which host key is the hub's?  It says so at enrolment: --host-key SHA256:...
2"
same "its key is for itself" "$(stat -c %a n2.db-key)" 600
same "the wrong hub" "$(refused node 2 sync join "$(sshd_hub ask)" --host-key SHA256:AAAA)" \
	"ohdesk: What answers there has another host key, $print: do not go on, ask at the hub.
6"
[ ! -e n2.db-hosts ] || echo "a host key was pinned that nobody confirmed"
same "not yet enrolled" "$(refused node 2 sync join "$(sshd_hub ask)" --host-key "$print")" \
	"ohdesk: The hub does not know this machine's key yet: enrol it there, then join again.
6"
same "what to do at the hub" "$(row 1 <rows | cut -f 3)" \
	"ohdesk node enrol NUMBER --letter LETTER --name NAME --key '$(cat n2.db-key.pub | cut -d ' ' -f 1,2)'"
hub node enrol 2 --letter M --name "Mill \"Lane\"; \$(touch run)" --key "$(cat n2.db-key.pub)" >rows
same "what to do at the node" "$(row 1 <rows | cut -f 3,4)" \
	"$print	ohdesk sync join $(sshd_hub ask) --host-key $print"
same "joined" "$(node 2 sync join "$(sshd_hub ask)" | row 1)" 2
same "how it is reached" "$(node 2 sync status | row 1 | cut -f 1,2)" "$(sshd_hub ask)	ok"
hub customer add WVH --name "Wessex Vale" --short "WV Hosps" >rows
node 2 sync run
node 2 person add --surname Ash --given Ann --customer WVH >rows
node 2 sync run
node 2 sync run
same "in step" "$(node 2 sync digest)" "$(hub sync digest)"
same "as the hub knows it" "$(hub node list | row 2 | cut -f 1,2,4,5,7,8)" \
	"2	M	on	$(ssh-keygen -l -f n2.db-key.pub | cut -d ' ' -f 2)	0	1"

# ---- what the key opens

go() { sh -c "$(sshd_via ask "$1") $2" </dev/null 2>says || echo $?; }
sshd_key other
same "an unknown key" "$(go "$dir/other" "")" 255
same "what a client asks for" "$(go "$dir/n2.db-key" "touch $dir/run")" ""
same "a terminal" "$(sh -c "$(sshd_via ask "$dir/n2.db-key" | sed 's/-CT/-Ctt/')" </dev/null 2>&1 | tr -d '\r')" \
	"PTY allocation request failed on channel 0"
[ ! -e run ] || echo "a name or a client's word was run"
same "one line for one key" "$(hub node keys ssh-ed25519 "$(cut -d ' ' -f 2 n2.db-key.pub)")" \
	"restrict,command=\"'$OHDESK' '--db' '$dir/hub.db' sync serve --node 2\" $(cut -d ' ' -f 1,2 n2.db-key.pub) node-2"
same "none for another" "$(hub node keys ssh-ed25519 "$(cut -d ' ' -f 2 other.pub)")" ""

# ---- what is no key, or somebody's

bad() { # WHAT KEY
	same "$1" "$(refused hub node enrol 9 --letter Z --name Oak --key "$2" | sed 's/^ohdesk: //')" "$3"
}
ssh-keygen -q -t rsa -b 1024 -N '' -f short
key=$(cat other.pub)
bad "options" "command=\"sh\" $key" "Cannot read command=\"sh\" $key (No such file or directory): name another file.
5"
printf 'command="sh" %s\n' "$key" >key
bad "options in a file" key "That is no public key: it does not begin with a type such as ssh-ed25519.
3"
bad "two keys" "$key
$key" "That is no public key: it has more than one line; give one key.
3"
bad "a short one" short.pub "An RSA key of 1024 bits is too short: ssh-keygen -t ed25519 makes one.
3"
bad "the private one" other "That is no public key: it is the private one; give the file that ends in .pub.
3"
head -c 2000 "$OHDESK" >key
bad "garbage" key "That is no public key: it has a NUL in it.
3"
bad "another node's" n2.db-key.pub "Another node has that key: each machine makes its own.
3"
same "and none of them is a node" "$(hub node list | wc -l)" 3

# ---- keys later, in a file of their own, for an account that root has not prepared

hub node enrol 3 --letter O --name Oak >rows
printf 'keys_file = %s/file/authorized_keys\n' "$dir" >>config/ohdesk/ohdesk.ini
sshd_start file
sed -i "s|^address = .*|address = $(sshd_hub file)|; s|^host_key = .*|host_key = $dir/file/host.pub|" \
	config/ohdesk/ohdesk.ini
echo "# somebody's own" >file/authorized_keys
same "a file of somebody's" "$(refused hub node keys --write file/authorized_keys)" \
	"ohdesk: file/authorized_keys has keys that ohdesk did not write: name a file of its own.
4"
rm file/authorized_keys
refused node 3 sync join "$(sshd_hub file)" --host-key "$(sshd_print file)" >says
hub node enrol 3 --key - <n3.db-key.pub >rows
same "its keys" "$(grep -c '^restrict,command=' file/authorized_keys) $(stat -c %a file/authorized_keys)" "2 600"
sh -c "$(hub node enrol 3 --key other.pub 2>&1 | grep -q "has a key")" || echo "a second key was taken"
node 3 sync join "$(sshd_hub file)" >rows
same "joined by the file" "$(row 1 <rows)" 3
same "in step, too" "$(node 3 sync digest)" "$(hub sync digest)"

# ---- the hub has another host key

port=$(cat file/port)
sshd_stop file
rm file/host file/host.pub
sshd_start file "Port $port"
same "another host key" "$(refused node 3 sync run)" \
	"ohdesk: The hub shows another host key than the one pinned here: ask there.
6"
same "which is confirmed by nobody" "$(refused node 3 sync pin SHA256:AAAA)" \
	"ohdesk: What answers there has another host key, $(sshd_print file): do not go on, ask at the hub.
6"
same "and is not forgotten" "$(refused node 3 sync run | tail -n 1)" 6
node 3 sync pin "$(sshd_print file)"
node 3 sync run
