/*
 * booking_move.c: the act `move`: another time, clinician, length or way for the same appointment.
 *
 * It keeps its id while this node holds both the old slots and the new; the old ones are free again
 * at once.  The national code of the time given up (2 or 4, by who asked) is in the history with
 * the old time; the row itself stays a booking.
 *
 * Where another node holds some of them the new time is booked under an id of its own, and the old
 * appointment ends when that is confirmed: at once in slots that this node holds, else by the
 * answer of their holder (holder.c).  Until then the old time stands.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/flag.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/episodes.h"
#include "store/messages.h"
#include "store/requests.h"
#include "store/slots.h"
#include "store/tasks.h"

/* First attendance before the follow-ups, also after a move. */
static int in_order(struct desk *desk, const struct appt *a, struct moment starts, struct err *err)
{
	struct episode_use use;
	char when[DAY_TEXT];

	if (episode_used(desk->store, a->episode, a->id, &use, err) < 0)
		return -1;
	if (a->kind == APPT_FU && !moment_none(use.first) && starts.utc < use.first.utc)
		return err_input(err, "at",
				 "The first appointment is on %s: this one comes after it.",
				 moment_show(use.first, when));
	if (a->kind == APPT_NEW && !moment_none(use.next) && starts.utc > use.next.utc)
		return err_input(
			err, "at",
			"A follow-up is booked for %s: the first appointment comes before it.",
			moment_show(use.next, when));
	return 0;
}

int booking_movable(struct desk *desk, const struct appt_row *r, struct err *err)
{
	char who[NAME_TEXT];

	if (booking_own_desk(desk, r->a.service, err) < 0)
		return -1;
	if (r->a.state != APPT_BOOKED && r->a.state != APPT_REQUESTED)
		return err_set(err, ERR_CLASH, "%s is %s: only what is booked can be moved.",
			       caps(r->surname, "That appointment", who), appt_word(r->a.state));
	return 0;
}

/* Is it to stand under an id of its own until another node has answered? */
static int stands_apart(struct desk *desk, struct move *m, const struct appt *a, bool *ret,
			struct err *err)
{
	bool old_here;

	if (slots_here(desk, &m->slots, &m->held, err) < 0 ||
	    slots_here(desk, &m->was.v[0].slots, &old_here, err) < 0)
		return -1;
	/* What is asked for stands under its id until it is answered. */
	*ret = !m->held || !old_here || a->state == APPT_REQUESTED;
	if (!*ret)
		return 0;
	/* The old time stands in the way of the new until that is confirmed. */
	if (id_same(m->clinician, a->clinician) &&
	    m->starts.utc < a->starts.utc + (int64_t)a->mins * 60 &&
	    a->starts.utc < m->starts.utc + m->mins * 60)
		return err_set(
			err, ERR_CLASH,
			"That overlaps the time that another site holds: cancel it, then book.");
	return 0;
}

/* In which way from now on; who comes in person is rung on no line that may break. */
static int way(struct move *m, const struct service *s, enum mode now, enum mode *ret,
	       struct err *err)
{
	unsigned modes = 0;
	enum mode usual;

	*ret = now;
	if (!m->mode)
		return 0;
	modes_parse(s->modes, &modes, &usual);
	if (!mode_parse(m->mode, ret) || !(modes & *ret))
		return err_input(err, "mode", "%s is not offered by %s: choose %s.", m->mode,
				 s->brief, s->modes);
	if (*ret == MODE_FACE) {
		mem_free((char *)m->call_back);
		m->call_back = NULL;
		m->alone = false;
	}
	return 0;
}

/* Everything that could refuse it: what follows only writes down. */
static int move_fits(struct desk *desk, struct move *m, struct appt_row *ret,
		     struct client *ret_who, bool *ret_apart, struct err *err)
{
	struct appt_row r;
	enum mode mode;

	if (appt_get(desk->store, m->appt, &r, err) < 0 || booking_movable(desk, &r, err) < 0 ||
	    flag_stops(desk, r.a.person, r.a.service, err) < 0 ||
	    client_get(desk->store, r.a.person, desk->today, ret_who, err) < 0)
		return -1;
	*ret = r;
	if (id_none(m->clinician))
		m->clinician = r.a.clinician;
	if (moment_none(m->starts))
		m->starts = r.a.starts;
	if (m->mins == 0)
		m->mins = r.a.mins;

	struct fit f = { .service = ref_service(desk, r.a.service),
			 .clinician = ref_clinician(desk, m->clinician),
			 .wish = { .service = r.a.service, .kind = r.a.kind },
			 .starts = m->starts,
			 .mins = (int)m->mins,
			 .own = r.a.id,
			 .with = m->with };

