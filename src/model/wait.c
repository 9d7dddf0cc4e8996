/* wait.c: the words of the waiting list, and whether a time suits a wish. */
#include "model/wait.h"

#include <string.h>

#include "base/text.h"
#include "model/service.h"

static const char *const codes[] = {
#define X(name, code) code,
	WAIT_STATES(X)
#undef X
};

const char *wait_state_code(enum wait_state state)
{
	return codes[state];
}

bool wait_state_parse(const char *code, enum wait_state *ret)
{
	for (int i = 0; i < WAIT_STATE_COUNT; i++)
		if (strcmp(codes[i], text_of(code)) == 0) {
			*ret = (enum wait_state)i;
			return true;
		}
	return false;
}

static const struct {
	const char *word, *why;
} fits[] = {
#define X(name, word, why) { word, why },
	WAIT_FITS(X)
#undef X
};

const char *wait_fit_word(enum wait_fit fit)
{
	return fits[fit].word;
}

const char *wait_fit_why(enum wait_fit fit)
{
	return fits[fit].why;
}

static const struct {
	const char *code, *words;
} hows[] = {
#define X(name, code, words) { code, words },
	WAIT_TRIES(X)
#undef X
};

const char *wait_how_code(enum wait_how how)
{
	return hows[how].code;
}

const char *wait_how_words(enum wait_how how)
{
	return hows[how].words;
}

bool wait_how_parse(const char *code, enum wait_how *ret)
{
	for (int i = 0; i < WAIT_HOWS; i++)
		if (strcmp(hows[i].code, text_of(code)) == 0) {
			*ret = (enum wait_how)i;
			return true;
		}
	return false;
}

/* ---- does it suit ---- */

enum wait_fit wish_fits(const struct wait_wish *wish, const struct hole *hole, unsigned modes,
			struct moment now)
{
	struct date day = moment_date(hole->starts);
	int minute = moment_minute(hole->starts);

	if (hole->starts.utc - now.utc < (int64_t)wish->notice * 3600)
		return WAIT_NOTICE_SHORT;
	if (!date_none(wish->from) && day.n < wish->from.n)
		return WAIT_FROM;
	if (wish->days && !(wish->days & 1u << date_weekday(day)))
		return WAIT_DAY;
	if (minute < wish->after || (wish->before && minute >= wish->before))
		return WAIT_TIME;
	if (wish->modes && !(wish->modes & modes))
		return WAIT_MODE;
	if (!id_none(wish->clinician) && !id_same(wish->clinician, hole->clinician))
		return WAIT_WITH;
	/* Whoever can be rung or seen on a screen is nowhere too far. */
	if (*wish->sites && !words_have(wish->sites, hole->site_code) &&
	    !(wish->modes & (MODE_PHONE | MODE_VIDEO) & modes))
		return WAIT_FAR;
	if (!*wish->sites && !wish->days && !wish->after && !wish->before && !wish->modes &&
	    id_none(wish->clinician) && wish->notice == WAIT_NOTICE)
		return WAIT_ASK;
	return WAIT_YES;
}
