/* Walk-ins, the earliest that fits, and what the desk's list shows to whom. */
#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/desklist.h"
#include "store/appts.h"
#include "suite.h"

static struct booked b;
static struct err err;

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
}

static struct id book(struct id person, struct id service, struct id clinician, struct moment at)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = at
	};
	struct id id = { 0 };

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct appt now_of(struct id appt)
{
	struct appt_row r;

	ck_ok(appt_get(b.c.store, appt, &r, &err), err);
	return r.a;
}

static void clock_at(struct moment m)
{
	world_pass(&b.c.world, m.utc - b.c.desk.now.utc);
	desk_tick(&b.c.desk);
}

static struct desk_rows today(void)
{
	struct desk_rows rows = { 0 };

	ck_ok(desklist(&b.c.desk, b.ngt, b.c.desk.today, NULL, &rows, &err), err);
	return rows;
}

/* ---- finding and booking at once ---- */

START_TEST(the_earliest_passes_over_what_the_person_cannot_have)
{
	struct booking_ask ask;
	struct search s = { .by = DATE_NONE };
	struct id id;

	open_all();
	ask = (struct booking_ask){ .person = b.okafor, .service = b.physio };
	book(b.okafor, b.ohn, b.adeyemi, thu(10, 0));
	ck_ok(booking_earliest(&b.c.desk, &ask, &s, &id, &err), err);
	/* 10:00 and 10:20 overlap with the nurse; 10:40 is free with Marsh. */
	ck_assert_int_eq(now_of(id).starts.utc, thu(10, 40).utc);
	ck_assert(id_same(now_of(id).clinician, b.marsh));
	booked_close(&b);
}
END_TEST

START_TEST(the_earliest_that_does_not_exist_writes_nothing)
{
	struct booking_ask ask;
	struct search s = { .by = { 20524 }, .after = 18 * 60 };
	struct id id = { 0 };
	char before[65], after[65];

	open_all();
	ask = (struct booking_ask){ .person = b.okafor, .service = b.physio };
	clinic_digest(&b.c, before);
	ck_refused(booking_earliest(&b.c.desk, &ask, &s, &id, &err), err, ERR_MISSING);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	booked_close(&b);
}
END_TEST

START_TEST(a_walk_in_is_booked_and_here_and_one_undo_takes_both_back)
{
	struct booking_ask ask;
	struct id id;

	open_all();
	ask = (struct booking_ask){ .person = b.okafor, .service = b.physio };
	ck_ok(booking_walkin(&b.c.desk, &ask, &id, &err), err);
	ck_assert_int_eq(now_of(id).starts.utc, thu(10, 0).utc);
	ck_assert_int_eq(now_of(id).state, APPT_ARRIVED);
	/* At this desk's site, though Harbour has a time as early. */
	ck_assert(id_same(now_of(id).site, b.ngt));
	ck_ok(booking_undo(&b.c.desk, id, NULL, 0, &err), err);
	ck_assert_int_eq(now_of(id).state, APPT_CANCELLED);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_walk_in_may_take_a_slot_that_has_just_begun)
{
	struct booking_ask ask;
	struct id id;

	open_all();
	clock_at(thu(10, 4));
	ask = (struct booking_ask){ .person = b.okafor, .service = b.physio };
	ck_ok(booking_walkin(&b.c.desk, &ask, &id, &err), err);
	ck_assert_int_eq(now_of(id).starts.utc, thu(10, 0).utc);
	booked_close(&b);
}
END_TEST

START_TEST(a_walk_in_without_free_time_is_squeezed_in_by_who_may)
{
	struct booking_ask ask;
	struct id id;

	open_all();
	book(b.ellis, b.ohn, b.adeyemi, thu(10, 0));
	book(b.webb, b.ohn, b.adeyemi, thu(10, 30));
	clock_at(thu(10, 7));
	ask = (struct booking_ask){ .person = b.okafor, .service = b.ohn };
	ck_refused(booking_walkin(&b.c.desk, &ask, &id, &err), err, ERR_CLASH);
	ask.over_why = "needlestick";
	ck_refused(booking_walkin(&b.c.desk, &ask, &id, &err), err, ERR_DENIED);
	booked_sql(&b, "INSERT INTO user_right SELECT 1, id, 'overbook', NULL, NULL, 'on' FROM user"
		       " WHERE name = 'p.shah'");
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_walkin(&b.c.desk, &ask, &id, &err), err);
	ck_assert_int_eq(now_of(id).starts.utc, thu(10, 5).utc);
	ck_assert(!id_none(now_of(id).over_by));
	booked_close(&b);
}
END_TEST

/* ---- the list ---- */

