/* test_hold.c: five minutes of a time for one desk. */
#include "suite.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/hold.h"
#include "clinic/session.h"

static struct booked b;
static struct err err;

/* p.shah's desk is b.c; this is another one, of another user. */
static struct clinic other;

static void open_both(const char *user)
{
	booked_open(&b);
	err_clear(&err);
	clinic_second(&b.c, &other, user);
}

static void close_both(void)
{
	clinic_second_close(&other);
	booked_close(&b);
}

static struct hold_ask ten_at_marsh(void)
{
	return (struct hold_ask){ .service = b.physio,
				  .clinician = b.marsh,
				  .starts = thu(10, 0),
				  .mins = 40,
				  .kind = APPT_NEW };
}

static int hold(struct clinic *c, struct moment starts, int mins, enum appt_kind kind)
{
	struct hold_ask ask = ten_at_marsh();
	struct moment until;
	struct id first;

	ask.starts = starts;
	ask.mins = mins;
	ask.kind = kind;
	return hold_take(&c->desk, &ask, &first, &until, &err);
}

static int hold_ten(struct clinic *c)
{
	return hold(c, thu(10, 0), 40, APPT_NEW);
}

static int book_at(struct clinic *c, struct id person, struct moment starts, struct id *ret)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = starts
	};

	return booking_book(&c->desk, &ask, ret, &err);
}

START_TEST(what_a_desk_holds_nobody_else_can_book_and_is_told_whose_it_is)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(hold_ten(&b.c), err);
	ck_assert_int_eq(book_at(&other, b.okafor, thu(10, 0), &id), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_str_eq(err.text, "p.shah holds that slot to 09:47: choose another, or ask them.");
	ck_assert_int_eq(hold_ten(&other), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 1);
	close_both();
}
END_TEST

START_TEST(a_hold_never_stands_in_its_own_users_way)
{
	struct id id;

	open_both("p.shah");
	ck_ok(hold_ten(&b.c), err);
	ck_ok(hold_ten(&other), err); /* goes over to where they sit now */
	ck_ok(book_at(&b.c, b.okafor, thu(10, 0), &id), err);
	close_both();
}
END_TEST

START_TEST(a_hold_is_over_after_five_minutes)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(hold_ten(&b.c), err);
	world_pass(&other.world, HOLD_MINS * 60 - 1);
	desk_tick(&other.desk);
	ck_refused(book_at(&other, b.okafor, thu(10, 0), &id), err, ERR_CLASH);
	world_pass(&other.world, 1);
	desk_tick(&other.desk);
	ck_ok(book_at(&other, b.okafor, thu(10, 0), &id), err);
	close_both();
}
END_TEST

START_TEST(a_hold_ends_with_its_session)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(hold_ten(&b.c), err);
	desk_stand(&b.c.desk);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM session"), 0);
	ck_ok(book_at(&other, b.okafor, thu(10, 0), &id), err);
	clinic_sit(&b.c, "p.shah");
	close_both();
}
END_TEST

