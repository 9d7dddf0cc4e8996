/*
 * line.h: one line to the other end, and an end to every wait on it (private to sync).
 *
 * A line is a command that was started, its input, its output and what it says to people; or this
 * program's own input and output.  Always holds: nothing is waited for longer than the other end
 * may be silent, by a clock that goes on while the machine sleeps; whoever is told to stop does so
 * at once; and a command that was started is gone when its line is closed.
 */
#ifndef SYNC_LINE_H
#define SYNC_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/alloc.h"
#include "base/err.h"

struct line {
	int in, out, says; /* says: what a command writes to people; -1 none, or it has ended */
	pid_t child;	   /* 0: there is none */
	int stop;	   /* readable: it is time to end; -1: nothing ends it */
	int patience;	   /* milliseconds that the other end may be silent */
	bool stopped;	   /* it was told to end: that is why a call below came back */
	bool refused;	   /* the machine at the other end does not let this one in */
	void (*say)(const char *line); /* hears each line that it says; may be NULL */
	char told[200];		       /* the last of them */
	struct buf saying;	       /* the beginning of another */
	char *piece;
};

enum { LINE_PIECE = 65536 };

/* The caller has set stop, patience and say.  alone: the command is no business of the keyboard's,
 * and ends with all that it started. */
int line_open(struct line *line, const char *command, bool alone, struct err *err);
void line_own(struct line *line); /* standard input and output */
void line_close(struct line *line);

/* All of it, and `out` is empty then. */
int line_send(struct line *line, struct buf *out, struct err *err);

/* So many bytes came into line->piece; 0: none in `ms`.  -1: over, ERR_LINK, or ERR_DENIED when
 * only a person can mend it. */
ssize_t line_receive(struct line *line, int64_t ms, struct err *err);

/* Nothing was heard for line->patience. */
int line_silent(struct err *err);

#endif
