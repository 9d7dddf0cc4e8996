/* after.c: the tables of outcomes, of why episodes end, of what became of calls. */
#include "model/after.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

static const struct {
	const char *code, *national, *words;
} outcomes[] = {
#define X(name, code, national, words) { code, national, words },
	APPT_OUTCOMES(X)
#undef X
};

const char *outcome_code(enum outcome outcome)
{
	return outcomes[outcome].code;
}

const char *outcome_national(enum outcome outcome)
{
	return outcomes[outcome].national;
}

const char *outcome_words(enum outcome outcome)
{
	return outcomes[outcome].words;
}

bool outcome_parse(const char *code, enum outcome *ret)
{
	for (int i = 0; i < OUTCOME_COUNT; i++)
		if (strcasecmp(text_of(code), outcomes[i].code) == 0) {
			*ret = (enum outcome)i;
			return true;
		}
	return false;
}

static const struct {
	char key;
	const char *code, *words;
} ends[] = { { 0, "", "" },
#define X(name, key, code, words) { key, code, words },
	     END_REASONS(X)
#undef X
};

char end_key(enum end_reason reason)
{
	return ends[reason].key;
}

const char *end_code(enum end_reason reason)
{
	return ends[reason].code;
}

const char *end_words(enum end_reason reason)
{
	return ends[reason].words;
}

bool end_parse(const char *code, enum end_reason *ret)
{
	for (int i = 0; i < END_COUNT; i++)
		if (strcasecmp(text_of(code), ends[i].code) == 0) {
			*ret = (enum end_reason)i;
			return true;
		}
	return false;
}

static const struct {
	const char *code, *words;
} results[] = {
#define X(name, key, code, words) { code, words },
	TRY_RESULTS(X)
#undef X
};

const char *try_code(enum try_result result)
{
	return results[result].code;
}

const char *try_words(enum try_result result)
{
	return results[result].words;
}

bool try_parse(const char *code, enum try_result *ret)
{
	for (int i = 0; i < TRY_COUNT; i++)
		if (strcasecmp(text_of(code), results[i].code) == 0) {
			*ret = (enum try_result)i;
			return true;
		}
	return false;
}
