/*
 * uplink.h: how the line to the hub is, as whoever talks to the hub last wrote it.
 *
 * A word has a time until which it is good, so that a follower that was killed is not believed for
 * ever.  A change of the word is heard by every desk; that it is still so is not.
 */
#ifndef STORE_UPLINK_H
#define STORE_UPLINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/world.h"

struct store;

struct uplink {
	struct moment reached, due, down; /* down: none while the hub is in reach */
	char why[200];
	bool person;   /* trying again will not help */
	int64_t ahead; /* seconds that the hub's clock is ahead */
	int64_t poked;
};
/* All zero when nobody has talked to the hub yet. */
int uplink_get(struct store *st, struct uplink *ret, struct err *err);
/* Since when it is out of reach; none: it is in reach. */
struct moment uplink_offline(const struct uplink *u, struct moment now);

/* Each makes its own change, and only when there is something new to say.  The hub is in reach, and
 * that is good for so many seconds. */
int uplink_up(struct store *st, struct moment now, int good, struct err *err);
int uplink_lost(struct store *st, struct moment now, const char *why, bool person, struct err *err);
int uplink_clock(struct store *st, int64_t ahead, struct err *err);
/* Whoever keeps the line is to try at once. */
int uplink_poke(struct store *st, struct err *err);

#endif
