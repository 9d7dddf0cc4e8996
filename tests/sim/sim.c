/* sim.c: one seed from its first step to the healed end. */
#include "sim.h"

#include <check.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clinic.h"
#include "base/hash.h"
#include "store/db.h"
#include "store/replica.h"
#include "vfs.h"

uint32_t sim_chance(struct sim *sim, uint32_t below)
{
	uint64_t n;

	sim->chance.chance(&sim->chance, &n, sizeof n);
	return (uint32_t)(n % below);
}

void sim_broken(struct sim *sim, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	if (*sim->why)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	snprintf(sim->why, sizeof sim->why,
		 "seed %llu, step %d of %d: %s  (again: OHDESK_SEED=%llu build/tests/test_sim)",
		 (unsigned long long)sim->seed, sim->step, sim->steps, text,
		 (unsigned long long)sim->seed);
}

int64_t sim_number(struct sim *sim, struct machine *p, const char *sql, int64_t a)
{
	sqlite3_stmt *stmt = NULL;
	int64_t n = 0;
	int rc = sqlite3_prepare_v2(p->store->db, sql, -1, &stmt, NULL);

	ck_assert_msg(rc == SQLITE_OK, "%s: %s", sqlite3_errmsg(p->store->db), sql);
	if (sqlite3_bind_parameter_count(stmt))
		sqlite3_bind_int64(stmt, 1, a);
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		n = sqlite3_column_int64(stmt, 0);
	else if (rc != SQLITE_DONE && !vfs_failed())
		sim_broken(sim, "a query failed at %d: %s", p->at, sqlite3_errmsg(p->store->db));
	sqlite3_finalize(stmt);
	return n;
}

unsigned sim_faults(uint64_t seed)
{
	enum { ALWAYS = FAULT_CUTS | FAULT_DISKS | FAULT_GIFTS | FAULT_LINES };
	static const unsigned faults[] = {
		ALWAYS,
		ALWAYS | FAULT_RESTORES,
		ALWAYS | FAULT_REVOKES,
		ALWAYS | FAULT_REVOKES | FAULT_RESTORES,
		ALWAYS | FAULT_TWINS,
	};

	/* Beside these, so that what a seed once showed is still what it shows. */
	return faults[seed % (sizeof faults / sizeof *faults)] | (seed % 7 == 5 ? FAULT_NURSES : 0);
}

/* ---- places ---- */

const char *sim_root;

void sim_open(struct sim *sim, struct machine *p)
{
	struct err err = ERR_INIT;

	p->world.still = sim->now;
	p->changes = -1;
	ck_ok(store_open(p->path, 5000, &p->store, &err), err);
	ck_ok(desk_open(p->store, &p->world, &p->desk, &err), err);
}

void sim_close(struct machine *p)
{
	line_drop(p);
	if (!p->store)
		return;
	desk_close(&p->desk);
	store_close(p->store);
	p->store = NULL;
}

static void set_up(struct sim *sim)
{
	const char *tmp = sim_root			  ? sim_root
			  : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
							  : getenv("TMPDIR");

	snprintf(sim->folder, sizeof sim->folder, "%s/ohdesk-sim-XXXXXX", tmp ? tmp : "/tmp");
	ck_assert(mkdtemp(sim->folder) != NULL);
	for (int i = 0; i < PLACES; i++) {
		struct machine *p = &sim->place[i];

		p->at = i;
		p->node = i + 1;
		snprintf(p->path, sizeof p->path, "%s/%d.db", sim->folder, i);
		snprintf(p->backup, sizeof p->backup, "%s/%d.backup", sim->folder, i);
		p->world = world_still(sim->now, sim->seed * 97 + (uint64_t)i);
	}
	base_copy(sim);
	sim->machines = PLACES;
	for (int i = 0; i < PLACES; i++) {
		sim_open(sim, &sim->place[i]);
		sim->place[i].seen =
			sim_number(sim, &sim->place[i], "SELECT coalesce(max(k), 0) FROM cmd", 0);
	}
}

