/*
 * test_growth.c: what is exact on any machine about being fast: the work of the database for ten
 * thousand appointments against a hundred thousand, and the bytes that a key sends.
 *
 * Work is instructions of SQLite's machine, which may be half as many again for ten times the data,
 * and visits to pages, which may double: at these sizes most trees grow from two levels to three.
 * Anything that walks the data would be ten times as much of either.
 */
#include "suite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "bench_desk.h"
#include "clinic/after.h"
#include "clinic/act.h"
#include "clinic/away.h"
#include "clinic/booking.h"
#include "clinic/clash.h"
#include "clinic/closing.h"
#include "clinic/contact.h"
#include "clinic/demo.h"
#include "clinic/desklist.h"
#include "clinic/diary.h"
#include "clinic/forms.h"
#include "clinic/health.h"
#include "clinic/hold.h"
#include "clinic/needs.h"
#include "clinic/park.h"
#include "clinic/intake.h"
#include "clinic/pairs.h"
#include "clinic/phone.h"
#include "clinic/prospect.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "clinic/series.h"
#include "clinic/task.h"
#include "clinic/wait.h"
#include "pty.h"
#include "store/stats.h"
#include "sync/state.h"

/* ---- the two sizes ---- */

static char folder[64];

static char *made(const char *name, int people, int years, int sites, int clinicians)
{
	struct demo_want want = { .people = people,
				  .years = years,
				  .sites = sites,
				  .clinicians = clinicians,
				  .appointments = (int64_t)people * 25 / 4,
				  .seed = 1 };
	char *path = mem_printf("%s/%s.db", folder, name);
	struct demo_made counts;
	struct err err = ERR_INIT;

	date_from_ymd(2026, 3, 12, &want.today);
	ck_assert_msg(demo_make(path, &want, &counts, &err) == 0, "%s", err.text);
	ck_assert_msg(counts.behind > want.appointments * 9 / 10, "only %ld appointments in %s",
		      (long)counts.behind, name);
	return path;
}

