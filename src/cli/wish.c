/* wish.c: the options that say which free times would do: of slot find, slot why, appt earliest. */
#include <string.h>

#include "base/text.h"
#include "cli/wish.h"
#include "clinic/needs.h"
#include "clinic/refs.h"
#include "model/need.h"

/* Whatever is said of whom is instead of what was decided of it. */
static int read_with(struct cli *c, struct id person, struct search *s, struct err *err)
{
	const char *with = cli_opt(c, "with"), *skill = cli_opt(c, "skill");

	if ((with || skill) && !cli_opt(c, "clinician")) {
		s->clinician = (struct id){ 0 };
		s->skill[0] = '\0';
	}
	if (skill)
		COPY(s->skill, skill);
	if (!with || strcmp(with, "any") == 0 || gender_parse(with, &s->gender))
		return 0;
	if (strcmp(with, "same") != 0)
		return err_set(err, ERR_USAGE, "--with is woman, man, same or any, not \"%s\".",
			       with);
	if (id_none(person))
		return err_set(err, ERR_USAGE, "--with same needs --person: the same as whose?");
	return search_same(&c->desk, person, s->service, &s->clinician, err);
}

static int read_needs(struct cli *c, struct id person, struct search *s, struct err *err)
{
	const char *needs = cli_opt(c, "needs"), *bad = NULL;
	char interpreter[CODE_TEXT];

	if (!needs)
		return 0;
	if (strcmp(needs, "own") == 0) {
		if (id_none(person))
			return err_set(err, ERR_USAGE, "--needs own needs --person: whose?");
		return needs_of(&c->desk, person, &s->needs, interpreter, err);
	}
	if (!needs_parse(needs, &s->needs, &bad))
		return err_set(err, ERR_USAGE,
			       "--needs is own, or words such as step_free, hearing or quiet.");
	return 0;
}

int opt_wish(struct cli *c, struct id person, struct search *s, struct err *err)
{
	const struct site *site = NULL;
	struct date from = DATE_NONE;
	const char *code = cli_opt(c, "site");

	if (code && strcmp(code, "any") == 0) {
		s->site = (struct id){ 0 };
		code = NULL;
	}
	if ((code && find_site(&c->desk, code, &site, err) < 0) ||
	    cli_opt_date(c, "from", &from, err) < 0 || cli_opt_date(c, "by", &s->by, err) < 0 ||
	    cli_opt_minute(c, "after", &s->after, err) < 0 ||
	    cli_opt_minute(c, "before", &s->before, err) < 0 ||
	    cli_opt_days(c, "days", &s->days, err) < 0 || read_with(c, person, s, err) < 0 ||
	    read_needs(c, person, s, err) < 0)
		return -1;
	if (site)
		s->site = site->id;
	if (!date_none(from))
		s->from = wall_moment(from, 0);
	return 0;
}
