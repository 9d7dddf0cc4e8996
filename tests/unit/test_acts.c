/*
 * test_acts.c: what is promised of every act alike.  Each act of the table is done once, by the
 * functions that people's desks call; their captured effects are then taken back, and the commands
 * run again as another node would run them: from their arguments alone.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/again.h"
#include "clinic/attempt.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/clash.h"
#include "clinic/closing.h"
#include "clinic/contact.h"
#include "clinic/diary.h"
#include "clinic/esr.h"
#include "clinic/forms.h"
#include "clinic/holder.h"
#include "clinic/intake.h"
#include "clinic/message.h"
#include "clinic/nodes.h"
#include "clinic/offer.h"
#include "clinic/pairs.h"
#include "clinic/publish.h"
#include "clinic/questionnaire.h"
#include "clinic/record.h"
#include "clinic/referral.h"
#include "clinic/running.h"
#include "clinic/series.h"
#include "clinic/signin.h"
#include "clinic/task.h"
#include "clinic/wait.h"
#include "diaries.h"
#include "esr_files.h"
#include "giving.h"
#include "store/db.h"
#include "store/effect.h"
#include "store/journal.h"
#include "store/people.h"
#include "suite.h"

static struct booked b;
static struct err err;

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

static void undo(void)
{
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
}

static struct id book(struct id person, struct id clinician, struct moment starts)
{
	struct booking_ask ask = {
		.person = person, .service = b.physio, .clinician = clinician, .starts = starts
	};
	struct id id = { 0 };

	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static void mark(struct id appt, enum appt_state to)
{
	tick();
	ck_ok(booking_mark(&b.c.desk, appt, to, NULL, &err), err);
}

/* add edit secret people person_set person_merge person_apart */
static void plain_records(void)
{
	const char *site[8] = { "PLE", "Poole", "E" }, *name[8] = { NULL, "Poole Quay" };
	struct intake_form form = { 0 }, change = { 0 };
	struct id id = { 0 }, person = { 0 }, pair[2];

	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("site"), site, &id, &err), err);
	ck_ok(record_set(&b.c.desk, record_find("site"), id, name, &err), err);
	undo();
	ck_ok(signin_set_secret(&b.c.desk, "p.shah", "correct horse battery", false, &err), err);
	form.v[IN_SURNAME] = "Silva";
	form.v[IN_GIVEN] = "Paulo";
	form.v[IN_MOBILE] = "07700 900123";
	ck_ok(intake_add(&b.c.desk, &form, (struct id){ 0 }, false, &person, &err), err);
	change.v[IN_GIVEN] = "Paolo";
	change.v[IN_MOBILE] = "07700 900124";
	change.v[IN_HOME] = "07700 900001";
	ck_ok(intake_set(&b.c.desk, person, &change, NULL, &err), err);
	undo();
	undo();
	for (int i = 0; i < 2; i++) {
		form.v[IN_NEEDS] = "bsl";
		form.v[IN_FORMER] = "Souza";
		form.v[IN_SAY] = "name";
		form.v[IN_MOBILE_VOICEMAIL] = "no";
		ck_ok(intake_add(&b.c.desk, &form, (struct id){ 0 }, true, &pair[i], &err), err);
	}
	ck_ok(pairs_apart(&b.c.desk, pair[0], pair[1], &err), err);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(pairs_merge(&b.c.desk, pair[0], pair[1], "came twice", &err), err);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(pairs_merge(&b.c.desk, pair[1], pair[0], "the other way", &err), err);
}

/* book move cancel restore arrive room seen dna late */
static void appointments(void)
{
	struct move_ask where = { .starts = thu(12, 40) };
	struct id first, second, third;

	clinic_sit(&b.c, "p.shah");
	first = book(b.okafor, b.marsh, thu(10, 0));
	ck_ok(booking_move(&b.c.desk, first, &where, &err), err);
	second = book(b.ellis, b.marsh, thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, second, CANCEL_PERSON, "ill", &err), err);
	undo();
	third = book(b.webb, b.marsh, thu(10, 40));
	mark(first, APPT_ARRIVED);
	mark(first, APPT_IN_ROOM);
	mark(first, APPT_SEEN);
	undo();
	book(b.kestrel, b.marsh, next_thu(10, 0));
	undo();
	world_pass(&b.c.world, 2 * 3600);
	mark(second, APPT_DNA);
	mark(third, APPT_LATE);
}

/* offered; and what a booking and a move carry of it */
static void offers(void)
{
	struct offer_made made[2] = { { .site = b.ngt,
					.clinician = b.marsh,
					.starts = next_thu(10, 40),
					.mode = MODE_PHONE,
					.became = OFFER_DECLINED },
				      { .site = b.ngt,
					.clinician = b.marsh,
					.starts = next_thu(11, 0),
					.became = OFFER_BOOKED } };
	struct offers_made said = { made, 2, 2 }, one = { made, 1, 1 };
	struct booking_ask ask = { .person = b.kestrel,
				   .service = b.physio,
				   .clinician = b.obi,
				   .starts = next_thu(10, 0),
				   .said = &said };
	struct move_ask where = { .starts = next_thu(10, 20), .said = &said };
	struct appt_row r;
	struct id id = { 0 };

	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(booking_move(&b.c.desk, id, &where, &err), err);
	ck_ok(appt_get(b.c.store, id, &r, &err), err);
	ck_ok(offers_record(&b.c.desk, r.a.episode, &one, &err), err);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_ERROR, "not wanted", &err), err);
}

/* outcome outcome_back answered answered_back try try_back running; an outcome that is overruled */
static void what_follows(void)
{
	enum appt_state dna = APPT_DNA;
	struct after_ask goals = { .outcome = OUTCOME_DISCHARGE, .reason = END_GOALS },
			 again = { .outcome = OUTCOME_REBOOK, .overrule = true };
	struct mark_ask over = { .base = &dna };
	struct booking_ask call = { .starts = thu(14, 0), .mode = MODE_PHONE };
	struct attempt a;
	struct id id;

	clinic_sit(&b.c, "j.marsh");
	id = book(b.kestrel, b.marsh, thu(12, 0));
	world_pass(&b.c.world, 1800);
	mark(id, APPT_DNA);
	ck_ok(booking_mark(&b.c.desk, id, APPT_ARRIVED, &over, &err), err);
	mark(id, APPT_SEEN);
	ck_ok(after_record(&b.c.desk, id, &goals, &err), err);
	undo();
	ck_ok(after_record(&b.c.desk, id, &goals, &err), err);
	ck_ok(after_record(&b.c.desk, id, &again, &err), err);
	book(b.kestrel, b.marsh, next_thu(10, 40));
	undo();
	ck_ok(running_say(&b.c.desk, b.marsh, 20, &err), err);
	ck_ok(running_say(&b.c.desk, b.marsh, 0, &err), err);
	undo();
	call.person = b.ellis;
	call.service = b.physio;
	call.clinician = b.obi;
	tick();
	ck_ok(booking_book(&b.c.desk, &call, &id, &err), err);
	ck_ok(attempt(&b.c.desk, id, (struct id){ 0 }, TRY_NO_ANSWER, &a, &err), err);
	undo();
}

