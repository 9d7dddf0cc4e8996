/* message_read.c: where a message would go now, and what became of those about somebody. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clinic/message_acts.h"
#include "clinic/trail.h"
#include "store/messages.h"

int message_address(struct desk *desk, const struct msg *m, struct address *ret, struct err *err)
{
	static const char *const kinds[] = {
		[MSG_TEXT] = "mobile", [MSG_EMAIL] = "email", [MSG_LETTER] = "address"
	};
	struct address a = { 0 };
	const struct contact *c;
	struct reader who;

	if (m->channel == MSG_CALL) {
		*ret = a;
		return 0;
	}
	if (!id_none(m->contact))
		return missed_address(desk, m, ret, err);
	if (reader_load(desk, m->person, &who, err) < 0)
		return -1;
	c = contacts_of(&who.contacts, kinds[m->channel]);
	a.gone = strcmp(who.person.status, "active") != 0;
	if (a.gone)
		snprintf(a.why_not, sizeof a.why_not, "they are recorded as %s", who.person.status);
	else if (!c || !*c->value)
		snprintf(a.why_not, sizeof a.why_not, "no %s is known any more", kinds[m->channel]);
	else if (m->channel != MSG_LETTER && !c->text_ok)
		snprintf(a.why_not, sizeof a.why_not, "they no longer allow it");
	else
		snprintf(a.to, sizeof a.to, "%s", c->value);
	reader_done(&who);
	*ret = a;
	return 0;
}

int messages_of(struct desk *desk, struct id person, int most, struct msgs *ret, struct err *err)
{
	return msgs_of_person(desk->store, person, most, ret, err);
}

static int by_time(const void *x, const void *y)
{
	const struct step *a = x, *b = y;

	if (a->at.utc != b->at.utc)
		return a->at.utc < b->at.utc ? -1 : 1;
	return a->id.n < b->id.n ? -1 : a->id.n > b->id.n;
}

int messages_trail(struct desk *desk, struct id appt, struct trail *ret, struct err *err)
{
	struct msgs all = { 0 };
	int rc = msgs_of_appt(desk->store, appt, &all, err);

	for (size_t i = 0; rc == 0 && i < all.n; i++)
		rc = trail_of(desk, all.v[i].id, ret, err);
	list_free(&all);
	if (rc == 0 && ret->n)
		qsort(ret->v, ret->n, sizeof *ret->v, by_time);
	return rc;
}
