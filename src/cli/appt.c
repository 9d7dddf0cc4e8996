/*
 * appt.c: appointments: booked, moved, cancelled, taken in, finished, listed.
 *
 * Each command that changes one prints its row as it stands afterwards.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/appt.h"
#include "cli/tables.h"
#include "clinic/attempt.h"
#include "clinic/desklist.h"
#include "clinic/intake.h"
#include "clinic/message.h"
#include "clinic/print.h"
#include "clinic/refs.h"
#include "model/need.h"

/* ---- rows ---- */

static const char *const appt_columns[] = {
	"id",	"start", "minutes", "site", "clinician", "service", "person_id", "person", "state",
	"code", "kind",	 "mode",    "mark", "outcome",	 "needs",   "flags",	 NULL
};

static void put_row(struct cli *c, const struct desk_row *d)
{
	const struct appt *a = &d->row.a;
	char needs[NEEDS_WORDS];
	const struct site *site = ref_site(&c->desk, a->site);
	const struct clinician *clinician = ref_clinician(&c->desk, a->clinician);
	const struct service *service = ref_service(&c->desk, a->service);

	out_id(&c->out, a->id);
	out_moment(&c->out, a->starts);
	out_int(&c->out, a->mins);
	out_text(&c->out, site ? site->code : NULL);
	out_text(&c->out, clinician ? clinician->code : NULL);
	out_text(&c->out, d->masked || !service ? "Private" : service->code);
	out_id(&c->out, a->person);
	out_text(&c->out, d->name);
	out_text(&c->out, appt_state_code(a->state));
	out_text(&c->out, *a->code ? a->code : NULL);
	out_text(&c->out, d->masked ? NULL : appt_kind_word(a->kind));
	out_text(&c->out, d->masked ? NULL : mode_word(a->mode));
	out_text(&c->out, id_none(a->over_by) ? NULL : "OVER");
	out_text(&c->out, a->outcome == OUTCOME_NONE ? NULL : outcome_code(a->outcome));
	needs_all(d->row.needs, d->row.interpreter, needs);
	out_text(&c->out, *needs ? needs : NULL);
	out_text(&c->out, *d->flags ? d->flags : NULL);
}

int appt_print(struct cli *c, struct id appt, struct err *err)
{
	struct desk_row row;

	if (desk_appt(&c->desk, appt, &row, err) < 0)
		return -1;
	out_begin(&c->out, appt_columns);
	put_row(c, &row);
	out_end(&c->out);
	return 0;
}

/* ---- what is asked for ---- */

static int opt_mode(const struct cli *c, enum mode *ret, struct err *err)
{
	const char *word = cli_opt(c, "mode");

	if (word && !mode_parse(word, ret))
		return err_set(err, ERR_USAGE, "--mode is face, phone or video, not \"%s\".", word);
	return 0;
}

static int opt_episode(struct cli *c, struct id *ret, struct err *err)
{
	const char *text = cli_opt(c, "referral");

	return text ? booking_episode(&c->desk, text, ret, err) : 0;
}

static int opt_clinician(const struct cli *c, struct id *ret, struct err *err)
{
	const char *code = cli_opt(c, "clinician");
	const struct clinician *clinician;

	if (!code)
		return 0;
	if (find_clinician(&c->desk, code, &clinician, err) < 0)
		return -1;
	*ret = clinician->id;
	return 0;
}

int appt_asked(struct cli *c, struct booking_ask *ask, struct err *err)
{
	const char *person, *code;
	const struct service *service;

	if (cli_need(c, "person", &person, err) < 0 || cli_need(c, "service", &code, err) < 0 ||
	    intake_named(&c->desk, person, &ask->person, err) < 0 ||
	    find_service(&c->desk, code, &service, err) < 0 ||
	    opt_episode(c, &ask->episode, err) < 0 || opt_mode(c, &ask->mode, err) < 0 ||
	    opt_clinician(c, &ask->clinician, err) < 0)
		return -1;
	ask->service = service->id;
	return cli_opt_int(c, "length", 5, 480, &ask->mins, err);
}