/* message message_mark message_reply */
static void messages(void)
{
	struct id appt, message;
	char said[120];

	clinic_sit(&b.c, "p.shah");
	appt = book(b.kestrel, b.marsh, next_thu(10, 40));
	message.n = clinic_count(&b.c, "SELECT max(id) FROM message");
	tick();
	ck_ok(message_phone(&b.c.desk, message, &err), err);
	undo();
	ck_ok(message_cancel(&b.c.desk, message, "she is here", &err), err);
	ck_ok(message_remind(&b.c.desk, appt, &err), err);
	undo();
	ck_ok(message_reply(&b.c.desk, "07700 900123", "stop", said, sizeof said, &err), err);
}

/* template_add _off _end _reopen, publish withdraw, leave leave_end, block unblock, rebook
 * rebook_over */
static void diaries(void)
{
	struct date day = day_of(2026, 3, 25), hit_day;
	struct id id;

	clinic_sit(&b.c, "a.root");
	a_template(&b.c, "marsh", "HBR", "", "PHYSIO", 1, "08:30 FU 20x3, ADMIN 20 letters");
	undo();
	id = a_template(&b.c, "marsh", "HBR", "", "PHYSIO", 2, "08:30 FU 20x3, ADMIN 20 letters");
	publish_all(&b.c, id);
	undo();
	publish_all(&b.c, id);
	ck_ok(template_end(&b.c.desk, id, day, NULL, &err), err);
	undo();
	/* Closed over people of several employers: each is told of in a command of its own. */
	hit_day = moment_date(next_thu(0, 0));
	clinic_sit(&b.c, "p.shah");
	book(b.kestrel, b.marsh, next_thu(11, 20));
	book(b.okafor, b.marsh, next_thu(11, 0));
	clinic_sit(&b.c, "a.root");
	ck_ok(diary_leave(&b.c.desk, b.marsh, hit_day, hit_day, "away", NULL, NULL, &err), err);
	undo();
	ck_ok(diary_block(&b.c.desk, b.marsh, wall_moment(day, 510), wall_moment(day, 540), "talk",
			  NULL, &err),
	      err);
	undo();
}

/* task_add _withdraw _done _hand _later _note _restore */
static void tasks(void)
{
	struct task_ask ask = { .kind = TASK_RING,
				.person = b.okafor,
				.text = "Ring about shifts" };
	struct task_for nurse;
	struct id id, message;

	clinic_sit(&b.c, "p.shah");
	tick();
	ck_ok(task_for_parse(&b.c.desk, "nurse@all", &nurse, &err), err);
	ck_ok(task_for_parse(&b.c.desk, "reception", &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, &id, &err), err);
	undo();
	ck_ok(task_add(&b.c.desk, &ask, &id, &err), err);
	ck_ok(task_note(&b.c.desk, id, "rings after four", &err), err);
	tick();
	ck_ok(task_later(&b.c.desk, id, thu(16, 0), "asleep now", &err), err);
	ck_ok(task_hand(&b.c.desk, id, &nurse, "asks about tablets", &err), err);
	undo();
	ck_ok(task_done(&b.c.desk, id, "spoke", "comes on Monday", &err), err);
	ask.kind = TASK_MESSAGE;
	ck_ok(task_for_parse(&b.c.desk, "r.adeyemi", &ask.to, &err), err);
	ck_ok(task_add(&b.c.desk, &ask, &message, &err), err);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(task_done(&b.c.desk, message, "answered", "I shall", &err), err);
	undo();
	ck_ok(task_done(&b.c.desk, message, "answered", "I shall, today", &err), err);
}

/* form_use: a form is opened to be filled in for the first time */
static void forms(void)
{
	struct form_found f;

	clinic_sit(&b.c, "p.shah");
	tick();
	ck_ok(forms_open(&b.c.desk, "rap_physio_self", &f, &err), err);
	form_found_done(&f);
}

static struct id refer(struct id person, bool agreed)
{
	static const struct flag_wish red = { .kind = FLAG_RED, .words = "both legs: unsure" };
	struct referral_ask ask = { .person = person,
				    .service = b.physio,
				    .type = REF_SELF,
				    .urgency = -1,
				    .agreed = agreed ? b.c.desk.today : DATE_NONE,
				    .anew = true,
				    .flags = &red,
				    .nflags = agreed ? 0 : 1 };
	struct id id = { 0 };

	tick();
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	return id;
}

static const char *a_file(void)
{
	static char path[200];
	FILE *f;

	snprintf(path, sizeof path, "%s/fit_note.pdf", b.c.folder);
	f = fopen(path, "w");
	ck_assert(f && fputs("%PDF-1.4 unfit for lifting", f) >= 0 && fclose(f) == 0);
	return path;
}

/* referral_add _comment _reply _agree _withdraw _attach _back, reach reach_back, to_book_end
 * to_book_back */
