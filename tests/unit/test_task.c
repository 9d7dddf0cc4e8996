/* test_task.c: tasks: opened, shown to whom they are for, ended by an outcome only. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/act.h"
#include "clinic/attempt.h"
#include "clinic/task.h"
#include "store/journal.h"
#include "store/tasks.h"
#include "suite.h"
#include "booked.h"

static struct booked b;
static struct err err;
static const struct id nobody = { 0 };

static struct txn begin(void)
{
	ck_ok(store_begin(b.c.store, &err), err);
	return (struct txn){ .store = b.c.store,
			     .origin = store_me(b.c.store)->node,
			     .actor = b.c.desk.user.id,
			     .at = b.c.desk.now };
}

static void done(struct new_tasks *list)
{
	list_each (n, list) {
		mem_free((char *)n->kind);
		mem_free((char *)n->text);
		mem_free((char *)n->role);
	}
	list_free(list);
}

START_TEST(a_task_of_a_command_stands_as_its_arguments_say)
{
	struct new_tasks list = { 0 };
	struct task got;
	struct txn t;
	struct id id;

	booked_open(&b);
	t = begin();
	struct new_task *n =
		task_open(&b.c.desk, &list, TASK_RING, b.c.desk.now, "Ring %s", "OKAFOR");

	n->person = b.okafor;
	n->role = mem_str("reception");
	n->site = b.ngt;
	id = n->id;
	tasks_put(&t, &list, "org:WVH");
	ck_ok(store_commit(b.c.store, &err), err);
	done(&list);
	ck_ok(task_get(b.c.store, id, &got, &err), err);
	ck_assert_int_eq(got.kind, TASK_RING);
	ck_assert_str_eq(got.text, "Ring OKAFOR");
	ck_assert_str_eq(got.role, "reception");
	ck_assert_str_eq(got.state, "open");
	ck_assert(id_same(got.person, b.okafor));
	ck_assert(id_same(got.opened_by, b.c.desk.user.id));
	booked_close(&b);
}
END_TEST

START_TEST(a_text_too_long_is_cut_between_two_letters)
{
	struct new_tasks list = { 0 };
	char wide[3 * TASK_TEXT];

	for (size_t i = 0; i + 2 < sizeof wide; i += 2)
		memcpy(wide + i, "\xc3\xa9", 3);
	wide[sizeof wide - 1] = '\0';
	booked_open(&b);
	begin();
	struct new_task *n = task_open(&b.c.desk, &list, TASK_TODO, b.c.desk.now, "%s", wide);

	ck_assert(text_valid(n->text, strlen(n->text)));
	ck_assert_int_eq(text_width(n->text), TASK_COLUMNS);
	store_rollback(b.c.store);
	done(&list);
	booked_close(&b);
}
END_TEST

START_TEST(a_task_whose_command_is_taken_back_is_withdrawn_unless_it_was_done)
{
	struct new_tasks list = { 0 };
	struct task_ids ids = { 0 };
	struct task got;
	struct txn t;

	booked_open(&b);
	t = begin();
	for (int i = 0; i < 2; i++)
		task_open(&b.c.desk, &list, TASK_RING, b.c.desk.now, "Ring")->role =
			mem_str("reception");
	tasks_put(&t, &list, "care:1");
	task_ids_of(&list, &ids);
	ck_ok(store_commit(b.c.store, &err), err);
	booked_sql(&b, "UPDATE task SET state = 'done', outcome = 'spoke', done_at = 1, done_by = 1"
		       " WHERE id = (SELECT min(id) FROM task)");
	t = begin();
	tasks_withdraw(&t, &ids);
	ck_ok(store_commit(b.c.store, &err), err);
	ck_ok(task_get(b.c.store, ids.v[0], &got, &err), err);
	ck_assert_str_eq(got.state, "done");
	ck_ok(task_get(b.c.store, ids.v[1], &got, &err), err);
	ck_assert_str_eq(got.state, "withdrawn");
	done(&list);
	list_free(&ids);
	booked_close(&b);
}
END_TEST

/* ---- what people do ---- */

static struct task_for whom(const char *text)
{
	struct task_for to = { 0 };

	ck_ok(task_for_parse(&b.c.desk, text, &to, &err), err);
	return to;
}

