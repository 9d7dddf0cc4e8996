/*
 * referral_answer.c: a referral whose form is answered in pieces: begun on the telephone, completed
 * by whoever reaches them again.
 *
 * Always holds: a rule acts once, with the answers that first made it hold; what was answered
 * before stays kept, withdrawn by what was answered later.  Once its form lets it be booked and no
 * flag is open it is accepted by that, as a nurse would have, and the decision says so.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/flag_acts.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "clinic/task.h"
#include "store/forms.h"

/* ---- more answers ---- */

/* What stands of the same form, to be withdrawn; and which of its rules have acted. */
static int stands(struct desk *desk, struct ref_change *c, const struct paper *paper,
		  uint64_t *ret_acted, struct err *err)
{
	struct answer_rows rows = { 0 };
	int rc = answers_about(desk->store, c->referral, &rows, err);

	*ret_acted = 0;
	list_each (a, &rows)
		if (rc == 0 && strcmp(a->state, "on") == 0 && strcmp(a->form, paper->id) == 0) {
			*list_push(&c->forms_off) = a->id;
			/* Other words have other rules: each of theirs acts once more. */
			if (a->version == paper->version)
				*ret_acted |= (uint64_t)a->acted;
		}
	answer_rows_done(&rows);
	if (rc == 0 && c->forms_off.n == 0)
		return err_input(err, "form", "It came on no such form: add a comment to it.");
	return rc;
}

static void fill(struct desk *desk, struct ref_change *c, const struct referral *r,
		 const struct referral_paper *by, uint64_t acted)
{
	const struct service *s = ref_service(desk, r->service);
	struct filled *f = forms_fill(desk, &c->forms, by->found, by->answers, by->judged);

	f->acted |= (int64_t)acted;
	f->person = r->person;
	f->subject = r->id;
	f->service = s && s->private_ ? s->id : (struct id){ 0 };
}

/* Whole, it goes where it would have gone at once. */
static void completed(struct ref_change *c, struct referral *r, const struct referral_ask *says)
{
	if (!id_none(r->unfinished))
		*list_push(&c->settled) = r->unfinished;
	r->unfinished = (struct id){ 0 };
	if (r->state != REF_NEW)
		return;
	if (says->close && c->flags.n == 0)
		r->state = strcmp(says->close, "nothing_declared") == 0 ? REF_CLOSED : REF_DECLINED;
	else if (!date_none(r->agreed))
		r->state = REF_AWAITING;
}

int ref_answer_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct referral_paper *by = c->ask;
	struct form_wishes *w;
	struct referral_ask says = { 0 };
	struct referral_row r;
	uint64_t acted;
	int rc;

	if (ref_begin(desk, c, true, &r, err) < 0 ||
	    form_filled_by(desk, &by->found->paper, err) < 0 ||
	    stands(desk, c, &by->found->paper, &acted, err) < 0)
		return -1;
	w = mem_new(sizeof *w);
	ref_form_says(desk, by, acted, w, &says);
	says.person = r.r.person;
	says.service = r.r.service;
	rc = ref_flag_rows(&says, &c->flags, err);
	/* Nothing closes over a flag that is open already, whether this desk sees it or not. */
	if (rc == 0 && says.close && flag_holds(desk, r.r.person, r.r.service, NULL) < 0)
		says.close = NULL;
	if (rc == 0) {
		ref_raise(desk, &says, r.r.id, &c->flags, &c->tasks);
		fill(desk, c, &r.r, by, acted);
		if (!date_none(says.agreed) && date_none(r.r.agreed))
			r.r.agreed = says.agreed;
		if (says.gp != GP_NOT_ASKED)
			r.r.gp = says.gp;
		if (says.urgency >= 0)
			r.r.urgency = says.urgency;
		if (by->judged->missing == 0)
			completed(c, &r.r, &says);
		ref_end(c, &r.r);
		c->what = mem_printf("answered on its form%s", c->flags.n ? ", with a flag" : "");
	}
	mem_free(w);
	return rc;
}

