/*
 * task_acts.c: the acts on tasks that are there; opening one is task_open.c's.
 *
 *	 task_add --> open --task_done--> done
 *	               |  \__ task_hand, task_later, task_note: still open
 *	               +--task_withdraw--> withdrawn: task_add was taken back
 *
 * Each change carries how the task stood and how it is to stand.  Its run writes only what the two
 * differ in, so that changes of different things made at two places merge, and one who comes too
 * late to end it leaves the outcome that is there.  Taking a change back is the same with the two
 * exchanged (task_restore).
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/flag.h"
#include "clinic/refs.h"
#include "clinic/task_acts.h"
#include "store/tasks.h"
#include "store/users.h"

/* ---- arguments ---- */

/* How a task stands: what these acts change of it. */
struct stand {
	struct id user, site, done_by;
	struct moment due, done_at;
	const char *role, *note, *state, *outcome, *words;
};
static const struct field stand_f[] = {
	FIELD(user, struct stand, "user", F_ID),
	FIELD(site, struct stand, "site", F_ID),
	FIELD(done_by, struct stand, "done_by", F_ID),
	FIELD(due, struct stand, "due", F_MOMENT),
	FIELD(done_at, struct stand, "done_at", F_MOMENT),
	FIELD(role, struct stand, "role", F_TEXT),
	FIELD(note, struct stand, "note", F_TEXT),
	FIELD(state, struct stand, "state", F_TEXT),
	FIELD(outcome, struct stand, "outcome", F_TEXT),
	FIELD(words, struct stand, "words", F_TEXT),
};
static const struct fields stand_fields = FIELDS(stand_f, struct stand);
struct stands { /* one row */
	struct stand *v;
	size_t n, cap;
};

struct change {
	struct id task;
	struct stands was, to;
	const char *scope, *what, *why;
	struct new_tasks tasks; /* the answer to a message, what an end leaves to do */
	struct task_ids back;	/* ... which go when that is taken back */
};
static const struct field change_f[] = {
	FIELD(task, struct change, "task", F_ID),
	FIELD_ROWS(was, struct change, "was", &stand_fields),
	FIELD_ROWS(to, struct change, "to", &stand_fields),
	FIELD(scope, struct change, "scope", F_TEXT),
	FIELD(what, struct change, "what", F_TEXT),
	FIELD(why, struct change, "why", F_TEXT),
	FIELD_ROWS(tasks, struct change, "tasks", &new_task_fields),
	FIELD_ROWS(back, struct change, "back", &task_id_fields),
};
static const struct fields change_fields = FIELDS(change_f, struct change);

static const char *text_or_null(const char *s)
{
	return *s ? mem_str(s) : NULL;
}

static void stand_push(struct stands *list, const struct task *t)
{
	struct stand *s = list_push(list);

	s->user = t->user;
	s->site = t->site;
	s->done_by = t->done_by;
	s->due = t->due;
	s->done_at = t->done_at;
	s->role = text_or_null(t->role);
	s->note = text_or_null(t->note);
	s->state = mem_str(t->state);
	s->outcome = text_or_null(t->outcome);
	s->words = text_or_null(t->words);
}

static void stands_copy(struct stands *to, const struct stands *from)
{
	list_each (s, from) {
		struct stand *n = list_push(to);

		*n = *s;
		n->role = mem_str(s->role);
		n->note = mem_str(s->note);
		n->state = mem_str(s->state);
		n->outcome = mem_str(s->outcome);
		n->words = mem_str(s->words);
	}
}

/* ---- running ---- */

/* For whom, when, what was said of it: where both places changed one of them, the later stays. */
static void merge(struct task *t, const struct stand *was, const struct stand *to)
{
	if (!id_same(was->user, to->user) || !text_same(was->role, to->role) ||
	    !id_same(was->site, to->site)) {
		t->user = to->user;
		t->site = to->site;
		COPY(t->role, to->role);
	}
	if (was->due.utc != to->due.utc)
		t->due = to->due;
	if (!text_same(was->note, to->note))
		COPY(t->note, to->note);
}

static void end(struct task *t, const struct stand *to)
{
	COPY(t->state, to->state);
	COPY(t->outcome, to->outcome);
	COPY(t->words, to->words);
	t->done_at = to->done_at;
	t->done_by = to->done_by;
}

/* Commands come from other places too: what could not be stored is not understood. */
static bool sound(const struct stand *s)
{
	bool done = text_same(s->state, "done");

	if (!done && !text_same(s->state, "open") && !text_same(s->state, "withdrawn"))
		return false;
	return id_none(s->user) == (s->role && *s->role) && !moment_none(s->due) &&
	       done == (s->outcome && *s->outcome && !moment_none(s->done_at) &&
			!id_none(s->done_by));
}

