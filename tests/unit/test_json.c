/* test_json.c: JSON is read strictly, and no bytes do harm. */
#include "suite.h"

#include "base/json.h"
#include "base/text.h"

/* The items of a text in one line: { k"a" "b" 1 t f n [ ] } . or ! when bad. */
static const char *items(const char *s, size_t n)
{
	static struct buf out;
	struct json j = json_open(s, n);
	enum json_kind k;

	buf_clear(&out);
	do {
		k = json_next(&j);
		switch (k) {
		case JSON_KEY:
			buf_str(&out, "k");
			__attribute__((fallthrough));
		case JSON_STRING:
			ck_assert(text_valid(j.text.s, j.text.n));
			ck_assert_uint_eq(strlen(j.text.s), j.text.n);
			buf_printf(&out, "<%s>", j.text.s);
			break;
		case JSON_NUMBER:
			buf_str(&out, j.text.s);
			break;
		default:
			buf_printf(&out, "%c", ".!{}[]   tfn"[k]);
		}
	} while (k != JSON_END && k != JSON_BAD);
	if (k == JSON_BAD) {
		ck_assert_ptr_nonnull(j.why);
		ck_assert_int_eq(json_next(&j), JSON_BAD);
	}
	json_done(&j);
	return out.s;
}

START_TEST(a_text_is_read_item_by_item)
{
	static const char *const rows[][2] = {
		{ "{}", "{}." },
		{ " [ ] ", "[]." },
		{ "[1,-2.5e+3,true,false,null,\"x\"]", "[1-2.5e+3tfn<x>]." },
		{ "{\"a\":{\"b\":[]},\"c\":\"\"}", "{k<a>{k<b>[]}k<c><>}." },
		{ "\"\\u0141\\ud83d\\udc69\\n\\\"\\/\"", "<Ł👩\n\"/>." },
		{ "0", "0." },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_str_eq(items(rows[i][0], strlen(rows[i][0])), rows[i][1]);
}
END_TEST

START_TEST(what_is_no_json_is_refused)
{
	static const char *const bad[] = {
		"",
		" ",
		"{",
		"[",
		"}",
		"[1,]",
		"{,}",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,}",
		"{1:2}",
		"[1 2]",
		"01",
		"-",
		"1.",
		".5",
		"1e",
		"+1",
		"tru",
		"nul",
		"1 2",
		"{}x",
		"\"",
		"\"\\x\"",
		"\"\\u12\"",
		"\"\\u0000\"",
		"\"\\ud800\"",
		"\"\\ud800\\u0041\"",
		"\"\\udc00\"",
		"\"\n\"",
		"\"\xff\"",
		"\"\xc3\"",
		"[1}",
		"{\"a\":1]",
		"// x\n1",
		"'a'",
		"\xef\xbb\xbf{}",
		"[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
		"\"\\",
		"\"\\u",
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *got = items(bad[i], strlen(bad[i]));

		ck_assert_msg(got[strlen(got) - 1] == '!', "took %s as %s", bad[i], got);
	}
	ck_assert_str_eq(items("\0", 1), "!");
}
END_TEST

START_TEST(no_cut_and_no_changed_byte_does_harm)
{
	static const char sample[] =
		"{\"a\":[1,\"\\ud83d\\udc69\xc3\xa9\",{\"b\":null}],\"c\":-1.5e2}";
	size_t n = sizeof sample - 1;

	for (size_t cut = 0; cut < n; cut++) {
		char *exact = mem_new(cut ? cut : 1);

		memcpy(exact, sample, cut);
		ck_assert_ptr_nonnull(strchr(items(exact, cut), '!'));
		mem_free(exact);
	}
	for (size_t at = 0; at < n; at++)
		for (int v = 0; v < 256; v++) {
			char *exact = mem_new(n);

			memcpy(exact, sample, n);
			exact[at] = (char)v;
			items(exact, n);
			mem_free(exact);
		}
}
END_TEST

START_TEST(a_value_can_be_passed_over_whole)
{
	static const char s[] = "{\"a\":[{\"x\":[1,2]},3],\"b\":4}";
	struct json j = json_open(s, sizeof s - 1);

	ck_assert_int_eq(json_next(&j), JSON_OBJECT);
	ck_assert_int_eq(json_next(&j), JSON_KEY);
	ck_assert(json_skip(&j));
	ck_assert_int_eq(json_next(&j), JSON_KEY);
	ck_assert_str_eq(j.text.s, "b");
	ck_assert(json_skip(&j));
	ck_assert_int_eq(json_next(&j), JSON_OBJECT_END);
	ck_assert_int_eq(json_next(&j), JSON_END);
	json_done(&j);
	j = json_open(s, sizeof s - 1);
	json_next(&j);
	ck_assert(json_skip(&j));
	ck_assert_int_eq(json_next(&j), JSON_END);
	json_done(&j);
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
	static const char *const all[] = { "", "Webb", "a\"b\\c\n\t\033", "Łukasz 👩", "</script>" };
	struct buf out = { NULL, 0, 0 };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct json j;

		buf_clear(&out);
		json_write_str(&out, all[i]);
		j = json_open(out.s, out.n);
		ck_assert_int_eq(json_next(&j), JSON_STRING);
		ck_assert_str_eq(j.text.s, all[i]);
		json_done(&j);
	}
	buf_clear(&out);
	json_write_str(&out, "\xff");
	ck_assert_str_eq(out.s, "\"\xef\xbf\xbd\"");
	buf_done(&out);
}
END_TEST

TEST_MAIN("json", a_text_is_read_item_by_item, what_is_no_json_is_refused,
	  no_cut_and_no_changed_byte_does_harm, a_value_can_be_passed_over_whole,
	  what_is_written_is_read_back)
