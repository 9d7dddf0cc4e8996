/* Booking: what may be booked, what is refused and in what words, what a slot can hold. */
#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/cap.h"
#include "clinic/needs.h"
#include "clinic/refs.h"
#include "store/appts.h"
#include "store/episodes.h"
#include "store/slots.h"
#include "suite.h"

static struct booked b;
static struct err err;

static void open_all(void)
{
	booked_open(&b);
	err_clear(&err);
}

static struct booking_ask ask_for(struct id person, struct moment starts)
{
	return (struct booking_ask){
		.person = person, .service = b.physio, .clinician = b.marsh, .starts = starts
	};
}

static struct id book(struct booking_ask ask)
{
	struct id id = { 0 };

	desk_tick(&b.c.desk);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static struct appt_row now_of(struct id appt)
{
	struct appt_row r;

	ck_ok(appt_get(b.c.store, appt, &r, &err), err);
	return r;
}

#define refused(ask, why, words)                                                                   \
	do {                                                                                       \
		struct booking_ask ask_ = (ask);                                                   \
		struct id none_ = { 0 };                                                           \
		desk_tick(&b.c.desk);                                                              \
		ck_assert_int_eq(booking_book(&b.c.desk, &ask_, &none_, &err), -1);                \
		ck_assert_msg(err.kind == (why), "otherwise: %s", err.text);                       \
		ck_assert_msg(strstr(err.text, words), "not in these words: %s", err.text);        \
		ck_assert(id_none(none_));                                                         \
		err_clear(&err);                                                                   \
	} while (0)

START_TEST(a_free_slot_is_booked_and_confirmed)
{
	open_all();
	struct id id = book(ask_for(b.okafor, thu(10, 0)));
	struct appt_row r = now_of(id);
	struct episode e;

	ck_assert_int_eq(r.a.state, APPT_BOOKED);
	ck_assert_str_eq(r.a.code, "0");
	ck_assert_int_eq(r.a.kind, APPT_NEW);
	ck_assert_int_eq(r.a.mins, 40);
	ck_assert_str_eq(r.surname, "OKAFOR");
	ck_assert(id_same(r.a.site, b.ngt));
	ck_assert_str_eq(ref_room(&b.c.desk, r.a.room)->code, "NGT-1");
	/* No episode was there, so one was opened; five working days from Thursday is Thursday. */
	ck_ok(episode_get(b.c.store, r.a.episode, &e, &err), err);
	ck_assert_str_eq(e.number, "MSK-26-N0001");
	ck_assert_str_eq(e.state, "open");
	ck_assert_int_eq(e.target.n - e.received.n, 7);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(a_slot_cannot_be_booked_twice)
{
	open_all();
	book(ask_for(b.okafor, thu(10, 0)));
	refused(ask_for(b.ellis, thu(10, 0)), ERR_CLASH,
		"That slot was just taken.  Enter: next free.  Nearest free: Thu 12-Mar-2026 10:40.");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM episode"), 1);
	booked_close(&b);
}
END_TEST

START_TEST(new_takes_two_follow_up_slots)
{
	open_all();
	struct id id = book(ask_for(b.okafor, thu(10, 40)));
	struct slots owned = { 0 };

	ck_ok(slots_of_appt(b.c.store, id, &owned, &err), err);
	ck_assert_uint_eq(owned.n, 2);
	ck_assert_int_eq(owned.v[0].starts.utc, thu(10, 40).utc);
	ck_assert_int_eq(owned.v[1].starts.utc, thu(11, 0).utc);
	list_free(&owned);
	/* One follow-up slot is left, too short for another first attendance. */
	refused(ask_for(b.ellis, thu(11, 20)), ERR_CLASH,
		"20 minutes free at 11:20 and 40 are needed");
	booked_close(&b);
}
END_TEST

START_TEST(the_rest_of_the_last_slot_is_given_up)
{
	open_all();
	struct booking_ask ask = ask_for(b.okafor, thu(10, 40));

	ask.mins = 25;
	struct id id = book(ask);

	ck_assert_int_eq(now_of(id).a.mins, 25);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 2);
	booked_close(&b);
}
END_TEST

START_TEST(a_person_cannot_be_in_two_places)
{
	open_all();
	struct booking_ask other = ask_for(b.okafor, thu(10, 30));

	book(ask_for(b.okafor, thu(10, 0)));
	other.service = b.ohn;
	other.clinician = b.adeyemi;
	refused(other, ERR_CLASH, "OKAFOR is booked then: 10:00 Physio, Marsh, Northgate.");
	booked_close(&b);
}
END_TEST

START_TEST(another_site_on_the_same_day_is_a_warning)
{
	open_all();
	struct booking_ask there = ask_for(b.okafor, thu(14, 0));

	there.clinician = b.obi;
	book(there);
	struct booking_ask here = {
		.person = b.okafor, .service = b.ohn, .clinician = b.adeyemi, .starts = thu(10, 0)
	};

	book(here);
	ck_assert_str_eq(b.c.desk.warning,
			 "OKAFOR is also at Harbour that day: 14:00 Physio, Obi.");
	booked_close(&b);
}
END_TEST

START_TEST(a_clash_with_a_private_service_does_not_name_it)
{
	open_all();
	clinic_sit(&b.c, "s.kelly");
	book((struct booking_ask){ .person = b.okafor,
				   .service = b.couns,
				   .clinician = b.kelly,
				   .starts = thu(10, 0) });
	clinic_sit(&b.c, "p.shah");
	refused(ask_for(b.okafor, thu(10, 0)), ERR_CLASH,
		"OKAFOR is booked then: 10:00 Private, Kelly, Northgate.");
	booked_close(&b);
}
END_TEST

START_TEST(a_private_service_is_booked_by_its_own_desk)
{
	open_all();
	refused(((struct booking_ask){ .person = b.okafor,
				       .service = b.couns,
				       .clinician = b.kelly,
				       .starts = thu(10, 0) }),
		ERR_DENIED, "its own desk: ask there");
	clinic_sit(&b.c, "m.doyle");
	refused(ask_for(b.okafor, thu(10, 0)), ERR_DENIED, "manager");
	booked_close(&b);
}
END_TEST

START_TEST(the_past_cannot_be_booked)
{
	open_all();
	world_pass(&b.c.world, 20 * 60);
	refused(ask_for(b.okafor, thu(10, 0)), ERR_INPUT, "Thu 12-Mar-2026 10:00 has passed");
	booked_close(&b);
}
END_TEST

START_TEST(a_closed_day_says_why)
{
	open_all();
	refused(ask_for(b.okafor, (struct moment){ thu(10, 0).utc + 3 * 86400 }), ERR_INPUT,
		"Marsh has no session on Sun 15-Mar-2026.");
	refused(ask_for(b.okafor, (struct moment){ thu(9, 0).utc + 22 * 86400 }), ERR_INPUT,
		"Fri 03-Apr-2026 is Good Friday: Northgate is closed.");
	booked_sql(&b,
		   "INSERT INTO leave SELECT 1, id, 20524, 20524, 'leave', 'on' FROM clinician"
		   " WHERE code = 'marsh'; UPDATE slot SET state = 'leave' WHERE day = 20524 AND"
		   " clinician = (SELECT id FROM clinician WHERE code = 'marsh')");
	refused(ask_for(b.okafor, thu(10, 0)), ERR_INPUT, "Marsh is on leave");
	booked_close(&b);
}
END_TEST

START_TEST(a_time_that_cannot_be_booked_says_what_it_is)
{
	open_all();
	refused(ask_for(b.okafor, thu(11, 40)), ERR_INPUT,
		"11:40 is CATCH-UP in the diary of Marsh.");
	refused(ask_for(b.okafor, thu(10, 10)), ERR_INPUT,
		"No slot of Marsh starts at 10:10.  Nearest free: Thu 12-Mar-2026 10:00.");
	struct booking_ask other = ask_for(b.okafor, thu(10, 0));

	other.service = b.ohn;
	refused(other, ERR_INPUT, "Marsh sees nobody for OH nurse at 10:00.");
	booked_close(&b);
}
END_TEST

START_TEST(rapid_access_waits_for_its_release_unless_rapid)
{
	open_all();
	/* An external customer's person waits until it opens to all. */
	refused(ask_for(b.kestrel, next_thu(12, 0)), ERR_INPUT,
		"12:00 is kept for rapid access until Wed 18-Mar-2026 12:00.");
	/* A first attendance of an NHS employer's is what it is kept for; a follow-up waits. */
	book(ask_for(b.okafor, thu(10, 0)));
	refused(ask_for(b.okafor, next_thu(12, 0)), ERR_INPUT, "kept for rapid access");
	book(ask_for(b.ellis, next_thu(12, 0)));
	/* Today's has opened to all. */
	book(ask_for(b.kestrel, thu(12, 0)));
	booked_close(&b);
}
END_TEST

START_TEST(lapsed_registration_is_refused_and_a_near_end_warned_of)
{
	open_all();
	booked_sql(&b, "UPDATE clinician SET reg_until = 20525 WHERE code = 'marsh'");
	refs_free(b.c.desk.refs);
	ck_ok(refs_load(b.c.store, &b.c.desk.refs, &err), err);
	refused(ask_for(b.okafor, next_thu(10, 0)), ERR_INPUT,
		"The HCPC registration of Marsh ends on 13-Mar-2026: choose another clinician.");
	book(ask_for(b.okafor, thu(10, 0)));
	ck_assert_str_eq(b.c.desk.warning, "The HCPC registration of Marsh ends on 13-Mar-2026.");
	booked_close(&b);
}
END_TEST

START_TEST(leavers_and_the_deceased_are_not_booked)
{
	open_all();
	booked_sql(&b, "UPDATE person SET status = 'leaver' WHERE surname = 'ELLIS';"
		       "UPDATE person SET status = 'deceased' WHERE surname = 'WEBB'");
	refused(ask_for(b.ellis, thu(10, 0)), ERR_INPUT, "leaver");
	refused(ask_for(b.webb, thu(10, 0)), ERR_INPUT, "deceased");
	refused(ask_for((struct id){ 77 }, thu(10, 0)), ERR_MISSING, "no person");
	booked_close(&b);
}
END_TEST

START_TEST(a_mode_that_is_not_offered_is_refused)
{
	open_all();
	struct booking_ask ask = { .person = b.okafor,
				   .service = b.ohn,
				   .clinician = b.adeyemi,
				   .starts = thu(10, 0),
				   .mode = MODE_VIDEO };

	refused(ask, ERR_INPUT, "video is not offered by OH nurse: choose face phone.");
	ask.mode = MODE_PHONE;
	ck_assert_int_eq(now_of(book(ask)).a.mode, MODE_PHONE);
	booked_close(&b);
}
END_TEST

START_TEST(new_is_the_first_attendance_and_what_never_happened_does_not_count)
{
	open_all();
	struct id first = book(ask_for(b.okafor, thu(10, 0)));
	struct id second = book(ask_for(b.okafor, thu(10, 40)));

	ck_assert_int_eq(now_of(second).a.kind, APPT_FU);
	ck_assert_int_eq(now_of(second).a.mins, 20);
	ck_assert(id_same(now_of(first).a.episode, now_of(second).a.episode));
	ck_ok(booking_cancel(&b.c.desk, second, CANCEL_PERSON, "away", &err), err);
	ck_ok(booking_cancel(&b.c.desk, first, CANCEL_PERSON, "away", &err), err);
	ck_assert_int_eq(now_of(book(ask_for(b.okafor, thu(10, 0)))).a.kind, APPT_NEW);
	booked_close(&b);
}
END_TEST

START_TEST(a_follow_up_is_not_booked_before_the_first_attendance)
{
	open_all();
	book(ask_for(b.okafor, thu(12, 40)));
	refused(ask_for(b.okafor, thu(10, 40)), ERR_INPUT,
		"The first appointment is on Thu 12-Mar-2026 12:40: move that one, or book after it.");
	booked_close(&b);
}
END_TEST

START_TEST(a_follow_up_takes_no_slot_for_first_attendances)
{
	open_all();
	book(ask_for(b.okafor, thu(10, 0)));
	refused(ask_for(b.okafor, thu(12, 40)), ERR_INPUT,
		"12:40 is kept for first attendances.  Nearest free: Thu 12-Mar-2026 12:00.");
	booked_close(&b);
}
END_TEST

/* What the lead said, among the tasks of who asked. */
#define TOLD                                                                                       \
	"SELECT count(*) FROM task t JOIN user u ON u.id = t.for_user WHERE u.name = 'p.shah'"     \
	" AND t.kind = 'message' AND t.state = 'open'"

/* Nobody goes beyond it before more are agreed to, the lead neither; who, why and how many is kept.
 */
START_TEST(beyond_the_cap_nobody_books_before_the_lead_has_agreed)
{
	struct id episode;

	open_all();
	booked_sql(&b, "UPDATE service SET cap = 1 WHERE code = 'PHYSIO'");
	refs_free(b.c.desk.refs);
	ck_ok(refs_load(b.c.store, &b.c.desk.refs, &err), err);
	book(ask_for(b.okafor, thu(10, 0)));
	refused(ask_for(b.okafor, thu(10, 40)), ERR_INPUT,
		"The cap of 1 is used: ask the lead for more.");
	episode.n = clinic_count(&b.c, "SELECT id FROM episode");
	ck_ok(cap_ask(&b.c.desk, episode, 1, "knee still swollen", &err), err);
	refused(ask_for(b.okafor, thu(10, 40)), ERR_INPUT,
		"The cap of 1 is used; more are asked for: the lead answers.");
	/* It is the lead's answer, not the desk's own. */
	ck_assert_int_eq(cap_answer(&b.c.desk, episode, true, 0, "well", &err), -1);
	ck_assert_int_eq(err.kind, ERR_DENIED);
	err_clear(&err);
	booked_sql(&b,
		   "INSERT INTO user_right SELECT 1, id, 'lead', NULL, NULL, 'on' FROM user WHERE"
		   " name = 'r.adeyemi'");
	clinic_sit(&b.c, "r.adeyemi");
	refused(ask_for(b.okafor, thu(10, 40)), ERR_INPUT,
		"The cap of 1 is used; more are asked for: the lead answers.");
	ck_ok(cap_answer(&b.c.desk, episode, false, 0, "exercises at home", &err), err);
	ck_assert_int_eq(clinic_count(&b.c, TOLD), 1);
	/* Taken back, nobody is told of it any more. */
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, TOLD), 0);
	ck_ok(cap_answer(&b.c.desk, episode, true, 0, "one more is fair", &err), err);
	ck_assert_int_eq(clinic_count(&b.c, TOLD), 1);
	clinic_sit(&b.c, "p.shah");
	book(ask_for(b.okafor, thu(10, 40)));
	refused(ask_for(b.okafor, thu(11, 0)), ERR_INPUT,
		"The cap of 2 is used: ask the lead for more.");
	/* The lead by themselves: one step, and as much on the record. */
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(cap_answer(&b.c.desk, episode, true, 2, "new job", &err), err);
	book(ask_for(b.okafor, thu(11, 0)));
	char *kept = booked_text(
		&b, "SELECT group_concat(more || ' ' || words || ', ' || answer || ', ' ||"
		    " (SELECT name FROM user WHERE id = x.user), '; ') FROM extension x"
		    " WHERE state = 'agreed'");

	ck_assert_str_eq(kept, "1 knee still swollen, one more is fair, r.adeyemi;"
			       " 2 new job, new job, r.adeyemi");
	mem_free(kept);
	booked_close(&b);
}
END_TEST

