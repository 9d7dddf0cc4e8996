/*
 * test_desks.c: fifty desks, each a process of its own, hold, book, cancel, wait and fill freed
 * times on one database, and some of them are cut off in the middle: no time is booked twice, no
 * hold outlives its desk, and nobody who waits is lost.
 *
 * What they did is told to a model that knows no SQL: a list of deeds.  In the end the diary that
 * the clinic shows has to be what the deeds come to, and nothing else.
 *
 * OHDESK_DESK_SECONDS lets them work for so long by the clock; `make soak` says a minute.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "clinic/desklist.h"
#include "clinic/hold.h"
#include "clinic/search.h"
#include "clinic/session.h"
#include "clinic/wait.h"
#include "figures.h"
#include "suite.h"

enum { DESKS = 50, PEOPLE = 80, CUT_OFF = 5, STEPS = 8 };

static struct booked b;
static struct err err;

/* What a desk did, told to the model as soon as it is done. */
enum deed_kind { BOOKED, CANCELLED, LISTED, TAKEN, HELD, REFUSED, DEEDS };
struct deed {
	enum deed_kind kind;
	struct id appt, wait;
	struct moment starts; /* of what was booked or taken */
};
struct deeds {
	struct deed *v;
	size_t n, cap;
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

#define NOBODY ((struct id){ 0 })

struct own {
	struct clinic c;
	uint64_t dice;
	int out;
};

static unsigned roll(struct own *o, unsigned n)
{
	o->dice = o->dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(o->dice >> 33) % n;
}

/* Smaller than what a pipe takes whole: deeds of many desks do not mix. */
static void tell(struct own *o, enum deed_kind kind, struct id appt, struct id wait,
		 struct moment starts)
{
	const struct deed d = { kind, appt, wait, starts };

	if (write(o->out, &d, sizeof d) != sizeof d)
		_exit(2);
}

/* A refusal that somebody else's deed explains; anything else is a fault. */
static void refused(struct own *o, const struct err *e)
{
	if (e->kind == ERR_CLASH || e->kind == ERR_INPUT || e->kind == ERR_MISSING ||
	    e->kind == ERR_STORE)
		tell(o, REFUSED, NOBODY, NOBODY, (struct moment){ 0 });
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
		else if (tell(o, HELD, NOBODY, NOBODY, until),
			 booking_book(&o->c.desk, &ask, &appt, &e) < 0)
			refused(o, &e);
		else
			tell(o, BOOKED, appt, NOBODY, ask.starts);
	}
	list_free(&list);
}

static void cancel(struct own *o)
{
	struct id appt = one_of(o, "SELECT id FROM appointment WHERE state = 'B' ORDER BY id");
	struct err e = ERR_INIT;

	if (id_none(appt))
		return;
	if (booking_cancel(&o->c.desk, appt, CANCEL_PERSON, "ill", &e) < 0)
		refused(o, &e);
	else
		tell(o, CANCELLED, appt, NOBODY, (struct moment){ 0 });
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
		tell(o, LISTED, NOBODY, id, (struct moment){ 0 });
}

static struct moment starts_of(struct own *o, struct id slot)
{
	char *sql = mem_printf("SELECT starts FROM slot WHERE id = %lld", (long long)slot.n);
	struct moment starts = { clinic_count(&o->c, sql) };

	mem_free(sql);
	return starts;
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
		tell(o, TAKEN, appt, list.v[0].r.w.id, starts_of(o, slot));
	list_free(&list);
	if (roll(o, 2))
		hold_let_go(&o->c.desk, slot, NULL);
}

/* So many steps, or (of seconds) until the time is over. */
struct shift {
	int steps;
	double until;
};

static bool goes_on(const struct shift *shift, int done)
{
	return shift->until > 0 ? now_ms() < shift->until : done < shift->steps;
}

static void work(int desk, const struct shift *shift, int out)
{
	static void (*const deeds[])(struct own *) = { book, book, cancel, put_on_the_list, fill };
	struct own o = { .c = b.c, .dice = 20260312 + (uint64_t)desk * 7919, .out = out };
	char name[CODE_TEXT];

	snprintf(name, sizeof name, "desk%d", desk + 1);
	if (store_open(b.c.path, 60000, &o.c.store, &err) < 0 ||
	    desk_open(o.c.store, &o.c.world, &o.c.desk, &err) < 0 ||
	    desk_sit(&o.c.desk, name, &err) < 0)
		_exit(1);
	for (int i = 0; goes_on(shift, i); i++) {
		world_pass(&o.c.world, 1);
		desk_tick(&o.c.desk);
		deeds[roll(&o, sizeof deeds / sizeof *deeds)](&o);
	}
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

static void all_work(struct deeds *ret)
{
	const char *seconds = getenv("OHDESK_DESK_SECONDS");
	struct shift shift = { .steps = STEPS };
	struct deed one;
	pid_t pids[DESKS];
	int ends[2];

	if (seconds)
		shift.until = now_ms() + atoi(seconds) * 1e3;
	ck_assert_int_eq(pipe(ends), 0);
	for (int i = 0; i < DESKS; i++) {
		pids[i] = fork();
		ck_assert(pids[i] >= 0);
		if (pids[i] == 0) {
			close(ends[0]);
			work(i, &shift, ends[1]);
		}
	}
	close(ends[1]);
	while (read(ends[0], &one, sizeof one) == sizeof one)
		*(struct deed *)list_push(ret) = one;
	close(ends[0]);
	for (int i = 0; i < DESKS; i++) {
		int status;

		ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
		if (i % (DESKS / CUT_OFF) != 0)
			ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
				      "desk %d ended with %d", i + 1, WEXITSTATUS(status));
	}
}

