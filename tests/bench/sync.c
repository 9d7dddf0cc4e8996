/*
 * sync.c: nodes in step: what a conversation costs, beside fossil and beside copying a file.
 *
 *	sync OHDESK SMALL LARGE FOLDER SSH      SSH: the command that runs what follows it at the hub
 *
 * Everything happens on copies in FOLDER, over an sshd on loopback that sync.sh has started; the
 * nodes' ends run in this process, the hub's in `ohdesk sync serve`.  sync.sh has made FOLDER's
 * fossil repositories: one.fossil (a clone) and many.fossil (the same, a thousand commits further).
 */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bench_desk.h"
#include "clinic/booking.h"
#include "figures.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/replica.h"
#include "sync/link.h"
#include "sync/state.h"

enum { NODES = 8, EACH = 1000, FIRST = 2, RUNS = 3 };

static const char *ohdesk, *folder, *ssh;

/* ---- the places ---- */

static void sql(const char *path, const char *text)
{
	sqlite3 *db = NULL;
	char *why = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK) {
		fprintf(stderr, "bench: %s: %s\n", path, why ? why : sqlite3_errmsg(db));
		exit(1);
	}
	sqlite3_close(db);
}

static int64_t number(const char *path, const char *text)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	int64_t n = -1;

	sqlite3_open(path, &db);
	if (sqlite3_prepare_v2(db, text, -1, &q, NULL) == SQLITE_OK &&
	    sqlite3_step(q) == SQLITE_ROW)
		n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

static char *at(const char *name, int node)
{
	return mem_printf("%s/%s%d.db", folder, name, node);
}

/* Beyond what is published, days on which there is room for everybody: each physiotherapist is home
 * at one of the nodes, which holds the slots. */
static const char ROOM[] =
	"INSERT INTO node (id, number, letter, name, state)"
	" WITH n(x) AS (VALUES (2) UNION ALL SELECT x + 1 FROM n WHERE x < 9)"
	" SELECT 7000 + x, x, char(70 + x), 'Node ' || x, 'on' FROM n;"
	"CREATE TEMP TABLE who AS SELECT c.id AS clinician, row_number() OVER (ORDER BY c.id) - 1 AS rank,"
	"  (SELECT site FROM block WHERE clinician = c.id LIMIT 1) AS site,"
	"  (SELECT id FROM service WHERE code = 'PHYSIO') AS service"
	"  FROM clinician c WHERE EXISTS (SELECT 1 FROM block b WHERE b.clinician = c.id AND b.service ="
	"  (SELECT id FROM service WHERE code = 'PHYSIO'));"
	"CREATE TEMP TABLE days AS WITH d(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM d WHERE x < 200)"
	"  SELECT (SELECT max(day) FROM block) + x AS day FROM d;"
	"INSERT INTO block (id, clinician, site, service, day, starts, ends, state)"
	" SELECT 900000000 + rank * 1000 + day % 1000, clinician, site, service, day,"
	"  day * 86400 + 36000, day * 86400 + 36000 + 12 * 2400, 'open' FROM who, days;"
	"INSERT INTO slot (id, block, clinician, site, service, kind, day, starts, mins, holder, state)"
	" WITH k(x) AS (VALUES (0) UNION ALL SELECT x + 1 FROM k WHERE x < 11)"
	" SELECT 1000000000 + rank * 100000 + day % 1000 * 100 + x, 900000000 + rank * 1000 + day % 1000,"
	"  clinician, site, service, 'NEW', day, day * 86400 + 36000 + x * 2400, 40,"
	"  2 + (rank + day) % 8, 'open' FROM who, days, k;";

static void make_hub(const char *from, char **ret)
{
	struct bench_desk h;
	struct err err = ERR_INIT;

	*ret = mem_printf("%s/hub.db", folder);
	bench_copy(from, *ret);
	sql(*ret, ROOM);
	bench_open(&h, *ret);
	bench_must(store_begin(h.store, &err), &err);
	bench_must(replica_hub(h.store, &err), &err);
	bench_must(store_commit(h.store, &err), &err);
	bench_close(&h);
}

static void make_node(const char *hub, int node)
{
	char *path = at("node", node), *cmd = mem_printf("rm -f '%s' '%s'-*", path, path);
	struct bench_desk h;
	struct err err = ERR_INIT;

	if (system(cmd) != 0)
		exit(1);
	bench_open(&h, hub);
	bench_must(store_copy(h.store, path, &err), &err);
	bench_close(&h);
	bench_must(replica_begin(path, node, 1000 + node, "the hub", &err), &err);
	mem_free(cmd);
	mem_free(path);
}

/* Bookings in slots that the node holds; each node has people of its own. */
static int work(const char *path, int node, int want)
{
	static const char FREE[] =
		"SELECT s.clinician, s.starts, s.service FROM slot s WHERE s.holder = ?1"
		" AND s.id >= 1000000000 AND s.appt IS NULL ORDER BY s.id";
	static const char PEOPLE[] = "SELECT id FROM person WHERE status = 'active' AND id % 8 = ?1";
	struct bench_desk h;
	sqlite3_stmt *free_ones = NULL, *people = NULL;
	int done = 0;

	bench_open(&h, path);
	sqlite3_prepare_v2(h.store->db, FREE, -1, &free_ones, NULL);
	sqlite3_prepare_v2(h.store->db, PEOPLE, -1, &people, NULL);
	sqlite3_bind_int(free_ones, 1, node);
	sqlite3_bind_int(people, 1, node % 8);
	while (done < want && sqlite3_step(free_ones) == SQLITE_ROW &&
	       sqlite3_step(people) == SQLITE_ROW) {
		struct booking_ask ask = {
			.person = { sqlite3_column_int64(people, 0) },
			.service = { sqlite3_column_int64(free_ones, 2) },
			.clinician = { sqlite3_column_int64(free_ones, 0) },
			.starts = { sqlite3_column_int64(free_ones, 1) }
		};
		struct err err = ERR_INIT;
		struct id id;

		desk_tick(&h.desk);
		if (booking_book(&h.desk, &ask, &id, &err) == 0)
			done++;
		else
			bench_rules(&err);
	}
	sqlite3_finalize(free_ones);
	sqlite3_finalize(people);
	bench_close(&h);
	return done;
}

/* ---- a conversation ---- */

/* over: what is put before the hub's end of it; "": nothing, it is a process of this machine. */
static char *way(const char *over, const char *hub, int node)
{
	return *over ? mem_printf("%s \"'%s' --db '%s' sync serve --node %d\"", over, ohdesk, hub,
				  node)
		     : mem_printf("exec '%s' --db '%s' sync serve --node %d", ohdesk, hub, node);
}

static double run(const char *path, const char *command)
{
	struct bench_desk h;
	struct err err = ERR_INIT;
	double began;

	bench_open(&h, path);
	began = now_ms();
	bench_must(link_run(&h.desk, command, &err), &err);
	began = now_ms() - began;
	bench_close(&h);
	return began;
}

static double shell(const char *fmt, const char *a, const char *b)
{
	char *cmd = mem_printf(fmt, a, b); // NOLINT
	double began = now_ms();

	if (system(cmd) != 0) {
		fprintf(stderr, "bench: failed: %s\n", cmd);
		exit(1);
	}
	mem_free(cmd);
	return now_ms() - began;
}
