/*
 * share.c: what external customers may have of rapid access before it is open to all.
 *
 * The customer's contract says how much of a week's times, and from how many hours before each. The
 * times that external customers have of that week count together, whoever of them was first: the
 * share is what NHS staff give up, not what one customer bought.  Nothing is written down: it is
 * counted when it is asked for, in the change that books.
 */
#include <stdio.h>
#include <string.h>

#include "clinic/refs.h"
#include "clinic/search.h"
#include "store/appts.h"
#include "store/referrals.h"
#include "store/slots.h"

static struct date monday_of(struct date day)
{
	return (struct date){ day.n - date_weekday(day) };
}

int share_of(struct desk *desk, struct id person, struct id service, struct share *ret,
	     struct err *err)
{
	struct share share = { 0 };
	struct contract c;
	struct client who;
	int all, taken;

	if (client_get(desk->store, person, desk->today, &who, err) < 0 ||
	    contract_on(desk->store, service, who.customer, desk->today, &c, err) < 0)
		return -1;
	if (!id_none(c.id) && c.rap_share > 0)
		share.hours = c.rap_hours;
	for (int i = 0; share.hours && i < SHARE_WEEKS; i++) {
		struct date monday = { monday_of(desk->today).n + 7 * i };

		if (slots_rapid(desk->store, service, monday, who.id, &all, &taken, err) < 0)
			return -1;
		share.week[i].monday = monday;
		share.week[i].left = all * c.rap_share / 100 - taken;
	}
	*ret = share;
	return 0;
}

static int left_of(const struct share *share, const struct slot *slot)
{
	struct date monday = monday_of(slot->day);

	for (int i = 0; i < SHARE_WEEKS; i++)
		if (share->week[i].monday.n == monday.n)
			return share->week[i].left;
	return 0;
}

static bool its_hours(const struct desk *desk, const struct share *share, const struct slot *slot)
{
	return share->hours && slot->starts.utc - (int64_t)share->hours * 3600 <= desk->now.utc;
}

bool share_takes(const struct desk *desk, const struct share *share, const struct slot *slot)
{
	return its_hours(desk, share, slot) && left_of(share, slot) > 0;
}

char *share_words(const struct desk *desk, const struct share *share, const struct slot *slot,
		  char buf[SHARE_TEXT])
{
	char when[DAY_TEXT];
	struct moment from = { slot->starts.utc - (int64_t)share->hours * 3600 };

	if (!share->hours)
		snprintf(buf, SHARE_TEXT, "kept for NHS staff until it opens to all");
	else if (!its_hours(desk, share, slot))
		snprintf(buf, SHARE_TEXT, "kept for NHS staff; the customers' share opens %s",
			 moment_show(from, when));
	else if (left_of(share, slot) <= 0)
		snprintf(buf, SHARE_TEXT,
			 "kept for NHS staff: the customers' share of that week is used");
	else
		snprintf(buf, SHARE_TEXT, "of the customers' share, %d left that week",
			 left_of(share, slot));
	return buf;
}
