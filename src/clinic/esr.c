/*
 * esr.c: what files of ESR leave for people: who is who, whose word holds, who is missing.
 */
#include "clinic/esr.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/esr_job.h"
#include "clinic/refs.h"
#include "store/people.h"

static int needs(struct desk *desk, const char *what, struct err *err)
{
	return desk_needs(desk, ESR_SETTLE_ROLES, what, err);
}

/* ---- proposals ---- */

static int look(struct desk *desk, const struct esr_whom *w, struct esr_proposal *ret,
		struct err *err)
{
	const struct customer *c = ref_vpd(desk, w->vpd);
	struct esr_person p;
	bool found;
	int rc = esr_get(desk->store, ESR_PR, w->vpd, w->no, &p, &found, err);

	if (rc < 0 || !found)
		return rc;
	ret->vpd = w->vpd;
	ret->no = w->no;
	ret->born = w->born;
	person_show(w->surname, w->given, w->title, ret->name);
	snprintf(ret->employee_no, sizeof ret->employee_no, "%s", w->employee_no);
	rc = esr_alike(desk, &p, w->vpd, c ? c->id : (struct id){ 0 }, ret->alike, &ret->n,
		       &ret->sure, err);
	esr_row_done(ESR_PR, &p);
	return rc;
}

int esr_proposals(struct desk *desk, size_t limit, struct esr_proposals *ret, struct err *err)
{
	struct esr_whoms list = { 0 };
	int rc;

	if (needs(desk, "Looking at ESR's proposals", err) < 0)
		return -1;
	rc = esr_whoms(desk->store, ESR_PROPOSED, 0, (struct id){ 0 }, limit, &list, err);
	list_each (w, &list)
		rc = rc < 0 ? rc : look(desk, w, list_push(ret), err);
	list_free(&list);
	return rc;
}

/* The only organisation there is. */
static int only_vpd(struct desk *desk, int *vpd, struct err *err)
{
	int n = 0;

	list_each (c, &desk->refs->customers)
		if (c->vpd) {
			*vpd = c->vpd;
			n++;
		}
	if (n == 0)
		return err_input(err, "vpd",
				 "No customer has an ESR number: customer set CODE --vpd 123.");
	return n == 1 ? 0 : err_input(err, "vpd", "%d customers have an ESR number: say which.", n);
}

/* Inside a user act: the record is that person's, or a new one's. */
static int link(struct desk *desk, int vpd, int64_t no, struct id person, struct err *err)
{
	const struct customer *c = ref_vpd(desk, vpd);
	struct esr_person was, now;
	struct esr_job *job;
	bool found, other = false;
	int rc;

	if (esr_get(desk->store, ESR_PR, vpd, no, &was, &found, err) < 0)
		return -1;
	if (!found || !c)
		return err_set(err, ERR_MISSING,
			       "ESR has no person %lld in %03d: list them with esr proposals.",
			       (long long)no, vpd);
	if (!id_none(was.person) || was.row.off) {
		esr_row_done(ESR_PR, &was);
		return err_set(err, ERR_CLASH, "ESR's person %lld waits for nobody any more.",
			       (long long)no);
	}
	if (!id_none(person) && esr_linked(desk->store, vpd, no, person, &other, err) < 0) {
		esr_row_done(ESR_PR, &was);
		return -1;
	}
	if (other) {
		esr_row_done(ESR_PR, &was);
		return err_set(
			err, ERR_CLASH,
			"That person is another one in ESR already: merge them there first.");
	}
	job = mem_new(sizeof *job);
	esr_job_open(job, desk, vpd, c, desk->today);
	esr_row_copy(ESR_PR, &was, &now);
	rc = esr_person_is(job, &now, &was, person, err);
	if (rc == 0)
		rc = esr_settle_posts(job, err);
	if (rc == 0)
		rc = esr_leavers(job, err);
	if (rc == 0)
		rc = esr_list_differences(job, err);
	esr_row_done(ESR_PR, &now);
	esr_row_done(ESR_PR, &was);
	esr_job_done(job);
	mem_free(job);
	return rc;
}

int esr_link(struct desk *desk, int vpd, int64_t no, struct id person, struct err *err)
{
	if (needs(desk, "Saying who is who in ESR", err) < 0 ||
	    (vpd == 0 && only_vpd(desk, &vpd, err) < 0))
		return -1;
	return AS_ONE_ACT(desk, link(desk, vpd, no, person, err), err);
}

/* Two of ESR's may look like one of ours: the first is linked, the other waits for a person. */
static int link_all(struct desk *desk, size_t limit, int64_t *ret, struct err *err)
{
	struct esr_proposals list = { 0 };
	int rc = esr_proposals(desk, limit, &list, err);

	*ret = 0;
	list_each (p, &list) {
		bool taken = false;

		if (rc == 0 && p->sure)
			rc = esr_linked(desk->store, p->vpd, p->no, p->alike[0], &taken, err);
		if (rc < 0 || !p->sure || taken)
			continue;
		rc = link(desk, p->vpd, p->no, p->alike[0], err);
		*ret += rc == 0;
	}
	list_free(&list);
	return rc;
}

int esr_link_sure(struct desk *desk, size_t limit, int64_t *ret, struct err *err)
{
	if (needs(desk, "Saying who is who in ESR", err) < 0)
		return -1;
	return AS_ONE_ACT(desk, link_all(desk, limit, ret, err), err);
}

/* ---- differences ---- */

