/*
 * test_outbox.c: messages are sent once, tried again in their time, and never lost.
 *
 * The command of the tests is a shell script in the clinic's folder: it notes the event it was
 * given and does what the file `how` says.
 */
#include "suite.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/config.h"
#include "base/file.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/keeper.h"
#include "clinic/message.h"
#include "clinic/outbox.h"
#include "store/messages.h"
#include "store/stats.h"

static struct booked b;
static struct err err;
static struct config *config;
static struct outbox_done done;

static void put_file(const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", b.c.folder, name);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	ck_assert_int_eq(fclose(f), 0);
	mem_free(path);
}

static char *get_file(const char *name)
{
	char *path = mem_printf("%s/%s", b.c.folder, name);
	struct buf text = { 0 };

	if (file_read(path, 1000000, &text, &err) < 0)
		buf_str(&text, "");
	mem_free(path);
	return text.s ? text.s : mem_str("");
}

/* What the command does once it has noted the event. */
static void how(const char *lines)
{
	put_file("how", lines);
}

static void settings(const char *more)
{
	char *path = mem_printf("%s/ohdesk.ini", b.c.folder);
	char *ini = mem_printf("[outbox]\ntext_command = /bin/sh %s/send %s\n%s", b.c.folder,
			       b.c.folder, more);

	put_file("ohdesk.ini", ini);
	config_close(config);
	ck_ok(config_open(path, &config, &err), err);
	b.c.desk.config = config;
	mem_free(ini);
	mem_free(path);
}

static void open_one(void)
{
	booked_open(&b);
	put_file("send", "cat >$1/got.$$\n"
			 "sed -n 's/^Event: //p' $1/got.$$ >>$1/log\n"
			 "mv $1/got.$$ $1/got\n"
			 ". $1/how\n");
	how("exit 0\n");
	settings("");
	clinic_sit(&b.c, "p.shah");
	booked_sql(&b,
		   "INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at,"
		   " state) SELECT 700000 + id, scope, id, 'mobile', '07700900' || (id % 1000), 1,"
		   " 'desk', 1, 'on' FROM person");
}

static void close_one(void)
{
	config_close(config);
	config = NULL;
	booked_close(&b);
}

static struct id physio(struct id person, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
	struct id id = { 0 };

	desk_tick(&b.c.desk);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void send(void)
{
	ck_ok(outbox_send(&b.c.desk, OUTBOX_BATCH, &done, &err), err);
}

static void pass(int minutes)
{
	world_pass(&b.c.world, 60 * minutes);
	desk_tick(&b.c.desk);
}

static int times_given(void)
{
	char *log = get_file("log");
	int n = 0;

	for (char *p = log; (p = strchr(p, '\n')); p++)
		n++;
	mem_free(log);
	return n;
}

static int in_state(const char *state)
{
	char *sql = mem_printf("SELECT count(*) FROM message WHERE state = '%s'", state);
	int n = (int)clinic_count(&b.c, sql);

	mem_free(sql);
	return n;
}

static int unsent_tasks(void)
{
	return (int)clinic_count(
		&b.c, "SELECT count(*) FROM task WHERE kind = 'unsent' AND state = 'open'");
}

static struct id the_message(void)
{
	return (struct id){ clinic_count(&b.c, "SELECT max(id) FROM message") };
}

START_TEST(a_command_is_given_lines_and_words_and_its_zero_is_sent)
{
	char *got;

	open_one();
	booked_sql(&b, "UPDATE contact SET value = '07700900418'");
	physio(b.okafor, next_thu(10, 0));
	send();
	ck_assert_int_eq(done.sent, 1);
	ck_assert_int_eq(in_state("sent"), 1);
	got = get_file("got");
	ck_assert_int_eq(strncmp(got, "Event: ", 7), 0);
	ck_assert_ptr_nonnull(strstr(got,
				     "\nKind: confirmation\nChannel: text\nTo: 07700900418\n"
				     "Not-After: 2026-03-19 10:00\n\nOccupational Health: your "));
	mem_free(got);
	send();
	ck_assert_int_eq(times_given(), 1);
	/* What has left is not taken back. */
	ck_assert_int_eq(act_undo_last(&b.c.desk, NULL, 0, &err), -1);
	close_one();
}
END_TEST

START_TEST(who_has_no_telephone_is_written_to_and_the_letter_is_printed)
{
	char *paper, *more;
	struct id id;

	open_one();
	more = mem_printf("[print]\ncommand = \"/bin/sh -c 'cat >$0/letter' %s\"\n", b.c.folder);
	settings(more);
	mem_free(more);
	booked_sql(&b,
		   "UPDATE contact SET kind = 'address', text_ok = 0,"
		   " value = '4 Quay Street, Marden, XX1 1XX' WHERE person = (SELECT id FROM person"
		   " WHERE surname = 'OKAFOR')");
	id = physio(b.okafor, next_thu(10, 0));
	ck_assert_int_eq(in_state("queued"), 0);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_SERVICE, "leave", &err), err);
	send();
	ck_assert_int_eq(done.sent, 1);
	paper = get_file("letter");
	ck_assert_int_eq(strncmp(paper,
				 "Ms Adaeze OKAFOR\n4 Quay Street\nMarden\nXX1 1XX\n\n"
				 "Your appointment has been cancelled\n\n"
				 "Dear Ms OKAFOR\n\nWe are sorry",
				 98),
			 0);
	mem_free(paper);
	close_one();
}
END_TEST

