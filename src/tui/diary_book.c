/*
 * diary_book.c: b and E on a row of the diary: somebody found, and booked into that very time or
 * beside it.  One is asked at a time, so the time is kept here while the find screen is open, and
 * held, so that no other desk books it meanwhile.
 */
#include <stdio.h>

#include "book.h"
#include "clinic/booking.h"
#include "clinic/desk.h"
#include "clinic/hold.h"
#include "clinic/refs.h"
#include "diary.h"

static struct {
	struct id clinician, service, held;
	struct moment starts;
	char purpose[NAME_TEXT + 64];
} place;

static void keep(struct ui *ui, const struct day_view *v, const struct line *l, const char *what)
{
	const struct clinician *c = ref_clinician(ui->desk, v->clinician);

	place.clinician = v->clinician;
	place.service = l->service;
	place.starts = l->starts;
	snprintf(place.purpose, sizeof place.purpose, "%s %s %s", what, l->clock,
		 c ? c->surname : "");
}

static enum next found(struct ui *ui, struct id person)
{
	struct booking_ask ask = { .person = person,
				   .service = place.service,
				   .clinician = place.clinician,
				   .starts = place.starts };
	const struct clinician *c;
	struct err err = ERR_INIT;
	struct who who;
	struct id appt;
	char when[DAY_TEXT];

	if (booking_book(ui->desk, &ask, &appt, &err) < 0 || who_load(ui, person, &who, &err) < 0)
		return ui_fail(ui, &err);
	c = ref_clinician(ui->desk, place.clinician);
	ui_done(ui, "%s booked %s, %s.  u Undo", who.brief, moment_show(place.starts, when),
		c ? c->surname : "");
	return REFRESH;
}

void diary_book_end(struct ui *ui)
{
	if (!id_none(place.held))
		hold_let_go(ui->desk, place.held, NULL);
	place.held = (struct id){ 0 };
}

enum next diary_book(struct ui *ui, void *state)
{
	const struct day_view *v = state;
	struct err err = ERR_INIT;
	struct moment until;
	const struct line *l = diary_selected(v);

	if (!l)
		return ui_failf(ui, "There is no time on this row.  F5 reads the day anew.");
	if (!id_none(l->verb.appt) && id_none(l->verb.person))
		return ui_failf(ui, "Private: who this is for is known to its own desk only.");
	if (!id_none(l->verb.appt))
		return open_booking(ui, l->verb.person, l->service);
	if (!l->free)
		return ui_failf(ui, "%s %s cannot be booked.  E overbooks, for who may.", l->clock,
				l->part);
	keep(ui, v, l, "BOOK");
	if (hold_take_slot(ui->desk, l->slot, 0, &until, &err) == 0)
		place.held = l->slot;
	else if (err.kind == ERR_CLASH)
		return ui_fail(ui, &err);
	return open_find(ui, place.purpose, found, NULL);
}

static enum next found_over(struct ui *ui, struct id person)
{
	return book_over_at(ui, person, place.service, place.clinician, place.starts);
}

enum next diary_over(struct ui *ui, void *state)
{
	const struct day_view *v = state;
	const struct line *l = diary_selected(v);

	if (!l)
		return ui_failf(ui, "There is no time on this row.  F5 reads the day anew.");
	if (!book_may_over(ui, l->service))
		return ui_failf(ui, "%s may not overbook: ask somebody who may.",
				ui->desk->user.name);
	keep(ui, v, l, "OVERBOOK");
	return open_find(ui, place.purpose, found_over, NULL);
}
