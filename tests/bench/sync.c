/*
 * sync.c: nodes in step: what a conversation costs, beside fossil and beside copying a file.
 *
 *	sync OHDESK SMALL LARGE FOLDER SSH      SSH: the command that runs what follows it at the
 *hub
 *
 * Everything happens on copies in FOLDER, over an sshd on loopback that sync.sh has started; the
 * nodes' ends run in this process, the hub's in `ohdesk sync serve`.  sync.sh has made FOLDER's
 * fossil repositories: one.fossil (a clone) and many.fossil (the same, a thousand commits further).
 */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bench_desk.h"
#include "clinic/booking.h"
#include "figures.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/replica.h"
#include "sync/link.h"
#include "sync/replay.h"

enum { NODES = 8, EACH = 1000, FIRST = 2, RUNS = 3 };

static const char *ohdesk, *folder, *ssh, *plain;

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
	char *path = at("node", node);
	struct err err = ERR_INIT;

	bench_copy(hub, path);
	bench_must(replica_begin(path, node, 1000 + node, "the hub", &err), &err);
	mem_free(path);
}

/* Bookings in slots that the node holds; each node has people of its own. */
static int work(const char *path, int node, int want)
{
	static const char FREE[] =
		"SELECT s.clinician, s.starts, s.service FROM slot s WHERE s.holder = ?1"
		" AND s.id >= 1000000000 AND s.appt IS NULL ORDER BY s.id";
	static const char PEOPLE[] =
		"SELECT id FROM person WHERE status = 'active' AND id % 8 = ?1";
	struct bench_desk h;
	sqlite3_stmt *free_ones = NULL, *people = NULL;
	int done = 0;

	bench_open(&h, path);
	if (want > 1) /* this is not what is measured */
		sqlite3_exec(h.store->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	sqlite3_prepare_v2(h.store->db, FREE, -1, &free_ones, NULL);
	sqlite3_prepare_v2(h.store->db, PEOPLE, -1, &people, NULL);
	sqlite3_bind_int(free_ones, 1, node);
	sqlite3_bind_int(people, 1, node % 8);
	while (done < want && sqlite3_step(free_ones) == SQLITE_ROW &&
	       sqlite3_step(people) == SQLITE_ROW) {
		struct booking_ask ask = { .person = { sqlite3_column_int64(people, 0) },
					   .service = { sqlite3_column_int64(free_ones, 2) },
					   .clinician = { sqlite3_column_int64(free_ones, 0) },
					   .starts = { sqlite3_column_int64(free_ones, 1) } };
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
	bench_must(link_run(&h.desk, &(struct link_way){ .command = command, .stop = -1 }, &err),
		   &err);
	began = now_ms() - began;
	bench_close(&h);
	return began;
}

/* The time that a command of the shell takes. */
static double shell(char *cmd)
{
	double began = now_ms();

	if (system(cmd) != 0) {
		fprintf(stderr, "bench: failed: %s\n", cmd);
		exit(1);
	}
	began = now_ms() - began;
	mem_free(cmd);
	return began;
}

/* ---- 22: a thousand changes ---- */

static double fossil_pull(int i)
{
	char *clone = mem_printf("%s/clone%d.fossil", folder, i);
	double ms;

	shell(mem_printf("cp '%s/one.fossil' '%s'", folder, clone));
	ms = shell(mem_printf("fossil pull -R '%s' --once ssh://\"$(id -un)\""
			      "@127.0.0.1/'%s/many.fossil' >'%s/said' 2>&1",
			      clone, folder, folder));
	if (number(clone, "SELECT count(*) FROM event") < EACH) {
		shell(mem_printf("cat '%s/said' >&2", folder));
		exit(1);
	}
	mem_free(clone);
	return ms;
}

/* A thousand changes of node 2 up, through the hub and down again; then down to node 3. */
static void thousand(const char *small)
{
	struct samples fossil = { 0 }, both = { 0 }, down = { 0 }, pipe_both = { 0 },
		       pipe_down = { 0 };
	char *hub, *a = at("node", 2), *b = at("node", 3);

	for (int i = 0; i < RUNS * 2; i++) {
		bool piped = i % 2;
		char *via_a, *via_b;

		make_hub(small, &hub);
		make_node(hub, 2);
		make_node(hub, 3);
		if (work(a, 2, EACH) < EACH) {
			figure_none("22", "1,000 changes up and down", "there is no room for them");
			return;
		}
		via_a = way(piped ? "" : ssh, hub, 2);
		via_b = way(piped ? "" : ssh, hub, 3);
		if (!piped)
			sample(&fossil, fossil_pull(i));
		sample(piped ? &pipe_both : &both, run(a, via_a));
		sample(piped ? &pipe_down : &down, run(b, via_b));
		mem_free(via_a);
		mem_free(via_b);
		mem_free(hub);
	}
	/* The best of three: others are at work on the machine. */
	figure_ratio("22", "1,000 changes up, run, down by ssh, ms", sample_rank(&fossil, 0),
		     sample_rank(&both, 0), 0.5);
	figure_ratio("22", "  down to another node, ms", sample_rank(&fossil, 0),
		     sample_rank(&down, 0), 0.5);
	figure_ratio("22", "  without ssh: up, run, down, ms", sample_rank(&fossil, 0),
		     sample_rank(&pipe_both, 0), 0.5);
	figure_ratio("22", "  without ssh: down to another, ms", sample_rank(&fossil, 0),
		     sample_rank(&pipe_down, 0), 0.5);
	samples_done(&fossil);
	samples_done(&both);
	samples_done(&down);
	samples_done(&pipe_both);
	samples_done(&pipe_down);
	mem_free(a);
	mem_free(b);
}

/* ---- 24: undo and redo ---- */

/* An entry of another node comes to one with a thousand commands that the hub has not. */
static void undo_redo(const char *small)
{
	char *hub, *a = at("node", 2), *b = at("node", 3), *via;
	struct samples ms = { 0 }, work_ms = { 0 };
	struct bench_desk at_hub, at_a;
	struct err err = ERR_INIT;

	make_hub(small, &hub);
	make_node(hub, 2);
	make_node(hub, 3);
	work(a, 2, EACH);
	work(b, 3, RUNS);
	via = way("", hub, 3);
	run(b, via);
	bench_open(&at_hub, hub);
	bench_open(&at_a, a);
	for (int i = 0; i < RUNS; i++) {
		struct log_entries list = { 0 };
		double began;

		bench_must(log_sqlite.read(at_hub.store, store_me(at_a.store)->seq + 1, 1, 1, &list,
					   &err),
			   &err);
		began = now_ms();
		clock_t ran = clock();

		bench_must(replay(&at_a.desk, &list, &err), &err);
		sample(&work_ms, (double)(clock() - ran) * 1e3 / CLOCKS_PER_SEC);
		sample(&ms, now_ms() - began);
		log_entries_done(&list);
	}
	figure_most("24", "undo and redo of 1,000 pending, ms", 0, sample_rank(&ms, 0), 200);
	figure_most("24", "  of the processor's time, ms", 0, sample_rank(&work_ms, 0), 200);
	samples_done(&work_ms);
	bench_close(&at_a);
	bench_close(&at_hub);
	samples_done(&ms);
	mem_free(via);
	mem_free(hub);
	mem_free(a);
	mem_free(b);
}

/* ---- 25: notice ---- */

struct pipes {
	pid_t pid;
	int in, out;
};

static struct pipes start(const char *command)
{
	struct pipes p;
	int in[2], out[2];

	if (pipe(in) < 0 || pipe(out) < 0 || (p.pid = fork()) < 0)
		exit(1);
	if (p.pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		for (int fd = 3; fd < 64; fd++)
			close(fd);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	p.in = in[1];
	p.out = out[0];
	return p;
}

static void end(struct pipes *p)
{
	close(p->in);
	kill(p->pid, SIGTERM);
	close(p->out);
	waitpid(p->pid, NULL, 0);
}

/* There and back on a connection that is open: the least that any notice costs. */
static void round_trips(struct samples *ret)
{
	char *cmd = mem_printf("%s cat", ssh);
	struct pipes p = start(cmd);
	char c, back;

	for (int i = 0; i < 200; i++) {
		double began = now_ms();

		c = (char)('a' + i % 26);
		if (write(p.in, &c, 1) != 1 || read(p.out, &back, 1) != 1 || back != c) {
			fprintf(stderr, "bench: the line gives back something else\n");
			exit(1);
		}
		if (i > 0) /* the first waits for the connection */
			sample(ret, now_ms() - began);
	}
	end(&p);
	mem_free(cmd);
}

static struct pipes follow(const char *path, const char *hub, int node)
{
	char *cmd =
		mem_printf("exec '%s' --db '%s' sync follow --via \"%s '%s' --db '%s' sync serve"
			   " --node %d\" >'%s/said%d' 2>&1",
			   ohdesk, path, ssh, ohdesk, hub, node, folder, node);
	struct pipes p = start(cmd);

	mem_free(cmd);
	return p;
}

/* Both stay connected; how long after a booking at one is it in the other's database? */
static void notice(const char *small)
{
	enum { BOOKINGS = 60 };
	char *hub, *a = at("node", 2), *b = at("node", 3);
	struct samples trip = { 0 }, ms = { 0 };
	struct pipes one, other;
	struct bench_desk seen;

	make_hub(small, &hub);
	make_node(hub, 2);
	make_node(hub, 3);
	round_trips(&trip);
	one = follow(a, hub, 2);
	other = follow(b, hub, 3);
	bench_open(&seen, b);
	for (int i = 0; i < BOOKINGS + 3; i++) {
		int64_t before;
		double began;

		bench_must(store_begin(seen.store, &(struct err)ERR_INIT), &(struct err)ERR_INIT);
		before = store_me(seen.store)->seq;
		store_rollback(seen.store);
		if (work(a, 2, 1) < 1)
			break;
		began = now_ms();
		while (number(b, "SELECT seq FROM me") == before && now_ms() - began < 20000)
			usleep(1000);
		if (i >= 3) /* by then both are connected */
			sample(&ms, now_ms() - began);
		/* Not in step with anybody's clock. */
		usleep((useconds_t)(i * 37 % 101) * 5000);
	}
	bench_close(&seen);
	end(&one);
	end(&other);
	figure_most("25", "ssh, there and back, p99 ms", 0, sample_rank(&trip, 99), 50);
	figure_most("25", "a booking noticed elsewhere, p50 ms", sample_rank(&trip, 50),
		    sample_rank(&ms, 50), 1000);
	figure_most("25", "  p99 ms", sample_rank(&trip, 99), sample_rank(&ms, 99), 1000);
	samples_done(&trip);
	samples_done(&ms);
	mem_free(hub);
	mem_free(a);
	mem_free(b);
}

/* ---- eight at once ---- */

static void eight(const char *small)
{
	char *hub;
	pid_t pid[NODES];

	make_hub(small, &hub);
	for (int i = 0; i < NODES; i++) {
		char *path = at("node", FIRST + i);

		make_node(hub, FIRST + i);
		if (work(path, FIRST + i, EACH) < EACH) {
			figure_none("22", "8 nodes at once", "there is no room for them");
			return;
		}
		mem_free(path);
	}
	double began = now_ms();

	for (int i = 0; i < NODES; i++)
		if ((pid[i] = fork()) == 0) {
			char *path = at("node", FIRST + i), *via = way("", hub, FIRST + i);

			run(path, via);
			_exit(0);
		}
	for (int i = 0; i < NODES; i++) {
		int status;

		waitpid(pid[i], &status, 0);
		if (status != 0)
			exit(1);
	}
	began = now_ms() - began;
	/* Goals: what a prototype came to on an idle machine. */
	figure_most("22", "8 nodes at once: ms for 1,000 of their commands", 0, began / NODES, 280);
	figure_most("22", "  until the slowest is in step, ms", 0, began, 2200);
	figure_most("22", "  of 8,000 commands not in the log", 0,
		    (double)(NODES * EACH - number(hub, "SELECT count(*) FROM log WHERE node > 1")),
		    0);
	figure_most("22", "  bookings in a slot of somebody else's", 0,
		    (double)number(hub, "SELECT count(*) FROM appointment a WHERE a.id >> 42 > 1"
					" AND (state <> 'B' OR NOT EXISTS (SELECT 1 FROM slot s"
					" WHERE s.appt = a.id))"),
		    0);
	mem_free(hub);
}

/* ---- 23: a new node ---- */

static void join(const char *large)
{
	char *hub, *path = mem_printf("%s/joined.db", folder);
	char *rm = mem_printf("rm -f '%s'*", path);
	struct samples floor = { 0 }, ours = { 0 };
	struct stat sb;

	make_hub(large, &hub);
	shell(mem_printf("rm -f '%s/hub.db.zst'; zstd -q -3 -T0 '%s' -o '%s/hub.db.zst'", folder,
			 hub, folder));
	stat(hub, &sb);
	for (int i = 0; i < RUNS; i++) {
		char *via = way(plain, hub, FIRST);
		struct world world = world_system();
		struct err err = ERR_INIT;
		double began;
		int node;

		shell(mem_str(rm));
		sample(&floor,
		       shell(mem_printf("%s cat '%s/hub.db.zst' | zstd -dc >'%s' && sync '%s'", ssh,
					folder, path, path)));
		shell(mem_str(rm));
		began = now_ms();
		bench_must(link_join(path, via, via, &world, &node, &err), &err);
		sample(&ours, now_ms() - began);
		mem_free(via);
	}
	shell(mem_str(rm));
	figure_ratio("23", "a new node, 1,000,000 appointments, ms", sample_rank(&floor, 0),
		     sample_rank(&ours, 0), 3);
	figure_most("23", "  the same, ms", 0, sample_rank(&ours, 0), 3000);
	figure_most("23", "  the database, MB", 0, (double)sb.st_size / 1e6, 1e6);
	samples_done(&floor);
	samples_done(&ours);
	mem_free(rm);
	mem_free(path);
	mem_free(hub);
}

int main(int argc, char **argv)
{
	const char *only = getenv("OHDESK_BENCH");

	if (argc != 7) {
		fprintf(stderr, "sync OHDESK SMALL LARGE FOLDER SSH PLAIN\n");
		return 2;
	}
	ohdesk = argv[1];
	folder = argv[4];
	ssh = argv[5];
	plain = argv[6];
	figures_head();
	if (!only || strcmp(only, "22") == 0)
		thousand(argv[2]);
	if (!only || strcmp(only, "8") == 0)
		eight(argv[2]);
	if (!only || strcmp(only, "24") == 0)
		undo_redo(argv[2]);
	if (!only || strcmp(only, "25") == 0)
		notice(argv[2]);
	if (!only || strcmp(only, "23") == 0)
		join(argv[3]);
	figures_end();
	return 0;
}
