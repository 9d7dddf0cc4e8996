/* test_err.c: an error is one sentence that cannot harm a terminal; memory grows as promised. */
#include "suite.h"

#include "base/alloc.h"
#include "base/err.h"
#include "base/text.h"
#include "base/world.h"

START_TEST(an_error_says_its_kind_and_returns_minus_one)
{
	struct err err = ERR_INIT;

	ck_assert_int_eq(err_set(&err, ERR_CLASH, "Slot %d was just taken.", 3), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_str_eq(err.text, "Slot 3 was just taken.");
	ck_assert_str_eq(err.field, "");
	ck_assert_int_eq(err_input(&err, "born", "No month %d.", 25), -1);
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_str_eq(err.field, "born");
	err_clear(&err);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert_str_eq(err.text, "");
	ck_assert_int_eq(err_set(NULL, ERR_INPUT, "nobody asks"), -1);
}
END_TEST

START_TEST(an_error_carries_no_escape_sequence_from_data)
{
	struct err err = ERR_INIT;

	err_set(&err, ERR_INPUT, "No person \"%s\".", "\033[2Ja\r\n\x9b\xff\xe2\x80\xae");
	ck_assert_str_eq(err.text, "No person \"?[2Ja?????\".");
	err_input(&err, "na\nme", "x");
	ck_assert_str_eq(err.field, "na?me");
}
END_TEST

START_TEST(an_error_too_long_is_cut_at_a_whole_character)
{
	struct err err = ERR_INIT;
	char name[600];

	for (size_t i = 0; i + 2 < sizeof name; i += 2)
		memcpy(name + i, "\xC5\x81", 3);
	for (int pad = 0; pad < 4; pad++) {
		err_set(&err, ERR_INPUT, "%.*s%s", pad, "abcd", name);
		ck_assert_uint_ge(strlen(err.text), sizeof err.text - 3);
		ck_assert_ptr_nonnull(memchr(err.text, 0, sizeof err.text));
		ck_assert(text_valid(err.text, strlen(err.text)));
		ck_assert_ptr_null(strchr(err.text, '?'));
	}
}
END_TEST

START_TEST(an_error_may_quote_its_own_text)
{
	struct err err = ERR_INIT;

	err_set(&err, ERR_STORE, "The disk is full.");
	err_set(&err, err.kind, "Row 3: %s", err.text);
	ck_assert_str_eq(err.text, "Row 3: The disk is full.");
}
END_TEST

START_TEST(a_list_gives_zeroed_items_in_order)
{
	struct {
		long *v;
		size_t n, cap;
	} list = { NULL, 0, 0 };
	long sum = 0;

	for (long i = 0; i < 1000; i++) {
		long *item = list_push(&list);

		ck_assert_int_eq(*item, 0);
		*item = i;
	}
	list_each (it, &list)
		sum += *it;
	ck_assert_int_eq(sum, 499500);
	list_free(&list);
	ck_assert_ptr_null(list.v);
	list_each (it, &list)
		ck_abort_msg("an empty list has no item");
}
END_TEST

START_TEST(a_buffer_grows_and_stays_terminated)
{
	struct buf b = { NULL, 0, 0 };

	for (int i = 0; i < 500; i++)
		buf_printf(&b, "%03d,", i);
	buf_add(&b, "\0x", 2);
	ck_assert_uint_eq(b.n, 2002);
	ck_assert_int_eq(b.s[b.n], '\0');
	ck_assert(memcmp(b.s + 1996, "499,", 4) == 0);
	buf_clear(&b);
	buf_str(&b, "a");
	ck_assert_str_eq(b.s, "a");
	buf_done(&b);
	ck_assert_ptr_null(b.s);
}
END_TEST

START_TEST(a_still_world_moves_only_when_told_and_repeats_its_chance)
{
	struct moment at = { 1773308520 };
	struct world a = world_still(at, 7), b = world_still(at, 7), c = world_still(at, 8);
	unsigned char x[21], y[21], z[21];

	ck_assert_int_eq(world_now(&a).utc, at.utc);
	world_pass(&a, 900);
	ck_assert_int_eq(world_now(&a).utc, at.utc + 900);
	ck_assert_int_eq(a.millis(&a), (at.utc + 900) * 1000);
	a.chance(&a, x, sizeof x);
	b.chance(&b, y, sizeof y);
	c.chance(&c, z, sizeof z);
	ck_assert_mem_eq(x, y, sizeof x);
	ck_assert_mem_ne(x, z, sizeof x);
}
END_TEST

START_TEST(a_shifted_world_starts_where_it_is_told)
{
	struct moment at = { 1773308520 };
	struct world w = world_shifted(at), real = world_system();
	int64_t ticks = world_ticks();

	ck_assert_int_ge(world_now(&w).utc, at.utc);
	ck_assert_int_le(world_now(&w).utc, at.utc + 3600);
	ck_assert_int_gt(world_now(&real).utc, INT64_C(1700000000));
	ck_assert_int_ge(world_ticks(), ticks);
}
END_TEST

TEST_MAIN("err", an_error_says_its_kind_and_returns_minus_one,
	  an_error_carries_no_escape_sequence_from_data,
	  an_error_too_long_is_cut_at_a_whole_character, an_error_may_quote_its_own_text,
	  a_list_gives_zeroed_items_in_order, a_buffer_grows_and_stays_terminated,
	  a_still_world_moves_only_when_told_and_repeats_its_chance,
	  a_shifted_world_starts_where_it_is_told)
