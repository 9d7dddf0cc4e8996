/*
 * series_words.c: a course of sessions in words: its rows, and the rules they were made by.
 *
 * Whoever books for the service without reading clinical text sees the rules ("not the last of the
 * day") and never that a flag is there, or whose.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/flag.h"
#include "clinic/questionnaire.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "series.h"

enum { TIME = 21, WITH = 27, MODE = 36, ROOM = 43, STATE = 53, NOTE = 56 };

void course_head(struct canvas *c, int line)
{
	canvas_put(c, line, 2, HEADING, "No Proposed");
	canvas_put(c, line, TIME, HEADING, "Time  With     Mode   Room");
	canvas_put(c, line, STATE, HEADING, "St Note");
}

/* Planned anew: where it stands until Enter. */
static const char *note_anew(const struct course *k, const struct series_row *r,
			     char buf[2 * SERIES_NOTE])
{
	char was[DAY_TEXT];
	int n;

	if (r->off || !series_moves(r))
		return r->off ? "stays, left out" : "stays";
	/* "was Mon 23-Mar 10:00", and how, when that is what changes. */
	moment_show(r->was, was);
	n = snprintf(buf, 2 * SERIES_NOTE, "was %.10s%s", was, was + strlen(was) - 6);
	if (r->was_mode != r->mode)
		n += snprintf(buf + n, 2 * SERIES_NOTE - (size_t)n, " %s", mode_word(r->was_mode));
	if (*r->note && k->wide)
		snprintf(buf + n, 2 * SERIES_NOTE - (size_t)n, "  %s", r->note);
	return buf;
}

/* With it, to whoever sees them, that they are asked then how they are. */
static const char *note_of(const struct course *k, const struct series_row *r,
			   char buf[2 * SERIES_NOTE])
{
	if (k->again && !id_none(r->appt))
		return note_anew(k, r, buf);
	if (r->off)
		return "left out";
	if (!k->clinical || !r->nth || !questionnaire_at(&k->s.cap, r->nth))
		return r->note;
	snprintf(buf, 2 * SERIES_NOTE, "%s%squestionnaires", r->note, *r->note ? "; " : "");
	return buf;
}

void course_row(struct canvas *c, int line, int number, bool selected, const void *state, int at)
{
	const struct course *k = state;
	const struct series_row *r = &k->s.rows.v[at];
	bool none = id_none(r->clinician);
	char buf[DAY_TEXT], note[2 * SERIES_NOTE];

	(void)selected, (void)number;
	if (r->nth)
		canvas_printf(c, line, 2, PLAIN, "%2d", r->nth);
	else
		canvas_put(c, line, 3, PLAIN, "-");
	canvas_put(c, line, 5, PLAIN,
		   date_show_day(none ? r->wished : moment_date(r->starts), buf));
	canvas_put(c, line, TIME, PLAIN, none ? "-" : minute_show(moment_minute(r->starts), buf));
	canvas_padded(c, line, WITH, 8, PLAIN, none ? "-" : k->with[at]);
	canvas_put(c, line, MODE, PLAIN, none ? "-" : mode_word(r->mode));
	canvas_padded(c, line, ROOM, 9, PLAIN, none ? "-" : k->room[at]);
	canvas_padded(c, line, NOTE, c->cols - NOTE + 1, PLAIN, note_of(k, r, note));
}

/* ---- what is below the list ---- */

static void line(struct course *c, const char *text)
{
	if (c->nwords < SERIES_WORDS)
		snprintf(c->words[c->nwords++], SERIES_LINE, "%s", text);
}

/* What a room must have, as people say it. */
static char *room_words(const char *words, char *buf, size_t n)
{
	static const struct {
		const char *word, *said;
	} said[] = { { "quiet", "quiet room" },
		     { "covered_glass", "door glass covered" },
		     { "step_free", "step-free" },
		     { "apart", "not beside reception" },
		     { "couch", "couch" },
		     { "hearing_loop", "hearing loop" },
		     { "gym", "gym" } };
	size_t at = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (words_have(words, said[i].word) && at < n)
			at += (size_t)snprintf(buf + at, n - at, "%s%s", at ? ", " : "",
					       said[i].said);
	return buf;
}