START_TEST(the_day_is_listed_with_counts_and_look_alikes)
{
	struct desk_rows rows;
	struct desk_filter filter = { .states = 1u << APPT_ARRIVED };
	struct id id;

	open_all();
	booked_sql(&b, "UPDATE person SET surname = 'OKAFOR', given = 'Adanna' WHERE surname ="
		       " 'ELLIS'");
	id = book(b.okafor, b.physio, b.marsh, thu(10, 0));
	book(b.webb, b.ohn, b.adeyemi, thu(10, 0));
	book(b.ellis, b.physio, b.marsh, thu(10, 40));
	book(b.kestrel, b.physio, b.obi, thu(14, 0));
	ck_ok(booking_mark(&b.c.desk, id, APPT_ARRIVED, NULL, &err), err);
	rows = today();
	/* Harbour's is not listed. */
	ck_assert_uint_eq(rows.n, 3);
	ck_assert_int_eq(rows.count[APPT_BOOKED], 2);
	ck_assert_int_eq(rows.count[APPT_ARRIVED], 1);
	ck_assert_str_eq(rows.v[0].name, "OKAFOR, Adaeze (Ms)");
	ck_assert_str_eq(rows.v[0].type, "Physio new");
	ck_assert_str_eq(rows.v[0].with, "Marsh");
	ck_assert_str_eq(rows.v[1].type, "OH nurse");
	ck_assert_int_eq(rows.v[0].alike, 3);
	ck_assert_int_eq(rows.v[2].alike, 1);
	ck_assert_int_eq(rows.v[1].alike, 0);
	desk_rows_done(&rows);
	ck_ok(desklist(&b.c.desk, b.ngt, b.c.desk.today, &filter, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert_int_eq(rows.count[APPT_BOOKED], 2);
	desk_rows_done(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(private_is_all_that_others_see_of_a_private_service)
{
	struct desk_rows rows;
	struct episode_rows episodes = { 0 };
	struct trail trail = { 0 };
	struct id id;

	open_all();
	clinic_sit(&b.c, "s.kelly");
	id = book(b.okafor, b.couns, b.kelly, thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "too upset", &err), err);
	rows = today();
	ck_assert_str_eq(rows.v[0].service, "Counsel.");
	desk_rows_done(&rows);
	clinic_sit(&b.c, "p.shah");
	rows = today();
	ck_assert_str_eq(rows.v[0].service, "Private");
	ck_assert_str_eq(rows.v[0].type, "Private");
	ck_assert_str_eq(rows.v[0].with, "Kelly");
	ck_assert_str_eq(rows.v[0].row.number, "");
	ck_assert(id_none(rows.v[0].row.a.service));
	desk_rows_done(&rows);
	ck_ok(desk_episodes(&b.c.desk, b.okafor, &episodes, &err), err);
	ck_assert_uint_eq(episodes.n, 0);
	ck_ok(desk_history(&b.c.desk, id, &trail, &err), err);
	ck_assert_uint_eq(trail.n, 2);
	list_each (s, &trail) {
		ck_assert_str_eq(s->why, "");
		ck_assert_ptr_null(strstr(s->what, "ouns"));
	}
	list_free(&trail);
	booked_close(&b);
}
END_TEST

START_TEST(who_waits_too_long_and_what_was_freed_are_told_at_once)
{
	struct desk_rows rows;
	struct id first, second;

	open_all();
	first = book(b.okafor, b.physio, b.marsh, thu(10, 0));
	second = book(b.ellis, b.physio, b.marsh, thu(12, 40));
	clock_at(thu(9, 55));
	ck_ok(booking_mark(&b.c.desk, first, APPT_ARRIVED, NULL, &err), err);
	ck_ok(booking_cancel(&b.c.desk, second, CANCEL_PERSON, "ill", &err), err);
	clock_at(thu(10, 10));
	rows = today();
	/* Ten minutes past her time is the limit, not beyond it; 09:55 to 10:00 is nobody's fault.
	 */
	ck_assert_int_eq(rows.v[0].waited, 10);
	ck_assert_uint_eq(rows.now.n, 1);
	ck_assert_str_eq(rows.now.v[0].text, "12:40 Marsh is free, ELLIS cancelled 09:55");
	desk_rows_done(&rows);
	clock_at(thu(10, 12));
	rows = today();
	ck_assert_uint_eq(rows.now.n, 2);
	ck_assert_str_eq(rows.now.v[0].text,
			 "10:00 OKAFOR has waited 12 min past their time (limit 10): tell them");
	ck_assert(id_same(rows.now.v[0].appt, first));
	desk_rows_done(&rows);
	book(b.ellis, b.physio, b.marsh, thu(12, 40));
	rows = today();
	ck_assert_uint_eq(rows.now.n, 1);
	desk_rows_done(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(a_person_s_appointments_start_with_the_next)
{
	struct desk_rows rows = { 0 };
	struct episode_rows episodes = { 0 };
	struct appt_filter f;

	open_all();
	book(b.okafor, b.physio, b.marsh, thu(10, 0));
	book(b.okafor, b.physio, b.marsh, next_thu(10, 40));
	clock_at((struct moment){ thu(9, 0).utc + 86400 });
	f = (struct appt_filter){
		.person = b.okafor, .from = DATE_NONE, .to = DATE_NONE, .today = b.c.desk.today
	};
	ck_ok(desk_appts(&b.c.desk, &f, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 2);
	ck_assert_int_eq(rows.v[0].row.a.starts.utc, next_thu(10, 40).utc);
	desk_rows_done(&rows);
	ck_ok(desk_episodes(&b.c.desk, b.okafor, &episodes, &err), err);
	ck_assert_uint_eq(episodes.n, 1);
	ck_assert_str_eq(episodes.v[0].e.number, "MSK-26-N0001");
	ck_assert_int_eq(episodes.v[0].used, 2);
	ck_assert_int_eq(episodes.v[0].day, 1);
	ck_assert_int_eq(episodes.v[0].days, 5);
	list_free(&episodes);
	booked_close(&b);
}
END_TEST

TEST_MAIN("desklist", the_earliest_passes_over_what_the_person_cannot_have,
	  the_earliest_that_does_not_exist_writes_nothing,
	  a_walk_in_is_booked_and_here_and_one_undo_takes_both_back,
	  a_walk_in_may_take_a_slot_that_has_just_begun,
	  a_walk_in_without_free_time_is_squeezed_in_by_who_may,
	  the_day_is_listed_with_counts_and_look_alikes,
	  private_is_all_that_others_see_of_a_private_service,
	  who_waits_too_long_and_what_was_freed_are_told_at_once,
	  a_person_s_appointments_start_with_the_next)
