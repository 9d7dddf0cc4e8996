/*
 * person_draw.c: S4 as it is seen, and a person in words.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "bar.h"
#include "clinic/desk.h"
#include "clinic/phone.h"
#include "clinic/refs.h"
#include "opened.h"

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

static void add_way(struct opened *o, const char *kind)
{
	const struct contact *it = contacts_of(&o->card.contacts, kind);
	const struct detail *best = details_find(&o->card.details, intake_header(IN_BEST_TIME));
	char shown[PHONE_TEXT];
	const char *value;

	if (!it)
		return;
	value = strcmp(kind, "email") == 0 ? it->value : phone_show(it->value, shown);
	if (*o->reach) {
		add_words(o->ways, sizeof o->ways, "   ", kind);
		add_words(o->ways, sizeof o->ways, " ", value);
		return;
	}
	add_words(o->reach, sizeof o->reach, "", value);
	if (strcmp(kind, "mobile") == 0)
		add_words(o->reach, sizeof o->reach, ", ", it->text_ok ? "text ok" : "no texts");
	add_words(o->reach, sizeof o->reach, ", ", it->note);
	add_words(o->reach, sizeof o->reach, ", ", best ? best->value : "");
}

/* "07700 900418, text ok, after 16:00": what they asked for first, then the others. */
static void reach_words(struct opened *o)
{
	static const char *const kinds[] = { "mobile", "home", "work", "email" };
	const struct detail *prefer = details_find(&o->card.details, intake_header(IN_PREFER));
	int first = 0;

	o->reach[0] = o->ways[0] = '\0';
	for (int i = 0; prefer && i < 4; i++)
		if (strcmp(kinds[i], prefer->value) == 0)
			first = i;
	add_way(o, kinds[first]);
	for (int i = 0; i < 4; i++)
		if (i != first)
			add_way(o, kinds[i]);
	if (!*o->reach)
		add_words(o->reach, sizeof o->reach, "", "no telephone or e-mail");
}

void person_words(struct ui *ui, struct opened *o)
{
	const struct person *p = &o->card.person;
	struct alerts alerts;

	person_show(p->surname, p->given, p->title, o->name);
	banner_born(p->born, o->today, o->born);
	nhs_show(p->nhs, o->nhs);
	alerts_of(&o->card, &alerts);
	o->alerts = alerts.n;
	job_words(ui, o);
	reach_words(o);
}

/* ---- drawing ---- */

/* Where the list begins: the banner, the job, and on tall screens all ways to reach somebody. */
int person_line(const struct opened *o)
{
	int wide = text_width(o->name);

	return 5 + (wide > 32) + (wide > o->cols) + (o->rows >= TALL);
}

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
	if (*r->flags)
		canvas_put(c, line, 26, BOLD | ALERT, "!");
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

/* The clock of the referral that opened it; NULL: nobody referred them. */
static const struct clock *clock_of(const struct opened *o, struct id episode)
{
	list_each (r, &o->referrals)
		if (id_same(r->r.id, episode))
			return &r->clock;
	return NULL;
}

static void draw_episode(struct canvas *c, int line, const struct opened *o,
			 const struct episode_row *r)
{
	const struct clock *clock = clock_of(o, r->e.id);
	char words[96], day[DAY_TEXT], left[CLOCK_TEXT];
	int n = 0;

	words[0] = '\0';
	if (strcmp(r->e.state, "open") != 0) {
		if (!moment_none(r->e.closed_at))
			date_show(moment_date(r->e.closed_at), words);
	} else {
		n = snprintf(words, sizeof words, "P%d", r->e.priority);
		if (moment_none(r->first) && clock && (clock->over || clock->paused))
			snprintf(words + n, sizeof words - (size_t)n, ", %s, nothing booked",
				 clock_show(clock, left));
		else if (moment_none(r->first) && r->days)
			snprintf(words + n, sizeof words - (size_t)n,
				 ", day %d of %d, nothing booked", r->day, r->days);
		else if (moment_none(r->first))
			snprintf(words + n, sizeof words - (size_t)n, ", nothing booked");
		else
			n += snprintf(words + n, sizeof words - (size_t)n, ", first %s",
				      date_show_short(moment_date(r->first), day));
		if (r->review && !moment_none(r->first))
			snprintf(words + n, sizeof words - (size_t)n, ", review at %d", r->review);
	}
	canvas_put(c, line, 5, PLAIN, r->e.number);
	canvas_padded(c, line, 19, 20, PLAIN, r->service);
	canvas_padded(c, line, 40, 7, PLAIN, r->e.state);
	canvas_put(c, line, 48, PLAIN, words);
	if (o->cols >= WIDE && r->cap)
		canvas_printf(c, line, 83, PLAIN, "%d of %d used", r->used, r->cap);
}

