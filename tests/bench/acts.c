/*
 * acts.c: finding free time, booking, moving and checking in, inside the program.
 *
 *	acts SMALL LARGE FOLDER
 *
 * Both databases are practice data; what changes does so on a copy in FOLDER.  The floors: the bare
 * query for free time, and a page written and waited for.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bench_desk.h"
#include "clinic/booking.h"
#include "clinic/desklist.h"
#include "figures.h"
#include "store/db.h"

enum { SEARCHES = 400, SAVES = 150 };

/* --- 8: free time --- */

static const char FREE[] =
	"SELECT id, block, clinician, site, kind, day, starts, mins, release_at, appt, state FROM slot"
	" WHERE service = ?1 AND starts >= ?2 AND appt IS NULL AND state = 'open'"
	" AND kind IN ('NEW', 'FU', 'RAP') ORDER BY starts LIMIT 64";

static void search_once(struct bench_desk *h, sqlite3_stmt *bare, int i, struct samples *floor,
			struct samples *ours)
{
	struct search s = bench_wish(h);
	struct places found = { 0 };
	struct err err = ERR_INIT;
	double began;

	s.from.utc = h->desk.now.utc + i % 60 * 86400;
	s.by.n = h->desk.today.n + 90;
	s.kind = i % 3 ? APPT_NEW : APPT_FU;
	s.mins = i % 5 ? 0 : 60;
	began = now_ms();
	bench_must(search_slots(&h->desk, &s, &found, &err), &err);
	sample(ours, now_ms() - began);
	list_free(&found);
	began = now_ms();
	sqlite3_reset(bare);
	sqlite3_bind_int64(bare, 1, s.service.n);
	sqlite3_bind_int64(bare, 2, s.from.utc);
	while (sqlite3_step(bare) == SQLITE_ROW)
		for (int c = 0; c < 11; c++)
			sqlite3_column_int64(bare, c);
	sample(floor, now_ms() - began);
}

static void searches(const char *small, const char *large)
{
	struct samples floor[2] = { 0 }, ours[2] = { 0 };
	struct bench_desk h[2];
	sqlite3_stmt *bare[2];

	for (int k = 0; k < 2; k++) {
		bench_open(&h[k], k ? large : small);
		sqlite3_prepare_v2(h[k].store->db, FREE, -1, &bare[k], NULL);
	}
	for (int i = 0; i < SEARCHES; i++)
		for (int k = 0; k < 2; k++)
			search_once(&h[k], bare[k], i, &floor[k], &ours[k]);
	figure_most("8", "first 10 free times, 90 days, p50 ms", sample_rank(&floor[1], 50),
		    sample_rank(&ours[1], 50), 1);
	figure_tail("8", "first 10 free times, 90 days, p99 ms", sample_rank(&floor[1], 99),
		    sample_rank(&ours[1], 99), 1);
	figure_ratio("27", "  ten times the data, p50 ms", sample_rank(&ours[0], 50),
		     sample_rank(&ours[1], 50), 1.5);
	for (int k = 0; k < 2; k++) {
		sqlite3_finalize(bare[k]);
		bench_close(&h[k]);
		samples_done(&floor[k]);
		samples_done(&ours[k]);
	}
}

/* --- 9: on the disk before "done" --- */

static void judge_saved(const char *what, const struct samples *floor, const struct samples *ours)
{
	double f50 = sample_rank(floor, 50);
	char *name = mem_printf("%s, p50 ms", what);

	figure_most("9", name, f50, sample_rank(ours, 50), 3 * f50 + 1);
	mem_free(name);
	name = mem_printf("%s, p99 ms", what);
	figure_tail("9", name, sample_rank(floor, 99), sample_rank(ours, 99), 3 * f50 + 5);
	mem_free(name);
}

/* Who is booked for today is checked in. */
static void check_in(struct bench_desk *h, int fd, struct samples *floor, struct samples *ours)
{
	struct desk_rows rows = { 0 };
	struct desk_filter booked = { .states = 1u << APPT_BOOKED };
	struct err err = ERR_INIT;

	bench_must(desklist(&h->desk, (struct id){ 0 }, h->desk.today, &booked, &rows, &err), &err);
	list_each (r, &rows) {
		double began;

		bench_sync(fd, floor);
		desk_tick(&h->desk);
		began = now_ms();
		if (booking_mark(&h->desk, r->row.a.id, APPT_ARRIVED, &(struct mark_ask){ 0 },
				 &err) == 0)
			sample(ours, now_ms() - began);
		bench_rules(&err);
		err_clear(&err);
		if (ours->n == SAVES)
			break;
	}
	desk_rows_done(&rows);
}

/* Books, moves to another free time, and checks in who is expected today. */
static void saved(const char *db, const char *folder)
{
	struct samples floor = { 0 }, book = { 0 }, move = { 0 }, mark = { 0 };
	char *path = mem_printf("%s/saved.db", folder), *page = mem_printf("%s/page", folder);
	struct bench_desk h;
	int fd;

	bench_copy(db, path);
	fd = open(page, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bench_open(&h, path);
	bench_gather(&h, 1000);
	for (int i = 0; i < SAVES; i++) {
		struct move_ask to = { 0 };
		struct err err = ERR_INIT;
		struct id appt;
		double ms;

		bench_sync(fd, &floor);
		if (!bench_book(&h, &appt, &ms))
			break;
		sample(&book, ms);
		bench_sync(fd, &floor);
		to.clinician = h.places.v[h.places.n - 1 - (size_t)i].slot.clinician;
		to.starts = h.places.v[h.places.n - 1 - (size_t)i].slot.starts;
		ms = now_ms();
		if (booking_move(&h.desk, appt, &to, &err) == 0)
			sample(&move, now_ms() - ms);
		bench_rules(&err);
		err_clear(&err);
	}
	judge_saved("book", &floor, &book);
	judge_saved("move", &floor, &move);
	check_in(&h, fd, &floor, &mark);
	judge_saved("check in", &floor, &mark);
	bench_close(&h);
	close(fd);
	unlink(page);
	mem_free(page);
	mem_free(path);
	samples_done(&floor);
	samples_done(&book);
	samples_done(&move);
	samples_done(&mark);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "acts SMALL LARGE FOLDER\n");
		return 2;
	}
	figures_head();
	searches(argv[1], argv[2]);
	saved(argv[2], argv[3]);
	figures_end();
	return 0;
}
