/*
 * screen_series.c: S10: a whole course of sessions for one person, proposed and booked by one key.
 *
 * Nothing is held and nothing is booked until Enter; then all of it is, or nothing.  What another
 * desk books meanwhile is met there and proposed anew.  Rows that were changed by hand stay as they
 * are until the pattern is changed.
 *
 * `r` plans anew what is still to come, from one session on: what moves stands beside where it was,
 * and Enter moves all of it or nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/flag.h"
#include "clinic/phone.h"
#include "clinic/questionnaire.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "open.h"
#include "parking.h"
#include "people.h"
#include "series.h"

/* ---- loading ---- */

static void rows_into_list(struct course *c, bool refresh)
{
	int64_t *ids = mem_new(sizeof *ids * (c->s.rows.n + 1));
	int first = 0;

	for (size_t i = 0; i < c->s.rows.n; i++) {
		const struct series_row *r = &c->s.rows.v[i];

		/* A week that is skipped is not a row to act on. */
		ids[i] = id_none(r->clinician) ? 0 : (int64_t)i + 1;
		if (r->nth && !first)
			first = r->nth;
	}
	c->list.before = first ? first - 1 : 0;
	list_load(&c->list, ids, c->s.rows.n, refresh);
	mem_free(ids);
}

static int propose(struct ui *ui, struct course *c, const struct series_ask *ask, struct err *err)
{
	struct series s;

	if (series_propose(ui->desk, ask, &s, err) < 0)
		return -1;
	series_done(&c->s);
	c->s = s;
	c->touched = false;
	rows_into_list(c, false);
	return 0;
}

static int whose(struct ui *ui, struct course *c, struct err *err)
{
	struct phone_card card;
	struct episode e;

	if (series_episode(ui->desk, c->episode, &e, err) < 0 ||
	    who_load(ui, e.person, &c->who, err) < 0 ||
	    phone_card(ui->desk, e.person, &card, err) < 0)
		return -1;
	snprintf(c->number_of, sizeof c->number_of, "%s", e.number);
	c->priority = e.priority;
	snprintf(c->number, sizeof c->number, "%s", card.n ? card.v[0].number : "");
	return 0;
}

static int first_time(struct ui *ui, struct course *c, struct err *err)
{
	struct series_ask ask;

	if (series_usual(ui->desk, c->episode, c->again, &ask, err) < 0)
		return -1;
	if (propose(ui, c, &ask, err) < 0)
		return -1;
	course_form(ui, c);
	if (c->back) {
		args_free(&parcel_fields, c->back);
		c->back = NULL;
		if (course_read(ui, c, &ask, err) < 0 || propose(ui, c, &ask, err) < 0)
			return -1;
		c->touched = true;
	}
	return 0;
}

static int series_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct course *c = state;
	const struct service *s;

	if (id_none(c->episode))
		return err_set(err, ERR_MISSING, "Nobody is chosen: / finds a person.");
	if (whose(ui, c, err) < 0)
		return -1;
	if (!c->ready) {
		if (first_time(ui, c, err) < 0)
			return -1;
		c->anew = true;
	} else if (refresh && !c->touched && !c->editing) {
		struct series_ask ask = c->s.ask;

		if (propose(ui, c, &ask, err) < 0)
			return -1;
	}
	s = ref_service(ui->desk, c->s.service);
	if (c->again)
		ui_place(ui, "%.16s series, anew from %d", s ? s->name : "", c->again);
	else
		ui_place(ui, "%.40s series", s ? s->name : "");
	if (course_say(ui, c, err) < 0)
		return -1;
	if (c->anew)
		course_sum(ui, c);
	c->anew = false;
	return 0;
}

static void series_leave(struct ui *ui, void *state)
{
	struct course *c = state;

	(void)ui;
	series_done(&c->s);
	list_done(&c->list);
	course_form_done(c);
	mem_free(c->with);
	mem_free(c->room);
	if (c->back)
		args_free(&parcel_fields, c->back);
}

/* ---- drawing ---- */

static void series_layout(void *state, int rows, int cols)
{
	struct course *c = state;

	c->top = who_top(&c->who, cols);
	c->wide = cols >= 100;
	/* The head, the pattern, the heading; below a blank, the words, rows 23 and 24. */
	list_size(&c->list, rows - c->top - 2 - SERIES_WORDS - 2);
}

