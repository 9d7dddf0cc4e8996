/* The rules of the search for a free time, and that what it finds is what a plain look at every
 * slot finds. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/process.h"
#include "booked.h"
#include "clinic/record.h"
#include "clinic/refs.h"
#include "clinic/search.h"
#include "model/need.h"
#include "diaries.h"
#include "suite.h"

/* What a search finds, as "10:00 40 NEW" lines, or the refusal. */
static void finds(struct booked *b, const struct search *search, const char *want)
{
	struct places list = { 0 };
	struct err err = ERR_INIT;
	struct buf out = { 0 };
	char when[DAY_TEXT];

	ck_ok(search_slots(&b->c.desk, search, &list, &err), err);
	buf_str(&out, "");
	list_each (p, &list)
		buf_printf(&out, "%s %s %d %s\n",
			   ref_clinician(&b->c.desk, p->slot.clinician)->code,
			   minute_show(moment_minute(p->slot.starts), when), p->mins,
			   slot_kind_word(p->slot.kind));
	ck_assert_str_eq(out.s, want);
	buf_done(&out);
	list_free(&list);
}

/* Marsh and Obi on the Thursday after; see booked.h. */
static struct search physio(struct booked *b, enum appt_kind kind)
{
	return (struct search){ .service = b->physio,
				.kind = kind,
				.from = next_thu(0, 0),
				.by = moment_date(next_thu(0, 0)) };
}

START_TEST(a_first_attendance_takes_new_rapid_or_follow_up_slots)
{
	struct booked b;

	booked_open(&b);
	struct search s = physio(&b, APPT_NEW);

	/* Obi is at Harbour, which sorts first; two follow-up slots make one place. */
	finds(&b, &s,
	      "obi 10:00 40 FU\nmarsh 10:00 40 NEW\nobi 10:20 40 FU\nmarsh 10:40 40 FU\n"
	      "marsh 11:00 40 FU\nmarsh 12:00 40 RAP\nmarsh 12:40 40 NEW\nobi 14:00 40 NEW\n");
	s.limit = 3;
	finds(&b, &s, "obi 10:00 40 FU\nmarsh 10:00 40 NEW\nobi 10:20 40 FU\n");
	booked_close(&b);
}
END_TEST

START_TEST(a_follow_up_never_takes_a_slot_for_new_people)
{
	struct booked b;

	booked_open(&b);
	struct search s = physio(&b, APPT_FU);

	finds(&b, &s,
	      "obi 10:00 20 FU\nobi 10:20 20 FU\nobi 10:40 20 FU\nmarsh 10:40 20 FU\n"
	      "marsh 11:00 20 FU\nmarsh 11:20 20 FU\n");
	/* A long one takes as many follow-up slots as it needs, and no catch-up between them. */
	s.mins = 60;
	finds(&b, &s, "obi 10:00 60 FU\nmarsh 10:40 60 FU\n");
	s.mins = 80;
	finds(&b, &s, "");
	booked_close(&b);
}
END_TEST

START_TEST(rapid_access_slots_open_to_all_at_their_release)
{
	struct booked b;

	booked_open(&b);
	struct search s = physio(&b, APPT_FU);
	struct search outside = physio(&b, APPT_NEW);

	s.after = outside.after = 12 * 60;
	s.before = outside.before = 12 * 60 + 40;
	s.clinician = outside.clinician = b.marsh;
	outside.external = true;
	finds(&b, &s, "");
	finds(&b, &outside, "");
	/* The release is at Wed 18-Mar 12:00; the second before it is too early. */
	world_pass(&b.c.world, next_thu(12, 0).utc - 86400 - 1 - b.c.desk.now.utc);
	desk_tick(&b.c.desk);
	finds(&b, &s, "");
	finds(&b, &outside, "");
	world_pass(&b.c.world, 1);
	desk_tick(&b.c.desk);
	finds(&b, &s, "marsh 12:00 40 RAP\n");
	finds(&b, &outside, "marsh 12:00 40 RAP\n");
	booked_close(&b);
}
END_TEST

START_TEST(whose_employers_are_outside_the_nhs_waits_for_the_release)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct search s = { 0 };

	booked_open(&b);
	ck_ok(search_for(&b.c.desk, b.kestrel, &s, &err), err);
	ck_assert(s.external);
	ck_ok(search_for(&b.c.desk, b.okafor, &s, &err), err);
	ck_assert(!s.external);
	booked_close(&b);
}
END_TEST

