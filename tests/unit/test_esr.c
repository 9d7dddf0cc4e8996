/*
 * test_esr.c: staff from ESR: what a trust says is what we have, what a desk typed stays, and a
 * file is taken in wholly or not at all.
 */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/esr.h"
#include "clinic/intake.h"
#include "clinic/pairs.h"
#include "clinic/record.h"
#include "esr_files.h"
#include "store/stats.h"
#include "suite.h"

enum { VPD = 123, FILES = 8, PATH = 300 };

static struct clinic c;
static struct trust trust;
static struct esr_counts last; /* of the file taken last */
static char path[PATH];

static void keep_counts(void *ctx, const struct esr_counts *counts)
{
	int *n = ctx;

	last = *counts;
	if (n)
		++*n;
}

static int import(struct clinic *at, const char *file, bool by_row, struct err *err)
{
	const struct esr_import want = {
		.files = &file, .n = 1, .by_row = by_row, .done = keep_counts
	};

	return esr_import(&at->desk, &want, err);
}

static void taken(const char *file)
{
	struct err err = ERR_INIT;

	ck_ok(import(&c, file, false, &err), err);
	ck_assert_msg(!last.over, "%s: %s", last.file, last.over);
}

static void whose(const char *customer, const char *vpd)
{
	const char *v[8] = { [6] = vpd };
	struct err err = ERR_INIT;
	struct id id;

	ck_ok(record_by_code(&c.desk, record_find("customer"), customer, &id, &err), err);
	ck_ok(record_set(&c.desk, record_find("customer"), id, v, &err), err);
}

static void open_trust(size_t people)
{
	clinic_open(&c);
	whose("WVH", "123");
	trust_open(&trust, VPD, people, 1);
}

static void close_trust(void)
{
	trust_close(&trust);
	clinic_close(&c);
}

/* ---- what is there, beside what must be ---- */

static sqlite3 *look(void)
{
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open_v2(c.path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	return db;
}

/* Every row as one line, fields separated by |. */
static char *lines_of(const char *sql)
{
	sqlite3 *db = look();
	sqlite3_stmt *s = NULL;
	struct buf out = { 0 };

	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	buf_str(&out, "");
	while (sqlite3_step(s) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			const char *text = (const char *)sqlite3_column_text(s, i);

			buf_printf(&out, "%s%s", i ? "|" : "", text ? text : "");
		}
		buf_str(&out, "\n");
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
	return out.s;
}

/* The first line in which they differ, not 2 MB of them. */
static void ck_same_lines(char *have, char *want)
{
	char *a = have, *b = want;

	while (*a && *b) {
		size_t n = strcspn(a, "\n"), m = strcspn(b, "\n");

		ck_assert_msg(n == m && memcmp(a, b, n) == 0, "have %.*s\nwant %.*s", (int)n, a,
			      (int)m, b);
		a += n + (a[n] == '\n');
		b += m + (b[m] == '\n');
	}
	ck_assert_msg(!*a && !*b, "have more: %.200s\nwant more: %.200s", a, b);
	mem_free(have);
	mem_free(want);
}

static void ck_people(void)
{
	struct buf want = { 0 };
	size_t told = 0;
	bool *at_work = mem_new(trust.people.n * sizeof *at_work);

	list_each (p, &trust.posts)
		if (p->told && !trust_over(&trust, p))
			at_work[p->person] = true;
	for (size_t i = 0; i < trust.people.n; i++) {
		const struct trust_person *p = &trust.people.v[i];
		char surname[100], given[100];

		if (!p->told)
			continue;
		told++;
		buf_printf(&want, "%lld|%s|%s|%s|%s|%08d|%s|%s\n", (long long)p->no,
			   trust_utf8(p->surname, surname, sizeof surname),
			   trust_utf8(p->given, given, sizeof given), p->title,
			   p->no % 2 ? "Female" : "Male", p->born, p->email,
			   at_work[i] ? "active" : "leaver");
	}
	buf_str(&want, "");
	ck_same_lines(
		lines_of(
			"SELECT e.no, p.surname, p.given, p.title, p.gender,"
			" strftime('%Y%m%d', p.born * 86400, 'unixepoch'),"
			" (SELECT value FROM contact WHERE person = p.id AND kind = 'email'),"
			" p.status FROM esr_person e JOIN person p ON p.id = e.person ORDER BY e.no"),
		want.s);
	ck_assert_int_eq(
		clinic_count(&c, "SELECT count(*) FROM person WHERE status <> 'withdrawn'"),
		(int64_t)told);
	mem_free(at_work);
}

static void ck_posts(void)
{
	struct buf want = { 0 };
	size_t told = 0;

	list_each (p, &trust.posts) {
		const struct trust_person *boss = &trust.people.v[p->manager];
		char surname[100], given[100], manager[220] = "", employee[24];

		if (!p->told)
			continue;
		told++;
		if (p->manager != p->person)
			snprintf(manager, sizeof manager, "%s, %s",
				 trust_utf8(boss->surname, surname, sizeof surname),
				 trust_utf8(boss->given, given, sizeof given));
		buf_printf(&want, "%lld|%lld|%s|%s|%s|%s|%s\n", (long long)p->no,
			   (long long)trust.people.v[p->person].no,
			   trust_employee(&trust.people.v[p->person], employee), trust_job(p),
			   p->deleted ? "" : trust.organisations[p->organisation],
			   p->deleted ? "" : manager, trust_over(&trust, p) ? "off" : "on");
	}
	buf_str(&want, "");
	ck_same_lines(
		lines_of(/* A deleted one keeps the words that it had. */
			 "SELECT a.no, e.no, p.employee_no, p.job, iif(a.state = 'on', p.department, ''),"
			 " iif(a.state = 'on', p.manager, ''), p.state FROM esr_assignment a JOIN post p ON p.id = a.post"
			 " JOIN esr_person e ON e.person = p.person ORDER BY a.no"),
		want.s);
	ck_assert_int_eq(
		clinic_count(
			&c,
			"SELECT count(*) FROM post WHERE person IN (SELECT id FROM person WHERE status <> 'withdrawn')"),
		(int64_t)told);
}

static void ck_absences(void)
{
	int64_t n = 0;

	list_each (a, &trust.absences)
		n += !a->deleted && trust.people.v[a->person].told;
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM esr_absence WHERE state = 'on'"),
			 n);
}

