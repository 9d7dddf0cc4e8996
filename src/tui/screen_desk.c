/*
 * screen_desk.c: S2: today at one desk: who comes, who is here, what to do now.
 *
 * Other desks' changes appear in place and never move the selected row; F5 sorts anew.  Tab goes to
 * the NOW lines and back; Enter there goes to the row that the line is about.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "clinic/exposed.h"
#include "clinic/refs.h"
#include "loop.h"
#include "open.h"
#include "people.h"
#include "screens.h"
#include "service_keys.h"
#include "sync/state.h"

enum { NOW_ROWS = 2, WIDE = 100, PANE = 132 };

/* What `f` goes through. */
static const struct {
	const char *word;
	unsigned states;
} filters[] = {
	{ "all", 0 },
	{ "to come", 1u << APPT_REQUESTED | 1u << APPT_BOOKED },
	{ "here", 1u << APPT_ARRIVED | 1u << APPT_IN_ROOM },
};
enum { FILTERS = sizeof filters / sizeof *filters };

struct today {
	struct date day;
	struct moment now; /* when the rows were read */
	struct desk_rows rows;
	struct list list;
	int filter;
	bool on_now; /* the cursor is on the NOW lines */
	size_t now_at;
	int total;
	bool today;
	char site[NAME_TEXT];
	struct {
		char room[CODE_TEXT], site[NAME_TEXT];
	} * places; /* of each row, for wide windows */
};

/* ---- what it shows ---- */

static void keep_places(struct ui *ui, struct today *t)
{
	mem_free(t->places);
	t->places = mem_new((t->rows.n + 1) * sizeof *t->places);
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct room *room = ref_room(ui->desk, t->rows.v[i].row.a.room);
		const struct site *site = ref_site(ui->desk, t->rows.v[i].row.a.site);

		snprintf(t->places[i].room, sizeof t->places[i].room, "%s", room ? room->code : "");
		snprintf(t->places[i].site, sizeof t->places[i].site, "%s", site ? site->name : "");
	}
}

/* While the line is away, what that means for a booking stands above all else. */
static int say_line(struct ui *ui, struct desk_rows *rows, struct err *err)
{
	struct sync_now sync;
	struct sync_status status;
	struct now_line *line;
	char at[DAY_TEXT];

	if (sync_now(ui->desk, &sync, err) < 0)
		return -1;
	if (sync.word != SYNC_OFFLINE)
		return 0;
	if (sync_status(ui->desk, &status, err) < 0)
		return -1;
	list_push(&rows->now);
	memmove(rows->now.v + 1, rows->now.v, (rows->now.n - 1) * sizeof *rows->now.v);
	line = &rows->now.v[0];
	*line = (struct now_line){ .sync = true };
	if (strcmp(status.state, "excluded") == 0 || strcmp(status.state, "replaced") == 0) {
		snprintf(line->text, sizeof line->text, "%.119s", status.why);
		return 0;
	}
	snprintf(line->text, sizeof line->text,
		 "OFFLINE since %.20s: own slots are final, other sites' T.  Texts of T wait.",
		 moment_none(sync.offline) ? "the start"
					   : moment_said(sync.offline, ui->desk->today, at));
	return 0;
}

/* The morning's finished rows stand above; work begins with the first that is still to do. */
static int64_t first_to_do(const struct desk_rows *rows)
{
	list_each (r, rows)
		if (appt_live(r->row.a.state) && r->row.a.state != APPT_IN_ROOM)
			return r->row.a.id.n;
	return 0;
}

static int desk_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct today *t = state;
	bool first = t->day.n == 0;
	struct desk_filter filter = { .states = filters[t->filter].states };
	struct desk_rows rows = { 0 };
	int64_t *ids;
	char day[DAY_TEXT];

	if (t->day.n == 0)
		t->day = ui->desk->today;
	t->now = ui->desk->now;
	if (desklist(ui->desk, ui->desk->site.id, t->day, &filter, &rows, err) < 0)
		return -1;
	if (say_line(ui, &rows, err) < 0) {
		desk_rows_done(&rows);
		return -1;
	}
	desk_rows_done(&t->rows);
	t->rows = rows;
	keep_places(ui, t);
	ids = mem_new((rows.n + 1) * sizeof *ids);
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].row.a.id.n;
	list_load(&t->list, ids, rows.n, refresh);
	if (first)
		list_select(&t->list, first_to_do(&rows));
	mem_free(ids);
	t->total = 0;
	for (int i = 0; i < APPT_STATE_COUNT; i++)
		t->total += rows.count[i];
	t->today = t->day.n == ui->desk->today.n;
	if (t->now_at >= rows.now.n)
		t->now_at = 0;
	t->on_now = t->on_now && rows.now.n > 0;
	snprintf(t->site, sizeof t->site, "%s",
		 id_none(ui->desk->site.id) ? "all sites" : ui->desk->site.name);
	if (t->today)
		ui_place(ui, "%s", t->site);
	else
		ui_place(ui, "%s  %s", t->site, date_show_day(t->day, day));
	return 0;
}

