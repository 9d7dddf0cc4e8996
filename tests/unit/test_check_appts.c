/* `store check` finds what must not be between appointments, slots, bookings and episodes. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/keeper.h"
#include "store/appts.h"
#include "suite.h"

static struct err err;

static void note(void *ctx, const char *sentence)
{
	buf_printf(ctx, "%s\n", sentence);
}

/* What one change by hand must lead to. */
static const struct {
	const char *sql, *found;
} breaches[] = {
	{ "UPDATE slot SET appt = NULL", "its slots do not cover its time" },
	{ "UPDATE appointment SET mins = 60", "its slots do not cover its time" },
	{ "UPDATE appointment SET over_by = 1, over_why = 'x'",
	  "is overbooked and yet owns a slot" },
	{ "UPDATE appointment SET over_by = 1", "is overbooked without a reason" },
	{ "UPDATE slot SET appt = (SELECT id FROM appointment LIMIT 1) WHERE kind = 'RAP'",
	  "has slots of several blocks or holders, or with gaps" },
	{ "UPDATE slot SET holder = 2 WHERE kind = 'FU' AND starts % 3600 = 2400",
	  "has slots of several blocks or holders" },
	{ "UPDATE appointment SET site = (SELECT id FROM site WHERE code = 'HBR')",
	  "is of another clinician, site, service or day" },
	{ "UPDATE appointment SET state = 'X', code = '2', cancelled_by = 'person', ended_at = 1",
	  "is held by an appointment that was cancelled" },
	{ "DELETE FROM booking", "is for nobody" },
	{ "UPDATE episode SET person = (SELECT max(id) FROM person)",
	  "is in an episode of another person or service" },
	{ "UPDATE appointment SET mode = 'fax'", "has no length or no such mode" },
	{ "UPDATE appointment SET code = '3'", "bears a code that is not its state's" },
	{ "UPDATE appointment SET code = NULL", "bears a code that is not its state's" },
	{ "UPDATE appointment SET state = 'A'", "lacks the time of its state" },
	{ "UPDATE appointment SET kind = 'NEW'", "has two first attendances" },
	{ "UPDATE appointment SET kind = CASE kind WHEN 'NEW' THEN 'FU' ELSE 'NEW' END",
	  "has a follow-up before its first attendance" },
	{ "INSERT INTO episode SELECT id + 1, scope, number, person, service, customer, 3, received,"
	  " target, state, opened_at, NULL, NULL, NULL, NULL FROM episode",
	  "is given twice" },
	{ "UPDATE episode SET state = 'error'", "is an error and yet has appointments" },
	{ "UPDATE episode SET state = 'asleep'", "is in no state that there is" },
	{ "UPDATE appointment SET starts = starts - 600 WHERE kind = 'FU'",
	  "are one person's at one time" },
	{ "UPDATE slot SET starts = starts - 600 WHERE kind = 'FU'",
	  "of one clinician overlap in time" },
	{ "UPDATE slot SET appt = -1 WHERE kind = 'NEW' AND mins = 30;"
	  "UPDATE block SET room = (SELECT id FROM room WHERE code = 'NGT-1')",
	  "of two clinicians share a room" },
};

START_TEST(each_breach_is_found)
{
	struct booked b;
	struct booking_ask ask;
	struct buf said = { 0 };
	struct id id;

	booked_open(&b);
	ask = (struct booking_ask){
		.person = b.okafor, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	/* Two follow-up slots in one. */
	ask.starts = thu(10, 40);
	ask.mins = 30;
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(check_appts(b.c.store, note, &said, &err), err);
	ck_assert_uint_eq(said.n, 0);
	buf_str(&said, "");
	for (size_t i = 0; i < sizeof breaches / sizeof *breaches; i++) {
		char *copy = mem_printf("%s/copy%zu.db", b.c.folder, i);
		struct booked other = b;

		ck_ok(store_copy(b.c.store, copy, &err), err);
		snprintf(other.c.path, sizeof other.c.path, "%s", copy);
		booked_sql(&other, breaches[i].sql);
		ck_ok(store_open(copy, 5000, &other.c.store, &err), err);
		buf_clear(&said);
		ck_ok(check_appts(other.c.store, note, &said, &err), err);
		ck_assert_msg(said.n && strstr(said.s, breaches[i].found), "%s: found only: %s",
			      breaches[i].sql, said.n ? said.s : "nothing");
		store_close(other.c.store);
		mem_free(copy);
	}
	buf_done(&said);
	booked_close(&b);
}
END_TEST

static bool digits_in_a_row(const char *s)
{
	for (; *s; s++)
		if (strspn(s, "0123456789") >= 13)
			return true;
	return false;
}

START_TEST(what_is_found_is_told_by_names_and_times)
{
	struct booked b;
	struct booking_ask ask;
	struct buf said = { 0 };
	struct id id;

	booked_open(&b);
	ask = (struct booking_ask){
		.person = b.okafor, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ask.starts = thu(10, 40);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	booked_sql(&b, "UPDATE appointment SET starts = starts - 600 WHERE kind = 'FU';"
		       "UPDATE slot SET starts = starts - 600 WHERE kind = 'FU';"
		       "INSERT INTO overlap (id, type, a, b, note, at, state)"
		       " SELECT 1, 'slot', min(id), 0, 'taken', 1, 'open' FROM appointment");
	ck_ok(keeper_check(&b.c.desk, note, &said, &err), err);
	ck_assert_msg(!digits_in_a_row(said.s), "%s", said.s);
	ck_assert_ptr_nonnull(strstr(
		said.s, "A clash waits for a person: taken, appointment of OKAFOR, Adaeze (Ms) on"
			" Thu 12-Mar-2026 10:00.\n"));
	ck_assert_ptr_nonnull(strstr(said.s, "Slots of Marsh on Thu 12-Mar-2026 10:00 and of Marsh"
					     " on Thu 12-Mar-2026 10:30 of one clinician"));
	ck_assert_ptr_nonnull(strstr(said.s, "and of OKAFOR, Adaeze (Ms) on Thu 12-Mar-2026 10:30"
					     " are one person's at one time."));
	buf_done(&said);
	booked_sql(&b, "UPDATE appointment SET starts = starts + 600 WHERE kind = 'FU';"
		       "UPDATE slot SET starts = starts + 600 WHERE kind = 'FU';"
		       "DELETE FROM overlap");
	booked_close(&b);
}
END_TEST

TEST_MAIN("check_appts", each_breach_is_found, what_is_found_is_told_by_names_and_times)
