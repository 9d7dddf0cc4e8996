/* offer.c: the words of what became of an offer, from their table. */
#include "model/offer.h"

#include <string.h>

#include "base/text.h"

static const struct {
	const char *code, *words;
} ends[] = {
#define X(name, code, words, said) { code, words },
	OFFER_ENDS(X)
#undef X
};

const char *offer_end_code(enum offer_end end)
{
	return ends[end].code;
}

const char *offer_end_words(enum offer_end end)
{
	return ends[end].words;
}

bool offer_end_parse(const char *code, enum offer_end *ret)
{
	for (int i = 0; i < OFFER_END_COUNT; i++)
		if (strcmp(ends[i].code, text_of(code)) == 0) {
			*ret = (enum offer_end)i;
			return true;
		}
	return false;
}