static int say_flags(struct ui *ui, struct course *c, struct err *err)
{
	bool clinical = desk_clinical(ui->desk, c->s.service);
	struct flag_rows rows = { 0 };
	char text[SERIES_LINE], day[DAY_TEXT];

	c->flag[0] = '\0';
	if (!clinical) {
		if (c->s.not_last)
			line(c, "Times      not the last slot of a day");
		return 0;
	}
	if (flag_list(ui->desk, c->s.person, &rows, err) < 0)
		return -1;
	list_each (r, &rows) {
		if (strcmp(r->f.state, "open") != 0 || !id_same(r->f.service, c->s.service) ||
		    *c->flag)
			continue;
		snprintf(c->flag, sizeof c->flag, "!%c see below", flag_letter(r->f.kind));
		snprintf(text, sizeof text, "!%c  %s, %s.%s%s", flag_letter(r->f.kind),
			 flag_words(r->f.kind), date_show(moment_date(r->f.raised_at), day),
			 flag_does(&r->f, FLAG_NOT_LAST) ? "  Never the last of a day." : "",
			 flag_does(&r->f, FLAG_RINGS) ? "  On DNA rung that day." : "");
		line(c, text);
		line(c, "    What it is about is for clinicians only: ! shows it.");
	}
	list_free(&rows);
	return 0;
}

/* The first of each and the last: "PHQ-9 18, now 9: reliable change, recovered". */
static int say_scores(struct ui *ui, struct course *c, struct err *err)
{
	struct score_lines all = { 0 };
	char text[SERIES_LINE];
	size_t n = (size_t)snprintf(text, sizeof text, "Scores     ");
	bool any = false;

	if (!c->clinical)
		return 0;
	if (questionnaire_scores(ui->desk, c->episode, &all, err) < 0)
		return -1;
	for (size_t i = 0; i < all.n && n < sizeof text; i++) {
		const struct score_line *l = &all.v[i];
		bool last = true;

		for (size_t k = i + 1; k < all.n; k++)
			last &= strcmp(all.v[k].form, l->form) != 0 ||
				strcmp(all.v[k].name, l->name) != 0;
		if (!last)
			continue;
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%.12s ", any ? ";  " : "",
				      l->title);
		if (n < sizeof text && l->first)
			n += (size_t)snprintf(text + n, sizeof text - n, "%d", l->value);
		else if (n < sizeof text)
			n += (size_t)snprintf(text + n, sizeof text - n, "%d, now %d%s%s", l->was,
					      l->value, *l->change ? ": " : "", l->change);
		any = true;
	}
	if (any)
		line(c, text);
	list_free(&all);
	return 0;
}

static int say_cap(struct ui *ui, struct course *c, struct err *err)
{
	const struct cap *cap = &c->s.cap;
	const struct customer *whose = ref_customer(ui->desk, cap->by.customer);
	char by[NAME_TEXT + 40] = "the service", text[SERIES_LINE], agreed[40] = "";
	char said[SERIES_LINE - 11];
	int y = 0, m, d;

	if (cap_said(ui->desk, c->episode, said, sizeof said, err) < 0)
		return -1;

	if (!id_none(cap->by.id)) {
		date_to_ymd(cap->by.from, &y, &m, &d);
		if (whose)
			snprintf(by, sizeof by, "contract %.40s %d", whose->brief, y);
		else
			snprintf(by, sizeof by, "the contract of %d", y);
	}
	if (cap->more)
		snprintf(agreed, sizeof agreed, ", %d of them agreed beyond it", cap->more);
	if (cap->cap == 0)
		snprintf(text, sizeof text, "Cap        none");
	else
		snprintf(text, sizeof text, "Cap        %d by %s%s.%s", cap->cap, by, agreed,
			 cap->asked ? "  More are asked for." : "  More: E asks the lead.");
	line(c, text);
	if (*said) {
		snprintf(text, sizeof text, "%10s %s", "", said);
		line(c, text);
	}
	snprintf(text, sizeof text,
		 "Missed     counts as used: %s.  With under %d h notice: %s, by the same.",
		 cap->by.missed_counts ? "yes" : "no", cap->by.notice,
		 cap->by.late_counts ? "yes" : "no");
	line(c, text);
	return 0;
}

