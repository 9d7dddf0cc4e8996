/*
 * bookings.c: a durable booking against its own rows written by bare SQLite; eight processes that
 * book at once against one.
 *
 *	bookings SMALL LARGE FOLDER
 *
 * Both happen on copies in FOLDER.  Everybody writes in the same way: WAL, synchronous=FULL.
 */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bare.h"
#include "bench_desk.h"
#include "figures.h"
#include "store/replica.h"

enum { BOOKINGS = 250, WARM = 20, PROCESSES = 8, EACH = 50 };

/* --- 19 --- */

/* Made a node of a hub, holder of all slots as before: capture and witness are on. */
static void join_hub(const char *path)
{
	struct bench_desk h;
	struct err err = ERR_INIT;

	bench_open(&h, path);
	bench_must(store_begin(h.store, &err), &err);
	bench_must(replica_hub(h.store, &err), &err);
	bench_must(store_commit(h.store, &err), &err);
	bench_close(&h);
	bench_must(replica_begin(path, 1, 77, NULL, &err), &err);
}

static double against_bare(const char *db, const char *folder, bool joined, double *ret_floor)
{
	char *a = mem_printf("%s/ours.db", folder), *b = mem_printf("%s/bare.db", folder);
	struct samples ours = { 0 }, floor = { 0 };
	struct bench_desk h;
	struct bare *bare;
	double p50, ms;
	struct id id;

	bench_copy(db, a);
	if (joined)
		join_hub(a);
	bench_copy(a, b);
	bench_open(&h, a);
	bench_gather(&h, (BOOKINGS + WARM) * 2);
	bare = bare_open(a, b);
	for (int i = 0; i < BOOKINGS + WARM && bench_book(&h, &id, &ms); i++) {
		sample(&ours, ms);
		bare_replay(bare, 1, &floor);
		if (i + 1 == WARM)
			ours.n = floor.n = 0;
	}
	bare_close(bare);
	bench_close(&h);
	p50 = sample_rank(&ours, 50);
	*ret_floor = sample_rank(&floor, 50);
	samples_done(&ours);
	samples_done(&floor);
	mem_free(a);
	mem_free(b);
	return p50;
}

static void durable(const char *small, const char *large, const char *folder)
{
	double floor, tenth, ours;

	tenth = against_bare(small, folder, false, &floor);
	tenth /= floor;
	ours = against_bare(large, folder, false, &floor);
	figure_ratio("19", "durable booking, not joined, p50 ms", floor, ours, 1.2);
	/* The two ran one after the other, so each stands on its own floor. */
	figure_ratio("27", "  ten times the data, over its floor", tenth, ours / floor, 1.5);
	ours = against_bare(large, folder, true, &floor);
	figure_ratio("19", "  joined: effects kept, and the witness", floor, ours, 2.5);
}

/* --- 20 --- */

struct told {
	int done;
	double began, ended, worst;
};

/* Books as fast as it can, from the moment that `go` closes; tells what came of it. */
static void booker(const char *path, size_t k, size_t n, int each, int go, int tell)
{
	struct told t = { 0 };
	struct bench_desk h;
	struct id id;
	double ms;
	char c;

	bench_open(&h, path);
	bench_gather(&h, (int)n * each * 2);
	bench_share(&h, k, n);
	if (write(tell, "r", 1) != 1 || read(go, &c, 1) < 0)
		_exit(1);
	t.began = now_ms();
	while (t.done < each && bench_book(&h, &id, &ms)) {
		t.done++;
		if (ms > t.worst)
			t.worst = ms;
	}
	t.ended = now_ms();
	bench_close(&h);
	_exit(write(tell, &t, sizeof t) == sizeof t ? 0 : 1);
}

static int64_t booked(const char *path)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	int64_t n = -1;

	sqlite3_open(path, &db);
	sqlite3_prepare_v2(db, "SELECT count(*) FROM booking", -1, &q, NULL);
	if (sqlite3_step(q) == SQLITE_ROW)
		n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

/* n processes at once; bookings a second in sum. */
static double at_once(const char *path, int n, int each, int *ret_done, double *ret_worst)
{
	struct told sum = { .began = 1e300 };
	int go[2], tell[PROCESSES][2];
	pid_t pid[PROCESSES];
	char c;

	if (pipe(go) < 0)
		exit(1);
	for (int k = 0; k < n; k++) {
		if (pipe(tell[k]) < 0 || (pid[k] = fork()) < 0)
			exit(1);
		if (pid[k] == 0) {
			close(go[1]);
			booker(path, (size_t)k, (size_t)n, each, go[0], tell[k][1]);
		}
		close(tell[k][1]);
		if (read(tell[k][0], &c, 1) != 1)
			exit(1);
	}
	close(go[1]);
	for (int k = 0; k < n; k++) {
		struct told t = { 0 };

		if (read(tell[k][0], &t, sizeof t) != sizeof t)
			exit(1);
		close(tell[k][0]);
		waitpid(pid[k], NULL, 0);
		sum.done += t.done;
		sum.began = t.began < sum.began ? t.began : sum.began;
		sum.ended = t.ended > sum.ended ? t.ended : sum.ended;
		sum.worst = t.worst > sum.worst ? t.worst : sum.worst;
	}
	close(go[0]);
	*ret_done += sum.done;
	*ret_worst = sum.worst > *ret_worst ? sum.worst : *ret_worst;
	if (!sum.done)
		return *ret_worst = NAN;
	return sum.done / (sum.ended - sum.began) * 1e3;
}

static void many(const char *db, const char *folder)
{
	char *path = mem_printf("%s/many.db", folder);
	struct samples one = { 0 }, eight = { 0 };
	double worst = 0, alone = 0;
	int64_t before;
	int done = 0;

	bench_copy(db, path);
	before = booked(path);
	for (int i = 0; i < 3; i++) {
		sample(&one, at_once(path, 1, EACH * 2, &done, &alone));
		sample(&eight, at_once(path, PROCESSES, EACH, &done, &worst));
	}
	figure_least("20", "8 processes booking at once, a second", sample_rank(&one, 50),
		     sample_rank(&eight, 50), 0.8);
	figure_most("20", "  worst wait, ms", alone, worst, 300);
	figure_most("20", "  acknowledged and not there", 0, (double)(before + done - booked(path)),
		    0);
	samples_done(&one);
	samples_done(&eight);
	mem_free(path);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "bookings SMALL LARGE FOLDER\n");
		return 2;
	}
	figures_head();
	durable(argv[1], argv[2], argv[3]);
	many(argv[2], argv[3]);
	figures_end();
	return 0;
}
