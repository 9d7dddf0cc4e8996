/*
 * cap_more.c: more sessions than the cap: whoever sees them asks, the lead answers with a reason.
 *
 * Both reasons are clinical words: they stand in the request alone, never in a history or a task.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/cap.h"
#include "clinic/cap_acts.h"
#include "clinic/flag.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/courses.h"
#include "store/episodes.h"
#include "store/store.h"
#include "store/tasks.h"
#include "store/users.h"

enum { MORE_MOST = 20 };

struct extend {
	struct id id, episode;
	int64_t more;
	const char *scope, *words;
	struct new_tasks tasks;
	/* check's own */
	bool by_lead; /* nobody is asked */
};
static const struct field extend_f[] = {
	FIELD_NEEDED(id, struct extend, "id", F_ID),
	FIELD_NEEDED(episode, struct extend, "episode", F_ID),
	FIELD_NEEDED(more, struct extend, "more", F_INT),
	FIELD_NEEDED(scope, struct extend, "scope", F_TEXT),
	FIELD_NEEDED(words, struct extend, "words", F_TEXT),
	FIELD_ROWS(tasks, struct extend, "tasks", &new_task_fields),
};

struct extend_off {
	struct id id, episode;
	const char *scope;
	struct task_ids withdrawn;
};
static const struct field off_f[] = {
	FIELD_NEEDED(id, struct extend_off, "id", F_ID),
	FIELD_NEEDED(episode, struct extend_off, "episode", F_ID),
	FIELD_NEEDED(scope, struct extend_off, "scope", F_TEXT),
	FIELD_ROWS(withdrawn, struct extend_off, "withdrawn", &task_id_fields),
};

struct extend_answer {
	struct id id, episode;
	const char *scope, *state, *words;
	struct new_tasks tasks;	   /* who asked is told */
	struct task_ids withdrawn; /* by an undo: told of nothing any more */
};
static const struct field answer_f[] = {
	FIELD_NEEDED(id, struct extend_answer, "id", F_ID),
	FIELD_NEEDED(episode, struct extend_answer, "episode", F_ID),
	FIELD_NEEDED(scope, struct extend_answer, "scope", F_TEXT),
	FIELD_NEEDED(state, struct extend_answer, "state", F_TEXT),
	FIELD(words, struct extend_answer, "words", F_TEXT),
	FIELD_ROWS(tasks, struct extend_answer, "tasks", &new_task_fields),
	FIELD_ROWS(withdrawn, struct extend_answer, "withdrawn", &task_id_fields),
};

/* ---- asked for ---- */

static void ask_lead(struct desk *desk, struct extend *x, const struct episode *e)
{
	const struct service *s = ref_service(desk, e->service);
	struct new_task *n = task_open(desk, &x->tasks, TASK_EXTEND, desk->now,
				       "%lld more session%s asked for, %s", (long long)x->more,
				       x->more == 1 ? "" : "s", e->number);

	n->person = e->person;
	n->service = s && s->private_ ? s->id : (struct id){ 0 };
	n->role = mem_str(right_word(RIGHT_LEAD));
}

static int ask_check(struct desk *desk, void *args, struct err *err)
{
	struct extend *x = args;
	struct episode e;
	struct cap cap;

	if (episode_get(desk->store, x->episode, &e, err) < 0 ||
	    booking_own_desk(desk, e.service, err) < 0 || cap_of(desk, e.id, &cap, err) < 0)
		return -1;
	if (strcmp(e.state, "open") != 0)
		return err_input(err, "referral", "%s is closed: a new referral opens it again.",
				 e.number);
	if (cap.cap == 0)
		return err_input(err, "more", "There is no cap: book as many as are needed.");
	if (cap.asked)
		return err_set(err, ERR_CLASH, "More are asked for already: the lead answers.");
	if (x->more < 1 || x->more > MORE_MOST)
		return err_input(err, "more", "1 to %d more, not %lld.", MORE_MOST,
				 (long long)x->more);
	x->scope = mem_str(e.scope);
	x->id = desk_new_id(desk);
	if (!x->by_lead)
		ask_lead(desk, x, &e);
	return 0;
}

static int ask_run(struct txn *t, const void *args)
{
	const struct extend *x = args;
	struct extension row = { .id = x->id,
				 .episode = x->episode,
				 .asked_by = t->actor,
				 .asked_at = t->at,
				 .more = (int)x->more,
				 .state = "asked" };

	snprintf(row.scope, sizeof row.scope, "%s", x->scope);
	snprintf(row.words, sizeof row.words, "%s", x->words);
	if (x->tasks.n)
		row.task = x->tasks.v[0].id;
	tasks_put(t, &x->tasks, x->scope);
	extension_put(t, &row);
	txn_tell(t, "episode", x->episode, "%lld more asked for", (long long)x->more);
	txn_scope(t, x->scope);
	return VERDICT_OK;
}