START_TEST(a_slot_that_is_past_or_taken_is_not_found)
{
	struct booked b;

	booked_open(&b);
	struct search s = physio(&b, APPT_NEW);

	s.from = (struct moment){ 0 };
	s.by = b.c.desk.today;
	world_pass(&b.c.world, thu(12, 1).utc - b.c.desk.now.utc);
	desk_tick(&b.c.desk);
	finds(&b, &s, "marsh 12:40 40 NEW\nobi 14:00 40 NEW\n");
	booked_sql(&b, "UPDATE slot SET state = 'blocked' WHERE mins = 40 AND day = 20524");
	finds(&b, &s, "");
	booked_sql(&b, "UPDATE slot SET state = 'open' WHERE mins = 40 AND day = 20524");
	booked_close(&b);
}
END_TEST

START_TEST(who_may_not_see_people_that_day_is_not_found)
{
	struct booked b;
	struct err err = ERR_INIT;

	booked_open(&b);
	struct search s = physio(&b, APPT_NEW);

	s.clinician = b.obi;
	finds(&b, &s, "obi 10:00 40 FU\nobi 10:20 40 FU\nobi 14:00 40 NEW\n");
	/* The last good day is still good. */
	static const struct {
		const char *sql;
		bool found;
	} when[] = { { "UPDATE clinician SET reg_until = 20531", true },
		     { "UPDATE clinician SET reg_until = 20530", false },
		     { "UPDATE clinician SET reg_until = 30000, state = 'off'", false },
		     { "UPDATE clinician SET state = 'on'", true },
		     { "UPDATE site SET state = 'off'", false } };

	for (size_t i = 0; i < sizeof when / sizeof *when; i++) {
		booked_sql(&b, when[i].sql);
		refs_free(b.c.desk.refs);
		ck_ok(refs_load(b.c.store, &b.c.desk.refs, &err), err);
		finds(&b, &s,
		      when[i].found ? "obi 10:00 40 FU\nobi 10:20 40 FU\nobi 14:00 40 NEW\n" : "");
	}
	booked_sql(&b, "UPDATE site SET state = 'on'");
	booked_close(&b);
}
END_TEST

START_TEST(wishes_narrow_the_search)
{
	struct booked b;

	booked_open(&b);
	struct search s = physio(&b, APPT_NEW);

	s.site = b.hbr;
	finds(&b, &s, "obi 10:00 40 FU\nobi 10:20 40 FU\nobi 14:00 40 NEW\n");
	s.after = 10 * 60 + 1;
	finds(&b, &s, "obi 10:20 40 FU\nobi 14:00 40 NEW\n");
	s.before = 14 * 60 + 39;
	finds(&b, &s, "obi 10:20 40 FU\n");
	s.days = 1u << 4;
	finds(&b, &s, "");
	s.days = 1u << 3;
	finds(&b, &s, "obi 10:20 40 FU\n");
	s.clinician = b.marsh;
	finds(&b, &s, "");
	booked_close(&b);
}
END_TEST

START_TEST(a_wish_that_cannot_be_is_refused)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct places list = { 0 };

	booked_open(&b);
	struct search s = physio(&b, APPT_NEW), none = { 0 };

	s.mode = MODE_VIDEO;
	ck_assert_int_eq(search_slots(&b.c.desk, &s, &list, &err), 0);
	list_free(&list);
	s.service = b.ohn;
	ck_refused(search_slots(&b.c.desk, &s, &list, &err), err, ERR_INPUT);
	s.mode = 0;
	s.mins = 500;
	ck_refused(search_slots(&b.c.desk, &s, &list, &err), err, ERR_INPUT);
	ck_refused(search_slots(&b.c.desk, &none, &list, &err), err, ERR_INPUT);
	s.mins = 0;
	s.service = b.couns;
	ck_refused(search_slots(&b.c.desk, &s, &list, &err), err, ERR_DENIED);
	booked_close(&b);
}
END_TEST

START_TEST(the_desks_own_site_is_marked)
{
	struct booked b;
	struct err err = ERR_INIT;
	struct places list = { 0 };

	booked_open(&b);
	struct search s = physio(&b, APPT_NEW);

	b.c.desk.site = *ref_site(&b.c.desk, b.ngt);
	ck_ok(search_slots(&b.c.desk, &s, &list, &err), err);
	list_each (p, &list)
		ck_assert_int_eq(p->own_site, id_same(p->slot.site, b.ngt));
	list_free(&list);
	booked_close(&b);
}
END_TEST

