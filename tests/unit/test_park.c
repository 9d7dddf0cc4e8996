/* test_park.c: half-made work as the clinic keeps it: whose it is, and what a kill leaves of it. */
#include "kills.h"
#include "suite.h"

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/hold.h"
#include "clinic/park.h"
#include "clinic/record.h"
#include "clinic/session.h"
#include "tui/parking.h"

static struct booked b;
static struct err err;
static struct clinic other;

static void open_both(const char *user)
{
	booked_open(&b);
	err_clear(&err);
	clinic_second(&b.c, &other, user);
}

static void close_both(void)
{
	clinic_second_close(&other);
	booked_close(&b);
}

static struct parcel *typed(const char *mobile)
{
	struct parcel *p = mem_new(sizeof *p);

	parcel_put(p, "mobile", mobile);
	parcel_put(p, "at", "mobile");
	return p;
}

static struct parked details(void)
{
	struct parked p = { .screen = "details", .what = "Person details", .place = "Mobile" };

	p.person = b.ellis;
	return p;
}

static int64_t keep(struct clinic *c, const char *mobile, bool draft)
{
	struct parcel *texts = typed(mobile);
	struct parked p = details();
	int rc =
		draft ? park_draft(&c->desk, &p, texts, &err) : park_put(&c->desk, &p, texts, &err);

	args_free(&parcel_fields, texts);
	ck_ok(rc, err);
	return p.id;
}

static size_t listed(struct clinic *c)
{
	struct parkeds list = { 0 };
	size_t n;

	ck_ok(park_list(&c->desk, &list, &err), err);
	n = list.n;
	list_free(&list);
	return n;
}

START_TEST(what_is_parked_is_its_users_alone)
{
	struct parcel *texts;
	struct parked p = { 0 };
	int64_t id;
	int n;

	open_both("r.adeyemi");
	id = keep(&b.c, "07700 9", false);
	ck_assert_uint_eq(listed(&b.c), 1);
	ck_assert_uint_eq(listed(&other), 0);
	ck_ok(park_count(&other.desk, &n, &err), err);
	ck_assert_int_eq(n, 0);
	ck_refused(park_open(&other.desk, id, &p, &texts, &err), err, ERR_MISSING);
	ck_refused(park_throw(&other.desk, id, &err), err, ERR_MISSING);
	ck_refused(park_hand(&other.desk, id, "m.doyle", NULL, &err), err, ERR_MISSING);
	ck_ok(park_done(&other.desk, id, &err), err);
	ck_assert_uint_eq(listed(&b.c), 1);
	close_both();
}
END_TEST

START_TEST(it_is_opened_at_one_desk_with_every_text_as_it_was)
{
	struct parcel *texts;
	struct parked p = { 0 };
	int64_t id;

	open_both("p.shah");
	id = keep(&b.c, "07700 9", false);
	ck_ok(park_open(&other.desk, id, &p, &texts, &err), err);
	ck_assert_str_eq(parcel_get(texts, "mobile"), "07700 9");
	ck_assert_str_eq(p.who, "ELLIS, Marcus (Ms)");
	ck_assert_int_eq(p.person.n, b.ellis.n);
	args_free(&parcel_fields, texts);
	ck_assert_uint_eq(listed(&b.c), 0);
	ck_refused(park_open(&b.c.desk, id, &p, &texts, &err), err, ERR_MISSING);
	/* That desk ends without a word of it: it is parked again. */
	desk_stand(&other.desk);
	ck_assert_uint_eq(listed(&b.c), 1);
	clinic_sit(&other, "p.shah");
	close_both();
}
END_TEST

START_TEST(a_draft_wakes_no_other_desk_and_changes_nothing_synced)
{
	char before[65], after[65];

	open_both("r.adeyemi");
	ck_ok(session_begin(&b.c.desk, &err), err);
	desk_changed(&other.desk);
	clinic_digest(&b.c, before);
	keep(&b.c, "07700 9", true);
	clinic_digest(&b.c, after);
	ck_assert_str_eq(before, after);
	ck_assert(!desk_changed(&other.desk));
	ck_ok(park_done(&b.c.desk, keep(&b.c, "07700 9", true), &err), err);
	ck_assert(!desk_changed(&other.desk));
	/* A commit that is to be heard is, though a quiet one came behind it. */
	keep(&b.c, "07700 90", false);
	keep(&b.c, "07700 901", true);
	ck_assert(desk_changed(&other.desk));
	close_both();
}
END_TEST

START_TEST(what_was_thrown_away_comes_back_within_eight_hours)
{
	struct parked p = { 0 };
	int64_t id;

	open_both("r.adeyemi");
	id = keep(&b.c, "07700 9", false);
	ck_ok(park_throw(&b.c.desk, id, &err), err);
	ck_assert_uint_eq(listed(&b.c), 0);
	world_pass(&b.c.world, PARK_HOURS * 3600);
	desk_tick(&b.c.desk);
	ck_ok(park_bring_back(&b.c.desk, &p, &err), err);
	ck_assert_int_eq(p.id, id);
	ck_ok(park_throw(&b.c.desk, id, &err), err);
	world_pass(&b.c.world, 1);
	desk_tick(&b.c.desk);
	ck_refused(park_bring_back(&b.c.desk, &p, &err), err, ERR_MISSING);
	close_both();
}
END_TEST