static void folder_make(void)
{
	snprintf(folder, sizeof folder, "%s/ohdesk-growth-XXXXXX",
		 getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	ck_assert(mkdtemp(folder) != NULL);
}

static void folder_remove(void)
{
	char *cmd = mem_printf("rm -rf '%s'", folder);

	ck_assert_int_eq(system(cmd), 0);
	mem_free(cmd);
}

/* ---- what is done ---- */

static void see_desk(struct bench_desk *h, struct err *err)
{
	struct desk_filter all = { 0 };
	struct desk_rows rows = { 0 };

	bench_must(desklist(&h->desk, h->desk.site.id, h->desk.today, &all, &rows, err), err);
	ck_assert_uint_gt(rows.n, 20);
	desk_rows_done(&rows);
}

static void start(struct bench_desk *h, struct err *err)
{
	refs_free(h->desk.refs);
	bench_must(refs_load(h->store, &h->desk.refs, err), err);
	bench_must(desk_sit(&h->desk, "p.shah", err), err);
	see_desk(h, err);
}

/* The last day of that clinician on which just twelve people were booked: both sizes show the same.
 */
static void see_day(struct bench_desk *h, struct err *err)
{
	static struct date day;
	static unsigned of;
	const struct clinician *marsh = NULL;
	struct diary diary = { 0 };

	bench_must(find_clinician(&h->desk, "marsh", &marsh, err), err);
	if (of != h->opened)
		day = h->desk.today;
	for (of = h->opened;; day.n--) {
		bench_must(diary_day(&h->desk, marsh->id, day, &diary, err), err);
		if (diary.booked == 12)
			break;
		list_free(&diary);
		ck_assert_int_gt(day.n, h->desk.today.n - 300);
	}
	list_free(&diary);
}

/* Whom it hits when Marsh is away on the next day with four booked, and a home for each. */
static void see_away(struct bench_desk *h, struct err *err)
{
	static struct away away;
	static unsigned of;
	const struct clinician *marsh = NULL;
	struct away_rows rows = { 0 };

	bench_must(find_clinician(&h->desk, "marsh", &marsh, err), err);
	if (of != h->opened)
		away = (struct away){ .leave = true, .first = h->desk.today, .why = "ill" };
	for (of = h->opened;; away.first.n++) {
		away.clinician = marsh->id;
		away.last = away.first;
		bench_must(away_list(&h->desk, &away, &rows, err), err);
		if (rows.n == 4)
			break;
		list_free(&rows);
		ck_assert_int_lt(away.first.n, h->desk.today.n + 80);
	}
	list_free(&rows);
}

static void find(struct bench_desk *h, const char *text, struct err *err)
{
	struct found_list found = { 0 };

	bench_must(intake_find(&h->desk, text, 15, &found, err), err);
	ck_assert_uint_ge(found.n, 15);
	list_free(&found);
}

static void find_name(struct bench_desk *h, struct err *err)
{
	find(h, "ma", err);
}

static void find_number(struct bench_desk *h, struct err *err)
{
	static char number[16];
	static unsigned of;
	struct found_list found = { 0 };

	if (of != h->opened) {
		bench_must(intake_find(&h->desk, "ma", 15, &found, err), err);
		for (size_t i = 0; i < found.n; i++)
			if (*found.v[i].person.nhs)
				snprintf(number, sizeof number, "%s", found.v[i].person.nhs);
		list_free(&found);
	}
	of = h->opened;
	bench_must(intake_find(&h->desk, number, 15, &found, err), err);
	ck_assert_uint_eq(found.n, 1);
	list_free(&found);
}

static void free_times(struct bench_desk *h, struct err *err)
{
	struct search s = bench_wish(h);
	struct places found = { 0 };

	bench_must(search_slots(&h->desk, &s, &found, err), err);
	ck_assert_uint_eq(found.n, 10);
	list_free(&found);
}

/* How many times between those that do may be too short, of the few whom the wish leaves: it
 * depends on who is how busy, and not on how much data there is. */
enum { TOO_SHORT_MOST = 64 };

static void with_a(struct bench_desk *h, enum gender gender, struct err *err)
{
	struct search s = bench_wish(h);
	struct places found = { 0 };

	s.gender = gender;
	bench_must(search_slots(&h->desk, &s, &found, err), err);
	ck_assert_uint_eq(found.n, 10);
	list_free(&found);
}

static void with_a_woman(struct bench_desk *h, struct err *err)
{
	with_a(h, GENDER_WOMAN, err);
}

static void with_a_man(struct bench_desk *h, struct err *err)
{
	with_a(h, GENDER_MAN, err);
}

/* S8 from its opening to its leaving, of the first who is to be booked. */
static void see_booking(struct bench_desk *h, struct err *err)
{
	static struct id person;
	static unsigned of;
	struct search s = bench_wish(h);
	struct places found = { 0 };
	struct prospect p;
	const char **without;

	if (of != h->opened)
		person = h->people.v[0];
	of = h->opened;
	bench_must(prospect_new(&h->desk, person, s.service, &p, err), err);
	s.limit = SEARCH_USUAL;
	bench_must(search_slots(&h->desk, &s, &found, err), err);
	ck_assert_uint_eq(found.n, SEARCH_USUAL);
	bench_must(needs_of_places(&h->desk, &(struct needing){ p.needs, p.interpreter, MODE_FACE },
				   &found, &without, err),
		   err);
	mem_free(without);
	list_free(&found);
}

static void see_waiting(struct bench_desk *h, struct err *err)
{
	struct wait_rows rows = { 0 };

	bench_must(wait_rows(&h->desk, (struct id){ 0 }, &rows, err), err);
	ck_assert_uint_gt(rows.n, 5);
	list_free(&rows);
}

/* Whom a freed time fits. */
static void see_fitting(struct bench_desk *h, struct err *err)
{
	struct search s = bench_wish(h);
	struct places found = { 0 };
	struct wait_offers list = { 0 };
	int fit;

	bench_must(search_slots(&h->desk, &s, &found, err), err);
	ck_assert_uint_gt(found.n, 0);
	bench_must(wait_fitting(&h->desk, found.v[0].slot.id, &list, &fit, err), err);
	ck_assert_uint_gt(list.n, 5);
	list_free(&list);
	list_free(&found);
}

/* The place that the list would show first, held anew. */
static void hold(struct bench_desk *h, struct err *err)
{
	struct search s = bench_wish(h);
	struct places found = { 0 };
	struct moment until;
	struct id first;

	bench_must(search_slots(&h->desk, &s, &found, err), err);
	ck_assert_uint_gt(found.n, 0);

	struct hold_ask ask = { .service = s.service,
				.clinician = found.v[0].slot.clinician,
				.starts = found.v[0].slot.starts,
				.mins = found.v[0].mins,
				.kind = s.kind };

	bench_must(hold_take(&h->desk, &ask, &first, &until, err), err);
	list_free(&found);
}

/* What is open is kept, and how many are parked is counted, as after each key that changed a row.
 */
static void draft(struct bench_desk *h, struct err *err)
{
	struct parcel *texts = mem_new(sizeof *texts);
	struct parked p = { .screen = "details", .what = "Person details", .place = "Mobile" };
	int n;

	parcel_put(texts, "mobile", "07700 9");
	bench_must(park_draft(&h->desk, &p, texts, err), err);
	bench_must(park_count(&h->desk, &n, err), err);
	bench_must(park_done(&h->desk, p.id, err), err);
	args_free(&parcel_fields, texts);
}

static void steps(struct bench_desk *h, struct err *err)
{
	struct undo_steps list = { 0 };

	bench_must(act_undo_steps(&h->desk, &list, err), err);
	list_free(&list);
}

static void book(struct bench_desk *h, struct err *err)
{
	struct id id;
	double ms;

	(void)err;
	ck_assert(bench_book(h, &id, &ms));
}

static void check_in(struct bench_desk *h, struct err *err)
{
	struct desk_filter booked = { .states = 1u << APPT_BOOKED };
	struct desk_rows rows = { 0 };
	struct mark_ask ask = { 0 };

	bench_must(desklist(&h->desk, h->desk.site.id, h->desk.today, &booked, &rows, err), err);
	ck_assert_uint_gt(rows.n, 0);
	bench_must(booking_mark(&h->desk, rows.v[0].row.a.id, APPT_ARRIVED, &ask, err), err);
	desk_rows_done(&rows);
}

/* Who was seen by that clinician this morning. */
static struct id seen_today(struct bench_desk *h, const struct clinician *who, struct err *err)
{
	struct desk_filter seen = { .states = 1u << APPT_SEEN, .clinician = who->id };
	struct desk_rows rows = { 0 };
	struct id id;

	bench_must(desklist(&h->desk, h->desk.site.id, h->desk.today, &seen, &rows, err), err);
	ck_assert_uint_gt(rows.n, 0);
	id = rows.v[0].row.a.id;
	desk_rows_done(&rows);
	return id;
}

static void finish(struct bench_desk *h, struct err *err)
{
	struct after_ask again = { .outcome = OUTCOME_REBOOK, .overrule = true };
	const struct clinician *marsh = NULL;
	struct desk_rows left = { 0 };

	bench_must(desk_sit(&h->desk, "j.marsh", err), err);
	bench_must(find_clinician(&h->desk, "marsh", &marsh, err), err);
	/* Twice: the second takes back what the first opened. */
	for (int i = 0; i < 2; i++)
		bench_must(after_record(&h->desk, seen_today(h, marsh, err), &again, err), err);
	bench_must(find_clinician(&h->desk, "marsh", &marsh, err), err);
	bench_must(after_unfinished(&h->desk, marsh->id, &left, err), err);
	desk_rows_done(&left);
	bench_must(desk_sit(&h->desk, "p.shah", err), err);
}

static void count_tasks(struct bench_desk *h, struct err *err)
{
	int n;

	bench_must(task_count(&h->desk, &n, err), err);
	ck_assert_int_gt(n, 0);
}

static void see_tasks(struct bench_desk *h, struct err *err)
{
	struct task_rows rows = { 0 };

	bench_must(task_rows(&h->desk, TASKS_FOR_ME, &rows, err), err);
	ck_assert_uint_gt(rows.n, 20);
	list_free(&rows);
}

/* The inbox as it opens: its order, and the names of the rows in view. */
static void see_inbox(struct bench_desk *h, struct err *err)
{
	struct inbox_filter all = { 0 };
	struct inbox box = { 0 };
	struct referral_row r;

	bench_must(desk_sit(&h->desk, "r.adeyemi", err), err);
	bench_must(referral_inbox(&h->desk, &all, &box, err), err);
	ck_assert_uint_gt(box.n, 10);
	for (size_t i = 0; i < 10; i++)
		bench_must(referral_one(&h->desk, box.v[i].id, &r, err), err);
	list_free(&box);
	bench_must(desk_sit(&h->desk, "p.shah", err), err);
}

/* Who is to be booked, as g p opens it. */
static void see_to_book(struct bench_desk *h, struct err *err)
{
	struct to_book_items items = { 0 };
	const struct service *physio = NULL;
	struct to_book_row r;

	bench_must(find_service(&h->desk, "PHYSIO", &physio, err), err);
	bench_must(to_book(&h->desk, physio->id, &items, err), err);
	for (size_t i = 0; i < items.n && i < 10; i++)
		bench_must(to_book_one(&h->desk, items.v[i].episode, &r, err), err);
	list_free(&items);
}

static void done_today(struct bench_desk *h, struct err *err)
{
	struct task_rows rows = { 0 };

	bench_must(task_rows(&h->desk, TASKS_DONE, &rows, err), err);
	list_free(&rows);
}

static void see_closing(struct bench_desk *h, struct err *err)
{
	struct closing c;

	bench_must(closing_look(&h->desk, h->desk.site.id, h->desk.today, &c, err), err);
	closing_done(&c);
}

static void hear_health(struct bench_desk *h, struct err *err)
{
	struct health health;

	bench_must(health_look(&h->desk, &health, err), err);
}

static void ring(struct bench_desk *h, struct err *err)
{
	struct found_list found = { 0 };
	struct phone_card card;

	bench_must(intake_find(&h->desk, "9995260182", 15, &found, err), err);
	ck_assert_uint_gt(found.n, 0);
	bench_must(phone_card(&h->desk, found.v[0].person.id, &card, err), err);
	list_free(&found);
}

static void duplicates(struct bench_desk *h, struct err *err)
{
	struct pairs_at at = { 0 };
	struct pairs found = { 0 };

	bench_must(pairs_find(&h->desk, 200, &at, &found, err), err);
	list_free(&found);
}

static void see_clashes(struct bench_desk *h, struct err *err)
{
	struct clash_rows rows = { 0 };
	struct sync_now now;

	bench_must(sync_now(&h->desk, &now, err), err);
	bench_must(clash_rows(&h->desk, 200, &rows, err), err);
	ck_assert_uint_eq(rows.n, 30);
	list_free(&rows);
}

static void see_both_sides(struct bench_desk *h, struct err *err)
{
	static struct clash_view v;
	struct clash_rows rows = { 0 };

	bench_must(clash_rows(&h->desk, 1, &rows, err), err);
	bench_must(clash_look(&h->desk, rows.v[0].c.id, &v, err), err);
	ck_assert_int_gt(v.offered, 0);
	list_free(&rows);
}

/* The whole course of one who has had the first, from a week that is empty in both sizes. */
static void propose(struct bench_desk *h, struct err *err)
{
	struct found_list found = { 0 };
	const struct service *couns = NULL;
	struct series_ask usual;
	struct series s;
	struct id episode = { 0 };

	bench_must(desk_sit(&h->desk, "s.kelly", err), err);
	bench_must(find_service(&h->desk, "COUNS", &couns, err), err);
	bench_must(intake_find(&h->desk, "okafor,adanna", 1, &found, err), err);
	ck_assert_uint_gt(found.n, 0);
	bench_must(series_of(&h->desk, found.v[0].person.id, couns->id, &episode, err), err);
	bench_must(series_usual(&h->desk, episode, 0, &usual, err), err);
	usual.from.n += 70 - 7;
	bench_must(series_propose(&h->desk, &usual, &s, err), err);
	ck_assert_uint_gt(s.rows.n, 0);
	series_done(&s);
	list_free(&found);
	bench_must(desk_sit(&h->desk, "p.shah", err), err);
}

/* One of the inbox in full, as Enter on it shows it. */
static void see_referral(struct bench_desk *h, struct err *err)
{
	struct inbox_filter all = { 0 };
	struct inbox box = { 0 };
	struct ref_moves moves = { 0 };
	struct remarks remarks = { 0 };
	struct attachments files = { 0 };
	struct said_rows said = { 0 };
	struct referral_row r;

	bench_must(referral_inbox(&h->desk, &all, &box, err), err);
	ck_assert_uint_gt(box.n, 0);
	bench_must(referral_one(&h->desk, box.v[0].id, &r, err), err);
	bench_must(referral_moves(&h->desk, box.v[0].id, &moves, err), err);
	bench_must(referral_remarks(&h->desk, box.v[0].id, &remarks, err), err);
	bench_must(referral_attachments(&h->desk, box.v[0].id, &files, err), err);
	bench_must(referral_answers(&h->desk, box.v[0].id, &said, err), err);
	list_free(&box);
	list_free(&moves);
	list_free(&remarks);
	list_free(&files);
	list_free(&said);
}

/* A contact found by name, and what they sent with what they may hear of it. */
static void see_contact(struct bench_desk *h, struct err *err)
{
	struct customer_contacts found = { 0 };
	struct referral_rows rows = { 0 };
	char words[WORDS_TEXT];

	bench_must(contacts_found(&h->desk, "hale", &found, err), err);
	ck_assert_uint_gt(found.n, 0);
	bench_must(referrals_sent_by(&h->desk, &found.v[0], &rows, err), err);
	ck_assert_uint_gt(rows.n, 0);
	list_each (r, &rows)
		contact_hears(&h->desk, &found.v[0], r, words);
	list_free(&rows);
	list_free(&found);
}

static struct id physio_of(struct bench_desk *h)
{
	const struct service *physio = NULL;
	struct err err = ERR_INIT;

	bench_must(find_service(&h->desk, "PHYSIO", &physio, &err), &err);
	return physio->id;
}

/* S5 from its first question to what is saved; the form read anew, as each opening does.  Whom it
 * is about is found once: that grows with namesakes, and is gated by itself. */
static void take_referral(struct bench_desk *h, struct err *err)
{
	static const char given[] =
		"[answers]\nwhere = b\nsince = 2026-03-08\nhow = t\npain = 8\nsaddle = n\n"
		"water = n\nbowel = n\nlegs_both = n\nweaker = n\nunwell = n\nfall = n\n"
		"off_work = n\nconsent_assess = y\nconsent_gp = y\nphone = 07700 900123\n";
	static struct id person;
	static unsigned of;
	struct found_list found = { 0 };
	struct referral same;
	struct form_found form;
	struct answers a = { 0 };
	struct judged j;
	struct intake_form_ask ask = { .by = { &form, &a, &j }, .anew = true };
	struct id id;

	if (of != h->opened) {
		bench_must(intake_find(&h->desk, "okafor,adanna", 1, &found, err), err);
		ck_assert_uint_gt(found.n, 0);
		person = found.v[0].person.id;
		list_free(&found);
	}
	of = h->opened;
	ask.person = person;
	bench_must(forms_open(&h->desk, "rap_physio_self", &form, err), err);
	bench_must(
		answers_read(&form.paper, "given", given, sizeof given - 1, h->desk.today, &a, err),
		err);
	form_judge(&form.paper, &a, &j);
	bench_must(referral_same(&h->desk, person, physio_of(h), &same, err), err);
	bench_must(referral_take(&h->desk, &ask, &id, err), err);
	answers_end(&a);
	form_found_done(&form);
}

static const struct {
	const char *name;
	void (*run)(struct bench_desk *h, struct err *err);
	int counted; /* how many it may count, five steps each and ten on a page */
} works[] = { { "start", start, 0 },
	      { "desk list", see_desk, 0 },
	      { "day of a diary", see_day, 0 },
	      { "whom leave hits", see_away, 0 },
	      { "find by name", find_name, FIND_MOST },
	      { "find by NHS number", find_number, 0 },
	      { "free times", free_times, 0 },
	      { "free with a woman", with_a_woman, TOO_SHORT_MOST },
	      { "free with a man", with_a_man, TOO_SHORT_MOST },
	      { "the booking list", see_booking, 0 },
	      { "hold a time", hold, 0 },
	      { "who waits", see_waiting, 0 },
	      { "who fits a time", see_fitting, 0 },
	      { "keep a draft", draft, 0 },
	      { "steps to undo", steps, 0 },
	      { "book", book, 0 },
	      { "check in", check_in, 0 },
	      { "finish", finish, 0 },
	      { "count of tasks", count_tasks, 0 },
	      { "list of tasks", see_tasks, 0 },
	      { "triage inbox", see_inbox, 0 },
	      { "who is to be booked", see_to_book, TO_BOOK_MOST },
	      { "tasks done today", done_today, 0 },
	      { "closing the day", see_closing, 0 },
	      { "health at sign-in", hear_health, 0 },
	      { "phone card", ring, 0 },
	      { "duplicates", duplicates, 0 },
	      { "list of clashes", see_clashes, 0 },
	      { "both sides of one", see_both_sides, 0 },
	      { "a referral in full", see_referral, 0 },
	      { "a contact", see_contact, 0 },
	      { "take a referral", take_referral, 0 },
	      { "a series", propose, 0 } };

enum { ACTS = sizeof works / sizeof *works };

/* Of everybody something was once to be done, and is; thirty things still are. */
static void plant_tasks(const char *path)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(
		sqlite3_exec(
			db,
			"INSERT INTO task (id, scope, kind, text, due, person, for_role, site,"
			" opened_at, opened_by, state, outcome, done_at, done_by)"
			" SELECT -id, scope, 'ring', 'ring', 1, id, 'reception', NULL, 1, 1,"
			" 'done', 'spoke', 1, 1 FROM person;"
			"INSERT INTO task (id, scope, kind, text, due, person, for_role, site,"
			" opened_at, opened_by, state) SELECT -id - (SELECT max(id) FROM person),"
			" scope, 'ring', 'ring', 1, id, 'reception', NULL, 1, 1, 'open'"
			" FROM person ORDER BY id LIMIT 30;"
			/* So were clashes: as many as there are people are settled. */
			"INSERT INTO overlap (id, type, a, b, at, state, note, author)"
			" SELECT -id, 'edit', id, 0, 1, 'closed', 'surname', 1 FROM person;"
			"INSERT INTO overlap (id, type, a, b, at, state, note, author)"
			" SELECT -a.id, 'slot', a.id, 0, 1, 'open', 'taken', 1 FROM appointment a"
			" WHERE a.state = 'B' AND a.service = (SELECT id FROM service WHERE"
			" code = 'PHYSIO') ORDER BY a.starts, a.id LIMIT 30",
			NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
}

/* Whom an act is about decides which statements it needs (an employer's share, a cap): each is
 * compiled once, so a run that compiles nothing comes soon, and that one counts. */
static void work_once(struct bench_desk *h, int act, struct store_work *ret, struct err *err)
{
	struct store_work before, after = { 0 };
	int tries = 0;

	do {
		store_work(h->store, &before);
		works[act].run(h, err);
		store_work(h->store, &after);
	} while (after.compiled != before.compiled && ++tries < 10);
	ck_assert_msg(after.compiled == before.compiled, "%s compiles anew each time",
		      works[act].name);
	ret->steps = after.steps - before.steps;
	ret->pages = after.pages - before.pages;
}

static void work_of(const char *path, struct store_work ret[ACTS])
{
	struct err err = ERR_INIT;
	struct bench_desk h;

	bench_open(&h, path);
	bench_must(store_unmap(h.store, &err), &err);
	bench_gather(&h, 40);
	for (int i = 0; i < ACTS; i++) {
		desk_tick(&h.desk);
		work_once(&h, i, &ret[i], &err);
	}
	bench_close(&h);
}

START_TEST(ten_times_the_data_is_no_more_work_than_a_level_of_each_tree)
{
	struct store_work tenth[ACTS], whole[ACTS];
	char *a, *b;

	folder_make();
	a = made("tenth", 1600, 1, 1, 12);
	b = made("whole", 16000, 5, 1, 12);
	plant_tasks(a);
	plant_tasks(b);
	work_of(a, tenth);
	work_of(b, whole);
	for (int i = 0; i < ACTS; i++) {
		if (getenv("OHDESK_SHOW"))
			fprintf(stderr, "%-16s steps %6ld %6ld  pages %4ld %4ld\n", works[i].name,
				(long)tenth[i].steps, (long)whole[i].steps, (long)tenth[i].pages,
				(long)whole[i].pages);
		ck_assert_int_gt(tenth[i].steps, 0);
		ck_assert_int_gt(tenth[i].pages, 0);
		ck_assert_msg(2 * whole[i].steps <= 3 * tenth[i].steps + 10 * works[i].counted,
			      "%s: %ld steps became %ld", works[i].name, (long)tenth[i].steps,
			      (long)whole[i].steps);
		ck_assert_msg(whole[i].pages <= 2 * tenth[i].pages + works[i].counted / 10,
			      "%s: %ld pages became %ld", works[i].name, (long)tenth[i].pages,
			      (long)whole[i].pages);
	}
	mem_free(a);
	mem_free(b);
	folder_remove();
}
END_TEST

/* ---- bytes ---- */

static const struct {
	const char *what, *title;
	const char *before, *keys;
	long p50, most;
} scenes[] = {
	{ "row move in the page", "DESK", "<Home>",
	  "<Down><Down><Down><Up><Up><Down><Down><Down><Down><Up>", 120, 200 },
	{ "row move that scrolls", "DESK", "<Home><End><PgUp>", "<Up><Up><Up><Up><Up>", 220, 220 },
	{ "page of the list", "DESK", "<Home><PgDn>", "<PgDn><PgUp><PgUp>", 1700, 1700 },
	/* The goal is 1700.  A full desk has 1480 characters of its own, some of them of two bytes;
	 * this holds what it has come to. */
	{ "desk and diary", "DESK", "<Home>", "gd<F3>gd<F3>", 1700, 1760 },
	{ "desk and tasks", "DESK", "<Home>", "gk<F3>gk<F3>", 1700, 1760 },
	{ "menu over the desk", "DESK", "<Home>", ":re<C-u>p<Esc>:<Esc>", 1200, 1700 },
	{ "next task", "DESK", "gk<Home>", "<Down><Down><Up><Down><Up>", 320, 420 },
	{ "day of the diary", "TASKS", "<F3>gd", "++++++", 1700, 1700 },
	{ "phone card", "DIARY", "<F3><Home>", "p<Esc>p<Esc>", 1700, 1760 },
	{ "booking list", "DESK", "<Home>", "bp<Esc>bp<Esc>", 1700, 1820 },
	{ "parts of the details", "DESK", "<Enter>e", "<F8><F8><F7><F7>", 1700, 1700 },
	{ "desk and clashes", "PERSON DETAILS", "<Esc><F3><Home>", "gs<F3>gs<F3>", 1740, 1820 },
	/* One question to the next, the page's end and the next page's first among them. */
	{ "question of S5", "DESK", "/okafor, adan<Enter>np", "b-2w<Enter>l6<Enter>nnnn", 200,
	  1000 },
	{ "rows of a referral", "NEW REFERRAL", "nnnnyy<Enter><Enter><C-s><Esc><Tab><Enter>",
	  "<Down><Down><Up><Down>", 120, 200 },
	{ "rows of a contact", "REFERRAL", "<F3>/ogden, pet<Enter>", "<Down><Up><Down>", 120, 200 },
	{ "desk and contact", "CONTACT", "<F3><Home>", "<Down><Up>", 1700, 1700 },
	{ "letter in the find box", "DESK", "/", "okafor", 1700, 1700 },
};

START_TEST(a_key_on_the_desk_sends_no_more_than_its_goal)
{
	const char *program = getenv("OHDESK") ? getenv("OHDESK") : "build/ohdesk";
	char *db;
	struct pty *p;

	folder_make();
	db = made("tenth", 1600, 1, 1, 12);
	const char *argv[] = { program, "--db", db, "--as", "p.shah", NULL };
	struct pty_options o = { .argv = argv };

	p = pty_start(&o);
	for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
		ck_assert_msg(pty_find(p, scenes[i].title) == 1, "%s: not there", scenes[i].what);
		pty_keys(p, scenes[i].before);
		pty_count_start(p);
		pty_keys(p, scenes[i].keys);
		if (getenv("OHDESK_SHOW"))
			fprintf(stderr, "%-24s bytes p50 %4ld most %4ld\n", scenes[i].what,
				pty_p50(p), pty_most(p));
		ck_assert_msg(pty_p50(p) <= scenes[i].p50, "%s: %ld bytes in the middle",
			      scenes[i].what, pty_p50(p));
		ck_assert_msg(pty_most(p) <= scenes[i].most, "%s: %ld bytes at most",
			      scenes[i].what, pty_most(p));
	}
	pty_hang_up(p);
	mem_free(db);
	folder_remove();
}
END_TEST

START_TEST(a_letter_in_a_field_is_a_byte_or_two)
{
	const char *program = getenv("OHDESK") ? getenv("OHDESK") : "build/ohdesk";
	char *db;
	struct pty *p;

	folder_make();
	db = made("tenth", 1600, 1, 1, 12);
	const char *argv[] = { program, "--db", db, NULL };
	struct pty_options o = { .argv = argv };

	p = pty_start(&o);
	pty_keys(p, "<C-u>");
	pty_count_start(p);
	pty_keys(p, "okaforadaezeandmore");
	ck_assert_int_le(pty_p50(p), 2);
	ck_assert_int_le(pty_most(p), 12);
	pty_hang_up(p);
	mem_free(db);
	folder_remove();
}
END_TEST

TEST_MAIN("growth", ten_times_the_data_is_no_more_work_than_a_level_of_each_tree,
	  a_key_on_the_desk_sends_no_more_than_its_goal, a_letter_in_a_field_is_a_byte_or_two)
