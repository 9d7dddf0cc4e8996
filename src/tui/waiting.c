/* waiting.c: clocks and numbers of who waits; w on a row about an appointment. */
#include "waiting.h"

#include <stdio.h>
#include <string.h>

#include "clinic/desk.h"
#include "clinic/desklist.h"
#include "clinic/refs.h"
#include "open.h"
#include "verbs.h"

char *waiting_clock(const struct clock *c, char buf[CLOCK_TEXT])
{
	if (c->kind == CLOCK_NONE)
		buf[0] = '\0';
	else if (c->over)
		snprintf(buf, CLOCK_TEXT, c->days < 10 ? "OVER %dwd" : "OVER %dd", c->days);
	else if (c->days == 0)
		snprintf(buf, CLOCK_TEXT, "today");
	else
		snprintf(buf, CLOCK_TEXT, "%dwd left", c->days);
	return buf;
}

int waiting_phones(struct ui *ui, char (*phones)[PHONE_TEXT], const struct wait_offers *offers,
		   size_t top, int height, int shown, struct err *err)
{
	for (size_t i = top; i < top + (size_t)height && i < (size_t)shown; i++)
		if (!*phones[i] &&
		    wait_phone(ui->desk, offers->v[i].r.w.person, phones[i], err) < 0)
			return -1;
	return 0;
}

/* ---- w ---- */

static struct verb_row asked; /* stays as it was then, whatever is loaded meanwhile */

/* What something earlier has to be. */
static enum next wait_earlier(struct ui *ui, void *state, const char *text)
{
	struct wait_ask ask = { .wish.from = DATE_NONE };
	struct err err = ERR_INIT;
	struct desk_row row;
	struct id id;
	char who[PERSON_TEXT];

	(void)state;
	if (desk_appt(ui->desk, asked.appt, &row, &err) < 0)
		return ui_fail(ui, &err);
	ask.episode = row.row.a.episode;
	if (wait_wish_read(ui->desk, text, &ask, &err) < 0 ||
	    wait_add(ui->desk, &ask, &id, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%s waits for something earlier.  u Undo", verb_brief(&asked, who, sizeof who));
	return REFRESH;
}

enum next verb_wait(struct ui *ui, const struct verb_row *row)
{
	struct err err = ERR_INIT;
	struct id slot;

	if (verb_has_one(row, &err) < 0)
		return ui_fail(ui, &err);
	if (row->state == APPT_BOOKED || row->state == APPT_REQUESTED) {
		struct desk_row now;

		if (desk_appt(ui->desk, row->appt, &now, &err) < 0)
			return ui_fail(ui, &err);
		if (now.masked)
			return ui_failf(ui,
					"A private service is booked by its own desk: ask there.");
		asked = *row;
		ask_text(ui, "Earlier: days, times, sites, phone, 2 h notice, or any", false,
			 WISH_TYPED, wait_earlier);
		return STAY;
	}
	if (appt_live(row->state) || row->state == APPT_SEEN)
		return ui_failf(ui, "That time is used: w offers one that was freed.");
	if (wait_hole_of(ui->desk, row->appt, &slot, &err) < 0)
		return ui_fail(ui, &err);
	return open_fill(ui, slot);
}
