/*
 * desklist.h: appointments and episodes as this desk may see them: the day at a site, a person's,
 * one by itself, and what happened to it.
 *
 * Always holds: a row of a private service that the user may not know says Private and nothing that
 * would tell which (no service, kind, number or reason); its clinician, time and state stay.
 */
#ifndef CLINIC_DESKLIST_H
#define CLINIC_DESKLIST_H

#include <stdbool.h>

#include "clinic/desk.h"
#include "clinic/trail.h"
#include "model/appt.h"
#include "model/referral.h"

enum { WAIT_LIMIT = 10 }; /* minutes past their time after which somebody should tell them */

struct desk_row {
	struct appt_row row;
	bool masked;
	char name[PERSON_TEXT];	 /* SURNAME, Given (Title) */
	char service[CODE_TEXT]; /* short name, or Private */
	char type[CODE_TEXT];	 /* the same with new or FU where that fits ten columns */
	char with[NAME_TEXT];	 /* the clinician's surname */
	int waited;		 /* minutes past their time, here and not yet in the room; 0 none */
	struct clock seen;	 /* to the day to be seen by, of a first attendance to come */
	struct moment injured;	 /* by a needle, today: the hour runs from then (exposed.h); none */
	int tries;		 /* calls so far, of a row by telephone */
	struct moment tried_at, again_at; /* the last, and the next that is due */
	bool told;			  /* a line about their clinician tells them already */
	int alike; /* looks like the row of this number, from 1; 0 like none */
	char flags[FLAG_KIND_COUNT +
		   1]; /* open ones with this service that this user may know of */
};

/* Something to do now: told on the screen, Enter acts on its appointment. */
struct now_line {
	struct id appt;
	bool outbox;	/* about what was not sent or printed: Enter opens that */
	struct id away; /* a clinician who is away, with people booked: Enter opens who they are */
	struct id person; /* about somebody without an appointment: Enter opens them */
	bool sync;	  /* about the line to the other sites: Enter opens what is to be settled */
	char text[120];
};

struct desk_rows {
	struct desk_row *v;
	size_t n, cap;
	int count[APPT_STATE_COUNT]; /* rows of each state */
	struct {
		struct now_line *v;
		size_t n, cap;
	} now;
};
void desk_rows_done(struct desk_rows *rows);

/* The day at a site (none: all sites) for S2: every row, who looks like whom, and what to do now.
 * states and clinician narrow the rows but not the counts; 0 and none: all. */
struct desk_filter {
	unsigned states; /* bits 1 << enum appt_state */
	struct id clinician;
};
int desklist(struct desk *desk, struct id site, struct date day, const struct desk_filter *filter,
	     struct desk_rows *ret, struct err *err);

/* By any filter (model/appt.h). */
int desk_appts(struct desk *desk, const struct appt_filter *filter, struct desk_rows *ret,
	       struct err *err);

/* Rows that were read otherwise, as this desk may see them; added to ret. */
int desk_shown(struct desk *desk, const struct appt_rows *rows, struct desk_rows *ret,
	       struct err *err);

/* One by itself. */
int desk_appt(struct desk *desk, struct id appt, struct desk_row *ret, struct err *err);

/* A person's episodes, those of private services left out where the user may not know. */
struct episode_row {
	struct episode e;
	char service[NAME_TEXT];
	int used, cap; /* attendances that count (clinic/cap.h), seen or to come; 0: no cap */
	int review;    /* the attendance that looks back, while it is the next to come; else 0 */
	int day, days; /* working days since receipt, and until it should be seen; 0: no target */
	struct moment first; /* its first attendance; none: none booked */
};
struct episode_rows {
	struct episode_row *v;
	size_t n, cap;
};
int desk_episodes(struct desk *desk, struct id person, struct episode_rows *ret, struct err *err);

/* Who did what to an appointment, as trail_of(); reasons typed for a private service are left out
 * for who may not know it. */
int desk_history(struct desk *desk, struct id appt, struct trail *ret, struct err *err);

#endif
