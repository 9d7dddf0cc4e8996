/*
 * screen_pair.c: two records side by side: are they one person's?
 *
 * What differs is in bold.  M merges: it asks which record is kept, and how it is known.  Opening
 * this is an opening of both records.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/phone.h"
#include "clinic/pairs.h"
#include "clinic/refs.h"
#include "people.h"

enum { LINES = 19, FIRST_LINE = 4, LEFT = 16 };

struct side {
	struct id id;
	char name[PERSON_TEXT];
	char v[LINES][INTAKE_TEXT];
};

struct pair_view {
	struct id a, b;
	bool logged, ready;
	struct side sides[2];
	char keep; /* asked: 1 or 2 */
};

/* What stands on each line; those without a field are put together. */
static const struct {
	const char *label;
	int field;
} lines[LINES] = {
	{ "Name", -1 },
	{ "Preferred", IN_PREFERRED },
	{ "Former names", IN_FORMER },
	{ "Born", IN_BORN },
	{ "Gender", IN_GENDER },
	{ "NHS No.", IN_NHS },
	{ "Employer", -2 },
	{ "Employee No.", IN_EMPLOYEE_NO },
	{ "Job", IN_JOB },
	{ "Department", IN_DEPARTMENT },
	{ "Mobile", IN_MOBILE },
	{ "Home", IN_HOME },
	{ "Work", IN_WORK },
	{ "E-mail", IN_EMAIL },
	{ "Address", IN_ADDRESS },
	{ "Postcode", IN_POSTCODE },
	{ "Needs", IN_NEEDS },
	{ "Status", IN_STATUS },
	{ "Next", -3 },
};

static void say_next(struct ui *ui, const struct phone_card *card, char *buf, size_t n)
{
	char when[DAY_TEXT];

	(void)ui;
	if (card->booked)
		snprintf(buf, n, "%s %s", moment_show(card->next.row.a.starts, when),
			 card->next.type);
	else
		snprintf(buf, n, "none booked");
}

static int read_side(struct ui *ui, struct id id, struct side *s, struct err *err)
{
	struct person_card card;
	struct phone_card phone;
	char buf[INTAKE_TEXT];

	if (phone_card(ui->desk, id, &phone, err) < 0 ||
	    intake_person(ui->desk, id, &card, err) < 0)
		return -1;
	const struct post *post = posts_current(&card.posts);
	const struct customer *c = post ? ref_customer(ui->desk, post->customer) : NULL;

	s->id = card.person.id;
	snprintf(s->name, sizeof s->name, "%s", phone.name);
	for (int i = 0; i < LINES; i++)
		if (lines[i].field >= 0)
			snprintf(s->v[i], sizeof s->v[i], "%s",
				 intake_value(&card, (enum intake_field)lines[i].field,
					      (struct id){ 0 }, buf));
		else if (lines[i].field == -1)
			snprintf(s->v[i], sizeof s->v[i], "%s", phone.name);
		else if (lines[i].field == -2)
			snprintf(s->v[i], sizeof s->v[i], "%s", c ? c->name : "");
		else
			say_next(ui, &phone, s->v[i], sizeof s->v[i]);
	person_card_done(&card);
	return 0;
}

static int pair_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct pair_view *p = state;

	(void)refresh;
	if (id_none(p->a))
		return err_set(err, ERR_MISSING, "Nobody is chosen: / finds a person.");
	if (!p->logged &&
	    (intake_opened(ui->desk, p->a, err) < 0 || intake_opened(ui->desk, p->b, err) < 0))
		return -1;
	p->logged = true;
	if (read_side(ui, p->a, &p->sides[0], err) < 0 ||
	    read_side(ui, p->b, &p->sides[1], err) < 0)
		return -1;
	p->ready = true;
	return 0;
}

static void pair_draw(struct canvas *c, const void *state)
{
	const struct pair_view *p = state;
	int half = (c->cols - LEFT) / 2, right = LEFT + half + 1;

	if (!p->ready)
		return;
	if (id_same(p->sides[0].id, p->sides[1].id))
		canvas_put(c, 2, 1, BOLD, "They are one record now.");
	else
		canvas_put(c, 2, 1, PLAIN, "One person, or two?  What differs is in bold.");
	canvas_put(c, 3, LEFT, HEADING, "1");
	canvas_put(c, 3, right, HEADING, "2");
	for (int i = 0; i < LINES && FIRST_LINE + i < c->rows - 1; i++) {
		const char *a = p->sides[0].v[i], *b = p->sides[1].v[i];
		unsigned look = strcmp(a, b) ? BOLD : PLAIN;

		canvas_put(c, FIRST_LINE + i, 1, PLAIN, lines[i].label);
		canvas_padded(c, FIRST_LINE + i, LEFT, half - 1, look, a);
		canvas_padded(c, FIRST_LINE + i, right, c->cols - right + 1, look, b);
	}
	canvas_cursor(c, 3, LEFT);
}

/* ---- keys ---- */

static enum next pair_record(struct ui *ui, void *state)
{
	struct pair_view *p = state;

	return open_person(ui, ui->key == '2' ? p->b : p->a);
}

static enum next pair_apart(struct ui *ui, void *state)
{
	struct pair_view *p = state;
	struct err err = ERR_INIT;

	if (pairs_apart(ui->desk, p->a, p->b, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "They are two people.   u Undo");
	return BACK;
}

static enum next merge_why(struct ui *ui, void *state, const char *text)
{
	struct pair_view *p = state;
	bool left = p->keep == '1';
	struct err err = ERR_INIT;

	if (pairs_merge(ui->desk, left ? p->a : p->b, left ? p->b : p->a, text, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s is one record now.   u Undo", p->sides[left ? 0 : 1].name);
	return BACK;
}

static enum next merge_keep(struct ui *ui, void *state, char key)
{
	struct pair_view *p = state;

	p->keep = key;
	ask_text(ui, "How is it known that they are one?", false, 100, merge_why);
	return STAY;
}

static enum next pair_merge(struct ui *ui, void *state)
{
	static const struct answer answers[] = { { '1', "the left one" },
						 { '2', "the right one" },
						 { 0 } };

	(void)state;
	ask(ui, answers, "neither", merge_keep, "Merge: which record is kept?");
	return STAY;
}

static const struct key keys[] = {
	{ .key = "M",
	  .name = "merge",
	  .label = "Merge",
	  .help = "they are one: merge the two",
	  .roles = PAIR_ROLES,
	  .serious = true,
	  .commits = true,
	  .act = pair_merge },
	{ .key = "x",
	  .name = "apart",
	  .label = "Not the same",
	  .help = "they are two people",
	  .roles = PAIR_ROLES,
	  .commits = true,
	  .act = pair_apart },
	{ .key = "1 2",
	  .name = "record",
	  .label = "Open",
	  .help = "open one of the records",
	  .shown = "1-2",
	  .act = pair_record },
	{ 0 },
};

const struct screen screen_pair = { .name = "pair",
				    .title = "ONE PERSON?",
				    .state = sizeof(struct pair_view),
				    .load = pair_load,
				    .draw = pair_draw,
				    .keys = keys };

enum next open_pair(struct ui *ui, struct id a, struct id b)
{
	struct pair_view *p = ui_push(ui, &screen_pair);

	p->a = a;
	p->b = b;
	return STAY;
}
