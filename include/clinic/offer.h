/*
 * offer.h: the times that were offered to somebody before one was booked, or none.
 *
 * The booking list keeps what it says while it is open.  What is booked goes into the command of
 * the booking (booking_ask.said); a list that is left without one records its offers by themselves.
 * They are what was said, so there is nothing to take back: undo passes them over, and an offer
 * counts no more once its booking was taken back as an error.
 */
#ifndef CLINIC_OFFER_H
#define CLINIC_OFFER_H

#include "clinic/desk.h"
#include "model/offer.h"

/* What was offered for an episode and came to nothing.  For none that is open: nothing waits for
 * it, and nothing is written. */
int offers_record(struct desk *desk, struct id episode, const struct offers_made *said,
		  struct err *err);

/* Those of an episode, the first one first; ERR_MISSING for one that this user may not see. */
int offers_about(struct desk *desk, struct id episode, struct offers_made *ret, struct err *err);

/* When the time that a slot begins was taken from under somebody; none: it was not, or by nobody
 * that is known here. */
int offer_gone_at(struct desk *desk, struct id slot, struct moment *ret, struct err *err);

#endif