START_TEST(of_a_private_service_it_is_handed_to_nobody_who_may_not_see_it)
{
	struct parcel *texts = typed("x");
	struct parked p;

	open_both("s.kelly");
	p = details();
	p.private_ = true;
	ck_ok(park_put(&other.desk, &p, texts, &err), err);
	args_free(&parcel_fields, texts);
	ck_refused(park_hand(&other.desk, p.id, "p.shah", NULL, &err), err, ERR_DENIED);
	ck_refused(park_hand(&other.desk, p.id, "s.kelly", NULL, &err), err, ERR_INPUT);
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM task"), 0);
	close_both();
}
END_TEST

START_TEST(who_switches_a_user_off_hears_that_they_left_something_and_not_what)
{
	const char *off[8] = { NULL, NULL, NULL, NULL, "off" };
	const struct record *users = record_find("user");
	struct id user;

	open_both("a.root");
	keep(&b.c, "07700 9", false);
	ck_ok(record_by_code(&other.desk, users, "p.shah", &user, &err), err);
	ck_ok(record_set(&other.desk, users, user, off, &err), err);
	ck_assert(strstr(other.desk.warning, "p.shah left 1 parked thing") != NULL);
	ck_assert(strstr(other.desk.warning, "ELLIS") == NULL);
	close_both();
}
END_TEST

START_TEST(what_is_secret_is_kept_in_no_draft)
{
	static const struct form_field fields[] = {
		{ .name = "user", .width = 10 },
		{ .name = "password", .width = 10, .kind = FIELD_PASSWORD },
		{ 0 },
	};
	struct parcel *texts = mem_new(sizeof *texts);
	struct buf bytes = { 0 };
	struct form f;

	form_init(&f, fields);
	form_set(&f, "user", "p.shah");
	form_set(&f, "password", "correct horse");
	form_focus(&f, "password");
	parcel_form(texts, &f);
	args_encode(&parcel_fields, texts, &bytes);
	ck_assert(memmem(bytes.s, bytes.n, "p.shah", 6) != NULL);
	ck_assert(memmem(bytes.s, bytes.n, "correct horse", 13) == NULL);
	/* And back: what is not in the parcel stays as it is. */
	form_set(&f, "user", "");
	parcel_to_form(texts, &f);
	ck_assert_str_eq(form_text(&f, "user"), "p.shah");
	ck_assert(form_on(&f, "password"));
	ck_assert_str_eq(form_text(&f, "password"), "correct horse");
	buf_done(&bytes);
	args_free(&parcel_fields, texts);
	form_done(&f);
}
END_TEST

/* Keeps drafts without end, each longer than the one before, telling of each. */
static void busy(int out)
{
	struct clinic own = b.c;
	struct parked p = details();
	struct buf text = { 0 };

	if (store_open(b.c.path, 5000, &own.store, &err) < 0 ||
	    desk_open(own.store, &own.world, &own.desk, &err) < 0 ||
	    desk_sit(&own.desk, "p.shah", &err) < 0)
		_exit(1);
	for (int64_t n = 1;; n++) {
		struct parcel *texts;

		buf_str(&text, "7");
		texts = typed(text.s);
		/* Every so often by a key: on the disk, and open again. */
		if (n % 7 == 0 ? park_put(&own.desk, &p, texts, &err) < 0
			       : park_draft(&own.desk, &p, texts, &err) < 0)
			_exit(2);
		args_free(&parcel_fields, texts);
		if (write(out, &n, sizeof n) != sizeof n)
			_exit(3);
	}
}

START_TEST(a_kill_during_parking_leaves_the_last_text_or_the_one_before)
{
	int kills = getenv("OHDESK_KILLS") ? atoi(getenv("OHDESK_KILLS")) : 40;
	uint64_t seed = 20260312;

	booked_open(&b);
	err_clear(&err);
	for (int i = 0; i < kills; i++) {
		int64_t last;
		struct parkeds list = { 0 };
		struct parcel *texts;
		struct parked p = { 0 };

		last = killed_at_work(busy, 16, &seed);
		ck_ok(park_list(&b.c.desk, &list, &err), err);
		ck_assert_uint_eq(list.n, 1);
		ck_ok(park_open(&b.c.desk, list.v[0].id, &p, &texts, &err), err);
		/* It may have been killed between the commit and the telling. */
		ck_assert_uint_ge(strlen(parcel_get(texts, "mobile")), (size_t)last);
		ck_assert_uint_le(strlen(parcel_get(texts, "mobile")), (size_t)last + 1);
		args_free(&parcel_fields, texts);
		ck_ok(park_done(&b.c.desk, p.id, &err), err);
		list_free(&list);
	}
	booked_close(&b);
}
END_TEST

TEST_MAIN("park", what_is_parked_is_its_users_alone,
	  it_is_opened_at_one_desk_with_every_text_as_it_was,
	  a_draft_wakes_no_other_desk_and_changes_nothing_synced,
	  what_was_thrown_away_comes_back_within_eight_hours,
	  of_a_private_service_it_is_handed_to_nobody_who_may_not_see_it,
	  who_switches_a_user_off_hears_that_they_left_something_and_not_what,
	  what_is_secret_is_kept_in_no_draft,
	  a_kill_during_parking_leaves_the_last_text_or_the_one_before)
