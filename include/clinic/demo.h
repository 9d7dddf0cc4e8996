/*
 * demo.h: a practice database: an occupational health service of any size, made up whole.
 *
 * Its clock starts at 09:42 of the last working day and runs: behind it lie closed episodes, loaded
 * as they stand; the morning of the day and the weeks ahead were booked, moved and marked through
 * the same acts that a desk uses.  The same wish gives the same rows, ids included.
 */
#ifndef CLINIC_DEMO_H
#define CLINIC_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/day.h"
#include "base/err.h"

struct desk;

struct demo_want {
	int people, years, sites, clinicians; /* within DEMO_... below */
	int64_t appointments;		      /* behind; 0: as many as the diaries hold */
	uint64_t seed;
	struct date today; /* the working morning is on the last working day up to here */
	const char *login; /* becomes an administrator too; NULL: nobody */
	/* Called now and then with what is being done; false stops it.  May be NULL. */
	bool (*tick)(void *ctx, const char *what, int64_t done, int64_t total);
	void *ctx;
};

/* Fewer than these and the desk's morning (31 rows at one site) could not be shown. */
enum {
	DEMO_PEOPLE_LEAST = 100,
	DEMO_PEOPLE_MOST = 500000,
	DEMO_YEARS_MOST = 5,
	DEMO_SITES_MOST = 12,
	DEMO_CLINICIANS_LEAST = 6,
	DEMO_CLINICIANS_MOST = 500,
};

struct demo_made {
	int64_t people, behind, ahead, free; /* appointments; slots still free in the weeks ahead */
	struct moment clock;
};

/* Makes the file.  ERR_CLASH if it exists; on failure, and when tick says so, nothing is left.  It
 * grows beside its name (FILE.part) and is given the name when it is whole. */
int demo_make(const char *path, const struct demo_want *want, struct demo_made *ret,
	      struct err *err);

/* One password and one PIN for everybody in a practice database. */
#define DEMO_PASSWORD "practice"
#define DEMO_PIN      "1234"

/* For the sign-in screen of a practice database that demo_make() made: a user of each role,
 * "p.shah r.adeyemi ..."; "" for any other. */
int demo_users(struct desk *desk, char *ret, size_t n, struct err *err);

#endif
