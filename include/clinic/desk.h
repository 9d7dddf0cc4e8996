/*
 * desk.h: who is working, where, at what moment.
 *
 * A desk is one open session of one user: the screens hold one, each command line makes one.
 * desk_tick() reads the clock once for each key or command; every rule then sees desk->now.
 */
#ifndef CLINIC_DESK_H
#define CLINIC_DESK_H

#include <stdbool.h>

#include "base/day.h"
#include "base/err.h"
#include "base/world.h"
#include "model/calendar.h"
#include "model/service.h"
#include "model/user.h"

struct config;
struct store;

struct desk {
	struct store *store;	     /* borrowed */
	struct world *world;	     /* borrowed */
	const struct config *config; /* borrowed; NULL: everything as built in */
	const char *self; /* how to start this program again beside us; NULL: not at all (tests) */
	struct user user; /* who acts; id none before anybody signed in */
	struct site site; /* where the desk stands; id none: all sites */
	struct moment now;
	struct date today;
	bool practice;
	int64_t session; /* its row (session.h); 0 none yet */
	bool machine;	 /* nobody sits here: `user` is on whose behalf the program acts (sync) */
	char region[CODE_TEXT]; /* the service's name for S1, from the settings; "" if none */

	/* What changes seldom, loaded once and again when it was changed here or by another process
	 * (refs.h). */
	struct refs *refs;
	bool refs_stale; /* the user act under way changes them */

	/* A check that lets something pass which a person should hear about writes it here; the
	 * command line prints it, a screen shows it as W.  Emptied by desk_tick(). */
	char warning[256];
	/* What the last act promised whom it is about: "Text to 07700 900418".  Emptied likewise.
	 */
	char promise[96];

	/* The open user act, if any (act.h). */
	int64_t act;
	int act_commands;
	struct id reverses; /* the row of the history that is being taken back, if one is */
	struct moment acted_at;
	int64_t acted; /* number of the last user act of this desk that committed; 0 none */
};

/* Opens a desk on a store for nobody yet: sign-in and `site init` work so.  The world of a practice
 * database is the caller's to choose (practice_world()). */
int desk_open(struct store *store, struct world *world, struct desk *ret, struct err *err);
void desk_close(struct desk *desk);

/* Sits a user down by name.  ERR_DENIED if there is none of that name, or they are switched off. */
int desk_sit(struct desk *desk, const char *user, struct err *err);
void desk_stand(struct desk *desk); /* nobody acts any more */

/* Role and rights as they stand now, at the start of a change: ERR_DENIED for whom an administrator
 * has switched off since they sat down. */
int desk_user_now(struct desk *desk, struct err *err);

/* Reads the clock and empties the warning; once for each key or command. */
void desk_tick(struct desk *desk);

/* Reads the references anew, after a change of them. */
int desk_refresh(struct desk *desk, struct err *err);

/* Has another process committed since the last call?  Reads the references anew if so. */
bool desk_changed(struct desk *desk);

/* A new id or n in a row, inside a change. */
struct id desk_new_id(struct desk *desk);
struct id desk_new_ids(struct desk *desk, int64_t n);

/* "A warning": the first one stays. */
void desk_warn(struct desk *desk, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ERR_DENIED in words unless the user has one of the roles (bits of enum role). */
int desk_needs(const struct desk *desk, unsigned roles, const char *what, struct err *err);

/* May this user see what is said and done in a private service, or book into it?  Counsellors, and
 * holders of the right counselling_desk for it.  Everybody else sees Private. */
bool desk_sees(const struct desk *desk, const struct service *service);
/* The same of any user, at a site (none: any). */
bool user_sees(const struct user *user, const struct service *service, struct id site);

/* The clock of a practice database: where it has got to since it was made, and stopped at `still`
 * when that is given. */
struct world practice_world(const struct store *store, struct moment still);

#endif
