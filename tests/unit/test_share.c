/* test_share.c: what external customers may have of rapid access, on every route that books. */
#include "suite.h"

#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/hold.h"
#include "clinic/prospect.h"
#include "clinic/search.h"

static struct booked b;
static struct err err;

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

/* Marsh has one rapid-access time on each Thursday, at 12:00, released 24 hours before; more of
 * them as Obi's on the second. */
static void open_one(int more)
{
	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	for (int i = 0; i < more; i++) {
		char *sql = mem_printf(
			"INSERT INTO slot (id, block, clinician, site, service, kind, day, starts, mins,"
			" release_at, holder, state) SELECT %d, block, clinician, site, service, 'RAP',"
			" day, starts + %d, 40, starts + %d - 86400, 1, 'open' FROM slot WHERE kind ="
			" 'NEW' AND clinician = (SELECT id FROM clinician WHERE code = 'obi')"
			" ORDER BY starts DESC LIMIT 1",
			9000 + i, 2400 * (i + 1), 2400 * (i + 1));

		booked_sql(&b, sql);
		mem_free(sql);
	}
	if (more)
		booked_sql(&b,
			   "UPDATE block SET ends = ends + 36000 WHERE clinician = (SELECT id FROM"
			   " clinician WHERE code = 'obi')");
}

static void contract(int share, int hours)
{
	char *sql = mem_printf(
		"INSERT INTO contract (id, service, customer, from_day, triage, offer, seen, report,"
		" tries, cap, state, rap_share, rap_hours) SELECT 8000, s.id, c.id, 1, 2, 10, 10, 2, 3,"
		" 0, 'on', %d, %d FROM service s, customer c WHERE s.code = 'PHYSIO' AND c.code ="
		" 'KES'",
		share, hours);

	booked_sql(&b, sql);
	mem_free(sql);
}

static int book(struct id person, struct id clinician, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = clinician, .starts = starts
	};
	struct id id;

	tick();
	return booking_book(&b.c.desk, &ask, &id, &err);
}

/* Is a rapid-access time among what is found for who comes from outside? */
static bool found(void)
{
	struct search s = { .service = b.physio, .limit = 200, .mins = 40 };
	struct places list = { 0 };
	bool any = false;

	ck_ok(search_for(&b.c.desk, b.kestrel, &s, &err), err);
	ck_ok(search_slots(&b.c.desk, &s, &list, &err), err);
	list_each (p, &list)
		any |= p->slot.kind == SLOT_RAP && p->slot.starts.utc == next_thu(12, 0).utc;
	list_free(&list);
	return any;
}

static void on(int day_of_march, int hour)
{
	struct moment at = wall_moment(
		(struct date){ moment_date(thu(0, 0)).n + day_of_march - 12 }, hour * 60);

	world_pass(&b.c.world, at.utc - b.c.desk.now.utc);
	desk_tick(&b.c.desk);
}

START_TEST(without_a_share_rapid_access_is_for_nhs_staff_until_it_is_released)
{
	open_one(0);
	on(17, 9);
	ck_assert(!found());
	ck_refused(book(b.kestrel, b.marsh, next_thu(12, 0)), err, ERR_INPUT);
	on(18, 13);
	ck_assert(found());
	ck_ok(book(b.kestrel, b.marsh, next_thu(12, 0)), err);
	booked_close(&b);
}
END_TEST

START_TEST(a_share_opens_so_many_hours_before_and_not_sooner)
{
	open_one(0);
	contract(100, 72);
	on(16, 11); /* 73 hours before */
	ck_assert(!found());
	ck_assert_int_eq(book(b.kestrel, b.marsh, next_thu(12, 0)), -1);
	ck_assert_ptr_nonnull(strstr(err.text,
				     "12:00 is kept for NHS staff; the customers' share opens"
				     " Mon 16-Mar-2026 12:00."));
	err_clear(&err);
	on(16, 13);
	ck_assert(found());
	/* Held and booked by the same rule. */
	{
		struct prospect p;
		struct hold_ask ask;
		struct id first;
		struct moment until;

		ck_ok(prospect_new(&b.c.desk, b.kestrel, b.physio, &p, &err), err);
		ask = (struct hold_ask){ .service = b.physio,
					 .clinician = b.marsh,
					 .starts = next_thu(12, 0),
					 .mins = 40,
					 .kind = APPT_NEW,
					 .external = p.external,
					 .share = p.share };
		ck_ok(hold_take(&b.c.desk, &ask, &first, &until, &err), err);
	}
	ck_ok(book(b.kestrel, b.marsh, next_thu(12, 0)), err);
	booked_close(&b);
}
END_TEST

START_TEST(of_a_week_no_more_than_the_share_goes_outside)
{
	struct move_ask to = { 0 };
	struct id other, id;
	struct booking_ask ask;

	open_one(3); /* four that week: Marsh's and three of Obi's */
	contract(50, 240);
	other = b.webb;
	booked_sql(&b,
		   "UPDATE post SET customer = (SELECT id FROM customer WHERE code = 'KES') WHERE"
		   " person IN (SELECT id FROM person WHERE surname LIKE 'webb' OR surname LIKE"
		   " 'ellis')");
	on(16, 9);
	ck_assert(found());
	ask = (struct booking_ask){ .person = b.kestrel,
				    .service = b.physio,
				    .clinician = b.marsh,
				    .starts = next_thu(12, 0) };
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(book(other, b.obi, (struct moment){ next_thu(14, 40).utc }), err);
	/* Two of four: the third from outside is refused, one of the NHS is not. */
	ck_assert_int_eq(book(b.ellis, b.obi, next_thu(15, 20)), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "the customers' share of that week is used."));
	err_clear(&err);
	/* Whose own time is one of the two may move within it. */
	to.clinician = b.obi;
	to.starts = next_thu(15, 20);
	tick();
	ck_ok(booking_move(&b.c.desk, id, &to, &err), err);
	ck_ok(book(b.okafor, b.marsh, next_thu(12, 0)), err);
	booked_close(&b);
}
END_TEST

START_TEST(nhs_staff_are_counted_against_no_share)
{
	open_one(0);
	contract(0, 500);
	on(13, 9);
	ck_ok(book(b.okafor, b.marsh, next_thu(12, 0)), err);
	booked_close(&b);
}
END_TEST

TEST_MAIN("share", without_a_share_rapid_access_is_for_nhs_staff_until_it_is_released,
	  a_share_opens_so_many_hours_before_and_not_sooner,
	  of_a_week_no_more_than_the_share_goes_outside, nhs_staff_are_counted_against_no_share)