static int change_run(struct txn *t, const void *args)
{
	const struct change *c = args;
	struct task now;

	txn_tell(t, "task", c->task, "%s", c->what ? c->what : "changed");
	txn_why(t, c->why);
	if (c->was.n != 1 || c->to.n != 1 || !sound(&c->was.v[0]) || !sound(&c->to.v[0]))
		return VERDICT_UNSUPPORTED;
	if (!task_read(t, c->task, &now))
		return VERDICT_STALE;
	txn_scope(t, now.scope);
	/* Elsewhere somebody ended it: that outcome stands, and a person is told of the other. */
	if (!text_same(c->was.v[0].state, now.state)) {
		if (!text_same(c->was.v[0].state, c->to.v[0].state))
			txn_overlap(t, "task", c->task, (struct id){ 0 }, "ended twice");
		return VERDICT_CONFLICT;
	}
	merge(&now, &c->was.v[0], &c->to.v[0]);
	if (!text_same(c->was.v[0].state, c->to.v[0].state))
		end(&now, &c->to.v[0]);
	task_set(t, &now);
	tasks_put(t, &c->tasks, c->scope ? c->scope : now.scope);
	tasks_withdraw(t, &c->back);
	return VERDICT_OK;
}

/* ---- checking ---- */

/* Whoever comes second hears who was first, and how it ended. */
static int is_open(struct desk *desk, const struct task *t, struct err *err)
{
	const struct task_outcome *o = task_outcome_find(t->kind, t->outcome);
	struct user user = { 0 };
	char at[DAY_TEXT];

	if (strcmp(t->state, "open") == 0)
		return 0;
	if (users_by_id(desk->store, t->done_by, &user, err) < 0)
		return -1;
	err_set(err, ERR_CLASH, "%s has done that already, %s: %s.", user.name,
		moment_said(t->done_at, desk->today, at), o ? o->word : t->outcome);
	user_done(&user);
	return -1;
}

/* An alert is for who may read clinical words, whoever else it could be for. */
static bool clinical(enum role role)
{
	return role & (ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR);
}

static int theirs(const struct desk *desk, const struct task *t, const char *what, struct err *err)
{
	/* Also where reception has the right that it is for. */
	if (t->kind == TASK_ALERT && desk->user.role == ROLE_RECEPTION)
		return err_set(err, ERR_DENIED, "An alert is for a nurse or a clinician to %s.",
			       what);
	if (task_theirs(desk, t))
		return 0;
	return err_set(err, ERR_DENIED,
		       "It is not yours to %s: they whom it is for do, or a manager.", what);
}

/* The task as it stands, into `was` and (to be changed) *ret. */
static int begin_change(struct desk *desk, struct change *c, struct task *ret, struct err *err)
{
	if (task_find(desk, c->task, ret, err) < 0 || is_open(desk, ret, err) < 0)
		return -1;
	stand_push(&c->was, ret);
	return 0;
}

/* What was asked for stands in `to` before the check, and complete behind it. */
static void end_change(struct change *c, const struct task *t)
{
	struct stands to = { 0 };

	stand_push(&to, t);
	list_each (s, &c->to) {
		mem_free((char *)s->role);
		mem_free((char *)s->note);
		mem_free((char *)s->state);
		mem_free((char *)s->outcome);
		mem_free((char *)s->words);
	}
	list_free(&c->to);
	c->to = to;
}

static void set_what(struct change *c, char *what)
{
	mem_free((char *)c->what);
	c->what = what;
}

/* ---- done ---- */

/* The words of an answer go back to who sent the message. */
static int answer(struct desk *desk, struct change *c, const struct task *t, struct err *err)
{
	const char *words = c->to.v[0].words;
	struct user sender = { 0 };
	bool on;

	if (!words || !*words)
		return err_input(err, "words", "What is the answer?");
	if (users_by_id(desk->store, t->opened_by, &sender, err) < 0)
		return -1;
	on = sender.on;
	if (!on)
		err_input(err, "outcome", "%s is switched off, and reads no answer: mark it read.",
			  *sender.name ? sender.name : "Who sent it");
	user_done(&sender);
	if (!on)
		return -1;
	struct new_task *n = task_open(desk, &c->tasks, TASK_MESSAGE, desk->now, "%s", words);

	n->user = t->opened_by;
	n->person = t->person;
	n->service = t->service;
	c->scope = mem_str(t->scope);
	return 0;
}

