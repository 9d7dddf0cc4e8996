/*
 * test_flag_routes.c: a flag stops booking on every route, until a clinician clears it with a
 * reason; then the same step goes through.
 *
 * A route is what a desk does that may end with somebody having a time.  The acts by which it does
 * so are read from the journal: one of support/giving.c that no route here has done fails the test.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/answers.h"
#include "clinic/away.h"
#include "clinic/booking.h"
#include "clinic/clash.h"
#include "clinic/desklist.h"
#include "clinic/diary.h"
#include "clinic/flag.h"
#include "clinic/holder.h"
#include "clinic/message.h"
#include "clinic/record.h"
#include "clinic/referral.h"
#include "clinic/series.h"
#include "clinic/wait.h"
#include "diaries.h"
#include "giving.h"
#include "nodes.h"
#include "suite.h"

static struct booked b;
static struct err err;
static struct id appt, other, wait, slot; /* as a route has prepared them */

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

static struct booking_ask wish(struct moment starts)
{
	return (struct booking_ask){
		.person = b.okafor, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
}

static struct id book(struct id person, struct id service, struct id clinician,
		      struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = starts
	};
	struct id id = { 0 };

	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

/* ---- a booking of each kind ---- */

static void nothing(void)
{
}

static int books(void)
{
	struct booking_ask ask = wish(next_thu(10, 0));

	return booking_book(&b.c.desk, &ask, &appt, &err);
}

static int books_earliest(void)
{
	struct booking_ask ask = { .person = b.okafor, .service = b.physio };
	struct search any = { .by = DATE_NONE };

	return booking_earliest(&b.c.desk, &ask, &any, &appt, &err);
}

static int takes_an_offer(void)
{
	struct offer_made made[2] = { { .site = b.ngt,
					.clinician = b.marsh,
					.starts = next_thu(10, 0),
					.became = OFFER_DECLINED },
				      { .site = b.ngt,
					.clinician = b.marsh,
					.starts = next_thu(12, 40),
					.became = OFFER_BOOKED } };
	struct offers_made said = { made, 2, 2 };
	struct booking_ask ask = wish(next_thu(12, 40));

	ask.said = &said;
	return booking_book(&b.c.desk, &ask, &appt, &err);
}

static void somebody_there(void)
{
	booked_sql(&b, "INSERT INTO user_right (id, user, name, state) SELECT 77, id, 'overbook',"
		       " 'on' FROM user WHERE name = 'p.shah'");
	clinic_sit(&b.c, "p.shah");
	book(b.ellis, b.physio, b.marsh, next_thu(10, 0));
}

static int overbooks(void)
{
	struct booking_ask ask = wish(next_thu(10, 0));

	ask.over_why = "the lead said so";
	return booking_book(&b.c.desk, &ask, &appt, &err);
}

static int walks_in(void)
{
	struct booking_ask ask = { .person = b.okafor, .service = b.physio };

	return booking_walkin(&b.c.desk, &ask, &appt, &err);
}

static void accepted(void)
{
	struct referral_ask ask = { .person = b.okafor,
				    .service = b.physio,
				    .type = REF_SELF,
				    .urgency = -1,
				    .agreed = b.c.desk.today,
				    .anew = true };
	struct decide_ask accept = { .priority = 2, .suggested = -1 };

	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(referral_add(&b.c.desk, &ask, &other, &err), err);
	ck_ok(triage_decide(&b.c.desk, other, &accept, &err), err);
}

static int books_who_was_accepted(void)
{
	struct booking_ask ask = wish(next_thu(10, 0));

	ask.episode = other;
	return booking_book(&b.c.desk, &ask, &appt, &err);
}

/* ---- what is booked already ---- */

static void is_booked(void)
{
	appt = book(b.okafor, b.physio, b.marsh, thu(12, 40));
}

static int moves(void)
{
	struct move_ask to = { .starts = next_thu(10, 0) };

	return booking_move(&b.c.desk, appt, &to, &err);
}

static void was_moved(void)
{
	is_booked();
	tick();
	ck_ok(moves(), err);
}

static void was_cancelled(void)
{
	is_booked();
	tick();
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
}

static int takes_back(void)
{
	return booking_undo(&b.c.desk, appt, NULL, 0, &err);
}

static int goes_home(void)
{
	struct away ill = { .clinician = b.marsh,
			    .leave = true,
			    .first = moment_date(thu(0, 0)),
			    .last = moment_date(thu(0, 0)),
			    .why = "ill" };
	struct away_rows rows = { 0 };
	struct away_done done;
	int rc;

	ck_ok(away_list(&b.c.desk, &ill, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	rc = away_do(&b.c.desk, &ill, &rows, &done, &err);
	list_free(&rows);
	return rc;
}

/* They were put on the waiting list instead. */
static void comes_back(void)
{
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
}

/* ---- who waits ---- */

static void on_the_list(void)
{
	struct wait_ask ask = { .wish = { .from = DATE_NONE } };

	booked_sql(&b,
		   "INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at,"
		   " state) SELECT 600000 + id, scope, id, 'mobile', '0770090012' || (id % 10), 1,"
		   " 'desk', 1, 'on' FROM person");
	accepted();
	clinic_sit(&b.c, "p.shah");
	tick();
	ask.episode = other;
	ck_ok(wait_add(&b.c.desk, &ask, &wait, &err), err);
	slot = slot_at(&b.c, "marsh", next_thu(10, 0));
}

static void waits_for_earlier(void)
{
	on_the_list();
	booked_sql(&b, "DELETE FROM wait");
	appt = book(b.okafor, b.physio, b.marsh, next_thu(12, 40));
	tick();

	struct wait_ask ask = { .episode = other, .wish = { .from = DATE_NONE } };

	ck_ok(wait_add(&b.c.desk, &ask, &wait, &err), err);
}

static int takes_what_was_freed(void)
{
	return wait_take(&b.c.desk, wait, slot, &appt, &err);
}

static void was_offered_by_text(void)
{
	struct moment until;

	on_the_list();
	ck_ok(wait_text(&b.c.desk, wait, slot, &until, &err), err);
}

/* The reply is kept and for a person to answer: it is never refused. */
static int replies_yes(void)
{
	char *number = booked_text(&b, "SELECT value FROM contact c JOIN wait w ON"
				       " w.person = c.person");
	char said[120];
	int rc = message_reply(&b.c.desk, number, "yes", said, sizeof said, &err);

	mem_free(number);
	return rc;
}

static void offers_again(void)
{
	ck_ok(wait_text(&b.c.desk, wait, slot, &(struct moment){ 0 }, &err), err);
}

/* ---- a course of sessions ---- */

static struct series_ask weekly(int again, int minute)
{
	struct series_ask ask;
	struct id episode = { 900 };

	ck_ok(series_usual(&b.c.desk, episode, again, &ask, &err), err);
	ask.weekday = 0;
	ask.minute = minute;
	ask.clinician = b.kelly;
	ask.from = b.c.desk.today;
	ask.count = 2;
	return ask;
}

static int books_series(const struct series_ask *ask)
{
	struct series s = { 0 };
	int rc = series_propose(&b.c.desk, ask, &s, &err);

	if (rc == 0)
		rc = series_book(&b.c.desk, &s, &err);
	series_done(&s);
	return rc;
}

static void has_a_course(void)
{
	char *sql = mem_printf(
		"INSERT INTO episode (id, scope, number, person, service, customer, priority,"
		" received, state, opened_at) SELECT 900, 'org:WVH', 'CNS-26-N0900', %lld, s.id,"
		" c.id, 3, 20520, 'open', 1 FROM service s, customer c WHERE s.code = 'COUNS' AND"
		" c.code = 'WVH'",
		(long long)b.okafor.n);

	clinic_sit(&b.c, "a.root");
	publish_all(&b.c,
		    a_template(&b.c, "kelly", "NGT", "", "COUNS", 0, "09:00 FU 60, FU 60, FU 60"));
	booked_sql(&b, sql);
	mem_free(sql);
}

static int books_sessions(void)
{
	struct series_ask ask = weekly(0, 10 * 60);

	return books_series(&ask);
}

static void has_sessions(void)
{
	has_a_course();
	clinic_sit(&b.c, "s.kelly");
	ck_ok(books_sessions(), err);
	tick();
}

static int plans_anew(void)
{
	struct series_ask ask = weekly(1, 9 * 60);

	return books_series(&ask);
}

/* ---- what two sites did at once ---- */

static void lost_the_time(void)
{
	char *sql;

	somebody_there();
	appt = book(b.okafor, b.physio, b.marsh, thu(12, 40));
	sql = mem_printf("UPDATE slot SET appt = NULL WHERE appt = %lld;"
			 "UPDATE appointment SET state = 'R', code = NULL, starts = %lld,"
			 " day = %lld WHERE id = %lld;"
			 "INSERT INTO overlap (id, type, a, b, at, state, node, author) VALUES"
			 " (900001, 'slot', %lld, 0, %lld, 'open', 1,"
			 " (SELECT id FROM user WHERE name = 'p.shah'))",
			 (long long)appt.n, (long long)next_thu(10, 0).utc,
			 (long long)moment_date(next_thu(10, 0)).n, (long long)appt.n,
			 (long long)appt.n, (long long)b.c.desk.now.utc);
	booked_sql(&b, sql);
	mem_free(sql);
}

static int settles(enum offer_kind kind, const char *words)
{
	static struct clash_view v;
	char said[200];
	int nth = -1;

	ck_ok(clash_look(&b.c.desk, (struct id){ 900001 }, &v, &err), err);
	for (int i = v.offered - 1; i >= 0; i--)
		if (v.offers[i].kind == kind)
			nth = i;
	ck_assert_int_ge(nth, 0);
	return clash_do(&b.c.desk, &v, nth, words, said, sizeof said, &err);
}

static int settles_by_another_time(void)
{
	return settles(OFFER_BOOK, NULL);
}

static int settles_by_overbooking(void)
{
	return settles(OFFER_OVERBOOK, "both were told so");
}

/* Asked of Harbour, which closed that time before it answered. */
static void is_to_be_rung_back(void)
{
	const char *node[8] = { "2", "H", "Harbour" };
	struct booking_ask ask = { .person = b.okafor,
				   .service = b.ohn,
				   .clinician = b.adeyemi,
				   .starts = next_thu(10, 30) };
	struct slot_list one = { &slot, 1, 1 };
	struct id id = { 0 };
	int done;

	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("node"), node, &id, &err), err);
	slot = slot_at(&b.c, "adeyemi", ask.starts);
	ck_ok(hold_give(&b.c.desk, &one, 2, NULL, &err), err);
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	clinic_sit(&b.c, "a.root");
	ck_ok(hold_revoke(&b.c.desk, &one, 1, "the machine is gone", &err), err);
	ck_ok(diary_block(&b.c.desk, b.adeyemi, ask.starts,
			  (struct moment){ ask.starts.utc + 1800 }, "talk", NULL, &err),
	      err);
	tick();
	ck_ok(holder_keep(&b.c.desk, &done, &err), err);
	clinic_sit(&b.c, "p.shah");
}

static int is_rung_back(void)
{
	struct ringbacks list = { 0 };
	struct places offers = { 0 };
	struct booking_ask ask = { .person = b.okafor, .service = b.ohn };
	int rc;

	ck_ok(ringback_list(&b.c.desk, false, &list, &err), err);
	ck_assert_uint_eq(list.n, 1);
	ck_ok(ringback_offers(&b.c.desk, &list.v[0], &offers, &err), err);
	ck_assert_uint_ge(offers.n, 1);
	ask.clinician = offers.v[0].slot.clinician;
	ask.starts = offers.v[0].slot.starts;
	rc = booking_book(&b.c.desk, &ask, &appt, &err);
	list_free(&offers);
	list_free(&list);
	return rc;
}

/* ---- all of them ---- */

static const struct route {
	const char *name;
	void (*prepare)(void);
	int (*step)(void);
	const char *user;
	const char *of; /* the service; NULL: physiotherapy */
	/* Set where it is not refused, and yet nothing is given: what is to be done before it is
	 * tried again. */
	void (*again)(void);
} routes[] = {
	{ "book", nothing, books, "p.shah", NULL, NULL },
	{ "book as a nurse", nothing, books, "r.adeyemi", NULL, NULL },
	{ "book who was accepted", accepted, books_who_was_accepted, "p.shah", NULL, NULL },
	{ "earliest", nothing, books_earliest, "p.shah", NULL, NULL },
	{ "an offer taken", nothing, takes_an_offer, "p.shah", NULL, NULL },
	{ "overbook", somebody_there, overbooks, "p.shah", NULL, NULL },
	{ "walk-in", nothing, walks_in, "p.shah", NULL, NULL },
	{ "move", is_booked, moves, "p.shah", NULL, NULL },
	{ "a move taken back", was_moved, takes_back, "p.shah", NULL, NULL },
	{ "a cancelling taken back", was_cancelled, takes_back, "p.shah", NULL, NULL },
	{ "another home", is_booked, goes_home, "j.marsh", NULL, comes_back },
	{ "a freed time", on_the_list, takes_what_was_freed, "p.shah", NULL, NULL },
	{ "an earlier time", waits_for_earlier, takes_what_was_freed, "p.shah", NULL, NULL },
	{ "yes to a text", was_offered_by_text, replies_yes, "p.shah", NULL, offers_again },
	{ "series", has_a_course, books_sessions, "s.kelly", "COUNS", NULL },
	{ "series planned anew", has_sessions, plans_anew, "s.kelly", "COUNS", NULL },
	{ "a clash, another time", lost_the_time, settles_by_another_time, "p.shah", NULL, NULL },
	{ "a clash, overbooked", lost_the_time, settles_by_overbooking, "p.shah", NULL, NULL },
	{ "rung back", is_to_be_rung_back, is_rung_back, "p.shah", "OHN", NULL },
};

static const struct kind {
	enum flag_kind kind;
	const char *does;
	bool stops;
} kinds[] = {
	{ FLAG_RED, NULL, true },
	{ FLAG_RISK, FLAG_STOPS, true },
	{ FLAG_SAFEGUARDING, FLAG_STOPS, true },
	{ FLAG_RISK, NULL, NULL },
	{ FLAG_SAFEGUARDING, NULL, NULL },
};

/* Who has which time: a word for each. */
static char *times(void)
{
	return booked_text(
		&b,
		"SELECT (SELECT coalesce(group_concat('s' || id || '=' || appt || ';', ' '), '')"
		" FROM slot WHERE appt IS NOT NULL) || ' ' || (SELECT"
		" coalesce(group_concat('a' || id || ':' || starts || '/' || clinician || ';',"
		" ' '), '') FROM appointment WHERE state NOT IN ('X', 'R', 'P'))");
}

/* Is one there that was not before? */
static bool given(const char *before, char *after)
{
	for (char *w = strtok(after, " "); w; w = strtok(NULL, " "))
		if (!strstr(before, w))
			return true;
	return false;
}

static bool done_by[GIVING];

static void note_acts(int64_t after)
{
	for (int i = 0; i < GIVING; i++) {
		char *sql = mem_printf("SELECT count(*) FROM cmd WHERE type = '%s' AND k > %lld",
				       giving_acts[i], (long long)after);

		done_by[i] = done_by[i] || clinic_count(&b.c, sql) > 0;
		mem_free(sql);
	}
}

static const char *who_knows(const struct route *r)
{
	return r->of && strcmp(r->of, "COUNS") == 0 ? "s.kelly" : "r.adeyemi";
}

static struct id raise_one(const struct route *r, const struct kind *k)
{
	struct flag_ask ask = { .person = b.okafor,
				.service = clinic_service(&b.c, r->of ? r->of : "PHYSIO"),
				.kind = k->kind,
				.does = k->does,
				.words = "numb since Sunday" };
	struct id flag = { 0 };

