#!/bin/sh
# Staff from ESR from the command line: a full file and a day's changes in the published layout, taken
# in, refused, taken by row; proposals, differences and who is missing.  What is printed is compared
# with esr.out, ids written as ID.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
want=$PWD/tests/cli/esr.out
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export XDG_CONFIG_HOME="$dir/config" OHDESK_DB="$dir/a.db"

# say COMMAND...: what a person sees: the command, its rows, its sentence, its exit status.
say() {
	printf '$ ohdesk %s\n' "$*"
	status=0
	"$OHDESK" "$@" --now "2026-03-12 09:42" 2>&1 || status=$?
	[ "$status" -eq 0 ] || printf '[%d]\n' "$status"
}
id_of() { "$OHDESK" person find "$1" | sed -n '2s/	.*//p'; }

# row TYPE FIELDS [N=VALUE]...: an A row of so many fields, those numbered filled in.
row() {
	type=$1 fields=$2
	shift 2
	printf '%s\n' "$@" | awk -F= -v type="$type" -v n="$fields" '
		{ v[$1] = substr($0, length($1) + 2) }
		END { printf "%s", type; for (i = 2; i <= n; i++) printf "~%s", v[i]; printf "\r\n" }'
}
# person NO SURNAME GIVEN BORN [N=VALUE]...
person() {
	no=$1 surname=$2 given=$3 born=$4
	shift 4
	row PRA 44 "2=$no" "5=20$no" "7=$surname" "8=$given" "13=F" "14=$born" "15=QQ123456C" \
		"23=A" "36=p$no@trust.example" "39=20260301 120000" "40=Y" "$@"
}
# assignment NO PERSON [N=VALUE]...
assignment() {
	no=$1 person=$2
	shift 2
	row ASA 51 "2=$person" "3=$no" "4=20200401" "5=47121231" "28=500" "34=31000" \
		"35=Nursing|Staff Nurse" "45=20260301 120000" "$@"
}
# file NAME FROM TO: the rows of stdin with header and trailer.
file() {
	cat >body
	printf 'HDR~%s~20260309 023000~123~%s~%s~01\r\n' "$1" "$2" "$3" >"$1"
	cat body >>"$1"
	printf 'TRL~%d\r\n' "$(wc -l <body)" >>"$1"
}
FULL=GO_123_GDW_GOF_20260309_00000001.DAT
DAY=GO_123_GDW_GOC_20260310_00000002.DAT
LATE=GO_123_GDW_GOC_20260312_00000004.DAT

"$OHDESK" site init a.db --code NGT --name Northgate --admin "$(id -un)" --practice
"$OHDESK" customer add WVH --name "Wessex Vale Hospitals" --short "WV Hosps" --kind nhs >/dev/null
"$OHDESK" user add r.adeyemi --role nurse --person "ADEYEMI, Ruth (Mrs)" >/dev/null
"$OHDESK" person add --surname Webb --given Tom --born 1/1/1990 --customer WVH >/dev/null
{
	assignment 71 1001 "16=1002"
	person 1001 "O'Brien" "$(printf 'Ren\351e')" 19840814
	person 1002 Okafor Adaeze 19700707
	assignment 72 1002
	person 1003 Webb Tom 19900101
	assignment 73 1003
	row ORA 16 "2=500" "3=Ward 7B" "14=20260301 120000"
	row ABA 48 "2=1001" "3=81" "4=Sickness" "12=20260201" "23=Y" "33=S12 Other musculoskeletal problems"
	printf 'LOV~GRADE~XR05\r\n'
} | file "$FULL" "" "20260309 020000"
{
	person 1002 Okafor Adaeze 19700707 "18=20260309"
	assignment 71 1001 "16=1002" "35=Nursing|Ward Sister"
	assignment 73 1003 "26=0.6"
	printf 'ABD~81\r\nPRA~1004~short\r\n'
} | file "$DAY" "20260309 020000" "20260310 020000"
printf 'ABD~81\r\n' | file "$LATE" "20260311 020000" "20260312 020000"
{
	say esr import "$FULL"
	say customer set WVH --vpd 123
	say esr import "$DAY"
	say esr import "$FULL"
	say esr import "$FULL"
	say person find "o'brien"
	say person show "$(id_of "o'brien")"
	say esr absences "$(id_of "o'brien")"
	say esr absences "$(id_of "o'brien")" --as r.adeyemi
	say esr proposals
	say esr link
	say esr link "$(id_of webb)" 1003
	say esr proposals
	say person set "$(id_of webb)" --job Porter
	say esr import "$DAY" "$LATE"
	say esr import "$DAY" --by-row
	cat "$DAY.rejects"
	say esr import "$LATE"
	say person find okafor
	say esr differences
	say esr settle --keep "$("$OHDESK" esr differences | sed -n '2s/	.*//p')"
	say esr differences
	"$OHDESK" task list | grep -o 'ESR file.*Menu: esr.'
	say esr missing
	say store check
} | sed -e 's/[0-9a-z]\{4\}-[0-9a-z]\{5,6\}\b/ID/g' >got
diff "$want" got
