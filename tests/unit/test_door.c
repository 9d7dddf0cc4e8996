/* test_door.c: the one door for changes: check, run, reverse; all or nothing; history; capture. */
#include <stdio.h>

#include "clinic.h"
#include "clinic/act.h"
#include "clinic/keeper.h"
#include "clinic/record.h"
#include "store/journal.h"
#include "suite.h"

static const char *const poole[] = { "PLE", "Poole", "E" };

static struct id add_site(struct clinic *c, const char *code, const char *name)
{
	const char *values[8] = { code, name, "E" };
	struct err err = ERR_INIT;
	struct id id = { 0 };

	ck_ok(record_add(&c->desk, record_find("site"), values, &id, &err), err);
	return id;
}

static int set_name(struct clinic *c, struct id site, const char *name, struct err *err)
{
	const char *values[8] = { NULL, name };

	return record_set(&c->desk, record_find("site"), site, values, err);
}

START_TEST(every_change_is_a_command_and_a_row_of_history)
{
	struct clinic c;

	clinic_open(&c);
	add_site(&c, poole[0], poole[1]);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM cmd"),
			 clinic_count(&c, "SELECT count(*) FROM history"));
	ck_assert_int_eq(
		clinic_count(
			&c,
			"SELECT count(*) FROM cmd JOIN history h ON h.id = cmd.history"
			" JOIN site s ON s.id = h.subject WHERE s.code = 'PLE' AND cmd.type = 'add'"),
		1);
	clinic_close(&c);
}
END_TEST

START_TEST(a_role_that_may_not_changes_nothing)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id id = { 0 };
	char before[65], after[65];
	const char *values[8] = { poole[0], poole[1], poole[2] };

	clinic_open(&c);
	clinic_digest(&c, before);
	clinic_sit(&c, "p.shah");
	ck_refused(record_add(&c.desk, record_find("site"), values, &id, &err), err, ERR_DENIED);
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	clinic_close(&c);
}
END_TEST

START_TEST(undo_is_a_recorded_reversal)
{
	struct clinic c;
	struct err err = ERR_INIT;
	char what[100];

	clinic_open(&c);
	struct id id = add_site(&c, "PLE", "Poole");

	ck_ok(set_name(&c, id, "Poole Quay", &err), err);
	ck_ok(act_undo_last(&c.desk, what, sizeof what, &err), err);
	ck_assert_str_eq(what, "changed name");
	ck_assert_int_eq(clinic_count(&c, "SELECT name = 'Poole' FROM site WHERE code = 'PLE'"), 1);
	ck_assert_int_eq(
		clinic_count(&c, "SELECT count(*) FROM history WHERE reverses IS NOT NULL"), 1);
	/* And then the act before it: the adding. */
	ck_ok(act_undo_last(&c.desk, what, sizeof what, &err), err);
	ck_assert_int_eq(clinic_count(&c, "SELECT state = 'off' FROM site WHERE code = 'PLE'"), 1);
	clinic_close(&c);
}
END_TEST

START_TEST(undo_is_refused_when_somebody_changed_it_since)
{
	struct clinic c, other;
	struct err err = ERR_INIT;

	clinic_open(&c);
	struct id id = add_site(&c, "PLE", "Poole");
	const char *admin[8] = { "b.root", "administrator", "B" };
	struct id user = { 0 };

	ck_ok(record_add(&c.desk, record_find("user"), admin, &user, &err), err);
	ck_ok(set_name(&c, id, "Poole Quay", &err), err);
	int64_t mine = c.desk.acted;

	clinic_second(&c, &other, "b.root");
	ck_ok(set_name(&other, id, "Poole Old Town", &err), err);
	ck_assert_int_eq(act_undo(&c.desk, mine, NULL, 0, &err), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_msg(strstr(err.text, "b.root"), "names who: %s", err.text);
	err_clear(&err);
	/* Once theirs is taken back, mine can be. */
	ck_ok(act_undo_last(&other.desk, NULL, 0, &err), err);
	ck_ok(act_undo(&c.desk, mine, NULL, 0, &err), err);
	ck_refused(act_undo(&c.desk, mine, NULL, 0, &err), err, ERR_CLASH);
	clinic_second_close(&other);
	clinic_close(&c);
}
END_TEST

START_TEST(nothing_is_kept_in_a_database_that_was_replaced)
{
	struct clinic c;
	struct err err = ERR_INIT;
	char aside[200];

	clinic_open(&c);
	struct id id = add_site(&c, "PLE", "Poole");

	snprintf(aside, sizeof aside, "%s.aside", c.path);
	ck_assert_int_eq(rename(c.path, aside), 0);
	ck_refused(set_name(&c, id, "Poole Quay", &err), err, ERR_STORE);
	ck_assert_int_eq(rename(aside, c.path), 0);
	ck_ok(set_name(&c, id, "Poole Quay", &err), err);
	clinic_close(&c);
}
END_TEST

START_TEST(several_commands_of_one_act_are_all_or_none)
{
	struct clinic c;
	struct err err = ERR_INIT;
	char before[65], after[65];
	const char *bad[8] = { "NGT", "a second Northgate", "E" };
	struct id id = { 0 };

	clinic_open(&c);
	clinic_digest(&c, before);
	ck_ok(act_begin(&c.desk, &err), err);
	add_site(&c, "PLE", "Poole");
	ck_refused(record_add(&c.desk, record_find("site"), bad, &id, &err), err, ERR_INPUT);
	act_abandon(&c.desk);
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);

	/* And one undo takes all of one act back. */
	ck_ok(act_begin(&c.desk, &err), err);
	add_site(&c, "PLE", "Poole");
	add_site(&c, "SWN", "Swanage");
	ck_ok(act_end(&c.desk, &err), err);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM site WHERE state = 'on'"), 2);
	clinic_close(&c);
}
END_TEST

