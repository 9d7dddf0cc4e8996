/*
 * test_apart.c: a day without the line at one site, watched on the screens of two.
 *
 * Harbour loses its line at 10:00.  Forty people are booked there into its own slots: final at
 * once. Ten are asked for at Northgate in slots of Harbour: half of them in such as are taken
 * meanwhile. People are changed at both, and one appointment is marked at both.  At 15:00 the line
 * is back: what was free is confirmed, what was taken is lost, nothing that was final has moved.
 * Then every row of S16 is settled by keys at the two sites, until nothing is left anywhere.
 */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/clash.h"
#include "clinic/intake.h"
#include "clinic/task.h"
#include "diaries.h"
#include "store/appts.h"
#include "nodes.h"
#include "sync/state.h"

enum { THERE = 40, ASKED = 10, TYPED_THERE = 6, TYPED_HERE = 3, LOST = 5, SLOTS_A_DAY = 7 };

static struct network n;
static struct err err;
static struct pty *reid, *shah; /* at Harbour, at Northgate */

struct one {
	struct id id, appt;
	char surname[NAME_TEXT];
	struct moment at;
	bool texts;
};
static struct one there[THERE], asked[ASKED];

/* ---- who they are ---- */

static void register_one(struct one *who, int i, const char *family)
{
	static const char *const ends[] = { "berg", "dale", "ford", "gate", "ham",
					    "ley",  "more", "ton",  "wick", "worth" };
	struct intake_form form = { .v = { [IN_GIVEN] = i % 2 ? "Ann" : "Ben" } };
	const struct customer *employer = NULL;
	char born[16], mobile[16];

	snprintf(who->surname, sizeof who->surname, "%c%s%s", "ABCDE"[i / 10], family,
		 ends[i % 10]);
	snprintf(born, sizeof born, "%d-%02d-%02d", 1950 + i, 1 + i % 12, 1 + i % 28);
	snprintf(mobile, sizeof mobile, "07700 9%05d", 10000 + i * 7 + *family);
	who->texts = i % 2 == 0;
	form.v[IN_SURNAME] = who->surname;
	form.v[IN_BORN] = born;
	form.v[IN_MOBILE] = mobile;
	form.v[IN_TEXT_OK] = who->texts ? "yes" : "no";
	ck_ok(find_customer(&n.hub.desk, "WVH", &employer, &err), err);
	ck_ok(intake_add(&n.hub.desk, &form, employer->id, true, &who->id, &err), err);
}

static const int minutes[SLOTS_A_DAY] = { 780, 820, 860, 900, 940, 980, 1020 };

/* The k-th time for somebody new in obi's day, and in the weeks from tomorrow on. */
static struct moment obi_today(int k)
{
	return wall_moment(day_of(2026, 3, 12), minutes[k]);
}

static struct moment obi_at(int k)
{
	struct date day = day_of(2026, 3, 13);

	for (int d = k / SLOTS_A_DAY; d > 0; d--)
		do
			day.n++;
		while (date_weekday(day) > 4);
	return wall_moment(day, minutes[k % SLOTS_A_DAY]);
}

/* ---- the morning ---- */

static int64_t count(struct clinic *c, const char *sql)
{
	return clinic_count(c, sql);
}

static void begin(void)
{
	nodes_open(&n);
	clinic_sit(&n.hub, "a.root");
	for (int i = 0; i < THERE; i++)
		register_one(&there[i], i, "sal");
	for (int i = 0; i < ASKED; i++)
		register_one(&asked[i], i, "rok");
	nodes_in_step(&n);
	nodes_clock(12, 9, 50);
	nodes_book(&n.north, "p.shah", n.okafor, "marsh", at_of(2026, 3, 13, 9, 0));
	nodes_in_step(&n);
	reid = at_desk(&n.harbour, "t.reid", NULL);
	shah = at_desk(&n.north, "p.shah", &(struct pty_options){ .rows = 43, .cols = 132 });
	row_has(reid, 1, "  Sync ok");
	row_has(shah, 1, "  Sync ok");
}

/* "/surname" and the earliest of obi: typed as at the telephone. */
static void type_booking(struct pty *p, const struct one *who)
{
	char *keys = mem_printf("<F3>/%s<Enter>bpe<Tab><Tab>obi<Enter><Enter>", who->surname);

	pty_keys(p, keys);
	mem_free(keys);
}

/* ---- the day apart ---- */

static void harbour_works(void)
{
	nodes_clock(12, 10, 0);
	nodes_lost(&n.harbour);
	pty_wait_for(reid, "OFFLINE 0m");
	row_has(reid, 20, "OFFLINE since 10:00: own slots are final, other sites' T.");
	for (int i = 0; i < THERE - TYPED_THERE; i++) {
		nodes_clock(12, 10, 5 + i);
		there[i].at = obi_at(i);
		there[i].appt = nodes_book(&n.harbour, "t.reid", there[i].id, "obi", there[i].at);
	}
	for (int i = THERE - TYPED_THERE; i < THERE; i++) {
		there[i].at = obi_today(i - (THERE - TYPED_THERE));
		type_booking(reid, &there[i]);
		row_has(reid, 23, " booked ");
	}
	/* Final at once, on or off the line. */
	ck_assert_int_eq(count(&n.harbour, "SELECT count(*) FROM appointment WHERE state = 'B'"),
			 THERE + 1);
	row_has(reid, 1, "  OFFLINE 38m");
}

