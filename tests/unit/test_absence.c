/* test_absence.c: a clinician is away: who is hit, a home for each, all of it or none, one undo. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/away.h"
#include "clinic/booking.h"
#include "clinic/diary.h"
#include "kills.h"

static struct booked b;
static struct err err;
static struct id first, second, third; /* okafor NEW 10:00, ellis NEW 12:40, webb NEW 10:40 */

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

static struct id book(struct id person, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
	struct id id = { 0 };

	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void number(const char *contact)
{
	booked_sql(&b, contact);
}

/* Marsh is booked three times this Thursday, and sees to it. */
static void open_one(void)
{
	booked_open(&b);
	clinic_sit(&b.c, "j.marsh");
	first = book(b.okafor, thu(10, 0));
	third = book(b.webb, thu(10, 40));
	second = book(b.ellis, thu(12, 40));
	tick();
}

static struct away ill(void)
{
	struct away a = { .clinician = b.marsh,
			  .leave = true,
			  .first = moment_date(thu(0, 0)),
			  .last = moment_date(thu(0, 0)),
			  .why = "ill" };

	return a;
}

static struct away_row *row_of(struct away_rows *rows, struct id appt)
{
	list_each (r, rows)
		if (id_same(r->entry.appt.id, appt))
			return r;
	ck_abort_msg("not listed");
}

/* All that a person would see of it: diaries, bookings, leave, open tasks, messages to leave. */
static char *stand(void)
{
	return booked_text(
		&b,
		"SELECT (SELECT group_concat(id || state || coalesce(appt, '-'), ' ') FROM"
		" (SELECT * FROM slot ORDER BY id)) || (SELECT group_concat(id || state || starts ||"
		" clinician || site || mins || moves || mode || coalesce(cancelled_by, '-'), ' ')"
		" FROM (SELECT * FROM appointment ORDER BY id)) || (SELECT count(*) FROM leave WHERE"
		" state = 'on') || (SELECT coalesce(group_concat(id, ' '), '') FROM (SELECT id FROM"
		" task WHERE state = 'open' ORDER BY id)) || (SELECT coalesce(group_concat(id, ' '),"
		" '') FROM (SELECT id FROM message WHERE state IN ('queued', 'phoned') ORDER BY id))"
		" || (SELECT group_concat(id || state, ' ') FROM episode) || (SELECT"
		" coalesce(group_concat(episode, ' '), '') FROM to_book)");
}

static void stands_as(char *before)
{
	char *now = stand();

	ck_assert_str_eq(now, before);
	mem_free(now);
	mem_free(before);
}

START_TEST(who_is_most_urgent_stands_first_and_each_has_a_home_of_their_own)
{
	struct away_rows rows = { 0 };
	struct away a;

	open_one();
	a = ill();
	booked_sql(&b, "UPDATE episode SET priority = 1 WHERE person = (SELECT person FROM booking"
		       " ORDER BY appt DESC LIMIT 1)");
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 3);
	ck_assert(id_same(rows.v[0].entry.appt.id, second));
	ck_assert(id_same(rows.v[1].entry.appt.id, first));
	ck_assert(id_same(rows.v[2].entry.appt.id, third));
	list_each (r, &rows) {
		ck_assert_int_eq(r->fate, AWAY_MOVE);
		/* Never into the time that is taken out, nor two into one. */
		ck_assert_int_ge(r->starts.utc, next_thu(0, 0).utc);
		list_each (o, &rows)
			ck_assert(o == r || o->starts.utc != r->starts.utc ||
				  !id_same(o->clinician, r->clinician));
	}
	/* The more urgent has the first choice. */
	ck_assert_int_eq(rows.v[0].starts.utc, next_thu(10, 0).utc);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

/* The order as it is said: today, priority, the day to be seen by, the time; as words that sort. */
static void said_order(const struct away_row *r, char buf[64])
{
	const struct appt *a = &r->entry.appt;

	snprintf(buf, 64, "%d %d %06d %012lld", a->day.n != b.c.desk.today.n,
		 r->entry.priority < 0 ? 9 : r->entry.priority,
		 date_none(r->target) ? 999999 : r->target.n, (long long)a->starts.utc);
}

START_TEST(the_order_is_the_one_that_is_said_whatever_is_urgent)
{
	struct away_rows rows = { 0 };
	struct away a;
	unsigned dice = 20260312;

	open_one();
	a = ill();
	for (int i = 0; i < 60; i++) {
		char before[64] = "", now[64];
		char *sql;

		dice = dice * 1103515245u + 12345u;
		sql = mem_printf(
			"UPDATE episode SET priority = (id * %u / 97) %% 4,"
			" target = iif((id * %u / 31) %% 3, 20520 + (id * %u / 13) %% 9, NULL)",
			dice % 1000 + 1, dice / 7 % 1000 + 1, dice / 11 % 1000 + 1);
		booked_sql(&b, sql);
		mem_free(sql);
		ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
		ck_assert_uint_eq(rows.n, 3);
		list_each (r, &rows) {
			said_order(r, now);
			ck_assert_msg(strcmp(before, now) < 0, "%s stands before %s", before, now);
			memcpy(before, now, sizeof before);
		}
		list_free(&rows);
		rows = (struct away_rows){ 0 };
	}
	booked_close(&b);
}
END_TEST

START_TEST(who_is_seen_by_telephone_stays_so_and_the_row_and_the_notice_say_it)
{
	struct booking_ask ask = { .starts = thu(10, 0), .mode = MODE_PHONE };
	struct away_rows rows = { 0 };
	struct away_done done;
	struct away a;
	struct id id = { 0 };

	booked_open(&b);
	clinic_sit(&b.c, "j.marsh");
	number("INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at, state)"
	       " SELECT 600000 + id, scope, id, 'mobile', '07700900120', 1, 'desk', 1, 'on' FROM"
	       " person WHERE surname = 'OKAFOR'");
	ask.person = b.okafor;
	ask.service = b.physio;
	ask.clinician = b.marsh;
	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	/* Only Obi is left, at the other site: to who stays at home that is all the same. */
	booked_sql(&b, "UPDATE slot SET state = 'withdrawn' WHERE appt IS NULL AND clinician ="
		       " (SELECT id FROM clinician WHERE code = 'marsh')");
	a = ill();
	tick();
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert_int_eq(rows.v[0].fate, AWAY_MOVE);
	ck_assert_ptr_nonnull(strstr(rows.v[0].note, "by phone"));
	ck_assert_ptr_null(strstr(rows.v[0].note, "Harbour"));
	ck_ok(away_do(&b.c.desk, &a, &rows, &done, &err), err);
	ck_assert_int_eq(done.moved, 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'B' AND"
					    " mode = 'phone'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE event = 'change'"
					    " AND words LIKE '%phone%'"),
			 1);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(who_comes_today_goes_before_a_higher_priority_of_later_days)
{
	struct away_rows rows = { 0 };
	struct away a;
	struct id later;

	open_one();
	a = ill();
	later = book(b.kestrel, next_thu(10, 0));
	booked_sql(&b, "UPDATE episode SET priority = 0 WHERE person = (SELECT person FROM booking"
		       " ORDER BY appt DESC LIMIT 1)");
	a.last.n += 7;
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 4);
	ck_assert(id_same(rows.v[3].entry.appt.id, later));
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(another_site_is_a_home_only_for_who_has_been_there)
{
	struct away_rows rows = { 0 };
	struct away a;
	const struct away_row *r;

	open_one();
	a = ill();
	a.last.n += 7; /* Marsh is not there next Thursday either */
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	list_each (o, &rows)
		ck_assert_int_eq(o->fate, AWAY_WAIT);
	list_free(&rows);
	/* Obi sees people at Harbour, where one of them was meant for. */
	booked_sql(
		&b,
		"INSERT INTO appointment (id, clinician, site, service, day, starts, mins,"
		" mode, kind, state, asked_at, code, cancelled_by, ended_at) SELECT 9001, clinician, (SELECT id FROM site"
		" WHERE code = 'HBR'), service, day - 100, starts - 8640000, mins, mode, kind,"
		" 'X', asked_at, '2', 'person', asked_at FROM appointment LIMIT 1; INSERT INTO booking (appt, scope,"
		" person, episode) SELECT 9001, scope, person, episode FROM booking WHERE"
		" person = (SELECT id FROM person WHERE surname LIKE 'ellis')");
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	r = row_of(&rows, second);
	ck_assert_int_eq(r->fate, AWAY_MOVE);
	ck_assert(id_same(r->clinician, b.obi));
	ck_assert_int_eq(r->starts.utc, thu(14, 0).utc);
	ck_assert_ptr_nonnull(strstr(r->note, "at Harbour"));
	ck_assert_int_eq(row_of(&rows, first)->fate, AWAY_WAIT);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(all_of_it_is_one_act_told_to_each_and_one_undo_takes_it_back)
{
	struct away_rows rows = { 0 };
	struct away_done done;
	struct away a;
	char *before;

	open_one();
	a = ill();
	number("INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at, state)"
	       " SELECT 700000, 'org:WVH', id, 'mobile', '07700900418', 1, 'desk', 1, 'on'"
	       " FROM person WHERE surname LIKE 'okafor'");
	before = stand();
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	row_of(&rows, second)->fate = AWAY_WAIT;
	row_of(&rows, third)->fate = AWAY_KEEP;
	tick();
	ck_ok(away_do(&b.c.desk, &a, &rows, &done, &err), err);
	ck_assert_int_eq(done.moved, 1);
	ck_assert_int_eq(done.waiting, 1);
	ck_assert_int_eq(done.tasks, 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM leave WHERE state = 'on'"), 1);
	/* By text, and who allows none is rung; who keeps theirs is the only one to be rebooked. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE state = 'queued'"
					    " AND event = 'change' AND channel = 'text'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message WHERE state = 'phoned'"
					    " AND event = 'cancellation'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open' AND"
					    " kind = 'rebook'"),
			 1);
	/* Who has no home waits, on the list of freed times too. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE state = 'waiting'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(DISTINCT act) FROM cmd WHERE k > (SELECT"
					    " max(k) FROM cmd WHERE type = 'book')"),
			 1);
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	stands_as(before);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(leave_that_was_granted_before_is_seen_to_and_taken_back_alike)
{
	struct away_rows rows = { 0 };
	struct away_done done;
	struct away a, found;
	char *before;

	open_one();
	a = ill();
	ck_refused(away_find(&b.c.desk, b.marsh, &found, &err), err, ERR_MISSING);
	ck_ok(diary_leave(&b.c.desk, b.marsh, a.first, a.last, "ill", NULL, NULL, &err), err);
	clinic_sit(&b.c, "p.shah");
	tick();
	before = stand();
	ck_ok(away_find(&b.c.desk, b.marsh, &found, &err), err);
	ck_assert(found.granted);
	ck_ok(away_list(&b.c.desk, &found, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 3);
	row_of(&rows, second)->fate = AWAY_WAIT;
	ck_ok(away_do(&b.c.desk, &found, &rows, &done, &err), err);
	ck_assert_int_eq(done.moved, 2);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open' AND"
					    " kind = 'rebook'"),
			 0);
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	stands_as(before);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(a_home_taken_meanwhile_refuses_the_whole_and_says_whose)
{
	struct away_rows rows = { 0 };
	struct away_done done;
	struct clinic other;
	struct away a;
	struct booking_ask ask = { .service = b.physio };
	struct away_row *r;
	struct id id;
	char *before;

	open_one();
	a = ill();
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	r = row_of(&rows, first);
	ask = (struct booking_ask){ .person = b.kestrel,
				    .service = b.physio,
				    .clinician = r->clinician,
				    .starts = r->starts };
	clinic_second(&b.c, &other, "p.shah");
	ck_ok(booking_book(&other.desk, &ask, &id, &err), err);
	before = stand();
	ck_ok(away_again(&b.c.desk, &rows, &err), err);
	list_each (o, &rows)
		ck_assert_int_eq(o->taken, o == r);
	tick();
	ck_assert_int_eq(away_do(&b.c.desk, &a, &rows, &done, &err), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_ptr_nonnull(
		strstr(err.text, "OKAFOR, Thu 12-Mar-2026 10:00: That slot was just taken."));
	ck_assert_ptr_eq(&rows.v[done.at], r);
	err_clear(&err);
	stands_as(before);
	/* Another home for that row, and it goes. */
	ck_ok(away_other(&b.c.desk, &a, &rows, done.at, &err), err);
	ck_assert_int_eq(r->fate, AWAY_MOVE);
	ck_ok(away_do(&b.c.desk, &a, &rows, &done, &err), err);
	ck_assert_int_eq(done.moved, 3);
	clinic_second_close(&other);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(who_went_elsewhere_meanwhile_is_left_where_they_went)
{
	struct away_rows rows = { 0 };
	struct away_done done;
	struct move_ask to = { .starts = next_thu(12, 40) };
	struct clinic other;
	struct away a;

	open_one();
	a = ill();
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	row_of(&rows, second)->fate = AWAY_KEEP;
	row_of(&rows, third)->fate = AWAY_KEEP;
	clinic_second(&b.c, &other, "p.shah");
	ck_ok(booking_move(&other.desk, first, &to, &err), err);
	ck_refused(away_do(&b.c.desk, &a, &rows, &done, &err), err, ERR_CLASH);
	ck_ok(away_again(&b.c.desk, &rows, &err), err);
	ck_assert(row_of(&rows, first)->gone);
	tick();
	ck_ok(away_do(&b.c.desk, &a, &rows, &done, &err), err);
	ck_assert_int_eq(done.moved, 0);
	ck_assert_int_eq(done.tasks, 2);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE moves = 1"), 1);
	clinic_second_close(&other);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(who_may_not_know_a_private_row_leaves_it_to_its_own_desk)
{
	struct booking_ask ask;
	struct away_rows rows = { 0 };
	struct away_done done;
	struct away a;
	struct id id = { 0 };

	open_one();
	a = ill();
	clinic_sit(&b.c, "s.kelly");
	ask = (struct booking_ask){ .person = b.okafor,
				    .service = b.couns,
				    .clinician = b.kelly,
				    .starts = next_thu(10, 0) };
	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	clinic_sit(&b.c, "a.root");
	a.clinician = b.kelly;
	a.first = a.last = moment_date(next_thu(0, 0));
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert(rows.v[0].entry.masked);
	ck_assert_int_eq(rows.v[0].fate, AWAY_KEEP);
	ck_refused(away_other(&b.c.desk, &a, &rows, 0, &err), err, ERR_INPUT);
	tick();
	ck_ok(away_do(&b.c.desk, &a, &rows, &done, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open' AND"
					    " kind = 'rebook' AND for_role = 'counsellor'"),
			 1);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(two_desks_at_once_see_to_it_once)
{
	struct away_rows rows = { 0 }, same = { 0 };
	struct away_done done;
	struct clinic other;
	struct away a;

	open_one();
	a = ill();
	clinic_second(&b.c, &other, "m.doyle");
	clinic_sit(&other, "j.marsh");
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	ck_ok(away_list(&other.desk, &a, &same, &err), err);
	ck_ok(away_do(&b.c.desk, &a, &rows, &done, &err), err);
	ck_assert_int_eq(done.moved, 3);
	ck_refused(away_do(&other.desk, &a, &same, &done, &err), err, ERR_CLASH);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM leave WHERE state = 'on'"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT max(moves) FROM appointment"), 1);
	list_free(&rows);
	list_free(&same);
	clinic_second_close(&other);
	booked_close(&b);
}
END_TEST

/* A process that sees to it and takes it back, for as long as it lives. */
static void sees_to_it(int out)
{
	struct clinic own = { 0 };
	struct away a = ill();

	clinic_second(&b.c, &own, "j.marsh");
	for (int64_t told = 1;; told++) {
		struct away_rows rows = { 0 };
		struct away_done done;

		desk_tick(&own.desk);
		if (away_list(&own.desk, &a, &rows, &err) < 0 ||
		    away_do(&own.desk, &a, &rows, &done, &err) < 0)
			_exit(2);
		if (write(out, &told, sizeof told) != sizeof told)
			_exit(3);
		list_free(&rows);
		if (act_undo_last(&own.desk, NULL, 0, &err) < 0)
			_exit(4);
	}
}

START_TEST(killed_at_any_moment_all_of_it_is_done_or_none)
{
	int kills = getenv("OHDESK_KILLS") ? atoi(getenv("OHDESK_KILLS")) : 20;
	uint64_t seed = 20260312;

	open_one();
	for (int i = 0; i < kills; i++) {
		int64_t moved;

		killed_at_work(sees_to_it, 4, &seed);
		moved = clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE day > 20524");
		ck_assert_int_eq(moved, 3 * clinic_count(&b.c, "SELECT count(*) FROM leave WHERE"
							       " state = 'on'"));
		desk_tick(&b.c.desk);
		if (moved)
			ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
		ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE day ="
						    " 20524 AND state = 'B'"),
				 3);
	}
	booked_close(&b);
}
END_TEST

/* What physio asks of a room from now on; Marsh's has it not, unless said so. */
static void physio_needs(const char *words)
{
	char *sql = mem_printf("UPDATE service SET room = '%s' WHERE code = 'PHYSIO'", words);

	booked_sql(&b, sql);
	mem_free(sql);
	ck_ok(desk_refresh(&b.c.desk, &err), err);
}

START_TEST(nobody_is_sent_to_a_room_that_fails_the_service)
{
	struct away_rows rows = { 0 };
	struct away a;

	open_one();
	a = ill();
	physio_needs("quiet covered_glass");
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 3);
	list_each (r, &rows)
		ck_assert_int_eq(r->fate, AWAY_WAIT);
	list_free(&rows);
	rows = (struct away_rows){ 0 };
	physio_needs("quiet step_free");
	ck_ok(away_list(&b.c.desk, &a, &rows, &err), err);
	list_each (r, &rows)
		ck_assert_int_eq(r->fate, AWAY_MOVE);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

TEST_MAIN("absence", who_is_most_urgent_stands_first_and_each_has_a_home_of_their_own,
	  the_order_is_the_one_that_is_said_whatever_is_urgent,
	  who_is_seen_by_telephone_stays_so_and_the_row_and_the_notice_say_it,
	  who_comes_today_goes_before_a_higher_priority_of_later_days,
	  another_site_is_a_home_only_for_who_has_been_there,
	  all_of_it_is_one_act_told_to_each_and_one_undo_takes_it_back,
	  leave_that_was_granted_before_is_seen_to_and_taken_back_alike,
	  a_home_taken_meanwhile_refuses_the_whole_and_says_whose,
	  who_went_elsewhere_meanwhile_is_left_where_they_went,
	  who_may_not_know_a_private_row_leaves_it_to_its_own_desk,
	  two_desks_at_once_see_to_it_once, killed_at_any_moment_all_of_it_is_done_or_none,
	  nobody_is_sent_to_a_room_that_fails_the_service)
