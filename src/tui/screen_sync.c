/*
 * screen_sync.c: S16: what two desks did at once, for a person to settle.
 *
 * A digit acts: of the list it selects, of the offers it does.  Each offer is one deed with its
 * settling, so one `u` brings the clash back as it was.  What was settled, here or at another desk,
 * stays in its row until F5: nothing moves under a finger, and no number comes to mean another
 * thing.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "open.h"
#include "people.h"
#include "screens.h"
#include "sync.h"

/* ---- loading ---- */

static bool among(const struct clash_rows *rows, struct id id)
{
	list_each (r, rows)
		if (id_same(r->c.id, id))
			return true;
	return false;
}

static void keep_settled(struct ui *ui, const struct sync_screen *s, struct clash_rows *rows)
{
	list_each (r, &s->rows) {
		struct clash_row now;

		if (!among(rows, r->c.id) && clash_row(ui->desk, r->c.id, &now, NULL) == 0)
			*list_push(rows) = now;
	}
}

/* What is offered stays as it was read for as long as the case is the same: a digit must not come
 * to mean another time while others write.  One that was taken meanwhile is refused, and then all
 * are read anew. */
static void keep_offers(const struct clash_view *old, struct clash_view *v)
{
	if (!id_same(old->row.c.id, v->row.c.id) || !old->row.c.open || !v->row.c.open ||
	    strcmp(old->say, v->say) != 0)
		return;
	memcpy(v->offers, old->offers, sizeof v->offers);
	v->offered = old->offered;
}

static int look(struct ui *ui, struct sync_screen *s, bool keep, struct err *err)
{
	int at = list_at(&s->lists[PART_CLASHES]);
	struct clash_view *v;

	if (at < 0) {
		mem_free(s->view);
		s->view = NULL;
		return 0;
	}
	v = mem_new(sizeof *v);
	if (clash_look(ui->desk, s->rows.v[at].c.id, v, err) < 0) {
		mem_free(v);
		return -1;
	}
	if (!s->view || !id_same(s->view->row.c.id, v->row.c.id))
		s->at = 0;
	else if (keep && !s->anew)
		keep_offers(s->view, v);
	s->anew = false;
	mem_free(s->view);
	s->view = v;
	if (s->at >= v->offered)
		s->at = v->offered ? v->offered - 1 : 0;
	s->offers = s->offers && v->offered > 0;
	return 0;
}

static void count(struct sync_screen *s)
{
	s->open = 0;
	list_each (r, &s->rows) {
		if (r->c.open && s->open++ == 0)
			s->oldest = r->when;
	}
}

/* What was settled is left for the next that is not. */
static void to_next_open(struct sync_screen *s)
{
	int at = list_at(&s->lists[PART_CLASHES]);

	if (at >= 0 && s->rows.v[at].c.open)
		return;
	list_each (r, &s->rows)
		if (r->c.open) {
			list_select(&s->lists[PART_CLASHES], r->c.id.n);
			return;
		}
}

static int sync_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct sync_screen *s = state;
	struct clash_rows rows = { 0 };
	int64_t *ids;

	if (sync_status(ui->desk, &s->status, err) < 0 ||
	    sync_parts_load(ui, s, refresh, err) < 0 ||
	    clash_rows(ui->desk, SYNC_MOST, &rows, err) < 0) {
		list_free(&rows);
		return -1;
	}
	if (refresh)
		keep_settled(ui, s, &rows);
	list_free(&s->rows);
	s->rows = rows;
	s->now = ui->desk->now;
	s->today = ui->desk->today;
	count(s);
	ids = mem_new((rows.n + 1) * sizeof *ids);
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].c.id.n;
	list_load(&s->lists[PART_CLASHES], ids, rows.n, refresh);
	mem_free(ids);
	ui_place(ui, "%s", sync_words[s->part].place);
	return look(ui, s, refresh, err);
}

static void sync_layout(void *state, int rows, int cols)
{
	struct sync_screen *s = state;

	(void)cols;
	list_size(&s->lists[PART_CLASHES], sync_height(s, rows));
	for (int i = PART_CLASHES + 1; i < SYNC_PARTS; i++)
		list_size(&s->lists[i], rows - SYNC_FIRST - SYNC_BELOW);
}

static void sync_leave(struct ui *ui, void *state)
{
	struct sync_screen *s = state;

	(void)ui;
	list_free(&s->rows);
	sync_parts_done(s);
	for (int i = 0; i < SYNC_PARTS; i++)
		list_done(&s->lists[i]);
	mem_free(s->view);
	mem_free(s->asked);
}

static struct list *sync_list(void *state)
{
	struct sync_screen *s = state;

	return &s->lists[s->part];
}

static enum next sync_moved(struct ui *ui, void *state)
{
	struct sync_screen *s = state;
	struct err err = ERR_INIT;

	if (s->part != PART_CLASHES)
		return STAY;
	s->whole = false;
	return look(ui, s, false, &err) < 0 ? ui_fail(ui, &err) : STAY;
}