	if (!f.clinician || !f.clinician->on)
		return err_input(err, "clinician",
				 "There is no such clinician now: clinician list shows them.");
	if (way(m, f.service, r.a.mode, &mode, err) < 0)
		return -1;
	if (id_same(m->clinician, r.a.clinician) && m->starts.utc == r.a.starts.utc &&
	    m->mins == r.a.mins && mode == r.a.mode &&
	    (!m->call_back || strcmp(m->call_back, r.a.call_back) == 0) &&
	    (id_none(m->room) || id_same(m->room, r.a.room)))
		return err_input(err, "at", "That is when it is already: choose another time.");
	if (m->mins < 5 || m->mins > 480)
		return err_input(err, "length", "A length is 5 to 480 minutes, not %lld.",
				 (long long)m->mins);
	if (registered(desk, f.clinician, moment_date(m->starts), err) < 0 ||
	    in_order(desk, &r.a, m->starts, err) < 0 ||
	    search_for(desk, r.a.person, &f.wish, err) < 0 || fit_find(desk, &f, err) < 0)
		return -1;
	list_free(&m->slots);
	m->slots = f.slots;
	m->site = f.site;
	if (room_for(desk, &f, m->room, m->no_room, &m->room, err) < 0)
		return -1;
	m->day = moment_date(m->starts);
	return person_free(desk, ret_who, m->starts, (int)m->mins, m->site, r.a.id, err) < 0 ||
			       was_now(desk, &r, &m->was, err) < 0 ||
			       stands_apart(desk, m, &r.a, ret_apart, err) < 0
		       ? -1
		       : 0;
}

static int move_check(struct desk *desk, void *args, struct err *err)
{
	struct move *m = args;
	struct appt_row r;
	struct client who;
	enum mode mode;
	bool apart;

	if (move_fits(desk, m, &r, &who, &apart, err) < 0)
		return -1;
	mode = r.a.mode;
	if (m->mode)
		mode_parse(m->mode, &mode);
	m->next = (struct id){ 0 };
	if (apart)
		m->next = desk_new_id(desk);
	booking_needs(desk, &who,
		      &(struct needed){ .appt = id_none(m->next) ? m->appt : m->next,
					.service = r.a.service,
					.site = m->site,
					.room = m->room,
					.starts = m->starts,
					.mode = mode,
					.moved = true },
		      &m->tasks);
	offers_carry(desk, m->said, mode_word(mode), &m->offers);
	return m->quiet ? 0 : move_tell(desk, m, &r.a, err);
}

/* Where it stands from now on. */
static void stand(struct appt *a, const struct move *m)
{
	a->clinician = m->clinician;
	a->site = m->site;
	a->room = m->room;
	a->day = m->day;
	a->starts = m->starts;
	a->mins = (int)m->mins;
	if (m->mode) {
		mode_parse(m->mode, &a->mode);
		snprintf(a->call_back, sizeof a->call_back, "%s", m->call_back ? m->call_back : "");
		a->alone = m->alone;
	}
	a->over_by = (struct id){ 0 };
	a->over_why[0] = '\0';
	a->moves++;
}

/* What other nodes did meanwhile. */
static void meanwhile(struct txn *t, const struct appt *a)
{
	struct id other = appt_overlaps(t, a);

	if (!id_none(other))
		txn_overlap(t, "person", a->id, other, "one person in two places");
	flag_booked_over(t, a->person, a->service, a->id);
}

static void tell_move(struct txn *t, const struct move *m, const char *from, const struct appt *a)
{
	char to[APPT_WORDS];

	appt_words(t, a, to);
	txn_tell(t, "appointment", a->id, "moved by the %s from %s to %s", m->by, from, to);
}

/* What is to be arranged and told; what is told waits with a request. */
static void promise(struct txn *t, const struct move *m, const char *scope, enum hold hold)
{
	tasks_put(t, &m->tasks, scope);
	telling_run(t, &m->tell, scope, hold == HOLD_FREE ? MSG_QUEUED : MSG_HELD);
}

/* Nobody has met the person, or said that they will not come; an answer that came meanwhile was
 * about the time that is given up. */
static bool still_to_come(enum appt_state s)
{
	return s == APPT_REQUESTED || s == APPT_BOOKED || s == APPT_DECLINED || s == APPT_DISPLACED;
}

