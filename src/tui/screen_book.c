/*
 * screen_book.c: S8: the earliest times for one person, across sites and clinicians; the same list
 * for an appointment that moves.
 *
 * Enter takes the row that is selected and painted, a digit picks and holds it (book_hold.c).  What
 * another desk took meanwhile is said, and the next row is selected.  A move keeps the old time
 * until Enter; it is asked for by the person unless s says that the service asks (national code 2
 * or 4).
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "book.h"
#include "clinic/booking.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "open.h"
#include "people.h"

/* ---- loading ---- */

/* Which one of how many it would be, and that it is the one that looks back. */
static void say_attendance(const struct cap *c, char *buf, size_t n)
{
	int nth = c->used + c->booked + 1, at;
	char cap[CAP_TEXT];

	if (cap_reached(c)) {
		snprintf(buf, n, "%s", cap_show(c, cap));
		return;
	}
	at = snprintf(buf, n, "attendance %d", nth);
	if (c->cap > 0)
		at += snprintf(buf + at, n - (size_t)at, " of %d", c->cap);
	if (c->by.review > 0 && nth == c->by.review)
		snprintf(buf + at, n - (size_t)at, ": review");
}

static void say_episode(struct ui *ui, struct book *b)
{
	const struct prospect *p = &b->want;
	const struct episode *e = &p->episode;
	const struct clinician *c = ref_clinician(ui->desk, p->clinician);
	char day[DAY_TEXT];
	int n = snprintf(b->episode, sizeof b->episode, "%s  P%d  %s, %d min   ",
			 *e->number ? e->number : "New episode", e->priority,
			 p->kind == APPT_NEW ? "new" : "follow-up", p->mins);

	if (!id_none(p->appt))
		snprintf(b->episode + n, sizeof b->episode - (size_t)n, "now %s %s",
			 moment_show(p->starts, day), c ? c->surname : "");
	else if (!date_none(e->target))
		snprintf(b->episode + n, sizeof b->episode - (size_t)n, "to be seen by %s",
			 date_show_day(e->target, day));
	else
		say_attendance(&p->cap, b->episode + n, sizeof b->episode - (size_t)n);
	b->over = p->of && p->day > p->of;
	b->clock[0] = '\0';
	if (p->of && id_none(p->appt))
		snprintf(b->clock, sizeof b->clock, b->over ? "OVER, day %d of %d" : "day %d of %d",
			 p->day, p->of);
}

/* A tall window is filled at once. */
static int first_piece(const struct book *b)
{
	return b->list.height > SEARCH_USUAL ? b->list.height : SEARCH_USUAL;
}

static int prepare(struct ui *ui, struct book *b, struct err *err)
{
	int rc = id_none(b->appt) ? prospect_new(ui->desk, b->person, b->service, &b->want, err)
				  : prospect_move(ui->desk, b->appt, &b->want, err);

	if (rc < 0 || who_load(ui, b->want.person, &b->who, err) < 0)
		return -1;
	b->person = b->want.person;
	b->service = b->want.service;
	snprintf(b->title, sizeof b->title, "%s", ref_service(ui->desk, b->service)->name);
	say_episode(ui, b);
	b->cap_said[0] = '\0';
	if (book_capped(b) &&
	    cap_said(ui->desk, b->want.episode.id, b->cap_said, sizeof b->cap_said, err) < 0)
		return -1;
	if (!b->ready) {
		wish_init(ui, &b->wish, &b->want);
		book_wish_back(b);
		b->search.limit = first_piece(b);
		b->ready = b->hold_first = true;
		b->known = b->want.booked;
		/* What stands in the search line is what is searched for, from the first list on.
		 */
		if (wish_read(ui, &b->wish, &b->search, err) < 0)
			return -1;
	}
	return 0;
}

