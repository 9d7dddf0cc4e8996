/* test_message.c: who is told what, which way, by booking, moving, cancelling and taking back. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/config.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/message.h"
#include "store/messages.h"
#include "store/stats.h"

static struct booked b;
static struct err err;

/* Contacts put there as they are: kind, value, and whether messages may go there. */
static void contact(struct id person, const char *kind, const char *value, bool ok)
{
	static int next = 700000;
	char *sql = mem_printf(
		"INSERT INTO contact (id, scope, person, kind, value, text_ok, source,"
		" at, state) VALUES (%d, 'org:WVH', %lld, '%s', '%s', %d, 'desk', 1, 'on')",
		next++, (long long)person.n, kind, value, ok);

	booked_sql(&b, sql);
	mem_free(sql);
}

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

static struct id book(struct id person, struct id service, struct id clinician,
		      struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = starts
	};
	struct id id = { 0 };

	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct id physio(struct id person)
{
	return book(person, b.physio, b.marsh, next_thu(10, 0));
}

static void move(struct id appt, enum cancel_by by)
{
	struct move_ask to = { .starts = next_thu(12, 40), .by = by };

	tick();
	ck_ok(booking_move(&b.c.desk, appt, &to, &err), err);
}

static void undo(void)
{
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
}

/* "change text queued" of every message, newest last, with commas. */
static void messages(const char *want)
{
	char *got =
		booked_text(&b, "SELECT coalesce(group_concat(m, ', '), '') FROM (SELECT event ||"
				" ' ' || channel || ' ' || state AS m FROM message ORDER BY id)");

	ck_assert_str_eq(got, want);
	mem_free(got);
}

static void ring_tasks(int n)
{
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"
					    " AND kind IN ('ring', 'unsent')"),
			 n);
}

/* The last one has left, as far as anybody can see. */
static void sent(void)
{
	booked_sql(&b,
		   "UPDATE message SET state = 'sent' WHERE id = (SELECT max(id) FROM message)");
}

static void open_one(void)
{
	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
}

