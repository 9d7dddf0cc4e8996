/* test_intake.c: people registered, changed and found, without making two. */
#include <stdio.h>

#include "base/alloc.h"
#include "clinic.h"
#include "clinic/act.h"
#include "clinic/intake.h"
#include "store/journal.h"
#include "suite.h"

static struct id customer_of(struct clinic *c, const char *code)
{
	struct err err = ERR_INIT;
	const struct customer *customer;

	ck_ok(find_customer(&c->desk, code, &customer, &err), err);
	return customer->id;
}

static int try_add(struct clinic *c, const char *surname, const char *given, const char *born,
		   struct id *ret, struct err *err)
{
	struct intake_form form = {
		.v = { [IN_SURNAME] = surname, [IN_GIVEN] = given, [IN_BORN] = born }
	};

	return intake_add(&c->desk, &form, (struct id){ 0 }, false, ret, err);
}

static struct id add(struct clinic *c, const char *surname, const char *given, const char *born)
{
	struct err err = ERR_INIT;
	struct id id;

	ck_ok(try_add(c, surname, given, born, &id, &err), err);
	return id;
}

static struct id add_okafor(struct clinic *c)
{
	struct intake_form form = { .v = { [IN_SURNAME] = "Okafor",
					   [IN_GIVEN] = "Adaeze",
					   [IN_TITLE] = "Mrs",
					   [IN_BORN] = "14/8/1984",
					   [IN_NHS] = "999 526 0182",
					   [IN_EMPLOYEE_NO] = "20417733",
					   [IN_MOBILE] = "07700 900418",
					   [IN_TEXT_OK] = "yes" } };
	struct err err = ERR_INIT;
	struct id id;

	ck_ok(intake_add(&c->desk, &form, customer_of(c, "WVH"), false, &id, &err), err);
	return id;
}

static int try_set(struct clinic *c, struct id id, enum intake_field field, const char *value,
		   const struct person_card *seen, struct err *err)
{
	struct intake_form form = { 0 };

	form.v[field] = value;
	return intake_set(&c->desk, id, &form, seen, err);
}

static void set(struct clinic *c, struct id id, enum intake_field field, const char *value)
{
	struct err err = ERR_INIT;

	ck_ok(try_set(c, id, field, value, NULL, &err), err);
}

static const char *mobile_of(struct clinic *c, struct id id)
{
	static char value[WORDS_TEXT];
	struct person_card card;
	struct err err = ERR_INIT;

	ck_ok(intake_person(&c->desk, id, &card, &err), err);
	const struct contact *mobile = contacts_of(&card.contacts, "mobile");

	snprintf(value, sizeof value, "%s", mobile ? mobile->value : "");
	person_card_done(&card);
	return value;
}

/* How many are found, and who is first. */
static int found(struct clinic *c, const char *text, struct id *first)
{
	struct found_list list = { 0 };
	struct err err = ERR_INIT;
	int n;

	ck_ok(intake_find(&c->desk, text, 50, &list, &err), err);
	n = (int)list.n;
	ck_assert_int_eq(list.total, n);
	if (first)
		*first = n ? list.v[0].person.id : (struct id){ 0 };
	list_free(&list);
	return n;
}

START_TEST(one_box_finds_by_every_shape)
{
	static const char *const texts[] = { "okaf,ada",     "OKAFOR",	      "ok",
					     "Okafor, A",    "ada okafor",    "okafor ada",
					     "14/8/84",	     "14/08/1984",    "14 aug 1984",
					     "1984-08-14",   "14.8.84",	      "14081984",
					     "999 526 0182", "9995260182",    "999-526-0182",
					     "20417733",     "0418",	      "900418",
					     "07700 900418", "+447700900418", "okefar" };
	struct clinic c;
	struct id id, first;

	clinic_open(&c);
	id = add_okafor(&c);
	add(&c, "Smith", "Ann", "1990-02-01");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		ck_assert_msg(found(&c, texts[i], &first) == 1, "%s", texts[i]);
		ck_assert(id_same(first, id));
	}
	ck_assert_int_eq(found(&c, "o", NULL), 0);
	ck_assert_int_eq(found(&c, "okafor,b", NULL), 0);
	ck_assert_int_eq(found(&c, "0419", NULL), 0);
	ck_assert_int_eq(found(&c, "MSK-26-N0001", NULL), 0);
	clinic_close(&c);
}
END_TEST

