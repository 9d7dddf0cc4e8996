/* test_merge.c: two records of one person found, held apart, merged and parted again. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/desklist.h"
#include "clinic/keeper.h"
#include "clinic/pairs.h"
#include "clinic/task.h"
#include "suite.h"

static struct booked b;
static struct err err;
static struct id twice; /* a second record of Okafor, with WVH as well */

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

static struct id add(const char *surname, const char *given, const char *born, const char *customer)
{
	struct intake_form form = { 0 };
	const struct customer *c = NULL;
	struct id id;

	form.v[IN_SURNAME] = surname;
	form.v[IN_GIVEN] = given;
	form.v[IN_BORN] = born;
	if (customer)
		ck_ok(find_customer(&b.c.desk, customer, &c, &err), err);
	tick();
	ck_ok(intake_add(&b.c.desk, &form, c ? c->id : (struct id){ 0 }, true, &id, &err), err);
	return id;
}

static void set(struct id person, enum intake_field field, const char *value)
{
	struct intake_form form = { 0 };

	form.v[field] = value;
	tick();
	ck_ok(intake_set(&b.c.desk, person, &form, NULL, &err), err);
}

static struct id book(struct id person, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
	struct id id = { 0 };

	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
	clinic_sit(&b.c, "p.shah");
	twice = add("Okafor", "Adaeze", "14/8/1984", "WVH");
}

static void undo(void)
{
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
}

static int merge(struct id keep, struct id other)
{
	tick();
	return pairs_merge(&b.c.desk, keep, other, "came twice", &err);
}

static size_t appts_of(struct id person)
{
	struct person_card card;
	struct appt_filter filter = { .from = DATE_NONE, .to = DATE_NONE };
	struct desk_rows rows = { 0 };
	size_t n;

	ck_ok(intake_person(&b.c.desk, person, &card, &err), err);
	filter.person = card.person.id;
	filter.today = b.c.desk.today;
	person_card_done(&card);
	ck_ok(desk_appts(&b.c.desk, &filter, &rows, &err), err);
	n = rows.n;
	desk_rows_done(&rows);
	return n;
}

static size_t all_pairs(struct pairs *pairs)
{
	struct pairs_at at = { 0 };

	while (!at.done)
		ck_ok(pairs_find(&b.c.desk, 1000, &at, pairs, &err), err);
	return pairs->n;
}

/* ---- merged ---- */

