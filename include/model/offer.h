/*
 * offer.h: a time that was offered to somebody, and what became of it.
 *
 * A time is offered when the booking list holds it for whoever is on the line.  It is declined when
 * they ask for another, and not taken when the list is left, or somebody else was quicker: so the
 * last one of a list that was only looked at is not taken, and does not count as a first offer.
 */
#ifndef MODEL_OFFER_H
#define MODEL_OFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "base/world.h"
#include "model/service.h"
#include "model/user.h"

/* X(name, code as stored and shown, words, certainly put to the person) */
#define OFFER_ENDS(X)                                                                              \
	X(OFFER_BOOKED, "booked", "booked", true)                                                  \
	X(OFFER_DECLINED, "declined", "declined", true)                                            \
	X(OFFER_LEFT, "not_taken", "not taken", false)

enum offer_end {
#define X(name, code, words, said) name,
	OFFER_ENDS(X)
#undef X
		OFFER_END_COUNT
};
const char *offer_end_code(enum offer_end end);
const char *offer_end_words(enum offer_end end);
bool offer_end_parse(const char *code, enum offer_end *ret);

struct offer_made {
	struct id id, site, clinician, appt; /* appt: of the one that was booked */
	struct moment starts, at;
	enum mode mode;
	enum offer_end became;
	char user[CODE_TEXT]; /* who offered it */
};
struct offers_made {
	struct offer_made *v;
	size_t n, cap;
};

#endif
