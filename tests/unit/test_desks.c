/*
 * test_desks.c: fifty desks, each a process of its own, hold, book, cancel, wait and fill freed
 * times on one database, and some of them are cut off in the middle: no time is booked twice, no
 * hold outlives its desk, and nobody who waits is lost.
 *
 * OHDESK_DESK_STEPS says how many things each does; `make soak` lets them work for minutes.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/hold.h"
#include "clinic/search.h"
#include "clinic/session.h"
#include "clinic/wait.h"
#include "suite.h"

enum { DESKS = 50, PEOPLE = 80, CUT_OFF = 5 };

static struct booked b;
static struct err err;

/* What a desk did, told to the test when it is done. */
struct did {
	int booked, waits, taken, clashes;
};

/* ---- the ground ---- */

static void prepare(void)
{
	booked_open(&b);
	booked_sql(&b,
		   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
		   " INSERT INTO user (id, name, role, person, site, state)"
		   " SELECT 20000 + i, 'desk' || i, 'reception', 'DESK ' || i, NULL, 'on' FROM n");
	booked_sql(&b,
		   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80)"
		   " INSERT INTO person (id, scope, surname, given, born, status)"
		   " SELECT 30000 + i, 'org:WVH', 'PERSON' || i, 'One', 4000 + i, 'active' FROM n");
	booked_sql(
		&b,
		"INSERT INTO post (id, scope, person, customer, source, state)"
		" SELECT 10000 + id, 'org:WVH', id, (SELECT id FROM customer WHERE code = 'WVH'),"
		" 'desk', 'on' FROM person WHERE id > 30000");
}

/* ---- one desk ---- */

struct own {
	struct clinic c;
	uint64_t dice;
	struct did did;
};

static unsigned roll(struct own *o, unsigned n)
{
	o->dice = o->dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(o->dice >> 33) % n;
}

/* A refusal that somebody else's deed explains; anything else is a fault. */
static void refused(struct own *o, const struct err *e)
{
	if (e->kind == ERR_CLASH || e->kind == ERR_INPUT || e->kind == ERR_MISSING ||
	    e->kind == ERR_STORE)
		o->did.clashes++;
	else
		_exit(50 + (int)e->kind);
}

static struct id one_of(struct own *o, const char *sql)
{
	char *chosen = mem_printf("SELECT coalesce((%s LIMIT 1 OFFSET %u), 0)", sql, roll(o, 12));
	struct id id = { clinic_count(&o->c, chosen) };

	mem_free(chosen);
	return id;
}

/* Holds a time first, as the booking list does; books it, and lets go of what is left. */
static void book(struct own *o)
{
	struct search s = { .service = b.physio, .kind = APPT_NEW, .by = DATE_NONE, .limit = 6 };
	struct places list = { 0 };
	struct err e = ERR_INIT;
	struct moment until;
	struct id first, appt;

	if (search_slots(&o->c.desk, &s, &list, &e) < 0)
		_exit(10);
	if (list.n) {
		const struct place *p = &list.v[roll(o, (unsigned)list.n)];
		struct hold_ask hold = { .service = b.physio,
					 .clinician = p->slot.clinician,
					 .starts = p->slot.starts,
					 .mins = p->mins,
					 .kind = APPT_NEW };
		struct booking_ask ask = { .person = { 30001 + roll(o, PEOPLE) },
					   .service = b.physio,
					   .clinician = p->slot.clinician,
					   .starts = p->slot.starts };

		if (hold_take(&o->c.desk, &hold, &first, &until, &e) < 0)
			refused(o, &e);
		else if (booking_book(&o->c.desk, &ask, &appt, &e) < 0)
			refused(o, &e);
		else
			o->did.booked++;
	}
	list_free(&list);
}

static void cancel(struct own *o)
{
	struct id appt = one_of(o, "SELECT id FROM appointment WHERE state = 'B' ORDER BY id");
	struct err e = ERR_INIT;

	if (!id_none(appt) && booking_cancel(&o->c.desk, appt, CANCEL_PERSON, "ill", &e) < 0)
		refused(o, &e);
}

static void put_on_the_list(struct own *o)
{
	struct wait_ask ask = { .short_notice = true, .wish = { .from = DATE_NONE } };
	struct wait_row before;
	struct err e = ERR_INIT;
	struct id id;

	ask.episode = one_of(o, "SELECT id FROM episode WHERE state = 'open' ORDER BY id DESC");
	if (id_none(ask.episode) || wait_for(&o->c.desk, ask.episode, &before, &e) < 0)
		return;
	if (wait_add(&o->c.desk, &ask, &id, &e) < 0)
		refused(o, &e);
	else
		o->did.waits++;
}

