/* series.c: a course of sessions: proposed, booked, planned anew; how many there may be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/booking.h"
#include "clinic/questionnaire.h"
#include "clinic/refs.h"
#include "clinic/series.h"

/* ---- the pattern ---- */

/* week, 2weeks, "3 weeks" */
static int read_every(struct cli *c, int *ret, struct err *err)
{
	const char *text = cli_opt(c, "every");
	char *end;
	long n;

	if (!text)
		return 0;
	n = strtol(text, &end, 10);
	if (end == text)
		n = 1;
	end += strspn(end, " ");
	if (strcmp(end, "week") != 0 && strcmp(end, "weeks") != 0)
		return err_input(err, "every", "--every is week or 2weeks, not \"%s\".", text);
	*ret = (int)n;
	return 0;
}

static int read_day(struct cli *c, int *ret, struct err *err)
{
	const char *day = cli_opt(c, "day");

	return day ? cli_weekday(day, "day", ret, err) : 0;
}

static int read_who(struct cli *c, struct series_ask *ask, struct err *err)
{
	const char *code = cli_opt(c, "clinician"), *mode = cli_opt(c, "mode");
	const struct clinician *who;

	if (mode && !mode_parse(mode, &ask->mode))
		return err_set(err, ERR_USAGE, "--mode is face, phone or video, not \"%s\".", mode);
	if (!code)
		return 0;
	if (find_clinician(&c->desk, code, &who, err) < 0)
		return -1;
	ask->clinician = who->id;
	return 0;
}

/* What is not said is as usual. */
static int read_ask(struct cli *c, bool again, struct series_ask *ret, struct err *err)
{
	const char *number;
	struct id episode;
	int from_nth = 0;

	if (cli_need(c, "referral", &number, err) < 0 ||
	    booking_episode(&c->desk, number, &episode, err) < 0)
		return -1;
	if (again && cli_opt_int(c, "session", 1, 99, &from_nth, err) < 0)
		return -1;
	if (again && !from_nth)
		return err_set(err, ERR_USAGE, "--session N is needed: plan anew from which on?");
	if (series_usual(&c->desk, episode, from_nth, ret, err) < 0)
		return -1;
	ret->why = cli_opt(c, "why");
	ret->call_back = cli_opt(c, "call-back");
	ret->alone = cli_opt(c, "private-place") != NULL;
	return read_every(c, &ret->every, err) < 0 || read_day(c, &ret->weekday, err) < 0 ||
			       cli_opt_minute(c, "time", &ret->minute, err) < 0 ||
			       read_who(c, ret, err) < 0 ||
			       cli_opt_date(c, "from", &ret->from, err) < 0 ||
			       (!again &&
				cli_opt_int(c, "count", 1, SERIES_COUNT_MOST, &ret->count, err) < 0)
		       ? -1
		       : 0;
}

/* ---- rows ---- */

static void put(struct cli *c, const struct series_row *r)
{
	const struct site *site = ref_site(&c->desk, r->site);
	const struct clinician *who = ref_clinician(&c->desk, r->clinician);
	const struct room *room = ref_room(&c->desk, r->room);
	char day[DAY_TEXT];

	if (r->nth)
		out_int(&c->out, r->nth);
	else
		out_text(&c->out, NULL);
	if (id_none(r->clinician))
		out_text(&c->out, date_iso(r->wished, day));
	else
		out_moment(&c->out, r->starts);
	out_int(&c->out, r->mins);
	out_text(&c->out, site ? site->code : NULL);
	out_text(&c->out, who ? who->code : NULL);
	out_text(&c->out, id_none(r->clinician) ? NULL : mode_word(r->mode));
	out_text(&c->out, room ? room->code : NULL);
	out_text(&c->out, id_none(r->clinician) ? "skipped" : "proposed");
	out_text(&c->out, *r->note ? r->note : NULL);
	if (moment_none(r->was))
		out_text(&c->out, NULL);
	else
		out_moment(&c->out, r->was);
}

static void print(struct cli *c, const struct series *s)
{
	static const char *const columns[] = { "session",   "start", "minutes", "site",
					       "clinician", "mode",  "room",	"state",
					       "note",	    "was",   NULL };

	out_begin(&c->out, columns);
	list_each (r, &s->rows)
		put(c, r);
	out_end(&c->out);
}

/* Fewer than were asked for are not booked unasked. */
static int whole(struct cli *c, const struct series *s, struct err *err)
{
	char day[DAY_TEXT];
	const struct clinician *who = ref_clinician(&c->desk, s->ask.clinician);
	int n = series_sum(s).all;

	if (n >= s->ask.count)
		return 0;
	if (date_none(s->published))
		return err_input(err, "clinician", "The diary of %s is not published.",
				 who ? who->surname : "that clinician");
	return err_set(err, ERR_CLASH, "Only %d of %d can be had: that diary is published to %s.",
		       n, s->ask.count, date_show(s->published, day));
}

