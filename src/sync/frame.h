/*
 * frame.h: frames to bytes and back (private to sync).
 *
 *	+--------+------+--------------------------+
 *	| length | type | fields, in a fixed order |	length u32 big-endian, of type and fields;
 *	+--------+------+--------------------------+	at most FRAME_MOST
 *
 *	a number	varint: seven bits a byte, lowest first, of its zigzag
 *	a text, bytes	their length as a number, then they
 *	a hash		32 bytes
 *
 * A frame that is longer than its fields say, or shorter, or with a text that does not fit, is
 * refused: nothing that comes from another machine is believed.  Types from 128 on may be passed
 * over; others that are not known end the conversation.
 *
 *	node                                hub
 *	HELLO who, how far           ->
 *	                             <-     WELCOME, or REFUSE
 *	CMD ... FLUSH                ->            every pending command
 *	                             <-     ACK           they are in the log
 *	PULL from                    ->            may wait for news, or for a NUDGE
 *	                             <-     ENTRY ... HEAD
 *	BYE                          ->
 *
 *	SNAP                         ->            a new node wants a copy
 *	                             <-     DATA ... END
 */
#ifndef SYNC_FRAME_H
#define SYNC_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/err.h"
#include "store/journal.h"
#include "store/log.h"

enum { FRAME_MOST = 16 * 1024 * 1024, PROTOCOL = 1, FRAME_IGNORE = 128 };

enum frame_type {
	FRAME_NONE,
	FRAME_HELLO,
	FRAME_WELCOME,
	FRAME_REFUSE,
	FRAME_CMD,
	FRAME_FLUSH,
	FRAME_ACK,
	FRAME_PULL,
	FRAME_ENTRY,
	FRAME_HEAD,
	FRAME_BYE,
	FRAME_ERROR,
	FRAME_SNAP,
	FRAME_DATA,
	FRAME_END,
	FRAME_TYPES,
	FRAME_NUDGE = FRAME_IGNORE /* nothing in it: a PULL that waits is answered now */
};

struct hello {
	int64_t lowest, highest; /* protocols spoken */
	char program[32];
	int64_t schema; /* the highest it knows */
	char region[40];
	int64_t epoch, seq;
	unsigned char hash[32]; /* of entry seq, as the node has it */
	int64_t inc, last_n;
	unsigned char last_hash[32]; /* of command last_n of this life */
	int64_t clock;
};
struct welcome {
	int64_t protocol, epoch, epoch_start;
	/* open | recovering; excluded | replaced: it is the node no more, but may hand in what it
	 * had not sent: CMD ... FLUSH, ACK, and nothing else. */
	char state[16];
	int64_t head, schema, stable;
	int64_t last_n; /* of the node's life, as far as the log goes */
	unsigned char last_hash[32];
	int64_t clock;
};
/* code: excluded replaced forked diverged too_old wrong_region */
struct refuse {
	char code[16], text[256];
};
struct ack {
	int64_t last_n;
};
struct pull {
	int64_t from, max_bytes, wait_ms;
};
struct head {
	int64_t head, stable;
};
struct words { /* BYE, ERROR */
	char text[256];
};

struct snap {
	int64_t lowest, highest;
	char program[32];
};
struct data { /* of a copy, squeezed (base/squeeze.h) */
	void *bytes;
	size_t n;
};
struct end { /* of a copy: for which node it is, how many bytes were sent, and their SHA-256 */
	int64_t node, bytes;
	unsigned char hash[32];
};

/* Whichever the type says.  FLUSH has no fields. */
struct frame {
	enum frame_type type;
	union {
		struct hello hello;
		struct welcome welcome;
		struct refuse refuse;
		struct cmd cmd;
		struct ack ack;
		struct pull pull;
		struct log_entry entry;
		struct head head;
		struct words words;
		struct snap snap;
		struct data data;
		struct end end;
	};
};
void frame_done(struct frame *f);

/* Adds the frame's bytes. */
void frame_put(struct buf *out, const struct frame *f);

/* Takes the first whole frame off `in`, from *at on, and moves *at behind it.  1: there was one; 0:
 * not all of it has come; -1: what has come is no frame (ERR_LINK). */
int frame_take(const struct buf *in, size_t *at, struct frame *ret, struct err *err);

#endif
