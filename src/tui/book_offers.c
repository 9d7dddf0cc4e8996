/* book_offers.c: free places as rows of the booking list, and the sentence to say for each. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/spoken.h"
#include "base/text.h"
#include "book.h"
#include "clinic/needs.h"
#include "clinic/refs.h"

static void say(const struct offer *o, const struct clinician *c, enum mode mode, char *buf,
		size_t n)
{
	char day[SPOKEN_TEXT], clock[SPOKEN_TEXT], where[NAME_TEXT + 8];

	if (mode == MODE_FACE)
		snprintf(where, sizeof where, "at %s", o->site);
	else
		snprintf(where, sizeof where, "by %s", mode == MODE_PHONE ? "telephone" : "video");
	snprintf(buf, n, "\"%s, %s, %s, with %s.\"", spoken_day(moment_date(o->starts), day),
		 spoken_time(moment_minute(o->starts), clock), where,
		 !c	     ? o->with
		 : *c->given ? c->given
			     : c->surname);
}

/* What the caller should know of the row, the gravest first. */
static void note(const struct offer *o, const struct place *p, const char *without, int late,
		 bool by_share, char *buf, size_t n)
{
	char until[DAY_TEXT];

	if (o->others)
		snprintf(buf, n, "%s holds it", p->held.by);
	else if (without)
		snprintf(buf, n, "%s", without);
	else if (o->mine)
		snprintf(buf, n, "yours to %s", minute_show(moment_minute(p->held.until), until));
	else if (o->theirs)
		snprintf(buf, n, "T, %.14s confirms", o->holder);
	else if (by_share)
		snprintf(buf, n, "customers' share");
	else if (late > 0)
		snprintf(buf, n, "%dwd late", late);
	else if (p->own_site)
		snprintf(buf, n, "own site");
	else
		*buf = '\0';
}

static void fill(struct ui *ui, const struct prospect *want, enum mode mode, const struct place *p,
		 const char *without, struct offer *o)
{
	const struct site *s = ref_site(ui->desk, p->slot.site);
	const struct clinician *c = ref_clinician(ui->desk, p->slot.clinician);
	struct calendar *calendar = ui->desk->refs->calendar;
	struct date due = want->episode.target;
	/* A slot may be newer than the references, by the moment between two looks at the others.
	 */
	enum nation nation = s ? s->nation : NATION_E;
	int late = 0;
	/* Of rapid access, before it opens to all. */
	bool by_share =
		want->external && p->slot.kind == SLOT_RAP &&
		(moment_none(p->slot.release_at) || p->slot.release_at.utc > ui->desk->now.utc);

	o->slot = p->slot.id;
	o->clinician = p->slot.clinician;
	o->at = p->slot.site;
	o->starts = p->slot.starts;
	o->mins = want->mins;
	o->late = !date_none(due) && p->slot.day.n > due.n;
	o->theirs = p->slot.holder != want->node;
	if (o->theirs)
		node_shown(ui->desk, p->slot.holder, o->holder);
	o->here = *p->held.by && p->held.here;
	o->mine = *p->held.by && p->held.mine && !o->here;
	o->others = *p->held.by && !p->held.mine;
	if (o->late)
		late = calendar_working_between(calendar, nation, due, p->slot.day);
	date_show_day(p->slot.day, o->day);
	minute_show(moment_minute(o->starts), o->clock);
	snprintf(o->wait, sizeof o->wait, "%dwd",
		 calendar_working_between(calendar, nation, ui->desk->today, p->slot.day));
	snprintf(o->site, sizeof o->site, "%s", s ? s->name : "");
	snprintf(o->with, sizeof o->with, "%s", c ? c->surname : "");
	o->unmet = without != NULL;
	note(o, p, without, late, by_share, o->note, sizeof o->note);
	say(o, c, mode, o->say, sizeof o->say);
}

int offers_make(struct ui *ui, const struct prospect *want, enum mode mode,
		const struct places *places, struct offers *ret, struct err *err)
{
	const char **without;
	const struct needing who = { want->needs, want->interpreter, mode };
	bool late = false;

	if (needs_of_places(ui->desk, &who, places, &without, err) < 0)
		return -1;
	ret->n = 0;
	list_each (p, places) {
		struct offer o = { 0 };

		fill(ui, want, mode, p, without[p - places->v], &o);
		if (o.late && !late)
			list_push(ret);
		late = o.late;
		*list_push(ret) = o;
	}
	mem_free(without);
	return 0;
}

/* Columns from 32 on share what a wide window has more of. */
static int extra(const struct canvas *c)
{
	int more = (c->cols - 80) / 3;

	return more < 0 ? 0 : more > 14 ? 14 : more;
}

static void rule(struct canvas *c, int line)
{
	static const char words[] = " past the seen-by date ";
	int from = c->cols - 8 - (int)sizeof words + 1;

	for (int col = 5; col < c->cols; col++)
		if (col < from || col >= from + (int)sizeof words - 1)
			canvas_put(c, line, col, PLAIN, "-");
	canvas_put(c, line, from, PLAIN, words);
}

void offer_head(struct canvas *c, int line)
{
	int more = extra(c);

	canvas_put(c, line, 3, HEADING, "# Earliest first  Time  Wait Site");
	canvas_put(c, line, 43 + more, HEADING, "With");
	canvas_put(c, line, 54 + 2 * more, HEADING, "Min St Note");
}

void offer_draw(struct canvas *c, int line, int number, const struct offer *o, struct moment held)
{
	int more = extra(c);
	char until[DAY_TEXT];

	if (id_none(o->slot)) {
		rule(c, line);
		return;
	}
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_put(c, line, 5, PLAIN, o->day);
	canvas_put(c, line, 21, PLAIN, o->clock);
	canvas_right(c, line, 30, PLAIN, o->wait);
	canvas_padded(c, line, 32, 10 + more, PLAIN, o->site);
	canvas_padded(c, line, 43 + more, 10 + more, PLAIN, o->with);
	canvas_printf(c, line, 54 + 2 * more, PLAIN, "%d", o->mins);
	/* What this desk took a moment ago is newer than what the list was made of. */
	canvas_put(c, line, 58 + 2 * more, PLAIN,
		   !moment_none(held) || o->mine ? "H"
		   : o->others			 ? "h"
		   : o->theirs			 ? "T"
						 : "");
	if (moment_none(held) || o->unmet)
		canvas_put(c, line, 61 + 2 * more, PLAIN, o->note);
	else
		canvas_printf(c, line, 61 + 2 * more, PLAIN, "%syours to %s",
			      o->theirs ? "T, " : "", minute_show(moment_minute(held), until));
}
