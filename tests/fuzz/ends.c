/*
 * ends.c: a hub and three nodes with pending work.
 *
 * Check's assertions work inside a test alone, so all that is made with the simulator's help is
 * made in one, which does not fork; what is fed later is fed to the product and judged by
 * fuzz_must().
 */
#include "ends.h"

#include <check.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "frames.h"
#include "fuzz.h"
#include "store/db.h"
#include "store/replica.h"
#include "sync/hub.h"
#include "sync/node.h"

struct sim ends;

static char root[100];
static struct pristine {
	int fd; /* of the database; to close it before SQLite does would take its locks away */
	char *bytes;
	size_t n;
	char witness[128];
	size_t witness_n;
	int64_t written;
} pristine[PLACES];
static struct {
	int64_t *v;
	size_t n, cap;
} ids;

/* ---- made ---- */

static void some_work(int place)
{
	struct machine *p = &ends.place[place];
	int64_t own = 20000 + (place - 1) * 100;

	ck_assert(deed_edit(&ends, p));
	ck_assert(deed_book(&ends, p, own + 1));
	ck_assert(deed_book(&ends, p, place == 3 ? 20003 : own + 103)); /* another's: asked */
	for (int i = 0; i < 8; i++)
		deed(&ends, p);
	deed_give(&ends, p);
	ck_assert(deed_edit(&ends, p));
}

START_TEST(make)
{
	sim_root = root;
	sim_begin(&ends, 5, 100, 0);
	base_remove();
	for (int i = 0; i < PLACES; i++) {
		char *why = NULL;

		/* Chance named the region: an input is to be the same tomorrow.  And a file that
		 * is put back under an open database is noticed only where it has no log beside
		 * it. */
		ck_assert_msg(sqlite3_exec(ends.place[i].store->db,
					   "PRAGMA journal_mode = DELETE; UPDATE me SET region ="
					   " '00000000-0000-4000-8000-000000000000'",
					   NULL, NULL, &why) == SQLITE_OK,
			      "%s", why);
		if (i != HUB)
			some_work(i);
	}
}
END_TEST

static void in_a_test(const TTest *test)
{
	Suite *suite = suite_create("ends");
	TCase *tcase = tcase_create("ends");
	SRunner *runner;

	tcase_set_timeout(tcase, 0);
	tcase_add_test(tcase, test);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_SILENT);
	fuzz_must(srunner_ntests_failed(runner) == 0, "the places could not be made: %s",
		  srunner_ntests_failed(runner) ? tr_msg(srunner_failures(runner)[0]) : "");
	srunner_free(runner);
}

/* ---- put back ---- */

static sqlite3 *db_of(int place)
{
	return ends.place[place].store->db;
}

/* All of it is in the one file then, and nothing beside it. */
static void settle(int place)
{
	fuzz_must(sqlite3_wal_checkpoint_v2(db_of(place), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
					    NULL) == SQLITE_OK,
		  "not settled: %s", sqlite3_errmsg(db_of(place)));
}

static FILE *witness(int place, const char *how)
{
	char *name = mem_printf("%s-witness", ends.place[place].path);
	FILE *f = fopen(name, how);

	mem_free(name);
	return f;
}

static void keep(int place)
{
	struct pristine *k = &pristine[place];
	FILE *f = witness(place, "rb");

	settle(place);
	k->fd = open(ends.place[place].path, O_RDWR | O_CLOEXEC);
	k->n = (size_t)lseek(k->fd, 0, SEEK_END);
	k->bytes = mem_new(k->n);
	fuzz_must(pread(k->fd, k->bytes, k->n, 0) == (ssize_t)k->n, "not read");
	if (f) {
		k->witness_n = fread(k->witness, 1, sizeof k->witness, f);
		fclose(f);
	}
	k->written = sqlite3_total_changes64(db_of(place));
}

void ends_look_again(int place)
{
	struct store *st = ends.place[place].store;
	struct err err = ERR_INIT;

	fuzz_must(store_begin(st, &err) == 0, "%s", err.text);
	store_rollback(st);
	desk_tick(&ends.place[place].desk);
}

bool ends_written(int place)
{
	return sqlite3_total_changes64(db_of(place)) != pristine[place].written;
}

void ends_back(int place)
{
	struct pristine *k = &pristine[place];

	if (!ends_written(place))
		return;
	settle(place);
	fuzz_must(pwrite(k->fd, k->bytes, k->n, 0) == (ssize_t)k->n &&
			  ftruncate(k->fd, (off_t)k->n) == 0,
		  "not put back");
	sqlite3_db_release_memory(db_of(place)); /* pages that it remembers */
	if (k->witness_n) {
		FILE *f = witness(place, "r+b");

		fuzz_must(f && fwrite(k->witness, 1, k->witness_n, f) == k->witness_n &&
				  fclose(f) == 0,
			  "the witness was not put back");
	}
	ends.place[place].world = world_still(ends.now, (uint64_t)place + 97);
	ends_look_again(place);
	k->written = sqlite3_total_changes64(db_of(place));
}