START_TEST(accents_and_apostrophes_do_not_count_when_finding)
{
	static const struct {
		const char *surname, *given, *text;
	} rows[] = {
		{ "O'Brien", "Seán", "obrien,sean" },
		{ "Ó Briain", "Aoife", "o'briain" },
		{ "Łukaszewska", "Zoë", "lukasz,zoe" },
		{ "Müller-Lüdenscheidt", "Jörg", "mullerlud" },
		{ "van der Berg", "Anke", "van der b" },
		{ "محمد", "علي", "محم" },
		{ "王", "小明", "王,小" },
	};
	struct clinic c;
	struct id id, first;

	clinic_open(&c);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		id = add(&c, rows[i].surname, rows[i].given, NULL);
		ck_assert_msg(found(&c, rows[i].text, &first) >= 1, "%s", rows[i].text);
		ck_assert(id_same(first, id));
	}
	clinic_close(&c);
}
END_TEST

START_TEST(look_alikes_are_marked_and_those_that_sound_alike_come_last)
{
	struct clinic c;
	struct found_list list = { 0 };
	struct err err = ERR_INIT;

	clinic_open(&c);
	add_okafor(&c);
	add(&c, "Okafor", "Adanna", "1994-08-14");
	add(&c, "Okafor", "Bola", "1976-06-30");
	add(&c, "Okefar", "Abel", "1990-02-02");
	ck_ok(intake_find(&c.desk, "okafor", 50, &list, &err), err);
	ck_assert_uint_eq(list.n, 4);
	ck_assert_int_eq(list.v[0].alike, 2);
	ck_assert_int_eq(list.v[1].alike, 1);
	ck_assert_int_eq(list.v[2].alike, 0);
	ck_assert_str_eq(list.v[3].person.surname, "Okefar");
	ck_assert(list.v[3].sounds && !list.v[2].sounds);
	ck_assert_str_eq(list.v[0].customer, "WV Hosps");
	list_free(&list);
	clinic_close(&c);
}
END_TEST

START_TEST(a_long_list_is_cut_and_counted)
{
	struct clinic c;
	struct found_list list = { 0 };
	struct err err = ERR_INIT;
	char given[16];

	clinic_open(&c);
	for (int i = 0; i < 12; i++) {
		snprintf(given, sizeof given, "A%c%c", 'a' + i, 'a' + i);
		add(&c, "Jones", given, NULL);
	}
	ck_ok(intake_find(&c.desk, "jones", 5, &list, &err), err);
	ck_assert_uint_eq(list.n, 5);
	ck_assert_int_eq(list.total, 12);
	ck_assert(!list.at_least);
	list_free(&list);
	clinic_close(&c);
}
END_TEST

START_TEST(somebody_who_looks_registered_is_not_registered_twice)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id id;
	struct intake_form form = {
		.v = { [IN_SURNAME] = "Other", [IN_GIVEN] = "Person", [IN_NHS] = "9995260182" }
	};

	clinic_open(&c);
	add_okafor(&c);
	ck_refused(try_add(&c, "OKAFOR", "Adaézé", "14/8/1984", &id, &err), err, ERR_CLASH);
	ck_refused(try_add(&c, "Okafor", "Adaeze", NULL, &id, &err), err, ERR_CLASH);
	ck_refused(try_add(&c, "Okafur", "Adaora", "14/8/1984", &id, &err), err, ERR_CLASH);
	ck_refused(intake_add(&c.desk, &form, (struct id){ 0 }, true, &id, &err), err, ERR_CLASH);
	add(&c, "Okafor", "Adaeze", "15/9/1960");
	form.v[IN_NHS] = NULL;
	form.v[IN_SURNAME] = "Okafor", form.v[IN_GIVEN] = "Adaeze", form.v[IN_BORN] = "14/8/1984";
	ck_ok(intake_add(&c.desk, &form, (struct id){ 0 }, true, &id, &err), err);
	clinic_close(&c);
}
END_TEST

