/*
 * test_inbox.c: the triage inbox (S6) when there is much in it: its order against one that is
 * worked out otherwise, and what opening it and a key in it cost at a thousand and at ten thousand.
 *
 * All of it is read when it is opened, for the order hangs on today: on working days, on what stood
 * still, on which day something is to be chased.  So that may grow with the inbox, by a few steps a
 * row; a key costs what stands on the screen.
 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"
#include "clinic/deciding.h"
#include "clinic/flag.h"
#include "clinic/referral.h"
#include "store/stats.h"

static struct booked b;
static struct err err;

/* ---- the order, worked out otherwise ---- */

enum { MANY = 300, FIRST = 50000 };

/* Days before today; -1 none. */
static struct plan {
	int came, minute, target, asked, answered;
	bool replied, flagged;
	char key[64];
} plans[MANY];

static unsigned dice;
static int roll(int n)
{
	dice = dice * 1103515245u + 12345u;
	return (int)(dice >> 16) % n;
}

static void plan(void)
{
	dice = 7;
	for (int i = 0; i < MANY; i++) {
		struct plan *p = &plans[i];

		*p = (struct plan){ .came = roll(25),
				    .minute = i, /* no two came at once */
				    .target = 1 + roll(4),
				    .asked = -1,
				    .answered = -1,
				    .flagged = roll(12) == 0 };
		if (p->came && roll(3) == 0)
			p->asked = roll(p->came + 1);
		if (p->asked >= 0 && roll(2))
			p->answered = roll(p->asked + 1);
		p->replied = p->answered >= 0 && roll(2);
	}
}

/* 12-Mar-2026 is a Thursday; none of the days before it is a holiday. */
static bool works(int ago)
{
	int weekday = ((3 - ago) % 7 + 7) % 7;

	return weekday < 5;
}

static int64_t at(int ago, int minute)
{
	return thu(8, 0).utc - (int64_t)ago * 86400 + minute;
}

/* Flags, then what was replied to, then by what is left (less than none: over), then what waits for
 * an answer; what has waited five working days for one is to be chased today. */
static void work_out(struct plan *p)
{
	int used = 0, waits = 0, left, rank;

	for (int ago = p->came - 1; ago >= 0; ago--)
		used += works(ago) && (p->asked < 0 || ago >= p->asked || ago < p->answered);
	for (int ago = p->asked - 1; p->answered < 0 && ago >= 0; ago--)
		waits += works(ago);
	left = p->target - used;
	if (p->asked >= 0 && p->answered < 0 && waits >= 5)
		left = 0;
	rank = p->flagged				       ? 0
	       : p->replied				       ? 1
	       : p->asked >= 0 && p->answered < 0 && waits < 5 ? 3
							       : 2;
	if (rank == 1)
		snprintf(p->key, sizeof p->key, "1 %lld", (long long)at(p->answered, p->minute));
	else
		snprintf(p->key, sizeof p->key, "%d %06d %lld", rank, 5000 + left,
			 (long long)at(p->came, p->minute));
}

static void put(struct buf *sql, int i)
{
	const struct plan *p = &plans[i];
	int id = FIRST + i;

	buf_printf(
		sql,
		"INSERT INTO person (id, scope, surname, given, title, born, status) VALUES"
		" (%d, 'org:WVH', 'WARD%d', 'Ann', 'Ms', 5000, 'active');"
		"INSERT INTO referral (id, scope, number, person, service, site, type, source,"
		" received, agreed, gp, triage, offer, seen, report, over, state, state_at,"
		" replied_at, pauses) VALUES (%d, 'org:WVH', 'MSK-26-B%d', %d, %lld, %lld, 'MGT',"
		" 'manager', %lld, 20000, 0, %d, 2, 10, 2, 0, 'awaiting_triage', 1, ",
		id, i, id, i, id, (long long)b.physio.n, (long long)b.ngt.n,
		(long long)at(p->came, p->minute), p->target);
	if (p->replied)
		buf_printf(sql, "%lld", (long long)at(p->answered, p->minute));
	else
		buf_str(sql, "NULL");
	buf_printf(sql, ", %d);", p->asked >= 0);
	if (p->asked < 0)
		return;
	buf_printf(sql,
		   "INSERT INTO pause (id, scope, referral, kind, asked, since, until, state)"
		   " VALUES (%d, 'org:WVH', %d, 'query', 'manager', %lld, ",
		   id, id, (long long)at(p->asked, p->minute));
	if (p->answered >= 0)
		buf_printf(sql, "%lld, 'on');", (long long)at(p->answered, p->minute));
	else
		buf_str(sql, "NULL, 'on');");
}

