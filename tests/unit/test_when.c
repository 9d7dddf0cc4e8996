/* test_when.c: the days and times that suit somebody, as they say them. */
#include "suite.h"

#include "model/when.h"

static const char *read_as(const char *text)
{
	static char buf[WHEN_TEXT];
	struct when w = { 0 };
	struct err err = ERR_INIT;

	if (when_parse(text, &w, &err) < 0) {
		ck_assert_str_eq(err.field, "when");
		return "refused";
	}
	return when_show(&w, buf);
}

START_TEST(days_and_times_are_read_in_any_order)
{
	ck_assert_str_eq(read_as("mon,thu after 15:00"), "Mon, Thu after 15:00");
	ck_assert_str_eq(read_as("after 3pm THURSDAY and monday"), "Mon, Thu after 15:00");
	ck_assert_str_eq(read_as("tue before 12"), "Tue before 12:00");
	ck_assert_str_eq(read_as("from 9 until 10.30"), "after 09:00 before 10:30");
	ck_assert_str_eq(read_as("mornings"), "before 12:00");
	ck_assert_str_eq(read_as("fri pm"), "Fri after 12:00");
}
END_TEST

START_TEST(any_time_is_nothing_or_the_word)
{
	ck_assert_str_eq(read_as(""), "any");
	ck_assert_str_eq(read_as("  , "), "any");
	ck_assert_str_eq(read_as("any"), "any");
}
END_TEST

START_TEST(days_can_be_left_out)
{
	ck_assert_str_eq(read_as("not fri sat sun"), "Mon, Tue, Wed, Thu");
	ck_assert_str_eq(read_as("not mon tue wed thu fri sat sun"), "refused");
}
END_TEST

START_TEST(what_is_not_understood_is_refused)
{
	ck_assert_str_eq(read_as("soonish"), "refused");
	ck_assert_str_eq(read_as("mo"), "refused");
	ck_assert_str_eq(read_as("after"), "refused");
	ck_assert_str_eq(read_as("after lunch"), "refused");
	ck_assert_str_eq(read_as("after 25:00"), "refused");
	ck_assert_str_eq(read_as("after 15:00 before 9:00"), "refused");
	ck_assert_str_eq(read_as("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "refused");
}
END_TEST

TEST_MAIN("when", days_and_times_are_read_in_any_order, any_time_is_nothing_or_the_word,
	  days_can_be_left_out, what_is_not_understood_is_refused)
