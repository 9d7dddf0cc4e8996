/* The rules of a diary with people in it: nobody is dropped, everybody hit is listed, a day shows
 * slots and people together, and what is private stays so. */
#include <sqlite3.h>
#include <stdio.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/diary.h"
#include "clinic/search.h"
#include "diaries.h"
#include "store/db.h"
#include "store/diaries.h"
#include "suite.h"

enum { MON, TUE, WED, THU, FRI };

static struct id book(struct booked *b, struct id person, struct id service, struct id clinician,
		      struct moment at)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = at
	};
	struct err err = ERR_INIT;
	struct id id;

	ck_ok(booking_book(&b->c.desk, &ask, &id, &err), err);
	return id;
}

static int64_t slots(struct booked *b, const char *what)
{
	char *sql = mem_printf("SELECT count(*) FROM slot WHERE %s", what);
	int64_t n = clinic_count(&b->c, sql);

	mem_free(sql);
	return n;
}

/* Marsh at Harbour on Fridays, one person booked into the second week's first slot. */
static struct id fridays(struct booked *b, struct id *ret_template)
{
	struct id appt;

	clinic_sit(&b->c, "a.root");
	*ret_template = a_template(&b->c, "marsh", "HBR", "HBR-1", "PHYSIO", FRI,
				   "09:00 NEW 40x2, FU 20x2");
	publish_all(&b->c, *ret_template);
	clinic_sit(&b->c, "p.shah");
	appt = book(b, b->okafor, b->physio, b->marsh, at_of(2026, 3, 20, 9, 0));
	clinic_sit(&b->c, "a.root");
	return appt;
}

START_TEST(a_changed_template_drops_nobody_and_lists_who_is_hit)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct template_change change = { .pattern = "08:40 FU 20x4", .weekday = -1 };
	struct entries hit = { 0 };
	struct id template, next;

	booked_open(&b);
	struct id appt = fridays(&b, &template);

	ck_ok(template_set(&b.c.desk, template, day_of(2026, 3, 16), &change, &hit, &next, &err),
	      err);
	ck_assert_uint_eq(hit.n, 1);
	ck_assert(id_same(hit.v[0].appt.id, appt));
	ck_assert_str_eq(hit.v[0].surname, "OKAFOR");
	list_free(&hit);
	/* She keeps her time; the new slots of that day stand around it: 08:40 and 09:40. */
	ck_assert_int_eq(slots(&b, "day = 20532 AND appt IS NOT NULL AND state = 'withdrawn'"), 1);
	ck_assert_int_eq(slots(&b, "day = 20532 AND state = 'open'"), 2);
	ck_assert_int_eq(slots(&b, "day = 20539 AND state = 'open'"), 4);
	/* Freed, her slot stays closed. */
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	ck_assert_int_eq(slots(&b, "day = 20532 AND state = 'open'"), 2);
	booked_close(&b);
}
END_TEST

START_TEST(an_ended_template_drops_nobody_and_lists_who_is_hit)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct entries hit = { 0 };
	struct id template;

	booked_open(&b);
	struct id appt = fridays(&b, &template);

	ck_ok(template_end(&b.c.desk, template, day_of(2026, 3, 15), &hit, &err), err);
	ck_assert_uint_eq(hit.n, 1);
	ck_assert(id_same(hit.v[0].appt.id, appt));
	list_free(&hit);
	ck_assert_int_eq(slots(&b, "day > 20526 AND clinician = (SELECT id FROM clinician WHERE"
				   " code = 'marsh') AND site = (SELECT id FROM site WHERE"
				   " code = 'HBR') AND state = 'open'"),
			 0);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(slots(&b, "day = 20532 AND state = 'open'"), 4);
	booked_close(&b);
}
END_TEST

START_TEST(publishing_is_not_undone_under_somebody)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct id template;

	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	template = a_template(&b.c, "marsh", "HBR", "HBR-1", "PHYSIO", FRI, "09:00 NEW 40x2");
	publish_all(&b.c, template);
	int64_t published = b.c.desk.acted;

	clinic_sit(&b.c, "p.shah");
	book(&b, b.okafor, b.physio, b.marsh, at_of(2026, 3, 20, 9, 0));
	clinic_sit(&b.c, "a.root");
	ck_assert_int_eq(act_undo(&b.c.desk, published, NULL, 0, &err), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_str_eq(err.text,
			 "1 booked into it, the first on Fri 20-Mar-2026 09:00: move them "
			 "first, or end the template.");
	booked_close(&b);
}
END_TEST