static int ask_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	const struct extend *x = deed->args;
	struct extend_off *off = mem_new(sizeof *off);

	(void)desk, (void)err;
	off->id = x->id;
	off->episode = x->episode;
	off->scope = mem_str(x->scope);
	task_ids_of(&x->tasks, &off->withdrawn);
	*ret = (struct call){ &act_extend_off, off };
	return 0;
}

const struct act act_extend_ask = {
	.name = "extend_ask",
	.ver = 1,
	.roles = ROLE_DESK,
	.fields = FIELDS(extend_f, struct extend),
	.check = ask_check,
	.run = ask_run,
	.reverse = ask_reverse,
};

static int off_run(struct txn *t, const void *args)
{
	const struct extend_off *x = args;

	extension_set(t, x->id, "off", NULL, (struct moment){ 0 }, (struct id){ 0 });
	tasks_withdraw(t, &x->withdrawn);
	txn_tell(t, "episode", x->episode, "asking for more taken back");
	txn_scope(t, x->scope);
	return VERDICT_OK;
}

static int nothing_to_check(struct desk *desk, void *args, struct err *err)
{
	(void)desk, (void)args, (void)err;
	return 0;
}

const struct act act_extend_off = {
	.name = "extend_off",
	.ver = 1,
	.roles = ROLE_DESK,
	.fields = FIELDS(off_f, struct extend_off),
	.check = nothing_to_check,
	.run = off_run,
};

/* ---- answered ---- */

static int may_answer(struct desk *desk, struct id service, struct err *err)
{
	if (booking_own_desk(desk, service, err) < 0)
		return -1;
	if (user_may(&desk->user, RIGHT_LEAD, service, desk->site.id))
		return 0;
	return err_set(err, ERR_DENIED, "More than the cap is for the lead to agree to.");
}

/* Who asked reads it among their tasks, and why where the cap stands.  Nobody is told what they
 * said themselves, nor who has left or may no longer see the service. */
static int tell_asker(struct desk *desk, struct extend_answer *a, const struct extension *x,
		      const struct episode *e, struct err *err)
{
	const struct service *s = ref_service(desk, e->service);
	struct user asker = { 0 };
	bool reads;

	if (id_same(x->asked_by, desk->user.id))
		return 0;
	if (users_by_id(desk->store, x->asked_by, &asker, err) < 0)
		return -1;
	reads = asker.on && s && user_sees(&asker, s, asker.site);
	user_done(&asker);
	if (!reads)
		return 0;

	struct new_task *n = task_open(desk, &a->tasks, TASK_MESSAGE, desk->now,
				       "%d more session%s %s, %s: why stands at its cap", x->more,
				       x->more == 1 ? "" : "s", a->state, e->number);

	n->person = e->person;
	n->service = s->private_ ? s->id : (struct id){ 0 };
	n->user = x->asked_by;
	return 0;
}

static int answer_check(struct desk *desk, void *args, struct err *err)
{
	struct extend_answer *a = args;
	struct extension x;
	struct episode e;

	if (extension_get(desk->store, a->id, &x, err) < 0 ||
	    episode_get(desk->store, x.episode, &e, err) < 0 ||
	    may_answer(desk, e.service, err) < 0)
		return -1;
	/* Back to asked it goes by an undo alone. */
	if (strcmp(x.state, "asked") != 0 && strcmp(a->state, "asked") != 0)
		return err_set(err, ERR_CLASH, "That is answered already: %s.", x.state);
	a->episode = e.id;
	a->scope = mem_str(e.scope);
	return strcmp(a->state, "asked") == 0 ? 0 : tell_asker(desk, a, &x, &e, err);
}

static int answer_run(struct txn *t, const void *args)
{
	const struct extend_answer *a = args;
	bool back = strcmp(a->state, "asked") == 0;
	struct moment at = { 0 };
	struct id by = { 0 };

	if (!back) {
		at = t->at;
		by = t->actor;
	}
	extension_set(t, a->id, a->state, a->words, at, by);
	tasks_put(t, &a->tasks, a->scope);
	tasks_withdraw(t, &a->withdrawn);
	txn_tell(t, "episode", a->episode, back ? "the answer about more taken back" : "more: %s",
		 a->state);
	txn_scope(t, a->scope);
	return VERDICT_OK;
}

static int answer_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct extend_answer *was = deed->args;
	struct extend_answer *a;
	struct extension x;
	struct cap cap;

	if (strcmp(was->state, "asked") == 0)
		return err_set(err, ERR_INPUT, "Answer it again instead.");
	if (cap_of(desk, was->episode, &cap, err) < 0 ||
	    extension_get(desk->store, was->id, &x, err) < 0)
		return -1;
	if (strcmp(was->state, "agreed") == 0 && cap.used + cap.booked > cap.cap - x.more)
		return err_set(err, ERR_CLASH, "They are booked by now: cancel those first.");
	a = mem_new(sizeof *a);
	a->id = was->id;
	a->state = mem_str("asked");
	task_ids_of(&was->tasks, &a->withdrawn);
	*ret = (struct call){ &act_extend_answer, a };
	return 0;
}