/* The first whom a free time fits is rung, and takes it or does not answer. */
static void fill(struct own *o)
{
	struct id slot =
		one_of(o, "SELECT id FROM slot WHERE appt IS NULL AND kind IN ('NEW', 'RAP')"
			  " AND clinician IN (SELECT id FROM clinician WHERE code IN ('marsh',"
			  " 'obi')) ORDER BY starts");
	struct wait_offers list = { 0 };
	struct err e = ERR_INIT;
	struct moment until;
	struct id appt;
	int fit = 0;

	if (id_none(slot))
		return;
	if (hold_take_slot(&o->c.desk, slot, roll(o, 2) ? 40 : 0, &until, &e) < 0 ||
	    wait_fitting(&o->c.desk, slot, &list, &fit, &e) < 0)
		refused(o, &e);
	else if (fit && roll(o, 4) == 0 &&
		 wait_tried(&o->c.desk, list.v[0].r.w.id, slot, WAIT_NO_ANSWER, NULL, &e) < 0)
		refused(o, &e);
	else if (fit && wait_take(&o->c.desk, list.v[0].r.w.id, slot, &appt, &e) < 0)
		refused(o, &e);
	else if (fit)
		o->did.taken++;
	list_free(&list);
	if (roll(o, 2))
		hold_let_go(&o->c.desk, slot, NULL);
}

static void work(int desk, int steps, int out)
{
	static void (*const deeds[])(struct own *) = { book, book, cancel, put_on_the_list, fill };
	struct own o = { .c = b.c, .dice = 20260312 + (uint64_t)desk * 7919 };
	char name[CODE_TEXT];

	snprintf(name, sizeof name, "desk%d", desk + 1);
	if (store_open(b.c.path, 60000, &o.c.store, &err) < 0 ||
	    desk_open(o.c.store, &o.c.world, &o.c.desk, &err) < 0 ||
	    desk_sit(&o.c.desk, name, &err) < 0)
		_exit(1);
	for (int i = 0; i < steps; i++) {
		world_pass(&o.c.world, 1);
		desk_tick(&o.c.desk);
		deeds[roll(&o, sizeof deeds / sizeof *deeds)](&o);
	}
	if (write(out, &o.did, sizeof o.did) != sizeof o.did)
		_exit(2);
	/* A line that is cut lets go of nothing; the others leave in order. */
	if (desk % (DESKS / CUT_OFF) == 0)
		raise(SIGKILL);
	session_end(&o.c.desk);
	desk_close(&o.c.desk);
	store_close(o.c.store);
	_exit(0);
}

/* ---- all of them ---- */

static void no_hold_lives(void)
{
	struct desk_holds holds = { 0 };

	ck_ok(holds_now(&b.c.desk, &holds, &err), err);
	list_each (h, &holds)
		ck_assert_msg(!hold_of(&holds, h->slot), "%s still holds a time", h->name);
	list_free(&holds);
}

START_TEST(fifty_desks_at_once_book_nothing_twice_and_lose_nobody_who_waits)
{
	int steps = getenv("OHDESK_DESK_STEPS") ? atoi(getenv("OHDESK_DESK_STEPS")) : 8;
	struct did all = { 0 }, one;
	pid_t pids[DESKS];
	int ends[2];

	prepare();
	err_clear(&err);
	ck_assert_int_eq(pipe(ends), 0);
	for (int i = 0; i < DESKS; i++) {
		pids[i] = fork();
		ck_assert(pids[i] >= 0);
		if (pids[i] == 0) {
			close(ends[0]);
			work(i, steps, ends[1]);
		}
	}
	close(ends[1]);
	while (read(ends[0], &one, sizeof one) == sizeof one) {
		all.booked += one.booked;
		all.waits += one.waits;
		all.taken += one.taken;
		all.clashes += one.clashes;
	}
	close(ends[0]);
	for (int i = 0; i < DESKS; i++) {
		int status;

		ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
		if (i % (DESKS / CUT_OFF) != 0)
			ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
				      "desk %d ended with %d", i + 1, WEXITSTATUS(status));
	}
	printf("desks: booked %d, put on the list %d, filled %d, refused %d\n", all.booked,
	       all.waits, all.taken, all.clashes);
	no_hold_lives();
	/* Whatever was said to be done is there, once. */
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM history WHERE name = 'book'"),
			 all.booked + all.taken -
				 clinic_count(&b.c,
					      "SELECT count(*) FROM history h JOIN history w ON"
					      " w.act = h.act AND w.name = 'wait_end'"
					      " WHERE h.name = 'move'"));
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM wait WHERE state = 'taken'"),
			 all.taken);
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM history WHERE name IN ('wait_add',"
				      " 'wait_set')"),
			 all.waits);
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM (SELECT appt FROM slot WHERE appt IS"
				      " NOT NULL EXCEPT SELECT id FROM appointment"
				      " WHERE state IN ('B', 'T'))"),
			 0);
	/* Everybody who waits is on the list, or booked: closing looks for the rest. */
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM wait w WHERE state = 'waiting'"
				      " AND id NOT IN (SELECT wait FROM wait_list)"
				      " AND NOT EXISTS (SELECT 1 FROM booking k JOIN appointment a"
				      "  ON a.id = k.appt WHERE k.episode = w.episode"
				      "  AND a.state = 'B')"),
			 0);
	booked_close(&b);
}
END_TEST

TEST_MAIN("desks", fifty_desks_at_once_book_nothing_twice_and_lose_nobody_who_waits)
