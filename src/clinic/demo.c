/*
 * demo.c: the order in which a practice database is made, its file and its clock.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "clinic/demo_parts.h"
#include "clinic/diary.h"
#include "clinic/keeper.h"
#include "clinic/refs.h"
#include "store/load.h"
#include "store/records.h"
#include "store/store.h"

enum { MORNING = 9 * 60 + 42 };

/* ---- chance and time ---- */

uint64_t demo_bits(struct demo *d)
{
	uint64_t x;

	d->dice.chance(&d->dice, &x, sizeof x);
	return x;
}

int demo_roll(struct demo *d, int n)
{
	return (int)((demo_bits(d) >> 32) * (uint64_t)n >> 32);
}

bool demo_in(struct demo *d, int thousandths)
{
	return demo_roll(d, 1000) < thousandths;
}

void demo_clock(struct demo *d, struct date day, int minute)
{
	d->world.still = wall_moment(day, minute);
	desk_tick(&d->desk);
}

int demo_tick(struct demo *d, const char *what, int64_t done, int64_t total, struct err *err)
{
	if (d->want->tick && !d->want->tick(d->want->ctx, what, done, total))
		return err_set(err, ERR_FAULT, "Stopped: nothing was made.");
	return 0;
}

bool demo_open_day(const struct demo *d, struct date day)
{
	return calendar_is_working(d->desk.refs->calendar, NATION_E, day);
}

/* ---- small things that the parts share ---- */

int demo_sit(struct demo *d, const char *user, struct err *err)
{
	if (strcmp(d->sitting, user) == 0)
		return 0;
	if (desk_sit(&d->desk, user, err) < 0)
		return -1;
	snprintf(d->sitting, sizeof d->sitting, "%s", user);
	return 0;
}

bool demo_away(const struct practitioner *p, struct date day)
{
	for (int i = 0; i < p->nleave; i++)
		if (day.n >= p->leave[i].from.n && day.n <= p->leave[i].to.n)
			return true;
	return false;
}

void line_push(struct line *l, size_t what)
{
	/* What was taken from the front is given back before the line grows. */
	if (l->head > 64 && l->head * 2 > l->n) {
		memmove(l->v, l->v + l->head, (l->n - l->head) * sizeof *l->v);
		l->n -= l->head;
		l->head = 0;
	}
	*list_push(l) = what;
}

bool line_pop(struct line *l, size_t *ret)
{
	if (l->head == l->n)
		return false;
	*ret = l->v[l->head++];
	return true;
}

/* An absence to come, with people booked: `ohdesk diary away obi` shows whom it hits.  It is beyond
 * the days on which its tasks are due, so that nothing of this morning is about it. */
static int leave_to_come(struct demo *d, struct err *err)
{
	enum { IN_DAYS = 21, LONG = 2, LAST = 60 };
	const struct clinician *obi = NULL;
	struct err why = ERR_INIT;

	if (find_clinician(&d->desk, "obi", &obi, &why) < 0)
		return 0;
	demo_clock(d, d->today, MORNING);
	if (demo_sit(d, "m.doyle", err) < 0)
		return -1;
	for (int in = IN_DAYS; in < LAST; in++) {
		struct date from = { d->today.n + in }, to = { from.n + LONG };
		struct entries hit = { 0 };
		int rc = diary_hit(&d->desk, obi->id, wall_moment(from, 0),
				   wall_moment((struct date){ to.n + 1 }, 0), &hit, err);
		size_t n = hit.n;

		list_free(&hit);
		if (rc < 0)
			return -1;
		/* Not beside leave that is there already. */
		if (n &&
		    diary_leave(&d->desk, obi->id, from, to, "annual leave", NULL, NULL, &why) == 0)
			return 0;
		if (n && why.kind != ERR_CLASH)
			return err_set(err, why.kind, "%s", why.text);
	}
	return 0;
}

/* ---- the whole ---- */

