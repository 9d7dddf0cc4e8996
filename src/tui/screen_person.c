/*
 * screen_person.c: S4: one person: who they are, how to reach them, what is booked and what for.
 *
 * Always holds: opening is logged once, before anything is shown, and not again when the rows are
 * read anew.  The next appointment is marked first, so that a, m and X act at once.  Rows are known
 * by their appointment or episode: what another desk changes changes in place.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "bar.h"
#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "people.h"
#include "screens.h"

enum {
	MOST = 300,   /* appointments read */
	AT_LEAST = 8, /* of them shown, where there are so many, before PgDn */
	TALL = 30,    /* rows from which all ways to reach somebody are shown, */
	WIDE = 100,   /* columns from which rows say more, */
	WIDEST = 132, /* and more still */
};

enum line_kind { LINE_HEADING, LINE_WORDS, LINE_BLANK, LINE_APPT, LINE_EPISODE };

/* One line of the list: which row of its kind, or what it says. */
struct line {
	enum line_kind kind;
	int at;
	const char *words;
};

struct opened {
	struct id person;
	bool logged, older; /* older: all appointments are shown */
	int64_t acted;	    /* the desk's last act when this was read */
	struct date today;
	struct person_card card;
	struct desk_rows appts;
	struct episode_rows episodes;
	struct {
		struct site_name {
			char name[CODE_TEXT];
		} * v;
		size_t n, cap;
	} sites; /* one for each appointment */
	struct {
		struct line *v;
		size_t n, cap;
	} lines;
	struct list list;
	int rows, cols;
	int hidden; /* appointments before those that are shown */
	char name[PERSON_TEXT], born[BORN_TEXT], nhs[NHS_TEXT];
	char job[2 * NAME_TEXT + CODE_TEXT], reach[WORDS_TEXT * 2], ways[WORDS_TEXT * 4];
};

char *banner_born(struct date born, struct date today, char buf[BORN_TEXT])
{
	char day[DAY_TEXT];

	if (date_none(born))
		buf[0] = '\0';
	else
		snprintf(buf, BORN_TEXT, "%s (%dy)", date_show(born, day), date_age(born, today));
	return buf;
}

/* ---- words about the person ---- */

static void add_words(char *buf, size_t n, const char *between, const char *words)
{
	size_t used = strlen(buf);

	if (words && *words)
		snprintf(buf + used, n - used, "%s%s", used ? between : "", words);
}

static void job_words(struct ui *ui, struct opened *o)
{
	const struct post *post = posts_current(&o->card.posts);
	const struct customer *c = post ? ref_customer(ui->desk, post->customer) : NULL;

	o->job[0] = '\0';
	if (strcmp(o->card.person.status, "deceased") == 0)
		add_words(o->job, sizeof o->job, "", "DECEASED: nothing is sent or booked.");
	else if (strcmp(o->card.person.status, "leaver") == 0)
		add_words(o->job, sizeof o->job, "", "LEAVER");
	if (!post) {
		add_words(o->job, sizeof o->job, "  ", "No employer recorded");
		return;
	}
	add_words(o->job, sizeof o->job, "  ", post->job);
	add_words(o->job, sizeof o->job, ", ", post->department);
	add_words(o->job, sizeof o->job, ", ", c ? c->brief : "");
}

/* "07700 900418, text ok, after 16:00" */
static void reach_words(struct opened *o)
{
	static const char *const kinds[] = { "mobile", "home", "work", "email" };
	char shown[PHONE_TEXT];

	o->reach[0] = o->ways[0] = '\0';
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct contact *it = contacts_of(&o->card.contacts, kinds[i]);
		const char *value;

		if (!it)
			continue;
		value = i == 3 ? it->value : phone_show(it->value, shown);
		if (!*o->reach) {
			add_words(o->reach, sizeof o->reach, "", value);
			if (i == 0)
				add_words(o->reach, sizeof o->reach, ", ",
					  it->text_ok ? "text ok" : "no texts");
			add_words(o->reach, sizeof o->reach, ", ", it->note);
		} else {
			add_words(o->ways, sizeof o->ways, "   ", kinds[i]);
			add_words(o->ways, sizeof o->ways, " ", value);
		}
	}
	if (!*o->reach)
		add_words(o->reach, sizeof o->reach, "", "no telephone or e-mail");
}

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