const struct act act_extend_answer = {
	.name = "extend_answer",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(answer_f, struct extend_answer),
	.check = answer_check,
	.run = answer_run,
	.reverse = answer_reverse,
};

/* ---- for callers ---- */

static int put(struct desk *desk, struct id episode, int more, const char *words, bool by_lead,
	       struct id *ret, struct err *err)
{
	struct extend *x;
	char *said = clinical_words(words, "why", err);
	int rc;

	if (!said)
		return words && *words ? -1 : err_input(err, "why", "Why are more needed?");
	x = mem_new(sizeof *x);
	x->episode = episode;
	x->more = more;
	x->words = said;
	x->by_lead = by_lead;
	rc = act_do(desk, &act_extend_ask, x, err);
	if (rc == 0)
		*ret = x->id;
	args_free(&act_extend_ask.fields, x);
	return rc;
}

int cap_said(struct desk *desk, struct id episode, char *buf, size_t n, struct err *err)
{
	struct extensions all = { 0 };
	const struct extension *last;
	struct user lead = { 0 };
	struct episode e;
	bool why;

	buf[0] = '\0';
	if (episode_get(desk->store, episode, &e, err) < 0 ||
	    extensions_of(desk->store, episode, &all, err) < 0)
		return -1;
	last = all.n ? &all.v[all.n - 1] : NULL;
	if (!last || strcmp(last->state, "asked") == 0) {
		list_free(&all);
		return 0;
	}
	/* By a name that is not here it is said all the same. */
	users_by_id(desk->store, last->user, &lead, NULL);
	why = desk_clinical(desk, e.service) && *last->answer;
	snprintf(buf, n, "%d more %s by %s%s%s", last->more, last->state,
		 *lead.name ? lead.name : "the lead", why ? ": " : "", why ? last->answer : "");
	user_done(&lead);
	list_free(&all);
	return 0;
}

int cap_ask(struct desk *desk, struct id episode, int more, const char *words, struct err *err)
{
	struct id id;

	return put(desk, episode, more, words, false, &id, err);
}

/* What waits for an answer; id none: nothing does. */
static int waiting(struct desk *desk, struct id episode, struct extension *ret, struct err *err)
{
	struct extensions all = { 0 };

	memset(ret, 0, sizeof *ret);
	if (extensions_of(desk->store, episode, &all, err) < 0)
		return -1;
	list_each (x, &all)
		if (strcmp(x->state, "asked") == 0)
			*ret = *x;
	list_free(&all);
	return 0;
}

static int say(struct desk *desk, struct id id, struct id task, bool agreed, const char *words,
	       struct err *err)
{
	struct extend_answer *a;
	char *said = clinical_words(words, "why", err);
	const char *state = agreed ? "agreed" : "declined";
	int rc;

	if (!said)
		return words && *words ? -1 : err_input(err, "why", "The lead says why.");
	a = mem_new(sizeof *a);
	a->id = id;
	a->state = mem_str(state);
	a->words = said;
	rc = act_do(desk, &act_extend_answer, a, err);
	args_free(&act_extend_answer.fields, a);
	if (rc == 0 && !id_none(task)) {
		struct task_row t;

		/* Ended otherwise already, or not there for this user: the answer is what counts.
		 */
		if (task_one(desk, task, &t, NULL) == 0 && strcmp(t.t.state, "open") == 0)
			rc = task_done(desk, task, state, NULL, err);
	}
	return rc;
}

static int answer(struct desk *desk, struct id episode, bool agreed, int more, const char *words,
		  struct err *err)
{
	struct extension x;
	struct episode e;

	if (episode_get(desk->store, episode, &e, err) < 0 ||
	    may_answer(desk, e.service, err) < 0 || waiting(desk, episode, &x, err) < 0)
		return -1;
	if (!id_none(x.id) && more && more != x.more)
		return err_input(err, "more", "%d are asked for: agree to them, or decline.",
				 x.more);
	if (id_none(x.id)) {
		if (!agreed || more < 1)
			return err_input(err, "more", "Nobody has asked for more: say how many.");
		if (put(desk, episode, more, words, true, &x.id, err) < 0)
			return -1;
	}
	return say(desk, x.id, x.task, agreed, words, err);
}

int cap_answer(struct desk *desk, struct id episode, bool agreed, int more, const char *words,
	       struct err *err)
{
	bool own;
	int rc;

	if (act_join(desk, &own, err) < 0)
		return -1;
	rc = answer(desk, episode, agreed, more, words, err);
	return act_part(desk, own, rc, err);
}