START_TEST(a_registration_taken_back_hides_the_person_unless_something_stands_on_it)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id id;

	clinic_open(&c);
	id = add_okafor(&c);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(found(&c, "okafor", NULL), 0);
	ck_assert_int_eq(found(&c, "0418", NULL), 0);
	ck_assert_int_eq(found(&c, "20417733", NULL), 0);
	id = add_okafor(&c); /* nobody stands in the way any more */
	int64_t act = c.desk.acted;

	set(&c, id, IN_MOBILE, "07700 900419");
	ck_refused(act_undo(&c.desk, act, NULL, 0, &err), err, ERR_CLASH);
	clinic_close(&c);
}
END_TEST

START_TEST(a_change_keeps_its_source_and_can_be_taken_back)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct events events = { 0 };
	struct id id;

	clinic_open(&c);
	clinic_sit(&c, "p.shah");
	id = add_okafor(&c);
	set(&c, id, IN_MOBILE, "07700 900419");
	ck_assert_str_eq(mobile_of(&c, id), "07700900419");
	ck_assert_int_eq(found(&c, "0419", NULL), 1);
	ck_assert_int_eq(found(&c, "0418", NULL), 0);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_str_eq(mobile_of(&c, id), "07700900418");
	set(&c, id, IN_MOBILE, "");
	ck_assert_str_eq(mobile_of(&c, id), "");
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_str_eq(mobile_of(&c, id), "07700900418");
	set(&c, id, IN_HOME, "0117 496 0123");
	set(&c, id, IN_HOME, "0117 496 0123"); /* nothing to change */
	ck_ok(history_of(c.store, id, &events, &err), err);
	ck_assert_uint_eq(events.n, 6);
	ck_assert_str_eq(events.v[0].what, "registered");
	ck_assert_str_eq(events.v[1].what, "mobile changed");
	ck_assert_str_eq(events.v[2].what, "mobile put back");
	list_each (e, &events) /* fields, never values */
		ck_assert(!strstr(e->what, "9004"));
	list_free(&events);
	clinic_close(&c);
}
END_TEST

START_TEST(two_desks_may_change_different_fields_but_not_one_to_two_values)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct person_card seen;
	struct id id;

	clinic_open(&c);
	id = add_okafor(&c);
	ck_ok(intake_person(&c.desk, id, &seen, &err), err);
	set(&c, id, IN_MOBILE, "07700 900420");
	ck_ok(try_set(&c, id, IN_GENDER, "female", &seen, &err), err);
	ck_ok(try_set(&c, id, IN_MOBILE, "07700 900420", &seen, &err), err);
	int rc = try_set(&c, id, IN_MOBILE, "07700 900421", &seen, &err);

	ck_assert_str_eq(err.field, "mobile");
	ck_refused(rc, err, ERR_CLASH);
	ck_assert_str_eq(mobile_of(&c, id), "07700900420");
	person_card_done(&seen);
	clinic_close(&c);
}
END_TEST