static void desk_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct today *)state)->list, rows - 9);
}

static void desk_row(struct canvas *c, int line, int number, bool selected, const void *state,
		     int at)
{
	const struct today *t = state;
	const struct desk_row *r = &t->rows.v[at];
	const struct appt *a = &r->row.a;
	char when[DAY_TEXT], born[DAY_TEXT], hour[EXPOSED_TEXT];
	int left = c->cols >= PANE ? 96 : c->cols;

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	canvas_put(c, line, 5, PLAIN, minute_show(moment_minute(a->starts), when));
	if (*r->flags)
		canvas_put(c, line, 10, BOLD | ALERT, "!");
	canvas_printf(c, line, 11, PLAIN, "%c%s", appt_letter(a->state), r->alike ? "=" : "");
	if (r->row.needs || *r->row.interpreter)
		canvas_put(c, line, 13, BOLD, "n");
	if (r->tries > 0)
		canvas_printf(c, line, 14, PLAIN, "try%d", r->tries);
	else if (r->seen.over && t->today)
		canvas_printf(c, line, 14, BOLD | ALERT, r->seen.days < 10 ? "OV%dd" : "OVER",
			      r->seen.days);
	else if (a->mode == MODE_PHONE && (a->state == APPT_BOOKED || a->state == APPT_REQUESTED))
		canvas_put(c, line, 14, PLAIN, "tel");
	else if (r->waited > 0 && t->today)
		canvas_printf(c, line, 14, r->waited > WAIT_LIMIT ? BOLD | ALERT : PLAIN, "%3dm",
			      r->waited < 999 ? r->waited : 999);
	else if (r->seen.kind != CLOCK_NONE && t->today)
		canvas_printf(c, line, 14, PLAIN, "%3dd", r->seen.days < 99 ? r->seen.days : 99);
	canvas_padded(c, line, 19, 28, PLAIN, r->name);
	canvas_put(c, line, 48, PLAIN,
		   date_none(r->row.born) ? "not known" : date_show(r->row.born, born));
	if (!moment_none(r->injured) && t->today) {
		int minutes = exposed_left(r->injured, t->now);

		canvas_padded(c, line, 60, 12, minutes ? BOLD | ALERT : PLAIN,
			      exposed_show(minutes, hour));
	} else if (!moment_none(r->again_at)) {
		canvas_printf(c, line, 60, PLAIN, "again %s",
			      minute_show(moment_minute(r->again_at), when));
	} else {
		canvas_padded(c, line, 60, 12, id_none(a->over_by) ? PLAIN : ALERT,
			      id_none(a->over_by) ? r->type : "OVER");
	}
	canvas_padded(c, line, 73, left - 72 < 12 ? left - 72 : 12, PLAIN, r->with);
	if (c->cols >= WIDE) {
		canvas_padded(c, line, 86, 8, PLAIN, t->places[at].room);
		if (c->cols < PANE)
			canvas_put(c, line, 95, PLAIN, a->code);
	}
}

