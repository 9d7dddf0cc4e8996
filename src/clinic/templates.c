/*
 * templates.c: what is done with weekly patterns by several commands of one user act: changing one
 * from a day on (end, add, publish), publishing many.  And their list.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/act.h"
#include "clinic/publish.h"
#include "clinic/refs.h"
#include "store/diaries.h"
#include "store/store.h"

int templates_list(struct desk *desk, struct id clinician, struct templates *ret, struct err *err)
{
	return templates_of(desk->store, clinician, ret, err);
}

int template_of(struct desk *desk, struct id template, struct template *ret, struct err *err)
{
	return templates_get(desk->store, template, ret, err);
}

int template_last(struct desk *desk, struct id template, struct date *ret, struct err *err)
{
	return blocks_last(desk->store, template, ret, err);
}

/* Those that run: not ended, and of a clinician whose diary is kept here. */
static int running(struct desk *desk, struct id clinician, struct templates *ret, struct err *err)
{
	struct templates all = { 0 };
	int rc = templates_of(desk->store, clinician, &all, err);

	list_each (t, &all) {
		const struct clinician *c = ref_clinician(desk, t->clinician);

		if (t->on && c && c->on && c->node == store_me(desk->store)->node &&
		    (date_none(t->to) || t->to.n >= desk->today.n))
			*list_push(ret) = *t;
	}
	list_free(&all);
	return rc;
}

int templates_publish(struct desk *desk, const struct id *templates, size_t n, struct id clinician,
		      struct date from, struct date to, struct published_list *ret, struct err *err)
{
	struct published_list done = { 0 };
	struct templates list = { 0 };
	int rc;

	if (act_begin(desk, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		list_push(&list)->id = templates[i];
	rc = n ? 0 : running(desk, clinician, &list, err);
	for (size_t i = 0; rc == 0 && i < list.n; i++)
		rc = template_publish(desk, list.v[i].id, from, to, list_push(&done), err);
	list_free(&list);
	if (rc < 0)
		act_abandon(desk);
	else
		rc = act_end(desk, err);
	if (rc == 0)
		list_each (p, &done)
			*list_push(ret) = *p;
	list_free(&done);
	return rc;
}

/* ---- one changed ---- */

static struct template changed(const struct template *old, struct date from,
			       const struct template_change *change)
{
	struct template tpl = *old;

	tpl.from = from;
	if (change->pattern)
		snprintf(tpl.pattern, sizeof tpl.pattern, "%s", change->pattern);
	if (!id_none(change->site))
		tpl.site = change->site;
	if (!id_none(change->room) || change->no_room)
		tpl.room = change->room;
	if (!id_none(change->service))
		tpl.service = change->service;
	if (change->weekday >= 0)
		tpl.weekday = change->weekday;
	return tpl;
}

/* The three commands, inside an open user act. */
static int change_template(struct desk *desk, const struct template *old,
			   const struct template *next, struct entries *ret_hit, struct id *ret_id,
			   struct err *err)
{
	struct date last;

	if (blocks_last(desk->store, old->id, &last, err) < 0 ||
	    template_end(desk, old->id, (struct date){ next->from.n - 1 }, ret_hit, err) < 0 ||
	    template_add(desk, next, ret_id, err) < 0)
		return -1;
	if (date_none(last) || last.n < next->from.n)
		return 0;
	return template_publish(desk, *ret_id, next->from, last, NULL, err);
}

int template_set(struct desk *desk, struct id template, struct date from,
		 const struct template_change *change, struct entries *ret_hit, struct id *ret_id,
		 struct err *err)
{
	bool alone = desk->act == 0;
	struct template old, next;
	struct entries hit = { 0 };
	struct id id = { 0 };

	if (templates_get(desk->store, template, &old, err) < 0)
		return -1;
	if (from.n < desk->today.n)
		return err_input(err, "from", "A template changes from today on or later.");
	if (from.n < old.from.n)
		from = old.from;
	if (change->pattern && strlen(change->pattern) >= sizeof next.pattern)
		return err_input(err, "pattern", "The pattern is too long: at most %zu letters.",
				 sizeof next.pattern - 1);
	next = changed(&old, from, change);
	if (alone && act_begin(desk, err) < 0)
		return -1;
	if (change_template(desk, &old, &next, &hit, &id, err) < 0 ||
	    (alone && (alone = false, act_end(desk, err) < 0))) {
		if (alone)
			act_abandon(desk);
		list_free(&hit);
		return -1;
	}
	if (ret_id)
		*ret_id = id;
	if (ret_hit)
		list_each (e, &hit)
			*list_push(ret_hit) = *e;
	list_free(&hit);
	return 0;
}
