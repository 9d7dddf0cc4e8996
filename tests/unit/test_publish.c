/* The rules of templates, publishing, leave and blocks. */
#include <stdlib.h>

#include "base/alloc.h"
#include "clinic/act.h"
#include "clinic/again.h"
#include "clinic/diary.h"
#include "clinic/record.h"
#include "diaries.h"
#include "store/journal.h"
#include "store/slots.h"
#include "store/txn.h"
#include "suite.h"

enum { MON, TUE, WED, THU, FRI, SAT, SUN };
#define MORNING "08:30 FU 20x2, NEW 40, CATCHUP 20, RAP 40/24"

static int64_t count(struct clinic *c, const char *what)
{
	char *sql = mem_printf("SELECT count(*) FROM slot WHERE %s", what);
	int64_t n = clinic_count(c, sql);

	mem_free(sql);
	return n;
}

START_TEST(a_pattern_becomes_slots_twelve_weeks_ahead)
{
	struct clinic c;

	clinic_open(&c);
	struct published done =
		publish_all(&c, a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING));

	/* Thursdays from 12-Mar-2026, which is today, to 4-Jun-2026; no holiday is one. */
	ck_assert_int_eq(done.days, 13);
	ck_assert_int_eq(done.slots, 13 * 5);
	ck_assert_int_eq(count(&c, "state = 'open' AND appt IS NULL AND holder = 1"), 13 * 5);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM block"), 13);
	ck_assert_int_eq(count(&c, "kind = 'RAP' AND release_at = starts - 24 * 3600"), 13);
	ck_assert_int_eq(count(&c, "release_at IS NOT NULL"), 13);
	clinic_close(&c);
}
END_TEST

START_TEST(a_holiday_has_no_slots)
{
	struct clinic c;

	clinic_open(&c);
	struct published done =
		publish_all(&c, a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", MON, MORNING));

	/* Easter Monday, early May and spring bank holiday. */
	ck_assert_int_eq(done.holidays, 3);
	ck_assert_int_eq(done.days, 9);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM block WHERE day = 20549"), 0);
	clinic_close(&c);
}
END_TEST

START_TEST(publishing_twice_adds_nothing)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct published done;

	clinic_open(&c);
	struct id id = a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING);

	publish_all(&c, id);
	ck_assert_int_eq(publish_all(&c, id).slots, 0);
	ck_ok(template_publish(&c.desk, id, c.desk.today, DATE_NONE, &done, &err), err);
	ck_assert_int_eq(done.days, 0);
	ck_assert_int_eq(done.before, 13);
	ck_assert_int_eq(count(&c, "1"), 13 * 5);
	/* A week later one more week is due. */
	world_pass(&c.world, 7 * 86400);
	desk_tick(&c.desk);
	ck_assert_int_eq(publish_all(&c, id).days, 1);
	clinic_close(&c);
}
END_TEST

START_TEST(a_session_keeps_its_hours_when_the_clocks_change)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct published done;
	struct slots list = { 0 };

	clinic_open(&c);
	struct id id =
		a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", SUN, "01:30 FU 20, 09:00 FU 20");

	ck_ok(template_publish(&c.desk, id, c.desk.today, day_of(2026, 11, 1), &done, &err), err);
	ck_ok(slots_of_day(c.store, clinic_clinician(&c, "marsh"), day_of(2026, 3, 1),
			   day_of(2026, 12, 1), &list, &err),
	      err);
	list_each (s, &list) {
		int minute = moment_minute(s->starts);

		ck_assert(minute == 90 || minute == 540);
		ck_assert_int_eq(moment_date(s->starts).n, s->day.n);
	}
	list_free(&list);
	/* 29 March has no half past one; on 25 October it is the first of the two. */
	ck_assert_int_eq(count(&c, "day = 20541"), 1);
	ck_assert_int_eq(count(&c, "day = 20751"), 2);
	ck_assert(at_of(2026, 3, 22, 9, 0).utc + 7 * 86400 - 3600 == at_of(2026, 3, 29, 9, 0).utc);
	clinic_close(&c);
}
END_TEST

/* Publishing is refused, names whom and when, and leaves nothing. */
static void clashes(struct clinic *c, struct id template, const char *sentence)
{
	struct err err = ERR_INIT;
	char before[65], after[65];

	clinic_digest(c, before);
	ck_assert_int_eq(template_publish(&c->desk, template, DATE_NONE, DATE_NONE, NULL, &err),
			 -1);
	ck_assert_int_eq(err.kind, ERR_CLASH);
	ck_assert_str_eq(err.text, sentence);
	clinic_digest(c, after);
	ck_assert_str_eq(before, after);
}

