/*
 * wait.c: the waiting list: who is on it, put on, changed, taken off.
 *
 * Each command that changes one prints its row as it stands afterwards.
 */
#include <string.h>

#include "base/alloc.h"
#include "cli/appt.h"
#include "cli/referral.h"
#include "cli/tables.h"
#include "clinic/booking.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "clinic/wait.h"
#include "model/person.h"
#include "model/when.h"

static const char *const columns[] = { "id",	"number",   "person_id", "person", "service",
				       "state", "priority", "seen_by",	 "wish",   "booked",
				       "since", "born",	    "why",	 NULL };

static void put_row(struct cli *c, const struct wait_row *r)
{
	const struct service *s = ref_service(&c->desk, r->w.service);
	char name[PERSON_TEXT], wish[WISH_TEXT];
	bool waits = r->w.state == WAIT_WAITING;

	out_id(&c->out, r->w.id);
	out_text(&c->out, r->number);
	out_id(&c->out, r->w.person);
	out_text(&c->out, person_show(r->surname, r->given, r->title, name));
	out_text(&c->out, s ? s->code : NULL);
	out_text(&c->out, waits && !r->on ? "met" : wait_state_code(r->w.state));
	out_int(&c->out, r->priority);
	out_date(&c->out, r->target);
	out_text(&c->out, wait_wish_show(&c->desk, &r->w.wish, wish));
	out_moment(&c->out, r->starts);
	out_moment(&c->out, r->w.since);
	out_date(&c->out, r->born);
	out_text(&c->out, *r->w.why ? r->w.why : NULL);
}

