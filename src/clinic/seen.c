/* seen.c: open addressing, at most three quarters full. */
#include "clinic/seen.h"

#include <string.h>

#include "base/alloc.h"

static size_t seen_place(const struct seen *s, uint64_t key)
{
	size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (s->cap - 1);

	while (s->keys[at] && s->keys[at] != key)
		at = (at + 1) & (s->cap - 1);
	return at;
}

int64_t seen_put(struct seen *s, uint64_t key, int64_t line)
{
	if (s->n * 4 >= s->cap * 3) {
		struct seen bigger = { .cap = s->cap ? s->cap * 2 : 4096, .n = s->n };

		bigger.keys = mem_new(bigger.cap * sizeof *bigger.keys);
		bigger.lines = mem_new(bigger.cap * sizeof *bigger.lines);
		for (size_t i = 0; i < s->cap; i++)
			if (s->keys[i]) {
				size_t at = seen_place(&bigger, s->keys[i]);

				bigger.keys[at] = s->keys[i];
				bigger.lines[at] = s->lines[i];
			}
		mem_free(s->keys);
		mem_free(s->lines);
		*s = bigger;
	}
	size_t at = seen_place(s, key);

	if (s->keys[at])
		return s->lines[at];
	s->keys[at] = key;
	s->lines[at] = line;
	s->n++;
	return 0;
}

void seen_clear(struct seen *s)
{
	if (s->n)
		memset(s->keys, 0, s->cap * sizeof *s->keys);
	s->n = 0;
}

void seen_done(struct seen *s)
{
	mem_free(s->keys);
	mem_free(s->lines);
}

int64_t seen_get(const struct seen *s, uint64_t key)
{
	size_t at = s->cap ? seen_place(s, key) : 0;

	return s->cap && s->keys[at] ? s->lines[at] : 0;
}
