/*
 * holder.c: what a node owes the others as the holder of slots, as acts.
 *
 *	decide	a booking asked for: confirmed if its slots are free, else declined, or displaced
 *		where it had been told as confirmed; while a desk here holds them it waits
 *	free	slots of an appointment that is over
 *	follow	slots of another node's diary, closed or opened as its leave, blocks and sessions
 *are
 *
 * What they do to slots follows from the slots' rows alone, which nobody else writes: so it is the
 * same at the hub, whatever came in between there.  An appointment that was cancelled meanwhile is
 * given its slot all the same, and the slot is freed by the next turn.
 */
#include "clinic/holder.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/desk.h"
#include "clinic/diary_acts.h"
#include "clinic/hold.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/after.h"
#include "store/journal.h"
#include "store/messages.h"
#include "store/requests.h"
#include "store/slots.h"
#include "store/store.h"
#include "store/tasks.h"
#include "store/users.h"

enum { RUN_MOST = 96, ROUNDS_MOST = 20 };

/* ---- decide ---- */

struct decide {
	struct id appt, slot;	/* slot: the one it asked for */
	struct slot_rows slots; /* those that it gets; of a refusal, the one it asked for */
	bool no;
	struct id taker;
	const char *why; /* it is refused, fit for everybody; NULL: its slot was taken */
	/* A move: the appointment that ends with this one's confirmation. */
	struct id replaces;
	const char *by;
	struct new_tasks tasks; /* of a refusal: who asked was told otherwise, and is rung */
	struct task_ids drop;	/* ... and that takes the place of these */
	struct new_tasks calls; /* of a confirmation: whom no message can reach is rung */
};
static const struct field decide_f[] = {
	FIELD(appt, struct decide, "appt", F_ID),
	FIELD(slot, struct decide, "slot", F_ID),
	FIELD_ROWS(tasks, struct decide, "tasks", &new_task_fields),
	FIELD_ROWS(drop, struct decide, "drop", &task_id_fields),
	FIELD_ROWS(calls, struct decide, "calls", &new_task_fields),
	FIELD_ROWS(slots, struct decide, "slots", &slot_row_fields),
	FIELD(no, struct decide, "no", F_BOOL),
	FIELD(taker, struct decide, "taker", F_ID),
	FIELD(why, struct decide, "why", F_TEXT),
	FIELD(replaces, struct decide, "replaces", F_ID),
	FIELD(by, struct decide, "by", F_TEXT),
};

static bool theirs_or_free(const struct slot *s, struct id appt)
{
	return id_same(s->appt, appt) || (id_none(s->appt) && s->state == SLOT_OPEN);
}

/* As many of the run as the appointment is long, without those that desks hold.  False: they are
 * too few. */
static bool take_run(struct desk *desk, struct decide *d, const struct slots *run, int64_t mins,
		     struct desk_holds *held)
{
	struct moment at = run->v[0].starts, until = { at.utc + mins * 60 };

	list_free(&d->slots);
	list_each (s, run) {
		bool good = store_holds(desk->store, s->holder) && theirs_or_free(s, d->appt);

		if (at.utc >= until.utc)
			break;
		if (s->starts.utc != at.utc || (id_none(s->appt) && hold_of(held, s->id)))
			continue;
		if (!good) {
			if (id_none(d->taker))
				d->taker = s->appt;
			continue;
		}
		((struct slot_row *)list_push(&d->slots))->id = s->id;
		at.utc += (int64_t)s->mins * 60;
	}
	return at.utc >= until.utc;
}

/* The run of slots from the one asked for on.  What a desk here holds for somebody on the telephone
 * is not given away: if it is only that, the answer waits until the hold is over. */
static int find_run(struct desk *desk, struct decide *d, const struct appt *a, struct err *err)
{
	struct slots run = { 0 };
	struct desk_holds held = { 0 }, none = { 0 };
	struct slot s;
	int rc = -1;

	if (slots_get(desk->store, d->slot, &s, err) < 0 ||
	    slots_run(desk->store, s.block, s.starts, RUN_MOST, &run, err) < 0 ||
	    holds_now(desk, &held, err) < 0)
		goto done;
	d->no = !take_run(desk, d, &run, a->mins, &held);
	rc = 0;
	if (d->no && held.n && take_run(desk, d, &run, a->mins, &none))
		rc = err_set(err, ERR_CLASH, "A desk holds that time now: it is answered later.");
	if (d->no) {
		list_free(&d->slots);
		((struct slot_row *)list_push(&d->slots))->id = d->slot;
	} else {
		d->taker = (struct id){ 0 };
	}
done:
	list_free(&run);
	list_free(&held);
	return rc;
}