START_TEST(each_is_told_the_way_they_allow)
{
	static const struct {
		const char *mobile, *email;
		bool text_ok, email_ok;
		const char *status;
		const char *by_us, *by_service; /* confirmation; cancellation by the service */
	} rows[] = {
		{ "07700900418", NULL, true, false, "active", "confirmation text queued",
		  "cancellation text queued" },
		{ "07700900418", "a@wvh.example", true, true, "active", "confirmation text queued",
		  "cancellation text queued" },
		{ "07700900418", "a@wvh.example", false, true, "active",
		  "confirmation email queued", "cancellation email queued" },
		{ "07700900418", "a@wvh.example", false, false, "active", "",
		  "cancellation call phoned" },
		{ NULL, "a@wvh.example", false, true, "active", "confirmation email queued",
		  "cancellation email queued" },
		{ NULL, NULL, false, false, "active", "", "cancellation call phoned" },
		{ "07700900418", NULL, true, false, "leaver", NULL, "" },
		{ "07700900418", NULL, true, false, "deceased", NULL, "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct id id;

		open_one();
		if (rows[i].mobile)
			contact(b.okafor, "mobile", rows[i].mobile, rows[i].text_ok);
		if (rows[i].email)
			contact(b.okafor, "email", rows[i].email, rows[i].email_ok);
		id = physio(b.okafor);
		if (rows[i].by_us)
			messages(rows[i].by_us);
		booked_sql(&b, "DELETE FROM message");
		char *sql = mem_printf("UPDATE person SET status = '%s' WHERE surname = 'OKAFOR'"
				       " OR surname = 'Okafor'",
				       rows[i].status);

		booked_sql(&b, sql);
		mem_free(sql);
		tick();
		ck_ok(booking_cancel(&b.c.desk, id, CANCEL_SERVICE, "leave", &err), err);
		messages(rows[i].by_service);
		ring_tasks(strstr(rows[i].by_service, "call") != NULL);
		booked_close(&b);
	}
}
END_TEST

START_TEST(the_desk_hears_what_was_promised)
{
	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	contact(b.ellis, "mobile", "07700900127", false);
	physio(b.okafor);
	ck_assert_str_eq(b.c.desk.promise, "Text to 07700 900418");
	book(b.ellis, b.ohn, b.adeyemi, next_thu(10, 0));
	ck_assert_str_eq(b.c.desk.promise, "No texts: tell them");
	book(b.webb, b.ohn, b.adeyemi, next_thu(10, 30));
	ck_assert_str_eq(b.c.desk.promise, "No mobile: tell them");
	desk_tick(&b.c.desk);
	ck_assert_str_eq(b.c.desk.promise, "");
	booked_close(&b);
}
END_TEST

START_TEST(what_is_new_withdraws_what_has_not_left)
{
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	id = physio(b.okafor);
	move(id, CANCEL_PERSON);
	messages("confirmation text withdrawn, change text queued");
	tick();
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	messages("confirmation text withdrawn, change text withdrawn, cancellation text queued");
	booked_close(&b);
}
END_TEST

START_TEST(a_longer_appointment_with_another_is_no_news)
{
	struct move_ask to = { .clinician = b.obi };
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	id = physio(b.okafor);
	to.mins = 20;
	to.clinician = (struct id){ 0 };
	ck_ok(booking_move(&b.c.desk, id, &to, &err), err);
	messages("confirmation text queued");
	booked_close(&b);
}
END_TEST

START_TEST(taken_back_it_is_withdrawn_or_put_right)
{
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	physio(b.okafor);
	undo();
	messages("confirmation text withdrawn");
	physio(b.okafor);
	sent();
	undo();
	messages("confirmation text withdrawn, confirmation text sent, cancellation text queued");
	booked_sql(&b, "DELETE FROM message");

	id = book(b.okafor, b.ohn, b.adeyemi, next_thu(10, 0));
	sent();
	tick();
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	undo();
	/* It never left, so nobody believes it: all stands as they were told. */
	messages("confirmation text sent, cancellation text withdrawn");
	tick();
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	sent();
	undo();
	messages("confirmation text sent, cancellation text withdrawn, cancellation text sent,"
		 " confirmation text queued");
	booked_close(&b);
}
END_TEST

START_TEST(a_move_taken_back_tells_the_old_time_only_to_whom_the_new_one_was_told)
{
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	id = physio(b.okafor);
	sent();
	move(id, CANCEL_SERVICE);
	undo();
	messages("confirmation text sent, change text withdrawn");
	move(id, CANCEL_SERVICE);
	sent();
	undo();
	messages(
		"confirmation text sent, change text withdrawn, change text sent, change text queued");
	char *words = booked_text(&b, "SELECT words FROM message ORDER BY id DESC LIMIT 1");

	ck_assert_ptr_nonnull(strstr(words, "Thursday 19 March 2026 at 10:00"));
	mem_free(words);
	booked_close(&b);
}
END_TEST

START_TEST(entered_in_error_is_told_to_nobody_who_was_not_told)
{
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	id = physio(b.okafor);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_ERROR, "wrong person", &err), err);
	messages("confirmation text withdrawn");
	booked_close(&b);
}
END_TEST

START_TEST(who_walks_in_or_arrives_is_told_nothing)
{
	struct booking_ask ask = { 0 };
	struct id id = { 0 };

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	ask.person = b.okafor;
	ask.service = b.physio;
	tick();
	ck_ok(booking_walkin(&b.c.desk, &ask, &id, &err), err);
	messages("");
	undo();
	messages("");
	id = book(b.okafor, b.physio, b.marsh, thu(10, 0));
	tick();
	ck_ok(booking_mark(&b.c.desk, id, APPT_ARRIVED, NULL, &err), err);
	undo();
	messages("confirmation text queued");
	booked_close(&b);
}
END_TEST

START_TEST(what_is_over_is_told_to_nobody)
{
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	id = book(b.okafor, b.physio, b.marsh, thu(10, 0));
	world_pass(&b.c.world, 3600);
	desk_tick(&b.c.desk);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "did not say", &err), err);
	messages("confirmation text withdrawn");
	booked_close(&b);
}
END_TEST

