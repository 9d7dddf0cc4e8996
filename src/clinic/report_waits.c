/*
 * report_waits.c: how long NHS staff and external customers waited, beside each other.
 *
 * One pass over the first attendances of the time; the days are counted here, for working days are
 * not arithmetic that a query knows.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "clinic/refs.h"
#include "clinic/report.h"
#include "store/appts.h"

struct counted {
	struct wait_cell cell;
	int days;
	bool in_time, had_target;
};
struct counteds {
	struct counted *v;
	size_t n, cap;
};

static int by_cell(const void *x, const void *y)
{
	const struct counted *a = x, *b = y;
	const struct wait_cell *i = &a->cell, *k = &b->cell;

	if (i->year != k->year)
		return i->year - k->year;
	if (i->quarter != k->quarter)
		return i->quarter - k->quarter;
	if (i->service.n != k->service.n)
		return i->service.n < k->service.n ? -1 : 1;
	if (i->external != k->external)
		return i->external - k->external;
	return a->days - b->days;
}

static bool same_cell(const struct wait_cell *a, const struct wait_cell *b)
{
	return a->year == b->year && a->quarter == b->quarter && id_same(a->service, b->service) &&
	       a->external == b->external;
}

static void count_one(struct desk *desk, const struct first_seen *f, struct counteds *all)
{
	const struct service *s = ref_service(desk, f->service);
	const struct site *site = ref_site(desk, f->site);
	struct counted *c;
	int month, day;

	if (!s || !desk_sees(desk, s))
		return;
	c = list_push(all);
	date_to_ymd(f->day, &c->cell.year, &month, &day);
	c->cell.quarter = (month + 2) / 3;
	c->cell.service = f->service;
	c->cell.external = f->external;
	c->days = calendar_working_between(
		desk->refs->calendar, site ? site->nation : desk->site.nation, f->received, f->day);
	c->had_target = !date_none(f->target);
	c->in_time = c->had_target && f->day.n <= f->target.n;
}

/* The rows of one cell, shortest first. */
static void put_cell(const struct counted *v, size_t n, bool inside, struct wait_cells *ret)
{
	struct wait_cell *c = list_push(ret);

	*c = v[0].cell;
	c->small = !inside && n < CELL_LEAST;
	if (c->small)
		return;
	c->n = (int)n;
	c->median = v[n / 2].days;
	if (n % 2 == 0)
		c->median = (v[n / 2 - 1].days + v[n / 2].days + 1) / 2;
	c->longest = v[n - 1].days;
	for (size_t i = 0; i < n; i++) {
		c->had_target += v[i].had_target;
		c->in_time += v[i].in_time;
	}
}

int report_waits(struct desk *desk, struct date from, struct date to, bool inside,
		 struct wait_cells *ret, struct err *err)
{
	struct first_seens rows = { 0 };
	struct counteds all = { 0 };
	size_t end;

	if (desk_needs(desk, ROLE_MANAGER | ROLE_ADMINISTRATOR, "Reports", err) < 0 ||
	    first_attendances(desk->store, from, to, &rows, err) < 0)
		return -1;
	list_each (f, &rows)
		count_one(desk, f, &all);
	if (all.n > 1)
		qsort(all.v, all.n, sizeof *all.v, by_cell);
	for (size_t at = 0; at < all.n; at = end) {
		for (end = at; end < all.n && same_cell(&all.v[at].cell, &all.v[end].cell);)
			end++;
		put_cell(all.v + at, end - at, inside, ret);
	}
	list_free(&rows);
	list_free(&all);
	return 0;
}
