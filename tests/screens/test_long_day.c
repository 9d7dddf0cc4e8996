/*
 * test_long_day.c: one desk from eight to five, played through the real screens beside a second
 * desk, against a plain model of what must be true in the end.
 *
 * p.shah works at 80x24, t.reid beside her at 132x43.  The hours are a list of things that happen,
 * in the order of their times; each is played as a receptionist would type it, and noted in the
 * model.  At the end the diary, the tasks and the outbox are read from the database and compared.
 */
#include "suite.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "long_day.h"
#include "store/appts.h"

static struct long_day d;
static struct pty *shah, *reid;

enum happens { ARRIVES, IN_ROOM, IS_SEEN, MISSES };
struct event {
	int minute; /* of the day */
	enum happens what;
	struct day_person *who;
};
static struct event events[4 * DAY_PEOPLE];
static size_t n_events;

static void happens(int minute, enum happens what, struct day_person *who)
{
	events[n_events++] = (struct event){ minute, what, who };
}

static int by_time(const void *x, const void *y)
{
	const struct event *a = x, *b = y;

	if (a->minute != b->minute)
		return a->minute - b->minute;
	/* Whoever leaves a room does so before the next goes in. */
	if (a->what != b->what)
		return (int)b->what - (int)a->what;
	return (int)(a->who - b->who);
}

/* ---- how each is played ---- */

static void arrives(struct day_person *who)
{
	day_row_keys(shah, who->name, "a");
	if (strstr(pty_row(shah, 23), "Two look alike") || strstr(pty_row(shah, 23), "Born "))
		pty_keys(shah, "y");
	row_has(shah, 23, "arrived");
	who->state = APPT_ARRIVED;
}

static void goes_in(struct day_person *who)
{
	day_row_keys(reid, who->name, "i");
	row_has(reid, 41, "in room");
	who->state = APPT_IN_ROOM;
}

static void is_seen(struct day_person *who)
{
	day_row_keys(reid, who->name, "s");
	row_has(reid, 41, "seen");
	who->state = APPT_SEEN;
}

static void misses(struct day_person *who)
{
	day_row_keys(shah, who->name, "D");
	pty_keys(shah, "c");
	row_has(shah, 23, "did not attend");
	who->state = APPT_DNA;
}

static void play(const struct event *e)
{
	static void (*const how[])(struct day_person *) = {
		[ARRIVES] = arrives, [IN_ROOM] = goes_in, [IS_SEEN] = is_seen, [MISSES] = misses
	};

	day_clock(e->minute / 60, e->minute % 60);
	how[e->what](e->who);
}

/* Everybody comes five minutes early and is seen in time, but for two who do not come. */
static void plan(void)
{
	for (int i = 0; i < DAY_BOOKED; i++) {
		struct day_person *p = &d.people[i];

		if (p->clinician == DAY_ILL)
			continue;
		if (i == 10 || i == 40) {
			happens(p->minute + 20, MISSES, p);
			continue;
		}
		happens(p->minute - 5, ARRIVES, p);
		happens(p->minute, IN_ROOM, p);
		happens(p->minute + p->mins, IS_SEEN, p);
	}
	qsort(events, n_events, sizeof *events, by_time);
}

static void compare_diary(void)
{
	struct err err = ERR_INIT;
	struct appt_row r;

	for (int i = 0; i < DAY_PEOPLE; i++) {
		if (id_none(d.people[i].appt))
			continue;
		ck_ok(appt_get(d.c.store, d.people[i].appt, &r, &err), err);
		ck_assert_msg(r.a.state == d.people[i].state, "%s is %s, not %s", d.people[i].name,
			      appt_word(r.a.state), appt_word(d.people[i].state));
	}
}

START_TEST(a_whole_day_of_one_desk_ends_as_it_must)
{
	day_open(&d);
	day_clock(7, 50);
	shah = at_desk(&d.c, "p.shah", NULL);
	reid = at_desk(&d.c, "t.reid", &(struct pty_options){ .rows = 43, .cols = 132 });
	plan();
	for (size_t i = 0; i < n_events; i++)
		play(&events[i]);
	compare_diary();
	at_desk_end(shah);
	at_desk_end(reid);
	day_close(&d);
}
END_TEST

TEST_MAIN("long_day", a_whole_day_of_one_desk_ends_as_it_must)