/* At 132 columns: all that is known about the selected row. */
static void pane(struct canvas *c, const struct today *t)
{
	int at = list_at(&t->list), row = 4;
	char buf[DAY_TEXT], needs[NEEDS_WORDS], number[PHONE_TEXT], left[CLOCK_TEXT];

	if (at < 0)
		return;
	const struct desk_row *r = &t->rows.v[at];
	const struct appt *a = &r->row.a;
	struct {
		const char *label;
		struct moment at;
	} times[] = { { "Arrived", a->arrived_at },
		      { "In room", a->room_at },
		      { "Seen", a->seen_at },
		      { "Ended", a->ended_at } };

	row += canvas_wrap(c, row, 98, c->cols - 98, 3, BOLD, r->name);
	canvas_printf(c, row++, 98, PLAIN, "Born %s",
		      date_none(r->row.born) ? "not known" : date_show(r->row.born, buf));
	row++;
	canvas_printf(c, row++, 98, PLAIN, "%s  %d min  %s",
		      minute_show(moment_minute(a->starts), buf), a->mins,
		      r->masked ? "" : mode_word(a->mode));
	if (*a->call_back)
		canvas_printf(c, row++, 98, PLAIN, "ring back %s",
			      phone_show(a->call_back, number));
	canvas_printf(c, row++, 98, PLAIN, "%s with %s", r->type, r->with);
	canvas_printf(c, row++, 98, PLAIN, "%s %s", t->places[at].site, t->places[at].room);
	if (*r->row.number)
		canvas_printf(c, row++, 98, PLAIN, "Episode %s", r->row.number);
	if (r->seen.kind != CLOCK_NONE)
		canvas_printf(c, row++, 98, r->seen.over ? BOLD | ALERT : PLAIN,
			      "to be seen by %.6s, %s", date_show(r->seen.due, buf),
			      clock_show(&r->seen, left));
	row++;
	canvas_printf(c, row++, 98, PLAIN, "%s%s%s", appt_word(a->state), *a->code ? ", code " : "",
		      a->code);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		if (!moment_none(times[i].at))
			canvas_printf(c, row++, 98, PLAIN, "%-8s %s", times[i].label,
				      minute_show(moment_minute(times[i].at), buf));
	if (r->tries)
		canvas_printf(c, row++, 98, PLAIN, "try %d at %s", r->tries,
			      minute_show(moment_minute(r->tried_at), buf));
	if (!moment_none(r->again_at))
		canvas_printf(c, row++, 98, PLAIN, "again at %s",
			      minute_show(moment_minute(r->again_at), buf));
	if (a->outcome != OUTCOME_NONE)
		canvas_printf(c, row++, 98, PLAIN, "%s", outcome_words(a->outcome));
	if (r->row.needs || *r->row.interpreter)
		row += canvas_wrap(c, row, 98, c->cols - 98, 3, BOLD,
				   needs_all(r->row.needs, r->row.interpreter, needs));
	if (a->moves)
		canvas_printf(c, row++, 98, PLAIN, "moved %d time%s", a->moves,
			      a->moves == 1 ? "" : "s");
	if (*a->over_why)
		canvas_wrap(c, row, 98, c->cols - 98, 2, PLAIN, a->over_why);
}

static void counts(struct canvas *c, const struct today *t)
{
	int col = canvas_printf(c, 2, 1, PLAIN, "%d %s", t->total, t->today ? "today" : "that day");

	for (int i = 0; i < APPT_STATE_COUNT; i++)
		if (t->rows.count[i])
			col = canvas_printf(c, 2, col + 2, PLAIN, "%c %d",
					    appt_letter((enum appt_state)i), t->rows.count[i]);
	char show[40];

	snprintf(show, sizeof show, "Show %s  f", filters[t->filter].word);
	canvas_right(c, 2, c->cols < 80 ? c->cols : 78, PLAIN, show);
}

static void desk_draw(struct canvas *c, const void *state)
{
	const struct today *t = state;
	int now = c->rows - 4;

	counts(c, t);
	canvas_put(c, 3, 3, HEADING,
		   "# Time  St Wait Person                       Born        Service      With");
	if (c->cols >= WIDE)
		canvas_put(c, 3, 86, HEADING, c->cols < PANE ? "Room     Code" : "Room");
	if (t->rows.n == 0)
		canvas_printf(
			c, 4, 3, PLAIN,
			t->filter
				? "Nobody to show.  f shows all again."
				: "Nothing booked %s at %s.  + next day, / find someone who walked in.",
			t->today ? "today" : "that day", t->site);
	list_draw(c, &t->list, 4, t->on_now, desk_row, t);
	if (c->cols >= PANE)
		pane(c, t);
	if (t->rows.now.n > 0)
		canvas_put(c, now, 1, HEADING, "NOW");
	for (size_t i = 0; i < NOW_ROWS && t->now_at / NOW_ROWS * NOW_ROWS + i < t->rows.now.n;
	     i++) {
		size_t at = t->now_at / NOW_ROWS * NOW_ROWS + i;

		canvas_put(c, now + (int)i, 6, t->on_now && at == t->now_at ? BOLD : PLAIN,
			   t->rows.now.v[at].text);
		if (t->on_now && at == t->now_at)
			canvas_cursor(c, now + (int)i, 5);
	}
	if (t->on_now)
		canvas_put(c, now + (int)(t->now_at % NOW_ROWS), 5, PLAIN, ">");
	canvas_put(
		c, c->rows - 2, 1, PLAIN,
		"St B booked A arrived I in room S seen D DNA X cancelled N not seen T tentative");
	if (c->cols >= WIDE)
		canvas_put(c, c->rows - 2, 81, PLAIN, "n has a need");
	if (t->rows.n == 0 && !t->on_now)
		canvas_cursor(c, 4, 1);
}

