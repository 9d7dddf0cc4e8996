/*
 * sync_parts.c: the other parts of S16: who is to be rung back, times that were given away and
 * forgotten, what was asked of others and waits, what came of one's own acts otherwise than told.
 *
 * Enter takes the default step of each: the task and how it ended, the giving or asking back (which
 * cannot be undone, so it asks), the person, the reading.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "model/person.h"
#include "open.h"
#include "sync.h"
#include "tasks.h"

const struct sync_words sync_words[SYNC_PARTS] = {
	[PART_CLASHES] = { "conflicts", "", "", "conflict", "conflicts" },
	[PART_RING] = { "ring back", "  # Due    Person                       Born        Number",
			"Nobody is to be rung back.", "to ring back", "to ring back" },
	[PART_HOLDS] = { "forgotten", "  # Day             From  With         Held by      Free",
			 "No times are forgotten elsewhere.", "hold forgotten", "holds forgotten" },
	[PART_ASKED] = { "asked for", "  # Asked  Person                       Born        Time",
			 "Nothing waits for an answer.", "waits for another site",
			 "wait for other sites" },
	[PART_HEARD] = { "heard",
			 "  # When   What you did                             Said       Is",
			 "Nothing came otherwise than said.", "came otherwise", "came otherwise" },
};

/* ---- loading ---- */

static void ids_into(struct list *list, const int64_t *ids, size_t n, bool refresh)
{
	list_load(list, ids, n, refresh);
}

static int load_rings(struct ui *ui, struct sync_screen *s, bool refresh, struct err *err)
{
	struct ringbacks rings = { 0 };
	int64_t *ids;

	if (ringback_list(ui->desk, false, &rings, err) < 0)
		return -1;
	list_free(&s->rings);
	s->rings = rings;
	ids = mem_new((rings.n + 1) * sizeof *ids);
	for (size_t i = 0; i < rings.n; i++)
		ids[i] = rings.v[i].task.t.id.n;
	ids_into(&s->lists[PART_RING], ids, rings.n, refresh);
	mem_free(ids);
	return 0;
}

static int load_holds(struct ui *ui, struct sync_screen *s, bool refresh, struct err *err)
{
	struct hold_wish wish = { .from = DATE_NONE, .to = DATE_NONE, .forgotten = true };
	struct helds holds = { 0 };
	int64_t *ids;

	if (hold_list(ui->desk, &wish, &holds, err) < 0)
		return -1;
	list_free(&s->holds);
	s->holds = holds;
	mem_free(s->hold_names);
	s->hold_names = mem_new((holds.n + 1) * sizeof *s->hold_names);
	ids = mem_new((holds.n + 1) * sizeof *ids);
	for (size_t i = 0; i < holds.n; i++) {
		const struct clinician *c = ref_clinician(ui->desk, holds.v[i].clinician);

		snprintf(s->hold_names[i].clinician, NAME_TEXT, "%s", c ? c->surname : "");
		node_shown(ui->desk, holds.v[i].holder, s->hold_names[i].holder);
		/* One session may be held by several. */
		ids[i] = holds.v[i].block.n * 64 + holds.v[i].holder % 64;
	}
	ids_into(&s->lists[PART_HOLDS], ids, holds.n, refresh);
	mem_free(ids);
	return 0;
}

static int load_asked(struct ui *ui, struct sync_screen *s, bool refresh, struct err *err)
{
	struct askeds asked = { 0 };
	int64_t *ids;

	if (asked_list(ui->desk, false, &asked, err) < 0)
		return -1;
	list_free(&s->asked_for);
	s->asked_for = asked;
	mem_free(s->asked_names);
	s->asked_names = mem_new((asked.n + 1) * sizeof *s->asked_names);
	ids = mem_new((asked.n + 1) * sizeof *ids);
	for (size_t i = 0; i < asked.n; i++) {
		node_shown(ui->desk, asked.v[i].holder, s->asked_names[i].holder);
		ids[i] = asked.v[i].row.row.a.id.n;
	}
	ids_into(&s->lists[PART_ASKED], ids, asked.n, refresh);
	mem_free(ids);
	return 0;
}

/* One's own; what is said of others is for them. */
static int load_heard(struct ui *ui, struct sync_screen *s, bool refresh, struct err *err)
{
	struct attentions all = { 0 };
	size_t kept = 0;
	int64_t *ids;

	if (attention_list(ui->desk, &all, err) < 0)
		return -1;
	list_each (a, &all)
		if (id_same(a->actor, ui->desk->user.id))
			all.v[kept++] = *a;
	all.n = kept;
	list_free(&s->heard);
	s->heard = all;
	ids = mem_new((all.n + 1) * sizeof *ids);
	for (size_t i = 0; i < all.n; i++)
		ids[i] = all.v[i].act;
	ids_into(&s->lists[PART_HEARD], ids, all.n, refresh);
	mem_free(ids);
	return 0;
}