/* ---- booking ---- */

static int book_run(struct cli *c, struct err *err)
{
	struct booking_ask ask = { .over_why = cli_opt(c, "overbook") };
	const char *at, *who;
	struct id id;

	if (cli_need(c, "clinician", &who, err) < 0 || cli_need(c, "at", &at, err) < 0 ||
	    appt_asked(c, &ask, err) < 0 || cli_moment(c, at, &ask.starts, err) < 0 ||
	    booking_book(&c->desk, &ask, &id, err) < 0)
		return -1;
	return appt_print(c, id, err);
}

static int walkin_run(struct cli *c, struct err *err)
{
	struct booking_ask ask = { .over_why = cli_opt(c, "overbook") };
	struct id id;

	if (appt_asked(c, &ask, err) < 0 || booking_walkin(&c->desk, &ask, &id, err) < 0)
		return -1;
	return appt_print(c, id, err);
}

static int move_run(struct cli *c, struct err *err)
{
	struct move_ask ask = { .why = cli_opt(c, "why") };
	const char *at = cli_opt(c, "at"), *by = cli_opt(c, "by");
	struct id id;

	if (!at && !cli_opt(c, "clinician") && !cli_opt(c, "length"))
		return err_set(err, ERR_USAGE, "Where to?  appt move ID --at \"DATE TIME\".");
	if (by && (!*by || !cancel_by_parse(by, &ask.by)))
		return err_set(err, ERR_USAGE, "--by is person or service, not \"%s\".", by);
	if (cli_id(c->args[0], "appointment", &id, err) < 0 ||
	    opt_clinician(c, &ask.clinician, err) < 0 ||
	    (at && cli_moment(c, at, &ask.starts, err) < 0) ||
	    cli_opt_int(c, "length", 5, 480, &ask.mins, err) < 0 ||
	    booking_move(&c->desk, id, &ask, err) < 0)
		return -1;
	return appt_print(c, id, err);
}

static int cancel_run(struct cli *c, struct err *err)
{
	const char *by_word, *why;
	enum cancel_by by = CANCEL_NOT;
	struct id id;

	if (cli_need(c, "by", &by_word, err) < 0 || cli_need(c, "why", &why, err) < 0)
		return -1;
	if (!cancel_by_parse(by_word, &by) || by == CANCEL_NOT)
		return err_set(err, ERR_USAGE, "--by is person, service or error, not \"%s\".",
			       by_word);
	if (cli_id(c->args[0], "appointment", &id, err) < 0 ||
	    booking_cancel(&c->desk, id, by, why, err) < 0)
		return -1;
	return appt_print(c, id, err);
}

/* ---- the way through the day ---- */

static int mark(struct cli *c, enum appt_state to, struct err *err)
{
	struct id id;

	if (cli_id(c->args[0], "appointment", &id, err) < 0 ||
	    booking_mark(&c->desk, id, to, NULL, err) < 0)
		return -1;
	return appt_print(c, id, err);
}

static int arrive_run(struct cli *c, struct err *err)
{
	return mark(c, APPT_ARRIVED, err);
}

static int room_run(struct cli *c, struct err *err)
{
	return mark(c, APPT_IN_ROOM, err);
}

/* ---- what comes after ---- */

static int opt_reason(const struct cli *c, enum end_reason *ret, struct err *err)
{
	const char *code = cli_opt(c, "reason");

	if (code && (!*code || !end_parse(code, ret)))
		return err_set(err, ERR_USAGE,
			       "\"%s\" ends no episode: ohdesk help appt seen lists the reasons.",
			       code);
	return 0;
}

