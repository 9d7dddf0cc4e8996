/*
 * test_people.c: what a person needs when they are booked, who has left or died, and two records of
 * one person.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/intake.h"
#include "clinic/people_act.h"
#include "clinic/phone.h"
#include "clinic/task.h"
#include "suite.h"

static struct booked b;
static struct err err;

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
	clinic_sit(&b.c, "p.shah");
}

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

static void set(struct id person, enum intake_field field, const char *value)
{
	struct intake_form form = { 0 };

	form.v[field] = value;
	tick();
	ck_ok(intake_set(&b.c.desk, person, &form, NULL, &err), err);
}

static struct id book_with(struct id person, struct id service, struct id clinician,
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

static struct id book(struct id person, struct moment starts)
{
	return book_with(person, b.physio, b.marsh, starts);
}

static void undo(void)
{
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
}

static int64_t count(const char *sql)
{
	return clinic_count(&b.c, sql);
}

static bool warned(const char *words)
{
	return strstr(b.c.desk.warning, words) != NULL;
}

#define OPEN_TASKS "SELECT count(*) FROM task WHERE state = 'open'"

/* ---- needs ---- */

START_TEST(an_interpreter_is_asked_for_by_the_act_that_books)
{
	char *text;

	open_all();
	set(b.okafor, IN_INTERPRETER, "Polish");
	book(b.okafor, thu(10, 0));
	ck_assert_msg(warned("Interpreter: Polish, not yet arranged."), "%s", b.c.desk.warning);
	ck_assert_int_eq(count(OPEN_TASKS " AND kind = 'arrange' AND for_role = 'reception'"
					  " AND appt IS NOT NULL AND site IS NOT NULL"),
			 1);
	text = booked_text(&b, "SELECT text FROM task");
	ck_assert_msg(strstr(text, "Interpreter: Polish for OKAFOR, Adaeze") &&
			      strstr(text, "12-Mar-2026 10:00, Northgate"),
		      "%s", text);
	mem_free(text);
	undo();
	ck_assert_int_eq(count(OPEN_TASKS), 0);
	/* Nobody is asked for who needs nobody. */
	book(b.ellis, thu(10, 0));
	ck_assert_str_eq(b.c.desk.warning, "");
	ck_assert_int_eq(count(OPEN_TASKS), 0);
	booked_close(&b);
}
END_TEST

START_TEST(who_comes_to_a_private_service_is_arranged_for_by_its_own_desk)
{
	struct booking_ask ask = { .starts = next_thu(10, 0) };
	struct id id = { 0 };

	open_all();
	set(b.okafor, IN_INTERPRETER, "Polish");
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state)"
		       " SELECT 77, id, 'counselling_desk', 'on' FROM user WHERE name = 'p.shah'");
	clinic_sit(&b.c, "s.kelly");
	ask.person = b.okafor;
	ask.service = b.couns;
	ask.clinician = b.kelly;
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_assert_int_eq(count(OPEN_TASKS " AND kind = 'arrange' AND for_role = 'counselling_desk'"
					  " AND service IS NOT NULL"),
			 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_move_asks_anew_and_taking_it_back_leaves_what_was_asked_first)
{
	struct move_ask where = { .starts = thu(12, 40) };
	struct id id;

	open_all();
	set(b.okafor, IN_NEEDS, "bsl");
	id = book(b.okafor, thu(10, 0));
	tick();
	ck_ok(booking_move(&b.c.desk, id, &where, &err), err);
	ck_assert_msg(warned("BSL interpreter, not yet arranged for the new time."), "%s",
		      b.c.desk.warning);
	ck_assert_int_eq(count(OPEN_TASKS), 2);
	undo();
	ck_assert_int_eq(count(OPEN_TASKS), 1);
	booked_close(&b);
}
END_TEST

