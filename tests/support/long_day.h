/*
 * long_day.h: a whole working day at one site, for tests that play it through the screens.
 *
 * Thu 12-Mar-2026 at Northgate: eight clinicians with diaries of their own, 66 people booked the
 * day before, one clock for all desks (it stands in memory that the children share, and moves when
 * the test says so), and beside the product a plain model of what must be true in the end.
 */
#ifndef SUPPORT_LONG_DAY_H
#define SUPPORT_LONG_DAY_H

#include "clinic.h"
#include "model/appt.h"
#include "pty.h"

enum { DAY_CLINICIANS = 8, DAY_PEOPLE = 80, DAY_BOOKED = 66 };

struct day_person {
	struct id id, appt; /* appt: of this day; none when they have none */
	char surname[NAME_TEXT], given[NAME_TEXT], name[PERSON_TEXT], mobile[16];
	int clinician; /* in day_clinicians */
	int day;       /* of March, when it is; 0 when they have none */
	int minute;    /* ... and of that day */
	int mins;
	enum appt_state state; /* as the model has it */
};

struct long_day {
	struct clinic c;
	struct day_person people[DAY_PEOPLE];
};

extern const char *const day_clinicians[DAY_CLINICIANS];
/* The one who is ill that day. */
enum { DAY_ILL = 4 };

void day_open(struct long_day *d);
void day_close(struct long_day *d);

/* The clock of all desks: minutes of Thu 12-Mar-2026. */
void day_clock(int hour, int minute);

/* Moves to the row of the desk list that holds the text, and presses the keys there.  Pages until
 * it is found; fails the test when it is not. */
void day_row_keys(struct pty *p, const char *text, const char *keys);

#endif