/* ---- keys ---- */

static enum next done(struct ui *ui, struct sync_screen *s, const struct clash_view *v, int k,
		      const char *words)
{
	struct err err = ERR_INIT;
	char said[200];

	if (clash_do(ui->desk, v, k, words, said, sizeof said, &err) < 0) {
		ui_fail(ui, &err);
		s->anew = true;
		return err.kind == ERR_CLASH ? REFRESH : FAILED;
	}
	ui_done(ui, "%s  u Undo", said);
	s->offers = s->whole = false;
	/* The row says so when it is loaded anew; the next one is selected at once. */
	list_each (r, &s->rows)
		if (id_same(r->c.id, v->row.c.id))
			r->c.open = false;
	to_next_open(s);
	return REFRESH;
}

static enum next with_words(struct ui *ui, void *state, const char *text)
{
	struct sync_screen *s = state;

	return done(ui, s, s->asked, s->asked_at, text);
}

static enum next do_offer(struct ui *ui, struct sync_screen *s, int k)
{
	const struct clash_offer *o;

	if (!s->view || k < 0 || k >= s->view->offered)
		return ui_failf(ui, "There is no number %d here.", SYNC_NUMBERED + 1 + k);
	o = &s->view->offers[k];
	s->at = k;
	switch (o->kind) {
	case OFFER_PAIR:
		return open_pair(ui, s->view->row.c.a, o->other);
	case OFFER_MOVE:
		return open_move(ui, o->appt, true);
	case OFFER_DIARY:
		return open_diary(ui, o->clinician, moment_date(o->starts));
	default:
		break;
	}
	if (!offer_asks(o->kind))
		return done(ui, s, s->view, k, NULL);
	if (!s->asked)
		s->asked = mem_new(sizeof *s->asked);
	*s->asked = *s->view;
	s->asked_at = k;
	ask_text(ui, o->kind == OFFER_OVERBOOK ? "Double-book: why?" : "Settled: how?", false, 100,
		 with_words);
	return STAY;
}

static int some_offer(const struct ui *ui, const void *state, struct err *why)
{
	const struct sync_screen *s = state;

	(void)ui;
	if (s->part != PART_CLASHES)
		return list_at(&s->lists[s->part]) >= 0
			       ? 0
			       : err_input(why, "", "There is nothing on this row.");
	if (!s->view)
		return err_input(why, "", "There is nothing to settle.");
	if (s->view->row.masked)
		return err_input(why, "", "That is private: who works for it settles it.");
	if (!s->view->row.c.open)
		return err_input(why, "", "That is settled.  u takes your own back.");
	return s->view->offered ? 0 : err_input(why, "", "Nothing is offered: X says how.");
}

static enum next sync_enter(struct ui *ui, void *state)
{
	struct sync_screen *s = state;

	if (s->part != PART_CLASHES)
		return sync_part_enter(ui, s);
	if (s->by_digit) {
		s->by_digit = false;
		return ui_failf(ui,
				"The digit has done it.  Enter once more does the one shown now.");
	}
	return do_offer(ui, s, s->at);
}

/* 1 to 3 are places of the list, the others offers. */
static enum next sync_digit(struct ui *ui, void *state)
{
	struct sync_screen *s = state;
	int place = ui->key - '0';
	size_t at = s->lists[PART_CLASHES].top + (size_t)place - 1;
	struct err why = ERR_INIT;
	const char *no = NULL;

	if (s->part != PART_CLASHES) {
		list_key(&s->lists[s->part], ui->key, &no);
		return no ? ui_failf(ui, "%s", no) : STAY;
	}
	if (place > SYNC_NUMBERED && some_offer(ui, s, &why) < 0)
		return ui_fail(ui, &why);
	if (place > SYNC_NUMBERED) {
		enum next next = do_offer(ui, s, place - SYNC_NUMBERED - 1);

		s->by_digit = next != FAILED;
		return next;
	}
	if (at >= s->lists[PART_CLASHES].n || s->lists[PART_CLASHES].v[at].at < 0)
		return ui_failf(ui, "There is no number %d here.", place);
	list_select(&s->lists[PART_CLASHES], s->lists[PART_CLASHES].v[at].id);
	s->offers = false;
	return sync_moved(ui, s);
}

static enum next sync_arrow(struct ui *ui, void *state)
{
	struct sync_screen *s = state;
	const char *why = NULL;
	int step = ui->key == K_UP ? -1 : 1;

	s->by_digit = false;
	if (!s->offers || s->part != PART_CLASHES) {
		list_key(&s->lists[s->part], ui->key, &why);
		return why ? ui_failf(ui, "%s", why) : sync_moved(ui, s);
	}
	if (s->at + step < 0 || s->at + step >= s->view->offered)
		return ui_failf(ui, "That is the %s of them.", step < 0 ? "first" : "last");
	s->at += step;
	return STAY;
}

