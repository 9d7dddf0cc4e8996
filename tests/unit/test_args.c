/* test_args.c: a command's arguments have one encoding; every other is refused and none does harm.
 */
#include "suite.h"

#include "base/args.h"
#include "base/day.h"
#include "base/hash.h"
#include "base/id.h"

struct
try {
	struct moment at;
	bool answered;
	const char *note;
};
struct tries {
	struct try *v;
	size_t n, cap;
};
struct call {
	const char *who;
	struct id person;
	int64_t count;
	struct date born, seen;
	bool urgent;
	struct tries tries;
};

static const struct field try_f[] = {
	FIELD(note, struct try, "note", F_TEXT),
	FIELD(at, struct try, "at", F_MOMENT),
	FIELD(answered, struct try, "answered", F_BOOL),
};
static const struct fields try_fields = FIELDS(try_f, struct try);
static const struct field call_f[] = {
	FIELD(who, struct call, "who", F_TEXT),
	FIELD(person, struct call, "person", F_ID),
	FIELD(count, struct call, "count", F_INT),
	FIELD(born, struct call, "born", F_DATE),
	FIELD(seen, struct call, "seen", F_DATE),
	FIELD(urgent, struct call, "urgent", F_BOOL),
	FIELD_ROWS(tries, struct call, "tries", &try_fields),
};
static const struct fields call_fields = FIELDS(call_f, struct call);

static const char sample[] = "d4:borni-3720e5:counti-7e6:personi4398046511105e5:triesl"
			     "d8:answeredi1e2:ati1773309000e4:note8:no replyed4:note0:edee"
			     "6:urgenti1e3:who7:\xc5\x81ukasze";

static struct call *decoded(const char *bytes, size_t n)
{
	struct err err = ERR_INIT;
	void *args = NULL;

	if (args_decode(&call_fields, bytes, n, &args, &err) < 0) {
		ck_assert_int_eq(err.kind, ERR_INPUT);
		ck_assert_ptr_null(args);
	}
	return args;
}

START_TEST(a_struct_is_written_sorted_and_read_back)
{
	struct try tries[3] = { { { 1773309000 }, true, "no reply" },
				{ { 0 }, false, "" },
				{ { 0 }, false, NULL } };
	struct call call = {
		"\xc5\x81ukasz", { INT64_C(4398046511105) }, -7, { -3720 }, DATE_NONE, true,
		{ tries, 3, 3 }
	};
	struct buf out = { NULL, 0, 0 }, again = { NULL, 0, 0 };
	struct call *back;

	args_encode(&call_fields, &call, &out);
	ck_assert_str_eq(out.s, sample);
	back = decoded(out.s, out.n);
	ck_assert_ptr_nonnull(back);
	ck_assert_str_eq(back->who, call.who);
	ck_assert(date_none(back->seen));
	ck_assert_int_eq(back->born.n, -3720);
	ck_assert_uint_eq(back->tries.n, 3);
	ck_assert_str_eq(back->tries.v[1].note, "");
	ck_assert_ptr_null(back->tries.v[2].note);
	args_encode(&call_fields, back, &again);
	ck_assert_str_eq(again.s, out.s);
	args_free(&call_fields, back);
	buf_done(&out);
	buf_done(&again);
}
END_TEST

START_TEST(nothing_present_is_an_empty_dictionary)
{
	struct call call = { .born = DATE_NONE, .seen = DATE_NONE };
	struct buf out = { NULL, 0, 0 };
	struct call *back;

	args_encode(&call_fields, &call, &out);
	ck_assert_str_eq(out.s, "de");
	back = decoded("de", 2);
	ck_assert_ptr_nonnull(back);
	ck_assert(date_none(back->born) && date_none(back->seen) && id_none(back->person));
	args_free(&call_fields, back);
	args_free(&call_fields, NULL);
	buf_done(&out);
}
END_TEST

START_TEST(the_ends_of_a_number_are_kept)
{
	static const char *const same[] = { "d5:counti9223372036854775807ee",
					    "d5:counti-9223372036854775808ee", "d5:counti1ee" };

	for (size_t i = 0; i < 3; i++) {
		struct call *c = decoded(same[i], strlen(same[i]));
		struct buf out = { NULL, 0, 0 };

		ck_assert_ptr_nonnull(c);
		args_encode(&call_fields, c, &out);
		ck_assert_str_eq(out.s, same[i]);
		buf_done(&out);
		args_free(&call_fields, c);
	}
}
END_TEST

