/* The table of states and the national attendance codes. */
#include "model/appt.h"
#include "suite.h"

static const struct moment ten = { 1773309600 };

static const char *code_of(struct appt a)
{
	static char code[4];

	a.starts = ten;
	appt_code(&a, 10, code);
	return code;
}

static struct moment after(int minutes)
{
	return (struct moment){ ten.utc + minutes * 60 };
}

START_TEST(still_to_come_is_code_0)
{
	ck_assert_str_eq(code_of((struct appt){ .state = APPT_REQUESTED }), "0");
	ck_assert_str_eq(code_of((struct appt){ .state = APPT_BOOKED }), "0");
	ck_assert_str_eq(code_of((struct appt){ .state = APPT_ARRIVED }), "0");
	ck_assert_str_eq(code_of((struct appt){ .state = APPT_IN_ROOM }), "0");
}
END_TEST

START_TEST(cancelled_is_2_by_the_person_and_4_by_the_service)
{
	ck_assert_str_eq(
		code_of((struct appt){ .state = APPT_CANCELLED, .cancelled_by = CANCEL_PERSON }),
		"2");
	ck_assert_str_eq(
		code_of((struct appt){ .state = APPT_CANCELLED, .cancelled_by = CANCEL_SERVICE }),
		"4");
	ck_assert_str_eq(
		code_of((struct appt){ .state = APPT_CANCELLED, .cancelled_by = CANCEL_ERROR }),
		"");
}
END_TEST

START_TEST(did_not_attend_is_3_and_too_late_is_7)
{
	ck_assert_str_eq(code_of((struct appt){ .state = APPT_DNA }), "3");
	ck_assert_str_eq(code_of((struct appt){ .state = APPT_LATE }), "7");
}
END_TEST

START_TEST(seen_is_5_on_time_and_6_after_the_minutes_of_the_setting)
{
	struct appt a = { .state = APPT_SEEN, .seen_at = after(30) };

	a.arrived_at = after(10);
	ck_assert_str_eq(code_of(a), "5");
	a.arrived_at = after(11);
	ck_assert_str_eq(code_of(a), "6");
	a.arrived_at = (struct moment){ 0 };
	a.room_at = after(5);
	ck_assert_str_eq(code_of(a), "5");
}
END_TEST

START_TEST(every_state_reads_back_from_its_letter_and_its_word)
{
	for (int i = 0; i < APPT_STATE_COUNT; i++) {
		enum appt_state s;
		char letter[2] = { appt_letter((enum appt_state)i), '\0' };

		ck_assert(appt_state_parse(letter, &s));
		ck_assert_int_eq(s, i);
		letter[0] |= 0x20;
		ck_assert(appt_state_parse(letter, &s));
		ck_assert_int_eq(s, i);
		ck_assert(appt_state_parse(appt_word((enum appt_state)i), &s));
		ck_assert_int_eq(s, i);
	}
	enum appt_state s;

	ck_assert(!appt_state_parse("", &s));
	ck_assert(!appt_state_parse("Q", &s));
	ck_assert(!appt_state_parse("book", &s));
}
END_TEST

START_TEST(kinds_and_cancellers_read_back)
{
	enum appt_kind k;
	enum cancel_by by;

	ck_assert(appt_kind_parse("fu", &k) && k == APPT_FU);
	ck_assert(appt_kind_parse("NEW", &k) && k == APPT_NEW);
	ck_assert(!appt_kind_parse("RAP", &k));
	ck_assert(cancel_by_parse("Service", &by) && by == CANCEL_SERVICE);
	ck_assert(!cancel_by_parse("weather", &by));
}
END_TEST

TEST_MAIN("appt", still_to_come_is_code_0, cancelled_is_2_by_the_person_and_4_by_the_service,
	  did_not_attend_is_3_and_too_late_is_7,
	  seen_is_5_on_time_and_6_after_the_minutes_of_the_setting,
	  every_state_reads_back_from_its_letter_and_its_word, kinds_and_cancellers_read_back)
