/*
 * appt.c: the states of an appointment, its kinds, and the national code that each row bears.
 */
#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "model/appt.h"

static const struct {
	char letter;
	const char *code, *word, *national;
} states[] = {
#define X(name, letter, code, word, national) { letter, code, word, national },
	APPT_STATES(X)
#undef X
};

char appt_letter(enum appt_state state)
{
	assert(state < APPT_STATE_COUNT);
	return states[state].letter;
}

const char *appt_word(enum appt_state state)
{
	assert(state < APPT_STATE_COUNT);
	return states[state].word;
}

const char *appt_state_code(enum appt_state state)
{
	assert(state < APPT_STATE_COUNT);
	return states[state].code;
}

bool appt_state_parse(const char *word, enum appt_state *ret)
{
	const char *s = text_of(word);

	for (int i = 0; i < APPT_STATE_COUNT; i++) {
		bool letter = s[0] && !s[1] && (s[0] & ~0x20) == states[i].letter;

		if (letter || strcasecmp(s, states[i].code) == 0 ||
		    strcasecmp(s, states[i].word) == 0) {
			*ret = (enum appt_state)i;
			return true;
		}
	}
	return false;
}

static const char *const kinds[] = { "NEW", "FU" };

const char *appt_kind_word(enum appt_kind kind)
{
	assert((size_t)kind < sizeof kinds / sizeof *kinds);
	return kinds[kind];
}

bool appt_kind_parse(const char *word, enum appt_kind *ret)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcasecmp(text_of(word), kinds[i]) == 0) {
			*ret = (enum appt_kind)i;
			return true;
		}
	return false;
}

static const char *const cancels[] = { "", "person", "service", "error" };

const char *cancel_by_word(enum cancel_by by)
{
	assert((size_t)by < sizeof cancels / sizeof *cancels);
	return cancels[by];
}

bool cancel_by_parse(const char *word, enum cancel_by *ret)
{
	for (size_t i = 0; i < sizeof cancels / sizeof *cancels; i++)
		if (strcasecmp(text_of(word), cancels[i]) == 0) {
			*ret = (enum cancel_by)i;
			return true;
		}
	return false;
}

/* When the person stood at the desk, as far as anybody recorded it. */
static struct moment came_at(const struct appt *a)
{
	if (!moment_none(a->arrived_at))
		return a->arrived_at;
	return moment_none(a->room_at) ? a->seen_at : a->room_at;
}

void appt_code(const struct appt *a, int late_mins, char ret[4])
{
	const char *code = states[a->state].national;

	if (a->state == APPT_SEEN)
		code = came_at(a).utc > a->starts.utc + (int64_t)late_mins * 60 ? "6" : "5";
	else if (a->state == APPT_CANCELLED && a->cancelled_by == CANCEL_PERSON)
		code = "2";
	else if (a->state == APPT_CANCELLED && a->cancelled_by == CANCEL_SERVICE)
		code = "4";
	memset(ret, 0, 4);
	memcpy(ret, code, strlen(code));
}