	clinic_sit(&b.c, who_knows(r));
	tick();
	ck_ok(flag_raise(&b.c.desk, &ask, &flag, &err), err);
	return flag;
}

static void is_stopped(const struct route *r, const struct kind *k)
{
	char *before = times(), *after;
	int rc = r->step();

	after = times();
	ck_assert_msg(!given(before, after), "%s, %c: a time is given", r->name,
		      flag_letter(k->kind));
	ck_assert_msg((rc == 0) == (r->again != NULL), "%s, %c: %s", r->name, flag_letter(k->kind),
		      err.text);
	if (rc < 0)
		ck_assert_msg(err.kind == ERR_CLASH, "%s, %c: %s", r->name, flag_letter(k->kind),
			      err.text);
	ck_assert_msg(!strstr(err.text, "numb"), "%s", err.text);
	err_clear(&err);
	mem_free(before);
	mem_free(after);
}

static void passes(const struct route *r)
{
	int64_t last = clinic_count(&b.c, "SELECT coalesce(max(k), 0) FROM cmd");
	char *before = times(), *after;

	ck_assert_msg(r->step() == 0, "%s: %s", r->name, err.text);
	after = times();
	ck_assert_msg(given(before, after), "%s gives nobody a time", r->name);
	note_acts(last);
	mem_free(before);
	mem_free(after);
}

static void clear(const struct route *r, struct id flag)
{
	clinic_sit(&b.c, who_knows(r));
	tick();
	ck_refused(flag_clear(&b.c.desk, flag, "", &err), err, ERR_INPUT);
	ck_ok(flag_clear(&b.c.desk, flag, "examined, nothing found", &err), err);
	clinic_sit(&b.c, r->user);
	tick();
}

/* One flag after the other, each cleared; those that stop nothing are open still when it is done.
 */
static void try(const struct route *r)
{
	booked_open(&b);
	clinic_sit(&b.c, "p.shah");
	r->prepare();
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct id flag = raise_one(r, &kinds[k]);

		clinic_sit(&b.c, r->user);
		if (!kinds[k].stops)
			continue;
		is_stopped(r, &kinds[k]);
		clear(r, flag);
		if (r->again)
			r->again();
	}
	tick();
	passes(r);
	booked_sql(&b, "UPDATE overlap SET state = 'closed'");
	booked_close(&b);
}

