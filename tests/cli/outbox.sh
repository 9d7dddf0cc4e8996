#!/bin/sh
# Messages by command: queued by bookings, sent by a program named in ohdesk.ini, put right by people.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export XDG_CONFIG_HOME="$dir/none"
unset OHDESK_DB
db=$dir/w.db ini=$dir/ohdesk.ini

cat >"$ini" <<END
[outbox]
text_command = $dir/send-text
tries = 2
[print]
command = $dir/paper
END
printf '#!/bin/sh\ncat >>%s/texts; . %s/how\n' "$dir" "$dir" >"$dir/send-text"
printf '#!/bin/sh\ncat >>%s/printed; echo "$*" >>%s/printed\n' "$dir" "$dir" >"$dir/paper"
chmod +x "$dir/send-text" "$dir/paper"
echo 'exit 0' >"$dir/how"

# o WORDS...: as the desk, on Thursday 12 March 2026 at 09:42.
o() { "${OHDESK:?}" --db "$db" --config "$ini" --now "2026-03-12 ${at:-09:42}" --as "${as:-p.shah}" "$@"; }
fail() {
	echo "$1"
	exit 1
}
is() { [ "$1" = "$2" ] || fail "not \"$2\" but \"$1\""; }
ends() {
	status=0
	want=$1
	shift
	o "$@" >/dev/null 2>&1 || status=$?
	[ "$status" = "$want" ] || fail "$* ended with $status, not $want"
}

"$OHDESK" demo "$db" --people 400 --sites 1 --clinicians 6 --years 1 --today 2026-03-12 >/dev/null 2>&1
sql() { sqlite3 -cmd ".timeout 60000" "$db" "$1"; }
sql "UPDATE message SET state = 'closed' WHERE state IN ('queued', 'dead', 'unsure')"
person=$(sql "SELECT p.id FROM person p JOIN contact c ON c.person = p.id WHERE p.status = 'active'
	AND c.kind = 'mobile' AND c.text_ok AND p.id NOT IN (SELECT person FROM booking)
	AND p.id IN (SELECT person FROM post WHERE customer IN (SELECT id FROM customer WHERE kind = 'nhs'))
	ORDER BY p.id LIMIT 1")
nhs=$(sql "SELECT nhs FROM person WHERE id = $person")
who=$(o person find "$nhs" | sed -n '2s/\t.*//p')

# A booking queues its confirmation; the sender is given it once.
appt=$(o appt earliest --person "$who" --service OHN --from +3d 2>/dev/null | sed -n '2s/\t.*//p')
is "$(o outbox list | tail -n +2 | cut -f2-4)" "$(printf 'queued\ttext\tconfirmation')"
is "$(o outbox send)" "1 sent, 0 to be tried again, 0 not sent, 0 not sure, 0 withdrawn"
is "$(o outbox send)" "0 sent, 0 to be tried again, 0 not sent, 0 not sure, 0 withdrawn"
is "$(grep -c '^Event: ' "$dir/texts")" 1
grep -q '^Kind: confirmation$' "$dir/texts" || fail "the kind is not in the message"
is "$(o outbox list --state sent | grep confirmation | cut -f2-4)" "$(printf 'sent\ttext\tconfirmation')"

# Refused by the sender: on the list with its words, and a task; then told by telephone.
echo 'echo "no such number" >&2; exit 1' >"$dir/how"
at=09:50 o outbox remind "$appt" >/dev/null
is "$(at=09:50 o outbox send)" "0 sent, 0 to be tried again, 1 not sent, 0 not sure, 0 withdrawn"
id=$(at=09:51 o outbox list | sed -n '2s/\t.*//p')
is "$(at=09:51 o outbox list | tail -n +2 | cut -f2,14)" "$(printf 'dead\tstatus 1: no such number')"
at=09:51 ends 0 outbox phone "$id"
at=09:51 ends 4 outbox retry "$id"
at=09:51 ends 5 outbox retry 4g00-0001
at=09:51 ends 2 outbox close "$id"
at=09:51 ends 2 outbox list --state lost

# Escape sequences of a sender never reach the terminal.
printf '%s\n' 'printf "\033[2Jbad\n"; exit 1' >"$dir/how"
at=11:00 o outbox remind "$appt" >/dev/null
at=11:00 o outbox send >/dev/null
at=11:01 o outbox list | grep "$(printf '\033')" >/dev/null && fail "an escape sequence came out"

# The timer reminds who is due, once.
sql "UPDATE message SET at = at - 6 * 86400, state = 'closed'"
n=$(at=12:00 o outbox remind | sed 's/ reminded$//')
[ "$n" -gt 0 ] || fail "nobody was reminded"
is "$(at=12:00 o outbox remind)" "0 reminded"
is "$(sql "SELECT count(*) FROM message WHERE event = 'reminder' AND state = 'queued'")" "$n"
at=12:00 ends 3 outbox remind --most 0
sql "UPDATE message SET state = 'closed' WHERE state = 'queued'"

# A reply becomes a task; STOP stops texts.
number=$(sql "SELECT value FROM contact WHERE person = $person AND kind = 'mobile'")
echo "can I come earlier?" | at=11:02 o outbox reply --from "$number" >/dev/null
is "$(sql "SELECT count(*) FROM task WHERE text LIKE 'Text back from%can I come earlier?'")" 1
echo STOP | at=11:03 o outbox reply --from "$number" >/dev/null
is "$(sql "SELECT count(*) FROM contact WHERE person = $person AND kind = 'mobile' AND text_ok")" 0
at=11:04 ends 4 outbox remind "$appt"
echo hello | at=11:04 ends 3 outbox reply --from none

# Wording: the site's own, and a file that is not understood is refused with its line.
mkdir "$dir/words"
printf '[block.a]\ntext = "Come {appt.day}."\n' >"$dir/words/reminder.text.ini"
echo "wording = $dir/words" >"$dir/line"
sed -i "/^tries/r $dir/line" "$ini"
o outbox wording | grep 'Come {appt.day}.' >/dev/null || fail "the site's wording is not used"
for bad in 'text = "{person.nhs}"|line 2: there is no field {person.nhs} to fill in.' \
	'text = unquoted|line 2: a value stands in double quotes, with none inside.' \
	'text = "a {person.given"|line 2: a brace stands alone: fields are written {person.given}.' \
	'words = "a"|line 2: a block has the key text alone.'; do
	printf '[block.a]\n%s\n' "${bad%%|*}" >"$dir/words/reminder.text.ini"
	o outbox wording 2>&1 | grep -F "${bad##*|}" >/dev/null || fail "not refused: $bad"
done
rm "$dir/words/reminder.text.ini"
printf '[block.a]\ntext = "x"\n' >"$dir/words/remindr.text.ini"
o outbox wording 2>&1 | grep 'in place of nothing' >/dev/null || fail "a mistyped name is taken"

# A slip, on the screen and on paper.
o appt slip "$appt" | grep 'minutes$' >/dev/null || fail "no slip"
o appt slip "$appt" --print
until [ "$(sql "SELECT state FROM print_job")" != waiting ]; do :; done
is "$(sql "SELECT state FROM print_job")" printed
grep -q '^-t Appointment slip$' "$dir/printed" || fail "the slip was not printed"
o store check >/dev/null || fail "store check finds something"
