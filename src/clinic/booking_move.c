/*
 * booking_move.c: the act `move`: another time, clinician or length for the same appointment.
 *
 * It keeps its id while this node holds both the old slots and the new; the old ones are free again
 * at once.  The national code of the time given up (2 or 4, by who asked) is in the history with
 * the old time; the row itself stays a booking.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/episodes.h"
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

/* Both the old and the new slots must be this node's to write. */
static int held_here(struct desk *desk, const struct slot_rows *slots, struct err *err)
{
	list_each (want, slots) {
		struct slot s;

		if (slots_get(desk->store, want->id, &s, err) < 0)
			return -1;
		if (s.holder != store_me(desk->store)->node)
			return err_set(
				err, ERR_CLASH,
				"Another site keeps that time: book it there, then cancel this one.");
	}
	return 0;
}

static int move_check(struct desk *desk, void *args, struct err *err)
{
	struct move *m = args;
	struct appt_row r;
	struct client who;

	if (appt_get(desk->store, m->appt, &r, err) < 0 || booking_movable(desk, &r, err) < 0 ||
	    client_get(desk->store, r.a.person, desk->today, &who, err) < 0)
		return -1;
	if (id_none(m->clinician))
		m->clinician = r.a.clinician;
	if (moment_none(m->starts))
		m->starts = r.a.starts;
	if (m->mins == 0)
		m->mins = r.a.mins;

	struct fit f = { .service = ref_service(desk, r.a.service),
			 .clinician = ref_clinician(desk, m->clinician),
			 .wish = { .kind = r.a.kind },
			 .starts = m->starts,
			 .mins = (int)m->mins,
			 .own = r.a.id };

	if (!f.clinician || !f.clinician->on)
		return err_input(err, "clinician",
				 "There is no such clinician now: clinician list shows them.");
	if (id_same(m->clinician, r.a.clinician) && m->starts.utc == r.a.starts.utc &&
	    m->mins == r.a.mins)
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
	m->room = f.room;
	m->day = moment_date(m->starts);
	if (person_free(desk, &who, m->starts, (int)m->mins, m->site, r.a.id, err) < 0 ||
	    was_now(desk, &r, &m->was, err) < 0 || held_here(desk, &m->slots, err) < 0)
		return -1;
	if (held_here(desk, &m->was.v[0].slots, err) < 0)
		return -1;
	booking_needs(desk, &who,
		      &(struct needed){ .appt = r.a.id,
					.service = r.a.service,
					.site = m->site,
					.room = m->room,
					.starts = m->starts,
					.mode = r.a.mode,
					.moved = true },
		      &m->tasks);
	return move_tell(desk, m, &r.a, err);
}

static int move_run(struct txn *t, const void *args)
{
	const struct move *m = args;
	struct appt_row r;
	struct id taker = { 0 }, other;
	char from[APPT_WORDS], to[APPT_WORDS];

	txn_tell(t, "appointment", m->appt, "moved");
	txn_why(t, m->why);
	if (!appt_read(t, m->appt, &r))
		return VERDICT_STALE;
	txn_scope(t, r.scope);
	if (!appt_live(r.a.state) || slots_hold(t, &m->slots, m->appt, &taker) != HOLD_FREE) {
		txn_tell(t, "appointment", m->appt, "not moved: the time was taken");
		txn_overlap(t, "slot", m->appt, taker, "asked for a slot that was taken already");
		return VERDICT_DECLINED;
	}
	appt_words(t, &r.a, from);
	slot_release(t, m->appt);
	slots_claim(t, &m->slots, m->appt);
	r.a.clinician = m->clinician;
	r.a.site = m->site;
	r.a.room = m->room;
	r.a.day = m->day;
	r.a.starts = m->starts;
	r.a.mins = (int)m->mins;
	r.a.state = APPT_BOOKED;
	r.a.over_by = (struct id){ 0 };
	r.a.over_why[0] = '\0';
	r.a.moves++;
	appt_set(t, &r.a);
	tasks_put(t, &m->tasks, r.scope);
	telling_run(t, &m->tell, r.scope, MSG_QUEUED);
	other = appt_overlaps(t, &r.a);
	if (!id_none(other))
		txn_overlap(t, "person", m->appt, other, "one person in two places");
	appt_words(t, &r.a, to);
	txn_tell(t, "appointment", m->appt, "moved by the %s from %.110s to %.100s", m->by, from,
		 to);
	return VERDICT_CONFIRMED;
}

static int move_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			struct err *err)
{
	const struct move *m = deed->args;

	(void)desk;
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
	FIELD(by, struct move, "by", F_TEXT),
	FIELD(why, struct move, "why", F_TEXT),
	FIELD_ROWS(was, struct move, "was", &restore_fields),
	FIELD_ROWS(tasks, struct move, "tasks", &new_task_fields),
	TELLING_FIELDS(struct move, tell),
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
	char *why = NULL;
	struct move *m;

	if (by == CANCEL_ERROR)
		return err_input(err, "by", "A move is asked for by the person or the service.");
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
	struct move *m;
	int rc;

	if (from_ask(appt, ask, &m, err) < 0)
		return -1;
	rc = desk_needs(desk, act_move.roles, act_move.name, err);
	if (rc == 0)
		rc = move_check(desk, m, err);
	args_free(&act_move.fields, m);
	return rc;
}
