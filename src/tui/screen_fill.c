/*
 * screen_fill.c: S9: a freed time, and who of those that wait fits it, best first.
 *
 * Opened by w on a freed row.  The time stays held for this desk while it rings: each key renews
 * the hold.  Enter rings: row 23 asks what came of it.  Whoever takes it is booked, off the list,
 * and what they had is free, in one step with one undo; all others keep their place.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "book.h"
#include "clinic/booking.h"
#include "clinic/desklist.h"
#include "clinic/hold.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "clinic/wait.h"
#include "model/person.h"
#include "open.h"
#include "people.h"
#include "sync/state.h"
#include "waiting.h"
#include "who.h"

enum { FIRST = 5, WIDE = 100, LEGEND = 9, RENEW_MS = 60 * 1000 };

struct fill {
	struct id slot;
	struct hole hole;
	struct wait_offers offers;
	int fit, shown;
	bool all; /* whom it does not fit, too */
	char (*phones)[PHONE_TEXT];
	struct {
		struct id *v;
		size_t n, cap;
	} marked; /* for a text */
	struct list list;
	struct moment held_until;
	int held_mins; /* as long as whoever takes it could need */
	char kind[8];  /* as people say it: new FU RAP */
	char when[2 * DAY_TEXT], where[NAME_TEXT], with[NAME_TEXT], freed[PERSON_TEXT + 40];
	char freed_brief[NAME_TEXT + 40];
	char holder[NAME_TEXT]; /* of a time that another node has to confirm */
	bool offline;
	struct date today;
	struct moment now;
	struct clock *clock;
};

/* ---- loading ---- */

/* "freed 09:55 by REEVE, Dan": the last of that very time that ended. */
static void say_freed(struct ui *ui, struct fill *f)
{
	struct appt_filter filter = { .clinician = f->hole.clinician,
				      .from = moment_date(f->hole.starts),
				      .to = moment_date(f->hole.starts),
				      .states = 1u << APPT_CANCELLED };
	struct desk_rows rows = { 0 };
	struct moment last = { 0 };
	char at[DAY_TEXT], who[PERSON_TEXT];

	f->freed[0] = f->freed_brief[0] = '\0';
	if (desk_appts(ui->desk, &filter, &rows, NULL) < 0)
		return;
	list_each (r, &rows) {
		if (r->row.a.starts.utc != f->hole.starts.utc || r->row.a.ended_at.utc < last.utc)
			continue;
		last = r->row.a.ended_at;
		if (r->masked)
			snprintf(who, sizeof who, "%s", r->name);
		else
			person_show(r->row.surname, r->row.given, NULL, who);
		snprintf(f->freed, sizeof f->freed, "freed %s by %.250s",
			 moment_date(last).n == f->today.n ? minute_show(moment_minute(last), at)
							   : date_show_short(moment_date(last), at),
			 who);
		snprintf(f->freed_brief, sizeof f->freed_brief, "freed %s by %.*s", at,
			 (int)strcspn(who, ","), who);
	}
	desk_rows_done(&rows);
}

static void say_time(struct ui *ui, struct fill *f)
{
	const struct site *site = ref_site(ui->desk, f->hole.site);
	const struct clinician *who = ref_clinician(ui->desk, f->hole.clinician);
	char day[DAY_TEXT], clock[DAY_TEXT];

	snprintf(f->when, sizeof f->when, "%s %s", date_show_day(moment_date(f->hole.starts), day),
		 minute_show(moment_minute(f->hole.starts), clock));
	snprintf(f->where, sizeof f->where, "%s", site ? site->name : "");
	snprintf(f->with, sizeof f->with, "%s", who ? who->surname : "");
	snprintf(f->kind, sizeof f->kind, "%s",
		 f->hole.kind == SLOT_NEW ? "new" : slot_kind_show(f->hole.kind));
	if (f->hole.theirs)
		node_shown(ui->desk, f->hole.holder, f->holder);
	say_freed(ui, f);
}

