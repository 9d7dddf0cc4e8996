/*
 * screen_person.c: S4: one person: who they are, how to reach them, what is booked and what for.
 *
 * Always holds: opening is logged once, before anything is shown, and not again when the rows are
 * read anew.  The next appointment is marked first, so that a, m and X act at once.  Rows are known
 * by their appointment, episode or referral: what another desk changes changes in place.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "clinic/intake.h"
#include "clinic/message.h"
#include "clinic/refs.h"
#include "clinic/trail.h"
#include "opened.h"
#include "screens.h"

enum {
	AT_LEAST = 8, /* appointments shown, where there are so many, before PgDn */
	MESSAGES = 4,
};

/* ---- loading ---- */

static struct line *add_line(struct opened *o, enum line_kind kind, int at, const char *words)
{
	struct line *l = list_push(&o->lines);

	*l = (struct line){ kind, at, words };
	return l;
}

static struct id line_id(const struct opened *o, const struct line *l)
{
	if (l->kind == LINE_APPT)
		return o->appts.v[l->at].row.a.id;
	if (l->kind == LINE_EPISODE)
		return o->episodes.v[l->at].e.id;
	/* Its episode has the same, once it is accepted: the row stays where it is. */
	if (l->kind == LINE_REFERRAL)
		return o->referrals.v[l->at].r.id;
	return (struct id){ 0 };
}

/* How many appointments are shown: those to come, and of the others what makes AT_LEAST. */
static int shown_appts(const struct opened *o)
{
	int n = (int)o->appts.n, coming = 0;

	while (coming < n && o->appts.v[coming].row.a.day.n >= o->today.n)
		coming++;
	if (o->older || coming + 1 >= n)
		return n;
	return coming + 1 > AT_LEAST ? coming + 1 : AT_LEAST < n ? AT_LEAST : n;
}

/* It has no episode yet. */
static bool waits(const struct referral_row *r)
{
	enum work_list list = referral_list_of(r->shown);

	return list == LIST_INBOX || list == LIST_RETURNED;
}

static void make_lines(struct opened *o)
{
	int shown = shown_appts(o);
	bool waiting = false;

	o->lines.n = 0;
	o->hidden = (int)o->appts.n - shown;
	add_line(o, LINE_HEADING, 0, "APPOINTMENTS");
	for (int i = 0; i < shown; i++)
		add_line(o, LINE_APPT, i, NULL);
	if (!shown)
		add_line(o, LINE_WORDS, 0, "none");
	add_line(o, LINE_HEADING, 0, "EPISODES");
	for (size_t i = 0; i < o->episodes.n; i++)
		add_line(o, LINE_EPISODE, (int)i, NULL);
	for (size_t i = 0; i < o->referrals.n; i++)
		if (waits(&o->referrals.v[i])) {
			add_line(o, LINE_REFERRAL, (int)i, NULL);
			waiting = true;
		}
	if (!o->episodes.n && !waiting)
		add_line(o, LINE_WORDS, 0, "none");
	if (o->aways.n)
		add_line(o, LINE_HEADING, 0, "ABSENCES");
	for (size_t i = 0; i < o->aways.n; i++)
		add_line(o, LINE_AWAY, (int)i, NULL);
	if (o->msgs.n)
		add_line(o, LINE_HEADING, 0, "MESSAGES");
	for (size_t i = 0; i < o->msgs.n; i++)
		add_line(o, LINE_MESSAGE, (int)i, NULL);
}

/* The appointment that a caller most likely means: under way or the next one. */
static struct id next_appt(const struct opened *o)
{
	list_each (r, &o->appts)
		if (appt_live(r->row.a.state) && r->row.a.day.n >= o->today.n)
			return r->row.a.id;
	return (struct id){ 0 };
}

/* Something new came by an act of this very desk: then the rows are sorted, for nobody is surprised
 * by it.  What comes from elsewhere waits at the end of the list. */
static bool own_news(struct ui *ui, const struct opened *o)
{
	return ui->desk->acted != o->acted;
}

/* What this desk has just booked here: small letters are to act on that, not on what was marked
 * before.  0 for nothing new. */
static int64_t just_booked(const struct opened *o, const int64_t *ids)
{
	for (size_t i = 0; i < o->lines.n; i++) {
		const struct line *l = &o->lines.v[i];
		bool was_there = false;

		if (l->kind != LINE_APPT || !appt_live(o->appts.v[l->at].row.a.state))
			continue;
		for (size_t k = 0; k < o->list.n; k++)
			was_there = was_there || o->list.v[k].id == ids[i];
		if (!was_there)
			return ids[i];
	}
	return 0;
}

