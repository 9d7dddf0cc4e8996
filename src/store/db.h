/* db.h: what the store's files share of struct store (private to the store). */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>

#include "store/row.h"

enum { STATEMENTS = 1024 };

/* A statement, and where its names stand in the order in which they were bound last. */
struct kept {
	const struct query *q;
	sqlite3_stmt *stmt;
	struct {
		const char *name;
		int at;
	} * places;
	int n;
};

struct store {
	sqlite3 *db;
	char *path;
	int lock_fd;
	int busy_ms;
	bool in_change, capture, roomy;
	bool light, quiet; /* of the change under way */
	bool me_dirty;
	bool commands; /* the change under way has commands: the witness hears of them first */
	int witness_fd;
	char witness[97]; /* what it said when the change began */
	struct me me;
	int64_t data_version, turn; /* as store_changed() saw them, own commits added */
	struct capture *captured;   /* what the command under way changes (capture.c) */
	/* compiled statements by the address of their query */
	struct kept kept[STATEMENTS];
};

#define SCHEMA_APPLICATION 0x6f686473 /* "ohds" in the file's header */

int migrate(struct store *st, struct err *err); /* an older schema up to date */
int migrate_known(void);			/* the schema this program knows */
int migrate_needed(struct store *st, bool *ret, struct err *err);
int store_functions(sqlite3 *db); /* fold(), sound(), mirror() */
int me_read(struct store *st, struct err *err);
int me_write(struct store *st, struct err *err);
int witness_read(struct store *st, struct err *err); /* sets me.restored */
int witness_write(struct store *st, struct err *err);
void witness_back(struct store *st); /* what was written was not committed */
int store_exec(struct store *st, const char *sql, struct err *err);

#endif