START_TEST(a_private_service_is_named_in_no_message_and_no_task)
{
	struct id id;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	contact(b.okafor, "mobile", "07700900418", true);
	contact(b.ellis, "email", "m@wvh.example", true);
	id = book(b.okafor, b.couns, b.kelly, next_thu(10, 0));
	ck_ok(message_remind(&b.c.desk, id, &err) < 0 ? 0 : -1, err); /* still queued */
	err_clear(&err);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_SERVICE, "ill", &err), err);
	id = book(b.ellis, b.couns, b.kelly, next_thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_SERVICE, "ill", &err), err);
	id = book(b.webb, b.couns, b.kelly, next_thu(11, 0));
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_SERVICE, "ill", &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM message"), 5);
	ck_assert_int_eq(
		clinic_count(&b.c,
			     "SELECT count(*) FROM (SELECT words AS w FROM message UNION ALL"
			     " SELECT title FROM message UNION ALL SELECT text FROM task)"
			     " WHERE w LIKE '%couns%' OR w LIKE '%kelly%' OR w LIKE '%private%'"),
		0);
	/* Nor is the task anybody else's to see. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE service IS NOT NULL"
					    " AND for_role = 'counsellor'"),
			 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_ring_task_goes_when_what_it_says_is_out_of_date)
{
	struct id id;

	open_one();
	id = physio(b.okafor);
	messages("");
	move(id, CANCEL_SERVICE);
	messages("change call phoned");
	ring_tasks(1);
	undo();
	messages("change call withdrawn");
	ring_tasks(0);
	move(id, CANCEL_SERVICE);
	ring_tasks(1);
	tick();
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_SERVICE, "ill", &err), err);
	ring_tasks(1);
	/* Once somebody has rung, they have been told: what is taken back is to be said too. */
	booked_sql(&b, "UPDATE task SET state = 'done', outcome = 'spoke', done_at = 1,"
		       " done_by = opened_by WHERE state = 'open'");
	undo();
	ring_tasks(1);
	messages("change call withdrawn, change call withdrawn, cancellation call phoned,"
		 " confirmation call phoned");
	booked_close(&b);
}
END_TEST

START_TEST(nobody_is_woken_by_a_text)
{
	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	world_pass(&b.c.world, 12 * 3600); /* 21:42 */
	physio(b.okafor);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT not_before FROM message"),
			 wall_moment((struct date){ moment_date(thu(0, 0)).n + 1 }, 480).utc);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT not_after FROM message"), next_thu(10, 0).utc);
	booked_close(&b);
}
END_TEST

START_TEST(a_reminder_and_book_again_go_once_to_whom_they_fit)
{
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	id = book(b.okafor, b.physio, b.marsh, thu(10, 0));
	sent();
	ck_ok(message_remind(&b.c.desk, id, &err), err);
	ck_refused(message_remind(&b.c.desk, id, &err), err, ERR_CLASH);
	ck_refused(message_rebook(&b.c.desk, id, &err), err, ERR_INPUT);
	undo();
	messages("confirmation text sent, reminder text withdrawn");
	ck_ok(message_remind(&b.c.desk, id, &err), err);
	world_pass(&b.c.world, 3600);
	tick();
	ck_ok(booking_mark(&b.c.desk, id, APPT_DNA, NULL, &err), err);
	ck_refused(message_remind(&b.c.desk, id, &err), err, ERR_INPUT);
	ck_ok(message_rebook(&b.c.desk, id, &err), err);
	messages("confirmation text sent, reminder text withdrawn, reminder text queued,"
		 " rebook text queued");
	booked_close(&b);
}
END_TEST

