/*
 * waiting.c: who of two thousand that wait fits a freed time, best first, beside the bare SQL that
 * reads as many of them with their people.
 *
 *	waiting DB FOLDER
 *
 * Happens on a copy in FOLDER.
 */
#include <sqlite3.h>
#include <stdio.h>

#include "base/alloc.h"
#include "bench_desk.h"
#include "clinic/wait.h"
#include "figures.h"

enum { WAITERS = 2000, ROUNDS = 60, WARM = 5 };

/* That many open episodes of physiotherapy wait, with differing wishes. */
static void plant(const char *path)
{
	static const char sql[] =
		"UPDATE episode SET state = 'open' WHERE id IN (SELECT e.id FROM episode e JOIN service s"
		"  ON s.id = e.service WHERE s.code = 'PHYSIO' ORDER BY e.id DESC LIMIT 2000);"
		"DELETE FROM wait;"
		"INSERT INTO wait (id, scope, person, episode, sites, days, after, before, modes, notice,"
		" earlier, since, user, state) SELECT -e.id, e.scope, e.person, e.id,"
		"  iif(e.id % 3, '', 'NGT'), iif(e.id % 5, 0, 31 - (e.id % 4)), iif(e.id % 7, 0, 540), 0, 0,"
		"  24 * (e.id % 3), 1, 2000000000, 1, 'waiting' FROM episode e JOIN service s"
		"  ON s.id = e.service WHERE s.code = 'PHYSIO' AND e.state = 'open'"
		"  ORDER BY e.id DESC LIMIT 2000";
	sqlite3 *db;
	char *why = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fprintf(stderr, "waiting: %s\n", why ? why : "the copy cannot be opened");
	sqlite3_close(db);
}

/* By the clock, and in this process's own time. */
struct times {
	struct samples wall, cpu;
};

static void timed(struct times *t, int round, double wall, double cpu)
{
	if (round < WARM)
		return;
	sample(&t->wall, now_ms() - wall);
	sample(&t->cpu, cpu_ms() - cpu);
}

/* All of them with their people and episodes, as SQLite alone reads them. */
static void bare(const char *path, struct times *ret)
{
	sqlite3_stmt *s = NULL;
	sqlite3 *db;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db,
			       "SELECT w.*, e.priority, e.target, p.surname, p.given, p.born"
			       " FROM wait_list l JOIN wait w ON w.id = l.wait JOIN episode e"
			       " ON e.id = w.episode JOIN person p ON p.id = w.person"
			       " ORDER BY e.priority, e.target",
			       -1, &s, NULL) != SQLITE_OK)
		return;
	for (int i = 0; i < ROUNDS; i++) {
		double began = now_ms(), at_work = cpu_ms();

		while (sqlite3_step(s) == SQLITE_ROW)
			;
		sqlite3_reset(s);
		timed(ret, i, began, at_work);
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
}

static size_t ranked(const char *path, struct times *ret)
{
	struct err err = ERR_INIT;
	struct bench_desk h;
	size_t n = 0;

	bench_open(&h, path);
	bench_gather(&h, 1);
	for (int i = 0; i < ROUNDS && h.places.n; i++) {
		struct wait_offers list = { 0 };
		double began = now_ms(), at_work = cpu_ms();
		int fit;

		bench_must(wait_fitting(&h.desk, h.places.v[0].slot.id, &list, &fit, &err), &err);
		timed(ret, i, began, at_work);
		n = list.n;
		list_free(&list);
	}
	bench_close(&h);
	return n;
}

static void figures(size_t n, const struct times *floor, const struct times *ours)
{
	char *name = mem_printf("%zu who wait, ranked for a time, p50 ms", n);
	char *own = mem_printf("... the same, of processor time");

	figures_head();
	if (n == WAITERS) {
		figure_most("S9", name, sample_rank(&floor->wall, 50), sample_rank(&ours->wall, 50),
			    20);
		figure_most("S9", own, sample_rank(&floor->cpu, 50), sample_rank(&ours->cpu, 50),
			    10);
	} else {
		figure_none("S9", name, "there are not two thousand");
	}
	figures_end();
	mem_free(own);
	mem_free(name);
}

int main(int argc, char **argv)
{
	struct times floor = { 0 }, ours = { 0 };
	char *path;
	size_t n;

	if (argc != 3) {
		fprintf(stderr, "waiting DB FOLDER\n");
		return 2;
	}
	path = mem_printf("%s/waiting.db", argv[2]);
	bench_copy(argv[1], path);
	plant(path);
	bare(path, &floor);
	n = ranked(path, &ours);
	figures(n, &floor, &ours);
	mem_free(path);
	samples_done(&floor.wall);
	samples_done(&floor.cpu);
	samples_done(&ours.wall);
	samples_done(&ours.cpu);
	return 0;
}