static void desk_leave(struct ui *ui, void *state)
{
	struct today *t = state;

	(void)ui;
	desk_rows_done(&t->rows);
	list_done(&t->list);
	mem_free(t->places);
}

static struct list *desk_list(void *state)
{
	return &((struct today *)state)->list;
}

/* ---- keys ---- */

static struct verb_row selected(const struct today *t)
{
	struct verb_row row = { .born = DATE_NONE };
	int at = list_at(&t->list);

	if (at < 0)
		return row;
	const struct desk_row *r = &t->rows.v[at];

	row.appt = r->row.a.id;
	row.person = r->row.a.person;
	row.state = r->row.a.state;
	row.born = r->row.born;
	row.starts = r->row.a.starts;
	row.alike = r->alike > 0;
	snprintf(row.who, sizeof row.who, "%s", r->name);
	needs_all(r->row.needs, r->row.interpreter, row.needs);
	return row;
}

VERB_ACTS(desk, selected)
VERB_ACT(desk, text, selected)
VERB_ACT(desk, wait, selected)
VERB_ACT(desk, slip, selected)
VERB_ACT(desk, history, selected)
VERB_ACT(desk, heed, selected)

static enum next desk_book(struct ui *ui, void *state)
{
	struct verb_row row = selected(state);

	if (id_none(row.person))
		return open_find(ui, "BOOK", NULL, NULL);
	return open_booking(ui, row.person, (struct id){ 0 });
}

/* Enter: the person of the row; on a NOW line, the row that it is about. */
static enum next desk_enter(struct ui *ui, void *state)
{
	struct today *t = state;

	if (t->on_now) {
		t->on_now = false;
		if (t->rows.now.v[t->now_at].outbox)
			return ui_open(ui, "outbox");
		if (!id_none(t->rows.now.v[t->now_at].person))
			return open_person(ui, t->rows.now.v[t->now_at].person);
		if (t->rows.now.v[t->now_at].sync)
			return ui_open(ui, "sync");
		if (!id_none(t->rows.now.v[t->now_at].away))
			return open_away_of(ui, t->rows.now.v[t->now_at].away);
		if (!list_select(&t->list, t->rows.now.v[t->now_at].appt.n))
			return ui_failf(ui, "Its row is not shown.  f shows all rows.");
		return STAY;
	}
	struct verb_row row = selected(t);

	if (id_none(row.person))
		return ui_failf(ui, "There is nobody on this row.  / finds a person.");
	return open_person(ui, row.person);
}

static enum next desk_tab(struct ui *ui, void *state)
{
	struct today *t = state;

	if (t->rows.now.n == 0)
		return ui_failf(ui, "Nothing needs doing now.");
	/* Through the lines, then back to the list. */
	if (t->on_now && t->now_at + 1 < t->rows.now.n)
		t->now_at++;
	else {
		t->on_now = !t->on_now;
		t->now_at = 0;
	}
	return STAY;
}

static enum next go_day(struct ui *ui, struct today *t, struct date day)
{
	if (day.n == t->day.n && ui->key == '=')
		return STAY;
	t->day = day;
	t->on_now = false;
	return RELOAD;
}

static enum next desk_next(struct ui *ui, void *state)
{
	struct today *t = state;

	return go_day(ui, t, (struct date){ t->day.n + 1 });
}

static enum next desk_previous(struct ui *ui, void *state)
{
	struct today *t = state;

	return go_day(ui, t, (struct date){ t->day.n - 1 });
}

static enum next desk_today(struct ui *ui, void *state)
{
	return go_day(ui, state, ui->desk->today);
}

