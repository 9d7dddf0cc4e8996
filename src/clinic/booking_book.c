/*
 * booking_book.c: the act `book`.
 *
 * check decides everything that a person could argue about (who, when, which slots, which episode,
 * NEW or follow-up) and writes it into the arguments; run only puts the rows there.  The holder of
 * the slots confirms at once; anybody else's booking is a request, which the holder answers
 * (holder.c).  A slot that is taken already never holds two: whoever was told it was theirs, under
 * a hold that a person took away since, is displaced; everybody else declined.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/flag.h"
#include "clinic/referral.h"
#include "clinic/refs.h"
#include "model/number.h"
#include "model/person.h"
#include "clinic/task.h"
#include "store/episodes.h"
#include "store/tasks.h"

/* ---- check ---- */

static int may_have(struct desk *desk, const struct service *s, const struct clinician *c,
		    struct err *err)
{
	if (!s || !s->on)
		return err_input(err, "service",
				 "There is no such service now: service list shows them.");
	if (!c || !c->on)
		return err_input(err, "clinician",
				 "There is no such clinician now: clinician list shows them.");
	return booking_own_desk(desk, s->id, err);
}

static int client_ok(const struct client *who, struct err *err)
{
	char name[PERSON_TEXT];

	if (strcmp(who->status, "deceased") == 0)
		return err_input(err, "person",
				 "%s is recorded as deceased: nothing can be booked.",
				 person_show(who->surname, who->given, who->title, name));
	if (strcmp(who->status, "leaver") == 0)
		return err_input(err, "person",
				 "%s is recorded as a leaver: correct that first if they are back.",
				 person_show(who->surname, who->given, who->title, name));
	return 0;
}

static int mode_ok(struct book *b, const struct service *s, struct err *err)
{
	unsigned offered = 0;
	enum mode usual = MODE_FACE, wanted;

	modes_parse(s->modes, &offered, &usual);
	if (!b->mode)
		b->mode = mem_str(mode_word(usual));
	if (!mode_parse(b->mode, &wanted) || !(offered & wanted))
		return err_input(err, "mode", "%s is not offered by %s: choose %s.", b->mode,
				 s->brief, s->modes);
	return 0;
}

static int length_ok(struct book *b, const struct service *s, enum appt_kind kind, struct err *err)
{
	if (b->mins == 0)
		b->mins = kind == APPT_NEW ? s->new_mins : s->fu_mins;
	if (b->mins < 5 || b->mins > 480)
		return err_input(err, "length", "A length is 5 to 480 minutes, not %lld.",
				 (long long)b->mins);
	b->kind = mem_str(appt_kind_word(kind));
	return 0;
}

static int may_overbook(struct desk *desk, struct book *b, const struct fit *f, struct err *err)
{
	int n;

	if (!user_may(&desk->user, RIGHT_OVERBOOK, f->service->id, f->site))
		return err_set(err, ERR_DENIED, "%s may not overbook: ask somebody who may.",
			       desk->user.name);
	if (appts_overbooked(desk->store, b->clinician, moment_date(b->starts), (struct id){ 0 },
			     &n, err) < 0)
		return -1;
	if (n >= f->clinician->over_cap)
		return err_set(
			err, ERR_CLASH,
			f->clinician->over_cap
				? "%s has %d overbooked that day and takes no more: choose another day."
				: "%s takes nobody overbooked (%d that day): choose a free time.",
			f->clinician->surname, n);
	return room_free(desk, f, err);
}

/* Overbooking a time that is free would waste the slot. */
static bool free_after_all(struct desk *desk, const struct fit *f)
{
	struct fit plain = *f;
	bool is;

	plain.over = false;
	memset(&plain.slots, 0, sizeof plain.slots);
	is = fit_find(desk, &plain, NULL) == 0;
	list_free(&plain.slots);
	return is;
}

