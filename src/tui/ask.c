/* ask.c: the question on row 23 and its answer; drawn by bar.c. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "loop.h"

static struct question *begin(struct ui *ui, enum ask_kind kind)
{
	struct question *q = &ui->loop->ask;

	ask_end(ui);
	q->kind = kind;
	q->fresh = true;
	q->owner = loop_top(ui)->state;
	ui->loop->said = 0;
	ui->loop->dirty = true;
	return q;
}

void ask_end(struct ui *ui)
{
	struct question *q = &ui->loop->ask;

	if (q->kind == ASK_TEXT)
		form_done(&q->form);
	memset(q, 0, sizeof *q);
	ui->loop->dirty = true;
}

void ask(struct ui *ui, const struct answer *answers, const char *keep, ask_then *then,
	 const char *fmt, ...)
{
	struct question *q = begin(ui, ASK_KEY);
	va_list args;

	q->answers = answers;
	q->keep = keep ? keep : "keep";
	q->then = then;
	va_start(args, fmt);
	vsnprintf(q->text, sizeof q->text, fmt, args);
	va_end(args);
}

void ask_yes(struct ui *ui, ask_then *then, const char *fmt, ...)
{
	static const struct answer YES[] = { { 'y', "" }, { 0 } };
	char text[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	ask(ui, YES, "no", then, "%s", text);
}

void ask_text(struct ui *ui, const char *label, bool hidden, int max, ask_text_then *then)
{
	struct question *q = begin(ui, ASK_TEXT);
	int wide = text_width(label);

	snprintf(q->text, sizeof q->text, "%s", label);
	q->then_text = then;
	q->fields[0] = (struct form_field){ .name = "answer",
					    .row = 1,
					    .col = 1,
					    .box = wide + 2,
					    .width = max < 76 - wide ? max : 76 - wide,
					    .kind = hidden ? FIELD_PASSWORD : FIELD_TEXT,
					    .max = max };
	q->fields[1] = (struct form_field){ 0 };
	form_init(&q->form, q->fields);
}

void ask_text_was(struct ui *ui, const char *text)
{
	form_set(&ui->loop->ask.form, "answer", text);
}

/* A refused answer stays to be put right, with the reason above it: typed once more, it must not
 * run as keys. */
static void ask_again(struct ui *ui, const struct question *was, const char *text)
{
	const struct form_field *f = &was->fields[0];
	bool hidden = f->kind == FIELD_PASSWORD;
	const struct messages *m = &ui->loop->messages;
	char why[sizeof was->why];

	snprintf(why, sizeof why, "%s", m->n ? m->v[m->n - 1].text : "");
	ask_text(ui, was->text, hidden, f->max, was->then_text);
	snprintf(ui->loop->ask.why, sizeof ui->loop->ask.why, "%s", why);
	if (!hidden)
		ask_text_was(ui, text);
}

static void text_key(struct ui *ui, void *state, const struct press *p)
{
	struct question *q = &ui->loop->ask;
	const char *why = NULL;

	if (p->key == K_ENTER && !p->pasted) {
		ask_text_then *then = q->then_text;
		char *text = mem_str(form_text(&q->form, "answer"));

		if (!*text) {
			q->again = true;
			mem_free(text);
			return;
		}
		struct question was = *q;
		enum next next;

		/* The question is over before its answer acts: the act may ask the next. */
		ask_end(ui);
		next = then(ui, state, text);
		loop_next(ui, state, next);
		if (next == FAILED && ui->loop->why == ERR_INPUT && !q->kind &&
		    loop_top(ui)->state == was.owner)
			ask_again(ui, &was, text);
		explicit_bzero(text, strlen(text));
		mem_free(text);
		return;
	}
	q->again = form_key(ui, &q->form, p, &why) == FORM_REFUSED;
}

void ask_key(struct ui *ui, const struct press *p)
{
	struct question *q = &ui->loop->ask;
	void *state = loop_top(ui)->state;

	/* Locking waits for no answer; the question goes with it. */
	if (p->key == K_CTRL('q') && !p->pasted && !loop_walled(ui)) {
		ui_lock(ui);
		return;
	}
	if ((p->key == K_ESC || p->key == K_F12) && !p->pasted) {
		ask_end(ui);
		return;
	}
	if (q->kind == ASK_TEXT) {
		text_key(ui, state, p);
		return;
	}
	for (const struct answer *a = q->answers; a->key; a++)
		if (p->key == a->key && !p->pasted) {
			ask_then *then = q->then;
			char key = a->key;

			ask_end(ui);
			loop_next(ui, state, then(ui, state, key));
			return;
		}
	q->again = true;
}