/* ---- against a plain look at every slot ---- */

static uint64_t chance;
static int pick(int n)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (int)((chance >> 33) % (uint64_t)n);
}

/*
 * A diary as a plain model sees it: slots in a row, with what is true of each.  Fourteen days from
 * one of those on which the clocks may change in between; two clinicians at two sites, in rooms
 * that have steps or not; slots taken, blocked, on leave, withdrawn, kept for rapid access until a
 * release that lies before or after; some held by another desk.
 */
struct cell {
	int64_t id, block, starts;
	int mins, kind, state, day;
	bool taken, held;
	int64_t release;
	int who, site, room;
};
enum { CELLS = 900, HOLDS = 3, DIARIES = 2000 };
static struct cell cells[CELLS];
static int cell_count;

/* The rules of a fortnight: of whom and where. */
static struct {
	int first_day;
	int reg_until; /* Obi's last good day */
	bool step_free[2];
	enum gender gender[2];
} fortnight;

static const char *const genders[] = { "NULL", "'woman'", "'man'" };

static void make_cell(struct booked *b, struct buf *sql, struct cell *c)
{
	buf_printf(
		sql,
		"INSERT INTO slot (id, block, clinician, site, service, kind, day, starts, mins,"
		" release_at, holder, appt, state) VALUES (%lld, %lld, %lld, %lld, %lld, '%s', %d,"
		" %lld, %d, nullif(%lld, 0), 1, nullif(%d, 0), '%s');",
		(long long)c->id, (long long)c->block, (long long)(c->who ? b->obi : b->marsh).n,
		(long long)(c->site ? b->hbr : b->ngt).n, (long long)b->physio.n,
		slot_kind_word((enum slot_kind)c->kind), c->day, (long long)c->starts, c->mins,
		(long long)c->release, c->taken, slot_state_word((enum slot_state)c->state));
	if (c->held)
		buf_printf(sql,
			   "INSERT INTO desk_hold (slot, first, user, session, until) VALUES (%lld,"
			   " %lld, (SELECT id FROM user WHERE name = 'r.adeyemi'), 77, %lld);",
			   (long long)c->id, (long long)c->id, (long long)b->c.desk.now.utc + 200);
}

static void make_day(struct booked *b, struct buf *sql, int day_n, int who)
{
	static int64_t id = 100000, block = 500000;
	int64_t at = wall_moment((struct date){ day_n }, 8 * 60 + pick(4) * 20).utc;
	int site = pick(2), room = pick(2), away = pick(8) == 0;

	block++;
	buf_printf(
		sql,
		"INSERT INTO block (id, clinician, site, room, service, day, starts, ends, state)"
		" VALUES (%lld, %lld, %lld, (SELECT id FROM room WHERE code = '%s'), %lld, %d, 0,"
		" 0, 'open');",
		(long long)block, (long long)(who ? b->obi : b->marsh).n,
		(long long)(site ? b->hbr : b->ngt).n, room ? "HBR-1" : "NGT-1",
		(long long)b->physio.n, day_n);
	for (int n = pick(20); n > 0; n--) {
		struct cell *c = &cells[cell_count++];

		*c = (struct cell){ .id = id++,
				    .block = block,
				    .starts = at,
				    .mins = 10 + 10 * pick(4),
				    .kind = pick(10) < 7 ? pick(3) : pick(7),
				    .state = away      ? SLOT_LEAVE
					     : pick(8) ? 0
						       : 1 + pick(3),
				    .day = day_n,
				    .taken = pick(3) == 0,
				    .who = who,
				    .site = site,
				    .room = room };
		c->held = !c->taken && !c->state && pick(30) == 0;
		if (c->kind == SLOT_RAP && pick(3))
			c->release = b->c.desk.now.utc + (pick(400) - 100) * 3600;
		at += c->mins * 60 + (pick(8) ? 0 : 600);
		make_cell(b, sql, c);
	}
}