static void series_draw(struct canvas *c, const void *state)
{
	const struct course *k = state;
	int row;

	if (!k->ready)
		return;
	row = who_draw(c, &k->who);
	canvas_put(c, row, 1, BOLD, k->head);
	if (*k->flag)
		canvas_right(c, row, c->cols, BOLD | ALERT, k->flag);
	form_draw(c, &k->form, k->editing, row + 1 - 5);
	course_head(c, row + 2);
	list_draw(c, &k->list, row + 3, k->editing, course_row, k);
	if (*k->none && k->s.rows.n == 0) {
		canvas_put(c, row + 3, 3, PLAIN, k->none);
		if (!k->editing)
			canvas_cursor(c, row + 3, 1);
	}
	for (int i = 0; i < k->nwords; i++)
		canvas_padded(c, c->rows - 1 - SERIES_WORDS + i, 3, c->cols - 3, PLAIN,
			      k->words[i]);
}

static struct list *series_list(void *state)
{
	return &((struct course *)state)->list;
}

static struct form *series_form(void *state)
{
	struct course *c = state;

	return c->editing ? &c->form : NULL;
}

static enum next series_typed(struct ui *ui, void *state)
{
	(void)ui;
	((struct course *)state)->touched = true;
	return STAY;
}

static bool series_unsaved(const void *state)
{
	return ((const struct course *)state)->touched;
}

/* ---- booking ---- */

static struct series_row *selected(void *state)
{
	struct course *c = state;
	int at = list_at(&c->list);

	return at < 0 ? NULL : &c->s.rows.v[at];
}

static int some_row(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	return list_at(&((const struct course *)state)->list) >= 0
		       ? 0
		       : err_input(why, "", "There is no row to act on: Tab changes the pattern.");
}

/* Somebody was quicker: what is free now is proposed, and that is said. */
static enum next refused(struct ui *ui, struct course *c, const struct err *why)
{
	struct series_ask ask = c->s.ask;
	struct err err = ERR_INIT;
	int rc;

	if (why->kind != ERR_CLASH)
		return ui_fail(ui, why);
	rc = propose(ui, c, &ask, &err);
	if (rc < 0 || course_say(ui, c, &err) < 0)
		return ui_fail(ui, &err);
	return ui_fail(ui, why);
}

static enum next book_all(struct ui *ui, struct course *c)
{
	struct series_sum sum = series_sum(&c->s);
	struct err err = ERR_INIT;
	char when[DAY_TEXT] = "";

	c->s.ask.why = c->why;
	if (series_book(ui->desk, &c->s, &err) < 0)
		return refused(ui, c, &err);
	list_each (r, &c->s.rows)
		if (r->nth && !*when && (!c->again || series_moves(r)))
			moment_show(r->starts, when);
	ui_done(ui, "%.26s: %d %s, first %s.  u Undo", c->who.brief, c->again ? sum.moves : sum.all,
		c->again ? "planned anew" : "booked", when);
	ui_finished(ui, c);
	return BACK;
}

static enum next next_step(struct ui *ui, struct course *c);

static enum next another_number(struct ui *ui, void *state, const char *text)
{
	struct course *c = state;
	char kept[PHONE_DIGITS];

	if (!phone_parse(text, kept))
		return ui_failf(ui, "%.20s is no telephone number to ring back on.", text);
	snprintf(c->call_back, sizeof c->call_back, "%s", text);
	c->s.ask.call_back = c->call_back;
	c->s.ask.alone = true;
	return next_step(ui, c);
}

static enum next remote_answer(struct ui *ui, void *state, char key)
{
	struct course *c = state;

	if (key == 'o') {
		ask_text(ui, "They are alone there; ring back on:", false, 24, another_number);
		return STAY;
	}
	return another_number(ui, c, c->number);
}

static enum next with_reason(struct ui *ui, void *state, const char *text)
{
	struct course *c = state;

	snprintf(c->why, sizeof c->why, "%s", text);
	if (!*c->why)
		return ui_failf(ui, "Why somebody else is said, or With stays as it was.");
	return next_step(ui, c);
}

/* What is still to be asked, one after the other; then all of it is booked. */
static enum next next_step(struct ui *ui, struct course *c)
{
	static const struct answer alone[] = { { 'y', "yes" }, { 'o', "other number" }, { 0 } };
	static const struct answer number[] = { { 'o', "number" }, { 0 } };
	const struct clinician *before = ref_clinician(ui->desk, c->s.before);
	int remote = series_numberless(&c->s);

