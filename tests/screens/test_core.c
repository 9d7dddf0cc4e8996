/*
 * test_core.c: the frame, with two screens of the tests' own: a desk of thirty people and a form.
 * They run in a child on a pseudo-terminal; what the child is told to change between keys (another
 * desk's booking) lies in shared memory.
 */
#include "suite.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/day.h"
#include "pty.h"
#include "../../src/tui/bar.h"
#include "../../src/tui/screens.h"

/* --- the practice ground -----------------------------------------------------------------------
 */

static struct shared {
	_Atomic int version;  /* counts changes by another desk */
	_Atomic int extra;    /* rows that it added */
	_Atomic int gone;     /* a row that it took away, by number */
	_Atomic int acted_on; /* the row that `a` last acted on */
	_Atomic int acts;
	_Atomic int ahead;
	_Atomic int idle; /* minutes until the lock */
	_Atomic int left; /* screens that were left in order */
} * shared;

static const char *const NAMES[] = { "NOWAK, Agnieszka", "OKAFOR, Adaeze", "OKAFOR, Adanna",
				     "Żółć, Łukasz",	 "MÜLLER, Jürgen", "李, 小龍" };

struct people {
	struct list list;
	int n;
	int ids[64];
};

static int people_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct people *p = state;
	int64_t ids[64];

	(void)err;
	p->n = 0;
	for (int i = 1; i <= 30 + shared->extra; i++)
		if (i != shared->gone) {
			ids[p->n] = i;
			p->ids[p->n++] = i;
		}
	list_load(&p->list, ids, (size_t)p->n, refresh);
	ui_place(ui, "Northgate");
	return 0;
}

static void people_layout(void *state, int rows, int cols)
{
	(void)cols;
	list_size(&((struct people *)state)->list, rows - 8);
}

static void people_row(struct canvas *c, int line, int number, bool selected, const void *state,
		       int at)
{
	const struct people *p = state;

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%3d %02d:00 B", number, 8 + p->ids[at] % 10);
	canvas_padded(c, line, 21, 28, PLAIN, NAMES[p->ids[at] % 6]);
	canvas_put(c, line, 50, PLAIN, "14-Aug-1984 Physio new   Marsh");
}

static void people_draw(struct canvas *c, const void *state)
{
	const struct people *p = state;

	canvas_printf(c, 2, 1, PLAIN, "%d today", p->n);
	canvas_put(c, 3, 3, BOLD, "# Time  St Wait Person");
	list_draw(c, &p->list, 4, false, people_row, p);
}

static void people_leave(struct ui *ui, void *state)
{
	(void)ui;
	list_done(&((struct people *)state)->list);
	shared->left++;
}

static struct list *people_list(void *state)
{
	return &((struct people *)state)->list;
}

static enum next people_arrive(struct ui *ui, void *state)
{
	struct people *p = state;

	shared->acted_on = (int)list_id(&p->list);
	shared->acts++;
	shared->ahead = ui->ahead;
	ui_done(ui, "Row %d arrived.", shared->acted_on);
	return RELOAD;
}

static enum next people_refuse(struct ui *ui, void *state)
{
	(void)state;
	return ui_failf(ui, "Not done: the room is in use.");
}

static enum next cancelled(struct ui *ui, void *state, char key)
{
	(void)state;
	ui_done(ui, "Cancelled by %c.", key);
	return RELOAD;
}

static enum next people_cancel(struct ui *ui, void *state)
{
	static const struct answer WHO[] = { { 'p', "person" }, { 's', "service" }, { 0 } };

	(void)state;
	ask(ui, WHO, NULL, cancelled, "Cancel OKAFOR, Adaeze 12-Mar 10:00?");
	return STAY;
}

static enum next noted(struct ui *ui, void *state, const char *text)
{
	(void)state;
	ui_done(ui, "Noted: %s.", text);
	return STAY;
}

static enum next people_note(struct ui *ui, void *state)
{
	(void)state;
	ask_text(ui, "Why", false, 20, noted);
	return STAY;
}

static enum next people_pin(struct ui *ui, void *state)
{
	(void)state;
	ask_text(ui, "PIN", true, 8, noted);
	return STAY;
}