static void plant_plans(void)
{
	struct buf sql = { 0 };

	buf_str(&sql, "BEGIN;");
	for (int i = 0; i < MANY; i++)
		put(&sql, i);
	buf_str(&sql, "COMMIT");
	booked_sql(&b, sql.s);
	buf_done(&sql);
	clinic_sit(&b.c, "r.adeyemi");
	for (int i = 0; i < MANY; i++) {
		struct flag_ask flag = { .person = { FIRST + i },
					 .service = b.physio,
					 .referral = { FIRST + i } };

		if (plans[i].flagged)
			ck_ok(flag_raise(&b.c.desk, &flag, NULL, &err), err);
	}
}

static int by_key(const void *x, const void *y)
{
	return strcmp((*(const struct plan *const *)x)->key, (*(const struct plan *const *)y)->key);
}

START_TEST(the_order_is_the_one_that_flags_breach_and_time_left_make_worked_out_otherwise)
{
	const struct plan *order[MANY];
	struct inbox_filter all = { 0 };
	struct inbox box = { 0 };
	int ranks[4] = { 0 };

	booked_open(&b);
	plan();
	plant_plans();
	for (int i = 0; i < MANY; i++) {
		work_out(&plans[i]);
		order[i] = &plans[i];
		ranks[plans[i].key[0] - '0']++;
	}
	qsort(order, MANY, sizeof *order, by_key);
	/* Some of each, or nothing is shown. */
	for (int i = 0; i < 4; i++)
		ck_assert_int_ge(ranks[i], 10);
	ck_ok(referral_inbox(&b.c.desk, &all, &box, &err), err);
	ck_assert_uint_eq(box.n, MANY);
	for (int i = 0; i < MANY; i++)
		ck_assert_msg(box.v[i].id.n == FIRST + (order[i] - plans),
			      "row %d is %lld, not %lld (%s)", i + 1,
			      (long long)box.v[i].id.n - FIRST, (long long)(order[i] - plans),
			      order[i]->key);
	list_free(&box);
	booked_sql(&b, "DELETE FROM pause; DELETE FROM task; DELETE FROM flag;"
		       "DELETE FROM referral; DELETE FROM person WHERE id >= 50000");
	booked_close(&b);
}
END_TEST

/* ---- what it costs ---- */

/* Of every kind of clock; one in ten asked about. */
#define PLANT                                                                                      \
	"BEGIN; WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d)"      \
	" INSERT INTO person (id, scope, surname, given, title, born, status)"                     \
	" SELECT 50000 + n, 'org:WVH', char(65 + n %% 26) || 'ARD' || n, 'Ann', 'Ms', 5000,"       \
	" 'active' FROM i;"                                                                        \
	"INSERT INTO referral (id, scope, number, person, service, site, type, source, received,"  \
	" agreed, gp, triage, offer, seen, report, over, state, state_at, pauses)"                 \
	" SELECT id, scope, 'MSK-26-B' || id, id, %lld, %lld, 'MGT', 'manager',"                   \
	" 1773308520 - (id %% 60) * 43200, 20000, 0, 2, 10, 20, 2, 0, 'awaiting_triage', 1,"       \
	" id %% 10 = 3 FROM person WHERE id > 50000;"                                              \
	"INSERT INTO pause (id, scope, referral, kind, asked, since, state)"                       \
	" SELECT id, scope, id, 'query', 'manager', 1773308520 - (id %% 20) * 86400, 'on'"         \
	" FROM referral WHERE id > 50000 AND pauses; COMMIT"

static void plant_many(int n)
{
	char *sql;

	booked_open(&b);
	sql = mem_printf(PLANT, n, (long long)b.physio.n, (long long)b.ngt.n);
	booked_sql(&b, sql);
	mem_free(sql);
	clinic_sit(&b.c, "r.adeyemi");
}

static void clear_many(void)
{
	booked_sql(&b, "DELETE FROM pause; DELETE FROM referral;"
		       "DELETE FROM person WHERE id >= 50000");
	booked_close(&b);
}

enum work { OPENED, NAMED, NEXT_ROW, WORKS };