static void referrals(void)
{
	struct reached reached;
	struct decide_ask accept = { .priority = 2, .papers = "gp", .suggested = 3 };
	struct id id, other;

	clinic_sit(&b.c, "p.shah");
	id = refer(b.webb, true);
	undo();
	id = refer(b.webb, true);
	ck_ok(referral_comment(&b.c.desk, id, "asks for an early time", false, &err), err);
	ck_ok(referral_attach(&b.c.desk, id, a_file(), NULL, &err), err);
	undo();
	other = refer(b.kestrel, true);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	undo();
	ck_ok(triage_decide(&b.c.desk, id, &accept, &err), err);
	tick();
	ck_ok(referral_reply(&b.c.desk, id, "letter of the GP", true, &err), err);
	for (int i = 0; i < 3; i++)
		ck_ok(to_book_tried(&b.c.desk, id, REACH_NO_ANSWER, &reached, &err), err);
	ck_assert(reached.last);
	undo();
	ck_ok(to_book_end(&b.c.desk, id, END_UNREACHED, &err), err);
	undo();
	ck_ok(referral_withdraw(&b.c.desk, id, "feels better", &err), err);
	undo();
	ck_ok(referral_withdraw(&b.c.desk, id, "feels better", &err), err);
	ck_ok(triage_query(&b.c.desk, other, "employee", "since when?", &err), err);
	undo();
	ck_ok(triage_query(&b.c.desk, other, "employee", "since when?", &err), err);
	ck_ok(triage_send(&b.c.desk, other, b.hbr, NULL, &err), err);
	ck_ok(triage_escalate(&b.c.desk, other, "does not sleep", &err), err);
	ck_ok(triage_redirect(&b.c.desk, other, "gp", "chronic", &err), err);
	undo();
	ck_ok(triage_return(&b.c.desk, other, "no consent form", &err), err);
	ck_ok(referral_reply(&b.c.desk, other, NULL, true, &err), err);
	ck_ok(triage_decline(&b.c.desk, other, "left the employer", &err), err);
}

/* wait_add _set _end _back, wait_try _try_back _answer */
static void waiting(void)
{
	struct id slot, had;
	struct moment until;
	bool offered;
	struct wait_ask ask = { .wish = { .sites = "hbr", .from = DATE_NONE } };
	struct id appt, wait;

	clinic_sit(&b.c, "p.shah");
	appt = book(b.okafor, b.obi, next_thu(10, 20));
	ask.episode.n = clinic_count(&b.c, "SELECT episode FROM booking ORDER BY appt DESC");
	ck_ok(wait_add(&b.c.desk, &ask, &wait, &err), err);
	undo();
	ck_ok(wait_add(&b.c.desk, &ask, &wait, &err), err);
	ask.wish.days = 1 << 3;
	ck_ok(wait_set(&b.c.desk, wait, &ask, &err), err);
	undo();
	ck_ok(booking_cancel(&b.c.desk, appt, CANCEL_PERSON, "ill", &err), err);
	ck_ok(wait_remove(&b.c.desk, wait, "found another clinic", &err), err);
	undo();
	slot = slot_at(&b.c, "obi", next_thu(10, 20));
	ck_ok(wait_tried(&b.c.desk, wait, slot, WAIT_SAID_NO, "works then", &err), err);
	undo();
	ck_ok(wait_text(&b.c.desk, wait, slot, &until, &err), err);
	undo();
	ck_ok(wait_text(&b.c.desk, wait, slot, &until, &err), err);
	ck_ok(wait_reply(&b.c.desk, b.okafor, false, &offered, &had, &err), err);
	undo();
	ck_ok(wait_reply(&b.c.desk, b.okafor, true, &offered, &had, &err), err);
	ck_assert(offered);
	undo();
}

/* contact_add contact_set */
static void contacts(void)
{
	struct contact_ask ask = { .name = "Jones, Pat", .phone = "07700 900123" },
			   more = { .told = "booked dna", .role = "hr" };
	const struct customer *wvh = NULL;
	struct id id = { 0 };

	clinic_sit(&b.c, "p.shah");
	tick();
	ck_ok(find_customer(&b.c.desk, "WVH", &wvh, &err), err);
	ck_ok(contact_add(&b.c.desk, wvh->id, &ask, &id, &err), err);
	ck_ok(contact_change(&b.c.desk, id, &more, &err), err);
	undo();
}

static int took(struct form_found *f, struct id person, const char *text, struct id *id)
{
	struct answers a = { 0 };
	struct judged *j = mem_new(sizeof *j);
	struct intake_form_ask ask = { .by = { f, &a, j },
				       .person = person,
				       .service = b.physio,
				       .due = b.c.desk.now,
				       .anew = true };
	int rc = answers_read(&f->paper, "test", text, strlen(text), b.c.desk.today, &a, &err);

	form_judge(&f->paper, &a, j);
	if (rc == 0)
		rc = id_none(*id) ? referral_take(&b.c.desk, &ask, id, &err)
				  : referral_answer(&b.c.desk, *id, &ask.by, &err);
	answers_end(&a);
	mem_free(j);
	return rc;
}

/* referral_answer triage_form */
static void answered_in_pieces(void)
{
	static const char begun[] = "[answers]\nwhere = k\nsince = 2026-03-01\n";
	static const char whole[] = "[answers]\nwhere = k\nsince = 2026-03-01\nhow = l\npain = 6\n"
				    "weaker = n\nunwell = n\nfall = n\noff_work = n\n"
				    "consent_assess = y\nconsent_gp = y\nphone = 07700900418\n";
	static const char flagged[] = "[answers]\nwhere = k\nfall = y\n";
	struct form_found f;
	struct id id = { 0 }, other = { 0 };
	bool booked;

	clinic_sit(&b.c, "p.shah");
	tick();
	ck_ok(forms_open(&b.c.desk, "rap_physio_self", &f, &err), err);
	ck_ok(took(&f, b.webb, begun, &id), err);
	undo();
	id = (struct id){ 0 };
	ck_ok(took(&f, b.webb, begun, &id), err);
	ck_ok(took(&f, b.webb, whole, &id), err);
	undo();
	ck_ok(took(&f, b.webb, whole, &id), err);
	ck_ok(referral_by_its_form(&b.c.desk, id, &booked, &err), err);
	ck_assert(booked);
	undo();
	ck_ok(referral_by_its_form(&b.c.desk, id, &booked, &err), err);
	ck_ok(took(&f, b.ellis, begun, &other), err);
	ck_ok(took(&f, b.ellis, flagged, &other), err);
	form_found_done(&f);
}

