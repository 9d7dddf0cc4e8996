/*
 * contact.h: whom we deal with at a customer: managers, HR, who stands in for them.
 */
#ifndef MODEL_CONTACT_H
#define MODEL_CONTACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"
#include "model/number.h"
#include "model/user.h"

/* X(name, code as stored and typed, words) */
#define CONTACT_ROLES(X)                                                                           \
	X(CONTACT_MANAGER, "manager", "manager")                                                   \
	X(CONTACT_HR, "hr", "HR")                                                                  \
	X(CONTACT_STAND_IN, "stand_in", "stands in")                                               \
	X(CONTACT_RECRUITMENT, "recruitment", "recruitment")
enum contact_role {
#define X(name, code, words) name,
	CONTACT_ROLES(X)
#undef X
		CONTACT_ROLE_COUNT
};
const char *contact_role_code(enum contact_role r);
const char *contact_role_words(enum contact_role r);
bool contact_role_parse(const char *code, enum contact_role *ret);

/* What one may be told: words, of a line.  Never why, and nothing of a private service. */
#define CONTACT_TOLD "booked dna report outcome"

struct customer_contact {
	struct id id, customer;
	char scope[CODE_TEXT], name[NAME_TEXT];
	enum contact_role role;
	char department[NAME_TEXT], phone[PHONE_DIGITS], email[NAME_TEXT], told[WORDS_TEXT];
	struct id stands_for; /* who is away; none */
	bool on;
};
struct customer_contacts {
	struct customer_contact *v;
	size_t n, cap;
};

#endif
