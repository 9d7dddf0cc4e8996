/*
 * book_hold.c: the time that a booking list holds for its desk.
 *
 * Opening the list holds its first time that nobody else holds, a digit moves the hold, x and
 * leaving let go.  Holding helps and never hinders: when it cannot be written this moment, the list
 * stands without it.  The hold ends by itself: row 23 says so a minute before, and once it has.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/world.h"
#include "book.h"
#include "clinic/hold.h"

enum { LAST_MINUTE = 60 };

static const char *clock_of(struct moment m, char buf[DAY_TEXT])
{
	return minute_show(moment_minute(m), buf);
}

bool book_holds(const struct book *b, const struct offer *o)
{
	return !id_none(o->slot) && id_same(o->slot, b->held);
}

static int number_of(const struct book *b, struct id slot)
{
	list_each (r, &b->list)
		if (r->id == slot.n)
			return r->number;
	return 0;
}

static int take(struct ui *ui, struct book *b, const struct offer *o, struct err *err)
{
	struct hold_ask ask = { .service = b->service,
				.clinician = o->clinician,
				.starts = o->starts,
				.mins = b->want.mins,
				.kind = b->want.kind,
				.external = b->want.external,
				.share = b->want.share,
				.own = b->want.appt };
	char until[DAY_TEXT];

	if (book_capped(b))
		return -1;
	if (hold_take(ui->desk, &ask, &b->held, &b->held_until, err) < 0)
		return -1;
	b->warned = false;
	book_offer(ui, b, o);
	clock_of(b->held_until, until);
	if (b->agreed)
		ui_done(ui, "Agreed: the cap is %d now.  %d is held for you until %s.  u Undo",
			b->agreed, number_of(b, b->held), until);
	/* Another node's slot is kept from the desks of this one alone. */
	else if (o->theirs)
		ui_done(ui, "%d is held at this site until %s. Enter asks %.24s for it.",
			number_of(b, b->held), until, o->holder);
	else
		ui_done(ui, "%d is held for you until %s. Other desks see it as held.",
			number_of(b, b->held), until);
	b->agreed = 0;
	return 0;
}

void book_hold_first(struct ui *ui, struct book *b)
{
	struct err err = ERR_INIT;

	b->hold_first = false;
	list_each (o, &b->offers) {
		if (id_none(o->slot) || o->others)
			continue;
		list_select(&b->list, o->slot.n);
		take(ui, b, o, &err);
		return;
	}
}

enum next book_hold_selected(struct ui *ui, struct book *b)
{
	int at = list_at(&b->list);
	struct err err = ERR_INIT;

	if (book_capped(b))
		return book_capped_says(ui, b);
	if (at < 0 || id_none(b->offers.v[at].slot) || take(ui, b, &b->offers.v[at], &err) == 0)
		return STAY;
	/* Somebody has it, and is named; all else is for Enter to say. */
	return err.kind == ERR_CLASH ? ui_fail(ui, &err) : STAY;
}

/* After each load: does this desk still hold what it held? */
void book_hold_look(struct ui *ui, struct book *b)
{
	if (id_none(b->held))
		return;
	if (b->held_until.utc <= ui->desk->now.utc)
		b->held = (struct id){ 0 };
	list_each (o, &b->offers)
		if (id_same(o->slot, b->held) && !o->here)
			b->held = (struct id){ 0 };
}

enum next book_let_go(struct ui *ui, void *state)
{
	struct book *b = state;
	struct err err = ERR_INIT;

	if (id_none(b->held))
		return ui_failf(ui, "You hold no time here: 1 to 9 hold one.");
	if (hold_let_go(ui->desk, b->held, &err) < 0)
		return ui_fail(ui, &err);
	book_offer_ends(b, OFFER_DECLINED);
	ui_done(ui, "%d is let go: others may book it.", number_of(b, b->held));
	b->held = (struct id){ 0 };
	return REFRESH;
}

void book_hold_end(struct ui *ui, struct book *b)
{
	if (!id_none(b->held))
		hold_let_go(ui->desk, b->held, NULL);
	b->held = (struct id){ 0 };
}

int book_wake(struct ui *ui, void *state)
{
	struct book *b = state;
	char until[DAY_TEXT];
	int64_t left;

	if (id_none(b->held))
		return -1;
	left = b->held_until.utc - world_now(ui->desk->world).utc;
	if (left <= 0) {
		ui_warn(ui,
			"The hold ran out at %s: Enter still books, if it is free. 1-9 hold anew.",
			clock_of(b->held_until, until));
		b->held = (struct id){ 0 };
		return -1;
	}
	if (left <= LAST_MINUTE && !b->warned) {
		ui_warn(ui, "1 minute left: %d is held for you until %s. Its digit holds it anew.",
			number_of(b, b->held), clock_of(b->held_until, until));
		b->warned = true;
	}
	return (int)(left > LAST_MINUTE ? left - LAST_MINUTE : left) * 1000;
}
