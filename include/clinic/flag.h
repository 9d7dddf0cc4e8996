/*
 * flag.h: red flags, risk, safeguarding: raised, rung about, cleared.
 *
 * ALWAYS HOLDS.  While a red flag (or one whose form says so) is open for a person and a service
 * nothing is booked for them with that service, whatever the referral and whatever the route.  No
 * referral of theirs ends over an open flag, and none is decided before somebody spoke to them, or
 * the lead says why not.  A flag is cleared by a clinician, with a reason.
 *
 * WHO SEES WHICH.  Nurses, clinicians and counsellors who see the service see its flags and read
 * their words; reception knows of a red flag, for it has to say that nothing can be booked; nobody
 * else is told of any.
 */
#ifndef CLINIC_FLAG_H
#define CLINIC_FLAG_H

#include "clinic/desk.h"
#include "model/after.h"
#include "model/referral.h"

struct new_tasks;

/* May this user read clinical words of a service? */
bool desk_clinical(const struct desk *desk, struct id service);
bool flag_seen(const struct desk *desk, const struct flag *f);

/* A flag with the names that go with it. */
struct flag_row {
	struct flag f;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	struct date born;
};
struct flag_rows {
	struct flag_row *v;
	size_t n, cap;
};
/* Those that are open, the call that is due first on top; or (person) all of one person's, the
 * newest first. */
int flag_list(struct desk *desk, struct id person, struct flag_rows *ret, struct err *err);
/* The caller ends it with list_free(). */
int flag_calls(struct desk *desk, struct id flag, struct flag_calls *ret, struct err *err);

/* ---- what people do ---- */

struct flag_ask {
	struct id person, service, referral; /* referral: may be none */
	enum flag_kind kind;
	const char *does;  /* words of FLAG_DOES; may be NULL */
	const char *words; /* clinical; may be NULL */
};
int flag_raise(struct desk *desk, const struct flag_ask *ask, struct id *ret, struct err *err);

struct call_ask {
	enum try_result result;
	bool ed;	   /* sent to the emergency department: a call is due next working day */
	const char *words; /* clinical; may be NULL */
};
/* Without an answer the flag stays on top, and *ret_next says when to ring again. */
int flag_ring(struct desk *desk, struct id flag, const struct call_ask *ask,
	      struct moment *ret_next, struct err *err);
/* No nurse answers: reception rings who is on duty, and records whom it told. */
int flag_tell(struct desk *desk, struct id flag, const char *who, struct err *err);
int flag_clear(struct desk *desk, struct id flag, const char *why, struct err *err);

/* ---- what stands in the way, asked in checks ---- */

/* ERR_CLASH while one is open that stops booking. */
int flag_stops(struct desk *desk, struct id person, struct id service, struct err *err);
/* Is one open for which the last time of a clinician's day is never theirs? */
int flag_not_last(struct desk *desk, struct id person, struct id service, bool *ret,
		  struct err *err);
/* ERR_CLASH while any is open of whom nobody was spoken to: unless the lead says why. */
int flag_rung(struct desk *desk, struct id person, struct id service, const char *why,
	      struct err *err);
/* ERR_CLASH while any is open: nothing ends over it. */
int flag_holds(struct desk *desk, struct id person, struct id service, struct err *err);
/* Are they to be rung by who may know of it when they do not come?  Also when that cannot be read.
 */
bool flag_rings(struct desk *desk, struct id person, struct id service);
/* ERR_CLASH when this task asks for a call about one that is open. */
int flag_not_open(struct desk *desk, struct id task, struct err *err);

/* Completes a row that a command is to raise, and opens its alert; at the end of a check. */
void flag_open(struct desk *desk, struct new_flag *n, struct new_tasks *tasks);

/* Words as typed, fit to be kept: NULL and a sentence when they are not; `what` names the field.
 * "" and NULL give NULL without one. */
char *clinical_words(const char *typed, const char *what, struct err *err);

#endif
