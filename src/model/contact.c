/* contact.c: the roles of those we deal with at a customer. */
#include "model/contact.h"

#include <string.h>

#include "base/text.h"

static const char *const codes[] = {
#define X(name, code, words) code,
	CONTACT_ROLES(X)
#undef X
};

const char *contact_role_code(enum contact_role r)
{
	return codes[r];
}

const char *contact_role_words(enum contact_role r)
{
	static const char *const words[] = {
#define X(name, code, words) words,
		CONTACT_ROLES(X)
#undef X
	};

	return words[r];
}

bool contact_role_parse(const char *code, enum contact_role *ret)
{
	for (int i = 0; i < CONTACT_ROLE_COUNT; i++)
		if (strcmp(codes[i], text_of(code)) == 0) {
			*ret = (enum contact_role)i;
			return true;
		}
	return false;
}
