/*
 * migrate.c: an old database brought up to date, one file of db/migrations at a time.
 *
 * The steps are built into the program, in the order of their numbers; user_version says how many
 * have run.  A database that holds something is copied beside itself before the first step.  Two
 * desks that open it at once: the caller lets in one at a time (store.c), and the second finds
 * nothing to do.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/built_in.h"
#include "store/db.h"

static const struct built_in *step(int n)
{
	static const char folder[] = "db/migrations/";
	int at = 0;

	for (const struct built_in *b = built_in; b->name; b++)
		if (strncmp(b->name, folder, sizeof folder - 1) == 0 && ++at == n)
			return b;
	return NULL;
}

int migrate_known(void)
{
	int n = 0;

	while (step(n + 1))
		n++;
	return n;
}

static int version(struct store *st, int *ret, struct err *err)
{
	static const struct query VERSION = { "migrate.version", "PRAGMA user_version" };
	struct row row = query(st, &VERSION);

	while (row_next(&row))
		*ret = (int)get_int(&row);
	return row_done(&row, err);
}

static int run_step(struct store *st, int n, struct err *err)
{
	char *after = mem_printf("PRAGMA user_version = %d; PRAGMA application_id = %d;", n,
				 SCHEMA_APPLICATION);
	int rc = store_exec(st, "BEGIN IMMEDIATE", err);

	if (rc == 0 &&
	    (store_exec(st, step(n)->text, err) < 0 || store_exec(st, after, err) < 0 ||
	     (n > 1 &&
	      store_exec(st,
			 "UPDATE me SET schema = (SELECT user_version FROM pragma_user_version)",
			 err) < 0) ||
	     store_exec(st, "COMMIT", err) < 0)) {
		sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
		rc = -1;
	}
	mem_free(after);
	return rc;
}

int migrate_needed(struct store *st, bool *ret, struct err *err)
{
	int have = 0;

	if (version(st, &have, err) < 0)
		return -1;
	*ret = have < migrate_known();
	return 0;
}

int migrate(struct store *st, struct err *err)
{
	int have = 0, known = migrate_known();

	if (version(st, &have, err) < 0)
		return -1;
	if (have > 0 && have < known) {
		char *copy = mem_printf("%s-schema-%d", st->path, have);
		int rc = store_copy(st, copy, err);

		mem_free(copy);
		if (rc < 0)
			return -1;
	}
	for (int n = have + 1; n <= known; n++)
		if (run_step(st, n, err) < 0)
			return -1;
	return 0;
}