static int place(struct desk *desk, struct book *b, const struct service *s,
		 const struct clinician *c, struct err *err)
{
	struct fit f = { .service = s,
			 .clinician = c,
			 .starts = b->starts,
			 .mins = (int)b->mins,
			 .over = b->over_why != NULL,
			 .running = b->running };

	appt_kind_parse(b->kind, &f.wish.kind);
	f.wish.service = s->id;
	if (search_for(desk, b->person, &f.wish, err) < 0 || fit_find(desk, &f, err) < 0)
		return -1;
	if (f.over && may_overbook(desk, b, &f, err) < 0)
		return -1;
	if (f.over && free_after_all(desk, &f))
		return err_input(err, "overbook",
				 "That time is free: book it without overbooking.");
	list_free(&b->slots);
	b->slots = f.slots;
	b->site = f.site;
	if (room_for(desk, &f, b->room, b->no_room, &b->room, err) < 0)
		return -1;
	b->day = moment_date(b->starts);
	b->over_by = f.over ? desk->user.id : (struct id){ 0 };
	return slots_here(desk, &b->slots, &b->held, err);
}

static void arrange(struct desk *desk, struct book *b, const struct client *who)
{
	struct needed at = { .appt = b->appt,
			     .service = b->service,
			     .site = b->site,
			     .room = b->room,
			     .starts = b->starts };

	mode_parse(b->mode, &at.mode);
	booking_needs(desk, who, &at, &b->tasks);
}

/* Work beyond the contract is done as that says; it stops nobody. */
static int beyond(struct desk *desk, const struct book *b, struct err *err)
{
	char rule[OVER_TEXT];

	if (strcmp(b->kind, appt_kind_word(APPT_NEW)) != 0)
		return 0;
	if (referral_over(desk, b->episode, rule, err) < 0)
		return -1;
	if (*rule)
		desk_warn(desk, "%s", rule);
	return 0;
}

/* Two desks may have the same person before them: the second is not to book another time unawares.
 */
static int booked_meanwhile(struct desk *desk, const struct book *b, const struct client *who,
			    struct err *err)
{
	struct episode_use use = { 0 };
	char name[NAME_TEXT], when[DAY_TEXT];

	if (!b->known || id_none(b->episode))
		return 0;
	if (episode_used(desk->store, b->episode, (struct id){ 0 }, &use, err) < 0)
		return -1;
	if (use.used <= *b->known)
		return 0;
	caps(who->surname, "Somebody", name);
	if (*b->known == 0 && !moment_none(use.first))
		return err_set(err, ERR_CLASH,
			       "%.30s was booked meanwhile for %s: another time too?", name,
			       moment_show(use.first, when));
	return err_set(err, ERR_CLASH, "%.30s was booked meanwhile: another time too?", name);
}

static int check(struct desk *desk, void *args, struct err *err)
{
	struct book *b = args;
	const struct service *s = ref_service(desk, b->service);
	const struct clinician *c = ref_clinician(desk, b->clinician);
	struct client who;
	struct episode e = { 0 };
	enum appt_kind kind;

	if (may_have(desk, s, c, err) < 0 ||
	    client_get(desk->store, b->person, desk->today, &who, err) < 0 ||
	    client_ok(&who, err) < 0 || flag_stops(desk, who.id, b->service, err) < 0 ||
	    mode_ok(b, s, err) < 0)
		return -1;
	b->person = who.id;
	b->customer = who.customer;
	b->scope = mem_str(who.scope);
	if (episode_for(desk, b->person, b->service, b->episode, &e, err) < 0)
		return -1;
	b->episode = e.id;
	if (booked_meanwhile(desk, b, &who, err) < 0)
		return -1;
	if (kind_at(desk, e.id, b->starts, &kind, err) < 0 || length_ok(b, s, kind, err) < 0 ||
	    cap_left(desk, e.id, err) < 0 || registered(desk, c, moment_date(b->starts), err) < 0 ||
	    place(desk, b, s, c, err) < 0 ||
	    person_free(desk, &who, b->starts, (int)b->mins, b->site, (struct id){ 0 }, err) < 0)
		return -1;
	if (beyond(desk, b, err) < 0)
		return -1;
	/* Nothing is refused from here on: ids and numbers are not used up by a refusal. */
	b->appt = desk_new_id(desk);
	arrange(desk, b, &who);
	offers_carry(desk, b->said, b->mode, &b->offers);
	if (id_none(b->episode) && open_episode(desk, b, s, err) < 0)
		return -1;
	return book_tell(desk, b, err);
}

