/* test_clash.c: what two desks did at once, in words, and what may be done about it. */
#include "suite.h"

#include <stdio.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/clash.h"
#include "clinic/desklist.h"
#include "clinic/intake.h"
#include "model/appt.h"

static struct booked b;
static struct err err;
static struct clash_view v;

/* A clash as a run would have left it; gives its id. */
static struct id plant(const char *type, struct id a, struct id other, const char *more)
{
	static int64_t next = 900001;
	struct id id = { next++ };
	char *sql = mem_printf("INSERT INTO overlap (id, type, a, b, at, state, node, author)"
			       " VALUES (%lld, '%s', %lld, %lld, %lld, 'open', 1,"
			       " (SELECT id FROM user WHERE name = 'p.shah'))",
			       (long long)id.n, type, (long long)a.n, (long long)other.n,
			       (long long)b.c.desk.now.utc);

	booked_sql(&b, sql);
	mem_free(sql);
	if (more) {
		sql = mem_printf("UPDATE overlap SET %s WHERE id = %lld", more, (long long)id.n);
		booked_sql(&b, sql);
		mem_free(sql);
	}
	return id;
}

static struct id book(struct id person, struct id service, struct id clinician, struct moment at)
{
	struct booking_ask ask = {
		.person = person, .service = service, .clinician = clinician, .starts = at
	};
	struct id appt;

	ck_ok(booking_book(&b.c.desk, &ask, &appt, &err), err);
	return appt;
}

static void look(struct id clash)
{
	ck_ok(clash_look(&b.c.desk, clash, &v, &err), err);
}

static int offered(enum offer_kind kind)
{
	for (int i = 0; i < v.offered; i++)
		if (v.offers[i].kind == kind)
			return i;
	return -1;
}

static void done(enum offer_kind kind, const char *words)
{
	char said[200];

	ck_assert_int_ge(offered(kind), 0);
	ck_ok(clash_do(&b.c.desk, &v, offered(kind), words, said, sizeof said, &err), err);
}

static int64_t open_ones(void)
{
	return clinic_count(&b.c, "SELECT count(*) FROM overlap WHERE state = 'open'");
}

START_TEST(a_private_service_is_not_told_and_nothing_is_offered)
{
	struct id appt, clash;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	appt = book(b.ellis, b.couns, b.kelly, thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_SERVICE, "lost", &err), err);
	clash = plant("slot", appt, (struct id){ 0 }, NULL);
	clinic_sit(&b.c, "p.shah");
	look(clash);
	ck_assert(v.row.masked);
	ck_assert_int_eq(v.offered, 0);
	ck_assert_int_eq(v.n, 0);
	ck_assert_str_eq(v.say, "Private: it is settled by who works for that service.");
	booked_sql(&b, "UPDATE appointment SET state = 'R', code = NULL");
	clinic_sit(&b.c, "s.kelly");
	look(clash);
	ck_assert(!v.row.masked);
	ck_assert_int_ge(offered(OFFER_BOOK), 0);
	done(OFFER_WORDS, "talked about it");
	booked_close(&b);
}
END_TEST

START_TEST(a_command_is_read_out_without_the_texts_but_to_who_typed_it_and_administrators)
{
	struct id appt, clash;

	booked_open(&b);
	appt = book(b.ellis, b.physio, b.marsh, thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "a word of care", &err), err);
	clash = plant("failed", appt, (struct id){ 0 },
		      "mine = 'cancel', note = 'the disk said no',"
		      " kept = (SELECT args FROM cmd WHERE type = 'cancel' LIMIT 1)");
	clinic_sit(&b.c, "j.marsh");
	look(clash);
	ck_assert_str_eq(v.v[0].here, "the disk said no");
	ck_assert_ptr_null(strstr(v.v[1].here, "care"));
	clinic_sit(&b.c, "a.root");
	look(clash);
	ck_assert_ptr_nonnull(strstr(v.v[1].here, "a word of care"));
	/* Handed on, it is a task of theirs, and no row here. */
	done(OFFER_HAND, NULL);
	ck_assert_int_eq(open_ones(), 0);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE for_role ="
					    " 'administrator' AND state = 'open'"),
			 1);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(open_ones(), 1);
	look(clash);
	done(OFFER_WORDS, "done by hand");
	booked_close(&b);
}
END_TEST

