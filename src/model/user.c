/* user.c: roles and rights by their words. */
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "model/user.h"

static const struct {
	enum role role;
	const char *word;
} roles[] = {
	{ ROLE_RECEPTION, "reception" }, { ROLE_NURSE, "nurse" },
	{ ROLE_CLINICIAN, "clinician" }, { ROLE_COUNSELLOR, "counsellor" },
	{ ROLE_MANAGER, "manager" },	 { ROLE_ADMINISTRATOR, "administrator" },
};

const char *role_word(enum role role)
{
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (roles[i].role == role)
			return roles[i].word;
	return NULL;
}

bool role_parse(const char *word, enum role *ret)
{
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (strcmp(roles[i].word, text_of(word)) == 0) {
			*ret = roles[i].role;
			return true;
		}
	return false;
}

static const char *const rights[RIGHTS] = {
	[RIGHT_LEAD] = "lead",
	[RIGHT_DUTY] = "duty",
	[RIGHT_COUNSELLING_DESK] = "counselling_desk",
	[RIGHT_OVERBOOK] = "overbook",
};

const char *right_word(enum right right)
{
	return rights[right];
}

bool right_parse(const char *word, enum right *ret)
{
	for (int i = 0; i < RIGHTS; i++)
		if (strcmp(rights[i], text_of(word)) == 0) {
			*ret = (enum right)i;
			return true;
		}
	return false;
}

void user_done(struct user *user)
{
	list_free(&user->rights);
}

bool user_may(const struct user *user, enum right right, struct id service, struct id site)
{
	list_each (g, &user->rights)
		if (g->right == right && (id_none(g->service) || id_same(g->service, service)) &&
		    (id_none(g->site) || id_none(site) || id_same(g->site, site)))
			return true;
	return false;
}
