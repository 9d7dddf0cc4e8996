/* clinic.c: a small service in a temporary database. */
#include "clinic.h"

#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/day.h"
#include "base/hash.h"
#include "base/text.h"
#include "clinic/keeper.h"
#include "clinic/record.h"

static struct moment at(int y, int m, int d, int minute)
{
	struct date day;

	date_from_ymd(y, m, d, &day);
	return wall_moment(day, minute);
}

/* Rows of a noun, values in the order of its columns, "-" for none. */
static void put(struct clinic *c, const char *noun, const char *values)
{
	const char *v[32] = { 0 };
	struct err err = ERR_INIT;
	struct id id = { 0 };
	char *copy = mem_str(values), *p = copy;
	size_t n = 0;

	while (p && *p) {
		char *bar = strchr(p, '|');

		if (bar)
			*bar = '\0';
		v[n++] = strcmp(p, "-") == 0 ? NULL : p;
		p = bar ? bar + 1 : NULL;
	}
	ck_ok(record_add(&c->desk, record_find(noun), v, &id, &err), err);
	mem_free(copy);
}

static const struct {
	const char *noun, *values;
} rows[] = {
	{ "site", "HBR|Harbour|E" },
	{ "room", "NGT-1|room 1|NGT|step_free quiet" },
	{ "room", "NGT-2|room 2|NGT|step_free couch" },
	{ "room", "HBR-1|room 1|HBR|couch" },
	{ "customer", "WVH|Wessex Vale Hospitals|WV Hosps|RH8|nhs" },
	{ "customer", "KES|Kestrel Aerospace|Kestrel A|-|external" },
	{ "service", "PHYSIO|Rapid access physio|Physio|MSK|no|yes|40|20|face phone video|6|5" },
	{ "service", "OHN|OH nurse|OH nurse|OHN|no|no|30|30|face phone|0|10" },
	{ "service", "OHP|OH doctor|OH doctor|OHP|no|no|40|20|face phone|0|10" },
	{ "service", "COUNS|Counselling|Counsel.|CNS|yes|yes|60|60|face phone video|6|10" },
	{ "clinician", "marsh|Marsh|Jo|Mx|physio|HCPC|PH012345|2027-12-31|hands|1|2" },
	{ "clinician", "obi|Obi|Ngozi|Ms|physio|HCPC|PH012346|2027-12-31|spine|1|2" },
	{ "clinician", "adeyemi|Adeyemi|Ruth|Mrs|nurse|NMC|12A3456E|2027-12-31|-|1|2" },
	{ "clinician", "kelly|Kelly|Sean|Mr|counsellor|BACP|123456|2027-12-31|-|1|0" },
	{ "posting", "marsh|NGT" },
	{ "posting", "marsh|HBR" },
	{ "posting", "obi|NGT" },
	{ "posting", "obi|HBR" },
	{ "posting", "adeyemi|NGT" },
	{ "posting", "kelly|NGT" },
	{ "user", "p.shah|reception|SHAH, Priti (Ms)|NGT" },
	{ "user", "r.adeyemi|nurse|ADEYEMI, Ruth (Mrs)|-|on|adeyemi" },
	{ "user", "j.marsh|clinician|MARSH, Jo (Mx)|NGT|on|marsh" },
	{ "user", "s.kelly|counsellor|KELLY, Sean (Mr)|NGT|on|kelly" },
	{ "user", "m.doyle|manager|DOYLE, Mary (Ms)" },
};

void clinic_open(struct clinic *c)
{
	struct keeper_new want = { .code = "NGT",
				   .name = "Northgate",
				   .nation = "E",
				   .admin = "a.root",
				   .practice = true,
				   .clock = at(2026, 3, 12, 9 * 60 + 42) };
	struct err err = ERR_INIT;

	memset(c, 0, sizeof *c);
	test_folder(c->folder, sizeof c->folder);
	snprintf(c->path, sizeof c->path, "%s/clinic.db", c->folder);
	c->world = world_still(want.clock, 7);
	ck_ok(keeper_init(c->path, &c->world, &want, &err), err);
	ck_ok(store_open(c->path, 5000, &c->store, &err), err);
	ck_ok(desk_open(c->store, &c->world, &c->desk, &err), err);
	clinic_sit(c, "a.root");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		put(c, rows[i].noun, rows[i].values);
}