static int book_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct book *b = state;
	struct search s;
	struct places places = { 0 };
	int64_t *ids;

	if (prepare(ui, b, err) < 0)
		return -1;
	ui_place(ui, "%s", b->title);
	s = b->search;
	s.service = b->service;
	s.kind = b->want.kind;
	s.mins = b->want.mins;
	s.external = b->want.external;
	s.share = b->want.share;
	s.not_last = b->want.not_last;
	if (!s.mode)
		s.mode = b->want.mode;
	if (s.from.utc < b->want.after.utc)
		s.from = b->want.after;
	if (search_slots(ui->desk, &s, &places, err) < 0)
		return -1;
	b->all = places.n < (size_t)s.limit;
	book_say_kept(ui, b, &places.kept);
	if (offers_make(ui, &b->want, s.mode, &places, &b->offers, err) < 0) {
		list_free(&places);
		return -1;
	}
	ids = mem_new(sizeof *ids * (b->offers.n + 1));
	for (size_t i = 0; i < b->offers.n; i++)
		ids[i] = b->offers.v[i].slot.n;
	list_load(&b->list, ids, b->offers.n, refresh);
	mem_free(ids);
	list_free(&places);
	book_hold_look(ui, b);
	if (b->back)
		book_hold_back(ui, b);
	else if (b->hold_first)
		book_hold_first(ui, b);
	book_say_state(ui, b);
	return 0;
}

/* ---- drawing ---- */

static void book_layout(void *state, int rows, int cols)
{
	struct book *b = state;

	b->top = who_top(&b->who, cols);
	/* Above the list: the episode, the search line, the heading.  Below: its state, a blank,
	 * three lines of words, a blank, rows 23 and 24. */
	list_size(&b->list, rows - 8 - b->top - 2);
}

static void book_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct book *b = state;
	const struct offer *o = &b->offers.v[at];

	(void)selected;
	offer_draw(c, line, number, o, book_holds(b, o) ? b->held_until : (struct moment){ 0 });
}

static void words(struct canvas *c, const struct book *b)
{
	int at = list_at(&b->list), row = c->rows - 5;

	canvas_put(c, row - 1, 2, PLAIN, b->wish.decided);
	/* A long day with a long name takes a second row: it is read out to its end. */
	if (at >= 0 && !id_none(b->offers.v[at].slot)) {
		char said[sizeof b->offers.v[at].say + 8];

		snprintf(said, sizeof said, "Say: %s", b->offers.v[at].say);
		row += canvas_wrap(c, row, 2, c->cols - 2, 2, PLAIN, said) - 1;
	}
	if (!id_none(b->appt))
		canvas_printf(
			c, row + 1, 2, PLAIN,
			"The old time is kept until Enter.  Asked for by the %s: s, by the %s.",
			b->by_service ? "service" : "person", b->by_service ? "person" : "service");
	else
		canvas_put(c, row + 1, 2, PLAIN,
			   "None suit?  w puts them on the waiting list for the next freed slot.");
	if (b->editing)
		canvas_put(c, c->rows - 2, 2, PLAIN, "Enter searches.  Esc back to the list.");
}

static void book_draw(struct canvas *c, const void *state)
{
	const struct book *b = state;
	int row;

	if (!b->ready)
		return;
	row = who_draw(c, &b->who);
	canvas_put(c, row, 1, BOLD, b->episode);
	canvas_right(c, row, c->cols, b->over ? BOLD | ALERT : PLAIN, b->clock);
	wish_draw(c, &b->wish, row + 1, b->editing);
	offer_head(c, row + 2);
	list_draw(c, &b->list, row + 3, b->editing, book_row, b);
	if (b->offers.n == 0 && !b->editing)
		canvas_cursor(c, row + 1, 74);
	canvas_put(c, c->rows - 7, 5, PLAIN,
		   b->editing && b->wish.said[0] ? b->wish.said : b->state);
	canvas_put(c, c->rows - 6, 2, PLAIN, b->kept);
	words(c, b);
}

