/*
 * book_over.c: E: booked beside the slots, by who has the right, with a reason.
 *
 * Whether it can be done at all is asked of the clinic before anybody types a reason.  One thing is
 * asked at a time, so what it is about is kept here until the answer.
 */
#include <stdio.h>
#include <string.h>

#include "book.h"
#include "clinic/booking.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "open.h"

static struct {
	struct booking_ask ask;
	char who[PERSON_TEXT];
	bool leave; /* the booking list, which has done what it was opened for */
} over;

static enum next over_why(struct ui *ui, void *state, const char *text)
{
	struct booking_ask ask = over.ask;
	struct err err = ERR_INIT;
	char when[DAY_TEXT];
	struct id appt;

	const struct clinician *c;

	(void)state;
	ask.over_why = text;
	if (booking_book(ui->desk, &ask, &appt, &err) < 0)
		return ui_fail(ui, &err);
	/* After the act: it may have read the references anew. */
	c = ref_clinician(ui->desk, over.ask.clinician);
	ui_done(ui, "%s booked OVER %s, %s.  u Undo", over.who, moment_show(ask.starts, when),
		c ? c->surname : "");
	return over.leave ? BACK : REFRESH;
}

enum next book_over_at(struct ui *ui, struct id person, struct id service, struct id clinician,
		       struct moment starts)
{
	struct booking_ask probe = { .person = person,
				     .service = service,
				     .clinician = clinician,
				     .starts = starts,
				     .over_why = "not yet said" };
	struct err err = ERR_INIT;
	struct who who;

	if (who_load(ui, person, &who, &err) < 0 || booking_try(ui->desk, &probe, &err) < 0)
		return ui_fail(ui, &err);
	over.ask = probe;
	over.ask.over_why = NULL;
	over.leave = false;
	snprintf(over.who, sizeof over.who, "%s", who.brief);
	ask_text(ui, "Overbooked: why?", false, 100, over_why);
	return STAY;
}

/* "marsh 13/3 15:00" */
static enum next over_when(struct ui *ui, void *state, const char *text)
{
	const struct book *b = state;
	const struct clinician *c;
	size_t n = strcspn(text, " ");
	struct moment starts;
	char code[CODE_TEXT];
	struct err err = ERR_INIT;
	enum next next;

	snprintf(code, sizeof code, "%.*s", n < sizeof code ? (int)n : 0, text);
	if (find_clinician(ui->desk, code, &c, &err) < 0 ||
	    moment_parse(text + n + strspn(text + n, " "), ui->desk->today, &starts, &err) < 0)
		return ui_fail(ui, &err);
	next = book_over_at(ui, b->person, b->service, c->id, starts);
	over.leave = true;
	return next;
}

bool book_may_over(const struct ui *ui, struct id service)
{
	return user_may(&ui->desk->user, RIGHT_OVERBOOK, service, (struct id){ 0 });
}

enum next book_over(struct ui *ui, void *state)
{
	struct book *b = state;

	if (book_capped(b))
		return book_more(ui, b);
	if (!book_may_over(ui, b->service))
		return book_tell_lead(ui, b);
	ask_text(ui, "Overbook whom, and when (marsh 13/3 15:00)?", false, 30, over_when);
	return STAY;
}