static void open_box(const char *name, struct inbox *box)
{
	struct inbox_filter filter = { .name = name };

	list_free(box);
	ck_ok(referral_inbox(&b.c.desk, &filter, box, &err), err);
	ck_assert_uint_gt(box->n, 10);
}

/* What a key that moves to another row reads. */
static void next_row(const struct inbox *box, size_t at)
{
	struct referral_row r;
	struct remarks remarks = { 0 };
	char other[CODE_TEXT];

	ck_ok(referral_one(&b.c.desk, box->v[at].id, &r, &err), err);
	ck_ok(referral_remarks(&b.c.desk, r.r.id, &remarks, &err), err);
	ck_ok(deciding_other(&b.c.desk, r.r.id, other, &err), err);
	list_free(&remarks);
}

static void do_work(enum work what, struct inbox *box)
{
	if (what == NEXT_ROW)
		next_row(box, 5);
	else
		open_box(what == NAMED ? "ward" : NULL, box);
}

static void costs(int n, struct store_work ret[WORKS])
{
	struct inbox box = { 0 };

	plant_many(n);
	ck_ok(store_unmap(b.c.desk.store, &err), err);
	for (int i = 0; i < WORKS; i++) {
		struct store_work before, after;

		do_work((enum work)i, &box); /* statements are compiled once */
		store_work(b.c.desk.store, &before);
		do_work((enum work)i, &box);
		store_work(b.c.desk.store, &after);
		ret[i].steps = after.steps - before.steps;
		ret[i].pages = after.pages - before.pages;
	}
	list_free(&box);
	clear_many();
}

START_TEST(opening_it_grows_by_a_few_steps_a_row_and_the_next_row_not_at_all)
{
	enum { FEW = 1000, LOTS = 10000, STEPS = 30 };
	struct store_work few[WORKS], lots[WORKS];

	costs(FEW, few);
	costs(LOTS, lots);
	for (int i = 0; i < WORKS; i++)
		if (getenv("OHDESK_SHOW"))
			fprintf(stderr, "%d steps %7ld %7ld  pages %5ld %5ld\n", i,
				(long)few[i].steps, (long)lots[i].steps, (long)few[i].pages,
				(long)lots[i].pages);
	for (int i = OPENED; i <= NAMED; i++) {
		ck_assert_int_le(lots[i].steps, 11 * few[i].steps);
		ck_assert_int_le(lots[i].steps, (int64_t)STEPS * LOTS);
	}
	ck_assert_int_le(lots[NEXT_ROW].steps, few[NEXT_ROW].steps + few[NEXT_ROW].steps / 2);
	ck_assert_int_le(lots[NEXT_ROW].pages, 2 * few[NEXT_ROW].pages);
}
END_TEST

START_TEST(a_key_in_it_sends_what_stands_on_the_screen_however_much_there_is)
{
	static const struct {
		const char *what, *before, *keys;
		long most;
	} scenes[] = { { "row move in the page", "<Home>", "<Down><Down><Up><Down><Up>", 120 },
		       { "page", "<Home>", "<PgDn><PgDn><PgUp>", 600 },
		       { "order", "<Home>", "oo", 1000 },
		       { "opened from the desk", "<F3>", "gt<F3>gt", 1700 },
		       { "one is decided", "<Home>", "<Enter><Esc><Enter><Esc>", 1760 } };
	struct pty *p;

	plant_many(10000);
	p = at_desk(&b.c, "r.adeyemi", NULL);
	pty_keys(p, "<F3>gt");
	row_has(p, 2, "Waiting 10000");
	for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
		pty_keys(p, scenes[i].before);
		pty_count_start(p);
		pty_keys(p, scenes[i].keys);
		if (getenv("OHDESK_SHOW"))
			fprintf(stderr, "%-24s bytes most %4ld\n", scenes[i].what, pty_most(p));
		ck_assert_msg(pty_most(p) <= scenes[i].most, "%s: %ld bytes", scenes[i].what,
			      pty_most(p));
	}
	at_desk_end(p);
	clear_many();
}
END_TEST

TEST_MAIN("inbox", the_order_is_the_one_that_flags_breach_and_time_left_make_worked_out_otherwise,
	  opening_it_grows_by_a_few_steps_a_row_and_the_next_row_not_at_all,
	  a_key_in_it_sends_what_stands_on_the_screen_however_much_there_is)