static void book_leave(struct ui *ui, void *state)
{
	struct book *b = state;

	book_hold_end(ui, b);
	book_offers_end(ui, b);
	list_done(&b->list);
	list_free(&b->offers);
	if (b->ready)
		wish_done(&b->wish);
	if (b->back)
		args_free(&parcel_fields, b->back);
}

static struct list *book_list(void *state)
{
	return &((struct book *)state)->list;
}

static struct form *book_form(void *state)
{
	struct book *b = state;

	return b->editing ? &b->wish.form : NULL;
}

static enum next book_typed(struct ui *ui, void *state)
{
	struct book *b = state;

	b->touched = true;
	wish_echo(ui, &b->wish);
	return STAY;
}

/* A list that was only looked at is not half-made. */
static bool book_unsaved(const void *state)
{
	return ((const struct book *)state)->touched;
}

/* ---- keys ---- */

/* Standing on the last row, the next piece of the diaries is fetched behind it. */
static enum next book_moved(struct ui *ui, void *state)
{
	struct book *b = state;

	(void)ui;
	if (b->all || b->list.sel + 1 < b->list.n || b->search.limit >= SEARCH_MOST)
		return STAY;
	b->search.limit += SEARCH_USUAL;
	return REFRESH;
}

/* One digit picks at once: a booking list is short, and nobody types 12 down the phone. */
static enum next book_pick(struct ui *ui, void *state)
{
	struct book *b = state;
	const char *why = NULL;

	b->touched = true;
	b->list.typed = 0;
	list_key(&b->list, ui->key, &why);
	b->list.typed = 0;
	return why ? ui_failf(ui, "%s", why) : book_hold_selected(ui, b);
}

void book_said(struct ui *ui, const char *who, const char *did, struct moment starts,
	       const char *where, const char *with)
{
	enum { WHO = 30 }; /* of a name, so that the time still stands on the row */
	const char *promise = ui->desk->promise;
	char when[DAY_TEXT], clock[DAY_TEXT], said[640], name[PERSON_TEXT + 4];
	struct date day = moment_date(starts);
	size_t fits = text_width(who) > WHO ? text_fit(who, WHO - 2) : strlen(who);

	snprintf(name, sizeof name, "%.*s%s", (int)fits, who, who[fits] ? ".." : "");
	who = name;
	if (!*promise) {
		ui_done(ui, "%s %s %s %s, %s.  u Undo", who, did, moment_show(starts, when), where,
			with);
		return;
	}
	/* What goes to them is said at once, in one row of 80 columns. */
	snprintf(said, sizeof said, "%s %s %s %s %s %.30s.  %s.", who, did,
		 weekday_short[date_weekday(day)], date_show_short(day, when),
		 minute_show(moment_minute(starts), clock), where, promise);
	ui_done(ui, "%s%s", said, text_width(said) + 8 <= ui->cols - 2 ? "  u Undo" : "");
}

void book_asked(struct ui *ui, const char *who, struct moment starts, const char *holder)
{
	enum { WHO = 16 };
	static const struct {
		const char *promise, *hears;
	} ways[] = { { "Text", "they get a text" },
		     { "E-mail", "they get an e-mail" },
		     { "A letter", "they get a letter" } };
	const char *hears = "then ring them", *comma = strchr(who, ',');
	size_t fits = text_fit(who, WHO);
	char day[DAY_TEXT], at[DAY_TEXT];
	struct date d = moment_date(starts);

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (strncmp(ui->desk->promise, ways[i].promise, strlen(ways[i].promise)) == 0)
			hears = ways[i].hears;
	if (comma && (size_t)(comma - who) < fits)
		fits = (size_t)(comma - who);
	ui_done(ui, "%.*s asked for %s %s %s: %.30s will confirm it; %s.", (int)fits, who,
		weekday_short[date_weekday(d)], date_show_short(d, day),
		minute_show(moment_minute(starts), at), holder, hears);
}