static enum next desk_filter(struct ui *ui, void *state)
{
	struct today *t = state;

	(void)ui;
	t->filter = (t->filter + 1) % FILTERS;
	return RELOAD;
}

/* ---- walk-in: find, service, who is free now ---- */

static struct id walkin_person;
enum { NEEDLESTICK = 'x' };

static enum next walkin_service(struct ui *ui, void *state, char key)
{
	struct booking_ask ask = { .person = walkin_person, .service = service_of_answer(key) };
	struct desk_row row;
	struct err err = ERR_INIT;
	struct id appt;
	char at[DAY_TEXT];

	(void)state;
	if (key == NEEDLESTICK)
		return open_intake_by(ui, walkin_person, "exposure");
	if (booking_walkin(ui->desk, &ask, &appt, &err) < 0)
		return ui_fail(ui, &err);
	if (desk_appt(ui->desk, appt, &row, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s arrived, %s with %s at %s.   u Undo", row.name, row.type, row.with,
		minute_show(moment_minute(row.row.a.starts), at));
	return REFRESH;
}

/* The services, and the injury by a needle: its form first, for minutes count. */
static const struct answer *walkin_answers(struct ui *ui)
{
	static struct answer answers[40];
	const struct answer *services = service_answers(ui);
	size_t n = 0;

	for (; services && services[n].key && n < sizeof answers / sizeof *answers - 2; n++)
		answers[n] = services[n];
	answers[n++] = (struct answer){ NEEDLESTICK, "needlestick" };
	answers[n] = (struct answer){ 0 };
	return answers;
}

static enum next walkin_found(struct ui *ui, struct id person)
{
	const struct answer *answers = walkin_answers(ui);

	walkin_person = person;
	ask(ui, answers, "keep", walkin_service, "Walked in for?");
	return STAY;
}

static enum next desk_walkin(struct ui *ui, void *state)
{
	(void)state;
	return open_find(ui, "WALK-IN", walkin_found, NULL);
}

static enum next desk_late(struct ui *ui, void *state)
{
	const struct today *t = state;
	int at = list_at(&t->list);

	return at < 0 ? ui_failf(ui, "There is no clinician on this row.")
		      : ask_late(ui, t->rows.v[at].row.a.clinician);
}

static const struct key keys[] = {
	KEY_ARRIVE(desk),
	KEY_ROOM(desk),
	KEY_SEEN(desk),
	KEY_DNA(desk),
	KEY_CANCEL(desk),
	KEY_MOVE(desk),
	{ .key = "b",
	  .name = "book",
	  .label = "Book",
	  .help = "book this person again",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = desk_book },
	{ .key = "n",
	  .name = "walkin",
	  .label = "Walk-in",
	  .help = "somebody came without booking",
	  .roles = APPT_ROLES,
	  .act = desk_walkin },
	KEY_PHONE(desk),
	KEY_ALERTS(desk_do_heed),
	KEY_WAIT(desk),
	KEY_TEXT(desk),
	KEY_SLIP(desk),
	KEY_LATE(desk),
	{ .key = "Enter",
	  .name = "open",
	  .help = "open the person",
	  .commits = true,
	  .act = desk_enter },
	{ .key = "v",
	  .name = "history",
	  .help = "who did what to this row",
	  .commits = true,
	  .act = desk_do_history },
	{ .key = "r",
	  .name = "running",
	  .help = "their clinician runs late",
	  .roles = APPT_ROLES,
	  .commits = true,
	  .act = desk_late },
	{ .key = "f", .name = "filter", .help = "show all, to come, here", .act = desk_filter },
	{ .key = "+ F8", .name = "next", .help = "next day", .act = desk_next },
	{ .key = "- F7", .name = "previous", .help = "previous day", .act = desk_previous },
	{ .key = "=", .name = "today", .help = "today", .act = desk_today },
	{ .key = "Tab", .name = "now", .help = "to the NOW lines and back", .act = desk_tab },
	{ 0 },
};

const struct screen screen_desk = {
	.name = "desk",
	.title = "DESK",
	.go = 'h',
	.help = "today at this desk",
	.state = sizeof(struct today),
	.layout = desk_layout,
	.load = desk_load,
	.draw = desk_draw,
	.leave = desk_leave,
	.list = desk_list,
	.keys = keys,
};