START_TEST(two_marks_are_settled_as_it_stands_or_as_was_meant)
{
	struct id appt, clash;
	struct desk_row now;

	booked_open(&b);
	appt = book(b.ellis, b.physio, b.marsh, thu(10, 0));
	clash = plant("state", appt, (struct id){ 0 }, "note = 'arrived'");
	look(clash);
	ck_assert_str_eq(v.row.brief, "Arrived ELLIS Thu 12-Mar 10:00");
	done(OFFER_TAKE, NULL);
	ck_ok(desk_appt(&b.c.desk, appt, &now, &err), err);
	ck_assert_int_eq(now.row.a.state, APPT_ARRIVED);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(desk_appt(&b.c.desk, appt, &now, &err), err);
	ck_assert_int_eq(now.row.a.state, APPT_BOOKED);
	look(clash);
	done(OFFER_STANDS, NULL);
	ck_assert_int_eq(open_ones(), 0);
	booked_close(&b);
}
END_TEST

START_TEST(ours_is_taken_over_what_stands_by_now_whatever_it_was_then)
{
	struct intake_form form = { .v = { [IN_MOBILE] = "07700 900001" } };
	struct id clash;

	booked_open(&b);
	ck_ok(intake_set(&b.c.desk, b.ellis, &form, NULL, &err), err);
	clash = plant("edit", (struct id){ clinic_count(&b.c, "SELECT max(id) FROM contact") },
		      (struct id){ 0 },
		      "tab = 'contact', col = 'value', note = 'mobile', base = '07700900000',"
		      " theirs = '07700900001', mine = '07700900002'");
	form.v[IN_MOBILE] = "07700 900003";
	ck_ok(intake_set(&b.c.desk, b.ellis, &form, NULL, &err), err);
	look(clash);
	ck_assert_str_eq(v.offers[0].words, "Keep the server's: 07700 900003");
	ck_assert_str_eq(v.offers[1].words, "Take ours: 07700 900002");
	done(OFFER_TAKE, NULL);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM contact WHERE value ="
					    " '07700900002' AND state = 'on'"),
			 1);
	/* Both say the same by now: one thing is left to say. */
	clash = plant("edit", (struct id){ clinic_count(&b.c, "SELECT max(id) FROM contact") },
		      (struct id){ 0 },
		      "tab = 'contact', col = 'value', note = 'mobile', base = '',"
		      " theirs = '', mine = '07700900002'");
	look(clash);
	ck_assert_int_lt(offered(OFFER_TAKE), 0);
	done(OFFER_STANDS, NULL);
	booked_close(&b);
}
END_TEST

START_TEST(who_has_a_new_time_by_another_hand_is_not_offered_one_more)
{
	struct id lost, clash;

	booked_open(&b);
	lost = book(b.ellis, b.physio, b.marsh, thu(10, 0));
	clash = plant("slot", lost, (struct id){ 0 }, NULL);
	ck_ok(booking_cancel(&b.c.desk, lost, CANCEL_SERVICE, "lost", &err), err);
	look(clash);
	ck_assert_int_lt(offered(OFFER_BOOK), 0);
	ck_assert_ptr_nonnull(strstr(v.say, "cancelled since"));
	booked_sql(&b, "UPDATE appointment SET state = 'R', code = NULL");
	look(clash);
	ck_assert_int_ge(offered(OFFER_BOOK), 0);
	book(b.ellis, b.physio, b.marsh, next_thu(10, 0));
	look(clash);
	ck_assert_int_lt(offered(OFFER_BOOK), 0);
	ck_assert_ptr_nonnull(strstr(v.say, "ELLIS is booked again: Thu 19-Mar-2026 10:00"));
	done(OFFER_STANDS, NULL);
	booked_close(&b);
}
END_TEST

START_TEST(what_asks_for_words_is_refused_without)
{
	struct id clash;
	char said[200];

	booked_open(&b);
	clash = plant("person", book(b.ellis, b.physio, b.marsh, thu(10, 0)), (struct id){ 0 },
		      NULL);
	look(clash);
	ck_refused(clash_do(&b.c.desk, &v, offered(OFFER_WORDS), "", said, sizeof said, &err), err,
		   ERR_INPUT);
	ck_refused(clash_do(&b.c.desk, &v, 9, "so", said, sizeof said, &err), err, ERR_INPUT);
	done(OFFER_WORDS, "so");
	ck_refused(clash_do(&b.c.desk, &v, offered(OFFER_WORDS), "so", said, sizeof said, &err),
		   err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

TEST_MAIN("clash", a_private_service_is_not_told_and_nothing_is_offered,
	  a_command_is_read_out_without_the_texts_but_to_who_typed_it_and_administrators,
	  two_marks_are_settled_as_it_stands_or_as_was_meant,
	  ours_is_taken_over_what_stands_by_now_whatever_it_was_then,
	  who_has_a_new_time_by_another_hand_is_not_offered_one_more,
	  what_asks_for_words_is_refused_without)