START_TEST(a_clinician_is_not_published_in_two_places_at_once)
{
	struct clinic c;

	clinic_open(&c);
	publish_all(&c, a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING));
	clashes(&c, a_template(&c, "marsh", "HBR", "HBR-1", "PHYSIO", THU, "08:00 FU 20x3"),
		"Marsh has a session at Northgate already on Thu 12-Mar-2026 08:30 to 08:50: change"
		" one of the two.");
	/* End to end is no overlap, and neither is a gap. */
	publish_all(&c, a_template(&c, "marsh", "HBR", "HBR-1", "PHYSIO", THU, "08:10 FU 20"));
	clinic_close(&c);
}
END_TEST

START_TEST(a_room_is_not_published_twice_at_once)
{
	struct clinic c;

	clinic_open(&c);
	publish_all(&c, a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU,
				   "08:30 FU 20, 14:00 FU 20"));
	clashes(&c, a_template(&c, "obi", "NGT", "NGT-1", "PHYSIO", THU, "08:40 FU 20"),
		"room 1 at Northgate is Marsh's on Thu 12-Mar-2026 08:30 to 08:50: choose another"
		" room or time.");
	publish_all(&c, a_template(&c, "obi", "NGT", "NGT-1", "PHYSIO", THU, "10:00 FU 20"));
	publish_all(&c, a_template(&c, "adeyemi", "NGT", "", "OHN", THU, "08:30 FU 30"));
	publish_all(&c, a_template(&c, "kelly", "NGT", "", "COUNS", THU, "08:30 FU 60"));
	clinic_close(&c);
}
END_TEST

START_TEST(only_the_home_node_publishes)
{
	struct clinic c;
	struct err err = ERR_INIT;
	const char *values[] = { "far", "Far", "Ann", NULL, "physio", NULL, NULL,
				 NULL,	NULL,  "2",   NULL, NULL,     NULL, NULL };
	struct id id = { 0 };
	struct template want = { .weekday = THU, .to = DATE_NONE, .pattern = MORNING };

	clinic_open(&c);
	ck_ok(record_add(&c.desk, record_find("clinician"), values, &id, &err), err);
	refs_free(c.desk.refs);
	ck_ok(refs_load(c.store, &c.desk.refs, &err), err);
	want.clinician = id;
	want.site = clinic_site(&c, "NGT");
	want.service = clinic_service(&c, "PHYSIO");
	want.from = c.desk.today;
	ck_assert_int_eq(template_add(&c.desk, &want, NULL, &err), -1);
	ck_assert_int_eq(err.kind, ERR_DENIED);
	ck_assert_str_eq(err.text,
			 "Far's diary is kept by node 2, and this is node 1: change it there.");
	clinic_close(&c);
}
END_TEST

/* The bytes of arguments with one number in them another one; gives the one that it was. */
static int64_t other_number(struct cmd *c, const char *field, int64_t number)
{
	int64_t was;
	char *args = mem_strn(c->args, c->args_n), *at = strstr(args, field), *e;

	ck_assert_ptr_nonnull(at);
	at += strlen(field);
	was = strtoll(at, &e, 10);
	mem_free(c->args);
	c->args = mem_printf("%.*s%lld%s", (int)(at - args), args, (long long)number, e);
	c->args_n = strlen(c->args);
	mem_free(args);
	return was;
}

START_TEST(what_another_node_publishes_is_held_by_the_home_of_the_diary)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct cmds cmds = { 0 };
	struct txn t;
	int64_t first;
	int verdict;

	clinic_open(&c);
	publish_all(&c, a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING));
	ck_ok(journal_act(c.store, clinic_count(&c, "SELECT max(act) FROM cmd"), &cmds, &err), err);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	other_number(&cmds.v[0], "4:nodei", 2);
	/* An id that is the last there is runs over no end. */
	first = other_number(&cmds.v[0], "5:firsti", INT64_MAX - 3);
	for (int i = 0; i < 2; i++) {
		if (i)
			other_number(&cmds.v[0], "5:firsti", first + 100000);
		ck_ok(store_begin(c.store, &err), err);
		cmds.v[0].history = store_new_id(c.store, c.world.millis(&c.world));
		ck_ok(command_run(c.store, &cmds.v[0], &t, &verdict, &err), err);
		ck_ok(store_commit(c.store, &err), err);
		ck_assert_int_eq(count(&c, "holder = 1 AND state = 'open'"), i * 13 * 5);
	}
	ck_assert_int_eq(count(&c, "holder <> 1"), 0);
	cmds_done(&cmds);
	clinic_close(&c);
}
END_TEST

