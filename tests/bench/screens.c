/*
 * screens.c: what other rows of the goals cost on the screens: the booking list, a change that is
 * on the disk before it is told, and what another desk's change sends to one that stands idle.
 *
 *	screens OHDESK FLOOR SMALL LARGE FOLDER
 *
 * All of it happens on copies in FOLDER, for even opening a person is logged, and arrivals are
 * taken back there.  The floors: a redrawn page, a page written and waited for and then redrawn,
 * and the cells that differ.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bench_desk.h"
#include "clinic/booking.h"
#include "clinic/desklist.h"
#include "figures.h"
#include "pty.h"

enum { OPENINGS = 120, SAVES = 120, CHANGES = 24, WARM = 4, ROWS_SHOWN = 14, MESSAGE = 23 };

static const char *ohdesk, *least;

static struct pty *start_desk(const char *db)
{
	const char *argv[] = { ohdesk, "--db", db, "--as", "p.shah", NULL };
	struct pty_options o = { .argv = argv };

	return pty_start(&o);
}

static struct pty *start_page(void)
{
	const char *argv[] = { least, "page", NULL };
	struct pty_options o = { .argv = argv };

	return pty_start(&o);
}

static bool titled(struct pty *p, const char *title)
{
	return strncmp(pty_row(p, 1), title, strlen(title)) == 0;
}

/* --- 8: from the person to the booking list --- */

/* The key that opens it: b where one episode waits, else the letter of the service.  Leaves it, and
 * goes to the next person now and then. */
static bool open_list(struct pty *p, int i, struct samples *ret_ms)
{
	static const char *const letters[] = { "p", "d", "n" };

	if (i % 4 == 0)
		pty_keys(p, i % (4 * ROWS_SHOWN) ? "<Esc><Down><Enter>" : "gh<Home><Enter>");
	pty_keys(p, "b");
	if (!titled(p, "BOOK"))
		pty_keys(p, letters[i % 3]);
	if (!titled(p, "BOOK"))
		return false;
	sample(ret_ms, pty_ms(p));
	pty_keys(p, "<Esc>");
	return titled(p, "PERSON");
}

static void booking_list(const char *small, const char *large)
{
	struct samples floor = { 0 }, ours[2] = { 0 };
	struct pty *page = start_page(), *p[2] = { start_desk(small), start_desk(large) };
	bool open = true;

	for (int i = 0; i < OPENINGS && open; i++) {
		pty_keys(page, i % 2 ? "p" : "n");
		sample(&floor, pty_ms(page));
		open = open_list(p[0], i, &ours[0]) && open_list(p[1], i, &ours[1]);
		if (i + 1 == WARM)
			floor.n = ours[0].n = ours[1].n = 0;
	}
	if (open) {
		figure_most("8", "key to the booking list, p50 ms", sample_rank(&floor, 50),
			    sample_rank(&ours[1], 50), 5);
		figure_tail("8", "key to the booking list, p99 ms", sample_rank(&floor, 99),
			    sample_rank(&ours[1], 99), 5);
		figure_ratio("27", "  ten times the data, p50 ms", sample_rank(&ours[0], 50),
			     sample_rank(&ours[1], 50), 1.5);
	} else {
		figure_none("8", "key to the booking list", "its screen did not open");
	}
	samples_done(&floor);
	for (int k = 0; k < 2; k++) {
		pty_hang_up(p[k]);
		samples_done(&ours[k]);
	}
	pty_hang_up(page);
}

/* --- 9: key to the painted answer, which comes after the commit --- */

/* To a row that can be marked arrived; false where none is on the first page. */
static bool to_booked(struct pty *p)
{
	pty_keys(p, "<Home>");
	for (int i = 0; i < ROWS_SHOWN; i++) {
		int row, col;

		pty_cursor(p, &row, &col);
		if (strncmp(pty_row(p, row) + strlen("> 8 10:00 "), "B", 1) == 0)
			return true;
		pty_keys(p, "<Down>");
	}
	return false;
}

static bool answered(struct pty *p, const char *key, const char *says, struct samples *ret_ms)
{
	pty_keys(p, key);
	sample(ret_ms, pty_ms(p));
	return strstr(pty_row(p, MESSAGE), says) != NULL;
}

static void judge_answers(const char *what, const struct samples *sync, const struct samples *floor,
			  const struct samples *ours)
{
	double s50 = sample_rank(sync, 50);
	char *name = mem_printf("%s, p50 ms", what);

	figure_most("9", name, sample_rank(floor, 50), sample_rank(ours, 50), 3 * s50 + 1);
	mem_free(name);
	name = mem_printf("%s, p99 ms", what);
	figure_tail("9", name, sample_rank(floor, 99), sample_rank(ours, 99), 3 * s50 + 5);
	mem_free(name);
}

