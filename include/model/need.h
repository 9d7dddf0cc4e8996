/*
 * need.h: what somebody needs to get in, hear, read or be at ease: coded words, so that rooms,
 * lists and letters can heed them (the NHS Accessible Information Standard: ask, record, flag,
 * act).
 */
#ifndef MODEL_NEED_H
#define MODEL_NEED_H

#include <stdbool.h>
#include <stddef.h>

/*
 * X(name, code as stored and typed, words on the screens, what a room has that meets it, what is
 * said of a time without it, somebody has to be asked to come)
 */
#define NEEDS(X)                                                                                   \
	X(NEED_STEP_FREE, "step_free", "step-free access", "step_free", "no step-free", false)     \
	X(NEED_HEARING, "hearing", "hearing loop", "hearing_loop", "no hearing loop", false)       \
	X(NEED_QUIET, "quiet", "quiet room", "quiet", "no quiet room", false)                      \
	X(NEED_BSL, "bsl", "BSL interpreter", NULL, "no BSL", true)                                \
	X(NEED_LIPSPEAKER, "lipspeaker", "lipspeaker", NULL, "no lipspeaker", true)                \
	X(NEED_DEAFBLIND, "deafblind", "deafblind guide", NULL, "no guide", true)                  \
	X(NEED_CHAPERONE, "chaperone", "chaperone", NULL, NULL, true)                              \
	X(NEED_COMPANION, "companion", "comes with somebody", NULL, NULL, false)                   \
	X(NEED_DOG, "dog", "assistance dog", NULL, NULL, false)                                    \
	X(NEED_LONGER, "longer", "more time", NULL, NULL, false)                                   \
	X(NEED_RELAY, "relay", "ring by Relay UK, 18002 first", NULL, NULL, false)                 \
	X(NEED_LARGE_PRINT, "large_print", "large print", NULL, NULL, false)                       \
	X(NEED_BRAILLE, "braille", "braille", NULL, NULL, false)                                   \
	X(NEED_EASY_READ, "easy_read", "easy read", NULL, NULL, false)

enum need {
#define X(name, code, words, room, without, asked) name,
	NEEDS(X)
#undef X
		NEED_COUNT
};

/* All codes, for help: " step_free hearing ...". */
#define NEED_CODE_(name, code, words, room, without, asked) " " code
#define NEED_CODES					    NEEDS(NEED_CODE_)

/* Several of them: bits 1 << enum need.  Read from codes or starts of codes, with blanks or commas
 * between; false names in *ret_bad (may be NULL) where the first unknown or ambiguous one begins.
 */
bool needs_parse(const char *text, unsigned *ret, const char **ret_bad);

/* As stored: codes in the table's order, a blank between.  buf gets "" for none; returns it. */
enum { NEEDS_TEXT = 160, NEEDS_WORDS = 256 };
char *needs_text(unsigned needs, char buf[NEEDS_TEXT]);
/* As people read them: "step-free access, quiet room". */
char *needs_words(unsigned needs, char buf[NEEDS_WORDS]);

/* The same with the interpreter's language ("" none): "step-free access, interpreter: Polish"; ""
 * when nothing is needed.  buf gets NEEDS_WORDS bytes; returns it. */
char *needs_all(unsigned needs, const char *interpreter, char buf[NEEDS_WORDS]);

/* The first need that a room of these features (words) does not meet, as it is said of the room:
 * "no step-free"; NULL when it meets them all. */
const char *needs_unmet(unsigned needs, const char *features);
/* Those for which somebody has to be asked to come. */
unsigned needs_asked(unsigned needs);
/* Of these the first that takes days to arrange: "no BSL"; NULL when there is none. */
const char *needs_in_days(unsigned needs);

#endif