static int done_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	const struct stand *want = &c->to.v[0];
	const char *words = want->words ? want->words : "";
	const struct task_outcome *o;
	struct task t;

	if (begin_change(desk, c, &t, err) < 0 || theirs(desk, &t, "end", err) < 0 ||
	    (t.kind == TASK_ALERT && flag_not_open(desk, t.id, err) < 0))
		return -1;
	o = task_outcome_find(t.kind, want->outcome ? want->outcome : "");
	if (!o)
		return err_input(err, "outcome", "That is no way for it to end: see its outcomes.");
	if (strcmp(o->code, TASK_OTHER) == 0 && !*words)
		return err_input(err, "words", "How did it end, in words?");
	if (strcmp(o->code, TASK_ANSWERED) == 0 && answer(desk, c, &t, err) < 0)
		return -1;
	if (task_left(desk, &t, o, words, &c->tasks, err) < 0)
		return -1;
	set_what(c, mem_printf("%s%s%s", o->word, *words ? ": " : "", words));
	snprintf(t.state, sizeof t.state, "done");
	COPY(t.outcome, o->code);
	COPY(t.words, words);
	t.done_at = desk->now;
	t.done_by = desk->user.id;
	end_change(c, &t);
	return 0;
}

/* ---- hand over, later, note ---- */

enum { FOR_TEXT = 200 };

static const char *for_words(struct desk *desk, const struct task *t, char buf[FOR_TEXT])
{
	const struct site *site = ref_site(desk, t->site);
	struct user user = { 0 };

	if (id_none(t->user) || users_by_id(desk->store, t->user, &user, NULL) < 0)
		snprintf(buf, FOR_TEXT, "%s%s%s", t->role, site ? " at " : "",
			 site ? site->name : "");
	else
		snprintf(buf, FOR_TEXT, "%s", user.name);
	user_done(&user);
	return buf;
}

/* ... and so is whom it is handed to; a right is for those who have it to answer. */
static int to_clinical(struct desk *desk, struct id user, const char *role, struct err *err)
{
	struct user who = { 0 };
	char plain[CODE_TEXT];
	enum role named;
	bool ok;

	snprintf(plain, sizeof plain, "%.*s", (int)strcspn(text_of(role), "."), text_of(role));
	if (id_none(user)) {
		ok = !role_parse(plain, &named) || clinical(named);
	} else {
		if (users_by_id(desk->store, user, &who, err) < 0)
			return -1;
		ok = clinical(who.role);
		user_done(&who);
	}
	return ok ? 0
		  : err_input(err, "for", "An alert is handed to a nurse or a clinician alone.");
}

static int hand_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	const struct stand *want = &c->to.v[0];
	char to[FOR_TEXT];
	struct task t;

	if (begin_change(desk, c, &t, err) < 0)
		return -1;
	/* Who asked for it may send it elsewhere. */
	if ((t.kind == TASK_ALERT || !id_same(t.opened_by, desk->user.id)) &&
	    theirs(desk, &t, "hand over", err) < 0)
		return -1;
	if (task_kind_clinical(t.kind) && to_clinical(desk, want->user, want->role, err) < 0)
		return -1;
	if (task_found_by(desk, want->user, want->role, want->site, t.service, err) < 0)
		return -1;
	if (id_same(t.user, want->user) && text_same(t.role, want->role) &&
	    id_same(t.site, want->site))
		return err_input(err, "for", "It is for %s already: choose somebody else.",
				 for_words(desk, &t, to));
	t.user = want->user;
	t.site = want->site;
	COPY(t.role, want->role);
	if (c->why)
		COPY(t.note, c->why);
	set_what(c, mem_printf("handed to %s", for_words(desk, &t, to)));
	end_change(c, &t);
	return 0;
}

static int later_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	const struct stand *want = &c->to.v[0];
	char when[DAY_TEXT];
	struct task t;

	if (begin_change(desk, c, &t, err) < 0 || theirs(desk, &t, "put off", err) < 0 ||
	    task_not_past(desk, want->due, err) < 0)
		return -1;
	if (!c->why)
		return err_input(err, "why", "Why is it put off, in a few words?");
	if (want->due.utc == t.due.utc)
		return err_input(err, "due", "It is due then already: say another day or time.");
	t.due = want->due;
	COPY(t.note, c->why);
	set_what(c, mem_printf("put off to %s", moment_show(t.due, when)));
	end_change(c, &t);
	return 0;
}

static int note_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	struct task t;

	if (begin_change(desk, c, &t, err) < 0)
		return -1;
	COPY(t.note, c->why);
	set_what(c, mem_str("noted"));
	end_change(c, &t);
	return 0;
}

/* ---- taken back ---- */

static int restore_check(struct desk *desk, void *args, struct err *err)
{
	struct change *c = args;
	struct task t;

	/* The door has seen to it that nobody changed it since. */
	return task_get(desk->store, c->task, &t, err);
}