void sim_done(struct sim *sim)
{
	char *cmd;

	vfs_heal();
	for (int i = 0; i < sim->machines; i++)
		sim_close(&sim->place[i]);
	cmd = mem_printf("rm -rf '%s'", sim->folder);
	if (getenv("OHDESK_KEEP")) /* to look into them */
		fprintf(stderr, "the databases are in %s\n", sim->folder);
	else
		ck_assert_int_eq(system(cmd), 0);
	mem_free(cmd);
	list_free(&sim->issued);
	list_free(&sim->promises);
	free(sim->marks);
}

void sim_log_hash(const struct sim *sim, char hex[65])
{
	hash_hex(store_me(sim->place[HUB].store)->hash, hex);
}

/* ---- bad luck ---- */

static void back_up(struct sim *sim, struct machine *p)
{
	struct err err = ERR_INIT;

	unlink(p->backup);
	if (store_copy(p->store, p->backup, &err) == 0)
		p->has_backup = true;
	else
		sim_broken(sim, "no backup: %s", err.text);
}

static void copy_file(const char *from, const char *to)
{
	static char bytes[1 << 16];
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	size_t n;

	ck_assert(in && out);
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
		ck_assert_uint_eq(fwrite(bytes, 1, n, out), n);
	fclose(in);
	ck_assert_int_eq(fclose(out), 0);
}

/* The backup is put in the database's place; the witness stays where it is. */
static void put_back(struct sim *sim, struct machine *p)
{
	static const char *const beside[] = { "-wal", "-shm" };

	sim_close(p);
	for (int i = 0; i < 2; i++) {
		char name[240];

		snprintf(name, sizeof name, "%s%s", p->path, beside[i]);
		unlink(name);
	}
	copy_file(p->backup, p->path);
	sim_open(sim, p);
	sim->restores++;
	ledger_restored(sim, p);
}

void sim_twin(struct sim *sim, struct machine *p)
{
	struct machine *twin = &sim->place[TWIN];
	char from[240], to[240];

	sim_close(p);
	*twin = *p; /* whose line was dropped */
	twin->at = TWIN;
	twin->has_backup = false;
	snprintf(twin->path, sizeof twin->path, "%s/%d.db", sim->folder, TWIN);
	snprintf(twin->backup, sizeof twin->backup, "%s/%d.backup", sim->folder, TWIN);
	twin->world = world_still(sim->now, sim->seed * 97 + TWIN);
	copy_file(p->path, twin->path);
	snprintf(from, sizeof from, "%s-witness", p->path);
	snprintf(to, sizeof to, "%s-witness", twin->path);
	copy_file(from, to);
	sim->machines = MACHINES;
	sim->twin_of = p->at;
	sim_open(sim, p);
	sim_open(sim, twin);
}

/* A disk that is to fail somewhere in the next step. */
static struct machine *arm(struct sim *sim)
{
	struct machine *p = &sim->place[sim_chance(sim, (uint32_t)sim->machines)];

	if (!(sim->faults & FAULT_DISKS) || sim_chance(sim, 6) != 0)
		return NULL;
	vfs_fail(p->path, 1 + (int)sim_chance(sim, 40),
		 sim_chance(sim, 3) == 0 ? VFS_FULL
		 : sim_chance(sim, 2)	 ? VFS_STOP
					 : VFS_BAD);
	return p;
}

/* The machine that stopped is switched on again; after any failure a desk is opened anew. */
static void disarm(struct sim *sim, struct machine *p)
{
	if (!p)
		return;
	if (vfs_failed()) {
		sim->stops++;
		for (int i = 1; p->at == HUB && i < sim->machines; i++)
			line_drop(&sim->place[i]);
		sim_close(p);
		vfs_heal();
		sim_open(sim, p);
	}
	vfs_heal();
}

/* ---- one step ---- */

static void pass(struct sim *sim)
{
	sim->now.utc += 5 + sim_chance(sim, 90);
	for (int i = 0; i < sim->machines; i++)
		sim->place[i].world.still = sim->now;
}

static void sync_one(struct sim *sim, struct machine *p)
{
	int64_t cut = 0;

	if ((sim->faults & FAULT_CUTS) && sim_chance(sim, 2) == 0) {
		cut = 1 + sim_chance(sim, sim_chance(sim, 2) ? 400 : 20000);
		sim->cuts++;
	}
	sim->syncs++;
	line_sync(sim, p, cut);
}