static int not_now(const struct ui *ui, const void *state, struct err *why)
{
	(void)ui;
	(void)state;
	return err_set(why, ERR_INPUT, "She has not arrived yet: a first.");
}

static enum next to_form(struct ui *ui, void *state)
{
	(void)state;
	return ui_open(ui, "form");
}

static const struct key people_keys[] = {
	{ .key = "a",
	  .name = "arrive",
	  .label = "Arrived",
	  .help = "mark arrived",
	  .commits = true,
	  .act = people_arrive },
	{ .key = "i",
	  .name = "room",
	  .label = "In room",
	  .help = "mark in room",
	  .may = not_now,
	  .act = people_arrive },
	{ .key = "r", .name = "refuse", .label = "Refuse", .help = "refuse", .act = people_refuse },
	{ .key = "X",
	  .name = "cancel",
	  .label = "Cancel",
	  .help = "cancel: by whom and why",
	  .serious = true,
	  .commits = true,
	  .act = people_cancel },
	{ .key = "n", .name = "note", .label = "Note", .help = "write a note", .act = people_note },
	{ .key = "P", .name = "pin", .help = "ask the PIN", .serious = true, .act = people_pin },
	{ .key = "e", .name = "edit", .label = "Edit", .help = "edit details", .act = to_form },
	{ .key = "S",
	  .name = "sign",
	  .label = "Sign",
	  .help = "sign a letter",
	  .roles = 2,
	  .serious = true,
	  .act = people_arrive },
	{ 0 },
};

static const struct screen people = { .name = "desk",
				      .title = "DESK",
				      .go = 'h',
				      .help = "today's appointments",
				      .state = sizeof(struct people),
				      .load = people_load,
				      .layout = people_layout,
				      .draw = people_draw,
				      .leave = people_leave,
				      .list = people_list,
				      .keys = people_keys };

struct details {
	struct form form;
	char typed[64];
};

static const char *const SITES[] = { "Northgate", "Harbour", "St Annes", NULL };

static const struct field detail_fields[] = {
	{ .name = "name",
	  .label = "Name",
	  .row = 4,
	  .col = 3,
	  .box = 12,
	  .width = 20,
	  .max = 60,
	  .required = true },
	{ .name = "day",
	  .label = "Day",
	  .row = 5,
	  .col = 3,
	  .box = 12,
	  .width = 12,
	  .kind = FIELD_DATE },
	{ .name = "hour",
	  .label = "Time",
	  .row = 6,
	  .col = 3,
	  .box = 12,
	  .width = 8,
	  .kind = FIELD_TIME },
	{ .name = "site",
	  .label = "Site",
	  .row = 7,
	  .col = 3,
	  .box = 12,
	  .width = 12,
	  .kind = FIELD_CHOICE,
	  .choices = SITES },
	{ .name = "word",
	  .label = "Password",
	  .row = 8,
	  .col = 3,
	  .box = 12,
	  .width = 12,
	  .kind = FIELD_PASSWORD },
	{ 0 },
};

static int details_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct details *d = state;

	(void)ui;
	(void)refresh;
	(void)err;
	if (!d->form.n)
		form_init(&d->form, detail_fields);
	return 0;
}

static void details_draw(struct canvas *c, const void *state)
{
	const struct details *d = state;

	bar_person(c, &(struct banner){ .name = "OKAFOR, Adaeze (Mrs)",
					.born = "14-Aug-1984 (41y)",
					.nhs = "999 526 0182",
					.preferred = "Ada",
					.gender = "Female",
					.employee = "20417733",
					.alerts = 2 });
	form_draw(c, &d->form, true, 0);
	canvas_printf(c, 12, 3, PLAIN, "typed |%s|", d->typed);
}

static void details_leave(struct ui *ui, void *state)
{
	(void)ui;
	form_done(&((struct details *)state)->form);
	shared->left++;
}

static struct form *details_form(void *state)
{
	return &((struct details *)state)->form;
}

static enum next details_typed(struct ui *ui, void *state)
{
	struct details *d = state;