/* Days are kept as numbers. */
static void shown(const struct esr_difference *d, const char *kept, char *buf, size_t n)
{
	char day[DAY_TEXT];

	if (strcmp(d->field, "born") == 0 && *kept)
		kept = date_show((struct date){ (int32_t)strtol(kept, NULL, 10) }, day);
	snprintf(buf, n, "%s", kept);
}

int esr_open_differences(struct desk *desk, size_t limit, struct esr_open_differences *ret,
			 struct err *err)
{
	struct esr_differences list = { 0 };
	int rc;

	if (needs(desk, "Looking at ESR's differences", err) < 0)
		return -1;
	rc = esr_differences(desk->store, limit, &list, err);
	list_each (d, &list) {
		struct esr_open_difference *o;
		struct person_card card;
		char day[DAY_TEXT];

		if (rc < 0 || (rc = intake_person(desk, d->person, &card, err)) < 0)
			break;
		o = list_push(ret);
		o->id = d->id;
		o->person = card.person.id;
		o->born = card.person.born;
		person_show(card.person.surname, card.person.given, card.person.title, o->name);
		snprintf(o->field, sizeof o->field, "%s", d->field);
		shown(d, esr_ours(&card, d->part, d->row, d->field, day), o->ours, sizeof o->ours);
		shown(d, d->theirs, o->theirs, sizeof o->theirs);
		person_card_done(&card);
	}
	list_free(&list);
	return rc;
}

/* ESR's word in the place of ours. */
static int put_theirs(struct desk *desk, const struct esr_difference *d, struct err *err)
{
	struct people *args;
	struct person_card card;
	char day[DAY_TEXT];
	const char *kept;
	int rc = 0;

	if (intake_person(desk, d->person, &card, err) < 0)
		return -1;
	kept = esr_ours(&card, d->part, d->row, d->field, day);
	args = mem_new(sizeof *args);
	args->person = card.person.id;
	args->scope = mem_str(card.person.scope);
	args->source = mem_str("esr");
	if (strcmp(kept, d->theirs) != 0) {
		people_add_edit(args, d->row, d->part,
				strcmp(d->part, "contact") == 0 ? "value" : d->field, d->field,
				esr_some(kept), esr_some(d->theirs));
		list_each (c, &card.contacts)
			if (strcmp(d->part, "contact") == 0 && id_same(c->id, d->row)) {
				args->edits.v->source = mem_str("esr");
				args->edits.v->was_source = mem_str(c->source);
				args->edits.v->was_at = c->at;
			}
		rc = act_do(desk, &act_person_set, args, err);
	}
	args_free(&act_person_set.fields, args);
	person_card_done(&card);
	return rc;
}

static int settle(struct desk *desk, struct id id, bool take, struct err *err)
{
	struct esr_difference d;
	struct esr_settled one;
	struct esr_differ args = { 0 };
	struct person p;

	if (esr_difference_get(desk->store, id, &d, err) < 0 ||
	    people_get(desk->store, d.person, &p, err) < 0)
		return -1;
	if (strcmp(d.state, "open") != 0)
		return err_set(err, ERR_CLASH, "That difference was settled already.");
	if (take && put_theirs(desk, &d, err) < 0)
		return -1;
	one = (struct esr_settled){ d.id, d.person, d.field, "open", take ? "taken" : "kept" };
	args.scope = p.scope;
	args.settled.v = &one;
	args.settled.n = 1;
	return act_do(desk, &act_esr_differ, &args, err);
}

int esr_settle(struct desk *desk, struct id difference, bool take, struct err *err)
{
	if (needs(desk, "Settling what ESR says otherwise", err) < 0)
		return -1;
	return AS_ONE_ACT(desk, settle(desk, difference, take, err), err);
}

/* ---- missing ---- */

int esr_missings(struct desk *desk, size_t limit, struct esr_missings *ret, struct err *err)
{
	struct esr_whoms list = { 0 };
	int rc;

	if (needs(desk, "Looking at who is missing in ESR", err) < 0)
		return -1;
	rc = esr_whoms(desk->store, ESR_MISSING, 0, (struct id){ 0 }, limit, &list, err);
	list_each (w, &list) {
		struct esr_missing *m = list_push(ret);

		m->person = w->person;
		m->no = w->no;
		m->born = w->born;
		m->since = w->missing;
		person_show(w->surname, w->given, w->title, m->name);
	}
	list_free(&list);
	return rc;
}

/* ---- absences ---- */

bool esr_sees_absences(const struct desk *desk)
{
	return desk->user.role & (ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR);
}

int esr_absences_of(struct desk *desk, struct id person, size_t limit, struct esr_aways *ret,
		    struct err *err)
{
	struct esr_absences list = { 0 };
	int rc;

	if (!esr_sees_absences(desk))
		return 0;
	rc = esr_absences(desk->store, person, limit, &list, err);
	list_each (a, &list) {
		struct esr_away *w = list_push(ret);
		const char *what = a->sickness ? a->sickness : a->reason;

		w->from = date_none(a->starts) ? a->sick_from : a->starts;
		w->to = date_none(a->starts) ? a->sick_to : a->ends;
		w->talked = a->talked;
		w->referred = a->referred;
		w->work_related = a->work_related;
		w->surgery = a->surgery;
		snprintf(w->reason, sizeof w->reason, "%s%s%s", a->kind ? a->kind : "",
			 a->kind && what ? ": " : "", what ? what : "");
	}
	esr_absences_done(&list);
	return rc;
}
