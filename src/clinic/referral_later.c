/* referral_later.c: what comes to a referral later: additions, replies, agreement, its end by them.
 */
#include <string.h>

#include "base/alloc.h"
#include "clinic/referral_acts.h"
#include "store/episodes.h"

/* What the checks go by. */
struct said {
	const char *words;
	bool clinical;
	struct date day;
	enum gp_consent gp;
};

int ref_comment_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct said *ask = c->ask;
	struct referral_row r;

	if (ref_begin(desk, c, false, &r, err) < 0 ||
	    ref_remark(desk, c, "comment", ask->words, ask->clinical, err) < 0)
		return -1;
	if (c->remarks.n == 0)
		return err_input(err, "words", "What is to be added?");
	ref_end(c, &r.r);
	c->what = mem_str("added to");
	return 0;
}

/* With the agreement it goes to triage; what waited for papers only is to be booked. */
static enum referral_state after_reply(const struct referral *r)
{
	switch (r->state) {
	case REF_INCOMPLETE:
		return date_none(r->agreed) ? REF_NEW : REF_AWAITING;
	case REF_TRIAGED:
		return REF_TO_BOOK;
	default:
		return r->state;
	}
}

int ref_reply_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct said *ask = c->ask;
	struct referral_row r;

	if (ref_begin(desk, c, false, &r, err) < 0)
		return -1;
	if (referral_list_of(r.r.state) == LIST_NONE)
		return err_set(err, ERR_CLASH, "That referral is %s: add a comment to it.",
			       referral_state_word(r.r.state));
	if (ref_remark(desk, c, "reply", ask->words, ask->clinical, err) < 0 ||
	    ref_go_on(desk, c, err) < 0)
		return -1;
	if (r.r.state != REF_TO_BOOK)
		r.r.replied_at = desk->now;
	r.r.state = after_reply(&r.r);
	if (r.r.state == REF_TO_BOOK)
		r.r.replied_at = (struct moment){ 0 };
	ref_end(c, &r.r);
	c->what = mem_str(id_none(c->pause_ends) ? "papers came" : "the reply came");
	return 0;
}

int ref_agree_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct said *ask = c->ask;
	struct referral_row r;

	if (ref_begin(desk, c, false, &r, err) < 0)
		return -1;
	if (referral_list_of(r.shown) == LIST_NONE)
		return err_set(err, ERR_CLASH, "That referral is %s: take it in anew.",
			       referral_state_word(r.shown));
	if (referral_agreed_ok(desk, ask->day, err) < 0)
		return -1;
	r.r.agreed = date_none(ask->day) ? desk->today : ask->day;
	if (ask->gp != GP_NOT_ASKED)
		r.r.gp = ask->gp;
	if (r.r.state == REF_NEW)
		r.r.state = REF_AWAITING;
	ref_end(c, &r.r);
	c->what = mem_str("the employee agrees to it");
	return 0;
}

int ref_withdraw_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct said *ask = c->ask;
	struct referral_row r;

	if (ref_begin(desk, c, false, &r, err) < 0)
		return -1;
	if (referral_list_of(r.shown) == LIST_NONE)
		return err_set(err, ERR_CLASH, "That referral is %s already.",
			       referral_state_word(r.shown));
	if (r.course.coming > 0)
		return err_set(err, ERR_CLASH,
			       "They are booked: cancel that first, then record it.");
	if (flag_holds(desk, r.r.person, r.r.service, err) < 0 ||
	    ref_remark(desk, c, "withdrawal", ask->words, true, err) < 0 ||
	    ref_go_on(desk, c, err) < 0)
		return -1;
	r.r.state = REF_WITHDRAWN;
	r.r.replied_at = (struct moment){ 0 };
	if (r.course.there && r.course.open)
		c->episode = mem_str("closed");
	ref_end(c, &r.r);
	c->what = mem_str("the employee agrees to it no more");
	return 0;
}

/* ---- for callers ---- */

int referral_comment(struct desk *desk, struct id id, const char *words, bool clinical,
		     struct err *err)
{
	const struct said ask = { .words = words, .clinical = clinical };

	return ref_do(desk, &act_referral_comment, id, &ask, err);
}

int referral_reply(struct desk *desk, struct id id, const char *words, bool clinical,
		   struct err *err)
{
	const struct said ask = { .words = words, .clinical = clinical };

	return ref_do(desk, &act_referral_reply, id, &ask, err);
}

int referral_agree(struct desk *desk, struct id id, struct date day, enum gp_consent gp,
		   struct err *err)
{
	const struct said ask = { .day = day, .gp = gp };

	return ref_do(desk, &act_referral_agree, id, &ask, err);
}

int referral_withdraw(struct desk *desk, struct id id, const char *words, struct err *err)
{
	const struct said ask = { .words = words };

	return ref_do(desk, &act_referral_withdraw, id, &ask, err);
}
