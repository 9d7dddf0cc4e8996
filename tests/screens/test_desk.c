/*
 * test_desk.c: S2, on a real desk in a child: what a receptionist does all day.
 *
 * The child opens the clinic of booked.h, books what the test wants and runs the screens; the test
 * plays the keys.  Another desk is a second process on the same database.
 */
#include "suite.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/signin.h"
#include "pty.h"
#include "tui/tui.h"

/* What the child tells its parent: where the database is, so that another desk can be opened. */
static struct shared {
	struct booked b;
	struct id okafor, ellis, webb, kelly_row;
	bool passwords; /* give p.shah a password and a PIN */
} * shared;

static struct id book(struct booked *b, struct id person, struct id service, struct id clinician,
		      struct moment at)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = at
	};
	struct err err = ERR_INIT;
	struct id appt = { 0 };

	ck_ok(booking_book(&b->c.desk, &ask, &appt, &err), err);
	return appt;
}

static int run(void *arg)
{
	struct tui_options opt = { .practice = true, .first = NULL };
	struct err err = ERR_INIT;
	struct booked b;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	shared->kelly_row = book(&b, b.webb, b.couns, b.kelly, thu(11, 0));
	clinic_sit(&b.c, "p.shah");
	shared->okafor = book(&b, b.okafor, b.physio, b.marsh, thu(10, 0));
	shared->ellis = book(&b, b.ellis, b.ohn, b.adeyemi, thu(10, 0));
	shared->b = b;
	if (shared->passwords)
		ck_ok(signin_set_secret(&b.c.desk, "p.shah", "correct horse", false, &err), err);
	if (shared->passwords)
		ck_ok(signin_set_secret(&b.c.desk, "p.shah", "1234", true, &err), err);
	clinic_sit(&b.c, arg);
	int rc = tui_run(&b.c.desk, &opt, &err);

	if (rc < 0)
		printf("%s\n", err.text);
	booked_close(&b);
	return rc < 0 ? (int)err.kind : 0;
}

static bool with_passwords;

static struct pty *start_sized(const char *user, int rows, int cols, const char *locale)
{
	static char name[32];

	snprintf(name, sizeof name, "%s", user);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	ck_assert_ptr_ne(shared, MAP_FAILED);
	shared->passwords = with_passwords;
	return pty_start(&(struct pty_options){
		.run = run, .arg = name, .rows = rows, .cols = cols, .locale = locale });
}

static struct pty *start(const char *user)
{
	return start_sized(user, 0, 0, NULL);
}

static void stop(struct pty *p)
{
	kill(pty_pid(p), SIGTERM);
	ck_assert_int_eq(pty_end(p), 0);
}

/* A second desk on the child's database, in this process. */
static void second(struct clinic *other, const char *user)
{
	struct err err = ERR_INIT;

	*other = shared->b.c;
	memset(&other->desk, 0, sizeof other->desk);
	ck_ok(store_open(shared->b.c.path, 5000, &other->store, &err), err);
	other->world = world_still(thu(9, 50), 11);
	ck_ok(desk_open(other->store, &other->world, &other->desk, &err), err);
	clinic_sit(other, user);
}

#define HAS(row, words)                                                                            \
	ck_assert_msg(strstr(pty_row(p, row), words), "row %d is: %s", row, pty_row(p, row))
#define HAS_NOT(row, words)                                                                        \
	ck_assert_msg(!strstr(pty_row(p, row), words), "row %d is: %s", row, pty_row(p, row))

START_TEST(the_desk_shows_the_day_as_drawn)
{
	struct pty *p = start("p.shah");

	HAS(1, "DESK  Northgate");
	HAS(2, "3 today  B 3");
	HAS(3, "  # Time  St Wait Person                       Born        Service      With");
	ck_assert(pty_screen_is(p, "tests/screens/desk.screen"));
	stop(p);
}
END_TEST