static bool is_offline(struct ui *ui)
{
	struct sync_now sync;

	return sync_now(ui->desk, &sync, NULL) == 0 && sync.word == SYNC_OFFLINE;
}

/* The time stays held while somebody works here. */
static int hold(struct ui *ui, struct fill *f, struct err *err)
{
	int mins = wait_longest(ui->desk, &f->hole, &f->offers);

	if (f->held_until.utc > ui->desk->now.utc + (HOLD_MINS - 1) * 60 && f->held_mins >= mins)
		return 0;
	if (hold_take_slot(ui->desk, f->slot, mins, &f->held_until, err) < 0)
		return -1;
	f->held_mins = mins;
	return 0;
}

static int fill_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct fill *f = state;
	struct wait_offers offers = { 0 };
	int64_t *ids;
	int fit;

	(void)hold(ui, f, NULL);
	if (wait_hole(ui->desk, f->slot, &f->hole, err) < 0 ||
	    wait_fitting(ui->desk, f->slot, &offers, &fit, err) < 0)
		return -1;
	list_free(&f->offers);
	f->offers = offers;
	f->fit = fit;
	f->today = ui->desk->today;
	f->now = ui->desk->now;
	f->offline = is_offline(ui);
	f->shown = f->all ? (int)offers.n : fit;
	mem_free(f->phones);
	mem_free(f->clock);
	f->phones = mem_new((size_t)(f->shown + 1) * sizeof *f->phones);
	f->clock = mem_new((size_t)(f->shown + 1) * sizeof *f->clock);
	ids = mem_new((size_t)(f->shown + 1) * sizeof *ids);
	for (int i = 0; i < f->shown; i++) {
		ids[i] = offers.v[i].r.w.id.n;
		f->clock[i] = seen_clock(ui->desk, offers.v[i].r.target);
	}
	list_load(&f->list, ids, (size_t)f->shown, refresh);
	mem_free(ids);
	(void)hold(ui, f, NULL);
	say_time(ui, f);
	ui_place(ui, "fill a freed slot");
	/* What is laid out after this may show more rows than before: as many as the window has. */
	return waiting_phones(ui, f->phones, &f->offers, f->list.top, ui->rows, f->shown, err);
}

static void fill_layout(void *state, int rows, int cols)
{
	struct fill *f = state;
	int room = rows - 2 - FIRST + 1;

	(void)cols;
	/* The words below stand there while they leave room for everybody. */
	list_size(&f->list, f->shown + 1 + LEGEND <= room ? f->shown + 1 : room);
}

static void fill_leave(struct ui *ui, void *state)
{
	struct fill *f = state;

	hold_let_go(ui->desk, f->slot, NULL);
	list_free(&f->offers);
	list_free(&f->marked);
	list_done(&f->list);
	mem_free(f->phones);
	mem_free(f->clock);
}

static struct list *fill_list(void *state)
{
	return &((struct fill *)state)->list;
}

static enum next fill_moved(struct ui *ui, void *state)
{
	struct fill *f = state;

	(void)hold(ui, f, NULL);
	waiting_phones(ui, f->phones, &f->offers, f->list.top, f->list.height, f->shown, NULL);
	return STAY;
}

static int fill_wake(struct ui *ui, void *state)
{
	(void)hold(ui, state, NULL);
	return RENEW_MS;
}

/* ---- drawing ---- */

static bool is_marked(const struct fill *f, struct id wait)
{
	list_each (m, &f->marked)
		if (id_same(*m, wait))
			return true;
	return false;
}

