/* booked.c: people and a published day, put straight into the database. */
#include "booked.h"

#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "store/db.h"

static struct moment on(int day, int hour, int minute)
{
	struct date d;

	date_from_ymd(2026, 3, day, &d);
	return wall_moment(d, hour * 60 + minute);
}

struct moment thu(int hour, int minute)
{
	return on(12, hour, minute);
}

struct moment next_thu(int hour, int minute)
{
	return on(19, hour, minute);
}

static sqlite3 *open_own(struct booked *b)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(b->c.path, &db), SQLITE_OK);
	/* The triggers of the search keys call them. */
	ck_assert_int_eq(store_functions(db), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	return db;
}

void booked_sql(struct booked *b, const char *sql)
{
	sqlite3 *db = open_own(b);
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK, "%s: %s", why, sql);
	sqlite3_close(db);
}

char *booked_text(struct booked *b, const char *sql)
{
	sqlite3 *db = open_own(b);
	sqlite3_stmt *s;
	char *ret = NULL;

	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	if (sqlite3_step(s) == SQLITE_ROW)
		ret = mem_str((const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	sqlite3_close(db);
	return ret;
}

/* Rows need ids that no act will hand out. */
static int64_t next_row = 1000;

static struct id person(struct booked *b, const char *surname, const char *given, int born,
			const char *customer)
{
	struct id id = { next_row++ };
	char *sql = mem_printf(
		"INSERT INTO person (id, scope, surname, given, title, born, status)"
		" VALUES (%lld, 'org:%s', '%s', '%s', 'Ms', %d, 'active');"
		"INSERT INTO post (id, scope, person, customer, source, state) VALUES (%lld,"
		" 'org:%s', %lld, (SELECT id FROM customer WHERE code = '%s'), 'desk', 'on')",
		(long long)id.n, customer, surname, given, born, (long long)next_row++, customer,
		(long long)id.n, customer);

	booked_sql(b, sql);
	mem_free(sql);
	return id;
}

struct part_of {
	const char *kind;
	int mins, times;
};

static void session(struct booked *b, struct id clinician, struct id site, struct id service,
		    const char *room, struct moment starts, const struct part_of *parts)
{
	int64_t block = next_row++;
	int64_t at = starts.utc, day = moment_date(starts).n;
	struct buf sql = { 0 };

	for (const struct part_of *p = parts; p->kind; p++)
		at += (int64_t)p->mins * p->times * 60;
	buf_printf(
		&sql,
		"BEGIN; INSERT INTO block (id, clinician, site, room, service, day, starts, ends, state)"
		" VALUES (%lld, %lld, %lld, (SELECT id FROM room WHERE code = '%s'), %lld, %lld,"
		" %lld, %lld, 'open');",
		(long long)block, (long long)clinician.n, (long long)site.n, room,
		(long long)service.n, (long long)day, (long long)starts.utc, (long long)at);
	at = starts.utc;
	for (const struct part_of *p = parts; p->kind; p++)
		for (int i = 0; i < p->times; i++, at += (int64_t)p->mins * 60)
			buf_printf(
				&sql,
				"INSERT INTO slot (id, block, clinician, site, service, kind, day, starts,"
				" mins, release_at, holder, state) VALUES (%lld, %lld, %lld, %lld, %lld, '%s',"
				" %lld, %lld, %d, nullif(%lld, 0), 1, 'open');",
				(long long)next_row++, (long long)block, (long long)clinician.n,
				(long long)site.n, (long long)service.n, p->kind, (long long)day,
				(long long)at, p->mins,
				strcmp(p->kind, "RAP") == 0 ? (long long)at - 86400 : 0LL);
	buf_str(&sql, "COMMIT");
	booked_sql(b, sql.s);
	buf_done(&sql);
}

static void publish(struct booked *b)
{
	static const struct part_of marsh[] = { { "NEW", 40, 1 },     { "FU", 20, 3 },
						{ "CATCHUP", 20, 1 }, { "RAP", 40, 1 },
						{ "NEW", 40, 1 },     { 0 } },
				    obi[] = { { "FU", 20, 3 }, { 0 } },
				    obi_later[] = { { "NEW", 40, 1 }, { 0 } },
				    adeyemi[] = { { "NEW", 30, 2 }, { 0 } },
				    kelly[] = { { "NEW", 60, 2 }, { 0 } };

	for (int day = 12; day <= 19; day += 7) {
		session(b, b->marsh, b->ngt, b->physio, "NGT-1", on(day, 10, 0), marsh);
		session(b, b->obi, b->hbr, b->physio, "HBR-1", on(day, 10, 0), obi);
		session(b, b->obi, b->hbr, b->physio, "HBR-1", on(day, 14, 0), obi_later);
		session(b, b->adeyemi, b->ngt, b->ohn, "NGT-2", on(day, 10, 0), adeyemi);
		session(b, b->kelly, b->ngt, b->couns, "none", on(day, 10, 0), kelly);
	}
}

void booked_open(struct booked *b)
{
	memset(b, 0, sizeof *b);
	next_row = 1000;
	clinic_open(&b->c);
	b->ngt = clinic_site(&b->c, "NGT");
	b->hbr = clinic_site(&b->c, "HBR");
	b->physio = clinic_service(&b->c, "PHYSIO");
	b->ohn = clinic_service(&b->c, "OHN");
	b->couns = clinic_service(&b->c, "COUNS");
	b->marsh = clinic_clinician(&b->c, "marsh");
	b->obi = clinic_clinician(&b->c, "obi");
	b->adeyemi = clinic_clinician(&b->c, "adeyemi");
	b->kelly = clinic_clinician(&b->c, "kelly");
	b->okafor = person(b, "OKAFOR", "Adaeze", 5339, "WVH");
	b->ellis = person(b, "ELLIS", "Marcus", 4328, "WVH");
	b->webb = person(b, "WEBB", "Sandra", 1200, "WVH");
	b->kestrel = person(b, "YUSUF", "Idris", 9861, "KES");
	publish(b);
	clinic_sit(&b->c, "p.shah");
}

void booked_close(struct booked *b)
{
	clinic_close(&b->c);
}
