/*
 * park.c: half-made work kept, listed, opened again, handed on.
 *
 * Handing over tells the other by a task, which is an act; taking that act back takes the message
 * back, and the work stays where it was handed.
 */
#include "clinic/park.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/act.h"
#include "clinic/flag.h"
#include "clinic/session.h"
#include "clinic/task.h"
#include "store/parked.h"
#include "store/store.h"
#include "store/users.h"

/* ---- keeping ---- */

static int ended(struct desk *desk, int rc, struct err *err)
{
	if (rc == 0)
		return store_commit(desk->store, err);
	store_rollback(desk->store);
	return -1;
}

static int put(struct desk *desk, struct parked *p, const struct parcel *texts,
	       enum park_state state, struct err *err)
{
	struct buf body = { 0 };
	int rc = state == PARK_DRAFT ? session_ensure(desk, err) : 0;

	args_encode(&parcel_fields, texts, &body);
	p->user = desk->user.id;
	p->session = desk->session;
	p->at = desk->now;
	if (rc == 0)
		rc = parked_put(desk->store, p, state, body.s, body.n, err);
	buf_done(&body);
	return rc;
}

int park_draft(struct desk *desk, struct parked *p, const struct parcel *texts, struct err *err)
{
	int64_t was = desk->session, id = p->id;

	if (store_begin_light(desk->store, LIGHT_WAIT_MS, true, err) < 0)
		return -1;
	if (ended(desk, put(desk, p, texts, PARK_DRAFT, err), err) == 0)
		return 0;
	desk->session = was;
	p->id = id;
	return -1;
}

int park_put(struct desk *desk, struct parked *p, const struct parcel *texts, struct err *err)
{
	return store_begin(desk->store, err) < 0
		       ? -1
		       : ended(desk, put(desk, p, texts, PARK_PARKED, err), err);
}

/* ---- looking ---- */

/* What others began and left for so long that whoever treats takes it up. */
static int others_due(struct desk *desk, struct parkeds *ret, struct err *err)
{
	struct parkeds due = { 0 };

	if (!(desk->user.role & TRIAGE_ROLES))
		return 0;
	if (parked_due(desk->store, desk->user.id, desk->now, &due, err) < 0)
		return -1;
	list_each (p, &due)
		if (desk_clinical(desk, p->service))
			*list_push(ret) = *p;
	list_free(&due);
	return 0;
}

int park_list(struct desk *desk, struct parkeds *ret, struct err *err)
{
	/* What killed sessions left is parked by now, or with the next look. */
	session_sweep(desk, NULL);
	if (parked_list(desk->store, desk->user.id, PARK_PARKED, (struct moment){ 0 }, ret, err) <
	    0)
		return -1;
	return others_due(desk, ret, err);
}

int park_count(struct desk *desk, int *ret, struct err *err)
{
	struct parkeds due = { 0 };
	int n;

	if (parked_count(desk->store, desk->user.id, &n, err) < 0 ||
	    others_due(desk, &due, err) < 0)
		return -1;
	*ret = n + (int)due.n;
	list_free(&due);
	return 0;
}

int park_left(struct desk *desk, struct id user, int *ret, struct err *err)
{
	if (desk_needs(desk, ROLE_ADMINISTRATOR, "What others left", err) < 0)
		return -1;
	return parked_count(desk->store, user, ret, err);
}

/* ---- opening, ending, throwing away ---- */

/* One of another user's that is due becomes this one's first. */
static int claim(struct desk *desk, int64_t id, struct err *err)
{
	struct parkeds due = { 0 };
	int n = 0, rc = others_due(desk, &due, err);

	list_each (p, &due)
		if (rc == 0 && p->id == id)
			rc = parked_claim(desk->store, desk->user.id, id, desk->now, &n, err);
	list_free(&due);
	return rc;
}

static int take(struct desk *desk, int64_t id, struct parked *ret, struct parcel **ret_texts,
		struct err *err)
{
	int n;

	if (session_ensure(desk, err) < 0 || claim(desk, id, err) < 0 ||
	    parked_get(desk->store, desk->user.id, id, PARK_PARKED, ret, ret_texts, err) < 0)
		return -1;
	if (parked_move(desk->store, desk->user.id, id, PARK_PARKED, PARK_DRAFT, desk->session, &n,
			err) == 0)
		return 0;
	args_free(&parcel_fields, *ret_texts);
	return -1;
}

int park_open(struct desk *desk, int64_t id, struct parked *ret, struct parcel **ret_texts,
	      struct err *err)
{
	int64_t was = desk->session;

