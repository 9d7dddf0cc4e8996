/*
 * act.c: the door.  What an act is stands in act.h; the list of them in acts.c.
 *
 * Always holds: every change to a synced table happens inside act_do(), between journal_start() and
 * journal_end(); a refused or failed act leaves nothing behind; within one user act either all
 * commands are kept or none.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/act.h"
#include "clinic/booking_acts.h"
#include "model/person.h"
#include "store/appts.h"
#include "store/flags.h"
#include "store/journal.h"
#include "store/messages.h"
#include "store/people.h"
#include "store/referrals.h"
#include "store/replica.h"
#include "store/store.h"
#include "store/tasks.h"

const struct act *act_find(const char *name)
{
	for (const struct act *const *a = acts; *a; a++)
		if (strcmp((*a)->name, name) == 0)
			return *a;
	return NULL;
}

/* A node that was restored from a backup has forgotten some of what it did. */
static int live_on(struct desk *desk, struct err *err)
{
	int64_t inc;

	if (!store_me(desk->store)->restored)
		return 0;
	desk->world->chance(desk->world, &inc, sizeof inc);
	return replica_reborn(desk->store, inc & INT64_MAX, err);
}

int act_begin(struct desk *desk, struct err *err)
{
	assert(desk->act == 0);
	if (store_begin(desk->store, err) < 0)
		return -1;
	if (live_on(desk, err) < 0 || (!desk->machine && desk_user_now(desk, err) < 0)) {
		store_rollback(desk->store);
		return -1;
	}
	desk->act = store_me(desk->store)->next_act;
	desk->act_commands = 0;
	return 0;
}

int act_end(struct desk *desk, struct err *err)
{
	int64_t act = desk->act;

	assert(act != 0);
	desk->act = 0;
	if (desk->act_commands > 0)
		store_use_act(desk->store);
	if (store_commit(desk->store, err) < 0)
		return -1;
	if (desk->act_commands > 0)
		desk->acted = act;
	/* It is committed whatever this read comes to; the next one tells of a disk that fails. */
	if (desk->refs_stale)
		desk_refresh(desk, NULL);
	return 0;
}

void act_abandon(struct desk *desk)
{
	desk->act = 0;
	desk->refs_stale = false;
	store_rollback(desk->store);
}

int act_join(struct desk *desk, bool *ret_own, struct err *err)
{
	*ret_own = desk->act == 0;
	return *ret_own ? act_begin(desk, err) : 0;
}

int act_part(struct desk *desk, bool own, int rc, struct err *err)
{
	if (!own)
		return rc;
	if (rc == 0)
		return act_end(desk, err);
	act_abandon(desk);
	return -1;
}

/* Elsewhere these are outcomes; here, where check has just looked, they are not to be told as done:
 * something was changed past the acts, or a check lets through what its run does not do. */
static bool came_to_nothing(int verdict)
{
	return verdict != VERDICT_OK && verdict != VERDICT_CONFIRMED &&
	       verdict != VERDICT_REQUESTED && verdict != VERDICT_MERGED;
}

/* One command inside an open user act. */
static int command(struct desk *desk, const struct act *act, void *args, struct err *err)
{
	struct id reverses = desk->reverses;
	struct txn t = { .store = desk->store,
			 .origin = store_me(desk->store)->node,
			 .actor = desk->user.id,
			 .at = desk->now,
			 .act = desk->act,
			 .reverses = reverses };
	struct buf bytes = { 0 };
	int verdict, rc;

	if (act->at_hub && store_joined(desk->store))
		return err_set(err, ERR_DENIED, "That is done at the hub: ask who looks after it.");
	/* Who may take back is take_back()'s to say. */
	if (id_none(reverses) && desk_needs(desk, act->roles, "That", err) < 0)
		return -1;
	if (act->check && act->check(desk, args, err) < 0)
		return -1;
	t.cmd = desk_new_id(desk);
	if (journal_start(&t, err) < 0)
		return -1;
	verdict = act->run(&t, args);
	if (!txn_failed(&t) && !desk->machine && came_to_nothing(verdict))
		err_set(&t.err, ERR_CLASH,
			"It is not as it was a moment ago: look again, then try once more.");
	if (txn_failed(&t)) {
		journal_abandon(&t);
		if (err)
			*err = t.err;
		return -1;
	}
	args_encode(&act->fields, args, &bytes);
	/* More than that the hub would not take. */
	if (bytes.n > ARGS_BYTES)
		rc = err_set(err, ERR_INPUT, "That is too much at once: do it in parts.");
	else
		rc = journal_end(&t, act->name, act->ver, bytes.s, bytes.n, (enum verdict)verdict,
				 err);
	buf_done(&bytes);
	if (rc < 0) {
		journal_abandon(&t);
		return -1;
	}
	desk->act_commands++;
	return act->also ? act->also(desk, args, err) : 0;
}

