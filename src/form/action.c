/*
 * action.c: what a rule may have done, and the cards that it may show.
 *
 * The list is fixed: a file that names anything else is refused, so no rule is in vain.  Cards say
 * what holds everywhere; numbers to ring are the site's, beside the card.
 */
#include <stdio.h>
#include <string.h>

#include "model/task.h"
#include "parts.h"

static const struct {
	const char *word, *more;
} actions[] = {
#define X(name, word, more) { word, more },
	FORM_ACTIONS(X)
#undef X
};

/* clang-format off */
static const struct card cards[] = {
	{ "emergency_back", "POSSIBLE CAUDA EQUINA: do not book, do not end the call alone",
	  { "Ask a nurse to take the call now.  Nobody there: ring the duty number.",
	    "It is the emergency department today, for a scan; not the GP, not a slot.",
	    "They should not drive themselves.",
	    "Bladder, bowels, numbness or legs get worse before that: 999 or A and E.",
	    "Write down whom you told and when." } },
	{ "emergency", "MAY BE AN EMERGENCY: do not book, do not end the call alone",
	  { "In danger now: 999, and stay on the line.",
	    "Ask a nurse to take the call now.  Nobody there: ring the duty number.",
	    "Write down whom you told and when." } },
	{ "crisis", "AT RISK: stay on the line until a colleague has taken over",
	  { "In danger now, or something taken or done already: 999.",
	    "Ask where they are, and whether somebody is with them.",
	    "Bring in a clinician.  Nobody there: ring the duty number.",
	    "For them, day or night: NHS 111, mental health option; Samaritans 116 123.",
	    "Do not promise to tell nobody.  Write down whom you told and when." } },
	{ "exposure", "BLOOD OR BODY FLUID: minutes count",
	  { "First aid now: let it bleed, soap and water, no scrubbing; a splash: rinse.",
	    "A nurse or doctor now.  Nobody there: the duty number; at night A and E.",
	    "If the source may have HIV: treatment within the hour, 72 hours at most.",
	    "The source is asked for blood by their own team, never by the injured.",
	    "Write down the time of the injury, to the minute." } },
	{ "safeguarding", "SAFEGUARDING: a child or adult may be at risk",
	  { "In danger now: 999.",
	    "Tell the nurse or the safeguarding lead now, before you ask anything more.",
	    "Write down what was said in the words it was said in.",
	    "Do not promise to tell nobody." } },
};

static const char *const reasons[] = {
	"no_consent", "not_agreed", "declined", "not_eligible", "advice_given", "redirected",
	"duplicate", "nothing_declared",
};
/* clang-format on */

const struct card *card_find(const char *name)
{
	for (size_t i = 0; i < sizeof cards / sizeof *cards; i++)
		if (strcmp(cards[i].name, name) == 0)
			return &cards[i];
	return NULL;
}

bool close_reason_known(const char *code)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (strcmp(reasons[i], code) == 0)
			return true;
	return false;
}

/* physio_new, couns_fu: a service's code in small letters, and a kind of appointment. */
static bool booking_known(const char *of)
{
	const char *kind = strrchr(of, '_');

	return plain_name(of, 31) && kind && kind != of &&
	       (strcmp(kind, "_new") == 0 || strcmp(kind, "_fu") == 0);
}

/* nurse:now */
static bool task_known(char *of, bool *ret_now)
{
	char *colon = strchr(of, ':');

	if (!colon)
		return false;
	*colon = '\0';
	*ret_now = strcmp(colon + 1, "now") == 0;
	return (*ret_now || strcmp(colon + 1, "today") == 0) && task_role_known(of);
}

static bool of_known(enum form_action action, char *of, bool *ret_now)
{
	switch (action) {
	case DO_BOOK:
		return booking_known(of);
	case DO_TASK:
		return task_known(of, ret_now);
	case DO_CARD:
		return card_find(of) != NULL;
	case DO_CLOSE:
		return close_reason_known(of);
	default:
		return false;
	}
}

static int one_action(const struct ini *ini, const struct ini_entry *e, char *text,
		      struct rule *ret, struct err *err)
{
	struct rule_do d = { .text = mem_str(text) };
	char *colon = strchr(text, ':');
	int i = 0, rc = 0;

	if (colon)
		*colon = '\0';
	while (i < FORM_ACTION_COUNT && strcmp(actions[i].word, text) != 0)
		i++;
	d.action = (enum form_action)i;
	if (i == FORM_ACTION_COUNT)
		rc = ini_refuse(ini, e, err, "there is no action %s.", d.text);
	else if (!actions[i].more != !colon)
		rc = colon ? ini_refuse(ini, e, err, "%s stands alone, without a colon.", text)
			   : ini_refuse(ini, e, err, "%s needs a colon and %s.", text,
					actions[i].more);
	else if (colon && !of_known(d.action, colon + 1, &d.now))
		rc = ini_refuse(ini, e, err, "%s: after %s: stands %s, one that there is.", d.text,
				text, actions[i].more);
	list_each (was, &ret->deeds)
		if (rc == 0 && strcmp(was->text, d.text) == 0)
			rc = ini_refuse(ini, e, err, "%s is named twice.", d.text);
	if (rc < 0) {
		mem_free(d.text);
		return -1;
	}
	d.of = colon ? mem_str(colon + 1) : NULL;
	*list_push(&ret->deeds) = d;
	return 0;
}

int actions_parse(const struct ini *ini, const struct ini_entry *e, struct rule *ret,
		  struct err *err)
{
	const char *p = e->value;
	char text[80];

	while (next_part(&p, '|', text, sizeof text))
		if (one_action(ini, e, text, ret, err) < 0)
			return -1;
	return 0;
}
