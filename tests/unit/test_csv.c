/* test_csv.c: rows of CSV files, good ones and others. */
#include <stdio.h>
#include <unistd.h>

#include "base/csv.h"
#include "suite.h"

static char path[64];

static struct csv *file_of(const char *bytes, size_t n)
{
	struct err err = ERR_INIT;
	struct csv *csv;
	int fd;

	snprintf(path, sizeof path, "/tmp/ohdesk-test-XXXXXX");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes, n), (ssize_t)n);
	close(fd);
	ck_assert_msg(csv_open(path, &csv, &err) == 0, "%s", err.text);
	unlink(path);
	return csv;
}

/* All rows as one text: fields between bars, rows between semicolons, each after its line. */
static const char *read_all(const char *bytes, size_t n, struct err *err)
{
	static char all[4096];
	struct csv *csv = file_of(bytes, n);
	struct csv_row row;
	size_t at = 0;
	int rc;

	*all = '\0';
	while ((rc = csv_next(csv, &row, err)) == 1) {
		at += (size_t)snprintf(all + at, sizeof all - at, "%lld:", (long long)row.line);
		for (int i = 0; i < row.n; i++)
			at += (size_t)snprintf(all + at, sizeof all - at, "%s%s", i ? "|" : "",
					       row.v[i]);
		at += (size_t)snprintf(all + at, sizeof all - at, ";");
	}
	csv_close(csv);
	return rc == 0 ? all : NULL;
}

START_TEST(fields_are_read_as_rfc_4180_writes_them)
{
	static const struct {
		const char *bytes, *rows;
	} files[] = {
		{ "a,b\r\n1,2\r\n", "1:a|b;2:1|2;" },
		{ "a,b\n1,2", "1:a|b;2:1|2;" },
		{ "\xef\xbb\xbf"
		  "a\n",
		  "1:a;" },
		{ "\"a,\"\"b\"\"\",c\r\n", "1:a,\"b\"|c;" },
		{ "\"x\r\ny\",z\r\nq,r\r\n", "1:x\r\ny|z;3:q|r;" },
		{ "a\n\n\r\nb\n", "1:a;4:b;" },
		{ ",\n\"\",\"\"\n", "1:|;2:|;" },
		{ "", "" },
		{ "\xef\xbb\xbf", "" },
		{ "\"\"", "" },
	};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct err err = ERR_INIT;
		const char *got = read_all(files[i].bytes, strlen(files[i].bytes), &err);

		ck_assert_msg(got != NULL, "file %zu: %s", i, err.text);
		ck_assert_str_eq(got, files[i].rows);
	}
}
END_TEST

START_TEST(what_is_no_csv_is_refused_with_its_line)
{
	static const struct {
		const char *bytes, *why;
		size_t n;
	} files[] = {
		{ "a\nJos\xe9,b\n", "Line 2: not UTF-8", 0 },
		{ "\xff\xfe"
		  "a\0",
		  "Line 1 is UTF-16", 4 },
		{ "a\nb\0c\n", "Line 2: a NUL byte", 6 },
		{ "a\nb\"c\n", "Line 2: a quote inside", 0 },
		{ "a\n\"b\"c\n", "Line 2: text behind", 0 },
		{ "a\n\"b\nc\n", "Line 2: a quote is opened", 0 },
		{ "a\rb\n", "Line 1: a carriage return", 0 },
	};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct err err = ERR_INIT;
		size_t n = files[i].n ? files[i].n : strlen(files[i].bytes);

		ck_assert_msg(!read_all(files[i].bytes, n, &err), "file %zu was read", i);
		ck_assert_int_eq(err.kind, ERR_INPUT);
		ck_assert_msg(strncmp(err.text, files[i].why, strlen(files[i].why)) == 0,
			      "file %zu: %s", i, err.text);
	}
}
END_TEST

START_TEST(rows_and_columns_have_limits)
{
	struct buf wide = { 0 }, open = { 0 };
	struct err err = ERR_INIT;

	for (int i = 0; i < CSV_FIELDS + 1; i++)
		buf_str(&wide, i ? ",x" : "x");
	ck_assert(!read_all(wide.s, wide.n, &err));
	ck_assert_str_eq(err.text, "Line 1: more than 64 columns.");
	buf_str(&open, "a\n\"");
	for (int i = 0; i < 100000; i++)
		buf_str(&open, "x\n");
	ck_assert(!read_all(open.s, open.n, &err));
	ck_assert_msg(strstr(err.text, "Line 2") != NULL, "%s", err.text);
	buf_done(&wide);
	buf_done(&open);
}
END_TEST

START_TEST(what_is_written_reads_back)
{
	static const char *const cells[] = { "plain",	     "a,b", "say \"hi\"", "two\r\nlines",
					     " blank ahead", "",    "O'Brien" };
	struct buf out = { 0 };
	struct err err = ERR_INIT;
	struct csv_row row;
	struct csv *csv;
	int n = sizeof cells / sizeof *cells;

	for (int i = 0; i < n; i++)
		csv_put(&out, cells[i], i == 0);
	buf_str(&out, "\r\n");
	csv = file_of(out.s, out.n);
	ck_assert_int_eq(csv_next(csv, &row, &err), 1);
	ck_assert_int_eq(row.n, n);
	for (int i = 0; i < n; i++)
		ck_assert_str_eq(row.v[i], cells[i]);
	ck_assert_int_eq(csv_next(csv, &row, &err), 0);
	csv_close(csv);
	buf_done(&out);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
	struct err err = ERR_INIT;
	struct csv *csv;

	ck_assert_int_eq(csv_open("/nowhere/people.csv", &csv, &err), -1);
	ck_assert_int_eq(err.kind, ERR_MISSING);
	ck_assert_int_eq(csv_open("/tmp", &csv, &err), -1);
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

TEST_MAIN("csv", fields_are_read_as_rfc_4180_writes_them, what_is_no_csv_is_refused_with_its_line,
	  rows_and_columns_have_limits, what_is_written_reads_back, what_is_no_file_is_refused)
