/* test_need.c: access needs typed, stored, and held against rooms. */
#include "model/need.h"
#include "suite.h"

static unsigned needs(const char *text)
{
	unsigned ret = 0;

	ck_assert_msg(needs_parse(text, &ret, NULL), "%s", text);
	return ret;
}

START_TEST(needs_are_read_by_their_codes_or_how_these_begin)
{
	char text[NEEDS_TEXT];
	const char *bad;
	unsigned none;

	ck_assert_str_eq(needs_text(needs("bsl, Step"), text), "step_free bsl");
	ck_assert_str_eq(needs_text(needs(" large;dog "), text), "dog large_print");
	ck_assert_str_eq(needs_text(needs(""), text), "");
	ck_assert(!needs_parse("step_free lift", &none, &bad));
	ck_assert_str_eq(bad, "lift");
	/* Two begin so: lipspeaker and longer and large_print. */
	ck_assert(!needs_parse("l", &none, &bad));
}
END_TEST

START_TEST(all_needs_at_once_fit_where_they_are_kept_and_shown)
{
	char text[NEEDS_TEXT], words[NEEDS_WORDS];
	unsigned all = (1u << NEED_COUNT) - 1;

	ck_assert_uint_eq(needs(needs_text(all, text)), all);
	ck_assert(strstr(needs_words(all, words), "easy read"));
}
END_TEST

START_TEST(a_room_is_said_to_lack_what_it_lacks)
{
	unsigned step = needs("step_free"), both = needs("step_free quiet");

	ck_assert_ptr_null(needs_unmet(step, "quiet step_free"));
	ck_assert_str_eq(needs_unmet(step, "step_freedom couch"), "no step-free");
	ck_assert_str_eq(needs_unmet(both, "step_free"), "no quiet room");
	ck_assert_ptr_null(needs_unmet(needs("bsl dog"), ""));
	ck_assert_uint_eq(needs_asked(needs("bsl dog step_free")), needs("bsl"));
}
END_TEST

TEST_MAIN("need", needs_are_read_by_their_codes_or_how_these_begin,
	  all_needs_at_once_fit_where_they_are_kept_and_shown, a_room_is_said_to_lack_what_it_lacks)
