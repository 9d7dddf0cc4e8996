/*
 * formview_draw.c: S5's middle: steps, what was answered, the step's questions, the question's own
 * line or the card of a rule.
 *
 *	1 Problem    [2 Safety]    3 Work, contact and consent              step 2 of 3
 *
 *	   Where         low back                        How           lifting at work
 *	   ------------------------------------------------------------------------
 *	   Read out: "Since this began, have you noticed..."    y yes  n no  u unsure
 *
 *	   ...numbness round your bottom or genitals?                        no
 *	   ...trouble passing water, or not feeling it pass?               > [_]
 *
 *	Why: both legs with back pain can be an emergency (cauda equina syndrome).
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "formview.h"

enum { LEFT = 4, BEFORE_ROWS = 3, FOOT_ROWS = 3, CARD_ROWS = 8, LINES_MOST = 400 };

/* One line of the questions: a question, or a row of what is read out, or nothing. */
struct view_line {
	int item, page, row; /* item or page is -1 */
};
struct view_lines {
	struct view_line v[LINES_MOST];
	int n, here; /* where the cursor's question stands */
};

static const struct item *item_at(const struct formview *v, int q)
{
	return &v->paper->items.v[q];
}

static const struct page *page_of(const struct formview *v, int q)
{
	return &v->paper->pages.v[item_at(v, q)->page];
}

static void draw_steps(struct canvas *c, const struct formview *v, int line)
{
	int step = page_of(v, v->at)->step, was = 0, col = 1, room = c->cols - 14;

	list_each (p, &v->paper->pages) {
		char text[80];

		if (p->step == was || col >= room)
			continue;
		was = p->step;
		snprintf(text, sizeof text, p->step == step ? "[%d %.60s]" : "%d %.60s", p->step,
			 p->title);
		if (col + canvas_width(c, text) >= room && p->step != step)
			continue;
		col = canvas_put(c, line, col, p->step == step ? BOLD : PLAIN, text) + 4;
	}
	canvas_printf(c, line, c->cols - 11, PLAIN, "step %d of %d", step, v->paper->steps);
}

/* off_work: "Off work". */
static void name_shown(const char *name, char *buf, size_t n)
{
	text_copy(buf, n, name);
	for (char *p = buf; *p; p++)
		if (*p == '_')
			*p = ' ';
	if (*buf >= 'a' && *buf <= 'z')
		*buf = (char)(*buf - 'a' + 'A');
}

/* What the steps before came to, two a row, the last ones where there is no room for all. */
static int draw_before(struct canvas *c, const struct formview *v, int line)
{
	int step = page_of(v, v->at)->step, n = 0, skip, k = 0;

	for (int q = 0; q < (int)v->paper->items.n; q++)
		n += v->j.shown[q] && v->a.v[q] && page_of(v, q)->step < step;
	skip = n > 2 * BEFORE_ROWS ? (n - 2 * BEFORE_ROWS + 1) / 2 * 2 : 0;
	for (int q = 0; q < (int)v->paper->items.n; q++) {
		char name[40], value[ANSWER_TEXT];
		int col;

		if (!v->j.shown[q] || !v->a.v[q] || page_of(v, q)->step >= step || k++ < skip)
			continue;
		col = (k - 1 - skip) % 2 ? c->cols / 2 + 10 : LEFT;
		name_shown(item_at(v, q)->name, name, sizeof name);
		answer_show(item_at(v, q), v->a.v[q], value);
		canvas_padded(c, line + (k - 1 - skip) / 2, col, 13, PLAIN, name);
		canvas_padded(c, line + (k - 1 - skip) / 2, col + 14,
			      col == LEFT ? 30 : c->cols - col - 15, PLAIN, value);
	}
	if (n == 0)
		return line;
	line += (n - skip + 1) / 2;
	for (int col = LEFT; col < c->cols - 2; col++)
		canvas_put(c, line, col, PLAIN, "-");
	return line + 1;
}

