/* test_keys.c: names of keys, the bytes they come as, and the rules that every key table keeps. */
#include "suite.h"

#include <ctype.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>

#include "../../src/tui/input.h"
#include "../../src/tui/loop.h"
#include "../../src/tui/screens.h"

START_TEST(names_lead_to_keys_and_back)
{
	char name[KEY_NAME];

	for (int key = 1; key <= K_F12; key++) {
		if (key == 0x80)
			key = K_UP;
		if (key > 27 && key < 32)
			continue;
		if (key == 8 || key == 10)
			continue;
		key_named(key, name);
		ck_assert_msg(*name, "key %d has no name", key);
		ck_assert_msg(key_code(name, (int)strlen(name)) == key, "%s is %d, not %d", name,
			      key_code(name, (int)strlen(name)), key);
	}
	ck_assert_int_eq(key_code("F13", 3), K_NONE);
	ck_assert_int_eq(key_code("F0", 2), K_NONE);
	ck_assert_int_eq(key_code("Nonsense", 8), K_NONE);
	ck_assert_int_eq(key_code("", 0), K_NONE);
	ck_assert_str_eq(key_shown(K_CTRL('s'), name), "Ctrl-S");
}
END_TEST

START_TEST(a_list_of_names_holds_each_of_them)
{
	ck_assert(key_in('+', "F8 +") && key_in(K_F1 + 7, "F8 +"));
	ck_assert(!key_in('F', "F8 +") && !key_in(' ', "F8 +") && key_in(' ', "F8 Space"));
	ck_assert(!key_in(K_NONE, "") && !key_in('a', ""));
	ck_assert_int_eq(key_first("F8 +"), K_F1 + 7);
}
END_TEST

static int feed(struct input *in, const char *bytes, size_t n, int *ret, int most)
{
	struct press p;
	int keys = 0;

	memcpy(in->buf + in->n, bytes, n);
	in->n += n;
	while (input_next(in, false, &p))
		if (p.key != K_NONE && keys < most)
			ret[keys++] = p.key;
	return keys;
}

START_TEST(a_sequence_in_two_parts_is_one_key)
{
	struct input in = { .utf8 = true };
	int keys[8];

	ck_assert_int_eq(feed(&in, "\033", 1, keys, 8), 0);
	ck_assert_int_eq(feed(&in, "[", 1, keys, 8), 0);
	ck_assert_int_eq(feed(&in, "15", 2, keys, 8), 0);
	ck_assert_int_eq(feed(&in, "~a", 2, keys, 8), 2);
	ck_assert_int_eq(keys[0], K_F1 + 4);
	ck_assert_int_eq(keys[1], 'a');
	ck_assert_int_eq(feed(&in, "\xc5", 1, keys, 8), 0);
	ck_assert_int_eq(feed(&in, "\x81", 1, keys, 8), 1);
	ck_assert_int_eq(keys[0], 0x141);
}
END_TEST

START_TEST(an_esc_alone_is_esc_and_half_a_sequence_is_nothing)
{
	struct input in = { .utf8 = true };
	struct press p;

	in.n = 1;
	in.buf[0] = 27;
	ck_assert(!input_next(&in, false, &p));
	ck_assert(input_next(&in, true, &p));
	ck_assert_int_eq(p.key, K_ESC);
	memcpy(in.buf, "\033[1", 3);
	in.n = 3;
	ck_assert(input_next(&in, true, &p));
	ck_assert_int_eq(p.key, K_NONE);
	ck_assert_uint_eq(in.n, 0);
}
END_TEST

START_TEST(a_key_typed_soon_after_esc_is_not_lost_with_it)
{
	struct input in = { .utf8 = true };
	int keys[8];

	/* Quicker than ESCDELAY: two pieces. */
	ck_assert_int_eq(feed(&in, "\033", 1, keys, 8), 0);
	ck_assert_int_eq(feed(&in, "a", 1, keys, 8), 2);
	ck_assert_int_eq(keys[0], K_ESC);
	ck_assert_int_eq(keys[1], 'a');
	/* Typed while we were busy: one piece, but not at a quiet moment. */
	ck_assert_int_eq(feed(&in, "\033X\033\021", 4, keys, 8), 4);
	ck_assert_int_eq(keys[1], 'X');
	ck_assert_int_eq(keys[3], K_CTRL('q'));
	/* Alt and a key are still nothing. */
	in.quiet = 2;
	ck_assert_int_eq(feed(&in, "\033a", 2, keys, 8), 0);
	ck_assert_uint_eq(in.n, 0);
}
END_TEST