START_TEST(the_hold_of_a_killed_process_is_worth_nothing_and_is_swept)
{
	int ready[2], status;
	char byte;
	struct id id;

	open_both("r.adeyemi");
	ck_assert_int_eq(pipe(ready), 0);
	pid_t pid = fork();

	ck_assert(pid >= 0);
	if (pid == 0) {
		struct clinic own = b.c;

		if (store_open(b.c.path, 5000, &own.store, &err) < 0 ||
		    desk_open(own.store, &own.world, &own.desk, &err) < 0 ||
		    desk_sit(&own.desk, "p.shah", &err) < 0 || hold_ten(&own) < 0 ||
		    write(ready[1], "r", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	ck_refused(book_at(&other, b.okafor, thu(10, 0), &id), err, ERR_CLASH);
	kill(pid, SIGKILL);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_ok(book_at(&other, b.okafor, thu(10, 0), &id), err);
	ck_ok(session_begin(&other.desk, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM session"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	close(ready[0]);
	close(ready[1]);
	close_both();
}
END_TEST

START_TEST(a_process_that_got_the_number_of_another_is_not_that_one)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(hold_ten(&b.c), err);
	booked_sql(&b, "UPDATE session SET born = born - 1");
	ck_ok(book_at(&other, b.okafor, thu(10, 0), &id), err);
	ck_ok(booking_cancel(&other.desk, id, CANCEL_PERSON, "ill", &err), err);
	ck_ok(hold_ten(&b.c), err);
	booked_sql(&b, "UPDATE session SET born = born + 2");
	ck_ok(book_at(&other, b.okafor, thu(10, 0), &id), err);
	close_both();
}
END_TEST

START_TEST(a_desk_holds_one_place_and_taking_another_lets_the_first_go)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(hold_ten(&b.c), err);
	ck_ok(hold(&b.c, thu(10, 40), 40, APPT_FU), err); /* two slots */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 2);
	ck_ok(book_at(&other, b.okafor, thu(10, 0), &id), err);
	/* Its second slot is held as well as its first. */
	ck_refused(hold(&other, thu(11, 0), 20, APPT_FU), err, ERR_CLASH);
	close_both();
}
END_TEST

START_TEST(a_refused_hold_leaves_the_one_there_was)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(hold(&other, thu(10, 40), 20, APPT_FU), err);
	ck_ok(hold_ten(&b.c), err);
	ck_refused(hold(&b.c, thu(10, 40), 20, APPT_FU), err, ERR_CLASH);
	ck_refused(book_at(&other, b.okafor, thu(10, 0), &id), err, ERR_CLASH);
	close_both();
}
END_TEST

START_TEST(letting_go_frees_the_time_at_once)
{
	struct hold_ask ask;
	struct moment until;
	struct id first, id;

	open_both("r.adeyemi");
	ask = ten_at_marsh();
	ck_ok(hold_take(&b.c.desk, &ask, &first, &until, &err), err);
	ck_assert_int_eq(until.utc, b.c.desk.now.utc + 300);
	ck_ok(hold_let_go(&b.c.desk, first, &err), err);
	ck_ok(book_at(&other, b.okafor, thu(10, 0), &id), err);
	close_both();
}
END_TEST

START_TEST(a_booking_takes_the_hold_of_its_slots_with_it)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(hold_ten(&b.c), err);
	ck_ok(book_at(&b.c, b.okafor, thu(10, 0), &id), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 0);
	close_both();
}
END_TEST

START_TEST(a_longer_appointment_is_not_laid_over_a_held_slot)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(hold(&b.c, thu(11, 0), 20, APPT_FU), err);

	struct booking_ask ask = { .person = b.okafor,
				   .service = b.physio,
				   .clinician = b.marsh,
				   .starts = thu(10, 40),
				   .mins = 40 };

	ck_refused(booking_book(&other.desk, &ask, &id, &err), err, ERR_CLASH);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	close_both();
}
END_TEST

START_TEST(the_earliest_passes_over_what_others_hold)
{
	struct search s = { .by = DATE_NONE };
	struct booking_ask ask = { .person = b.okafor, .service = b.physio };
	struct id id;

	open_both("r.adeyemi");
	ask = (struct booking_ask){ .person = b.okafor, .service = b.physio, .clinician = b.marsh };
	ck_ok(hold_ten(&b.c), err);
	ck_ok(booking_earliest(&other.desk, &ask, &s, &id, &err), err);
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT starts FROM appointment ORDER BY id DESC LIMIT 1"),
		thu(10, 40).utc);
	close_both();
}
END_TEST