	if (before && !id_same(c->s.before, c->s.ask.clinician) && !*c->why) {
		char label[NAME_TEXT + 40];

		snprintf(label, sizeof label, "So far with %.30s: why somebody else?",
			 before->surname);
		ask_text(ui, label, false, 60, with_reason);
		return STAY;
	}
	if (remote) {
		ask(ui, *c->number ? alone : number, "keep", remote_answer,
		    "%d not in person: alone there, ring back on %s?", remote,
		    *c->number ? c->number : "which number");
		return STAY;
	}
	return book_all(ui, c);
}

static enum next pattern_done(struct ui *ui, struct course *c)
{
	struct series_ask ask = c->s.ask;
	struct date from = ask.from;
	struct err err = ERR_INIT;

	if (course_read(ui, c, &ask, &err) < 0)
		return ui_fail(ui, &err);
	/* Another day of the week is looked for in the week that stands there. */
	ask.from.n = from.n - date_weekday(from);
	if (propose(ui, c, &ask, &err) < 0)
		return ui_fail(ui, &err);
	c->s.ask.from = from;
	c->why[0] = '\0';
	c->editing = false;
	c->anew = true;
	c->touched = true;
	return REFRESH;
}

static enum next series_enter(struct ui *ui, void *state)
{
	struct course *c = state;

	if (c->editing)
		return pattern_done(ui, c);
	if (*c->none)
		return ui_failf(ui, "%s", c->none);
	return next_step(ui, c);
}

/* ---- the rows ---- */

static enum next changed(struct ui *ui, struct course *c)
{
	c->touched = true;
	c->anew = true;
	series_number(&c->s);
	(void)ui;
	return REFRESH;
}

static enum next series_skip(struct ui *ui, void *state)
{
	struct series_row *r = selected(state);

	r->off = !r->off;
	return changed(ui, state);
}

static enum next series_move(struct ui *ui, void *state)
{
	struct course *c = state;
	struct err err = ERR_INIT;

	if (series_step(ui->desk, &c->s, (size_t)list_at(&c->list), &err) < 0)
		return ui_fail(ui, &err);
	return changed(ui, c);
}

static enum next row_as_typed(struct ui *ui, void *state, const char *text)
{
	struct course *c = state;
	struct series_change to;
	struct err err = ERR_INIT;

	if (course_read_row(ui, selected(c), text, &to, &err) < 0 ||
	    series_change(ui->desk, &c->s, (size_t)list_at(&c->list), &to, &err) < 0)
		return ui_fail(ui, &err);
	return changed(ui, c);
}

static enum next series_row_edit(struct ui *ui, void *state)
{
	(void)state;
	ask_text(ui, "How, when, where (video, fri 11:00, room code)?", false, 30, row_as_typed);
	return STAY;
}

static enum next series_pattern(struct ui *ui, void *state)
{
	struct course *c = state;

	(void)ui;
	/* The screen's own Tab comes before the fields'. */
	if (c->editing)
		c->form.at = (c->form.at + 1) % c->form.n;
	else
		form_focus(&c->form, "every");
	c->editing = true;
	return STAY;
}

static enum next series_esc(struct ui *ui, void *state)
{
	struct course *c = state;

	if (!c->editing)
		return BACK;
	c->editing = false;
	course_form(ui, c);
	return STAY;
}

/* ---- planned anew ---- */

static enum next anew_from(struct ui *ui, struct course *c, int nth)
{
	struct series_ask ask;
	struct err err = ERR_INIT;

	if (series_usual(ui->desk, c->episode, nth, &ask, &err) < 0 ||
	    propose(ui, c, &ask, &err) < 0)
		return ui_fail(ui, &err);
	c->again = nth;
	c->why[0] = c->call_back[0] = '\0';
	c->editing = false;
	c->anew = true;
	course_form(ui, c);
	return REFRESH;
}

static enum next anew_typed(struct ui *ui, void *state, const char *text)
{
	struct course *c = state;
	char *end;
	long n = strtol(text, &end, 10);

	if (*end)
		return ui_failf(ui, "%.20s is no number of a session.", text);
	if (n < c->first || n > c->last)
		return ui_failf(ui, "Still to come are %d to %d: choose one of them.", c->first,
				c->last);
	return anew_from(ui, c, (int)n);
}

