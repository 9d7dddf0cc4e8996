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
/* By its number as people type it.  ERR_MISSING if there is none. */
int nodes_get(struct desk *desk, const char *number, struct node_row *ret, struct err *err);

/* A new one.  key: a public key's text, or NULL for later. */
int node_enrol(struct desk *desk, const char *number, const char *letter, const char *name,
	       const char *key, struct err *err);
/* The key of one that has none yet. */
int node_key_set(struct desk *desk, const struct node_row *node, const char *key, struct err *err);

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
