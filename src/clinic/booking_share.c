/*
 * booking_share.c: what the acts of booking share: slots in their arguments, the image of an
 * appointment as it stood, and the act that puts it back.
 *
 * Every act that changes an appointment carries how it was.  Taking one back writes that image
 * whole; the door has made sure that nobody changed the appointment since.  The slots it had are
 * claimed again if they are still free; otherwise it is refused naming who has them.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/flag.h"
#include "clinic/refs.h"
#include "store/episodes.h"
#include "store/requests.h"
#include "store/slots.h"
#include "store/store.h"
#include "store/tasks.h"

static const struct field slot_row_f[] = { FIELD(id, struct slot_row, "id", F_ID) };
const struct fields slot_row_fields = FIELDS(slot_row_f, struct slot_row);

static const struct field restore_f[] = {
	FIELD(appt, struct restore, "appt", F_ID),
	FIELD(clinician, struct restore, "clinician", F_ID),
	FIELD(site, struct restore, "site", F_ID),
	FIELD(room, struct restore, "room", F_ID),
	FIELD(day, struct restore, "day", F_DATE),
	FIELD(starts, struct restore, "starts", F_MOMENT),
	FIELD(mins, struct restore, "mins", F_INT),
	FIELD(moves, struct restore, "moves", F_INT),
	FIELD(mode, struct restore, "mode", F_TEXT),
	FIELD(call_back, struct restore, "call_back", F_TEXT),
	FIELD(alone, struct restore, "alone", F_BOOL),
	FIELD(state, struct restore, "state", F_TEXT),
	FIELD(code, struct restore, "code", F_TEXT),
	FIELD(by, struct restore, "by", F_TEXT),
	FIELD(over_by, struct restore, "over_by", F_ID),
	FIELD(over_why, struct restore, "over_why", F_TEXT),
	FIELD(arrived_at, struct restore, "arrived_at", F_MOMENT),
	FIELD(room_at, struct restore, "room_at", F_MOMENT),
	FIELD(seen_at, struct restore, "seen_at", F_MOMENT),
	FIELD(ended_at, struct restore, "ended_at", F_MOMENT),
	FIELD(asks, struct restore, "asks", F_ID),
	FIELD(replaces, struct restore, "replaces", F_ID),
	FIELD(moved_by, struct restore, "moved_by", F_TEXT),
	FIELD_ROWS(slots, struct restore, "slots", &slot_row_fields),
	FIELD_ROWS(tasks, struct restore, "tasks", &task_id_fields),
	FIELD(held, struct restore, "held", F_BOOL),
	FIELD(closed, struct restore, "closed", F_BOOL),
	FIELD(what, struct restore, "what", F_TEXT),
	FIELD(from, struct restore, "from", F_TEXT),
	TELLING_FIELDS(struct restore, tell),
};
const struct fields restore_fields = FIELDS(restore_f, struct restore);

int booking_own_desk(const struct desk *desk, struct id service, struct err *err)
{
	const struct service *s = ref_service(desk, service);

	if (!s || desk_sees(desk, s))
		return 0;
	return err_set(err, ERR_DENIED, "A private service is booked by its own desk: ask there.");
}

const char *service_shown(const struct desk *desk, const struct service *s)
{
	return !s || !desk_sees(desk, s) ? "Private" : s->brief;
}

const char *caps(const char *surname, const char *other, char buf[NAME_TEXT])
{
	char *upper = text_upper(*surname ? surname : other);

	snprintf(buf, NAME_TEXT, "%s", *surname ? upper : other);
	mem_free(upper);
	return buf;
}

const char *state_letter(enum appt_state s)
{
	static const char letters[][2] = {
#define X(name, letter, code, word, national) { letter, '\0' },
		APPT_STATES(X)
#undef X
	};
	return letters[s];
}

char *clean_reason(const char *typed, const char *what, struct err *err)
{
	const char *why = NULL;
	char *clean = text_clean(typed, 120, &why);

	if (clean && *clean && strlen(clean) < WORDS_TEXT)
		return clean;
	err_input(err, what, "A reason is needed, in at most 120 letters%s%s.", why ? ": " : "",
		  why ? why : "");
	mem_free(clean);
	return NULL;
}

void appt_becomes(struct appt *a, enum appt_state to)
{
	a->state = to;
	appt_code(a, 0, a->code);
}

/* ---- slots ---- */