START_TEST(leave_lists_who_is_hit_and_drops_nobody)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct entries hit = { 0 };
	struct id template, leave;

	booked_open(&b);
	struct id appt = fridays(&b, &template);

	ck_ok(diary_leave(&b.c.desk, b.marsh, day_of(2026, 3, 20), day_of(2026, 3, 20), "study",
			  &hit, &leave, &err),
	      err);
	ck_assert_uint_eq(hit.n, 1);
	ck_assert(id_same(hit.v[0].appt.id, appt));
	list_free(&hit);
	ck_assert_int_eq(slots(&b, "day = 20532 AND state = 'leave'"), 4);
	ck_assert_int_eq(slots(&b, "day = 20532 AND appt IS NOT NULL"), 1);
	ck_ok(act_undo_of(&b.c.desk, leave, NULL, 0, &err), err);
	ck_assert_int_eq(slots(&b, "day = 20532 AND state = 'open'"), 4);
	booked_close(&b);
}
END_TEST

static int64_t tasks(struct booked *b, const char *where)
{
	char *sql = mem_printf("SELECT count(*) FROM task WHERE kind = 'rebook' AND %s", where);
	int64_t n = clinic_count(&b->c, sql);

	mem_free(sql);
	return n;
}

START_TEST(people_of_several_employers_are_rung_for_one_leave_and_need_not_when_it_ends)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct date day = day_of(2026, 3, 20);
	struct id template, leave;
	struct moment from, to;

	booked_open(&b);
	fridays(&b, &template);
	book(&b, b.kestrel, b.physio, b.marsh, at_of(2026, 3, 20, 9, 40));
	ck_ok(diary_leave(&b.c.desk, b.marsh, day, day, "study", NULL, &leave, &err), err);
	ck_assert_int_eq(tasks(&b, "state = 'open' AND scope = 'org:WVH'"), 1);
	ck_assert_int_eq(tasks(&b, "state = 'open' AND scope = 'org:KES'"), 1);
	/* One act: the leave, and one command for each of the two scopes. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM cmd"
					    " WHERE act = (SELECT max(act) FROM cmd)"),
			 3);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(tasks(&b, "state = 'open'"), 0);
	ck_assert_int_eq(slots(&b, "day = 20532 AND state = 'leave'"), 0);
	/* What was taken back is no step to be taken back. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM cmd WHERE reverses IS NULL"
					    " AND act = (SELECT max(act) FROM cmd)"),
			 0);

	/* Blocked and on leave: the one that ends first changes nothing for them. */
	from = at_of(2026, 3, 20, 9, 0);
	to = at_of(2026, 3, 20, 12, 0);
	ck_ok(diary_block(&b.c.desk, b.marsh, from, to, "a talk", NULL, &err), err);
	ck_ok(diary_leave(&b.c.desk, b.marsh, day, day, "study", NULL, &leave, &err), err);
	ck_assert_int_eq(tasks(&b, "state = 'open'"), 2);
	ck_ok(diary_unblock(&b.c.desk, b.marsh, from, to, &err), err);
	ck_assert_int_eq(tasks(&b, "state = 'open'"), 2);
	ck_ok(act_undo_of(&b.c.desk, leave, NULL, 0, &err), err);
	ck_assert_int_eq(tasks(&b, "state = 'open'"), 0);
	ck_assert_int_eq(slots(&b, "day = 20532 AND state <> 'open'"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_block_lists_who_it_touches)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct entries hit = { 0 };
	struct id template;

	booked_open(&b);
	fridays(&b, &template);
	ck_ok(diary_block(&b.c.desk, b.marsh, at_of(2026, 3, 20, 9, 30), at_of(2026, 3, 20, 10, 0),
			  "fire drill", &hit, &err),
	      err);
	ck_assert_uint_eq(hit.n, 1);
	list_free(&hit);
	ck_ok(diary_block(&b.c.desk, b.marsh, at_of(2026, 3, 20, 10, 20),
			  at_of(2026, 3, 20, 10, 30), "fire drill", &hit, &err),
	      err);
	ck_assert_uint_eq(hit.n, 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_day_shows_slots_and_people_in_order_of_time)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct diary d;
	char type[CODE_TEXT];

	booked_open(&b);
	struct id ellis = book(&b, b.ellis, b.physio, b.marsh, next_thu(12, 40));
	/* Follow-up slots for a first attendance: one row, as long as the appointment. */
	struct id okafor = book(&b, b.okafor, b.physio, b.marsh, next_thu(10, 40));

	ck_ok(booking_cancel(&b.c.desk, ellis, CANCEL_PERSON, "ill", &err), err);
	ck_ok(diary_day(&b.c.desk, b.marsh, day_of(2026, 3, 19), &d, &err), err);
	static const struct {
		int at, mins, slot_mins;
		bool free, rap_only, gone;
	} want[] = {
		{ 600, 40, 40, true, false, false }, { 640, 40, 40, false, false, false },
		{ 680, 20, 20, true, false, false }, { 700, 20, 20, false, false, false },
		{ 720, 40, 40, true, true, false },  { 760, 40, 40, true, false, false },
		{ 760, 40, 0, false, false, true },
	};
	ck_assert_uint_eq(d.n, sizeof want / sizeof *want);
	for (size_t i = 0; i < d.n; i++) {
		ck_assert_int_eq(moment_minute(d.v[i].starts), want[i].at);
		ck_assert_int_eq(d.v[i].mins, want[i].mins);
		ck_assert_int_eq(d.v[i].slot_mins, want[i].slot_mins);
		ck_assert_int_eq(d.v[i].free, want[i].free);
		ck_assert_int_eq(d.v[i].rap_only, want[i].rap_only);
		ck_assert_int_eq(d.v[i].gone, want[i].gone);
	}
	ck_assert(id_same(d.v[1].entry.appt.id, okafor));
	ck_assert_str_eq(d.v[1].entry.surname, "OKAFOR");
	ck_assert_str_eq(diary_type(&d.v[1], type), "NEW P3");
	ck_assert_int_eq(d.booked, 1);
	ck_assert_int_eq(d.free, 4);
	ck_assert_int_eq(moment_minute(d.starts), 600);
	ck_assert_int_eq(moment_minute(d.ends), 800);
	ck_assert(id_same(d.site, b.ngt));
	ck_assert_int_eq(d.week[THU].booked, 1);
	ck_assert_int_eq(d.week[THU].free, 4);
	ck_assert_int_eq(d.week[FRI].booked + d.week[FRI].free, 0);
	list_free(&d);
	booked_close(&b);
}
END_TEST