/* "no ans.", "said no", "text 29m": of this very time. */
static void tried_words(const struct fill *f, const struct wait_offer *o, char *buf, size_t n)
{
	snprintf(buf, n, "-");
	if (strcmp(o->answer, "no") == 0)
		snprintf(buf, n, "said no");
	else if (strcmp(o->how, wait_how_code(WAIT_SAID_NO)) == 0)
		snprintf(buf, n, "said no");
	else if (strcmp(o->how, wait_how_code(WAIT_NO_ANSWER)) == 0)
		snprintf(buf, n, "no ans.");
	else if (strcmp(o->how, wait_how_code(WAIT_TEXTED)) == 0 && o->until.utc > f->now.utc)
		snprintf(buf, n, "text %lldm", (long long)(o->until.utc - f->now.utc + 59) / 60);
	else if (*o->how)
		snprintf(buf, n, "no reply");
}

static void row_draw(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct fill *f = state;
	const struct wait_offer *o = &f->offers.v[at];
	int more = c->cols >= WIDE ? 16 : 0;
	char name[PERSON_TEXT], buf[DAY_TEXT], suits[SUITS_TEXT], clock[CLOCK_TEXT], tried[32];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	if (is_marked(f, o->r.w.id))
		canvas_put(c, line, 4, BOLD, "*");
	canvas_printf(c, line, 5, PLAIN, "%d", o->r.priority);
	canvas_padded(c, line, 7, 8, f->clock[at].over ? BOLD | ALERT : PLAIN,
		      waiting_clock(&f->clock[at], clock));
	person_show(o->r.surname, o->r.given, o->r.title, name);
	if (canvas_width(c, name) > 20 + more)
		person_show(o->r.surname, o->r.given, NULL, name);
	canvas_padded(c, line, 16, 20 + more, PLAIN, name);
	canvas_put(c, line, 37 + more, PLAIN,
		   date_none(o->r.born) ? "not known" : date_show(o->r.born, buf));
	canvas_padded(c, line, 49 + more, 8, o->fit >= WAIT_UNFIT ? BOLD : PLAIN,
		      wait_suits(o, suits));
	canvas_padded(c, line, 58 + more, 12, PLAIN, f->phones[at]);
	tried_words(f, o, tried, sizeof tried);
	canvas_padded(c, line, 71 + more, 9, PLAIN, tried);
	if (more && !id_none(o->r.appt))
		canvas_printf(c, line, 82 + more, PLAIN, "has %s",
			      date_show_short(moment_date(o->r.starts), buf));
	if (c->cols >= 132)
		canvas_padded(c, line, 110, c->cols - 110, PLAIN,
			      o->fit == WAIT_YES ? o->why : wait_fit_why(o->fit));
}