START_TEST(overbooking_needs_the_right_a_reason_and_room_under_the_cap)
{
	open_all();
	struct booking_ask over = ask_for(b.ellis, thu(10, 0));

	over.over_why = "pain, cannot wait";
	book(ask_for(b.okafor, thu(10, 0)));
	refused(over, ERR_DENIED, "p.shah may not overbook");
	booked_sql(&b, "INSERT INTO user_right SELECT 1, id, 'overbook', NULL, NULL, 'on' FROM user"
		       " WHERE name = 'p.shah'");
	clinic_sit(&b.c, "p.shah");
	over.over_why = " ";
	refused(over, ERR_INPUT, "reason");
	over.over_why = "pain, cannot wait";
	over.starts = thu(10, 40);
	refused(over, ERR_INPUT, "That time is free");
	over.starts = (struct moment){ thu(10, 0).utc + 86400 };
	refused(over, ERR_INPUT, "no session");
	over.starts = thu(10, 0);
	struct appt_row r = now_of(book(over));

	ck_assert(!id_none(r.a.over_by));
	ck_assert_str_eq(r.a.over_why, "pain, cannot wait");
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 1);
	over.person = b.webb;
	book(over);
	/* Two a day is what Marsh takes. */
	over.person = b.kestrel;
	refused(over, ERR_CLASH, "Marsh has 2 overbooked that day");
	booked_close(&b);
}
END_TEST

