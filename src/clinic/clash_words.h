/* clash_words.h: what the files of the list of clashes share (private to the clinic). */
#ifndef CLINIC_CLASH_WORDS_H
#define CLINIC_CLASH_WORDS_H

#include "clinic/clash.h"
#include "clinic/desklist.h"

/* What a view is made from, read once. */
struct clash_facts {
	struct desk_row mine, theirs; /* the appointments a and b, where it is about any */
	bool has_mine, has_theirs;
	char scope[CODE_TEXT];	/* of an edited row */
	char now[LINE_TEXT];	/* what stands there now */
	char holder[NAME_TEXT]; /* the node that holds the slot; "" nobody is known to */
	int holder_node;
};
int clash_facts(struct desk *desk, const struct clash_row *row, struct clash_facts *ret,
		struct err *err);

/* What each kind of clash is called: verb of what was wanted, the plain reason, what it is about.
 */
struct clash_kind {
	const char *type, *verb, *why;
	enum { OF_APPT, OF_ROW, OF_SLOT, OF_TASK, OF_PERSON, OF_COMMAND } about;
};
const struct clash_kind *clash_kind(const struct clash *c);

/* Fills in whom the row is about, as far as they are known here. */
int clash_person(struct desk *desk, struct id id, struct clash_row *r, struct err *err);
char *clash_time(struct moment m, char *buf, size_t n);	      /* "Fri 13-Mar 15:40" */
void clash_field(const struct clash *c, char *ret, size_t n); /* "text ok" */

/* What is not known here is no failure: 0 for that, else the failure handed on. */
int clash_missing(const struct err *why, struct err *err);

/* Is it about a value of somebody's record? */
bool clash_of_edit(const struct clash *c, struct id person);

/* Both sides, into view->v; what may be done, into view->offers and view->say. */
int clash_sides(struct desk *desk, const struct clash_facts *f, struct clash_view *view,
		struct err *err);
int clash_offers(struct desk *desk, const struct clash_facts *f, struct clash_view *view,
		 struct err *err);

/* A column's value as people read it; "nothing" for none. */
void clash_value(const struct clash *c, const char *stored, char *ret, size_t n);
/* The words of a command that could not be done: its arguments, one line each. */
int clash_command(struct desk *desk, struct clash_view *view, struct err *err);

extern const struct act act_settle;

#endif
