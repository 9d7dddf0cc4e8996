/*
 * fuzz_join.c: a new node, and a hub that sends it anything but a copy.
 *
 * The input is what comes, behind one byte that says in how large pieces.  Whatever it is: nothing
 * is left in the folder but, at the very most, a whole database and its witness; and whoever was
 * sent something else is told in a sentence.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/squeeze.h"
#include "ends.h"
#include "frames.h"
#include "fuzz.h"
#include "store/store.h"
#include "sync/frame.h"
#include "sync/join.h"

enum { INPUT_MOST = 64 * 1024 };

static char folder[160], path[200];

static void begin(void)
{
	const char *in = getenv("OHDESK_FUZZ_DIR");

	snprintf(folder, sizeof folder, "%s/ohdesk-fuzz-XXXXXX",
		 in				 ? in
		 : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
						 : "/tmp");
	fuzz_must(mkdtemp(folder) != NULL, "%s: no folder", folder);
	snprintf(path, sizeof path, "%s/new.db", folder);
}

static void end(void)
{
	rmdir(folder);
}

/* Removes what is there, and says how many files that were. */
static int empty(void)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	int n = 0;

	fuzz_must(dir, "%s is gone", folder);
	while ((e = readdir(dir)) != NULL) {
		char *name = mem_printf("%s/%s", folder, e->d_name);

		if (*e->d_name != '.') {
			unlink(name);
			n++;
		}
		mem_free(name);
	}
	closedir(dir);
	return n;
}

static void one(const uint8_t *bytes, size_t n)
{
	static const size_t pieces[] = { INPUT_MOST, 4096, 64, 7 };
	struct world world = world_still((struct moment){ 1773309000 }, 7);
	struct join_link *link = join_link_new(path, "the hub", &world);
	struct err err = ERR_INIT;
	size_t piece = n ? pieces[bytes[0] & 3] : 1;
	int rc = 0;

	fuzz_must(join_link_start(link, &err) == 0, "%s", err.text);
	for (size_t at = 1; rc == 0 && at < n; at += piece)
		rc = join_link_in(link, bytes + at, n - at < piece ? n - at : piece, &err);
	fuzz_must(rc == 0 || *err.text, "no word about why");
	if (join_link_done(link)) {
		struct store *st;

		fuzz_must(store_open(path, 1000, &st, &err) == 0, "joined, and: %s", err.text);
		fuzz_must(store_me(st)->node == join_link_node(link), "joined as another");
		store_close(st);
		join_link_free(link);
		empty();
		return;
	}
	join_link_free(link);
	fuzz_must(empty() == 0, "something was left behind");
}

static void put_copy(struct buf *out, const void *bytes, size_t n, int64_t node)
{
	struct frame f = { .type = FRAME_DATA };
	struct squeeze *s = squeeze_new();
	struct buf sent = { 0 };

	squeeze_add(s, bytes, n, true, &sent);
	for (size_t at = 0; at < sent.n; at += 5000) {
		f.data.bytes = sent.s + at;
		f.data.n = sent.n - at < 5000 ? sent.n - at : 5000;
		frame_put(out, &f);
	}
	f = (struct frame){ .type = FRAME_END, .end = { .node = node, .bytes = (int64_t)sent.n } };
	hash_bytes(sent.s, sent.n, f.end.hash);
	frame_put(out, &f);
	buf_done(&sent);
	squeeze_free(s);
}

static void seeds(void (*put)(const char *name, const void *bytes, size_t n))
{
	/* The beginning of a database, which is damaged behind it. */
	static const char header[100] = "SQLite format 3\0\x10\0\2\2\0\x40\x20\x20\0\0\0\1\0\0\0\2";
	struct buf out = { 0 };
	struct frame no = { .type = FRAME_REFUSE,
			    .refuse = { .code = "excluded", .text = "not one of ours" } };

	buf_add(&out, "\0", 1);
	frame_put(&out, &no);
	put("refused", out.s, out.n);
	buf_clear(&out);
	buf_add(&out, "\1", 1);
	put_copy(&out, "no database", 11, 2);
	put("nonsense", out.s, out.n);
	buf_clear(&out);
	buf_add(&out, "\2", 1);
	put_copy(&out, header, sizeof header, 2);
	put("header", out.s, out.n);
	buf_clear(&out);
	buf_add(&out, "\0", 1);
	put_copy(&out, "", 0, -1);
	put("empty", out.s, out.n);
	buf_done(&out);
}

const struct fuzz_target fuzz_target = { .name = "join",
					 .most = INPUT_MOST,
					 .begin = begin,
					 .one = one,
					 .end = end,
					 .seeds = seeds,
					 .mutate = frames_mutate };