static void show_lines(struct ui *ui, struct opened *o, bool refresh)
{
	int64_t *ids, fresh;
	bool first = o->list.n == 0;

	make_lines(o);
	ids = mem_new(sizeof *ids * o->lines.n);
	for (size_t i = 0; i < o->lines.n; i++)
		ids[i] = line_id(o, &o->lines.v[i]).n;
	fresh = !first && own_news(ui, o) ? just_booked(o, ids) : 0;
	list_load(&o->list, ids, o->lines.n, refresh && !own_news(ui, o));
	o->acted = ui->desk->acted;
	if (first)
		list_select(&o->list, next_appt(o).n);
	else if (fresh)
		list_select(&o->list, fresh);
	mem_free(ids);
}

/* Everything that the desk knows, in new lists: on failure the old ones stay. */
static int read_all(struct ui *ui, struct opened *o, struct err *err)
{
	struct appt_filter filter = {
		.from = DATE_NONE, .to = DATE_NONE, .today = ui->desk->today, .max = MOST
	};
	struct person_card card;
	struct desk_rows appts = { 0 };
	struct episode_rows episodes = { 0 };
	struct referral_rows referrals = { 0 };
	struct msgs msgs = { 0 };
	struct esr_aways aways = { 0 };

	if (intake_person(ui->desk, o->person, &card, err) < 0)
		return -1;
	/* It may have been merged into another since it was opened. */
	filter.person = o->person = card.person.id;
	if (desk_appts(ui->desk, &filter, &appts, err) < 0 ||
	    desk_episodes(ui->desk, o->person, &episodes, err) < 0 ||
	    referrals_about(ui->desk, o->person, &referrals, err) < 0 ||
	    messages_of(ui->desk, o->person, MESSAGES, &msgs, err) < 0 ||
	    esr_absences_of(ui->desk, o->person, AWAYS, &aways, err) < 0) {
		desk_rows_done(&appts);
		list_free(&episodes);
		list_free(&referrals);
		list_free(&msgs);
		list_free(&aways);
		person_card_done(&card);
		return -1;
	}
	person_card_done(&o->card);
	desk_rows_done(&o->appts);
	list_free(&o->episodes);
	list_free(&o->referrals);
	list_free(&o->msgs);
	list_free(&o->aways);
	o->referrals = referrals;
	o->msgs = msgs;
	o->card = card;
	o->appts = appts;
	o->episodes = episodes;
	o->aways = aways;
	o->sites.n = 0;
	list_each (r, &o->appts) {
		const struct site *s = ref_site(ui->desk, r->row.a.site);

		snprintf(list_push(&o->sites)->name, NAME_TEXT, "%.31s", s ? s->name : "");
	}
	o->services.n = 0;
	list_each (r, &o->referrals) {
		const struct service *s = ref_service(ui->desk, r->r.service);

		snprintf(list_push(&o->services)->name, NAME_TEXT, "%s", s ? s->name : "");
	}
	return 0;
}

static int person_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct opened *o = state;
	const struct person *p = &o->card.person;

	if (id_none(o->person))
		return err_set(err, ERR_MISSING, "Nobody is chosen: / finds a person.");
	if (!o->logged && intake_opened(ui->desk, o->person, err) < 0)
		return -1;
	o->logged = true;
	if (read_all(ui, o, err) < 0)
		return -1;
	o->person = p->id;
	o->today = ui->desk->today;
	person_words(ui, o);
	show_lines(ui, o, refresh);
	return 0;
}

static void person_layout(void *state, int rows, int cols)
{
	struct opened *o = state;

	o->rows = rows;
	o->cols = cols;
	list_size(&o->list, rows - 2 - person_line(o));
}

static void person_leave(struct ui *ui, void *state)
{
	struct opened *o = state;

	(void)ui;
	person_card_done(&o->card);
	desk_rows_done(&o->appts);
	list_free(&o->episodes);
	list_free(&o->referrals);
	list_free(&o->msgs);
	list_free(&o->aways);
	list_free(&o->sites);
	list_free(&o->services);
	list_free(&o->lines);
	list_done(&o->list);
}

static struct list *person_list(void *state)
{
	return &((struct opened *)state)->list;
}

/* ---- keys ---- */

static const struct desk_row *marked_appt(const struct opened *o)
{
	int at = list_at(&o->list);

	return at >= 0 && o->lines.v[at].kind == LINE_APPT ? &o->appts.v[o->lines.v[at].at] : NULL;
}

static const struct episode_row *marked_episode(const struct opened *o)
{
	int at = list_at(&o->list);

	return at >= 0 && o->lines.v[at].kind == LINE_EPISODE ? &o->episodes.v[o->lines.v[at].at]
							      : NULL;
}

/* One without an episode. */
static const struct referral_row *marked_referral(const struct opened *o)
{
	int at = list_at(&o->list);

	return at >= 0 && o->lines.v[at].kind == LINE_REFERRAL ? &o->referrals.v[o->lines.v[at].at]
							       : NULL;
}