static struct id add(enum task_kind kind, const char *to, const char *text)
{
	struct task_ask ask = { .kind = kind, .to = whom(to), .text = text };
	struct id id = { 0 };

	ck_ok(task_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static size_t listed(const char *user, enum task_list which)
{
	struct task_rows rows = { 0 };
	size_t n;

	clinic_sit(&b.c, user);
	ck_ok(task_rows(&b.c.desk, which, &rows, &err), err);
	n = rows.n;
	list_free(&rows);
	return n;
}

static int counted(const char *user)
{
	int n = -1;

	clinic_sit(&b.c, user);
	ck_ok(task_count(&b.c.desk, &n, &err), err);
	return n;
}

static void open_as(const char *user)
{
	booked_open(&b);
	err_clear(&err);
	clinic_sit(&b.c, user);
}

START_TEST(a_task_is_listed_and_counted_for_whom_it_is)
{
	open_as("p.shah");
	add(TASK_TODO, "nurse@all", "order gloves");
	add(TASK_TODO, "clinician.physio@all", "sign the form");
	add(TASK_TODO, "r.adeyemi", "ring home");
	add(TASK_TODO, "reception", "tidy the leaflets");
	ck_assert_int_eq(counted("p.shah"), 1);
	ck_assert_uint_eq(listed("p.shah", TASKS_FOR_ME), 1);
	ck_assert_uint_eq(listed("p.shah", TASKS_MINE), 0);
	/* What they opened they go on seeing. */
	ck_assert_uint_eq(listed("p.shah", TASKS_ALL), 4);
	ck_assert_int_eq(counted("r.adeyemi"), 2);
	ck_assert_uint_eq(listed("r.adeyemi", TASKS_MINE), 1);
	ck_assert_uint_eq(listed("r.adeyemi", TASKS_ROLE), 1);
	ck_assert_int_eq(counted("j.marsh"), 1);
	ck_assert_int_eq(counted("s.kelly"), 0);
	ck_assert_int_eq(counted("m.doyle"), 0);
	ck_assert_uint_eq(listed("m.doyle", TASKS_ALL), 4);
	booked_close(&b);
}
END_TEST

START_TEST(of_very_many_those_that_are_due_first_are_listed)
{
	static const enum task_list lists[] = { TASKS_ROLE, TASKS_ALL };

	open_as("p.shah");
	add(TASK_TODO, "reception@all", "first of all");
	booked_sql(&b,
		   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
		   " INSERT INTO task (id, scope, kind, text, due, for_role, opened_at, opened_by,"
		   " state) SELECT 900000 + i, 'care:1', 'review', 'x', t.due + i * 86400,"
		   " 'reception', t.opened_at, t.opened_by, 'open' FROM n, task t");
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct task_rows rows = { 0 };

		ck_ok(task_rows(&b.c.desk, lists[i], &rows, &err), err);
		ck_assert_uint_eq(rows.n, 2000);
		ck_assert_str_eq(rows.v[0].t.text, "first of all");
		ck_assert_int_eq(rows.v[1999].t.id.n, 900000 + 1999);
		list_free(&rows);
	}
	ck_assert_uint_eq(listed("m.doyle", TASKS_ALL), 2000);
	booked_close(&b);
}
END_TEST

START_TEST(a_task_of_another_site_is_not_for_this_desk)
{
	open_as("a.root");
	booked_sql(&b, "INSERT INTO user (id, name, role, person, site, state)"
		       " SELECT 77, 't.reid', 'reception', 'REID, Tom (Mr)', id, 'on' FROM site"
		       " WHERE code = 'HBR'");
	add(TASK_TODO, "reception@HBR", "there");
	add(TASK_TODO, "reception@ngt", "here");
	add(TASK_TODO, "reception@all", "anywhere");
	ck_assert_int_eq(counted("p.shah"), 2);
	ck_assert_uint_eq(listed("p.shah", TASKS_FOR_ME), 2);
	ck_assert_int_eq(counted("t.reid"), 2);
	booked_close(&b);
}
END_TEST

START_TEST(whose_right_it_asks_for_finds_it)
{
	struct task_for to;

	open_as("p.shah");
	ck_refused(task_for_parse(&b.c.desk, "duty@all", &to, &err), err, ERR_MISSING);
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state)"
		       " SELECT 77, id, 'duty', 'on' FROM user WHERE name = 'r.adeyemi'");
	add(TASK_RING, "duty@all", "red flag");
	ck_assert_int_eq(counted("r.adeyemi"), 1);
	ck_assert_int_eq(counted("p.shah"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_task_of_a_private_service_is_not_there_for_others)
{
	static const char *const others[] = { "p.shah", "r.adeyemi", "m.doyle", "a.root" };
	struct task_ask ask = { .kind = TASK_RING, .text = "did not come" };
	struct task_for to;
	struct task_row row;
	struct trail trail = { 0 };
	struct id id;

	open_as("s.kelly");
	ask.service = b.couns;
	ask.to = whom("r.adeyemi");
	ck_refused(task_add(&b.c.desk, &ask, &id, &err), err, ERR_INPUT);
	ask.to = whom("counsellor@all");
	ask.person = b.webb;
	ck_ok(task_add(&b.c.desk, &ask, &id, &err), err);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		ck_assert_int_eq(counted(others[i]), 0);
		for (int l = 0; l < TASK_LISTS; l++)
			ck_assert_uint_eq(listed(others[i], (enum task_list)l), 0);
		ck_refused(task_one(&b.c.desk, id, &row, &err), err, ERR_MISSING);
		ck_refused(task_history(&b.c.desk, id, &trail, &err), err, ERR_MISSING);
		ck_refused(task_done(&b.c.desk, id, "spoke", NULL, &err), err, ERR_MISSING);
		ck_refused(task_note(&b.c.desk, id, "x", &err), err, ERR_MISSING);
		ck_refused(task_add(&b.c.desk, &ask, NULL, &err), err, ERR_DENIED);
	}
	/* Its own desk of reception has the right. */
	clinic_sit(&b.c, "s.kelly");
	to = whom("reception@all");
	ck_refused(task_hand(&b.c.desk, id, &to, NULL, &err), err, ERR_INPUT);
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state)"
		       " SELECT 77, id, 'counselling_desk', 'on' FROM user WHERE name = 'p.shah'");
	ck_ok(task_hand(&b.c.desk, id, &to, NULL, &err), err);
	ck_assert_int_eq(counted("p.shah"), 1);
	/* What is for that desk a counsellor finds as well, and nobody else does. */
	clinic_sit(&b.c, "p.shah");
	to = whom("counselling_desk@all");
	ck_ok(task_hand(&b.c.desk, id, &to, NULL, &err), err);
	ck_assert_int_eq(counted("p.shah"), 1);
	ck_assert_int_eq(counted("s.kelly"), 0);
	ck_assert_uint_eq(listed("s.kelly", TASKS_ALL), 1);
	ck_assert_uint_eq(listed("m.doyle", TASKS_ALL), 0);
	clinic_sit(&b.c, "s.kelly");
	ck_ok(task_done(&b.c.desk, id, "spoke", NULL, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(nothing_ends_without_an_outcome)
{
	struct task got;
	struct id id;

	open_as("p.shah");
	for (int k = 0; k < TASK_KIND_COUNT; k++) {
		struct task_outcome all[TASK_OUTCOMES_MOST];

		/* A clinical one is not reception's to end: test_flag.c. */
		if (task_kind_clinical((enum task_kind)k))
			continue;

		id = add((enum task_kind)k, "reception", "something");
		ck_assert_int_gt(task_outcomes((enum task_kind)k, all), 1);
		ck_refused(task_done(&b.c.desk, id, "", NULL, &err), err, ERR_INPUT);
		ck_refused(task_done(&b.c.desk, id, "finished", NULL, &err), err, ERR_INPUT);
		ck_refused(task_done(&b.c.desk, id, TASK_OTHER, NULL, &err), err, ERR_INPUT);
		ck_refused(task_done(&b.c.desk, id, TASK_OTHER, "  ", &err), err, ERR_INPUT);
		/* Handing over, putting off and noting end nothing. */
		struct task_for nurse = whom("r.adeyemi"), back = whom("reception");

		ck_ok(task_hand(&b.c.desk, id, &nurse, NULL, &err), err);
		ck_ok(task_hand(&b.c.desk, id, &back, NULL, &err), err);
		ck_ok(task_later(&b.c.desk, id, next_thu(9, 0), "away", &err), err);
		ck_ok(task_note(&b.c.desk, id, "seen", &err), err);
		ck_ok(task_get(b.c.store, id, &got, &err), err);
		ck_assert_str_eq(got.state, "open");
		ck_ok(task_done(&b.c.desk, id, all[0].code, NULL, &err), err);
		ck_ok(task_get(b.c.store, id, &got, &err), err);
		ck_assert_str_eq(got.outcome, all[0].code);
		ck_assert(id_same(got.done_by, b.c.desk.user.id));
	}
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'done'"
					    " AND outcome IS NULL"),
			 0);
	booked_close(&b);
}
END_TEST