static void ck_trust(void)
{
	ck_people();
	ck_posts();
	ck_absences();
}

/* ---- a trust ---- */

START_TEST(what_the_trust_says_of_25000_people_over_three_days_is_what_we_have)
{
	static const int days[] = { 20260310, 20260311, 20260312 };
	int64_t began;

	open_trust(25000);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	began = world_ticks();
	taken(path);
	printf("esr: %lld rows in %lld ms\n", (long long)last.rows,
	       (long long)(world_ticks() - began));
	ck_assert_int_eq(last.added, 25000);
	ck_assert_int_eq(last.passed, 3);
	ck_trust();
	for (size_t i = 0; i < 3; i++) {
		trust_day(&trust, c.folder, days[i], path, sizeof path);
		taken(path);
		ck_assert_int_eq(last.proposed + last.differs + last.missing + last.refused, 0);
		ck_assert_int_gt(last.left, 50);
		ck_assert_int_gt(last.changed, 300);
		ck_trust();
	}
	close_trust();
}
END_TEST

/* ---- twice, in order, without a gap ---- */

START_TEST(a_file_is_taken_once_and_an_older_one_not_at_all)
{
	char full[PATH], first[PATH], second[PATH], before[65], after[65];
	struct err err = ERR_INIT;

	open_trust(30);
	trust_full(&trust, c.folder, 20260309, full, sizeof full);
	trust_day(&trust, c.folder, 20260310, first, sizeof first);
	trust_day(&trust, c.folder, 20260311, second, sizeof second);
	ck_refused(import(&c, first, true, &err), err, ERR_INPUT); /* the full one comes first */
	taken(full);
	ck_refused(import(&c, second, true, &err), err, ERR_CLASH); /* one is missing */
	taken(first);
	taken(second);
	ck_trust();
	clinic_digest(&c, before);
	ck_ok(import(&c, first, false, &err), err);
	ck_assert_str_eq(last.over, "taken in already");
	ck_ok(import(&c, full, false, &err), err);
	ck_assert_str_eq(last.over, "taken in already");
	/* The same name, and one row more. */
	FILE *f = fopen(second, "a");

	fputs("\r\n", f);
	fclose(f);
	ck_refused(import(&c, second, false, &err), err, ERR_CLASH);
	/* A full file older than what was taken. */
	trust.day = 0;
	trust_full(&trust, c.folder, 20260308, path, sizeof path);
	ck_ok(import(&c, path, false, &err), err);
	ck_assert_str_eq(last.over, "older than what was taken in");
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	close_trust();
}
END_TEST

START_TEST(files_are_taken_in_the_order_of_their_days_whatever_the_command_says)
{
	char files[4][PATH];
	const char *names[4] = { files[3], files[1], files[0], files[2] };
	int n = 0;
	const struct esr_import want = { .files = names, .n = 4, .done = keep_counts, .ctx = &n };
	struct err err = ERR_INIT;

	open_trust(30);
	trust_full(&trust, c.folder, 20260309, files[0], PATH);
	for (int i = 1; i < 4; i++)
		trust_day(&trust, c.folder, 20260309 + i, files[i], PATH);
	ck_ok(esr_import(&c.desk, &want, &err), err);
	ck_assert_int_eq(n, 4);
	ck_trust();
	close_trust();
}
END_TEST

START_TEST(whose_a_file_is_must_be_known_and_be_one)
{
	char other[PATH];
	struct err err = ERR_INIT;
	struct trust two;

	open_trust(3);
	trust_open(&two, 456, 3, 2);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	trust_full(&two, c.folder, 20260309, other, sizeof other);
	ck_refused(import(&c, other, false, &err), err, ERR_INPUT);
	const char *v[8] = { [6] = "123" };
	struct id kes;

	ck_ok(record_by_code(&c.desk, record_find("customer"), "KES", &kes, &err), err);
	ck_refused(record_set(&c.desk, record_find("customer"), kes, v, &err), err, ERR_INPUT);
	whose("KES", "456");
	const char *both[] = { path, other };
	const struct esr_import want = { .files = both, .n = 2 };

	ck_refused(esr_import(&c.desk, &want, &err), err, ERR_INPUT);
	taken(path);
	taken(other);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person"), 6);
	clinic_sit(&c, "p.shah");
	ck_refused(import(&c, path, false, &err), err, ERR_DENIED);
	trust_close(&two);
	close_trust();
}
END_TEST

/* ---- damage ---- */

struct text {
	char **v;
	size_t n, cap;
};

static void read_lines(const char *file, struct text *ret)
{
	static char line[70000];
	FILE *f = fopen(file, "r");

	ck_assert(f != NULL);
	while (fgets(line, sizeof line, f))
		*list_push(ret) = mem_str(line);
	fclose(f);
}

static void free_lines(struct text *t)
{
	list_each (l, t)
		mem_free(*l);
	list_free(t);
}

/* \1 in a line stands for a NUL. */
static void write_lines(const char *file, const struct text *t)
{
	FILE *f = fopen(file, "w");

	ck_assert(f != NULL);
	list_each (l, t)
		for (const char *p = *l; *p; p++)
			fputc(*p == '\1' ? 0 : *p, f);
	fclose(f);
}

