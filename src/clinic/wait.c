/*
 * wait.c: who waits for a freed time: put on the list, their wish changed, taken off and put back.
 *
 * All four acts carry the place as it was and as it is to be.  One made on a place that has ended
 * meanwhile, elsewhere, changes nothing.
 */
#include "clinic/wait.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/refs.h"
#include "clinic/wait_acts.h"
#include "store/episodes.h"
#include "store/waits.h"

/* ---- arguments ---- */

/* A place on the list: what the acts change of it. */
struct wait_stand {
	const char *state, *why, *sites;
	struct id clinician;
	int64_t days, after, before, modes, notice;
	struct date from;
	struct moment since; /* put on it anew; none: as it was */
	bool earlier;
};
struct wait_stands { /* one row */
	struct wait_stand *v;
	size_t n, cap;
};
struct wait_change {
	struct id wait, person, episode; /* person, episode: of a new one */
	const char *scope;
	struct wait_stands was, to; /* was: none of a new one */
	const struct wait_ask *ask; /* what check goes by, and not carried */
	bool anew;		    /* what they waited for is over: it counts from now */
	enum wait_state ends;
	const char *end_why;
};
static const struct field stand_f[] = {
	FIELD_NEEDED(state, struct wait_stand, "state", F_TEXT),
	FIELD(why, struct wait_stand, "why", F_TEXT),
	FIELD(sites, struct wait_stand, "sites", F_TEXT),
	FIELD(clinician, struct wait_stand, "clinician", F_ID),
	FIELD(days, struct wait_stand, "days", F_INT),
	FIELD(after, struct wait_stand, "after", F_INT),
	FIELD(before, struct wait_stand, "before", F_INT),
	FIELD(modes, struct wait_stand, "modes", F_INT),
	FIELD(notice, struct wait_stand, "notice", F_INT),
	FIELD(from, struct wait_stand, "from", F_DATE),
	FIELD(earlier, struct wait_stand, "earlier", F_BOOL),
	FIELD(since, struct wait_stand, "since", F_MOMENT),
};
static const struct fields stand_fields = FIELDS(stand_f, struct wait_stand);
static const struct field change_f[] = {
	FIELD_NEEDED(wait, struct wait_change, "wait", F_ID),
	FIELD(person, struct wait_change, "person", F_ID),
	FIELD(episode, struct wait_change, "episode", F_ID),
	FIELD_NEEDED(scope, struct wait_change, "scope", F_TEXT),
	FIELD_ROWS(was, struct wait_change, "was", &stand_fields),
	FIELD_ROWS_NEEDED(to, struct wait_change, "to", &stand_fields),
};
static const struct fields change_fields = FIELDS(change_f, struct wait_change);

static void stand_push(struct wait_stands *list, const struct wait *w)
{
	struct wait_stand *s = list_push(list);

	*s = (struct wait_stand){ .state = mem_str(wait_state_code(w->state)),
				  .why = *w->why ? mem_str(w->why) : NULL,
				  .sites = mem_str(w->wish.sites),
				  .clinician = w->wish.clinician,
				  .days = w->wish.days,
				  .after = w->wish.after,
				  .before = w->wish.before,
				  .modes = w->wish.modes,
				  .notice = w->wish.notice,
				  .from = w->wish.from,
				  .earlier = w->wish.earlier };
}

static void stand_read(struct wait *w, const struct wait_stand *s)
{
	wait_state_parse(s->state, &w->state);
	COPY(w->why, s->why);
	COPY(w->wish.sites, s->sites);
	w->wish.clinician = s->clinician;
	w->wish.days = (unsigned)s->days;
	w->wish.after = (int)s->after;
	w->wish.before = (int)s->before;
	w->wish.modes = (unsigned)s->modes;
	w->wish.notice = (int)s->notice;
	w->wish.from = s->from;
	w->wish.earlier = s->earlier;
	if (!moment_none(s->since))
		w->since = s->since;
}

/* ---- run ---- */

