/*
 * built_in.h: text files that the program carries with it (the schema's steps, reports).  The table
 * is made by packaging/embed.sh when the program is built.
 */
#ifndef BASE_BUILT_IN_H
#define BASE_BUILT_IN_H

struct built_in {
	const char *name; /* the path in the source tree, sorted */
	const char *text;
};

extern const struct built_in built_in[]; /* ends with a row of NULL */

#endif
