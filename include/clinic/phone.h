/*
 * phone.h: what a desk needs at hand to ring somebody, and what it has to heed about them.
 *
 * Never a clinical word: an appointment of a private service says Private to who may not know.
 */
#ifndef CLINIC_PHONE_H
#define CLINIC_PHONE_H

#include "clinic/desklist.h"
#include "clinic/intake.h"

enum { PHONES_MOST = 3, PHONE_LINE = 800 };

struct phone_line {
	const char *kind; /* mobile home work */
	char number[PHONE_TEXT];
	enum voicemail voicemail;
	bool texts; /* may be sent there */
	bool first; /* the one they asked for */
	char note[WORDS_TEXT];
	char source[CODE_TEXT];
	struct moment at;
};

struct phone_card {
	struct id person;
	char name[PERSON_TEXT], status[CODE_TEXT];
	struct phone_line v[PHONES_MOST]; /* in the order to try them */
	int n;
	char say[PHONE_LINE];	/* "Ask for Mrs Adaeze Okafor.  Do not say where you ring from." */
	char check[PHONE_LINE]; /* "born 14-Aug-1984, postcode BH15 1AA, works at WV Hosps" */
	char prefer[LINE_TEXT], best[LINE_TEXT];
	char needs[NEEDS_WORDS], interpreter[CODE_TEXT];
	char email[WORDS_TEXT];
	bool emails; /* may be sent there */
	char emergency[PHONE_LINE];
	bool booked;
	struct desk_row next; /* the next appointment, when one is booked */
};

int phone_card(struct desk *desk, struct id person, struct phone_card *ret, struct err *err);

/* What may be said, from what was recorded: name, oh, all, words of their own, or "" not asked. */
const char *phone_rule(const char *say);

/* What is to be heeded about somebody, as the banner counts it and `!` lists it. */
enum { ALERTS_MOST = NEED_COUNT + 8 };
struct alerts {
	char v[ALERTS_MOST][LINE_TEXT];
	int n;
};
void alerts_of(const struct person_card *card, struct alerts *ret);

#endif