/* ---- run ---- */

/* Two copies of a node may give one number out before either is told of the other: whoever comes
 * second gets a letter behind it, and a person hears of it. */
static void number_once(struct txn *t, const struct book *b, struct episode *e)
{
	struct episode other = { 0 };
	char note[WORDS_TEXT];

	if (txn_failed(t) || episode_by_number(t->store, b->number, &other, &t->err) < 0 ||
	    id_none(other.id))
		return;
	for (char more = 'B'; more <= 'Z' && !id_none(other.id) && !txn_failed(t); more++) {
		snprintf(e->number, sizeof e->number, "%.20s%c", b->number, more);
		memset(&other, 0, sizeof other);
		episode_by_number(t->store, e->number, &other, &t->err);
	}
	snprintf(note, sizeof note, "%.20s was given out twice: this is %.24s now", b->number,
		 e->number);
	txn_overlap(t, "number", b->appt, b->episode, note);
}

static void put_episode(struct txn *t, const struct book *b)
{
	struct episode e = { .id = b->episode,
			     .person = b->person,
			     .service = b->service,
			     .customer = b->customer,
			     .priority = (int)b->priority,
			     .received = b->received,
			     .target = b->target,
			     .opened_at = t->at };

	snprintf(e.scope, sizeof e.scope, "%s", b->scope);
	snprintf(e.number, sizeof e.number, "%s", b->number);
	number_once(t, b, &e);
	episode_put(t, &e);
}

static struct appt appt_of(const struct txn *t, const struct book *b)
{
	struct appt a = { .id = b->appt,
			  .clinician = b->clinician,
			  .site = b->site,
			  .room = b->room,
			  .service = b->service,
			  .day = b->day,
			  .starts = b->starts,
			  .mins = (int)b->mins,
			  .asked_at = t->at,
			  .over_by = b->over_by,
			  .person = b->person,
			  .episode = b->episode,
			  .customer = b->customer };

	mode_parse(b->mode, &a.mode);
	appt_kind_parse(b->kind, &a.kind);
	snprintf(a.over_why, sizeof a.over_why, "%s", b->over_why ? b->over_why : "");
	snprintf(a.call_back, sizeof a.call_back, "%s", b->call_back ? b->call_back : "");
	a.alone = b->alone;
	return a;
}

/* Elsewhere somebody else may have been given the room meanwhile. */
static void room_twice(struct txn *t, const struct appt *a)
{
	struct id other = appt_live(a->state) ? appt_in_room(t, a) : (struct id){ 0 };

	if (!id_none(other))
		txn_overlap(t, "same_room", a->id, other, "two clinicians in one room");
}

