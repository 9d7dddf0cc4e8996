/* contacts.h: whom we deal with at customers, as rows. */
#ifndef STORE_CONTACTS_H
#define STORE_CONTACTS_H

#include "base/err.h"
#include "model/contact.h"
#include "store/store.h"
#include "store/txn.h"

/* By id; ERR_MISSING in words. */
int contact_get(struct store *st, struct id id, struct customer_contact *ret, struct err *err);
/* A customer's that are there, by name; whose name starts so (NULL: all). */
int customer_contacts_of(struct store *st, struct id customer, const char *name,
			 struct customer_contacts *ret, struct err *err);
/* Those of any customer whose name starts so, by name: at most `max`. */
int contacts_named(struct store *st, const char *name, int max, struct customer_contacts *ret,
		   struct err *err);
/* Who stands in for somebody now; id none when nobody does. */
int contact_stand_in(struct store *st, struct id customer, struct id contact,
		     struct customer_contact *ret, struct err *err);

/* ---- in a run ---- */

void contact_put(struct txn *t, const struct customer_contact *c);
bool contact_read(struct txn *t, struct id id, struct customer_contact *ret);
void contact_write(struct txn *t, const struct customer_contact *c);

#endif