/* From which one on?  Where there is one alone, from that. */
static enum next series_anew(struct ui *ui, void *state)
{
	struct course *c = state;
	struct sittings all = { 0 };
	struct err err = ERR_INIT;
	char label[80];

	if (series_sessions(ui->desk, c->episode, &all, &err) < 0)
		return ui_fail(ui, &err);
	c->first = c->last = 0;
	list_each (s, &all)
		if (series_to_come(ui->desk, &s->a)) {
			c->first = c->first ? c->first : s->nth;
			c->last = s->nth;
		}
	list_free(&all);
	if (c->first == 0)
		return ui_failf(ui, "No session is still to come: Enter books what is proposed.");
	if (c->first == c->last)
		return anew_from(ui, c, c->first);
	snprintf(label, sizeof label, "Plan anew from which session on (%d to %d)?", c->first,
		 c->last);
	ask_text(ui, label, false, 2, anew_typed);
	return STAY;
}

/* ---- more than the cap ---- */

static enum next lead_says(struct ui *ui, struct course *c, bool agreed, int more, const char *why)
{
	struct err err = ERR_INIT;
	struct series_ask ask = c->s.ask;

	if (cap_answer(ui->desk, c->episode, agreed, more, why, &err) < 0)
		return ui_fail(ui, &err);
	ask.count = 0;
	if (propose(ui, c, &ask, &err) < 0)
		return ui_fail(ui, &err);
	course_form(ui, c);
	ui_done(ui, agreed ? "Agreed: the cap is %d now.  u Undo" : "Declined.  u Undo",
		c->s.cap.cap);
	return REFRESH;
}

static enum next agreed_why(struct ui *ui, void *state, const char *text)
{
	return lead_says(ui, state, true, 0, text);
}

static enum next declined_why(struct ui *ui, void *state, const char *text)
{
	return lead_says(ui, state, false, 0, text);
}

static enum next lead_answer(struct ui *ui, void *state, char key)
{
	(void)state;
	ask_text(ui, key == 'a' ? "Agreed: why?" : "Declined: why?", false, 100,
		 key == 'a' ? agreed_why : declined_why);
	return STAY;
}

/* "2 still off work": how many, and why. */
static enum next more_typed(struct ui *ui, void *state, const char *text)
{
	struct course *c = state;
	struct err err = ERR_INIT;
	char *why;
	long n = strtol(text, &why, 10);

	why += strspn(why, " ,:");
	if (n < 1 || !*why)
		return ui_failf(ui, "How many more, and why: 2 still off work.");
	if (user_may(&ui->desk->user, RIGHT_LEAD, c->s.service, ui->desk->site.id))
		return lead_says(ui, c, true, (int)n, why);
	if (cap_ask(ui->desk, c->episode, (int)n, why, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%ld more asked for: the lead has it as a task.  u Undo", n);
	return REFRESH;
}

static enum next series_more(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 'a', "agree" }, { 'd', "decline" }, { 0 } };
	const struct course *c = state;
	bool lead = user_may(&ui->desk->user, RIGHT_LEAD, c->s.service, ui->desk->site.id);

	if (c->s.cap.asked && !lead)
		return ui_failf(ui, "More are asked for already: the lead answers.");
	if (c->s.cap.asked)
		ask(ui, answers, "keep", lead_answer,
		    "More sessions are asked for %.30s:", c->who.brief);
	else
		ask_text(ui, "How many more, and why (2 still off work)?", false, 100, more_typed);
	return STAY;
}

/* ---- questionnaires ---- */

enum { ASKED_MOST = 8 };
static struct asked_form asked_forms[ASKED_MOST];
static struct answer asked_keys[ASKED_MOST + 1];

static enum next which_form(struct ui *ui, void *state, char key)
{
	const struct course *c = state;

	for (int i = 0; asked_keys[i].key; i++)
		if (asked_keys[i].key == key)
			return open_questionnaire(ui, c->episode, c->s.person, asked_forms[i].form);
	return STAY;
}

/* Their letters are those of their names. */
static enum next series_questionnaire(struct ui *ui, void *state)
{
	struct course *c = state;
	struct asked_forms all = { 0 };
	struct err err = ERR_INIT;
	int n = 0;

