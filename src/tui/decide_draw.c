/*
 * decide_draw.c: S7 as it is seen: on the left what was answered, said and kept, as lines that
 * scroll; on the right the decision.
 *
 * What raised a flag is marked with its letter and written out; a long question that raised nothing
 * is cut to its line, for PgDn is dearer than its end.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "decide.h"
#include "model/person.h"

enum { RIGHT = 29, RIGHT_WIDE = 44, SAID_MOST = 22 };

int decide_bar(int cols)
{
	return cols - (cols < TRIAGE_PANE ? RIGHT : RIGHT_WIDE);
}

/* ---- lines ---- */

static void put(struct decide_lines *l, unsigned look, int indent, const char *text)
{
	struct decide_line *line = list_push(l);

	line->look = look;
	line->indent = indent;
	COPY(line->text, text);
}

/* Broken at blanks into lines of `width`. */
static void wrapped(struct decide_lines *l, unsigned look, int indent, int width, const char *text)
{
	char line[400];

	while (*text) {
		size_t n = text_fit(text, width), back = n;

		if (text[n]) {
			while (back > 0 && text[back] != ' ')
				back--;
			if (back > 0)
				n = back;
		}
		if (n == 0 || n >= sizeof line)
			n = n ? sizeof line - 1 : strlen(text);
		snprintf(line, sizeof line, "%.*s", (int)n, text);
		put(l, look, indent, line);
		text += n;
		text += strspn(text, " ");
	}
}

/* "...numbness round your bottom?" as a list says it. */
static void label_of(const struct said_row *s, char *buf, size_t n)
{
	const char *p = s->label;
	size_t len;

	p += strspn(p, ". ");
	snprintf(buf, n, "%s", p);
	text_whole(buf);
	len = strlen(buf);
	while (len && strchr("?: ", buf[len - 1]))
		buf[--len] = '\0';
}

static void answered(struct decide_lines *l, const struct said_row *s, int at, int width)
{
	char label[240], text[8 * 100], said[420], line[800];
	int room = at - 2;
	size_t n;

	label_of(s, label, sizeof label);
	snprintf(said, sizeof said, "%s", s->said);
	if (s->flag) {
		for (char *p = said; *p; p++)
			*p = (char)toupper((unsigned char)*p);
		n = strlen(said);
		snprintf(said + n, sizeof said - n, "  !%c", s->flag);
		if (text_width(label) > room) {
			wrapped(l, BOLD | ALERT, 3, width - 3, label);
			label[0] = '\0';
		}
	} else if (text_width(label) > room) {
		n = text_fit(label, room - 2);
		snprintf(label + n, sizeof label - n, "..");
	}
	if (at - 1 + text_width(said) <= width - 3) {
		snprintf(line, sizeof line, "%.500s%.250s",
			 text_pad(label, at - 1, text, sizeof text), said);
		put(l, s->flag ? BOLD | ALERT : PLAIN, 3, line);
		return;
	}
	put(l, PLAIN, 3, label);
	wrapped(l, s->flag ? BOLD | ALERT : PLAIN, 6, width - 6, said);
}

/* Where the answers of this page begin: behind its longest question, as long as most of them still
 * stand on the line. */
static int answers_at(const struct decide *d, const char *page, int width)
{
	int label = 0, said = 0;
	char text[240];

	list_each (s, &d->said) {
		int room = text_width(s->said) + (s->flag ? 4 : 0);

		if (s->lines || strcmp(s->page, page) != 0)
			continue;
		label_of(s, text, sizeof text);
		if (text_width(text) > label)
			label = text_width(text);
		if (room > said)
			said = room < SAID_MOST ? room : SAID_MOST;
	}
	return label + 3 < width - 3 - said ? label + 3 : width - 3 - said;
}

static void answers_of(struct decide *d, int width)
{
	const char *page = "";
	int at = 0;

	list_each (s, &d->said) {
		char head[80];

		if (s->lines)
			continue;
		if (strcmp(page, s->page) != 0) {
			char *upper = text_upper(page = s->page);

			snprintf(head, sizeof head, "%.60s%s", upper,
				 strcmp(s->page, "Safety") == 0 ? " ANSWERS" : "");
			text_whole(head);
			mem_free(upper);
			put(&d->lines, HEADING, 1, head);
			at = answers_at(d, s->page, width);
		}
		answered(&d->lines, s, at, width);
	}
}

