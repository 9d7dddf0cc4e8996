/*
 * held.c: which node holds which slots, which of them were forgotten, and which to give.
 *
 * Nothing in a slot says that it lies idle: it was given away, nobody has it, and its day is near.
 * So it is asked for when somebody looks, and no clock does anything about it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/desk.h"
#include "clinic/holder.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/handed.h"
#include "store/slots.h"
#include "store/store.h"
#include "store/tasks.h"

enum { SESSION_MOST = 400, LAST_DAY = 1000000 };

/* ---- who holds what ---- */

static bool is_forgotten(const struct desk *desk, const struct held *h)
{
	const struct site *site = ref_site(desk, h->site);
	struct date near =
		calendar_add_working(desk->refs->calendar, site ? site->nation : desk->site.nation,
				     desk->today, desk->refs->hold_days);

	if (h->free == 0 || h->holder == h->home)
		return false;
	return h->day.n <= near.n ||
	       (!moment_none(h->release_at) && h->release_at.utc <= desk->now.utc);
}

static int by_day(const void *x, const void *y)
{
	const struct held *a = x, *b = y;

	if (a->first.utc != b->first.utc)
		return a->first.utc < b->first.utc ? -1 : 1;
	if (!id_same(a->block, b->block))
		return a->block.n < b->block.n ? -1 : 1;
	return a->holder - b->holder;
}

int hold_list(struct desk *desk, const struct hold_wish *wish, struct helds *ret, struct err *err)
{
	struct held_wish w = { .node = wish->node,
			       .clinician = wish->clinician,
			       .from = wish->from,
			       .to = wish->to,
			       .now = desk->now };
	struct helds list = { 0 };
	size_t kept = 0;

	if (date_none(w.from))
		w.from = desk->today;
	if (date_none(w.to))
		w.to.n = LAST_DAY;
	if (desk_needs(desk, ROLE_ANY, "The list of holds", err) < 0)
		return -1;
	if (held_rows(desk->store, &w, &list, err) < 0) {
		list_free(&list);
		return -1;
	}
	list_each (h, &list) {
		h->forgotten = is_forgotten(desk, h);
		if (!wish->forgotten || h->forgotten)
			list.v[kept++] = *h;
	}
	list.n = kept;
	if (kept)
		qsort(list.v, kept, sizeof *list.v, by_day);
	*ret = list;
	return 0;
}

int hold_all_of(struct desk *desk, int node, struct slot_list *ret, struct err *err)
{
	struct slots all = { 0 };
	int rc = held_slots(desk->store, node, desk->now, &all, err);

	list_each (s, &all)
		if (rc == 0)
			*list_push(ret) = s->id;
	list_free(&all);
	return rc;
}

/* ---- which to give ---- */

static bool may_give(const struct desk *desk, const struct hold_pick *pick, const struct slot *s)
{
	int minute = moment_minute(s->starts);

	return store_holds(desk->store, s->holder) && id_none(s->appt) && s->state == SLOT_OPEN &&
	       slot_kind_bookable(s->kind) && s->starts.utc >= desk->now.utc &&
	       minute >= pick->from && (pick->to == 0 || minute < pick->to);
}

/* So many of them, at even distances. */
static void spread(struct slots *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		list->v[i] = list->v[(2 * i + 1) * list->n / (2 * count)];
	list->n = count;
}

int hold_pick(struct desk *desk, const struct hold_pick *pick, struct slots *ret, struct err *err)
{
	static const struct moment ever = { 0 };
	struct slots list = { 0 };
	size_t kept = 0;
	int rc = id_none(pick->block)
			 ? slots_of_day(desk->store, pick->clinician, pick->day, pick->day, &list,
					err)
			 : slots_run(desk->store, pick->block, ever, SESSION_MOST, &list, err);

	list_each (s, &list)
		if (may_give(desk, pick, s))
			list.v[kept++] = *s;
	list.n = kept;
	if (rc == 0 && kept == 0)
		rc = err_set(
			err, ERR_MISSING,
			"No slot of those is free and held here: hold list shows who has them.");
	else if (rc == 0 && (size_t)pick->count > kept)
		rc = err_set(err, ERR_MISSING, "%zu of those %s free and held here, not %d.", kept,
			     kept == 1 ? "is" : "are", pick->count);
	if (rc < 0) {
		list_free(&list);
		return -1;
	}
	if (pick->count > 0)
		spread(&list, (size_t)pick->count);
	*ret = list;
	return 0;
}

/* ---- home again ---- */

enum held_todo held_todo(const struct desk *desk, const struct held *held)
{
	int me = store_me(desk->store)->node;

	return held->holder == me && held->home != me	? HELD_GIVE_BACK
	       : held->home == me && held->holder != me ? HELD_ASK_BACK
							: HELD_OTHERS;
}

int hold_give_back(struct desk *desk, struct id block, int *ret_given, struct err *err)
{
	const struct hold_pick pick = { .block = block };
	struct slots slots = { 0 };
	struct slot_list ids = { 0 };
	const struct clinician *c;
	int rc;

	if (hold_pick(desk, &pick, &slots, err) < 0)
		return -1;
	c = ref_clinician(desk, slots.v[0].clinician);
	list_each (s, &slots)
		*list_push(&ids) = s->id;
	if (c && c->node == store_me(desk->store)->node)
		rc = err_set(err, ERR_CLASH, "They are of this node's own diary: nothing to do.");
	else
		rc = hold_give(desk, &ids, c ? c->node : 1, ret_given, err);
	list_free(&slots);
	list_free(&ids);
	return rc;
}

/* Where the holder's people are; none: nowhere that is known. */
static struct id house_of(const struct desk *desk, int node)
{
	list_each (s, &desk->refs->sites)
		if (s->node == node && s->on)
			return s->id;
	return (struct id){ 0 };
}

static int asked_already(struct desk *desk, const char *text, bool *ret, struct err *err)
{
	struct task_rows open = { 0 };
	int rc = tasks_of_role(desk->store, role_word(ROLE_MANAGER), &open, err);

	*ret = false;
	list_each (r, &open)
		*ret |= strcmp(r->t.text, text) == 0;
	list_free(&open);
	return rc;
}

int hold_ask_back(struct desk *desk, const struct held *held, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, held->clinician);
	struct task_ask ask = { .kind = TASK_TODO, .to.site = house_of(desk, held->holder) };
	char text[TASK_TEXT], when[DAY_TEXT], home[NAME_TEXT], holder[NAME_TEXT];
	bool already;

	if (held_todo(desk, held) != HELD_ASK_BACK)
		return err_set(err, ERR_DENIED, "%s is for %s to ask back: it is of their diary.",
			       c ? c->surname : "That", node_shown(desk, held->home, home));
	node_shown(desk, held->holder, holder);
	snprintf(text, sizeof text, "Give back to %s: the free times of %s, %s, held by %s",
		 node_shown(desk, held->home, home), c ? c->surname : "a session",
		 moment_show(held->first, when), holder);
	if (asked_already(desk, text, &already, err) < 0)
		return -1;
	if (already)
		return err_set(err, ERR_CLASH, "%.40s has been asked already.", holder);
	snprintf(ask.to.role, sizeof ask.to.role, "%s", role_word(ROLE_MANAGER));
	ask.text = text;
	return task_add(desk, &ask, NULL, err);
}