	if (!desk_clinical(ui->desk, c->s.service))
		return ui_failf(ui, "Whoever sees them fills that in.");
	if (questionnaires_of(ui->desk, c->s.service, &all, &err) < 0)
		return ui_fail(ui, &err);
	memset(asked_keys, 0, sizeof asked_keys);
	list_each (f, &all) {
		bool taken = n == ASKED_MOST;

		for (int i = 0; i < n && !taken; i++)
			taken = asked_keys[i].key == f->form[0];
		if (taken)
			continue;
		asked_forms[n] = *f;
		asked_keys[n] = (struct answer){ f->form[0], asked_forms[n].form };
		n++;
	}
	list_free(&all);
	if (n == 0)
		return ui_failf(ui, "There is no questionnaire of this service.");
	ask(ui, asked_keys, "none", which_form, "Which?");
	return STAY;
}

static enum next series_alerts(struct ui *ui, void *state)
{
	return open_alerts(ui, ((struct course *)state)->s.person);
}

/* ---- parked ---- */

static bool series_park(const struct ui *ui, const void *state, struct parked *ret,
			struct parcel *texts)
{
	const struct course *c = state;
	char id[ID_TEXT], nth[16];

	(void)ui;
	if (!c->ready || !c->touched)
		return false;
	ret->person = c->s.person;
	ret->private_ = true;
	snprintf(ret->who, sizeof ret->who, "%s", c->who.name);
	snprintf(ret->what, sizeof ret->what, "Series");
	snprintf(ret->place, sizeof ret->place, "%d proposed", series_sum(&c->s).all);
	parcel_put(texts, "episode", id_text(c->episode, id));
	snprintf(nth, sizeof nth, "%d", c->again);
	parcel_put(texts, "again", nth);
	parcel_form(texts, &c->form);
	return true;
}

static enum next series_resume(struct ui *ui, const struct parked *was, const struct parcel *texts)
{
	struct course *c = ui_push(ui, &screen_series);

	(void)was;
	id_parse(parcel_get(texts, "episode"), &c->episode);
	c->again = (int)strtol(parcel_get(texts, "again"), NULL, 10);
	c->back = parcel_copy(texts);
	return STAY;
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "book",
	  .label = "Book all",
	  .help = "book all that is proposed",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = series_enter },
	{ .key = "Space",
	  .name = "skip",
	  .label = "Skip row",
	  .help = "leave a row out, take it in",
	  .commits = true,
	  .act = series_skip,
	  .may = some_row },
	{ .key = "m",
	  .name = "move",
	  .label = "Move row",
	  .help = "the next free time that week",
	  .commits = true,
	  .act = series_move,
	  .may = some_row },
	{ .key = "e",
	  .name = "change",
	  .label = "Change row",
	  .help = "its mode, time or room",
	  .commits = true,
	  .act = series_row_edit,
	  .may = some_row },
	{ .key = "r",
	  .name = "anew",
	  .help = "plan anew from a session on",
	  .roles = APPT_ROLES,
	  .act = series_anew },
	{ .key = "Tab",
	  .name = "pattern",
	  .label = "Pattern",
	  .help = "how often, when, with whom",
	  .act = series_pattern },
	{ .key = "E",
	  .name = "extend",
	  .help = "more than the cap: the lead",
	  .roles = APPT_ROLES,
	  .serious = true,
	  .commits = true,
	  .act = series_more },
	{ .key = "q",
	  .name = "questionnaire",
	  .help = "fill in a questionnaire",
	  .roles = ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR,
	  .act = series_questionnaire },
	{ .key = "Esc F12", .name = "leave", .act = series_esc },
	KEY_ALERTS(series_alerts),
	{ 0 },
};

const struct screen screen_series = { .name = "series",
				      .title = "BOOK",
				      .state = sizeof(struct course),
				      .layout = series_layout,
				      .load = series_load,
				      .draw = series_draw,
				      .leave = series_leave,
				      .list = series_list,
				      .form = series_form,
				      .typed = series_typed,
				      .unsaved = series_unsaved,
				      .park = series_park,
				      .resume = series_resume,
				      .keys = keys };

enum next open_series(struct ui *ui, struct id episode, int again)
{
	struct course *c = ui_push(ui, &screen_series);

	c->episode = episode;
	c->again = again;
	return STAY;
}
