/*
 * clash.h: what a change met that its check would have refused, where nobody could be asked any
 * more.
 */
#ifndef MODEL_CLASH_H
#define MODEL_CLASH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "base/world.h"
#include "model/user.h"

/* type: slot displaced (a: appointment, b: who has it) state (a: appointment) person clinician room
 * edit task episode failed unsupported ... */
struct clash {
	struct id id, a, b, author;
	char type[16], scope[CODE_TEXT];
	struct moment at;
	int node; /* whose command lost */
	char user[CODE_TEXT];
	char tab[CODE_TEXT], col[CODE_TEXT]; /* edits: where, and what it was, is, was to be */
	char base[WORDS_TEXT], theirs[WORDS_TEXT], mine[WORDS_TEXT];
	char note[WORDS_TEXT];
	bool open;
	bool about_appt;			 /* slot displaced state: about appointment `a` */
	char closer[CODE_TEXT], how[WORDS_TEXT]; /* settled: by whom, how, when */
	struct moment closed_at;
};
struct clashes {
	struct clash *v;
	size_t n, cap;
};

#endif
