/*
 * wait_try.c: a freed time is offered: tries that leave a row, texts that keep it for a reply, and
 * the taking.
 *
 * Taking is one user act: the appointment, the end of the wait, the end of what was kept for them.
 * Somebody who has a later time keeps that appointment: it is moved, so that time is free at once.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/message_acts.h"
#include "clinic/refs.h"
#include "clinic/wait_acts.h"
#include "store/messages.h"
#include "store/waits.h"

/* ---- a try ---- */

struct try_args {
	struct id try, wait, slot;
	const char *scope, *how, *why;
	struct moment until;
	int64_t mins; /* how long it is kept from its start */
	struct telling tell;
};
static const struct field try_f[] = {
	FIELD_NEEDED(try, struct try_args, "try", F_ID),
	FIELD_NEEDED(wait, struct try_args, "wait", F_ID),
	FIELD_NEEDED(slot, struct try_args, "slot", F_ID),
	FIELD_NEEDED(scope, struct try_args, "scope", F_TEXT),
	FIELD_NEEDED(how, struct try_args, "how", F_TEXT),
	FIELD(why, struct try_args, "why", F_TEXT),
	FIELD(until, struct try_args, "until", F_MOMENT),
	FIELD(mins, struct try_args, "mins", F_INT),
	TELLING_FIELDS(struct try_args, tell),
};
static const struct fields try_fields = FIELDS(try_f, struct try_args);

/* They wait, and see who may know of it. */
static int waiting(struct desk *desk, struct id wait, struct wait_row *ret, struct err *err)
{
	char name[NAME_TEXT];

	if (wait_one(desk, wait, ret, err) < 0 || booking_own_desk(desk, ret->w.service, err) < 0)
		return -1;
	caps(ret->surname, "", name);
	if (!ret->on)
		return err_set(err, ERR_CLASH,
			       "%s is not on the list any more: somebody was faster.  F5.", name);
	/* Recorded since they were put on it: nobody is rung or booked. */
	return ret->gone ? err_set(err, ERR_INPUT,
				   "%s has left or died, as recorded: nothing is offered.", name)
			 : 0;
}

enum mode wait_mode(const struct service *s, const struct wait_row *r)
{
	unsigned all = 0, wished = r->w.wish.modes;
	enum mode usual = MODE_FACE;

	if (r->mode)
		return r->mode;
	modes_parse(s->modes, &all, &usual);
	wished &= all;
	return !wished || (wished & usual) ? usual : (enum mode)(wished & (unsigned)-(int)wished);
}

/* What is offered, as if it were booked already: the facts of the text. */
static struct appt offered(const struct hole *h, const struct wait_row *r, const struct service *s)
{
	struct appt a = { .person = r->w.person,
			  .service = h->service,
			  .clinician = h->clinician,
			  .site = h->site,
			  .starts = h->starts,
			  .day = moment_date(h->starts),
			  .mode = wait_mode(s, r) };

	a.kind = r->kind;
	a.mins = r->mins ? r->mins : r->kind == APPT_NEW ? s->new_mins : s->fu_mins;
	return a;
}

static int write_text(struct desk *desk, struct try_args *a, const struct wait_row *r,
		      const struct hole *h, struct err *err)
{
	const struct service *s = ref_service(desk, h->service);
	struct appt about = offered(h, r, s);
	const struct contact *mobile;
	struct reader who;
	struct new_msg *m = NULL;
	char number[PHONE_TEXT], name[NAME_TEXT];

	if (reader_load(desk, r->w.person, &who, err) < 0)
		return -1;
	mobile = reader_ok(&who, "mobile");
	if (!mobile)
		err_set(err, ERR_CLASH, "%s allows no texts: ring instead.",
			caps(r->surname, "This person", name));
	else
		m = message_offer(desk, &a->tell, &who, &about, a->until, err);
	if (m)
		snprintf(desk->promise, sizeof desk->promise, "Text to %s",
			 phone_show(mobile->value, number));
	a->mins = about.mins;
	reader_done(&who);
	return m ? 0 : -1;
}

static int try_check(struct desk *desk, void *args, struct err *err)
{
	struct try_args *a = args;
	struct wait_row r;
	struct hole h;

	if (waiting(desk, a->wait, &r, err) < 0 || wait_hole(desk, a->slot, &h, err) < 0)
		return -1;
	a->scope = mem_str(r.w.scope);
	if (strcmp(a->how, wait_how_code(WAIT_TEXTED)) == 0) {
		a->until.utc = desk->now.utc + OFFER_MINS * 60;
		if (a->until.utc > h.starts.utc)
			a->until = h.starts;
		if (write_text(desk, a, &r, &h, err) < 0)
			return -1;
	}
	a->try = desk_new_id(desk);
	return 0;
}

