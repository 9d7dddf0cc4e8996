/*
 * alloc.h: memory, or a polite end with the terminal put right.
 *
 * No caller tests for NULL: a front desk with no memory left cannot do anything useful but stop,
 * and everything acknowledged is on disk already.  alloc.c is the only file that exits.
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>
#include <stdbool.h>

void *mem_new(size_t n);		 /* zeroed */
void *mem_grow(void *p, size_t n);	 /* as realloc; never NULL */
char *mem_str(const char *s);		 /* a copy; NULL gives NULL */
char *mem_strn(const char *s, size_t n); /* a copy of n bytes and a NUL */
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void mem_free(void *p);

/* What to do to the terminal before the program ends for want of memory; the screens set it. */
void alloc_on_end(void (*fn)(void));

/*
 * Lists.  A list is any struct with `v`, `n` and `cap`; it owns its items' memory and, through its
 * own x_done(), all they reach.  list_push() gives a pointer to a new zeroed item, valid until the
 * next push.
 *
 *	struct appts { struct appt *v; size_t n, cap; };
 *	struct appt *a = list_push(&list);
 *	list_each(a, &list) ...
 */
void *list_push_(void **v, size_t *n, size_t *cap, size_t size);
#define list_push(l)                                                                               \
	((__typeof__((l)->v))list_push_((void **)&(l)->v, &(l)->n, &(l)->cap, sizeof *(l)->v))
#define list_each(it, l) for (__typeof__(*(l)->v) *it = (l)->v; it && it < (l)->v + (l)->n; it++)
#define list_free(l)	 (mem_free((l)->v), (l)->v = NULL, (l)->n = (l)->cap = 0)

/* A growing string of bytes; `s` is always NUL-terminated once something was added. */
struct buf {
	char *s;
	size_t n, cap;
};
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *b); /* empty, memory kept */
void buf_done(struct buf *b);

#endif
