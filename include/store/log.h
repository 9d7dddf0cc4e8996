/*
 * log.h: the ordered log: everybody's commands in the one order that counts, with what they
 * changed.
 *
 * An entry is a header and its parts.  Its hash covers the entry before it, the header, and each
 * part's scope and hash, so a reader that may not have a part can verify the chain all the same.
 * A log store is four functions; the one here keeps it in the hub's own database, so that an entry
 * and its effect are committed as one.
 */
#ifndef STORE_LOG_H
#define STORE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/world.h"

struct store;

/* ENTRY_MOST: bytes of what one command changes, so that its entry can be sent (sync/frame.h). */
enum { ENTRY_PARTS = 2, ENTRY_MOST = 8 * 1024 * 1024 };

struct entry_part {
	char scope[32]; /* part 1; "": every node's */
	unsigned char *body;
	size_t n;
	bool here; /* the body is: it may be compacted away, or not for this reader */
	unsigned char hash[32];
};

struct log_entry {
	int64_t seq, epoch;
	int schema;
	struct moment at; /* when the hub logged it; order never depends on it */
	int node;	  /* (node, inc, n) names the command for ever */
	int64_t inc, n;
	char type[32];
	int ver;
	unsigned char cmd_hash[32]; /* of the command, in its node's own chain */
	char verdict[16];
	unsigned char prev[32], hash[32];
	struct entry_part part[ENTRY_PARTS];
};
struct log_entries {
	struct log_entry *v;
	size_t n, cap;
};
void entry_done(struct log_entry *e);
void log_entries_done(struct log_entries *list);

/* The hashes that belong to an entry: of each part that is here, and of the whole. */
void entry_seal(struct log_entry *e);
/* Does it say what its hashes say, and does it follow `prev`? */
bool entry_holds(const struct log_entry *e, const unsigned char prev[32]);

struct log_head {
	int64_t seq, epoch;
	unsigned char hash[32];
};

struct log_store {
	int (*head)(struct store *, struct log_head *ret, struct err *);
	/* Adds entries, the first of which is to be `expected`.  ERR_CLASH when another executor
	 * was there first: pull, then try again.  Inside a change. */
	int (*append)(struct store *, struct log_entry *, size_t n, int64_t expected, struct err *);
	/* At most `max` entries from `from` on, at most about max_bytes of bodies. */
	int (*read)(struct store *, int64_t from, int max, size_t max_bytes,
		    struct log_entries *ret, struct err *);
	/* Waits until the log goes beyond `seq`, at most `ms`; *ret says whether it does. */
	int (*wait)(struct store *, int64_t seq, int ms, bool *ret, struct err *);
};
extern const struct log_store log_sqlite;

/* The hash of a command that is in the log; *ret false when it is not. */
int log_command(struct store *, int node, int64_t inc, int64_t n, unsigned char ret_hash[32],
		bool *ret, struct err *);
/* The hash of one entry; *ret false when the log has none of that number. */
int log_hash_at(struct store *, int64_t seq, unsigned char ret_hash[32], bool *ret, struct err *);
/* Walks the whole chain; ERR_STORE names the first entry that does not fit. */
int log_verify(struct store *, int64_t *ret_entries, struct err *);

#endif
