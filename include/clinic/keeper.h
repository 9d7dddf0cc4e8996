/*
 * keeper.h: looking after the database: making one, checking it, copying it.
 */
#ifndef CLINIC_KEEPER_H
#define CLINIC_KEEPER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/world.h"

struct desk;
struct store;

typedef void keeper_found(void *ctx, const char *sentence);

/* Opens and closes a database for a desk (clinic/desk.h); busy_ms: how long a change may queue. */
int keeper_open(const char *path, int busy_ms, struct store **ret, struct err *err);
void keeper_close(struct store *st);
bool keeper_practice(const struct store *st);

struct keeper_new {
	const char *code, *name, *nation; /* the first site */
	const char *admin;		  /* the first user */
	const char *region;		  /* UUID of the network; NULL makes one */
	bool practice, hub;
	struct moment clock; /* practice: what its clock is to show now; none: the machine's time */
};

/* A new database with its first site and its first administrator; nothing is left on failure. */
int keeper_init(const char *path, struct world *world, const struct keeper_new *want,
		struct err *err);

/* Everything that always holds, asked of the data; each breach is told. */
int keeper_check(struct desk *desk, keeper_found *found, void *ctx, struct err *err);

/* How large everything is: what (schema, file, table), its name, how many (version, pages, rows),
 * how many bytes on the disk. */
typedef void keeper_counted(void *ctx, const char *what, const char *name, int64_t count,
			    int64_t bytes);
int keeper_stats(struct desk *desk, keeper_counted *found, void *ctx, struct err *err);

/* A copy of the whole into a new folder, while others work: the database, the papers beside it.  A
 * backup is never written over another. */
int keeper_backup(struct desk *desk, const char *folder, struct err *err);
/* The database of a backup into a new file, and its papers beside it. */
int keeper_restore(const char *folder, const char *path, struct err *err);

#endif