START_TEST(a_search_shows_what_is_held_and_by_whom)
{
	struct search s;
	struct places list = { 0 };

	open_both("r.adeyemi");
	s = (struct search){
		.service = b.physio, .kind = APPT_NEW, .clinician = b.marsh, .by = DATE_NONE
	};
	ck_ok(hold_ten(&b.c), err);
	ck_ok(search_slots(&other.desk, &s, &list, &err), err);
	ck_assert_int_eq(list.v[0].slot.starts.utc, thu(10, 0).utc);
	ck_assert_str_eq(list.v[0].held.by, "p.shah");
	ck_assert(!list.v[0].held.mine);
	ck_assert_str_eq(list.v[1].held.by, "");
	list_free(&list);
	ck_ok(search_slots(&b.c.desk, &s, &list, &err), err);
	ck_assert(list.v[0].held.mine && list.v[0].held.here);
	list_free(&list);
	close_both();
}
END_TEST

START_TEST(what_was_cancelled_does_not_come_back_into_a_held_time)
{
	struct id id;

	open_both("r.adeyemi");
	ck_ok(book_at(&other, b.okafor, thu(10, 0), &id), err);
	ck_ok(booking_cancel(&other.desk, id, CANCEL_PERSON, "ill", &err), err);
	ck_ok(hold_ten(&b.c), err);
	ck_refused(act_undo_of(&other.desk, id, NULL, 0, &err), err, ERR_CLASH);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM desk_hold"), 1);
	close_both();
}
END_TEST

START_TEST(who_may_not_book_holds_nothing_and_no_synced_row_changes_by_a_hold)
{
	char before[65], after[65];

	open_both("m.doyle");
	clinic_digest(&b.c, before);
	ck_refused(hold_ten(&other), err, ERR_DENIED);
	ck_ok(hold_ten(&b.c), err);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	close_both();
}
END_TEST

START_TEST(other_desks_hear_of_a_hold)
{
	open_both("r.adeyemi");
	desk_changed(&other.desk);
	ck_ok(hold_ten(&b.c), err);
	ck_assert(desk_changed(&other.desk));
	ck_assert(!desk_changed(&other.desk));
	/* Ours is no news to us, but what came before it is. */
	ck_ok(hold(&other, thu(10, 40), 20, APPT_FU), err);
	ck_assert(!desk_changed(&other.desk));
	ck_ok(hold(&b.c, thu(12, 40), 40, APPT_NEW), err);
	ck_ok(hold(&other, thu(11, 0), 20, APPT_FU), err);
	ck_assert(desk_changed(&other.desk));
	close_both();
}
END_TEST

/* ---- processes ---- */

