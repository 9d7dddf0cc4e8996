/* triage_draw.c: S6 as it is seen: the rows, what the selected one says, what was added to it. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/exposed.h"
#include "model/person.h"
#include "triage.h"

/* "!RK", "?4": asked, that many working days ago; "re": the reply came; "c": no consent yet. */
static void sign_of(const struct inbox_item *it, const struct triage_line *l, char *buf, size_t n)
{
	if (*l->flags)
		snprintf(buf, n, "!%s", l->flags);
	else if (it->asked >= 0)
		snprintf(buf, n, "?%d", it->asked);
	else if (l->replied)
		snprintf(buf, n, "re");
	else
		snprintf(buf, n, "%s", l->agreed ? "" : "c");
}

/* A flag is now, and says since when; after an exposure, what is left of its hour. */
static void clock_of(const struct inbox_item *it, const struct triage_line *l, char *buf, size_t n)
{
	char text[CLOCK_TEXT];
	long long waited = l->waited;

	if (l->hour)
		snprintf(buf, n, "%dm left", l->hour);
	else if (!*l->flags && it->chase)
		snprintf(buf, n, "chase");
	else if (!*l->flags)
		snprintf(buf, n, "%s", clock_show(&it->clock, text));
	else if (waited >= 24 * 60)
		snprintf(buf, n, "NOW %lldd", waited / 60 / 24);
	else if (waited >= 60)
		snprintf(buf, n, "NOW %lldh", waited / 60);
	else
		snprintf(buf, n, "NOW %lldm", waited);
}

/* Columns of a name, and how many more a wide window gives it: names are what people are told apart
 * by. */
enum { NAME = 18, MORE = 14 };
static int wider(const struct canvas *c)
{
	return c->cols >= TRIAGE_PANE ? MORE : 0;
}

static void line_draw(struct canvas *c, int line, int number, bool selected, const void *state,
		      int at)
{
	const struct inbox_view *v = state;
	const struct inbox_item *it = &v->box.v[at];
	const struct triage_line *l = v->lines[at];
	char sign[16], clock[CLOCK_TEXT], wish[16] = "-";
	int more = wider(c);
	unsigned look;

	(void)selected;
	canvas_printf(c, line, 2, PLAIN, "%2d", number);
	if (triage_marked(v, it->id.n))
		canvas_put(c, line, 6, BOLD, "*");
	if (!l)
		return;
	look = *l->flags || it->clock.over ? BOLD | ALERT : PLAIN;
	if (l->urgency >= 0)
		snprintf(wish, sizeof wish, "%d", l->urgency);
	if (number < 1000)
		canvas_put(c, line, 5, PLAIN, wish);
	sign_of(it, l, sign, sizeof sign);
	canvas_padded(c, line, 7, 4, *l->flags ? look : PLAIN, sign);
	clock_of(it, l, clock, sizeof clock);
	canvas_padded(c, line, 11, 8, look, clock);
	canvas_padded(c, line, 20, NAME + more, PLAIN,
		      canvas_width(c, l->name) <= NAME + more ? l->name : l->brief);
	canvas_padded(c, line, 39 + more, 11, PLAIN, l->born);
	canvas_padded(c, line, 51 + more, 6, PLAIN, l->came);
	canvas_padded(c, line, 58 + more, 9, PLAIN, l->service);
	canvas_padded(c, line, 68 + more, 4, PLAIN, l->from);
	canvas_padded(c, line, 73 + more, 8, PLAIN, l->employer);
}