/* ---- looked at ---- */

int64_t ends_number(int place, const char *sql)
{
	sqlite3_stmt *q = NULL;
	int64_t n = 0;

	fuzz_must(sqlite3_prepare_v2(db_of(place), sql, -1, &q, NULL) == SQLITE_OK, "%s: %s", sql,
		  sqlite3_errmsg(db_of(place)));
	if (sqlite3_step(q) == SQLITE_ROW)
		n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return n;
}

void ends_digest(int place, unsigned char ret[32])
{
	struct err err = ERR_INIT;

	fuzz_must(replica_digest(ends.place[place].store, ret, &err) == 0, "%s", err.text);
}

/* Ids of rows of every kind. */
static void gather_ids(void)
{
	static const char ROWS[] =
		"SELECT 'SELECT id FROM \"' || l.name || '\" ORDER BY id LIMIT 24' FROM table_list l"
		" WHERE EXISTS (SELECT 1 FROM pragma_table_info(l.name) WHERE name = 'id')"
		" ORDER BY l.name";
	sqlite3_stmt *tables = NULL, *q;

	fuzz_must(sqlite3_prepare_v2(db_of(1), ROWS, -1, &tables, NULL) == SQLITE_OK, "%s",
		  sqlite3_errmsg(db_of(1)));
	while (sqlite3_step(tables) == SQLITE_ROW) {
		if (sqlite3_prepare_v2(db_of(1), (const char *)sqlite3_column_text(tables, 0), -1,
				       &q, NULL) != SQLITE_OK)
			continue;
		while (sqlite3_step(q) == SQLITE_ROW)
			*(int64_t *)list_push(&ids) = sqlite3_column_int64(q, 0);
		sqlite3_finalize(q);
	}
	sqlite3_finalize(tables);
	frames_ids(ids.v, ids.n);
}

void ends_begin(void)
{
	const char *in = getenv("OHDESK_FUZZ_DIR");

	if (!in)
		in = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	snprintf(root, sizeof root, "%s/ohdesk-fuzz-XXXXXX", in);
	fuzz_must(mkdtemp(root) != NULL, "%s: no folder", root);
	in_a_test(make);
	for (int i = 0; i < PLACES; i++) {
		ends_look_again(i);
		keep(i);
	}
	gather_ids();
}

void ends_end(void)
{
	char *cmd = mem_printf("rm -rf '%s'", root);

	for (int i = 0; i < PLACES; i++) {
		sim_close(&ends.place[i]);
		close(pristine[i].fd);
		mem_free(pristine[i].bytes);
	}
	list_free(&ids);
	if (system(cmd) != 0)
		fprintf(stderr, "%s is left behind\n", root);
	mem_free(cmd);
}

/* ---- talk ---- */

static void move(struct buf *from, struct buf *to, struct buf *copy)
{
	buf_clear(to);
	buf_add(to, from->s, from->n);
	if (copy)
		buf_add(copy, from->s, from->n);
	buf_clear(from);
}

void ends_talk(int place, struct buf *up, struct buf *down)
{
	struct node_link *node = node_link_new(&ends.place[place].desk);
	struct hub_link *hub = hub_link_new(&ends.place[HUB].desk, place + 1);
	struct buf bytes = { 0 };
	struct err err = ERR_INIT;

	fuzz_must(node_link_start(node, &err) == 0, "node: %s", err.text);
	while (node_link_out(node)->n > 0) {
		move(node_link_out(node), &bytes, up);
		fuzz_must(hub_link_in(hub, bytes.s, bytes.n, &err) == 0, "hub: %s", err.text);
		do {
			fuzz_must(hub_link_more(hub, &err) == 0, "hub: %s", err.text);
			move(hub_link_out(hub), &bytes, down);
			fuzz_must(node_link_in(node, bytes.s, bytes.n, &err) == 0, "node: %s",
				  err.text);
		} while (bytes.n > 0 && node_link_out(node)->n == 0);
	}
	fuzz_must(node_link_idle(node), "node %d is not in step", place + 1);
	node_link_free(node);
	hub_link_free(hub);
	buf_done(&bytes);
}

void ends_sound(int through)
{
	unsigned char here[32], there[32];
	struct err err = ERR_INIT;
	int64_t n;

	fuzz_must(log_verify(ends.place[HUB].store, &n, &err) == 0, "%s", err.text);
	fuzz_must(ends_number(HUB, "SELECT count(*) FROM pragma_foreign_key_check") == 0,
		  "a row refers to one that there is not");
	ends_talk(through, NULL, NULL);
	ends_digest(HUB, here);
	ends_digest(through, there);
	fuzz_must(memcmp(here, there, 32) == 0, "node %d pulled all and is not equal to the hub",
		  through + 1);
	ends_back(through);
}