static bool sound(const struct wait_change *c)
{
	enum wait_state state;

	return c->to.n == 1 && wait_state_parse(c->to.v[0].state, &state) && c->was.n <= 1 &&
	       (c->was.n == 0 || wait_state_parse(c->was.v[0].state, &state)) &&
	       (state != WAIT_REMOVED || c->was.n == 1) &&
	       (strcmp(c->to.v[0].state, wait_state_code(WAIT_REMOVED)) != 0 || c->to.v[0].why);
}

static int add_run(struct txn *t, const void *args)
{
	const struct wait_change *c = args;
	struct wait w = { .id = c->wait,
			  .person = c->person,
			  .episode = c->episode,
			  .since = t->at,
			  .user = t->actor };

	txn_tell(t, "wait", c->wait, "put on the waiting list");
	txn_scope(t, c->scope);
	if (!sound(c))
		return VERDICT_UNSUPPORTED;
	COPY(w.scope, c->scope);
	stand_read(&w, &c->to.v[0]);
	w.state = WAIT_WAITING;
	w.why[0] = '\0';
	wait_put(t, &w);
	wait_once(t, &w);
	return VERDICT_OK;
}

static const char *said(enum wait_state was, enum wait_state to, bool anew)
{
	if (was == to && anew)
		return "on the waiting list again";
	if (was == to)
		return "waits for something else";
	switch (to) {
	case WAIT_WAITING:
		return "back on the waiting list";
	case WAIT_TAKEN:
		return "off the waiting list: took a freed time";
	case WAIT_REMOVED:
		return "taken off the waiting list";
	default:
		return "taken back: put on the waiting list";
	}
}

static int change_run(struct txn *t, const void *args)
{
	const struct wait_change *c = args;
	enum wait_state was, to;
	struct wait w = { 0 };

	txn_tell(t, "wait", c->wait, "waiting list");
	txn_scope(t, c->scope);
	if (!sound(c) || c->was.n == 0)
		return VERDICT_UNSUPPORTED;
	wait_state_parse(c->was.v[0].state, &was);
	wait_state_parse(c->to.v[0].state, &to);
	txn_tell(t, "wait", c->wait, "%s", said(was, to, !moment_none(c->to.v[0].since)));
	if (to == WAIT_REMOVED)
		txn_why(t, c->to.v[0].why);
	if (!wait_read(t, c->wait, &w) || w.state != was)
		return VERDICT_STALE;
	stand_read(&w, &c->to.v[0]);
	if (to == WAIT_WAITING) {
		w.ended_at = (struct moment){ 0 };
		w.ended_by = (struct id){ 0 };
	} else {
		w.ended_at = t->at;
		w.ended_by = t->actor;
	}
	wait_write(t, &w);
	if (to == WAIT_WAITING)
		wait_once(t, &w);
	return VERDICT_OK;
}

/* ---- the wish ---- */

/* Codes of sites as they are written, each once, in the order of the list of sites. */
static int read_sites(struct desk *desk, const char *text, char ret[WORDS_TEXT], struct err *err)
{
	char word[CODE_TEXT], known[WORDS_TEXT] = "";
	const struct site *site;
	size_t n = 0;

	for (const char *p = text; *p; p += n) {
		p += strspn(p, " ,");
		n = strcspn(p, " ,");
		if (n == 0)
			break;
		snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1),
			 p);
		if (find_site(desk, word, &site, err) < 0)
			return -1;
		if (words_have(known, site->code))
			continue;
		if (strlen(known) + strlen(site->code) + 2 > sizeof known)
			return err_input(err, "sites", "Those are too many sites: name fewer.");
		if (*known)
			strncat(known, " ", sizeof known - strlen(known) - 1);
		strncat(known, site->code, sizeof known - strlen(known) - 1);
	}
	snprintf(ret, WORDS_TEXT, "%s", known);
	return 0;
}

