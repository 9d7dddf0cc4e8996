/*
 * screen_phone.c: p: what is needed at hand to ring somebody, and what may be said.
 *
 * Everything on it may be read by whoever stands at the desk: no clinical word.  Opening it is an
 * opening of the record.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/phone.h"
#include "clinic/refs.h"
#include "people.h"
#include "who.h"

enum { WORDS = 15 }; /* the column where what is known begins */

struct phone {
	struct id person;
	bool logged, ready;
	struct phone_card card;
	struct who who;
	char next[320];
};

static void say_next(struct ui *ui, struct phone *p)
{
	const struct appt *a = &p->card.next.row.a;
	const struct site *s = ref_site(ui->desk, a->site);
	char when[DAY_TEXT], number[PHONE_TEXT];
	size_t n;

	if (!p->card.booked)
		snprintf(p->next, sizeof p->next, "none booked");
	else
		snprintf(p->next, sizeof p->next, "%s  %s with %.40s, %s",
			 moment_show(a->starts, when), p->card.next.type, p->card.next.with,
			 a->mode == MODE_FACE ? s ? s->name : "" : mode_word(a->mode));
	n = strlen(p->next);
	if (p->card.booked && *a->call_back)
		snprintf(p->next + n, sizeof p->next - n, ", ring back %s",
			 phone_show(a->call_back, number));
}

static int phone_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct phone *p = state;

	(void)refresh;
	if (id_none(p->person))
		return err_set(err, ERR_MISSING, "Nobody is chosen: / finds a person.");
	if (!p->logged && intake_opened(ui->desk, p->person, err) < 0)
		return -1;
	p->logged = true;
	if (phone_card(ui->desk, p->person, &p->card, err) < 0 ||
	    who_load(ui, p->person, &p->who, err) < 0)
		return -1;
	say_next(ui, p);
	p->ready = true;
	return 0;
}

/* ---- drawing ---- */

static int lines(struct canvas *c, int row, const char *label, const char *words, int most)
{
	if (!*words)
		return row;
	canvas_put(c, row, 1, HEADING, label);
	return row + canvas_wrap(c, row, WORDS, c->cols - WORDS, most, PLAIN, words);
}

static int line(struct canvas *c, int row, const char *label, const char *words)
{
	return lines(c, row, label, words, 2);
}

static int numbers(struct canvas *c, int row, const struct phone_card *card)
{
	static const char *const voicemail[] = { [VOICEMAIL_NOT_ASKED] = "voicemail not asked",
						 [VOICEMAIL_YES] = "a message may be left",
						 [VOICEMAIL_NO] = "LEAVE NO MESSAGE" };

	canvas_put(c, row, 1, HEADING, "RING");
	if (card->n == 0)
		canvas_put(c, row++, WORDS, BOLD, "no telephone recorded");
	for (int i = 0; i < card->n; i++, row++) {
		const struct phone_line *l = &card->v[i];
		char more[WORDS_TEXT * 2];

		snprintf(more, sizeof more, "%s%s%s%s%s", voicemail[l->voicemail],
			 l->texts ? ", texts ok" : "", l->first ? ", asked for" : "",
			 *l->note ? ", " : "", l->note);
		canvas_put(c, row, WORDS, BOLD, l->number);
		canvas_put(c, row, WORDS + 16, PLAIN, l->kind);
		canvas_padded(c, row, WORDS + 24, c->cols - WORDS - 23, PLAIN, more);
	}
	return row;
}

static void phone_draw(struct canvas *c, const void *state)
{
	const struct phone *p = state;
	const struct phone_card *card = &p->card;
	char words[PHONE_LINE + 64];
	int row;

	if (!p->ready)
		return;
	row = who_draw(c, &p->who) + 1;
	if (strcmp(card->status, "deceased") == 0)
		canvas_put(c, row++, 1, BOLD | ALERT,
			   "DECEASED: do not ring; nothing is sent or booked.");
	else if (strcmp(card->status, "leaver") == 0)
		canvas_put(c, row++, 1, BOLD, "LEAVER");
	row = numbers(c, row, card) + 1;
	/* What may be said is never cut, however long a name comes before it. */
	row = lines(c, row, "SAY", card->say, 5);
	snprintf(words, sizeof words, "%s%s", card->check,
		 *card->check ? "" : "nothing to ask by is recorded");
	row = line(c, row, "CHECK TWO OF", words) + 1;
	row = line(c, row, "BEST TIME", card->best);
	row = line(c, row, "FIRST TRY", card->prefer);
	row = line(c, row, "INTERPRETER", card->interpreter);
	row = line(c, row, "NEEDS", card->needs);
	snprintf(words, sizeof words, "%s%s", card->email,
		 !*card->email	? ""
		 : card->emails ? "   may be written to"
				: "   not to be written to");
	row = line(c, row, "E-MAIL", words);
	row = line(c, row, "NEXT", p->next);
	line(c, row, "EMERGENCY", card->emergency);
	canvas_put(c, c->rows - 2, 1, PLAIN, "Opening this record has been logged.");
	canvas_cursor(c, 1, 1);
}

static enum next phone_edit(struct ui *ui, void *state)
{
	return open_details(ui, ((struct phone *)state)->person);
}

static enum next phone_person(struct ui *ui, void *state)
{
	return open_person(ui, ((struct phone *)state)->person);
}

static enum next phone_alerts(struct ui *ui, void *state)
{
	return open_alerts(ui, ((struct phone *)state)->person);
}

static enum next phone_close(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return BACK;
}

static const struct key keys[] = {
	{ .key = "e",
	  .name = "edit",
	  .label = "Edit",
	  .help = "names, telephones, details",
	  .act = phone_edit },
	{ .key = "Enter",
	  .name = "person",
	  .label = "Person",
	  .help = "open the person",
	  .act = phone_person },
	KEY_ALERTS(phone_alerts),
	{ .key = "Esc F12 p", .name = "close", .label = "Back", .act = phone_close },
	{ 0 },
};

const struct screen screen_phone = { .name = "phone",
				     .title = "PHONE CARD",
				     .state = sizeof(struct phone),
				     .load = phone_load,
				     .draw = phone_draw,
				     .keys = keys };

enum next open_phone(struct ui *ui, struct id person)
{
	struct phone *p;

	if (id_none(person))
		return ui_failf(ui, "There is nobody on this row: choose another.");
	p = ui_push(ui, &screen_phone);
	p->person = person;
	return STAY;
}
