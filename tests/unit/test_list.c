/* test_list.c: the list and the canvas, without a terminal. */
#include "suite.h"

#include <locale.h>

#include "base/alloc.h"
#include "../../src/tui/list.h"

static const int64_t TEN[] = { 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 };

static void press(struct list *l, int key)
{
	const char *why;

	ck_assert(list_key(l, key, &why));
	ck_assert_ptr_null(why);
}

START_TEST(a_list_without_rows_can_be_asked_anything)
{
	static const int KEYS[] = { K_UP, K_DOWN, K_PGUP, K_PGDN, K_HOME, K_END };
	struct list l = { 0 };

	list_size(&l, 5);
	for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
		press(&l, KEYS[i]);
	list_section(&l, 1);
	ck_assert_int_eq(list_at(&l), -1);
	ck_assert_int_eq(list_id(&l), 0);
	list_load(&l, TEN, 0, true);
	list_load(&l, NULL, 0, false);
	ck_assert_int_eq(list_at(&l), -1);
	list_done(&l);
}
END_TEST

START_TEST(the_selected_row_is_always_in_view)
{
	static const int KEYS[] = { K_DOWN, K_PGDN, K_END,  K_UP, K_PGUP,
				    K_HOME, '7',    K_DOWN, '1',  '0' };
	int64_t ids[100];
	struct list l = { 0 };

	for (int i = 0; i < 100; i++)
		ids[i] = i % 7 == 3 ? 0 : i + 1;
	for (int height = 1; height < 30; height += 4) {
		list_load(&l, ids, 100, false);
		list_size(&l, height);
		for (int i = 0; i < 400; i++) {
			const char *why;

			list_key(&l, KEYS[i * 7 % 10], &why);
			ck_assert_int_gt(list_id(&l), 0);
			ck_assert_uint_ge(l.sel, l.top);
			ck_assert_uint_lt(l.sel, l.top + (size_t)(height > 1 ? height - 1 : 1));
		}
	}
	list_done(&l);
}
END_TEST

START_TEST(reading_again_keeps_the_selected_row_wherever_it_went)
{
	static const int64_t TURNED[] = { 20, 19, 18, 17, 16, 15, 14, 13, 12, 11 };
	struct list l = { 0 };

	list_load(&l, TEN, 10, false);
	list_size(&l, 4);
	ck_assert(list_select(&l, 13));
	list_load(&l, TURNED, 10, false);
	ck_assert_int_eq(list_id(&l), 13);
	ck_assert_int_eq(list_at(&l), 7);
	ck_assert(!list_select(&l, 99));
	list_load(&l, TEN, 2, false); /* it has gone: the nearest is chosen */
	ck_assert_int_eq(list_id(&l), 12);
	list_done(&l);
}
END_TEST

START_TEST(a_refresh_renumbers_nothing)
{
	static const int64_t NOW[] = { 30, 12, 11, 14 }; /* 13 went, 30 came */
	struct list l = { 0 };

	list_load(&l, TEN, 4, false);
	list_select(&l, 13);
	list_load(&l, NOW, 4, true);
	ck_assert_uint_eq(l.n, 5);
	ck_assert_int_eq(l.v[0].at, 2);
	ck_assert_int_eq(l.v[1].at, 1);
	ck_assert_int_eq(l.v[2].at, -1);
	ck_assert_int_eq(l.v[4].id, 30);
	ck_assert_int_eq(l.v[4].number, 5);
	ck_assert_int_eq(list_id(&l), 13);
	ck_assert_int_eq(list_at(&l), -1); /* no act on what has gone */
	list_done(&l);
}
END_TEST

START_TEST(headings_are_neither_selected_nor_numbered)
{
	static const int64_t PARTS[] = { 0, 11, 12, 0, 0, 13, 0, 14 };
	struct list l = { 0 };

	list_load(&l, PARTS, 8, false);
	list_size(&l, 20);
	ck_assert_int_eq(list_id(&l), 11);
	press(&l, '3');
	ck_assert_int_eq(list_id(&l), 13);
	list_section(&l, 1);
	ck_assert_int_eq(list_id(&l), 14);
	list_section(&l, 1);
	ck_assert_int_eq(list_id(&l), 11);
	list_load(&l, PARTS, 8, true);
	ck_assert_uint_eq(l.n, 8);
	ck_assert_int_eq(l.v[3].at, 3);
	ck_assert_int_eq(l.v[4].at, 4);
	list_done(&l);
}
END_TEST

START_TEST(a_canvas_cuts_and_never_moves_the_terminal)
{
	struct canvas c = { 0 };
	char *row;

	canvas_size(&c, 3, 10);
	canvas_put(&c, 1, 8, PLAIN, "abcdef");
	canvas_put(&c, 2, 1, PLAIN, "a\033[31m\nb");
	canvas_put(&c, 3, 9, PLAIN, "x\xe6\x9d\x8e"); /* a wide letter has no half */
	canvas_put(&c, 0, 1, PLAIN, "no");
	canvas_put(&c, 4, 1, PLAIN, "no");
	canvas_put(&c, 1, -2, PLAIN, "left");
	row = canvas_text(&c, 1);
	ck_assert_str_eq(row, "t      abc");
	mem_free(row);
	row = canvas_text(&c, 2);
	ck_assert_str_eq(row, "a?[31m?b");
	mem_free(row);
	row = canvas_text(&c, 3);
	ck_assert_str_eq(row, "        x");
	mem_free(row);
	canvas_done(&c);
}
END_TEST

START_TEST(writing_over_half_a_wide_letter_blanks_the_rest)
{
	struct canvas c = { 0 };
	char *row;

	canvas_size(&c, 1, 6);
	canvas_put(&c, 1, 1, PLAIN, "\xe6\x9d\x8e\xe6\x9d\x8e");
	canvas_put(&c, 1, 2, PLAIN, "x");
	row = canvas_text(&c, 1);
	ck_assert_str_eq(row, " x\xe6\x9d\x8e");
	mem_free(row);
	canvas_put(&c, 1, 3, PLAIN, "y");
	row = canvas_text(&c, 1);
	ck_assert_str_eq(row, " xy");
	mem_free(row);
	canvas_done(&c);
}
END_TEST

START_TEST(two_hundred_marks_stay_in_one_cell)
{
	struct canvas c = { 0 };
	char text[2 + 400 + 2] = "a";

	for (int i = 0; i < 200; i++)
		memcpy(text + 1 + 2 * i, "\xcc\x81", 2);
	text[401] = 'b';
	canvas_size(&c, 1, 4);
	ck_assert_int_eq(canvas_put(&c, 1, 1, PLAIN, text), 3);
	ck_assert_int_eq(canvas_cell(&c, 1, 1)->n, 9);
	ck_assert_str_eq(canvas_cell(&c, 1, 2)->text, "b");
	canvas_done(&c);
}
END_TEST

TEST_MAIN("list", a_list_without_rows_can_be_asked_anything, the_selected_row_is_always_in_view,
	  reading_again_keeps_the_selected_row_wherever_it_went, a_refresh_renumbers_nothing,
	  headings_are_neither_selected_nor_numbered, a_canvas_cuts_and_never_moves_the_terminal,
	  writing_over_half_a_wide_letter_blanks_the_rest, two_hundred_marks_stay_in_one_cell)