/* "MSK-26-N0311  Rapid access physio  to triage   1d left" */
static void draw_referral(struct canvas *c, int line, const struct opened *o,
			  const struct referral_row *r)
{
	char left[CLOCK_TEXT];

	if (*r->flags)
		canvas_put(c, line, 4, BOLD | ALERT, "!");
	canvas_put(c, line, 5, PLAIN, r->r.number);
	canvas_padded(c, line, 19, 20, PLAIN, o->services.v[r - o->referrals.v].name);
	canvas_padded(c, line, 40, 12, PLAIN,
		      id_none(r->r.unfinished) ? referral_state_word(r->shown) : "incomplete");
	canvas_put(c, line, 53, *r->flags || r->clock.over ? BOLD | ALERT : PLAIN,
		   *r->flags ? "NOW" : clock_show(&r->clock, left));
}

static void draw_away(struct canvas *c, int line, const struct esr_away *a)
{
	char day[DAY_TEXT];

	if (!date_none(a->from))
		canvas_put(c, line, 5, PLAIN, date_show(a->from, day));
	if (date_none(a->to))
		canvas_put(c, line, 17, PLAIN, "goes on");
	else
		canvas_printf(c, line, 17, PLAIN, "to %s", date_show(a->to, day));
	canvas_padded(c, line, 33, c->cols - 48, PLAIN, a->reason);
	if (a->work_related)
		canvas_put(c, line, c->cols - 14, PLAIN, "work related");
}

/* "12-Mar-2026 09:42  text    confirmation  19-Mar 10:00  sent" */
static void draw_message(struct canvas *c, int line, const struct msg *m)
{
	char day[DAY_TEXT], clock[DAY_TEXT];
	const char *why = *m->why ? m->why : m->state == MSG_RECEIVED ? m->words : "";

	canvas_printf(c, line, 5, PLAIN, "%s %s", date_show(moment_date(m->at), day),
		      minute_show(moment_minute(m->at), clock));
	canvas_padded(c, line, 24, 7, PLAIN, msg_channel_word(m->channel));
	canvas_padded(c, line, 32, 13, PLAIN, msg_event_word(m->event));
	if (!moment_none(m->starts))
		canvas_printf(c, line, 46, PLAIN, "%s %s",
			      date_show_short(moment_date(m->starts), day),
			      minute_show(moment_minute(m->starts), clock));
	canvas_printf(c, line, 60, PLAIN, "%s%s%s",
		      m->trying ? "sending" : msg_state_word(m->state), *why ? ": " : "", why);
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
	} else if (l->kind == LINE_REFERRAL) {
		draw_referral(c, line, o, &o->referrals.v[l->at]);
	} else if (l->kind == LINE_AWAY) {
		draw_away(c, line, &o->aways.v[l->at]);
	} else if (l->kind == LINE_MESSAGE) {
		draw_message(c, line, &o->msgs.v[l->at]);
	}
}

void person_draw(struct canvas *c, const void *state)
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
					      .employee = post ? post->employee_no : "",
					      .alerts = o->alerts });
	canvas_padded(c, row, 1, c->cols - 37, strcmp(p->status, "active") ? BOLD : PLAIN, o->job);
	canvas_padded(c, row, c->cols - 35, 36, PLAIN, o->reach);
	if (o->rows >= TALL)
		canvas_padded(c, row + 1, 1, c->cols, PLAIN, o->ways);
	list_draw(c, &o->list, person_line(o), false, person_row, o);
	canvas_put(c, c->rows - 2, 4, PLAIN, "Opening this record has been logged.");
}