START_TEST(what_cannot_be_right_is_refused_by_field)
{
	char marks[1000] = "Zo";
	const struct {
		enum intake_field field;
		const char *value;
	} rows[] = {
		{ IN_SURNAME, "" },
		{ IN_SURNAME, "'-" },
		{ IN_SURNAME, "Smith\x1b[2J" },
		{ IN_SURNAME, "Smi\x07th" },
		{ IN_SURNAME, "Sm\xff" },
		{ IN_SURNAME, "\xe2\x80\xae"
			      "htimS" }, /* a right-to-left override */
		{ IN_GIVEN, marks },
		{ IN_BORN, "31/2/1990" },
		{ IN_BORN, "1/1/2030" },
		{ IN_BORN, "1/1/1890" },
		{ IN_NHS, "999 526 0183" },
		{ IN_NHS, "999526018" },
		{ IN_MOBILE, "ask her" },
		{ IN_EMAIL, "nobody" },
		{ IN_TEXT_OK, "perhaps" },
		{ IN_STATUS, "withdrawn" },
		{ IN_EMPLOYEE_NO, "DROP TABLE" },
		{ IN_NEEDS, "lift" },
		{ IN_FORMER, "77" },
		{ IN_FORMER, "A;B;C;D;E;F;G" },
		{ IN_MOBILE_VOICEMAIL, "perhaps" },
		{ IN_WORK_VOICEMAIL, "yes" },
		{ IN_EMAIL_OK, "" },
		{ IN_PREFER, "pigeon" },
		{ IN_POSTCODE, "the quay" },
		{ IN_GP_CODE, "RH8" },
		{ IN_EMERGENCY_PHONE, "ask her" },
		{ IN_SAY, "say\x1b[2J" },
		{ IN_POST_FROM, "31/2/2020" },
	};
	struct clinic c;
	struct id id;
	char before[65], after[65];

	for (int i = 0; i < 200; i++)
		memcpy(marks + 2 + 2 * i, "\xcc\x81", 3);
	clinic_open(&c);
	id = add_okafor(&c);
	clinic_digest(&c, before);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err err = ERR_INIT;

		ck_assert_msg(try_set(&c, id, rows[i].field, rows[i].value, NULL, &err) < 0,
			      "row %zu was taken", i);
		ck_assert_int_eq(err.kind, ERR_INPUT);
		ck_assert_str_eq(err.field, intake_header(rows[i].field));
	}
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	clinic_close(&c);
}
END_TEST

START_TEST(a_number_of_somebody_else_cannot_be_given_to_a_second)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id id;

	clinic_open(&c);
	add_okafor(&c);
	id = add(&c, "Smith", "Ann", "1990-02-01");
	ck_refused(try_set(&c, id, IN_NHS, "9995260182", NULL, &err), err, ERR_CLASH);
	clinic_close(&c);
}
END_TEST

START_TEST(a_person_is_named_by_id_or_number)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id id, got;
	char text[ID_TEXT];

	clinic_open(&c);
	id = add_okafor(&c);
	ck_ok(intake_named(&c.desk, id_text(id, text), &got, &err), err);
	ck_assert(id_same(id, got));
	ck_ok(intake_named(&c.desk, "999 526 0182", &got, &err), err);
	ck_ok(intake_named(&c.desk, "20417733", &got, &err), err);
	ck_refused(intake_named(&c.desk, "20417734", &got, &err), err, ERR_MISSING);
	ck_ok(intake_opened(&c.desk, id, &err), err);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM viewed"), 1);
	clinic_close(&c);
}
END_TEST

static const char *value_of(struct clinic *c, struct id id, enum intake_field field)
{
	static char buf[INTAKE_TEXT];
	struct person_card card;
	struct err err = ERR_INIT;
	char text[INTAKE_TEXT];

	ck_ok(intake_person(&c->desk, id, &card, &err), err);
	snprintf(buf, sizeof buf, "%s", intake_value(&card, field, (struct id){ 0 }, text));
	person_card_done(&card);
	return buf;
}

/* Every field, a value for it as typed and as it is shown again. */
static const struct {
	enum intake_field field;
	const char *typed, *shown;
} kept[] = {
	{ IN_FORMER, "Eze ; Obi, Ada", "Eze; Obi, Ada" },
	{ IN_NEEDS, "quiet,step", "step_free quiet" },
	{ IN_INTERPRETER, "Igbo", "Igbo" },
	{ IN_HOME, "0117 496 0123", "0117 496 0123" },
	{ IN_WORK, "0117 496 0124", "0117 496 0124" },
	{ IN_EMAIL, "ada@wvh.example", "ada@wvh.example" },
	{ IN_TEXT_OK, "no", "no" },
	{ IN_MOBILE_VOICEMAIL, "yes", "yes" },
	{ IN_HOME_VOICEMAIL, "no", "no" },
	{ IN_WORK_VOICEMAIL, "y", "yes" },
	{ IN_EMAIL_OK, "yes", "yes" },
	{ IN_SAY, "only my name", "only my name" },
	{ IN_BEST_TIME, "after 16:00", "after 16:00" },
	{ IN_PREFER, "Work", "work" },
	{ IN_ADDRESS, "4 Quay Street, Poole", "4 Quay Street, Poole" },
	{ IN_POSTCODE, "bh151aa", "BH15 1AA" },
	{ IN_GP, "Dr Osei", "Dr Osei" },
	{ IN_GP_PRACTICE, "Harbour Surgery", "Harbour Surgery" },
	{ IN_GP_ADDRESS, "1 Hill, Poole", "1 Hill, Poole" },
	{ IN_GP_CODE, "k81003", "K81003" },
	{ IN_EMERGENCY, "Chidi Okafor", "Chidi Okafor" },
	{ IN_EMERGENCY_RELATION, "husband", "husband" },
	{ IN_EMERGENCY_PHONE, "07700900417", "07700 900417" },
	{ IN_POST_FROM, "1/9/2019", "01-Sep-2019" },
	{ IN_POST_TO, "31/8/2025", "31-Aug-2025" },
};
enum { KEPT = sizeof kept / sizeof *kept };