	(void)ui;
	snprintf(d->typed, sizeof d->typed, "%.60s", form_text(&d->form, "name"));
	return STAY;
}

static enum next details_save(struct ui *ui, void *state)
{
	struct details *d = state;
	struct err err = ERR_INIT;

	if (form_complete(&d->form, &err) < 0)
		return ui_fail(ui, &err);
	if (strcmp(form_text(&d->form, "hour"), "25") == 0) {
		err_input(&err, "hour", "There is no hour 25.");
		return ui_fail(ui, &err);
	}
	ui_done(ui, "Saved.");
	return BACK;
}

static const struct key details_keys[] = {
	{ .key = "C-s Enter", .name = "save", .label = "Save", .act = details_save },
	{ 0 },
};

static const struct screen details = { .name = "form",
				       .title = "DETAILS",
				       .go = 'd',
				       .help = "details of a person",
				       .state = sizeof(struct details),
				       .load = details_load,
				       .draw = details_draw,
				       .leave = details_leave,
				       .form = details_form,
				       .typed = details_typed,
				       .keys = details_keys };

static void lock_draw(struct canvas *c, const void *state)
{
	(void)state;
	canvas_put(c, 3, 13, PLAIN, "LOCKED");
	canvas_cursor(c, 3, 13);
}

static enum next lock_open(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	return BACK;
}

static enum next lock_out(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	return QUIT;
}

static const struct key lock_keys[] = {
	{ .key = "Enter", .name = "unlock", .label = "Unlock", .act = lock_open },
	{ .key = "C-q", .name = "out", .label = "Sign out", .act = lock_out },
	{ 0 },
};

static const struct screen lock = {
	.name = "lock", .title = "LOCK", .modal = true, .draw = lock_draw, .keys = lock_keys
};

static const struct screen *const table[] = { &people, &details, &lock, NULL };

static struct moment host_now(struct ui *ui)
{
	(void)ui;
	return (struct moment){ 1773308520 }; /* Thu 12-Mar-2026 09:42 */
}

static bool host_changed(struct ui *ui)
{
	int *seen = ui->own, now = shared->version;
	bool is = *seen != now;

	*seen = now;
	return is;
}

static void host_bar(struct ui *ui, struct bar *ret)
{
	(void)ui;
	*ret = (struct bar){ "p.shah", "Parked 1", "Sync ok" };
}

static const struct host host = { .now = host_now, .changed = host_changed, .bar = host_bar };

static int run_screens(void *arg)
{
	struct err err = ERR_INIT;
	struct tui_options opt = { .theme = arg, .idle_minutes = shared->idle };
	int seen = shared->version;
	struct ui ui = { .opt = &opt, .role = 1, .own = &seen };

	if (loop_in_terminal(&ui, &host, table, NULL, &err) < 0) {
		printf("%s\n", err.text);
		return (int)err.kind;
	}
	return 0;
}

static struct pty *start(struct pty_options o)
{
	if (!shared)
		shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	o.run = run_screens;
	return pty_start(&o);
}

static struct pty *start_plain(void)
{
	return start((struct pty_options){ 0 });
}

static int leave(struct pty *p)
{
	if (!pty_find(p, "LOCKED"))
		pty_keys(p, "<C-q>");
	pty_keys(p, "<C-q>");
	return pty_end(p);
}

#define ROW(n, text) ck_assert_str_eq(pty_row(p, n), text)
#define HAS(n, text) ck_assert_msg(strstr(pty_row(p, n), text), "row %d is %s", n, pty_row(p, n))

/* --- the frame ----------------------------------------------------------------------------------
 */

START_TEST(the_frame_stands_as_designed)
{
	struct pty *p = start_plain();

	ck_assert(pty_screen_is(p, "tests/screens/core.screen"));
	ck_assert(pty_reverse(p, 1, 1) && pty_reverse(p, 1, 80) && !pty_reverse(p, 2, 1));
	pty_keys(p, "e");
	ck_assert(pty_screen_is(p, "tests/screens/core_form.screen"));
	ck_assert(pty_bold(p, 2, 1));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

TEST_MAIN("core", the_frame_stands_as_designed)