int slots_here(struct desk *desk, const struct slot_rows *slots, bool *ret, struct err *err)
{
	bool here = true;

	list_each (want, slots) {
		struct slot s;

		if (slots_get(desk->store, want->id, &s, err) < 0)
			return -1;
		here = here && store_holds(desk->store, s.holder);
	}
	*ret = here;
	return 0;
}

enum hold slots_hold(struct txn *t, const struct slot_rows *slots, struct id appt,
		     struct id *ret_taker)
{
	enum hold hold = HOLD_FREE;

	list_each (want, slots) {
		struct err err = ERR_INIT;
		struct slot s;

		if (txn_failed(t))
			return HOLD_TAKEN;
		if (slots_get(t->store, want->id, &s, &err) < 0) {
			if (err.kind != ERR_MISSING)
				t->err = err;
			return HOLD_TAKEN;
		}
		if (s.holder != t->origin)
			hold = hold == HOLD_TAKEN ? hold : HOLD_OTHERS;
		else if (s.state != SLOT_OPEN || (!id_none(s.appt) && !id_same(s.appt, appt))) {
			hold = HOLD_TAKEN;
			*ret_taker = s.appt;
		}
	}
	return hold;
}

enum hold slots_hold_as(struct txn *t, const struct slot_rows *slots, struct id appt, bool held,
			struct id *ret_taker)
{
	enum hold hold = slots_hold(t, slots, appt, ret_taker);

	/* A slot that is gone is gone; for the rest, a node that could not use its holds asks. */
	if (held || slots->n == 0 || txn_failed(t))
		return hold;
	return hold == HOLD_TAKEN && id_none(*ret_taker) ? hold : HOLD_OTHERS;
}

void slots_ask(struct txn *t, const struct slot_rows *slots, struct id appt, bool held,
	       struct id replaces, const char *by)
{
	struct request r = { .appt = appt,
			     .slot = slots->v[0].id,
			     .held = held,
			     .replaces = replaces,
			     .state = "open" };

	snprintf(r.by, sizeof r.by, "%s", by ? by : "");
	request_put(t, &r);
}

void slots_claim(struct txn *t, const struct slot_rows *slots, struct id appt)
{
	list_each (s, slots)
		if (!slot_claim(t, s->id, appt) && !txn_failed(t))
			err_set(&t->err, ERR_FAULT,
				"A slot found free could not be taken: please report it.");
}

/* ---- how it was ---- */

static struct restore *image(const struct appt *a)
{
	struct restore *w = mem_new(sizeof *w);

	w->appt = a->id;
	w->clinician = a->clinician;
	w->site = a->site;
	w->room = a->room;
	w->day = a->day;
	w->starts = a->starts;
	w->mins = a->mins;
	w->moves = a->moves;
	w->mode = mem_str(mode_word(a->mode));
	w->call_back = mem_str(a->call_back);
	w->alone = a->alone;
	w->state = mem_str(state_letter(a->state));
	w->code = mem_str(a->code);
	w->by = mem_str(cancel_by_word(a->cancelled_by));
	w->over_by = a->over_by;
	w->over_why = *a->over_why ? mem_str(a->over_why) : NULL;
	w->arrived_at = a->arrived_at;
	w->room_at = a->room_at;
	w->seen_at = a->seen_at;
	w->ended_at = a->ended_at;
	return w;
}

static int asked_now(struct desk *desk, struct restore *w, struct err *err)
{
	struct request asked;

	if (request_of(desk->store, w->appt, &asked, err) < 0)
		return -1;
	w->asks = asked.slot;
	w->replaces = asked.replaces;
	w->moved_by = *asked.by ? mem_str(asked.by) : NULL;
	return 0;
}