START_TEST(every_field_is_kept_shown_cleared_and_taken_back)
{
	struct clinic c;
	struct err err = ERR_INIT;
	char before[65], after[65];
	struct id id;

	clinic_open(&c);
	clinic_sit(&c, "p.shah");
	id = add_okafor(&c);
	for (int i = 0; i < KEPT; i++) {
		set(&c, id, kept[i].field, kept[i].typed);
		ck_assert_str_eq(value_of(&c, id, kept[i].field), kept[i].shown);
	}
	/* All that was said stays said: the later did not undo the earlier. */
	for (int i = 0; i < KEPT; i++)
		ck_assert_str_eq(value_of(&c, id, kept[i].field), kept[i].shown);
	clinic_digest(&c, before);
	for (int i = 0; i < KEPT; i++)
		set(&c, id, kept[i].field, kept[i].shown); /* nothing to change */
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	for (int i = 0; i < KEPT; i++) {
		if (kept[i].field == IN_TEXT_OK || kept[i].field == IN_EMAIL_OK)
			continue;
		set(&c, id, kept[i].field, "");
		ck_assert_str_eq(value_of(&c, id, kept[i].field), "");
		ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
		ck_assert_str_eq(value_of(&c, id, kept[i].field), kept[i].shown);
	}
	clinic_close(&c);
}
END_TEST

START_TEST(everything_may_be_said_at_once_when_somebody_is_added)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct intake_form form = { .v = { [IN_SURNAME] = "Silva",
					   [IN_GIVEN] = "Paulo",
					   [IN_EMPLOYEE_NO] = "77",
					   [IN_MOBILE] = "07700 900777" } };
	struct id id;

	clinic_open(&c);
	for (int i = 0; i < KEPT; i++)
		form.v[kept[i].field] = kept[i].typed;
	ck_ok(intake_add(&c.desk, &form, customer_of(&c, "WVH"), false, &id, &err), err);
	for (int i = 0; i < KEPT; i++)
		ck_assert_str_eq(value_of(&c, id, kept[i].field), kept[i].shown);
	clinic_close(&c);
}
END_TEST

/* Which name of before the first was found by. */
static const char *found_as(struct clinic *c, const char *text)
{
	static char was[NAME_TEXT];
	struct found_list list = { 0 };
	struct err err = ERR_INIT;

	ck_ok(intake_find(&c->desk, text, 50, &list, &err), err);
	ck_assert_uint_gt(list.n, 0);
	snprintf(was, sizeof was, "%s", list.v[0].was);
	list_free(&list);
	return was;
}

START_TEST(a_person_is_found_by_the_names_they_had)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id id, first;

	clinic_open(&c);
	clinic_sit(&c, "p.shah");
	id = add_okafor(&c);
	set(&c, id, IN_FORMER, "Eze; Thornbury, Ann");
	ck_assert_int_eq(found(&c, "eze,ada", &first), 1);
	ck_assert(id_same(first, id));
	ck_assert_int_eq(found(&c, "thorn,ann", NULL), 1);
	ck_assert_str_eq(found_as(&c, "eze"), "Eze");
	ck_assert_str_eq(found_as(&c, "okafor"), "");
	ck_assert_int_eq(found(&c, "thorn,bee", NULL), 0);
	ck_assert_int_eq(found(&c, "thornberry", NULL), 1); /* by its sound */
	/* The present given name goes with a former surname, whichever it is. */
	set(&c, id, IN_GIVEN, "Ngozi");
	ck_assert_int_eq(found(&c, "eze,ngo", NULL), 1);
	ck_assert_int_eq(found(&c, "eze,ada", NULL), 0);
	set(&c, id, IN_FORMER, "Thornbury, Ann");
	ck_assert_int_eq(found(&c, "eze", NULL), 0);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(found(&c, "eze", NULL), 1);
	clinic_close(&c);
}
END_TEST

