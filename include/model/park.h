/* park.h: work that was begun and not saved: what it is made of, and the row that keeps it. */
#ifndef MODEL_PARK_H
#define MODEL_PARK_H

#include <stdbool.h>

#include "base/args.h"
#include "base/day.h"
#include "model/user.h"

/* Named texts, as many as a screen likes; both parts owned. */
struct parcel_text {
	const char *name, *value;
};
struct parcel {
	struct {
		struct parcel_text *v;
		size_t n, cap;
	} texts;
};
extern const struct fields parcel_fields; /* its canonical encoding; args_free() ends one */

void parcel_put(struct parcel *p, const char *name, const char *value);
/* "" when there is none of that name. */
const char *parcel_get(const struct parcel *p, const char *name);
bool parcel_has(const struct parcel *p, const char *name);
void parcel_put_id(struct parcel *p, const char *name, struct id id);
/* None when there is none of that name. */
struct id parcel_get_id(const struct parcel *p, const char *name);
/* All of it, owned by whoever asks. */
struct parcel *parcel_copy(const struct parcel *p);

/* X(name, word in rows) */
#define PARK_STATES(X)                                                                             \
	X(PARK_DRAFT, "draft") /* open at a desk */                                                \
	X(PARK_PARKED, "parked")                                                                   \
	X(PARK_THROWN, "thrown")
enum park_state {
#define X(name, word) name,
	PARK_STATES(X)
#undef X
};
const char *park_state_word(enum park_state state);

struct parked {
	int64_t id; /* 0: not kept yet */
	struct id user;
	int64_t session;
	char screen[24];
	char what[48];	/* Person details */
	char place[64]; /* Mobile, half typed */
	char note[WORDS_TEXT];
	struct id person;
	char who[PERSON_TEXT]; /* SURNAME, Given (Title); as typed when they have no record yet */
	struct date born;
	bool private_;	   /* of a private service */
	struct id service; /* whose nurses find it from `due` on; none, due none: nobody */
	struct moment due;
	bool lost; /* its session ended before it was parked or saved */
	char from[CODE_TEXT], said[WORDS_TEXT]; /* who handed it over, with which word */
	struct moment at;
};
struct parkeds {
	struct parked *v;
	size_t n, cap;
};

#endif
