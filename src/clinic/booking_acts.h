/* booking_acts.h: the acts of booking and their arguments (private to the clinic). */
#ifndef CLINIC_BOOKING_ACTS_H
#define CLINIC_BOOKING_ACTS_H

#include "clinic/act.h"
#include "clinic/asked.h"
#include "clinic/hold.h"
#include "clinic/message.h"
#include "clinic/offer_acts.h"
#include "clinic/search.h"
#include "model/appt.h"
#include "model/slot.h"
#include "model/task.h"
#include "store/appts.h"
#include "store/txn.h"

struct ids;

extern const struct act act_book, act_move, act_cancel, act_restore;
extern const struct act act_outcome, act_outcome_back, act_answered, act_answered_back;
extern const struct act act_try, act_try_back, act_running;
extern const struct act act_decide, act_free, act_follow; /* holder.c */
extern const struct act act_settle;			  /* clash.c */
extern const struct act act_hold_give, act_hold_revoke;	  /* hand.c */
extern const struct act act_arrive, act_room, act_seen, act_dna, act_late;

/* Slots that a command takes: rows of ids in its arguments. */
struct slot_row {
	struct id id;
};
struct slot_rows {
	struct slot_row *v;
	size_t n, cap;
};
extern const struct fields slot_row_fields;

struct book {
	struct id appt, person, customer, clinician, site, room, service;
	const char *scope;
	/* The episode; with a number it is a new one. */
	struct id episode;
	const char *number;
	int64_t priority;
	struct date received, target;
	const char *kind, *mode;
	struct date day;
	struct moment starts;
	int64_t mins;
	struct slot_rows slots;
	struct id over_by;
	const char *over_why;
	bool held; /* this node held the slots and could use them: told as confirmed */
	bool running;
	struct new_tasks tasks; /* what is to be arranged for it */
	bool quiet;		/* nobody is told */
	struct telling tell;
	const char *call_back, *why;
	bool alone;
	bool no_room; /* check's own: none is taken */
	struct new_offers offers;
	const struct offers_made *said; /* asked, and not carried */
	const int *known;
};

/* An appointment as it stood: what taking a change back writes, whole. */
struct restore {
	struct id appt, clinician, site, room;
	struct date day;
	struct moment starts;
	int64_t mins, moves;
	const char *mode, *state, *code, *by; /* by: cancelled by */
	const char *call_back;		      /* "" none; NULL: not known */
	bool alone;
	struct id over_by;
	const char *over_why;
	struct moment arrived_at, room_at, seen_at, ended_at;
	/* Requested: from which slot on, and as what move, as in struct request. */
	struct id asks, replaces;
	const char *moved_by;
	struct slot_rows slots;
	struct task_ids tasks; /* that were opened with what is taken back */
	bool held;	       /* as in struct book, for the slots that are taken again */
	bool closed;	       /* it stood in time that was closed: back there it is a task again */
	const char *what;      /* what is taken back, for the history */
	const char *from;      /* the state that it is taken back from */
	struct telling tell;
};
extern const struct fields restore_fields;
struct was { /* one row */
	struct restore *v;
	size_t n, cap;
};

struct move {
	struct id appt, clinician, site, room;
	struct date day;
	struct moment starts;
	int64_t mins;
	struct slot_rows slots;
	const char *by, *why;
	/* In another way than before; NULL: as it is. */
	const char *mode, *call_back;
	bool alone;
	struct was was;
	struct new_tasks tasks; /* what is to be arranged for the new time */
	struct telling tell;
	/* check's own */
	bool no_room, quiet;
	const struct ids *with;
	struct new_offers offers;
	const struct offers_made *said; /* asked, and not carried */
	/* Where slots of another node are given up or asked for, the appointment is booked anew
	 * under another id, and the old one ends when that is confirmed. */
	struct id next;
	bool held; /* the new slots, as in struct book */
};

struct cancel {
	struct id appt;
	const char *by, *why, *code;
	struct id episode;     /* also marked as entered in error: it had nothing but this */
	struct task_ids tasks; /* that were opened with a booking that is taken back */
	struct was was;
	struct telling tell;
};

struct mark {
	struct id appt;
	const char *base;
	const char *code;
	struct was was;
	struct new_tasks tasks; /* what was due then and is missing */
};

/* ---- what the person is told (booking_messages.c): the last step of each check ---- */

