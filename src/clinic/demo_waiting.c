/*
 * demo_waiting.c: who waits for something earlier on the practice day: some of those who are booked
 * in the weeks ahead, each with another wish, so that a freed time suits some and not others.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/demo_parts.h"
#include "clinic/wait.h"
#include "store/appts.h"

enum { FROM_DAYS = 8, TO_DAYS = 28, APART = 8, MINUTE = 9 * 60 + 41 };

static const struct wish {
	const char *sites;
	unsigned days;
	int after, before, notice;
	bool at_once;
} wishes[] = {
	{ "", 0, 0, 0, 0, false },		 /* said nothing */
	{ "NGT HBR", 0, 0, 0, 2, false },	 /* two hours will do */
	{ "NGT", 0, 12 * 60, 0, 2, false },	 /* afternoons */
	{ "", 0, 0, 12 * 60, 4, false },	 /* mornings */
	{ "HBR", 0, 0, 0, 0, true },		 /* at once, there */
	{ "NGT", 1 << 3, 0, 0, 0, true },	 /* Thursdays */
	{ "NGT HBR", 0, 0, 0, 0, true },	 /* at once */
	{ "", 1 << 0 | 1 << 2, 0, 0, 0, false }, /* Mondays and Wednesdays */
	{ "NGT", 1 << 4, 0, 0, 1, false },	 /* Fridays */
	{ "", 0, 15 * 60, 0, 0, true },		 /* after school */
	{ "NGT", 0, 0, 0, 48, false },		 /* two days to arrange it */
	{ "", 0, 0, 0, 1, false },
};
enum { WISHES = sizeof wishes / sizeof *wishes };

static bool there(const struct demo *d, const char *code)
{
	for (int i = 0; i < d->nplaces; i++)
		if (strcmp(d->places[i].code, code) == 0)
			return true;
	return false;
}

/* Of the sites of a wish those that this practice database has. */
static void sites_of(const struct demo *d, const char *sites, char ret[WORDS_TEXT])
{
	char all[WORDS_TEXT], *rest = all, *code;
	size_t n = 0;

	ret[0] = '\0';
	snprintf(all, sizeof all, "%s", sites);
	while ((code = strtok_r(rest, " ", &rest)))
		if (there(d, code) && n + strlen(code) + 2 < WORDS_TEXT)
			n += (size_t)snprintf(ret + n, WORDS_TEXT - n, "%s%s", n ? " " : "", code);
}

static int one(struct demo *d, const struct wish *w, struct id episode, struct err *err)
{
	struct wait_ask ask = { .episode = episode,
				.short_notice = w->at_once,
				.wish = { .days = w->days,
					  .after = w->after,
					  .before = w->before,
					  .notice = w->notice,
					  .from = DATE_NONE } };
	struct id id;

	sites_of(d, w->sites, ask.wish.sites);
	return wait_add(&d->desk, &ask, &id, err);
}

/* The first attendances of the weeks ahead, one in so many, of people of no picture. */
int demo_waiting(struct demo *d, struct err *err)
{
	struct appt_filter filter = { .from = { d->today.n + FROM_DAYS },
				      .to = { d->today.n + TO_DAYS },
				      .states = 1u << APPT_BOOKED };
	struct appt_rows rows = { 0 };
	size_t put = 0, step = 1;
	int rc;

	demo_clock(d, d->today, MINUTE);
	rc = demo_sit(d, "p.shah", err);
	if (rc == 0)
		rc = appts_select(d->store, &filter, &rows, err);
	if (rows.n > WISHES * APART)
		step = rows.n / (WISHES * APART);
	for (size_t i = 0; rc == 0 && i < rows.n && put < WISHES; i += step) {
		const struct appt *a = &rows.v[i].a;
		bool cast = false;

		for (size_t k = 0; k < d->cast; k++)
			cast = cast || id_same(d->people.v[k].id, a->person);
		if (!id_same(a->service, d->services[PHYSIO]) || a->kind != APPT_NEW || cast)
			continue;
		rc = one(d, &wishes[put++], a->episode, err);
	}
	list_free(&rows);
	return rc;
}