static int print_one(struct cli *c, struct id wait, struct err *err)
{
	struct wait_row r;

	if (wait_one(&c->desk, wait, &r, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	put_row(c, &r);
	out_end(&c->out);
	return 0;
}

static int list_run(struct cli *c, struct err *err)
{
	struct wait_rows rows = { 0 };
	struct id service = { 0 };

	if (opt_service_id(c, &service, err) < 0 || wait_rows(&c->desk, service, &rows, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (r, &rows)
		put_row(c, r);
	out_end(&c->out);
	list_free(&rows);
	return 0;
}

/* ---- the wish ---- */

static int opt_modes(const struct cli *c, unsigned *ret, struct err *err)
{
	const char *text = cli_opt(c, "mode");
	char *words;
	enum mode first;
	bool known;

	if (!text)
		return 0;
	words = mem_str(text);
	for (char *p = words; *p; p++)
		if (*p == ',')
			*p = ' ';
	known = modes_parse(words, ret, &first);
	mem_free(words);
	return known ? 0
		     : err_set(err, ERR_USAGE, "--mode is some of face, phone, video, not \"%s\".",
			       text);
}

static int read_wish(struct cli *c, struct wait_ask *ask, struct err *err)
{
	const char *sites = cli_opt(c, "sites"), *when = cli_opt(c, "when");
	const struct clinician *who;
	struct when times = { 0 };
	int notice = -1;

	if (sites && strlen(sites) >= sizeof ask->wish.sites)
		return err_input(err, "sites", "Those are too many sites: name fewer.");
	if (cli_opt(c, "clinician")) {
		if (find_clinician(&c->desk, cli_opt(c, "clinician"), &who, err) < 0)
			return -1;
		ask->wish.clinician = who->id;
	}
	if ((when && when_parse(when, &times, err) < 0) ||
	    opt_modes(c, &ask->wish.modes, err) < 0 ||
	    cli_opt_days(c, "days", &times.days, err) < 0 ||
	    cli_opt_minute(c, "after", &times.after, err) < 0 ||
	    cli_opt_minute(c, "before", &times.before, err) < 0 ||
	    cli_opt_int(c, "notice", 0, 28 * 24, &notice, err) < 0 ||
	    cli_opt_date(c, "from", &ask->wish.from, err) < 0)
		return -1;
	memcpy(ask->wish.sites, sites ? sites : "", strlen(sites ? sites : "") + 1);
	ask->wish.days = times.days;
	ask->wish.after = times.after;
	ask->wish.before = times.before;
	ask->short_notice = notice == 0;
	ask->wish.notice = notice < 0 ? 0 : notice;
	return 0;
}

/* The one named, or the person's open one with a service. */
static int which_episode(struct cli *c, struct id *ret, struct err *err)
{
	const char *number = cli_opt(c, "referral"), *person, *service;
	struct id who, what = { 0 };

	if (number)
		return booking_episode(&c->desk, number, ret, err);
	if (cli_need(c, "person", &person, err) < 0 || cli_need(c, "service", &service, err) < 0 ||
	    intake_named(&c->desk, person, &who, err) < 0 || opt_service_id(c, &what, err) < 0)
		return -1;
	return wait_episode(&c->desk, who, what, ret, err);
}

static int add_run(struct cli *c, struct err *err)
{
	struct wait_ask ask = { .wish.from = DATE_NONE };
	struct id id;

	if (which_episode(c, &ask.episode, err) < 0 || read_wish(c, &ask, err) < 0 ||
	    wait_add(&c->desk, &ask, &id, err) < 0)
		return -1;
	return print_one(c, id, err);
}

static int set_run(struct cli *c, struct err *err)
{
	struct wait_ask ask = { .wish.from = DATE_NONE };
	struct id id;

	if (wait_named(&c->desk, c->args[0], &id, err) < 0 || read_wish(c, &ask, err) < 0 ||
	    wait_set(&c->desk, id, &ask, err) < 0)
		return -1;
	return print_one(c, id, err);
}

static int remove_run(struct cli *c, struct err *err)
{
	const char *why;
	struct id id;

	if (cli_need(c, "why", &why, err) < 0 || wait_named(&c->desk, c->args[0], &id, err) < 0 ||
	    wait_remove(&c->desk, id, why, err) < 0)
		return -1;
	return print_one(c, id, err);
}

/* ---- a freed time ---- */

/* A slot, or the appointment that left it free. */
static int slot_arg(struct cli *c, struct id *ret, struct err *err)
{
	struct err no = ERR_INIT;
	struct hole hole;
	struct id id;

	if (cli_id(c->args[0], "a slot", &id, err) < 0)
		return -1;
	if (wait_hole(&c->desk, id, &hole, &no) == 0) {
		*ret = id;
		return 0;
	}
	if (no.kind == ERR_MISSING)
		return wait_hole_of(&c->desk, id, ret, err);
	if (err)
		*err = no;
	return -1;
}

static int fit_run(struct cli *c, struct err *err)
{
	static const char *const names[] = { "id",	"number",   "person_id", "person", "suits",
					     "why_not", "priority", "seen_by",	 "wish",   "booked",
					     "tried",	"until",    "born",	 NULL };
	bool all = cli_opt(c, "all") != NULL;
	struct wait_offers list = { 0 };
	char name[PERSON_TEXT], wish[WISH_TEXT], suits[SUITS_TEXT];
	const struct moment none = { 0 };
	struct id slot;
	int fit;

	if (slot_arg(c, &slot, err) < 0 || wait_fitting(&c->desk, slot, &list, &fit, err) < 0)
		return -1;
	out_begin(&c->out, names);
	list_each (o, &list) {
		if (o->fit >= WAIT_UNFIT && !all)
			continue;
		out_id(&c->out, o->r.w.id);
		out_text(&c->out, o->r.number);
		out_id(&c->out, o->r.w.person);
		out_text(&c->out, person_show(o->r.surname, o->r.given, o->r.title, name));
		out_text(&c->out, wait_suits(o, suits));
		out_text(&c->out, o->fit == WAIT_YES ? NULL : wait_fit_why(o->fit));
		out_int(&c->out, o->r.priority);
		out_date(&c->out, o->r.target);
		out_text(&c->out, wait_wish_show(&c->desk, &o->r.w.wish, wish));
		out_moment(&c->out, o->r.starts);
		out_text(&c->out, *o->answer ? o->answer : *o->how ? o->how : NULL);
		out_moment(&c->out, *o->answer ? none : o->until);
		out_date(&c->out, o->r.born);
	}
	out_end(&c->out);
	list_free(&list);
	return 0;
}

/* What came of it: yes, or how it is noted. */
static int opt_result(struct cli *c, bool *ret_yes, enum wait_how *ret, struct err *err)
{
	const char *word;

	if (cli_need(c, "result", &word, err) < 0)
		return -1;
	*ret_yes = strcmp(word, "yes") == 0;
	if (*ret_yes || wait_how_parse(word, ret))
		return 0;
	return err_set(err, ERR_USAGE, "--result is yes, said_no, no_answer or text, not \"%s\".",
		       word);
}

static int offer_run(struct cli *c, struct err *err)
{
	enum wait_how how = WAIT_NO_ANSWER;
	struct id slot, wait, appt;
	struct moment until;
	bool yes;
	int rc;

	if (opt_result(c, &yes, &how, err) < 0 || slot_arg(c, &slot, err) < 0 ||
	    wait_named(&c->desk, c->args[1], &wait, err) < 0)
		return -1;
	if (yes)
		rc = wait_take(&c->desk, wait, slot, &appt, err);
	else if (how == WAIT_TEXTED)
		rc = wait_text(&c->desk, wait, slot, &until, err);
	else
		rc = wait_tried(&c->desk, wait, slot, how, cli_opt(c, "why"), err);
	return rc < 0 ? -1 : yes ? appt_print(c, appt, err) : print_one(c, wait, err);
}

/* ---- the table ---- */

static const struct option fit_options[] = {
	{ "all", NULL, "whom it does not fit too, and why not" },
	{ 0 },
};
static const struct option offer_options[] = {
	{ "result", "WORD",
	  "yes: booked; said_no, no_answer: noted; text: offered in one, kept for half an hour" },
	{ "why", "TEXT", "why they said no" },
	{ 0 },
};

static const struct option list_options[] = {
	{ "service", "CODE", "of this service" },
	{ 0 },
};
#define WISH_OPTIONS                                                                               \
	{ "clinician", "CODE", "only with them" },                                                 \
		{ "sites", "CODES", "where they can get to: ngt,hbr; any unless said" },           \
		{ "when", "WORDS", "\"mon,thu after 15:00\", mornings ...; any unless said" },     \
		{ "days", "mon,thu", "on these days of the week" },                                \
		{ "after", "HH:MM", "starts then or later" },                                      \
		{ "before", "HH:MM", "ends then or earlier" },                                     \
		{ "mode", "MODES", "some of face,phone,video; the service's usual unless said" },  \
		{ "notice", "HOURS", "hours of notice that they need; 24 unless said" },           \
	{                                                                                          \
		"from", "DATE", "not before this day"                                              \
	}
static const struct option add_options[] = {
	{ "referral", "ID", "number or id of the referral or episode" },
	{ "person", "ID", "or of whom, with --service" },
	{ "service", "CODE", "the person's open episode with it" },
	WISH_OPTIONS,
	{ 0 },
};
static const struct option set_options[] = {
	WISH_OPTIONS,
	{ 0 },
};
static const struct option remove_options[] = {
	{ "why", "TEXT", "the reason" },
	{ 0 },
};

const struct command wait_commands[] = {
	{ "wait", "list", "", "who waits for a freed time, in the order in which it is offered",
	  list_options, 0, 0, 0, list_run },
	{ "wait", "add", "",
	  "puts somebody on the waiting list, or who is booked for something earlier", add_options,
	  0, 0, 0, add_run },
	{ "wait", "set", "ID", "what would do for them from now on, as a whole", set_options, 1, 1,
	  0, set_run },
	{ "wait", "remove", "ID", "takes them off the list, and says why", remove_options, 1, 1, 0,
	  remove_run },
	{ "wait", "fit", "SLOT",
	  "who fits a free time, or the one that an appointment left, best first", fit_options, 1,
	  1, 0, fit_run },
	{ "wait", "offer", "SLOT ID",
	  "what came of offering it to one who waits; yes books, and frees what they had",
	  offer_options, 2, 2, 0, offer_run },
	{ 0 },
};