START_TEST(an_empty_day_says_holiday_or_leave)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct diary d;

	booked_open(&b);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(diary_leave(&b.c.desk, b.marsh, day_of(2026, 4, 7), day_of(2026, 4, 7), "study", NULL,
			  NULL, &err),
	      err);
	ck_ok(diary_day(&b.c.desk, b.marsh, day_of(2026, 4, 6), &d, &err), err);
	ck_assert_uint_eq(d.n, 0);
	ck_assert_str_eq(d.holiday, "Easter Monday");
	ck_assert(!d.leave);
	ck_assert(d.week[TUE].leave);
	ck_assert(id_none(d.site));
	list_free(&d);
	booked_close(&b);
}
END_TEST

START_TEST(who_has_no_right_to_a_private_service_sees_private)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct diary d;
	struct entries hit = { 0 };
	char name[PERSON_TEXT], type[CODE_TEXT];

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	book(&b, b.okafor, b.couns, b.kelly, next_thu(10, 0));
	ck_ok(diary_day(&b.c.desk, b.kelly, day_of(2026, 3, 19), &d, &err), err);
	ck_assert_str_eq(entry_name(&d.v[0].entry, name), "OKAFOR, Adaeze (Ms)");
	list_free(&d);
	clinic_sit(&b.c, "m.doyle");
	ck_ok(diary_day(&b.c.desk, b.kelly, day_of(2026, 3, 19), &d, &err), err);
	ck_assert_str_eq(entry_name(&d.v[0].entry, name), "Private");
	ck_assert_str_eq(diary_type(&d.v[0], type), "");
	ck_assert(id_none(d.v[0].entry.appt.person) && id_none(d.v[0].entry.appt.episode));
	ck_assert(date_none(d.v[0].entry.born));
	list_free(&d);
	ck_ok(diary_leave(&b.c.desk, b.kelly, day_of(2026, 3, 19), day_of(2026, 3, 19), "ill", &hit,
			  NULL, &err),
	      err);
	ck_assert_uint_eq(hit.n, 1);
	ck_assert_str_eq(entry_name(&hit.v[0], name), "Private");
	list_free(&hit);
	booked_close(&b);
}
END_TEST