int was_now(struct desk *desk, const struct appt_row *r, struct was *was, struct err *err)
{
	struct slots slots = { 0 };
	struct restore *w;
	int rc;

	if (slots_of_appt(desk->store, r->a.id, &slots, err) < 0)
		return -1;
	w = image(&r->a);
	rc = r->a.state == APPT_REQUESTED ? asked_now(desk, w, err) : 0;
	list_each (s, &slots) {
		((struct slot_row *)list_push(&w->slots))->id = s->id;
		w->closed |= s->state == SLOT_LEAVE || s->state == SLOT_BLOCKED;
	}
	list_free(&slots);
	*list_push(was) = *w;
	mem_free(w);
	return rc;
}

/* A copy by way of the encoding: one place knows what belongs to it. */
static int copy(const struct restore *from, struct restore **ret, struct err *err)
{
	struct buf bytes = { 0 };
	void *made = NULL;
	int rc;

	args_encode(&restore_fields, from, &bytes);
	rc = args_decode(&restore_fields, bytes.s, bytes.n, &made, err);
	buf_done(&bytes);
	if (rc == 0)
		*ret = made;
	return rc;
}

int back_to(const struct was *was, const char *what, const char *from, struct call *ret,
	    struct err *err)
{
	struct restore *r = NULL;

	if (was->n != 1)
		return err_set(err, ERR_FAULT, "How it was is not known: change it by hand.");
	if (copy(&was->v[0], &r, err) < 0)
		return -1;
	r->what = mem_str(what);
	r->from = mem_str(from);
	ret->act = &act_restore;
	ret->args = r;
	return 0;
}

/* ---- the act that puts it back ---- */

static int slot_again(struct desk *desk, struct id slot, struct id appt, bool closed,
		      struct err *err)
{
	struct slot s;
	struct appt_row r;
	char when[DAY_TEXT], who[NAME_TEXT];

	if (slots_get(desk->store, slot, &s, err) < 0)
		return -1;
	moment_show(s.starts, when);
	if (!id_none(s.appt) && !id_same(s.appt, appt)) {
		if (appt_get(desk->store, s.appt, &r, err) < 0)
			return -1;
		return err_set(err, ERR_CLASH, "%s has %s now: book another time.",
			       caps(r.surname, "Somebody", who), when);
	}
	if (s.state != SLOT_OPEN && id_none(s.appt) && !(closed && s.state != SLOT_WITHDRAWN))
		return err_set(err, ERR_CLASH, "%s is %s in the diary now: book another time.",
			       when, slot_state_word(s.state));
	return 0;
}

/* Back among those of its day that own no slot: the cap may be used by others since. */
static int over_again(struct desk *desk, const struct restore *w, struct err *err)
{
	const struct clinician *c = ref_clinician(desk, w->clinician);
	int n;

	if (id_none(w->over_by) || !c)
		return 0;
	if (appts_overbooked(desk->store, w->clinician, w->day, w->appt, &n, err) < 0)
		return -1;
	if (n < c->over_cap)
		return 0;
	return err_set(err, ERR_CLASH,
		       "%s has %d overbooked that day by now and takes no more: book another time.",
		       c->surname, n);
}

/* What is free again may be held for somebody on the telephone. */
static int held_by_nobody(struct desk *desk, const struct slot_rows *slots, struct err *err)
{
	struct desk_holds held = { 0 };
	const struct desk_hold *against = NULL;
	int rc = holds_now(desk, &held, err);

	list_each (s, slots)
		if (rc == 0 && !against)
			against = hold_against(desk, &held, s->id);
	if (against)
		rc = hold_refuses(against, err);
	list_free(&held);
	return rc;
}

/* Does it hold a time that it does not hold now? */
static bool takes_time(const struct restore *w, const struct appt *now)
{
	return !appt_live(now->state) || w->starts.utc != now->starts.utc || w->mins > now->mins ||
	       !id_same(w->clinician, now->clinician);
}

static int flag_lets_back(struct desk *desk, const struct restore *w, const struct appt *now,
			  struct err *err)
{
	struct appt back = *now;

	back.clinician = w->clinician;
	back.starts = w->starts;
	back.mins = (int)w->mins;
	return flag_lets(desk, &back, err);
}