/* Another desk's booking was seen before Enter was pressed. */
static enum next gone(struct ui *ui, struct book *b)
{
	struct err err = ERR_INIT;

	if (b->list.n == 0)
		return ui_failf(ui, "Nothing is free with this search: e changes it.");
	if (book_load(ui, b, false, &err) < 0)
		return ui_fail(ui, &err);
	if (!id_none(b->appt) || b->want.booked <= b->known)
		return book_taken(ui, b, NULL);
	b->known = b->want.booked;
	return ui_failf(ui, "%s was booked meanwhile: another time too?", b->who.brief);
}

/* Refused: was it for the time, or for something that the next row would not change? */
static enum next refused(struct ui *ui, struct book *b, const struct offer *was,
			 const struct err *why)
{
	struct err err = ERR_INIT;

	if (why->kind != ERR_CLASH)
		return ui_fail(ui, why);
	if (book_load(ui, b, false, &err) < 0)
		return ui_fail(ui, &err);
	list_each (o, &b->offers)
		if (id_same(o->slot, was->slot))
			return ui_fail(ui, why);
	return book_taken(ui, b, was);
}

/* Refused because another desk booked the same person meanwhile?  What stands there is loaded. */
static bool met(struct ui *ui, struct book *b, const struct err *why)
{
	struct prospect now;
	struct err err = ERR_INIT;

	if (why->kind != ERR_CLASH || !id_none(b->appt) ||
	    prospect_new(ui->desk, b->person, b->service, &now, &err) < 0 || now.booked <= b->known)
		return false;
	b->known = now.booked;
	return book_load(ui, b, false, &err) == 0;
}

static int act(struct ui *ui, struct book *b, const struct offer *o, struct err *err)
{
	struct offers_made said = book_offers(ui, b, o);
	struct booking_ask ask = { .person = b->person,
				   .service = b->service,
				   .episode = *b->want.episode.number ? b->want.episode.id
								      : (struct id){ 0 },
				   .clinician = o->clinician,
				   .starts = o->starts,
				   .mode = b->search.mode,
				   .said = &said,
				   .known = &b->known };
	struct move_ask move = { .clinician = o->clinician,
				 .starts = o->starts,
				 .by = b->by_service ? CANCEL_SERVICE : CANCEL_PERSON,
				 .said = &said };
	struct id appt;
	int rc = id_none(b->appt) ? booking_book(ui->desk, &ask, &appt, err)
				  : booking_move(ui->desk, b->appt, &move, err);

	if (rc == 0)
		book_offers_kept(b);
	list_free(&said);
	return rc;
}

static enum next search_again(struct ui *ui, struct book *b)
{
	struct err err = ERR_INIT;

	if (wish_read(ui, &b->wish, &b->search, &err) < 0)
		return ui_fail(ui, &err);
	b->search.limit = first_piece(b);
	b->editing = false;
	b->hold_first = true;
	return RELOAD;
}

static enum next book_enter(struct ui *ui, void *state)
{
	struct book *b = state;
	struct err err = ERR_INIT;
	struct offer o;
	int at = list_at(&b->list);

	if (b->editing)
		return search_again(ui, b);
	if (book_capped(b))
		return book_capped_says(ui, b);
	if (at < 0)
		return gone(ui, b);
	o = b->offers.v[at];
	/* Said once, it is known: Enter then means it. */
	if (act(ui, b, &o, &err) < 0)
		return met(ui, b, &err) ? ui_fail(ui, &err) : refused(ui, b, &o, &err);
	if (o.theirs)
		book_asked(ui, b->who.brief, o.starts, o.holder);
	else
		book_said(ui, b->who.brief, id_none(b->appt) ? "booked" : "moved to", o.starts,
			  o.site, o.with);
	ui_finished(ui, b);
	return BACK;
}

static enum next book_edit(struct ui *ui, void *state)
{
	struct book *b = state;