START_TEST(why_names_who_is_booked_only_to_those_who_may_see)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct search s = { .from = next_thu(10, 0) };
	struct why why;

	booked_open(&b);
	book(&b, b.okafor, b.physio, b.marsh, next_thu(10, 0));
	s.service = b.physio;
	s.clinician = b.marsh;
	ck_ok(search_why(&b.c.desk, &s, &why, &err), err);
	ck_assert(!why.free);
	ck_assert_msg(strncmp(why.text, "Booked: OKAFOR, Adaeze (Ms), born ", 34) == 0, "%s",
		      why.text);
	ck_assert_msg(strstr(why.text, ", NEW 10:00 to 10:40."), "%s", why.text);
	list_free(&why.near);
	clinic_sit(&b.c, "s.kelly");
	book(&b, b.ellis, b.couns, b.kelly, next_thu(10, 0));
	clinic_sit(&b.c, "p.shah");
	s.clinician = b.kelly;
	ck_ok(search_why(&b.c.desk, &s, &why, &err), err);
	ck_assert_str_eq(why.text, "Booked: Private, 10:00 to 11:00.");
	list_free(&why.near);
	booked_close(&b);
}
END_TEST

static void note(void *ctx, const char *sentence)
{
	snprintf(ctx, 200, "%s", sentence);
}

START_TEST(store_check_finds_what_publishing_refuses)
{
	struct booked b;
	struct err err = ERR_INIT;
	static const struct {
		const char *breach, *mend, *found;
	} cases[] = {
		{ "UPDATE slot SET starts = starts - 60 WHERE kind = 'CATCHUP' AND day = 20524",
		  "UPDATE slot SET starts = starts + 60 WHERE kind = 'CATCHUP' AND day = 20524",
		  "begins before another has ended" },
		{ "UPDATE block SET room = (SELECT id FROM room WHERE code = 'NGT-1')",
		  "UPDATE block SET room = NULL", "begins while another clinician has its room" },
		{ "UPDATE block SET state = 'withdrawn' WHERE day = 20524",
		  "UPDATE block SET state = 'open' WHERE day = 20524", "differs from its session" },
		{ "UPDATE slot SET release_at = 1 WHERE kind = 'FU'",
		  "UPDATE slot SET release_at = NULL WHERE kind = 'FU'", "that there is none" },
		{ "INSERT INTO leave SELECT id, id, 20524, 20524, 'x', 'on' FROM clinician",
		  "DELETE FROM leave", "is open while its clinician is on leave" },
		{ "UPDATE slot SET state = 'leave' WHERE day = 20524",
		  "UPDATE slot SET state = 'open' WHERE day = 20524", "is on leave without any" },
		{ "INSERT INTO blocked SELECT id, day, id, 'x', 'on' FROM slot WHERE day = 20524",
		  "DELETE FROM blocked", "is open and its diary says blocked" },
		{ "INSERT INTO blocked SELECT id, day, id, 'x', 'over' FROM slot WHERE day = 20524;"
		  "UPDATE slot SET state = 'blocked' WHERE day = 20524",
		  "UPDATE slot SET state = 'open' WHERE day = 20524; DELETE FROM blocked",
		  "is blocked and its diary says open" },
	};

	booked_open(&b);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char found[200] = "";

		booked_sql(&b, cases[i].breach);
		ck_ok(check_diaries(b.c.store, note, found, &err), err);
		ck_assert_msg(strstr(found, cases[i].found), "%s: %s", cases[i].breach, found);
		booked_sql(&b, cases[i].mend);
		found[0] = '\0';
		ck_ok(check_diaries(b.c.store, note, found, &err), err);
		ck_assert_str_eq(found, "");
	}
	booked_close(&b);
}
END_TEST