/* "y yes  n no  u unsure" */
static void keys_of(const struct item *q, char *buf, size_t size)
{
	size_t n = 0;

	buf[0] = '\0';
	list_each (o, &q->options)
		if (n < size)
			n += (size_t)snprintf(buf + n, size - n, "%s%c %s", n ? "  " : "", o->key,
					      o->label);
	text_whole(buf);
}

static bool short_one(const struct item *q)
{
	return q->type == ITEM_YN || q->type == ITEM_YNU;
}

static void add_line(struct view_lines *l, int item, int page, int row)
{
	if (l->n < LINES_MOST)
		l->v[l->n++] = (struct view_line){ item, page, row };
}

/* Rows that the words to be read out take. */
static int say_rows(const struct canvas *c, const struct page *p)
{
	return 1 + (canvas_width(c, p->say) + 12) / (c->cols - LEFT - 4);
}

static void lay_out(const struct canvas *c, const struct formview *v, struct view_lines *l)
{
	int step = page_of(v, v->at)->step;

	for (int i = 0; i < (int)v->paper->pages.n; i++) {
		const struct page *p = &v->paper->pages.v[i];

		if (p->step != step || !v->j.page_shown[i])
			continue;
		if (l->n)
			add_line(l, -1, -1, 0);
		for (int row = 0; p->say && row < say_rows(c, p); row++)
			add_line(l, -1, i, row);
		if (p->say)
			add_line(l, -1, -1, 0);
		for (int q = p->first; q < p->first + p->n; q++) {
			if (!v->j.shown[q])
				continue;
			if (q == v->at)
				l->here = l->n;
			add_line(l, q, -1, 0);
		}
	}
}

static void draw_say(struct canvas *c, const struct formview *v, const struct page *p, int line)
{
	const struct item *first = p->n ? item_at(v, p->first) : NULL;
	char *text = mem_printf("Read out: \"%s\"", p->say), keys[120];
	int rows = canvas_wrap(c, line, LEFT, c->cols - LEFT - 2, say_rows(c, p), PLAIN, text);

	if (rows == 1 && first && short_one(first)) {
		keys_of(first, keys, sizeof keys);
		if (LEFT + canvas_width(c, text) + canvas_width(c, keys) + 4 < c->cols)
			canvas_right(c, line, c->cols - 3, PLAIN, keys);
	}
	mem_free(text);
}

static void draw_item(struct canvas *c, const struct formview *v, int q, int line)
{
	const struct item *item = item_at(v, q);
	int col = short_one(item) ? c->cols - 10 : v->box;
	char value[ANSWER_TEXT];
	bool here = q == v->at;

	if (item->type == ITEM_INFO) {
		canvas_padded(c, line, LEFT, c->cols - LEFT - 2, PLAIN, item->label);
		return;
	}
	canvas_padded(c, line, LEFT, col - LEFT - 3, here ? BOLD : PLAIN, item->label);
	if (here)
		canvas_put(c, line, col - 2, PLAIN, ">");
	if (here && v->form.n) {
		form_draw(c, &v->form, true, line);
		return;
	}
	answer_show(item, v->a.v[q], value);
	canvas_padded(c, line, col, c->cols - col - 1, PLAIN,
		      *value		       ? value
		      : item->required || here ? "[_]"
					       : "-");
	if (here)
		canvas_cursor(c, line, col + (*value ? 0 : 1));
}

static void draw_lines(struct canvas *c, const struct formview *v, int line, int height)
{
	static struct view_lines l; /* too large for a stack frame; filled anew each time */
	int top;

	l.n = l.here = 0;
	lay_out(c, v, &l);
	/* The question and one below it are in view; what was asked before it as far as it goes. */
	top = l.here + 2 > height ? l.here + 2 - height : 0;
	if (top + height > l.n)
		top = l.n > height ? l.n - height : 0;
	for (int i = top; i < l.n && i < top + height; i++) {
		if (l.v[i].item >= 0)
			draw_item(c, v, l.v[i].item, line + i - top);
		else if (l.v[i].page >= 0 && l.v[i].row == 0)
			draw_say(c, v, &v->paper->pages.v[l.v[i].page], line + i - top);
	}
}