	if (!b->ready)
		return ui_failf(ui, "There is nothing to search for.");
	b->editing = true;
	wish_echo(ui, &b->wish);
	return STAY;
}

static enum next book_esc(struct ui *ui, void *state)
{
	struct book *b = state;

	(void)ui;
	if (!b->editing)
		return BACK;
	b->editing = false;
	return STAY;
}

static enum next book_alerts(struct ui *ui, void *state)
{
	return open_alerts(ui, ((struct book *)state)->person);
}

static enum next move_by(struct ui *ui, void *state)
{
	struct book *b = state;

	b->by_service = !b->by_service;
	ui_done(ui, "The move counts as asked for by the %s.",
		b->by_service ? "service" : "person");
	return STAY;
}

#define KEYS_HOLD                                                                                  \
	{ .key = "1 2 3 4 5 6 7 8 9",                                                              \
	  .name = "pick",                                                                          \
	  .label = "Hold",                                                                         \
	  .help = "pick a row and hold it",                                                        \
	  .shown = "1-9",                                                                          \
	  .act = book_pick },                                                                      \
	{                                                                                          \
		.key = "x", .name = "let_go", .label = "Let go",                                   \
		.help = "let go of the time held", .act = book_let_go                              \
	}

static const struct key book_keys[] = {
	{ .key = "Enter",
	  .name = "book",
	  .label = "Book",
	  .help = "book the selected time",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = book_enter },
	KEYS_HOLD,
	{ .key = "w",
	  .name = "wait",
	  .label = "Wait list",
	  .help = "wait for a freed time",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = book_wait },
	{ .key = "e",
	  .name = "edit",
	  .label = "Edit search",
	  .help = "change the search",
	  .act = book_edit },
	{ .key = "PgDn", .name = "further", .help = "later times, at the last row" },
	{ .key = "Esc F12", .name = "leave", .label = "Back", .act = book_esc },
	{ .key = "E",
	  .name = "overbook",
	  .label = "Overbook",
	  .help = "overbook, or ask the lead",
	  .roles = APPT_ROLES,
	  .serious = true,
	  .commits = true,
	  .act = book_over },
	KEY_ALERTS(book_alerts),
	{ 0 },
};

static const struct key move_keys[] = {
	{ .key = "Enter",
	  .name = "move",
	  .label = "Move",
	  .help = "move to the selected time",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = book_enter },
	KEYS_HOLD,
	{ .key = "s",
	  .name = "by",
	  .label = "By service",
	  .help = "who asked: person or service",
	  .act = move_by },
	{ .key = "e",
	  .name = "edit",
	  .label = "Search",
	  .help = "change the search",
	  .act = book_edit },
	{ .key = "PgDn", .name = "further", .help = "later times, at the last row" },
	{ .key = "Esc F12", .name = "leave", .label = "Put back", .act = book_esc },
	KEY_ALERTS(book_alerts),
	{ 0 },
};

const struct screen screen_book = { .name = "book",
				    .title = "BOOK",
				    .help = "the earliest times for one person",
				    .state = sizeof(struct book),
				    .layout = book_layout,
				    .load = book_load,
				    .draw = book_draw,
				    .leave = book_leave,
				    .list = book_list,
				    .form = book_form,
				    .typed = book_typed,
				    .moved = book_moved,
				    .wake = book_wake,
				    .unsaved = book_unsaved,
				    .park = book_park,
				    .resume = book_resume,
				    .keys = book_keys };

const struct screen screen_move = { .name = "move",
				    .title = "MOVE",
				    .help = "another time for one appointment",
				    .state = sizeof(struct book),
				    .layout = book_layout,
				    .load = book_load,
				    .draw = book_draw,
				    .leave = book_leave,
				    .list = book_list,
				    .form = book_form,
				    .typed = book_typed,
				    .moved = book_moved,
				    .wake = book_wake,
				    .unsaved = book_unsaved,
				    .park = book_park,
				    .resume = book_resume,
				    .keys = move_keys };