/* The same row: old and new slots are the origin's. */
static int move_own(struct txn *t, const struct move *m, struct appt_row *r)
{
	struct id taker = { 0 };
	enum hold hold = slots_hold_as(t, &m->slots, m->appt, m->held, &taker);
	bool to_come = still_to_come(r->a.state);
	bool news = r->a.starts.utc != m->starts.utc || !id_same(r->a.site, m->site);
	char from[APPT_WORDS];

	appt_words(t, &r->a, from);
	slot_release(t, m->appt);
	if (hold == HOLD_FREE)
		slots_claim(t, &m->slots, m->appt);
	stand(&r->a, m);
	if (to_come)
		appt_becomes(&r->a, hold == HOLD_FREE	  ? APPT_BOOKED
				    : hold == HOLD_OTHERS ? APPT_REQUESTED
							  : APPT_DISPLACED);
	request_answer(t, m->appt, "void");
	appt_set(t, &r->a);
	if (m->mode)
		booking_remote(t, &r->a);
	tell_move(t, m, from, &r->a);
	if (to_come && hold == HOLD_OTHERS)
		slots_ask(t, &m->slots, m->appt, true, (struct id){ 0 }, NULL);
	if (to_come && hold == HOLD_TAKEN)
		txn_overlap(t, "displaced", m->appt, taker,
			    "asked for a slot that was taken already");
	if (appt_live(r->a.state))
		meanwhile(t, &r->a);
	if (to_come && hold != HOLD_TAKEN) {
		if (news)
			msgs_over(t, m->appt, false, "moved");
		promise(t, m, r->scope, hold);
	} else if (!appt_came(r->a.state)) {
		telling_lost(t, &m->tell, r->scope);
	}
	appt_stays(t, &r->a);
	request_strays(t, m->appt);
	if (!to_come) {
		/* It has arrived, ended, been cancelled meanwhile: that stands. */
		txn_overlap(t, "state", m->appt, (struct id){ 0 }, "moved");
		return VERDICT_CONFLICT;
	}
	return hold == HOLD_FREE     ? VERDICT_CONFIRMED
	       : hold == HOLD_OTHERS ? VERDICT_REQUESTED
				     : VERDICT_DISPLACED;
}

/* The old one ends, cancelled by who asked for the move. */
static void end_old(struct txn *t, const struct move *m, struct appt *old)
{
	slot_release(t, old->id);
	cancel_by_parse(m->by, &old->cancelled_by);
	old->state = APPT_CANCELLED;
	old->ended_at = t->at;
	appt_code(old, 0, old->code);
	appt_set(t, old);
	request_answer(t, old->id, "void");
	msgs_over(t, old->id, false, "moved");
	request_strays(t, old->id);
}

/* Another row: the old one stands until the new one is confirmed. */
static int move_away(struct txn *t, const struct move *m, struct appt_row *r)
{
	struct id taker = { 0 };
	struct appt next = r->a;
	enum hold hold = slots_hold_as(t, &m->slots, m->next, m->held, &taker);
	bool live = r->a.state == APPT_REQUESTED || r->a.state == APPT_BOOKED;
	char from[APPT_WORDS];

	appt_words(t, &r->a, from);
	next.id = m->next;
	next.asked_at = t->at;
	stand(&next, m);
	next.arrived_at = next.room_at = next.seen_at = next.ended_at = (struct moment){ 0 };
	next.cancelled_by = CANCEL_NOT;
	next.state = hold == HOLD_FREE	   ? APPT_BOOKED
		     : hold == HOLD_OTHERS ? APPT_REQUESTED
		     : m->held		   ? APPT_DISPLACED
					   : APPT_DECLINED;
	appt_code(&next, 0, next.code);
	appt_put(t, &next, r->scope);
	episode_revive(t, next.episode, next.id);
	tell_move(t, m, from, &next);
	if (hold == HOLD_FREE) {
		slots_claim(t, &m->slots, m->next);
		if (live)
			end_old(t, m, &r->a);
		else
			txn_overlap(t, "state", m->appt, m->next, "moved");
		meanwhile(t, &next);
	}
	if (hold != HOLD_TAKEN)
		promise(t, m, r->scope, hold);
	else
		telling_lost(t, &m->tell, r->scope);
	if (hold == HOLD_FREE)
		return VERDICT_CONFIRMED;
	if (hold == HOLD_OTHERS) {
		slots_ask(t, &m->slots, m->next, m->held, m->appt, m->by);
		return VERDICT_REQUESTED;
	}
	txn_overlap(t, m->held ? "displaced" : "slot", m->next, taker,
		    "asked for a slot that was taken already");
	return m->held ? VERDICT_DISPLACED : VERDICT_DECLINED;
}

static int move_run(struct txn *t, const void *args)
{
	const struct move *m = args;
	struct appt_row r;

	txn_tell(t, "appointment", m->appt, "moved");
	txn_why(t, m->why);
	if (!appt_read(t, m->appt, &r))
		return VERDICT_STALE;
	txn_scope(t, r.scope);
	offers_put(t, &m->offers, r.scope, r.a.episode, id_none(m->next) ? m->appt : m->next);
	return id_none(m->next) ? move_own(t, m, &r) : move_away(t, m, &r);
}

