/* A time that another node holds: asked for once, and answered when no desk holds it. */
#include <check.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/diary.h"
#include "clinic/hold.h"
#include "clinic/holder.h"
#include "clinic/record.h"
#include "suite.h"

static struct booked b;
static struct err err;
static struct clinic other; /* another desk, of r.adeyemi */

/* Harbour, node 2, is another database; it holds Adeyemi's 10:30. */
static struct id begin(void)
{
	const char *node[8] = { "2", "H", "Harbour" };
	char *sql;
	struct id id = { 0 }, slot;
	struct slot_list one = { &slot, 1, 1 };

	err = (struct err)ERR_INIT;
	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("node"), node, &id, &err), err);
	sql = mem_printf("SELECT id FROM slot WHERE clinician = %lld AND starts = %lld",
			 (long long)b.adeyemi.n, (long long)next_thu(10, 30).utc);
	slot.n = clinic_count(&b.c, sql);
	mem_free(sql);
	ck_ok(hold_give(&b.c.desk, &one, 2, NULL, &err), err);
	clinic_sit(&b.c, "p.shah");
	return slot;
}

static void finish(void)
{
	booked_sql(&b, "UPDATE overlap SET state = 'closed'");
	booked_close(&b);
}

static int ask_for(struct id person, struct id *ret)
{
	struct booking_ask ask = { .person = person,
				   .service = b.ohn,
				   .clinician = b.adeyemi,
				   .starts = next_thu(10, 30) };

	return booking_book(&b.c.desk, &ask, ret, &err);
}

static void take_home(struct id slot)
{
	struct slot_list one = { &slot, 1, 1 };

	clinic_sit(&b.c, "a.root");
	ck_ok(hold_revoke(&b.c.desk, &one, 1, "the machine is gone", &err), err);
	clinic_sit(&b.c, "p.shah");
}

static int answered(void)
{
	int done;

	world_pass(&b.c.world, 1);
	desk_tick(&b.c.desk);
	ck_ok(holder_keep(&b.c.desk, &done, &err), err);
	return done;
}

static bool found_again(void)
{
	struct search s = { .service = b.ohn,
			    .clinician = b.adeyemi,
			    .from = next_thu(10, 30),
			    .kind = APPT_NEW,
			    .mins = 20,
			    .by = DATE_NONE };
	struct places found = { 0 };
	bool is;

	ck_ok(search_slots(&b.c.desk, &s, &found, &err), err);
	is = found.n > 0 && found.v[0].slot.starts.utc == next_thu(10, 30).utc;
	list_free(&found);
	return is;
}

START_TEST(a_time_that_waits_for_an_answer_is_not_asked_for_again)
{
	struct id ellis, okafor;

	begin();
	ck_assert(found_again());
	ck_ok(ask_for(b.ellis, &ellis), err);
	ck_assert(!found_again());
	ck_assert_int_eq(ask_for(b.okafor, &okafor), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_ptr_nonnull(
		strstr(err.text, "10:30 was asked for already: Harbour has to answer first."));
	/* Withdrawn, it is there for somebody else; and then not for who withdrew. */
	ck_ok(booking_cancel(&b.c.desk, ellis, CANCEL_PERSON, "rang", &err), err);
	ck_ok(ask_for(b.okafor, &okafor), err);
	ck_refused(booking_undo(&b.c.desk, ellis, NULL, 0, &err), err, ERR_CLASH);
	ck_ok(booking_cancel(&b.c.desk, okafor, CANCEL_PERSON, "rang", &err), err);
	ck_ok(booking_undo(&b.c.desk, ellis, NULL, 0, &err), err);
	finish();
}
END_TEST

START_TEST(the_diary_shows_who_waits_in_the_time_asked_for_and_not_as_free)
{
	struct diary before = { 0 }, d = { 0 };
	struct id ellis;
	int at = 0;

	begin();
	ck_ok(diary_day(&b.c.desk, b.adeyemi, moment_date(next_thu(10, 30)), &before, &err), err);
	ck_ok(ask_for(b.ellis, &ellis), err);
	ck_ok(diary_day(&b.c.desk, b.adeyemi, moment_date(next_thu(10, 30)), &d, &err), err);
	ck_assert_int_lt(d.free, before.free);
	list_each (row, &d)
		if (row->starts.utc == next_thu(10, 30).utc) {
			at++;
			ck_assert(!row->free);
			ck_assert_int_eq(row->entry.appt.id.n, ellis.n);
		}
	ck_assert_int_eq(at, 1);
	list_free(&before);
	list_free(&d);
	finish();
}
END_TEST

START_TEST(what_a_desk_of_the_holder_holds_is_answered_when_the_hold_is_over)
{
	struct moment until;
	struct id slot, ellis;

	slot = begin();
	ck_ok(ask_for(b.ellis, &ellis), err);
	take_home(slot);
	clinic_second(&b.c, &other, "r.adeyemi");
	ck_ok(hold_take_slot(&other.desk, slot, 0, &until, &err), err);
	ck_assert_int_eq(answered(), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'T'"),
			 1);
	ck_ok(hold_let_go(&other.desk, slot, &err), err);
	ck_assert_int_eq(answered(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'B'"),
			 1);
	clinic_second_close(&other);
	finish();
}
END_TEST

START_TEST(what_the_desk_booked_under_its_hold_stays_theirs)
{
	struct booking_ask ask = { .service = b.ohn, .starts = next_thu(10, 30) };
	struct moment until;
	struct id slot, ellis, okafor;

	slot = begin();
	ck_ok(ask_for(b.ellis, &ellis), err);
	take_home(slot);
	clinic_second(&b.c, &other, "r.adeyemi");
	ck_ok(hold_take_slot(&other.desk, slot, 0, &until, &err), err);
	ck_assert_int_eq(answered(), 0);
	ask.person = b.okafor;
	ask.service = b.ohn;
	ask.clinician = b.adeyemi;
	ck_ok(booking_book(&other.desk, &ask, &okafor, &err), err);
	ck_assert_int_eq(answered(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'R'"),
			 1);
	clinic_second_close(&other);
	finish();
}
END_TEST

TEST_MAIN("asked", a_time_that_waits_for_an_answer_is_not_asked_for_again,
	  the_diary_shows_who_waits_in_the_time_asked_for_and_not_as_free,
	  what_a_desk_of_the_holder_holds_is_answered_when_the_hold_is_over,
	  what_the_desk_booked_under_its_hold_stays_theirs)
