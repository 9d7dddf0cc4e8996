/*
 * exposed.h: who was exposed to blood or body fluid within the last day, and the hour that runs
 * from the injury: treatment works best within it.
 *
 * The time of the injury is no clinical word: whoever sees the service sees how long is left.
 */
#ifndef CLINIC_EXPOSED_H
#define CLINIC_EXPOSED_H

#include "clinic/desk.h"
#include "model/referral.h"

enum { EXPOSED_HOUR = 60, EXPOSED_TEXT = 16 }; /* minutes */

struct exposed {
	struct id referral, person, service, site; /* site: whose list it is on */
	struct moment injured;
	char surname[NAME_TEXT];
};
struct exposeds {
	struct exposed *v;
	size_t n, cap;
};
/* Those whose referral is open, was received within a day and says when it happened. */
int exposed_now(struct desk *desk, struct exposeds *ret, struct err *err);
/* When it happened; none where it is no such referral, is older, or does not say. */
int exposed_at(struct desk *desk, const struct referral *r, struct moment *ret, struct err *err);

/* Minutes of the hour that are left; 0 none. */
int exposed_left(struct moment injured, struct moment now);
/* "42m to 60", "over 60m" */
const char *exposed_show(int left, char buf[EXPOSED_TEXT]);

#endif