int book_tell(struct desk *desk, struct book *b, struct err *err);
int move_tell(struct desk *desk, struct move *m, const struct appt *was, struct err *err);
int cancel_tell(struct desk *desk, struct cancel *c, const struct appt *was, struct err *err);
int restore_tell(struct desk *desk, struct restore *w, const struct appt *now, struct err *err);

/* ---- which episode, and what it allows (booking_episode.c) ---- */

/* The open episode of that service, the one asked for, or (id none) a new one is to be made. */
int episode_for(struct desk *desk, struct id person, struct id service, struct id asked,
		struct episode *ret, struct err *err);

/* NEW or follow-up, when nothing else is said; refused when it would come out of order. */
int kind_at(struct desk *desk, struct id episode, struct moment starts, enum appt_kind *ret,
	    struct err *err);

/* Is one left of what the episode may have?  Beyond it nobody books before the lead has agreed. */
int cap_left(struct desk *desk, struct id episode, struct err *err);

/* In a run, for what other nodes did meanwhile: somebody is booked into it after all; and, its
 * booking having been an error, so was the episode, unless it has others by now. */
void episode_revive(struct txn *t, struct id episode, struct id appt);
void episode_error(struct txn *t, struct id episode, struct id appt);

/* The next number of a service, with the letter of this node; the caller's. */
int episode_number(struct desk *desk, const struct service *s, char **ret, struct err *err);
/* Gives the arguments a new episode with its number. */
int open_episode(struct desk *desk, struct book *b, const struct service *s, struct err *err);

/* ---- what the person needs (booking_needs.c) ---- */

/* Where and when somebody is about to be. */
struct needed {
	struct id appt, service, site, room;
	struct moment starts;
	enum mode mode;
	bool moved;
};
/* At the end of a check: warns of a room that fails them, and opens a task for the desk of the site
 * where an interpreter or somebody else has to be asked. */
void booking_needs(struct desk *desk, const struct client *who, const struct needed *at,
		   struct new_tasks *tasks);

/* ---- what they share (booking_fit.c, booking_share.c) ---- */

/* Is it in a state that can be moved, of a service that the user sees? */
/* ERR_DENIED unless this user may book, move and cancel in the service: a private one has a desk of
 * its own. */
int booking_own_desk(const struct desk *desk, struct id service, struct err *err);
int booking_movable(struct desk *desk, const struct appt_row *r, struct err *err);

/* A place in a diary that is asked for. */
struct fit {
	const struct service *service;
	const struct clinician *clinician;
	struct search wish; /* its kind and external: which kinds of slots will do */
	struct moment starts;
	int mins;
	struct id own;		/* the appointment that is moved: its own slots count as free */
	const struct ids *with; /* others that move away in the same user act; NULL: none */
	bool over, running;
	/* fit_find()'s own: what desks hold, and which of it stood in the way */
	struct desk_holds held;
	const struct desk_hold *against;
	struct asked_slots asked; /* and what others wait for */
	/* found */
	struct id site, room;
	struct slot_rows slots; /* empty when overbooked */
};
/* Finds the slots, or says in words why there is none there and what is free nearest. */
int fit_find(struct desk *desk, struct fit *f, struct err *err);

/* ---- what open flags ask (flag_limits.c) ---- */

#define NOT_YET "not to be booked yet" /* fit for everybody */
/* ERR_INPUT when nothing of the clinician's day comes after it. */
int last_of_day(struct desk *desk, struct id clinician, struct moment starts, int mins,
		struct err *err);
/* May it stand where it is to stand, whatever flags are open? */
int flag_lets(struct desk *desk, const struct appt *a, struct err *err);
/* In a run: booked at one place while a flag was raised at another, it waits for a person. */
void flag_booked_over(struct txn *t, struct id person, struct id service, struct id appt);

/* The clinician's registration on the day: refused when lapsed, a warning when it soon will. */
int registered(struct desk *desk, const struct clinician *c, struct date day, struct err *err);

/* The person's other appointments of that day: refused when they overlap in time. */
int person_free(struct desk *desk, const struct client *who, struct moment starts, int mins,
		struct id site, struct id except, struct err *err);

/* The same, but for those that move away in the same user act. */
int person_free_but(struct desk *desk, const struct client *who, struct moment starts, int mins,
		    struct id site, const struct ids *but, struct err *err);

