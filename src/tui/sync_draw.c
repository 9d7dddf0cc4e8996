/* sync_draw.c: S16 as it is seen: how the line is, the list, both sides of one, what can be done.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/number.h"
#include "sync.h"

enum { HERE = 18, LABEL = 4, BELOW = 16, KEY_COL = 80 };
#define SYNC_NOW "F5 Sync now"

int sync_height(const struct sync_screen *s, int rows)
{
	int most = rows - 4 - SYNC_FIRST - BELOW + SYNC_NUMBERED, n = (int)s->lists[PART_CLASHES].n;

	if (most < SYNC_NUMBERED + 1)
		most = SYNC_NUMBERED + 1;
	return n < SYNC_NUMBERED ? SYNC_NUMBERED : n < most ? n : most;
}

/* "Server reached 10:30   to send 0   refused 2   oldest 09:58" */
static void head(struct canvas *c, const struct sync_screen *s)
{
	const struct sync_status *t = &s->status;
	/* A word about the line is kept while it is good; a turn says more. */
	struct moment reached = t->synced_at.utc > t->reached.utc ? t->synced_at : t->reached;
	char at[DAY_TEXT];
	int col;

	if (strcmp(t->state, "alone") == 0) {
		canvas_put(c, 2, 1, PLAIN, "This database works alone: it has joined no hub.");
		return;
	}
	if (strcmp(t->state, "hub") == 0)
		col = canvas_put(c, 2, 1, PLAIN, "This is the hub");
	else if (strcmp(t->state, "stopped") == 0)
		col = canvas_put(c, 2, 1, BOLD | ALERT, "STOPPED: takes nothing from the server");
	else if (strcmp(t->state, "excluded") == 0 || strcmp(t->state, "replaced") == 0)
		col = canvas_put(c, 2, 1, BOLD | ALERT, "No node any more: nothing here counts");
	else if (strcmp(t->state, "restored") == 0)
		col = canvas_put(c, 2, 1, BOLD | ALERT, "RESTORED: own slots are T until in step");
	else if (!moment_none(t->offline))
		col = canvas_printf(c, 2, 1, BOLD | ALERT, "Server not reached since %s",
				    moment_said(t->offline, s->today, at));
	else if (moment_none(reached))
		col = canvas_put(c, 2, 1, BOLD | ALERT, "Server not reached yet");
	else
		col = canvas_printf(c, 2, 1, PLAIN, "Server reached %s",
				    moment_said(reached, s->today, at));
	if (strcmp(t->state, "hub") != 0)
		col = canvas_printf(c, 2, col + 3, PLAIN, "to send %lld", (long long)t->pending);
	col = canvas_printf(c, 2, col + 3, PLAIN, "refused %d", s->open);
	if (s->open)
		canvas_printf(c, 2, col + 3, PLAIN, "oldest %s",
			      moment_short(s->oldest, s->today, at));
	if (s->open)
		col += 3 + (int)strlen("oldest ") + (int)strlen(at);
	if (strcmp(t->state, "hub") != 0 && col + 1 + (int)strlen(SYNC_NOW) <= KEY_COL)
		canvas_right(c, 2, c->cols < KEY_COL ? c->cols : KEY_COL, PLAIN, SYNC_NOW);
}

static void row(struct canvas *c, int line, int number, bool selected, const void *state, int at)
{
	const struct sync_screen *s = state;
	const struct clash_row *r = &s->rows.v[at];
	int place = line - SYNC_FIRST + 1, wide = c->cols >= SYNC_WIDE ? c->cols - 80 : 0;
	char when[DAY_TEXT], why[WORDS_TEXT + 16];

	(void)number, (void)selected;
	if (place <= SYNC_NUMBERED)
		canvas_printf(c, line, 2, PLAIN, "%d", place);
	canvas_padded(c, line, 4, 7, PLAIN, moment_short(r->when, s->today, when));
	canvas_padded(c, line, 11, 31 + wide / 2, PLAIN, r->brief);
	canvas_padded(c, line, 43 + wide / 2, 11, PLAIN,
		      id_none(r->person)   ? ""
		      : date_none(r->born) ? "not known"
					   : date_show(r->born, when));
	if (r->c.open)
		snprintf(why, sizeof why, "%s", r->masked ? "Private" : r->why);
	else
		snprintf(why, sizeof why, "settled: %s", r->c.how);
	canvas_padded(c, line, 55 + wide / 2, c->cols - 54 - wide / 2, PLAIN, why);
}

/* Nothing to do is said with what is known of the last time. */
static void nothing(struct canvas *c, const struct sync_screen *s)
{
	const struct sync_status *t = &s->status;
	char at[DAY_TEXT];

	if (strcmp(t->state, "alone") == 0 || strcmp(t->state, "hub") == 0 ||
	    moment_none(t->synced_at))
		canvas_put(c, SYNC_FIRST, 3, PLAIN, "Nothing to settle.");
	else
		canvas_printf(c, SYNC_FIRST, 3, PLAIN,
			      "Nothing to settle. Last sync %s, %lld changes.",
			      moment_said(t->synced_at, s->today, at), (long long)t->seq);
	canvas_cursor(c, SYNC_FIRST, 1);
}

/* Why it is out of reach, and what that means for the list. */
static int line_down(struct canvas *c, const struct sync_screen *s, int at)
{
	const struct sync_status *t = &s->status;

	if (moment_none(t->offline) && strcmp(t->state, "stopped") != 0)
		return at;
	if (*t->why)
		at += canvas_wrap(c, at, 3, c->cols - 4, 2, PLAIN, t->why);
	at += canvas_wrap(
		c, at, 3, c->cols - 4, 2, PLAIN,
		"What others did since then comes when the line is back; what is done here"
		" waits and is sent then.");
	return at + 1;
}

