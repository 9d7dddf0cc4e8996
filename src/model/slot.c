/* slot.c: the words of slots, from their tables. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "model/slot.h"

static const struct {
	const char *word, *show;
	bool bookable;
} kinds[] = {
#define X(name, word, show, bookable) { word, show, bookable },
	SLOT_KINDS(X)
#undef X
};

static const char *const states[] = {
#define X(name, word) word,
	SLOT_STATES(X)
#undef X
};

const char *slot_kind_word(enum slot_kind kind)
{
	return kinds[kind].word;
}

const char *slot_kind_show(enum slot_kind kind)
{
	return kinds[kind].show;
}

bool slot_kind_bookable(enum slot_kind kind)
{
	return kinds[kind].bookable;
}

bool slot_kind_parse(const char *word, enum slot_kind *ret)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcasecmp(kinds[i].word, text_of(word)) == 0) {
			*ret = (enum slot_kind)i;
			return true;
		}
	}
	return false;
}

const char *slot_state_word(enum slot_state state)
{
	return states[state];
}

bool slot_state_parse(const char *word, enum slot_state *ret)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		if (strcmp(states[i], text_of(word)) == 0) {
			*ret = (enum slot_state)i;
			return true;
		}
	}
	return false;
}