/* The marked row for the verbs; without an appointment they say why not. */
static struct verb_row verb_row(const struct opened *o)
{
	const struct desk_row *r = marked_appt(o);
	struct verb_row v = { .person = o->person, .born = o->card.person.born };

	snprintf(v.who, sizeof v.who, "%s", o->name);
	if (r) {
		v.appt = r->row.a.id;
		v.state = r->row.a.state;
		v.starts = r->row.a.starts;
		needs_all(r->row.needs, r->row.interpreter, v.needs);
	}
	return v;
}

VERB_ACTS(person, verb_row)
VERB_ACT(person, text, verb_row)
VERB_ACT(person, wait, verb_row)
VERB_ACT(person, slip, verb_row)

static enum next person_history(struct ui *ui, void *state)
{
	const struct episode_row *episode = marked_episode(state);
	const struct referral_row *referral = marked_referral(state);
	struct verb_row row = verb_row(state);

	if (referral)
		return open_trail(ui, referral_history, referral->r.id, referral->r.number);
	return episode ? open_trail(ui, trail_of, episode->e.id, episode->e.number)
		       : verb_history(ui, &row);
}

/* Enter: what the row is: a referral or its episode in full, of an appointment its history. */
static enum next person_enter(struct ui *ui, void *state)
{
	const struct opened *o = state;
	const struct episode_row *episode = marked_episode(o);
	struct referral_row r;
	struct err none = ERR_INIT;

	if (marked_referral(o))
		return open_referral(ui, marked_referral(o)->r.id);
	/* An episode has the id of the referral that opened it, where one did. */
	if (episode && referral_one(ui->desk, episode->e.id, &r, &none) == 0)
		return open_referral(ui, episode->e.id);
	return person_history(ui, state);
}

static enum next person_edit(struct ui *ui, void *state)
{
	return open_details(ui, ((struct opened *)state)->person);
}

static enum next person_older(struct ui *ui, void *state)
{
	struct opened *o = state;
	const char *why;
	struct id next;

	if (!o->hidden) {
		list_key(&o->list, K_PGDN, &why);
		return STAY;
	}
	next = o->appts.v[o->appts.n - (size_t)o->hidden].row.a.id;
	o->older = true;
	show_lines(ui, o, false);
	list_select(&o->list, next.n);
	return STAY;
}

static enum next person_section(struct ui *ui, void *state)
{
	list_section(&((struct opened *)state)->list, ui->key == K_TAB ? 1 : -1);
	return STAY;
}

static enum next person_book(struct ui *ui, void *state)
{
	return open_booking(ui, ((struct opened *)state)->person, (struct id){ 0 });
}

static enum next person_refer(struct ui *ui, void *state)
{
	return open_intake(ui, ((struct opened *)state)->person);
}

static enum next person_alerts(struct ui *ui, void *state)
{
	return open_alerts(ui, ((struct opened *)state)->person);
}

static const struct key keys[] = {
	KEY_ARRIVE(person),
	KEY_MOVE(person),
	KEY_CANCEL(person),
	{ .key = "b",
	  .name = "book",
	  .label = "Book",
	  .help = "book",
	  .roles = APPT_ROLES,
	  .act = person_book },
	{ .key = "n",
	  .name = "refer",
	  .label = "New referral",
	  .help = "a new referral, by its form",
	  .roles = APPT_ROLES,
	  .act = person_refer },
	{ .key = "e",
	  .name = "edit",
	  .label = "Edit",
	  .help = "names, telephones, details",
	  .act = person_edit },
	KEY_PHONE(person),
	KEY_WAIT(person),
	KEY_TEXT(person),
	KEY_SLIP(person),
	KEY_ALERTS(person_alerts),
	{ .key = "Enter",
	  .name = "open",
	  .help = "the referral; who did what",
	  .act = person_enter,
	  .commits = true },
	{ .key = "v",
	  .name = "history",
	  .label = "History",
	  .help = "who did what to this row",
	  .act = person_history,
	  .commits = true },
	KEY_ROOM(person),
	KEY_SEEN(person),
	KEY_DNA(person),
	KEY_LATE(person),
	{ .key = "PgDn", .name = "older", .help = "older appointments", .act = person_older },
	{ .key = "Tab S-Tab",
	  .name = "section",
	  .help = "next part of the list",
	  .act = person_section },
	{ 0 },
};

const struct screen screen_person = { .name = "person",
				      .title = "PERSON",
				      .state = sizeof(struct opened),
				      .layout = person_layout,
				      .load = person_load,
				      .draw = person_draw,
				      .leave = person_leave,
				      .list = person_list,
				      .keys = keys };

enum next open_person(struct ui *ui, struct id person)
{
	struct opened *o = ui_push(ui, &screen_person);

	o->person = person;
	return STAY;
}
