/*
 * screen_help.c: S19, the keys of the screen below it, made from the same rows as row 24, so that
 * the two cannot disagree.  It opens with the last message in full when row 23 had to cut it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "bar.h"
#include "screens.h"

struct line {
	char left[44], right[44]; /* the words are ours: ASCII, so bytes are columns */
	bool heading;
};
struct lines {
	struct line *v;
	size_t n, cap;
};
struct help {
	struct lines lines;
	char *message;
	int height;
	int top;
};

static void item(char out[44], const struct key *k)
{
	char buf[KEY_NAME], both[24];
	int first = key_first(k->key);
	const char *second = strchr(k->key, ' ');

	snprintf(both, sizeof both, "%s", bar_key(k, buf));
	/* "? F1", but not the dozen digits that one row may stand for. */
	if (!k->shown && second && !strchr(second + 1, ' ') && first) {
		int other = key_code(second + 1, (int)strlen(second + 1));

		snprintf(both + strlen(both), sizeof both - strlen(both), " %s",
			 key_shown(other, buf));
	}
	snprintf(out, 44, "  %-8s %.29s", both, k->help);
}

static const struct key *next_row(const struct ui *ui, const struct key *k)
{
	while (k && k->key && (!k->help || !*k->key || !ui_for(ui, k->roles)))
		k++;
	return k && k->key ? k : NULL;
}

static void heading(struct help *h, const char *left, const char *right)
{
	struct line *l = list_push(&h->lines);

	l->heading = true;
	snprintf(l->left, sizeof l->left, "%s", left);
	snprintf(l->right, sizeof l->right, "%s", right);
}

static void capitals(struct ui *ui, struct help *h, const struct key *k)
{
	char all[40] = "";
	struct line *l;

	for (; (k = next_row(ui, k)); k++)
		if (k->serious && strlen(all) < 30)
			snprintf(all + strlen(all), sizeof all - strlen(all), "%.8s ", k->key);
	list_push(&h->lines);
	heading(h, "CAPITALS", "");
	l = list_push(&h->lines);
	snprintf(l->left, sizeof l->left, "  %.30s", *all ? all : "none on this screen");
	snprintf(l->right, sizeof l->right, "each asks a reason, a PIN or a key");
	l = list_push(&h->lines);
	snprintf(l->left, sizeof l->left, "  small letters");
	snprintf(l->right, sizeof l->right, "can be undone with u");
}

static void places(struct ui *ui, struct help *h)
{
	list_push(&h->lines);
	heading(h, "GO TO", "");
	for (const struct screen *const *s = ui->loop->screens; *s; s++) {
		struct line *l;

		if (!(*s)->go || !ui_there(ui, *s))
			continue;
		l = list_push(&h->lines);
		snprintf(l->left, sizeof l->left, "  g %c      %.30s", (*s)->go, (*s)->name);
		snprintf(l->right, sizeof l->right, "%.43s", (*s)->help ? (*s)->help : "");
	}
}

static int help_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct help *h = state;
	struct frame *below = loop_below(ui, 1);
	const struct key *here = below ? below->screen->keys : NULL, *all = everywhere;
	const struct messages *m = &ui->loop->messages;

	(void)err;
	if (refresh)
		return 0;
	list_free(&h->lines);
	ui_place(ui, "%s", below ? below->screen->name : "");
	/* Names may stand in a message: never over the lock. */
	if (!h->message && m->n && !loop_walled(ui) &&
	    text_width(m->v[m->n - 1].text) > ui->cols - 2)
		h->message = mem_str(m->v[m->n - 1].text);
	heading(h, "ON THIS SCREEN", "EVERYWHERE");
	for (;;) {
		struct line *l;

		here = next_row(ui, here);
		all = next_row(ui, all);
		if (!here && !all)
			break;
		l = list_push(&h->lines);
		if (here)
			item(l->left, here++);
		if (all)
			item(l->right, all++);
	}
	capitals(ui, h, below ? below->screen->keys : NULL);
	places(ui, h);
	return 0;
}

static void help_layout(void *state, int rows, int cols)
{
	struct help *h = state;

	(void)cols;
	h->height = rows - 5 - (h->message ? 4 : 0);
	if (h->top > (int)h->lines.n - h->height)
		h->top = (int)h->lines.n > h->height ? (int)h->lines.n - h->height : 0;
}

static void help_draw(struct canvas *c, const void *state)
{
	const struct help *h = state;
	int row = 3;

	if (h->message) {
		canvas_put(c, row, 1, BOLD, "WHAT WAS SAID");
		canvas_wrap(c, row + 1, 3, c->cols - 3, 3, PLAIN, h->message);
		row += 4;
	}
	for (int i = h->top; i < (int)h->lines.n && i < h->top + h->height; i++, row++) {
		const struct line *l = &h->lines.v[i];
		unsigned style = l->heading ? BOLD | HEADING : PLAIN;

		canvas_put(c, row, 1, style, l->left);
		canvas_put(c, row, 41, style, l->right);
	}
	if (h->top + h->height < (int)h->lines.n)
		canvas_put(c, c->rows - 2, 4, PLAIN, "PgDn more");
	canvas_cursor(c, 3, 1);
}

static void help_leave(struct ui *ui, void *state)
{
	struct help *h = state;

	(void)ui;
	list_free(&h->lines);
	mem_free(h->message);
}

static enum next help_down(struct ui *ui, void *state)
{
	struct help *h = state;

	(void)ui;
	if (h->top + h->height < (int)h->lines.n)
		h->top += h->height - 1;
	return STAY;
}

static enum next help_up(struct ui *ui, void *state)
{
	struct help *h = state;

	(void)ui;
	h->top = h->top > h->height - 1 ? h->top - h->height + 1 : 0;
	return STAY;
}

static enum next help_close(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "PgDn F8 Down Space", .name = "more", .label = "More", .act = help_down },
	{ .key = "PgUp F7 Up", .name = "back-page", .label = "Back", .act = help_up },
	{ .key = "Esc F12 Enter", .name = "close", .label = "Close", .act = help_close },
	{ 0 },
};

const struct screen screen_help = { .name = "help",
				    .title = "HELP",
				    .over = true,
				    .state = sizeof(struct help),
				    .load = help_load,
				    .layout = help_layout,
				    .draw = help_draw,
				    .leave = help_leave,
				    .keys = keys };
