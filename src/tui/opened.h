/*
 * opened.h: what S4 knows between two keys, for its two halves: screen_person.c loads it and acts,
 * person_draw.c puts it into words and draws it.
 */
#ifndef TUI_OPENED_H
#define TUI_OPENED_H

#include "clinic/desklist.h"
#include "clinic/esr.h"
#include "clinic/intake.h"
#include "clinic/referral.h"
#include "model/message.h"
#include "people.h"

enum {
	MOST = 300,   /* appointments read */
	AWAYS = 5,    /* absences read */
	TALL = 30,    /* rows from which all ways to reach somebody are shown, */
	WIDE = 100,   /* columns from which rows say more, */
	WIDEST = 132, /* and more still */
};

enum line_kind {
	LINE_HEADING,
	LINE_WORDS,
	LINE_BLANK,
	LINE_APPT,
	LINE_EPISODE,
	LINE_REFERRAL, /* one that is still to be decided, or was returned */
	LINE_AWAY,
	LINE_MESSAGE,
};

/* One line of the list: which row of its kind, or what it says. */
struct line {
	enum line_kind kind;
	int at;
	const char *words;
};

struct opened {
	struct id person;
	bool logged, older; /* older: all appointments are shown */
	int64_t acted;	    /* the desk's last act when this was read */
	struct date today;
	struct person_card card;
	struct desk_rows appts;
	struct episode_rows episodes;
	struct referral_rows referrals; /* the newest first; none for who may not see them */
	struct msgs msgs;		/* the last few to them and from them */
	struct esr_aways aways;		/* the newest; none for who may not see them */
	struct {
		struct site_name {
			char name[NAME_TEXT];
		} * v;
		size_t n, cap;
	} sites, services; /* one for each appointment; for each referral */
	struct {
		struct line *v;
		size_t n, cap;
	} lines;
	struct list list;
	int rows, cols;
	int alerts;
	int hidden; /* appointments before those that are shown */
	char name[PERSON_TEXT], born[BORN_TEXT], nhs[NHS_TEXT];
	char job[2 * NAME_TEXT + CODE_TEXT], reach[WORDS_TEXT * 2], ways[WORDS_TEXT * 4];
};

/* The name, birthday, job and telephones as they are shown. */
void person_words(struct ui *ui, struct opened *o);
int person_line(const struct opened *o); /* where the list begins */
void person_draw(struct canvas *c, const void *state);

#endif
