/* audit.c: the audit as its reader may see it. */
#include "clinic/audit.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/flag.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "clinic/task_acts.h"
#include "store/audit.h"
#include "store/journal.h"
#include "store/log.h"
#include "store/store.h"
#include "store/tasks.h"
#include "store/users.h"

static int may_read(const struct desk *desk, struct err *err)
{
	list_each (g, &desk->user.rights)
		if (g->right == RIGHT_LEAD)
			return 0;
	return desk_needs(desk, ROLE_MANAGER | ROLE_ADMINISTRATOR, "audit", err);
}

/* A task that this reader would not find in their list. */
static int hidden_task(struct desk *desk, struct id id, bool *ret, struct err *err)
{
	struct task t;
	struct err why = ERR_INIT;

	if (task_get(desk->store, id, &t, &why) == 0) {
		*ret = !task_seen(desk, &t);
		return 0;
	}
	*ret = false;
	if (why.kind == ERR_MISSING)
		return 0;
	*err = why;
	return -1;
}

static int hidden(struct desk *desk, const struct audited *a, bool *ret, struct err *err)
{
	const struct service *s = ref_service(desk, a->service);

	*ret = s && !desk_sees(desk, s);
	if (*ret || a->opened)
		return 0;
	if (strcmp(a->type, "flag") == 0)
		*ret = !desk_clinical(desk, a->service);
	return strcmp(a->type, "task") == 0 ? hidden_task(desk, a->subject, ret, err) : 0;
}

/* When and by whom stays: what was done, and to what, does not. */
static void mask(struct audited *a)
{
	a->id = a->subject = a->service = (struct id){ 0 };
	a->why[0] = '\0';
	snprintf(a->type, sizeof a->type, "%s", AUDIT_PRIVATE);
	snprintf(a->what, sizeof a->what, "%s", AUDIT_PRIVATE);
}

int audit_user(struct desk *desk, const char *name, struct id *ret, struct err *err)
{
	struct user u;

	if (may_read(desk, err) < 0 || users_by_name(desk->store, name, &u, err) < 0)
		return -1;
	*ret = u.id;
	user_done(&u);
	return id_none(*ret) ? err_set(err, ERR_MISSING,
				       "There is no user %s: user list shows them.", name)
			     : 0;
}

int audit_show(struct desk *desk, const struct audit_filter *f, struct audit *ret, struct err *err)
{
	struct audit all = { 0 };
	int rc;

	if (may_read(desk, err) < 0 || audit_select(desk->store, f, &all, err) < 0)
		return -1;
	rc = id_none(f->person) ? 0 : intake_opened(desk, f->person, err);
	list_each (a, &all) {
		bool private_ = false;

		if (rc == 0)
			rc = hidden(desk, a, &private_, err);
		if (private_)
			mask(a);
		else if (a->opened)
			snprintf(a->what, sizeof a->what, "opened");
	}
	if (rc == 0)
		*ret = all;
	else
		list_free(&all);
	return rc;
}

int audit_verify(struct desk *desk, struct audit_chain ret[AUDIT_CHAINS], int *ret_n,
		 struct err *err)
{
	bool logs = strcmp(store_me(desk->store)->role, "alone") != 0;
	int64_t cmds, views, entries = 0;
	int n = 0;

	if (may_read(desk, err) < 0 || journal_verify(desk->store, &cmds, &views, err) < 0 ||
	    (logs && log_verify(desk->store, &entries, err) < 0))
		return -1;
	ret[n++] = (struct audit_chain){ "commands", cmds };
	ret[n++] = (struct audit_chain){ "openings", views };
	if (logs)
		ret[n++] = (struct audit_chain){ "log", entries };
	*ret_n = n;
	return 0;
}