int referral_answer(struct desk *desk, struct id id, const struct referral_paper *by,
		    struct err *err)
{
	return ref_do(desk, &act_referral_answer, id, by, err);
}

/* ---- to go on with it ---- */

int ref_worded(struct desk *desk, const struct answer_row *row, struct form_found *ret,
	       struct answers *ret_a, struct err *err)
{
	struct form_found f = { .origin = FORM_KEPT, .serves = true, .kept = true };

	if (forms_of_answer(desk, row->form, row->version, row->hash, &f.paper, err) < 0)
		return -1;
	COPY(f.name, row->form);
	COPY(f.hash, row->hash);
	if (answers_take(&f.paper, row->given, ret_a, err) < 0) {
		form_end(&f.paper);
		return -1;
	}
	ret_a->acted = (uint64_t)row->acted;
	*ret = f;
	return 0;
}

int referral_form(struct desk *desk, struct id id, struct form_found *ret, struct answers *ret_a,
		  struct err *err)
{
	struct answer_rows rows = { 0 };
	struct referral_row r;
	int rc, found = 0;

	if (referral_one(desk, id, &r, err) < 0)
		return -1;
	rc = answers_about(desk->store, id, &rows, err);
	list_each (a, &rows) {
		bool mine = !id_none(r.r.unfinished) && id_same(a->by, desk->user.id);

		if (rc < 0 || found || strcmp(a->state, "on") != 0 ||
		    (a->clinical && !mine && !desk_clinical(desk, r.r.service)))
			continue;
		rc = ref_worded(desk, a, ret, ret_a, err);
		found = rc == 0;
	}
	answer_rows_done(&rows);
	if (rc == 0 && !found)
		return err_set(err, ERR_MISSING, "%s has no form that you could go on with.",
			       r.r.number);
	return rc;
}

/* ---- booked at once ---- */

/* Does a rule of those ask for it? */
static bool has_deed(const struct paper *paper, uint64_t rules, enum form_action action)
{
	for (size_t i = 0; i < paper->rules.n; i++)
		list_each (d, &paper->rules.v[i].deeds)
			if (d->action == action && rules & (UINT64_C(1) << i))
				return true;
	return false;
}

/* A form that books at all books whoever raises no flag and is stopped by nothing; how soon, the
 * other rules say. */
bool form_books(const struct paper *paper, const struct judged *j)
{
	return j->missing == 0 && !j->red && !j->risk && !j->safeguarding &&
	       has_deed(paper, UINT64_MAX, DO_BOOK) && !has_deed(paper, j->counts, DO_STOP_BOOKING);
}

static int allowed(struct desk *desk, struct id id, bool *ret, struct err *err)
{
	struct judged *j = mem_new(sizeof *j);
	struct form_found found;
	struct answers answers = { 0 };
	struct err none = ERR_INIT;
	struct answer_rows rows = { 0 };
	int rc = answers_about(desk->store, id, &rows, err);

	*ret = false;
	/* Who may not read the answers may act on what they come to. */
	for (size_t i = 0; rc == 0 && i < rows.n; i++) {
		if (strcmp(rows.v[i].state, "on") != 0)
			continue;
		if (ref_worded(desk, &rows.v[i], &found, &answers, &none) == 0) {
			form_judge(&found.paper, &answers, j);
			*ret = form_books(&found.paper, j);
			answers_end(&answers);
			form_found_done(&found);
		}
		break;
	}
	answer_rows_done(&rows);
	mem_free(j);
	return rc;
}

int referral_by_its_form(struct desk *desk, struct id id, bool *ret, struct err *err)
{
	struct referral_row r;
	bool may = false;

	*ret = false;
	if (allowed(desk, id, &may, err) < 0 || referral_one(desk, id, &r, err) < 0)
		return -1;
	if (!may || r.r.state != REF_AWAITING || *r.flags)
		return 0;
	if (ref_do(desk, &act_triage_form, id, NULL, err) < 0)
		return -1;
	*ret = true;
	return 0;
}
