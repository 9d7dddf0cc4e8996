/*
 * clash_do.c: one of the offers about a clash is done, and the clash settled, in one user act.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/clash_words.h"
#include "clinic/people_act.h"
#include "clinic/task.h"
#include "store/after.h"
#include "store/clashes.h"

bool offer_asks(enum offer_kind kind)
{
	static const bool asks[] = {
#define X(name, words) words,
		OFFER_KINDS(X)
#undef X
	};

	return asks[kind];
}

static int book(struct desk *desk, const struct clash_facts *f, const struct clash_offer *o,
		const char *why, struct err *err)
{
	const struct appt *lost = &f->mine.row.a;
	struct booking_ask ask = { .person = lost->person,
				   .service = lost->service,
				   .episode = lost->episode,
				   .clinician = o->clinician,
				   .starts = o->starts,
				   .mins = lost->mins,
				   .mode = lost->mode,
				   .over_why = o->kind == OFFER_OVERBOOK ? why : NULL };
	struct id appt;

	return booking_book(desk, &ask, &appt, err);
}

static int take_value(struct desk *desk, const struct clash_facts *f, const struct clash *c,
		      struct id person, struct err *err)
{
	struct people *p = mem_new(sizeof *p);
	int rc;

	p->scope = mem_str(f->scope);
	p->source = mem_str("desk");
	p->person = person;
	people_add_edit(p, c->a, c->tab, c->col, c->note, *f->now ? f->now : NULL,
			*c->mine ? c->mine : NULL);
	rc = act_do(desk, &act_person_set, p, err);
	args_free(&act_person_set.fields, p);
	return rc;
}

static int take_state(struct desk *desk, const struct clash_facts *f, const struct clash *c,
		      struct err *err)
{
	struct mark_ask ask = { .base = &f->mine.row.a.state };
	enum appt_state to = APPT_BOOKED;

	appt_state_parse(c->note, &to);
	return booking_mark(desk, c->a, to, &ask, err);
}

static int hand_on(struct desk *desk, const struct clash_view *v, struct err *err)
{
	struct task_ask ask = { .kind = TASK_CHECK,
				.to = { .role = "administrator" },
				.due = desk->now,
				.person = v->row.person };
	char text[TASK_TEXT];
	struct id id;

	snprintf(text, sizeof text, "Could not be done (%s): %s.  %s", v->row.c.mine, v->row.c.note,
		 v->n ? v->v[v->n - 1].here : "");
	text[text_fit(text, TASK_COLUMNS)] = '\0';
	ask.text = text;
	return task_add(desk, &ask, &id, err);
}

/* The task to ring them about it ends with it. */
static int not_wanted(struct desk *desk, const struct clash_view *v, struct err *err)
{
	struct task_ids open = { 0 };
	int rc = tasks_rebooking(desk->store, v->row.c.a, (struct id){ 0 }, &open, err);

	for (size_t i = 0; rc == 0 && i < open.n; i++) {
		struct task_row t;

		rc = task_one(desk, open.v[i], &t, err);
		if (rc == 0)
			rc = task_done(desk, open.v[i],
				       task_outcome_find(t.t.kind, "not_wanted") ? "not_wanted"
										 : TASK_OTHER,
				       "no new time is wanted", err);
	}
	list_free(&open);
	return rc;
}

/* What comes before the settling. */
static int first(struct desk *desk, const struct clash_facts *f, const struct clash_view *v,
		 const struct clash_offer *o, const char *words, struct err *err)
{
	const struct clash *c = &v->row.c;

	switch (o->kind) {
	case OFFER_BOOK:
	case OFFER_OVERBOOK:
		return book(desk, f, o, words, err);
	case OFFER_TAKE:
		return clash_of_edit(c, v->row.person) ? take_value(desk, f, c, v->row.person, err)
						       : take_state(desk, f, c, err);
	case OFFER_HAND:
		return hand_on(desk, v, err);
	case OFFER_UNWANTED:
		return not_wanted(desk, v, err);
	case OFFER_STANDS:
	case OFFER_WORDS:
		return 0;
	case OFFER_PAIR:
	case OFFER_MOVE:
	case OFFER_DIARY:
		break;
	}
	return err_set(err, ERR_INPUT, "That is done on its own screen: then settle it here.");
}

/* Two desks may look at one: the second is told, and nothing is done twice. */
static int still_open(struct desk *desk, struct id id, struct err *err)
{
	struct clash now;
	char when[DAY_TEXT];

	if (clash_get(desk->store, id, &now, err) < 0)
		return -1;
	if (now.open)
		return 0;
	return err_set(err, ERR_CLASH, "%s has settled that already, %s.",
		       *now.closer ? now.closer : "Somebody",
		       moment_said(now.closed_at, desk->today, when));
}

/* Unless what was done has settled it by itself. */
static int settle_still(struct desk *desk, struct id id, const char *how, struct err *err)
{
	struct clash now;

	if (clash_get(desk->store, id, &now, err) < 0)
		return -1;
	return now.open ? clash_settle(desk, id, how, err) : 0;
}

static void said(struct desk *desk, const struct clash_view *v, const struct clash_offer *o,
		 char *ret, size_t n)
{
	char when[DAY_TEXT];
	bool books = o->kind == OFFER_BOOK || o->kind == OFFER_OVERBOOK;

	if (books && *desk->promise)
		snprintf(ret, n, "%.30s %s %s.  %s.  Settled.", v->row.surname,
			 o->asked ? "asked for" : "booked", moment_show(o->starts, when),
			 desk->promise);
	else if (books)
		snprintf(ret, n, "%.30s %s %s.  Settled.", v->row.surname,
			 o->asked ? "asked for, to be confirmed," : "booked",
			 moment_show(o->starts, when));
	else
		snprintf(ret, n, "Settled: %s.", *o->how ? o->how : "as you said");
}

int clash_do(struct desk *desk, const struct clash_view *view, int k, const char *words,
	     char *ret_said, size_t n, struct err *err)
{
	const struct clash_offer *o;
	struct clash_facts f;
	char how[2 * WORDS_TEXT];
	bool own;
	int rc;

	if (k < 0 || k >= view->offered)
		return err_set(err, ERR_INPUT, "There is no such offer: look again.");
	o = &view->offers[k];
	snprintf(how, sizeof how, "%s%s%s", o->how, *o->how && words && *words ? ": " : "",
		 words ? words : "");
	if (offer_asks(o->kind) && (!words || !*words))
		return err_input(err, "how", "Say how it was settled: it stays on the record.");
	if (act_join(desk, &own, err) < 0)
		return -1;
	rc = still_open(desk, view->row.c.id, err);
	if (rc == 0)
		rc = clash_facts(desk, &view->row, &f, err);
	if (rc == 0)
		rc = first(desk, &f, view, o, words, err);
	if (rc == 0)
		rc = settle_still(desk, view->row.c.id, how, err);
	rc = act_part(desk, own, rc, err);
	if (rc == 0)
		said(desk, view, o, ret_said, n);
	return rc;
}