static void say_none(struct ui *ui, struct course *c)
{
	static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
					    "Friday", "Saturday", "Sunday" };
	const struct clinician *with = ref_clinician(ui->desk, c->s.ask.clinician);
	char day[DAY_TEXT];

	c->none[0] = '\0';
	if (series_sum(&c->s).all > 0)
		return;
	if (c->s.cap.cap > 0 && c->s.ask.count == 0)
		snprintf(c->none, sizeof c->none, "Cap %d reached.  E asks the lead.",
			 c->s.cap.cap);
	else if (date_none(c->s.published))
		snprintf(c->none, sizeof c->none, "The diary of %.30s is not published.",
			 with ? with->surname : "nobody");
	else
		snprintf(c->none, sizeof c->none,
			 "No weekly %s before %.6s.  Tab to Day or With to change.",
			 days[c->s.ask.weekday], date_show(c->s.published, day));
}

static void names(struct ui *ui, struct course *c)
{
	mem_free(c->with);
	mem_free(c->room);
	c->with = mem_new(sizeof *c->with * (c->s.rows.n + 1));
	c->room = mem_new(sizeof *c->room * (c->s.rows.n + 1));
	for (size_t i = 0; i < c->s.rows.n; i++) {
		const struct clinician *with = ref_clinician(ui->desk, c->s.rows.v[i].clinician);
		const struct room *room = ref_room(ui->desk, c->s.rows.v[i].room);

		snprintf(c->with[i], NAME_TEXT, "%s", with ? with->surname : "");
		snprintf(c->room[i], NAME_TEXT, "%s", room ? room->name : "-");
	}
}

int course_say(struct ui *ui, struct course *c, struct err *err)
{
	const struct service *s = ref_service(ui->desk, c->s.service);
	const struct clinician *with = ref_clinician(ui->desk, c->s.ask.clinician);
	struct series_sum sum = series_sum(&c->s);
	char text[SERIES_LINE], cap[CAP_TEXT];
	int n;

	c->clinical = desk_clinical(ui->desk, c->s.service);
	names(ui, c);
	n = snprintf(c->head, sizeof c->head, "%s  P%d  %.20s    ", c->number_of, c->priority,
		     with ? with->surname : "");
	snprintf(c->head + n, sizeof c->head - (size_t)n, "%s", cap_show(&c->s.cap, cap));
	c->nwords = 0;
	n = snprintf(text, sizeof text, "Same counsellor %d of %d     Same time %d of %d",
		     sum.same_clinician, sum.all, sum.same_time, sum.all);
	if (c->s.cap.by.review)
		snprintf(text + n, sizeof text - (size_t)n, "     Review at session %d",
			 c->s.cap.by.review);
	line(c, sum.all ? text : "");
	if (s && *s->room) {
		n = snprintf(text, sizeof text, "Room needs ");
		room_words(s->room, text + n, sizeof text - (size_t)n);
		line(c, text);
	}
	if (say_flags(ui, c, err) < 0 || say_scores(ui, c, err) < 0)
		return -1;
	if (say_cap(ui, c, err) < 0)
		return -1;
	say_none(ui, c);
	return 0;
}

void course_sum(struct ui *ui, const struct course *c)
{
	struct series_sum sum = series_sum(&c->s);
	char remote[40] = "", moved[40] = "";

	if (*c->none) {
		ui_warn(ui, "%s", c->none);
		return;
	}
	if (c->again && sum.moves == 0) {
		ui_done(ui,
			"All of them stay as they are.  Tab changes the pattern, e and m a row.");
		return;
	}
	if (c->again) {
		ui_done(ui, "%d of %d move.  Nothing is changed until Enter.", sum.moves, sum.all);
		return;
	}
	if (sum.remote)
		snprintf(remote, sizeof remote, "%d by %s", sum.remote, "video or phone");
	if (sum.moved)
		snprintf(moved, sizeof moved, "%s%d moved a day", sum.remote ? ", " : "",
			 sum.moved);
	ui_done(ui, "%d proposed%s%s%s.  Nothing is booked until Enter.", sum.all,
		sum.remote || sum.moved ? ": " : "", remote, moved);
}