START_TEST(a_reply_becomes_a_task_and_stop_is_obeyed)
{
	char said[120];

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	contact(b.ellis, "mobile", "07700900418", true); /* one telephone, two people */
	physio(b.okafor);
	sent();
	ck_ok(message_reply(&b.c.desk, "+44 7700 900418", "can't do\nthursday", said, sizeof said,
			    &err),
	      err);
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM task WHERE person = (SELECT person"
				      " FROM message LIMIT 1) AND text ="
				      " 'Text back from 07700 900418: can''t do thursday'"),
			 1);
	messages("confirmation text sent, reply text received");
	ck_ok(message_reply(&b.c.desk, "07700900418", "Stop.", said, sizeof said, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM contact WHERE text_ok"), 0);
	ck_ok(message_reply(&b.c.desk, "07700 900999", "hello", said, sizeof said, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE person IS NULL"), 1);
	ck_refused(message_reply(&b.c.desk, "12", "hello", said, sizeof said, &err), err,
		   ERR_INPUT);
	ck_refused(message_reply(&b.c.desk, "07700 900418", " \n", said, sizeof said, &err), err,
		   ERR_INPUT);
	booked_close(&b);
}
END_TEST

/* As the timer does, at that many days and minutes past midnight after Thursday 12 March. */
static int reminded(int days, int hour, int minute)
{
	struct moment at =
		wall_moment((struct date){ moment_date(thu(0, 0)).n + days }, hour * 60 + minute);
	int n = -1;

	world_pass(&b.c.world, at.utc - b.c.desk.now.utc);
	desk_tick(&b.c.desk);
	ck_ok(messages_due(&b.c.desk, 100, &n, &err), err);
	return n;
}

START_TEST(reminders_go_five_days_and_one_day_before_and_once_each)
{
	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	physio(b.okafor); /* Thursday 19 March, 10:00 */
	sent();
	ck_assert_int_eq(reminded(0, 10, 0), 0);
	ck_assert_int_eq(reminded(1, 23, 59), 0);
	/* Due at midnight, on its way in the morning. */
	ck_assert_int_eq(reminded(2, 0, 1), 1);
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT not_before FROM message WHERE event = 'reminder'"),
		wall_moment((struct date){ moment_date(thu(0, 0)).n + 2 }, 480).utc);
	ck_assert_int_eq(
		clinic_count(&b.c, "SELECT not_after FROM message WHERE event = 'reminder'"),
		next_thu(10, 0).utc);
	ck_assert_int_eq(reminded(2, 0, 2), 0);
	sent();
	ck_assert_int_eq(reminded(4, 9, 0), 0);
	ck_assert_int_eq(reminded(6, 9, 0), 1);
	ck_assert_int_eq(reminded(6, 9, 1), 0);
	sent();
	ck_assert_int_eq(reminded(7, 7, 0), 0);
	ck_assert_int_eq(reminded(7, 11, 0), 0);
	messages("confirmation text sent, reminder text sent, reminder text sent");
	booked_close(&b);
}
END_TEST

/* Far from the days that are asked about, before and after them. */
static void others_booked(int n)
{
	char *sql = mem_printf(
		"WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d)"
		" INSERT INTO appointment (id, clinician, site, starts, day, mins, mode, service, kind,"
		" state, moves, asked_at) SELECT 20000000 + n, clinician, site, starts + 86400 *"
		" (30 + n %% 300), day + 30 + n %% 300, mins, mode, service, kind, state, 0, 1 FROM i,"
		" (SELECT * FROM appointment WHERE id > 20999999 LIMIT 1)",
		n);

	booked_sql(&b, sql);
	mem_free(sql);
}

static void others_booked_no_more(void)
{
	booked_sql(&b, "DELETE FROM appointment WHERE id BETWEEN 20000000 AND 20999999");
}

static long steps_of_reminding(int day, int minute)
{
	struct store_work before, after;

	store_work(b.c.store, &before);
	ck_assert_int_eq(reminded(day, 9, minute), 0);
	store_work(b.c.store, &after);
	return (long)(after.steps - before.steps);
}

START_TEST(reminding_costs_by_who_comes_on_those_days_and_not_by_all_who_are_booked)
{
	long small, large;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	physio(b.okafor);
	sent();
	ck_assert_int_eq(reminded(2, 9, 0), 1);
	steps_of_reminding(2, 1);
	others_booked(300);
	small = steps_of_reminding(2, 2);
	others_booked_no_more();
	others_booked(6000);
	large = steps_of_reminding(2, 3);
	ck_assert_int_gt(small, 0);
	ck_assert_msg(2 * large <= 3 * small, "%ld steps became %ld", small, large);
	others_booked_no_more();
	booked_close(&b);
}
END_TEST

START_TEST(who_was_told_of_the_time_since_needs_no_reminder_of_that_day)
{
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	contact(b.ellis, "email", "e@wvh.example", true);
	contact(b.webb, "mobile", "07700900127", false);
	/* Four days before, and on the very day before, they hear of it from the booking. */
	ck_assert_int_eq(reminded(3, 10, 0), 0);
	id = physio(b.okafor);
	book(b.webb, b.ohn, b.adeyemi, next_thu(10, 30));
	ck_assert_int_eq(reminded(3, 10, 5), 0);
	sent();
	ck_assert_int_eq(reminded(6, 8, 0), 1);
	book(b.ellis, b.ohn, b.adeyemi, next_thu(10, 0));
	ck_assert_int_eq(reminded(6, 8, 30), 0);
	/* Moved: what waits is out of date, and the news is the reminder. */
	move(id, CANCEL_PERSON);
	ck_assert_int_eq(reminded(6, 9, 0), 0);
	messages("confirmation text sent, reminder text withdrawn, confirmation email queued,"
		 " change text queued");
	booked_close(&b);
}
END_TEST

START_TEST(reminders_follow_the_settings_and_may_name_what_a_missed_one_costs)
{
	char *words;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	booked_sql(&b,
		   "INSERT INTO setting (id, name, value) VALUES (91, 'remind_first_days', '3'),"
		   " (92, 'remind_last_days', '0'), (93, 'missed_cost', '40')");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	physio(b.okafor);
	sent();
	ck_assert_int_eq(reminded(3, 10, 0), 0);
	ck_assert_int_eq(reminded(4, 10, 0), 1);
	words = booked_text(&b, "SELECT words FROM message WHERE event = 'reminder'");
	ck_assert_ptr_nonnull(strstr(words, "A missed appointment costs about \u00a340."));
	mem_free(words);
	ck_assert_int_eq(reminded(6, 10, 0), 0);
	booked_sql(&b, "UPDATE setting SET value = '0' WHERE name = 'remind_first_days'");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	booked_sql(&b, "DELETE FROM message WHERE event = 'reminder'");
	ck_assert_int_eq(reminded(6, 11, 0), 0);
	booked_close(&b);
}
END_TEST

START_TEST(whoever_runs_the_timer_reminds_of_private_appointments_too_and_names_none)
{
	char *words;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	contact(b.okafor, "mobile", "07700900418", true);
	book(b.okafor, b.couns, b.kelly, next_thu(10, 0));
	sent();
	clinic_sit(&b.c, "p.shah");
	ck_assert_int_eq(reminded(2, 10, 0), 1);
	words = booked_text(&b, "SELECT words FROM message WHERE event = 'reminder'");
	ck_assert_ptr_nonnull(strstr(words, "a reminder of your appointment on Thursday 19 March"));
	ck_assert_ptr_null(strstr(words, "ounsel"));
	mem_free(words);
	booked_close(&b);
}
END_TEST

static void replies(const char *words, const char *want)
{
	char said[120];

	tick();
	ck_ok(message_reply(&b.c.desk, "07700900418", words, said, sizeof said, &err), err);
	ck_assert_str_eq(said, want);
}

static int64_t tasks_open(void)
{
	return clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'");
}

START_TEST(yes_is_kept_and_no_is_a_task_that_says_which_unless_the_setting_cancels)
{
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	id = physio(b.okafor);
	sent();
	replies("Yes.", "Kept: they are coming.");
	ck_assert_int_eq(tasks_open(), 0);
	replies("yes but I may be late", "Kept, and a task for the desk.");
	ck_assert_int_eq(tasks_open(), 1);
	replies("NO", "Kept, and a task for the desk.");
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM task WHERE text = 'Text back from"
				      " 07700 900418: NO.  They will not come Thu 19-Mar 10:00"
				      " at Northgate: cancel or move it'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'B'"),
			 1);
	booked_sql(&b, "INSERT INTO setting (id, name, value) VALUES (91, 'reply_cancels', '1')");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	replies("please cancel", "Kept, and the appointment is cancelled as they wish.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'X' AND"
					    " cancelled_by = 'person'"),
			 1);
	messages("confirmation text sent, reply text received, reply text received,"
		 " reply text received, reply text received, cancellation text queued");
	/* It is over: a second no is about nothing that is to come. */
	replies("no", "Kept, and a task for the desk.");
	(void)id;
	booked_close(&b);
}
END_TEST

