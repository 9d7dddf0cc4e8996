/* bar.c: rows 1, 23 and 24.  All of it is read from tables and the loop; nothing is asked here. */
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "bar.h"

/* The day and time, shorter where the row is too short for all that stands in it. */
enum when { WHEN_WHOLE, WHEN_NO_YEAR, WHEN_CLOCK };

static void when_put(enum when how, struct moment m, char buf[DAY_TEXT])
{
	struct date day = moment_date(m);
	char date[DAY_TEXT], clock[DAY_TEXT];

	if (how == WHEN_WHOLE)
		moment_show(m, buf);
	else if (how == WHEN_CLOCK)
		minute_show(moment_minute(m), buf);
	else
		snprintf(buf, DAY_TEXT, "%s %.8s %.8s", weekday_short[date_weekday(day)],
			 date_show_short(day, date), minute_show(moment_minute(m), clock));
}

static void title_right(const struct ui *ui, enum when how, char *buf, size_t size)
{
	const struct loop *l = ui->loop;
	const char *const words[] = { l->bar.user, l->bar.tasks, l->bar.parked,
				      ui->opt && ui->opt->practice ? "Practice" : "", l->bar.sync };
	char when[DAY_TEXT];
	size_t n;

	when_put(how, l->shown, when);
	n = (size_t)snprintf(buf, size, "%s", when);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (i == 0 || *words[i])
			n += (size_t)snprintf(buf + n, size - n, "  %s", words[i]);
}

static void title(struct canvas *c, const struct ui *ui)
{
	const struct frame *top = loop_top(ui), *f = top->screen->box ? loop_below(ui, 1) : top;
	char right[160], left[160];
	int how = WHEN_WHOLE;

	if (f->screen->modal) {
		if (ui->opt && ui->opt->practice)
			canvas_padded(c, 1, 1, c->cols, REVERSE,
				      "Practice database: nobody in it is real.");
		return;
	}
	snprintf(left, sizeof left, "%s%s%s", f->screen->title, f->place[0] ? "  " : "", f->place);
	title_right(ui, WHEN_WHOLE, right, sizeof right);
	while (how < WHEN_CLOCK && canvas_width(c, left) + 2 + canvas_width(c, right) > c->cols)
		title_right(ui, (enum when)++ how, right, sizeof right);
	canvas_padded(c, 1, 1, c->cols, REVERSE, "");
	canvas_padded(c, 1, 1, c->cols - canvas_width(c, right) - 2, REVERSE, left);
	canvas_right(c, 1, c->cols, REVERSE, right);
}

/* The columns that the answers take behind the question, Esc with them. */
static int answers_width(const struct canvas *c, const struct question *q)
{
	int n = 6 + canvas_width(c, q->keep);

	for (const struct answer *a = q->answers; a->key; a++)
		n += 3 + (a->word && *a->word ? 1 + canvas_width(c, a->word) : 0);
	return n;
}

/* What is asked, then its answers; where one row is too short the one above it too: no answer is
 * cut off. */
static void answers(struct canvas *c, const struct question *q, int row)
{
	int at = 2 + canvas_width(c, q->text) + answers_width(c, q) > c->cols ? row - 1 : row;
	int col, from = at, after;

	canvas_padded(c, at, 1, c->cols, PLAIN, "");
	col = canvas_printf(c, at, 1, q->again ? BOLD : PLAIN, "%c ", q->again ? 'W' : 'M');
	col = canvas_put(c, at, col, PLAIN, q->text);
	after = col + 1;
	for (const struct answer *a = q->answers; a->key; a++) {
		char k[2] = { a->key, 0 };

		if (at < row && col + 3 + (a->word ? canvas_width(c, a->word) : 0) >= c->cols) {
			at = row;
			col = 1;
		}
		col = canvas_put(c, at, col + 2, BOLD, k);
		if (a->word && *a->word)
			col = canvas_put(c, at, col + 1, PLAIN, a->word);
	}
	canvas_printf(c, row, at < row ? 3 : col + 2, PLAIN, "Esc %s", q->keep);
	canvas_cursor(c, from, after < c->cols ? after : c->cols);
}

