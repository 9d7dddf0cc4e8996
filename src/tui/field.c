/* field.c: editing text by letters as people count them, and moving between fields. */
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "field.h"
#include "ui.h"

enum { RUN_NONE, RUN_TYPE, RUN_ERASE, RUN_OTHER };

static int index_of(const struct form *f, const char *name)
{
	for (int i = 0; name && i < f->n; i++)
		if (strcmp(f->fields[i].name, name) == 0)
			return i;
	return -1;
}

void form_init(struct form *f, const struct form_field *fields)
{
	memset(f, 0, sizeof *f);
	f->fields = fields;
	while (fields[f->n].name && *fields[f->n].name)
		f->n++;
	f->v = mem_new(sizeof *f->v * (size_t)(f->n ? f->n : 1));
	for (int i = 0; i < f->n; i++) {
		buf_str(&f->v[i].text, "");
		buf_str(&f->v[i].was, "");
	}
}

static void wipe(struct buf *b)
{
	if (b->s)
		explicit_bzero(b->s, b->cap);
	buf_done(b);
}

void form_done(struct form *f)
{
	for (int i = 0; i < f->n; i++) {
		wipe(&f->v[i].text);
		wipe(&f->v[i].was);
	}
	mem_free(f->v);
	memset(f, 0, sizeof *f);
}

const char *form_text(const struct form *f, const char *name)
{
	int i = index_of(f, name);

	return i < 0 || !f->v[i].text.s ? "" : f->v[i].text.s;
}

static void put_text(struct typed *e, const char *s)
{
	buf_clear(&e->text);
	buf_str(&e->text, s);
	e->at = e->text.n;
	e->echo[0] = '\0';
	e->run = RUN_NONE;
}

void form_set(struct form *f, const char *name, const char *text)
{
	int i = index_of(f, name);

	if (i >= 0)
		put_text(&f->v[i], text ? text : "");
}

void form_focus(struct form *f, const char *name)
{
	int i = index_of(f, name);

	if (i >= 0)
		f->at = i;
}

bool form_on(const struct form *f, const char *name)
{
	return f->n && strcmp(f->fields[f->at].name, name) == 0;
}

int form_page(const struct form *f)
{
	return f->n ? f->fields[f->at].page : 0;
}

bool form_turn(struct form *f, int by)
{
	int page = form_page(f) + by;

	for (int i = 0; i < f->n; i++)
		if (f->fields[i].page == page) {
			f->at = i;
			return true;
		}
	return false;
}

int form_complete(struct form *f, struct err *err)
{
	for (int i = 0; i < f->n; i++)
		if (f->fields[i].required && !f->v[i].text.n) {
			f->at = i;
			return err_input(err, f->fields[i].name, "%s is needed.",
					 f->fields[i].label);
		}
	return 0;
}

/* The first word of `choice` behind what stands there, unless it does already. */
static void add_choice(struct form *f, const struct form_field *field, const char *choice)
{
	const char *have = form_text(f, field->name);
	size_t n = strcspn(choice, " ");
	char *text;

	for (const char *s = have + strspn(have, " ,"); *s; s += strspn(s, " ,")) {
		size_t len = strcspn(s, " ,");

		if (len == n && memcmp(s, choice, n) == 0)
			return;
		s += len;
	}
	text = mem_printf("%s%s%.*s", have, *have ? " " : "", (int)n, choice);
	form_set(f, field->name, text);
	mem_free(text);
}

void form_choose(struct form *f, const struct form_field *field, const char *choice)
{
	if (field->several)
		add_choice(f, field, choice);
	else
		form_set(f, field->name, choice);
	f->dirty = true;
}

/* --- clusters ----------------------------------------------------------------------------------
 */

/* The byte after the letter at `at`, with its marks. */
static size_t after(const struct buf *b, size_t at)
{
	int len = 0;

	if (at >= b->n)
		return b->n;
	text_next(b->s + at, b->n - at, &len);
	at += (size_t)len;
	while (at < b->n && text_rune_width(text_next(b->s + at, b->n - at, &len)) == 0)
		at += (size_t)len;
	return at;
}

static size_t before(const struct buf *b, size_t at)
{
	size_t last = 0;

	for (size_t i = 0; i < at; i = after(b, i))
		last = i;
	return last;
}

static int columns(const struct buf *b, size_t from, size_t to)
{
	char *s = mem_strn(b->s + from, to - from);
	int w = text_width(s);

	mem_free(s);
	return w;
}

/* --- editing -----------------------------------------------------------------------------------
 */

static void splice(struct typed *e, size_t from, size_t to, const char *s, size_t n)
{
	struct buf b = { 0 };

	buf_str(&b, "");
	buf_add(&b, e->text.s, from);
	buf_add(&b, s, n);
	buf_add(&b, e->text.s + to, e->text.n - to);
	wipe(&e->text);
	e->text = b;
	e->at = from + n;
}

