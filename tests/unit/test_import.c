/* test_import.c: people from files: all or nothing, nobody twice, what a desk typed stays. */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "clinic.h"
#include "clinic/act.h"
#include "clinic/intake.h"
#include "suite.h"

#define HEADER "surname,given,born,nhs_number,employee_no,mobile,text_ok\r\n"

static char *path_of(const struct clinic *c, const char *name)
{
	static char path[200];

	snprintf(path, sizeof path, "%s/%s", c->folder, name);
	return path;
}

static void write_file(const struct clinic *c, const char *text)
{
	FILE *f = fopen(path_of(c, "staff.csv"), "w");

	ck_assert(f != NULL);
	fputs(text, f);
	fclose(f);
}

static const char *read_file(const struct clinic *c, const char *name)
{
	static char text[4096];
	FILE *f = fopen(path_of(c, name), "r");
	size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;

	if (!f)
		return NULL;
	fclose(f);
	text[n] = '\0';
	return text;
}

static int take(struct clinic *c, const char *customer, bool by_row, struct intake_counts *ret,
		struct err *err)
{
	char file[200];
	const struct customer *who;
	struct intake_import want = { .by_row = by_row, .file = file };

	snprintf(file, sizeof file, "%s/staff.csv", c->folder);
	ck_ok(find_customer(&c->desk, customer, &who, err), *err);
	want.customer = who->id;
	return intake_import(&c->desk, &want, ret, err);
}

static struct intake_counts taken(struct clinic *c, bool by_row)
{
	struct intake_counts counts;
	struct err err = ERR_INIT;

	ck_ok(take(c, "WVH", by_row, &counts, &err), err);
	return counts;
}

#define ck_counts(counts, a, ch, s, r)                                                             \
	do {                                                                                       \
		const struct intake_counts got_ = (counts);                                        \
		ck_assert_int_eq(got_.added, a);                                                   \
		ck_assert_int_eq(got_.changed, ch);                                                \
		ck_assert_int_eq(got_.same, s);                                                    \
		ck_assert_int_eq(got_.refused, r);                                                 \
	} while (0)

static const char *const staff =
	HEADER "Okafor,Adaeze,1984-08-14,999 526 0182,20417733,07700 900418,yes\r\n"
	       "O'Brien,Seán,01/02/1990,,20417734,,\r\n"
	       "\"van der Berg\",Anke,,9996281949,,07700900420,no\r\n"
	       "Łukaszewska,Zoë,1970-12-31,,,,\r\n";

START_TEST(a_file_twice_makes_nobody_twice)
{
	struct clinic c;

	clinic_open(&c);
	write_file(&c, staff);
	ck_counts(taken(&c, false), 4, 0, 0, 0);
	ck_counts(taken(&c, false), 0, 0, 4, 0);
	ck_counts(taken(&c, true), 0, 0, 4, 0);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person"), 4);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM post"), 4);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM contact"), 2);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM import"), 3);
	clinic_close(&c);
}
END_TEST

START_TEST(one_bad_row_and_nothing_is_taken)
{
	struct clinic c;
	struct intake_counts counts;
	struct err err = ERR_INIT;
	char before[65], after[65];

	clinic_open(&c);
	clinic_digest(&c, before);
	write_file(&c, HEADER "Good,Ann,1984-08-14,,1,,\r\n"
			      "Bad,Bob,1984-02-30,,2,,\r\n"
			      "Good,Cy,1984-08-14,,3,,\r\n");
	ck_assert_int_eq(take(&c, "WVH", false, &counts, &err), -1);
	ck_assert_msg(strstr(err.text, "Line 3: There is no day 1984-02-30") != NULL, "%s",
		      err.text);
	ck_refused(-1, err, ERR_INPUT);
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	ck_assert(!read_file(&c, "staff.csv.rejects"));
	clinic_close(&c);
}
END_TEST

