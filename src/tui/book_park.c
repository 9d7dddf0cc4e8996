/*
 * book_park.c: a booking that was begun: for whom, what was searched for, which time was chosen.
 *
 * The hold is let go, never parked.  Resumed, the list is searched anew, and the chosen time is
 * held again when nobody else has it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "book.h"
#include "clinic/refs.h"
#include "parking.h"

/* The time that is held, else the one that is selected. */
static const struct offer *chosen(const struct book *b)
{
	int at = list_at(&b->list);

	for (size_t i = 0; i < b->offers.n; i++)
		if (book_holds(b, &b->offers.v[i]))
			return &b->offers.v[i];
	return at >= 0 && !id_none(b->offers.v[at].slot) ? &b->offers.v[at] : NULL;
}

bool book_park(const struct ui *ui, const void *state, struct parked *ret, struct parcel *texts)
{
	const struct book *b = state;
	const struct service *s = ref_service(ui->desk, b->service);
	const struct offer *o;
	char until[DAY_TEXT], day[DAY_TEXT];

	if (!b->ready || !s)
		return false;
	o = chosen(b);
	ret->person = b->person;
	ret->private_ = s->private_;
	snprintf(ret->who, sizeof ret->who, "%s", b->who.name);
	snprintf(ret->what, sizeof ret->what, "%s %.30s", id_none(b->appt) ? "Book" : "Move",
		 s->brief);
	/* A list has no room for the year: the day is near. */
	if (o)
		snprintf(ret->place, sizeof ret->place, "%.6s %.5s %.20s",
			 date_show(moment_date(o->starts), day), o->clock, o->with);
	else
		snprintf(ret->place, sizeof ret->place, "no time chosen");
	if (!id_none(b->held))
		snprintf(ret->note, sizeof ret->note,
			 "The time was held to %s and is let go. Enter searches again.",
			 minute_show(moment_minute(b->held_until), until));
	parcel_put_id(texts, "person", b->person);
	parcel_put_id(texts, "service", b->service);
	parcel_put_id(texts, "appt", b->appt);
	parcel_put_id(texts, "slot", o ? o->slot : (struct id){ 0 });
	parcel_put(texts, "by", b->by_service ? "service" : "person");
	parcel_form(texts, &b->wish.form);
	return true;
}

static void open_on(struct ui *ui, const struct screen *screen, const struct parcel *texts)
{
	struct book *b = ui_push(ui, screen);

	b->person = parcel_get_id(texts, "person");
	b->service = parcel_get_id(texts, "service");
	b->appt = parcel_get_id(texts, "appt");
	b->by_service = strcmp(parcel_get(texts, "by"), "service") == 0;
	b->back = mem_new(sizeof *b->back);
	list_each (t, &texts->texts)
		parcel_put(b->back, t->name, t->value);
}

enum next book_resume(struct ui *ui, const struct parked *was, const struct parcel *texts)
{
	(void)was;
	open_on(ui, id_none(parcel_get_id(texts, "appt")) ? &screen_book : &screen_move, texts);
	return STAY;
}

void book_wish_back(struct book *b)
{
	if (b->back)
		parcel_to_form(b->back, &b->wish.form);
}

void book_hold_back(struct ui *ui, struct book *b)
{
	struct id slot = parcel_get_id(b->back, "slot");

	args_free(&parcel_fields, b->back);
	b->back = NULL;
	b->touched = true;
	if (!id_none(slot) && list_select(&b->list, slot.n)) {
		b->hold_first = false;
		book_hold_selected(ui, b);
		return;
	}
	book_hold_first(ui, b);
	if (!id_none(slot))
		ui_warn(ui, "The time that was chosen is taken. These are free now.");
}