START_TEST(no_to_a_private_appointment_is_a_task_of_its_own_desk_whatever_the_setting)
{
	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	contact(b.okafor, "mobile", "07700900418", true);
	book(b.okafor, b.couns, b.kelly, next_thu(10, 0));
	sent();
	booked_sql(&b, "INSERT INTO setting (id, name, value) VALUES (91, 'reply_cancels', '1')");
	clinic_sit(&b.c, "p.shah");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	replies("no", "Kept, and a task for the desk.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment WHERE state = 'B'"),
			 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE service IS NOT NULL"
					    " AND for_role = 'counsellor' AND state = 'open'"),
			 1);
	booked_close(&b);
}
END_TEST

static void put_file(const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", b.c.folder, name);
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
	mem_free(path);
}

START_TEST(a_site_has_its_own_words_and_a_bad_file_stops_no_booking)
{
	struct config *config = NULL;
	char *path, *ini, *words;
	struct id id;

	open_one();
	contact(b.okafor, "mobile", "07700900418", true);
	path = mem_printf("%s/ohdesk.ini", b.c.folder);
	ini = mem_printf("[outbox]\nwording = %s\n", b.c.folder);
	put_file("ohdesk.ini", ini);
	ck_ok(config_open(path, &config, &err), err);
	b.c.desk.config = config;
	put_file("confirmation.text.ini",
		 "[block.a]\ntext = \"{person.given}, come on {appt.day}.\"\n"
		 "[block.b]\ntext = \"Ring {site.phone}.\"\n");
	id = physio(b.okafor);
	words = booked_text(&b, "SELECT words FROM message");
	/* The site has no telephone: what would name it is left out. */
	ck_assert_str_eq(words, "Adaeze, come on Thursday.");
	mem_free(words);
	put_file("change.text.ini", "[block.a]\ntext = \"{clinic.words}\"\n");
	tick();
	struct move_ask to = { .starts = next_thu(12, 40) };

	ck_ok(booking_move(&b.c.desk, id, &to, &err), err);
	ck_assert_ptr_nonnull(
		strstr(b.c.desk.warning, "change.text.ini, line 2: there is no field"));
	words = booked_text(&b, "SELECT words FROM message WHERE event = 'change'");
	ck_assert_ptr_nonnull(strstr(words, "has been moved"));
	mem_free(words);
	mem_free(ini);
	mem_free(path);
	b.c.desk.config = NULL;
	config_close(config);
	booked_close(&b);
}
END_TEST

