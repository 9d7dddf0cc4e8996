/*
 * checks.c: the checks of the file, the schema's rules and the chains; those of single families of
 * tables stand beside them (check_appts.c ...).
 */
#include <stdio.h>
#include <string.h>

#include "store/checks.h"
#include "store/journal.h"
#include "store/row.h"

/* The schema's rules (db/migrations/001-start.sql says why).  A synced table is operational or
 * scoped. */
static const struct check schema_checks[] = {
	{ "tables listed", "SELECT 'Table ' || name || ' is not in table_list.' FROM sqlite_schema"
			   " WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
			   " AND name NOT IN (SELECT name FROM table_list)" },
	{ "tables there",
	  "SELECT 'Table ' || name || ' is listed but not there.' FROM table_list"
	  " WHERE name NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')" },
	{ "synced strict", "SELECT 'Synced table ' || l.name || ' is not STRICT.' FROM table_list l"
			   " JOIN pragma_table_list p ON p.name = l.name AND p.schema = 'main'"
			   " WHERE l.class IN ('operational', 'scoped') AND NOT p.strict" },
	{ "synced key",
	  "SELECT 'Synced table ' || l.name || ' has no INTEGER PRIMARY KEY.' FROM table_list l"
	  " WHERE l.class IN ('operational', 'scoped') AND 1 <> (SELECT count(*) FROM pragma_table_info(l.name)"
	  " WHERE pk = 1 AND type = 'INTEGER')" },
	{ "synced unique",
	  "SELECT 'Synced table ' || l.name || ' has a UNIQUE beside its key.' FROM table_list l"
	  " JOIN pragma_index_list(l.name) i WHERE l.class IN ('operational', 'scoped') AND i.\"unique\"" },
	{ "synced generated",
	  "SELECT 'Synced table ' || l.name || ' has a generated column.' FROM table_list l"
	  " JOIN pragma_table_xinfo(l.name) x WHERE l.class IN ('operational', 'scoped') AND x.hidden <> 0" },
	{ "synced cascade",
	  "SELECT 'Synced table ' || l.name || ' has a foreign key that acts.' FROM table_list l"
	  " JOIN pragma_foreign_key_list(l.name) f WHERE l.class IN ('operational', 'scoped')"
	  " AND (f.on_delete <> 'NO ACTION' OR f.on_update <> 'NO ACTION')" },
	{ "keys inside",
	  "SELECT 'Operational table ' || l.name || ' points at scoped ' || f.\"table\" || '.' FROM table_list l"
	  " JOIN pragma_foreign_key_list(l.name) f JOIN table_list o ON o.name = f.\"table\""
	  " WHERE l.class = 'operational' AND o.class = 'scoped'" },
	{ "foreign keys",
	  "SELECT 'Row ' || rowid || ' of ' || \"table\" || ' points at a missing row of ' || parent || '.'"
	  " FROM pragma_foreign_key_check LIMIT 20" },
	{ "open overlaps",
	  "SELECT 'A clash waits for a person: ' || coalesce(note, type)"
	  " || CASE WHEN type IN ('slot', 'displaced', 'state', 'person') AND a IN (SELECT id FROM appointment)"
	  "  THEN ', appointment ' || a ELSE '' END || '.' FROM overlap WHERE state = 'open'" },
	{ "search keys missing",
	  "SELECT 'Person ' || person || ' cannot be found by key ' || kind || '.' FROM"
	  " (SELECT kind, key, person FROM find_key_due EXCEPT SELECT kind, key, person FROM find_key) LIMIT 20" },
	{ "search keys stale",
	  "SELECT 'Person ' || person || ' is found by an old key ' || kind || '.' FROM"
	  " (SELECT kind, key, person FROM find_key EXCEPT SELECT kind, key, person FROM find_key_due) LIMIT 20" },
	{ "posts of ESR",
	  "SELECT 'Post ' || post || ' is that of two assignments of ESR.' FROM esr_assignment"
	  " WHERE post IS NOT NULL AND state = 'on' GROUP BY post HAVING count(*) > 1 LIMIT 20" },
	{ "history actors", "SELECT 'Change ' || id || ' was made by nobody we know.' FROM history"
			    " WHERE actor NOT IN (SELECT id FROM user) LIMIT 20" },
};

int check_rows(struct store *st, const struct check *checks, size_t n, check_found *found,
	       void *ctx, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct query q = { checks[i].name, checks[i].sql };
		sqlite3_stmt *stmt = NULL;
		struct row row = query_once(st, &q, &stmt);

		while (row_next(&row)) {
			const char *s = get_str(&row);

			found(ctx, s ? s : checks[i].name);
		}
		int rc = row_done(&row, err);

		sqlite3_finalize(stmt);
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int integrity(struct store *st, check_found *found, void *ctx, struct err *err)
{
	static const struct query CHECK = { "check.integrity", "PRAGMA integrity_check(20)" };
	struct row row = query(st, &CHECK);

	while (row_next(&row)) {
		const char *s = get_str(&row);
		char sentence[300];

		if (strcmp(s, "ok") == 0)
			continue;
		snprintf(sentence, sizeof sentence, "The file is damaged: %s.", s);
		found(ctx, sentence);
	}
	return row_done(&row, err);
}

int check_store(struct store *st, check_found *found, void *ctx, struct err *err)
{
	struct err chain = ERR_INIT;
	int64_t cmds, views;

	if (integrity(st, found, ctx, err) < 0 ||
	    check_rows(st, schema_checks, sizeof schema_checks / sizeof *schema_checks, found, ctx,
		       err) < 0)
		return -1;
	if (journal_verify(st, &cmds, &views, &chain) < 0)
		found(ctx, chain.text);
	return 0;
}

int check_other_administrators(struct store *st, struct id user, bool *ret, struct err *err)
{
	static const struct query OTHERS = {
		"check.administrators",
		"SELECT EXISTS (SELECT 1 FROM user WHERE role = 'administrator' AND state = 'on'"
		" AND id <> :user)"
	};
	struct row row = query(st, &OTHERS);
	bool others = false;

	bind_id(&row, ":user", user);
	while (row_next(&row))
		others = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = others;
	return 0;
}