/* On top of the list of the desk that asked. */
static void for_who_asked(struct desk *desk, const struct appt *a, const struct user *asked,
			  struct new_task *n)
{
	task_for_appt(desk, a, n);
	if (id_none(n->service))
		n->site = asked->site;
}

/* The time that a move leaves, if it still stands. */
static int keeps(struct desk *desk, struct id old, char *buf, size_t n, struct err *err)
{
	struct appt_row r;
	char when[DAY_TEXT];

	snprintf(buf, n, "find another time");
	if (id_none(old))
		return 0;
	if (appt_get(desk->store, old, &r, err) < 0)
		return -1;
	if (appt_live(r.a.state))
		snprintf(buf, n, "they keep %s", moment_show(r.a.starts, when));
	return 0;
}

static int ring(struct desk *desk, struct decide *d, const struct appt *a, const struct user *asked,
		struct err *err)
{
	const struct clinician *c = ref_clinician(desk, a->clinician);
	char when[DAY_TEXT], then[60];

	if (keeps(desk, d->replaces, then, sizeof then, err) < 0)
		return -1;
	for_who_asked(desk, a, asked,
		      task_open(desk, &d->tasks, TASK_RINGBACK, desk->now, "%s %s at %s: ring, %s",
				c ? c->surname : "The clinician",
				d->why ? "is not booked" : "was taken",
				moment_show(a->starts, when),
				text_same(d->why, NOT_YET) ? "somebody rings them first" : then));
	return 0;
}

/* Free, and not theirs to have while a flag is open that was raised since they asked. */
static int lets(struct desk *desk, struct decide *d, const struct appt *a, struct err *err)
{
	struct err why = ERR_INIT;

	if (d->no || flag_lets(desk, a, &why) == 0)
		return 0;
	if (why.kind != ERR_CLASH && why.kind != ERR_INPUT) {
		if (err)
			*err = why;
		return -1;
	}
	d->no = true;
	d->why = mem_str(why.kind == ERR_CLASH ? NOT_YET : "it is the last of that day");
	list_free(&d->slots);
	((struct slot_row *)list_push(&d->slots))->id = d->slot;
	return 0;
}

/* Of who allows no message somebody said: we ring you when it is answered. */
static int call(struct desk *desk, struct decide *d, const struct appt *a, const struct user *asked,
		struct err *err)
{
	struct msgs all = { 0 };
	int rc = msgs_of_appt(desk->store, a->id, &all, err);

	list_each (m, &all)
		if (rc == 0 && d->calls.n == 0 && m->channel == MSG_CALL && m->state == MSG_HELD)
			for_who_asked(desk, a, asked,
				      task_open(desk, &d->calls, TASK_RINGBACK, desk->now, "%s",
						m->words));
	list_free(&all);
	return rc;
}

static int decide_check(struct desk *desk, void *args, struct err *err)
{
	struct decide *d = args;
	struct user asked = { 0 };
	struct appt_row r;
	int rc;

	if (appt_get(desk->store, d->appt, &r, err) < 0 || find_run(desk, d, &r.a, err) < 0 ||
	    lets(desk, d, &r.a, err) < 0 ||
	    tasks_rebooking(desk->store, d->appt, (struct id){ 0 }, &d->drop, err) < 0)
		return -1;
	/* act_for(): who asked is who acts. */
	if (users_by_id(desk->store, desk->user.id, &asked, err) < 0)
		return -1;
	rc = ring(desk, d, &r.a, &asked, err) < 0 ? -1 : call(desk, d, &r.a, &asked, err);
	user_done(&asked);
	return rc;
}

/* All theirs already, whatever the diary has become since. */
static bool has_them(struct txn *t, const struct slot_rows *slots, struct id appt)
{
	list_each (want, slots) {
		struct err err = ERR_INIT;
		struct slot s;

		if (slots_get(t->store, want->id, &s, &err) < 0 || !id_same(s.appt, appt) ||
		    s.holder != t->origin)
			return false;
	}
	return slots->n > 0;
}