START_TEST(two_keys_check_somebody_in)
{
	struct pty *p = start("p.shah");
	int row = pty_find(p, "ELLIS");
	char keys[16];

	pty_count_start(p);
	snprintf(keys, sizeof keys, "%da", row - 3);
	pty_keys(p, keys);
	ck_assert_int_le(pty_count(p), 3);
	HAS(23, "M ELLIS, ");
	HAS(23, "arrived 09:42");
	HAS(row, " A ");
	/* And one key takes it back. */
	pty_keys(p, "u");
	HAS(23, "Taken back: ELLIS, ");
	HAS(row, " B ");
	stop(p);
}
END_TEST

START_TEST(a_private_service_shows_as_private_at_the_desk)
{
	struct pty *p = start("p.shah");

	HAS(pty_find(p, "WEBB"), "Private      Kelly");
	ck_assert_int_eq(pty_find(p, "ounsel"), 0);
	stop(p);
	p = start("s.kelly");
	pty_keys(p, "<F3>");
	HAS(pty_find(p, "WEBB"), "Counsel.");
	stop(p);
}
END_TEST

START_TEST(another_desk_s_change_appears_without_a_key_and_moves_nothing)
{
	struct pty *p = start("p.shah");
	struct err err = ERR_INIT;
	int row, col, after, was;

	pty_keys(p, "<Down>");
	pty_cursor(p, &row, &col);
	was = pty_find(p, "OKAFOR");

	struct clinic other;

	second(&other, "j.marsh");

	ck_ok(booking_mark(&other.desk, shared->okafor, APPT_ARRIVED, &(struct mark_ask){ 0 },
			   &err),
	      err);
	pty_wait_for(p, "A 1");
	HAS(was, " A ");
	pty_cursor(p, &after, &col);
	ck_assert_int_eq(after, row);

	/* A new row comes at the end and nobody's number changes. */
	struct booking_ask ask = { .person = shared->b.kestrel,
				   .service = shared->b.ohn,
				   .clinician = shared->b.adeyemi,
				   .starts = thu(10, 30) };
	struct id appt;

	ck_ok(booking_book(&other.desk, &ask, &appt, &err), err);
	pty_wait_for(p, "4 today");
	ck_assert_int_eq(pty_find(p, "OKAFOR"), was);
	HAS(7, "  4 10:30 B");
	clinic_second_close(&other);
	stop(p);
}
END_TEST

START_TEST(what_somebody_changed_meanwhile_is_said_by_name)
{
	struct pty *p = start("p.shah");
	struct err err = ERR_INIT;
	int row = pty_find(p, "OKAFOR");
	char keys[16];
	struct clinic other;

	second(&other, "j.marsh");

	/* Before the screen has heard of it: the key is sent at once. */
	ck_ok(booking_cancel(&other.desk, shared->okafor, CANCEL_PERSON, "rang", &err), err);
	snprintf(keys, sizeof keys, "%da", row - 3);
	pty_keys(p, keys);
	HAS(23, "E ");
	ck_assert_int_eq(clinic_count(&other, "SELECT count(*) FROM appointment WHERE state = 'A'"),
			 0);
	clinic_second_close(&other);
	stop(p);
}
END_TEST

START_TEST(capitals_ask_and_enter_never_answers)
{
	struct pty *p = start("p.shah");
	int row = pty_find(p, "ELLIS");
	char keys[16];

	snprintf(keys, sizeof keys, "%dX", row - 3);
	pty_keys(p, keys);
	HAS(23, "Cancel ELLIS");
	HAS(23, "p person  s service  e error  Esc keep");
	pty_keys(p, "<Enter> ");
	HAS(23, "Cancel ELLIS");
	HAS(row, " B ");
	pty_keys(p, "p");
	HAS(23, "cancelled");
	HAS(row, " X ");
	ck_assert_msg(pty_find(p, "NOW") > 0, "no NOW line for the freed slot");
	pty_keys(p, "u");
	HAS(row, " B ");

	/* The service says why. */
	pty_keys(p, "Xs");
	HAS(23, "Why does the service cancel?");
	pty_keys(p, "flood in room 2<Enter>");
	HAS(23, "cancelled");
	pty_keys(p, "v");
	HAS(1, "HISTORY");
	ck_assert_int_gt(pty_find(p, "flood in room 2"), 0);
	pty_keys(p, "<F12>");
	HAS(1, "DESK");
	stop(p);
}
END_TEST

