/*
 * task_left.c: what is left to do when a task about a new time ends without one.
 *
 * Always holds: somebody who was seen, or missed theirs, and whose course of care is open is on
 * somebody's list until they are booked or discharged.  Spoken to and not booked, they are still to
 * be booked; not wanted or not reached, the clinician decides; and who may decide that does so, and
 * does not put it out of sight.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/after.h"
#include "clinic/refs.h"
#include "clinic/task_acts.h"
#include "store/after.h"
#include "store/appts.h"
#include "store/episodes.h"
#include "store/users.h"

enum { MORNING = 9 * 60 };

/* Is this task the last that keeps them in sight?  One that only tells them something is not. */
static int last_one(struct desk *desk, const struct task *t, const struct appt *a, bool *ret,
		    struct err *err)
{
	struct task_ids open = { 0 };
	struct episode e;
	struct moment coming;
	int rc = -1;

	*ret = false;
	if (episode_get(desk->store, a->episode, &e, err) == 0 &&
	    episode_coming(desk->store, e.id, (struct id){ 0 }, &coming, err) == 0 &&
	    tasks_rebooking(desk->store, (struct id){ 0 }, e.id, &open, err) == 0) {
		*ret = strcmp(e.state, "open") == 0 && moment_none(coming) && open.n == 1 &&
		       id_same(open.v[0], t->id);
		rc = 0;
	}
	list_free(&open);
	return rc;
}

static struct moment next_morning(const struct desk *desk, struct id at)
{
	const struct site *site = ref_site(desk, at);
	enum nation nation = site ? site->nation : desk->site.nation;

	return wall_moment(calendar_add_working(desk->refs->calendar, nation, desk->today, 1),
			   MORNING);
}

static struct new_task *rebook(struct desk *desk, const struct task *t, struct moment due,
			       const char *text, struct new_tasks *ret)
{
	struct new_task *n = task_open(desk, ret, TASK_REBOOK, due, "%s", text);

	n->person = t->person;
	n->appt = t->appt;
	n->service = t->service;
	return n;
}

/* Those whom it was for go on with it. */
static void for_the_same(struct new_task *n, const struct task *t)
{
	n->user = t->user;
	n->site = t->site;
	n->role = *t->role ? mem_str(t->role) : NULL;
}

static void to_book(struct desk *desk, const struct task *t, const char *how, struct new_tasks *ret)
{
	char text[2 * WORDS_TEXT];

	snprintf(text, sizeof text, "Rung: %s, and nothing is booked yet", how);
	for_the_same(rebook(desk, t, next_morning(desk, t->site), text, ret), t);
}

static int to_decide(struct desk *desk, const struct task *t, const struct appt *a, const char *how,
		     struct new_tasks *ret, struct err *err)
{
	char text[2 * WORDS_TEXT], when[DAY_TEXT];
	struct id user;
	struct new_task *n;

	if (users_of_clinician(desk->store, a->clinician, &user, err) < 0)
		return -1;
	if (after_mine(desk, a) || (!id_none(user) && id_same(t->user, user)))
		return err_set(
			err, ERR_CLASH,
			"Their course of care is open: book, or discharge on their row of %s.",
			date_show_short(moment_date(a->starts), when));
	snprintf(text, sizeof text, "Another time: %s.  Discharge on their row of %s, or book", how,
		 moment_show(a->starts, when));
	n = rebook(desk, t, desk->now, text, ret);
	if (id_none(user))
		for_the_same(n, t);
	else
		n->user = user;
	return 0;
}

int task_left(struct desk *desk, const struct task *t, const struct task_outcome *o,
	      const char *words, struct new_tasks *ret, struct err *err)
{
	char how[WORDS_TEXT + 40];
	struct appt_row r;
	bool last;

	if (id_none(t->appt) ||
	    (t->kind != TASK_RING && t->kind != TASK_REBOOK && t->kind != TASK_REVIEW))
		return 0;
	if (appt_get(desk->store, t->appt, &r, err) < 0)
		return -1;
	if (r.a.state != APPT_SEEN && r.a.state != APPT_DNA && r.a.state != APPT_LATE)
		return 0;
	if (last_one(desk, t, &r.a, &last, err) < 0)
		return -1;
	if (!last)
		return 0;
	if (strcmp(o->code, "booked") == 0)
		return err_set(err, ERR_CLASH, "Nothing is booked for them: b books it.");
	snprintf(how, sizeof how, "%s%s%s", o->word, words && *words ? ": " : "",
		 words ? words : "");
	if (t->kind != TASK_RING || strcmp(o->code, "no_reach") == 0)
		return to_decide(desk, t, &r.a, how, ret, err);
	to_book(desk, t, how, ret);
	return 0;
}