/* flag_raise flag_call flag_told flag_taken flag_plan flag_clear flag_back, referral_agree */
static void flags(void)
{
	struct call_ask silent = { .result = TRY_NO_ANSWER },
			spoke = { .result = TRY_SPOKE, .ed = true, .words = "to ED" };
	struct flag_ask risk = { .person = b.ellis, .service = b.physio, .kind = FLAG_RISK };
	struct flag_rows rows = { 0 };
	struct moment next;
	struct id id;

	clinic_sit(&b.c, "p.shah");
	id = refer(b.ellis, false);
	ck_ok(referral_agree(&b.c.desk, id, DATE_NONE, GP_YES, &err), err);
	ck_ok(flag_list(&b.c.desk, (struct id){ 0 }, &rows, &err), err);
	ck_ok(flag_tell(&b.c.desk, rows.v[0].f.id, "R. Adeyemi, duty", &err), err);
	undo();
	list_free(&rows);
	clinic_sit(&b.c, "r.adeyemi");
	ck_ok(flag_raise(&b.c.desk, &risk, NULL, &err), err);
	undo();
	ck_ok(flag_list(&b.c.desk, (struct id){ 0 }, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_ok(flag_take(&b.c.desk, rows.v[0].f.id, &err), err);
	undo();
	ck_ok(flag_plan(&b.c.desk, rows.v[0].f.id, "rings her sister", &err), err);
	undo();
	ck_ok(flag_ring(&b.c.desk, rows.v[0].f.id, &silent, &next, &err), err);
	undo();
	ck_ok(flag_ring(&b.c.desk, rows.v[0].f.id, &silent, &next, &err), err);
	ck_ok(flag_ring(&b.c.desk, rows.v[0].f.id, &spoke, &next, &err), err);
	ck_ok(flag_clear(&b.c.desk, rows.v[0].f.id, "scan clear", &err), err);
	undo();
	ck_ok(flag_clear(&b.c.desk, rows.v[0].f.id, "scan clear", &err), err);
	list_free(&rows);
	answered_in_pieces();
}

/* esr_rows esr_file esr_differ */
static void staff(void)
{
	const char *vpd[8] = { [6] = "123" };
	struct intake_form form = { .v = { [IN_SURNAME] = "Typed" } };
	struct trust trust;
	char path[300];
	const char *file = path;
	const struct esr_import want = { .files = &file, .n = 1 };
	struct esr_open_differences list = { 0 };
	struct ids ids = { 0 };
	struct id wvh;

	clinic_sit(&b.c, "a.root");
	ck_ok(record_by_code(&b.c.desk, record_find("customer"), "WVH", &wvh, &err), err);
	ck_ok(record_set(&b.c.desk, record_find("customer"), wvh, vpd, &err), err);
	trust_open(&trust, 123, 4, 1);
	trust.quiet = true;
	snprintf(trust.people.v[0].surname, sizeof trust.people.v[0].surname, "Quilliam");
	trust_full(&trust, b.c.folder, 20260310, path, sizeof path);
	ck_ok(esr_import(&b.c.desk, &want, &err), err);
	ck_ok(people_by_name(b.c.store, "quilliam", "", 1, &ids, &err), err);
	ck_ok(intake_set(&b.c.desk, ids.v[0], &form, NULL, &err), err);
	trust.people.v[0].changed = true;
	trust.people.v[1].left = 20260301;
	trust.people.v[1].changed = true;
	trust_day(&trust, b.c.folder, 20260311, path, sizeof path);
	ck_ok(esr_import(&b.c.desk, &want, &err), err);
	ck_ok(esr_open_differences(&b.c.desk, 10, &list, &err), err);
	ck_assert_int_eq(list.n, 1);
	ck_ok(esr_settle(&b.c.desk, list.v[0].id, true, &err), err);
	undo();
	undo();
	list_free(&list);
	list_free(&ids);
	trust_close(&trust);
}

/* questionnaire questionnaire_off, on an open change of their own */
static void ask_them(struct id episode)
{
	struct form_found found;
	struct answers given = { 0 };

	ck_ok(forms_open(&b.c.desk, "gad7", &found, &err), err);
	for (int i = 0; i < 7; i++)
		ck_ok(answer_set(&found.paper, &given, i, "1", b.c.desk.today, &err), err);
	tick();
	ck_ok(questionnaire_fill(&b.c.desk, episode, &found, &given, &err), err);
	undo();
	ck_ok(questionnaire_fill(&b.c.desk, episode, &found, &given, &err), err);
	answers_end(&given);
	form_found_done(&found);
}

/* extend_ask extend_off extend_answer */
static void courses(void)
{
	const char *right[8] = { "s.kelly", "lead", "COUNS" };
	struct booking_ask first = { .person = b.webb,
				     .service = b.couns,
				     .clinician = b.kelly,
				     .starts = next_thu(11, 0),
				     .mode = MODE_VIDEO,
				     .no_room = true,
				     .call_back = "07700 900418",
				     .alone = true,
				     .why = "asked for a man" };
	struct id id = { 0 }, episode = { 0 };

	tick();
	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("right"), right, &id, &err), err);
	clinic_sit(&b.c, "s.kelly");
	tick();
	ck_ok(booking_book(&b.c.desk, &first, &id, &err), err);
	ck_ok(series_of(&b.c.desk, b.webb, b.couns, &episode, &err), err);
	ck_ok(cap_ask(&b.c.desk, episode, 2, "still off work", &err), err);
	undo();
	ck_ok(cap_ask(&b.c.desk, episode, 2, "still off work", &err), err);
	tick();
	ck_ok(cap_answer(&b.c.desk, episode, true, 0, "agreed", &err), err);
	undo();
	ck_ok(cap_answer(&b.c.desk, episode, false, 0, "not needed", &err), err);
	ask_them(episode);
}

/* day_close day_reopen */
static void closings(void)
{
	clinic_sit(&b.c, "p.shah");
	tick();
	ck_ok(closing_close(&b.c.desk, b.ngt, b.c.desk.today, "the lift is out", &err), err);
	undo();
	ck_ok(closing_close(&b.c.desk, b.ngt, b.c.desk.today, "the lift is out", &err), err);
}

static struct slot_list one(struct id *slot)
{
	return (struct slot_list){ slot, 1, 1 };
}

static void keep(void)
{
	int done;

	tick();
	ck_ok(holder_keep(&b.c.desk, &done, &err), err);
	ck_assert_int_eq(done, 1);
}

/* hold_give hold_revoke decide free follow settle: asked of this node by another, whose slots it
 * has taken over since */
