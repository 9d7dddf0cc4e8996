/*
 * plain.c: a target played through without libFuzzer, the same way each time: a test of make check.
 *
 *	fuzz_x                 the corpus, the seeds, and mutations of both (OHDESK_FUZZ: how many)
 *	fuzz_x FILE...         these inputs, one after the other: a crash is looked at so
 *	fuzz_x --seeds FOLDER  writes the seeds as they are today: how a corpus is made anew
 *
 * It closes with the line of totals that tests/run.sh reads; whatever does not hold ends it before.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { MUTATIONS = 1200 };

struct input {
	char *name;
	uint8_t *bytes;
	size_t n;
};
static struct {
	struct input *v;
	size_t n, cap;
} inputs;
static const char *folder;
static bool mutated;

size_t fuzz_bytes(uint8_t *bytes, size_t n, size_t most)
{
	for (uint32_t i = 1 + fuzz_chance(4); i > 0; i--) {
		size_t at = fuzz_chance((uint32_t)n), len = 1 + fuzz_chance(16);

		switch (fuzz_chance(4)) {
		case 0:
			if (n > 0)
				bytes[at] = (uint8_t)fuzz_chance(256);
			break;
		case 1:
			if (n > 0)
				bytes[at] ^= (uint8_t)(1u << fuzz_chance(8));
			break;
		case 2: /* some go */
			if (at + len <= n) {
				memmove(bytes + at, bytes + at + len, n - at - len);
				n -= len;
			}
			break;
		case 3: /* some come, from elsewhere in it */
			if (n + len <= most && len <= n) {
				memmove(bytes + at + len, bytes + at, n - at);
				n += len;
				memmove(bytes + at, bytes + fuzz_chance((uint32_t)(n - len)), len);
			}
			break;
		}
	}
	return n;
}

bool fuzz_looks(const uint8_t *bytes, size_t n)
{
	return !mutated || (n > 0 && (bytes[n / 2] ^ bytes[n - 1]) % 4 == 0);
}

/* ---- inputs ---- */

static void keep(const char *name, const void *bytes, size_t n)
{
	struct input *in = list_push(&inputs);

	in->name = mem_str(name);
	in->n = n < fuzz_target.most ? n : fuzz_target.most;
	in->bytes = mem_new(fuzz_target.most);
	memcpy(in->bytes, bytes, in->n);
}

static void keep_file(const char *path)
{
	uint8_t *bytes = mem_new(fuzz_target.most);
	FILE *f = fopen(path, "rb");

	fuzz_must(f, "%s cannot be read", path);
	keep(path, bytes, fread(bytes, 1, fuzz_target.most, f));
	fclose(f);
	mem_free(bytes);
}

static int visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void keep_folder(const char *path)
{
	struct dirent **list;
	int n = scandir(path, &list, visible, alphasort);

	fuzz_must(n > 0, "%s: there is no corpus", path);
	for (int i = 0; i < n; i++) {
		char *name = mem_printf("%s/%s", path, list[i]->d_name);

		keep_file(name);
		mem_free(name);
		free(list[i]);
	}
	free(list);
}

static void write_seed(const char *name, const void *bytes, size_t n)
{
	char *path = mem_printf("%s/%s", folder, name);
	FILE *f = fopen(path, "wb");

	fuzz_must(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0, "%s: not written", path);
	mem_free(path);
}

static void inputs_done(void)
{
	list_each (in, &inputs) {
		mem_free(in->name);
		mem_free(in->bytes);
	}
	list_free(&inputs);
}

/* ---- playing ---- */

/* The one under way, for whoever looks at a crash. */
static void play(const char *what, const uint8_t *bytes, size_t n)
{
	if (getenv("OHDESK_TELL"))
		fprintf(stderr, "%s\n", what);
	fuzz_target.one(bytes, n);
}

static int play_all(int mutations)
{
	uint8_t *bytes = mem_new(fuzz_target.most);
	int n = 0;

	list_each (in, &inputs) {
		play(in->name, in->bytes, in->n);
		n++;
	}
	mutated = true;
	for (int i = 0; i < mutations; i++) {
		const struct input *in;
		size_t len;

		fuzz_seed((uint64_t)i + 1);
		in = &inputs.v[fuzz_chance((uint32_t)inputs.n)];
		len = in->n;
		memcpy(bytes, in->bytes, len);
		for (uint32_t k = 1 + fuzz_chance(4); k > 0; k--)
			len = fuzz_target.mutate ? fuzz_target.mutate(bytes, len, fuzz_target.most)
						 : fuzz_bytes(bytes, len, fuzz_target.most);
		if (getenv("OHDESK_TELL")) { /* what was played last is there when it is over */
			folder = ".";
			write_seed("fuzz-last", bytes, len);
		}
		play(in->name, bytes, len);
		n++;
	}
	mem_free(bytes);
	return n;
}

int main(int argc, char **argv)
{
	const char *want = getenv("OHDESK_FUZZ");
	int mutations = want ? atoi(want) : MUTATIONS;
	int n;

	fuzz_target.begin();
	if (argc == 3 && strcmp(argv[1], "--seeds") == 0) {
		folder = argv[2];
		fuzz_target.seeds(write_seed);
		fuzz_target.end();
		return 0;
	}
	for (int i = 1; i < argc; i++)
		keep_file(argv[i]);
	if (argc == 1) {
		char *corpus = mem_printf("tests/fuzz/%s", fuzz_target.name);

		keep_folder(corpus);
		mem_free(corpus);
		fuzz_target.seeds(keep);
	}
	n = play_all(argc == 1 ? mutations : 0);
	fuzz_target.end();
	inputs_done();
	printf("100%%: Checks: %d, Failures: 0, Errors: 0\n", n);
	return 0;
}