static void make_lines(struct opened *o)
{
	int shown = shown_appts(o);

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
	if (!o->episodes.n)
		add_line(o, LINE_WORDS, 0, "none");
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

static void show_lines(struct ui *ui, struct opened *o, bool refresh)
{
	int64_t *ids;
	bool first = o->list.n == 0;

	make_lines(o);
	ids = mem_new(sizeof *ids * o->lines.n);
	for (size_t i = 0; i < o->lines.n; i++)
		ids[i] = line_id(o, &o->lines.v[i]).n;
	list_load(&o->list, ids, o->lines.n, refresh && !own_news(ui, o));
	o->acted = ui->desk->acted;
	if (first)
		list_select(&o->list, next_appt(o).n);
	mem_free(ids);
}

/* Everything that the desk knows, in new lists: on failure the old ones stay. */
static int read_all(struct ui *ui, struct opened *o, struct err *err)
{
	const struct appt_filter filter = { .person = o->person,
					    .from = DATE_NONE,
					    .to = DATE_NONE,
					    .today = ui->desk->today,
					    .max = MOST };
	struct person_card card;
	struct desk_rows appts = { 0 };
	struct episode_rows episodes = { 0 };

	if (intake_person(ui->desk, o->person, &card, err) < 0)
		return -1;
	if (desk_appts(ui->desk, &filter, &appts, err) < 0 ||
	    desk_episodes(ui->desk, o->person, &episodes, err) < 0) {
		desk_rows_done(&appts);
		list_free(&episodes);
		person_card_done(&card);
		return -1;
	}
	person_card_done(&o->card);
	desk_rows_done(&o->appts);
	list_free(&o->episodes);
	o->card = card;
	o->appts = appts;
	o->episodes = episodes;
	o->sites.n = 0;
	list_each (r, &o->appts) {
		const struct site *s = ref_site(ui->desk, r->row.a.site);

		snprintf(list_push(&o->sites)->name, CODE_TEXT, "%.31s", s ? s->name : "");
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
	person_show(p->surname, p->given, p->title, o->name);
	banner_born(p->born, o->today, o->born);
	nhs_show(p->nhs, o->nhs);
	job_words(ui, o);
	reach_words(o);
	show_lines(ui, o, refresh);
	return 0;
}

/* Where the list begins: the banner, the job, and on tall screens all ways to reach somebody. */
static int list_line(const struct opened *o)
{
	int wide = text_width(o->name);

	return 5 + (wide > 32) + (wide > o->cols) + (o->rows >= TALL);
}

static void person_layout(void *state, int rows, int cols)
{
	struct opened *o = state;

	o->rows = rows;
	o->cols = cols;
	list_size(&o->list, rows - 2 - list_line(o));
}

static void person_leave(struct ui *ui, void *state)
{
	struct opened *o = state;

	(void)ui;
	person_card_done(&o->card);
	desk_rows_done(&o->appts);
	list_free(&o->episodes);
	list_free(&o->sites);
	list_free(&o->lines);
	list_done(&o->list);
}

static struct list *person_list(void *state)
{
	return &((struct opened *)state)->list;
}

/* ---- drawing ---- */

/* What became of it, and when. */
static void note_words(const struct appt *a, char *buf, size_t n)
{
	static const char *const by[] = { "", "by the person", "by the service", "in error" };
	const struct {
		struct moment at;
		const char *words;
	} done[APPT_STATE_COUNT] = {
		[APPT_REQUESTED] = { { 0 }, "to be confirmed" },
		[APPT_ARRIVED] = { a->arrived_at, "arrived" },
		[APPT_IN_ROOM] = { a->room_at, "in room" },
		[APPT_SEEN] = { a->seen_at, "seen" },
		[APPT_DNA] = { { 0 }, "did not attend" },
		[APPT_LATE] = { { 0 }, "came too late" },
		[APPT_CANCELLED] = { { 0 }, by[a->cancelled_by] },
		[APPT_DECLINED] = { { 0 }, "declined" },
		[APPT_DISPLACED] = { { 0 }, "displaced" },
	};
	char at[DAY_TEXT];

	buf[0] = '\0';
	if (!moment_none(done[a->state].at))
		snprintf(buf, n, "%s %s", done[a->state].words,
			 minute_show(moment_minute(done[a->state].at), at));
	else if (done[a->state].words && a->state != APPT_SEEN)
		snprintf(buf, n, "%s", done[a->state].words);
}

static void draw_appt(struct canvas *c, int line, const struct opened *o, const struct desk_row *r)
{
	const struct appt *a = &r->row.a;
	char day[DAY_TEXT], at[DAY_TEXT], note[40];
	const char *where = a->mode == MODE_PHONE   ? "Telephone"
			    : a->mode == MODE_VIDEO ? "Video"
						    : o->sites.v[r - o->appts.v].name;

	canvas_put(c, line, 5, PLAIN, date_show_day(a->day, day));
	canvas_put(c, line, 21, PLAIN, minute_show(moment_minute(a->starts), at));
	canvas_printf(c, line, 27, BOLD, "%c", appt_letter(a->state));
	canvas_padded(c, line, 30, 13, PLAIN, r->type);
	canvas_padded(c, line, 44, 9, PLAIN, r->with);
	canvas_padded(c, line, 54, 10, PLAIN, where);
	note_words(a, note, sizeof note);
	canvas_padded(c, line, 65, 16, PLAIN, note);
	if (o->cols >= WIDE)
		canvas_put(c, line, 83, PLAIN, r->row.number);
	if (o->cols >= WIDEST)
		canvas_printf(c, line, 98, PLAIN, "%d min%s", a->mins,
			      a->moves ? a->moves == 1 ? "   moved once" : "   moved" : "");
}

static void draw_episode(struct canvas *c, int line, const struct opened *o,
			 const struct episode_row *r)
{
	char words[96], day[DAY_TEXT];
	int n = 0;

	words[0] = '\0';
	if (strcmp(r->e.state, "open") != 0) {
		if (!moment_none(r->e.closed_at))
			date_show(moment_date(r->e.closed_at), words);
	} else {
		n = snprintf(words, sizeof words, "P%d", r->e.priority);
		if (moment_none(r->first) && r->days)
			snprintf(words + n, sizeof words - (size_t)n,
				 ", day %d of %d, nothing booked", r->day, r->days);
		else if (moment_none(r->first))
			snprintf(words + n, sizeof words - (size_t)n, ", nothing booked");
		else
			snprintf(words + n, sizeof words - (size_t)n, ", first %s",
				 date_show_short(moment_date(r->first), day));
	}
	canvas_put(c, line, 5, PLAIN, r->e.number);
	canvas_padded(c, line, 19, 20, PLAIN, r->service);
	canvas_padded(c, line, 40, 7, PLAIN, r->e.state);
	canvas_put(c, line, 48, PLAIN, words);
	if (o->cols >= WIDE && r->cap)
		canvas_printf(c, line, 83, PLAIN, "%d of %d used", r->used, r->cap);
}

static void person_row(struct canvas *c, int line, int number, bool selected, const void *state,
		       int at)
{
	const struct opened *o = state;
	const struct line *l = &o->lines.v[at];
	char more[32];

	(void)selected;
	if (number)
		canvas_printf(c, line, 2, PLAIN, "%2d", number);
	if (l->kind == LINE_HEADING) {
		canvas_put(c, line, 1, HEADING, l->words);
		if (at == 0 && o->hidden) {
			snprintf(more, sizeof more, "%s%d older, PgDn",
				 o->appts.n == MOST ? "over " : "", o->hidden);
			canvas_put(c, line, 65, PLAIN, more);
		}
	} else if (l->kind == LINE_WORDS) {
		canvas_put(c, line, 5, PLAIN, l->words);
	} else if (l->kind == LINE_APPT) {
		draw_appt(c, line, o, &o->appts.v[l->at]);
	} else if (l->kind == LINE_EPISODE) {
		draw_episode(c, line, o, &o->episodes.v[l->at]);
	}
}

static void person_draw(struct canvas *c, const void *state)
{
	const struct opened *o = state;
	const struct post *post = posts_current(&o->card.posts);
	const struct person *p = &o->card.person;
	int row;

	if (id_none(p->id))
		return;
	row = bar_person(c, &(struct banner){ .name = o->name,
					      .born = o->born,
					      .nhs = *p->nhs ? o->nhs : NULL,
					      .preferred = p->preferred,
					      .gender = p->gender,
					      .employee = post ? post->employee_no : "" });
	canvas_padded(c, row, 1, c->cols - 37, strcmp(p->status, "active") ? BOLD : PLAIN, o->job);
	canvas_padded(c, row, c->cols - 35, 36, PLAIN, o->reach);
	if (o->rows >= TALL)
		canvas_padded(c, row + 1, 1, c->cols, PLAIN, o->ways);
	list_draw(c, &o->list, list_line(o), false, person_row, o);
	canvas_put(c, c->rows - 2, 4, PLAIN, "Opening this record has been logged.");
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
	}
	return v;
}

#define VERB(verb)                                                                                 \
	static enum next person_##verb(struct ui *ui, void *state)                                 \
	{                                                                                          \
		struct verb_row row = verb_row(state);                                             \
                                                                                                   \
		return verb_##verb(ui, &row);                                                      \
	}
VERB(arrive)
VERB(room)
VERB(seen)
VERB(dna)
VERB(late)
VERB(cancel)
VERB(move)

static enum next person_history(struct ui *ui, void *state)
{
	const struct episode_row *episode = marked_episode(state);
	struct verb_row row = verb_row(state);

	return episode ? open_history(ui, episode->e.id, episode->e.number)
		       : verb_history(ui, &row);
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

static const struct key keys[] = {
	{ .key = "a",
	  .name = "arrive",
	  .label = "Arrived",
	  .help = "mark arrived",
	  .act = person_arrive,
	  .commits = true },
	{ .key = "m",
	  .name = "move",
	  .label = "Move",
	  .help = "move to another time",
	  .act = person_move,
	  .commits = true },
	{ .key = "X",
	  .name = "cancel",
	  .label = "Cancel",
	  .help = "cancel: by whom and why",
	  .act = person_cancel,
	  .serious = true,
	  .commits = true },
	{ .key = "b", .name = "book", .label = "Book", .help = "book", .act = person_book },
	{ .key = "e",
	  .name = "edit",
	  .label = "Edit",
	  .help = "names, telephones, details",
	  .act = person_edit },
	{ .key = "v Enter",
	  .name = "history",
	  .label = "History",
	  .help = "who did what to this row",
	  .act = person_history,
	  .commits = true },
	{ .key = "i",
	  .name = "room",
	  .label = "In room",
	  .help = "mark in room",
	  .act = person_room,
	  .commits = true },
	{ .key = "s",
	  .name = "seen",
	  .label = "Seen",
	  .help = "mark seen",
	  .act = person_seen,
	  .commits = true },
	{ .key = "D",
	  .name = "dna",
	  .label = "DNA",
	  .help = "did not attend",
	  .act = person_dna,
	  .serious = true,
	  .commits = true },
	{ .key = "N",
	  .name = "late",
	  .help = "came too late to be seen",
	  .act = person_late,
	  .serious = true,
	  .commits = true },
	{ .key = "PgDn +", .name = "older", .help = "older appointments", .act = person_older },
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
