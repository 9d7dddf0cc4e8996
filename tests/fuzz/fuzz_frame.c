/*
 * fuzz_frame.c: bytes that are taken for frames, by themselves.
 *
 * What is taken for a frame says the same when it is written again, byte for byte (each frame has
 * one spelling only); what is not is refused in a sentence; nothing is read or kept beyond its end.
 */
#include <string.h>

#include "fuzz.h"
#include "frames.h"
#include "sync/frame.h"

enum { INPUT_MOST = 64 * 1024 };

static void nothing(void)
{
}

static void one(const uint8_t *bytes, size_t n)
{
	struct buf in = { 0 };
	struct err err = ERR_INIT;
	struct frame f;
	size_t at = 0, was = 0;
	int got;

	buf_add(&in, bytes, n);
	while ((got = frame_take(&in, &at, &f, &err)) == 1) {
		struct buf again = { 0 };

		fuzz_must(at > was && at <= n, "it was taken to %zu of %zu", at, n);
		if (f.type != FRAME_NONE) {
			frame_put(&again, &f);
			fuzz_must(again.n == at - was && memcmp(again.s, in.s + was, again.n) == 0,
				  "a frame of type %d has two spellings", f.type);
		}
		frame_done(&f);
		buf_done(&again);
		was = at;
	}
	fuzz_must(got == 0 || *err.text, "refused without a word");
	buf_done(&in);
}

static void put_one(void (*put)(const char *name, const void *bytes, size_t n), const char *name,
		    const struct frame *f)
{
	struct buf out = { 0 };

	frame_put(&out, f);
	put(name, out.s, out.n);
	buf_done(&out);
}

static void seeds(void (*put)(const char *name, const void *bytes, size_t n))
{
	static const char *const names[FRAME_TYPES] = {
		[FRAME_HELLO] = "hello", [FRAME_WELCOME] = "welcome", [FRAME_REFUSE] = "refuse",
		[FRAME_CMD] = "cmd",	 [FRAME_FLUSH] = "flush",     [FRAME_ACK] = "ack",
		[FRAME_PULL] = "pull",	 [FRAME_ENTRY] = "entry",     [FRAME_HEAD] = "head",
		[FRAME_BYE] = "bye",	 [FRAME_ERROR] = "error",     [FRAME_SNAP] = "snap",
		[FRAME_DATA] = "data",	 [FRAME_END] = "end"
	};

	for (int type = 1; type < FRAME_TYPES; type++) {
		struct frame f = { .type = (enum frame_type)type };

		if (type == FRAME_CMD)
			f.cmd = (struct cmd){ .inc = INT64_MAX, .type = "book", .at = { -1 } };
		put_one(put, names[type] ? names[type] : "new", &f);
	}
}

const struct fuzz_target fuzz_target = { .name = "frame",
					 .most = INPUT_MOST,
					 .begin = nothing,
					 .one = one,
					 .end = nothing,
					 .seeds = seeds,
					 .mutate = frames_mutate };