/* The time that was moved from is given up. */
static void end_replaced(struct txn *t, const struct decide *d)
{
	struct appt_row old;

	if (id_none(d->replaces) || !appt_read(t, d->replaces, &old))
		return;
	/* Asked for as well, and declined meanwhile: this is the other time that was looked for. */
	if (old.a.state == APPT_DECLINED || old.a.state == APPT_DISPLACED) {
		ringback_over(t, old.a.id);
		return;
	}
	if (old.a.state != APPT_BOOKED && old.a.state != APPT_REQUESTED) {
		txn_overlap(t, "state", d->replaces, d->appt, "moved");
		return;
	}
	slot_release(t, old.a.id);
	cancel_by_parse(d->by, &old.a.cancelled_by);
	old.a.state = APPT_CANCELLED;
	old.a.ended_at = t->at;
	appt_code(&old.a, 0, old.a.code);
	appt_set(t, &old.a);
	request_answer(t, old.a.id, "void");
	request_strays(t, old.a.id);
	msgs_over(t, old.a.id, true, "moved");
}

static int refuse(struct txn *t, const struct decide *d, struct appt_row *r,
		  const struct request *asked)
{
	bool held = asked->held;
	const struct conflict c = { .type = d->why ? "stopped"
					    : held ? "displaced"
						   : "slot",
				    .a = d->appt,
				    .b = d->taker,
				    .node = asked->node,
				    .note = d->why ? d->why
						   : "asked for a slot that was taken already" };

	request_answer(t, d->appt, held ? "displaced" : "declined");
	msgs_declined(t, d->appt);
	if (appt_live(r->a.state) && !appt_here(r->a.state)) {
		tasks_withdraw(t, &d->drop);
		tasks_put(t, &d->tasks, r->scope);
	}
	txn_tell(t, "appointment", d->appt, "%s, %s", held ? "displaced" : "declined",
		 d->why ? d->why : "the slot was taken");
	if (r->a.state == APPT_REQUESTED) {
		appt_becomes(&r->a, held ? APPT_DISPLACED : APPT_DECLINED);
		appt_set(t, &r->a);
	}
	appt_stays(t, &r->a);
	request_strays(t, d->appt);
	txn_conflict(t, &c);
	return held ? VERDICT_DISPLACED : VERDICT_DECLINED;
}

static int confirm(struct txn *t, const struct decide *d, struct appt_row *r)
{
	struct id rings = { 0 };
	char words[APPT_WORDS];

	request_answer(t, d->appt, "confirmed");
	if (msgs_call(t, d->appt)) {
		tasks_put(t, &d->calls, r->scope);
		rings = d->calls.n ? d->calls.v[0].id : rings;
	}
	msgs_confirmed(t, d->appt, rings);
	if (r->a.state == APPT_REQUESTED)
		appt_becomes(&r->a, APPT_BOOKED);
	/* Marked as arrived meanwhile it stood there without a time: now it has its own. */
	r->a.over_by = (struct id){ 0 };
	r->a.over_why[0] = 0;
	appt_set(t, &r->a);
	request_strays(t, d->appt);
	end_replaced(t, d);
	appt_words(t, &r->a, words);
	txn_tell(t, "appointment", d->appt, "booked, as asked for, for %s", words);
	return VERDICT_CONFIRMED;
}

/* Confirmed by a node that could not say so any more, and declined by whoever could: there somebody
 * saw it as theirs, and who declined did not know. */
static int declined_meanwhile(struct txn *t, const struct decide *d, struct appt_row *r)
{
	appt_becomes(&r->a, APPT_DISPLACED);
	appt_set(t, &r->a);
	txn_tell(t, "appointment", d->appt, "displaced, the slot was given away");
	txn_overlap(t, "displaced", d->appt, (struct id){ 0 },
		    "confirmed where its slot was held no more");
	return VERDICT_DISPLACED;
}

static int decide_run(struct txn *t, const void *args)
{
	const struct decide *d = args;
	struct request asked = { 0 };
	struct appt_row r;
	struct id taker = { 0 };
	bool has = has_them(t, &d->slots, d->appt), open;
	enum hold hold = slots_hold(t, &d->slots, d->appt, &taker);

	txn_tell(t, "appointment", d->appt, "not decided: it is no longer asked for");
	if (!appt_read(t, d->appt, &r))
		return VERDICT_STALE;
	txn_scope(t, r.scope);
	if (!d->no && hold == HOLD_FREE && !has)
		slots_claim(t, &d->slots, d->appt);
	open = request_read(t, d->appt, &asked) && strcmp(asked.state, "open") == 0;
	/* Not this node's to say any more, or asked for by nobody: whose it is frees what it got.
	 */
	if (hold == HOLD_OTHERS || !open || !appt_live(r.a.state)) {
		if (!appt_live(r.a.state))
			request_answer(t, d->appt, "void");
		/* Somebody saw it confirmed where it was decided: whoever refuses it displaces it.
		 */
		else if (open && !d->no)
			request_told(t, d->appt);
		request_strays(t, d->appt);
		if (!d->no && strcmp(asked.state, "declined") == 0 && r.a.state == APPT_DECLINED)
			return declined_meanwhile(t, d, &r);
		return VERDICT_STALE;
	}
	if (d->no || d->slots.n == 0 || (hold != HOLD_FREE && !has))
		return refuse(t, d, &r, &asked);
	return confirm(t, d, &r);
}

