/*
 * form_act.c: a form's version is taken into use: kept whole, so that its words go wherever its
 * answers do.
 *
 * Always holds: what is kept under a hash is what the hash is of; who sends anything else is not
 * understood.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "clinic/form_acts.h"
#include "model/user.h"
#include "store/forms.h"

static const struct field use_f[] = {
	FIELD_NEEDED(id, struct new_form, "id", F_ID),
	FIELD_NEEDED(form, struct new_form, "form", F_TEXT),
	FIELD_NEEDED(version, struct new_form, "version", F_INT),
	FIELD_NEEDED(hash, struct new_form, "hash", F_TEXT),
	FIELD_NEEDED(title, struct new_form, "title", F_TEXT),
	FIELD_NEEDED(text, struct new_form, "text", F_TEXT),
};

static int use_check(struct desk *desk, void *args, struct err *err)
{
	struct new_form *f = args;

	(void)err;
	f->id = desk_new_id(desk);
	return 0;
}

static bool sound(const struct new_form *f)
{
	unsigned char hash[HASH_BYTES];
	char hex[HASH_HEX];

	hash_bytes(f->text, strlen(f->text), hash);
	return strcmp(hash_hex(hash, hex), f->hash) == 0;
}

static int use_run(struct txn *t, const void *args)
{
	const struct new_form *f = args;

	txn_tell(t, "form", f->id, "%s version %lld taken into use", f->title,
		 (long long)f->version);
	if (!sound(f))
		return VERDICT_UNSUPPORTED;
	form_put(t, f);
	return VERDICT_OK;
}

static int use_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_DENIED, "A form in use is not taken back: answers keep its words.");
}

const struct act act_form_use = {
	.name = "form_use",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(use_f, struct new_form),
	.check = use_check,
	.run = use_run,
	.reverse = use_reverse,
};

int form_use(struct desk *desk, const struct form_found *f, struct err *err)
{
	struct new_form args = { .form = f->paper.id,
				 .version = f->paper.version,
				 .hash = f->hash,
				 .title = f->paper.title,
				 .text = f->text };

	return act_do(desk, &act_form_use, &args, err);
}
