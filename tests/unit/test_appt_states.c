/* An appointment's way through the day, moving, cancelling, and taking each of them back. */
#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "store/appts.h"
#include "store/episodes.h"
#include "store/journal.h"
#include "store/slots.h"
#include "suite.h"

static struct booked b;
static struct err err;

/* OKAFOR at 10:00 with Marsh. */
static struct id open_booked(void)
{
	struct booking_ask ask;
	struct id id = { 0 };

	booked_open(&b);
	err_clear(&err);
	ask = (struct booking_ask){
		.person = b.okafor, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct appt_row now_of(struct id appt)
{
	struct appt_row r;

	ck_ok(appt_get(b.c.store, appt, &r, &err), err);
	return r;
}

/* All of its columns. */
static char *image_of(struct id appt)
{
	char *sql = mem_printf(
		"SELECT json_array(clinician, site, room, service, day, starts, mins, mode, kind, state,"
		" code, over_by, over_why, moves, asked_at, arrived_at, room_at, seen_at, ended_at,"
		" cancelled_by) FROM appointment WHERE id = %lld",
		(long long)appt.n);
	char *ret = booked_text(&b, sql);

	mem_free(sql);
	return ret;
}

static void same_image(char *before, struct id appt)
{
	char *after = image_of(appt);

	ck_assert_str_eq(before, after);
	mem_free(before);
	mem_free(after);
}

static void clock_at(struct moment m)
{
	world_pass(&b.c.world, m.utc - b.c.desk.now.utc);
	desk_tick(&b.c.desk);
}

static void mark(struct id appt, enum appt_state to)
{
	desk_tick(&b.c.desk);
	ck_ok(booking_mark(&b.c.desk, appt, to, NULL, &err), err);
	ck_assert_int_eq(now_of(appt).a.state, to);
}

static int64_t owned(struct id appt)
{
	char *sql = mem_printf("SELECT count(*) FROM slot WHERE appt = %lld", (long long)appt.n);
	int64_t n = clinic_count(&b.c, sql);

	mem_free(sql);
	return n;
}

START_TEST(arrived_in_room_seen_on_time_is_code_5)
{
	struct id id = open_booked();

	clock_at(thu(10, 2));
	mark(id, APPT_ARRIVED);
	clock_at(thu(10, 12));
	mark(id, APPT_IN_ROOM);
	clock_at(thu(10, 40));
	mark(id, APPT_SEEN);

	struct appt a = now_of(id).a;

	ck_assert_int_eq(a.arrived_at.utc, thu(10, 2).utc);
	ck_assert_int_eq(a.room_at.utc, thu(10, 12).utc);
	ck_assert_int_eq(a.seen_at.utc, thu(10, 40).utc);
	ck_assert_str_eq(a.code, "5");
	ck_assert_int_eq(owned(id), 1);
	booked_close(&b);
}
END_TEST

START_TEST(seen_after_arriving_late_is_code_6)
{
	struct id id = open_booked();

	clock_at((struct moment){ thu(10, 1).utc + b.c.desk.refs->late_mins * 60 });
	mark(id, APPT_ARRIVED);
	mark(id, APPT_SEEN);
	ck_assert_str_eq(now_of(id).a.code, "6");
	booked_close(&b);
}
END_TEST

START_TEST(in_room_takes_in_who_was_not_taken_in)
{
	struct id id = open_booked();

	mark(id, APPT_IN_ROOM);
	ck_assert_int_eq(now_of(id).a.arrived_at.utc, b.c.desk.now.utc);
	booked_close(&b);
}
END_TEST

START_TEST(seen_needs_an_arrival)
{
	struct id id = open_booked();

	ck_refused(booking_mark(&b.c.desk, id, APPT_SEEN, NULL, &err), err, ERR_INPUT);
	booked_close(&b);
}
END_TEST

START_TEST(did_not_attend_and_too_late_wait_for_its_time)
{
	struct id id = open_booked();

	ck_refused(booking_mark(&b.c.desk, id, APPT_DNA, NULL, &err), err, ERR_INPUT);
	ck_refused(booking_mark(&b.c.desk, id, APPT_LATE, NULL, &err), err, ERR_INPUT);
	clock_at(thu(10, 30));
	mark(id, APPT_DNA);
	ck_assert_str_eq(now_of(id).a.code, "3");
	ck_assert_int_eq(now_of(id).a.ended_at.utc, thu(10, 30).utc);
	ck_ok(booking_undo(&b.c.desk, id, NULL, 0, &err), err);
	mark(id, APPT_LATE);
	ck_assert_str_eq(now_of(id).a.code, "7");
	booked_close(&b);
}
END_TEST

START_TEST(arrived_is_for_its_own_day)
{
	struct id id = open_booked();

	clock_at((struct moment){ thu(9, 0).utc + 86400 });
	ck_refused(booking_mark(&b.c.desk, id, APPT_ARRIVED, NULL, &err), err, ERR_INPUT);
	mark(id, APPT_DNA);
	booked_close(&b);
}
END_TEST

START_TEST(a_cancelled_slot_is_free_again)
{
	struct id id = open_booked(), second = { 0 };
	struct booking_ask ask = {
		.person = b.ellis, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};

	ck_refused(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "", &err), err, ERR_INPUT);
	ck_refused(booking_cancel(&b.c.desk, id, CANCEL_NOT, "ill", &err), err, ERR_INPUT);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	ck_assert_str_eq(now_of(id).a.code, "2");
	ck_assert_int_eq(owned(id), 0);
	ck_ok(booking_book(&b.c.desk, &ask, &second, &err), err);
	ck_ok(booking_cancel(&b.c.desk, second, CANCEL_SERVICE, "clinician ill", &err), err);
	ck_assert_str_eq(now_of(second).a.code, "4");
	booked_close(&b);
}
END_TEST

START_TEST(another_node_s_slot_is_freed_by_that_node)
{
	struct id id = open_booked();

	booked_sql(&b, "UPDATE slot SET holder = 2");
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	ck_assert_int_eq(now_of(id).a.state, APPT_CANCELLED);
	ck_assert_int_eq(owned(id), 1);
	booked_close(&b);
}
END_TEST

START_TEST(cancelled_twice_names_who_was_first)
{
	struct id id = open_booked();

	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	ck_assert_int_eq(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_str_eq(err.text, "p.shah marked OKAFOR cancelled at 09:42.");
	booked_close(&b);
}
END_TEST

START_TEST(who_was_first_is_named_and_may_be_overruled)
{
	struct id id = open_booked();
	enum appt_state saw = APPT_ARRIVED, knows = APPT_SEEN;
	struct mark_ask ask = { .base = &saw };

	clock_at(thu(10, 2));
	mark(id, APPT_ARRIVED);
	clinic_sit(&b.c, "j.marsh");
	mark(id, APPT_SEEN);
	clinic_sit(&b.c, "p.shah");
	ck_assert_int_eq(booking_mark(&b.c.desk, id, APPT_IN_ROOM, &ask, &err), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_str_eq(err.text, "j.marsh marked OKAFOR seen at 10:02.  Again to overrule.");
	err_clear(&err);
	ck_refused(booking_mark(&b.c.desk, id, APPT_IN_ROOM, NULL, &err), err, ERR_CLASH);
	ask.base = &knows;
	ck_ok(booking_mark(&b.c.desk, id, APPT_IN_ROOM, &ask, &err), err);
	ck_assert_str_eq(now_of(id).a.code, "0");
	ck_assert(moment_none(now_of(id).a.seen_at));
	booked_close(&b);
}
END_TEST

START_TEST(a_move_keeps_the_id_and_frees_the_old_time)
{
	struct id id = open_booked();
	struct move_ask ask = { .starts = thu(10, 40), .why = "shift" };
	struct events events = { 0 };

	ck_ok(booking_move(&b.c.desk, id, &ask, &err), err);
	struct appt a = now_of(id).a;

	ck_assert_int_eq(a.starts.utc, thu(10, 40).utc);
	ck_assert_int_eq(a.moves, 1);
	ck_assert_int_eq(a.state, APPT_BOOKED);
	ck_assert_int_eq(owned(id), 2);
	ck_ok(history_of(b.c.store, id, &events, &err), err);
	ck_assert_uint_eq(events.n, 2);
	ck_assert_str_eq(events.v[1].what,
			 "moved by the person from Thu 12-Mar-2026 10:00, Marsh, Northgate"
			 " to Thu 12-Mar-2026 10:40, Marsh, Northgate");
	ck_assert_str_eq(events.v[1].why, "shift");
	list_free(&events);
	/* Its own slots count as free: 10:40 and 11:00 become 11:00 and 11:20. */
	ask.starts = thu(11, 0);
	ck_ok(booking_move(&b.c.desk, id, &ask, &err), err);
	ck_refused(booking_move(&b.c.desk, id, &ask, &err), err, ERR_INPUT);
	ask.starts = thu(14, 0);
	ask.clinician = b.obi;
	ck_ok(booking_move(&b.c.desk, id, &ask, &err), err);
	ck_assert(id_same(now_of(id).a.site, b.hbr));
	ck_assert_int_eq(now_of(id).a.moves, 3);
	booked_close(&b);
}
END_TEST

START_TEST(only_what_is_booked_can_be_moved)
{
	struct id id = open_booked();
	struct move_ask ask = { .starts = thu(10, 40) };

	mark(id, APPT_ARRIVED);
	ck_refused(booking_move(&b.c.desk, id, &ask, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(undo_gives_the_slot_back)
{
	struct id id = open_booked();
	struct episode e;
	char what[240];

	ck_ok(booking_undo(&b.c.desk, id, what, sizeof what, &err), err);
	ck_assert_str_eq(what,
			 "OKAFOR, Adaeze (Ms): booked for Thu 12-Mar-2026 10:00, Marsh, Northgate");
	ck_assert_int_eq(now_of(id).a.state, APPT_CANCELLED);
	ck_assert_int_eq(now_of(id).a.cancelled_by, CANCEL_ERROR);
	ck_assert_str_eq(now_of(id).a.code, "");
	ck_assert_int_eq(owned(id), 0);
	/* The episode that it opened had nothing else. */
	ck_ok(episode_get(b.c.store, now_of(id).a.episode, &e, &err), err);
	ck_assert_str_eq(e.state, "error");
	ck_refused(booking_undo(&b.c.desk, id, NULL, 0, &err), err, ERR_MISSING);
	booked_close(&b);
}
END_TEST

START_TEST(each_step_is_taken_back_to_what_was_before)
{
	struct id id = open_booked();
	char *before[3];
	static const enum appt_state way[] = { APPT_ARRIVED, APPT_IN_ROOM, APPT_SEEN };

	clock_at(thu(10, 5));
	for (int i = 0; i < 3; i++) {
		before[i] = image_of(id);
		mark(id, way[i]);
	}
	for (int i = 3; i-- > 0;) {
		ck_ok(booking_undo(&b.c.desk, id, NULL, 0, &err), err);
		same_image(before[i], id);
	}
	booked_close(&b);
}
END_TEST

START_TEST(a_move_is_taken_back)
{
	struct id id = open_booked();
	struct move_ask ask = { .starts = thu(10, 40) };
	char *before = image_of(id);

	ck_ok(booking_move(&b.c.desk, id, &ask, &err), err);
	ck_ok(booking_undo(&b.c.desk, id, NULL, 0, &err), err);
	same_image(before, id);
	ck_assert_int_eq(owned(id), 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_cancelled_one_comes_back_only_while_its_slot_is_free)
{
	struct id id = open_booked(), other = { 0 };
	struct booking_ask ask = {
		.person = b.ellis, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};

	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	ck_ok(booking_book(&b.c.desk, &ask, &other, &err), err);
	ck_assert_int_eq(booking_undo(&b.c.desk, id, NULL, 0, &err), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_str_eq(err.text, "ELLIS has Thu 12-Mar-2026 10:00 now: book another time.");
	ck_ok(booking_undo(&b.c.desk, other, NULL, 0, &err), err);
	ck_ok(booking_undo(&b.c.desk, id, NULL, 0, &err), err);
	ck_assert_int_eq(now_of(id).a.state, APPT_BOOKED);
	ck_assert_int_eq(owned(id), 1);
	booked_close(&b);
}
END_TEST

START_TEST(undo_refused_when_somebody_changed_it_since)
{
	struct id id = open_booked();
	int64_t act = b.c.desk.acted;

	clinic_sit(&b.c, "j.marsh");
	mark(id, APPT_ARRIVED);
	clinic_sit(&b.c, "p.shah");
	ck_assert_int_eq(act_undo(&b.c.desk, act, NULL, 0, &err), -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_ptr_nonnull(strstr(err.text, "j.marsh has changed OKAFOR since (arrived)"));
	ck_assert_int_eq(now_of(id).a.state, APPT_ARRIVED);
	booked_close(&b);
}
END_TEST

/* Sync takes pending commands back by their captured effects: exactly the state before. */
START_TEST(captured_effects_are_taken_back_exactly)
{
	struct id id;
	struct move_ask move = { .starts = thu(10, 40) };
	struct booking_ask over;
	char before[65], after[65];

	booked_open(&b);
	err_clear(&err);
	booked_sql(&b, "INSERT INTO user_right SELECT 1, id, 'overbook', NULL, NULL, 'on' FROM user"
		       " WHERE name = 'p.shah'");
	clinic_sit(&b.c, "p.shah");
	store_capture(b.c.store, true);
	clinic_digest(&b.c, before);

	struct booking_ask ask = {
		.person = b.okafor, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};

	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	over = ask;
	over.person = b.ellis;
	over.over_why = "pain";
	struct id second = { 0 };

	ck_ok(booking_book(&b.c.desk, &over, &second, &err), err);
	ck_ok(booking_move(&b.c.desk, id, &move, &err), err);
	mark(id, APPT_ARRIVED);
	mark(id, APPT_IN_ROOM);
	mark(id, APPT_SEEN);
	ck_ok(booking_undo(&b.c.desk, id, NULL, 0, &err), err);
	clock_at(thu(10, 30));
	mark(second, APPT_DNA);
	ck_ok(booking_undo(&b.c.desk, second, NULL, 0, &err), err);
	mark(second, APPT_LATE);
	ck_ok(booking_undo(&b.c.desk, second, NULL, 0, &err), err);
	ck_ok(booking_cancel(&b.c.desk, second, CANCEL_SERVICE, "ill", &err), err);

	ck_ok(store_begin(b.c.store, &err), err);
	ck_ok(journal_take_back(b.c.store, &err), err);
	ck_ok(store_commit(b.c.store, &err), err);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	booked_sql(&b, "DELETE FROM cmd; UPDATE me SET cmd_hash = zeroblob(32)");
	desk_close(&b.c.desk);
	store_close(b.c.store);
	ck_ok(store_open(b.c.path, 5000, &b.c.store, &err), err);
	ck_ok(desk_open(b.c.store, &b.c.world, &b.c.desk, &err), err);
	booked_close(&b);
}
END_TEST

TEST_MAIN("appt_states", arrived_in_room_seen_on_time_is_code_5, seen_after_arriving_late_is_code_6,
	  in_room_takes_in_who_was_not_taken_in, seen_needs_an_arrival,
	  did_not_attend_and_too_late_wait_for_its_time, arrived_is_for_its_own_day,
	  a_cancelled_slot_is_free_again, another_node_s_slot_is_freed_by_that_node,
	  cancelled_twice_names_who_was_first, who_was_first_is_named_and_may_be_overruled,
	  a_move_keeps_the_id_and_frees_the_old_time, only_what_is_booked_can_be_moved,
	  undo_gives_the_slot_back, each_step_is_taken_back_to_what_was_before,
	  a_move_is_taken_back, a_cancelled_one_comes_back_only_while_its_slot_is_free,
	  undo_refused_when_somebody_changed_it_since, captured_effects_are_taken_back_exactly)
