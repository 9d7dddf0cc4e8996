#!/bin/sh
# People from the command line: added, found by every shape of the one box, shown, changed, taken in
# from a file.  What is printed is compared with person.out, ids written as ID.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
want=$PWD/tests/cli/person.out
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export XDG_CONFIG_HOME="$dir/config" OHDESK_DB="$dir/a.db"

# say COMMAND...: what a person sees: the command, its rows, its sentence, its exit status.
say() {
	printf '$ ohdesk %s\n' "$*" | tr '\033' '^'
	status=0
	"$OHDESK" "$@" --now "2026-03-12 09:42" 2>&1 || status=$?
	[ "$status" -eq 0 ] || printf '[%d]\n' "$status"
}
id_of() { "$OHDESK" person find "$1" | sed -n '2s/	.*//p'; }

"$OHDESK" site init a.db --code NGT --name Northgate --admin "$(id -un)" --practice
"$OHDESK" customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs >/dev/null
{
	say person add --surname Okafor --given Adaeze --title Mrs --born 14/8/1984 \
		--nhs "999 526 0182" --customer wvh --employee-no 20417733 --job "Staff nurse" \
		--mobile "07700 900418" --text-ok yes --email a.okafor@example.org
	say person add --surname Okafor --given Adanna --title Miss --born 14/8/1994
	say person add --surname "O'Brien" --given Seán --born 1/2/1990
	say person add --surname OBRIEN --given Sean --born 1990-02-01
	say person add --surname OBRIEN --given Sean --born 1990-02-01 --anyway
	say person add --surname Okafur --given Abel
	say person add --surname Nobody
	say person add --surname No --given Such --born 31/2/1990
	say person add --surname "$(printf 'Smith\033[2J')" --given Ann
	say person add --surname Second --given Holder --nhs 9995260182
	for text in okaf,ada 'okafor' 'ó brien' 14/8/84 '14 aug 1984' '999 526 0182' 20417733 0418 zz; do
		say person find "$text"
	done
	say person find ok --limit 1
	say person show 20417733 --format json
	say person show 999
	say person set 20417733 --mobile "+44 7700 900419" --gender Female --department "Ward 7B"
	say person set 20417733 --born 2030-01-01
	say person set 20417733 --former-names "Eze; Obi, Ada" --needs "bsl, step" --interpreter Igbo \
		--mobile-voicemail no --email-ok yes --say name --address "4 Quay St, Poole" \
		--postcode "bh15 1aa" --gp-code k81003 --emergency-name "Okafor, Chidi" \
		--emergency-phone 07700900417 --post-from 1/9/2019 --format json
	say person find eze,ad
	say person find obi
	say person set 20417733 --postcode "the quay"
	say person set 20417733 --gp-code 81003
	say person set 20417733 --needs lift
	say person set 20417733 --work-voicemail yes
	say person set "$(id_of okafur)" --employee-no 77

	say person duplicates
	say person merge 20417733 "$(id_of "o'brien")"
	first=$("$OHDESK" person duplicates | sed -n '2s/	.*//p')
	second=$("$OHDESK" person duplicates | sed -n '2p' | cut -f5)
	say person merge "$first" "$second" --why "asked him"
	say person duplicates
	say person show "$second" --format json
	say person add --surname Obrian --given Sean --born 1990-02-01 --anyway
	say person apart "$first" "$(id_of obrian)"

	printf 'surname,given,born,employee_no,mobile\r\nOkafor,Adaeze,1984-08-14,20417733,07700 900418\r\n' >staff.csv
	printf '"de Souza, Jr",Zoë,14/08/1984,20417734,\r\nBad,Row,30/02/1990,20417735,\r\n' >>staff.csv
	say person import staff.csv --customer WVH
	say person import staff.csv --customer WVH --rows
	cat staff.csv.rejects staff.csv.differs
	say person import staff.csv --customer WVH --rows
	printf 'surname,given,born\nJos\351,Juan,1990-01-01\n' >latin.csv
	say person import latin.csv --customer WVH
	printf 'surname,shoe\n' >unknown.csv
	say person import unknown.csv --customer WVH
	say person import none.csv --customer WVH
	say person import staff.csv --customer XXX
	say person import staff.csv
	say store check
} | sed -e 's/[0-9a-z]\{4\}-[0-9a-z]\{5,6\}\b/ID/g' >got
diff -u "$want" got
