/*
 * book_more.c: over the cap of attendances: asking the lead for more, and the lead's answer.
 *
 * The list says that the cap is used and holds nothing until more are agreed to: a time that cannot
 * be booked is kept from nobody.  The lead asks and agrees in one step; both are on the record.
 */
#include <stdlib.h>
#include <string.h>

#include "book.h"
#include "clinic/cap.h"
#include "clinic/desk.h"

bool book_capped(const struct book *b)
{
	return id_none(b->appt) && cap_reached(&b->want.cap);
}

enum next book_capped_says(struct ui *ui, const struct book *b)
{
	const struct cap *c = &b->want.cap;

	if (c->asked)
		return ui_failf(ui, "Cap %d reached; more are asked for: E is the lead's answer.",
				c->cap);
	return ui_failf(ui, "Cap %d reached.  E asks the lead.", c->cap);
}

/* From here on it is a list like any other: its first time is held. */
static enum next answered(struct ui *ui, struct book *b, bool agreed, int more, const char *why)
{
	struct err err = ERR_INIT;
	struct cap now;

	if (cap_answer(ui->desk, b->want.episode.id, agreed, more, why, &err) < 0 ||
	    cap_of(ui->desk, b->want.episode.id, &now, &err) < 0)
		return ui_fail(ui, &err);
	if (agreed)
		ui_done(ui, "Agreed: the cap is %d now.  u Undo", now.cap);
	else
		ui_done(ui, "Declined.  u Undo");
	b->hold_first = agreed;
	b->agreed = agreed ? now.cap : 0;
	return REFRESH;
}

static enum next agreed_why(struct ui *ui, void *state, const char *text)
{
	return answered(ui, state, true, 0, text);
}

static enum next declined_why(struct ui *ui, void *state, const char *text)
{
	return answered(ui, state, false, 0, text);
}

static enum next answer(struct ui *ui, void *state, char key)
{
	(void)state;
	ask_text(ui, key == 'a' ? "Agreed: why?" : "Declined: why?", false, 100,
		 key == 'a' ? agreed_why : declined_why);
	return STAY;
}

/* "2 knee still swollen": how many, and why. */
static enum next asked(struct ui *ui, void *state, const char *text)
{
	struct book *b = state;
	struct err err = ERR_INIT;
	char *why;
	long n = strtol(text, &why, 10);

	why += strspn(why, " ,:");
	if (n < 1 || n > 99 || !*why)
		return ui_failf(ui, "How many more, and why: 2 still off work.");
	if (user_may(&ui->desk->user, RIGHT_LEAD, b->service, ui->desk->site.id))
		return answered(ui, b, true, (int)n, why);
	if (cap_ask(ui->desk, b->want.episode.id, (int)n, why, &err) < 0)
		return ui_fail(ui, &err);
	ui_done(ui, "%ld more asked for: the lead has it as a task.  u Undo", n);
	return REFRESH;
}

enum next book_more(struct ui *ui, struct book *b)
{
	static const struct answer answers[] = { { 'a', "agree" }, { 'd', "decline" }, { 0 } };
	bool lead = user_may(&ui->desk->user, RIGHT_LEAD, b->service, ui->desk->site.id);

	if (b->want.cap.asked && !lead)
		return ui_failf(ui, "More are asked for already: the lead answers.");
	if (b->want.cap.asked)
		ask(ui, answers, "keep", answer, "More are asked for %.30s:", b->who.brief);
	else
		ask_text(ui, "How many more, and why (2 still off work)?", false, 100, asked);
	return STAY;
}
