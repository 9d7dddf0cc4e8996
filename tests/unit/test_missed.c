/* test_missed.c: who at the customer hears of a missed appointment, and who never. */
#include "suite.h"

#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/booking.h"
#include "clinic/contact.h"
#include "clinic/message.h"
#include "clinic/outbox.h"
#include "clinic/referral.h"
#include "store/messages.h"

static struct booked b;
static struct err err;

static struct id manager;

static void tick(void)
{
	world_pass(&b.c.world, 60);
	desk_tick(&b.c.desk);
}

/* What is otherwise than in the usual case, where a notice goes. */
struct otherwise {
	bool self, no_contract, not_told, not_agreed, no_referrer, private_, no_mail, gone, risk;
};

static void a_contract(struct id service, bool notice)
{
	char *sql = mem_printf(
		"INSERT INTO contract (id, service, customer, from_day, triage, offer, seen, report,"
		" tries, cap, state, dna_notice) SELECT 8000, %lld, c.id, 1, 2, 10, 10, 2, 3, 0, 'on',"
		" %d FROM customer c WHERE c.code = 'WVH'",
		(long long)service.n, notice);

	booked_sql(&b, sql);
	mem_free(sql);
}

static struct id referred(const struct otherwise *o)
{
	struct referral_ask ask = { .person = b.okafor,
				    .service = o->private_ ? b.couns : b.physio,
				    .type = o->self ? REF_SELF : REF_MGT,
				    .source = o->self ? FROM_SELF : FROM_MANAGER,
				    .referrer =
					    o->no_referrer || o->self ? (struct id){ 0 } : manager,
				    .urgency = -1,
				    .agreed = b.c.desk.today };
	struct decide_ask how = { .priority = 3, .suggested = -1 };
	struct id id = { 0 };

	clinic_sit(&b.c, o->private_ ? "s.kelly" : "r.adeyemi");
	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	ck_ok(triage_decide(&b.c.desk, id, &how, &err), err);
	if (o->not_agreed)
		booked_sql(&b, "UPDATE referral SET agreed = NULL");
	return id;
}

/* They are referred, booked for Thursday at 10:00, and not there at half past eleven. */
static struct id missed(const struct otherwise *o)
{
	struct contact_ask who = { .name = "Hale, Robin",
				   .role = "manager",
				   .email = o->no_mail ? "" : "r.hale@wvh.example",
				   .phone = "07700 900777",
				   .told = o->not_told ? "booked" : "booked dna" };
	struct booking_ask ask;
	const struct customer *wvh;
	struct id id = { 0 };

	booked_open(&b);
	clinic_sit(&b.c, "a.root");
	ck_ok(find_customer(&b.c.desk, "WVH", &wvh, &err), err);
	ck_ok(contact_add(&b.c.desk, wvh->id, &who, &manager, &err), err);
	a_contract(o->private_ ? b.couns : b.physio, !o->no_contract);
	referred(o);
	if (!o->private_)
		clinic_sit(&b.c, "p.shah");
	ask = (struct booking_ask){ .person = b.okafor,
				    .service = o->private_ ? b.couns : b.physio,
				    .clinician = o->private_ ? b.kelly : b.marsh,
				    .starts = thu(10, 0) };
	tick();
	ck_ok(booking_book(&b.c.desk, &ask, &id, &err), err);
	if (o->risk)
		booked_sql(&b,
			   "INSERT INTO flag (id, scope, person, service, kind, does, raised_at,"
			   " raised_by, spoke, state) SELECT 8100, scope, person, service, 'K',"
			   " 'ring_on_dna', 1, 1, 0, 'open' FROM episode LIMIT 1");
	world_pass(&b.c.world, 108 * 60);
	desk_tick(&b.c.desk);
	ck_ok(booking_mark(&b.c.desk, id, APPT_DNA, NULL, &err), err);
	if (o->risk)
		booked_sql(&b, "UPDATE flag SET state = 'off'");
	return id;
}

static int64_t notices(const char *more)
{
	char *sql = mem_printf("SELECT count(*) FROM message WHERE event = 'dna' %s", more);
	int64_t n = clinic_count(&b.c, sql);

	mem_free(sql);
	return n;
}

START_TEST(the_contact_who_referred_them_hears_of_it_in_half_an_hour_and_of_nothing_else)
{
	struct otherwise usual = { 0 };
	struct msgs due = { 0 };
	struct address to;
	char *words;

	missed(&usual);
	ck_assert_int_eq(notices("AND channel = 'email' AND state = 'queued'"), 1);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT not_before FROM message WHERE event = 'dna'"),
			 b.c.desk.now.utc + 30 * 60);
	ck_ok(outbox_list(&b.c.desk, 0, b.c.desk.now, &due, &err), err);
	ck_assert_uint_eq(due.n, 1);
	ck_ok(message_address(&b.c.desk, &due.v[0], &to, &err), err);
	ck_assert_str_eq(to.to, "r.hale@wvh.example");
	ck_assert_str_eq(to.name, "Hale, Robin");
	words = booked_text(&b, "SELECT title || words FROM message WHERE event = 'dna'");
	ck_assert_ptr_nonnull(strstr(words, "Dear Hale, Robin,"));
	ck_assert_ptr_nonnull(strstr(words, "OKAFOR did not attend their appointment with us on"
					    " Thursday 12 March 2026 at 10:00."));
	ck_assert_ptr_null(strstr(words, "hysio"));
	ck_assert_ptr_null(strstr(words, "Marsh"));
	mem_free(words);
	list_free(&due);
	booked_close(&b);
}
END_TEST