START_TEST(the_database_itself_keeps_no_end_without_an_outcome)
{
	static const char *const ways[] = {
		"UPDATE task SET state = 'done'",
		"UPDATE task SET state = 'done', outcome = 'spoke'",
		"UPDATE task SET state = 'gone'",
		"UPDATE task SET for_user = NULL, for_role = NULL",
	};

	open_as("p.shah");
	add(TASK_RING, "reception", "ring");
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		char *sql = mem_printf("UPDATE OR IGNORE %s", ways[i] + strlen("UPDATE "));

		/* OR IGNORE: a refused row stays as it was. */
		booked_sql(&b, sql);
		mem_free(sql);
	}
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"
					    " AND for_role = 'reception'"),
			 1);
	booked_close(&b);
}
END_TEST

START_TEST(who_comes_second_hears_who_was_first)
{
	struct clinic other;
	struct id id;

	open_as("p.shah");
	id = add(TASK_RING, "reception", "ring");
	clinic_second(&b.c, &other, "m.doyle");
	ck_ok(task_done(&other.desk, id, "spoke", NULL, &err), err);
	ck_refused(task_done(&b.c.desk, id, "wrong_number", NULL, &err), err, ERR_CLASH);
	err_clear(&err);
	ck_assert_int_eq(task_later(&b.c.desk, id, next_thu(9, 0), "x", &err), -1);
	ck_assert_str_eq(err.text, "m.doyle has done that already, 09:42: spoke.");
	clinic_second_close(&other);
	booked_close(&b);
}
END_TEST