START_TEST(managers_change_any_diary_and_clinicians_their_own)
{
	struct clinic c;
	struct err err = ERR_INIT;

	clinic_open(&c);
	struct id marsh = a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING),
		  obi = a_template(&c, "obi", "NGT", "NGT-2", "PHYSIO", THU, MORNING);
	static const struct {
		const char *user;
		bool marsh, obi;
	} may[] = { { "p.shah", false, false },	 { "r.adeyemi", false, false },
		    { "s.kelly", false, false }, { "j.marsh", true, false },
		    { "m.doyle", true, true },	 { "a.root", true, true } };

	for (size_t i = 0; i < sizeof may / sizeof *may; i++) {
		clinic_sit(&c, may[i].user);
		ck_assert_int_eq(template_publish(&c.desk, marsh, DATE_NONE, DATE_NONE, NULL, &err),
				 may[i].marsh ? 0 : -1);
		ck_assert_int_eq(template_publish(&c.desk, obi, DATE_NONE, DATE_NONE, NULL, &err),
				 may[i].obi ? 0 : -1);
	}
	clinic_close(&c);
}
END_TEST

START_TEST(undo_of_publishing_withdraws_it)
{
	struct clinic c;
	struct err err = ERR_INIT;

	clinic_open(&c);
	struct id id = a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING);

	publish_all(&c, id);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(count(&c, "state = 'withdrawn'"), 13 * 5);
	ck_assert_int_eq(count(&c, "state <> 'withdrawn'"), 0);
	/* And it can be published again over what was withdrawn. */
	ck_assert_int_eq(publish_all(&c, id).slots, 13 * 5);
	clinic_close(&c);
}
END_TEST

START_TEST(a_changed_template_is_published_as_far_as_the_old_one_was)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct template_change change = { .pattern = "09:00 NEW 40x2", .weekday = -1 };
	struct id next;

	clinic_open(&c);
	struct id id = a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING);

	publish_all(&c, id);
	ck_ok(template_set(&c.desk, id, day_of(2026, 3, 20), &change, NULL, &next, &err), err);
	ck_assert_int_eq(count(&c, "state = 'open' AND kind <> 'NEW'"), 2 * 4);
	ck_assert_int_eq(count(&c, "state = 'open' AND kind = 'NEW'"), 2 + 11 * 2);
	ck_assert_int_eq(count(&c, "state = 'withdrawn'"), 11 * 5);

	/* One undo takes the whole change back. */
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(count(&c, "state = 'open'"), 13 * 5);
	ck_assert_int_eq(count(&c, "state = 'withdrawn'"), 11 * 2);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM template WHERE state = 'on'"), 1);
	ck_assert_int_eq(publish_all(&c, id).slots, 0);
	clinic_close(&c);
}
END_TEST

START_TEST(a_change_that_would_clash_changes_nothing)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct template_change change = { .pattern = "08:30 NEW 40x12", .weekday = -1 };
	char before[65], after[65];

	clinic_open(&c);
	struct id id = a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING);

	publish_all(&c, id);
	publish_all(&c, a_template(&c, "marsh", "HBR", "HBR-1", "PHYSIO", THU, "14:00 FU 20"));
	clinic_digest(&c, before);
	ck_refused(template_set(&c.desk, id, day_of(2026, 3, 20), &change, NULL, NULL, &err), err,
		   ERR_CLASH);
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	clinic_close(&c);
}
END_TEST

START_TEST(leave_closes_what_is_published_and_keeps_more_from_being)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id marsh, leave;

	clinic_open(&c);
	marsh = clinic_clinician(&c, "marsh");
	struct id id = a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING);

	publish_all(&c, id);
	ck_ok(diary_leave(&c.desk, marsh, day_of(2026, 3, 16), day_of(2026, 3, 27), "annual leave",
			  NULL, &leave, &err),
	      err);
	ck_assert_int_eq(count(&c, "state = 'leave'"), 2 * 5);
	ck_refused(diary_leave(&c.desk, marsh, day_of(2026, 3, 27), day_of(2026, 3, 27), "more",
			       NULL, NULL, &err),
		   err, ERR_CLASH);
	/* Another session of those days finds them taken. */
	struct published done =
		publish_all(&c, a_template(&c, "marsh", "HBR", "HBR-1", "PHYSIO", TUE, MORNING));
	ck_assert_int_eq(done.leave, 2);
	/* The room is free for somebody else meanwhile, and then the leave cannot be taken back. */
	struct id cover = a_template(&c, "obi", "NGT", "NGT-1", "PHYSIO", THU, MORNING);
	ck_ok(template_publish(&c.desk, cover, day_of(2026, 3, 19), day_of(2026, 3, 19), NULL,
			       &err),
	      err);
	ck_refused(act_undo_of(&c.desk, leave, NULL, 0, &err), err, ERR_CLASH);
	ck_ok(act_undo_of(&c.desk, cover, NULL, 0, &err), err);
	ck_ok(act_undo_of(&c.desk, leave, NULL, 0, &err), err);
	ck_assert_int_eq(count(&c, "state = 'leave'"), 0);
	ck_assert_int_eq(count(&c, "state = 'open' AND clinician = (SELECT id FROM clinician"
				   " WHERE code = 'marsh') AND day IN (20531, 20538)"),
			 2 * 5);
	clinic_close(&c);
}
END_TEST