static void holds(void)
{
	const char *node[8] = { "2", "H", "Harbour" }, *away[16] = { NULL };
	struct booking_ask ask = { .person = b.kestrel,
				   .service = b.ohn,
				   .clinician = b.adeyemi,
				   .starts = next_thu(10, 0) };
	struct clashes clashes = { 0 };
	struct id asked, his, id = { 0 };
	struct slot_list list = one(&asked);
	struct date day = moment_date(next_thu(0, 0));
	const struct record *clinicians = record_find("clinician");

	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("node"), node, &id, &err), err);
	asked = slot_at(&b.c, "adeyemi", ask.starts);
	ck_ok(hold_give(&b.c.desk, &list, 2, NULL, &err), err);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(hold_revoke(&b.c.desk, &list, 1, "the machine is gone", &err), err);
	keep();
	ck_ok(hold_revoke(&b.c.desk, &list, 2, "it is back", &err), err);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	ck_ok(hold_revoke(&b.c.desk, &list, 1, "the machine is gone", &err), err);
	keep();

	/* Asked for, and closed meanwhile: declined, on the list, settled. */
	ask.starts = next_thu(10, 30);
	ask.person = b.ellis;
	asked = slot_at(&b.c, "adeyemi", ask.starts);
	ck_ok(hold_give(&b.c.desk, &list, 2, NULL, &err), err);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(hold_revoke(&b.c.desk, &list, 1, "the machine is gone", &err), err);
	ck_ok(diary_block(&b.c.desk, b.adeyemi, ask.starts,
			  (struct moment){ ask.starts.utc + 1800 }, "talk", NULL, &err),
	      err);
	keep();
	ck_ok(clash_list(&b.c.desk, (struct id){ 0 }, 10, &clashes, &err), err);
	ck_assert_uint_eq(clashes.n, 1);
	ck_ok(clash_settle(&b.c.desk, clashes.v[0].id, "rang, Friday will do", &err), err);
	ck_refused(clash_settle(&b.c.desk, clashes.v[0].id, "again", &err), err, ERR_CLASH);
	undo();
	ck_ok(clash_settle(&b.c.desk, clashes.v[0].id, "rang, Friday will do", &err), err);
	list_free(&clashes);

	list = one(&his);
	his = slot_at(&b.c, "kelly", next_thu(10, 0));
	ck_ok(hold_give(&b.c.desk, &list, 2, NULL, &err), err);
	ck_ok(diary_leave(&b.c.desk, b.kelly, day, day, "away", NULL, NULL, &err), err);
	ck_ok(hold_revoke(&b.c.desk, &list, 1, "the machine is gone", &err), err);
	for (size_t i = 0; clinicians->columns[i].name; i++)
		if (strcmp(clinicians->columns[i].name, "node") == 0)
			away[i] = "2";
	ck_ok(record_set(&b.c.desk, clinicians, b.kelly, away, &err), err);
	keep();
}

/* node_gone, and hold_revoke for all that it held */
static void gone_machine(void)
{
	static const char key[] =
		"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIs0O+ATz9q984+v3tRCevQaNoshNadusvjhF4EMu06O";
	const char *number[] = { "3", "P", "Poole", NULL, key };
	struct gone_ask ask = { .number = "3", .why = "the disk died" };
	struct id slot = { 0 }, id = { 0 };
	struct slot_list list = one(&slot);
	struct gone gone;
	struct err no;

	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("node"), number, &id, &err), err);
	slot = slot_at(&b.c, "marsh", next_thu(12, 0));
	ck_ok(hold_give(&b.c.desk, &list, 3, NULL, &err), err);
	tick();
	ck_ok(node_gone(&b.c.desk, &ask, &gone, &err), err);
	ck_assert_int_eq(gone.held, 1);
	gone_done(&gone);
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &no), no, ERR_INPUT);
	/* Neither its key nor an excluded node comes back by the way. */
	ask.again = true;
	ask.key = key;
	ck_refused(node_gone(&b.c.desk, &ask, &gone, &err), err, ERR_INPUT);
	ask.key = NULL;
	ask.holds_to = 3;
	ck_ok(node_gone(&b.c.desk, &ask, &gone, &err), err);
	gone_done(&gone);
}

static void take_all_back(void)
{
	ck_ok(store_begin(b.c.store, &err), err);
	ck_ok(journal_take_back(b.c.store, &err), err);
	ck_ok(store_commit(b.c.store, &err), err);
}

static void run_again(const struct cmd *c)
{
	const struct act *act = act_find(c->type);
	struct txn t = { .store = b.c.store,
			 .origin = store_me(b.c.store)->node,
			 .actor = c->actor,
			 .at = c->at,
			 .act = c->act,
			 .cmd = c->history,
			 .reverses = c->reverses };
	void *args = NULL;
	int verdict;

	ck_ok(args_decode(&act->fields, c->args, c->args_n, &args, &err), err);
	ck_ok(journal_start(&t, &err), err);
	verdict = act->run(&t, args);
	ck_assert_msg(!txn_failed(&t), "%s: %s", c->type, t.err.text);
	ck_assert_str_eq(verdict_word((enum verdict)verdict), c->verdict);
	ck_ok(journal_end(&t, act->name, act->ver, c->args, c->args_n, (enum verdict)verdict, &err),
	      err);
	args_free(&act->fields, args);
}

/* Each of them, captured; the digest before them, and the number of the first. */
static int64_t all_acts(char before[65])
{
	int64_t first;

	booked_open(&b);
	booked_sql(&b, "INSERT INTO contact (id, scope, person, kind, value, text_ok, source, at,"
		       " state) SELECT 600000 + id, scope, id, 'mobile',"
		       " iif(scope = 'org:KES', '07700900123', '07700900777'), 1, 'desk', 1, 'on'"
		       " FROM person WHERE scope = 'org:KES' OR surname = 'OKAFOR'");
	clinic_digest(&b.c, before);
	first = store_me(b.c.store)->next_act;
	store_capture(b.c.store, true);
	plain_records();
	appointments();
	what_follows();
	offers();
	messages();
	diaries();
	staff();
	forms();
	tasks();
	referrals();
	waiting();
	contacts();
	flags();
	courses();
	closings();
	holds();
	gone_machine();
	return first;
}