static int wish_ok(struct desk *desk, const struct wait_ask *ask, const struct service *s,
		   struct wait_wish *ret, struct err *err)
{
	const struct clinician *who = ref_clinician(desk, ask->wish.clinician);
	unsigned offered = 0;
	enum mode usual;

	*ret = ask->wish;
	modes_parse(s->modes, &offered, &usual);
	if (!id_none(ask->wish.clinician) && (!who || !who->on))
		return err_input(err, "clinician",
				 "There is no such clinician now: clinician list shows them.");
	if (ask->wish.modes & ~offered)
		return err_input(err, "mode", "%s is offered as %s only: choose among these.",
				 s->brief, s->modes);
	if (ask->wish.before && ask->wish.before <= ask->wish.after)
		return err_input(err, "before", "That leaves no time between the two.");
	if (ask->wish.notice < 0 || ask->wish.notice > 28 * 24)
		return err_input(err, "notice", "Notice is 0 to 672 hours, not %d.",
				 ask->wish.notice);
	if (!ask->short_notice && ret->notice == 0)
		ret->notice = WAIT_NOTICE;
	return read_sites(desk, ask->wish.sites, ret->sites, err);
}

/* ---- check ---- */

static int gone(const struct desk *desk, const struct wait_row *r, struct err *err)
{
	char at[DAY_TEXT];

	return err_set(err, ERR_CLASH, "They left the waiting list on %s: look again.",
		       moment_said(r->w.ended_at, desk->today, at));
}

static int add_check(struct desk *desk, void *args, struct err *err)
{
	struct wait_change *c = args;
	struct wait w = { .state = WAIT_WAITING };
	struct wait_row there;
	struct episode_use use;
	struct episode e;
	const struct service *s;

	if (episode_get(desk->store, c->ask->episode, &e, err) < 0 ||
	    booking_own_desk(desk, e.service, err) < 0)
		return -1;
	s = ref_service(desk, e.service);
	if (!s || strcmp(e.state, "open") != 0)
		return err_input(err, "referral", "%s is closed: nobody waits for it.", e.number);
	if (wait_of_episode(desk->store, e.id, &there, err) < 0 ||
	    wish_ok(desk, c->ask, s, &w.wish, err) < 0)
		return -1;
	/* Also when it is met by now: another desk was faster, and their place counts from then. */
	if (!id_none(there.w.id))
		return err_set(err, ERR_CLASH, "%s is on the waiting list already: change that.",
			       e.number);
	if (episode_used(desk->store, e.id, (struct id){ 0 }, &use, err) < 0)
		return -1;
	w.wish.earlier = use.used > use.seen;
	c->person = e.person;
	c->episode = e.id;
	c->scope = mem_str(e.scope);
	c->wait = desk_new_id(desk);
	stand_push(&c->to, &w);
	return 0;
}

/* The place as it stands, on the list or met for now. */
static int begin(struct desk *desk, struct wait_change *c, struct wait_row *ret, struct err *err)
{
	if (wait_one(desk, c->wait, ret, err) < 0 ||
	    booking_own_desk(desk, ret->w.service, err) < 0)
		return -1;
	if (ret->w.state != WAIT_WAITING)
		return gone(desk, ret, err);
	c->scope = mem_str(ret->w.scope);
	stand_push(&c->was, &ret->w);
	return 0;
}

static int set_check(struct desk *desk, void *args, struct err *err)
{
	struct wait_change *c = args;
	const struct service *s;
	struct wait_row r;

	if (begin(desk, c, &r, err) < 0)
		return -1;
	s = ref_service(desk, r.w.service);
	if (!s || wish_ok(desk, c->ask, s, &r.w.wish, err) < 0)
		return -1;
	/* Somebody who is booked is on the list for something earlier, or not at all. */
	r.w.wish.earlier = !id_none(r.appt);
	stand_push(&c->to, &r.w);
	if (c->anew) {
		c->was.v[0].since = r.w.since;
		c->to.v[0].since = desk->now;
	}
	return 0;
}

