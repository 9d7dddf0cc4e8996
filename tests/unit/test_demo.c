/* test_demo.c: the practice database: who can sign in, what its morning shows, what it refuses. */
#include "suite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "clinic.h"
#include "clinic/demo.h"
#include "clinic/keeper.h"
#include "clinic/signin.h"
#include "store/appts.h"
#include "store/db.h"
#include "store/load.h"

static struct demo_want small(void)
{
	struct demo_want want = {
		.people = 400, .years = 1, .sites = 2, .clinicians = 8, .seed = 1
	};

	date_from_ymd(2026, 3, 15, &want.today); /* a Sunday: the day is Friday the 13th */
	return want;
}

struct made {
	char folder[64], path[96];
	struct demo_made counts;
	struct store *store;
	struct world world;
	struct desk desk;
};

static void make(struct made *m)
{
	struct demo_want want = small();
	struct err err = ERR_INIT;

	memset(m, 0, sizeof *m);
	snprintf(m->folder, sizeof m->folder, "/tmp/ohdesk-test-XXXXXX");
	ck_assert(mkdtemp(m->folder) != NULL);
	snprintf(m->path, sizeof m->path, "%s/demo.db", m->folder);
	ck_ok(demo_make(m->path, &want, &m->counts, &err), err);
	ck_ok(keeper_open(m->path, 5000, &m->store, &err), err);
	m->world = practice_world(m->store, m->counts.clock);
	ck_ok(desk_open(m->store, &m->world, &m->desk, &err), err);
}

static void done(struct made *m)
{
	char name[128];

	desk_close(&m->desk);
	keeper_close(m->store);
	unlink(m->path);
	snprintf(name, sizeof name, "%s-lock", m->path);
	unlink(name);
	/* Fails if anything else was left. */
	ck_assert_int_eq(rmdir(m->folder), 0);
}

static void breach(void *ctx, const char *sentence)
{
	(void)ctx;
	ck_abort_msg("store check: %s", sentence);
}

START_TEST(what_was_made_up_holds_every_rule)
{
	struct made m;
	struct err err = ERR_INIT;

	make(&m);
	ck_assert_int_eq(m.counts.people, 400);
	ck_assert_int_gt(m.counts.behind, 500);
	ck_assert_int_gt(m.counts.ahead, 50);
	ck_ok(desk_sit(&m.desk, "a.root", &err), err);
	ck_ok(keeper_check(&m.desk, breach, NULL, &err), err);
	done(&m);
}
END_TEST

START_TEST(a_user_of_every_role_signs_in_with_the_one_password)
{
	static const struct {
		const char *name;
		enum role role;
	} one[] = { { "p.shah", ROLE_RECEPTION },  { "r.adeyemi", ROLE_NURSE },
		    { "j.marsh", ROLE_CLINICIAN }, { "s.kelly", ROLE_COUNSELLOR },
		    { "m.doyle", ROLE_MANAGER },   { "a.root", ROLE_ADMINISTRATOR } };
	struct made m;
	struct err err = ERR_INIT;
	char listed[WORDS_TEXT];
	int tries = 0;

	make(&m);
	ck_ok(demo_users(&m.desk, listed, sizeof listed, &err), err);
	for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
		ck_ok(signin(&m.desk, one[i].name, DEMO_PASSWORD, &err), err);
		ck_assert_int_eq(m.desk.user.role, one[i].role);
		ck_assert(words_have(listed, one[i].name));
	}
	ck_ok(signin_unlock(&m.desk, DEMO_PIN, &tries, &err), err);
	done(&m);
}
END_TEST

START_TEST(the_first_site_shows_a_working_morning)
{
	static const struct {
		const char *surname, *given, *clock;
		char state;
	} shown[] = { { "Nowak", "Agnieszka", "08:30", 'S' }, { "Holloway", "Simon", "09:00", 'D' },
		      { "Pereira", "Luisa", "09:20", 'I' },   { "Okafor", "Adaeze", "10:00", 'A' },
		      { "Okafor", "Adanna", "10:00", 'B' },   { "Silva", "Paulo", "11:30", 'X' } };
	struct made m;
	struct err err = ERR_INIT;
	struct appt_rows rows = { 0 };
	char clock[DAY_TEXT];

	make(&m);
	ck_assert_str_eq(moment_iso(m.counts.clock, clock), "2026-03-13 09:42");
	ck_ok(desk_sit(&m.desk, "p.shah", &err), err);
	struct appt_filter today = { .site = m.desk.site.id,
				     .from = m.desk.today,
				     .to = m.desk.today };

	ck_ok(appts_select(m.store, &today, &rows, &err), err);
	ck_assert_int_ge(rows.n, 14);
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		bool there = false;

		list_each (r, &rows)
			there |= strcmp(r->surname, shown[i].surname) == 0 &&
				 strcmp(r->given, shown[i].given) == 0 &&
				 appt_letter(r->a.state) == shown[i].state &&
				 strcmp(minute_show(moment_minute(r->a.starts), clock),
					shown[i].clock) == 0;
		ck_assert_msg(there, "%s is not there at %s", shown[i].surname, shown[i].clock);
	}
	list_free(&rows);
	done(&m);
}
END_TEST

