/*
 * user.h: who works here, as what, and which rights they have beside their role.
 */
#ifndef MODEL_USER_H
#define MODEL_USER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/id.h"

/* Roles are bits, so that an act or a key can name several. */
enum role {
	ROLE_RECEPTION = 1 << 0,
	ROLE_NURSE = 1 << 1,
	ROLE_CLINICIAN = 1 << 2,
	ROLE_COUNSELLOR = 1 << 3,
	ROLE_MANAGER = 1 << 4,
	ROLE_ADMINISTRATOR = 1 << 5,
};
#define ROLE_DESK (ROLE_RECEPTION | ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR)
#define ROLE_ANY  (ROLE_DESK | ROLE_MANAGER | ROLE_ADMINISTRATOR)

const char *role_word(enum role role); /* "reception"; NULL for none or several */
bool role_parse(const char *word, enum role *ret);

enum right { RIGHT_LEAD, RIGHT_DUTY, RIGHT_COUNSELLING_DESK, RIGHT_OVERBOOK, RIGHTS };
const char *right_word(enum right right);
bool right_parse(const char *word, enum right *ret);

enum {
	CODE_TEXT = 32,	   /* codes that people type: sites, services, users, ... */
	NAME_TEXT = 128,   /* a name, in bytes with the NUL; text_clean() keeps it to 60 runes */
	WORDS_TEXT = 160,  /* a short list of words, a reason, a line */
	PERSON_TEXT = 300, /* SURNAME, Given (Title) */
};

/* A right is for one service and one site, or (none) for all of them. */
struct granted {
	struct id id;
	enum right right;
	struct id service, site;
};

struct user {
	struct id id;
	char name[CODE_TEXT];
	enum role role;
	char person[NAME_TEXT];
	struct id site, clinician; /* none: all sites; no diary of their own */
	bool on;
	struct {
		struct granted *v;
		size_t n, cap;
	} rights;
};

void user_done(struct user *user);
/* Does the user hold the right for this service at this site? */
bool user_may(const struct user *user, enum right right, struct id service, struct id site);

#endif
