/*
 * nodes.h: the databases of a network as its hub knows them: who is one, by which key, and how far
 * each has come.
 *
 * Always holds: a key is that of one node, once.  The key that a machine had when it was excluded
 * or replaced is kept (old_key): it opens the door to hand in what that machine had not sent, or,
 * where it may be in wrong hands, nothing.
 */
#ifndef CLINIC_NODES_H
#define CLINIC_NODES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/sshkey.h"
#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "model/user.h"

struct node_row {
	struct id id;
	int number;
	char letter[CODE_TEXT], name[NAME_TEXT], state[8]; /* on off */
	struct sshkey key;				   /* print "": it has none */
	bool met;					   /* it was heard of; this is the hub */
	struct moment seen;				   /* when, last */
	int64_t behind;	  /* entries of the log that it had not, then */
	int64_t commands; /* of its life, that the log has */
};
struct node_rows {
	struct node_row *v;
	size_t n, cap;
};
int nodes_list(struct desk *desk, struct node_rows *ret, struct err *err);
/* When the hub heard from a node last, for who sits at the hub; false: it never did, or is asked
 * elsewhere.  One row is read. */
bool node_heard(struct desk *desk, int number, struct moment *ret);
/* By its number as people type it.  ERR_MISSING if there is none. */
int nodes_get(struct desk *desk, const char *number, struct node_row *ret, struct err *err);

/* A new one.  key: a public key's text, or NULL for later. */
int node_enrol(struct desk *desk, const char *number, const char *letter, const char *name,
	       const char *key, struct err *err);
/* The key of one that has none yet. */
int node_key_set(struct desk *desk, const struct node_row *node, const char *key, struct err *err);

/* A machine is gone: it is the node no more.  One user act, with the reason on the record: its key
 * opens the door to hand in what it had not sent, or (stolen) not at all; all slots from today on
 * that it holds go to holds_to (0: the hub).  With `again` another machine is to be the node: by
 * `key`, or one said later; holds_to the node itself leaves it what it holds, and gives back what
 * was taken from its own diaries when it was excluded. */
struct gone_ask {
	const char *number, *why, *key;
	bool again, stolen;
	int holds_to;
};
/* What is to be watched: bookings in slots that it held, for it may have told people otherwise
 * since it was heard last; and diaries that nobody can publish while their home is gone. */
struct gone {
	struct node_row node; /* as it was */
	int held, back;	      /* slots taken from it; given back */
	struct desk_rows bookings;
	int diaries;
};
int node_gone(struct desk *desk, const struct gone_ask *ask, struct gone *ret, struct err *err);
void gone_done(struct gone *g);

/* Those that open the door: all, or the one that is `line` ("TYPE BASE64"). */
struct door_key {
	int node;
	bool old; /* to hand in, and nothing else */
	char line[SSHKEY_TEXT];
};
struct door_keys {
	struct door_key *v;
	size_t n, cap;
};
int nodes_keys(struct desk *desk, const char *line, struct door_keys *ret, struct err *err);

#endif