int act_do(struct desk *desk, const struct act *act, void *args, struct err *err)
{
	bool alone = desk->act == 0;

	if (alone && act_begin(desk, err) < 0)
		return -1;
	if (command(desk, act, args, err) < 0) {
		if (alone)
			act_abandon(desk);
		return -1;
	}
	return alone ? act_end(desk, err) : 0;
}

/* ---- undo ---- */

/* Whose appointment it was; "it" for anything else. */
static const char *whose(struct desk *desk, const struct event *e, char buf[NAME_TEXT])
{
	struct err none = ERR_INIT;
	struct appt_row r;

	if (strcmp(e->type, "appointment") != 0 || appt_get(desk->store, e->subject, &r, &none) < 0)
		return "it";
	return caps(r.surname, "it", buf);
}

/* Nobody may have built on what is to be taken back. */
static int may_take_back(struct desk *desk, const struct cmd *c, struct err *err)
{
	struct event done, later;
	char when[DAY_TEXT], who[NAME_TEXT];

	if (history_reversal(desk->store, c->history, &done, err) < 0)
		return -1;
	if (!id_none(done.id))
		return err_set(err, ERR_CLASH, "%s took that back already, %s.", done.user,
			       moment_show(done.at, when));
	if (history_get(desk->store, c->history, &done, err) < 0 ||
	    history_since(desk->store, done.subject, c->history, c->act, &later, err) < 0)
		return -1;
	if (!id_none(later.id))
		return err_set(err, ERR_CLASH, "%s has changed %s since (%s): that comes first.",
			       later.user, whose(desk, &done, who), later.what);
	return 0;
}

static int take_back(struct desk *desk, const struct cmd *c, struct err *err)
{
	const struct act *act = act_find(c->type);
	struct call call = { 0 };
	void *args = NULL;
	int rc;

	if (!act || act->ver != c->ver || !act->reverse)
		return err_set(err, ERR_INPUT, "That cannot be undone: change it by hand.");
	/* Whoever did it may, and whoever could do it now. */
	if ((!id_same(c->actor, desk->user.id) && desk_needs(desk, act->roles, "That", err) < 0) ||
	    may_take_back(desk, c, err) < 0 ||
	    args_decode(&act->fields, c->args, c->args_n, &args, err) < 0)
		return -1;

	struct deed deed = { c->history, c->actor, c->at, c->act, args };

	rc = act->reverse(desk, &deed, &call, err);
	desk->reverses = c->history;
	if (rc == 0 && call.act)
		rc = command(desk, call.act, call.args, err);
	desk->reverses = (struct id){ 0 };
	if (call.args)
		args_free(&call.act->fields, call.args);
	args_free(&act->fields, args);
	return rc;
}

/* Whom a change is about; none: nobody. */
static int about(struct desk *desk, const struct event *e, struct id *ret, struct err *err)
{
	struct appt_row r = { 0 };
	struct task task = { 0 };
	struct msg m = { 0 };
	struct referral ref;
	struct flag flag;
	int rc = 0;

	*ret = (struct id){ 0 };
	if (strcmp(e->type, "person") == 0)
		*ret = e->subject;
	else if (strcmp(e->type, "appointment") == 0 &&
		 (rc = appt_get(desk->store, e->subject, &r, err)) == 0)
		*ret = r.a.person;
	else if (strcmp(e->type, "task") == 0 &&
		 (rc = task_get(desk->store, e->subject, &task, err)) == 0)
		*ret = task.person;
	else if (strcmp(e->type, "message") == 0 &&
		 (rc = msg_get(desk->store, e->subject, &m, err)) == 0)
		*ret = m.person;
	else if (strcmp(e->type, "referral") == 0 &&
		 (rc = referral_get(desk->store, e->subject, &ref, err)) == 0)
		*ret = ref.person;
	else if (strcmp(e->type, "flag") == 0 &&
		 (rc = flag_get(desk->store, e->subject, &flag, err)) == 0)
		*ret = flag.person;
	return rc;
}

/* "OKAFOR, Adaeze (Mrs): arrived": a change is told with whose it is; a task about nobody with its
 * text. */
