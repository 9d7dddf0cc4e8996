/* The rules of a session's pattern, as pattern.h tells them. */
#include "base/alloc.h"
#include "model/pattern.h"
#include "suite.h"

static void refused(const char *text, const char *sentence)
{
	struct parts list = { 0 };
	struct err err = ERR_INIT;

	ck_assert_msg(pattern_parse(text, &list, &err) == -1, "%s was accepted", text);
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_str_eq(err.field, "pattern");
	ck_assert_str_eq(err.text, sentence);
	ck_assert_uint_eq(list.n, 0);
}

START_TEST(parts_follow_one_another_from_the_time_in_front)
{
	struct parts list = { 0 };
	struct err err = ERR_INIT;

	ck_assert_int_eq(
		pattern_parse("08:30 FU 20x2, catchup 20,NEW 40 , 12:00 LUNCH 40, RAP 40/24,"
			      " RAP 40, BLOCK 40 gym team meeting",
			      &list, &err),
		0);
	ck_assert_uint_eq(list.n, 8);
	static const struct {
		int at, mins;
		enum slot_kind kind;
		int release;
		const char *note;
	} want[] = {
		{ 510, 20, SLOT_FU, -1, "" },	   { 530, 20, SLOT_FU, -1, "" },
		{ 550, 20, SLOT_CATCHUP, -1, "" }, { 570, 40, SLOT_NEW, -1, "" },
		{ 720, 40, SLOT_LUNCH, -1, "" },   { 760, 40, SLOT_RAP, 24, "" },
		{ 800, 40, SLOT_RAP, -1, "" },	   { 840, 40, SLOT_BLOCK, -1, "gym team meeting" }
	};
	for (size_t i = 0; i < list.n; i++) {
		ck_assert_int_eq(list.v[i].at, want[i].at);
		ck_assert_int_eq(list.v[i].mins, want[i].mins);
		ck_assert_int_eq(list.v[i].kind, want[i].kind);
		ck_assert_int_eq(list.v[i].release_hours, want[i].release);
		ck_assert_str_eq(list.v[i].note, want[i].note);
	}
	list_free(&list);
}
END_TEST

START_TEST(a_pattern_that_cannot_be_read_is_refused_in_words)
{
	refused("", "A part is missing: write them as 08:30 FU 20, NEW 40.");
	refused("08:30 FU 20,", "A part is missing: write them as 08:30 FU 20, NEW 40.");
	refused("FU 20", "The first part needs its time in front: 08:30 FU 20.");
	refused("25:00 FU 20", "No hour 25.");
	refused("08:30 TEA 20",
		"\"TEA\" is no kind of slot: NEW, FU, RAP, CATCHUP, LUNCH, ADMIN or BLOCK.");
	refused("08:30", "\"\" is no kind of slot: NEW, FU, RAP, CATCHUP, LUNCH, ADMIN or BLOCK.");
	refused("08:30 FU", "FU needs its minutes: FU 20.");
	refused("08:30 FU 20y",
		"\"20y\" is no length after FU: write 20, 20x3 or, for RAP, 40/24.");
	refused("08:30 FU 20x",
		"\"20x\" is no length after FU: write 20, 20x3 or, for RAP, 40/24.");
	refused("08:30 FU 99999",
		"\"99999\" is no length after FU: write 20, 20x3 or, for RAP, 40/24.");
	refused("08:30 FU 4", "A part is 5 to 480 minutes long, not 4.");
	refused("08:30 NEW 481", "A part is 5 to 480 minutes long, not 481.");
	refused("08:30 FU 20x0", "A part comes 1 to 96 times, not 0.");
	refused("08:30 FU 20/24", "Only RAP is released: take the /24 from FU.");
	refused("08:30 RAP 40/2017", "A release is at most 2016 hours before, not 2017.");
	refused("08:30 FU 20 hello", "\"hello\" after FU: words may follow ADMIN and BLOCK only.");
	refused("00:00 FU 10x97", "A part comes 1 to 96 times, not 97.");
	refused("00:00 FU 10x90, FU 10x7", "A pattern has at most 96 parts.");
}
END_TEST

START_TEST(a_part_may_not_start_before_the_last_one_ends)
{
	refused("09:00 NEW 40, 09:20 FU 20",
		"09:20 is too early: the part before it lasts until 09:40.");
}
END_TEST

START_TEST(a_session_ends_the_same_day)
{
	struct parts list = { 0 };
	struct err err = ERR_INIT;

	refused("23:50 FU 20", "FU runs past midnight: a session ends the same day.");
	ck_assert_int_eq(pattern_parse("23:40 FU 20", &list, &err), 0);
	list_free(&list);
}
END_TEST

START_TEST(words_that_could_move_a_terminal_are_refused)
{
	struct parts list = { 0 };
	struct err err = ERR_INIT;

	ck_assert_int_eq(pattern_parse("08:30 BLOCK 40 a\033[2Jb", &list, &err), -1);
	ck_assert_str_eq(err.field, "pattern");
}
END_TEST

TEST_MAIN("pattern", parts_follow_one_another_from_the_time_in_front,
	  a_pattern_that_cannot_be_read_is_refused_in_words,
	  a_part_may_not_start_before_the_last_one_ends, a_session_ends_the_same_day,
	  words_that_could_move_a_terminal_are_refused)