/* again, the word of the screens: booked again by a later command. */
static int opt_outcome(const struct cli *c, struct after_ask *ask, struct err *err)
{
	const char *code = cli_opt(c, "outcome");

	if (!code || strcmp(code, "later") == 0)
		return 0;
	if (strcmp(code, "again") == 0)
		ask->outcome = OUTCOME_REBOOK;
	else if (!outcome_parse(code, &ask->outcome) ||
		 (ask->outcome != OUTCOME_DISCHARGE && ask->outcome != OUTCOME_REVIEW))
		return err_set(err, ERR_USAGE,
			       "--outcome is discharge, again, review or later, not \"%s\".", code);
	return 0;
}

/* Seen; and when it was marked so already, only the outcome. */
static int seen_run(struct cli *c, struct err *err)
{
	struct after_ask after = { .review = DATE_NONE };
	struct mark_ask ask = { .after = &after };
	struct desk_row row;
	struct id id;
	int rc;

	if (cli_id(c->args[0], "appointment", &id, err) < 0 || opt_outcome(c, &after, err) < 0 ||
	    opt_reason(c, &after.reason, err) < 0 ||
	    cli_opt_date(c, "review", &after.review, err) < 0 ||
	    desk_appt(&c->desk, id, &row, err) < 0)
		return -1;
	if (row.row.a.state == APPT_SEEN && after.outcome != OUTCOME_NONE)
		rc = after_record(&c->desk, id, &after, err);
	else
		rc = booking_mark(&c->desk, id, APPT_SEEN, &ask, err);
	return rc < 0 ? -1 : appt_print(c, id, err);
}

static int dna_run(struct cli *c, struct err *err)
{
	struct after_ask after = { .review = DATE_NONE };
	struct mark_ask ask = { .after = &after };
	const char *then = cli_opt(c, "then");
	struct id id;

	if (then && strcmp(then, "close") == 0)
		after = (struct after_ask){ .outcome = OUTCOME_DISCHARGE,
					    .reason = END_DNA,
					    .review = DATE_NONE };
	else if (then)
		after.outcome = OUTCOME_OFFER;
	if (then && strcmp(then, "ring") == 0)
		after.ring = true;
	else if (then && strcmp(then, "text") == 0)
		after.text = true;
	else if (then && strcmp(then, "wait") == 0)
		after.wait = true;
	else if (then && strcmp(then, "rebook") != 0 && strcmp(then, "close") != 0)
		return err_set(err, ERR_USAGE,
			       "--then is rebook, text, ring, wait or close, not \"%.16s\".", then);
	if (cli_id(c->args[0], "appointment", &id, err) < 0 ||
	    booking_mark(&c->desk, id, APPT_DNA, &ask, err) < 0)
		return -1;
	return appt_print(c, id, err);
}

int need_result(const struct cli *c, enum try_result *ret, struct err *err)
{
	const char *word;

	if (cli_need(c, "result", &word, err) < 0)
		return -1;
	return try_parse(word, ret)
		       ? 0
		       : err_set(err, ERR_USAGE,
				 "--result is spoke, no_answer, wrong_number or other_person.");
}

static int try_run(struct cli *c, struct err *err)
{
	enum try_result result;
	struct attempt tried;
	struct id id;

	if (need_result(c, &result, err) < 0 || cli_id(c->args[0], "appointment", &id, err) < 0 ||
	    attempt(&c->desk, id, (struct id){ 0 }, result, &tried, err) < 0)
		return -1;
	return appt_print(c, id, err);
}

static int unfinished_of(struct cli *c, struct id clinician, struct desk_rows *ret, struct err *err)
{
	if (!id_none(clinician))
		return after_unfinished(&c->desk, clinician, ret, err);
	list_each (who, &c->desk.refs->clinicians)
		if (after_unfinished(&c->desk, who->id, ret, err) < 0)
			return -1;
	return 0;
}

/* Their own for who has a diary; everybody's for anybody else. */
static int unfinished_run(struct cli *c, struct err *err)
{
	struct id clinician = c->desk.user.clinician;
	struct desk_rows rows = { 0 };
	int rc = -1;

	if (opt_clinician(c, &clinician, err) == 0 &&
	    unfinished_of(c, clinician, &rows, err) == 0) {
		out_begin(&c->out, appt_columns);
		list_each (d, &rows)
			put_row(c, d);
		out_end(&c->out);
		rc = 0;
	}
	desk_rows_done(&rows);
	return rc;
}