static int64_t count(struct made *m, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t n;

	ck_assert_int_eq(sqlite3_prepare_v2(m->store->db, sql, -1, &s, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

START_TEST(times_were_declined_and_more_than_the_cap_is_asked_for_and_agreed_to)
{
	struct made m;

	make(&m);
	ck_assert_int_gt(count(&m, "SELECT count(*) FROM offer WHERE became = 'declined'"), 1);
	ck_assert_int_eq(count(&m, "SELECT count(*) FROM extension WHERE state = 'asked'"), 1);
	ck_assert_int_eq(count(&m, "SELECT count(*) FROM extension x JOIN user u ON u.id = x.user"
				   " WHERE x.state = 'agreed' AND u.name = 'r.adeyemi'"),
			 1);
	ck_assert_int_eq(count(&m, "SELECT count(*) FROM task WHERE kind = 'extend' AND"
				   " state = 'open'"),
			 1);
	ck_assert_int_gt(count(&m, "SELECT count(*) FROM slot WHERE kind = 'RAP' AND appt IS NULL"
				   " AND release_at > (SELECT max(at) FROM history)"),
			 0);
	done(&m);
}
END_TEST

START_TEST(the_same_seed_and_day_make_the_same_rows)
{
	struct made m[2];
	char digest[2][65];

	for (int i = 0; i < 2; i++) {
		struct clinic c = { 0 };

		make(&m[i]);
		snprintf(c.path, sizeof c.path, "%s", m[i].path);
		clinic_digest(&c, digest[i]);
	}
	ck_assert_str_eq(digest[0], digest[1]);
	ck_assert_mem_eq(store_me(m[0].store)->cmd_hash, store_me(m[1].store)->cmd_hash, 32);
	ck_assert_int_eq(store_me(m[0].store)->last_id, store_me(m[1].store)->last_id);
	done(&m[0]);
	done(&m[1]);
}
END_TEST

static bool stop_at_history(void *ctx, const char *what, int64_t n, int64_t total)
{
	(void)ctx, (void)n, (void)total;
	return strcmp(what, "history") != 0;
}

START_TEST(stopped_half_way_it_leaves_nothing)
{
	struct demo_want want = small();
	struct demo_made counts;
	struct err err = ERR_INIT;
	char folder[] = "/tmp/ohdesk-test-XXXXXX", path[64];

	ck_assert(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/demo.db", folder);
	want.tick = stop_at_history;
	ck_refused(demo_make(path, &want, &counts, &err), err, ERR_FAULT);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(a_real_database_is_never_loaded)
{
	struct keeper_new want = {
		.code = "NGT", .name = "Northgate", .nation = "E", .admin = "a.root"
	};
	struct world world = world_still((struct moment){ 1773308520 }, 7);
	char folder[] = "/tmp/ohdesk-test-XXXXXX", path[64], lock[80];
	struct err err = ERR_INIT;
	struct store *store;
	struct txn t;

	ck_assert(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/real.db", folder);
	snprintf(lock, sizeof lock, "%s-lock", path);
	ck_ok(keeper_init(path, &world, &want, &err), err);
	ck_ok(keeper_open(path, 5000, &store, &err), err);
	ck_refused(load_open(store, &err), err, ERR_DENIED);
	ck_refused(load_begin(store, &t, &err), err, ERR_DENIED);
	ck_refused(load_close(store, world.still, world.still, &err), err, ERR_DENIED);
	keeper_close(store);
	unlink(path);
	unlink(lock);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

TEST_MAIN("demo", what_was_made_up_holds_every_rule,
	  a_user_of_every_role_signs_in_with_the_one_password,
	  the_first_site_shows_a_working_morning,
	  times_were_declined_and_more_than_the_cap_is_asked_for_and_agreed_to,
	  the_same_seed_and_day_make_the_same_rows, stopped_half_way_it_leaves_nothing,
	  a_real_database_is_never_loaded)