/* ---- between nodes ---- */

static struct network n;

static struct moment fri(int hour, int minute)
{
	return (struct moment){ thu(hour, minute).utc + 86400 };
}

/* Asked for at Northgate, answered at Harbour, where a flag was raised meanwhile. */
static enum appt_state answered(const struct kind *k, bool cleared)
{
	struct flag_ask ask = { .kind = k->kind, .does = k->does };
	struct desk_row row;
	struct id asked, flag = { 0 };

	nodes_open(&n);
	nodes_clock(12, 9, 50);
	asked = nodes_book(&n.north, "p.shah", n.okafor, "obi", fri(13, 0));
	clinic_sit(&n.harbour, "r.adeyemi");
	ask.person = n.okafor;
	ask.service = clinic_service(&n.harbour, "PHYSIO");
	ck_ok(flag_raise(&n.harbour.desk, &ask, &flag, &err), err);
	if (cleared)
		ck_ok(flag_clear(&n.harbour.desk, flag, "examined", &err), err);
	nodes_in_step(&n);
	ck_ok(desk_appt(&n.north.desk, asked, &row, &err), err);
	done_by[giving_act("decide")] |=
		clinic_count(&n.hub, "SELECT count(*) FROM log WHERE type = 'decide'") > 0;
	if (row.row.a.state == APPT_DECLINED) {
		struct clash_rows rows = { 0 };

		clinic_sit(&n.north, "p.shah");
		ck_ok(clash_rows(&n.north.desk, 10, &rows, &err), err);
		list_each (r, &rows)
			ck_ok(clash_settle(&n.north.desk, r->c.id, "as it stands", &err), err);
		list_free(&rows);
		nodes_in_step(&n);
	}
	nodes_close(&n);
	return row.row.a.state;
}

START_TEST(an_open_flag_stops_booking_on_every_route_until_a_clinician_clears_it)
{
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
		try(&routes[i]);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		ck_assert_int_eq(answered(&kinds[k], false),
				 kinds[k].stops ? APPT_DECLINED : APPT_BOOKED);
	ck_assert_int_eq(answered(&kinds[0], true), APPT_BOOKED);
	for (int i = 0; i < GIVING; i++)
		ck_assert_msg(done_by[i], "no route here does %s", giving_acts[i]);
}
END_TEST

TEST_MAIN("flag routes", an_open_flag_stops_booking_on_every_route_until_a_clinician_clears_it)