START_TEST(every_act_is_taken_back_to_the_byte_and_runs_again_from_its_arguments_alone)
{
	char before[65], after[65], back[65], again[65];
	struct cmds list = { 0 };
	int64_t first = all_acts(before), last;

	clinic_digest(&b.c, after);
	last = store_me(b.c.store)->next_act;
	for (int64_t act = first; act <= last; act++)
		ck_ok(journal_act(b.c.store, act, &list, &err), err);
	for (const struct act *const *a = acts; *a; a++) {
		bool done = false;

		list_each (c, &list)
			done = done || strcmp(c->type, (*a)->name) == 0;
		ck_assert_msg(done, "the act %s is not done here: add it", (*a)->name);
	}

	take_all_back();
	clinic_digest(&b.c, back);
	ck_assert_str_eq(before, back);

	/* The clock, the desk and the references are as they are long after. */
	world_pass(&b.c.world, 400 * 86400);
	ck_ok(store_begin(b.c.store, &err), err);
	list_each (c, &list)
		run_again(c);
	ck_ok(store_commit(b.c.store, &err), err);
	clinic_digest(&b.c, again);
	ck_assert_str_eq(after, again);
	cmds_done(&list);
	store_capture(b.c.store, false);
	booked_close(&b);
}
END_TEST

/* What everybody has before a command, and how much somebody has more after it.  Who did not
 * attend, and stands there after all, has the time that was theirs. */
static void remember_times(void)
{
	booked_sql(&b, "DROP TABLE IF EXISTS had; DROP TABLE IF EXISTS lived;"
		       "CREATE TABLE had AS SELECT id, appt FROM slot WHERE appt IS NOT NULL;"
		       "CREATE TABLE lived AS SELECT id, clinician, starts FROM appointment"
		       " WHERE state NOT IN ('X', 'R', 'P')");
}

static int64_t times_given(void)
{
	return clinic_count(
		&b.c, "SELECT (SELECT count(*) FROM slot s WHERE appt IS NOT NULL AND NOT EXISTS"
		      " (SELECT 1 FROM had WHERE had.id = s.id AND had.appt = s.appt)) +"
		      " (SELECT count(*) FROM appointment a WHERE state NOT IN ('X', 'R', 'P')"
		      " AND NOT EXISTS (SELECT 1 FROM lived l WHERE l.id = a.id AND"
		      " l.clinician = a.clinician AND l.starts = a.starts))");
}

START_TEST(no_act_gives_a_time_but_those_that_are_tried_against_flags)
{
	bool gave[GIVING] = { false };
	struct cmds list = { 0 };
	char before[65];
	int64_t first = all_acts(before);

	for (int64_t act = first; act <= store_me(b.c.store)->next_act; act++)
		ck_ok(journal_act(b.c.store, act, &list, &err), err);
	take_all_back();
	list_each (c, &list) {
		int nth = giving_act(c->type);

		remember_times();
		ck_ok(store_begin(b.c.store, &err), err);
		run_again(c);
		ck_ok(store_commit(b.c.store, &err), err);
		if (times_given() == 0)
			continue;
		ck_assert_msg(nth >= 0,
			      "%s gives somebody a time: name it in giving.c, and try it"
			      " against flags in test_flag_routes.c",
			      c->type);
		gave[nth] = true;
	}
	for (int i = 0; i < GIVING; i++)
		ck_assert_msg(gave[i], "%s is not seen to give a time", giving_acts[i]);
	booked_sql(&b, "DROP TABLE had; DROP TABLE lived");
	cmds_done(&list);
	store_capture(b.c.store, false);
	booked_close(&b);
}
END_TEST

/* What a command wrote of people's rows is all of one scope, which it names: so a node that may not
 * see it is given none of it, and who may is given all. */
static void of_one_scope(const struct cmd *c)
{
	sqlite3_stmt *stmt = NULL;
	struct piece part[PARTS];

	ck_assert_int_eq(sqlite3_prepare_v2(b.c.store->db, "SELECT effect FROM cmd WHERE k = ?1",
					    -1, &stmt, NULL),
			 SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, c->k);
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	ck_ok(effect_split(sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0),
			   part, &err),
	      err);
	if (effect_one_scope(b.c.store, part[1].p, part[1].n, c->scope, &err) < 0)
		ck_abort_msg("%s: %s", c->type, err.text);
	sqlite3_finalize(stmt);
}

START_TEST(a_command_writes_rows_of_one_scope_only)
{
	char before[65];
	struct cmds list = { 0 };
	int64_t first = all_acts(before);

	for (int64_t act = first; act <= store_me(b.c.store)->next_act; act++)
		ck_ok(journal_act(b.c.store, act, &list, &err), err);
	list_each (c, &list)
		of_one_scope(c);
	cmds_done(&list);
	booked_close(&b);
}
END_TEST

/* The last command of a kind, run once more on what is there now. */
static int run_stale(const char *type, struct txn *t)
{
	char *sql = mem_printf("SELECT max(act) FROM cmd WHERE type = '%s'", type);
	const struct act *act = act_find(type);
	struct cmds list = { 0 };
	void *args = NULL;
	int verdict;

	ck_ok(journal_act(b.c.store, clinic_count(&b.c, sql), &list, &err), err);
	mem_free(sql);
	ck_ok(args_decode(&act->fields, list.v[0].args, list.v[0].args_n, &args, &err), err);
	ck_ok(store_begin(b.c.store, &err), err);
	*t = (struct txn){ .store = b.c.store,
			   .origin = store_me(b.c.store)->node,
			   .actor = b.c.desk.user.id,
			   .at = b.c.desk.now,
			   .cmd = store_new_id(b.c.store, b.c.world.millis(&b.c.world)) };
	verdict = act->run(t, args);
	store_rollback(b.c.store);
	args_free(&act->fields, args);
	cmds_done(&list);
	return verdict;
}

/* Makes room for the ids of a booking that is to run a second time. */
static void move_ids(int by)
{
	char *sql = mem_printf("UPDATE appointment SET id = id + %d;"
			       "UPDATE episode SET id = id + %d;"
			       "UPDATE booking SET appt = appt + %d, episode = episode + %d",
			       by, by, by, by);

	booked_sql(&b, sql);
	mem_free(sql);
}