const struct act act_decide = {
	.name = "decide",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(decide_f, struct decide),
	.check = decide_check,
	.run = decide_run,
};

/* ---- free ---- */

struct free_args {
	struct id appt;
	struct slot_rows slots;
};
static const struct field free_f[] = {
	FIELD(appt, struct free_args, "appt", F_ID),
	FIELD_ROWS(slots, struct free_args, "slots", &slot_row_fields),
};

static int free_run(struct txn *t, const void *args)
{
	const struct free_args *f = args;
	struct appt_row r;

	txn_tell(t, "appointment", f->appt, "its slot is free again");
	list_each (s, &f->slots)
		slot_free(t, s->id, f->appt);
	if (!appt_read(t, f->appt, &r))
		return VERDICT_STALE;
	txn_scope(t, r.scope);
	request_freed(t, f->appt);
	return VERDICT_OK;
}

const struct act act_free = {
	.name = "free",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(free_f, struct free_args),
	.run = free_run,
};

/* ---- follow ---- */

struct follow_row {
	struct id slot;
	const char *from, *to, *note; /* note: why it is blocked */
};
static const struct field follow_row_f[] = {
	FIELD(slot, struct follow_row, "slot", F_ID),
	FIELD(from, struct follow_row, "from", F_TEXT),
	FIELD(to, struct follow_row, "to", F_TEXT),
	FIELD(note, struct follow_row, "note", F_TEXT),
};
static const struct fields follow_row_fields = FIELDS(follow_row_f, struct follow_row);

struct follow {
	struct {
		struct follow_row *v;
		size_t n, cap;
	} rows;
};
static const struct field follow_f[] = {
	FIELD_ROWS(rows, struct follow, "slots", &follow_row_fields),
};

static int follow_run(struct txn *t, const void *args)
{
	const struct follow *f = args;

	list_each (row, &f->rows) {
		enum slot_state from, to;

		if (slot_state_parse(row->from ? row->from : "", &from) &&
		    slot_state_parse(row->to ? row->to : "", &to))
			slot_follow(t, row->slot, from, to, row->note);
	}
	/* Of no slot's own history: it stands in nobody's way who takes back what is followed. */
	txn_tell(t, "slot", t->cmd, "%zu slots as their diary is by now", f->rows.n);
	return VERDICT_OK;
}

/* Whoever was booked here before this node heard that the time is closed. */
static int follow_also(struct desk *desk, const void *args, struct err *err)
{
	static const struct {
		enum slot_state to;
		const char *what;
	} ways[] = { { SLOT_LEAVE, "on leave" }, { SLOT_BLOCKED, "not there" }, { SLOT_OPEN, "" } };
	const struct follow *f = args;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof ways / sizeof *ways; i++) {
		struct stretch s = { .what = ways[i].what, .type = "slot" };
		struct slot_list slots = { 0 };

		list_each (row, &f->rows)
			if (strcmp(row->to, slot_state_word(ways[i].to)) == 0)
				*list_push(&slots) = row->slot;
		rc = hit_slots(desk, &s, &slots, ways[i].to == SLOT_OPEN, err);
		list_free(&slots);
	}
	return rc;
}

const struct act act_follow = {
	.name = "follow",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(follow_f, struct follow),
	.run = follow_run,
	.also = follow_also,
};

/* ---- what is due ---- */

/* On behalf of whoever asked: their role was looked at where they sat. */
struct deputy {
	struct user sat;
	bool machine;
};

static struct deputy stand_in(struct desk *desk, struct id actor)
{
	struct deputy d = { desk->user, desk->machine };

	desk->user = (struct user){ .id = actor, .role = ROLE_ADMINISTRATOR };
	desk->machine = true;
	return d;
}

static void stand_down(struct desk *desk, const struct deputy *d)
{
	desk->user = d->sat;
	desk->machine = d->machine;
}

