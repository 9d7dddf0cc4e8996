/*
 * intake_card.c: who has heard of the flag on the card, and the way round it: after two minutes, or
 * with the line down, the duty number is rung, and the card stays until it says who was told.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "loop.h"
#include "taking.h"

static bool looked_after(const struct taking *t)
{
	return t->flags == 0 || t->helped.help == HELP_COMES || t->helped.help == HELP_TOLD;
}

int taking_duty(struct ui *ui, struct taking *t, struct err *err)
{
	if (id_none(t->referral))
		return 0;
	return flags_helped(ui->desk, t->person, t->service, &t->flags, &t->helped, err);
}

int taking_card_rows(const struct taking *t)
{
	return t->flags ? 2 : 0;
}

static void now_what(const struct taking *t, char *buf, size_t n)
{
	const struct flag_helped *h = &t->helped;
	char at[DAY_TEXT];

	if (h->help == HELP_COMES)
		snprintf(buf, n, "%s has taken it, %s.", h->by,
			 minute_show(moment_minute(h->since), at));
	else if (h->help == HELP_TOLD)
		snprintf(buf, n, "Whoever is on duty was told, %s by %s.",
			 minute_show(moment_minute(h->since), at), h->by);
	else if (h->help == HELP_DUTY || t->rung)
		snprintf(buf, n, "RING THE DUTY NUMBER NOW: %s.  Then Ctrl-D: whom you told.",
			 *h->duty ? h->duty : "none is recorded, ring the lead");
	else
		snprintf(buf, n, "Nobody has taken it yet. At %s: ring %s, then Ctrl-D.",
			 minute_show(moment_minute(h->until), at),
			 *h->duty ? h->duty : "whoever is on duty");
}

/* Of an injury by a needle: treatment is best within the hour, which runs from its time. */
static void hour(const struct taking *t, char *buf, size_t n)
{
	struct moment at;
	char clock[DAY_TEXT];

	buf[0] = '\0';
	if (!answers_moment(&t->found.paper, &t->v.a, "injured_on", "injured_at", &at))
		return;
	at.utc += 60 * 60;
	snprintf(buf, n, "  The hour ends at %s.", minute_show(moment_minute(at), clock));
}

void taking_card(struct canvas *c, const struct taking *t, int line)
{
	char text[160], ends[60];

	hour(t, ends, sizeof ends);
	canvas_printf(c, line, 1, PLAIN, "%s  Nurses have a task for now.%s%s", t->number, ends,
		      t->helped.alone ? "  The line is down."
		      : *ends	      ? ""
				      : "  Nothing is booked.");
	now_what(t, text, sizeof text);
	canvas_put(c, line + 1, 1, looked_after(t) ? BOLD : BOLD | ALERT, text);
}

/* By the clock alone: the two minutes are over. */
int taking_wake(struct ui *ui, void *state)
{
	struct taking *t = state;
	int64_t left;

	if (!t->open || looked_after(t) || t->rung)
		return -1;
	left = t->helped.until.utc - world_now(ui->desk->world).utc;
	if (left > 0 && t->helped.help == HELP_AWAITED)
		return (int)left * 1000;
	t->rung = true;
	ui_warn(ui, "%s: ring the duty number now, then Ctrl-D.",
		t->helped.alone ? "The line is down" : "No nurse has taken it in two minutes");
	return -1;
}

int taking_holds(const struct ui *ui, const void *state, struct err *why)
{
	const struct taking *t = state;

	(void)ui;
	if (!t->open || looked_after(t))
		return 0;
	return err_set(why, ERR_CLASH, "No nurse has taken it: stay, or ring %s, then Ctrl-D.",
		       *t->helped.duty ? t->helped.duty : "who is on duty");
}

static enum next told(struct ui *ui, void *state, const char *who)
{
	struct taking *t = state;
	struct err err = ERR_INIT;

	if (flags_tell(ui->desk, t->person, t->service, who, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "Recorded: %s was told.", who);
	return REFRESH;
}

enum next taking_told(struct ui *ui, void *state)
{
	const struct taking *t = state;

	if (t->flags == 0)
		return ui_failf(ui, "No flag is open: there is nobody to tell.");
	if (looked_after(t))
		return ui_failf(ui, "That is recorded already.");
	ask_text(ui, "Whom on duty did you tell?", false, 60, told);
	return STAY;
}