/* The question in full where its line cut it, its letters, and why it is asked. */
static void draw_foot(struct canvas *c, const struct formview *v, int line)
{
	const struct item *q = item_at(v, v->at);
	int wide = (short_one(q) ? c->cols - 10 : v->box) - LEFT - 3;
	char keys[600];

	if (canvas_width(c, q->label) > wide)
		line += canvas_wrap(c, line, 1, c->cols - 1, 2, PLAIN, q->label);
	keys_of(q, keys, sizeof keys);
	if (*v->echo)
		line += canvas_printf(c, line, 1, PLAIN, "=> %s", v->echo) ? 1 : 0;
	else if (*keys && !(short_one(q) && page_of(v, v->at)->say))
		line += canvas_wrap(c, line, 1, c->cols - 1, 2, PLAIN, keys);
	if (q->help) {
		char *why = mem_printf("Why: %s", q->help);

		canvas_wrap(c, line, 1, c->cols - 1, 2, PLAIN, why);
		mem_free(why);
	}
}

static void draw_keys(struct canvas *c, const struct formview *v, int line)
{
	char keys[600];

	keys_of(item_at(v, v->at), keys, sizeof keys);
	if (*v->echo)
		canvas_printf(c, line, 1, PLAIN, "=> %s", v->echo);
	else
		canvas_put(c, line, 1, PLAIN, keys);
}

static int foot_rows(const struct canvas *c, const struct formview *v)
{
	const struct item *q = item_at(v, v->at);
	char keys[600];

	keys_of(q, keys, sizeof keys);
	return FOOT_ROWS + (canvas_width(c, keys) >= c->cols) +
	       (canvas_width(c, q->label) >= c->cols);
}

static const struct card *card_of(const struct rule *r)
{
	list_each (d, &r->deeds)
		if (d->action == DO_CARD)
			return card_find(d->of);
	return NULL;
}

/* What the desk does while the caller is there. */
static void draw_card(struct canvas *c, const struct rule *r, int line)
{
	const struct card *card = card_of(r);
	const char *flag = r->flag == 'R'   ? "RED FLAG"
			   : r->flag == 'K' ? "RISK"
			   : r->flag == 'S' ? "SAFEGUARDING"
					    : "NOTE";

	canvas_put(c, line++, 1, BOLD | ALERT, card ? card->title : flag);
	if (r->say) {
		char *say = mem_printf("Say: \"%s\"", r->say);

		line += canvas_wrap(c, line, 1, c->cols - 1, 2, BOLD, say);
		mem_free(say);
	}
	for (int i = 0; card && card->lines[i]; i++)
		canvas_printf(c, line++, 1, PLAIN, "- %s", card->lines[i]);
}

static int card_rows(const struct rule *r)
{
	const struct card *card = card_of(r);
	int rows = 1 + (r->say ? 1 + (strlen(r->say) > 70) : 0);

	for (int i = 0; card && card->lines[i]; i++)
		rows++;
	return rows < CARD_ROWS ? rows : CARD_ROWS;
}

void formview_draw(struct canvas *c, const struct formview *v, int line, int height)
{
	int end = line + height, foot = foot_rows(c, v), from;

	draw_steps(c, v, line);
	from = draw_before(c, v, line + 2);
	if (v->told >= 0) {
		const struct rule *r = &v->paper->rules.v[v->told];

		end -= card_rows(r);
		draw_card(c, r, end);
		/* Its letters stay in sight. */
		foot = 1;
		draw_keys(c, v, end - foot);
	} else {
		draw_foot(c, v, end - foot);
	}
	draw_lines(c, v, from, end - foot - from - 1);
}