START_TEST(row_by_row_the_good_are_taken_and_the_others_listed_with_reasons)
{
	struct clinic c;
	const char *list;

	clinic_open(&c);
	write_file(&c, HEADER "Good,Ann,1984-08-14,,1,,\r\n"
			      "Bad,Bob,1984-02-30,,2,,\r\n"
			      ",Nobody,1984-02-03,,3,,\r\n"
			      "Esc\033[2J,Ed,1984-02-03,,4,,\r\n"
			      "Short,Row\r\n"
			      "Wrong,Nhs,,9995260183,5,,\r\n"
			      "Twice,Ann,1984-08-15,,1,,\r\n"
			      "Nameless,Number,,,,,\r\n"
			      "Good,Zed,1990-08-14,,6,\"07700 900418\",yes\r\n");
	ck_counts(taken(&c, true), 2, 0, 0, 7);
	list = read_file(&c, "staff.csv.rejects");
	ck_assert_ptr_nonnull(list);
	ck_assert_msg(strncmp(list, "line,reason,surname,given,", 26) == 0, "%s", list);
	ck_assert_ptr_nonnull(strstr(list, "\r\n3,"));
	ck_assert_ptr_nonnull(strstr(list, "\r\n8,"));
	ck_assert_ptr_nonnull(strstr(list, ",Bad,Bob,1984-02-30,,2,,\r\n"));
	ck_assert(!read_file(&c, "staff.csv.rejects.new"));

	/* Corrected, the list itself can be taken in; and then no list of refused rows is left. */
	write_file(&c, "line,reason," HEADER "3,no such day,Bad,Bob,1984-02-28,,2,,\r\n");
	ck_counts(taken(&c, true), 1, 0, 0, 0);
	ck_assert(!read_file(&c, "staff.csv.rejects"));
	clinic_close(&c);
}
END_TEST

START_TEST(the_same_person_on_two_lines_is_refused)
{
	struct clinic c;

	clinic_open(&c);
	write_file(&c, HEADER "Okafor,Adaeze,1984-08-14,9995260182,1,,\r\n"
			      "Okafor,Ada,1984-08-14,9995260182,,,\r\n"
			      "OKAFOR,Adaeze,1984-08-14,,,,\r\n"
			      "Okafor,Adaeze,,,1,,\r\n");
	ck_counts(taken(&c, true), 1, 0, 0, 3);
	ck_assert_ptr_nonnull(strstr(read_file(&c, "staff.csv.rejects"), "stands on line 2"));
	clinic_close(&c);
}
END_TEST

START_TEST(changes_follow_the_file_and_empty_cells_clear_nothing)
{
	struct clinic c;

	clinic_open(&c);
	write_file(&c, staff);
	taken(&c, false);
	write_file(&c, HEADER "Okafor-Bell,Adaeze,,,20417733,07700 900419,\r\n"
			      "O'Brien,Sean,1990-02-01,,20417734,,\r\n");
	ck_counts(taken(&c, false), 0, 2, 0, 0);
	ck_assert_int_eq(clinic_count(&c,
				      "SELECT count(*) FROM person WHERE surname = 'Okafor-Bell'"
				      " AND nhs = '9995260182' AND born IS NOT NULL"),
			 1);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM contact WHERE value = '07700900419'"
					  " AND text_ok = 1 AND source = 'csv'"),
			 1);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM history WHERE type = 'person'"
					  " AND what = 'surname, mobile changed by a file'"),
			 1);
	clinic_close(&c);
}
END_TEST

START_TEST(what_a_desk_typed_later_is_never_overwritten)
{
	struct clinic c;
	struct intake_form form = { .v = { [IN_MOBILE] = "07700 900499" } };
	struct intake_counts counts;
	struct err err = ERR_INIT;
	struct id id;

	clinic_open(&c);
	write_file(&c, staff);
	taken(&c, false);
	ck_ok(intake_named(&c.desk, "20417733", &id, &err), err);
	ck_ok(intake_set(&c.desk, id, &form, NULL, &err), err);
	counts = taken(&c, false);
	ck_counts(counts, 0, 0, 4, 0);
	ck_assert_int_eq(counts.differs, 1);
	ck_assert_ptr_nonnull(
		strstr(read_file(&c, "staff.csv.differs"), ",mobile,07700900499,07700900418\r\n"));
	ck_assert_int_eq(
		clinic_count(&c, "SELECT count(*) FROM contact WHERE value = '07700900499'"), 1);
	clinic_close(&c);
}
END_TEST