/* A random fortnight, put in place of what was there. */
static void make_diaries(struct booked *b)
{
	/* Among them the last Sundays of March and of October, and Easter. */
	static const int firsts[] = { 20524, 20534, 20538, 20741, 20745, 20600 };
	struct buf sql = { 0 };

	cell_count = 0;
	fortnight.first_day = firsts[pick(6)] + pick(3);
	fortnight.reg_until = pick(3) ? 30000 : fortnight.first_day + pick(14);
	/* Nobody needs them after this test, and a disk would take its time over two thousand. */
	buf_str(&sql,
		"PRAGMA synchronous = OFF; BEGIN; DELETE FROM slot; DELETE FROM block; DELETE FROM desk_hold;");
	for (int i = 0; i < 2; i++) {
		fortnight.step_free[i] = pick(2);
		fortnight.gender[i] = (enum gender)pick(3);
		buf_printf(&sql,
			   "UPDATE room SET features = '%s' WHERE code = '%s';"
			   "UPDATE clinician SET gender = %s WHERE code = '%s';",
			   fortnight.step_free[i] ? "step_free quiet" : "quiet",
			   i ? "HBR-1" : "NGT-1", genders[fortnight.gender[i]],
			   i ? "obi" : "marsh");
	}
	buf_printf(&sql, "UPDATE clinician SET reg_until = %d WHERE code = 'obi';",
		   fortnight.reg_until);
	for (int day = 0; day < 14; day++)
		for (int who = 0; who < 2; who++)
			make_day(b, &sql, fortnight.first_day + day, who);
	buf_str(&sql, "COMMIT");
	booked_sql(b, sql.s);
	buf_done(&sql);
}

static bool may_take(const struct cell *c, bool new, bool external, int64_t now)
{
	bool open = c->release && c->release <= now;

	if (c->taken || c->state)
		return false;
	return c->kind == SLOT_FU || (c->kind == SLOT_NEW && new) ||
	       (c->kind == SLOT_RAP && (open || (new && !external)));
}

/* How many minutes the whole slots from cell i take for `need`; 0: not enough.  *held: another desk
 * holds one of them. */
static int reach(int i, const struct search *s, int64_t now, bool *held)
{
	int have = 0;

	*held = false;
	for (int j = i; j < cell_count && cells[j].block == cells[i].block && have < s->mins; j++) {
		if (cells[j].starts != cells[i].starts + have * 60 ||
		    !may_take(&cells[j], s->kind == APPT_NEW, s->external, now) ||
		    (cells[j].kind == SLOT_NEW) != (cells[i].kind == SLOT_NEW))
			return 0;
		have += cells[j].mins;
		*held |= cells[j].held;
	}
	return have >= s->mins ? have : 0;
}

/* Before in the order of the search: time, Harbour before Northgate, Marsh before Obi. */
static bool sooner(int i, int j)
{
	if (cells[i].starts != cells[j].starts)
		return cells[i].starts < cells[j].starts;
	if (cells[i].site != cells[j].site)
		return cells[i].site > cells[j].site;
	return cells[i].who < cells[j].who;
}

/* The end of the last slot that can be booked, taken or not, of a clinician on a day. */
static int64_t last_starts(const struct cell *c)
{
	int64_t last = 0;

	for (int i = 0; i < cell_count; i++)
		if (cells[i].who == c->who && cells[i].day == c->day && !cells[i].state &&
		    cells[i].kind <= SLOT_RAP && cells[i].starts > last)
			last = cells[i].starts;
	return last;
}

/* Would it do, by a plain look at it alone? */
static bool will_do(struct booked *b, int i, const struct search *s)
{
	const struct cell *c = &cells[i];
	int minute = moment_minute((struct moment){ c->starts });
	int64_t from = s->from.utc < b->c.desk.now.utc ? b->c.desk.now.utc : s->from.utc;
	bool held;

	return c->starts >= from && (id_none(s->site) || c->site == id_same(s->site, b->hbr)) &&
	       (id_none(s->clinician) || c->who == id_same(s->clinician, b->obi)) &&
	       minute >= s->after && (!s->before || minute + s->mins <= s->before) &&
	       (!s->days || s->days & 1u << date_weekday((struct date){ c->day })) &&
	       (date_none(s->by) || c->day <= s->by.n) &&
	       (c->who == 0 || c->day <= fortnight.reg_until) &&
	       (!s->gender || fortnight.gender[c->who] == s->gender) &&
	       (!s->needs || s->mode != MODE_FACE || fortnight.step_free[c->room]) &&
	       (!s->not_last || c->starts + s->mins * 60 <= last_starts(c)) &&
	       reach(i, s, b->c.desk.now.utc, &held);
}