static void who(struct canvas *c, const struct clash_row *r, int at)
{
	char born[DAY_TEXT], nhs[NHS_TEXT];
	int col;

	if (id_none(r->person)) {
		canvas_put(c, at, 1, BOLD, r->what);
		return;
	}
	col = canvas_put(c, at, 1, BOLD, r->name);
	col = canvas_put(c, at, col + 4, PLAIN, "Born");
	col = canvas_put(c, at, col + 1, BOLD,
			 date_none(r->born) ? "not known" : date_show(r->born, born));
	col = canvas_put(c, at, col + 4, PLAIN, "NHS No.");
	canvas_put(c, at, col + 1, BOLD, nhs_show(r->nhs, nhs));
}

static int half(const struct canvas *c)
{
	return (c->cols - HERE) / 2;
}

static int sides(struct canvas *c, const struct clash_view *v, int at)
{
	int wide = half(c), there = HERE + wide, col;

	col = canvas_put(c, at, HERE, HEADING, v->row.ours ? "HERE" : "MEANT");
	canvas_padded(c, at, col + 2, there - col - 3, PLAIN, v->here);
	if (*v->there) {
		col = canvas_put(c, at, there, HEADING, v->row.ours ? "SERVER" : "STANDS");
		canvas_padded(c, at, col + 2, c->cols - col - 1, PLAIN, v->there);
	}
	at++;
	for (int i = 0; i < v->n; i++) {
		const struct clash_line *l = &v->v[i];

		canvas_padded(c, at, LABEL, HERE - LABEL - 1, PLAIN, l->label);
		if (!*l->there && !*v->there) {
			at += canvas_wrap(c, at, HERE + 1, c->cols - HERE - 1, 3, PLAIN, l->here);
			continue;
		}
		canvas_padded(c, at, HERE + 1, wide - 2, PLAIN, l->here);
		canvas_padded(c, at, there + 1, wide - 1, PLAIN, l->there);
		at++;
	}
	return at;
}

/* Both versions to their end. */
static void whole(struct canvas *c, const struct clash_view *v, int at)
{
	int last = c->rows - 2;

	for (int i = 0; i < v->n && at < last; i++) {
		const struct clash_line *l = &v->v[i];

		canvas_put(c, at++, LABEL, HEADING, l->label);
		canvas_put(c, at, LABEL, PLAIN, v->row.ours ? "here" : "meant");
		at += canvas_wrap(c, at, LABEL + 8, c->cols - LABEL - 8,
				  last - at < 3 ? last - at : 3, PLAIN, l->here);
		if (at >= last || !*l->there)
			continue;
		canvas_put(c, at, LABEL, PLAIN, v->row.ours ? "server" : "stands");
		at += canvas_wrap(c, at, LABEL + 8, c->cols - LABEL - 8,
				  last - at < 3 ? last - at : 3, PLAIN, l->there);
	}
}

static void offers(struct canvas *c, const struct sync_screen *s, int at)
{
	const struct clash_view *v = s->view;
	bool on = s->offers;

	at += canvas_wrap(c, at, LABEL, c->cols - LABEL, 2, PLAIN, v->say);
	for (int i = 0; i < v->offered && at <= c->rows - 2; i++, at++) {
		canvas_padded(c, at, 1, c->cols, PLAIN, "");
		canvas_printf(c, at, LABEL, PLAIN, "%d", SYNC_NUMBERED + 1 + i);
		canvas_padded(c, at, LABEL + 2, c->cols - LABEL - 2, PLAIN, v->offers[i].words);
		if (i != s->at)
			continue;
		canvas_put(c, at, LABEL - 2, PLAIN, ">");
		if (on)
			canvas_cursor(c, at, LABEL - 2);
	}
	if (clash_slot_lost(&v->row.c) && at <= c->rows - 3)
		canvas_put(c, at + 1, LABEL, PLAIN,
			   "The refused booking stays in their history. Nothing is thrown away.");
}

void sync_draw(struct canvas *c, const void *state)
{
	const struct sync_screen *s = state;
	const struct list *list = &s->lists[PART_CLASHES];
	int wide = c->cols >= SYNC_WIDE ? (c->cols - 80) / 2 : 0, at;

	head(c, s);
	sync_also(c, s, c->rows - 2);
	if (s->part != PART_CLASHES) {
		sync_part_draw(c, s);
		return;
	}
	canvas_put(c, 3, 2, HEADING, "# When   What");
	canvas_put(c, 3, 43 + wide, HEADING, "Born");
	canvas_put(c, 3, 55 + wide, HEADING, "Why");
	if (list->n == 0) {
		nothing(c, s);
		line_down(c, s, SYNC_FIRST + 2);
		return;
	}
	list_draw(c, list, SYNC_FIRST, s->offers, row, s);
	at = SYNC_FIRST + list->height + 1;
	if (!s->view)
		return;
	who(c, &s->view->row, at++);
	if (s->whole) {
		whole(c, s->view, at);
		return;
	}
	if (s->view->row.masked)
		canvas_put(c, at + 1, LABEL, PLAIN, s->view->say);
	else if (s->view->row.c.open)
		offers(c, s, sides(c, s->view, at) + 1);
	else
		sides(c, s->view, at);
}