static int run(struct cli *c, bool again, bool books, struct err *err)
{
	struct series_ask ask;
	struct series s = { 0 };
	int rc;

	if (read_ask(c, again, &ask, err) < 0 || series_propose(&c->desk, &ask, &s, err) < 0)
		return -1;
	rc = books || !s.rows.n ? whole(c, &s, err) : 0;
	if (rc == 0 && books)
		rc = series_book(&c->desk, &s, err);
	if (rc == 0 && !books)
		print(c, &s);
	series_done(&s);
	return rc;
}

static const char *state_of(const struct sitting *s)
{
	return s->counted ? "counted" : appt_state_code(s->a.state);
}

/* The sessions that count, as they stand. */
static int show(struct cli *c, struct id episode, struct err *err)
{
	static const char *const columns[] = { "id",	"session",   "start", "minutes",
					       "site",	"clinician", "mode",  "room",
					       "state", "call_back", "alone", NULL };
	struct sittings all = { 0 };

	if (series_sessions(&c->desk, episode, &all, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (s, &all) {
		const struct site *site = ref_site(&c->desk, s->a.site);
		const struct clinician *who = ref_clinician(&c->desk, s->a.clinician);
		const struct room *room = ref_room(&c->desk, s->a.room);

		out_id(&c->out, s->a.id);
		out_int(&c->out, s->nth);
		out_moment(&c->out, s->a.starts);
		out_int(&c->out, s->a.mins);
		out_text(&c->out, site ? site->code : NULL);
		out_text(&c->out, who ? who->code : NULL);
		out_text(&c->out, mode_word(s->a.mode));
		out_text(&c->out, room ? room->code : NULL);
		out_text(&c->out, state_of(s));
		out_text(&c->out, s->a.call_back);
		out_text(&c->out, !*s->a.call_back ? NULL : s->a.alone ? "yes" : "no");
	}
	out_end(&c->out);
	list_free(&all);
	return 0;
}

static int propose_run(struct cli *c, struct err *err)
{
	return run(c, cli_opt(c, "session") != NULL, false, err);
}

static int booked(struct cli *c, bool again, struct err *err)
{
	struct id episode;

	if (run(c, again, true, err) < 0 ||
	    booking_episode(&c->desk, cli_opt(c, "referral"), &episode, err) < 0)
		return -1;
	return show(c, episode, err);
}

static int book_run(struct cli *c, struct err *err)
{
	return booked(c, false, err);
}

static int replan_run(struct cli *c, struct err *err)
{
	return booked(c, true, err);
}

static int show_run(struct cli *c, struct err *err)
{
	struct id episode;

	if (booking_episode(&c->desk, c->args[0], &episode, err) < 0)
		return -1;
	return show(c, episode, err);
}

static int cap_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "cap",  "agreed", "used", "booked", "left",
					       "seen", "missed", "late", "notice", NULL };
	struct id episode;
	struct cap cap;

	if (booking_episode(&c->desk, c->args[0], &episode, err) < 0 ||
	    cap_of(&c->desk, episode, &cap, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	out_int(&c->out, cap.cap);
	out_int(&c->out, cap.more);
	out_int(&c->out, cap.used);
	out_int(&c->out, cap.booked);
	out_int(&c->out, cap.left);
	out_int(&c->out, cap.seen);
	out_int(&c->out, cap.missed);
	out_int(&c->out, cap.late);
	out_int(&c->out, cap.by.notice);
	out_end(&c->out);
	return 0;
}

/* ---- questionnaires ---- */

static int scores_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "at",   "form",	"title",  "score", "value",
					       "band", "first", "change", NULL };
	struct score_lines all = { 0 };
	struct id episode;

	if (booking_episode(&c->desk, c->args[0], &episode, err) < 0 ||
	    questionnaire_scores(&c->desk, episode, &all, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (l, &all) {
		out_moment(&c->out, l->at);
		out_text(&c->out, l->form);
		out_text(&c->out, l->title);
		out_text(&c->out, l->name);
		out_int(&c->out, l->value);
		out_text(&c->out, l->band);
		if (l->first)
			out_text(&c->out, NULL);
		else
			out_int(&c->out, l->was);
		out_text(&c->out, *l->change ? l->change : NULL);
	}
	out_end(&c->out);
	list_free(&all);
	return 0;
}

static int fill_run(struct cli *c, struct err *err)
{
	const char *form, *answers;
	struct id episode;

	if (cli_need(c, "form", &form, err) < 0 || cli_need(c, "answers", &answers, err) < 0 ||
	    booking_episode(&c->desk, c->args[0], &episode, err) < 0 ||
	    questionnaire_file(&c->desk, episode, form, answers, err) < 0)
		return -1;
	return scores_run(c, err);
}

static const struct option fill_options[] = {
	{ "form", "NAME", "phq9, gad7, core10 ...: form list" },
	{ "answers", "FILE", "one section [answers], a line NAME = KEY for each question" },
	{ 0 },
};

/* ---- more than the cap ---- */

static int more_asked(struct cli *c, struct id *ret, int *ret_more, const char **ret_why,
		      struct err *err)
{
	return booking_episode(&c->desk, c->args[0], ret, err) < 0 ||
			       cli_opt_int(c, "more", 1, 99, ret_more, err) < 0 ||
			       cli_need(c, "why", ret_why, err) < 0
		       ? -1
		       : 0;
}

static int extend_run(struct cli *c, struct err *err)
{
	struct id episode;
	const char *why;
	int more = 0;

	if (more_asked(c, &episode, &more, &why, err) < 0)
		return -1;
	if (more == 0)
		return err_set(err, ERR_USAGE, "--more N is needed: how many more?");
	if (cap_ask(&c->desk, episode, more, why, err) < 0)
		return -1;
	return cap_run(c, err);
}

static int answered(struct cli *c, bool agreed, struct err *err)
{
	struct id episode;
	const char *why;
	int more = 0;

	if (more_asked(c, &episode, &more, &why, err) < 0 ||
	    cap_answer(&c->desk, episode, agreed, more, why, err) < 0)
		return -1;
	return cap_run(c, err);
}

static int agree_run(struct cli *c, struct err *err)
{
	return answered(c, true, err);
}

static int decline_run(struct cli *c, struct err *err)
{
	return answered(c, false, err);
}

static const struct option extend_options[] = {
	{ "more", "N", "how many more than the cap" },
	{ "why", "TEXT", "clinical: for the lead" },
	{ 0 },
};
static const struct option answer_options[] = {
	{ "more", "N", "by the lead alone, when nobody has asked" },
	{ "why", "TEXT", "clinical: why, or why not" },
	{ 0 },
};

#define PATTERN                                                                                    \
	{ "referral", "ID", "whose course: its number or id" },                                    \
		{ "every", "week|2weeks", "how often; every week unless said" },                   \
		{ "day", "DAY", "thu; as the last session unless said" },                          \
		{ "time", "HH:MM", "the same" }, { "clinician", "CODE", "the same" },              \
		{ "mode", "face|phone|video", "the same" },                                        \
	{                                                                                          \
		"from", "DATE", "not before that day"                                              \
	}
#define REMOTE                                                                                     \
	{ "call-back", "NUMBER", "by telephone or video: where to ring when the line breaks" },    \
		{ "private-place", NULL, "... and they can speak there alone" },                   \
	{                                                                                          \
		"why", "TEXT", "why with somebody else than before"                                \
	}

static const struct option propose_options[] = {
	PATTERN,
	{ "count", "N", "how many; what the cap leaves unless said" },
	{ "session", "N", "how they would be planned anew from that one on" },
	{ 0 },
};
static const struct option book_options[] = {
	PATTERN,
	{ "count", "N", "how many; what the cap leaves unless said" },
	REMOTE,
	{ 0 },
};
static const struct option replan_options[] = {
	PATTERN,
	{ "session", "N", "from which one on" },
	REMOTE,
	{ 0 },
};

const struct command series_commands[] = {
	{ "series", "propose", "", "a course of sessions as it could be booked; books nothing",
	  propose_options, 0, 0, 0, propose_run },
	{ "series", "book", "", "books all of it or nothing; then the sessions as they stand",
	  book_options, 0, 0, 0, book_run },
	{ "series", "replan", "",
	  "moves those that are still to come, from one on, or none of them", replan_options, 0, 0,
	  0, replan_run },
	{ "series", "show", "REFERRAL", "the sessions that count, with their numbers", NULL, 1, 1,
	  0, show_run },
	{ "series", "cap", "REFERRAL", "how many there may be, and what counts of them", NULL, 1, 1,
	  0, cap_run },
	{ "series", "fill", "REFERRAL", "takes a questionnaire in; then the scores", fill_options,
	  1, 1, 0, fill_run },
	{ "series", "scores", "REFERRAL", "scores of its questionnaires, and what changed", NULL, 1,
	  1, 0, scores_run },
	{ "series", "extend", "REFERRAL", "asks the lead for more sessions than the cap",
	  extend_options, 1, 1, 0, extend_run },
	{ "series", "agree", "REFERRAL", "the lead agrees: the cap grows", answer_options, 1, 1, 0,
	  agree_run },
	{ "series", "decline", "REFERRAL", "the lead does not agree", answer_options, 1, 1, 0,
	  decline_run },
	{ 0 },
};