/* From the list to what is offered, then through the parts that have something. */
static enum next sync_tab(struct ui *ui, void *state)
{
	struct sync_screen *s = state;
	int part = s->part;

	if (s->part == PART_CLASHES && !s->offers && s->view && s->view->offered) {
		s->offers = true;
		return STAY;
	}
	do
		part = (part + 1) % SYNC_PARTS;
	while (part != PART_CLASHES && sync_part_count(s, part) == 0);
	if (part == PART_CLASHES && s->part == PART_CLASHES && !s->offers)
		return ui_failf(ui, "There is nothing else here.");
	s->part = (enum sync_part)part;
	s->offers = s->whole = false;
	ui_place(ui, "%s", sync_words[s->part].place);
	return STAY;
}

static enum next sync_phone(struct ui *ui, void *state)
{
	const struct sync_screen *s = state;
	struct id person = s->part != PART_CLASHES ? sync_part_person(s)
			   : s->view		   ? s->view->row.person
						   : (struct id){ 0 };

	return id_none(person) ? ui_failf(ui, "This row is about no person.")
			       : open_phone(ui, person);
}

static enum next sync_whole(struct ui *ui, void *state)
{
	struct sync_screen *s = state;

	if (s->part != PART_CLASHES || !s->view || s->view->row.masked || s->view->n == 0)
		return ui_failf(ui, "There is no more to see of this row.");
	s->whole = !s->whole;
	return STAY;
}

static enum next sync_book(struct ui *ui, void *state)
{
	return sync_part_book(ui, state);
}

static enum next settled_how(struct ui *ui, void *state, const char *text)
{
	struct sync_screen *s = state;
	struct err err = ERR_INIT;

	if (clash_settle(ui->desk, s->asked->row.c.id, text, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Settled: %.80s.  u Undo", text);
	return REFRESH;
}

static enum next sync_settle(struct ui *ui, void *state)
{
	struct sync_screen *s = state;

	if (s->part != PART_CLASHES)
		return ui_failf(ui, "Only what stands under conflicts is settled so.  Tab");
	if (!s->asked)
		s->asked = mem_new(sizeof *s->asked);
	*s->asked = *s->view;
	ask_text(ui, "Settled: how?", false, 100, settled_how);
	return STAY;
}

static enum next sync_ask(struct ui *ui, void *state)
{
	struct sync_screen *s = state;
	struct err err = ERR_INIT;

	if (strcmp(s->status.state, "alone") == 0 || strcmp(s->status.state, "hub") == 0)
		return RELOAD;
	if (sync_poke(ui->desk, &err) < 0)
		return ui_fail(ui, &err);
	if (moment_none(s->status.offline))
		ui_done(ui, "The server is asked.");
	else
		ui_done(ui, "The line is tried again.");
	return RELOAD;
}

static enum next sync_esc(struct ui *ui, void *state)
{
	struct sync_screen *s = state;

	(void)ui;
	if (!s->whole)
		return BACK;
	s->whole = false;
	return STAY;
}

static const struct key keys[] = {
	{ .key = "1 2 3 4 5 6 7 8 9",
	  .name = "pick",
	  .label = "Pick",
	  .help = "select a row, do an offer",
	  .shown = "1-9",
	  .commits = true,
	  .act = sync_digit },
	{ .key = "Tab",
	  .name = "part",
	  .label = "Next part",
	  .help = "offers, and the other lists",
	  .act = sync_tab },
	{ .key = "Enter",
	  .name = "do",
	  .label = "Do it",
	  .help = "do what is offered",
	  .commits = true,
	  .may = some_offer,
	  .act = sync_enter },
	{ .key = "p",
	  .name = "phone",
	  .label = "Phone",
	  .help = "numbers, what may be said",
	  .commits = true,
	  .act = sync_phone },
	{ .key = "v",
	  .name = "whole",
	  .label = "Both versions",
	  .help = "both versions to their end",
	  .act = sync_whole },
	{ .key = "b",
	  .name = "book",
	  .help = "to ring back: find a time",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = sync_book },
	{ .key = "X",
	  .name = "settle",
	  .help = "settled otherwise: how",
	  .serious = true,
	  .commits = true,
	  .may = some_offer,
	  .act = sync_settle },
	{ .key = "Up Down", .name = "move", .act = sync_arrow },
	{ .key = "F5", .name = "sync", .help = "refresh and sync now", .act = sync_ask },
	{ .key = "Esc F12", .name = "leave", .label = "Back", .act = sync_esc },
	{ 0 },
};

const struct screen screen_sync = {
	.name = "sync",
	.title = "SYNC",
	.help = "what two sites did at once",
	.go = 's',
	.state = sizeof(struct sync_screen),
	.layout = sync_layout,
	.load = sync_load,
	.draw = sync_draw,
	.leave = sync_leave,
	.list = sync_list,
	.moved = sync_moved,
	.keys = keys,
};