/* What the program itself says, as another user: its output, and its exit status. */
static int told_by(const char *words, char *buf, size_t n)
{
	const char *program = getenv("OHDESK") ? getenv("OHDESK") : "build/ohdesk";
	char *cmd = mem_printf("%s --db '%s' --as r.adeyemi --now '2026-03-12 09:42' %s 2>&1",
			       program, b.c.path, words);
	FILE *out = popen(cmd, "r");
	size_t got;
	int status;

	ck_assert(out != NULL);
	got = fread(buf, 1, n - 1, out);
	buf[got] = '\0';
	status = pclose(out);
	mem_free(cmd);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(the_command_line_shows_who_holds_a_time_and_is_refused_it)
{
	char said[4096], id[ID_TEXT], *words;

	open_both("r.adeyemi");
	ck_ok(hold_ten(&b.c), err);
	ck_assert_int_eq(told_by("slot find --service PHYSIO --clinician marsh --limit 1", said,
				 sizeof said),
			 0);
	ck_assert_msg(strstr(said, "\tNEW\tp.shah\t1\t") != NULL, "%s", said);
	words = mem_printf("appt book --person %s --service PHYSIO --clinician marsh --at"
			   " '2026-03-12 10:00'",
			   id_text(b.okafor, id));
	ck_assert_int_eq(told_by(words, said, sizeof said), ERR_CLASH);
	ck_assert_str_eq(said, "ohdesk: p.shah holds that slot to 09:47: choose another, or ask"
			       " them.\n");
	mem_free(words);
	ck_assert_int_eq(told_by("slot why --service PHYSIO --clinician marsh --at"
				 " '2026-03-12 10:00'",
				 said, sizeof said),
			 0);
	ck_assert(strstr(said, "p.shah holds it at another desk to 09:47.") != NULL);
	close_both();
}
END_TEST

static void race_one(int go, int end, int told, const char *user)
{
	struct clinic own = b.c;
	char byte, won;

	if (store_open(b.c.path, 5000, &own.store, &err) < 0 ||
	    desk_open(own.store, &own.world, &own.desk, &err) < 0 ||
	    desk_sit(&own.desk, user, &err) < 0 || write(told, "r", 1) != 1 ||
	    read(go, &byte, 1) != 1)
		_exit(9);
	/* The longest queue is ours to wait for: a race is about who wins, not who gives up. */
	for (;;) {
		won = hold_ten(&own) == 0 ? 'w' : err.kind == ERR_CLASH ? 'l' : 's';
		if (won != 's')
			break;
	}
	/* A hold is worth as much as its process: it stays until all have tried. */
	if (write(told, &won, 1) != 1 || read(end, &byte, 1) != 1)
		_exit(9);
	_exit(0);
}

START_TEST(of_several_processes_that_hold_one_time_one_wins)
{
	enum { DESKS = 3, RACES = 20 };
	static const char *const users[DESKS] = { "p.shah", "r.adeyemi", "j.marsh" };

	booked_open(&b);
	err_clear(&err);
	for (int i = 0; i < RACES; i++) {
		int go[2], end[2], told[2], won = 0, status;
		pid_t pid[DESKS];
		char byte;

		ck_assert_int_eq(pipe(go), 0);
		ck_assert_int_eq(pipe(end), 0);
		ck_assert_int_eq(pipe(told), 0);
		for (int k = 0; k < DESKS; k++) {
			pid[k] = fork();
			ck_assert(pid[k] >= 0);
			if (pid[k] == 0)
				race_one(go[0], end[0], told[1], users[k]);
		}
		for (int k = 0; k < DESKS; k++)
			ck_assert_int_eq(read(told[0], &byte, 1), 1);
		ck_assert_int_eq(write(go[1], "ggg", DESKS), DESKS);
		for (int k = 0; k < DESKS; k++) {
			ck_assert_int_eq(read(told[0], &byte, 1), 1);
			ck_assert(byte == 'w' || byte == 'l');
			won += byte == 'w';
		}
		ck_assert_int_eq(won, 1);
		ck_assert_int_eq(write(end[1], "eee", DESKS), DESKS);
		for (int k = 0; k < DESKS; k++)
			ck_assert_int_eq(waitpid(pid[k], &status, 0), pid[k]);
		for (int k = 0; k < 2; k++) {
			close(go[k]);
			close(end[k]);
			close(told[k]);
		}
	}
	booked_close(&b);
}
END_TEST

TEST_MAIN("hold", what_a_desk_holds_nobody_else_can_book_and_is_told_whose_it_is,
	  a_hold_never_stands_in_its_own_users_way, a_hold_is_over_after_five_minutes,
	  a_hold_ends_with_its_session, the_hold_of_a_killed_process_is_worth_nothing_and_is_swept,
	  a_process_that_got_the_number_of_another_is_not_that_one,
	  a_desk_holds_one_place_and_taking_another_lets_the_first_go,
	  a_refused_hold_leaves_the_one_there_was, letting_go_frees_the_time_at_once,
	  a_booking_takes_the_hold_of_its_slots_with_it,
	  a_longer_appointment_is_not_laid_over_a_held_slot,
	  the_earliest_passes_over_what_others_hold, a_search_shows_what_is_held_and_by_whom,
	  what_was_cancelled_does_not_come_back_into_a_held_time,
	  who_may_not_book_holds_nothing_and_no_synced_row_changes_by_a_hold,
	  other_desks_hear_of_a_hold, the_command_line_shows_who_holds_a_time_and_is_refused_it,
	  of_several_processes_that_hold_one_time_one_wins)