/* ... or have been asked for by somebody else: of two wishes one would be declined. */
static int asked_by_nobody(struct desk *desk, const struct restore *w, struct err *err)
{
	struct asked_slots asked = { 0 };
	int rc = slots_asked(desk, &asked, err);

	list_each (a, &asked) {
		bool mine = id_same(a->slot, w->asks);
		struct slot s;

		list_each (row, &w->slots)
			mine |= id_same(a->slot, row->id);
		if (rc < 0 || !mine || id_same(a->appt, w->appt))
			continue;
		rc = slots_get(desk->store, a->slot, &s, err);
		if (rc == 0)
			rc = slot_asked_refuses(desk, &s, "", err);
	}
	list_free(&asked);
	return rc;
}

static int restore_check(struct desk *desk, void *args, struct err *err)
{
	struct restore *w = args;
	struct appt_row r;
	enum appt_state to = APPT_DECLINED;
	struct client who;

	if (appt_get(desk->store, w->appt, &r, err) < 0)
		return -1;
	list_each (s, &w->slots)
		if (slot_again(desk, s->id, w->appt, w->closed, err) < 0)
			return -1;
	if (held_by_nobody(desk, &w->slots, err) < 0 ||
	    slots_here(desk, &w->slots, &w->held, err) < 0)
		return -1;
	appt_state_parse(w->state, &to);
	if (appt_live(to) && asked_by_nobody(desk, w, err) < 0)
		return -1;
	if (!appt_live(to) || id_none(r.a.person))
		return restore_tell(desk, w, &r.a, err);
	if (takes_time(w, &r.a) && flag_lets_back(desk, w, &r.a, err) < 0)
		return -1;
	if (appt_live(r.a.state))
		return restore_tell(desk, w, &r.a, err);
	/* It holds time again: the person may have been booked elsewhere since. */
	if (over_again(desk, w, err) < 0 ||
	    client_get(desk->store, r.a.person, desk->today, &who, err) < 0 ||
	    person_free(desk, &who, w->starts, (int)w->mins, w->site, w->appt, err) < 0)
		return -1;
	return restore_tell(desk, w, &r.a, err);
}

static void stand_back(const struct restore *w, struct appt *a)
{
	a->clinician = w->clinician;
	a->site = w->site;
	a->room = w->room;
	a->day = w->day;
	a->starts = w->starts;
	a->mins = (int)w->mins;
}

static void put_back(const struct restore *w, struct appt *a)
{
	stand_back(w, a);
	a->moves = (int)w->moves;
	mode_parse(w->mode, &a->mode);
	appt_state_parse(w->state, &a->state);
	snprintf(a->code, sizeof a->code, "%s", w->code);
	cancel_by_parse(w->by, &a->cancelled_by);
	a->over_by = w->over_by;
	snprintf(a->over_why, sizeof a->over_why, "%s", w->over_why ? w->over_why : "");
	a->arrived_at = w->arrived_at;
	a->room_at = w->room_at;
	a->seen_at = w->seen_at;
	a->ended_at = w->ended_at;
}

/* Where to ring when the line breaks, as it was.  Images older than that say nothing of it. */
static void ring_back(struct txn *t, const struct restore *w, struct appt *a)
{
	if (!w->call_back || (strcmp(a->call_back, w->call_back) == 0 && a->alone == w->alone))
		return;
	snprintf(a->call_back, sizeof a->call_back, "%s", w->call_back);
	a->alone = w->alone;
	booking_remote(t, a);
}

/* The number as it is kept. */
int call_back_of(const char *typed, char kept[PHONE_DIGITS], struct err *err)
{
	if (phone_parse(typed, kept))
		return 0;
	return err_input(err, "call_back", "%.40s is no telephone number to ring back on.", typed);
}

int held_no_more(struct desk *desk, const struct slot_rows *slots, struct err *err)
{
	list_each (s, slots)
		if (hold_used(desk, s->id, err) < 0)
			return -1;
	return 0;
}