static int count(const struct deeds *all, enum deed_kind kind)
{
	int n = 0;

	list_each (d, all)
		n += d->kind == kind;
	return n;
}

/* ---- what the deeds come to ---- */

/* Booked (or taken) and not cancelled.  Taken again, a later time of theirs moved: its id stays. */
static bool stands(const struct deeds *all, struct id appt)
{
	bool booked = false, cancelled = false;

	list_each (d, all)
		if (id_same(d->appt, appt)) {
			booked |= d->kind == BOOKED || d->kind == TAKEN;
			cancelled |= d->kind == CANCELLED;
		}
	return booked && !cancelled;
}

static bool at_a_time_of_its_own(const struct deeds *all, const struct appt *a)
{
	list_each (d, all)
		if (id_same(d->appt, a->id) && d->starts.utc == a->starts.utc)
			return true;
	return false;
}

static bool meet(const struct appt *a, const struct appt *o)
{
	return a->starts.utc < o->starts.utc + (int64_t)o->mins * 60 &&
	       o->starts.utc < a->starts.utc + (int64_t)a->mins * 60;
}

/* What is booked, as the clinic shows it, is what the desks were told; and nobody is in two places,
 * nor two people in one. */
static void the_diary_is_what_was_done(const struct deeds *all)
{
	struct appt_filter filter = { .states = 1u << APPT_BOOKED,
				      .from = moment_date(thu(0, 0)),
				      .to = moment_date(next_thu(0, 0)) };
	struct desk_rows rows = { 0 };

	ck_ok(desk_appts(&b.c.desk, &filter, &rows, &err), err);
	list_each (r, &rows) {
		const struct appt *a = &r->row.a;

		ck_assert_msg(stands(all, a->id), "%s is booked, and nobody booked it", r->name);
		ck_assert_msg(at_a_time_of_its_own(all, a), "%s is at a time nobody chose",
			      r->name);
		for (size_t i = 0; i < rows.n && &rows.v[i] != r; i++) {
			const struct appt *o = &rows.v[i].row.a;

			ck_assert_msg(!meet(a, o) || !id_same(a->clinician, o->clinician),
				      "%s and %s have one time", r->name, rows.v[i].name);
			ck_assert_msg(!meet(a, o) || !id_same(a->person, o->person),
				      "%s is in two places", r->name);
		}
	}
	list_each (d, all) {
		bool shown = d->kind != BOOKED && d->kind != TAKEN;

		list_each (r, &rows)
			shown |= id_same(r->row.a.id, d->appt);
		ck_assert_msg(shown || !stands(all, d->appt), "a booking is lost");
	}
	desk_rows_done(&rows);
}

/* Whoever was put on the list is on it, or took a time, or is booked by now. */
static void nobody_who_waits_is_lost(const struct deeds *all)
{
	list_each (d, all) {
		struct wait_row w;
		bool taken = false;

		if (d->kind != LISTED)
			continue;
		list_each (t, all)
			taken |= t->kind == TAKEN && id_same(t->wait, d->wait);
		ck_ok(wait_one(&b.c.desk, d->wait, &w, &err), err);
		if (w.w.state == WAIT_TAKEN)
			ck_assert_msg(taken, "%s took a time, and nobody gave it", w.surname);
		else
			ck_assert_msg(w.w.state == WAIT_WAITING && (w.on || stands(all, w.appt)),
				      "%s waits and is nowhere: %s, %s %s, %s", w.surname,
				      wait_state_code(w.w.state), w.on ? "on" : "off", w.w.why,
				      id_none(w.appt) ? "no appt" : "appt");
	}
}

START_TEST(fifty_desks_at_once_book_nothing_twice_and_lose_nobody_who_waits)
{
	struct deeds all = { 0 };

	prepare();
	err_clear(&err);
	all_work(&all);
	printf("desks: held %d, booked %d, cancelled %d, put on the list %d, filled %d, refused %d\n",
	       count(&all, HELD), count(&all, BOOKED), count(&all, CANCELLED), count(&all, LISTED),
	       count(&all, TAKEN), count(&all, REFUSED));
	fflush(stdout);
	no_hold_lives();
	the_diary_is_what_was_done(&all);
	nobody_who_waits_is_lost(&all);
	list_free(&all);
	/* Closing looks through the database as `store check` does. */
	booked_close(&b);
}
END_TEST

TEST_MAIN("desks", fifty_desks_at_once_book_nothing_twice_and_lose_nobody_who_waits)