enum how { SET, CUT, ADD, TWICE, LINE };
static const struct damage {
	const char *what, *letters;
	enum how how;
	int field;
	const char *value;
	const char *says;
} damages[] = {
	{ "a person short of a field", "PRA", CUT, 0, NULL, "43 fields where 44 belong" },
	{ "a person with one too many", "PRA", ADD, 0, "x", "45 fields where 44 belong" },
	{ "a stray separator in a name", "PRA", SET, 7, "O~Brien", "45 fields where 44 belong" },
	{ "an assignment short of a field", "ASA", CUT, 0, NULL, "50 fields where 51 belong" },
	{ "an absence with one too many", "ABA", ADD, 0, "", "49 fields where 48 belong" },
	{ "a person without a number", "PRA", SET, 2, "", "no number that the row goes by" },
	{ "a number with a letter in it", "PRA", SET, 2, "10O0001",
	  "no number that the row goes by" },
	{ "a birthday that does not exist", "PRA", SET, 14, "19840231", "(born): It is no day" },
	{ "a birthday in another writing", "PRA", SET, 14, "14/08/1984", "(born): It is no day" },
	{ "a birthday that lies ahead", "PRA", SET, 14, "20270101", "cannot lie ahead" },
	{ "a person without a surname", "PRA", SET, 7, "  ", "surname cannot be empty" },
	{ "a person without a given name", "PRA", SET, 8, "", "given cannot be empty" },
	{ "a terminal's escape in a name", "PRA", SET, 7, "Smi\033[2Jth", "escape sequence" },
	{ "a control character in a job", "ASA", SET, 35, "Por\ater", "control character" },
	{ "a byte that is no letter in a name", "PRA", SET, 8, "An\x81", "control character" },
	{ "a NUL", "PRA", SET, 8, "An\1n", "NUL byte" },
	{ "a moment that does not exist", "PRA", SET, 39, "20260301 996000", "no moment" },
	{ "the same person twice", "PRA", TWICE, 0, NULL, "same number stands on line" },
	{ "an assignment of nobody", "ASA", SET, 2, "77", "no person (PR) 77" },
	{ "an absence of no number", "ABA", SET, 2, "none", "no number" },
	{ "a deletion of nothing", "ABA", LINE, 0, "ABD~\r\n", "no number that the row goes by" },
	{ "a line that is no record", "PRA", LINE, 0, "<html>\r\n", "no record of ESR" },
	{ "an employee number that is none", "PRA", SET, 5, "none", "no employee number" },
	{ "a manager who is a word", "ASA", SET, 16, "Wendy", "(manager_no): It is no number" },
};

/* The row with one field otherwise. */
static char *damaged(const struct damage *d, const char *row)
{
	struct buf b = { 0 };
	int at = 1;

	if (d->how == LINE)
		return mem_str(d->value);
	if (d->how == CUT || d->how == ADD) {
		size_t n = d->how == CUT ? (size_t)(strrchr(row, '~') - row) : strcspn(row, "\r\n");

		buf_add(&b, row, n);
		if (d->how == ADD)
			buf_printf(&b, "~%s", d->value);
		buf_str(&b, "\r\n");
		return b.s;
	}
	for (const char *p = row; *p; at++) {
		size_t n = strcspn(p, "~\r");

		if (at == d->field)
			buf_str(&b, d->value);
		else
			buf_add(&b, p, n);
		p += n;
		if (*p == '\r')
			break;
		buf_str(&b, "~");
		p++;
	}
	buf_str(&b, "\r\n");
	return b.s;
}

/* Does it to the second row of those letters; the line it stands on. */
static int damage(struct text *t, const struct damage *d)
{
	int met = 0;

	for (size_t i = 0; i < t->n; i++) {
		char *row = t->v[i];

		if (strncmp(row, d->letters, 3) != 0 || ++met < 2)
			continue;
		if (d->how == TWICE) { /* in the place of an absence: the count stays right */
			for (size_t k = i + 1; k < t->n; k++)
				if (strncmp(t->v[k], "ABA", 3) == 0) {
					mem_free(t->v[k]);
					t->v[k] = mem_str(row);
					return (int)k + 1;
				}
			ck_abort_msg("no absence behind it");
		}
		t->v[i] = damaged(d, row);
		mem_free(row);
		return (int)i + 1;
	}
	ck_abort_msg("no %s", d->letters);
	return 0;
}

static char *rejects_of(const char *file)
{
	char name[PATH + 10];
	struct text t = { 0 };
	struct buf b = { 0 };

	snprintf(name, sizeof name, "%s.rejects", file);
	if (access(name, F_OK) < 0)
		return NULL;
	read_lines(name, &t);
	list_each (l, &t)
		buf_str(&b, *l);
	free_lines(&t);
	return b.s;
}

static void remove_rejects(const char *file)
{
	char *name = mem_printf("%s.rejects", file);

	unlink(name);
	mem_free(name);
}

/* The file with one row damaged: refused by that line with nothing written; by row that line is
 * listed and the rest taken; taken back, it is as if it had never come. */
static void damage_one(const struct damage *d)
{
	char before[65], after[65], line[32], *list;
	struct text t = { 0 };
	struct err err = ERR_INIT;
	int no;

	read_lines(path, &t);
	no = damage(&t, d);
	write_lines(path, &t);
	free_lines(&t);
	clinic_digest(&c, before);
	ck_assert_int_eq(import(&c, path, false, &err), -1);
	snprintf(line, sizeof line, "Line %d (", no);
	ck_assert_msg(err.kind == ERR_INPUT && strstr(err.text, line) && strstr(err.text, d->says),
		      "%s on line %d: %s", d->what, no, err.text);
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	ck_assert(!rejects_of(path));

	err_clear(&err);
	ck_ok(import(&c, path, true, &err), err);
	list = rejects_of(path);
	snprintf(line, sizeof line, "\n%d,", no);
	ck_assert_msg(list && strstr(list, line) && strstr(list, d->says), "%s: %s", d->what,
		      list ? list : "no list");
	mem_free(list);
	remove_rejects(path);
	ck_assert_int_ge(last.refused, 1);
	ck_assert_int_le(last.refused, 3); /* a person's assignments go with them */
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM task WHERE kind = 'check'"
					  " AND state = 'open'"),
			 1);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM task WHERE state = 'open'"), 0);
}