START_TEST(nothing_in_a_paste_is_a_command)
{
	struct input in = { .utf8 = true };
	int keys[8];

	ck_assert_int_eq(feed(&in, "\033[200~\033\033x\033[A\033[15~\033[201~", 23, keys, 8), 0);
	ck_assert_int_eq(feed(&in, "a", 1, keys, 8), 1);
}
END_TEST

/* Whatever comes in, every byte is taken, and keys are keys. */
START_TEST(any_bytes_at_all_end)
{
	static const char ALPHABET[] = "\033\033\033[O]P~;0123ABCz\007\\\xc3\xa9\xff\xe6\x01";
	struct input in = { .utf8 = _i % 2 == 0 };
	uint64_t x = (uint64_t)_i * 2654435761u + 1;
	struct press p;

	for (int round = 0; round < 2000; round++) {
		for (int n = 0; n < 7 && in.n < sizeof in.buf; n++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			in.buf[in.n++] = (unsigned char)ALPHABET[(x >> 33) % (sizeof ALPHABET - 1)];
		}
		while (input_next(&in, false, &p)) {
			ck_assert_int_ge(p.key, 0);
			ck_assert_int_le(p.key, K_F12);
			ck_assert_uint_lt(strlen(p.text), sizeof p.text);
		}
		ck_assert_uint_lt(in.n, sizeof in.buf);
		if (round % 50 == 0) {
			while (input_next(&in, true, &p))
				;
			ck_assert_uint_eq(in.n, 0);
		}
	}
}
END_TEST

/* --- every table of keys ------------------------------------------------------------------------
 */

static void check_row(const struct screen *s, const struct key *k)
{
	ck_assert_msg(k->name && *k->name, "%s: a row without a name", s->name);
	for (const char *at = k->key; *at;) {
		int n = (int)strcspn(at, " "), key = key_code(at, n);

		ck_assert_msg(key != K_NONE, "%s: %s: no key %.*s", s->name, k->name, n, at);
		for (const struct key *other = s->keys; k->act && other < k; other++)
			ck_assert_msg(!other->act || !key_in(key, other->key), "%s: %.*s twice",
				      s->name, n, at);
		if (n == 1 && isalpha((unsigned char)*at) && k->act)
			ck_assert_msg(k->serious == (isupper((unsigned char)*at) != 0),
				      "%s: %c: capitals are serious, small letters are not",
				      s->name, *at);
		ck_assert_msg(key != K_F1 + 9 && key != K_F1 + 10,
			      "%s: F10 and F11 are the terminal's", s->name);
		at += n + (at[n] == ' ');
	}
	if (k->help)
		ck_assert_msg(strlen(k->help) <= 29, "%s: %s: help is cut: %s", s->name, k->name,
			      k->help);
	if (k->act && !k->serious && k->help == NULL && k->label == NULL)
		ck_assert_msg(k->key[0] != '\0', "%s: %s can be found nowhere", s->name, k->name);
}

START_TEST(every_table_of_keys_keeps_the_rules)
{
	static const struct screen all = { .name = "everywhere", .keys = everywhere };
	const struct screen *const own[] = { &all,	   &screen_help,    &screen_messages,
					     &screen_menu, &screen_choices, NULL };

	for (const struct screen *const *s = own; *s; s++)
		for (const struct key *k = (*s)->keys; k && k->key; k++)
			check_row(*s, k);
	for (const struct screen *const *s = screens; *s; s++) {
		ck_assert((*s)->name && (*s)->title && (*s)->draw);
		for (const struct screen *const *t = screens; t < s; t++) {
			ck_assert_str_ne((*s)->name, (*t)->name);
			ck_assert_msg(!(*s)->go || (*s)->go != (*t)->go, "g %c twice", (*s)->go);
		}
		for (const struct key *k = (*s)->keys; k && k->key; k++)
			check_row(*s, k);
	}
}
END_TEST

#undef tcase_add_test
#define tcase_add_test(c, t) tcase_add_loop_test(c, t, 0, (t) == any_bytes_at_all_end ? 40 : 1)
TEST_MAIN("keys", names_lead_to_keys_and_back, a_list_of_names_holds_each_of_them,
	  a_sequence_in_two_parts_is_one_key, an_esc_alone_is_esc_and_half_a_sequence_is_nothing,
	  a_key_typed_soon_after_esc_is_not_lost_with_it, nothing_in_a_paste_is_a_command,
	  any_bytes_at_all_end, every_table_of_keys_keeps_the_rules)
