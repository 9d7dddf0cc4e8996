/* test_rapid.c: S8 and rapid access: for whom it is kept, the share, and when it opens to all. */
#include "suite.h"

#include "at_desk.h"
#include "base/alloc.h"
#include "booked.h"

static struct booked b;

static struct pty *sit(const char *user)
{
	return at_desk(&b.c, user, NULL);
}

static void open_all(void)
{
	booked_open(&b);
	/* Only what is kept is left of the second Thursday, and nothing of the first. */
	booked_sql(&b, "UPDATE slot SET state = 'blocked' WHERE kind <> 'RAP' OR"
		       " day = (SELECT min(day) FROM slot)");
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

/* The wall of March, which the desk's clock comes to. */
static void on(struct pty *p, int day, int hour)
{
	struct moment at =
		wall_moment((struct date){ moment_date(thu(0, 0)).n + day - 12 }, hour * 60);

	at_desk_pass(&b.c, at.utc - b.c.desk.now.utc);
	pty_keys(p, "<F5>");
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

START_TEST(who_comes_from_outside_sees_when_a_kept_time_opens_and_has_it_from_then_on)
{
	struct pty *p;

	open_all();
	p = sit("p.shah");
	pty_keys(p, "/yusuf<Enter>bp");
	row_has(p, 18, " RAP Thu 19-Mar 12:00: kept for NHS staff, to all Wed 18-Mar 12:00.");
	ck_assert_int_eq(pty_find(p, "Thu 19-Mar-2026 12:00"), 0);
	on(p, 18, 11);
	ck_assert_int_eq(pty_find(p, "Thu 19-Mar-2026 12:00"), 0);
	on(p, 18, 12);
	ck_assert_int_eq(pty_find(p, "to all Wed"), 0);
	row_has(p, 7, "Thu 19-Mar-2026 12:00");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "YUSUF, Idris booked Thu 19-Mar 12:00");
	end(p);
}
END_TEST

START_TEST(the_customers_share_is_said_with_its_day_and_marked_once_it_is_open)
{
	struct pty *p;

	open_all();
	contract(100, 48);
	p = sit("p.shah");
	pty_keys(p, "/yusuf<Enter>bp");
	row_has(p, 18,
		" RAP Thu 19-Mar 12:00: share opens Tue 17-Mar 12:00, to all Wed 18-Mar 12:00.");
	on(p, 17, 12);
	row_has(p, 7, "Thu 19-Mar-2026 12:00");
	pty_keys(p, "x<F5>");
	row_has(p, 7, "customers' share");
	end(p);
}
END_TEST

START_TEST(for_nhs_staff_a_first_attendance_is_kept_back_by_nothing)
{
	struct pty *p;

	open_all();
	p = sit("p.shah");
	pty_keys(p, "/ellis<Enter>bp");
	row_has(p, 7, "Thu 19-Mar-2026 12:00");
	ck_assert_int_eq(pty_find(p, "RAP Thu"), 0);
	end(p);
}
END_TEST

TEST_MAIN("rapid", who_comes_from_outside_sees_when_a_kept_time_opens_and_has_it_from_then_on,
	  the_customers_share_is_said_with_its_day_and_marked_once_it_is_open,
	  for_nhs_staff_a_first_attendance_is_kept_back_by_nothing)
