/*
 * book_said.c: the times that were offered to whoever is on the line, and what became of each.
 *
 * A time is offered while the list holds it.  They are kept in memory until the booking carries
 * them, or the list is left without one; so an offer costs nothing by itself.  A process that is
 * killed takes its offers with it, as it takes what was said.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "book.h"
#include "clinic/desk.h"
#include "clinic/offer.h"

static struct offer_made made_of(const struct ui *ui, const struct book *b, const struct offer *o,
				 enum offer_end became)
{
	return (struct offer_made){ .site = o->at,
				    .clinician = o->clinician,
				    .starts = o->starts,
				    .at = ui->desk->now,
				    .mode = b->search.mode ? b->search.mode : b->want.mode,
				    .became = became };
}

static bool is_said(const struct book *b, const struct offer *o)
{
	const struct offer_made *last = b->said.n ? &b->said.v[b->said.n - 1] : NULL;

	return b->saying && last->starts.utc == o->starts.utc &&
	       id_same(last->clinician, o->clinician) &&
	       last->mode == (b->search.mode ? b->search.mode : b->want.mode);
}

void book_offer(struct ui *ui, struct book *b, const struct offer *o)
{
	if (is_said(b, o))
		return;
	book_offer_ends(b, OFFER_DECLINED);
	*list_push(&b->said) = made_of(ui, b, o, OFFER_LEFT);
	b->saying = true;
}

void book_offer_ends(struct book *b, enum offer_end end)
{
	if (b->saying)
		b->said.v[b->said.n - 1].became = end;
	b->saying = false;
}

struct offers_made book_offers(struct ui *ui, const struct book *b, const struct offer *o)
{
	struct offers_made all = { 0 };
	bool said = is_said(b, o);

	list_each (m, &b->said)
		*list_push(&all) = *m;
	if (b->saying)
		all.v[all.n - 1].became = said ? OFFER_BOOKED : OFFER_DECLINED;
	if (!said)
		*list_push(&all) = made_of(ui, b, o, OFFER_BOOKED);
	return all;
}

void book_offers_kept(struct book *b)
{
	list_free(&b->said);
	b->saying = false;
}

void book_offers_end(struct ui *ui, struct book *b)
{
	/* What is said of it is no news to who leaves: whoever may not book has offered nothing. */
	if (*b->want.episode.number)
		offers_record(ui->desk, b->want.episode.id, &b->said, NULL);
	book_offers_kept(b);
}

/* ---- somebody was quicker ---- */

/* "2 s", "3 min", "": how long ago it was taken, if that is known and short. */
static void ago(struct ui *ui, struct id slot, char *buf, size_t n)
{
	struct moment at = { 0 };
	int64_t s;

	*buf = '\0';
	if (offer_gone_at(ui->desk, slot, &at, NULL) < 0 || moment_none(at))
		return;
	s = ui->desk->now.utc - at.utc;
	if (s >= 1 && s < 120)
		snprintf(buf, n, "%" PRId64 " s", s);
	else if (s >= 120 && s < 2 * 3600)
		snprintf(buf, n, "%" PRId64 " min", s / 60);
}

/* A day of this week needs no date. */
static void short_day(const struct ui *ui, const struct offer *o, char *buf, size_t n)
{
	snprintf(buf, n, "%.*s", moment_date(o->starts).n < ui->desk->today.n + 7 ? 3 : 10, o->day);
}

/* The list was read anew, and what was the next row is the selected one. */
enum next book_taken(struct ui *ui, struct book *b, const struct offer *was)
{
	char how_long[24] = "", day[DAY_TEXT], where[NAME_TEXT + 8] = "";
	int at = list_at(&b->list);
	const struct offer *now;

	book_offer_ends(b, OFFER_LEFT);
	if (was) {
		ago(ui, was->slot, how_long, sizeof how_long);
		snprintf(where, sizeof where, " at %s", was->site);
	}
	if (!*how_long)
		snprintf(how_long, sizeof how_long, "a moment");
	if (at < 0)
		return ui_failf(ui, "Taken %s ago%s.  Nothing else is free.", how_long, where);
	book_hold_selected(ui, b);
	now = &b->offers.v[at];
	if (id_none(now->slot))
		return ui_failf(ui, "Taken %s ago%s.  No other time is free by then.", how_long,
				where);
	short_day(ui, now, day, sizeof day);
	return ui_failf(ui, "Taken %s ago%s.  Row %d is now %s %s%s.", how_long, where,
			b->list.v[b->list.sel].number, day, now->clock,
			book_holds(b, now) ? ", held for you" : "");
}
