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
	_Atomic int practice;
	_Atomic int crowded; /* all that can stand in row 1 does */
	_Atomic int painted; /* the row that was last shown as selected */
	_Atomic int unseen;  /* acts on a row that was not */
	_Atomic int left;    /* screens that were left in order */
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
	shared->painted = (int)list_id(&p->list);
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
	shared->unseen += shared->painted != shared->acted_on;
	shared->ahead = ui->ahead;
	ui_done(ui, "Row %d arrived.", shared->acted_on);
	return REFRESH;
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

static enum next people_wide(struct ui *ui, void *state)
{
	static const struct answer MANY[] = { { 's', "spoke" },
					      { 'v', "no answer" },
					      { 'w', "wrong number" },
					      { 'p', "other person" },
					      { 'n', "not wanted" },
					      { 'o', "other" },
					      { 0 } };

	(void)state;
	ask(ui, MANY, NULL, cancelled, "Rang OKAFOR, Adaeze 12-Mar 10:00?");
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
	{ .key = "W", .name = "wide", .serious = true, .act = people_wide },
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

static const struct form_field detail_fields[] = {
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
	*ret = (struct bar){ .user = "p.shah", .parked = "Parked 1", .sync = "Sync ok" };
	if (shared->crowded)
		*ret = (struct bar){ .user = "p.shah",
				     .tasks = "Tasks 12",
				     .parked = "Parked 3",
				     .sync = "CONFLICT 2" };
}

static const char *host_warning(const struct ui *ui)
{
	return ui->key == 'n' ? "The registration lapses on Friday." : "";
}

static int host_idle(const struct ui *ui)
{
	(void)ui;
	return shared->idle;
}

static const struct host host = { .idle_ms = host_idle,
				  .warning = host_warning,
				  .now = host_now,
				  .changed = host_changed,
				  .bar = host_bar };

static int run_screens(void *arg)
{
	struct err err = ERR_INIT;
	struct tui_options opt = { .theme = arg };
	int seen = shared->version;

	opt.practice = shared->practice;
	struct ui ui = { .opt = &opt, .role = 1, .own = &seen };

	if (loop_in_terminal(&ui, &host, table, NULL, &err) < 0) {
		printf("%s\n", err.text);
		return (int)err.kind;
	}
	return 0;
}

static void share(void)
{
	if (!shared)
		shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

static struct pty *start(struct pty_options o)
{
	share();
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

	ck_assert_msg(pty_bytes(p) <= 2048, "start: %ld bytes", pty_bytes(p));
	ck_assert(pty_screen_is(p, "tests/screens/core.screen"));
	ck_assert(pty_reverse(p, 1, 1) && pty_reverse(p, 1, 80) && !pty_reverse(p, 2, 1));
	pty_keys(p, "e");
	ck_assert(pty_screen_is(p, "tests/screens/core_form.screen"));
	ck_assert(pty_bold(p, 2, 1));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(every_row_move_is_cheap)
{
	struct pty *p = start_plain();

	pty_count_start(p);
	for (int i = 0; i < 14; i++)
		pty_keys(p, "<Down>");
	for (int i = 0; i < 14; i++)
		pty_keys(p, "<Up>");
	HAS(4, "> ");
	ck_assert_msg(pty_p50(p) <= 60, "row move p50 %ld", pty_p50(p));
	ck_assert_msg(pty_most(p) <= 200, "row move max %ld", pty_most(p));
	pty_keys(p, "15");
	pty_count_start(p);
	for (int i = 0; i < 15; i++)
		pty_keys(p, "<Down>");
	ck_assert_msg(pty_most(p) <= 220, "scrolling row move max %ld", pty_most(p));
	HAS(18, "> 30");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_typed_character_costs_its_own_byte)
{
	struct pty *p = start_plain();

	pty_keys(p, "e<Tab><Tab><Tab><Tab>");
	pty_count_start(p);
	pty_keys(p, "correcthorse");
	ck_assert_msg(pty_p50(p) <= 2, "typed p50 %ld", pty_p50(p));
	ck_assert_msg(pty_most(p) <= 12, "typed max %ld", pty_most(p));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_view_switch_is_at_most_1700_bytes)
{
	struct pty *p = start_plain();

	pty_count_start(p);
	pty_keys(p, "e<Esc>?<Esc>:<Esc><PgDn><PgUp>");
	ck_assert_msg(pty_most(p) <= 1700, "view switch max %ld", pty_most(p));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(nothing_is_sent_while_nobody_types)
{
	struct pty *p = start_plain();

	pty_count_start(p);
	shared->version++;
	pty_wait(p);
	ck_assert_msg(pty_all(p) == 0, "%ld bytes for a change that changed nothing", pty_all(p));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

/* --- keys ---------------------------------------------------------------------------------------
 */

START_TEST(every_key_leaves_the_program_alive)
{
	static const char *const KEYS[] = {
		"<Enter>", "<Tab>",   "<S-Tab>", "<Space>",  "<Backspace>",  "<Up>",  "<Down>",
		"<Left>",  "<Right>", "<Home>",	 "<End>",    "<Ins>",	     "<Del>", "<PgUp>",
		"<PgDn>",  "<F1>",    "<F2>",	 "<F3>",     "<F4>",	     "<F5>",  "<F6>",
		"<F7>",	   "<F8>",    "<F9>",	 "<F10>",    "<F11>",	     "<F12>", "<C-a>",
		"<C-l>",   "<C-r>",   "<C-s>",	 "<C-t>",    "<C-u>",	     "<C-w>", "<C-z>",
		"<C-c>",   "<C-p>",   "<C-o>",	 "\xc5\x81", "\xe6\x9d\x8e",
	};
	struct pty *p = start_plain();
	char one[2] = { 0 };

	for (int screen = 0; screen < 5; screen++) {
		static const char *const OPEN[] = { "", "e", "?", ":", "X" };

		for (int c = 32; c < 127 + (int)(sizeof KEYS / sizeof *KEYS); c++) {
			pty_keys(p, "<F12><F12><F3>");
			pty_keys(p, OPEN[screen]);
			one[0] = (char)c;
			pty_keys(p, c == '<' ? "<lt>" : c < 127 ? one : KEYS[c - 127]);
			ck_assert_msg(!pty_ended(p), "key %d on screen %d", c, screen);
		}
	}
	pty_keys(p, "<F12><F12><F3>");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_key_without_a_meaning_says_so)
{
	struct pty *p = start_plain();

	pty_keys(p, "z");
	ROW(23, "W z does nothing here. ? lists the keys.");
	pty_keys(p, "<F11>");
	HAS(23, "W F11 does nothing");
	pty_keys(p, "i");
	ROW(23, "E She has not arrived yet: a first.");
	pty_keys(p, "S");
	ROW(23, "E Your role may not: sign a letter.");
	ck_assert_int_eq(pty_find(p, "Sign"), 0);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(stray_escape_sequences_never_act)
{
	static const char *const STRAY[] = {
		"\033[1;5A",	  "\033[a",	  "\033a",	  "\033[200;a~",
		"\033]0;aaa\007", "\033Pa\033\\", "\033[<0;1;1M", "\033[?1;2c",
		"\033Oa",	  "\033[99~",	  "\033[[Z",	  "\033^a\033\\",
		"\033[>0;276;0c", "\033\xc3\xa9", "\xff\xfe",	  "\x01\x02",
	};
	struct pty *p = start_plain();

	for (size_t i = 0; i < sizeof STRAY / sizeof *STRAY; i++) {
		pty_send(p, STRAY[i], strlen(STRAY[i]));
		ck_assert_msg(shared->acts == 0, "sequence %zu acted", i);
		ck_assert_int_eq(pty_find(p, "DESK"), 1);
		ck_assert_int_eq(pty_find(p, ">  1"), 4);
	}
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(alt_and_an_arrow_are_dropped_whole)
{
	struct pty *p = start_plain();

	pty_keys(p, "e");
	pty_send(p, "\033\033[A", 4);
	HAS(1, "DETAILS");
	pty_send(p, "\033x", 2);
	HAS(12, "typed ||");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(keys_of_other_terminals_are_known)
{
	static const struct {
		const char *bytes;
		const char *row;
	} WAYS[] = {
		{ "\033OB", ">  2" },  { "\033[B", ">  3" },  { "\033OA", ">  2" },
		{ "\033[4~", "> 30" }, { "\033[1~", ">  1" }, { "\033[8~", "> 30" },
		{ "\033[7~", ">  1" }, { "\033Or", ">  2" },
	};
	struct pty *p = start_plain();

	for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
		pty_send(p, WAYS[i].bytes, strlen(WAYS[i].bytes));
		ck_assert_msg(pty_find(p, WAYS[i].row) > 0, "way %zu", i);
	}
	pty_send(p, "\033[[A", 4); /* F1 on the Linux console */
	HAS(1, "HELP");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(ctrl_c_is_esc_and_ctrl_z_and_ctrl_s_do_nothing_to_the_line)
{
	struct pty *p = start_plain();

	pty_keys(p, "e<C-z><C-s>");
	HAS(23, "E Name is needed.");
	pty_keys(p, "<C-c>");
	HAS(1, "DESK");
	kill(pty_pid(p), SIGTSTP);
	pty_keys(p, "<Down>");
	HAS(5, ">  2");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

/* --- lists --------------------------------------------------------------------------------------
 */

START_TEST(digits_make_one_number_until_another_key)
{
	struct pty *p = start_plain();

	pty_keys(p, "12");
	ck_assert_int_eq(pty_find(p, "> 12"), 15);
	pty_keys(p, "a");
	ck_assert_int_eq(shared->acted_on, 12);
	pty_keys(p, "3a");
	ck_assert_int_eq(shared->acted_on, 3);
	pty_keys(p, "45");
	ROW(23, "E There is no row with that number.");
	ck_assert_int_eq(pty_find(p, ">  3"), 6);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(the_cursor_is_the_selection)
{
	struct pty *p = start_plain();
	int row, col;

	pty_keys(p, "7");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 10);
	ck_assert_int_eq(col, 1);
	pty_keys(p, "e<Tab>");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 5);
	ck_assert_int_eq(col, 13);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(another_desks_change_never_moves_the_selection)
{
	struct pty *p = start_plain();

	pty_keys(p, "6");
	shared->gone = 2;
	shared->extra = 2;
	shared->version++;
	pty_wait_for(p, "no longer here");
	ck_assert_int_eq(pty_find(p, ">  6"), 9);
	HAS(5, "   2 no longer here");
	HAS(19, "of 32");
	pty_keys(p, "a");
	ck_assert_int_eq(shared->acted_on, 6);
	HAS(5, "   2 no longer here"); /* nor does one's own */
	pty_keys(p, "<F5>");
	/* Sorted anew: what was row 6 is row 5 now, and still selected. */
	ck_assert_int_eq(pty_find(p, ">  5"), 8);
	HAS(19, "of 31");
	pty_keys(p, "a");
	ck_assert_int_eq(shared->acted_on, 6);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_change_by_another_desk_sends_only_its_cells)
{
	struct pty *p = start_plain();

	shared->extra = 1;
	shared->version++;
	pty_count_start(p);
	pty_wait_for(p, "of 31");
	ck_assert_msg(pty_all(p) <= 60, "%ld bytes", pty_all(p));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

/* --- typing ahead, questions
 * ------------------------------------------------------------------------ */

START_TEST(typing_ahead_runs_in_order_across_screens)
{
	struct pty *p = start_plain();

	pty_ahead(p, "4aeAda");
	HAS(1, "DETAILS");
	HAS(12, "typed |Ada|");
	ck_assert_int_eq(shared->acted_on, 4);
	ck_assert_int_eq(shared->ahead, 1);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(no_row_is_acted_on_that_was_not_painted)
{
	struct pty *p = start_plain();

	pty_ahead(p, "4a29a<Home>a<Down><Down>a<PgDn>a");
	ck_assert_int_eq(shared->acts, 5);
	ck_assert_int_eq(shared->unseen, 0);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(typing_ahead_stops_at_an_error)
{
	struct pty *p = start_plain();

	pty_ahead(p, "raaa");
	ROW(23, "E Not done: the room is in use. (3 keys typed after it were dropped)");
	ck_assert_int_eq(shared->acts, 0);
	pty_keys(p, "a");
	ck_assert_int_eq(shared->acts, 1);
	ck_assert_int_eq(shared->ahead, 0);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_number_that_is_no_row_stops_what_follows)
{
	struct pty *p = start_plain();

	pty_ahead(p, "45a");
	HAS(23, "E There is no row");
	ck_assert_int_eq(shared->acts, 0);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_question_drops_what_was_typed_before_it)
{
	struct pty *p = start_plain();

	pty_ahead(p, "Xp");
	ROW(23, "M Cancel OKAFOR, Adaeze 12-Mar 10:00?  p person  s service  Esc keep");
	pty_keys(p, "<Enter><Space>");
	ROW(23, "W Cancel OKAFOR, Adaeze 12-Mar 10:00?  p person  s service  Esc keep");
	pty_keys(p, "s");
	ROW(23, "M Cancelled by s.");
	pty_keys(p, "X<Esc>");
	ROW(23, "");
	HAS(1, "DESK");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(no_answer_of_a_long_question_is_cut_off)
{
	struct pty *p = start_plain();
	int row, col;

	pty_keys(p, "W");
	ROW(22, "M Rang OKAFOR, Adaeze 12-Mar 10:00?  s spoke  v no answer  w wrong number");
	ROW(23, "  p other person  n not wanted  o other  Esc keep");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 22);
	pty_keys(p, "v");
	ROW(23, "M Cancelled by v.");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(what_an_act_let_pass_is_heard)
{
	struct pty *p = start_plain();

	pty_keys(p, "rn<Esc>:<Esc>e<Esc>");
	pty_keys(p, ":mess<Enter>");
	HAS(2, "W The registration lapses on Friday.");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_line_is_asked_on_row_23)
{
	struct pty *p = start_plain();
	int row, col;

	pty_keys(p, "n");
	ROW(23, "Why [____________________]");
	pty_keys(p, "late");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 23);
	ck_assert_int_eq(col, 10);
	pty_keys(p, "<Enter>");
	ROW(23, "M Noted: late.");
	pty_keys(p, "P1234");
	ROW(23, "PIN [****____]");
	pty_keys(p, "<Esc>");
	ROW(23, "");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

/* --- fields
 * ---------------------------------------------------------------------------------------- */

START_TEST(a_field_is_edited_by_whole_letters)
{
	struct pty *p = start_plain();

	pty_keys(p, "eJose\xcc\x81");
	HAS(12, "typed |Jose\xcc\x81|");
	pty_keys(p, "<Backspace>");
	HAS(12, "typed |Jos|");
	pty_keys(p, "<Home>x<End>y<Left><Left><Del>");
	HAS(12, "typed |xJoy|");
	pty_keys(p, "<C-u>one two<C-w>");
	HAS(12, "typed |one |");
	pty_keys(p, "<C-z>");
	HAS(12, "typed |one two|");
	pty_keys(p, "<C-u>a?/:gu1");
	HAS(12, "typed |a?/:gu1|");
	pty_keys(p, "\xe2\x80\xae");
	HAS(23, "E That character cannot be kept");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_long_text_scrolls_in_its_box)
{
	struct pty *p = start_plain();
	int row, col;

	pty_keys(p, "eabcdefghijklmnopqrstuvwxyz");
	HAS(4, "[hijklmnopqrstuvwxyz_]");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(col, 32);
	pty_keys(p, "<Home>");
	HAS(4, "[abcdefghijklmnopqrst]");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(dates_times_and_choices_are_read_back)
{
	struct pty *p = start_plain();

	pty_keys(p, "e<Tab>17/3<Tab>930<Tab>h<Tab>secret");
	HAS(5, "[17/3________]  => Tue 17-Mar-2026");
	HAS(6, "[930_____]  => 09:30");
	HAS(7, "[Harbour_____]");
	HAS(8, "[******______]");
	pty_keys(p, "<S-Tab><F4>");
	HAS(1, "CHOOSE  Site");
	HAS(4, ">  2 Harbour");
	pty_keys(p, "<Down><Enter>");
	HAS(7, "[St Annes____]");
	pty_keys(p, "z");
	HAS(23, "E No choice begins with that.");
	pty_keys(p, "<F6>Ada<Tab><Tab><C-u>25<C-s>");
	HAS(23, "E There is no hour 25.");
	pty_keys(p, "<C-u>9<C-s>");
	HAS(23, "M Saved.");
	HAS(1, "DESK");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(pasted_text_loses_line_ends_and_never_commands)
{
	struct pty *p = start_plain();

	pty_send(p, "\033[200~aX\r\033[201~", 15);
	ROW(23, "W Pasted text goes into a field only.");
	ck_assert_int_eq(shared->acts, 0);
	pty_keys(p, "e");
	pty_send(p, "\033[200~Ada\r\nB\007\033[201~", 19);
	HAS(12, "typed |Ada  B|");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

/* --- going about
 * ------------------------------------------------------------------------------------- */

START_TEST(any_screen_is_two_keys_away)
{
	struct pty *p = start_plain();

	pty_keys(p, "gd");
	HAS(1, "DETAILS");
	pty_keys(p, "<Esc>gx");
	ROW(23, "E g x goes nowhere. g alone lists the letters.");
	pty_keys(p, "g");
	pty_wait_for(p, "Go to:");
	ROW(23, "Go to:  h desk  d form  Esc");
	pty_keys(p, "d");
	HAS(1, "DETAILS");
	pty_keys(p, "<F3>");
	HAS(1, "DESK");
	pty_keys(p, "/");
	HAS(23, "E There is no screen named find.");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(help_is_made_from_the_key_rows)
{
	struct pty *p = start_plain();

	pty_keys(p, "?");
	ck_assert(pty_screen_is(p, "tests/screens/core_help.screen"));
	pty_keys(p, "<Esc>");
	HAS(1, "DESK");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(the_menu_finds_by_word_starts_and_runs)
{
	struct pty *p = start_plain();

	pty_keys(p, "5:arr mar");
	HAS(14, "| > mark arrived");
	HAS(13, "1 of ");
	HAS(1, "DESK");
	pty_keys(p, "<Enter>");
	ck_assert_int_eq(shared->acted_on, 5);
	HAS(1, "DESK");
	pty_keys(p, ":details of<Enter>");
	HAS(1, "DETAILS");
	pty_keys(p, "<F9>messages<Enter>");
	HAS(1, "MESSAGES");
	HAS(2, "> 09:42 M Row 5 arrived.");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(the_lock_covers_everything)
{
	struct pty *p = start_plain();

	pty_keys(p, "7<C-q>");
	ck_assert_int_eq(pty_find(p, "OKAFOR"), 0);
	ck_assert_int_eq(pty_find(p, "LOCKED"), 3);
	pty_keys(p, "g?:<Esc>a");
	ck_assert_int_eq(shared->acts, 0);
	pty_keys(p, "<Enter>");
	ck_assert_int_eq(pty_find(p, ">  7"), 10);
	ck_assert_int_eq(leave(p), 0);
	ck_assert_int_eq(shared->left, 1);
}
END_TEST

START_TEST(a_desk_left_alone_locks_after_a_warning)
{
	struct pty *p;

	share();
	shared->idle = 300;
	p = start_plain();
	pty_wait_for(p, "locks in 30 seconds");
	HAS(23, "W This desk locks");
	pty_wait_for(p, "LOCKED");
	ck_assert_int_eq(pty_find(p, "OKAFOR"), 0);
	ROW(23, "");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(help_over_the_lock_leads_nowhere)
{
	struct pty *p = start_plain();

	pty_keys(p, "r<C-q>?");
	ck_assert_int_eq(pty_find(p, "room is in use"), 0);
	pty_keys(p, ":");
	HAS(23, "W : does nothing here.");
	pty_keys(p, "/ggdu<F3><F12><F12>");
	ck_assert_int_eq(pty_find(p, "LOCKED"), 3);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

/* --- terminals
 * ------------------------------------------------------------------------------------------ */

START_TEST(resizing_keeps_the_selection_and_uses_the_rows)
{
	struct pty *p = start_plain();

	pty_keys(p, "20");
	pty_resize(p, 43, 132);
	ck_assert_int_gt(pty_find(p, "> 20"), 4);
	HAS(33, " 30 ");
	HAS(43, "a Arrived");
	pty_resize(p, 10, 40);
	ROW(1, "Window is 40x10, ohdesk needs 80x24.");
	ROW(2, "Your work is kept.");
	pty_keys(p, "a1<Down>");
	ck_assert_int_eq(shared->acts, 0);
	pty_resize(p, 1, 1);
	pty_resize(p, 24, 80);
	ck_assert_int_gt(pty_find(p, "> 20"), 4);
	HAS(24, "a Arrived");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_window_of_40x10_is_told_so_from_the_start)
{
	struct pty *p = start((struct pty_options){ .rows = 10, .cols = 40 });

	ROW(1, "Window is 40x10, ohdesk needs 80x24.");
	pty_keys(p, "<C-l><C-q>");
	pty_resize(p, 24, 80);
	ck_assert_int_eq(pty_find(p, "LOCKED"), 3);
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_terminal_that_cannot_move_its_cursor_is_refused)
{
	struct pty *p = start((struct pty_options){ .term = "dumb" });

	HAS(1, "Terminal type 'dumb' cannot move its cursor.");
	ck_assert_int_eq(pty_end(p), ERR_USAGE);
	p = start((struct pty_options){ .term = "no-such-thing" });
	HAS(1, "Terminal type 'no-such-thing' is not known here.");
	ck_assert_int_eq(pty_end(p), ERR_USAGE);
}
END_TEST

START_TEST(every_terminal_shows_the_same_text)
{
	static const char *const TERMS[] = { "vt100", "vt220", "linux", "screen", "xterm" };

	for (size_t i = 0; i < sizeof TERMS / sizeof *TERMS; i++) {
		struct pty *p = start((struct pty_options){ .term = TERMS[i] });

		ck_assert_msg(pty_screen_is(p, "tests/screens/core.screen"), "%s", TERMS[i]);
		pty_keys(p, "<PgDn><Up><Down>?<Esc><PgUp><C-l>e");
		ck_assert_msg(pty_screen_is(p, "tests/screens/core_form.screen"), "%s", TERMS[i]);
		ck_assert_int_eq(leave(p), 0);
	}
}
END_TEST

START_TEST(without_utf8_accents_are_left_out_and_marked)
{
	struct pty *p = start((struct pty_options){ .locale = "C" });

	ck_assert(pty_screen_is(p, "tests/screens/core_ascii.screen"));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(colour_is_left_out_when_asked)
{
	static const char *const NO_COLOUR[] = { "NO_COLOR=1", NULL };
	struct pty *p = start_plain();

	pty_keys(p, "r");
	ck_assert(pty_coloured(p, 23, 1) && pty_bold(p, 23, 1) && !pty_coloured(p, 23, 3));
	ck_assert_int_eq(leave(p), 0);
	p = start((struct pty_options){ .env = NO_COLOUR });
	pty_keys(p, "r");
	ck_assert(!pty_coloured(p, 23, 1) && pty_bold(p, 23, 1));
	ck_assert_int_eq(leave(p), 0);
	p = start((struct pty_options){ .arg = (void *)(size_t) "mono" });
	pty_keys(p, "r");
	ck_assert(!pty_coloured(p, 23, 1));
	ck_assert_int_eq(leave(p), 0);
	/* High contrast brings its own background; the others stand on the terminal's. */
	p = start((struct pty_options){ .arg = (void *)(size_t) "contrast" });
	pty_keys(p, "r");
	ck_assert(pty_coloured(p, 23, 1) && pty_coloured(p, 23, 3) && pty_coloured(p, 10, 40));
	ck_assert_int_eq(leave(p), 0);
	p = start((struct pty_options){ .arg = (void *)(size_t) "light" });
	ck_assert(!pty_coloured(p, 10, 40));
	ck_assert_int_eq(leave(p), 0);
	p = start((struct pty_options){ .arg = (void *)(size_t) "pink" });
	HAS(1, "No theme 'pink'.");
	ck_assert_int_eq(pty_end(p), ERR_INPUT);
}
END_TEST

START_TEST(many_keys_held_down_end_where_they_should)
{
	struct pty *p = start_plain();
	char keys[30 * 6 + 1] = "";

	for (int i = 0; i < 30; i++)
		memcpy(keys + strlen(keys), "<Down>", 7);
	pty_count_start(p);
	pty_ahead(p, keys);
	HAS(18, "> 30");
	/* Painted once, or a few times: not thirty. */
	ck_assert_msg(pty_all(p) < 1700, "%ld bytes", pty_all(p));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_practice_database_says_so)
{
	struct pty *p;

	share();
	shared->practice = 1;
	p = start_plain();
	HAS(1, "Parked 1  Practice  Sync ok");
	pty_keys(p, "e");
	HAS(1, "Practice");
	pty_keys(p, "<C-q>");
	ROW(1, "Practice database: nobody in it is real.");
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(row_1_shortens_the_date_before_the_place_is_cut)
{
	struct pty *p;

	share();
	shared->practice = shared->crowded = 1;
	p = start_plain();
	HAS(1, "  Northgate ");
	HAS(1, " 09:42  p.shah  Tasks 12  Parked 3  Practice  CONFLICT 2");
	ck_assert_ptr_null(strstr(pty_row(p, 1), "Mar"));
	ck_assert_int_eq(leave(p), 0);
}
END_TEST

START_TEST(a_lost_line_ends_the_program_in_order)
{
	struct pty *p = start_plain();

	pty_keys(p, "e");
	ck_assert_int_eq(pty_hang_up(p), 0);
	ck_assert_int_eq(shared->left, 2);
}
END_TEST

START_TEST(a_request_to_stop_puts_the_terminal_right)
{
	struct pty *p = start_plain();

	kill(pty_pid(p), SIGTERM);
	pty_wait(p);
	ck_assert(pty_ended(p));
	ck_assert_int_eq(pty_find(p, "DESK"), 0); /* the other screen is back */
	ck_assert(pty_cooked(p));
	ck_assert_int_eq(pty_end(p), 0);
}
END_TEST

TEST_MAIN("core", the_frame_stands_as_designed, every_row_move_is_cheap,
	  a_typed_character_costs_its_own_byte, a_view_switch_is_at_most_1700_bytes,
	  nothing_is_sent_while_nobody_types, every_key_leaves_the_program_alive,
	  a_key_without_a_meaning_says_so, stray_escape_sequences_never_act,
	  alt_and_an_arrow_are_dropped_whole, keys_of_other_terminals_are_known,
	  ctrl_c_is_esc_and_ctrl_z_and_ctrl_s_do_nothing_to_the_line,
	  digits_make_one_number_until_another_key, the_cursor_is_the_selection,
	  another_desks_change_never_moves_the_selection,
	  a_change_by_another_desk_sends_only_its_cells, typing_ahead_runs_in_order_across_screens,
	  no_row_is_acted_on_that_was_not_painted, typing_ahead_stops_at_an_error,
	  a_number_that_is_no_row_stops_what_follows, a_question_drops_what_was_typed_before_it,
	  no_answer_of_a_long_question_is_cut_off, what_an_act_let_pass_is_heard,
	  a_line_is_asked_on_row_23, a_field_is_edited_by_whole_letters,
	  a_long_text_scrolls_in_its_box, dates_times_and_choices_are_read_back,
	  pasted_text_loses_line_ends_and_never_commands, any_screen_is_two_keys_away,
	  help_is_made_from_the_key_rows, the_menu_finds_by_word_starts_and_runs,
	  the_lock_covers_everything, resizing_keeps_the_selection_and_uses_the_rows,
	  a_window_of_40x10_is_told_so_from_the_start,
	  a_terminal_that_cannot_move_its_cursor_is_refused, every_terminal_shows_the_same_text,
	  without_utf8_accents_are_left_out_and_marked, colour_is_left_out_when_asked,
	  a_desk_left_alone_locks_after_a_warning, help_over_the_lock_leads_nowhere,
	  many_keys_held_down_end_where_they_should, a_practice_database_says_so,
	  row_1_shortens_the_date_before_the_place_is_cut, a_lost_line_ends_the_program_in_order,
	  a_request_to_stop_puts_the_terminal_right)