/* The question: what is asked, its answers, and where the cursor waits. */
static void question(struct canvas *c, const struct loop *l)
{
	const struct question *q = &l->ask;
	int row = c->rows - 1;

	canvas_padded(c, row, 1, c->cols, PLAIN, "");
	if (*q->why) {
		canvas_padded(c, row - 1, 1, c->cols, PLAIN, "");
		canvas_put(c, row - 1, 1, BOLD | ALERT, "E");
		canvas_put(c, row - 1, 3, PLAIN, q->why);
	}
	if (q->kind == ASK_TEXT) {
		canvas_put(c, row, 1, q->again ? BOLD : PLAIN, q->text);
		form_draw(c, &q->form, true, row - q->fields[0].row);
		return;
	}
	answers(c, q, row);
}

static void message(struct canvas *c, const struct ui *ui)
{
	const struct loop *l = ui->loop;
	const struct message *m = l->messages.n ? &l->messages.v[l->messages.n - 1] : NULL;
	int row = c->rows - 1;

	if (l->ask.kind) {
		question(c, l);
	} else if (l->hint) {
		char buf[512];

		everywhere_hint(ui, buf, sizeof buf);
		canvas_padded(c, row, 1, c->cols, PLAIN, buf);
	} else if (l->said && m) {
		canvas_printf(c, row, 1, m->kind == 'E' ? BOLD | ALERT : PLAIN, "%c", m->kind);
		canvas_padded(c, row, 3, c->cols - 2, PLAIN, m->text);
		if (canvas_width(c, m->text) > c->cols - 2)
			canvas_put(c, row, c->cols - 4, BOLD, "... ?");
	}
}

const char *bar_key(const struct key *k, char buf[KEY_NAME])
{
	return k->shown ? k->shown : key_shown(key_first(k->key), buf);
}

/* Row 24: what works now, most used left, help last. */
static void key_line(struct canvas *c, const struct ui *ui)
{
	const struct frame *f = loop_top(ui);
	bool typing = f->screen->form && f->screen->form(f->state);
	const char *help = typing ? "F1 Help" : "? Help";
	int col = 1, last = c->cols - canvas_width(c, help) - 2;

	for (const struct key *k = f->screen->keys; k && k->key; k++) {
		char buf[KEY_NAME], item[64];

		if (!k->label || !ui_for(ui, k->roles) ||
		    (typing && key_printable(key_first(k->key)) && !k->shown))
			continue;
		snprintf(item, sizeof item, "%s %s", bar_key(k, buf), k->label);
		if (col + canvas_width(c, item) - 1 > last)
			continue;
		col = canvas_put(c, c->rows, col, PLAIN, item) + 2;
	}
	canvas_put(c, c->rows, col, PLAIN, help);
}

void bar_draw(struct canvas *c, const struct ui *ui)
{
	title(c, ui);
	message(c, ui);
	key_line(c, ui);
}

static int labelled(struct canvas *c, int row, int col, const char *label, const char *value)
{
	if (!value || !*value)
		return col;
	col = canvas_put(c, row, col, PLAIN, label);
	return canvas_put(c, row, col, BOLD, value) + 3;
}

int bar_person(struct canvas *c, const struct banner *who)
{
	int wide = canvas_width(c, who->name), row = 2, col;

	canvas_put(c, row, 1, BOLD, who->name);
	if (wide > BANNER_NAME) {
		/* A name is never cut: what stands beside it moves down, and it may use two rows.
		 */
		if (wide > c->cols)
			canvas_put(c, ++row, 1, BOLD, who->name + text_fit(who->name, c->cols));
		row++;
	}
	labelled(c, row, 35, "Born ", who->born && *who->born ? who->born : "not recorded");
	labelled(c, row, 61, "NHS No. ", who->nhs && *who->nhs ? who->nhs : "Not recorded");
	row++;
	col = labelled(c, row, 1, "Preferred name ", who->preferred);
	col = labelled(c, row, col, "Gender ", who->gender);
	labelled(c, row, col, "Employee No. ", who->employee);
	if (who->alerts) {
		char alerts[24];

		snprintf(alerts, sizeof alerts, "! Alerts %d", who->alerts);
		canvas_right(c, row, c->cols, BOLD, alerts);
	}
	return row + 1;
}