static void legend(struct canvas *c, int row)
{
	static const char *const lines[] = {
		"Suits     the days, sites and times each person told us",
		"Short notice (under 24 h): only people who said it is ok are listed",
		"",
		"Enter rings row 1. Then the message line asks what happened:",
		"  y takes it     booked now, off this list, any later slot of theirs is freed",
		"  n says no      keeps the place, asks why, moves to the next row",
		"  v no answer    noted, moves to the next row, slot stays held for you",
		"  t text offer   held 30 min for a reply; the time left shows under Tried",
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		canvas_put(c, row + (int)i, 4, PLAIN, lines[i]);
}

static void fill_draw(struct canvas *c, const void *state)
{
	const struct fill *f = state;
	int more = c->cols >= WIDE ? 16 : 0, col, rows = f->shown ? f->shown : 1;
	char fits[48];

	col = canvas_put(c, 2, 1, HEADING, "FREE");
	col = canvas_put(c, 2, col + 2, BOLD, f->when);
	col = canvas_printf(c, 2, col + 2, PLAIN, "%s  %s  %s %d", f->where, f->with, f->kind,
			    f->hole.first_mins);
	canvas_put(c, 2, col + 2, PLAIN,
		   col + 1 + canvas_width(c, f->freed) < c->cols ? f->freed : f->freed_brief);
	if (f->hole.theirs)
		canvas_printf(c, 3, 1, BOLD, "T: %.24s has to confirm it%s", f->holder,
			      f->offline ? ", not checked: offline" : "");
	else
		canvas_put(c, 3, 1, PLAIN, "Who fits, best first: priority, then least time left");
	snprintf(fits, sizeof fits, "%s %d of %zu  f", f->all ? "All: fits" : "Fits", f->fit,
		 f->offers.n);
	canvas_right(c, 3, 79, PLAIN, fits);
	canvas_put(c, 4, 3, HEADING, "# P Clock    Person");
	canvas_put(c, 4, 37 + more, HEADING, "Born        Suits    Phone        Tried");
	if (f->shown == 0) {
		canvas_put(c, FIRST, 3, PLAIN,
			   "No one waiting fits. Enter opens the slot to everyone.");
		canvas_cursor(c, FIRST, 1);
	}
	list_draw(c, &f->list, FIRST, false, row_draw, f);
	if (FIRST + rows + 1 + LEGEND <= c->rows - 1)
		legend(c, FIRST + rows + 1);
}

/* ---- what came of a call ---- */

static struct wait_offer asked; /* stays as it was then, whatever is loaded meanwhile */

static const struct wait_offer *selected(const struct fill *f)
{
	int at = list_at(&f->list);

	return at < 0 ? NULL : &f->offers.v[at];
}

static const char *brief(const struct wait_offer *o, char buf[PERSON_TEXT], int columns)
{
	person_show(o->r.surname, o->r.given, NULL, buf);
	buf[text_fit(buf, columns)] = '\0';
	return buf;
}

static enum next open_to_all(struct ui *ui, void *state, char key)
{
	(void)state, (void)key;
	ui_done(ui, "The slot is open to everyone.");
	return BACK;
}

/* To the next who was not tried; after the last, the question what now. */
static enum next go_on(struct ui *ui, struct fill *f)
{
	bool passed = false;

	for (int i = 0; i < f->shown; i++) {
		const struct wait_offer *o = &f->offers.v[i];

		if (passed && o->fit < WAIT_UNFIT && !*o->how) {
			list_select(&f->list, o->r.w.id.n);
			return REFRESH;
		}
		passed = passed || id_same(o->r.w.id, asked.r.w.id);
	}
	ask_yes(ui, open_to_all, "Nobody took it. Open to all now?");
	return REFRESH;
}

static enum next told(struct ui *ui, const struct err *err)
{
	ui_fail(ui, err);
	return err->kind == ERR_CLASH ? REFRESH : FAILED;
}

static enum next said_no(struct ui *ui, void *state, const char *why)
{
	struct fill *f = state;
	struct err err = ERR_INIT;
	char name[PERSON_TEXT];

	if (wait_tried(ui->desk, asked.r.w.id, f->slot, WAIT_SAID_NO, why, &err) < 0)
		return told(ui, &err);
	ui_done(ui, "%s said no and keeps the place.  u Undo", brief(&asked, name, 30));
	return go_on(ui, f);
}

static enum next no_answer(struct ui *ui, struct fill *f)
{
	struct err err = ERR_INIT;
	char name[PERSON_TEXT];

	if (wait_tried(ui->desk, asked.r.w.id, f->slot, WAIT_NO_ANSWER, NULL, &err) < 0)
		return told(ui, &err);
	ui_done(ui, "%s: no answer, noted.  u Undo", brief(&asked, name, 30));
	return go_on(ui, f);
}

/* "19-Mar 10:00" */
static const char *short_time(struct moment m, char buf[2 * DAY_TEXT])
{
	char day[DAY_TEXT], clock[DAY_TEXT];

	snprintf(buf, 2 * DAY_TEXT, "%s %s", date_show_short(moment_date(m), day),
		 minute_show(moment_minute(m), clock));
	return buf;
}

static enum next takes_it(struct ui *ui, struct fill *f)
{
	struct err err = ERR_INIT;
	struct id appt;
	char name[PERSON_TEXT], had[2 * DAY_TEXT], now[2 * DAY_TEXT];

	if (wait_take(ui->desk, asked.r.w.id, f->slot, &appt, &err) < 0)
		return told(ui, &err);
	brief(&asked, name, 24);
	if (f->hole.theirs)
		book_asked(ui, name, f->hole.starts, f->holder);
	else if (id_none(asked.r.appt))
		ui_done(ui, "%s booked %s, %.16s, off the list.  u Undo", name, f->when, f->with);
	else
		ui_done(ui, "%s has %s now, %s is free.  u Undo", name,
			short_time(f->hole.starts, now), short_time(asked.r.starts, had));
	return BACK;
}

static enum next text_one(struct ui *ui, struct fill *f, const struct wait_offer *o)
{
	struct err err = ERR_INIT;
	struct moment until;
	char name[PERSON_TEXT], at[DAY_TEXT];

	if (wait_text(ui->desk, o->r.w.id, f->slot, &until, &err) < 0)
		return told(ui, &err);
	ui_done(ui, "%s is texted, held for a reply to %s.  u Undo", brief(o, name, 30),
		minute_show(moment_minute(until), at));
	return REFRESH;
}

static enum next came_of_it(struct ui *ui, void *state, char key)
{
	struct fill *f = state;

	switch (key) {
	case 'y':
		return takes_it(ui, f);
	case 'n':
		ask_text(ui, "Why not?", false, 60, said_no);
		return STAY;
	case 'v':
		return no_answer(ui, f);
	default:
		return text_one(ui, f, &asked);
	}
}

/* Whoever is to be spoken to by clinical staff first is not rung by a desk. */
static int may_ring(const struct wait_offer *o, struct err *err)
{
	char name[PERSON_TEXT];

	if (o->fit != WAIT_FLAG && o->fit != WAIT_GONE)
		return 0;
	return err_set(err, ERR_CLASH, "%s: %s.", brief(o, name, 24), wait_fit_why(o->fit));
}

static enum next fill_ring(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { 'y', "takes it" },
						 { 'n', "says no" },
						 { 'v', "no answer" },
						 { 't', "text" },
						 { 0 } };
	struct fill *f = state;
	const struct wait_offer *o = selected(f);
	struct err err = ERR_INIT;
	char name[PERSON_TEXT], phone[PHONE_TEXT];

	if (!o && f->shown)
		return ui_failf(ui, "Nobody is on this row.");
	if (!o)
		return open_to_all(ui, state, 0);
	if (may_ring(o, &err) < 0 || hold(ui, f, &err) < 0)
		return ui_fail(ui, &err);
	asked = *o;
	snprintf(phone, sizeof phone, "%s", f->phones[list_at(&f->list)]);
	ask(ui, answers, "", came_of_it, "%s %s", brief(o, name, 16), phone);
	return STAY;
}

