/*
 * requests.h: what nodes ask of the holder of slots: to decide a booking, to free what is over.
 *
 * A slot is written by its holder alone.  So another node's booking is a request, decided in the
 * order of the log, and another node's cancellation leaves the slot to be freed.
 */
#ifndef STORE_REQUESTS_H
#define STORE_REQUESTS_H

#include <stdbool.h>

#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "model/slot.h"
#include "store/store.h"
#include "store/txn.h"

struct request {
	struct id appt, slot, actor, replaces;
	int node;
	bool held;
	char by[12];
	int64_t seq;
	char state[12];
};
struct requests {
	struct request *v;
	size_t n, cap;
};

/* ---- in a run ---- */

/* Asks; an older wish of the same appointment gives way. */
void request_put(struct txn *t, const struct request *r);
/* Reads the one of an appointment; false when there is none. */
bool request_read(struct txn *t, struct id appt, struct request *ret);
/* If it is open: answered. */
void request_answer(struct txn *t, struct id appt, const char *state);
/* If it is open: it was shown as confirmed by who could not say so any more. */
void request_told(struct txn *t, struct id appt);
/* Slots of an appointment that is over, or stands elsewhere by now, and that the run could not free
 * itself: their holder is asked to. */
void request_strays(struct txn *t, struct id appt);
/* The origin has freed what it holds of them. */
void request_freed(struct txn *t, struct id appt);
/* Frees what the appointment owns of these slots and the command's origin holds. */
void slot_free(struct txn *t, struct id slot, struct id appt);
/* The slot, if its state is `from` and the origin holds it; note: why it is blocked. */
void slot_follow(struct txn *t, struct id slot, enum slot_state from, enum slot_state to,
		 const char *note);
/* From the origin, which holds it and has given it to nobody, to `holder`.  False: it did not. */
bool slot_give(struct txn *t, struct id slot, int holder);
/* Whoever holds it, `holder` does now, in a new epoch of the slot. */
void slot_revoke(struct txn *t, struct id slot, int holder);

/* ---- what is due ---- */

/* What is asked of node `holder`, in the order of the log, of that state (open, free). */
int requests_due(struct store *st, int holder, const char *state, struct requests *ret,
		 struct err *err);

/* Bookings that wait for an answer: those asked by `node` of others, or (in) of it by others; with
 * who holds the slots.  In the order of the log, what is not in it last. */
struct open_request {
	struct id appt;
	int node, holder;
	bool held;
	struct moment at; /* when it was asked */
};
struct open_requests {
	struct open_request *v;
	size_t n, cap;
};
int requests_open(struct store *st, int node, bool in, struct open_requests *ret, struct err *err);
/* The one of an appointment, as request_read(); all empty when there is none. */
int request_of(struct store *st, struct id appt, struct request *ret, struct err *err);
/* The appointment that ends when this one is confirmed; none: it is no move. */
int request_replaces(struct store *st, struct id appt, struct id *ret, struct err *err);

/* Slots that open wishes wait for, of every holder but `mine`: the one that each names, and those
 * behind it for as long as it is.  By id. */
int requests_slots(struct store *st, int mine, struct asked_slots *ret, struct err *err);

/* Those that an appointment has no business with any more and `holder` holds. */
struct id_list {
	struct id *v;
	size_t n, cap;
};
int slots_stray(struct store *st, struct id appt, int holder, struct id_list *ret, struct err *err);

/* Bookings of node `node` that came to nothing without anybody having decided them, and about which
 * nobody has been asked to ring since; as the log says, not what is still on its way there. */
struct lost {
	struct id appt, author;
};
struct losts {
	struct lost *v;
	size_t n, cap;
};
int requests_lost(struct store *st, int node, struct losts *ret, struct err *err);

/* Slots that `holder` holds and that are open, or closed, otherwise than their diary's leave,
 * blocks and withdrawn sessions say, from a day on; `due` is what each should be. */
struct due_slot {
	struct id slot, cause; /* the leave, the template of the session, the first slot blocked */
	enum slot_state is, due;
	char note[WORDS_TEXT]; /* why it is blocked */
};
struct due_slots {
	struct due_slot *v;
	size_t n, cap;
};
int slots_due(struct store *st, int holder, struct date from, struct due_slots *ret,
	      struct err *err);

#endif