int sync_parts_load(struct ui *ui, struct sync_screen *s, bool refresh, struct err *err)
{
	if (load_rings(ui, s, refresh, err) < 0 || load_holds(ui, s, refresh, err) < 0 ||
	    load_asked(ui, s, refresh, err) < 0)
		return -1;
	return load_heard(ui, s, refresh, err);
}

void sync_parts_done(struct sync_screen *s)
{
	list_free(&s->rings);
	list_free(&s->holds);
	list_free(&s->asked_for);
	list_free(&s->heard);
	mem_free(s->hold_names);
	mem_free(s->asked_names);
}

/* ---- drawing ---- */

static void ring_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct sync_screen *s = state;
	const struct ringback *r = &s->rings.v[at];
	char buf[PERSON_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_padded(c, line, 5, 6, r->urgent ? BOLD | ALERT : PLAIN,
		      r->urgent ? "NOW" : moment_short(r->task.t.due, s->today, buf));
	person_show(r->task.surname, r->task.given, r->task.title, buf);
	canvas_padded(c, line, 12, 28, PLAIN, buf);
	canvas_put(c, line, 41, PLAIN,
		   date_none(r->task.born) ? "not known" : date_show(r->task.born, buf));
	canvas_padded(c, line, 53, c->cols - 52, PLAIN, r->number);
}

static void hold_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct sync_screen *s = state;
	const struct held *h = &s->holds.v[at];
	char buf[DAY_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_padded(c, line, 5, 15, PLAIN, date_show_day(h->day, buf));
	canvas_put(c, line, 21, PLAIN, minute_show(moment_minute(h->first), buf));
	canvas_padded(c, line, 27, 12, PLAIN, s->hold_names[at].clinician);
	canvas_padded(c, line, 40, 12, PLAIN, s->hold_names[at].holder);
	canvas_printf(c, line, 53, PLAIN, "%d", h->free);
}

