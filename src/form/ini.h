/*
 * ini.h: a file of sections, keys and values, held to a strict form before it is believed (private
 * to the form layer).
 *
 * iniparser gives the values.  Before it, a raw pass refuses, with its line, what iniparser takes
 * in silence or gets wrong: a section or a key that is there twice, a quote that is not closed, a
 * key before the first section, a line that is too long when it is joined, a backslash that nothing
 * follows, a byte order mark, bytes that are no text.  What may stand in which section is the
 * caller's to say.
 */
#ifndef FORM_INI_H
#define FORM_INI_H

#include <stddef.h>

#include "base/err.h"

enum {
	INI_FILE = 64 * 1024, /* bytes of a file */
	INI_LINE = 1000,      /* bytes of a line, joined */
	INI_NAME = 40,	      /* bytes of a section's or key's name */
	INI_ENTRIES = 2000,   /* sections and keys of a file */
};

/* In the order of the file; a section's keys follow it. */
struct ini_entry {
	int line;
	int section; /* which of the entries heads it; itself for a section */
	char *name;  /* of the section or the key */
	char *value; /* NULL for a section; never empty, runs of blanks squeezed */
};
struct ini {
	const char *path; /* as messages say it; borrowed */
	struct {
		struct ini_entry *v;
		size_t n, cap;
	} e;
};

/* ERR_INPUT: "PATH, line N: why." */
int ini_read(const char *path, const char *text, size_t n, struct ini *ret, struct err *err);
void ini_done(struct ini *ini);

/* The refusal of one entry: always -1. */
int ini_refuse(const struct ini *ini, const struct ini_entry *e, struct err *err, const char *fmt,
	       ...) __attribute__((format(printf, 4, 5)));

#endif