START_TEST(a_run_that_comes_too_late_has_an_outcome_and_never_fails)
{
	struct move_ask where = { .starts = thu(12, 40) };
	struct txn t;
	struct id id;

	booked_open(&b);
	id = book(b.okafor, b.marsh, thu(10, 0));
	mark(id, APPT_ARRIVED);
	undo();
	ck_ok(booking_move(&b.c.desk, id, &where, &err), err);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);

	static const struct {
		const char *act;
		enum verdict verdict;
	} late[] = {
		{ "arrive", VERDICT_CONFLICT },
		{ "cancel", VERDICT_CONFLICT },
		{ "move", VERDICT_CONFLICT },
		{ "restore", VERDICT_CONFLICT },
	};
	for (size_t i = 0; i < sizeof late / sizeof *late; i++) {
		ck_assert_str_eq(verdict_word((enum verdict)run_stale(late[i].act, &t)),
				 verdict_word(late[i].verdict));
		ck_assert_msg(!txn_failed(&t), "%s: %s", late[i].act, t.err.text);
	}
	/* Somebody's template took the slots away meanwhile: nobody has them, and yet they are
	 * gone. */
	id = book(b.ellis, b.marsh, thu(10, 0));
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	booked_sql(&b, "UPDATE slot SET state = 'withdrawn' WHERE appt IS NULL");
	move_ids(500000);
	ck_assert_int_eq(run_stale("book", &t), VERDICT_DISPLACED);
	ck_assert_msg(!txn_failed(&t), "%s", t.err.text);
	move_ids(-500000);
	booked_sql(&b, "UPDATE slot SET state = 'open' WHERE state = 'withdrawn'");
	booked_close(&b);
}
END_TEST

START_TEST(an_edit_of_a_record_that_lost_leaves_both_sides_of_it)
{
	const char *site[8] = { "PLE", "Poole", "E" }, *name[8] = { NULL, "Poole Quay" };
	struct clashes list = { 0 };
	struct cmds cmds = { 0 };
	struct id id = { 0 };
	struct txn t;
	int verdict;

	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("site"), site, &id, &err), err);
	ck_ok(record_set(&b.c.desk, record_find("site"), id, name, &err), err);
	booked_sql(&b, "UPDATE site SET name = 'Swanage' WHERE code = 'PLE'");
	ck_ok(journal_act(b.c.store, clinic_count(&b.c, "SELECT max(act) FROM cmd"), &cmds, &err),
	      err);
	/* The same command once more, as the hub would run it after somebody else's. */
	ck_ok(store_begin(b.c.store, &err), err);
	cmds.v[0].history = store_new_id(b.c.store, b.c.world.millis(&b.c.world));
	ck_ok(command_run(b.c.store, &cmds.v[0], &t, &verdict, &err), err);
	ck_assert_int_eq(verdict, VERDICT_CONFLICT);
	ck_ok(clash_list(&b.c.desk, (struct id){ 0 }, 10, &list, &err), err);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_str_eq(list.v[0].base, "Poole");
	ck_assert_str_eq(list.v[0].theirs, "Swanage");
	ck_assert_str_eq(list.v[0].mine, "Poole Quay");
	ck_assert_str_eq(list.v[0].col, "name");
	store_rollback(b.c.store);
	list_free(&list);
	cmds_done(&cmds);
	booked_close(&b);
}
END_TEST

/* What another machine's command may say at worst: nothing; a row of nothing in every list; words
 * that nobody knows, and ids of what is not there; numbers as large as there are; anything. */
enum nonsense { NOTHING, EMPTY_ROWS, UNKNOWN_WORDS, HUGE_NUMBERS, BY_CHANCE };
enum { CHANCES = 60 };

static void fill(const struct fields *fs, void *args, enum nonsense with)
{
	for (size_t i = 0; i < fs->n; i++) {
		const struct field *f = &fs->f[i];
		char *at = (char *)args + f->offset;
		/* As every list begins; args_free() frees it by the same table. */
		struct {
			void *v;
			size_t n, cap;
		} *list = (void *)at;

		if (f->type == F_ROWS && with != NOTHING)
			fill(f->rows, list_push_(&list->v, &list->n, &list->cap, f->rows->size),
			     with);
		if (with < UNKNOWN_WORDS)
			continue;
		if (with == HUGE_NUMBERS && (f->type == F_INT || f->type == F_ID))
			*(int64_t *)at = INT64_MAX;
		else if (f->type == F_TEXT)
			*(char **)at = mem_str("?");
		else if (f->type == F_BOOL)
			*(bool *)at = true;
		else if (f->type == F_DATE)
			((struct date *)at)->n = 1;
		else if (f->type != F_ROWS)
			*(int64_t *)at = 1;
	}
}

/* SplitMix64, as in base/world.c: the same arguments each time. */
static uint64_t chance;

static unsigned pick(unsigned below)
{
	uint64_t z = chance += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (unsigned)((z ^ z >> 31) % below);
}

/* Well formed, and what nobody would say: fields left out, ids of rows of any kind, words of other
 * fields, numbers beyond their ends. */
static void fill_by_chance(const struct fields *fs, void *args)
{
	static const int64_t numbers[] = {
		1, 2, -1, 40, INT32_MIN, INT32_MAX, INT64_MIN, INT64_MAX
	};
	static const char *const words[] = { "",     "on",  "off",    "B",	 "T",	 "open",
					     "face", "NEW", "booked", "surname", "slot", "person" };

	for (size_t i = 0; i < fs->n; i++) {
		const struct field *f = &fs->f[i];
		char *at = (char *)args + f->offset;
		struct {
			void *v;
			size_t n, cap;
		} *list = (void *)at;

		if (pick(f->needed ? 40 : 4) == 0)
			continue;
		if (f->type == F_ROWS)
			for (unsigned n = 1 + pick(2); n > 0; n--)
				fill_by_chance(f->rows, list_push_(&list->v, &list->n, &list->cap,
								   f->rows->size));
		else if (f->type == F_TEXT)
			*(char **)at = mem_str(words[pick(sizeof words / sizeof *words)]);
		else if (f->type == F_BOOL)
			*(bool *)at = true;
		else if (f->type == F_DATE)
			((struct date *)at)->n = 20520 + (int32_t)pick(10);
		else if (f->type == F_MOMENT)
			((struct moment *)at)->utc = 1773309600 + 1200 * (int64_t)pick(8);
		else if (f->type == F_ID && pick(8))
			((struct id *)at)->n = 1000 + (int64_t)pick(60); /* as the fixture's are */
		else
			*(int64_t *)at = numbers[pick(sizeof numbers / sizeof *numbers)];
	}
}

