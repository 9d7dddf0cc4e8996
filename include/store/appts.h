/*
 * appts.h: rows of appointments with whom they are for, and the writes that booking's acts make.
 *
 * Reading works in or outside a change; put and set functions belong to a run (store/txn.h) and
 * keep their failure there.  Masking of private services is the clinic's, not done here.
 */
#ifndef STORE_APPTS_H
#define STORE_APPTS_H

#include <stdbool.h>

#include "base/err.h"
#include "model/appt.h"
#include "model/slot.h"
#include "store/checks.h"
#include "store/store.h"
#include "store/txn.h"

/* By id; ERR_MISSING in words when there is none. */
int appt_get(struct store *st, struct id id, struct appt_row *ret, struct err *err);

/* Those of a filter, in the order that it promises. */
int appts_select(struct store *st, const struct appt_filter *f, struct appt_rows *ret,
		 struct err *err);

/* A person's live appointments on one day, without `except`, in order of time. */
int appts_of_day(struct store *st, struct id person, struct date day, struct id except,
		 struct appt_rows *ret, struct err *err);

/* Who saw a person last in a service, else with whom they were booked last; none: nobody yet. */
int appts_last_with(struct store *st, struct id person, struct id service, struct id *ret,
		    struct err *err);

/* The live ones of a clinician on a day that own no slot by somebody's leave, without `except`. */
int appts_overbooked(struct store *st, struct id clinician, struct date day, struct id except,
		     int *ret, struct err *err);

/* Whom an appointment is to be for, as far as booking asks. */
struct client {
	struct id id;
	char scope[CODE_TEXT], surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	char status[CODE_TEXT]; /* active leaver deceased */
	struct id customer;	/* employer of their post today; none without one */
	unsigned needs;		/* bits of model/need.h */
	char interpreter[CODE_TEXT];
};
/* An alias gives the person it was merged into.  ERR_MISSING in words. */
int client_get(struct store *st, struct id person, struct date today, struct client *ret,
	       struct err *err);

/* Who was seen for the first time in their episode from one day to another. */
struct first_seen {
	struct id service, site;
	bool external;
	struct date received, target, day;
};
struct first_seens {
	struct first_seen *v;
	size_t n, cap;
};
int first_attendances(struct store *st, struct date from, struct date to, struct first_seens *ret,
		      struct err *err);

/* Is one room used at that time by another clinician's session, or by somebody whom they see there?
 * *ret_who: whose; none: free. */
int room_used(struct store *st, struct id room, struct id but_clinician, struct moment starts,
	      struct moment ends, struct id *ret_who, struct err *err);

/* A clinician's open sessions of a day, by time. */
int sessions_of(struct store *st, struct id clinician, struct date day, struct blocks *ret,
		struct err *err);

/* Is the clinician on leave that day? */
int away_on(struct store *st, struct id clinician, struct date day, bool *ret, struct err *err);

/* ---- in a run ---- */

/* A new row and its booking. */
void appt_put(struct txn *t, const struct appt *a, const char *scope);

/* Writes every column of an existing row that acts may change. */
void appt_set(struct txn *t, const struct appt *a);

/* Reads one in a run; false when there is none or reading failed. */
bool appt_read(struct txn *t, struct id id, struct appt_row *ret);

/* Another live appointment of the person that overlaps `a` in time; none if none. */
struct id appt_overlaps(struct txn *t, const struct appt *a);

/* Another clinician's live appointment in that room then; none if none. */
struct id appt_in_room(struct txn *t, const struct appt *a);

/* By telephone or video: where to ring when the line breaks, and that they are alone there. */
void booking_remote(struct txn *t, const struct appt *a);

/* "Thu 12-Mar-2026 10:00, Marsh, Northgate": for the history; fit for everybody. */
enum { APPT_WORDS = 200 };
void appt_words(struct txn *t, const struct appt *a, char ret[APPT_WORDS]);

/* What must hold between appointments, slots, bookings and episodes; part of `store check`. */
int check_appts(struct store *st, check_found *found, void *ctx, struct err *err);

#endif