static int late_run(struct cli *c, struct err *err)
{
	return mark(c, APPT_LATE, err);
}

static int undo_run(struct cli *c, struct err *err)
{
	struct id id;

	if (cli_id(c->args[0], "appointment", &id, err) < 0 ||
	    booking_undo(&c->desk, id, NULL, 0, err) < 0)
		return -1;
	return appt_print(c, id, err);
}

/* ---- lists ---- */

static int opt_states(const struct cli *c, unsigned *ret, struct err *err)
{
	const char *words = cli_opt(c, "state");

	for (const char *p = words; p && *p;) {
		size_t n = strcspn(p, ",");
		char *word = mem_strn(p, n);
		enum appt_state s;
		bool known = appt_state_parse(word, &s);

		if (!known)
			err_set(err, ERR_USAGE,
				"\"%s\" is no state: booked, arrived, in_room, seen, dna, late, cancelled ...",
				word);
		mem_free(word);
		if (!known)
			return -1;
		*ret |= 1u << s;
		p += n + (p[n] == ',');
	}
	return 0;
}

/* A day; of a person every day, unless one is named. */
static int list_filter(struct cli *c, struct appt_filter *f, struct err *err)
{
	const char *person = cli_opt(c, "person"), *code = cli_opt(c, "site");
	const struct site *site = NULL;
	struct date day = c->desk.today;

	if ((person && intake_named(&c->desk, person, &f->person, err) < 0) ||
	    (code && find_site(&c->desk, code, &site, err) < 0) ||
	    opt_clinician(c, &f->clinician, err) < 0 || cli_opt_date(c, "date", &day, err) < 0 ||
	    opt_states(c, &f->states, err) < 0)
		return -1;
	f->site = site ? site->id : (struct id){ 0 };
	f->today = c->desk.today;
	f->from = f->to = person && !cli_opt(c, "date") ? DATE_NONE : day;
	return 0;
}

static int list_run(struct cli *c, struct err *err)
{
	struct appt_filter f = { 0 };
	struct desk_rows rows = { 0 };

	if (list_filter(c, &f, err) < 0 || desk_appts(&c->desk, &f, &rows, err) < 0)
		return -1;
	out_begin(&c->out, appt_columns);
	list_each (d, &rows)
		put_row(c, d);
	out_end(&c->out);
	desk_rows_done(&rows);
	return 0;
}

/* What somebody takes home, shown or printed. */
static int slip_run(struct cli *c, struct err *err)
{
	struct buf slip = { 0 };
	struct id id;
	int rc = cli_id(c->args[0], "appointment", &id, err);

	if (rc == 0)
		rc = message_slip(&c->desk, id, &slip, err);
	if (rc == 0 && cli_opt(c, "print"))
		rc = print_slip(&c->desk, "Appointment slip", slip.s, err);
	else if (rc == 0)
		out_lines(&c->out, slip.s);
	buf_done(&slip);
	return rc;
}