START_TEST(each_of_the_damages_is_refused_by_its_line_and_by_row_costs_that_row_alone)
{
	struct text whole = { 0 };

	open_trust(40);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	read_lines(path, &whole);
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		damage_one(&damages[i]);
		ck_assert_int_ge(last.added, 39);
		write_lines(path, &whole);
	}
	free_lines(&whole);
	taken(path);
	ck_trust();
	close_trust();
}
END_TEST

START_TEST(a_damaged_file_of_changes_is_refused_likewise_and_whole_it_is_taken)
{
	struct text whole = { 0 };

	open_trust(1000);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	trust_day(&trust, c.folder, 20260310, path, sizeof path);
	taken(path);
	trust_day(&trust, c.folder, 20260311, path, sizeof path);
	read_lines(path, &whole);
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
		if (damages[i].how == TWICE) /* in changes the later row holds */
			continue;
		damage_one(&damages[i]);
		write_lines(path, &whole);
	}
	free_lines(&whole);
	taken(path);
	ck_trust();
	trust_day(&trust, c.folder, 20260312, path, sizeof path);
	taken(path);
	ck_trust();
	close_trust();
}
END_TEST

START_TEST(a_file_that_is_not_whole_is_refused_either_way)
{
	static const struct {
		const char *what, *says;
	} wrong[] = {
		{ "cut short", "cut short" },
		{ "a row lost on the way", "(TRL) counts" },
		{ "no header", "no HDR" },
		{ "another's header", "renamed" },
		{ "of another organisation", "organisation 999" },
		{ "no run", "no period" },
		{ "rows behind the trailer", "behind the end" },
		{ "two files in one", "behind the end" },
		{ "nothing", "empty" },
	};
	char before[65], after[65];

	open_trust(20);
	clinic_digest(&c, before);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		for (int by_row = 0; by_row < 2; by_row++) {
			struct text t = { 0 };
			struct err err = ERR_INIT;
			char *p;

			trust.day = 0;
			trust.sequence = 0;
			trust_full(&trust, c.folder, 20260309, path, sizeof path);
			read_lines(path, &t);
			switch (i) {
			case 0:
				t.n -= 1;
				mem_free(t.v[t.n]);
				break;
			case 1:
				t.v[5][0] = '\0';
				break;
			case 2:
				t.v[0][0] = '\0';
				break;
			case 3:
				p = strstr(t.v[0], "20260309_");
				p[0] = '1';
				break;
			case 4:
				memcpy(strstr(t.v[0], "~123~"), "~999~", 5);
				break;
			case 5:
				memcpy(strstr(t.v[0], " 020000~01"), " 0x0000", 7);
				break;
			case 6:
				*list_push(&t) = mem_str("LOV~A~B\r\n");
				break;
			case 7:
				p = t.v[5];
				t.v[5] = mem_str(t.v[0]);
				mem_free(p);
				break;
			default:
				list_each (l, &t)
					**l = '\0';
			}
			write_lines(path, &t);
			free_lines(&t);
			ck_assert_int_eq(import(&c, path, by_row, &err), -1);
			ck_assert_msg(err.kind == ERR_INPUT && strstr(err.text, wrong[i].says),
				      "%s: %s", wrong[i].what, err.text);
			clinic_digest(&c, after);
			ck_assert_str_eq(before, after);
		}
	close_trust();
}
END_TEST

/* ---- what is never kept ---- */

static bool file_has(const char *file, const char *word)
{
	FILE *f = fopen(file, "r");
	size_t n = strlen(word), at = 0;
	int ch;
	bool found = false;

	if (!f)
		return false;
	while (!found && (ch = fgetc(f)) != EOF) {
		at = ch == word[at] ? at + 1 : ch == word[0];
		found = at == n;
	}
	fclose(f);
	return found;
}

START_TEST(no_byte_of_a_field_that_is_none_of_our_business_reaches_the_disk)
{
	char *wal, *rejects, full[PATH];
	struct text t = { 0 };
	struct err err = ERR_INIT;

	open_trust(200);
	trust_full(&trust, c.folder, 20260309, full, sizeof full);
	read_lines(full, &t); /* a refused row is not repeated either */
	damage(&t, &damages[2]);
	write_lines(full, &t);
	free_lines(&t);
	ck_ok(import(&c, full, true, &err), err);
	trust_day(&trust, c.folder, 20260310, path, sizeof path);
	ck_ok(import(&c, path, true, &err), err);
	ck_assert(file_has(full, "CANARYPR23") && file_has(full, "CANARYAS34"));
	wal = mem_printf("%s-wal", c.path);
	rejects = mem_printf("%s.rejects", full);
	ck_assert(file_has(c.path, "Directorate") || file_has(wal, "Directorate"));
	ck_assert(!file_has(c.path, "CANARY"));
	ck_assert(!file_has(wal, "CANARY"));
	ck_assert(file_has(rejects, "45 fields") && !file_has(rejects, "CANARY"));
	mem_free(wal);
	mem_free(rejects);
	close_trust();
}
END_TEST

/* ---- killed ---- */

static void die_at(void *ctx, int64_t done, int64_t total, int64_t rows)
{
	int64_t *left = ctx;

	(void)done, (void)total, (void)rows;
	if (--*left < 0)
		raise(SIGKILL);
}

static void die_done(void *ctx, const struct esr_counts *counts)
{
	(void)ctx, (void)counts;
	raise(SIGKILL);
}