static int run(struct txn *t, const void *args)
{
	const struct book *b = args;
	struct appt a = appt_of(t, b);
	struct id taker = { 0 }, other;
	enum hold hold = !id_none(b->over_by) ? HOLD_FREE
			 : b->slots.n == 0    ? HOLD_TAKEN
					   : slots_hold_as(t, &b->slots, b->appt, b->held, &taker);
	enum { DISPLACED = HOLD_OTHERS + 1 };
	static const struct outcome {
		enum appt_state state;
		enum verdict verdict;
		const char *words;
	} outcome[] = {
		[HOLD_FREE] = { APPT_BOOKED, VERDICT_CONFIRMED, "booked for" },
		[HOLD_TAKEN] = { APPT_DECLINED, VERDICT_DECLINED, "declined, the slot was taken:" },
		[HOLD_OTHERS] = { APPT_REQUESTED, VERDICT_REQUESTED, "requested for" },
		[DISPLACED] = { APPT_DISPLACED, VERDICT_DISPLACED,
				"displaced, the slot was taken:" },
	};
	const struct outcome *o = &outcome[hold == HOLD_TAKEN && b->held ? DISPLACED : (int)hold];
	char words[APPT_WORDS];

	a.state = o->state;
	appt_code(&a, 0, a.code);
	if (b->number)
		put_episode(t, b);
	else
		episode_revive(t, b->episode, b->appt);
	appt_put(t, &a, b->scope);
	offers_put(t, &b->offers, b->scope, b->episode, b->appt);
	if (hold == HOLD_FREE)
		slots_claim(t, &b->slots, b->appt);
	/* What was promised waits with a request, and is not said of what was declined. */
	if (hold != HOLD_TAKEN) {
		tasks_put(t, &b->tasks, b->scope);
		telling_run(t, &b->tell, b->scope, hold == HOLD_FREE ? MSG_QUEUED : MSG_HELD);
	} else {
		telling_lost(t, &b->tell, b->scope);
	}
	if (hold == HOLD_TAKEN)
		txn_overlap(t, b->held ? "displaced" : "slot", b->appt, taker,
			    "asked for a slot that was taken already");
	if (hold == HOLD_OTHERS)
		slots_ask(t, &b->slots, b->appt, b->held, (struct id){ 0 }, NULL);
	if (appt_live(a.state))
		flag_booked_over(t, b->person, b->service, b->appt);
	/* Elsewhere another desk may have booked the same person meanwhile. */
	other = appt_live(a.state) ? appt_overlaps(t, &a) : (struct id){ 0 };
	if (!id_none(other))
		txn_overlap(t, "person", b->appt, other, "one person in two places");
	appt_words(t, &a, words);
	txn_tell(t, "appointment", b->appt, "%s %s%s", o->words, words,
		 id_none(b->over_by) ? "" : ", OVER");
	room_twice(t, &a);
	txn_why(t, b->over_why ? b->over_why : b->why);
	txn_scope(t, b->scope);
	return o->verdict;
}

/* ---- reverse ---- */

/* Undone, it was an error; and so was the episode that had nothing but this. */
static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct book *b = deed->args;
	struct episode_use use;
	struct cancel *c;

	if (episode_used(desk->store, b->episode, b->appt, &use, err) < 0)
		return -1;
	c = mem_new(sizeof *c);
	c->appt = b->appt;
	c->by = mem_str(cancel_by_word(CANCEL_ERROR));
	/* Nothing ends over an open flag, not even as an error: it is to be booked again. */
	if (b->number && use.all == 0 && flag_holds(desk, b->person, b->service, NULL) == 0)
		c->episode = b->episode;
	task_ids_of(&b->tasks, &c->tasks);
	ret->act = &act_cancel;
	ret->args = c;
	return 0;
}