START_TEST(an_e_mail_has_its_subject_and_the_name)
{
	char *got, *more;

	open_one();
	more = mem_printf("email_command = /bin/sh %s/send %s\n", b.c.folder, b.c.folder);
	settings(more);
	mem_free(more);
	booked_sql(&b, "UPDATE contact SET kind = 'email', value = 'a.okafor@wvh.example'");
	physio(b.okafor, next_thu(10, 0));
	ck_assert_str_eq(b.c.desk.promise, "E-mail to a.okafor@wvh.example");
	send();
	got = get_file("got");
	ck_assert_ptr_nonnull(
		strstr(got, "\nChannel: email\nTo: a.okafor@wvh.example\nName: Ms Adaeze OKAFOR\n"
			    "Subject: Your appointment on Thursday 19 March 2026 at 10:00\n"));
	mem_free(got);
	close_one();
}
END_TEST

START_TEST(later_is_later_each_time_and_in_the_end_a_task)
{
	static const int waits[] = { 5, 10, 20 };

	open_one();
	settings("tries = 4\n");
	how("echo gateway busy; exit 75\n");
	physio(b.okafor, next_thu(10, 0));
	send();
	ck_assert_int_eq(done.later, 1);
	for (size_t i = 0; i < 3; i++) {
		ck_assert_int_eq(times_given(), (int)i + 1);
		pass(waits[i] - 1);
		send();
		ck_assert_int_eq(times_given(), (int)i + 1);
		/* At most a quarter more, so that not all come back at once. */
		pass(2 + waits[i] / 4);
		send();
	}
	ck_assert_int_eq(times_given(), 4);
	ck_assert_int_eq(in_state("dead"), 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	char *why = booked_text(&b, "SELECT why FROM message");

	ck_assert_str_eq(why, "status 75: gateway busy");
	mem_free(why);
	/* A person has it tried again: the task goes, and the count begins anew. */
	how("exit 0\n");
	ck_ok(message_retry(&b.c.desk, the_message(), &err), err);
	ck_assert_int_eq(unsent_tasks(), 0);
	send();
	ck_assert_int_eq(in_state("sent"), 1);
	close_one();
}
END_TEST

START_TEST(refused_is_refused_for_good)
{
	open_one();
	how("echo no such number; exit 3\n");
	physio(b.okafor, next_thu(10, 0));
	send();
	ck_assert_int_eq(done.dead, 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	pass(24 * 60);
	send();
	ck_assert_int_eq(times_given(), 1);
	ck_ok(message_close(&b.c.desk, the_message(), "rang her", &err), err);
	ck_assert_int_eq(in_state("closed"), 1);
	ck_assert_int_eq(unsent_tasks(), 0);
	/* Taken back, it is owed again. */
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(in_state("dead"), 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	ck_ok(message_phone(&b.c.desk, the_message(), &err), err);
	ck_assert_int_eq(in_state("phoned"), 1);
	ck_assert_int_eq(
		clinic_count(&b.c,
			     "SELECT count(*) FROM task WHERE kind = 'ring' AND state = 'open'"),
		1);
	ck_refused(message_retry(&b.c.desk, the_message(), &err), err, ERR_CLASH);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(in_state("dead"), 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"), 1);
	close_one();
}
END_TEST

START_TEST(who_sends_need_not_be_of_a_private_services_desk)
{
	struct booking_ask ask = { .starts = next_thu(10, 0) };
	struct id id = { 0 };

	open_one();
	clinic_sit(&b.c, "s.kelly");
	ask.person = b.okafor;
	ask.service = b.couns;
	ask.clinician = b.kelly;
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	clinic_sit(&b.c, "p.shah");
	how("exit 3\n");
	send();
	ck_assert_int_eq(done.dead, 1);
	/* But what becomes of it then is for that desk to say. */
	ck_refused(message_close(&b.c.desk, the_message(), "rang", &err), err, ERR_DENIED);
	clinic_sit(&b.c, "m.doyle");
	ck_refused(outbox_send(&b.c.desk, 1, &done, &err), err, ERR_DENIED);
	close_one();
}
END_TEST

START_TEST(after_its_time_nothing_is_sent_and_somebody_rings)
{
	open_one();
	how("exit 75\n");
	physio(b.okafor, thu(10, 0));
	send();
	ck_assert_int_eq(done.later, 1);
	pass(30); /* 10:12 */
	how("exit 0\n");
	send();
	ck_assert_int_eq(times_given(), 1);
	ck_assert_int_eq(in_state("dead"), 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	ck_refused(message_retry(&b.c.desk, the_message(), &err), err, ERR_CLASH);
	close_one();
}
END_TEST

START_TEST(at_night_no_reminder_goes_also_when_it_was_queued_by_day)
{
	struct id id;

	open_one();
	id = physio(b.okafor, next_thu(10, 0));
	send();
	pass(10 * 60); /* 19:42 */
	ck_ok(message_remind(&b.c.desk, id, &err), err);
	how("exit 75\n");
	send();
	ck_assert_int_eq(done.later, 1);
	how("exit 0\n");
	pass(30);
	send();
	ck_assert_int_eq(done.sent, 0);
	pass(11 * 60 + 20); /* 07:32 */
	send();
	ck_assert_int_eq(done.sent, 0);
	pass(30);
	send();
	ck_assert_int_eq(done.sent, 1);
	close_one();
}
END_TEST

START_TEST(the_number_and_the_consent_are_those_of_the_moment_of_sending)
{
	char *got;

	open_one();
	physio(b.okafor, next_thu(10, 0));
	booked_sql(&b, "UPDATE contact SET value = '07700900555'");
	send();
	got = get_file("got");
	ck_assert_ptr_nonnull(strstr(got, "To: 07700900555\n"));
	mem_free(got);
	physio(b.ellis, next_thu(12, 40));
	booked_sql(&b, "UPDATE contact SET text_ok = 0");
	send();
	ck_assert_int_eq(in_state("dead"), 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	booked_sql(&b, "UPDATE contact SET text_ok = 1");
	physio(b.webb, next_thu(10, 40));
	booked_sql(&b, "UPDATE person SET status = 'deceased'");
	send();
	ck_assert_int_eq(in_state("withdrawn"), 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	ck_assert_int_eq(times_given(), 1);
	booked_sql(&b, "UPDATE person SET status = 'active'");
	close_one();
}
END_TEST

START_TEST(what_dies_or_hangs_may_have_sent_and_is_not_given_again)
{
	open_one();
	how("kill -SEGV $$\n");
	physio(b.okafor, next_thu(10, 0));
	send();
	ck_assert_int_eq(done.unsure, 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	settings("seconds = 1\n");
	how("exec tail -f /dev/null\n");
	physio(b.ellis, next_thu(12, 40));
	send();
	ck_assert_int_eq(in_state("unsure"), 2);
	pass(24 * 60);
	send();
	ck_assert_int_eq(times_given(), 2);
	close_one();
}
END_TEST

START_TEST(a_command_that_is_not_there_is_tried_again_later)
{
	open_one();
	put_file("ohdesk.ini", "[outbox]\ntext_command = /nowhere/send-text\n");
	char *path = mem_printf("%s/ohdesk.ini", b.c.folder);

	config_close(config);
	ck_ok(config_open(path, &config, &err), err);
	b.c.desk.config = config;
	mem_free(path);
	physio(b.okafor, next_thu(10, 0));
	send();
	ck_assert_int_eq(done.later, 1);
	/* And a channel without any keeps what it has. */
	b.c.desk.config = NULL;
	pass(60);
	send();
	ck_assert_int_eq(done.waiting, 1);
	ck_assert_int_eq(in_state("queued"), 1);
	close_one();
}
END_TEST

START_TEST(one_that_is_being_tried_keeps_back_what_comes_after_it)
{
	struct move_ask to = { .starts = next_thu(12, 40) };
	struct id id;
	int n;

	open_one();
	id = physio(b.okafor, next_thu(10, 0));
	/* Another process has begun to send the confirmation. */
	ck_ok(store_begin(b.c.store, &err), err);
	ck_ok(outbox_try_begin(b.c.store, the_message(), b.c.desk.now, process_self(), &n, &err),
	      err);
	ck_ok(store_commit(b.c.store, &err), err);
	pass(1);
	ck_ok(booking_move(&b.c.desk, id, &to, &err), err);
	ck_assert_int_eq(in_state("withdrawn"), 0);
	send();
	ck_assert_int_eq(times_given(), 0);
	/* It could not be sent just then: by now it is out of date, and only the change goes. */
	booked_sql(&b, "UPDATE outbox_try SET ended = 1, result = 'later', next_at = 1");
	send();
	ck_assert_int_eq(times_given(), 1);
	ck_assert_int_eq(in_state("withdrawn"), 1);
	char *got = get_file("got");

	ck_assert_ptr_nonnull(strstr(got, "Kind: change"));
	mem_free(got);
	close_one();
}
END_TEST

/* What another node's cancellation does, which knows nothing of tries: the row alone is changed. */
static void withdraw_meanwhile(void)
{
	struct process gone = { 1, 1 };
	int n;

	physio(b.okafor, next_thu(10, 0));
	ck_ok(store_begin(b.c.store, &err), err);
	ck_ok(outbox_try_begin(b.c.store, the_message(), b.c.desk.now, gone, &n, &err), err);
	ck_ok(store_commit(b.c.store, &err), err);
	booked_sql(&b, "UPDATE message SET state = 'withdrawn', ended_at = 1");
}

START_TEST(one_withdrawn_elsewhere_while_it_was_sent_is_settled_and_stops_no_other)
{
	open_one();
	withdraw_meanwhile();
	physio(b.ellis, next_thu(10, 40));
	send();
	/* It may have gone: somebody rings.  The other goes as if nothing had been. */
	ck_assert_int_eq(done.unsure, 1);
	ck_assert_int_eq(in_state("unsure"), 1);
	ck_assert_int_eq(unsent_tasks(), 1);
	ck_assert_int_eq(done.sent, 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM outbox_try WHERE ended IS NULL"),
			 0);
	close_one();
}
END_TEST

/* ---- killed, and several at once ---- */

/* Many messages that are due. */
static void queue_many(int n)
{
	char *sql = mem_printf(
		"WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d)"
		" INSERT INTO message (id, scope, event, channel, person, words, not_before,"
		" not_after, node, state, at) SELECT 800000 + n, 'org:WVH', 'rebook', 'text', %lld,"
		" 'words', 1, 4000000000, 1, 'queued', 1 FROM i",
		n, (long long)b.okafor.n);

	booked_sql(&b, sql);
	mem_free(sql);
}

/* A process of its own that sends all it finds, as the timer's would. */
static pid_t sender(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct clinic second;
		struct outbox_done d;
		struct err why = ERR_INIT;

		clinic_second(&b.c, &second, "p.shah");
		second.desk.config = config;
		_exit(outbox_send(&second.desk, 10000, &d, &why) == 0 ? 0 : 1);
	}
	return pid;
}

static int waited(pid_t pid)
{
	int status = 0;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

/* How many events stand in the log more than once. */
static int twice(void)
{
	char *cmd = mem_printf("test $(sort %s/log | uniq -d | wc -l) = 0", b.c.folder);
	int rc = system(cmd);

	mem_free(cmd);
	return rc;
}

START_TEST(several_senders_at_once_give_each_event_once)
{
	pid_t pids[3];

	open_one();
	queue_many(40);
	for (size_t i = 0; i < 3; i++)
		pids[i] = sender();
	for (size_t i = 0; i < 3; i++)
		ck_assert_int_eq(waited(pids[i]), 0);
	ck_assert_int_eq(times_given(), 40);
	ck_assert_int_eq(in_state("sent"), 40);
	ck_assert_int_eq(twice(), 0);
	close_one();
}
END_TEST

/* Kills a sender each time that so many events have been logged, until nothing is left; the command
 * blocks on a pipe in the middle now and then, so that the kill falls into every step. */
static void kill_again_and_again(int n)
{
	for (int round = 0; in_state("queued") > 0; round++) {
		int before = times_given(), spin = 0;
		pid_t pid = sender();

		ck_assert_int_lt(round, 10 * n);
		/* Some thousand turns more or fewer: every place in between is met sometimes. */
		while (times_given() == before && waitpid(pid, NULL, WNOHANG) == 0)
			;
		for (int i = 0; i < (round * 7919) % 5000; i++)
			spin += getppid() > 0;
		ck_assert_int_ge(spin, 0);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}

START_TEST(killed_at_any_moment_none_goes_twice_and_none_is_lost)
{
	open_one();
	queue_many(25);
	kill_again_and_again(25);
	send(); /* what the last one left open */
	ck_assert_int_eq(in_state("queued"), 0);
	ck_assert_int_eq(in_state("sent") + in_state("unsure"), 25);
	ck_assert_int_eq(twice(), 0);
	/* Whatever was sent was given; whatever was cut off is a task for a person. */
	ck_assert_int_ge(times_given(), in_state("sent"));
	ck_assert_int_eq(unsent_tasks(), in_state("unsure"));
	ck_assert_int_gt(in_state("unsure"), 0);
	close_one();
}
END_TEST

START_TEST(with_commands_that_know_an_event_again_all_arrive_once)
{
	open_one();
	put_file("send", "cat >$1/got.$$\n"
			 "e=$(sed -n 's/^Event: //p' $1/got.$$); rm $1/got.$$\n"
			 "mkdir $1/event.$e 2>/dev/null && echo $e >>$1/log\n"
			 "exit 0\n");
	settings("repeats = yes\n");
	queue_many(25);
	kill_again_and_again(25);
	send();
	ck_assert_int_eq(in_state("sent"), 25);
	ck_assert_int_eq(times_given(), 25);
	ck_assert_int_eq(twice(), 0);
	close_one();
}
END_TEST

/* What was sent, told and tried stays for ever. */
static void much_sent(int n)
{
	char *sql = mem_printf(
		"WITH RECURSIVE i (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < %d)"
		" INSERT INTO message (id, scope, event, channel, person, words, not_before,"
		" not_after, node, state, at, ended_at) SELECT 10000000 + n, 'org:WVH', 'reminder',"
		" 'text', person, 'words', 1, 2, 1, 'sent', 1, 1 FROM i, (SELECT id AS person FROM"
		" person WHERE surname = 'WEBB');"
		"INSERT INTO outbox_try (message, n, began, pid, born, ended, result) SELECT id, 1, 1,"
		" 1, 1, 1, 'sent' FROM message WHERE id > 10000000",
		n);

	booked_sql(&b, sql);
	mem_free(sql);
}

/* A send with two that are due, the list, the count, a person's, an appointment's. */
static long steps_of_a_round(void)
{
	struct store_work before, after;
	struct outbox_trouble trouble;
	struct msgs list = { 0 };

	pass(1);
	store_work(b.c.store, &before);
	send();
	ck_ok(outbox_list(&b.c.desk, 0, b.c.desk.now, &list, &err), err);
	ck_ok(outbox_trouble(&b.c.desk, &trouble, &err), err);
	ck_ok(messages_of(&b.c.desk, b.okafor, 4, &list, &err), err);
	store_work(b.c.store, &after);
	list_free(&list);
	return (long)(after.steps - before.steps);
}

START_TEST(what_was_sent_long_ago_costs_nothing)
{
	long small, large;

	open_one();
	how("exit 0\n");
	much_sent(1000);
	physio(b.okafor, next_thu(10, 0));
	steps_of_a_round();
	physio(b.ellis, next_thu(12, 40));
	small = steps_of_a_round();
	booked_sql(&b, "DELETE FROM outbox_try; DELETE FROM message WHERE id > 10000000");
	much_sent(20000);
	physio(b.webb, next_thu(10, 40));
	large = steps_of_a_round();
	ck_assert_int_gt(small, 0);
	ck_assert_msg(2 * large <= 3 * small, "%ld steps became %ld", small, large);
	close_one();
}
END_TEST

TEST_MAIN("outbox", a_command_is_given_lines_and_words_and_its_zero_is_sent,
	  who_has_no_telephone_is_written_to_and_the_letter_is_printed,
	  an_e_mail_has_its_subject_and_the_name, later_is_later_each_time_and_in_the_end_a_task,
	  refused_is_refused_for_good, who_sends_need_not_be_of_a_private_services_desk,
	  after_its_time_nothing_is_sent_and_somebody_rings,
	  at_night_no_reminder_goes_also_when_it_was_queued_by_day,
	  the_number_and_the_consent_are_those_of_the_moment_of_sending,
	  what_dies_or_hangs_may_have_sent_and_is_not_given_again,
	  a_command_that_is_not_there_is_tried_again_later,
	  one_that_is_being_tried_keeps_back_what_comes_after_it,
	  one_withdrawn_elsewhere_while_it_was_sent_is_settled_and_stops_no_other,
	  several_senders_at_once_give_each_event_once,
	  killed_at_any_moment_none_goes_twice_and_none_is_lost,
	  with_commands_that_know_an_event_again_all_arrive_once,
	  what_was_sent_long_ago_costs_nothing)