static bool owns_already(struct txn *t, const struct restore *w)
{
	struct slots now = { 0 };
	struct err err = ERR_INIT;
	bool same;

	if (slots_of_appt(t->store, w->appt, &now, &err) < 0) {
		t->err = txn_failed(t) ? t->err : err;
		return false;
	}
	same = now.n == w->slots.n;
	for (size_t i = 0; same && i < now.n; i++)
		same = id_same(now.v[i].id, w->slots.v[i].id);
	list_free(&now);
	return same;
}

/* It stood in time that was closed by leave or a block, and nobody has taken that since: it stands
 * there again, as before. */
static bool closed_still(struct txn *t, const struct restore *w)
{
	struct err err = ERR_INIT;
	struct slot s;

	list_each (want, &w->slots) {
		if (txn_failed(t))
			return false;
		if (slots_get(t->store, want->id, &s, &err) < 0) {
			if (err.kind != ERR_MISSING)
				t->err = err;
			return false;
		}
		if (s.holder != t->origin || s.state == SLOT_WITHDRAWN ||
		    (!id_none(s.appt) && !id_same(s.appt, w->appt)))
			return false;
	}
	return w->closed && w->slots.n > 0;
}

/* The slots of before, for this appointment once more: may it have them? */
static enum hold hold_again(struct txn *t, const struct restore *w, struct id *ret_taker)
{
	enum hold hold = slots_hold_as(t, &w->slots, w->appt, w->held, ret_taker);

	if (hold == HOLD_TAKEN && id_none(*ret_taker) && w->held && closed_still(t, w))
		hold = HOLD_FREE;
	slot_release(t, w->appt);
	if (hold == HOLD_FREE)
		list_each (s, &w->slots)
			if (!slot_back(t, s->id, w->appt) && !txn_failed(t))
				err_set(&t->err, ERR_FAULT,
					"A slot found free could not be taken: please report it.");
	return hold;
}

/* Of the slots that it owns, are there any in its time? */
static bool owns_any(struct txn *t, const struct appt *a)
{
	struct slots now = { 0 };
	struct err err = ERR_INIT;
	bool any = false;

	if (slots_of_appt(t->store, a->id, &now, &err) < 0 && !txn_failed(t))
		t->err = err;
	list_each (s, &now)
		any |= id_same(s->clinician, a->clinician) && s->starts.utc >= a->starts.utc &&
		       s->starts.utc < a->starts.utc + (int64_t)a->mins * 60;
	list_free(&now);
	return any;
}

bool appt_here(enum appt_state s)
{
	return s == APPT_ARRIVED || s == APPT_IN_ROOM;
}

void appt_stays(struct txn *t, struct appt *a)
{
	if (!appt_here(a->state) || !id_none(a->over_by) || owns_any(t, a))
		return;
	a->over_by = t->actor;
	snprintf(a->over_why, sizeof a->over_why, "%s", OVER_HERE);
	appt_set(t, a);
}

/* Back to life, in slots that this node may not give itself: their holder decides. */
static int ask_again(struct txn *t, const struct restore *w, struct appt *a, const char *scope,
		     enum hold hold, struct id taker)
{
	if (hold == HOLD_OTHERS) {
		if (!appt_here(a->state))
			appt_becomes(a, APPT_REQUESTED);
		appt_set(t, a);
		slots_ask(t, &w->slots, w->appt, w->held, (struct id){ 0 }, NULL);
		tasks_withdraw(t, &w->tasks);
		telling_run(t, &w->tell, scope, MSG_HELD);
		return VERDICT_REQUESTED;
	}
	txn_overlap(t, "displaced", w->appt, taker, "its slot was given away meanwhile");
	if (!appt_here(a->state))
		appt_becomes(a, APPT_DISPLACED);
	appt_set(t, a);
	appt_stays(t, a);
	request_strays(t, w->appt);
	if (!appt_here(a->state))
		telling_lost(t, &w->tell, scope);
	return VERDICT_DISPLACED;
}

/* Back to being asked for: the answer may have come meanwhile, and a wish that was withdrawn is
 * made again, as the image says: the row may have served since to free slots of another time. */
