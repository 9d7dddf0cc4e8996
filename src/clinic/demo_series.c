/*
 * demo_series.c: courses of counselling under way: one session seen or booked, the rest of them
 * booked as a series on the afternoon before, by the service's own desk.
 */
#include "base/alloc.h"
#include "clinic/demo_parts.h"
#include "clinic/refs.h"
#include "clinic/series.h"

enum { COURSES = 6, AFTERNOON = 15 * 60 };

/* Begun, or about to: one is seen or booked, and the rest is not. */
static bool under_way(const struct demo *d, const struct course *c)
{
	const struct human *h = &d->people.v[c->person];

	return c->service == COUNS && moment_none(c->closed) && !c->kept && c->seen + c->used > 0 &&
	       h->status == 'a' && c->person >= d->cast;
}

/* What cannot be had is no failure of the practice data: they wait to be booked. */
static int book_rest(struct demo *d, const struct course *c, bool *ret, struct err *err)
{
	struct desk *desk = &d->desk;
	struct series_ask ask;
	struct series s;
	struct err why = ERR_INIT;
	struct id episode;
	int rc;

	*ret = false;
	if (series_of(desk, d->people.v[c->person].id, d->services[COUNS], &episode, err) < 0)
		return -1;
	if (id_none(episode) || series_usual(desk, episode, 0, &ask, &why) < 0 ||
	    series_propose(desk, &ask, &s, &why) < 0)
		return 0;
	s.ask.call_back = "07700 900418";
	s.ask.alone = true;
	rc = series_book(desk, &s, &why);
	if (rc == 0) {
		d->made.ahead += series_sum(&s).all;
		*ret = true;
	}
	series_done(&s);
	if (rc == 0 || (why.kind != ERR_STORE && why.kind != ERR_FAULT && why.kind != ERR_DENIED))
		return 0;
	*err = why;
	return -1;
}

int demo_series(struct demo *d, struct err *err)
{
	int n = 0;

	demo_clock(d, calendar_add_working(d->desk.refs->calendar, NATION_E, d->today, -1),
		   AFTERNOON);
	if (demo_sit(d, "e.frost", err) < 0)
		return -1;
	for (size_t i = d->courses.n; i-- > 0 && n < COURSES;) {
		bool booked;

		if (!under_way(d, &d->courses.v[i]))
			continue;
		if (book_rest(d, &d->courses.v[i], &booked, err) < 0)
			return -1;
		n += booked;
	}
	return 0;
}