START_TEST(nobody_is_told_of_what_they_may_not_hear)
{
	static const struct otherwise cases[] = {
		{ .self = true },	{ .no_contract = true }, { .not_told = true },
		{ .not_agreed = true }, { .no_referrer = true }, { .private_ = true },
		{ .risk = true },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		missed(&cases[i]);
		ck_assert_msg(notices("") == 0, "case %zu tells somebody", i);
		booked_sql(&b, "UPDATE referral SET agreed = 20524 WHERE agreed IS NULL");
		booked_close(&b);
	}
}
END_TEST

START_TEST(taken_back_or_overruled_it_is_withdrawn)
{
	struct otherwise usual = { 0 };
	struct mark_ask over = { 0 };
	enum appt_state dna = APPT_DNA;
	struct id id = missed(&usual);

	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(notices("AND state = 'withdrawn'"), 1);
	tick();
	ck_ok(booking_mark(&b.c.desk, id, APPT_DNA, NULL, &err), err);
	ck_assert_int_eq(notices("AND state = 'queued'"), 1);
	over.base = &dna;
	tick();
	ck_ok(booking_mark(&b.c.desk, id, APPT_ARRIVED, &over, &err), err);
	ck_assert_int_eq(notices("AND state = 'queued'"), 0);
	booked_close(&b);
}
END_TEST

START_TEST(who_came_after_all_when_it_had_left_is_a_task_to_put_it_right)
{
	static const char open_[] =
		"SELECT count(*) FROM task WHERE state = 'open' AND person IS NOT"
		" NULL AND text LIKE 'Tell Hale, Robin: they did come on%'";
	struct otherwise usual = { 0 };
	struct mark_ask over = { 0 };
	enum appt_state dna = APPT_DNA;
	struct id id = missed(&usual);

	booked_sql(&b, "UPDATE message SET state = 'sent' WHERE event = 'dna'");
	ck_assert_int_eq(clinic_count(&b.c, open_), 0);
	over.base = &dna;
	tick();
	ck_ok(booking_mark(&b.c.desk, id, APPT_ARRIVED, &over, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, open_), 1);
	/* Taken back, they did not come, and what left is right. */
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, open_), 0);
	booked_close(&b);
}
END_TEST

START_TEST(consent_that_is_withdrawn_meanwhile_stops_it_on_its_way)
{
	struct otherwise usual = { 0 };
	struct msgs due = { 0 };
	struct address to;

	missed(&usual);
	booked_sql(&b, "UPDATE referral SET agreed = NULL");
	ck_ok(outbox_list(&b.c.desk, 0, b.c.desk.now, &due, &err), err);
	ck_ok(message_address(&b.c.desk, &due.v[0], &to, &err), err);
	ck_assert(to.gone);
	ck_assert_str_eq(to.to, "");
	list_free(&due);
	booked_sql(&b, "UPDATE referral SET agreed = 20524");
	booked_close(&b);
}
END_TEST

START_TEST(a_stand_in_hears_of_it_instead_and_who_has_no_e_mail_is_rung)
{
	struct otherwise no_mail = { .no_mail = true };
	struct contact_ask other = {
		.name = "Ito, Sam", .role = "stand_in", .email = "s.ito@wvh.example", .told = "dna"
	};
	const struct customer *wvh;
	struct otherwise usual = { 0 };
	struct msgs due = { 0 };
	struct address to;
	char id[ID_TEXT];
	struct id appt;

	missed(&no_mail);
	ck_assert_int_eq(notices("AND channel = 'call' AND state = 'phoned'"), 1);
	ck_assert_int_eq(clinic_count(&b.c,
				      "SELECT count(*) FROM task WHERE kind = 'ring' AND state ="
				      " 'open' AND text = 'Ring 07700 900777 of Hale, Robin: did"
				      " not attend Thu 12-Mar 10:00 at Northgate.'"),
			 1);
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task WHERE state = 'open'"), 0);
	booked_close(&b);

	appt = missed(&usual);
	tick();
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	clinic_sit(&b.c, "a.root");
	other.stands_for = id_text(manager, id);
	ck_ok(find_customer(&b.c.desk, "WVH", &wvh, &err), err);
	ck_ok(contact_add(&b.c.desk, wvh->id, &other, NULL, &err), err);
	tick();
	ck_ok(booking_mark(&b.c.desk, appt, APPT_DNA, NULL, &err), err);
	ck_ok(outbox_list(&b.c.desk, 0, b.c.desk.now, &due, &err), err);
	ck_assert_uint_eq(due.n, 1);
	ck_ok(message_address(&b.c.desk, &due.v[0], &to, &err), err);
	ck_assert_str_eq(to.to, "s.ito@wvh.example");
	list_free(&due);
	booked_close(&b);
}
END_TEST

TEST_MAIN("missed", the_contact_who_referred_them_hears_of_it_in_half_an_hour_and_of_nothing_else,
	  nobody_is_told_of_what_they_may_not_hear, taken_back_or_overruled_it_is_withdrawn,
	  who_came_after_all_when_it_had_left_is_a_task_to_put_it_right,
	  consent_that_is_withdrawn_meanwhile_stops_it_on_its_way,
	  a_stand_in_hears_of_it_instead_and_who_has_no_e_mail_is_rung)