static void arrived_and_back(const char *db, const char *folder)
{
	struct samples sync = { 0 }, floor = { 0 }, mark = { 0 }, back = { 0 };
	struct pty *page = start_page(), *p = start_desk(db);
	char *path = mem_printf("%s/page", folder);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool done = to_booked(p);

	for (int i = 0; i < SAVES && done; i++) {
		bench_sync(fd, &sync);
		pty_keys(page, i % 2 ? "p" : "n");
		sample(&floor, sync.v[sync.n - 1] + pty_ms(page));
		done = answered(p, "a", " arrived ", &mark) && answered(p, "u", "Taken ", &back);
		if (i + 1 == WARM)
			sync.n = floor.n = mark.n = back.n = 0;
	}
	if (done) {
		judge_answers("a to \"arrived\" on the screen", &sync, &floor, &mark);
		judge_answers("u to \"Taken back\" on the screen", &sync, &floor, &back);
	} else {
		figure_none("9", "a and u on the desk list", "nobody could be marked arrived");
	}
	close(fd);
	unlink(path);
	mem_free(path);
	pty_hang_up(page);
	pty_hang_up(p);
	samples_done(&sync);
	samples_done(&floor);
	samples_done(&mark);
	samples_done(&back);
}

/* --- 16: another desk's change --- */

/* How many cells differ, the clock of row 1 left out. */
static int cells_that_differ(const char *a, const char *b)
{
	int n = 0;

	for (bool clock = true; *a && *b; clock = false) {
		size_t in_a = strcspn(a, "\n"), in_b = strcspn(b, "\n");

		for (size_t i = 0; !clock && (i < in_a || i < in_b); i++)
			n += (i < in_a ? a[i] : ' ') != (i < in_b ? b[i] : ' ');
		a += in_a + 1;
		b += in_b + 1;
	}
	return n;
}

/* Until the idle screen shows another state for the row, and all that came by then. */
static void until_shown(struct pty *p, int row, char *state)
{
	const char *now;

	do {
		pty_wait(p);
		now = pty_row(p, row) + strlen("  8 10:00 ");
	} while (*now == *state && !pty_ended(p));
	*state = *now;
}

static void another_desk(struct bench_desk *h, struct pty *p, const struct desk_row *r, int row,
			 struct samples *cells, struct samples *bytes)
{
	char *before = pty_screen(p), *after;
	struct err err = ERR_INIT;
	char state = 'B';

	desk_tick(&h->desk);
	pty_count_start(p);
	bench_must(booking_mark(&h->desk, r->row.a.id, APPT_ARRIVED, &(struct mark_ask){ 0 }, &err),
		   &err);
	until_shown(p, row, &state);
	after = pty_screen(p);
	sample(cells, cells_that_differ(before, after));
	sample(bytes, (double)pty_all(p));
	mem_free(before);
	mem_free(after);
	bench_must(booking_undo(&h->desk, r->row.a.id, NULL, 0, &err), &err);
	until_shown(p, row, &state);
}

/* Who is booked and on the first page of the list; by their time, state and name. */
static int shown_at(struct pty *p, const struct desk_row *r)
{
	char at[DAY_TEXT], *text = NULL;
	int row;

	minute_show(moment_minute(r->row.a.starts), at);
	text = mem_printf("%s B       %.20s", at, r->name);
	row = pty_find(p, text);
	mem_free(text);
	return row;
}

static void idle_desk(const char *db)
{
	struct samples cells = { 0 }, bytes = { 0 };
	struct desk_filter booked = { .states = 1u << APPT_BOOKED };
	struct desk_rows rows = { 0 };
	struct pty *p = start_desk(db);
	struct err err = ERR_INIT;
	struct bench_desk h;

	bench_open(&h, db);
	bench_must(desklist(&h.desk, h.desk.site.id, h.desk.today, &booked, &rows, &err), &err);
	pty_keys(p, "<Home>");
	for (bool some = true; bytes.n < CHANGES && some;) {
		some = false;
		list_each (r, &rows) {
			int row = shown_at(p, r);

			if (row && !r->masked && bytes.n < CHANGES) {
				another_desk(&h, p, r, row, &cells, &bytes);
				some = true;
			}
		}
	}
	/* A minute may pass meanwhile and send its own few bytes, so the middle one is judged. */
	if (bytes.n == CHANGES)
		figure_most("16", "a change by another desk: cells; bytes", sample_rank(&cells, 50),
			    sample_rank(&bytes, 50), 60);
	else
		figure_none("16", "a change by another desk", "nobody booked is in view");
	desk_rows_done(&rows);
	bench_close(&h);
	pty_hang_up(p);
	samples_done(&cells);
	samples_done(&bytes);
}

int main(int argc, char **argv)
{
	char *a, *b;

	if (argc != 6) {
		fprintf(stderr, "screens OHDESK FLOOR SMALL LARGE FOLDER\n");
		return 2;
	}
	ohdesk = argv[1];
	least = argv[2];
	a = mem_printf("%s/small.db", argv[5]);
	b = mem_printf("%s/large.db", argv[5]);
	bench_copy(argv[3], a);
	bench_copy(argv[4], b);
	figures_head();
	booking_list(a, b);
	arrived_and_back(b, argv[5]);
	idle_desk(b);
	figures_end();
	unlink(a);
	unlink(b);
	mem_free(a);
	mem_free(b);
	return 0;
}