START_TEST(what_a_desk_was_told_of_needs_and_ways_is_never_overwritten)
{
	static const char columns[] = "surname,given,employee_no,needs,say,gp,former_names\r\n";
	struct clinic c;
	struct intake_form form = { .v = { [IN_NEEDS] = "bsl", [IN_SAY] = "name" } };
	struct intake_counts counts;
	struct err err = ERR_INIT;
	struct id id;
	char *text;

	clinic_open(&c);
	text = mem_printf("%sOkafor,Adaeze,1,,,Dr Osei,\r\n", columns);
	write_file(&c, text);
	mem_free(text);
	ck_counts(taken(&c, false), 1, 0, 0, 0);
	ck_ok(intake_named(&c.desk, "1", &id, &err), err);
	ck_ok(intake_set(&c.desk, id, &form, NULL, &err), err);
	text = mem_printf("%sOkafor,Adaeze,1,step_free,all,Dr Bello,Eze\r\n", columns);
	write_file(&c, text);
	mem_free(text);
	counts = taken(&c, false);
	/* The practice is the file's own, and the former name is new. */
	ck_counts(counts, 0, 1, 0, 0);
	ck_assert_int_eq(counts.differs, 2);
	ck_assert_ptr_nonnull(
		strstr(read_file(&c, "staff.csv.differs"), ",needs,bsl,step_free\r\n"));
	ck_assert_ptr_nonnull(strstr(read_file(&c, "staff.csv.differs"), ",say,name,all\r\n"));
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM detail WHERE value = 'Dr Bello'"
					  " AND source = 'csv' AND state = 'on'"),
			 1);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM former_name"), 1);
	clinic_close(&c);
}
END_TEST

START_TEST(numbers_that_point_at_two_people_are_for_a_person_to_settle)
{
	struct clinic c;

	clinic_open(&c);
	write_file(&c, HEADER "Okafor,Adaeze,1984-08-14,9995260182,1,,\r\n"
			      "Smith,Ann,1990-01-01,9996281949,2,,\r\n");
	ck_counts(taken(&c, false), 2, 0, 0, 0);
	write_file(&c, HEADER "Okafor,Adaeze,1984-08-14,9995260182,2,,\r\n" /* Smith's number */
			      "Jones,Eve,1970-07-07,,1,,\r\n"		    /* Okafor's number */
			      "Smith,Ann,1990-01-01,,3,,\r\n");		    /* a namesake */
	struct intake_counts counts = taken(&c, true);

	ck_counts(counts, 1, 0, 0, 2);
	ck_assert_int_eq(counts.alike, 1);
	clinic_close(&c);
}
END_TEST

START_TEST(one_person_of_two_employers_is_one_person_with_two_posts)
{
	struct clinic c;
	struct intake_counts counts;
	struct err err = ERR_INIT;

	clinic_open(&c);
	write_file(&c, HEADER "Okafor,Adaeze,1984-08-14,9995260182,1,,\r\n");
	taken(&c, false);
	write_file(&c, HEADER "Okafor,Adaeze,1984-08-14,9995260182,K77,,\r\n");
	ck_ok(take(&c, "KES", false, &counts, &err), err);
	ck_counts(counts, 0, 1, 0, 0);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person"), 1);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM post WHERE state = 'on'"), 2);
	clinic_close(&c);
}
END_TEST

START_TEST(an_import_is_one_act_and_goes_back_whole_until_somebody_is_booked_or_changed)
{
	struct clinic c;
	struct intake_form form = { .v = { [IN_MOBILE] = "07700 900499" } };
	struct err err = ERR_INIT;
	struct id id;

	clinic_open(&c);
	write_file(&c, staff);
	taken(&c, false);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person WHERE status = 'withdrawn'"),
			 4);
	ck_counts(taken(&c, false), 4, 0, 0, 0);
	int64_t act = c.desk.acted;

	ck_ok(intake_named(&c.desk, "20417733", &id, &err), err);
	ck_ok(intake_set(&c.desk, id, &form, NULL, &err), err);
	ck_refused(act_undo(&c.desk, act, NULL, 0, &err), err, ERR_CLASH);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person WHERE status = 'active'"),
			 4);
	clinic_close(&c);
}
END_TEST

START_TEST(a_header_that_is_not_understood_is_refused)
{
	static const char *const files[] = {
		"",
		"surname,given\r\nA,B\r\n",
		"surname,given,born,shoe size\r\n",
		"surname,given,born,born\r\n",
		"given,born\r\n",
		"surname,given,born,\r\n",
	};
	struct clinic c;

	clinic_open(&c);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct intake_counts counts;
		struct err err = ERR_INIT;

		write_file(&c, files[i]);
		ck_refused(take(&c, "WVH", true, &counts, &err), err, ERR_INPUT);
	}
	clinic_close(&c);
}
END_TEST

