/*
 * templates.c: the list of weekly patterns, and publishing several of them at once.
 */
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
