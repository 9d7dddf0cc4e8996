/*
 * after.h: what comes after an appointment: outcomes, why an episode ends, what became of a call.
 */
#ifndef MODEL_AFTER_H
#define MODEL_AFTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/id.h"
#include "model/user.h"

/*
 * One table of outcomes: X(name, code as stored and typed, national code, words).  National (NHS
 * Data Dictionary, outcome of attendance): 1 discharged, 2 another appointment given, 3 appointment
 * to be made later.
 */
#define APPT_OUTCOMES(X)                                                                           \
	X(OUTCOME_NONE, "", "", "no outcome yet")                                                  \
	X(OUTCOME_DISCHARGE, "discharge", "1", "discharged")                                       \
	X(OUTCOME_AGAIN, "again", "2", "booked again")                                             \
	X(OUTCOME_REBOOK, "rebook", "3", "to be booked again")                                     \
	X(OUTCOME_REVIEW, "review", "3", "to be reviewed")                                         \
	X(OUTCOME_OFFER, "offer", "3", "one more offer") /* to who was not seen */                 \
	X(OUTCOME_EARLIER, "earlier", "", "over before outcomes were kept")

enum outcome {
#define X(name, code, national, words) name,
	APPT_OUTCOMES(X)
#undef X
		OUTCOME_COUNT
};
const char *outcome_code(enum outcome outcome);
const char *outcome_national(enum outcome outcome); /* "" for none */
const char *outcome_words(enum outcome outcome);
bool outcome_parse(const char *code, enum outcome *ret);

/* Why an episode ends: X(name, key on the screen, code as stored and typed, words). */
#define END_REASONS(X)                                                                             \
	X(END_GOALS, 'g', "goals", "goals met")                                                    \
	X(END_SELF, 's', "self", "self-managing")                                                  \
	X(END_IMPROVED, 'i', "improved", "improved, further advice given")                         \
	X(END_SAME, 'n', "no_change", "no change")                                                 \
	X(END_WORSE, 'w', "worse", "worse, onward to GP")                                          \
	X(END_ONWARD, 'o', "onward", "onward to orthopaedics or MSK service")                      \
	X(END_EMERGENCY, 'e', "emergency", "emergency referral")                                   \
	X(END_CAP, 'c', "cap", "session cap reached")                                              \
	X(END_DNA, 'd', "dna", "did not attend")                                                   \
	X(END_CANCELLED, 'p', "cancelled", "cancelled by the person")                              \
	X(END_DECLINED, 'r', "declined", "declined")                                               \
	X(END_UNSUITABLE, 'u', "unsuitable", "unsuitable")                                         \
	X(END_LEFT, 'l', "left", "left employer")                                                  \
	X(END_MOVED, 't', "transferred", "transferred to other site")                              \
	X(END_UNREACHED, 'k', "unreached", "could not be reached")                                 \
	X(END_DUPLICATE, 'y', "duplicate", "duplicate")                                            \
	X(END_DIED, 'x', "died", "died")

enum end_reason {
	END_NONE,
#define X(name, key, code, words) name,
	END_REASONS(X)
#undef X
		END_COUNT
};
char end_key(enum end_reason reason);
const char *end_code(enum end_reason reason); /* "" for END_NONE */
const char *end_words(enum end_reason reason);
bool end_parse(const char *code, enum end_reason *ret);

/* What became of a call: X(name, key on the screen, code, words). */
#define TRY_RESULTS(X)                                                                             \
	X(TRY_SPOKE, 's', "spoke", "spoke")                                                        \
	X(TRY_NO_ANSWER, 'v', "no_answer", "no answer")                                            \
	X(TRY_WRONG, 'w', "wrong_number", "wrong number")                                          \
	X(TRY_OTHER, 'p', "other_person", "other person")

enum try_result {
#define X(name, key, code, words) name,
	TRY_RESULTS(X)
#undef X
		TRY_COUNT
};
const char *try_code(enum try_result result);
const char *try_words(enum try_result result);
bool try_parse(const char *code, enum try_result *ret);

struct try_row {
	struct id id, user;
	int nth;
	struct moment at, next_at; /* next_at none: not to be rung again */
	enum try_result result;
};
struct tries {
	struct try_row *v;
	size_t n, cap;
};

/* How late a clinician runs on a day, as somebody said at `at`. */
struct running {
	struct id id, clinician;
	struct date day;
	int mins;
	struct moment at;
	struct id user;
};
struct runnings {
	struct running *v;
	size_t n, cap;
};

#endif