static void asked_row(struct canvas *c, int line, int number, bool selected, const void *state,
		      int at)
{
	const struct sync_screen *s = state;
	const struct desk_row *r = &s->asked_for.v[at].row;
	char buf[DAY_TEXT], day[DAY_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_padded(c, line, 5, 6, PLAIN, moment_short(r->row.a.asked_at, s->today, buf));
	canvas_padded(c, line, 12, 28, PLAIN, r->name);
	canvas_put(c, line, 41, PLAIN,
		   date_none(r->row.born) ? "not known" : date_show(r->row.born, buf));
	canvas_printf(c, line, 53, PLAIN, "%s %s T %.20s", date_show_short(r->row.a.day, day),
		      minute_show(moment_minute(r->row.a.starts), buf), s->asked_names[at].holder);
}

static void heard_row(struct canvas *c, int line, int number, bool selected, const void *state,
		      int at)
{
	const struct sync_screen *s = state;
	const struct attention *a = &s->heard.v[at];
	char buf[DAY_TEXT];

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_padded(c, line, 5, 6, PLAIN, moment_short(a->at, s->today, buf));
	canvas_padded(c, line, 12, 42, PLAIN, a->text);
	canvas_padded(c, line, 55, 10, PLAIN, a->told);
	canvas_padded(c, line, 66, c->cols - 65, PLAIN, a->verdict);
}

static const struct {
	list_draw_row *row;
	const char *does;
} parts[SYNC_PARTS] = {
	[PART_RING] = { ring_row, "Enter: the task, and how it ended.  p Phone  b Find a time" },
	[PART_HOLDS] = { hold_row, "Nobody else books in them.  Enter gives or asks them back." },
	[PART_ASKED] = { asked_row,
			 "It stays T until that site answers.  Enter opens the person." },
	[PART_HEARD] = { heard_row, "Enter: read, it leaves this list." },
};

void sync_part_draw(struct canvas *c, const struct sync_screen *s)
{
	const struct sync_words *w = &sync_words[s->part];
	const struct list *list = &s->lists[s->part];
	int at = list_at(list), row = c->rows - SYNC_BELOW + 1;

	canvas_put(c, 3, 1, HEADING, w->head);
	if (list->n == 0) {
		canvas_put(c, SYNC_FIRST, 3, PLAIN, w->none);
		canvas_cursor(c, SYNC_FIRST, 1);
	}
	list_draw(c, list, SYNC_FIRST, false, parts[s->part].row, s);
	if (at >= 0 && s->part == PART_RING)
		canvas_wrap(c, row, 3, c->cols - 4, 3, PLAIN, s->rings.v[at].say);
	if (at >= 0 && s->part == PART_HEARD)
		canvas_wrap(c, row, 3, c->cols - 4, 3, PLAIN, s->heard.v[at].text);
	canvas_put(c, c->rows - 3, 3, PLAIN, parts[s->part].does);
}

/* Rows that have gone stay in their places, and count no more. */
size_t sync_part_count(const struct sync_screen *s, int part)
{
	const size_t n[SYNC_PARTS] = { [PART_CLASHES] = (size_t)s->open,
				       [PART_RING] = s->rings.n,
				       [PART_HOLDS] = s->holds.n,
				       [PART_ASKED] = s->asked_for.n,
				       [PART_HEARD] = s->heard.n };

	return n[part];
}

void sync_also(struct canvas *c, const struct sync_screen *s, int row)
{
	char buf[200] = "";
	size_t n = 0;

	for (int i = PART_CLASHES; i < SYNC_PARTS && n < sizeof buf; i++) {
		size_t some = sync_part_count(s, i);

		if (i == (int)s->part || some == 0)
			continue;
		n += (size_t)snprintf(buf + n, sizeof buf - n, "%s%zu %s", n ? ", " : "Tab: ", some,
				      some == 1 ? sync_words[i].one : sync_words[i].many);
	}
	canvas_put(c, row, 1, PLAIN, buf);
}

/* ---- keys ---- */

struct id sync_part_person(const struct sync_screen *s)
{
	int at = list_at(&s->lists[s->part]);

	if (at >= 0 && s->part == PART_RING)
		return s->rings.v[at].task.t.person;
	if (at >= 0 && s->part == PART_ASKED)
		return s->asked_for.v[at].row.row.a.person;
	return (struct id){ 0 };
}

static struct held handed; /* what was asked about */

static enum next give_back(struct ui *ui, void *state, char key)
{
	struct err err = ERR_INIT;
	int n;

	(void)state, (void)key;
	if (hold_give_back(ui->desk, handed.block, &n, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%d time%s given back.", n, n == 1 ? "" : "s");
	return RELOAD;
}

static enum next ask_back(struct ui *ui, struct err *err)
{
	if (hold_ask_back(ui->desk, &handed, err) < 0)
		return ui_fail(ui, err);
	ui_done(ui, "They are asked to give them back: it is a task there.   u Undo");
	return REFRESH;
}

static enum next hold_enter(struct ui *ui, struct sync_screen *s, int at)
{
	struct err err = ERR_INIT;

	handed = s->holds.v[at];
	switch (held_todo(ui->desk, &handed)) {
	case HELD_GIVE_BACK:
		ask_yes(ui, give_back, "Give %d free time%s of %.30s back?", handed.free,
			handed.free == 1 ? "" : "s", s->hold_names[at].clinician);
		return STAY;
	case HELD_ASK_BACK:
		return ask_back(ui, &err);
	case HELD_OTHERS:
		break;
	}
	return ui_failf(ui, "That is between two other sites: they see it too.");
}

static enum next heard_enter(struct ui *ui, struct sync_screen *s, int at)
{
	struct err err = ERR_INIT;

	if (attention_ack(ui->desk, s->heard.v[at].act, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Read.");
	return RELOAD;
}

enum next sync_part_enter(struct ui *ui, struct sync_screen *s)
{
	int at = list_at(&s->lists[s->part]);

	if (at < 0)
		return ui_failf(ui, "There is nothing on this row.");
	switch (s->part) {
	case PART_RING:
		return open_tasks(ui, s->rings.v[at].task.t.id);
	case PART_HOLDS:
		return hold_enter(ui, s, at);
	case PART_ASKED:
		return open_person(ui, s->asked_for.v[at].row.row.a.person);
	case PART_HEARD:
		return heard_enter(ui, s, at);
	case PART_CLASHES:
	case SYNC_PARTS:
		break;
	}
	return STAY;
}

enum next sync_part_book(struct ui *ui, struct sync_screen *s)
{
	int at = list_at(&s->lists[s->part]);
	const struct ringback *r;

	if (s->part != PART_RING || at < 0)
		return ui_failf(ui, "A time is found for who is to be rung back.  Tab");
	r = &s->rings.v[at];
	return id_none(r->move) ? open_booking(ui, r->task.t.person, r->task.t.service)
				: open_move(ui, r->move, true);
}
