/* test_staff.c: what files of ESR left, settled at a desk; absences for those who treat alone. */
#include "suite.h"

#include <stdio.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "clinic/esr.h"
#include "clinic/intake.h"
#include "clinic/record.h"
#include "esr_files.h"

static struct clinic c;
static struct err err;

static void take(const char *file)
{
	const struct esr_import want = { .files = &file, .n = 1 };

	ck_ok(esr_import(&c.desk, &want, &err), err);
}

/* Quilliam is taken in, renamed at the desk, and ESR says Quilliam again; Webb was known before. */
static void open_staff(void)
{
	const char *vpd[8] = { [6] = "123" };
	struct intake_form form = { .v = { [IN_SURNAME] = "Quilliam-Bell" } };
	struct found_list found = { 0 };
	struct trust trust;
	char path[300];
	struct id wvh;

	clinic_open(&c);
	ck_ok(record_by_code(&c.desk, record_find("customer"), "WVH", &wvh, &err), err);
	ck_ok(record_set(&c.desk, record_find("customer"), wvh, vpd, &err), err);
	at_desk_person(&c, "WVH", "Webb|Tom|Mr|01-01-1990|||");
	trust_open(&trust, 123, 6, 1);
	trust.quiet = true;
	snprintf(trust.people.v[0].surname, 48, "Quilliam");
	snprintf(trust.people.v[0].given, 48, "Ada");
	trust.people.v[0].title[0] = trust.people.v[1].title[0] = '\0';
	trust.people.v[0].born = 19840814;
	snprintf(trust.people.v[1].surname, 48, "Webb");
	snprintf(trust.people.v[1].given, 48, "Tom");
	trust.people.v[1].born = 19900101;
	trust.absences.n = 0;
	*list_push(&trust.absences) = (struct trust_absence){ .no = 77, .person = 0 };
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	take(path);
	ck_ok(intake_find(&c.desk, "quilliam", 5, &found, &err), err);
	ck_assert_int_eq(found.n, 1);
	ck_ok(intake_set(&c.desk, found.v[0].person.id, &form, NULL, &err), err);
	list_free(&found);
	trust.people.v[0].changed = true;
	trust_day(&trust, c.folder, 20260310, path, sizeof path);
	take(path);
	trust_close(&trust);
}

static void go_to_esr(struct pty *p)
{
	pty_keys(p, ":esr<Enter>");
	row_has(p, 1, "ESR  ");
}

START_TEST(a_desk_takes_esrs_word_or_keeps_its_own_and_one_undo_takes_that_back)
{
	struct pty *p;

	open_staff();
	p = at_desk(&c, "p.shah", NULL);
	go_to_esr(p);
	ck_assert(pty_screen_is(p, "tests/screens/staff.screen"));
	pty_keys(p, "k");
	row_has(p, 23, "surname is kept as it is");
	row_is(p, 3, "MAY BE KNOWN");
	pty_keys(p, "u");
	row_is(p, 3, "ESR SAYS OTHERWISE");
	pty_keys(p, "<Home>t");
	row_has(p, 23, "surname is ESR's now");
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person WHERE surname = 'Quilliam'"),
			 1);
	pty_keys(p, "u");
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person WHERE surname = 'Quilliam'"),
			 0);
	at_desk_end(p);
	clinic_close(&c);
}
END_TEST

START_TEST(who_may_be_known_is_said_to_be_the_same_or_somebody_new)
{
	struct pty *p;

	open_staff();
	p = at_desk(&c, "p.shah", NULL);
	go_to_esr(p);
	pty_keys(p, "tu"); /* whatever was first is as it was */
	pty_keys(p, "<End>t");
	row_has(p, 23, "Only what differs");
	pty_keys(p, "=");
	row_has(p, 23, "that is who ESR means");
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person WHERE surname = 'Webb'"), 1);
	pty_keys(p, "u<End>n");
	row_has(p, 23, "somebody new, registered");
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person WHERE surname = 'Webb'"), 2);
	at_desk_end(p);
	clinic_close(&c);
}
END_TEST

START_TEST(absences_stand_on_the_record_for_who_treats_and_for_nobody_else)
{
	struct pty *p;

	open_staff();
	p = at_desk(&c, "r.adeyemi", NULL);
	pty_keys(p, "/quill<Enter>");
	row_is(p, 9, "ABSENCES");
	row_has(p, 10, "01-Feb-2026 to 10-Feb-2026  Sickness: S12 Other musculo");
	at_desk_end(p);
	p = at_desk(&c, "p.shah", NULL);
	pty_keys(p, "/quill<Enter>");
	row_has(p, 1, "PERSON");
	for (int row = 2; row <= 24; row++)
		ck_assert(!strstr(pty_row(p, row), "ABSENCES") &&
			  !strstr(pty_row(p, row), "Sickness"));
	at_desk_end(p);
	clinic_close(&c);
}
END_TEST

TEST_MAIN("staff", a_desk_takes_esrs_word_or_keeps_its_own_and_one_undo_takes_that_back,
	  who_may_be_known_is_said_to_be_the_same_or_somebody_new,
	  absences_stand_on_the_record_for_who_treats_and_for_nobody_else)