START_TEST(a_merged_record_leads_to_the_one_that_is_kept_with_all_it_had)
{
	struct person_card card;
	struct found_list found = { 0 };
	struct id appt;

	open_all();
	appt = book(b.okafor, thu(10, 0));
	book(twice, next_thu(10, 40));
	set(twice, IN_HOME, "07700 900111");
	set(twice, IN_NHS, "999 000 0018");
	set(twice, IN_NEEDS, "step_free");
	set(twice, IN_FORMER, "Eze");
	set(b.okafor, IN_NEEDS, "bsl");
	ck_ok(merge(b.okafor, twice), err);
	ck_ok(intake_person(&b.c.desk, twice, &card, &err), err);
	ck_assert(id_same(card.person.id, b.okafor));
	ck_assert_str_eq(card.person.nhs, "9990000018");
	ck_assert_uint_eq(card.person.needs, 1u << NEED_STEP_FREE | 1u << NEED_BSL);
	ck_assert_ptr_nonnull(contacts_of(&card.contacts, "home"));
	person_card_done(&card);
	ck_assert_uint_eq(appts_of(b.okafor), 2);
	ck_assert_uint_eq(appts_of(twice), 2);
	/* Found once, whichever of the two is looked for. */
	ck_ok(intake_find(&b.c.desk, "okafor,adae", 50, &found, &err), err);
	ck_assert_uint_eq(found.n, 1);
	list_free(&found);
	ck_ok(intake_find(&b.c.desk, "eze", 50, &found, &err), err);
	ck_assert_uint_eq(found.n, 1);
	ck_assert(id_same(found.v[0].person.id, b.okafor));
	list_free(&found);
	/* Booking by the old id books for the kept one; its first appointment still moves. */
	tick();
	ck_ok(booking_mark(&b.c.desk, appt, APPT_ARRIVED, NULL, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(undoing_a_merge_gives_each_its_own_back_and_no_more)
{
	struct person_card card;

	open_all();
	book(b.okafor, thu(10, 0));
	book(twice, next_thu(10, 40));
	set(b.okafor, IN_MOBILE, "07700 900418");
	set(twice, IN_MOBILE, "07700 900418");
	set(twice, IN_HOME, "07700 900111");
	set(twice, IN_SAY, "name");
	ck_ok(merge(b.okafor, twice), err);
	/* The same number is not there twice; where it is from stays as it was. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM contact WHERE kind = 'mobile'"
					    " AND state = 'on'"),
			 1);
	undo();
	ck_ok(intake_person(&b.c.desk, twice, &card, &err), err);
	ck_assert(id_same(card.person.id, twice));
	ck_assert_ptr_nonnull(contacts_of(&card.contacts, "mobile"));
	ck_assert_ptr_nonnull(contacts_of(&card.contacts, "home"));
	ck_assert_ptr_nonnull(details_find(&card.details, "say"));
	person_card_done(&card);
	ck_assert_uint_eq(appts_of(twice), 1);
	ck_assert_uint_eq(appts_of(b.okafor), 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_merge_and_its_undo_leave_every_row_as_it_was)
{
	static const char *const sql[] = {
		"SELECT group_concat(id || person || value || text_ok || source || at || state) FROM"
		" (SELECT * FROM contact ORDER BY id)",
		"SELECT group_concat(appt || person || episode || scope) FROM"
		" (SELECT * FROM booking ORDER BY appt)",
		"SELECT group_concat(id || scope || surname || coalesce(nhs, '') || coalesce(born, '')"
		" || coalesce(alias_of, '')) FROM (SELECT * FROM person ORDER BY id)",
		"SELECT group_concat(id || person || field || value || source || at || state) FROM"
		" (SELECT * FROM detail ORDER BY id)",
	};
	char *before[4];
	struct id none;

	open_all();
	none = add("Okafor", "Ada", "14/8/1984", NULL); /* without an employer: its scope changes */
	book(none, thu(10, 0));
	set(none, IN_MOBILE, "07700 900418");
	set(none, IN_SAY, "name");
	set(b.okafor, IN_SAY, "oh");
	for (size_t i = 0; i < 4; i++)
		before[i] = booked_text(&b, sql[i]);
	ck_ok(merge(b.okafor, none), err);
	undo();
	for (size_t i = 0; i < 4; i++) {
		char *after = booked_text(&b, sql[i]);

		ck_assert_str_eq(before[i], after);
		mem_free(before[i]);
		mem_free(after);
	}
	booked_close(&b);
}
END_TEST

START_TEST(in_a_network_no_row_goes_from_one_scope_to_another)
{
	struct id none;

	open_all();
	none = add("Okafor", "Ada", "14/8/1984", NULL);
	booked_sql(&b, "UPDATE me SET role = 'hub'");
	ck_assert_int_eq(merge(b.okafor, none), -1);
	ck_assert_str_eq(err.text,
			 "One of them has no employer: in a network they stay two records.");
	ck_assert_int_eq(merge(none, b.okafor), -1);
	booked_sql(&b, "UPDATE me SET role = 'alone'");
	booked_close(&b);
}
END_TEST

START_TEST(a_merge_cannot_be_undone_once_somebody_has_built_on_it)
{
	struct id appt;
	int64_t merged;

	open_all();
	appt = book(twice, thu(10, 0));
	ck_ok(merge(b.okafor, twice), err);
	merged = b.c.desk.acted;
	clinic_sit(&b.c, "r.adeyemi");
	tick();
	ck_ok(booking_mark(&b.c.desk, appt, APPT_ARRIVED, NULL, &err), err);
	clinic_sit(&b.c, "p.shah");
	tick();
	int rc = act_undo_last(&b.c.desk, NULL, 0, &err);

	ck_assert_msg(strstr(err.text, "r.adeyemi"), "%s", err.text);
	ck_refused(rc, err, ERR_CLASH);
	ck_ok(booking_undo(&b.c.desk, appt, NULL, 0, &err), err);
	/* A change of the person stands in the way likewise. */
	clinic_sit(&b.c, "r.adeyemi");
	set(b.okafor, IN_GENDER, "Female");
	clinic_sit(&b.c, "p.shah");
	tick();
	ck_refused(act_undo(&b.c.desk, merged, NULL, 0, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(what_cannot_be_one_is_refused_in_words)
{
	struct id again, staff;

	open_all();
	ck_refused(merge(b.okafor, b.okafor), err, ERR_INPUT);
	/* Both booked at one time. */
	book(b.okafor, thu(10, 0));
	book(twice, thu(10, 40));
	booked_sql(&b, "UPDATE appointment SET mins = 60");
	int rc = merge(b.okafor, twice);

	ck_assert_msg(strstr(err.text, "Both are booked on Thu 12-Mar-2026 10:00"), "%s", err.text);
	ck_refused(rc, err, ERR_CLASH);
	booked_sql(&b, "UPDATE appointment SET mins = 20; UPDATE appointment SET mins = 40"
		       " WHERE kind = 'NEW'");
	/* Two employers; and two NHS numbers. */
	ck_refused(merge(b.okafor, b.kestrel), err, ERR_INPUT);
	staff = add("Okafor", "A", "14/8/1984", NULL);
	ck_refused(merge(staff, b.okafor), err, ERR_INPUT);
	set(b.okafor, IN_NHS, "999 526 0182");
	set(staff, IN_NHS, "999 000 0018");
	ck_refused(merge(b.okafor, staff), err, ERR_INPUT);
	/* A reason is needed; what was merged is not merged again. */
	ck_refused(pairs_merge(&b.c.desk, b.webb, b.ellis, "", &err), err, ERR_INPUT);
	again = add("Webb", "S", "1/1/1980", "WVH");
	ck_ok(merge(b.webb, again), err);
	ck_refused(merge(again, b.ellis), err, ERR_CLASH);
	ck_refused(merge(b.ellis, again), err, ERR_CLASH);
	booked_sql(&b, "DELETE FROM slot WHERE appt IS NOT NULL; DELETE FROM booking;"
		       "DELETE FROM appointment");
	booked_close(&b);
}
END_TEST

START_TEST(what_was_merged_into_a_record_follows_it_into_the_next)
{
	struct person_card card;
	struct id third;

	open_all();
	third = add("Okafor", "Adaeze", "14/8/1984", "WVH");
	ck_ok(merge(twice, third), err);
	ck_ok(merge(b.okafor, twice), err);
	ck_ok(intake_person(&b.c.desk, third, &card, &err), err);
	ck_assert(id_same(card.person.id, b.okafor));
	person_card_done(&card);
	undo();
	ck_ok(intake_person(&b.c.desk, third, &card, &err), err);
	ck_assert(id_same(card.person.id, twice));
	person_card_done(&card);
	booked_close(&b);
}
END_TEST

/* A table that names a person and is not moved would leave its rows behind. */
START_TEST(every_table_about_people_is_moved)
{
	char *sql = mem_printf(
		"SELECT count(*) FROM table_list l JOIN pragma_foreign_key_list(l.name) f"
		" WHERE f.\"table\" = 'person' AND l.name NOT IN ('person', 'person_apart')"
		" AND NOT (f.\"from\" = 'person' AND l.name IN ('booking', 'episode', 'contact',"
		" 'post', 'detail', 'former_name', 'answer', 'task', 'message', 'esr_person',"
		" 'esr_difference', 'referral', 'flag', 'wait'))");

	open_all();
	ck_assert_msg(clinic_count(&b.c, sql) == 0,
		      "a table names a person and is not in store/people_owned.h");
	mem_free(sql);
	booked_close(&b);
}
END_TEST

static void first_breach(void *ctx, const char *sentence)
{
	char *buf = ctx;

	if (!*buf)
		snprintf(buf, 200, "%s", sentence);
}

START_TEST(store_check_finds_what_was_left_behind)
{
	char found[200] = "", *sql;

	open_all();
	set(twice, IN_HOME, "07700 900111");
	ck_ok(merge(b.okafor, twice), err);
	sql = mem_printf("UPDATE contact SET person = %lld WHERE kind = 'home'",
			 (long long)twice.n);
	booked_sql(&b, sql);
	mem_free(sql);
	ck_ok(keeper_check(&b.c.desk, first_breach, found, &err), err);
	ck_assert_msg(strstr(found, "of contact is still of record"), "%s", found);
	sql = mem_printf("UPDATE contact SET person = %lld WHERE kind = 'home'",
			 (long long)b.okafor.n);
	booked_sql(&b, sql);
	mem_free(sql);
	booked_close(&b);
}
END_TEST

/* ---- found, and held apart ---- */

START_TEST(pairs_are_found_by_number_name_and_telephone)
{
	struct pairs pairs = { 0 };
	struct id one, two;
	char words[PAIR_WORDS];

	open_all();
	ck_assert_uint_eq(all_pairs(&pairs), 1); /* Okafor twice */
	ck_assert_str_eq(pair_words(pairs.v[0].why, words), "name and birthday");
	list_free(&pairs);
	/* The sound of the name, the telephone and the birthday; not a birthday alone. */
	one = add("Smith", "Jon", "1/2/1990", NULL);
	two = add("Smyth", "Jonathan", "1/2/1990", NULL);
	ck_assert_uint_eq(all_pairs(&pairs), 1);
	list_free(&pairs);
	set(one, IN_HOME, "07700 900111");
	set(two, IN_MOBILE, "07700 900111");
	ck_assert_uint_eq(all_pairs(&pairs), 2);
	list_free(&pairs);
	/* A name of before. */
	one = add("Bello", "Ann", "3/4/1991", NULL);
	add("Kent", "Ann", "3/4/1991", NULL);
	set(one, IN_FORMER, "Kent");
	ck_assert_uint_eq(all_pairs(&pairs), 3);
	list_free(&pairs);
	booked_close(&b);
}
END_TEST

START_TEST(a_pair_that_is_two_does_not_come_back)
{
	struct pairs pairs = { 0 };

	open_all();
	tick();
	ck_ok(pairs_apart(&b.c.desk, twice, b.okafor, &err), err);
	ck_assert_uint_eq(all_pairs(&pairs), 0);
	undo();
	ck_assert_uint_eq(all_pairs(&pairs), 1);
	list_free(&pairs);
	ck_ok(merge(b.okafor, twice), err);
	ck_assert_uint_eq(all_pairs(&pairs), 0);
	list_free(&pairs);
	booked_close(&b);
}
END_TEST

START_TEST(who_is_added_is_held_against_former_names_and_telephones)
{
	struct intake_form form = {
		.v = { [IN_SURNAME] = "Eze", [IN_GIVEN] = "Adaeze", [IN_BORN] = "14/8/1984" }
	};
	struct id id;

	open_all();
	set(b.okafor, IN_FORMER, "Eze");
	ck_refused(intake_add(&b.c.desk, &form, (struct id){ 0 }, false, &id, &err), err,
		   ERR_CLASH);
	/* Her new name is not known here, but she says which one she had. */
	form.v[IN_SURNAME] = "Quill";
	ck_ok(intake_add(&b.c.desk, &form, (struct id){ 0 }, false, &id, &err), err);
	undo();
	form.v[IN_FORMER] = "Okafor";
	ck_refused(intake_add(&b.c.desk, &form, (struct id){ 0 }, false, &id, &err), err,
		   ERR_CLASH);
	form.v[IN_FORMER] = NULL;
	form.v[IN_MOBILE] = "07700 900418";
	set(b.okafor, IN_MOBILE, "07700 900418");
	ck_refused(intake_add(&b.c.desk, &form, (struct id){ 0 }, false, &id, &err), err,
		   ERR_CLASH);
	booked_close(&b);
}
END_TEST

TEST_MAIN("merge", a_merged_record_leads_to_the_one_that_is_kept_with_all_it_had,
	  undoing_a_merge_gives_each_its_own_back_and_no_more,
	  a_merge_and_its_undo_leave_every_row_as_it_was,
	  in_a_network_no_row_goes_from_one_scope_to_another,
	  a_merge_cannot_be_undone_once_somebody_has_built_on_it,
	  what_cannot_be_one_is_refused_in_words,
	  what_was_merged_into_a_record_follows_it_into_the_next, every_table_about_people_is_moved,
	  store_check_finds_what_was_left_behind, pairs_are_found_by_number_name_and_telephone,
	  a_pair_that_is_two_does_not_come_back,
	  who_is_added_is_held_against_former_names_and_telephones)
