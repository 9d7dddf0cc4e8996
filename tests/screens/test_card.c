/*
 * test_card.c: a red flag on S5 while nobody comes: the duty number after two minutes or with the
 * line down, the card that is not left, and what is kept when the line or the program breaks.
 */
#include "suite.h"

#include <signal.h>
#include <stdio.h>

#include "at_desk.h"
#include "booked.h"
#include "clinic/flag.h"
#include "clinic/task.h"
#include "store/uplink.h"

static struct booked b;
static struct err err;

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
	booked_sql(&b, "UPDATE site SET duty = '07700900999' WHERE code = 'NGT'");
}

static int64_t count(const char *sql)
{
	return clinic_count(&b.c, sql);
}

static void end(struct pty *p)
{
	at_desk_end(p);
	booked_close(&b);
}

#define FLAGGED "/okaf<Enter>npb-2w<Enter>l6<Enter>y"
#define DUTY	"RING THE DUTY NUMBER NOW: 07700 900999.  Then Ctrl-D: whom you told."
#define FLAGS                                                                                      \
	"SELECT count(*) FROM flag f JOIN task t ON t.person = f.person WHERE f.state = 'open'"    \
	" AND f.kind = 'R' AND t.kind = 'alert' AND t.state = 'open'"

/* Another desk writes something: every desk reads anew. */
static void stir(void)
{
	struct task_ask ask = { .kind = TASK_TODO, .text = "call the lift firm" };

	clinic_sit(&b.c, "r.adeyemi");
	snprintf(ask.to.role, sizeof ask.to.role, "reception");
	ck_ok(task_add(&b.c.desk, &ask, NULL, &err), err);
}

static void nobody_leaves(struct pty *p)
{
	static const char *const ways[] = { "<Esc>", "<F12>", "<F2>", "<F3>", "<C-k>",
					    "<C-t>", "<C-r>", "<F9>", "/" };

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		pty_keys(p, ways[i]);
		ck_assert_msg(pty_find(p, "NEW REFERRAL") == 1, "%s leaves", ways[i]);
		ck_assert_msg(pty_find(p, "Ctrl-D") > 0, "%s says nothing", ways[i]);
	}
}

/* Rung, and recorded: then it is left like any other. */
static void told(struct pty *p)
{
	pty_keys(p, "<C-d>Dr Fairburn<Enter>");
	row_has(p, 23, "M Recorded: Dr Fairburn was told.");
	ck_assert_int_gt(pty_find(p, "Whoever is on duty was told, "), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM flag_call WHERE result = 'told'"
			       " AND words = 'Dr Fairburn'"),
			 1);
	pty_keys(p, "<C-k>");
	row_has(p, 1, "PERSON");
}

START_TEST(after_two_minutes_without_a_nurse_the_card_has_the_duty_number_and_is_not_left)
{
	open_all();
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_keys(p, FLAGGED);
	ck_assert_int_gt(pty_find(p, "Nobody has taken it yet. At 09:44: ring 07700 900999"), 0);
	at_desk_pass(&b.c, 119);
	pty_keys(p, "<C-l>");
	ck_assert_int_eq(pty_find(p, "RING THE DUTY NUMBER"), 0);
	/* Nobody at this desk touches a key. */
	at_desk_pass(&b.c, 1);
	stir();
	pty_wait_for(p, DUTY);
	nobody_leaves(p);
	told(p);
	end(p);
}
END_TEST

START_TEST(with_the_line_down_the_duty_number_is_there_at_once)
{
	open_all();
	ck_ok(uplink_lost(b.c.store, b.c.desk.now, "no route", false, &err), err);
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_keys(p, FLAGGED);
	ck_assert_int_gt(pty_find(p, DUTY), 0);
	ck_assert_int_gt(pty_find(p, "The line is down."), 0);
	nobody_leaves(p);
	told(p);
	end(p);
}
END_TEST

START_TEST(a_line_that_goes_down_while_one_waits_shows_the_number_too)
{
	open_all();
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_keys(p, FLAGGED);
	ck_assert_int_eq(pty_find(p, "RING THE DUTY NUMBER"), 0);
	ck_ok(uplink_lost(b.c.store, b.c.desk.now, "no route", false, &err), err);
	pty_wait_for(p, DUTY);
	told(p);
	end(p);
}
END_TEST

/* The draft is the first thing at the next sign-in, and the card holds as it did. */
static void it_is_all_there(const char *step)
{
	ck_assert_int_eq(count(FLAGS), 1);
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	row_has(p, 1, "PARKED");
	ck_assert_int_gt(pty_find(p, "OKAFOR"), 0);
	pty_keys(p, "<Enter>");
	row_has(p, 1, "NEW REFERRAL");
	ck_assert_int_gt(pty_find(p, step), 0);
	ck_assert_int_gt(pty_find(p, "Say: \"A nurse will ring you"), 0);
	nobody_leaves(p);
	pty_keys(p, "<C-d>Dr Fairburn<Enter>nnnnnnyyy07700900418<Enter><C-s>");
	row_has(p, 23, "saved.");
	ck_assert_int_eq(count(FLAGS), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM referral WHERE unfinished IS NULL"
			       " AND state = 'awaiting_triage'"),
			 1);
	ck_assert_int_eq(count("SELECT count(*) FROM parked"), 0);
	end(p);
}

START_TEST(a_line_that_drops_keeps_the_draft_and_the_flag)
{
	open_all();
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_keys(p, FLAGGED);
	ck_assert_int_eq(pty_hang_up(p), 0);
	it_is_all_there("[2 Safety]");
}
END_TEST

START_TEST(a_killed_program_keeps_the_draft_and_the_flag)
{
	open_all();
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_keys(p, FLAGGED);
	while (count("SELECT count(*) FROM parked WHERE state = 'draft'"
		     " AND place LIKE '%question 2'") == 0)
		ck_assert(pty_alive(p));
	kill(pty_pid(p), SIGKILL);
	ck_assert_int_eq(pty_end(p), 128 + SIGKILL);
	it_is_all_there("[2 Safety]");
}
END_TEST

START_TEST(a_line_that_drops_before_any_flag_keeps_every_answer)
{
	open_all();
	struct pty *p = at_desk(&b.c, "p.shah", NULL);

	pty_keys(p, "/okaf<Enter>npb-2w<Enter>l6<Enter>nnn");
	ck_assert_int_eq(pty_hang_up(p), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM referral"), 0);
	p = at_desk(&b.c, "p.shah", NULL);
	row_has(p, 1, "PARKED");
	pty_keys(p, "<Enter>");
	row_has(p, 23, "You were at: step 2, question 4");
	pty_keys(p, "nnnnyyy07700900418<Enter><C-s>");
	row_has(p, 23, "saved.   Enter Book");
	end(p);
}
END_TEST

TEST_MAIN("card", after_two_minutes_without_a_nurse_the_card_has_the_duty_number_and_is_not_left,
	  with_the_line_down_the_duty_number_is_there_at_once,
	  a_line_that_goes_down_while_one_waits_shows_the_number_too,
	  a_line_that_drops_keeps_the_draft_and_the_flag,
	  a_killed_program_keeps_the_draft_and_the_flag,
	  a_line_that_drops_before_any_flag_keeps_every_answer)
