/*
 * diary.h: a clinician's day as the screen and the command line show it; leave and blocks.
 */
#ifndef CLINIC_DIARY_H
#define CLINIC_DIARY_H

#include "base/day.h"
#include "base/err.h"
#include "clinic/desk.h"
#include "model/diary.h"
#include "model/referral.h"

/* Grants leave, closing the free slots of the days; who is booked stays booked and is listed
 * (ret_hit is added to, by time). */
int diary_leave(struct desk *desk, struct id clinician, struct date from, struct date to,
		const char *why, struct entries *ret_hit, struct id *ret_id, struct err *err);
/* Blocks the bookable slots that touch the stretch, with words beside them; likewise. */
int diary_block(struct desk *desk, struct id clinician, struct moment from, struct moment to,
		const char *why, struct entries *ret_hit, struct err *err);
int diary_unblock(struct desk *desk, struct id clinician, struct moment from, struct moment to,
		  struct err *err);

/* Leave in force from a day on. */
int diary_leaves(struct desk *desk, struct id clinician, struct date from, struct leaves *ret,
		 struct err *err);

/* Who would be hit: live appointments that touch the stretch, masked as the user may see them. */
int diary_hit(struct desk *desk, struct id clinician, struct moment from, struct moment to,
	      struct entries *ret, struct err *err);

/* Takes name, birthday and ids out of what this user does not see. */
void diary_mask(const struct desk *desk, struct entry *entry);
/* SURNAME, Given (Title), or Private. */
char *entry_name(const struct entry *entry, char buf[PERSON_TEXT]);

/* One line of a day: a slot, an appointment over one slot or several, or one that owns none. */
struct diary_row {
	struct moment starts;
	int mins;	  /* of the appointment, else of the slot */
	struct slot slot; /* the first one; id none for an overbooked or cancelled appointment */
	int slot_mins;	  /* of all slots it takes */
	bool bookable;	  /* somebody could be booked here now or later */
	bool free;	  /* and nobody is */
	bool rap_only;	  /* kept for rapid access at this moment */
	bool over;	  /* booked beside the slots: OVER */
	int tries;	  /* calls so far, of one by telephone, and when the next is due */
	struct moment again_at;
	/* A desk holds it (hold.h); by "" nobody. */
	char held_by[CODE_TEXT];
	struct moment held_until;
	bool held_mine;
	bool gone;	    /* cancelled, declined, displaced: stands at the end, greyed */
	struct entry entry; /* appt.id none: nobody */
	char flags[FLAG_KIND_COUNT + 1]; /* open ones that this user may know of */
	/* Of a follow-up: which session of its episode it is, and of how many (cap.h); 0: no cap.
	 */
	int nth, cap;
	bool review; /* by its contract this one looks back on the course */
};

struct diary {
	struct id clinician;
	struct date day;
	struct diary_row *v;
	size_t n, cap;
	/* the line of facts */
	struct id site, room; /* of the first session of the day; none without one */
	struct moment starts, ends;
	int booked, free, dna;
	int late;      /* minutes the clinician runs late today; 0 on time, or another day */
	int to_finish; /* of this clinician, of this day and all before */
	bool leave;
	const char *holiday; /* its name, borrowed from the references; NULL */
	/* the week, Monday first */
	struct diary_week {
		struct date day;
		int booked, free;
		bool leave;
		const char *holiday;
	} week[7];
};

/* The caller ends it with list_free(). */
int diary_day(struct desk *desk, struct id clinician, struct date day, struct diary *ret,
	      struct err *err);

/* "FU 2 of 4", "FU 2", "NEW P2": what S11 shows as Type. */
char *diary_type(const struct diary_row *row, char buf[CODE_TEXT]);

#endif