START_TEST(what_is_not_canonical_is_refused)
{
	static const char *const bad[] = {
		"",
		"d",
		"e",
		"l",
		"dee",
		"de ",
		"i1e",
		"0:",
		"le",
		"d5:counti1e",
		"d5:counti01ee",
		"d5:counti-0ee",
		"d5:counti0ee",
		"d5:counti+1ee",
		"d5:counti ee",
		"d5:countie",
		"d5:counti9223372036854775808ee",
		"d5:counti-9223372036854775809ee",
		"d5:counti99999999999999999999999ee",
		"d05:counti1ee",
		"d5:count1:1e",
		"d5:counti1e5:counti1ee",
		"d5:counti1e4:borni1ee",
		"d6:urgenti1e6:personi1ee",
		"d5:otheri1ee",
		"d0:i1ee",
		"d6:urgenti0ee",
		"d6:urgenti2ee",
		"d6:personi0ee",
		"d6:personi-1ee",
		"d3:whoi1ee",
		"d3:who3:abe",
		"d3:who9999999999999:abe",
		"d3:who99999999999999999999999:abe",
		"d3:who1:\xff"
		"e",
		"d5:triesle"
		"e",
		"d5:triesli1eee",
		"d5:triesd2:ati1eee",
		"d5:triesld2:ati0eeee",
		"d5:tries",
		"d4:borni99999999ee",
		"d4:borni-99999999ee",
		"d4:borni-2147483648ee",
		"d5:triesld2:ati9223372036854775807eeee",
		"d3:who-1:ae",
		"d3:who:ae",
		"d31:whoe",
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!decoded(bad[i], strlen(bad[i])), "took %s", bad[i]);
	ck_assert_ptr_null(decoded("d3:who1:\0e", 10));
}
END_TEST

/* Decodes a copy of exactly n bytes, so that reading beyond them is seen by the sanitizer; what is
 * taken must encode to the same bytes. */
static void try_bytes(const char *bytes, size_t n)
{
	char *copy = mem_strn(bytes, n), *exact = mem_new(n);
	struct call *c;

	memcpy(exact, copy, n);
	c = decoded(exact, n);
	if (c) {
		struct buf out = { NULL, 0, 0 };

		args_encode(&call_fields, c, &out);
		ck_assert_uint_eq(out.n, n);
		ck_assert_mem_eq(out.s, exact, n);
		buf_done(&out);
	}
	args_free(&call_fields, c);
	mem_free(exact);
	mem_free(copy);
}

START_TEST(no_cut_and_no_changed_byte_does_harm)
{
	struct call *whole;
	char bytes[sizeof sample];
	size_t n = strlen(sample);

	memcpy(bytes, sample, sizeof bytes);
	whole = decoded(bytes, n);
	ck_assert_ptr_nonnull(whole);
	args_free(&call_fields, whole);
	for (size_t cut = 0; cut < n; cut++) {
		ck_assert_ptr_null(decoded(bytes, cut));
		try_bytes(bytes, cut);
	}
	for (size_t at = 0; at < n; at++) {
		char was = bytes[at];

		for (int v = 0; v < 256; v++) {
			bytes[at] = (char)v;
			try_bytes(bytes, n);
		}
		bytes[at] = was;
	}
}
END_TEST

START_TEST(a_list_over_the_limit_is_refused)
{
	struct buf b = { NULL, 0, 0 };

	buf_str(&b, "d5:triesl");
	for (int i = 0; i <= ARGS_ROWS; i++)
		buf_str(&b, "de");
	buf_str(&b, "ee");
	ck_assert_ptr_null(decoded(b.s, b.n));
	buf_clear(&b);
	buf_printf(&b, "d3:who%d:%*se", ARGS_TEXT + 1, ARGS_TEXT + 1, "x");
	ck_assert_ptr_null(decoded(b.s, b.n));
	buf_done(&b);
}
END_TEST

struct deep;
struct deeps {
	struct deep *v;
	size_t n, cap;
};
struct deep {
	struct deeps rows;
};
extern const struct fields deep_fields;
static const struct field deep_f[] = { FIELD_ROWS(rows, struct deep, "r", &deep_fields) };
const struct fields deep_fields = FIELDS(deep_f, struct deep);

START_TEST(rows_nested_too_deep_are_refused)
{
	struct buf b = { NULL, 0, 0 };
	void *args;

	for (int i = 0; i < 100000; i++)
		buf_str(&b, "d1:rl");
	ck_assert_int_eq(args_decode(&deep_fields, b.s, b.n, &args, NULL), -1);
	buf_done(&b);
}
END_TEST

START_TEST(a_hash_is_sha_256)
{
	unsigned char out[32], parts[32];
	char hex[65];
	struct hash h;

	hash_bytes("abc", 3, out);
	ck_assert_str_eq(hash_hex(out, hex),
			 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	hash_init(&h);
	hash_add(&h, "a", 1);
	hash_add(&h, "", 0);
	hash_add(&h, "bc", 2);
	hash_end(&h, parts);
	ck_assert_mem_eq(out, parts, 32);
}
END_TEST

TEST_MAIN("args", a_struct_is_written_sorted_and_read_back, nothing_present_is_an_empty_dictionary,
	  the_ends_of_a_number_are_kept, what_is_not_canonical_is_refused,
	  no_cut_and_no_changed_byte_does_harm, a_list_over_the_limit_is_refused,
	  rows_nested_too_deep_are_refused, a_hash_is_sha_256)
