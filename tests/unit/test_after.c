/* What comes after an appointment: outcomes, one more offer, calls, lists of what is to finish. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/after.h"
#include "clinic/attempt.h"
#include "clinic/booking.h"
#include "clinic/desklist.h"
#include "clinic/diary.h"
#include "clinic/task.h"
#include "store/after.h"
#include "store/appts.h"
#include "store/episodes.h"
#include "suite.h"

static struct booked b;
static struct err err;

static void clock_at(struct moment m)
{
	world_pass(&b.c.world, m.utc - b.c.desk.now.utc);
	desk_tick(&b.c.desk);
}

static struct id book_at(struct id person, struct moment starts, enum mode mode)
{
	struct booking_ask ask = { .person = person,
				   .service = b.physio,
				   .clinician = b.marsh,
				   .starts = starts,
				   .mode = mode };
	struct id id = { 0 };

	desk_tick(&b.c.desk);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

/* OKAFOR at 10:00 with Marsh, in the room. */
static struct id open_in_room(void)
{
	struct id id;

	booked_open(&b);
	err_clear(&err);
	id = book_at(b.okafor, thu(10, 0), MODE_FACE);
	clock_at(thu(10, 2));
	ck_ok(booking_mark(&b.c.desk, id, APPT_IN_ROOM, NULL, &err), err);
	clock_at(thu(10, 38));
	return id;
}

static struct id open_missed(void)
{
	struct id id;

	booked_open(&b);
	err_clear(&err);
	clinic_sit(&b.c, "p.shah");
	id = book_at(b.okafor, thu(10, 0), MODE_FACE);
	clock_at(thu(10, 20));
	return id;
}

static struct appt now_of(struct id appt)
{
	struct appt_row r;

	ck_ok(appt_get(b.c.store, appt, &r, &err), err);
	return r.a;
}

static struct episode episode_of(struct id appt)
{
	struct episode e;

	ck_ok(episode_get(b.c.store, now_of(appt).episode, &e, &err), err);
	return e;
}

static int64_t tasks(const char *where)
{
	char *sql = mem_printf("SELECT count(*) FROM task WHERE %s", where);
	int64_t n = clinic_count(&b.c, sql);

	mem_free(sql);
	return n;
}

#define LETTER                                                                                     \
	"state = 'open' AND text LIKE 'Discharge letter: did not attend %' AND for_user ="         \
	" (SELECT id FROM user WHERE name = 'j.marsh')"

static int seen(struct id id, enum outcome outcome, enum end_reason reason, struct date review)
{
	struct after_ask after = { .outcome = outcome, .reason = reason, .review = review };
	struct mark_ask ask = { .after = &after };

	desk_tick(&b.c.desk);
	return booking_mark(&b.c.desk, id, APPT_SEEN, &ask, &err);
}

static int missed(struct id id, enum outcome outcome, bool ring)
{
	struct after_ask after = { .outcome = outcome,
				   .reason = outcome == OUTCOME_DISCHARGE ? END_DNA : END_NONE,
				   .ring = ring };
	struct mark_ask ask = { .after = &after };

	desk_tick(&b.c.desk);
	return booking_mark(&b.c.desk, id, APPT_DNA, &ask, &err);
}

static void undo(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
}

static int to_finish(struct id clinician)
{
	struct desk_rows rows = { 0 };
	int n;

	ck_ok(after_unfinished(&b.c.desk, clinician, &rows, &err), err);
	ck_ok(finish_count(b.c.store, clinician, b.c.desk.today, &n, &err), err);
	ck_assert_uint_eq(rows.n, n);
	desk_rows_done(&rows);
	return n;
}

