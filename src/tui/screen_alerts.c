/*
 * screen_alerts.c: !: what is to be heeded about the person of the banner, in full; open flags on
 * top, as far as this user may know of them, with their words for who reads clinical ones.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/flag.h"
#include "clinic/phone.h"
#include "clinic/refs.h"
#include "people.h"
#include "who.h"

enum { FLAG_LINE = 400 };

struct heed {
	struct id person;
	bool ready;
	struct alerts alerts;
	struct who who;
	struct {
		char (*v)[FLAG_LINE];
		size_t n, cap;
	} flags;
};

static void flag_line(struct ui *ui, const struct flag_row *r, char buf[FLAG_LINE])
{
	const struct service *s = ref_service(ui->desk, r->f.service);
	char when[DAY_TEXT];

	snprintf(buf, FLAG_LINE, "%c %s of %s, %s%s%s%s", flag_letter(r->f.kind),
		 flag_words(r->f.kind), moment_show(r->f.raised_at, when),
		 s ? s->name : "a service", r->f.spoke ? "" : ", not spoken to yet",
		 *r->f.words ? ": " : ".", r->f.words);
}

static int load_flags(struct ui *ui, struct heed *h, struct err *err)
{
	struct flag_rows rows = { 0 };

	list_free(&h->flags);
	if (!(ui->desk->user.role & ROLE_DESK))
		return 0;
	if (flag_list(ui->desk, h->person, &rows, err) < 0)
		return -1;
	list_each (r, &rows)
		if (strcmp(r->f.state, "open") == 0)
			flag_line(ui, r, *list_push(&h->flags));
	list_free(&rows);
	return 0;
}

static int heed_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct heed *h = state;
	struct person_card card;

	(void)refresh;
	if (id_none(h->person))
		return err_set(err, ERR_MISSING, "Nobody is chosen: / finds a person.");
	if (intake_person(ui->desk, h->person, &card, err) < 0)
		return -1;
	alerts_of(&card, &h->alerts);
	person_card_done(&card);
	if (load_flags(ui, h, err) < 0 || who_load(ui, h->person, &h->who, err) < 0)
		return -1;
	h->ready = true;
	return 0;
}

static void heed_draw(struct canvas *c, const void *state)
{
	const struct heed *h = state;
	int row;

	if (!h->ready)
		return;
	row = who_draw(c, &h->who) + 1;
	list_each (f, &h->flags)
		if (row < c->rows - 4)
			row += canvas_wrap(c, row, 3, c->cols - 3, 4, BOLD | ALERT, *f);
	if (h->alerts.n == 0 && h->flags.n == 0)
		canvas_put(c, row, 3, PLAIN, "Nothing to heed is recorded.");
	for (int i = 0; i < h->alerts.n && row < c->rows - 1; i++)
		row += canvas_wrap(c, row, 3, c->cols - 3, 2, BOLD, h->alerts.v[i]);
	canvas_cursor(c, 1, 1);
}

static void heed_leave(struct ui *ui, void *state)
{
	(void)ui;
	list_free(&((struct heed *)state)->flags);
}

static enum next heed_edit(struct ui *ui, void *state)
{
	return open_details(ui, ((struct heed *)state)->person);
}

static enum next heed_close(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "e",
	  .name = "edit",
	  .label = "Edit",
	  .help = "names, telephones, details",
	  .act = heed_edit },
	{ .key = "Esc F12 !", .name = "close", .label = "Back", .act = heed_close },
	{ 0 },
};

const struct screen screen_alerts = { .name = "alerts",
				      .title = "ALERTS",
				      .state = sizeof(struct heed),
				      .load = heed_load,
				      .draw = heed_draw,
				      .leave = heed_leave,
				      .keys = keys };

enum next open_alerts(struct ui *ui, struct id person)
{
	struct heed *h = ui_push(ui, &screen_alerts);

	h->person = person;
	return STAY;
}