START_TEST(a_block_takes_the_bookable_slots_it_touches)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id marsh;

	clinic_open(&c);
	marsh = clinic_clinician(&c, "marsh");
	publish_all(&c, a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING));
	ck_ok(diary_block(&c.desk, marsh, at_of(2026, 3, 19, 9, 0), at_of(2026, 3, 19, 10, 0),
			  "room flooded", NULL, &err),
	      err);
	ck_assert_int_eq(count(&c, "state = 'blocked' AND note = 'room flooded'"), 2);
	ck_refused(diary_block(&c.desk, marsh, at_of(2026, 3, 19, 9, 0), at_of(2026, 3, 19, 9, 10),
			       "again", NULL, &err),
		   err, ERR_MISSING);
	ck_refused(diary_block(&c.desk, marsh, at_of(2026, 3, 19, 9, 0), at_of(2026, 3, 19, 9, 0),
			       "nothing", NULL, &err),
		   err, ERR_INPUT);
	ck_refused(diary_block(&c.desk, marsh, at_of(2026, 3, 19, 8, 0), at_of(2026, 3, 19, 9, 0),
			       "", NULL, &err),
		   err, ERR_INPUT);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_assert_int_eq(count(&c, "state = 'open' AND note IS NULL"), 13 * 5);
	clinic_close(&c);
}
END_TEST

START_TEST(a_block_inside_leave_stays_on_leave_when_it_ends)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct id marsh;
	struct moment from, to;

	clinic_open(&c);
	marsh = clinic_clinician(&c, "marsh");
	from = at_of(2026, 3, 19, 8, 0);
	to = at_of(2026, 3, 19, 9, 0);
	publish_all(&c, a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING));
	ck_ok(diary_block(&c.desk, marsh, from, to, "fire drill", NULL, &err), err);
	ck_ok(diary_leave(&c.desk, marsh, day_of(2026, 3, 19), day_of(2026, 3, 19), "study", NULL,
			  NULL, &err),
	      err);
	ck_assert_int_eq(count(&c, "state = 'leave'"), 3);
	ck_ok(diary_unblock(&c.desk, marsh, from, to, &err), err);
	ck_assert_int_eq(count(&c, "state = 'leave'"), 5);
	clinic_close(&c);
}
END_TEST

START_TEST(what_an_act_wrote_can_be_taken_back_by_sync)
{
	struct clinic c;
	struct err err = ERR_INIT;
	struct template_change change = { .pattern = "09:00 NEW 40x2", .weekday = -1 };
	char before[65], after[65];

	clinic_open(&c);
	clinic_digest(&c, before);
	store_capture(c.store, true);
	struct id id = a_template(&c, "marsh", "NGT", "NGT-1", "PHYSIO", THU, MORNING);

	publish_all(&c, id);
	ck_ok(diary_leave(&c.desk, clinic_clinician(&c, "marsh"), day_of(2026, 3, 16),
			  day_of(2026, 3, 27), "annual leave", NULL, NULL, &err),
	      err);
	ck_ok(template_set(&c.desk, id, day_of(2026, 3, 20), &change, NULL, NULL, &err), err);
	ck_ok(act_undo_last(&c.desk, NULL, 0, &err), err);
	ck_ok(store_begin(c.store, &err), err);
	ck_ok(journal_take_back(c.store, &err), err);
	ck_ok(store_commit(c.store, &err), err);
	clinic_digest(&c, after);
	ck_assert_str_eq(before, after);
	store_capture(c.store, false);
	clinic_close(&c);
}
END_TEST

TEST_MAIN("publish", a_pattern_becomes_slots_twelve_weeks_ahead, a_holiday_has_no_slots,
	  publishing_twice_adds_nothing, a_session_keeps_its_hours_when_the_clocks_change,
	  a_clinician_is_not_published_in_two_places_at_once, a_room_is_not_published_twice_at_once,
	  only_the_home_node_publishes,
	  what_another_node_publishes_is_held_by_the_home_of_the_diary,
	  managers_change_any_diary_and_clinicians_their_own, undo_of_publishing_withdraws_it,
	  a_changed_template_is_published_as_far_as_the_old_one_was,
	  a_change_that_would_clash_changes_nothing,
	  leave_closes_what_is_published_and_keeps_more_from_being,
	  a_block_takes_the_bookable_slots_it_touches,
	  a_block_inside_leave_stays_on_leave_when_it_ends,
	  what_an_act_wrote_can_be_taken_back_by_sync)