static int restore_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			   struct err *err)
{
	(void)desk, (void)deed, (void)ret;
	return err_set(err, ERR_INPUT, "That was taken back: do it again instead.");
}

const struct act act_task_restore = {
	.name = "task_restore",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(change_f, struct change),
	.check = restore_check,
	.run = change_run,
	.reverse = restore_reverse,
};

static int change_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct change *c = deed->args;
	struct change *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	back->task = c->task;
	stands_copy(&back->was, &c->to);
	stands_copy(&back->to, &c->was);
	back->what = mem_printf("taken back: %s", c->what);
	task_ids_of(&c->tasks, &back->back);
	*ret = (struct call){ &act_task_restore, back };
	return 0;
}

#define CHANGE(act_, name_, check_)                                                                \
	const struct act act_ = {                                                                  \
		.name = name_,                                                                     \
		.ver = 1,                                                                          \
		.roles = ROLE_ANY,                                                                 \
		.fields = FIELDS(change_f, struct change),                                         \
		.check = check_,                                                                   \
		.run = change_run,                                                                 \
		.reverse = change_reverse,                                                         \
	}

CHANGE(act_task_done, "task_done", done_check);
CHANGE(act_task_hand, "task_hand", hand_check);
CHANGE(act_task_later, "task_later", later_check);
CHANGE(act_task_note, "task_note", note_check);

/* ---- what people call ---- */

/* Words as typed, fit to be kept: NULL when nothing was typed. */
static int words_of(const char *typed, const char *field, const char **ret, struct err *err)
{
	*ret = NULL;
	if (!typed || !typed[strspn(typed, " ")])
		return 0;
	*ret = clean_reason(typed, field, err);
	return *ret ? 0 : -1;
}

static struct change *change_of(struct id task)
{
	struct change *c = mem_new(sizeof *c);

	c->task = task;
	list_push(&c->to);
	return c;
}

static int change_do(struct desk *desk, const struct act *act, struct change *c, struct err *err)
{
	int rc = act_do(desk, act, c, err);

	args_free(&change_fields, c);
	return rc;
}

/* One deed: who was rung back has heard, and what it came from is settled. */
static int settle_with(struct desk *desk, struct id id, struct err *err)
{
	const struct task_outcome *o;
	struct task t;
	char how[WORDS_TEXT + 60];

	if (task_get(desk->store, id, &t, err) < 0)
		return -1;
	if (t.kind != TASK_RINGBACK || id_none(t.appt))
		return 0;
	o = task_outcome_find(t.kind, t.outcome);
	snprintf(how, sizeof how, "rung back: %.40s%s%s", o ? o->word : t.outcome,
		 *t.words ? ": " : "", t.words);
	return clash_settle_about(desk, t.appt, how, err);
}

int task_done(struct desk *desk, struct id id, const char *outcome, const char *words,
	      struct err *err)
{
	const char *clean;
	struct change *c;
	bool own;
	int rc;

	if (words_of(words, "words", &clean, err) < 0)
		return -1;
	c = change_of(id);
	c->to.v[0].outcome = mem_str(outcome);
	c->to.v[0].words = clean;
	if (act_join(desk, &own, err) < 0) {
		args_free(&change_fields, c);
		return -1;
	}
	rc = change_do(desk, &act_task_done, c, err);
	if (rc == 0)
		rc = settle_with(desk, id, err);
	return act_part(desk, own, rc, err);
}

int task_hand(struct desk *desk, struct id id, const struct task_for *to, const char *why,
	      struct err *err)
{
	const char *clean;
	struct change *c;

	if (words_of(why, "why", &clean, err) < 0)
		return -1;
	c = change_of(id);
	c->to.v[0].user = to->user;
	c->to.v[0].site = to->site;
	c->to.v[0].role = text_or_null(to->role);
	c->why = clean;
	return change_do(desk, &act_task_hand, c, err);
}

int task_later(struct desk *desk, struct id id, struct moment due, const char *why, struct err *err)
{
	const char *clean;
	struct change *c;

	if (words_of(why, "why", &clean, err) < 0)
		return -1;
	c = change_of(id);
	c->to.v[0].due = due;
	c->why = clean;
	return change_do(desk, &act_task_later, c, err);
}

int task_note(struct desk *desk, struct id id, const char *note, struct err *err)
{
	const char *clean;
	struct change *c;

	if (words_of(note, "why", &clean, err) < 0)
		return -1;
	if (!clean)
		return err_input(err, "why", "What is to be noted?");
	c = change_of(id);
	c->why = clean;
	return change_do(desk, &act_task_note, c, err);
}