static int fill(struct demo *d, struct err *err)
{
	if (load_open(d->store, err) < 0 || demo_service(d, err) < 0 || demo_people(d, err) < 0 ||
	    demo_details(d, err) < 0 || demo_history(d, err) < 0 || demo_diary(d, err) < 0 ||
	    demo_series(d, err) < 0 || demo_morning(d, err) < 0)
		return -1;
	return 0;
}

static void demo_done(struct demo *d)
{
	for (int i = 0; i < d->nplaces; i++)
		list_free(&d->places[i].rooms);
	for (int s = 0; s < SERVICES; s++) {
		list_free(&d->again[s]);
		list_free(&d->anew[s]);
		for (int v = 0; v < VARIANTS; v++)
			list_free(&d->patterns[s][v]);
	}
	list_free(&d->people);
	list_free(&d->courses);
	list_free(&d->marks);
	mem_free(d->referred);
	mem_free(d->places);
	mem_free(d->staff);
}

/* Its clock starts when everything is there. */
static int made(struct demo *d, struct err *err)
{
	struct world machine = world_system();

	d->made.clock = d->clock;
	d->made.people = (int64_t)d->people.n;
	return load_close(d->store, d->clock, world_now(&machine), err);
}

static int make(struct demo *d, const char *path, struct err *err)
{
	char region[40];
	uint64_t a = demo_bits(d), b = demo_bits(d);
	struct keeper_new want = { .code = demo_sites[0].code,
				   .name = demo_sites[0].name,
				   .nation = "E",
				   .admin = "a.root",
				   .region = region,
				   .practice = true,
				   .clock = wall_moment(d->first, 7 * 60) };
	int rc;

	/* A UUID of random kind (RFC 9562), but of these dice. */
	snprintf(region, sizeof region, "%08x-%04x-4%03x-8%03x-%012llx", (unsigned)(a >> 32),
		 (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff), (unsigned)(b >> 52),
		 (unsigned long long)(b & 0xffffffffffff));
	d->world = world_still(want.clock, d->want->seed);
	if (keeper_init(path, &d->world, &want, err) < 0 ||
	    keeper_open(path, 5000, &d->store, err) < 0)
		return -1;
	rc = desk_open(d->store, &d->world, &d->desk, err);
	if (rc == 0) {
		rc = fill(d, err);
		if (rc == 0)
			rc = leave_to_come(d, err);
		if (rc == 0)
			rc = made(d, err);
		desk_close(&d->desk);
	}
	keeper_close(d->store);
	return rc;
}

/* The last working day of England up to the one wanted. */
static struct date working_day(struct date day)
{
	struct calendar *c = calendar_new();

	while (!calendar_is_working(c, NATION_E, day))
		day.n--;
	calendar_free(c);
	return day;
}

static void remove_part(const char *part)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-lock", "-journal" };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char *name = mem_printf("%s%s", part, ends[i]);

		unlink(name);
		mem_free(name);
	}
}

static int exists(const char *path, struct err *err)
{
	return err_set(err, ERR_CLASH, "%s exists already: name a new file.", path);
}

int demo_make(const char *path, const struct demo_want *want, struct demo_made *ret,
	      struct err *err)
{
	struct demo d = { .want = want, .dice = world_still((struct moment){ 0 }, want->seed) };
	char *part = mem_printf("%s.part", path);
	int rc;

	if (access(path, F_OK) == 0) {
		mem_free(part);
		return exists(path, err);
	}
	d.today = working_day(want->today);
	d.first = date_add_months(d.today, -12 * want->years);
	d.clock = wall_moment(d.today, MORNING);
	remove_part(part); /* of one that was killed */
	rc = make(&d, part, err);
	demo_done(&d);
	/* A link never takes the place of a file that somebody made meanwhile. */
	if (rc == 0 && link(part, path) < 0)
		rc = errno == EEXIST ? exists(path, err)
				     : err_set(err, ERR_STORE, "Cannot make %s (%s).", path,
					       strerror(errno));
	remove_part(part);
	mem_free(part);
	if (rc == 0)
		*ret = d.made;
	return rc;
}

int demo_users(struct desk *desk, char *ret, size_t n, struct err *err)
{
	return setting_get(desk->store, "practice_users", ret, n, NULL, err);
}
