/*
 * book_open.c: which booking list to open: of the one episode that waits, else of the service that
 * is chosen by its letter.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "book.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "open.h"

enum { SERVICES_MOST = 12 };

/* The letters that the desk knows by heart; other services get the first letter that is free. */
static const struct {
	char key;
	const char *code, *word;
} usual[] = {
	{ 'p', "PHYSIO", "physio" },
	{ 'c', "COUNS", "counselling" },
	{ 'n', "OHN", "nurse" },
	{ 'd', "OHP", "doctor" },
};
enum { N_USUAL = sizeof usual / sizeof *usual };

/* The question that is open: one at a time. */
static struct {
	struct id person;
	struct id service[SERVICES_MOST];
	struct answer answers[SERVICES_MOST + 1];
	char words[SERVICES_MOST][CODE_TEXT];
	int n;
} choice;

static enum next show(struct ui *ui, const struct screen *screen, struct id person,
		      struct id service, struct id appt)
{
	struct book *b = ui_push(ui, screen);

	b->person = person;
	b->service = service;
	b->appt = appt;
	return STAY;
}

static bool letter_used(char key)
{
	for (int i = 0; i < N_USUAL; i++)
		if (usual[i].key == key)
			return true;
	for (int i = 0; i < choice.n; i++)
		if (choice.answers[i].key == key)
			return true;
	return false;
}

static char letter_for(const struct service *s)
{
	for (const char *p = s->brief; *p; p++)
		if (isalpha((unsigned char)*p) && !letter_used((char)tolower((unsigned char)*p)))
			return (char)tolower((unsigned char)*p);
	return '\0';
}

/* Where it stands in that table; N_USUAL when it does not. */
static int usual_place(const struct service *s)
{
	for (int i = 0; i < N_USUAL; i++)
		if (strcasecmp(usual[i].code, s->code) == 0)
			return i;
	return N_USUAL;
}

static void add(const struct service *s)
{
	int at = usual_place(s);
	char key = at < N_USUAL ? usual[at].key : letter_for(s);
	const char *word = at < N_USUAL ? usual[at].word : s->brief;

	if (!key || choice.n == SERVICES_MOST)
		return;
	choice.service[choice.n] = s->id;
	snprintf(choice.words[choice.n], CODE_TEXT, "%s", word);
	choice.answers[choice.n] = (struct answer){ key, choice.words[choice.n] };
	choice.n++;
}

static enum next chosen(struct ui *ui, void *state, char key)
{
	(void)state;
	for (int i = 0; i < choice.n; i++)
		if (choice.answers[i].key == key)
			return show(ui, &screen_book, choice.person, choice.service[i],
				    (struct id){ 0 });
	return STAY;
}

static enum next which(struct ui *ui, struct id person)
{
	memset(&choice, 0, sizeof choice);
	choice.person = person;
	/* The usual ones in their own order, then the rest. */
	for (int i = 0; i <= N_USUAL; i++)
		list_each (s, &ui->desk->refs->services)
			if (s->on && desk_sees(ui->desk, s) && usual_place(s) == i)
				add(s);
	if (choice.n == 0)
		return ui_failf(ui, "There is no service to book: service add makes one.");
	if (choice.n == 1)
		return show(ui, &screen_book, person, choice.service[0], (struct id){ 0 });
	ask(ui, choice.answers, "keep", chosen, "Book which?");
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
	return show(ui, &screen_book, person, service, (struct id){ 0 });
}

enum next open_move(struct ui *ui, struct id appt)
{
	struct prospect p;
	struct err err = ERR_INIT;

	/* What cannot move is said here, on the screen that stays. */
	if (prospect_move(ui->desk, appt, &p, &err) < 0)
		return ui_fail(ui, &err);
	return show(ui, &screen_move, p.person, p.service, appt);
}