/* In a process of its own that is killed after so many ticks, or when the file was taken. */
static void import_and_die(const char *file, int64_t ticks)
{
	const struct esr_import want = { .files = &file,
					 .n = 1,
					 .by_row = true,
					 .done = die_done,
					 .tick = die_at,
					 .ctx = &ticks };
	struct err err = ERR_INIT;
	struct clinic other;
	pid_t pid = fork();
	int status;

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		clinic_second(&c, &other, "a.root");
		esr_import(&other.desk, &want, &err);
		_exit(1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
}

START_TEST(an_import_that_is_killed_leaves_nothing_or_all)
{
	char before[65], after[65];
	struct err err = ERR_INIT;
	uint64_t seed = 5;

	open_trust(2000);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	clinic_digest(&c, before);
	for (int i = 0; i < 10; i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1;
		import_and_die(path, (int64_t)(seed >> 33) % 27);
		clinic_digest(&c, after);
		ck_assert_str_eq(before, after);
		ck_assert(!rejects_of(path));
	}
	import_and_die(path, 1000);
	ck_trust();
	ck_ok(import(&c, path, false, &err), err);
	ck_assert_str_eq(last.over, "taken in already");
	ck_trust();
	close_trust();
}
END_TEST

/* ---- what a desk typed ---- */

static struct id person_of(const struct trust_person *p)
{
	char *sql = mem_printf("SELECT person FROM esr_person WHERE no = %lld", (long long)p->no);
	struct id id = { clinic_count(&c, sql) };

	mem_free(sql);
	return id;
}

static void typed(struct id person, enum intake_field field, const char *value)
{
	struct intake_form form = { 0 };
	struct err err = ERR_INIT;

	form.v[field] = value;
	world_pass(&c.world, 60);
	desk_tick(&c.desk);
	ck_ok(intake_set(&c.desk, person, &form, NULL, &err), err);
}

static struct esr_open_differences differences(void)
{
	struct esr_open_differences list = { 0 };
	struct err err = ERR_INIT;

	ck_ok(esr_open_differences(&c.desk, 100, &list, &err), err);
	return list;
}

static void next_day(void)
{
	world_pass(&c.world, 86400);
	desk_tick(&c.desk);
	trust_day(&trust, c.folder, trust.day + 1, path, sizeof path);
	taken(path);
}

/* ESR's word for somebody, in the next file. */
static void esr_says(struct trust_person *p, const char *surname, const char *email)
{
	snprintf(p->surname, sizeof p->surname, "%s", surname);
	snprintf(p->email, sizeof p->email, "%s", email);
	p->changed = true;
	p->deleted = false;
	p->left = 0;
}

START_TEST(what_a_desk_typed_later_stays_and_is_listed_once_for_a_person_to_settle)
{
	struct trust_person *p;
	struct esr_open_differences list;
	struct err err = ERR_INIT;
	struct person_card card;
	struct id id;

	open_trust(30);
	trust.quiet = true;
	p = &trust.people.v[7];
	esr_says(p, "Okafor", "okafor@trust.example");
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	id = person_of(p);
	typed(id, IN_SURNAME, "Okafor-Bell");
	typed(id, IN_EMAIL, "ada@home.example");
	typed(id, IN_JOB, "Bookbinder");
	p->changed = true;
	trust.posts.v[7].changed = true;
	next_day();
	ck_assert_int_eq(last.differs, 3);
	ck_ok(intake_person(&c.desk, id, &card, &err), err);
	ck_assert_str_eq(card.person.surname, "Okafor-Bell");
	ck_assert_str_eq(contacts_of(&card.contacts, "email")->value, "ada@home.example");
	ck_assert_str_eq(posts_current(&card.posts)->job, "Bookbinder");
	person_card_done(&card);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM task WHERE kind = 'check'"
					  " AND text LIKE '%differences 3%'"),
			 1);

	/* Said again, it is not listed again. */
	p = &trust.people.v[7];
	p->changed = true;
	trust.posts.v[7].changed = true;
	next_day();
	ck_assert_int_eq(last.differs, 0);

	list = differences();
	ck_assert_int_eq(list.n, 3);
	ck_assert_str_eq(list.v[0].field, "surname");
	ck_assert_str_eq(list.v[0].ours, "Okafor-Bell");
	ck_assert_str_eq(list.v[0].theirs, "Okafor");
	ck_assert_str_eq(list.v[1].field, "email");
	clinic_sit(&c, "p.shah"); /* reception knows what they typed */
	ck_ok(esr_settle(&c.desk, list.v[0].id, false, &err), err);
	ck_ok(esr_settle(&c.desk, list.v[1].id, true, &err), err);
	ck_refused(esr_settle(&c.desk, list.v[1].id, true, &err), err, ERR_CLASH);
	list_free(&list);
	ck_ok(intake_person(&c.desk, id, &card, &err), err);
	ck_assert_str_eq(card.person.surname, "Okafor-Bell");
	ck_assert_str_eq(contacts_of(&card.contacts, "email")->value, "okafor@trust.example");
	ck_assert_str_eq(contacts_of(&card.contacts, "email")->source, "esr");
	person_card_done(&card);

	/* One undo for both: the difference waits again, and our word is back. */
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	list = differences();
	ck_assert_int_eq(list.n, 2);
	list_free(&list);
	clinic_sit(&c, "a.root");
	close_trust();
}
END_TEST