/* Two copies do not wait for each other: what they do in one moment, each does for itself. */
static void work(struct sim *sim, struct machine *p)
{
	struct machine *other = &sim->place[p->at == TWIN ? sim->twin_of : TWIN];

	deed(sim, p);
	if (!sim->twin_of || (p->at != TWIN && p->at != sim->twin_of))
		return;
	deed(sim, other);
	if (sim_chance(sim, 2))
		sync_one(sim, sim_chance(sim, 2) ? p : other);
}

/* What was told since the backup is in the log, and nobody there has noticed that it is forgotten.
 */
static void a_day_lost(struct sim *sim, struct machine *p)
{
	for (int i = 0; i < 2; i++)
		deed_wanted(sim, p);
	ledger_note(sim, p);
	line_sync(sim, p, 0);
	put_back(sim, p);
	for (int i = 0; i < 3; i++)
		deed_wanted(sim, p);
}

static void look(struct sim *sim)
{
	for (int i = 0; i < sim->machines; i++)
		ledger_note(sim, &sim->place[i]);
	truths_hub(sim);
	for (int i = 1; i < sim->machines; i++)
		truths_node(sim, &sim->place[i]);
}

/* Somebody is moved; they arrive at another place, which has heard of it; and where they were
 * moved, which has not heard of them, the move is taken back.  The time that they had is others' by
 * then.
 */
static void an_arrival_crossed(struct sim *sim, struct machine *p)
{
	uint32_t n = (uint32_t)sim->machines;
	struct machine *q = &sim->place[((uint32_t)p->at + 1 + sim_chance(sim, n - 1)) % n];
	struct id appt = deed_move_and_give(sim, p);

	if (id_none(appt))
		return;
	look(sim);
	if (p->at != HUB)
		line_sync(sim, p, 0);
	if (q->at != HUB)
		line_sync(sim, q, 0);
	look(sim);
	deed_arrive(sim, q, appt);
	if (q->at != HUB)
		line_sync(sim, q, 0);
	deed_take_back(sim, p, appt);
}

static void one_step(struct sim *sim)
{
	struct machine *any = &sim->place[sim_chance(sim, (uint32_t)sim->machines)];
	struct machine *node = &sim->place[1 + sim_chance(sim, (uint32_t)sim->machines - 1)];
	uint32_t what = sim_chance(sim, 100);
	struct machine *armed;

	pass(sim);
	if (what < 2 && (sim->faults & FAULT_RESTORES)) {
		if (node->has_backup)
			a_day_lost(sim, node);
		return;
	}
	if (what < 6 && (sim->faults & FAULT_RESTORES)) {
		back_up(sim, node);
		return;
	}
	if (what < 6 && (sim->faults & FAULT_TWINS) && !sim->twin_of) {
		sim_twin(sim, node);
		return;
	}
	if (what >= 98) {
		an_arrival_crossed(sim, any);
		return;
	}
	armed = arm(sim);
	if (what < 9 && (sim->faults & FAULT_REVOKES))
		deed_revoke(sim);
	else if (what < 14 && (sim->faults & FAULT_GIFTS))
		deed_give(sim, any);
	else if (what < 35)
		sync_one(sim, node);
	else
		work(sim, any);
	disarm(sim, armed);
}

/* Everything works again: a few rounds, and all must be in step. */
static void heal(struct sim *sim)
{
	sim->over = true;
	for (int round = 0; round < 8; round++)
		for (int i = 1; i < sim->machines; i++) {
			sim->now.utc += 5;
			pass(sim);
			line_sync(sim, &sim->place[i], 0);
		}
	look(sim);
	truths_end(sim);
}

void sim_begin(struct sim *sim, uint64_t seed, int steps, unsigned faults)
{
	memset(sim, 0, sizeof *sim);
	sim->seed = seed;
	sim->steps = steps;
	sim->faults = faults;
	sim->chance = world_still((struct moment){ 0 }, seed);
	sim->now = (struct moment){ 1773309000 }; /* Thu 12-Mar-2026 09:50 */
	vfs_install();
	set_up(sim);
}

bool sim_run(struct sim *sim, uint64_t seed, int steps, unsigned faults)
{
	sim_begin(sim, seed, steps, faults);
	for (sim->step = 1; sim->step <= steps && !*sim->why; sim->step++) {
		one_step(sim);
		look(sim);
	}
	if (!*sim->why)
		heal(sim);
	return !*sim->why;
}
