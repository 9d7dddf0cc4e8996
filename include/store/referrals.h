/*
 * referrals.h: referrals as rows, what hangs on them, and the contracts that they are promised by.
 * Who may see which, and which words, is the clinic's to say (clinic/referral.h).
 */
#ifndef STORE_REFERRALS_H
#define STORE_REFERRALS_H

#include "base/err.h"
#include "model/appt.h"
#include "model/referral.h"
#include "store/checks.h"
#include "store/people.h"
#include "store/store.h"
#include "store/txn.h"

/* By id; ERR_MISSING in words. */
int referral_get(struct store *st, struct id id, struct referral *ret, struct err *err);
/* By the number that people read, in any case; id none in *ret when there is none. */
int referral_by_number(struct store *st, const char *number, struct referral *ret, struct err *err);
/* With its person and how its episode stands; flags and clock are the clinic's to fill in. */
int referral_row_get(struct store *st, struct id id, struct referral_row *ret, struct err *err);

/* All of a person's but those entered in error, newest first; of them `max`. */
int referrals_of_person(struct store *st, struct id person, int max, struct referral_rows *ret,
			struct err *err);
/* Those that one of a customer's contacts sent, the newest first; of them `max`. */
int referrals_from(struct store *st, struct id referrer, int max, struct referral_rows *ret,
		   struct err *err);
/* Those that are in this stored state, the newest first; of them `max`. */
int referrals_in_state(struct store *st, enum referral_state state, int max,
		       struct referral_rows *ret, struct err *err);

/* Accepted ones that are to be booked, or are in a diary: every one, for the lists are short. */
int referrals_on_list(struct store *st, enum work_list list, struct referral_rows *ret,
		      struct err *err);

/* What stands on a list before its decision, as little of each as orders and narrows the list: one
 * walk of an index that holds nothing else. */
struct waiting {
	struct id id, person, service, site;
	struct moment received, replied_at;
	int triage, pauses;
};
struct waitings {
	struct waiting *v;
	size_t n, cap;
};
int referrals_waiting(struct store *st, enum referral_state state, struct waitings *ret,
		      struct err *err);

/* Of those that ever stood still, every time that they did; in no order. */
struct paused {
	struct id referral;
	struct span span;
};
struct pauseds {
	struct paused *v;
	size_t n, cap;
};
int pauses_waiting(struct store *st, enum referral_state state, struct pauseds *ret,
		   struct err *err);
/* Open referrals after an exposure to blood or body fluid, received since. */
int referrals_exposed(struct store *st, struct moment since, struct referral_rows *ret,
		      struct err *err);
/* Those whose surname begins so; folded: as text_fold() gives it. */
int referrals_waiting_named(struct store *st, enum referral_state state, const char *folded,
			    struct ids *ret, struct err *err);

/* The newest of a person's with a service that was received since and has not ended; none: none. */
int referral_recent(struct store *st, struct id person, struct id service, struct moment since,
		    const char *reasons, struct referral *ret, struct err *err);

/* Which have stood still, and do. */
int pauses_of(struct store *st, struct id referral, struct spans *ret, struct err *err);
/* The one that is open; id none when none is. */
int pause_open(struct store *st, struct id referral, struct id *ret, struct moment *ret_since,
	       char ret_asked[CODE_TEXT], struct err *err);

/* Every change of its state, the first first. */
int ref_moves_of(struct store *st, struct id referral, struct ref_moves *ret, struct err *err);

int remarks_of(struct store *st, struct id referral, struct remarks *ret, struct err *err);
int attachments_of(struct store *st, struct id referral, struct attachments *ret, struct err *err);
/* The last that stands; id none when there is none. */
int decision_of(struct store *st, struct id referral, struct decision *ret, struct err *err);

/* ---- who is to be booked ---- */

/* Of a service, by the day they are to be seen by; those of the priority first among equals. */
int to_book_of(struct store *st, struct id service, int max, struct to_book_items *ret,
	       struct err *err);
int to_book_get(struct store *st, struct id episode, struct to_book_row *ret, struct err *err);

/* ---- contracts ---- */

/* By id; id none in *ret when it is not there. */
int contract_get(struct store *st, struct id id, struct contract *ret, struct err *err);
/* The newest that counts on a day: the customer's own, else that of all; id none when neither. */
int contract_on(struct store *st, struct id service, struct id customer, struct date day,
		struct contract *ret, struct err *err);
/* The version that a referral took when it came, if it is of that service; id none without one. */
int contract_of(struct store *st, struct id referral, struct id service, struct contract *ret,
		struct err *err);
/* How many referrals of a customer were received in [from, to). */
int referrals_received(struct store *st, struct id customer, struct id service, struct moment from,
		       struct moment to, int *ret, struct err *err);

/* ---- in a run ---- */

void referral_put(struct txn *t, const struct referral *r);
/* Writes every column of an existing row that acts may change, and (moved) the time of it. */
void referral_set(struct txn *t, const struct referral *r, bool moved);
/* Reads one in a run; false when there is none or reading failed. */
bool referral_read(struct txn *t, struct id id, struct referral *ret);

struct new_remark {
	struct id id;
	const char *kind, *words;
	bool clinical;
};
void remark_put(struct txn *t, const struct referral *r, const struct new_remark *n);
struct new_pause {
	struct id id;
	const char *kind, *asked;
};
void pause_put(struct txn *t, const struct referral *r, const struct new_pause *n);
/* Ends one that is open; opens it again. */
void pause_end(struct txn *t, struct id pause, bool open);
/* Whatever still holds its clock ends now. */
void pauses_end(struct txn *t, struct id referral);
/* How many it has, said anew: the same whatever else was done to them meanwhile. */
void pauses_count(struct txn *t, struct id referral);
void decision_put(struct txn *t, const struct referral *r, const struct decision *d);
void attachment_put(struct txn *t, const struct referral *r, const struct attachment *a);
/* Taken back, or stands again: a row of `referral_comment`, `pause`, `decision` ... */
enum referral_part { PART_REMARK, PART_PAUSE, PART_DECISION, PART_ATTACHMENT, PART_REACH, PARTS };
void referral_part_set(struct txn *t, enum referral_part part, struct id id, bool on);
/* The episode that an accepted referral opens: there already when it was accepted before. */
void referral_episode(struct txn *t, const struct episode *e);

struct reach {
	struct id id, episode;
	int nth;
	const char *how;
	struct moment next_at;
};
void reach_put(struct txn *t, const char *scope, const struct reach *r);

/* What must hold of all these; part of `store check`. */
int check_referrals(struct store *st, check_found *found, void *ctx, struct err *err);

#endif
