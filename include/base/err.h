/*
 * err.h: what went wrong, in words for a person.
 *
 * Every function that can fail returns 0 or -1 and takes a struct err last.  It is written on
 * failure only, by the function that first knows what happened; callers pass -1 on untouched.  One
 * sentence: what, why, what to do.  Nothing below the screens and the command line prints.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

/* The values are the exit status of the command line. */
enum err_kind {
	ERR_NONE = 0,
	ERR_FAULT = 1,	 /* a fault of ours */
	ERR_USAGE = 2,	 /* the words of a command were not understood */
	ERR_INPUT = 3,	 /* what was typed or read is refused */
	ERR_CLASH = 4,	 /* taken, or changed by somebody since */
	ERR_MISSING = 5, /* no such row */
	ERR_DENIED = 6,	 /* this user may not */
	ERR_STORE = 7,	 /* disk, corruption, locked too long */
	ERR_LINK = 8,	 /* the network */
};

struct err {
	enum err_kind kind;
	char field[32]; /* the form field to put the cursor on, or "" */
	char text[256]; /* the sentence; screens show its first 78 columns and the rest behind ? */
	bool passes;	/* ERR_STORE: by itself, like a disk that is full or another who writes */
};

#define ERR_INIT                                                                                   \
	{                                                                                          \
		ERR_NONE, "", "", false                                                            \
	}

/* Fills `err` (which may be NULL) and always returns -1.  Bytes of data that could move a terminal
 * are replaced, and the text is cut at a whole character. */
int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for a value refused: ERR_INPUT, and the field that it was typed into. */
int err_input(struct err *err, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Back to ERR_NONE, for a caller that goes on after a failure. */
void err_clear(struct err *err);

#endif