START_TEST(what_is_to_be_arranged_for_a_private_service_is_seen_by_its_own_desk_alone)
{
	struct task_rows rows = { 0 };

	open_all();
	set(b.okafor, IN_INTERPRETER, "Polish");
	clinic_sit(&b.c, "s.kelly");
	book_with(b.okafor, b.couns, b.kelly, thu(10, 0));
	ck_assert_int_eq(count(OPEN_TASKS " AND service IS NOT NULL"), 1);
	clinic_sit(&b.c, "p.shah");
	ck_ok(task_rows(&b.c.desk, TASKS_ALL, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 0);
	list_free(&rows);
	booked_close(&b);
}
END_TEST

START_TEST(a_room_that_fails_a_need_is_said_and_books_all_the_same)
{
	open_all();
	set(b.okafor, IN_NEEDS, "step_free");
	book(b.okafor, thu(10, 0)); /* room 1 at Northgate has it */
	ck_assert_str_eq(b.c.desk.warning, "");
	set(b.ellis, IN_NEEDS, "step_free");
	book_with(b.ellis, b.physio, b.obi, thu(14, 0));
	ck_assert_msg(warned("Harbour, room 1 has no step-free."), "%s", b.c.desk.warning);
	ck_assert_int_eq(count(OPEN_TASKS), 0);
	booked_close(&b);
}
END_TEST

/* ---- who has left or died ---- */

START_TEST(who_leaves_or_dies_leaves_a_task_that_lists_what_is_booked)
{
	char *text;

	open_all();
	book(b.okafor, thu(10, 0));
	book(b.okafor, next_thu(10, 40));
	set(b.okafor, IN_STATUS, "deceased");
	ck_assert_msg(warned("2 booked for them still"), "%s", b.c.desk.warning);
	ck_assert_int_eq(count(OPEN_TASKS " AND kind = 'leaver' AND for_role = 'reception'"), 1);
	text = booked_text(&b, "SELECT text FROM task");
	ck_assert_str_eq(text,
			 "OKAFOR, Adaeze (Ms) has died. Booked: 12-Mar 10:00 Marsh, 19-Mar 10:40"
			 " Marsh");
	mem_free(text);
	undo();
	ck_assert_int_eq(count(OPEN_TASKS), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM person WHERE status <> 'active'"), 0);
	/* With nothing booked there is nothing to settle. */
	set(b.ellis, IN_STATUS, "leaver");
	ck_assert_int_eq(count(OPEN_TASKS), 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_file_that_says_somebody_left_opens_the_same_task)
{
	struct intake_import want = { 0 };
	struct intake_counts counts;
	const struct customer *c;
	char *path;
	FILE *f;

	open_all();
	book(b.okafor, thu(10, 0));
	set(b.okafor, IN_EMPLOYEE_NO, "20417733");
	path = mem_printf("%s/staff.csv", b.c.folder);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs("surname,given,employee_no,status\r\nOKAFOR,Adaeze,20417733,leaver\r\n", f);
	ck_assert_int_eq(fclose(f), 0);
	ck_ok(find_customer(&b.c.desk, "WVH", &c, &err), err);
	want.file = path;
	want.customer = c->id;
	tick();
	ck_ok(intake_import(&b.c.desk, &want, &counts, &err), err);
	ck_assert_int_eq(count(OPEN_TASKS " AND kind = 'leaver'"), 1);
	undo();
	ck_assert_int_eq(count(OPEN_TASKS), 0);
	mem_free(path);
	booked_close(&b);
}
END_TEST

START_TEST(a_registration_that_somebody_asks_about_stays)
{
	struct intake_form form = { .v = { [IN_SURNAME] = "Silva", [IN_GIVEN] = "Paulo" } };
	struct task_ask ask = { .kind = TASK_TODO, .text = "ask for the NHS number" };
	int64_t act;

	open_all();
	ck_ok(intake_add(&b.c.desk, &form, (struct id){ 0 }, false, &ask.person, &err), err);
	act = b.c.desk.acted;
	tick();
	ck_ok(task_for_parse(&b.c.desk, "reception", &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, NULL, &err), err);
	ck_refused(act_undo(&b.c.desk, act, NULL, 0, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(what_is_said_without_a_source_is_the_commands_own)
{
	struct people *edits = mem_new(sizeof *edits);
	struct person_card card;

	open_all();
	set(b.okafor, IN_MOBILE, "07700 900418");
	booked_sql(&b, "UPDATE contact SET source = 'csv', at = 1, text_ok = 1");
	ck_ok(intake_person(&b.c.desk, b.okafor, &card, &err), err);
	edits->person = b.okafor;
	edits->scope = mem_str(card.person.scope);
	edits->source = mem_str("desk");
	people_add_edit(edits, contacts_of(&card.contacts, "mobile")->id, "contact", "text_ok",
			"text_ok", "1", "0");
	tick();
	ck_ok(act_do(&b.c.desk, &act_person_set, edits, &err), err);
	ck_assert_int_eq(count("SELECT source = 'desk' AND at > 1 FROM contact"), 1);
	args_free(&act_person_set.fields, edits);
	person_card_done(&card);
	booked_close(&b);
}
END_TEST

/* ---- the phone card ---- */

START_TEST(what_may_be_said_is_a_sentence_to_read_out)
{
	static const struct {
		const char *say, *words;
	} rows[] = {
		{ "name", "Do not say where you ring from." },
		{ "oh", "You may say you ring from occupational health." },
		{ "all", "You may leave the day and time" },
		{ "to my wife too", "They said: \"to my wife too\"" },
		{ "", "Not asked what may be said" },
	};
	struct phone_card card;

	open_all();
	set(b.okafor, IN_TITLE, "Mrs");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		set(b.okafor, IN_SAY, rows[i].say);
		ck_ok(phone_card(&b.c.desk, b.okafor, &card, &err), err);
		ck_assert_msg(strstr(card.say, "Ask for Mrs Adaeze OKAFOR.") &&
				      strstr(card.say, rows[i].words),
			      "%s", card.say);
	}
	booked_close(&b);
}
END_TEST

START_TEST(the_number_that_was_asked_for_comes_first)
{
	struct phone_card card;

	open_all();
	set(b.okafor, IN_MOBILE, "07700 900418");
	set(b.okafor, IN_HOME, "07700 900111");
	set(b.okafor, IN_WORK, "07700 900222");
	set(b.okafor, IN_PREFER, "home");
	ck_ok(phone_card(&b.c.desk, b.okafor, &card, &err), err);
	ck_assert_int_eq(card.n, 3);
	ck_assert_str_eq(card.v[0].kind, "home");
	ck_assert(card.v[0].first && !card.v[1].first);
	ck_assert_str_eq(card.v[1].kind, "mobile");
	booked_close(&b);
}
END_TEST

START_TEST(a_name_of_which_half_is_known_ends_without_a_comma)
{
	char buf[PERSON_TEXT];

	ck_assert_str_eq(person_show("Okafor", "Adaeze", "Mrs", buf), "OKAFOR, Adaeze (Mrs)");
	ck_assert_str_eq(person_show("Okafor", "", NULL, buf), "OKAFOR");
}
END_TEST

TEST_MAIN("people", a_name_of_which_half_is_known_ends_without_a_comma,
	  who_comes_to_a_private_service_is_arranged_for_by_its_own_desk,
	  an_interpreter_is_asked_for_by_the_act_that_books,
	  a_move_asks_anew_and_taking_it_back_leaves_what_was_asked_first,
	  what_is_to_be_arranged_for_a_private_service_is_seen_by_its_own_desk_alone,
	  a_room_that_fails_a_need_is_said_and_books_all_the_same,
	  who_leaves_or_dies_leaves_a_task_that_lists_what_is_booked,
	  a_file_that_says_somebody_left_opens_the_same_task,
	  a_registration_that_somebody_asks_about_stays,
	  what_is_said_without_a_source_is_the_commands_own,
	  what_may_be_said_is_a_sentence_to_read_out, the_number_that_was_asked_for_comes_first)