static enum wait_how how_of(const struct try_args *a)
{
	enum wait_how how = WAIT_NO_ANSWER;

	wait_how_parse(a->how, &how);
	return how;
}

static int try_run(struct txn *t, const void *args)
{
	const struct try_args *a = args;
	struct wait_try w = { .id = a->try,
			      .wait = a->wait,
			      .slot = a->slot,
			      .how = how_of(a),
			      .until = a->until,
			      .mins = (int)a->mins };
	char at[DAY_TEXT];

	COPY(w.scope, a->scope);
	COPY(w.why, a->why);
	wait_try_put(t, &w);
	telling_run(t, &a->tell, a->scope, MSG_QUEUED);
	txn_tell(t, "wait", a->wait, "offered a freed time: %s%s%s", wait_how_words(w.how),
		 moment_none(a->until) ? "" : ", kept to ",
		 moment_none(a->until) ? "" : minute_show(moment_minute(a->until), at));
	txn_why(t, a->why);
	txn_scope(t, a->scope);
	return VERDICT_OK;
}

static int try_back_run(struct txn *t, const void *args)
{
	const struct try_args *a = args;
	struct wait_try w = { 0 };

	txn_tell(t, "wait", a->wait, "taken back: %s", wait_how_words(how_of(a)));
	txn_scope(t, a->scope);
	telling_run(t, &a->tell, a->scope, MSG_QUEUED);
	if (!wait_try_read(t, a->try, &w))
		return VERDICT_STALE;
	w.on = false;
	wait_try_write(t, &w);
	return VERDICT_OK;
}

static int try_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	const struct try_args *was = deed->args;
	struct try_args *back;
	struct msg m = { .id = { 0 } };

	if (was->tell.put.n && msg_get(desk->store, was->tell.put.v[0].id, &m, err) < 0)
		return -1;
	if (was->tell.put.n && (m.state != MSG_QUEUED || m.trying))
		return err_set(err, ERR_CLASH,
			       "The text has left already: it cannot be taken back.");
	back = mem_new(sizeof *back);
	back->try = was->try;
	back->wait = was->wait;
	back->slot = was->slot;
	back->scope = mem_str(was->scope);
	back->how = mem_str(was->how);
	if (was->tell.put.n)
		*list_push(&back->tell.withdraw) = m.id;
	*ret = (struct call){ &act_wait_try_back, back };
	return 0;
}

const struct act act_wait_try = {
	.name = "wait_try",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(try_f, struct try_args),
	.check = try_check,
	.run = try_run,
	.reverse = try_reverse,
};
const struct act act_wait_try_back = {
	.name = "wait_try_back",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(try_f, struct try_args),
	.run = try_back_run,
};

/* ---- an answer to a text ---- */

struct answer_args {
	struct id try;
	const char *scope, *was, *to;
};
static const struct field answer_f[] = {
	FIELD_NEEDED(try, struct answer_args, "try", F_ID),
	FIELD_NEEDED(scope, struct answer_args, "scope", F_TEXT),
	FIELD_NEEDED(was, struct answer_args, "was", F_TEXT),
	FIELD_NEEDED(to, struct answer_args, "to", F_TEXT),
};
static const struct fields answer_fields = FIELDS(answer_f, struct answer_args);

static int answer_run(struct txn *t, const void *args)
{
	const struct answer_args *a = args;
	struct wait_try w = { 0 };

	txn_tell(t, "wait_try", a->try, "%s%s", *a->to ? "answered the offer: " : "taken back: ",
		 *a->to ? a->to : "an answer to the offer");
	txn_scope(t, a->scope);
	if (!wait_try_read(t, a->try, &w) || strcmp(w.answer, a->was) != 0)
		return VERDICT_STALE;
	COPY(w.answer, a->to);
	wait_try_write(t, &w);
	return VERDICT_OK;
}

static int answer_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct answer_args *was = deed->args;
	struct answer_args *a = mem_new(sizeof *a);

	(void)desk, (void)err;
	a->try = was->try;
	a->scope = mem_str(was->scope);
	a->was = mem_str(was->to);
	a->to = mem_str(was->was);
	*ret = (struct call){ &act_wait_answer, a };
	return 0;
}

const struct act act_wait_answer = {
	.name = "wait_answer",
	.ver = 1,
	.roles = ROLE_DESK | ROLE_ADMINISTRATOR,
	.fields = FIELDS(answer_f, struct answer_args),
	.run = answer_run,
	.reverse = answer_reverse,
};