START_TEST(a_slip_says_when_and_where_and_names_no_private_service)
{
	struct buf slip = { 0 };
	struct id id;

	open_one();
	id = physio(b.okafor);
	ck_ok(message_slip(&b.c.desk, id, &slip, &err), err);
	ck_assert_ptr_nonnull(strstr(slip.s, "Thursday 19 March 2026\n10:00, for 40 minutes\n"));
	buf_clear(&slip);
	clinic_sit(&b.c, "s.kelly");
	id = book(b.ellis, b.couns, b.kelly, next_thu(10, 0));
	ck_ok(message_slip(&b.c.desk, id, &slip, &err), err);
	ck_assert_ptr_nonnull(strstr(slip.s, "Your appointment\n"));
	buf_done(&slip);
	booked_close(&b);
}
END_TEST

TEST_MAIN("message", each_is_told_the_way_they_allow, the_desk_hears_what_was_promised,
	  what_is_new_withdraws_what_has_not_left, a_longer_appointment_with_another_is_no_news,
	  taken_back_it_is_withdrawn_or_put_right,
	  a_move_taken_back_tells_the_old_time_only_to_whom_the_new_one_was_told,
	  entered_in_error_is_told_to_nobody_who_was_not_told,
	  who_walks_in_or_arrives_is_told_nothing, what_is_over_is_told_to_nobody,
	  a_private_service_is_named_in_no_message_and_no_task,
	  a_ring_task_goes_when_what_it_says_is_out_of_date, nobody_is_woken_by_a_text,
	  a_reminder_and_book_again_go_once_to_whom_they_fit,
	  a_reply_becomes_a_task_and_stop_is_obeyed,
	  reminders_go_five_days_and_one_day_before_and_once_each,
	  reminding_costs_by_who_comes_on_those_days_and_not_by_all_who_are_booked,
	  who_was_told_of_the_time_since_needs_no_reminder_of_that_day,
	  reminders_follow_the_settings_and_may_name_what_a_missed_one_costs,
	  whoever_runs_the_timer_reminds_of_private_appointments_too_and_names_none,
	  yes_is_kept_and_no_is_a_task_that_says_which_unless_the_setting_cancels,
	  no_to_a_private_appointment_is_a_task_of_its_own_desk_whatever_the_setting,
	  a_site_has_its_own_words_and_a_bad_file_stops_no_booking,
	  a_slip_says_when_and_where_and_names_no_private_service)