static int act_for(struct desk *desk, struct id actor, const struct act *act, void *args,
		   struct err *err)
{
	struct deputy d = stand_in(desk, actor);
	int rc = act_do(desk, act, args, err);

	stand_down(desk, &d);
	return rc;
}

static int decide_one(struct desk *desk, const struct request *asked, struct err *err)
{
	struct decide *d = mem_new(sizeof *d);
	int rc;

	d->appt = asked->appt;
	d->slot = asked->slot;
	d->replaces = asked->replaces;
	d->by = mem_str(asked->by);
	rc = act_for(desk, asked->actor, &act_decide, d, err);
	args_free(&act_decide.fields, d);
	return rc;
}

static int free_one(struct desk *desk, const struct request *asked, struct err *err)
{
	struct free_args *f = mem_new(sizeof *f);
	struct id_list strays = { 0 };
	int rc = slots_stray(desk->store, asked->appt, store_me(desk->store)->node, &strays, err);

	f->appt = asked->appt;
	list_each (s, &strays)
		((struct slot_row *)list_push(&f->slots))->id = *s;
	list_free(&strays);
	if (rc == 0)
		rc = act_for(desk, asked->actor, &act_free, f, err);
	args_free(&act_free.fields, f);
	return rc;
}

static int each_due(struct desk *desk, const char *state,
		    int (*one)(struct desk *, const struct request *, struct err *), int *done,
		    struct err *err)
{
	struct requests due = { 0 };
	int rc = requests_due(desk->store, store_me(desk->store)->node, state, &due, err);

	/* What came by sync may be about people and places that are new here. */
	if (rc == 0 && due.n)
		rc = desk_refresh(desk, err);
	for (size_t i = 0; rc == 0 && i < due.n; i++) {
		struct err why = ERR_INIT;

		if (one(desk, &due.v[i], &why) == 0) {
			++*done;
		} else if (why.kind == ERR_STORE) {
			if (err)
				*err = why;
			rc = -1;
		}
		/* One that cannot be done keeps nobody else waiting: it stays asked for. */
	}
	list_free(&due);
	return rc;
}

static int follow_all(struct desk *desk, int *done, struct err *err)
{
	struct follow *f = mem_new(sizeof *f);
	struct due_slots due = { 0 };
	struct id actor = { 0 };
	int rc = slots_due(desk->store, store_me(desk->store)->node, desk->today, &due, err);

	for (size_t i = 0; rc == 0 && i < due.n && i < ARGS_ROWS; i++) {
		struct follow_row *row = list_push(&f->rows);

		row->slot = due.v[i].slot;
		row->from = mem_str(slot_state_word(due.v[i].is));
		row->to = mem_str(slot_state_word(due.v[i].due));
		row->note = *due.v[i].note ? mem_str(due.v[i].note) : NULL;
	}
	if (rc == 0 && due.n) {
		rc = history_actor(desk->store, due.v[0].cause, &actor, err);
		if (rc == 0)
			rc = act_for(desk, actor, &act_follow, f, err);
		++*done;
	}
	list_free(&due);
	args_free(&act_follow.fields, f);
	return rc;
}

/* Told as theirs and displaced without a request: who booked it rings them. */
static int ring_lost(struct desk *desk, int *done, struct err *err)
{
	struct losts lost = { 0 };
	int rc = requests_lost(desk->store, store_me(desk->store)->node, &lost, err);

	for (size_t i = 0; rc == 0 && i < lost.n; i++) {
		struct deputy d = stand_in(desk, lost.v[i].author);

		rc = hit_lost(desk, lost.v[i].appt, err);
		stand_down(desk, &d);
		++*done;
	}
	list_free(&lost);
	return rc;
}

/* Slots that become free are free for who asked before. */
static int keep_once(struct desk *desk, int *done, struct err *err)
{
	if (each_due(desk, "free", free_one, done, err) < 0 ||
	    each_due(desk, "open", decide_one, done, err) < 0)
		return -1;
	return follow_all(desk, done, err) < 0 ? -1 : ring_lost(desk, done, err);
}

int holder_keep(struct desk *desk, int *ret_done, struct err *err)
{
	int before = -1;

	*ret_done = 0;
	if (!store_me(desk->store)->holds_ok)
		return 0;
	/* What is decided may leave something to be freed, for somebody else who waits. */
	for (int round = 0; round<ROUNDS_MOST && * ret_done> before; round++) {
		before = *ret_done;
		if (keep_once(desk, ret_done, err) < 0)
			return -1;
	}
	return 0;
}
