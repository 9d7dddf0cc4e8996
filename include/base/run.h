/*
 * run.h: another program run to its end: a sender of texts, a printer's queue.
 *
 * Without a shell, in an environment of its own that says nothing about us, with no file of ours
 * open, for a bounded time and with a bounded ear: what it says beyond the last line is let go.
 * Nothing but the child itself, and what it started in its own group, is ever ended.
 */
#ifndef BASE_RUN_H
#define BASE_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	RUN_WORDS = 32, /* of a command */
	RUN_SAID = 160, /* bytes kept of its last line */
	RUN_LATER = 75, /* EX_TEMPFAIL of sysexits.h: try again later */
};

/* A command line as it stands in ohdesk.ini: words between blanks; '...' and "..." hold blanks
 * together.  No other character means anything. */
struct words {
	char *v[RUN_WORDS + 1]; /* ended by NULL */
	size_t n;
};
/* ERR_INPUT: nothing in it, an open quote, too many words.  words_done() frees. */
int words_split(const char *line, struct words *ret, struct err *err);
void words_add(struct words *w, const char *word);
void words_done(struct words *w);

struct ran {
	bool started;	     /* it could be started at all */
	bool late;	     /* it had not ended in time, and was ended */
	int status;	     /* what it ended with; 128 + the signal that ended it */
	char said[RUN_SAID]; /* the last line of what it said, fit for a screen; or why not started
			      */
};

/* Runs it with `input` on its standard input.  What became of it is in *ret, whatever that is; -1
 * only when this machine has no more processes or pipes. */
int run_words(const struct words *w, const void *input, size_t n, int seconds, struct ran *ret,
	      struct err *err);

/* Starts it and does not wait: nothing is said to it, nothing it says is heard. */
int run_apart(const struct words *w, struct err *err);

/* "status 1: no such number": for a person. */
void ran_words(const struct ran *r, char *buf, size_t n);

#endif