static enum next fill_text(struct ui *ui, void *state)
{
	struct fill *f = state;
	const struct wait_offer *o = selected(f);
	enum next next = STAY;

	if (f->marked.n == 0)
		return o ? text_one(ui, f, o) : ui_failf(ui, "Nobody is on this row.");
	for (int i = 0; i < f->shown && next != FAILED; i++)
		if (is_marked(f, f->offers.v[i].r.w.id))
			next = text_one(ui, f, &f->offers.v[i]);
	if (next != FAILED && f->marked.n > 1)
		ui_done(ui, "%zu are texted: the first who replies yes has it.", f->marked.n);
	f->marked.n = 0;
	return next;
}

static enum next fill_mark(struct ui *ui, void *state)
{
	struct fill *f = state;
	const struct wait_offer *o = selected(f);

	if (!o)
		return ui_failf(ui, "Nobody is on this row.");
	for (size_t i = 0; i < f->marked.n; i++)
		if (id_same(f->marked.v[i], o->r.w.id)) {
			f->marked.v[i] = f->marked.v[--f->marked.n];
			return STAY;
		}
	*list_push(&f->marked) = o->r.w.id;
	return STAY;
}

static enum next fill_filter(struct ui *ui, void *state)
{
	struct fill *f = state;

	(void)ui;
	f->all = !f->all;
	return RELOAD;
}