START_TEST(two_desks_may_change_different_details_but_not_one_to_two_values)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct person_card seen;
	struct id id;

	clinic_open(&c);
	id = add_okafor(&c);
	set(&c, id, IN_SAY, "name");
	set(&c, id, IN_FORMER, "Eze");
	ck_ok(intake_person(&c.desk, id, &seen, &err), err);
	set(&c, id, IN_SAY, "oh");
	set(&c, id, IN_NEEDS, "quiet");
	set(&c, id, IN_FORMER, "Eze; Obi");
	ck_ok(try_set(&c, id, IN_GP, "Dr Osei", &seen, &err), err);
	ck_ok(try_set(&c, id, IN_FORMER, "Eze; Bello", &seen, &err), err);
	ck_assert_str_eq(value_of(&c, id, IN_FORMER), "Eze; Obi; Bello");
	ck_refused(try_set(&c, id, IN_SAY, "all", &seen, &err), err, ERR_CLASH);
	ck_refused(try_set(&c, id, IN_NEEDS, "bsl", &seen, &err), err, ERR_CLASH);
	ck_assert_str_eq(value_of(&c, id, IN_SAY), "oh");
	ck_assert_str_eq(value_of(&c, id, IN_NEEDS), "quiet");
	person_card_done(&seen);
	clinic_close(&c);
}
END_TEST

START_TEST(a_second_employer_is_a_second_post)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct intake_form form = { .v = { [IN_JOB] = "Fitter" } };
	struct person_card card;
	struct id id;

	clinic_open(&c);
	id = add_okafor(&c);
	form.customer = customer_of(&c, "KES");
	ck_ok(intake_set(&c.desk, id, &form, NULL, &err), err);
	form.v[IN_JOB] = "Welder";
	form.v[IN_POST_TO] = "1/3/2026";
	ck_ok(intake_set(&c.desk, id, &form, NULL, &err), err);
	ck_ok(intake_person(&c.desk, id, &card, &err), err);
	ck_assert_uint_eq(card.posts.n, 2);
	ck_assert_str_eq(card.posts.v[1].job, "Welder");
	/* One that ends comes after one that does not. */
	ck_assert_str_eq(posts_current(&card.posts)->employee_no, "20417733");
	person_card_done(&card);
	form.v[IN_POST_FROM] = "2/3/2026";
	form.v[IN_POST_TO] = NULL;
	int rc = intake_set(&c.desk, id, &form, NULL, &err);

	ck_assert_str_eq(err.field, "post_to");
	ck_refused(rc, err, ERR_INPUT);
	clinic_close(&c);
}
END_TEST

TEST_MAIN("intake", one_box_finds_by_every_shape, accents_and_apostrophes_do_not_count_when_finding,
	  look_alikes_are_marked_and_those_that_sound_alike_come_last,
	  a_long_list_is_cut_and_counted, somebody_who_looks_registered_is_not_registered_twice,
	  a_registration_taken_back_hides_the_person_unless_something_stands_on_it,
	  a_change_keeps_its_source_and_can_be_taken_back,
	  two_desks_may_change_different_fields_but_not_one_to_two_values,
	  what_cannot_be_right_is_refused_by_field,
	  a_number_of_somebody_else_cannot_be_given_to_a_second, a_person_is_named_by_id_or_number,
	  every_field_is_kept_shown_cleared_and_taken_back,
	  everything_may_be_said_at_once_when_somebody_is_added,
	  a_person_is_found_by_the_names_they_had,
	  two_desks_may_change_different_details_but_not_one_to_two_values,
	  a_second_employer_is_a_second_post)
