/* test_id.c: ids are read back as they were written, and nothing else is an id. */
#include "suite.h"

#include "base/id.h"

START_TEST(an_id_is_written_with_a_dash_after_the_fourth)
{
	char buf[ID_TEXT];

	ck_assert_str_eq(id_text((struct id){ 0 }, buf), "");
	ck_assert_str_eq(id_text((struct id){ -1 }, buf), "");
	ck_assert_str_eq(id_text((struct id){ 1 }, buf), "0000-1");
	ck_assert_str_eq(id_text((struct id){ INT64_C(1) << ID_NODE_SHIFT }, buf), "4000-00000");
	ck_assert_str_eq(id_text((struct id){ INT64_MAX }, buf), "7zzz-zzzzzzzzz");
}
END_TEST

START_TEST(an_id_is_read_back_in_any_case_with_or_without_its_dash)
{
	struct id id;
	char buf[ID_TEXT];

	for (int64_t n = 1; n > 0 && n < INT64_MAX / 3; n = n * 3 + 1) {
		ck_assert(id_parse(id_text((struct id){ n }, buf), &id));
		ck_assert_int_eq(id.n, n);
	}
	ck_assert(id_parse("7ZZZZZZZZZZZZ", &id));
	ck_assert_int_eq(id.n, INT64_MAX);
	ck_assert(id_parse("4000-0000L", &id));
	ck_assert_int_eq(id.n, (INT64_C(1) << ID_NODE_SHIFT) + 1);
	ck_assert_int_eq(id_node(id), 1);
}
END_TEST

START_TEST(what_is_no_id_is_refused)
{
	static const char *const bad[] = { "",
					   "0",
					   "0000-0",
					   "u",
					   "-1",
					   "40-00",
					   "4000-",
					   "4000--1",
					   "4000 1",
					   "8000000000000",
					   "zzzzzzzzzzzzz",
					   "00000000000001",
					   "4000-1\n",
					   "4000-\xc3\xa9" };
	struct id id = { 42 };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!id_parse(bad[i], &id), "took %s", bad[i]);
	ck_assert(!id_parse(NULL, &id));
	ck_assert_int_eq(id.n, 42);
}
END_TEST

TEST_MAIN("id", an_id_is_written_with_a_dash_after_the_fourth,
	  an_id_is_read_back_in_any_case_with_or_without_its_dash, what_is_no_id_is_refused)