/* 0 IN HER WORDS, 1 ring her now */
static const char *them(const struct who *who, int which)
{
	static const char *const words[][2] = { { "HER", "her" },
						{ "HIS", "him" },
						{ "THEIR", "them" } };

	return words[strcmp(who->gender, "Female") == 0 ? 0
		     : strcmp(who->gender, "Male") == 0 ? 1
							: 2][which];
}

static void quoted(struct decide *d, int width, const char *words, bool *head)
{
	char text[CLINICAL_TEXT + 8], in[40];

	if (!*words)
		return;
	if (!*head) {
		snprintf(in, sizeof in, "IN %s WORDS",
			 d->at.one.r.source == FROM_SELF ? them(&d->who, 0) : "THE REFERRER'S");
		put(&d->lines, HEADING, 1, in);
	}
	*head = true;
	snprintf(text, sizeof text, "\"%s\"", words);
	wrapped(&d->lines, PLAIN, 3, width - 3, text);
}

static void words_of(struct decide *d, int width)
{
	bool head = false;

	list_each (s, &d->said)
		if (s->lines)
			quoted(d, width, s->said, &head);
	quoted(d, width, d->at.one.r.words, &head);
}

static void remarks_of_it(struct decide *d, int width)
{
	bool head = false;

	for (size_t i = d->remarks.n; i > 0; i--) {
		const struct remark *m = &d->remarks.v[i - 1];
		char text[CLINICAL_TEXT + 100], when[DAY_TEXT];

		if (!*m->words)
			continue;
		if (!head)
			put(&d->lines, HEADING, 1, "COMMENTS");
		head = true;
		snprintf(text, sizeof text, "%s %s, %s: %s",
			 date_show_short(moment_date(m->at), when), m->user, m->kind, m->words);
		wrapped(&d->lines, PLAIN, 3, width - 3, text);
	}
}

static void papers_of(struct decide *d, int width)
{
	if (d->papers.n)
		put(&d->lines, HEADING, 1, "PAPERS");
	for (size_t i = 0; i < d->papers.n; i++) {
		const struct attachment *a = &d->papers.v[i];
		char text[2 * NAME_TEXT + 80];

		snprintf(text, sizeof text, "%s  %s, %lld kB%s%s", a->name, a->type,
			 (long long)((a->bytes + 1023) / 1024), *d->kept[i] ? ", kept at " : "",
			 d->kept[i]);
		wrapped(&d->lines, PLAIN, 3, width - 3, text);
	}
}

/* "MSK-26-N1114  10-Nov-2026  open, first 27-Nov". */
static void course_of(struct decide *d, const struct episode_row *c)
{
	char text[200], came[DAY_TEXT], first[DAY_TEXT];

	snprintf(text, sizeof text, "%s  %s  %s%s%s", c->e.number, date_show(c->e.received, came),
		 c->e.state, moment_none(c->first) ? ", nobody seen" : ", first ",
		 moment_none(c->first) ? "" : date_show_short(moment_date(c->first), first));
	put(&d->lines, PLAIN, 3, text);
}

static void before_of(struct decide *d)
{
	if (d->before.n + d->courses.n == 0) {
		put(&d->lines, PLAIN, 1, "PREVIOUS  none with this service");
		return;
	}
	put(&d->lines, HEADING, 1, "PREVIOUS WITH THIS SERVICE");
	list_each (c, &d->courses)
		course_of(d, c);
	list_each (r, &d->before) {
		char text[200], came[DAY_TEXT], last[DAY_TEXT];

		snprintf(text, sizeof text, "%s  %s  %s, %d seen%s%s", r->r.number,
			 date_show(moment_date(r->r.received), came), referral_state_word(r->shown),
			 r->course.seen, date_none(r->course.last_seen) ? "" : ", last ",
			 date_none(r->course.last_seen)
				 ? ""
				 : date_show_short(r->course.last_seen, last));
		put(&d->lines, PLAIN, 3, text);
	}
}

/* ---- the flag ---- */

/* The answers that raised it, each before its question: row 4 may cut it.  Without any, what was
 * written with it. */