START_TEST(seen_by_reception_is_on_the_clinicians_list_until_they_finish_it)
{
	struct id id = open_in_room();
	struct after_ask goals = { .outcome = OUTCOME_DISCHARGE, .reason = END_GOALS };

	clinic_sit(&b.c, "p.shah");
	ck_assert_int_eq(to_finish(b.marsh), 0);
	ck_ok(booking_mark(&b.c.desk, id, APPT_SEEN, NULL, &err), err);
	ck_assert_int_eq(to_finish(b.marsh), 1);
	ck_assert_int_eq(to_finish(b.obi), 0);
	ck_refused(after_record(&b.c.desk, id, &goals, &err), err, ERR_DENIED);
	clinic_sit(&b.c, "r.adeyemi"); /* nor is it for another clinician */
	ck_refused(after_record(&b.c.desk, id, &goals, &err), err, ERR_DENIED);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(after_record(&b.c.desk, id, &goals, &err), err);
	ck_assert_int_eq(to_finish(b.marsh), 0);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_DISCHARGE);
	undo();
	ck_assert_int_eq(to_finish(b.marsh), 1);
	ck_assert_int_eq(now_of(id).state, APPT_SEEN);
	booked_close(&b);
}
END_TEST

START_TEST(discharged_closes_the_episode_with_its_reason_and_one_undo_takes_all_back)
{
	struct id id = open_in_room();
	char before[65], after[65];
	char *code;

	clinic_sit(&b.c, "j.marsh");
	clinic_digest(&b.c, before);
	ck_ok(seen(id, OUTCOME_DISCHARGE, END_IMPROVED, DATE_NONE), err);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_DISCHARGE);
	ck_assert_str_eq(episode_of(id).state, "closed");
	ck_assert_int_eq(episode_of(id).reason, END_IMPROVED);
	code = booked_text(&b, "SELECT outcome_code FROM appointment WHERE state = 'S'");
	ck_assert_str_eq(code, "1");
	mem_free(code);
	undo();
	ck_assert_int_eq(now_of(id).state, APPT_IN_ROOM);
	ck_assert_str_eq(episode_of(id).state, "open");
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_NONE);
	clinic_digest(&b.c, after);
	ck_assert_str_ne(before, after); /* what was done and undone stays in the history */
	booked_close(&b);
}
END_TEST

