/*
 * keys.h: the hub's list of keys, as sshd reads it: authorized_keys.
 *
 * A line says which node a key is, and the one thing that it opens: this hub's end of the
 * conversation for that node (`sync serve`).  Whatever a client asks for instead is not listened
 *to.
 *
 *	restrict,command="/usr/local/bin/ohdesk --db '...' sync serve --node 3" ssh-ed25519 AAAA...
 *node-3
 */
#ifndef SYNC_KEYS_H
#define SYNC_KEYS_H

#include "base/alloc.h"
#include "base/err.h"

struct desk;

/* What a forced command begins with: the program and its options, words of their own. */
struct keys_way {
	const char *const *v;
	size_t n;
};

/* Adds the lines of all keys that open the door, or of `line` ("TYPE BASE64") alone if it does. */
int keys_lines(struct desk *desk, const struct keys_way *way, const char *line, struct buf *ret,
	       struct err *err);

/* The whole file anew, in one step and for its owner alone.  A file that somebody else wrote is
 * left alone (ERR_CLASH): it may be what lets them in. */
int keys_write(struct desk *desk, const struct keys_way *way, const char *path, struct err *err);

/* "SHA256:..." of the public key in a file; "" when there is none to be read. */
void keys_print(const char *path, char *ret, size_t n);

#endif