static void flagged_by(const struct decide *d, const struct flag *f, char *buf, size_t n)
{
	char label[240];
	size_t used = 0;

	buf[0] = '\0';
	list_each (s, &d->said) {
		if (s->flag != flag_letter(f->kind) || used + 2 >= n)
			continue;
		label_of(s, label, sizeof label);
		snprintf(buf + used, n - used, "%s%s: %s", used ? "; " : "", s->said, label);
		used = strlen(buf);
	}
	if (!used)
		text_copy(buf, n, f->words);
	else
		text_whole(buf);
}

/* What row 4 is about: one that nobody was spoken to about comes first. */
static const struct flag_row *on_top(const struct decide *d)
{
	const struct flag_row *f = NULL;

	list_each (it, &d->flags)
		if (!f || (f->f.spoke && !it->f.spoke))
			f = it;
	return f;
}

static void capitals(char *p)
{
	for (; *p; p++)
		*p = (char)toupper((unsigned char)*p);
}

/* What is to be done about it, on the right of row 4. */
static void to_do(const struct decide *d, const struct flag *f, char *buf, size_t n)
{
	snprintf(buf, n, "%sring %s now%s%s",
		 d->suggested_path == PATH_ED ? "Emergency path: " : "", them(&d->who, 1),
		 *d->ring ? ", p " : "", d->ring);
	if (f->spoke)
		snprintf(buf, n, "Spoken to.");
}

static int room_for_why(const char *words, const char *right, int cols)
{
	return cols - text_width(words) - 2 - text_width(right) - 1;
}

static void flag_draw(struct canvas *c, const struct decide *d, int row)
{
	const struct flag_row *f = on_top(d);
	char text[80], words[40], why[CLINICAL_TEXT];
	int at;

	if (!f) {
		if (*d->ended)
			canvas_put(c, row, 1, BOLD, d->ended);
		else if (date_none(d->at.one.r.agreed))
			canvas_put(c, row, 1, BOLD,
				   "NO CONSENT TO ASSESS: c records it, X returns it");
		return;
	}
	snprintf(words, sizeof words, "%s", flag_words(f->f.kind));
	capitals(words);
	at = canvas_put(c, row, 1, BOLD | ALERT, words) + 1;
	to_do(d, &f->f, text, sizeof text);
	canvas_right(c, row, c->cols, BOLD, text);
	flagged_by(d, &f->f, why, sizeof why);
	canvas_padded(c, row, at, room_for_why(words, text, c->cols), BOLD | ALERT, why);
}

/* "09:42", "11-Mar 09:42": half a screen is narrow, and an open flag is of these days. */
static const char *said_at(struct moment m, struct date today, char buf[2 * DAY_TEXT])
{
	char day[DAY_TEXT], at[DAY_TEXT];

	minute_show(moment_minute(m), at);
	if (moment_date(m).n == today.n)
		snprintf(buf, DAY_TEXT, "%s", at);
	else
		snprintf(buf, 2 * DAY_TEXT, "%s %s", date_show_short(moment_date(m), day), at);
	return buf;
}

/* Every open flag by its letter, who raised it and when; and in full what row 4 has no room for. */
static void flags_of_it(struct decide *d, int width, int cols)
{
	const struct flag_row *top = on_top(d);
	char text[120], when[2 * DAY_TEXT], right[80], why[CLINICAL_TEXT];

	list_each (f, &d->flags) {
		const char *words = flag_words(f->f.kind);

		snprintf(text, sizeof text, "!%c %s, %s%s%s", flag_letter(f->f.kind), words,
			 said_at(f->f.raised_at, d->today, when), *f->by ? " by " : "", f->by);
		wrapped(&d->lines, BOLD | ALERT, 1, width - 1, text);
		to_do(d, &f->f, right, sizeof right);
		flagged_by(d, &f->f, why, sizeof why);
		if (f != top || text_width(why) > room_for_why(words, right, cols))
			wrapped(&d->lines, BOLD | ALERT, 4, width - 4, why);
	}
}

void decide_lines_make(struct decide *d, int cols)
{
	const struct referral_row *r = &d->at.one;
	int width = decide_bar(cols) - 2;
	char text[400], when[DAY_TEXT];

	d->cols = cols;
	list_free(&d->lines);
	flags_of_it(d, width, cols);
	snprintf(text, sizeof text, "REFERRAL  %s, %s%s%s", referral_source_brief(r->r.source),
		 moment_said(r->r.received, d->today, when), *d->from ? ", " : "", d->from);
	put(&d->lines, HEADING, 1, text);
	snprintf(text, sizeof text, "%s%s%s", referral_type_words(r->r.type),
		 *r->r.reasons ? ": " : "", r->r.reasons);
	wrapped(&d->lines, PLAIN, 3, width - 3, text);
	if (r->r.over) {
		snprintf(text, sizeof text, "OVER THE CONTRACT%s%s", *d->rule ? ": " : "", d->rule);
		wrapped(&d->lines, BOLD, 3, width - 3, text);
	}
	answers_of(d, width);
	words_of(d, width);
	remarks_of_it(d, width);
	papers_of(d, width);
	before_of(d);
}