START_TEST(nobody_is_discharged_who_is_booked_to_come)
{
	struct id id = open_in_room();

	clinic_sit(&b.c, "j.marsh");
	book_at(b.okafor, next_thu(10, 40), MODE_FACE);
	ck_refused(seen(id, OUTCOME_DISCHARGE, END_GOALS, DATE_NONE), err, ERR_CLASH);
	ck_assert_int_eq(now_of(id).state, APPT_IN_ROOM);
	/* And who is booked already needs no task to be booked again. */
	ck_ok(seen(id, OUTCOME_REBOOK, END_NONE, DATE_NONE), err);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_AGAIN);
	ck_assert_int_eq(tasks("1"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_discharge_says_why_and_a_review_says_when)
{
	struct id id = open_in_room();

	clinic_sit(&b.c, "j.marsh");
	ck_refused(seen(id, OUTCOME_DISCHARGE, END_NONE, DATE_NONE), err, ERR_INPUT);
	ck_refused(seen(id, OUTCOME_REVIEW, END_NONE, DATE_NONE), err, ERR_INPUT);
	ck_refused(seen(id, OUTCOME_REVIEW, END_NONE, b.c.desk.today), err, ERR_INPUT);
	ck_refused(seen(id, OUTCOME_OFFER, END_NONE, DATE_NONE), err, ERR_INPUT);
	ck_assert_int_eq(now_of(id).state, APPT_IN_ROOM);
	booked_close(&b);
}
END_TEST

START_TEST(to_be_booked_again_is_a_task_until_a_booking_answers_it)
{
	struct id id = open_in_room(), next;

	clinic_sit(&b.c, "j.marsh");
	ck_ok(seen(id, OUTCOME_REBOOK, END_NONE, DATE_NONE), err);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_REBOOK);
	ck_assert_int_eq(tasks("kind = 'rebook' AND state = 'open' AND for_role = 'reception'"), 1);
	clinic_sit(&b.c, "p.shah");
	next = book_at(b.okafor, next_thu(10, 40), MODE_FACE);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_AGAIN);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	ck_assert_int_eq(tasks("state = 'done' AND outcome = 'booked'"), 1);
	/* One undo takes the booking and its answer back. */
	undo();
	ck_assert_int_eq(now_of(next).state, APPT_CANCELLED);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_REBOOK);
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_review_keeps_its_day_on_the_episode_and_a_task_is_due_then)
{
	struct id id = open_in_room();
	struct date day = { b.c.desk.today.n + 42 };

	clinic_sit(&b.c, "j.marsh");
	ck_ok(seen(id, OUTCOME_REVIEW, END_NONE, day), err);
	ck_assert_int_eq(episode_of(id).review_by.n, day.n);
	char *due = booked_text(&b, "SELECT due FROM task WHERE kind = 'review'");

	ck_assert_int_eq(moment_date((struct moment){ atoll(due) }).n, day.n);
	mem_free(due);
	undo();
	ck_assert(date_none(episode_of(id).review_by));
	ck_assert_int_eq(tasks("state = 'withdrawn'"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(an_outcome_that_a_booking_stands_on_is_taken_back_after_it)
{
	struct id id = open_in_room();

	clinic_sit(&b.c, "j.marsh");
	ck_ok(seen(id, OUTCOME_REBOOK, END_NONE, DATE_NONE), err);
	world_pass(&b.c.world, 60);
	clinic_sit(&b.c, "p.shah");
	book_at(b.okafor, next_thu(10, 40), MODE_FACE);
	clinic_sit(&b.c, "j.marsh");
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_CLASH);
	ck_refused(booking_undo(&b.c.desk, id, NULL, 0, &err), err, ERR_CLASH);
	ck_assert_int_eq(now_of(id).state, APPT_SEEN);
	booked_close(&b);
}
END_TEST

START_TEST(who_missed_one_of_several_that_are_booked_is_nobodys_task)
{
	struct id id = open_missed();

	book_at(b.okafor, next_thu(10, 40), MODE_FACE);
	ck_ok(booking_mark(&b.c.desk, id, APPT_DNA, NULL, &err), err);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_AGAIN);
	ck_assert_int_eq(tasks("1"), 0);
	undo();
	/* Unless somebody wants to ring them. */
	ck_ok(missed(id, OUTCOME_OFFER, true), err);
	ck_assert_int_eq(tasks("kind = 'ring' AND state = 'open'"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(who_came_too_late_is_offered_another_time)
{
	struct id id = open_missed();

	ck_ok(booking_mark(&b.c.desk, id, APPT_LATE, NULL, &err), err);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_OFFER);
	ck_assert_int_eq(tasks("kind = 'rebook' AND state = 'open'"), 1);
	book_at(b.okafor, next_thu(10, 0), MODE_FACE);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(what_nobody_marked_on_its_day_is_to_finish_the_day_after)
{
	struct id id;

	booked_open(&b);
	id = book_at(b.okafor, thu(10, 0), MODE_FACE);
	ck_assert_int_eq(to_finish(b.marsh), 0);
	clock_at(next_thu(9, 0));
	ck_assert_int_eq(to_finish(b.marsh), 1);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(seen(id, OUTCOME_DISCHARGE, END_SELF, DATE_NONE), err);
	/* They came when they were to come, as far as anybody knows. */
	ck_assert_int_eq(now_of(id).arrived_at.utc, thu(10, 0).utc);
	ck_assert_str_eq(now_of(id).code, "5");
	ck_assert_int_eq(to_finish(b.marsh), 0);
	booked_close(&b);
}
END_TEST

START_TEST(who_did_not_attend_is_offered_more_and_is_somebodys_task)
{
	struct id id = open_missed();

	ck_ok(booking_mark(&b.c.desk, id, APPT_DNA, NULL, &err), err);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_OFFER);
	ck_assert_str_eq(episode_of(id).state, "open");
	ck_assert_int_eq(tasks("kind = 'rebook' AND state = 'open'"), 1);
	undo();
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	ck_assert_int_eq(now_of(id).state, APPT_BOOKED);
	ck_ok(missed(id, OUTCOME_OFFER, true), err);
	ck_assert_int_eq(tasks("kind = 'ring' AND state = 'open'"), 1);
	booked_close(&b);
}
END_TEST

/* Marked, and nothing more said. */
static void just_missed(struct id id)
{
	desk_tick(&b.c.desk);
	ck_ok(booking_mark(&b.c.desk, id, APPT_DNA, NULL, &err), err);
}

START_TEST(the_first_missed_is_offered_once_more_and_the_second_is_the_end)
{
	struct id id = open_missed(), next;

	just_missed(id);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_OFFER);
	ck_assert_str_eq(episode_of(id).state, "open");
	next = book_at(b.okafor, thu(12, 40), MODE_FACE);
	clock_at(thu(13, 0));
	just_missed(next);
	ck_assert_int_eq(now_of(next).outcome, OUTCOME_DISCHARGE);
	ck_assert_str_eq(episode_of(next).state, "closed");
	ck_assert_int_eq(episode_of(next).reason, END_DNA);
	ck_assert_int_eq(tasks(LETTER), 1);
	/* As one act: taken back, nothing of it is left. */
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_str_eq(episode_of(next).state, "open");
	ck_assert_int_eq(tasks(LETTER), 0);
	booked_close(&b);
}
END_TEST

START_TEST(the_second_missed_is_no_end_while_another_time_is_booked_or_a_flag_is_open)
{
	struct id id = open_missed(), next, later;

	just_missed(id);
	next = book_at(b.okafor, thu(12, 40), MODE_FACE);
	later = book_at(b.okafor, next_thu(10, 40), MODE_FACE);
	clock_at(thu(13, 0));
	just_missed(next);
	ck_assert_str_eq(episode_of(next).state, "open");
	ck_assert_int_eq(tasks(LETTER), 0);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(booking_cancel(&b.c.desk, later, CANCEL_PERSON, "ill", &err), err);
	booked_sql(&b, "INSERT INTO flag (id, scope, person, service, kind, raised_at, raised_by,"
		       " spoke, state) SELECT 950, scope, id, (SELECT id FROM service WHERE code ="
		       " 'PHYSIO'), 'R', 1, 1, 0, 'open' FROM person WHERE surname = 'OKAFOR'");
	just_missed(next);
	ck_assert_str_eq(episode_of(next).state, "open");
	ck_assert_int_eq(now_of(next).outcome, OUTCOME_OFFER);
	booked_sql(&b, "DELETE FROM flag");
	booked_close(&b);
}
END_TEST

START_TEST(the_second_missed_appointment_says_that_discharge_is_due)
{
	struct id id = open_missed(), next;
	struct missed m;

	ck_ok(after_missed(&b.c.desk, id, &m, &err), err);
	ck_assert_int_eq(m.nth, 1);
	ck_assert(!m.discharge);
	ck_ok(missed(id, OUTCOME_OFFER, false), err);
	next = book_at(b.okafor, thu(12, 40), MODE_FACE);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	clock_at(thu(13, 0));
	ck_ok(after_missed(&b.c.desk, next, &m, &err), err);
	ck_assert_int_eq(m.nth, 2);
	ck_assert(m.discharge);
	ck_ok(missed(next, OUTCOME_DISCHARGE, false), err);
	ck_assert_str_eq(episode_of(next).state, "closed");
	ck_assert_int_eq(episode_of(next).reason, END_DNA);
	/* The letter is left to do, for whom they were to see. */
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	ck_assert_int_eq(tasks(LETTER), 1);
	booked_close(&b);
}
END_TEST

START_TEST(who_came_after_all_is_no_longer_to_be_rung)
{
	struct id id = open_missed();
	enum appt_state dna = APPT_DNA;
	struct mark_ask over = { .base = &dna };

	ck_ok(missed(id, OUTCOME_OFFER, true), err);
	ck_ok(booking_mark(&b.c.desk, id, APPT_ARRIVED, &over, &err), err);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_NONE);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	undo();
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_OFFER);
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	/* Discharged for it, the episode is open again. */
	undo();
	ck_ok(missed(id, OUTCOME_DISCHARGE, false), err);
	ck_assert_str_eq(episode_of(id).state, "closed");
	ck_ok(booking_mark(&b.c.desk, id, APPT_ARRIVED, &over, &err), err);
	ck_assert_str_eq(episode_of(id).state, "open");
	booked_close(&b);
}
END_TEST