/* The new row goes; the old one stands still, or has ended and is booked anew. */
static int away_reverse(struct desk *desk, const struct move *m, struct call *ret, struct err *err)
{
	struct appt_row r;
	struct cancel *c;

	if (appt_get(desk->store, m->next, &r, err) < 0)
		return -1;
	if (r.a.state != APPT_REQUESTED)
		return err_set(err, ERR_INPUT,
			       "Another site's diary is in it: book the old time again instead.");
	c = mem_new(sizeof *c);
	c->appt = m->next;
	c->by = mem_str(cancel_by_word(CANCEL_ERROR));
	*ret = (struct call){ &act_cancel, c };
	return 0;
}

static int move_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			struct err *err)
{
	const struct move *m = deed->args;

	if (!id_none(m->next))
		return away_reverse(desk, m, ret, err);
	if (back_to(&m->was, "moved", state_letter(APPT_BOOKED), ret, err) < 0)
		return -1;
	task_ids_of(&m->tasks, &((struct restore *)ret->args)->tasks);
	return 0;
}

static const struct field move_f[] = {
	FIELD(appt, struct move, "appt", F_ID),
	FIELD(clinician, struct move, "clinician", F_ID),
	FIELD(site, struct move, "site", F_ID),
	FIELD(room, struct move, "room", F_ID),
	FIELD(day, struct move, "day", F_DATE),
	FIELD(starts, struct move, "starts", F_MOMENT),
	FIELD(mins, struct move, "mins", F_INT),
	FIELD_ROWS(slots, struct move, "slots", &slot_row_fields),
	FIELD_NEEDED(by, struct move, "by", F_TEXT),
	FIELD(why, struct move, "why", F_TEXT),
	FIELD(mode, struct move, "mode", F_TEXT),
	FIELD(call_back, struct move, "call_back", F_TEXT),
	FIELD(alone, struct move, "alone", F_BOOL),
	FIELD_ROWS(was, struct move, "was", &restore_fields),
	FIELD_ROWS(tasks, struct move, "tasks", &new_task_fields),
	TELLING_FIELDS(struct move, tell),
	FIELD(next, struct move, "next", F_ID),
	FIELD(held, struct move, "held", F_BOOL),
	FIELD_ROWS(offers, struct move, "offers", &new_offer_fields),
};

const struct act act_move = {
	.name = "move",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(move_f, struct move),
	.check = move_check,
	.run = move_run,
	.reverse = move_reverse,
};

static int from_ask(struct id appt, const struct move_ask *ask, struct move **ret, struct err *err)
{
	enum cancel_by by = ask->by == CANCEL_NOT ? CANCEL_PERSON : ask->by;
	char *why = NULL, call_back[PHONE_DIGITS];
	struct move *m;

	if (by == CANCEL_ERROR)
		return err_input(err, "by", "A move is asked for by the person or the service.");
	if (ask->call_back && call_back_of(ask->call_back, call_back, err) < 0)
		return -1;
	if (ask->why && !(why = clean_reason(ask->why, "why", err)))
		return -1;
	m = mem_new(sizeof *m);
	m->appt = appt;
	m->clinician = ask->clinician;
	m->starts = ask->starts;
	m->mins = ask->mins;
	m->day = DATE_NONE;
	m->by = mem_str(cancel_by_word(by));
	m->why = why;
	m->mode = ask->mode ? mem_str(mode_word(ask->mode)) : NULL;
	m->call_back = ask->call_back ? mem_str(call_back) : NULL;
	m->alone = ask->alone;
	m->room = ask->room;
	m->no_room = ask->no_room;
	m->quiet = ask->quiet;
	m->with = ask->with;
	m->said = ask->said;
	*ret = m;
	return 0;
}

int booking_move(struct desk *desk, struct id appt, const struct move_ask *ask, struct err *err)
{
	struct move *m;
	bool own;
	int rc;

	if (from_ask(appt, ask, &m, err) < 0)
		return -1;
	rc = act_join(desk, &own, err);
	if (rc == 0) {
		rc = act_do(desk, &act_move, m, err);
		if (rc == 0)
			rc = held_no_more(desk, &m->slots, err);
		if (rc == 0)
			rc = answered(desk, appt, (struct id){ 0 }, err);
		rc = act_part(desk, own, rc, err);
	}
	args_free(&act_move.fields, m);
	return rc;
}

int booking_move_try(struct desk *desk, struct id appt, const struct move_ask *ask, struct err *err)
{
	struct appt_row r;
	struct client who;
	struct move *m;
	bool apart;
	int rc;

	if (from_ask(appt, ask, &m, err) < 0)
		return -1;
	rc = desk_needs(desk, act_move.roles, act_move.name, err);
	if (rc == 0)
		rc = move_fits(desk, m, &r, &who, &apart, err);
	args_free(&act_move.fields, m);
	return rc;
}