/* Who it is, what was asked for, in their words, and what was said since. */
static void selected_draw(struct canvas *c, const struct inbox_view *v, int row, int col)
{
	const struct referral_row *r = &v->at.one;
	int last = c->rows - 2, wide = c->cols - col - 1;
	char buf[CLINICAL_TEXT + 100], when[DAY_TEXT], name[PERSON_TEXT];

	if (col > 3) {
		row += canvas_wrap(c, row, col, wide, 3, BOLD,
				   person_show(r->surname, r->given, r->title, name));
		canvas_printf(c, row++, col, PLAIN, "Born %s",
			      date_none(r->born) ? "not known" : date_show(r->born, when));
		row++;
	}
	snprintf(buf, sizeof buf, "%s, %s, came %s%s%s", r->r.number,
		 referral_type_words(r->r.type), v->when, *r->r.reasons ? ": " : "", r->r.reasons);
	row += canvas_wrap(c, row, col, wide, col > 3 ? 4 : 1, BOLD, buf);
	if (!moment_none(v->injured) && row <= last) {
		char end[DAY_TEXT];

		minute_show(moment_minute((struct moment){ v->injured.utc + EXPOSED_HOUR * 60 }),
			    end);
		canvas_printf(c, row++, col, BOLD | ALERT,
			      "Exposed to blood %s: the hour ends at %s.",
			      minute_show(moment_minute(v->injured), when), end);
	}
	if (date_none(r->r.agreed) && row <= last)
		canvas_put(c, row++, col, PLAIN, "No consent to assess yet.");
	if (*r->r.words && row <= last) {
		snprintf(buf, sizeof buf, "\"%s\"", r->r.words);
		row += canvas_wrap(c, row, col, wide, col > 3 ? 8 : 2, PLAIN, buf);
	}
	/* The newest first: there may be more of them than room. */
	for (size_t i = v->remarks.n; i > 0 && row <= last; i--) {
		const struct remark *m = &v->remarks.v[i - 1];

		if (!*m->words)
			continue;
		snprintf(buf, sizeof buf, "%s %s, %s: %s",
			 date_show_short(moment_date(m->at), when), m->user, m->kind, m->words);
		row += canvas_wrap(c, row, col, wide, col > 3 ? 4 : 1, PLAIN, buf);
	}
}

void triage_draw(struct canvas *c, const void *state)
{
	const struct inbox_view *v = state;
	const struct inbox *b = &v->box;
	bool wide = c->cols >= TRIAGE_PANE;
	char show[2 * NAME_TEXT];
	int col;

	col = canvas_printf(c, 2, 1, PLAIN, "%s %zu  today %d",
			    v->show == SHOW_RETURNED ? "Returned" : "Waiting", b->n, b->today);
	col = canvas_printf(c, 2, col + 2, b->over ? BOLD | ALERT : PLAIN, "over time %d", b->over);
	col = canvas_printf(c, 2, col + 2, b->flagged ? BOLD | ALERT : PLAIN, "flags %d",
			    b->flagged);
	col = canvas_printf(c, 2, col + 2, PLAIN, "asked %d", b->asked);
	if (b->chase)
		canvas_printf(c, 2, col, BOLD, ", chase %d", b->chase);
	snprintf(show, sizeof show, "%s  Sort %s  o", v->words, v->by_coming ? "newest" : "clock");
	canvas_right(c, 2, 79, PLAIN, show);
	canvas_put(c, 3, 3, HEADING, "# P !   Clock    Person");
	canvas_put(c, 3, 39 + wider(c), HEADING, "Born        Came   Service   From Employer");
	if (b->n == 0) {
		canvas_put(c, TRIAGE_FIRST, 3, PLAIN,
			   v->show == SHOW_ALL ? "Nothing to triage."
					       : "Nothing of these.  f shows others.");
		canvas_cursor(c, TRIAGE_FIRST, 1);
	}
	list_draw(c, &v->list, TRIAGE_FIRST, false, line_draw, v);
	if (!wide)
		canvas_put(c, c->rows - 2, 2, PLAIN,
			   "!R red flag  !K risk  !S safeguarding  ?n asked n days"
			   "  re reply  c no consent");
	if (list_at(&v->list) >= 0 && !id_none(v->at.one.r.id))
		selected_draw(c, v, wide ? TRIAGE_FIRST : c->rows - 2 - TRIAGE_BELOW + 1,
			      wide ? 98 : 3);
}