static int history_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "at", "user", "what", "why", "id", NULL };
	struct trail list = { 0 };
	struct id id;

	if (cli_id(c->args[0], "appointment", &id, err) < 0 ||
	    desk_history(&c->desk, id, &list, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	list_each (h, &list) {
		out_moment(&c->out, h->at);
		out_text(&c->out, h->user);
		out_text(&c->out, h->what);
		out_text(&c->out, *h->why ? h->why : NULL);
		out_id(&c->out, h->id);
	}
	out_end(&c->out);
	list_free(&list);
	return 0;
}

/* ---- the table ---- */

static const struct option book_options[] = {
	OPT_WHO,
	{ "clinician", "CODE", "with whom" },
	{ "at", "\"DATE TIME\"", "when it starts" },
	{ "overbook", "REASON", "although no slot is free: needs the right, and says why" },
	{ 0 },
};
static const struct option walkin_options[] = {
	OPT_WHO,
	{ "clinician", "CODE", "with whom; whoever is free first unless said" },
	{ "overbook", "REASON", "into a running session when nobody is free" },
	{ 0 },
};
static const struct option move_options[] = {
	{ "at", "\"DATE TIME\"", "the new time; the same unless said" },
	{ "clinician", "CODE", "another clinician" },
	{ "length", "MIN", "another length" },
	{ "by", "WHO", "who asked: person (unless said) or service" },
	{ "why", "TEXT", "the reason" },
	{ 0 },
};
static const struct option cancel_options[] = {
	{ "by", "WHO", "person, service, or error (should never have been)" },
	{ "why", "TEXT", "the reason" },
	{ 0 },
};
static const struct option list_options[] = {
	{ "date", "DATE", "the day; today unless said" },
	{ "site", "CODE", "at one site" },
	{ "clinician", "CODE", "of one clinician" },
	{ "person", "ID", "of one person, on every day unless --date says one" },
	{ "state", "STATES",
	  "booked, arrived, in_room, seen, dna, late, cancelled ... with commas" },
	{ 0 },
};

static const struct option seen_options[] = {
	{ "outcome", "WORD", "discharge, again, review, or later: by their clinician" },
	{ "reason", "CODE",
	  "of a discharge: goals self improved no_change worse onward emergency cap dna"
	  " cancelled declined unsuitable left transferred unreached"
	  " duplicate died" },
	{ "review", "DATE", "the day by which they are to be seen again" },
	{ 0 },
};
static const struct option dna_options[] = {
	{ "then", "WORD",
	  "rebook, text, ring, wait (list), or close, with its letter; usual: rebook, then close" },
	{ 0 },
};
static const struct option try_options[] = {
	{ "result", "WORD", "spoke, no_answer, wrong_number or other_person" },
	{ 0 },
};
static const struct option unfinished_options[] = {
	{ "clinician", "CODE", "of one clinician; your own unless said, or everybody's" },
	{ 0 },
};
static const struct option slip_options[] = { { "print", NULL, "to the printer for slips" },
					      { 0 } };

const struct command appt_commands[] = {
	{ "appt", "book", "", "books a time with a clinician", book_options, 0, 0, 0, book_run },
	{ "appt", "earliest", "", "books the first time that fits", earliest_options, 0, 0, 0,
	  earliest_run },
	{ "appt", "move", "ID", "to another time or clinician", move_options, 1, 1, 0, move_run },
	{ "appt", "cancel", "ID", "cancels: by whom and why", cancel_options, 1, 1, 0, cancel_run },
	{ "appt", "walkin", "", "books and takes in somebody who came without a booking",
	  walkin_options, 0, 0, 0, walkin_run },
	{ "appt", "arrive", "ID", "they are here", NULL, 1, 1, 0, arrive_run },
	{ "appt", "room", "ID", "they are in the room", NULL, 1, 1, 0, room_run },
	{ "appt", "seen", "ID", "they were seen, and what came of it", seen_options, 1, 1, 0,
	  seen_run },
	{ "appt", "dna", "ID", "they did not attend, and what follows", dna_options, 1, 1, 0,
	  dna_run },
	{ "appt", "try", "ID", "they were rung: what became of it", try_options, 1, 1, 0, try_run },
	{ "appt", "unfinished", "", "seen without an outcome, or never marked", unfinished_options,
	  0, 0, 0, unfinished_run },
	{ "appt", "late", "ID", "they came too late to be seen", NULL, 1, 1, 0, late_run },
	{ "appt", "undo", "ID", "takes back its last change", NULL, 1, 1, 0, undo_run },
	{ "appt", "list", "", "the appointments of a day, a clinician or a person", list_options, 0,
	  0, 0, list_run },
	{ "appt", "slip", "ID", "the slip that the person takes home", slip_options, 1, 1, 0,
	  slip_run },
	{ "appt", "history", "ID", "who did what to it, and when", NULL, 1, 1, 0, history_run },
	{ 0 },
};