	if (store_begin(desk->store, err) < 0)
		return -1;
	if (take(desk, id, ret, ret_texts, err) < 0) {
		store_rollback(desk->store);
		desk->session = was;
		return -1;
	}
	if (store_commit(desk->store, err) == 0)
		return 0;
	args_free(&parcel_fields, *ret_texts);
	desk->session = was;
	return -1;
}

int park_done(struct desk *desk, int64_t id, struct err *err)
{
	/* It was open here, so no other desk showed it. */
	if (store_begin_light(desk->store, LIGHT_WAIT_MS, true, err) < 0)
		return -1;
	return ended(desk, parked_drop(desk->store, desk->user.id, id, err), err);
}

static int throw(struct desk * desk, int64_t id, struct err *err)
{
	struct moment old = { desk->now.utc - PARK_HOURS * 3600 };
	int parked, open;

	if (parked_forget(desk->store, old, err) < 0 ||
	    parked_move(desk->store, desk->user.id, id, PARK_PARKED, PARK_THROWN, 0, &parked, err) <
		    0 ||
	    parked_move(desk->store, desk->user.id, id, PARK_DRAFT, PARK_THROWN, 0, &open, err) < 0)
		return -1;
	return parked + open ? 0
			     : err_set(err, ERR_MISSING, "That is not parked any more: F5 shows.");
}

int park_throw(struct desk *desk, int64_t id, struct err *err)
{
	return store_begin(desk->store, err) < 0 ? -1 : ended(desk, throw(desk, id, err), err);
}

static int bring_back(struct desk *desk, struct parked *ret, struct err *err)
{
	struct moment since = { desk->now.utc - PARK_HOURS * 3600 };
	struct parkeds thrown = { 0 };
	int n, rc = parked_list(desk->store, desk->user.id, PARK_THROWN, since, &thrown, err);

	if (rc == 0 && thrown.n == 0)
		rc = err_set(err, ERR_MISSING, "Nothing was thrown away in the last %d hours.",
			     PARK_HOURS);
	if (rc == 0) {
		*ret = thrown.v[0];
		rc = parked_move(desk->store, desk->user.id, ret->id, PARK_THROWN, PARK_PARKED, 0,
				 &n, err);
	}
	list_free(&thrown);
	return rc;
}

int park_bring_back(struct desk *desk, struct parked *ret, struct err *err)
{
	return store_begin(desk->store, err) < 0 ? -1
						 : ended(desk, bring_back(desk, ret, err), err);
}

/* ---- to somebody else ---- */

/* The one who gets it may see it, and is told. */
static int hand(struct desk *desk, struct parked *p, const struct user *to, struct err *err)
{
	struct task_ask tell = { .kind = TASK_MESSAGE,
				 .to = { .user = to->id },
				 .person = p->person };
	char *text;
	struct id id;
	int rc;

	if (p->private_ && to->role != ROLE_COUNSELLOR &&
	    !user_may(to, RIGHT_COUNSELLING_DESK, (struct id){ 0 }, (struct id){ 0 }))
		return err_set(err, ERR_DENIED, "That is of a private service: %s may not see it.",
			       to->name);
	text = mem_printf("Handed to you: %s (Ctrl-T).%s%s", p->what, *p->said ? " " : "", p->said);
	tell.text = text;
	/* A private one is named by nobody but its own list. */
	if (p->private_)
		tell.person = (struct id){ 0 },
		tell.text = "Something parked was handed to you: Ctrl-T.";
	rc = task_add(desk, &tell, &id, err);
	mem_free(text);
	return rc < 0 ? -1 : parked_hand(desk->store, p, to->id, err);
}

int park_hand(struct desk *desk, int64_t id, const char *name, const char *said, struct err *err)
{
	struct user to = { 0 };
	struct parked p = { 0 };
	struct parcel *texts = NULL;
	bool own;
	int rc = users_by_name(desk->store, name, &to, err);

	if (rc == 0 && (id_none(to.id) || !to.on))
		rc = err_input(err, "user", "%s is no user who could take it: user names only.",
			       name);
	if (rc == 0 && id_same(to.id, desk->user.id))
		rc = err_input(err, "user", "It is yours already: name somebody else.");
	if (rc == 0 && (rc = act_join(desk, &own, err)) == 0) {
		rc = parked_get(desk->store, desk->user.id, id, PARK_PARKED, &p, &texts, err);
		snprintf(p.said, sizeof p.said, "%s", said ? said : "");
		if (rc == 0)
			rc = hand(desk, &p, &to, err);
		rc = act_part(desk, own, rc, err);
	}
	if (texts)
		args_free(&parcel_fields, texts);
	user_done(&to);
	return rc;
}
