/*
 * alloc.c: memory, or a polite end with the terminal put right.
 *
 * Always holds: no function here returns NULL for want of memory.  This is the only file that ends
 * the program; what was acknowledged is on disk by then, so nothing is flushed or closed.
 */
#include "base/alloc.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*on_end)(void);

void alloc_on_end(void (*fn)(void))
{
	on_end = fn;
}

static void end(void) __attribute__((noreturn));

static void end(void)
{
	static const char why[] = "ohdesk: the machine has no memory left, so this desk stops. "
				  "Everything saved is safe.\n";

	if (on_end)
		on_end();
	/* stdio may want memory; write() does not.  Nothing can be done if even this fails. */
	if (write(STDERR_FILENO, why, sizeof why - 1) < 0)
		_exit(2);
	_exit(1);
}

void *mem_new(size_t n)
{
	void *p = calloc(1, n ? n : 1);

	if (!p)
		end();
	return p;
}

void *mem_grow(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		end();
	return p;
}

char *mem_str(const char *s)
{
	return s ? mem_strn(s, strlen(s)) : NULL;
}

char *mem_strn(const char *s, size_t n)
{
	char *p;

	if (n == SIZE_MAX)
		end();
	p = mem_grow(NULL, n + 1);
	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *mem_printf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		end();
	va_end(ap);
	return s;
}

void mem_free(void *p)
{
	free(p);
}

/* The next capacity that holds `want` items of `size` bytes: doubling, so that pushes are cheap. */
static size_t grown(size_t cap, size_t want, size_t size)
{
	size_t next = cap ? cap : 8;

	while (next < want) {
		if (next > SIZE_MAX / 2)
			end();
		next *= 2;
	}
	if (next > SIZE_MAX / 2 / size)
		end();
	return next;
}

void *list_push_(void **v, size_t *n, size_t *cap, size_t size)
{
	char *item;

	if (*n == *cap) {
		*cap = grown(*cap, *n + 1, size);
		*v = mem_grow(*v, *cap * size);
	}
	item = (char *)*v + (*n)++ * size;
	memset(item, 0, size);
	return item;
}

static void buf_room(struct buf *b, size_t n)
{
	if (n > SIZE_MAX / 4 || b->n > SIZE_MAX / 4)
		end();
	if (b->cap - b->n > n)
		return;
	b->cap = grown(b->cap ? b->cap : 64, b->n + n + 1, 1);
	b->s = mem_grow(b->s, b->cap);
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	buf_room(b, n);
	if (n)
		memcpy(b->s + b->n, p, n);
	b->n += n;
	b->s[b->n] = '\0';
}

void buf_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	assert(n >= 0);
	buf_room(b, (size_t)n);
	vsnprintf(b->s + b->n, (size_t)n + 1, fmt, again);
	b->n += (size_t)n;
	va_end(again);
	va_end(ap);
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	if (b->s)
		b->s[0] = '\0';
}

void buf_done(struct buf *b)
{
	mem_free(b->s);
	*b = (struct buf){ NULL, 0, 0 };
}
