/*
 * base.c: the databases that every run begins with.
 *
 * Four clinicians, each at home at another place (marsh node 2, obi node 3, adeyemi node 4, kelly
 * the hub), eight slots of twenty minutes each on this Thursday and the next, sixteen people:
 * little room, so that people get in each other's way.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "booked.h"
#include "clinic/record.h"
#include "sim.h"
#include "store/replica.h"

static char folder[128];

static void copy_file(const char *from, const char *to)
{
	static char bytes[1 << 16];
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	size_t n;

	ck_assert_msg(in && out, "%s to %s", from, to);
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
		ck_assert_uint_eq(fwrite(bytes, 1, n, out), n);
	fclose(in);
	ck_assert_int_eq(fclose(out), 0);
}

static void slots(struct booked *b, struct id clinician, struct id site, struct id service,
		  struct moment starts, int64_t id, int node)
{
	struct buf sql = { 0 };
	int64_t day = moment_date(starts).n;

	buf_printf(&sql,
		   "INSERT INTO block (id, clinician, site, service, day, starts, ends, state)"
		   " VALUES (%lld, %lld, %lld, %lld, %lld, %lld, %lld, 'open');",
		   (long long)id, (long long)clinician.n, (long long)site.n, (long long)service.n,
		   (long long)day, (long long)starts.utc, (long long)starts.utc + 8 * 1200);
	for (int i = 0; i < 8; i++)
		buf_printf(
			&sql,
			"INSERT INTO slot (id, block, clinician, site, service, kind, day, starts,"
			" mins, holder, state) VALUES (%lld, %lld, %lld, %lld, %lld, 'FU', %lld,"
			" %lld, 20, %d, 'open');",
			(long long)id + 1 + i, (long long)id, (long long)clinician.n,
			(long long)site.n, (long long)service.n, (long long)day,
			(long long)starts.utc + i * 1200, node);
	booked_sql(b, sql.s);
	buf_done(&sql);
}

static void diaries(struct booked *b)
{
	const struct {
		struct id clinician, site, service;
		int node;
	} at[] = { { b->marsh, b->ngt, b->physio, 2 },
		   { b->obi, b->hbr, b->physio, 3 },
		   { b->adeyemi, b->ngt, b->ohn, 4 },
		   { b->kelly, b->ngt, b->couns, 1 } };

	booked_sql(b, "DELETE FROM slot; DELETE FROM block;");
	for (int i = 0; i < 4; i++) {
		char sql[100];

		slots(b, at[i].clinician, at[i].site, at[i].service, thu(10, 0), 20000 + i * 100,
		      at[i].node);
		slots(b, at[i].clinician, at[i].site, at[i].service, next_thu(10, 0),
		      30000 + i * 100, at[i].node);
		snprintf(sql, sizeof sql, "UPDATE clinician SET node = %d WHERE id = %lld",
			 at[i].node, (long long)at[i].clinician.n);
		booked_sql(b, sql);
	}
}

static void people(struct booked *b)
{
	for (int i = 0; i < 12; i++) {
		char *sql = mem_printf(
			"INSERT INTO person (id, scope, surname, given, title, born, status)"
			" VALUES (%d, 'org:WVH', 'PERSON%c', 'Ann', 'Ms', %d, 'active');"
			"INSERT INTO post (id, scope, person, customer, source, state) VALUES (%d,"
			" 'org:WVH', %d, (SELECT id FROM customer WHERE code = 'WVH'), 'desk', 'on')",
			40000 + i, 'A' + i, 4000 + i, 41000 + i, 40000 + i);

		booked_sql(b, sql);
		mem_free(sql);
	}
	/* Nobody's cap is to be in the way, and p.shah may overbook. */
	booked_sql(b, "UPDATE service SET cap = 0; UPDATE clinician SET over_cap = 2;"
		      "INSERT INTO user_right (id, user, name, state)"
		      " SELECT 777, id, 'overbook', 'on' FROM user WHERE name = 'p.shah'");
}

static void nodes(struct booked *b, struct err *err)
{
	static const char *const rows[][3] = { { "2", "M", "Mill" },
					       { "3", "O", "Oak" },
					       { "4", "P", "Poole" } };

	clinic_sit(&b->c, "a.root");
	for (int i = 0; i < 3; i++) {
		const char *v[8] = { rows[i][0], rows[i][1], rows[i][2] };
		struct id id = { 0 };

		ck_ok(record_add(&b->c.desk, record_find("node"), v, &id, err), *err);
	}
	ck_ok(store_begin(b->c.store, err), *err);
	ck_ok(replica_hub(b->c.store, err), *err);
	ck_ok(store_commit(b->c.store, err), *err);
}

void base_make(void)
{
	struct booked b;
	struct err err = ERR_INIT;

	if (*folder)
		return;
	if (sim_root) { /* another process may have made them */
		snprintf(folder, sizeof folder, "%s/base", sim_root);
		if (mkdir(folder, 0700) < 0)
			return;
	} else {
		test_folder(folder, sizeof folder);
	}
	booked_open(&b);
	diaries(&b);
	people(&b);
	nodes(&b, &err);
	for (int i = 0; i < PLACES; i++) {
		char path[200];

		snprintf(path, sizeof path, "%s/%d.db", folder, i);
		ck_ok(store_copy(b.c.store, path, &err), err);
		if (i > 0)
			ck_ok(replica_begin(path, i + 1, 1000 + i, NULL, &err), err);
	}
	booked_close(&b);
}

void base_copy(struct sim *sim)
{
	base_make();
	for (int i = 0; i < PLACES; i++) {
		char from[200], to[240];

		snprintf(from, sizeof from, "%s/%d.db", folder, i);
		copy_file(from, sim->place[i].path);
		if (i == 0)
			continue;
		snprintf(from, sizeof from, "%s/%d.db-witness", folder, i);
		snprintf(to, sizeof to, "%s-witness", sim->place[i].path);
		copy_file(from, to);
	}
}

void base_remove(void)
{
	char *cmd = mem_printf("rm -rf '%s'", folder);

	if (*folder)
		ck_assert_int_eq(system(cmd), 0);
	mem_free(cmd);
	*folder = '\0';
}
