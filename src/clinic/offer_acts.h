/* offer_acts.h: offers in the arguments of commands (private to the clinic). */
#ifndef CLINIC_OFFER_ACTS_H
#define CLINIC_OFFER_ACTS_H

#include "clinic/act.h"
#include "clinic/offer.h"
#include "store/txn.h"

extern const struct act act_offered;

/* One that was made, as a command carries it. */
struct new_offer {
	struct id id, site, clinician;
	struct moment starts, at;
	const char *mode, *became;
};
struct new_offers {
	struct new_offer *v;
	size_t n, cap;
};
extern const struct fields new_offer_fields;

/* At the end of a check: with ids of their own.  said: NULL or the list; mode: of those that name
 * none. */
void offers_carry(struct desk *desk, const struct offers_made *said, const char *mode,
		  struct new_offers *ret);
/* In a run; appt: of the one that became booked. */
void offers_put(struct txn *t, const struct new_offers *offers, const char *scope,
		struct id episode, struct id appt);

#endif
