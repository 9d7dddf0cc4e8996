/* test_spoken.c: what is read out down the telephone. */
#include "suite.h"

#include "base/spoken.h"

static const char *time_of(int hour, int minute)
{
	static char buf[SPOKEN_TEXT];

	return spoken_time(hour * 60 + minute, buf);
}

START_TEST(times_are_said_as_on_a_clock_face)
{
	ck_assert_str_eq(time_of(11, 20), "twenty past eleven");
	ck_assert_str_eq(time_of(9, 0), "nine o'clock");
	ck_assert_str_eq(time_of(8, 15), "quarter past eight");
	ck_assert_str_eq(time_of(16, 30), "half past four");
	ck_assert_str_eq(time_of(10, 40), "twenty to eleven");
	ck_assert_str_eq(time_of(11, 45), "quarter to twelve");
	ck_assert_str_eq(time_of(12, 35), "twenty-five to one");
	ck_assert_str_eq(time_of(13, 25), "twenty-five past one");
	ck_assert_str_eq(time_of(12, 0), "midday");
	ck_assert_str_eq(time_of(12, 5), "five past twelve");
}
END_TEST

START_TEST(odd_minutes_are_said_with_the_word)
{
	ck_assert_str_eq(time_of(9, 1), "one minute past nine");
	ck_assert_str_eq(time_of(9, 23), "twenty-three minutes past nine");
	ck_assert_str_eq(time_of(9, 42), "eighteen minutes to ten");
	ck_assert_str_eq(time_of(9, 59), "one minute to ten");
}
END_TEST

START_TEST(outside_office_hours_the_part_of_the_day_is_said)
{
	ck_assert_str_eq(time_of(6, 30), "half past six in the morning");
	ck_assert_str_eq(time_of(7, 0), "seven o'clock");
	ck_assert_str_eq(time_of(18, 20), "twenty past six in the evening");
	ck_assert_str_eq(time_of(0, 0), "twelve o'clock in the morning");
	ck_assert_str_eq(time_of(23, 45), "quarter to twelve in the evening");
	ck_assert_str_eq(time_of(24, 0), "");
	ck_assert_str_eq(time_of(0, -1), "");
}
END_TEST

START_TEST(days_are_said_with_their_ordinal)
{
	static const struct {
		int day;
		const char *words;
	} days[] = {
		{ 13, "Friday the 13th of March" },    { 1, "Sunday the 1st of March" },
		{ 2, "Monday the 2nd of March" },      { 3, "Tuesday the 3rd of March" },
		{ 11, "Wednesday the 11th of March" }, { 21, "Saturday the 21st of March" },
		{ 22, "Sunday the 22nd of March" },    { 31, "Tuesday the 31st of March" },
	};
	char buf[SPOKEN_TEXT];
	struct date d;

	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		ck_assert(date_from_ymd(2026, 3, days[i].day, &d));
		ck_assert_str_eq(spoken_day(d, buf), days[i].words);
	}
	ck_assert_str_eq(spoken_day(DATE_NONE, buf), "");
}
END_TEST

TEST_MAIN("spoken", times_are_said_as_on_a_clock_face, odd_minutes_are_said_with_the_word,
	  outside_office_hours_the_part_of_the_day_is_said, days_are_said_with_their_ordinal)
