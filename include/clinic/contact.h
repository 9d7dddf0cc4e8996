/*
 * contact.h: whom we deal with at a customer, and what each of them may be told.
 *
 * ALWAYS HOLDS.  Nobody at a customer is told anything of a private service or of a self-referral;
 * of any other only what their own row says, and only with the employee's agreement to it.
 */
#ifndef CLINIC_CONTACT_H
#define CLINIC_CONTACT_H

#include "clinic/desk.h"
#include "model/contact.h"
#include "model/referral.h"

/* As people type it; NULL leaves it alone (on adding: none, a manager, told of bookings). */
struct contact_ask {
	const char *name, *role, *department, *phone, *email, *told;
	const char *stands_for; /* the id of who is away; "": nobody any more */
	const char *state;	/* on, off */
};

int contact_add(struct desk *desk, struct id customer, const struct contact_ask *ask,
		struct id *ret, struct err *err);
int contact_change(struct desk *desk, struct id contact, const struct contact_ask *ask,
		   struct err *err);
int contact_one(struct desk *desk, struct id contact, struct customer_contact *ret,
		struct err *err);
/* A customer's, by name; name: the start of it, NULL all.  The caller ends it with list_free(). */
int contact_list(struct desk *desk, struct id customer, const char *name,
		 struct customer_contacts *ret, struct err *err);

/* Of any customer, whose name starts so: at most CONTACTS_FOUND. */
enum { CONTACTS_FOUND = 5 };
int contacts_found(struct desk *desk, const char *name, struct customer_contacts *ret,
		   struct err *err);

/* What one of them, who asks, may hear of a referral that they or whom they stand in for sent, in
 * words: that it came, was returned or is closed, and more as far as their own row says.  ""
 * nothing at all: of others' too. */
char *contact_hears(struct desk *desk, const struct customer_contact *who,
		    const struct referral_row *r, char ret[WORDS_TEXT]);

/* Who is told of a referral: who sent it, or who stands in for them.  *ret_told: the words of what
 * they may be told, "" for nothing; id none in *ret: nobody is known. */
int contact_told(struct desk *desk, const struct referral_row *r, struct customer_contact *ret,
		 char ret_told[WORDS_TEXT], struct err *err);

#endif