static struct search random_wish(struct booked *b)
{
	static const int lengths[] = { 10, 20, 40, 60, 90 };
	struct search s = { .service = b->physio,
			    .kind = pick(2) ? APPT_NEW : APPT_FU,
			    .mins = lengths[pick(5)],
			    .external = pick(3) == 0,
			    .limit = 1 + pick(12),
			    .by = DATE_NONE,
			    .mode = pick(4) ? MODE_FACE : MODE_PHONE,
			    .gender = pick(3) ? GENDER_NOT_SAID : (enum gender)pick(3),
			    .not_last = pick(5) == 0,
			    .from = wall_moment((struct date){ fortnight.first_day + pick(12) },
						pick(24) * 60) };

	if (pick(3) == 0)
		s.site = pick(2) ? b->hbr : b->ngt;
	if (pick(4) == 0)
		s.clinician = pick(2) ? b->obi : b->marsh;
	if (pick(3) == 0)
		s.after = 9 * 60;
	if (pick(3) == 0)
		s.before = 15 * 60;
	if (pick(4) == 0)
		s.days = 0x0b;
	if (pick(3) == 0)
		s.by = (struct date){ fortnight.first_day + pick(14) };
	if (pick(3) == 0)
		s.needs = 1u << NEED_STEP_FREE | (pick(2) ? 1u << NEED_BSL : 0);
	return s;
}

static void compare(struct booked *b, int seed)
{
	struct search s = random_wish(b);
	struct places list = { 0 };
	struct err err = ERR_INIT;
	bool done[CELLS], held; /* dealt with, or out of the question */

	ck_ok(search_slots(&b->c.desk, &s, &list, &err), err);
	for (int i = 0; i < cell_count; i++)
		done[i] = !will_do(b, i, &s);
	for (size_t k = 0; k <= list.n; k++) {
		int best = -1;

		for (int i = 0; i < cell_count; i++)
			if (!done[i] && (best < 0 || sooner(i, best)))
				best = i;
		if (k == list.n) {
			ck_assert_msg(best < 0 || list.n == (size_t)s.limit,
				      "seed %d: one is missing", seed);
			break;
		}
		ck_assert_msg(best >= 0 && list.v[k].slot.id.n == cells[best].id,
			      "seed %d: place %zu", seed, k);
		ck_assert_int_eq(list.v[k].mins, reach(best, &s, b->c.desk.now.utc, &held));
		ck_assert_msg(held == (*list.v[k].held.by && !list.v[k].held.mine),
			      "seed %d: place %zu is held or not", seed, k);
		done[best] = true;
	}
	list_free(&list);
}

static void known_anew(struct booked *b)
{
	struct err err = ERR_INIT;

	refs_free(b->c.desk.refs);
	ck_ok(refs_load(b->c.store, &b->c.desk.refs, &err), err);
}

/* Its process lives, for it is this one. */
static void another_desk(struct booked *b)
{
	struct process me = process_self();
	char *sql =
		mem_printf("INSERT INTO session (id, user, pid, born, terminal, since) SELECT 77,"
			   " id, %lld, %lld, 'desk 2', 0 FROM user WHERE name = 'r.adeyemi'",
			   (long long)me.pid, (long long)me.born);

	booked_sql(b, sql);
	mem_free(sql);
}

/* Two thousand random diaries, six wishes of each, and every place of every answer.  The
 * sanitizers, who read the same lines each time, take fewer (OHDESK_DIARIES). */
START_TEST(the_earliest_is_what_a_look_at_every_slot_finds)
{
	const char *few = getenv("OHDESK_DIARIES");
	int diaries = few ? atoi(few) : DIARIES;
	struct booked b;

	ck_assert_int_gt(diaries, 0);

	booked_open(&b);
	another_desk(&b);
	for (int seed = 0; seed < diaries; seed++) {
		chance = (uint64_t)seed * 2654435761u + 1;
		make_diaries(&b);
		known_anew(&b);
		for (int i = 0; i < 6; i++)
			compare(&b, seed);
	}
	booked_sql(&b, "DELETE FROM desk_hold; DELETE FROM session; DELETE FROM slot;"
		       " DELETE FROM block");
	booked_close(&b);
}
END_TEST

TEST_MAIN("search", a_first_attendance_takes_new_rapid_or_follow_up_slots,
	  a_follow_up_never_takes_a_slot_for_new_people,
	  rapid_access_slots_open_to_all_at_their_release,
	  whose_employers_are_outside_the_nhs_waits_for_the_release,
	  a_slot_that_is_past_or_taken_is_not_found, who_may_not_see_people_that_day_is_not_found,
	  wishes_narrow_the_search, a_wish_that_cannot_be_is_refused, the_desks_own_site_is_marked,
	  the_earliest_is_what_a_look_at_every_slot_finds)
