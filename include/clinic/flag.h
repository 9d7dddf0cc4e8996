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

/* The letters of those that are open for a person with a service, as far as this user may know. */
int flag_letters(struct desk *desk, struct id person, struct id service,
		 char ret[FLAG_KIND_COUNT + 1], struct err *err);

/* A flag with the names that go with it. */
struct flag_row {
	struct flag f;
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];
	struct date born;
	char by[CODE_TEXT]; /* who raised it; of one person's alone */
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
/* A nurse, a clinician or a counsellor has seen it and looks after it now. */
int flag_take(struct desk *desk, struct id flag, struct err *err);
/* No nurse answers: the desk rings who is on duty, and records whom it told. */
int flag_tell(struct desk *desk, struct id flag, const char *who, struct err *err);
/* The safety plan that was made with them; clinical. */
int flag_plan(struct desk *desk, struct id flag, const char *words, struct err *err);
/* One whose form says so (FLAG_PLAN) is not cleared without a plan: ERR_INPUT, err->field "plan".
 */
int flag_clear(struct desk *desk, struct id flag, const char *why, struct err *err);

/* ---- is somebody coming? ---- */

/*
 * One was raised while the caller is still there.  A nurse who has taken it, or rung, comes.
 * Nobody within FLAG_ALONE_SECS, or a line that is down so that nobody else can see it: whoever is
 * on duty is to be rung, and the desk that raised it does not leave it before it says whom it told.
 */
enum { FLAG_ALONE_SECS = 120 };
enum flag_help {
	HELP_AWAITED, /* nurses were told, and none has taken it yet */
	HELP_COMES,   /* taken, by whom */
	HELP_DUTY,    /* ring who is on duty */
	HELP_TOLD,    /* that was done */
};
struct flag_helped {
	enum flag_help help;
	char by[CODE_TEXT];	  /* who took it, or who told */
	struct moment since;	  /* taken, told, or raised */
	struct moment until;	  /* awaited: until then */
	bool alone;		  /* the line is down */
	char duty[CODE_TEXT * 2]; /* the site's duty number as it is read out; "" none recorded */
};
/* Also for whoever raised it and may see no flags. */
int flag_helped(struct desk *desk, struct id flag, struct flag_helped *ret, struct err *err);
/* ERR_CLASH, with what is to be done, until somebody comes or was told. */
int flag_leave(struct desk *desk, struct id flag, struct err *err);

/* The same of all that are open for a person and service and this user knows of: how the one stands
 * that is looked after least; how many there are.  Each that is not looked after is taken, or told.
 */
int flags_helped(struct desk *desk, struct id person, struct id service, int *ret_open,
		 struct flag_helped *ret, struct err *err);
int flags_take(struct desk *desk, struct id person, struct id service, struct err *err);
int flags_tell(struct desk *desk, struct id person, struct id service, const char *who,
	       struct err *err);

/* Those that this user may see and nobody has looked after since they were raised, as at night. */
struct flags_alone {
	int n;
	struct moment since; /* the first */
};
int flags_alone(struct desk *desk, struct flags_alone *ret, struct err *err);

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
/* Are they to be rung by a counsellor when they do not come, and written to by nobody?  *ret: the
 * service about whose flag.  Also when that cannot be read. */
bool flag_rings(struct desk *desk, struct id person, struct id service, struct id *ret);
/* ERR_CLASH when this task asks for a call about one that is open. */
int flag_not_open(struct desk *desk, struct id task, struct err *err);

/* Completes a row that a command is to raise, and opens its alert; at the end of a check. */
void flag_open(struct desk *desk, struct new_flag *n, struct new_tasks *tasks);

/* Words as typed, fit to be kept: NULL and a sentence when they are not; `what` names the field.
 * "" and NULL give NULL without one. */
char *clinical_words(const char *typed, const char *what, struct err *err);

#endif
