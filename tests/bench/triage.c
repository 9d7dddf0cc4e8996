/*
 * triage.c: a triage inbox of ten thousand referrals: opened, sorted, filtered; its next row, the
 * decision of one, and the list of who is to be booked.
 *
 *	triage OHDESK FLOOR LARGE FOLDER
 *
 * The referrals are put straight into a copy of the large database: of every kind of clock, one in
 * ten asked about, some replied to, a few with a flag.  The floor is a redrawn page.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bench_desk.h"
#include "figures.h"
#include "pty.h"

enum { TIMES = 24, WARM = 3, MOST = 100 };

/* The moment of the practice clock, 12-Mar-2026 09:42. */
#define PLANT                                                                                      \
	"CREATE TEMP TABLE one AS SELECT row_number() OVER (ORDER BY p.id) AS n, p.id AS person,"  \
	" p.scope AS scope FROM person p WHERE p.status = 'active' AND NOT EXISTS (SELECT 1 FROM"  \
	" referral r WHERE r.person = p.id) LIMIT 10000;"                                          \
	"CREATE TEMP TABLE what AS SELECT row_number() OVER (ORDER BY id) - 1 AS i, id"            \
	" FROM service WHERE private = 0;"                                                         \
	"CREATE TEMP TABLE place AS SELECT row_number() OVER (ORDER BY id) - 1 AS i, id FROM"      \
	" site;"                                                                                   \
	"INSERT INTO referral (id, scope, number, person, service, site, type, source, received,"  \
	" agreed, gp, triage, offer, seen, report, over, state, state_at, replied_at, pauses)"     \
	" SELECT -n, scope, 'MSK-26-B' || n, person, what.id, place.id, 'MGT', 'manager',"         \
	" 1773308520 - (n % 60) * 43200, 20000, 0, 2, 10, 20, 2, 0, 'awaiting_triage',"            \
	" 1773308520, iif(n % 50 = 7, 1773300000, NULL), n % 10 = 3 FROM one JOIN what ON"         \
	" what.i = n % (SELECT count(*) FROM what) JOIN place ON"                                  \
	" place.i = n % (SELECT count(*) FROM place);"                                             \
	"INSERT INTO pause (id, scope, referral, kind, asked, since, state) SELECT -n, scope, -n," \
	" 'query', 'manager', 1773308520 - (n % 20) * 86400, 'on' FROM one WHERE n % 10 = 3;"

static void plant(const char *path)
{
	sqlite3 *db;
	char *why = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, PLANT, NULL, NULL, &why) != SQLITE_OK) {
		fprintf(stderr, "triage: %s\n", why ? why : sqlite3_errmsg(db));
		_exit(1);
	}
	sqlite3_close(db);
}

/* Each: where it begins, the keys that are timed together by their last, what then stands there. */
static const struct {
	const char *what, *before, *key, *row2;
} scenes[] = {
	{ "opened", "<F3>g", "t", "Waiting 1" },
	{ "sorted, newest first", "", "o", "Sort newest" },
	{ "sorted, by clock", "", "o", "Sort clock" },
	{ "filtered: over time", "f", "o", "over time  Sort" },
	{ "filtered: a name", "fnma", "<Enter>", "ma...  Sort" },
	{ "all again", "f", "a", "all  Sort" },
	{ "next row", "", "<Down>", "Waiting 1" },
	{ "next page", "", "<PgDn>", "Waiting 1" },
	{ "read again", "", "<F5>", "Waiting 1" },
};
enum { SCENES = sizeof scenes / sizeof *scenes };

static void inbox(const char *ohdesk, const char *least, const char *db)
{
	const char *ours[] = { ohdesk, "--db", db, "--as", "r.adeyemi", NULL };
	const char *theirs[] = { least, "page", NULL };
	struct pty *p = pty_start(&(struct pty_options){ .argv = ours });
	struct pty *page = pty_start(&(struct pty_options){ .argv = theirs });
	struct samples floor = { 0 }, ms[SCENES] = { 0 };
	const char *lost = NULL;

	for (int i = 0; i < TIMES + WARM && !lost; i++)
		for (size_t k = 0; k < SCENES && !lost; k++) {
			if (*scenes[k].before)
				pty_keys(p, scenes[k].before);
			pty_keys(p, scenes[k].key);
			if (i >= WARM)
				sample(&ms[k], pty_ms(p));
			if (!strstr(pty_row(p, 2), scenes[k].row2))
				lost = scenes[k].what;
			pty_keys(page, k % 2 ? "p" : "n");
			if (i >= WARM)
				sample(&floor, pty_ms(page));
		}
	for (size_t k = 0; k < SCENES && !lost; k++) {
		char *name = mem_printf("inbox of 10,000, %s, p50 ms", scenes[k].what);

		figure_most("28", name, sample_rank(&floor, 50), sample_rank(&ms[k], 50), MOST);
		mem_free(name);
		name = mem_printf("inbox of 10,000, %s, p99 ms", scenes[k].what);
		figure_tail("28", name, sample_rank(&floor, 99), sample_rank(&ms[k], 99), MOST);
		mem_free(name);
	}
	if (lost)
		figure_none("28", "inbox of 10,000", lost);
	for (size_t k = 0; k < SCENES; k++)
		samples_done(&ms[k]);
	samples_done(&floor);
	pty_hang_up(p);
	pty_hang_up(page);
}

int main(int argc, char **argv)
{
	char *db;

	if (argc != 5) {
		fprintf(stderr, "triage OHDESK FLOOR LARGE FOLDER\n");
		return 2;
	}
	db = mem_printf("%s/triage.db", argv[4]);
	bench_copy(argv[3], db);
	plant(db);
	figures_head();
	inbox(argv[1], argv[2], db);
	figures_end();
	unlink(db);
	mem_free(db);
	return 0;
}