static void run_nonsense(const struct act *act, enum nonsense with)
{
	void *args = mem_new(act->fields.size);
	struct cmd c = { .node = store_me(b.c.store)->node,
			 .ver = act->ver,
			 .actor = b.c.desk.user.id,
			 .at = b.c.desk.now };
	struct buf bytes = { 0 };
	struct txn t;
	int verdict;

	if (with == BY_CHANCE)
		fill_by_chance(&act->fields, args);
	else
		fill(&act->fields, args, with);
	args_encode(&act->fields, args, &bytes);
	args_free(&act->fields, args);
	snprintf(c.type, sizeof c.type, "%s", act->name);
	c.args = bytes.s;
	c.args_n = bytes.n;
	ck_ok(store_begin(b.c.store, &err), err);
	c.history = store_new_id(b.c.store, b.c.world.millis(&b.c.world));
	ck_ok(command_run(b.c.store, &c, &t, &verdict, &err), err);
	if (with != BY_CHANCE) /* the words may be the arguments' own */
		ck_assert_str_ne(t.what, "");
	store_rollback(b.c.store);
	buf_done(&bytes);
}

START_TEST(a_command_of_nonsense_has_a_verdict_too)
{
	booked_open(&b);
	for (const struct act *const *a = acts; *a; a++)
		for (int with = NOTHING; with < BY_CHANCE + CHANCES; with++) {
			chance = (uint64_t)with;
			run_nonsense(*a, with < BY_CHANCE ? (enum nonsense)with : BY_CHANCE);
		}
	booked_close(&b);
}
END_TEST

START_TEST(what_comes_to_nothing_is_not_told_as_done)
{
	const char *site[8] = { "PLE", "Poole", "E" }, *name[8] = { NULL, "Poole Quay" };
	char before[65], after[65];
	struct id id = { 0 };

	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	ck_ok(record_add(&b.c.desk, record_find("site"), site, &id, &err), err);
	ck_ok(record_set(&b.c.desk, record_find("site"), id, name, &err), err);
	booked_sql(&b, "UPDATE site SET name = 'Swanage' WHERE code = 'PLE'");
	clinic_digest(&b.c, before);
	ck_refused(act_undo_last(&b.c.desk, NULL, 0, &err), err, ERR_CLASH);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	booked_close(&b);
}
END_TEST

START_TEST(who_may_not_do_a_thing_may_not_take_back_anothers)
{
	struct id id;

	booked_open(&b);
	id = book(b.okafor, b.marsh, thu(10, 0));
	clinic_sit(&b.c, "m.doyle"); /* managers book nothing */
	ck_refused(act_undo_of(&b.c.desk, id, NULL, 0, &err), err, ERR_DENIED);
	ck_refused(diary_undo(&b.c.desk, id, NULL, 0, &err), err, ERR_MISSING);
	clinic_sit(&b.c, "r.adeyemi");
	ck_refused(diary_undo(&b.c.desk, id, NULL, 0, &err), err, ERR_MISSING);
	ck_ok(act_undo_of(&b.c.desk, id, NULL, 0, &err), err);
	booked_close(&b);
}
END_TEST

START_TEST(who_is_switched_off_or_becomes_another_acts_so_at_once)
{
	struct booking_ask ask;
	struct clinic root;
	const char *manager[8] = { NULL, "manager" }, *off[8] = { NULL, NULL, NULL, NULL, "off" };
	const struct record *users = record_find("user");
	struct id id, user;

	booked_open(&b);
	ask = (struct booking_ask){
		.person = b.okafor, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};
	clinic_second(&b.c, &root, "a.root");
	ck_ok(record_by_code(&root.desk, users, "p.shah", &user, &err), err);
	ck_ok(record_set(&root.desk, users, user, manager, &err), err);
	ck_refused(booking_book(&b.c.desk, &ask, &id, &err), err, ERR_DENIED);
	ck_ok(act_undo_last(&root.desk, NULL, 0, &err), err);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(record_set(&root.desk, users, user, off, &err), err);
	ck_refused(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err, ERR_DENIED);
	clinic_second_close(&root);
	booked_close(&b);
}
END_TEST

START_TEST(a_command_writes_only_columns_of_its_record)
{
	struct txn t;
	struct id user;

	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	const char *off[8] = { NULL, NULL, "SHAH, Priti (Mrs)" };

	ck_ok(record_by_code(&b.c.desk, record_find("user"), "p.shah", &user, &err), err);
	ck_ok(record_set(&b.c.desk, record_find("user"), user, off, &err), err);
	booked_sql(&b, "UPDATE cmd SET args = CAST(replace(args, 'person', 'passwd') AS BLOB)"
		       " WHERE type = 'edit'");
	ck_assert_int_eq(run_stale("edit", &t), VERDICT_UNSUPPORTED);
	booked_sql(&b, "UPDATE cmd SET args = CAST(replace(args, 'passwd', 'person') AS BLOB)"
		       " WHERE type = 'edit'");
	booked_close(&b);
}
END_TEST

START_TEST(an_overbooked_one_comes_back_only_within_the_cap)
{
	struct booking_ask ask = { .person = b.okafor, .over_why = "in pain" };
	struct id id = { 0 }, other = { 0 };

	booked_open(&b);
	booked_sql(&b, "UPDATE clinician SET over_cap = 1;"
		       "INSERT INTO user_right (id, user, name, state)"
		       " SELECT 77, id, 'overbook', 'on' FROM user WHERE name = 'p.shah'");
	ck_ok(desk_refresh(&b.c.desk, &err), err);
	clinic_sit(&b.c, "p.shah");
	book(b.webb, b.marsh, thu(10, 0));
	ask.person = b.okafor;
	ask.service = b.physio;
	ask.clinician = b.marsh;
	ask.starts = thu(10, 0);
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "ill", &err), err);
	ask.person = b.ellis;
	ck_ok(booking_book(&b.c.desk, &ask, &other, &err), err);
	ck_refused(booking_undo(&b.c.desk, id, NULL, 0, &err), err, ERR_CLASH);
	booked_close(&b);
}
END_TEST

TEST_MAIN("acts", every_act_is_taken_back_to_the_byte_and_runs_again_from_its_arguments_alone,
	  no_act_gives_a_time_but_those_that_are_tried_against_flags,
	  a_command_writes_rows_of_one_scope_only,
	  a_run_that_comes_too_late_has_an_outcome_and_never_fails,
	  an_edit_of_a_record_that_lost_leaves_both_sides_of_it,
	  a_command_of_nonsense_has_a_verdict_too, what_comes_to_nothing_is_not_told_as_done,
	  who_may_not_do_a_thing_may_not_take_back_anothers,
	  who_is_switched_off_or_becomes_another_acts_so_at_once,
	  a_command_writes_only_columns_of_its_record,
	  an_overbooked_one_comes_back_only_within_the_cap)
