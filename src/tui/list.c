/* list.c: selection, scrolling and typed numbers; see list.h for what it promises. */
#include <string.h>

#include "base/alloc.h"
#include "list.h"

static bool selectable(const struct list *l, size_t i)
{
	return i < l->n && l->v[i].id != 0;
}

static size_t find(const struct list *l, int64_t id)
{
	for (size_t i = 0; id && i < l->n; i++)
		if (l->v[i].id == id)
			return i;
	return l->n;
}

/* The nearest row that can be selected, looking `step` way first. */
static size_t nearest(const struct list *l, size_t i, int step)
{
	for (int turn = 0; turn < 2; turn++, step = -step)
		for (size_t k = i; k < l->n; k += (size_t)(long)step)
			if (selectable(l, k))
				return k;
	return 0;
}

static int rows_shown(const struct list *l)
{
	int h = l->height > 0 ? l->height : 1;

	return (size_t)h < l->n && h > 1 ? h - 1 : h;
}

static void into_view(struct list *l)
{
	size_t h = (size_t)rows_shown(l);

	if (l->sel < l->top)
		l->top = l->sel;
	if (l->sel >= l->top + h)
		l->top = l->sel - h + 1;
	if (l->n <= h)
		l->top = 0;
	else if (l->top > l->n - h)
		l->top = l->n - h;
	/* The heading above the first row is read with it. */
	while (l->top > 0 && !selectable(l, l->top - 1) && l->sel + 1 < l->top + h)
		l->top--;
}

static void number(struct list *l)
{
	int k = l->before;

	list_each (r, l)
		r->number = r->id ? ++k : 0;
}

static void keep_places(struct list *l, const int64_t *ids, size_t n)
{
	size_t had = l->n;

	list_each (r, l)
		r->at = -1;
	for (size_t i = 0, next = 0; i < n; i++) {
		/* Most stand behind the one before, as they did: no search through a long list. */
		size_t k = next < had && ids[i] && l->v[next].id == ids[i] ? next : find(l, ids[i]);

		/* Headings have no id of their own: the first that is free is this one. */
		if (!ids[i])
			for (k = 0; k < had && (l->v[k].id || l->v[k].at >= 0);)
				k++;
		if (k >= l->n || (!ids[i] && k >= had)) {
			struct list_row *fresh = list_push(l);

			fresh->id = ids[i];
			k = l->n - 1;
		}
		l->v[k].at = (int)i;
		next = k + 1;
	}
}

void list_load(struct list *l, const int64_t *ids, size_t n, bool refresh)
{
	int64_t was = list_id(l);
	size_t old = l->sel;

	if (refresh && l->n) {
		keep_places(l, ids, n);
	} else {
		l->n = 0;
		for (size_t i = 0; i < n; i++) {
			struct list_row *r = list_push(l);

			r->id = ids[i];
			r->at = (int)i;
		}
	}
	number(l);
	l->sel = find(l, was);
	if (l->sel == l->n)
		l->sel = nearest(l, old < l->n ? old : l->n ? l->n - 1 : 0, 1);
	into_view(l);
}

void list_size(struct list *l, int height)
{
	l->height = height;
	into_view(l);
}

void list_done(struct list *l)
{
	list_free(l);
	memset(l, 0, sizeof *l);
}

int list_at(const struct list *l)
{
	return selectable(l, l->sel) ? l->v[l->sel].at : -1;
}

int64_t list_id(const struct list *l)
{
	return selectable(l, l->sel) ? l->v[l->sel].id : 0;
}

bool list_select(struct list *l, int64_t id)
{
	size_t k = find(l, id);

	l->typed = 0;
	if (k == l->n)
		return false;
	l->sel = k;
	into_view(l);
	return true;
}

void list_section(struct list *l, int step)
{
	size_t i = l->sel, turns = 0;
	bool crossed = false;

	l->typed = 0;
	for (; l->n && turns < 2 * l->n; turns++) {
		i = (i + l->n + (size_t)(long)step) % l->n;
		if (!selectable(l, i) || (i == 0 && step > 0)) {
			crossed = true;
		}
		if (crossed && selectable(l, i) && (step > 0 || i == 0 || !selectable(l, i - 1)))
			break;
	}
	if (selectable(l, i))
		l->sel = i;
	into_view(l);
}

static bool digit(struct list *l, int d, const char **ret_why)
{
	int want;

	if (!l->typed) {
		if (d == 0)
			return false;
		l->from = list_id(l);
	}
	want = l->typed * 10 + d;
	list_each (r, l)
		if (r->number == want) {
			l->sel = (size_t)(r - l->v);
			l->typed = want;
			into_view(l);
			return true;
		}
	/* Half a number must not leave another row for the next key to act on. */
	list_select(l, l->from);
	*ret_why = "There is no row with that number.";
	return true;
}

static void step(struct list *l, long by)
{
	long to = (long)l->sel + by, last = (long)l->n - 1;

	if (l->n == 0)
		return;
	if (to < 0)
		to = 0;
	if (to > last)
		to = last;
	l->sel = nearest(l, (size_t)to, by < 0 ? -1 : 1);
	/* At the top, whatever stands above the first row is read too. */
	if (by < 0 && l->sel == nearest(l, 0, 1))
		l->top = 0;
	into_view(l);
}

bool list_key(struct list *l, int key, const char **ret_why)
{
	int page = rows_shown(l) > 1 ? rows_shown(l) - 1 : 1;

	*ret_why = NULL;
	if (key >= '0' && key <= '9')
		return digit(l, key - '0', ret_why);
	l->typed = 0;
	switch (key) {
	case K_UP:
		step(l, -1);
		return true;
	case K_DOWN:
		step(l, 1);
		return true;
	case K_PGUP:
		step(l, -page);
		return true;
	case K_PGDN:
		step(l, page);
		return true;
	case K_HOME:
		step(l, -(long)l->n);
		return true;
	case K_END:
		step(l, (long)l->n);
		return true;
	default:
		return false;
	}
}

void list_draw(struct canvas *c, const struct list *l, int line, bool quiet, list_draw_row *row,
	       const void *state)
{
	size_t h = (size_t)rows_shown(l), end = l->top + h < l->n ? l->top + h : l->n;

	for (size_t i = l->top; i < end; i++, line++) {
		const struct list_row *r = &l->v[i];
		bool selected = i == l->sel && r->id;

		if (selected) {
			canvas_put(c, line, 1, PLAIN, ">");
			if (!quiet)
				canvas_cursor(c, line, 1);
		}
		if (r->at >= 0)
			row(c, line, r->number, selected, state, r->at);
		else if (r->id)
			canvas_printf(c, line, 2, PLAIN, "%3d no longer here (F5 takes it off)",
				      r->number);
	}
	if (l->n <= h || l->height <= 1)
		return;
	/* Numbers in view, not rows: headings are not counted. */
	int first = 0, last = 0, all = l->before;

	for (size_t i = 0; i < l->n; i++) {
		if (!l->v[i].id)
			continue;
		all = l->v[i].number;
		if (i >= l->top && i < end) {
			first = first ? first : all;
			last = all;
		}
	}
	canvas_printf(c, line, 4, PLAIN, "%d-%d of %d%s%s", first, last, all,
		      end < l->n ? "   PgDn more" : "", l->top ? "   PgUp back" : "");
}