START_TEST(through_the_day_arrived_in_room_seen)
{
	struct pty *p = start("p.shah");
	int row = pty_find(p, "ELLIS");
	char keys[16];

	snprintf(keys, sizeof keys, "%da", row - 3);
	pty_keys(p, keys);
	pty_keys(p, "i");
	HAS(row, " I ");
	pty_keys(p, "s");
	HAS(row, " S ");
	HAS(2, "S 1");
	stop(p);
}
END_TEST

START_TEST(a_walk_in_is_booked_and_here_in_at_most_ten_keys)
{
	struct pty *p = start("p.shah");

	pty_count_start(p);
	pty_keys(p, "nyusu<Enter>p");
	ck_assert_int_le(pty_count(p), 10);
	HAS(1, "DESK  Northgate");
	HAS(23, "M YUSUF, Idris");
	HAS(23, "arrived");
	HAS(2, "4 today");
	HAS(2, "A 1");
	/* One undo takes both back, the booking and the arrival. */
	pty_keys(p, "u");
	HAS(23, "Taken back");
	HAS(2, "X 1");
	stop(p);
}
END_TEST

START_TEST(days_filters_and_an_empty_day)
{
	struct pty *p = start("p.shah");

	pty_keys(p, "f");
	HAS(2, "Show to come");
	pty_keys(p, "f");
	HAS(2, "Show here");
	HAS(4, "Nobody to show");
	pty_keys(p, "f+");
	HAS(1, "Fri 13-Mar-2026");
	HAS(4, "Nothing booked that day at Northgate.");
	pty_keys(p, "-");
	HAS(2, "3 today");
	pty_keys(p, "--=");
	HAS(2, "3 today");
	stop(p);
}
END_TEST

START_TEST(wide_windows_show_more_and_small_ones_ask_for_room)
{
	struct pty *p = start_sized("p.shah", 43, 132, NULL);

	HAS(3, "Room");
	pty_keys(p, "<Down>");
	ck_assert_int_gt(pty_find(p, "Episode"), 0);
	pty_resize(p, 10, 40);
	HAS(1, "Window is 40x10");
	pty_resize(p, 24, 80);
	HAS(1, "DESK  Northgate");
	stop(p);
	p = start_sized("p.shah", 0, 0, "C");
	HAS(1, "DESK  Northgate");
	stop(p);
}
END_TEST

START_TEST(keys_cost_few_bytes)
{
	struct pty *p = start("p.shah");

	pty_count_start(p);
	pty_keys(p, "<Down><Down><Up><Down><Up><Up><Down><Down>");
	ck_assert_int_le(pty_p50(p), 60);
	ck_assert_int_le(pty_most(p), 120);
	stop(p);
}
END_TEST

START_TEST(the_lock_hides_all_and_the_pin_opens_it)
{
	with_passwords = true;
	struct pty *p = start("p.shah");

	pty_keys(p, "<C-q>");
	ck_assert_int_eq(pty_find(p, "ELLIS"), 0);
	ck_assert_int_gt(pty_find(p, "LOCKED 09:42"), 0);
	pty_keys(p, "9999<Enter>");
	HAS(23, "PIN not accepted (1 of 3)");
	pty_keys(p, "1234<Enter>");
	HAS(1, "DESK  Northgate");

	/* Three wrong ones ask for the password; five wrong passwords rest the name. */
	pty_keys(p, "<C-q>1111<Enter>2222<Enter>3333<Enter>");
	ck_assert_int_gt(pty_find(p, "User name"), 0);
	pty_keys(p, "p.shah<Tab>");
	for (int i = 1; i <= 5; i++)
		pty_keys(p, "wrong password<Enter>");
	HAS(23, "5 times");
	pty_keys(p, "correct horse<Enter>");
	HAS(23, "rests until 09:57");
	stop(p);
}
END_TEST