static int answer(struct desk *desk, const struct wait_try *w, const char *what, struct err *err)
{
	struct answer_args *a = mem_new(sizeof *a);
	int rc;

	a->try = w->id;
	a->scope = mem_str(w->scope);
	a->was = mem_str(w->answer);
	a->to = mem_str(what);
	rc = act_do(desk, &act_wait_answer, a, err);
	args_free(&answer_fields, a);
	return rc;
}

/* ---- for callers: tries ---- */

static int try_it(struct desk *desk, struct try_args *a, struct moment *ret_until, struct err *err)
{
	int rc = act_do(desk, &act_wait_try, a, err);

	if (rc == 0 && ret_until)
		*ret_until = a->until;
	args_free(&try_fields, a);
	return rc;
}

int wait_tried(struct desk *desk, struct id wait, struct id slot, enum wait_how how,
	       const char *why, struct err *err)
{
	struct try_args *a;
	char *clean = NULL;

	if (why && *why && !(clean = clean_reason(why, "why", err)))
		return -1;
	a = mem_new(sizeof *a);
	a->wait = wait;
	a->slot = slot;
	a->how = mem_str(wait_how_code(how));
	a->why = clean;
	return try_it(desk, a, NULL, err);
}

int wait_text(struct desk *desk, struct id wait, struct id slot, struct moment *ret_until,
	      struct err *err)
{
	struct try_args *a = mem_new(sizeof *a);

	a->wait = wait;
	a->slot = slot;
	a->how = mem_str(wait_how_code(WAIT_TEXTED));
	return try_it(desk, a, ret_until, err);
}

/* ---- the taking ---- */

static int book_or_move(struct desk *desk, const struct wait_row *r, const struct hole *h,
			struct id *ret_appt, struct err *err)
{
	const struct move_ask move = { .clinician = h->clinician,
				       .starts = h->starts,
				       .by = CANCEL_PERSON };
	const struct booking_ask book = { .person = r->w.person,
					  .service = h->service,
					  .clinician = h->clinician,
					  .episode = r->w.episode,
					  .starts = h->starts,
					  .mode = wait_mode(ref_service(desk, h->service), r) };

	if (id_none(r->appt))
		return booking_book(desk, &book, ret_appt, err);
	if (booking_move(desk, r->appt, &move, err) < 0)
		return -1;
	*ret_appt = r->appt;
	return 0;
}

/* What was kept for them is theirs or nobody's: of this slot yes, of any other no. */
static int end_kept(struct desk *desk, const struct wait_row *r, struct id slot, struct err *err)
{
	struct wait_tries kept = { 0 };
	int rc = wait_kept(desk->store, desk->now, r->w.person, &kept, err);

	list_each (t, &kept)
		if (rc == 0 && id_same(t->wait, r->w.id))
			rc = answer(desk, t, id_same(t->slot, slot) ? "yes" : "no", err);
	list_free(&kept);
	return rc;
}

static int take(struct desk *desk, struct id wait, struct id slot, struct id *ret_appt,
		struct err *err)
{
	struct wait_row r;
	struct hole h;

	if (waiting(desk, wait, &r, err) < 0 || wait_hole(desk, slot, &h, err) < 0 ||
	    end_kept(desk, &r, slot, err) < 0)
		return -1;
	/* What another node has still to confirm only meets the wish: declined, they are back. */
	if (!(h.theirs && id_none(r.appt)) && wait_taken(desk, wait, err) < 0)
		return -1;
	if (!id_same(h.service, r.w.service))
		return err_input(err, "slot",
				 "That time is of another service than they wait for.");
	if (!id_none(r.appt) && r.starts.utc <= h.starts.utc)
		return err_input(err, "slot", "They are booked for no later than that.");
	return book_or_move(desk, &r, &h, ret_appt, err);
}

int wait_take(struct desk *desk, struct id wait, struct id slot, struct id *ret_appt,
	      struct err *err)
{
	bool own;
	int rc = act_join(desk, &own, err);

	if (rc < 0)
		return -1;
	rc = take(desk, wait, slot, ret_appt, err);
	return act_part(desk, own, rc, err);
}

/* ---- a reply ---- */

int wait_reply(struct desk *desk, struct id person, bool yes, bool *ret_offered,
	       struct id *ret_appt, struct err *err)
{
	struct wait_tries kept = { 0 };
	struct wait_try last = { 0 };
	int rc = wait_kept(desk->store, desk->now, person, &kept, err);

	if (rc == 0 && kept.n)
		last = kept.v[kept.n - 1];
	list_free(&kept);
	*ret_offered = !id_none(last.id);
	if (rc < 0 || id_none(last.id))
		return rc;
	return yes ? wait_take(desk, last.wait, last.slot, ret_appt, err)
		   : answer(desk, &last, "no", err);
}
