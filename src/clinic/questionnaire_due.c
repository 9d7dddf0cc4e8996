/*
 * questionnaire_due.c: the task for what is still to be asked at a session.
 *
 * A course asks how they are at its first session, at the review and at its last.  Which of the
 * service's questionnaires it is, is for whoever sees them to say: any of them will do.  The task
 * is opened with the mark and goes back with it; taking answers in ends it (questionnaire.c).
 */
#include <string.h>

#include "base/alloc.h"
#include "clinic/questionnaire_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/courses.h"
#include "store/forms.h"
#include "store/users.h"

/* When the session before it began: what was taken in since is this one's.  None: it is the first.
 */
static int before(struct desk *desk, const struct appt *a, struct moment *ret, struct err *err)
{
	struct appt_rows all = { 0 };

	*ret = (struct moment){ 0 };
	if (course_of(desk->store, a->episode, &all, err) < 0)
		return -1;
	list_each (r, &all)
		if (r->a.state == APPT_SEEN && r->a.starts.utc < a->starts.utc)
			*ret = r->a.starts;
	list_free(&all);
	return 0;
}

static int taken_since(struct desk *desk, struct id episode, struct moment since, bool *ret,
		       struct err *err)
{
	struct answer_rows rows = { 0 };
	int rc = answers_about(desk->store, episode, &rows, err);

	*ret = false;
	for (size_t i = 0; i < rows.n; i++)
		*ret |= strcmp(rows.v[i].state, "on") == 0 && rows.v[i].at.utc >= since.utc;
	answer_rows_done(&rows);
	return rc;
}

static int ask(struct desk *desk, const struct appt *a, int nth, int most, struct new_tasks *ret,
	       struct err *err)
{
	const struct clinician *c = ref_clinician(desk, a->clinician);
	struct id user = { 0 };
	struct new_task *n;

	if (c && users_of_clinician(desk->store, c->id, &user, err) < 0)
		return -1;
	n = most ? task_open(desk, ret, TASK_ANSWERS, desk->now,
			     "Session %d of %d: the questionnaires are still to be filled in", nth,
			     most)
		 : task_open(desk, ret, TASK_ANSWERS, desk->now,
			     "Session %d: the questionnaires are still to be filled in", nth);
	n->person = a->person;
	n->appt = a->id;
	n->service = a->service;
	n->user = user;
	if (id_none(user))
		n->role = mem_str(role_word(ROLE_COUNSELLOR));
	return 0;
}

int questionnaires_due(struct desk *desk, const struct appt *a, struct new_tasks *ret,
		       struct err *err)
{
	const struct service *s = ref_service(desk, a->service);
	struct asked_forms forms = { 0 };
	struct moment since;
	struct cap cap;
	int nth;
	bool taken;

	if (!s || !s->private_)
		return 0;
	if (cap_nth(desk, a, &nth, &cap, err) < 0)
		return -1;
	if (!questionnaire_at(&cap, nth))
		return 0;
	if (before(desk, a, &since, err) < 0 ||
	    taken_since(desk, a->episode, since, &taken, err) < 0)
		return -1;
	if (taken)
		return 0;
	if (questionnaires_all(desk, s, &forms, err) < 0)
		return -1;
	taken = forms.n == 0;
	list_free(&forms);
	return taken ? 0 : ask(desk, a, nth, cap.cap, ret, err);
}
