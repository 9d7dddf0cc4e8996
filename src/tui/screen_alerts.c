/*
 * screen_alerts.c: !: what is to be heeded about the person of the banner, in full.
 */
#include "clinic/phone.h"
#include "people.h"
#include "who.h"

struct heed {
	struct id person;
	bool ready;
	struct alerts alerts;
	struct who who;
};

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
	if (who_load(ui, h->person, &h->who, err) < 0)
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
	if (h->alerts.n == 0)
		canvas_put(c, row, 3, PLAIN, "Nothing to heed is recorded.");
	for (int i = 0; i < h->alerts.n && row < c->rows - 1; i++)
		row += canvas_wrap(c, row, 3, c->cols - 3, 2, BOLD, h->alerts.v[i]);
	canvas_cursor(c, 1, 1);
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
				      .keys = keys };

enum next open_alerts(struct ui *ui, struct id person)
{
	struct heed *h = ui_push(ui, &screen_alerts);

	h->person = person;
	return STAY;
}
