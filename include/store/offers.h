/*
 * offers.h: the times that were offered for an episode, as rows.  Who may see them is the clinic's
 * to say (clinic/offer.h).
 */
#ifndef STORE_OFFERS_H
#define STORE_OFFERS_H

#include "base/err.h"
#include "model/offer.h"
#include "store/store.h"
#include "store/txn.h"

/* Those of an episode, the first one first, without any whose booking was an error. */
int offers_of(struct store *st, struct id episode, struct offers_made *ret, struct err *err);

/* ---- in a run ---- */

void offer_put(struct txn *t, const char *scope, struct id episode, const struct offer_made *o);

#endif
