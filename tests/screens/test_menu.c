/* test_menu.c: the menu over the real screens, and the list of what can be taken back. */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "booked.h"
#include "clinic/booking.h"

static struct booked b;
static struct err err;

static struct pty *open_all(void)
{
	static const struct {
		int hour, minute;
	} at[] = { { 10, 0 }, { 12, 40 } };
	struct id id;

	booked_open(&b);
	err_clear(&err);
	for (int i = 0; i < 2; i++) {
		struct booking_ask ask = { .person = i ? b.webb : b.okafor,
					   .service = b.physio,
					   .clinician = b.marsh,
					   .starts = thu(at[i].hour, at[i].minute) };

		ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	}
	return at_desk(&b.c, "p.shah", NULL);
}

static void close_all(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

START_TEST(the_menu_is_a_box_over_the_screen_and_shows_the_quicker_key)
{
	struct pty *p = open_all();

	pty_keys(p, ":arr mar");
	row_has(p, 1, "DESK");
	row_has(p, 4, "OKAFOR");
	row_has(p, 12, "+------");
	row_has(p, 13, "| : [arr mar");
	row_has(p, 13, "1 of ");
	row_has(p, 14, "| > mark arrived");
	row_is(p, 14,
	       "| > mark arrived                                 desk         a                |");
	row_has(p, 23, "The key shown is quicker next time.");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "M OKAFOR, Adaeze (Ms) arrived");
	close_all(p);
}
END_TEST

START_TEST(word_starts_in_any_order_come_before_what_is_in_the_middle)
{
	struct pty *p = open_all();

	pty_keys(p, ":list parked");
	row_has(p, 14, "> list parked tasks");
	row_has(p, 14, "Ctrl-T");
	pty_keys(p, "<C-u>parked list");
	row_has(p, 14, "> list parked tasks");
	/* "ark" begins nothing: what holds it is found all the same. */
	pty_keys(p, "<C-u>ark arr");
	row_has(p, 14, "> mark arrived");
	/* What begins so stands first. */
	pty_keys(p, "<C-u>re");
	row_has(p, 14, "> re");
	ck_assert_int_gt(pty_find(p, "  previous day"), 14);
	pty_keys(p, "<Tab><Esc>");
	row_has(p, 1, "DESK");
	ck_assert_int_eq(pty_find(p, "+----"), 0);
	close_all(p);
}
END_TEST

START_TEST(a_day_opens_the_diary_of_that_day)
{
	struct pty *p = open_all();

	pty_keys(p, ":thu");
	row_has(p, 14, "> diary of Thu 19-Mar-2026");
	pty_keys(p, "<Enter>");
	row_has(p, 1, "DIARY");
	row_has(p, 2, "Thu 19-Mar-2026");
	/* Of the diary that is open. */
	pty_keys(p, "<Tab>:tom<Enter>");
	row_has(p, 2, "Fri 13-Mar-2026");
	pty_keys(p, "<F3>:14/3<Enter>");
	row_has(p, 2, "Sat 14-Mar-2026");
	close_all(p);
}
END_TEST

START_TEST(a_number_picks_that_row_of_the_list_below)
{
	struct pty *p = open_all();
	int row, col;

	pty_keys(p, ":2");
	row_has(p, 14, "> row 2 of this list");
	pty_keys(p, "<Enter>");
	pty_cursor(p, &row, &col);
	ck_assert_int_eq(row, 5);
	row_has(p, 5, "> 2");
	/* No such row, and no day either. */
	pty_keys(p, ":33");
	row_has(p, 14, "> find a person: 33");
	pty_keys(p, "<Esc>");
	close_all(p);
}
END_TEST

START_TEST(what_is_no_command_is_looked_for_among_people_and_nonsense_is_said)
{
	struct pty *p = open_all();

	pty_keys(p, ":okafor");
	row_has(p, 14, "> find a person: okafor");
	pty_keys(p, "<Enter>");
	row_has(p, 1, "FIND PERSON");
	row_has(p, 2, "Find [okafor");
	row_has(p, 4, "OKAFOR, Adaeze");
	pty_keys(p, "<F3>:~<Enter>");
	row_has(p, 23, "E No command, row, day or person is called that.");
	close_all(p);
}
END_TEST

START_TEST(undo_lists_the_steps_and_takes_back_the_one_that_is_selected)
{
	struct pty *p = open_all();

	pty_keys(p, "a:undo");
	row_has(p, 14, "> undo: the last 20 steps");
	pty_keys(p, "<Enter>");
	row_has(p, 1, "UNDO");
	row_has(p, 4, "> 1 09:42   OKAFOR, Adaeze (Ms): arrived");
	row_has(p, 5, "  2 09:42   WEBB, Sandra (Ms): booked for");
	row_has(p, 6, "  3 09:42 - OKAFOR, Adaeze (Ms): booked for");
	pty_keys(p, "3");
	row_has(p, 20, "p.shah has changed OKAFOR since");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "E p.shah has changed OKAFOR since");
	pty_keys(p, "2");
	row_has(p, 20, "Enter takes back this step.");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "M Taken back: WEBB, Sandra (Ms): booked for");
	row_has(p, 5, "> 2 09:42 - OKAFOR, Adaeze (Ms): booked for");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 1);
	close_all(p);
}
END_TEST

TEST_MAIN("menu", the_menu_is_a_box_over_the_screen_and_shows_the_quicker_key,
	  word_starts_in_any_order_come_before_what_is_in_the_middle,
	  a_day_opens_the_diary_of_that_day, a_number_picks_that_row_of_the_list_below,
	  what_is_no_command_is_looked_for_among_people_and_nonsense_is_said,
	  undo_lists_the_steps_and_takes_back_the_one_that_is_selected)