static enum next fill_phone(struct ui *ui, void *state)
{
	const struct wait_offer *o = selected(state);

	return o ? open_phone(ui, o->r.w.person) : ui_failf(ui, "Nobody is on this row.");
}

/* ---- somebody who does not wait ---- */

static struct hole other; /* the time, while the find screen is open */

static enum next found(struct ui *ui, struct id person)
{
	struct booking_ask ask = { .person = person,
				   .service = other.service,
				   .clinician = other.clinician,
				   .starts = other.starts };
	struct err err = ERR_INIT;
	struct who who;
	struct id appt;
	char when[DAY_TEXT];

	if (booking_book(ui->desk, &ask, &appt, &err) < 0 || who_load(ui, person, &who, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s booked %s.  u Undo", who.brief, moment_show(other.starts, when));
	return BACK;
}

static enum next fill_other(struct ui *ui, void *state)
{
	struct fill *f = state;

	other = f->hole;
	return open_find(ui, "BOOK OTHER", found, NULL);
}

static const struct key keys[] = {
	{ .key = "Enter",
	  .name = "ring",
	  .label = "Ring",
	  .help = "ring them",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = fill_ring },
	{ .key = "1", .name = "pick", .label = "Pick", .shown = "1-9" },
	{ .key = "t",
	  .name = "text",
	  .label = "Text",
	  .help = "offer it in a text",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = fill_text },
	{ .key = "Space",
	  .name = "mark",
	  .label = "Mark",
	  .help = "mark for a text",
	  .commits = true,
	  .act = fill_mark },
	{ .key = "f",
	  .name = "filter",
	  .label = "Filter",
	  .help = "whom it does not fit",
	  .act = fill_filter },
	{ .key = "b",
	  .name = "other",
	  .label = "Book other",
	  .help = "somebody who does not wait",
	  .roles = APPT_ROLES,
	  .act = fill_other },
	{ .key = "p",
	  .name = "phone",
	  .help = "numbers, what may be said",
	  .commits = true,
	  .act = fill_phone },
	{ 0 },
};

const struct screen screen_fill = {
	.name = "fill",
	.title = "WAITING",
	.roles = APPT_ROLES,
	.state = sizeof(struct fill),
	.layout = fill_layout,
	.load = fill_load,
	.draw = fill_draw,
	.leave = fill_leave,
	.list = fill_list,
	.moved = fill_moved,
	.wake = fill_wake,
	.keys = keys,
};

/* ---- opening ---- */

/* Out of touch, or another site's: what that means for a booking into this time. */
static void say_line(struct ui *ui, const struct fill *f)
{
	char holder[NAME_TEXT];

	if (f->hole.theirs)
		ui_warn(ui,
			f->offline ? "Offline: %.20s's slot, not checked: a booking waits for "
				     "its answer (T)."
				   : "%.20s holds this slot: a booking waits for its answer (T).",
			node_shown(ui->desk, f->hole.holder, holder));
	else if (f->offline)
		ui_warn(ui, "Offline: the slot is this site's own, so its booking is final. "
			    "Texts wait.");
}

enum next open_fill(struct ui *ui, struct id slot)
{
	struct fill opened = { .slot = slot }, *f;
	struct err err = ERR_INIT;

	if (wait_hole(ui->desk, slot, &opened.hole, &err) < 0 || hold(ui, &opened, &err) < 0)
		return ui_fail(ui, &err);
	opened.offline = is_offline(ui);
	f = ui_push(ui, &screen_fill);
	*f = opened;
	say_line(ui, f);
	return STAY;
}