static const struct field book_f[] = {
	FIELD(appt, struct book, "appt", F_ID),
	FIELD(person, struct book, "person", F_ID),
	FIELD(customer, struct book, "customer", F_ID),
	FIELD(clinician, struct book, "clinician", F_ID),
	FIELD(site, struct book, "site", F_ID),
	FIELD(room, struct book, "room", F_ID),
	FIELD(service, struct book, "service", F_ID),
	FIELD_NEEDED(scope, struct book, "scope", F_TEXT),
	FIELD(episode, struct book, "episode", F_ID),
	FIELD(number, struct book, "number", F_TEXT),
	FIELD(priority, struct book, "priority", F_INT),
	FIELD(received, struct book, "received", F_DATE),
	FIELD(target, struct book, "target", F_DATE),
	FIELD_NEEDED(kind, struct book, "kind", F_TEXT),
	FIELD_NEEDED(mode, struct book, "mode", F_TEXT),
	FIELD(day, struct book, "day", F_DATE),
	FIELD(starts, struct book, "starts", F_MOMENT),
	FIELD(mins, struct book, "mins", F_INT),
	FIELD(held, struct book, "held", F_BOOL),
	FIELD_ROWS(slots, struct book, "slots", &slot_row_fields),
	FIELD(over_by, struct book, "over_by", F_ID),
	FIELD(over_why, struct book, "over_why", F_TEXT),
	FIELD(running, struct book, "running", F_BOOL),
	FIELD_ROWS(tasks, struct book, "tasks", &new_task_fields),
	FIELD(quiet, struct book, "quiet", F_BOOL),
	TELLING_FIELDS(struct book, tell),
	FIELD(call_back, struct book, "call_back", F_TEXT),
	FIELD(alone, struct book, "alone", F_BOOL),
	FIELD(why, struct book, "why", F_TEXT),
	FIELD_ROWS(offers, struct book, "offers", &new_offer_fields),
};

const struct act act_book = {
	.name = "book",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(book_f, struct book),
	.check = check,
	.run = run,
	.reverse = reverse,
};

/* ---- for callers ---- */

static int from_ask(const struct booking_ask *ask, struct book **ret, struct err *err)
{
	char *over_why = NULL, *why = NULL, call_back[PHONE_DIGITS];

	if (ask->call_back && call_back_of(ask->call_back, call_back, err) < 0)
		return -1;
	if ((ask->over_why && !(over_why = clean_reason(ask->over_why, "overbook", err))) ||
	    (ask->why && !(why = clean_reason(ask->why, "why", err)))) {
		mem_free(over_why);
		return -1;
	}

	struct book *b = mem_new(sizeof *b);

	b->person = ask->person;
	b->service = ask->service;
	b->clinician = ask->clinician;
	b->episode = ask->episode;
	b->starts = ask->starts;
	b->mins = ask->mins;
	b->mode = ask->mode ? mem_str(mode_word(ask->mode)) : NULL;
	b->over_why = over_why;
	b->why = why;
	b->room = ask->room;
	b->no_room = ask->no_room;
	b->call_back = ask->call_back ? mem_str(call_back) : NULL;
	b->alone = ask->alone;
	b->running = ask->running;
	b->quiet = ask->quiet;
	b->said = ask->said;
	b->known = ask->known;
	b->received = b->target = b->day = DATE_NONE;
	*ret = b;
	return 0;
}

int booking_book(struct desk *desk, const struct booking_ask *ask, struct id *ret_appt,
		 struct err *err)
{
	struct book *b;
	bool own;
	int rc;

	if (from_ask(ask, &b, err) < 0)
		return -1;
	rc = act_join(desk, &own, err);
	if (rc == 0) {
		rc = act_do(desk, &act_book, b, err);
		if (rc == 0)
			rc = held_no_more(desk, &b->slots, err);
		if (rc == 0)
			rc = answered(desk, b->appt, b->episode, err);
		rc = act_part(desk, own, rc, err);
	}
	if (rc == 0)
		*ret_appt = b->appt;
	args_free(&act_book.fields, b);
	return rc;
}

int booking_try(struct desk *desk, const struct booking_ask *ask, struct err *err)
{
	struct book *b;
	int rc;

	if (from_ask(ask, &b, err) < 0)
		return -1;
	/* Ids and numbers are handed out inside a change only; this one is never kept. */
	rc = desk_needs(desk, act_book.roles, act_book.name, err);
	if (rc == 0)
		rc = store_begin(desk->store, err);
	if (rc == 0) {
		rc = check(desk, b, err);
		store_rollback(desk->store);
	}
	args_free(&act_book.fields, b);
	return rc;
}