START_TEST(who_only_sees_patients_takes_in_no_file)
{
	struct clinic c;
	struct intake_counts counts;
	struct err err = ERR_INIT;

	clinic_open(&c);
	write_file(&c, staff);
	clinic_sit(&c, "s.kelly");
	ck_refused(take(&c, "WVH", false, &counts, &err), err, ERR_DENIED);
	clinic_close(&c);
}
END_TEST

/* Rows with awkward names: every thirteenth has an accent, an apostrophe or another script. */
static void write_many(const struct clinic *c, int people)
{
	static const char *const odd[] = { "O'Brien", "Müller-Löb", "Ó Briain", "محمد", "Nguyễn" };
	FILE *f = fopen(path_of(c, "staff.csv"), "w");

	ck_assert(f != NULL);
	fputs(HEADER, f);
	for (int i = 0; i < people; i++) {
		char name[40];

		if (i % 13)
			snprintf(name, sizeof name, "Sur%c%c%c", 'a' + i % 26, 'a' + i / 26 % 26,
				 'a' + i / 676 % 26);
		else
			snprintf(name, sizeof name, "%s", odd[i / 13 % 5]);
		fprintf(f, "\"%s\",Given%d,%04d-%02d-%02d,,%d,07700 9%05d,yes\r\n", name, i % 97,
			1950 + i % 50, 1 + i % 12, 1 + i % 28, 10000000 + i, i % 100000);
	}
	fclose(f);
}

START_TEST(a_file_of_25000_is_taken_in)
{
	struct clinic c;
	int64_t start;

	clinic_open(&c);
	write_many(&c, 25000);
	start = world_ticks();
	ck_counts(taken(&c, false), 25000, 0, 0, 0);
	int64_t ms = world_ticks() - start;

	printf("import: %lld people a second\n", (long long)(25000 * 1000 / (ms ? ms : 1)));
	clinic_close(&c);
}
END_TEST

/* The whole process, as kill -9 would end it. */
static void die_at(void *ctx, int64_t done, int64_t total, int64_t rows)
{
	(void)done, (void)total;
	if (rows >= *(int64_t *)ctx)
		raise(SIGKILL);
}

static void import_and_die(struct clinic *c, int64_t row)
{
	struct clinic other;
	struct err err = ERR_INIT;
	struct intake_counts counts;
	const struct customer *who;
	char file[200];

	snprintf(file, sizeof file, "%s/staff.csv", c->folder);
	clinic_second(c, &other, "a.root");
	ck_ok(find_customer(&other.desk, "WVH", &who, &err), err);
	struct intake_import want = {
		.file = file, .customer = who->id, .by_row = true, .tick = die_at, .ctx = &row
	};

	intake_import(&other.desk, &want, &counts, &err);
	_exit(1);
}

START_TEST(a_killed_import_leaves_nothing_half_written)
{
	struct clinic c;
	char before[65], after[65];

	clinic_open(&c);
	write_many(&c, 3000);
	clinic_digest(&c, before);
	for (int i = 0; i < 5; i++) {
		pid_t pid = fork();
		int status;

		ck_assert_int_ge(pid, 0);
		if (pid == 0)
			import_and_die(&c, 400 + 600 * i);
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert(WIFSIGNALED(status));
		clinic_digest(&c, after);
		ck_assert_str_eq(before, after);
		ck_assert(!read_file(&c, "staff.csv.rejects"));
	}
	ck_counts(taken(&c, false), 3000, 0, 0, 0);
	clinic_close(&c);
}
END_TEST

TEST_MAIN("import", a_file_twice_makes_nobody_twice, one_bad_row_and_nothing_is_taken,
	  row_by_row_the_good_are_taken_and_the_others_listed_with_reasons,
	  the_same_person_on_two_lines_is_refused,
	  changes_follow_the_file_and_empty_cells_clear_nothing,
	  what_a_desk_typed_later_is_never_overwritten,
	  what_a_desk_was_told_of_needs_and_ways_is_never_overwritten,
	  numbers_that_point_at_two_people_are_for_a_person_to_settle,
	  one_person_of_two_employers_is_one_person_with_two_posts,
	  an_import_is_one_act_and_goes_back_whole_until_somebody_is_booked_or_changed,
	  a_header_that_is_not_understood_is_refused, who_only_sees_patients_takes_in_no_file,
	  a_file_of_25000_is_taken_in, a_killed_import_leaves_nothing_half_written)