static struct id open_task(void)
{
	char *text = booked_text(&b, "SELECT id FROM task WHERE state = 'open'");
	struct id id = { strtoll(text, NULL, 10) };

	mem_free(text);
	return id;
}

START_TEST(who_was_spoken_to_and_not_booked_is_still_to_be_booked)
{
	struct id id = open_missed();

	ck_ok(missed(id, OUTCOME_OFFER, true), err);
	ck_ok(task_done(&b.c.desk, open_task(), "spoke", "rings back", &err), err);
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	ck_assert_int_eq(tasks("state = 'open' AND kind = 'rebook' AND for_role = 'reception'"
			       " AND text = 'Rung: spoke: rings back, and nothing is booked yet'"),
			 1);
	undo();
	ck_assert_int_eq(tasks("state = 'open' AND kind = 'ring'"), 1);
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	/* What is booked leaves nothing. */
	book_at(b.okafor, thu(12, 40), MODE_FACE);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(who_wants_no_other_time_is_the_clinicians_to_discharge)
{
	static const struct after_ask gone = { .outcome = OUTCOME_DISCHARGE,
					       .reason = END_DNA,
					       .review = DATE_NONE,
					       .overrule = true };
	struct id id = open_missed(), task;

	ck_ok(missed(id, OUTCOME_OFFER, false), err);
	task = open_task();
	ck_refused(task_done(&b.c.desk, task, "booked", NULL, &err), err, ERR_CLASH);
	ck_ok(task_done(&b.c.desk, task, "not_wanted", NULL, &err), err);
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	ck_assert_int_eq(tasks("state = 'open' AND for_user = (SELECT id FROM user WHERE"
			       " name = 'j.marsh')"),
			 1);
	clinic_sit(&b.c, "j.marsh");
	ck_refused(task_done(&b.c.desk, open_task(), "not_wanted", NULL, &err), err, ERR_CLASH);
	ck_ok(after_record(&b.c.desk, id, &gone, &err), err);
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	ck_assert_int_eq(tasks(LETTER), 1);
	ck_assert_str_eq(episode_of(id).state, "closed");
	booked_close(&b);
}
END_TEST

START_TEST(a_private_missed_appointment_is_the_task_of_its_own_desk_alone)
{
	struct booking_ask ask;
	struct missed m;
	struct id id;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	ask = (struct booking_ask){
		.person = b.okafor, .service = b.couns, .clinician = b.kelly, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	clinic_sit(&b.c, "p.shah");
	clock_at(thu(10, 20));
	ck_ok(after_missed(&b.c.desk, id, &m, &err), err);
	ck_assert(m.private_);
	ck_assert_int_eq(m.nth, 0);
	ck_refused(missed(id, OUTCOME_DISCHARGE, false), err, ERR_DENIED);
	ck_assert_int_eq(now_of(id).state, APPT_BOOKED);
	ck_ok(missed(id, OUTCOME_OFFER, false), err);
	ck_assert_int_eq(tasks("for_role = 'counsellor' AND service IS NOT NULL"), 1);
	ck_assert_int_eq(tasks("for_role = 'reception'"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(an_outcome_that_somebody_recorded_is_named_before_it_is_overruled)
{
	struct id id = open_in_room();
	struct after_ask goals = { .outcome = OUTCOME_DISCHARGE, .reason = END_GOALS };

	clinic_sit(&b.c, "j.marsh");
	ck_ok(seen(id, OUTCOME_REBOOK, END_NONE, DATE_NONE), err);
	ck_refused(after_record(&b.c.desk, id, &goals, &err), err, ERR_CLASH);
	goals.overrule = true;
	ck_ok(after_record(&b.c.desk, id, &goals, &err), err);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	ck_assert_str_eq(episode_of(id).state, "closed");
	undo();
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	ck_assert_int_eq(now_of(id).outcome, OUTCOME_REBOOK);
	booked_close(&b);
}
END_TEST

START_TEST(an_episode_opened_since_keeps_the_discharge_closed)
{
	struct after_ask again = { .outcome = OUTCOME_REBOOK, .overrule = true };
	struct id id = open_in_room();

	clinic_sit(&b.c, "j.marsh");
	ck_ok(seen(id, OUTCOME_DISCHARGE, END_GOALS, DATE_NONE), err);
	world_pass(&b.c.world, 60);
	clinic_sit(&b.c, "p.shah");
	book_at(b.okafor, next_thu(10, 0), MODE_FACE);
	clinic_sit(&b.c, "j.marsh");
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_CLASH);
	/* Nor by overruling it. */
	ck_refused(after_record(&b.c.desk, id, &again, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

START_TEST(a_call_without_an_answer_sets_the_next_and_the_last_sets_none)
{
	struct attempt a;
	struct tries tries = { 0 };
	struct id id;

	booked_open(&b);
	id = book_at(b.okafor, thu(10, 0), MODE_PHONE);
	clock_at(thu(10, 0));
	ck_ok(attempt(&b.c.desk, id, (struct id){ 0 }, TRY_NO_ANSWER, &a, &err), err);
	ck_assert_int_eq(a.nth, 1);
	ck_assert_int_eq(a.again.utc, thu(10, 30).utc);
	ck_assert(!a.last);
	undo();
	ck_ok(attempts_of(&b.c.desk, id, (struct id){ 0 }, &tries, &err), err);
	ck_assert_uint_eq(tries.n, 0);
	clock_at(thu(10, 5));
	ck_ok(attempt(&b.c.desk, id, (struct id){ 0 }, TRY_NO_ANSWER, &a, &err), err);
	ck_assert_int_eq(a.nth, 1);
	clock_at(thu(10, 36));
	ck_ok(attempt(&b.c.desk, id, (struct id){ 0 }, TRY_NO_ANSWER, &a, &err), err);
	ck_assert_int_eq(a.nth, 2);
	ck_assert(a.last);
	ck_assert(moment_none(a.again));
	booked_close(&b);
}
END_TEST

START_TEST(who_was_spoken_to_is_in_the_room_and_one_undo_takes_both_back)
{
	struct attempt a;
	struct id id;

	booked_open(&b);
	id = book_at(b.okafor, thu(10, 0), MODE_PHONE);
	clock_at(thu(10, 0));
	ck_ok(attempt(&b.c.desk, id, (struct id){ 0 }, TRY_SPOKE, &a, &err), err);
	ck_assert_int_eq(now_of(id).state, APPT_IN_ROOM);
	undo();
	ck_assert_int_eq(now_of(id).state, APPT_BOOKED);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM try WHERE state = 'on'"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(a_ring_task_is_put_off_until_the_next_call)
{
	struct id id = open_missed(), task = { 0 };
	struct attempt a;
	char *text;

	ck_ok(missed(id, OUTCOME_OFFER, true), err);
	text = booked_text(&b, "SELECT id FROM task WHERE kind = 'ring'");
	task.n = atoll(text);
	mem_free(text);
	ck_ok(attempt(&b.c.desk, (struct id){ 0 }, task, TRY_NO_ANSWER, &a, &err), err);
	ck_assert_int_eq(a.nth, 1);
	text = booked_text(&b, "SELECT due FROM task WHERE kind = 'ring'");
	ck_assert_int_eq(atoll(text), a.again.utc);
	mem_free(text);
	undo();
	text = booked_text(&b, "SELECT due FROM task WHERE kind = 'ring'");
	ck_assert_int_lt(atoll(text), a.again.utc);
	mem_free(text);
	booked_close(&b);
}
END_TEST

START_TEST(only_a_call_today_about_a_call_is_tried)
{
	struct attempt a;
	struct id face, later;

	booked_open(&b);
	face = book_at(b.okafor, thu(10, 0), MODE_FACE);
	later = book_at(b.ellis, next_thu(10, 0), MODE_PHONE);
	ck_refused(attempt(&b.c.desk, face, (struct id){ 0 }, TRY_SPOKE, &a, &err), err, ERR_INPUT);
	ck_refused(attempt(&b.c.desk, later, (struct id){ 0 }, TRY_SPOKE, &a, &err), err,
		   ERR_INPUT);
	booked_close(&b);
}
END_TEST

START_TEST(what_came_of_a_private_appointment_is_told_to_nobody_else)
{
	struct booking_ask ask;
	struct desk_row row;
	struct trail trail = { 0 };
	struct id id;
	bool recorded = false;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	ask = (struct booking_ask){
		.person = b.okafor, .service = b.couns, .clinician = b.kelly, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	clock_at(thu(10, 0));
	ck_ok(booking_mark(&b.c.desk, id, APPT_IN_ROOM, NULL, &err), err);
	ck_ok(seen(id, OUTCOME_DISCHARGE, END_WORSE, DATE_NONE), err);
	clinic_sit(&b.c, "p.shah");
	ck_ok(desk_appt(&b.c.desk, id, &row, &err), err);
	ck_assert_int_eq(row.row.a.outcome, OUTCOME_NONE);
	ck_ok(desk_history(&b.c.desk, id, &trail, &err), err);
	list_each (step, &trail) {
		ck_assert_ptr_null(strstr(step->what, "discharged"));
		ck_assert_str_eq(step->why, "");
		recorded = recorded || strcmp(step->what, "outcome recorded") == 0;
	}
	ck_assert(recorded);
	list_free(&trail);
	booked_close(&b);
}
END_TEST

START_TEST(who_is_booked_on_leave_is_a_task_until_moved_and_its_undo_takes_it_back)
{
	struct date day = moment_date(next_thu(10, 0));
	struct move_ask to = { .starts = thu(12, 40) };
	struct id id, other, leave;

	booked_open(&b);
	id = book_at(b.okafor, next_thu(10, 0), MODE_FACE);
	other = book_at(b.ellis, next_thu(12, 40), MODE_FACE);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(diary_leave(&b.c.desk, b.marsh, day, day, "ill", NULL, &leave, &err), err);
	ck_assert_int_eq(tasks("kind = 'rebook' AND state = 'open' AND for_role = 'reception'"), 2);
	undo();
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
	ck_ok(diary_leave(&b.c.desk, b.marsh, day, day, "ill", NULL, &leave, &err), err);
	ck_assert_int_eq(tasks("state = 'open'"), 2);
	clinic_sit(&b.c, "p.shah");
	ck_ok(booking_move(&b.c.desk, id, &to, &err), err);
	ck_assert_int_eq(tasks("state = 'open'"), 1);
	ck_assert_int_eq(tasks("state = 'done' AND outcome = 'booked'"), 1);
	ck_assert_int_eq(now_of(other).state, APPT_BOOKED);
	booked_close(&b);
}
END_TEST

START_TEST(a_private_one_who_is_hit_is_the_task_of_its_own_desk)
{
	struct booking_ask ask;
	struct id id;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	ask = (struct booking_ask){
		.person = b.okafor, .service = b.couns, .clinician = b.kelly, .starts = thu(10, 0)
	};
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(diary_block(&b.c.desk, b.kelly, thu(9, 0), thu(12, 0), "ill", NULL, &err), err);
	ck_assert_int_eq(tasks("for_role = 'counsellor' AND service IS NOT NULL"), 1);
	ck_assert_int_eq(tasks("1"), 1);
	ck_ok(diary_unblock(&b.c.desk, b.kelly, thu(9, 0), thu(12, 0), &err), err);
	ck_assert_int_eq(tasks("state = 'open'"), 0);
	booked_close(&b);
}
END_TEST

/* What one change by hand must lead to. */
static const struct {
	const char *sql, *found;
} breaches[] = {
	{ "UPDATE appointment SET outcome = 'again' WHERE state = 'B'",
	  "has an outcome that its state cannot have" },
	{ "UPDATE appointment SET outcome = NULL, outcome_code = NULL WHERE state = 'D'",
	  "has an outcome that its state cannot have" },
	{ "UPDATE appointment SET outcome_code = '2' WHERE state = 'S'",
	  "bears an outcome code that is not its outcome's" },
	{ "DELETE FROM task WHERE kind = 'rebook'", "one more offer is nobody's task" },
	{ "UPDATE task SET state = 'withdrawn' WHERE kind = 'review'",
	  "is to be booked again, which is nobody's task" },
	{ "UPDATE task SET state = 'done', outcome = 'spoke', done_at = 1, done_by = opened_by"
	  " WHERE kind = 'rebook'",
	  "is open, nothing is booked, and nobody is to see to it" },
	{ "UPDATE episode SET reason = 'goals'", "is open and says why it ended" },
	{ "UPDATE appointment SET outcome = 'discharge', outcome_code = '1' WHERE state = 'S'",
	  "is open after a discharge" },
	{ "UPDATE try SET appt = NULL", "is about no call" },
};

static void note(void *ctx, const char *sentence)
{
	buf_printf(ctx, "%s\n", sentence);
}

START_TEST(store_check_finds_each_breach_of_what_comes_after)
{
	struct date day;
	struct attempt a;
	struct id seen_one, missed_one, call;
	char *path;

	booked_open(&b);
	day = (struct date){ b.c.desk.today.n + 30 };
	seen_one = book_at(b.okafor, thu(10, 0), MODE_FACE);
	missed_one = book_at(b.ellis, thu(10, 40), MODE_FACE);
	call = book_at(b.webb, thu(12, 40), MODE_PHONE);
	ck_ok(booking_mark(&b.c.desk, seen_one, APPT_IN_ROOM, NULL, &err), err);
	clock_at(thu(12, 40));
	ck_ok(booking_mark(&b.c.desk, missed_one, APPT_DNA, NULL, &err), err);
	ck_ok(attempt(&b.c.desk, call, (struct id){ 0 }, TRY_NO_ANSWER, &a, &err), err);
	clinic_sit(&b.c, "j.marsh");
	ck_ok(seen(seen_one, OUTCOME_REVIEW, END_NONE, day), err);
	path = mem_printf("%s/spoilt.db", b.c.folder);
	for (size_t i = 0; i < sizeof breaches / sizeof *breaches; i++) {
		struct buf found = { 0 };
		struct clinic spoilt = { 0 };
		struct booked other = b;

		ck_ok(store_copy(b.c.store, path, &err), err);
		snprintf(other.c.path, sizeof other.c.path, "%s", path);
		booked_sql(&other, "PRAGMA foreign_keys = OFF");
		booked_sql(&other, breaches[i].sql);
		ck_ok(store_open(path, 0, &spoilt.store, &err), err);
		ck_ok(check_after(spoilt.store, note, &found, &err), err);
		ck_assert_msg(found.s && strstr(found.s, breaches[i].found), "%s found: %s",
			      breaches[i].sql, found.s ? found.s : "nothing");
		buf_done(&found);
		store_close(spoilt.store);
		remove(path);
	}
	mem_free(path);
	booked_close(&b);
}
END_TEST

TEST_MAIN("after", seen_by_reception_is_on_the_clinicians_list_until_they_finish_it,
	  discharged_closes_the_episode_with_its_reason_and_one_undo_takes_all_back,
	  nobody_is_discharged_who_is_booked_to_come, a_discharge_says_why_and_a_review_says_when,
	  to_be_booked_again_is_a_task_until_a_booking_answers_it,
	  a_review_keeps_its_day_on_the_episode_and_a_task_is_due_then,
	  an_outcome_that_a_booking_stands_on_is_taken_back_after_it,
	  who_missed_one_of_several_that_are_booked_is_nobodys_task,
	  who_came_too_late_is_offered_another_time,
	  what_nobody_marked_on_its_day_is_to_finish_the_day_after,
	  who_did_not_attend_is_offered_more_and_is_somebodys_task,
	  the_second_missed_appointment_says_that_discharge_is_due,
	  the_first_missed_is_offered_once_more_and_the_second_is_the_end,
	  the_second_missed_is_no_end_while_another_time_is_booked_or_a_flag_is_open,
	  who_came_after_all_is_no_longer_to_be_rung,
	  who_was_spoken_to_and_not_booked_is_still_to_be_booked,
	  who_wants_no_other_time_is_the_clinicians_to_discharge,
	  a_private_missed_appointment_is_the_task_of_its_own_desk_alone,
	  an_outcome_that_somebody_recorded_is_named_before_it_is_overruled,
	  an_episode_opened_since_keeps_the_discharge_closed,
	  a_call_without_an_answer_sets_the_next_and_the_last_sets_none,
	  who_was_spoken_to_is_in_the_room_and_one_undo_takes_both_back,
	  a_ring_task_is_put_off_until_the_next_call, only_a_call_today_about_a_call_is_tried,
	  who_is_booked_on_leave_is_a_task_until_moved_and_its_undo_takes_it_back,
	  what_came_of_a_private_appointment_is_told_to_nobody_else,
	  a_private_one_who_is_hit_is_the_task_of_its_own_desk,
	  store_check_finds_each_breach_of_what_comes_after)