/* Remembers what Ctrl-Z goes back to, once for a run of the same kind of typing. */
static void remember(struct typed *e, int run)
{
	if (run != e->run || run == RUN_OTHER) {
		buf_clear(&e->was);
		buf_str(&e->was, e->text.s);
		e->was_at = e->at;
	}
	e->run = run;
}

static void undo(struct typed *e)
{
	struct buf t = e->text;
	size_t at = e->at;

	e->text = e->was;
	e->at = e->was_at;
	e->was = t;
	e->was_at = at;
	e->run = RUN_NONE;
}

static size_t word_back(const struct typed *e)
{
	size_t i = e->at;

	while (i > 0 && e->text.s[i - 1] == ' ')
		i--;
	while (i > 0 && e->text.s[i - 1] != ' ')
		i = before(&e->text, i);
	return i;
}

static int runes(const struct buf *b)
{
	int n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += (b->s[i] & 0xc0) != 0x80;
	return n;
}

static const char *type(const struct form_field *spec, struct typed *e, const struct press *p)
{
	if (runes(&e->text) >= (spec->max ? spec->max : 200))
		return "No more fits into this field.";
	if (!text_rune_shown((uint32_t)p->key))
		return "That character cannot be kept: it has no visible form.";
	if (text_rune_width((uint32_t)p->key) == 0 &&
	    (e->at == 0 || e->at - before(&e->text, e->at) > 24))
		return "That mark has no letter to stand on.";
	remember(e, p->pasted ? RUN_TYPE + 8 : RUN_TYPE);
	splice(e, e->at, e->at, p->text, strlen(p->text));
	return NULL;
}

/* A letter chooses the next choice that begins with it, Space the next one. */
static bool choose(const struct form_field *spec, struct typed *e, const struct press *p)
{
	int n = 0, at = -1;

	while (spec->choices && spec->choices[n]) {
		if (strcmp(spec->choices[n], e->text.s) == 0)
			at = n;
		n++;
	}
	for (int i = 1; i <= n; i++) {
		const char *c = spec->choices[(at + i + n) % n];
		char *a = text_fold(c), *b = text_fold(p->text);
		bool hit = p->key == K_SPACE || (*b && strncmp(a, b, strlen(b)) == 0);

		mem_free(a);
		mem_free(b);
		if (hit) {
			put_text(e, c);
			return true;
		}
	}
	return false;
}

static enum form_did edit(const struct form_field *spec, struct typed *e, const struct press *p,
			  const char **ret_why)
{
	size_t to;

	switch (p->key) {
	case K_LEFT:
		e->at = before(&e->text, e->at);
		e->run = RUN_NONE;
		return FORM_MOVED;
	case K_RIGHT:
		e->at = after(&e->text, e->at);
		e->run = RUN_NONE;
		return FORM_MOVED;
	case K_HOME:
		e->at = 0;
		e->run = RUN_NONE;
		return FORM_MOVED;
	case K_END:
		e->at = e->text.n;
		e->run = RUN_NONE;
		return FORM_MOVED;
	case K_BACKSPACE:
		remember(e, RUN_ERASE);
		to = e->at;
		splice(e, spec->kind == FIELD_CHOICE ? 0 : before(&e->text, to),
		       spec->kind == FIELD_CHOICE ? e->text.n : to, "", 0);
		return FORM_TYPED;
	case K_DEL:
		remember(e, RUN_ERASE);
		splice(e, e->at, after(&e->text, e->at), "", 0);
		return FORM_TYPED;
	case K_CTRL('u'):
		remember(e, RUN_OTHER);
		splice(e, 0, e->text.n, "", 0);
		return FORM_TYPED;
	case K_CTRL('w'):
		remember(e, RUN_OTHER);
		to = e->at;
		splice(e, word_back(e), to, "", 0);
		return FORM_TYPED;
	case K_CTRL('z'):
		undo(e);
		return FORM_TYPED;
	default:
		break;
	}
	if (!key_printable(p->key) || !p->text[0])
		return FORM_NOT_MINE;
	if (spec->kind == FIELD_CHOICE) {
		if (choose(spec, e, p))
			return FORM_TYPED;
		*ret_why = "No choice begins with that. F4 lists them.";
		return FORM_REFUSED;
	}
	*ret_why = type(spec, e, p);
	return *ret_why ? FORM_REFUSED : FORM_TYPED;
}

/* --- echoes ------------------------------------------------------------------------------------
 */