static int end_check(struct desk *desk, void *args, struct err *err)
{
	struct wait_change *c = args;
	struct wait_row r;

	if (begin(desk, c, &r, err) < 0)
		return -1;
	r.w.state = c->ends;
	COPY(r.w.why, c->end_why);
	stand_push(&c->to, &r.w);
	return 0;
}

/* ---- the way back ---- */

static void stands_copy(struct wait_stands *to, const struct wait_stands *from)
{
	list_each (s, from) {
		struct wait_stand *n = list_push(to);

		*n = *s;
		n->state = mem_str(s->state);
		n->why = mem_str(s->why);
		n->sites = mem_str(s->sites);
	}
}

static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct wait_change *was = deed->args;
	struct wait_change *back = mem_new(sizeof *back);

	(void)desk, (void)err;
	back->wait = was->wait;
	back->scope = mem_str(was->scope);
	stands_copy(&back->was, &was->to);
	stands_copy(&back->to, was->was.n ? &was->was : &was->to);
	if (was->was.n == 0) {
		mem_free((char *)back->to.v[0].state);
		back->to.v[0].state = mem_str(wait_state_code(WAIT_OFF));
	}
	*ret = (struct call){ &act_wait_back, back };
	return 0;
}

const struct act act_wait_add = {
	.name = "wait_add",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(change_f, struct wait_change),
	.check = add_check,
	.run = add_run,
	.reverse = reverse,
};
const struct act act_wait_set = {
	.name = "wait_set",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(change_f, struct wait_change),
	.check = set_check,
	.run = change_run,
	.reverse = reverse,
};
const struct act act_wait_end = {
	.name = "wait_end",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(change_f, struct wait_change),
	.check = end_check,
	.run = change_run,
	.reverse = reverse,
};
const struct act act_wait_back = {
	.name = "wait_back",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(change_f, struct wait_change),
	.run = change_run,
};

/* ---- for callers ---- */

static int change(struct desk *desk, const struct act *act, const struct wait_change *what,
		  struct id *ret, struct err *err)
{
	struct wait_change *c = mem_new(sizeof *c);
	int rc;

	*c = *what;
	rc = act_do(desk, act, c, err);
	if (rc == 0 && ret)
		*ret = c->wait;
	args_free(&change_fields, c);
	return rc;
}

int wait_add(struct desk *desk, const struct wait_ask *ask, struct id *ret, struct err *err)
{
	struct wait_row there;

	if (wait_of_episode(desk->store, ask->episode, &there, err) < 0)
		return -1;
	/* Met for now: they keep their place and wait for something earlier.  Met for good, as by
	 * one who did not come: they wait for the next one from now on. */
	if (!id_none(there.w.id) && !there.on) {
		if (change(desk, &act_wait_set,
			   &(struct wait_change){
				   .wait = there.w.id, .ask = ask, .anew = id_none(there.appt) },
			   NULL, err) < 0)
			return -1;
		if (ret)
			*ret = there.w.id;
		return 0;
	}
	return change(desk, &act_wait_add, &(struct wait_change){ .ask = ask }, ret, err);
}

int wait_set(struct desk *desk, struct id wait, const struct wait_ask *ask, struct err *err)
{
	return change(desk, &act_wait_set, &(struct wait_change){ .wait = wait, .ask = ask }, NULL,
		      err);
}

int wait_remove(struct desk *desk, struct id wait, const char *why, struct err *err)
{
	char *clean = clean_reason(why, "why", err);
	int rc;

	if (!clean)
		return -1;
	rc = change(desk, &act_wait_end,
		    &(struct wait_change){ .wait = wait, .ends = WAIT_REMOVED, .end_why = clean },
		    NULL, err);
	mem_free(clean);
	return rc;
}

int wait_taken(struct desk *desk, struct id wait, struct err *err)
{
	return change(desk, &act_wait_end,
		      &(struct wait_change){ .wait = wait, .ends = WAIT_TAKEN, .end_why = "" },
		      NULL, err);
}