/* ---- the decision ---- */

static void priorities_draw(struct canvas *c, const struct decide *d, int row, int col)
{
	canvas_put(c, row, col, PLAIN, "Priority");
	for (int i = 0; i < PRIORITIES; i++)
		canvas_printf(c, row + i, col + 10, i == d->priority ? BOLD : PLAIN, "%s %d %s",
			      i == d->priority ? ">" : " ", i, priority_word[i]);
	if (!d->fields)
		canvas_cursor(c, row + d->priority, col + 10);
}

static void consent_draw(struct canvas *c, const struct decide *d, int row, int col)
{
	static const char *const gp[] = {
		[GP_NOT_ASKED] = "not asked", [GP_YES] = "yes", [GP_NO] = "no"
	};
	const struct referral *r = &d->at.one.r;
	char day[DAY_TEXT];

	canvas_put(c, row, col, PLAIN, "Consent");
	if (date_none(r->agreed))
		canvas_put(c, row, col + 10, BOLD | ALERT, "assess  NO: c");
	else
		canvas_printf(c, row, col + 10, PLAIN, "assess  yes %s",
			      date_show_short(r->agreed, day));
	canvas_printf(c, row + 1, col + 10, PLAIN, "GP      %s", gp[r->gp]);
}

static void clock_draw(struct canvas *c, const struct decide *d, int row, int col)
{
	char text[CLOCK_TEXT];

	canvas_put(c, row, col, PLAIN, "Clock");
	if (*d->at.one.flags)
		canvas_put(c, row, col + 10, BOLD | ALERT, "triage now");
	else
		canvas_printf(c, row, col + 10, d->at.one.clock.over ? BOLD | ALERT : PLAIN,
			      "triage %s", clock_show(&d->at.one.clock, text));
}

static void right_draw(struct canvas *c, const struct decide *d, int by, int col)
{
	int last = c->rows - 2;

	canvas_put(c, 5 + by, col, HEADING, "DECISION");
	priorities_draw(c, d, 6 + by, col);
	consent_draw(c, d, 16 + by, col);
	clock_draw(c, d, 18 + by, col);
	form_draw(c, &d->form, d->fields, by);
	if (21 + by <= last)
		canvas_printf(c, 21 + by, col, PLAIN, "Form suggests P%d%s", d->suggested,
			      d->suggested_path == PATH_ED ? ", ED" : "");
	if (22 + by <= last)
		canvas_put(c, 22 + by, col, PLAIN,
			   *d->call ? d->call : "You decide. Both are kept.");
}

static void left_draw(struct canvas *c, const struct decide *d, int row, int width)
{
	size_t end = d->top + d->room;

	for (size_t i = d->top; i < end && i < d->lines.n; i++, row++) {
		const struct decide_line *l = &d->lines.v[i];
		char cut[sizeof l->text];

		snprintf(cut, sizeof cut, "%.*s", (int)text_fit(l->text, width - l->indent),
			 l->text);
		canvas_put(c, row, l->indent, l->look, cut);
	}
	if (d->lines.n > d->room)
		canvas_printf(c, row, 3, PLAIN, "%s", end < d->lines.n ? "PgDn more" : "PgUp back");
}

void decide_draw(struct canvas *c, const void *state)
{
	const struct decide *d = state;
	int bar = decide_bar(c->cols), by, last = c->rows - 2;

	if (id_none(d->shown))
		return;
	by = who_draw(c, &d->who) - DECIDE_TOP;
	flag_draw(c, d, DECIDE_TOP + by);
	for (int row = DECIDE_TOP + by + 1; row <= last; row++)
		canvas_put(c, row, bar, PLAIN, "|");
	left_draw(c, d, DECIDE_TOP + by + 1, bar - 1);
	right_draw(c, d, by, bar + 2);
}