static void echo_date(struct ui *ui, const char *text, char ret[ECHO_TEXT])
{
	char day[DAY_TEXT];
	struct err err = ERR_INIT;
	struct date d;

	if (date_parse(text, moment_date(ui->now), LOOK_FORWARD, &d, &err) == 0)
		snprintf(ret, ECHO_TEXT, "=> %s", date_show_day(d, day));
	else
		snprintf(ret, ECHO_TEXT, "%.60s", err.text);
}

static void echo_time(const char *text, char ret[ECHO_TEXT])
{
	char buf[DAY_TEXT];
	struct err err = ERR_INIT;
	int minute;

	if (minute_parse(text, &minute, &err) == 0)
		snprintf(ret, ECHO_TEXT, "=> %s", minute_show(minute, buf));
	else
		snprintf(ret, ECHO_TEXT, "%.60s", err.text);
}

static void echo(struct ui *ui, const struct form_field *spec, struct typed *e)
{
	e->echo[0] = '\0';
	if (!e->text.n)
		return;
	if (spec->echo)
		spec->echo(ui, e->text.s, e->echo);
	else if (spec->kind == FIELD_DATE)
		echo_date(ui, e->text.s, e->echo);
	else if (spec->kind == FIELD_TIME)
		echo_time(e->text.s, e->echo);
}

/* What is in view: the cursor is always inside the box. */
static void into_view(const struct form_field *spec, struct typed *e)
{
	if (e->from > e->at)
		e->from = e->at;
	while (e->from < e->at && columns(&e->text, e->from, e->at) >= spec->width)
		e->from = after(&e->text, e->from);
	while (e->from > 0) {
		size_t back = before(&e->text, e->from);

		if (columns(&e->text, back, e->text.n) >= spec->width)
			break;
		e->from = back;
	}
}

static void next_missing(struct form *f)
{
	for (int i = 1; i <= f->n; i++) {
		int k = (f->at + i) % f->n;

		if (f->fields[k].required && !f->v[k].text.n) {
			f->at = k;
			return;
		}
	}
}

enum form_did form_key(struct ui *ui, struct form *f, const struct press *p, const char **ret_why)
{
	enum form_did did;

	*ret_why = NULL;
	if (f->n == 0)
		return FORM_NOT_MINE;
	const struct form_field *spec = &f->fields[f->at];
	struct typed *e = &f->v[f->at];

	if (p->key == K_TAB || p->key == K_STAB) {
		e->run = RUN_NONE;
		f->at = (f->at + (p->key == K_TAB ? 1 : f->n - 1)) % f->n;
		return FORM_MOVED;
	}
	if (p->key == K_F1 + 5) {
		next_missing(f);
		return FORM_MOVED;
	}
	if (p->key == K_F1 + 3)
		return spec->choices ? FORM_CHOICES : FORM_NOT_MINE;
	did = edit(spec, e, p, ret_why);
	if (did == FORM_TYPED) {
		f->dirty = true;
		echo(ui, spec, e);
	}
	if (did == FORM_TYPED || did == FORM_MOVED)
		into_view(spec, e);
	return did;
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static void box(struct canvas *c, const struct form_field *spec, const struct typed *e, int row,
		bool here)
{
	int col = spec->box + 1, end;

	canvas_put(c, row, spec->box, PLAIN, "[");
	for (int i = 0; i < spec->width; i++)
		canvas_put(c, row, col + i, PLAIN, "_");
	end = col + spec->width;
	canvas_put(c, row, end, PLAIN, "]");
	if (spec->kind == FIELD_PASSWORD) {
		int n = runes(&e->text);

		for (int i = 0; i < n && i < spec->width; i++)
			canvas_put(c, row, col + i, PLAIN, "*");
		if (here)
			canvas_cursor(c, row, col + (n < spec->width ? n : spec->width - 1));
	} else {
		size_t n = text_fit(e->text.s + e->from, spec->width);
		char *s = mem_strn(e->text.s + e->from, n);

		canvas_padded(c, row, col,
			      canvas_width(c, s) < spec->width ? canvas_width(c, s) : spec->width,
			      PLAIN, s);
		mem_free(s);
		if (here)
			canvas_cursor(c, row, col + columns(&e->text, e->from, e->at));
	}
	if (e->echo[0] && end + 3 < c->cols)
		canvas_put(c, row, end + 3, PLAIN, e->echo);
}

void form_draw(struct canvas *c, const struct form *f, bool active, int by)
{
	for (int i = 0; i < f->n; i++) {
		const struct form_field *spec = &f->fields[i];

		if (spec->page != form_page(f))
			continue;
		if (spec->label)
			canvas_put(c, spec->row + by, spec->col, PLAIN, spec->label);
		box(c, spec, &f->v[i], spec->row + by, active && i == f->at);
	}
}