void test_folder(char *buf, size_t n)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(buf, n, "%s/ohdesk-test-XXXXXX", tmp ? tmp : "/tmp");
	ck_assert(mkdtemp(buf) != NULL);
}

static void no_breach(void *ctx, const char *sentence)
{
	(void)ctx;
	ck_abort_msg("store check: %s", sentence);
}

static void remove_folder(const char *folder)
{
	char *cmd = mem_printf("rm -rf '%s'", folder);

	ck_assert_int_eq(system(cmd), 0);
	mem_free(cmd);
}

void clinic_close(struct clinic *c)
{
	struct err err = ERR_INIT;

	ck_ok(keeper_check(&c->desk, no_breach, NULL, &err), err);
	desk_close(&c->desk);
	store_close(c->store);
	remove_folder(c->folder);
}

void clinic_sit(struct clinic *c, const char *user)
{
	struct err err = ERR_INIT;

	ck_ok(desk_sit(&c->desk, user, &err), err);
	desk_tick(&c->desk);
}

void clinic_second(struct clinic *c, struct clinic *second, const char *user)
{
	struct err err = ERR_INIT;

	*second = *c;
	ck_ok(store_open(c->path, 5000, &second->store, &err), err);
	ck_ok(desk_open(second->store, &second->world, &second->desk, &err), err);
	clinic_sit(second, user);
}

void clinic_second_close(struct clinic *second)
{
	desk_close(&second->desk);
	store_close(second->store);
}

struct id clinic_site(struct clinic *c, const char *code)
{
	const struct site *s = NULL;

	ck_assert_int_eq(find_site(&c->desk, code, &s, NULL), 0);
	return s->id;
}

struct id clinic_service(struct clinic *c, const char *code)
{
	const struct service *s = NULL;

	ck_assert_int_eq(find_service(&c->desk, code, &s, NULL), 0);
	return s->id;
}

struct id clinic_clinician(struct clinic *c, const char *code)
{
	const struct clinician *s = NULL;

	ck_assert_int_eq(find_clinician(&c->desk, code, &s, NULL), 0);
	return s->id;
}

static sqlite3 *look(struct clinic *c)
{
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open_v2(c->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	return db;
}

int64_t clinic_count(struct clinic *c, const char *sql)
{
	sqlite3 *db = look(c);
	sqlite3_stmt *stmt = NULL;
	int64_t n;

	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return n;
}

/* All rows of one table, in the order of their keys. */
static void add_table(sqlite3 *db, const char *table, struct hash *h)
{
	char *sql = mem_printf("SELECT * FROM \"%s\" ORDER BY 1", table);
	sqlite3_stmt *stmt = NULL;

	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	mem_free(sql);
	hash_add(h, table, strlen(table) + 1);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(stmt); i++) {
			const char *s = (const char *)sqlite3_column_text(stmt, i);

			hash_add(h, s ? s : "\1", s ? strlen(s) + 1 : 2);
		}
	sqlite3_finalize(stmt);
}

void clinic_digest(struct clinic *c, char hex[65])
{
	sqlite3 *db = look(c);
	sqlite3_stmt *stmt = NULL;
	unsigned char out[32];
	struct hash h;

	hash_init(&h);
	ck_assert_int_eq(
		sqlite3_prepare_v2(
			db,
			"SELECT name FROM table_list WHERE class IN ('operational', 'scoped') ORDER BY 1",
			-1, &stmt, NULL),
		SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		add_table(db, (const char *)sqlite3_column_text(stmt, 0), &h);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	hash_end(&h, out);
	hash_hex(out, hex);
}