START_TEST(an_overbooked_one_cannot_be_in_another_session_s_room)
{
	open_all();
	booked_sql(&b, "INSERT INTO user_right SELECT 1, id, 'overbook', NULL, NULL, 'on' FROM user"
		       " WHERE name = 'p.shah'; UPDATE block SET room = (SELECT id FROM room WHERE"
		       " code = 'NGT-1'), starts = starts + 4 * 3600, ends = ends + 4 * 3600 WHERE"
		       " clinician = (SELECT id FROM clinician WHERE code = 'adeyemi');"
		       " UPDATE slot SET starts = starts + 4 * 3600 WHERE"
		       " clinician = (SELECT id FROM clinician WHERE code = 'adeyemi')");
	clinic_sit(&b.c, "p.shah");
	struct booking_ask over = ask_for(b.okafor, thu(14, 0));

	over.over_why = "squeeze in";
	refused(over, ERR_CLASH, "room 1 is used by Adeyemi then");
	booked_close(&b);
}
END_TEST

START_TEST(a_slot_of_another_node_is_only_asked_for)
{
	open_all();
	booked_sql(&b,
		   "UPDATE slot SET holder = 2 WHERE clinician = (SELECT id FROM clinician WHERE"
		   " code = 'obi')");
	struct booking_ask ask = ask_for(b.okafor, thu(14, 0));

	ask.clinician = b.obi;
	struct appt_row r = now_of(book(ask));

	ck_assert_int_eq(r.a.state, APPT_REQUESTED);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM slot WHERE appt IS NOT NULL"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(trying_writes_nothing)
{
	open_all();
	struct booking_ask ask = ask_for(b.okafor, thu(10, 0));
	char before[65], after[65];

	clinic_digest(&b.c, before);
	ck_ok(booking_try(&b.c.desk, &ask, &err), err);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	ask.starts = thu(11, 40);
	ck_refused(booking_try(&b.c.desk, &ask, &err), err, ERR_INPUT);
	booked_close(&b);
}
END_TEST

/* What physio asks of a room from now on; Marsh's has it not, unless said so. */
static void physio_needs(const char *words)
{
	char *sql = mem_printf("UPDATE service SET room = '%s' WHERE code = 'PHYSIO'", words);

	booked_sql(&b, sql);
	mem_free(sql);
	ck_ok(desk_refresh(&b.c.desk, &err), err);
}

/* What a list of times for physio says of its first. */
static const char *said_of_first(enum mode mode)
{
	struct search s = { .service = b.physio, .clinician = b.marsh, .kind = APPT_NEW };
	const struct needing who = { .mode = mode };
	struct places places = { 0 };
	const char **without, *first;

	ck_ok(search_slots(&b.c.desk, &s, &places, &err), err);
	ck_ok(needs_of_places(&b.c.desk, &who, &places, &without, &err), err);
	ck_assert_uint_gt(places.n, 0);
	first = without[0];
	mem_free(without);
	list_free(&places);
	return first;
}

START_TEST(a_move_to_a_room_that_fails_the_service_is_marked_and_said)
{
	struct move_ask move = { .starts = next_thu(10, 0), .by = CANCEL_PERSON };
	struct booking_ask ask;
	struct id appt;

	open_all();
	ask = ask_for(b.okafor, thu(10, 0));
	appt = book(ask);
	ck_assert_str_eq(b.c.desk.warning, "");
	physio_needs("quiet covered_glass");
	ck_assert_str_eq(said_of_first(MODE_FACE), "no covered glass");
	ck_assert_ptr_null(said_of_first(MODE_PHONE));
	ck_ok(booking_move(&b.c.desk, appt, &move, &err), err);
	ck_assert_ptr_nonnull(
		strstr(b.c.desk.warning, "needs it: Northgate, room 1 has no covered glass."));
	physio_needs("quiet step_free");
	ck_assert_ptr_null(said_of_first(MODE_FACE));
	b.c.desk.warning[0] = '\0';
	move.starts = next_thu(12, 40);
	ck_ok(booking_move(&b.c.desk, appt, &move, &err), err);
	ck_assert_str_eq(b.c.desk.warning, "");
	booked_close(&b);
}
END_TEST

TEST_MAIN("booking", a_free_slot_is_booked_and_confirmed, a_slot_cannot_be_booked_twice,
	  new_takes_two_follow_up_slots, the_rest_of_the_last_slot_is_given_up,
	  a_person_cannot_be_in_two_places, another_site_on_the_same_day_is_a_warning,
	  a_clash_with_a_private_service_does_not_name_it,
	  a_private_service_is_booked_by_its_own_desk, the_past_cannot_be_booked,
	  a_closed_day_says_why, a_time_that_cannot_be_booked_says_what_it_is,
	  rapid_access_waits_for_its_release_unless_rapid,
	  lapsed_registration_is_refused_and_a_near_end_warned_of,
	  leavers_and_the_deceased_are_not_booked, a_mode_that_is_not_offered_is_refused,
	  new_is_the_first_attendance_and_what_never_happened_does_not_count,
	  a_follow_up_is_not_booked_before_the_first_attendance,
	  a_follow_up_takes_no_slot_for_first_attendances,
	  beyond_the_cap_nobody_books_before_the_lead_has_agreed,
	  overbooking_needs_the_right_a_reason_and_room_under_the_cap,
	  an_overbooked_one_cannot_be_in_another_session_s_room,
	  a_slot_of_another_node_is_only_asked_for, trying_writes_nothing,
	  a_move_to_a_room_that_fails_the_service_is_marked_and_said)
