/* test_frame.c: frames come back as they went; nothing else is taken for one. */
#include <string.h>

#include "suite.h"
#include "sync/frame.h"

static struct err err;

static struct frame a_command(void)
{
	struct frame f = { .type = FRAME_CMD };

	f.cmd.inc = INT64_MAX;
	f.cmd.n = 7;
	memset(f.cmd.prev, 0xfe, 32);
	strcpy(f.cmd.type, "book");
	f.cmd.ver = 1;
	f.cmd.actor.n = -3;
	f.cmd.at.utc = INT64_MIN;
	f.cmd.args = mem_strn("d4:appt\0i5ee", 12);
	f.cmd.args_n = 12;
	return f;
}

static struct frame an_entry(void)
{
	struct frame f = { .type = FRAME_ENTRY };

	f.entry.seq = 300;
	f.entry.node = 4;
	strcpy(f.entry.verdict, "confirmed");
	strcpy(f.entry.part[1].scope, "org:WVH");
	for (int i = 0; i < ENTRY_PARTS; i++) {
		f.entry.part[i].here = i == 0;
		f.entry.part[i].body = (unsigned char *)mem_strn("T\x05", i == 0 ? 2 : 0);
		f.entry.part[i].n = i == 0 ? 2 : 0;
	}
	return f;
}

/* Every type once, behind one another. */
static void put_all(struct buf *out)
{
	struct frame all[] = { { .type = FRAME_HELLO },	 { .type = FRAME_WELCOME },
			       { .type = FRAME_REFUSE }, a_command(),
			       { .type = FRAME_FLUSH },	 { .type = FRAME_ACK },
			       { .type = FRAME_PULL },	 an_entry(),
			       { .type = FRAME_HEAD },	 { .type = FRAME_BYE },
			       { .type = FRAME_ERROR },	 { .type = FRAME_SNAP },
			       { .type = FRAME_DATA },	 { .type = FRAME_END } };

	strcpy(all[0].hello.region, "a region");
	strcpy(all[2].refuse.text, "no");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		frame_put(out, &all[i]);
		frame_done(&all[i]);
	}
}

START_TEST(a_frame_comes_back_as_it_went)
{
	struct buf bytes = { 0 }, again = { 0 };
	struct frame f;
	size_t at = 0;
	int n = 0;

	put_all(&bytes);
	while (frame_take(&bytes, &at, &f, &err) == 1) {
		frame_put(&again, &f);
		frame_done(&f);
		n++;
	}
	ck_assert_int_eq(n, FRAME_TYPES - 1);
	ck_assert_uint_eq(at, bytes.n);
	ck_assert_uint_eq(again.n, bytes.n);
	ck_assert_mem_eq(again.s, bytes.s, bytes.n);
	buf_done(&bytes);
	buf_done(&again);
}
END_TEST

START_TEST(a_frame_that_has_not_all_come_is_waited_for)
{
	struct buf bytes = { 0 };
	struct frame f = a_command();

	frame_put(&bytes, &f);
	frame_done(&f);
	for (size_t n = 0; n < bytes.n; n++) {
		struct buf some = { .s = bytes.s, .n = n };
		size_t at = 0;

		ck_assert_int_eq(frame_take(&some, &at, &f, &err), 0);
		ck_assert_uint_eq(at, 0);
	}
	buf_done(&bytes);
}
END_TEST

START_TEST(what_is_no_frame_is_refused_in_words)
{
	static const struct {
		const char *bytes;
		size_t n;
	} bad[] = {
		{ "\0\0\0\0\5", 5 },	     /* without a type */
		{ "\xff\xff\xff\xff\1", 5 }, /* over-long */
		{ "\1\0\0\1\4", 5 },	     /* a byte over 16 MiB */
		{ "\0\0\0\1\0", 5 },	     /* of no type */
		{ "\0\0\0\1\x7f", 5 },	     /* of a type to come that may not be passed over */
		{ "\0\0\0\1\6", 5 },	     /* an ACK without its number */
		{ "\0\0\0\3\6\2\2", 7 },     /* and one with two */
		{ "\0\0\0\3\6\x82\0", 7 },   /* a number said the long way */
		{ "\0\0\0\4\xa\2\0\0", 8 },  /* a text longer than it says */
		{ "\0\0\0\3\xa\2\0", 7 },    /* with a NUL in it */
		{ "\0\0\0\3\xa\x80\1", 7 },  /* and one that is not there */
		{ "\0\0\0\2\xa\1", 6 },	     /* of a length below nothing */
	};
	struct frame f;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct buf in = { .s = (char *)bad[i].bytes, .n = bad[i].n };
		size_t at = 0;

		ck_assert_msg(frame_take(&in, &at, &f, &err) == -1, "number %zu", i);
		ck_assert_int_eq(err.kind, ERR_LINK);
		err_clear(&err);
	}
}
END_TEST

START_TEST(types_to_come_from_128_on_are_passed_over)
{
	struct buf in = { .s = (char *)"\0\0\0\3\x80"
				       "ab\0\0\0\1\5",
			  .n = 12 };
	struct frame f;
	size_t at = 0;

	ck_assert_int_eq(frame_take(&in, &at, &f, &err), 1);
	ck_assert_int_eq(f.type, FRAME_NONE);
	ck_assert_int_eq(frame_take(&in, &at, &f, &err), 1);
	ck_assert_int_eq(f.type, FRAME_FLUSH);
}
END_TEST

/* What it takes is what it would have written, whatever bytes come: there is one spelling. */
static void spelled_one_way(const struct buf *in)
{
	struct buf again = { 0 };
	struct frame f;
	size_t at = 0, from = 0;

	while (frame_take(in, &at, &f, NULL) == 1) {
		if (f.type != FRAME_NONE) {
			buf_clear(&again);
			frame_put(&again, &f);
			ck_assert_uint_eq(again.n, at - from);
			ck_assert_mem_eq(again.s, in->s + from, again.n);
		}
		frame_done(&f);
		from = at;
	}
	buf_done(&again);
}

START_TEST(bytes_changed_cut_and_shuffled_are_frames_or_refused)
{
	struct world w = world_still((struct moment){ 1930467600 }, 11);
	struct buf good = { 0 }, in = { 0 };

	put_all(&good);
	for (int round = 0; round < 20000; round++) {
		uint32_t r[4];

		w.chance(&w, r, sizeof r);
		buf_clear(&in);
		buf_add(&in, good.s, good.n);
		for (unsigned i = 0; i < r[0] % 4; i++) {
			uint32_t q[2];

			w.chance(&w, q, sizeof q);
			in.s[q[0] % in.n] = (char)q[1];
		}
		if (r[1] % 3 == 0)
			in.n = r[2] % in.n;
		if (r[1] % 5 == 0)
			memmove(in.s, in.s + r[3] % (in.n + 1), in.n - r[3] % (in.n + 1));
		spelled_one_way(&in);
	}
	buf_done(&in);
	buf_done(&good);
}
END_TEST

TEST_MAIN("frame", a_frame_comes_back_as_it_went, a_frame_that_has_not_all_come_is_waited_for,
	  what_is_no_frame_is_refused_in_words, types_to_come_from_128_on_are_passed_over,
	  bytes_changed_cut_and_shuffled_are_frames_or_refused)