static void northgate_asks(void)
{
	nodes_clock(12, 11, 0);
	for (int i = 0; i < TYPED_HERE; i++) {
		type_booking(shah, &asked[i]);
		row_has(shah, 42, "asked for");
		asked[i].at = obi_today(i); /* each is offered the next */
	}
	for (int i = TYPED_HERE; i < ASKED; i++) {
		asked[i].at = obi_at(i < LOST ? 3 * i : THERE + i);
		asked[i].appt = nodes_book(&n.north, "p.shah", asked[i].id, "obi", asked[i].at);
	}
	ck_assert_int_eq(count(&n.north, "SELECT count(*) FROM appointment WHERE state = 'T'"),
			 ASKED);
	nodes_turn(&n, &n.north);
	pty_wait_for(shah, "Sync ok");
	/* Who is not there cannot answer: it stays T. */
	ck_assert_int_eq(count(&n.hub, "SELECT count(*) FROM appointment WHERE state = 'T'"),
			 ASKED);
}

/* The same field of two, different fields of a third, and one appointment marked at both. */
static void both_change(void)
{
	struct intake_form email = { .v = { [IN_EMAIL] = "webb@wvh.example" } };
	struct appt_filter f = { .person = n.okafor, .from = DATE_NONE, .to = DATE_NONE };
	struct appt_rows rows = { 0 };

	nodes_clock(12, 12, 0);
	nodes_mobile(&n.harbour, "t.reid", n.lewis, "07700 900555");
	nodes_mobile(&n.harbour, "t.reid", n.ellis, "07700 900556");
	nodes_mobile(&n.harbour, "t.reid", n.webb, "07700 900557");
	nodes_clock(12, 12, 10);
	nodes_mobile(&n.north, "p.shah", n.lewis, "07700 900777");
	nodes_mobile(&n.north, "p.shah", n.ellis, "07700 900778");
	ck_ok(intake_set(&n.north.desk, n.webb, &email, NULL, &err), err);
	f.today = n.north.desk.today;
	ck_ok(appts_select(n.north.store, &f, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_ok(booking_cancel(&n.north.desk, rows.v[0].a.id, CANCEL_PERSON, "ill", &err), err);
	nodes_clock(12, 12, 15);
	clinic_sit(&n.harbour, "t.reid");
	ck_ok(booking_cancel(&n.harbour.desk, rows.v[0].a.id, CANCEL_SERVICE, "room", &err), err);
	list_free(&rows);
}

/* ---- the line is back ---- */

static struct clinic *places(int i)
{
	struct clinic *const all[] = { &n.hub, &n.north, &n.harbour };

	return all[i];
}

static void line_is_back(void)
{
	nodes_clock(12, 15, 0);
	nodes_turn(&n, &n.north);
	nodes_turn(&n, &n.harbour);
	nodes_in_step(&n);
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(
			count(places(i), "SELECT count(*) FROM overlap WHERE state = 'open'"),
			LOST + 3);
	pty_wait_for(reid, "CONFLICT 8");
	pty_wait_for(shah, "CONFLICT 8");
	pty_wait_for(reid, "The line is back");
	pty_wait_for(shah, "Of what you asked for 5 are confirmed, 5 could not");
}

/* What was final stands where it was said, everywhere; what was asked for is answered, as it must
 * be. */
static void nothing_final_has_moved(void)
{
	for (int k = 0; k < 3; k++) {
		struct clinic *c = places(k);

		for (int i = 0; i < THERE; i++) {
			char *sql = mem_printf(
				"SELECT count(*) FROM booking b JOIN appointment a ON a.id = b.appt"
				" WHERE b.person = %lld AND a.state = 'B' AND a.starts = %lld",
				(long long)there[i].id.n, (long long)there[i].at.utc);

			ck_assert_msg(count(c, sql) == 1, "%s is not booked at %s",
				      there[i].surname, c->path);
			mem_free(sql);
		}
		for (int i = 0; i < ASKED; i++) {
			char *sql = mem_printf(
				"SELECT count(*) FROM booking b JOIN appointment a ON a.id = b.appt"
				" WHERE b.person = %lld AND a.starts = %lld AND a.state = '%c'",
				(long long)asked[i].id.n, (long long)asked[i].at.utc,
				i < LOST ? 'R' : 'B');

			ck_assert_msg(count(c, sql) == 1, "%s is not as it must be at %s",
				      asked[i].surname, c->path);
			mem_free(sql);
		}
	}
}

/* Who may have texts has one of what was confirmed, and none of what was lost; everybody who lost
 * a time is to be rung. */
static void everybody_hears(void)
{
	for (int i = 0; i < ASKED; i++) {
		char *texts = mem_printf("SELECT count(*) FROM message WHERE person = %lld AND"
					 " state = 'queued'",
					 (long long)asked[i].id.n);
		char *rings = mem_printf("SELECT count(*) FROM task WHERE person = %lld AND"
					 " kind IN ('rebook', 'ringback') AND state = 'open'",
					 (long long)asked[i].id.n);

		ck_assert_msg(count(&n.north, texts) == (i >= LOST && asked[i].texts),
			      "%s has %d texts", asked[i].surname, (int)count(&n.north, texts));
		/* Or else to be rung that it is confirmed. */
		ck_assert_msg(i < LOST	       ? count(&n.north, rings) == 1
			      : asked[i].texts ? count(&n.north, rings) == 0
					       : count(&n.north, rings) <= 1,
			      "%s is to be rung %d times", asked[i].surname,
			      (int)count(&n.north, rings));
		mem_free(texts);
		mem_free(rings);
	}
	/* Different fields of one person are both there. */
	ck_assert_int_eq(count(&n.hub, "SELECT count(*) FROM contact WHERE value IN"
				       " ('07700900557', 'webb@wvh.example') AND state = 'on'"),
			 2);
}

/* The first offer of each row, as one who trusts the list does. */
static void settle(struct pty *p, int rows, int line)
{
	for (int i = 0; i < rows; i++) {
		pty_keys(p, "4");
		row_has(p, line, "M ");
		ck_assert_msg(strstr(pty_row(p, line), "ettled") != NULL, "not settled: %s",
			      pty_row(p, line));
	}
}

static void all_is_settled(void)
{
	pty_keys(reid, "gs");
	pty_keys(shah, "gs");
	row_has(reid, 2, "refused 8");
	settle(reid, 3, 23);
	row_has(reid, 1, "  CONFLICT 5");
	nodes_in_step(&n);
	pty_keys(shah, "<F5>");
	row_has(shah, 2, "refused 5");
	settle(shah, 5, 42);
	nodes_in_step(&n);
	pty_keys(shah, "<F5>");
	pty_keys(reid, "<F5>");
	row_has(shah, 4, "Nothing to settle. Last sync 15:00, ");
	row_has(reid, 4, "Nothing to settle. Last sync 15:00, ");
	row_has(shah, 1, "  Sync ok");
	row_has(reid, 1, "  Sync ok");
}

/* Who cannot be sent a text hears from somebody that it is confirmed. */
static void the_others_are_rung(void)
{
	struct task_rows open = { 0 };

	clinic_sit(&n.north, "p.shah");
	ck_ok(task_rows(&n.north.desk, TASKS_FOR_ME, &open, &err), err);
	list_each (t, &open)
		if (t->t.kind == TASK_RINGBACK)
			ck_ok(task_done(&n.north.desk, t->t.id, "spoke", NULL, &err), err);
	list_free(&open);
	nodes_in_step(&n);
}

static void all_is_well(struct clinic *c)
{
	struct sync_now now;

	ck_ok(sync_now(&c->desk, &now, &err), err);
	ck_assert_int_eq(now.pending, 0);
	ck_assert_int_eq(now.conflicts, 0);
	ck_assert_int_eq(count(c, "SELECT count(*) FROM appointment WHERE state = 'T'"), 0);
	ck_assert_int_eq(count(c, "SELECT count(*) FROM task WHERE kind IN ('rebook', 'ringback')"
				  " AND state = 'open'"),
			 0);
	/* Nobody is booked beside anybody, by time as by slot. */
	ck_assert_int_eq(count(c, "SELECT count(*) FROM appointment a JOIN appointment b"
				  " ON a.clinician = b.clinician AND a.id < b.id"
				  " AND a.starts < b.starts + b.mins * 60"
				  " AND b.starts < a.starts + a.mins * 60"
				  " WHERE a.state = 'B' AND b.state = 'B'"),
			 0);
	ck_assert_int_eq(count(c, "SELECT count(*) FROM appointment a WHERE a.state = 'B' AND"
				  " NOT EXISTS (SELECT 1 FROM slot s WHERE s.appt = a.id)"),
			 0);
	/* Everybody who wanted a time has one. */
	ck_assert_int_eq(count(c, "SELECT count(DISTINCT b.person) FROM booking b"
				  " JOIN appointment a ON a.id = b.appt WHERE a.state = 'B'"),
			 THERE + ASKED);
}

START_TEST(a_day_without_the_line_ends_with_nothing_to_settle)
{
	begin();
	harbour_works();
	northgate_asks();
	both_change();
	line_is_back();
	nothing_final_has_moved();
	everybody_hears();
	all_is_settled();
	the_others_are_rung();
	all_is_well(&n.hub);
	all_is_well(&n.north);
	all_is_well(&n.harbour);
	nothing_final_has_moved();
	at_desk_end(reid);
	at_desk_end(shah);
	nodes_close(&n);
}
END_TEST

TEST_MAIN("apart", a_day_without_the_line_ends_with_nothing_to_settle)