/* What only another program could have written. */
static void past_the_acts(const char *sql)
{
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open(c.path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

START_TEST(an_address_that_esr_changed_after_the_desk_typed_one_is_esrs)
{
	struct trust_person *p;
	struct person_card card;
	struct err err = ERR_INIT;
	struct id id;

	open_trust(30);
	trust.quiet = true;
	p = &trust.people.v[7];
	esr_says(p, "Okafor", "okafor@trust.example");
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	id = person_of(p);
	typed(id, IN_EMAIL, "ada@home.example");
	/* The rows say that ESR's last change was on 1 March: before what the desk typed. */
	esr_says(p, "Okafor", "bell@trust.example");
	next_day();
	ck_assert_int_eq(last.differs, 1);
	/* Typed in February, changed in ESR in March. */
	char *sql = mem_printf("UPDATE contact SET at = 1770000000 WHERE person = %lld",
			       (long long)id.n);

	past_the_acts(sql);
	mem_free(sql);
	esr_says(&trust.people.v[7], "Okafor", "okafor-bell@trust.example");
	next_day();
	ck_assert_int_eq(last.differs, 0);
	ck_ok(intake_person(&c.desk, id, &card, &err), err);
	ck_assert_str_eq(contacts_of(&card.contacts, "email")->value, "okafor-bell@trust.example");
	person_card_done(&card);
	close_trust();
}
END_TEST

/* ---- who is who ---- */

static struct id add(const char *surname, const char *given, const char *born, const char *employee)
{
	struct intake_form form = { 0 };
	const struct customer *wvh;
	struct err err = ERR_INIT;
	struct id id = { 0 };

	form.v[IN_SURNAME] = surname;
	form.v[IN_GIVEN] = given;
	form.v[IN_BORN] = born;
	form.v[IN_EMPLOYEE_NO] = employee;
	ck_ok(find_customer(&c.desk, "WVH", &wvh, &err), err);
	ck_ok(intake_add(&c.desk, &form, wvh->id, true, &id, &err), err);
	return id;
}

static void named(struct trust_person *p, const char *surname, const char *given, int born)
{
	snprintf(p->surname, sizeof p->surname, "%s", surname);
	snprintf(p->given, sizeof p->given, "%s", given);
	p->born = born;
}

START_TEST(who_looks_like_somebody_known_is_proposed_and_never_merged_unasked)
{
	struct esr_proposals list = { 0 };
	struct err err = ERR_INIT;
	char employee[24];
	struct id okafor, webb, ellis;
	int64_t n;

	open_trust(10);
	named(&trust.people.v[0], "Okafor", "Adaeze", 19840814);
	named(&trust.people.v[1], "Webb", "Tom", 19900101);
	named(&trust.people.v[2], "Ellis", "Sam", 19700707);
	named(&trust.people.v[3], "Ellis", "Sam", 19700708); /* another day: another one */
	okafor = add("OKAFOR",
		     "Ad\xc3\xa4"
		     "eze",
		     "14/08/1984", trust_employee(&trust.people.v[0], employee));
	webb = add("Webb", "Tom", "1/1/1990", NULL);
	ellis = add("Ellis", "Sam", "7/7/1970", NULL);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	ck_assert_int_eq(last.added, 7);
	ck_assert_int_eq(last.proposed, 3);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person"), 10);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM post WHERE source = 'desk'"), 3);

	ck_ok(esr_proposals(&c.desk, 100, &list, &err), err);
	ck_assert_int_eq(list.n, 3);
	list_each (p, &list) {
		bool first = p->no == trust.people.v[0].no;

		ck_assert_int_eq(p->n, 1);
		ck_assert_int_eq(p->sure, first);
		if (first)
			ck_assert_int_eq(p->alike[0].n, okafor.n);
	}
	list_free(&list);

	ck_ok(esr_link_sure(&c.desk, 100, &n, &err), err);
	ck_assert_int_eq(n, 1);
	ck_ok(esr_link(&c.desk, 0, trust.people.v[1].no, webb, &err), err);
	ck_refused(esr_link(&c.desk, 0, trust.people.v[2].no, webb, &err), err, ERR_CLASH);
	ck_ok(esr_link(&c.desk, 0, trust.people.v[2].no, (struct id){ 0 }, &err), err);
	ck_refused(esr_link(&c.desk, 0, trust.people.v[2].no, ellis, &err), err, ERR_CLASH);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person"), 11);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM esr_person WHERE person IS NULL"),
			 0);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM esr_assignment WHERE post IS NULL"),
			 0);

	/* Their posts that were there are ESR's now, with what it knows of them. */
	char *sql = mem_printf("SELECT count(*) FROM post WHERE person IN (%lld, %lld)"
			       " AND state = 'on' AND job IS NOT NULL AND department IS NOT NULL",
			       (long long)okafor.n, (long long)webb.n);

	ck_assert_int_ge(clinic_count(&c, sql), 2);
	mem_free(sql);

	/* Taken back, they wait again. */
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_ok(esr_proposals(&c.desk, 100, &list, &err), err);
	ck_assert_int_eq(list.n, 1);
	list_free(&list);
	ck_ok(esr_link(&c.desk, VPD, trust.people.v[2].no, ellis, &err), err);
	next_day();
	close_trust();
}
END_TEST

/* Sixty people of a trust, first from a list of staff, then from ESR: each is proposed. */
static void open_listed_trust(void)
{
	const struct customer *wvh;
	struct intake_counts counts;
	struct err err = ERR_INIT;
	FILE *f;
	char *csv;

	open_trust(60);
	csv = mem_printf("%s/staff.csv", c.folder);
	f = fopen(csv, "w");
	fputs("surname,given,born,employee_no,job\n", f);
	list_each (p, &trust.people) {
		char surname[100], given[100], employee[24];

		fprintf(f, "%s,%s,%04d-%02d-%02d,%s,Old job\n",
			trust_utf8(p->surname, surname, sizeof surname),
			trust_utf8(p->given, given, sizeof given), p->born / 10000,
			p->born / 100 % 100, p->born % 100, trust_employee(p, employee));
	}
	fclose(f);
	ck_ok(find_customer(&c.desk, "WVH", &wvh, &err), err);
	struct intake_import want = { .file = csv, .customer = wvh->id };

	ck_ok(intake_import(&c.desk, &want, &counts, &err), err);
	ck_assert_int_eq(counts.added, 60);
	mem_free(csv);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	ck_assert_int_eq(last.proposed, 60);
}