/* A room that an overbooked one would be in, used by somebody else then? */
int room_free(struct desk *desk, const struct fit *f, struct err *err);
/* The room that it will be in: the session's, unless another is asked for, which is of that site
 * and free then, or none. */
int room_for(struct desk *desk, const struct fit *f, struct id asked, bool none, struct id *ret,
	     struct err *err);

/* The appointment as it stands with the slots that it owns, into one row of `was`. */
int was_now(struct desk *desk, const struct appt_row *r, struct was *was, struct err *err);

/* The opposite of an act: back to what `was` says. */
int back_to(const struct was *was, const char *what, const char *from, struct call *ret,
	    struct err *err);

/* "OH nurse", or "Private" to who may not know. */
const char *service_shown(const struct desk *desk, const struct service *s);

/* A surname as people read it, in capitals; `other` when it is not known here. */
const char *caps(const char *surname, const char *other, char buf[NAME_TEXT]);

/* An answer about its slot: the state, and the code that goes with it. */
void appt_becomes(struct appt *a, enum appt_state to);
/* Is the person in the building? */
bool appt_here(enum appt_state s);
/* Then they stay, whatever became of their time elsewhere: without a slot of their own they are as
 * one overbooked.  The caller has left the row for a person. */
#define OVER_HERE "in the building when its time went"
void appt_stays(struct txn *t, struct appt *a);
/* A state as stored: its letter. */
const char *state_letter(enum appt_state s);

/* Does this node hold all of them, and may it use its holds? */
int slots_here(struct desk *desk, const struct slot_rows *slots, bool *ret, struct err *err);

/* In a run: are the slots there, whose are they, and are they free for `appt`?  Rows of slots that
 * the origin holds are as it left them, at the hub too; so what a run does to them follows from
 * them alone, whatever other nodes did to the appointment. */
enum hold { HOLD_FREE, HOLD_TAKEN, HOLD_OTHERS };
enum hold slots_hold(struct txn *t, const struct slot_rows *slots, struct id appt,
		     struct id *ret_taker);
/* The same for slots of which check said that this node held them, or did not. */
enum hold slots_hold_as(struct txn *t, const struct slot_rows *slots, struct id appt, bool held,
			struct id *ret_taker);
/* Asks their holder for them. */
void slots_ask(struct txn *t, const struct slot_rows *slots, struct id appt, bool held,
	       struct id replaces, const char *by);
/* A number to ring back on, as it is kept; ERR_INPUT when it is none. */
int call_back_of(const char *typed, char kept[PHONE_DIGITS], struct err *err);
/* Inside a change: who held the slots for these minutes holds them no more. */
int held_no_more(struct desk *desk, const struct slot_rows *slots, struct err *err);

/* Claims them all; they were found free. */
void slots_claim(struct txn *t, const struct slot_rows *slots, struct id appt);

/* How an outcome is told in the history begins: taken out for who may not know the service. */
#define OUTCOME_TOLD "outcome: "

/* What follows a mark, inside its user act (outcome.c): the outcome that was asked for, one more
 * offer for who did not attend, and nothing left of what was recorded of the state before. */
struct after_ask;
int after_mark(struct desk *desk, struct id appt, const struct after_ask *ask, struct err *err);

/* Whom a task about an appointment is for: the desk that books there, a private service's own. */
struct new_task;
void task_for_desk(struct desk *desk, struct new_task *n, struct id service, struct id site);
void task_for_appt(struct desk *desk, const struct appt *a, struct new_task *n);

/* A new time was found: by a booking for an episode, or (episode none) by moving one.  The tasks
 * that asked for it are done, inside the same user act (answered.c). */
int answered(struct desk *desk, struct id appt, struct id episode, struct err *err);

/* Its time is given up, and they are among who is to be booked: the tasks that asked for another
 * time for it are done with that, inside the same user act. */
int waits_again(struct desk *desk, struct id appt, struct err *err);

/* What waits on the list of clashes about an appointment is settled with the deed that settles it,
 * inside the same user act (clash.c). */
int clash_settle_about(struct desk *desk, struct id appt, const char *how, struct err *err);

/* A reason as typed, fit to be kept: NULL and a sentence when it is not; `what` names the field. */
char *clean_reason(const char *typed, const char *what, struct err *err);

#endif