/* Every statement that was compiled, asked for its plan: none may go through a whole table that
 * grows with the service.  Templates and the references are small, and read whole on purpose. */
static void no_scan(struct store *st)
{
	static const char *const growing[] = { "SCAN slot",    "SCAN appointment", "SCAN block",
					       "SCAN booking", "SCAN a",	   "SCAN b",
					       "SCAN s",       "SCAN p",	   "SCAN e",
					       "SCAN person",  "SCAN history",	   "SCAN cmd" };
	sqlite3_stmt *next = NULL;
	int seen = 0;

	while ((next = sqlite3_next_stmt(st->db, next))) {
		char *sql = mem_printf("EXPLAIN QUERY PLAN %s", sqlite3_sql(next));
		sqlite3_stmt *plan = NULL;

		if (strstr(sql, "slot") || strstr(sql, "appointment") || strstr(sql, "block")) {
			ck_assert_int_eq(sqlite3_prepare_v2(st->db, sql, -1, &plan, NULL),
					 SQLITE_OK);
			while (sqlite3_step(plan) == SQLITE_ROW) {
				const char *detail = (const char *)sqlite3_column_text(plan, 3);

				for (size_t i = 0; i < sizeof growing / sizeof *growing; i++) {
					size_t n = strlen(growing[i]);

					ck_assert_msg(strncmp(detail, growing[i], n) != 0 ||
							      (detail[n] && detail[n] != ' '),
						      "%s: %s", detail, sql);
				}
			}
			sqlite3_finalize(plan);
			seen++;
		}
		mem_free(sql);
	}
	ck_assert_int_gt(seen, 15);
}

START_TEST(no_query_of_a_diary_walks_a_whole_table)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct template_change change = { .pattern = "08:40 FU 20x4", .weekday = -1 };
	struct search s = { .limit = 10 };
	struct places places = { 0 };
	struct diary d;
	struct why why;
	struct id template, leave;

	booked_open(&b);
	fridays(&b, &template);
	ck_ok(template_set(&b.c.desk, template, day_of(2026, 3, 16), &change, NULL, NULL, &err),
	      err);
	ck_ok(diary_block(&b.c.desk, b.marsh, at_of(2026, 3, 27, 8, 40), at_of(2026, 3, 27, 9, 0),
			  "x", NULL, &err),
	      err);
	ck_ok(diary_leave(&b.c.desk, b.marsh, day_of(2026, 3, 20), day_of(2026, 3, 27), "y", NULL,
			  &leave, &err),
	      err);
	ck_ok(act_undo_of(&b.c.desk, leave, NULL, 0, &err), err);
	ck_ok(diary_day(&b.c.desk, b.marsh, day_of(2026, 3, 20), &d, &err), err);
	list_free(&d);
	s.service = b.physio;
	for (int i = 0; i < 3; i++) {
		s.site = i == 1 ? b.ngt : (struct id){ 0 };
		s.clinician = i == 2 ? b.marsh : (struct id){ 0 };
		ck_ok(search_slots(&b.c.desk, &s, &places, &err), err);
		list_free(&places);
	}
	s.from = next_thu(10, 0);
	ck_ok(search_why(&b.c.desk, &s, &why, &err), err);
	list_free(&why.near);
	ck_ok(search_for(&b.c.desk, b.okafor, &s, &err), err);
	no_scan(b.c.store);
	booked_close(&b);
}
END_TEST

TEST_MAIN("diary", a_changed_template_drops_nobody_and_lists_who_is_hit,
	  an_ended_template_drops_nobody_and_lists_who_is_hit,
	  publishing_is_not_undone_under_somebody, leave_lists_who_is_hit_and_drops_nobody,
	  people_of_several_employers_are_rung_for_one_leave_and_need_not_when_it_ends,
	  a_block_lists_who_it_touches, a_day_shows_slots_and_people_in_order_of_time,
	  an_empty_day_says_holiday_or_leave, who_has_no_right_to_a_private_service_sees_private,
	  why_names_who_is_booked_only_to_those_who_may_see,
	  store_check_finds_what_publishing_refuses, no_query_of_a_diary_walks_a_whole_table)