START_TEST(an_outcome_is_not_taken_back_by_one_small_letter)
{
	struct pty *p = start("p.shah");
	int row = pty_find(p, "ELLIS");
	char keys[16];

	snprintf(keys, sizeof keys, "%das", row - 3);
	pty_keys(p, keys);
	HAS(row, " S ");
	pty_keys(p, "i");
	HAS(23, "M ELLIS, Marcus: seen already, in room after all?  y");
	pty_keys(p, "<Esc>");
	HAS(row, " S ");
	pty_keys(p, "a");
	pty_keys(p, "y");
	HAS(row, " A ");
	pty_keys(p, "D");
	HAS(23, "E It only starts at Thu 12-Mar-2026 10:00: cancel it if they said so before.");
	stop(p);
}
END_TEST

START_TEST(signing_in_takes_the_desk_of_the_user)
{
	with_passwords = true;
	struct pty *p = start("p.shah");

	pty_keys(p, "<C-q><C-q>");
	HAS(6, "[your own");
	pty_keys(p, "p.shah<Enter>correct horse<Enter>");
	HAS(1, "DESK  Northgate");
	HAS(1, "p.shah");
	/* And any other that they choose, the first of the list too. */
	pty_keys(p, "<C-q><C-q>p.shah<Enter>correct horse<Tab>H<Enter>");
	HAS(1, "DESK  Harbour");
	stop(p);
}
END_TEST

START_TEST(the_desk_that_is_chosen_is_taken)
{
	with_passwords = true;
	struct pty *p = start("p.shah");

	pty_keys(p, "<C-q><C-q>p.shah<Tab>correct horse<Tab>H");
	HAS(6, "[Harbour");
	pty_keys(p, "<Enter>");
	HAS(1, "DESK  Harbour");
	stop(p);
}
END_TEST

START_TEST(what_one_user_was_told_is_not_shown_to_the_next)
{
	with_passwords = true;
	struct pty *p = start("p.shah");

	pty_keys(p, "a");
	HAS(23, "arrived");
	pty_keys(p, ":messages<Enter>");
	ck_assert_int_gt(pty_find(p, "arrived"), 0);
	/* A question is no reason to leave the screen open. */
	pty_keys(p, "<Esc>X<C-q>");
	ck_assert_int_gt(pty_find(p, "LOCKED"), 0);
	pty_keys(p, "<Esc>p.shah<Enter>correct horse<Enter>:messages<Enter>");
	HAS(1, "MESSAGES");
	ck_assert_int_eq(pty_find(p, "arrived"), 0);
	stop(p);
}
END_TEST

TEST_MAIN("desk", the_desk_shows_the_day_as_drawn, two_keys_check_somebody_in,
	  a_private_service_shows_as_private_at_the_desk,
	  another_desk_s_change_appears_without_a_key_and_moves_nothing,
	  what_somebody_changed_meanwhile_is_said_by_name, capitals_ask_and_enter_never_answers,
	  through_the_day_arrived_in_room_seen, a_walk_in_is_booked_and_here_in_at_most_ten_keys,
	  days_filters_and_an_empty_day, wide_windows_show_more_and_small_ones_ask_for_room,
	  keys_cost_few_bytes, the_lock_hides_all_and_the_pin_opens_it,
	  an_outcome_is_not_taken_back_by_one_small_letter, signing_in_takes_the_desk_of_the_user,
	  the_desk_that_is_chosen_is_taken, what_one_user_was_told_is_not_shown_to_the_next)