START_TEST(people_of_a_list_from_before_are_linked_all_at_once_and_follow_esr_then)
{
	struct err err = ERR_INIT;
	int64_t n;

	open_listed_trust();
	ck_ok(esr_link_sure(&c.desk, 1000, &n, &err), err);
	ck_assert_int_eq(n, 60);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM esr_difference"), 0);
	ck_trust();
	next_day();
	ck_trust();
	close_trust();
}
END_TEST

START_TEST(two_of_esrs_that_look_like_one_of_ours_keep_nobody_else_from_being_linked)
{
	struct err err = ERR_INIT;
	int64_t n;

	open_listed_trust();
	past_the_acts("UPDATE esr_person SET (surname, given, preferred, born, employee_no) ="
		      " (SELECT surname, given, preferred, born, employee_no FROM esr_person"
		      "  ORDER BY id LIMIT 1) WHERE id = (SELECT id FROM esr_person ORDER BY id"
		      " LIMIT 1 OFFSET 1)");
	ck_ok(esr_link_sure(&c.desk, 1000, &n, &err), err);
	ck_assert_int_eq(n, 59);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM esr_person WHERE person IS NULL"),
			 1);
	close_trust();
}
END_TEST

/* ---- leaving ---- */

START_TEST(who_is_dead_stays_so_and_who_is_missing_from_a_full_file_is_listed_and_stays)
{
	struct esr_missings list = { 0 };
	struct trust_person *p;
	struct err err = ERR_INIT;
	struct id dead, away;

	open_trust(30);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	p = &trust.people.v[4];
	dead = person_of(p);
	typed(dead, IN_STATUS, "deceased");
	p->left = 20260309;
	p->changed = true;
	next_day();
	char *sql =
		mem_printf("SELECT count(*) FROM person WHERE id = %lld AND status = 'deceased'",
			   (long long)dead.n);

	ck_assert_int_eq(clinic_count(&c, sql), 1);
	mem_free(sql);

	/* ESR simply has them no longer: nobody said that they left. */
	p = &trust.people.v[5];
	esr_says(p, "Here", "here@trust.example");
	away = person_of(p);
	p->deleted = true;
	trust_full(&trust, c.folder, trust.day + 1, path, sizeof path);
	taken(path);
	ck_assert_int_ge(last.missing, 1);
	ck_ok(esr_missings(&c.desk, 100, &list, &err), err);
	bool listed = false;

	list_each (m, &list)
		listed = listed || id_same(m->person, away);
	ck_assert(listed);
	list_free(&list);
	sql = mem_printf("SELECT count(*) FROM person WHERE id = %lld AND status <> 'withdrawn'",
			 (long long)away.n);
	ck_assert_int_eq(clinic_count(&c, sql), 1);
	mem_free(sql);

	/* There again, off the list. */
	trust.people.v[5].deleted = false;
	trust_full(&trust, c.folder, trust.day + 1, path, sizeof path);
	taken(path);
	ck_ok(esr_missings(&c.desk, 100, &list, &err), err);
	list_each (m, &list)
		ck_assert(!id_same(m->person, away));
	list_free(&list);
	close_trust();
}
END_TEST

START_TEST(a_file_is_one_act_and_goes_back_whole_when_no_later_one_stands_on_it)
{
	struct err err = ERR_INIT;
	int64_t full, day;
	char before[65], after[65];

	open_trust(200);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	full = c.desk.acted;
	clinic_digest(&c, before);
	next_day();
	day = c.desk.acted;
	clinic_digest(&c, after);
	ck_refused(act_undo(&c.desk, full, NULL, 0, &err), err, ERR_CLASH);
	ck_ok(act_undo(&c.desk, day, NULL, 0, &err), err);
	taken(path);
	ck_trust();
	ck_ok(act_undo(&c.desk, c.desk.acted, NULL, 0, &err), err);
	ck_ok(act_undo(&c.desk, full, NULL, 0, &err), err);
	ck_assert_int_eq(
		clinic_count(&c, "SELECT count(*) FROM person WHERE status <> 'withdrawn'"), 0);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM esr_person WHERE state = 'on'"), 0);
	close_trust();
}
END_TEST

START_TEST(absences_are_for_those_who_treat)
{
	static const struct {
		const char *user;
		bool sees;
	} users[] = { { "p.shah", false },   { "m.doyle", false }, { "a.root", false },
		      { "r.adeyemi", true }, { "j.marsh", true },  { "s.kelly", true } };
	struct err err = ERR_INIT;
	struct id id;

	open_trust(30);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	id = person_of(&trust.people.v[trust.absences.v[0].person]);
	for (size_t i = 0; i < sizeof users / sizeof *users; i++) {
		struct esr_aways list = { 0 };

		clinic_sit(&c, users[i].user);
		ck_ok(esr_absences_of(&c.desk, id, 10, &list, &err), err);
		ck_assert_int_eq(list.n > 0, users[i].sees);
		if (list.n)
			ck_assert_str_eq(list.v[0].reason,
					 "Sickness: S12 Other musculoskeletal problems");
		list_free(&list);
	}
	close_trust();
}
END_TEST