static void asked_for(struct txn *t, const struct restore *w, struct appt *a)
{
	static const struct {
		const char *state;
		enum appt_state means;
	} answers[] = { { "confirmed", APPT_BOOKED },
			{ "declined", APPT_DECLINED },
			{ "displaced", APPT_DISPLACED } };
	struct request asked;

	if (a->state != APPT_REQUESTED || !request_read(t, a->id, &asked))
		return;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (strcmp(asked.state, answers[i].state) == 0)
			appt_becomes(a, answers[i].means);
	/* Confirmed, and given up again since. */
	if (a->state == APPT_BOOKED && !owns_any(t, a))
		appt_becomes(a, APPT_REQUESTED);
	if (a->state == APPT_REQUESTED && strcmp(asked.state, "open") != 0) {
		if (!id_none(w->asks)) {
			asked.slot = w->asks;
			asked.replaces = w->replaces;
			snprintf(asked.by, sizeof asked.by, "%s", w->moved_by ? w->moved_by : "");
		}
		snprintf(asked.state, sizeof asked.state, "open");
		request_put(t, &asked);
	}
}

/* It is to stand as asked for, and nothing asks: what had made it so came to nothing. */
static bool asks_for_nothing(struct txn *t, const struct restore *w)
{
	struct request asked;

	return w->state && strcmp(w->state, "T") == 0 && w->slots.n == 0 &&
	       !request_read(t, w->appt, &asked);
}

static int restore_run(struct txn *t, const void *args)
{
	const struct restore *w = args;
	struct appt_row r;
	struct id taker = { 0 };
	enum hold hold = HOLD_FREE;
	bool keeps, again;

	txn_tell(t, "appointment", w->appt, "taken back: %s", w->what);
	if (!appt_read(t, w->appt, &r))
		return VERDICT_STALE;
	txn_scope(t, r.scope);
	/* Slots that it kept may be withdrawn by now: they stay, but could not be taken anew. */
	keeps = owns_already(t, w);
	if (!keeps)
		hold = hold_again(t, w, &taker);
	/* What had come to nothing has nothing to be taken back. */
	if (strcmp(state_letter(r.a.state), w->from) != 0 || txn_lost(t, t->reverses, w->appt) ||
	    asks_for_nothing(t, w)) {
		txn_overlap(t, "state", w->appt, taker, "could not be taken back");
		if (!appt_came(r.a.state))
			telling_lost(t, &w->tell, r.scope);
		/* Where it stands follows its slots, whatever has become of it. */
		if (!keeps && hold == HOLD_FREE && w->slots.n) {
			stand_back(w, &r.a);
			appt_set(t, &r.a);
		}
		appt_stays(t, &r.a);
		request_strays(t, w->appt);
		return VERDICT_CONFLICT;
	}
	again = !appt_live(r.a.state);
	ring_back(t, w, &r.a);
	put_back(w, &r.a);
	asked_for(t, w, &r.a);
	if (again && appt_live(r.a.state)) {
		episode_revive(t, r.a.episode, w->appt);
		flag_booked_over(t, r.a.person, r.a.service, w->appt);
	}
	/* What others cancelled or were told of as free comes back only by the slots' holder. */
	if (keeps && again && w->slots.n &&
	    slots_hold_as(t, &w->slots, w->appt, w->held, &taker) != HOLD_FREE)
		hold = HOLD_OTHERS;
	if (hold != HOLD_FREE && appt_live(r.a.state))
		return ask_again(t, w, &r.a, r.scope, hold, taker);
	appt_set(t, &r.a);
	tasks_withdraw(t, &w->tasks);
	/* Asked for again, they are told when it is answered; and it may have been, meanwhile. */
	if (r.a.state == APPT_DECLINED || r.a.state == APPT_DISPLACED)
		telling_lost(t, &w->tell, r.scope);
	else
		telling_run(t, &w->tell, r.scope,
			    r.a.state == APPT_REQUESTED ? MSG_HELD : MSG_QUEUED);
	request_strays(t, w->appt);
	return VERDICT_OK;
}

const struct act act_restore = {
	.name = "restore",
	.ver = 1,
	.roles = ROLE_ANY,
	.fields = FIELDS(restore_f, struct restore),
	.check = restore_check,
	.run = restore_run,
};
