#!/bin/sh
# store stats says what stands in the file: the rows that SQL counts, the pages that the file has.
set -eu
OHDESK=${OHDESK:-$PWD/build/ohdesk}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
db=$dir/a.db
"$OHDESK" site init "$db" --code NGT --name Northgate --admin "$(id -un)" --practice
for i in 1 2 3 4 5 6 7 8 9; do "$OHDESK" --db "$db" site add "S$i" --name "Site $i" >/dev/null; done
"$OHDESK" --db "$db" store stats >"$dir/out"

# of WHAT NAME COLUMN
of() { awk -F '\t' -v what="$1" -v name="$2" -v col="$3" '$1 == what && $2 == name { print $col }' "$dir/out"; }
is() { [ "$1" = "$2" ] || { echo "$3: $1, not $2"; exit 1; }; }

is "$(head -n 1 "$dir/out")" "$(printf 'what\tname\tcount\tbytes')" header
is "$(of schema version 3)" "$(sqlite3 "$db" 'PRAGMA user_version')" schema
is "$(of file database 3)" "$(sqlite3 "$db" 'PRAGMA page_count')" pages
is "$(of file database 4)" "$(wc -c <"$db")" bytes
for table in site history cmd table_list find_key counter; do
	is "$(of table $table 3)" "$(sqlite3 "$db" "SELECT count(*) FROM $table")" "rows of $table"
done
is "$(grep -c '^table' "$dir/out")" "$(sqlite3 "$db" 'SELECT count(*) FROM table_list')" tables
schema=$(sqlite3 "$db" "SELECT sum(pgsize) FROM dbstat WHERE name = 'sqlite_schema'")
is "$(awk -F '\t' -v n="$schema" '$1 == "table" { n += $4 } END { print n }' "$dir/out")" \
	"$(($(of file database 4) - $(of file free 4)))" "bytes of all tables and the schema"