START_TEST(only_whom_it_is_for_or_a_manager_ends_it)
{
	struct task_for nurse;
	struct id id;

	open_as("p.shah");
	id = add(TASK_TODO, "r.adeyemi", "look at this");
	ck_refused(task_done(&b.c.desk, id, "done", NULL, &err), err, ERR_DENIED);
	ck_refused(task_later(&b.c.desk, id, next_thu(9, 0), "x", &err), err, ERR_DENIED);
	/* Who asked may send it elsewhere. */
	nurse = whom("nurse@all");
	ck_ok(task_hand(&b.c.desk, id, &nurse, NULL, &err), err);
	clinic_sit(&b.c, "j.marsh");
	ck_refused(task_done(&b.c.desk, id, "done", NULL, &err), err, ERR_MISSING);
	clinic_sit(&b.c, "m.doyle");
	ck_ok(task_done(&b.c.desk, id, "done", NULL, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(an_answer_goes_back_to_who_sent_the_message_and_is_one_act)
{
	struct task_rows rows = { 0 };
	struct id id;

	open_as("p.shah");
	id = add(TASK_MESSAGE, "r.adeyemi", "Can you see OKAFOR today?");
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(task_done(&b.c.desk, id, TASK_ANSWERED, NULL, &err), err, ERR_INPUT);
	ck_ok(task_done(&b.c.desk, id, TASK_ANSWERED, "At two.", &err), err);
	clinic_sit(&b.c, "p.shah");
	ck_ok(task_rows(&b.c.desk, TASKS_MINE, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert_str_eq(rows.v[0].t.text, "At two.");
	ck_assert_str_eq(rows.v[0].by, "r.adeyemi");
	list_free(&rows);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(counted("p.shah"), 0);
	ck_assert_int_eq(counted("r.adeyemi"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(what_another_did_since_is_not_undone)
{
	struct task_for nurse;
	struct id id;

	open_as("p.shah");
	nurse = whom("nurse@all");
	id = add(TASK_TODO, "reception", "look at this");
	ck_ok(task_hand(&b.c.desk, id, &nurse, "clinical", &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(task_note(&b.c.desk, id, "tomorrow", &err), err);
	clinic_sit(&b.c, "p.shah");
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(a_call_that_nobody_answered_ends_nothing_and_comes_again)
{
	struct attempt was;
	struct task got;
	struct id id;

	open_as("p.shah");
	id = add(TASK_RING, "reception", "ring");
	ck_ok(attempt(&b.c.desk, nobody, id, TRY_NO_ANSWER, &was, &err), err);
	ck_ok(task_get(b.c.store, id, &got, &err), err);
	ck_assert_str_eq(got.state, "open");
	ck_assert_int_eq(got.due.utc, was.again.utc);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(task_get(b.c.store, id, &got, &err), err);
	ck_assert_int_eq(got.due.utc, b.c.desk.now.utc);
	/* Whose call it is not cannot try it either, not even who asked for it. */
	struct id theirs = add(TASK_RING, "nurse@all", "ring");

	ck_refused(attempt(&b.c.desk, nobody, theirs, TRY_NO_ANSWER, &was, &err), err, ERR_DENIED);
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(attempt(&b.c.desk, nobody, id, TRY_NO_ANSWER, &was, &err), err, ERR_MISSING);
	booked_close(&b);
}
END_TEST

START_TEST(what_is_due_is_read_as_people_type_it)
{
	static const struct {
		const char *typed;
		int month, day, hour, minute;
	} due[] = {
		{ "now", 3, 12, 9, 42 },	 { "14:30", 3, 12, 14, 30 },
		{ "2.15", 3, 12, 2, 15 },	 { "tom", 3, 13, 17, 0 },
		{ "tom 10", 3, 13, 10, 0 },	 { "+3d", 3, 15, 17, 0 },
		{ "16 mar 9:30", 3, 16, 9, 30 }, { "16/3", 3, 16, 17, 0 },
	};
	struct moment m;

	open_as("p.shah");
	for (size_t i = 0; i < sizeof due / sizeof *due; i++) {
		struct date d;

		date_from_ymd(2026, due[i].month, due[i].day, &d);
		ck_ok(task_due_parse(&b.c.desk, due[i].typed, &m, &err), err);
		ck_assert_msg(m.utc == wall_moment(d, due[i].hour * 60 + due[i].minute).utc, "%s",
			      due[i].typed);
	}
	ck_refused(task_due_parse(&b.c.desk, "soonish", &m, &err), err, ERR_INPUT);
	struct id id = add(TASK_TODO, "reception", "x");

	ck_refused(task_later(&b.c.desk, id, thu(8, 0), "x", &err), err, ERR_INPUT);
	ck_refused(task_later(&b.c.desk, id, next_thu(8, 0), NULL, &err), err, ERR_INPUT);
	booked_close(&b);
}
END_TEST

START_TEST(whom_it_cannot_reach_is_refused_in_words)
{
	static const struct {
		const char *typed;
		enum err_kind kind;
	} bad[] = { { "", ERR_INPUT },
		    { "nobody", ERR_INPUT },
		    { "clinician.barber", ERR_INPUT },
		    { "clinician.physician@all", ERR_MISSING },
		    { "reception@XXX", ERR_MISSING },
		    { "reception@HBR", ERR_MISSING } };
	struct task_for to;

	open_as("p.shah");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		err_clear(&err);
		ck_assert_int_eq(task_for_parse(&b.c.desk, bad[i].typed, &to, &err), -1);
		ck_assert_msg(err.kind == bad[i].kind, "%s: %s", bad[i].typed, err.text);
	}
	booked_sql(&b, "UPDATE user SET state = 'off' WHERE name = 's.kelly'");
	ck_refused(task_for_parse(&b.c.desk, "s.kelly", &to, &err), err, ERR_INPUT);
	booked_close(&b);
}
END_TEST

START_TEST(a_command_that_makes_no_sense_is_not_understood_and_breaks_nothing)
{
	/* In the canonical encoding of the last change, each in turn. */
	static const struct {
		const char *from, *to;
	} bent[] = { { "5:state4:done", "5:state4:gone" },
		     { "7:outcome5:spoke", "7:outcame5:spoke" },
		     { "4:role9:reception", "4:role0:" } };
	struct cmds list = { 0 };
	struct id id;

	open_as("p.shah");
	id = add(TASK_RING, "reception", "ring");
	ck_ok(task_done(&b.c.desk, id, "spoke", NULL, &err), err);
	ck_ok(journal_act(b.c.store, b.c.desk.acted, &list, &err), err);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	for (size_t i = 0; i < sizeof bent / sizeof *bent; i++) {
		const struct act *act = act_find("task_done");
		char *bytes = mem_strn(list.v[0].args, list.v[0].args_n);
		size_t n = list.v[0].args_n, at = 0, len = strlen(bent[i].from);
		struct buf whole = { 0 };
		void *args = NULL;
		struct txn t = begin();

		while (at + len <= n && memcmp(bytes + at, bent[i].from, len) != 0)
			at++;
		ck_assert_msg(at + len <= n, "no %s", bent[i].from);
		buf_add(&whole, bytes, at);
		buf_str(&whole, bent[i].to);
		buf_add(&whole, bytes + at + len, n - at - len);
		if (args_decode(&act->fields, whole.s, whole.n, &args, NULL) == 0) {
			ck_assert_int_eq(act->run(&t, args), VERDICT_UNSUPPORTED);
			ck_assert(!txn_failed(&t));
			args_free(&act->fields, args);
		}
		store_rollback(b.c.store);
		buf_done(&whole);
		mem_free(bytes);
	}
	cmds_done(&list);
	booked_close(&b);
}
END_TEST

/* ---- store check ---- */

static int breaches;
static char breach[256];

static void found(void *ctx, const char *sentence)
{
	(void)ctx;
	breaches++;
	snprintf(breach, sizeof breach, "%s", sentence);
}

START_TEST(store_check_finds_a_task_that_waits_for_nobody)
{
	open_as("p.shah");
	add(TASK_TODO, "s.kelly", "x");
	booked_sql(&b, "UPDATE user SET state = 'off' WHERE name = 's.kelly'");
	ck_ok(check_tasks(b.c.store, found, NULL, &err), err);
	ck_assert_int_eq(breaches, 1);
	ck_assert_msg(strstr(breach, "waits for s.kelly, who is switched off"), "%s", breach);
	booked_sql(&b, "UPDATE task SET for_user = NULL, for_role = 'porter'");
	ck_ok(check_tasks(b.c.store, found, NULL, &err), err);
	ck_assert_msg(strstr(breach, "waits for porter, which is nobody"), "%s", breach);
	booked_sql(&b, "UPDATE task SET for_role = 'nurse', state = 'done', outcome = 'other',"
		       " done_at = 1, done_by = 1");
	ck_ok(check_tasks(b.c.store, found, NULL, &err), err);
	ck_assert_msg(strstr(breach, "nobody said how"), "%s", breach);
	booked_sql(&b, "UPDATE task SET words = 'by hand'");
	ck_assert_int_eq(breaches, 3);
	add(TASK_TODO, "r.adeyemi", "x");
	booked_sql(&b, "UPDATE task SET service = (SELECT id FROM service WHERE code = 'COUNS')"
		       " WHERE state = 'open'");
	ck_ok(check_tasks(b.c.store, found, NULL, &err), err);
	ck_assert_msg(strstr(breach, "that r.adeyemi may not see"), "%s", breach);
	booked_sql(&b, "UPDATE task SET service = NULL WHERE state = 'open'");
	booked_close(&b);
}
END_TEST

TEST_MAIN("task", a_task_of_a_command_stands_as_its_arguments_say,
	  a_text_too_long_is_cut_between_two_letters,
	  a_task_whose_command_is_taken_back_is_withdrawn_unless_it_was_done,
	  a_task_is_listed_and_counted_for_whom_it_is,
	  of_very_many_those_that_are_due_first_are_listed,
	  a_task_of_another_site_is_not_for_this_desk, whose_right_it_asks_for_finds_it,
	  a_task_of_a_private_service_is_not_there_for_others, nothing_ends_without_an_outcome,
	  the_database_itself_keeps_no_end_without_an_outcome, who_comes_second_hears_who_was_first,
	  only_whom_it_is_for_or_a_manager_ends_it,
	  an_answer_goes_back_to_who_sent_the_message_and_is_one_act,
	  what_another_did_since_is_not_undone,
	  a_call_that_nobody_answered_ends_nothing_and_comes_again,
	  what_is_due_is_read_as_people_type_it, whom_it_cannot_reach_is_refused_in_words,
	  a_command_that_makes_no_sense_is_not_understood_and_breaks_nothing,
	  store_check_finds_a_task_that_waits_for_nobody)
