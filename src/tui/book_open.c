/*
 * book_open.c: which booking list to open: of the one episode that waits, else of the service that
 * is chosen by its letter.
 */
#include "book.h"
#include "clinic/desk.h"
#include "clinic/flag.h"
#include "clinic/series.h"
#include "open.h"
#include "service_keys.h"

/* Whom the question that is open is about: one at a time. */
static struct id asked;

static struct book *show(struct ui *ui, const struct screen *screen, struct id person,
			 struct id service, struct id appt)
{
	struct book *b = ui_push(ui, screen);

	b->person = person;
	b->service = service;
	b->appt = appt;
	return b;
}

/* Over an open flag nothing is offered, and no time is held for it; whoever is in a course of
 * sessions has the whole of it proposed. */
static enum next show_new(struct ui *ui, struct id person, struct id service)
{
	struct err err = ERR_INIT;
	struct id episode;

	if (flag_stops(ui->desk, person, service, &err) < 0 ||
	    series_of(ui->desk, person, service, &episode, &err) < 0)
		return ui_fail(ui, &err);
	if (!id_none(episode))
		return open_series(ui, episode, 0);
	show(ui, &screen_book, person, service, (struct id){ 0 });
	return STAY;
}

static enum next chosen(struct ui *ui, void *state, char key)
{
	(void)state;
	return show_new(ui, asked, service_of_answer(key));
}

static enum next which(struct ui *ui, struct id person)
{
	const struct answer *answers = service_answers(ui);

	if (!answers)
		return ui_failf(ui, "There is no service that you may book.");
	asked = person;
	ask(ui, answers, "keep", chosen, "Book which?");
	return STAY;
}

enum next open_booking(struct ui *ui, struct id person, struct id service)
{
	struct id waiting[2];
	struct err err = ERR_INIT;
	int n = 0;

	if (id_none(person))
		return ui_failf(ui, "Nobody is on this row: / finds a person.");
	if (id_none(service)) {
		if (prospect_waiting(ui->desk, person, waiting, 2, &n, &err) < 0)
			return ui_fail(ui, &err);
		if (n != 1)
			return which(ui, person);
		service = waiting[0];
	}
	return show_new(ui, person, service);
}

enum next open_move(struct ui *ui, struct id appt, bool by_service)
{
	struct prospect p;
	struct err err = ERR_INIT;
	struct book *b;

	/* What cannot move is said here, on the screen that stays. */
	if (prospect_move(ui->desk, appt, &p, &err) < 0 ||
	    flag_stops(ui->desk, p.person, p.service, &err) < 0)
		return ui_fail(ui, &err);
	b = show(ui, &screen_move, p.person, p.service, appt);
	b->by_service = by_service;
	return STAY;
}
