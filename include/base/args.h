/*
 * args.h: the arguments of a command in their one canonical encoding.
 *
 * The encoding is bencode: a dictionary of the fields that are present, names sorted by their
 * bytes.  One struct has exactly one encoding and every other spelling of it is refused, so that
 * the hash of a command's bytes stands for what it says.
 *
 *	d4:born i-5e 3:sex1:f 4:rows l d..e d..e e e	(without the blanks)
 *
 *	F_ID, F_INT, F_MOMENT, F_DATE, F_BOOL	integer; true is 1
 *	F_TEXT					byte string, UTF-8 without NUL
 *	F_ROWS					list of dictionaries
 *
 * Absent, and never written: an id of none, 0, a moment of 0, DATE_NONE, false, NULL, no rows.  An
 * empty text is written.  What is needed is never absent, so whoever runs a command that came from
 * another machine may rely on it as on its own.
 */
#ifndef BASE_ARGS_H
#define BASE_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"
#include "base/err.h"

enum field_type {
	F_ID,	  /* struct id */
	F_INT,	  /* int64_t */
	F_MOMENT, /* struct moment */
	F_DATE,	  /* struct date */
	F_TEXT,	  /* const char * */
	F_BOOL,	  /* bool */
	F_ROWS,	  /* a list as in alloc.h, of structs that `rows` describes */
};

enum {
	ARGS_DEPTH = 4,	       /* rows within rows within rows */
	ARGS_FIELDS = 64,      /* of one struct */
	ARGS_ROWS = 10000,     /* of one list */
	ARGS_TEXT = 64 * 1024, /* bytes of one text */
	ARGS_BYTES = 1 << 22,  /* of one command */
};

struct fields;
struct field {
	const char *name; /* at most 31 bytes of [a-z0-9_] */
	enum field_type type;
	size_t offset;
	const struct fields *rows; /* F_ROWS: what one row is made of */
	bool needed;		   /* without it the command means nothing */
};
struct fields {
	const struct field *f; /* in any order */
	size_t n;
	size_t size; /* of the struct that they describe */
};

/*
 *	static const struct field book_f[] = {
 *		FIELD(slot, struct book, "slot", F_ID),
 *		FIELD_ROWS(lines, struct book, "lines", &line_fields),
 *	};
 *	static const struct fields book_fields = FIELDS(book_f, struct book);
 */
#define FIELD(member, type_, name_, TYPE)                                                          \
	{                                                                                          \
		.name = (name_), .type = (TYPE), .offset = offsetof(type_, member), .rows = NULL   \
	}
#define FIELD_ROWS(member, type_, name_, fields_)                                                  \
	{                                                                                          \
		.name = (name_), .type = F_ROWS, .offset = offsetof(type_, member),                \
		.rows = (fields_)                                                                  \
	}
#define FIELD_NEEDED(member, type_, name_, TYPE)                                                   \
	{                                                                                          \
		.name = (name_), .type = (TYPE), .offset = offsetof(type_, member), .needed = true \
	}
#define FIELD_ROWS_NEEDED(member, type_, name_, fields_)                                           \
	{                                                                                          \
		.name = (name_), .type = F_ROWS, .offset = offsetof(type_, member),                \
		.rows = (fields_), .needed = true                                                  \
	}
#define FIELDS(array, type_)                                                                       \
	{                                                                                          \
		.f = (array), .n = sizeof(array) / sizeof *(array), .size = sizeof(type_)          \
	}

/* Adds the encoding of the struct at `args` to `out`. */
void args_encode(const struct fields *, const void *args, struct buf *out);

/*
 * Makes a new struct from n bytes; args_free() ends it.  Refused with ERR_INPUT: anything that
 * args_encode() would not have written byte for byte, a field not in the table, one that is needed
 * and absent, and what is over the limits above.  Bytes come from other machines: nothing about
 * them is believed.
 */
int args_decode(const struct fields *, const void *bytes, size_t n, void **ret_args,
		struct err *err);

/* Frees what args_decode() made, the struct itself too.  NULL is nothing. */
void args_free(const struct fields *, void *args);

#endif
