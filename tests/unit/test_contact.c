/* test_contact.c: whom we deal with at a customer, and that each is told only what they may be. */
#include <string.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/act.h"
#include "clinic/contact.h"
#include "clinic/refs.h"
#include "clinic/referral.h"
#include "suite.h"

static struct booked b;
static struct err err;
static const struct id nobody;

static struct id customer(const char *code)
{
	const struct customer *c = NULL;

	ck_ok(find_customer(&b.c.desk, code, &c, &err), err);
	return c->id;
}

static struct id add(const char *name, const char *told)
{
	struct contact_ask ask = {
		.name = name, .phone = "07700 900123", .email = "x@wvh.example", .told = told
	};
	struct id id = { 0 };

	ck_ok(contact_add(&b.c.desk, customer("WVH"), &ask, &id, &err), err);
	return id;
}

static struct referral_row referred(struct id person, struct id service, struct id by,
				    enum referral_source source)
{
	struct referral_ask ask = { .person = person,
				    .service = service,
				    .referrer = by,
				    .type = REF_MGT,
				    .source = source,
				    .urgency = -1,
				    .agreed = b.c.desk.today,
				    .anew = true };
	struct referral_row r = { 0 };
	struct id id;

	ck_ok(referral_add(&b.c.desk, &ask, &id, &err), err);
	ck_ok(referral_one(&b.c.desk, id, &r, &err), err);
	return r;
}

static const char *told(const struct referral_row *r, struct id *ret_who)
{
	static char words[WORDS_TEXT];
	struct customer_contact who;

	ck_ok(contact_told(&b.c.desk, r, &who, words, &err), err);
	*ret_who = who.id;
	return words;
}

START_TEST(who_sent_it_is_told_what_their_row_says)
{
	struct referral_row r;
	struct id jones, who;

	booked_open(&b);
	jones = add("Jones, Pat", "booked dna report");
	r = referred(b.okafor, b.physio, jones, FROM_MANAGER);
	ck_assert_str_eq(told(&r, &who), "booked dna report");
	ck_assert(id_same(who, jones));
	r = referred(b.okafor, b.physio, nobody, FROM_MANAGER);
	ck_assert_str_eq(told(&r, &who), "");
	ck_assert(id_none(who));
	booked_close(&b);
}
END_TEST

START_TEST(nobody_is_told_of_a_self_referral_a_private_service_or_without_agreement)
{
	struct referral_row r;
	struct id jones, who;

	booked_open(&b);
	clinic_sit(&b.c, "s.kelly");
	jones = add("Jones, Pat", CONTACT_TOLD);
	r = referred(b.okafor, b.physio, jones, FROM_SELF);
	ck_assert_str_eq(told(&r, &who), "");
	r = referred(b.okafor, b.couns, jones, FROM_MANAGER);
	ck_assert_str_eq(told(&r, &who), "");
	r = referred(b.okafor, b.physio, jones, FROM_MANAGER);
	r.r.agreed = DATE_NONE;
	ck_assert_str_eq(told(&r, &who), "");
	r.r.agreed = b.c.desk.today;
	r.r.state = REF_WITHDRAWN;
	ck_assert_str_eq(told(&r, &who), "");
	booked_close(&b);
}
END_TEST

START_TEST(who_stands_in_is_told_in_their_place)
{
	struct contact_ask ask = { .role = "stand_in", .told = "booked" },
			   back = { .stands_for = "" };
	struct referral_row r;
	struct id jones, reed, who;
	char text[ID_TEXT];

	booked_open(&b);
	jones = add("Jones, Pat", "booked dna report");
	reed = add("Reed, Sam", "report");
	r = referred(b.okafor, b.physio, jones, FROM_MANAGER);
	ask.stands_for = id_text(jones, text);
	ck_ok(contact_change(&b.c.desk, reed, &ask, &err), err);
	ck_assert_str_eq(told(&r, &who), "booked");
	ck_assert(id_same(who, reed));
	ck_ok(contact_change(&b.c.desk, reed, &back, &err), err);
	told(&r, &who);
	ck_assert(id_same(who, jones));
	booked_close(&b);
}
END_TEST

START_TEST(a_change_is_taken_back_and_so_is_an_addition)
{
	struct contact_ask ask = { .name = "Jones, Patricia" };
	struct customer_contacts list = { 0 };
	struct customer_contact got;
	struct id jones;

	booked_open(&b);
	jones = add("Jones, Pat", "booked");
	ck_ok(contact_change(&b.c.desk, jones, &ask, &err), err);
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(contact_one(&b.c.desk, jones, &got, &err), err);
	ck_assert_str_eq(got.name, "Jones, Pat");
	ck_ok(act_undo_last(&b.c.desk, NULL, 0, &err), err);
	ck_ok(contact_list(&b.c.desk, customer("WVH"), "jon", &list, &err), err);
	ck_assert_uint_eq(list.n, 0);
	list_free(&list);
	booked_close(&b);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused_in_words)
{
	static const struct contact_ask bad[] = {
		{ .name = "" },
		{ .name = "x", .role = "chief" },
		{ .name = "x", .told = "everything" },
		{ .name = "x", .phone = "12" },
		{ .name = "x", .email = "nowhere" },
		{ .name = "x", .stands_for = "???" },
	};
	struct id id;

	booked_open(&b);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_refused(contact_add(&b.c.desk, customer("WVH"), &bad[i], &id, &err), err,
			   ERR_INPUT);
	booked_close(&b);
}
END_TEST

TEST_MAIN("contact", who_sent_it_is_told_what_their_row_says,
	  nobody_is_told_of_a_self_referral_a_private_service_or_without_agreement,
	  who_stands_in_is_told_in_their_place, a_change_is_taken_back_and_so_is_an_addition,
	  what_makes_no_sense_is_refused_in_words)