START_TEST(undo_reaches_eight_hours_back)
{
	struct clinic c;
	struct err err = ERR_INIT;

	clinic_open(&c);
	add_site(&c, "PLE", "Poole");
	world_pass(&c.world, UNDO_HOURS * 3600 + 1);
	desk_tick(&c.desk);
	ck_refused(act_undo_last(&c.desk, NULL, 0, &err), err, ERR_MISSING);
	clinic_close(&c);
}
END_TEST

START_TEST(undo_reaches_twenty_steps_back)
{
	struct clinic c;
	struct err err = ERR_INIT;
	char code[8];

	clinic_open(&c);
	for (int i = 0; i <= UNDO_STEPS; i++) {
		snprintf(code, sizeof code, "T%d", i);
		add_site(&c, code, code);
	}
	for (int i = 0; i < UNDO_STEPS; i++)
		ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_refused(act_undo_last(&c.desk, NULL, 0, &err), err, ERR_MISSING);
	ck_assert_int_eq(clinic_count(&c, "SELECT state = 'on' FROM site WHERE code = 'T0'"), 1);
	clinic_close(&c);
}
END_TEST

START_TEST(captured_effects_can_be_taken_back_to_the_byte)
{
	struct clinic c;
	struct err err = ERR_INIT;
	char before[65], between[65], after[65];

	clinic_open(&c);
	clinic_digest(&c, before);
	store_capture(c.store, true);
	struct id id = add_site(&c, "PLE", "Poole");

	ck_ok(set_name(&c, id, "Poole Quay", &err), err);
	clinic_digest(&c, between);
	ck_assert_str_ne(before, between);
	ck_assert_int_eq(
		clinic_count(
			&c,
			"SELECT count(*) FROM cmd WHERE state = 'pending' AND effect IS NOT NULL"),
		2);

	ck_ok(store_begin(c.store, &err), err);
	ck_ok(journal_take_back(c.store, &err), err);
	ck_ok(store_commit(c.store, &err), err);
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	store_capture(c.store, false);
	clinic_close(&c);
}
END_TEST

START_TEST(nothing_is_captured_while_this_database_is_its_own_hub)
{
	struct clinic c;

	clinic_open(&c);
	add_site(&c, "PLE", "Poole");
	ck_assert_int_eq(
		clinic_count(
			&c, "SELECT count(*) FROM cmd WHERE effect IS NOT NULL OR state <> 'done'"),
		0);
	clinic_close(&c);
}
END_TEST

static int breaches;
static void count_breach(void *ctx, const char *sentence)
{
	(void)ctx, (void)sentence;
	breaches++;
}

START_TEST(a_changed_command_breaks_the_chain)
{
	struct clinic c;
	struct err err = ERR_INIT;

	clinic_open(&c);
	ck_ok(keeper_check(&c.desk, count_breach, NULL, &err), err);
	ck_assert_int_eq(breaches, 0);
	char *cmd = NULL;

	ck_assert(asprintf(&cmd, "sqlite3 %s \"UPDATE cmd SET actor = actor + 1 WHERE k = 3\"",
			   c.path) > 0);
	ck_assert_int_eq(system(cmd), 0);
	ck_ok(keeper_check(&c.desk, count_breach, NULL, &err), err);
	ck_assert_int_eq(breaches, 1);
	free(cmd);
	ck_assert(asprintf(&cmd, "sqlite3 %s \"UPDATE cmd SET actor = actor - 1 WHERE k = 3\"",
			   c.path) > 0);
	ck_assert_int_eq(system(cmd), 0);
	free(cmd);
	clinic_close(&c);
}
END_TEST

START_TEST(edits_of_different_columns_merge_and_of_one_column_settle)
{
	struct clinic c;
	struct err err = ERR_INIT;

	clinic_open(&c);
	struct id id = add_site(&c, "PLE", "Poole");
	/* Undoing the first edit after a second one of another column would need the first value
	 * still there; another desk's edit of the same column stands. */
	ck_ok(set_name(&c, id, "Quay", &err), err);
	const char *phone[8] = { NULL, NULL, NULL, NULL, "07700 900123" };

	ck_ok(record_set(&c.desk, record_find("site"), id, phone, &err), err);
	ck_assert_int_eq(
		clinic_count(
			&c,
			"SELECT name = 'Quay' AND phone = '07700900123' FROM site WHERE code = 'PLE'"),
		1);
	clinic_close(&c);
}
END_TEST

TEST_MAIN("door", every_change_is_a_command_and_a_row_of_history,
	  a_role_that_may_not_changes_nothing, undo_is_a_recorded_reversal,
	  undo_is_refused_when_somebody_changed_it_since,
	  nothing_is_kept_in_a_database_that_was_replaced,
	  several_commands_of_one_act_are_all_or_none, undo_reaches_eight_hours_back,
	  undo_reaches_twenty_steps_back, captured_effects_can_be_taken_back_to_the_byte,
	  nothing_is_captured_while_this_database_is_its_own_hub,
	  a_changed_command_breaks_the_chain,
	  edits_of_different_columns_merge_and_of_one_column_settle)