static int told(struct desk *desk, const struct event *e, char *ret, size_t n, struct err *err)
{
	enum { TASK_BRIEF = 36 };
	struct task t = { 0 };
	struct id person;
	struct person p;
	char name[PERSON_TEXT];
	size_t fits;

	if (about(desk, e, &person, err) < 0)
		return -1;
	if (id_none(person)) {
		if (strcmp(e->type, "task") == 0 && task_get(desk->store, e->subject, &t, err) < 0)
			return -1;
		fits = text_fit(t.text, TASK_BRIEF);
		snprintf(ret, n, "%.*s%s%s", (int)fits, t.text, *t.text ? ": " : "", e->what);
		return 0;
	}
	if (people_get(desk->store, person, &p, err) < 0)
		return -1;
	snprintf(ret, n, "%s: %s", person_show(p.surname, p.given, p.title, name), e->what);
	return 0;
}

int act_undo(struct desk *desk, int64_t act, char *ret_what, size_t n, struct err *err)
{
	struct cmds list = { 0 };
	struct event last = { 0 };
	int rc;

	if (act_begin(desk, err) < 0)
		return -1;
	rc = journal_act(desk->store, act, &list, err);
	if (rc == 0 && list.n == 0)
		rc = err_set(err, ERR_MISSING, "There is nothing to undo.");
	/* Newest first, each refused as long as somebody stands on it. */
	for (size_t i = list.n; rc == 0 && i-- > 0;)
		rc = take_back(desk, &list.v[i], err);
	if (rc == 0 && ret_what)
		rc = history_get(desk->store, list.v[0].history, &last, err);
	if (rc == 0 && ret_what)
		rc = told(desk, &last, ret_what, n, err);
	cmds_done(&list);
	if (rc < 0) {
		act_abandon(desk);
		return -1;
	}
	return act_end(desk, err);
}

int act_undo_event(struct desk *desk, struct id history, char *ret_what, size_t n, struct err *err)
{
	struct cmd c = { 0 };
	int64_t act;

	if (journal_of(desk->store, history, &c, err) < 0)
		return -1;
	act = c.act;
	cmd_done(&c);
	return act_undo(desk, act, ret_what, n, err);
}

int act_undo_of(struct desk *desk, struct id subject, char *ret_what, size_t n, struct err *err)
{
	struct event last;

	if (history_last(desk->store, subject, &last, err) < 0)
		return -1;
	if (id_none(last.id))
		return err_set(err, ERR_MISSING, "There is nothing to undo.");
	return act_undo_event(desk, last.id, ret_what, n, err);
}

int act_undo_last(struct desk *desk, char *ret_what, size_t n, struct err *err)
{
	struct moment since = { desk->now.utc - UNDO_HOURS * 3600 };
	int64_t recent[1];
	int count;

	if (journal_last_acts(desk->store, desk->user.id, since, act_offered.name, UNDO_STEPS, 1,
			      recent, &count, err) < 0)
		return -1;
	if (count == 0)
		return err_set(err, ERR_MISSING,
			       "You have done nothing in the last %d hours that could be undone.",
			       UNDO_HOURS);
	return act_undo(desk, recent[0], ret_what, n, err);
}

static int step_of(struct desk *desk, int64_t act, struct undo_step *s, struct err *err)
{
	struct cmds list = { 0 };
	struct event first = { 0 };
	struct err no = ERR_INIT;
	int rc = journal_act(desk->store, act, &list, err);

	s->act = act;
	s->commands = (int)list.n;
	if (rc == 0 && list.n) {
		s->at = list.v[0].at;
		rc = history_get(desk->store, list.v[0].history, &first, err);
	}
	if (rc == 0 && list.n)
		rc = told(desk, &first, s->what, sizeof s->what, err);
	for (size_t i = list.n; rc == 0 && !*s->no && i-- > 0;) {
		const struct act *a = act_find(list.v[i].type);

		if (!a || !a->reverse || a->ver != list.v[i].ver)
			snprintf(s->no, sizeof s->no, "It has no way back: change it by hand.");
		else if (may_take_back(desk, &list.v[i], &no) < 0)
			snprintf(s->no, sizeof s->no, "%.239s", no.text);
	}
	cmds_done(&list);
	return rc;
}

int act_undo_steps(struct desk *desk, struct undo_steps *ret, struct err *err)
{
	struct moment since = { desk->now.utc - UNDO_HOURS * 3600 };
	int64_t recent[UNDO_STEPS];
	int count, rc;

	rc = journal_last_acts(desk->store, desk->user.id, since, act_offered.name, UNDO_STEPS,
			       UNDO_STEPS, recent, &count, err);
	for (int i = 0; rc == 0 && i < count; i++)
		rc = step_of(desk, recent[i], list_push(ret), err);
	if (rc < 0)
		list_free(ret);
	return rc;
}