START_TEST(what_is_booked_for_somebody_whom_esr_says_has_left_is_a_task)
{
	static struct booked b;
	struct booking_ask ask = { 0 };
	struct err err = ERR_INIT;
	struct id appt;

	booked_open(&b);
	c = b.c;
	clinic_sit(&c, "a.root");
	whose("WVH", "123");
	trust_open(&trust, VPD, 5, 1);
	trust.quiet = true;
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	ask.person = person_of(&trust.people.v[2]);
	ask.service = b.physio;
	ask.clinician = b.marsh;
	ask.starts = next_thu(10, 0);
	clinic_sit(&c, "p.shah");
	ck_ok(booking_book(&c.desk, &ask, &appt, &err), err);
	clinic_sit(&c, "a.root");
	trust.people.v[2].left = 20260309;
	trust.people.v[2].changed = true;
	trust.people.v[3].left = 20260309;
	trust.people.v[3].changed = true;
	trust_day(&trust, c.folder, 20260310, path, sizeof path);
	taken(path);
	ck_assert_int_eq(last.left, 2);
	char *sql = mem_printf("SELECT count(*) FROM task WHERE kind = 'leaver' AND person = %lld",
			       (long long)ask.person.n);

	ck_assert_int_eq(clinic_count(&c, sql), 1);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM task WHERE kind = 'leaver'"), 1);
	mem_free(sql);
	trust_close(&trust);
	b.c = c;
	booked_close(&b);
}
END_TEST

START_TEST(a_surname_from_before_finds_them_and_is_kept_once)
{
	struct found_list found = { 0 };
	struct err err = ERR_INIT;

	open_trust(10);
	trust.quiet = true;
	snprintf(trust.people.v[3].former, 48, "Quilliam");
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	snprintf(trust.people.v[4].former, 48, "Ormerod");
	trust.people.v[3].changed = trust.people.v[4].changed = true;
	next_day();
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM former_name"), 2);
	ck_ok(intake_find(&c.desk, "quilliam", 5, &found, &err), err);
	ck_assert_int_eq(found.n, 1);
	ck_assert_int_eq(found.v[0].person.id.n, person_of(&trust.people.v[3]).n);
	list_free(&found);
	close_trust();
}
END_TEST

START_TEST(who_was_merged_goes_on_in_the_record_that_was_kept)
{
	struct err err = ERR_INIT;
	struct person_card card;
	struct id kept, other;

	open_trust(10);
	trust.quiet = true;
	named(&trust.people.v[3], "Okafor", "Adaeze", 19840814);
	kept = add("Okafor-Bell", "Ada", "14/8/1984", NULL);
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	other = person_of(&trust.people.v[3]);
	ck_ok(pairs_merge(&c.desk, kept, other, "one person", &err), err);
	ck_assert_int_eq(person_of(&trust.people.v[3]).n, kept.n);
	trust.posts.v[3].organisation = (trust.posts.v[3].organisation + 1) % 40;
	trust.posts.v[3].changed = true;
	trust.people.v[3].changed = true;
	next_day();
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM person WHERE alias_of IS NULL"),
			 10);
	ck_ok(intake_person(&c.desk, other, &card, &err), err);
	ck_assert_int_eq(card.person.id.n, kept.n);
	ck_assert_str_eq(card.person.surname, "Okafor-Bell"); /* a difference, not a change */
	ck_assert_str_eq(posts_current(&card.posts)->department,
			 trust.organisations[trust.posts.v[3].organisation]);
	ck_assert_int_ge(last.differs, 1);
	person_card_done(&card);
	close_trust();
}
END_TEST

/* What the database does for a file in which twenty people have another address, the second time
 * that there is one: all statements are compiled then. */
static void work_of_a_day(size_t people, struct store_work *ret)
{
	struct store_work before;

	open_trust(people);
	trust.quiet = true;
	trust_full(&trust, c.folder, 20260309, path, sizeof path);
	taken(path);
	for (int day = 0; day < 2; day++) {
		for (int i = 0; i < 20; i++) {
			struct trust_person *p = &trust.people.v[10 + i];

			snprintf(p->email, sizeof p->email, "day%d-%d@trust.example", day, i);
			p->changed = true;
		}
		store_work(c.store, &before);
		next_day();
	}
	store_work(c.store, ret);
	ck_assert_int_eq(last.changed + last.added, 20);
	ret->steps -= before.steps;
	close_trust();
}

START_TEST(a_days_changes_are_no_more_work_in_a_trust_of_ten_times_the_size)
{
	struct store_work tenth, whole;

	work_of_a_day(300, &tenth);
	work_of_a_day(3000, &whole);
	ck_assert_msg(2 * whole.steps <= 3 * tenth.steps, "%ld steps became %ld", (long)tenth.steps,
		      (long)whole.steps);
}
END_TEST

TEST_MAIN("esr", what_the_trust_says_of_25000_people_over_three_days_is_what_we_have,
	  a_file_is_taken_once_and_an_older_one_not_at_all,
	  files_are_taken_in_the_order_of_their_days_whatever_the_command_says,
	  whose_a_file_is_must_be_known_and_be_one,
	  each_of_the_damages_is_refused_by_its_line_and_by_row_costs_that_row_alone,
	  a_damaged_file_of_changes_is_refused_likewise_and_whole_it_is_taken,
	  a_file_that_is_not_whole_is_refused_either_way,
	  no_byte_of_a_field_that_is_none_of_our_business_reaches_the_disk,
	  an_import_that_is_killed_leaves_nothing_or_all,
	  what_a_desk_typed_later_stays_and_is_listed_once_for_a_person_to_settle,
	  an_address_that_esr_changed_after_the_desk_typed_one_is_esrs,
	  who_looks_like_somebody_known_is_proposed_and_never_merged_unasked,
	  people_of_a_list_from_before_are_linked_all_at_once_and_follow_esr_then,
	  two_of_esrs_that_look_like_one_of_ours_keep_nobody_else_from_being_linked,
	  who_is_dead_stays_so_and_who_is_missing_from_a_full_file_is_listed_and_stays,
	  a_file_is_one_act_and_goes_back_whole_when_no_later_one_stands_on_it,
	  absences_are_for_those_who_treat,
	  what_is_booked_for_somebody_whom_esr_says_has_left_is_a_task,
	  a_surname_from_before_finds_them_and_is_kept_once,
	  who_was_merged_goes_on_in_the_record_that_was_kept,
	  a_days_changes_are_no_more_work_in_a_trust_of_ten_times_the_size)
