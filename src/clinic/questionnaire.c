/*
 * questionnaire.c: questionnaires about a course of sessions: taken in, and what they come to.
 *
 * Taken back, a flag that one of them raised stays until a clinician clears it; so an answer that
 * raised one is not taken back while it is open.
 */
#include "clinic/questionnaire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "clinic/booking_acts.h"
#include "clinic/flag.h"
#include "clinic/flag_acts.h"
#include "clinic/questionnaire_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/after.h"
#include "store/episodes.h"
#include "store/flags.h"
#include "store/forms.h"
#include "store/tasks.h"

/* ---- when, and which ---- */

bool questionnaire_at(const struct cap *cap, int nth)
{
	return nth == 1 || (cap->by.review > 0 && nth == cap->by.review) ||
	       (cap->cap > 0 && nth == cap->cap);
}

static bool is_of(const struct paper *p, const struct service *s)
{
	return p->kind == FORM_QUESTIONNAIRE && p->about == FOR_EPISODE &&
	       (!p->service || strcasecmp(p->service, s->code) == 0);
}

int questionnaires_all(struct desk *desk, const struct service *s, struct asked_forms *ret,
		       struct err *err)
{
	struct forms_found all = { 0 };

	if (forms_all(desk, &all, err) < 0)
		return -1;
	list_each (f, &all) {
		struct asked_form *q;

		if (!f->serves || !is_of(&f->paper, s))
			continue;
		q = list_push(ret);
		snprintf(q->form, sizeof q->form, "%s", f->name);
		snprintf(q->title, sizeof q->title, "%s", f->paper.title);
	}
	forms_found_done(&all);
	return 0;
}

int questionnaires_of(struct desk *desk, struct id service, struct asked_forms *ret,
		      struct err *err)
{
	const struct service *s = ref_service(desk, service);

	return !s || !desk_clinical(desk, service) ? 0 : questionnaires_all(desk, s, ret, err);
}

/* ---- what a change means ---- */

const char *score_change(const char *form, int was, int now)
{
	/* How much is beyond chance, and where the case line lies (IAPT manual; CORE System). */
	static const struct {
		const char *form;
		int reliable, line;
	} known[] = { { "phq9", 6, 10 }, { "gad7", 4, 8 }, { "core10", 6, 11 } };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(known[i].form, form) != 0)
			continue;
		if (now - was >= known[i].reliable)
			return "reliable worsening";
		if (was - now < known[i].reliable)
			return "";
		return was >= known[i].line && now < known[i].line ? "reliable change, recovered"
								   : "reliable change";
	}
	return "";
}

/* ---- the act ---- */

struct questionnaire {
	struct id episode, person, service;
	const char *scope;
	struct filleds forms;
	struct new_flags flags;
	struct new_tasks tasks;
	struct task_ids closed; /* that asked for them */
	/* check's own */
	const struct form_found *found;
	const struct answers *answers;
	const struct judged *judged;
};
static const struct field taken_f[] = {
	FIELD_NEEDED(episode, struct questionnaire, "episode", F_ID),
	FIELD_NEEDED(person, struct questionnaire, "person", F_ID),
	FIELD_NEEDED(service, struct questionnaire, "service", F_ID),
	FIELD_NEEDED(scope, struct questionnaire, "scope", F_TEXT),
	FIELD_ROWS(forms, struct questionnaire, "forms", &filled_fields),
	FIELD_ROWS(flags, struct questionnaire, "flags", &new_flag_fields),
	FIELD_ROWS(tasks, struct questionnaire, "tasks", &new_task_fields),
	FIELD_ROWS(closed, struct questionnaire, "closed", &task_id_fields),
};

struct questionnaire_off {
	struct id episode;
	const char *scope;
	struct task_ids forms, withdrawn, reopened;
};
static const struct field off_f[] = {
	FIELD_NEEDED(episode, struct questionnaire_off, "episode", F_ID),
	FIELD_NEEDED(scope, struct questionnaire_off, "scope", F_TEXT),
	FIELD_ROWS(forms, struct questionnaire_off, "forms", &task_id_fields),
	FIELD_ROWS(withdrawn, struct questionnaire_off, "withdrawn", &task_id_fields),
	FIELD_ROWS(reopened, struct questionnaire_off, "reopened", &task_id_fields),
};

/* Whom the rule that raises a flag asks for; NULL: as usual. */
static const char *asked_of(const struct paper *paper, const struct judged *j, char flag)
{
	for (size_t i = 0; i < paper->rules.n; i++) {
		const struct rule *r = &paper->rules.v[i];

		if (r->flag != flag || !(j->counts & UINT64_C(1) << i))
			continue;
		list_each (d, &r->deeds)
			if (d->action == DO_TASK)
				return d->of;
	}
	return NULL;
}

static void raise_flags(struct desk *desk, struct questionnaire *q)
{
	struct raised *raised = mem_new(3 * sizeof *raised);
	int n = form_raised(&q->found->paper, q->answers, q->judged, raised);

	for (int i = 0; i < n; i++) {
		struct new_flag *f = list_push(&q->flags);
		const struct raised *r = &raised[i];

		f->kind = mem_printf("%c", r->flag);
		f->does = mem_printf("%s%s%s%s", r->stop_booking ? FLAG_STOPS " " : "",
				     r->no_last_slot ? FLAG_NOT_LAST " " : "",
				     r->ring_on_dna ? FLAG_RINGS " " : "",
				     r->hold_open ? FLAG_PLAN : "");
		f->words = mem_str(r->words);
		f->person = q->person;
		f->service = q->service;
		flag_open(desk, f, &q->tasks);
		flag_alert_for(desk, &q->tasks.v[q->tasks.n - 1],
			       asked_of(&q->found->paper, q->judged, r->flag));
	}
	mem_free(raised);
}

/* What the other rules want done. */
static void open_tasks(struct desk *desk, struct questionnaire *q)
{
	enum { DAY_ENDS = 17 * 60 };
	const struct paper *paper = &q->found->paper;

	for (size_t i = 0; i < paper->rules.n; i++) {
		const struct rule *r = &paper->rules.v[i];

		if (r->flag || !(q->judged->counts & UINT64_C(1) << i))
			continue;
		list_each (d, &r->deeds)
			if (d->action == DO_TASK)
				flag_alert_for(
					desk,
					flag_alert(desk, &q->tasks, q->person, q->service,
						   d->now ? desk->now
							  : wall_moment(desk->today, DAY_ENDS),
						   "Answers are to be read: they ask for you"),
					d->of);
	}
}

static int whole(const struct questionnaire *q, struct err *err)
{
	const struct judged *j = q->judged;

	if (j->missing == 0 || j->red || j->risk || j->safeguarding)
		return 0;
	return err_input(err, q->found->paper.items.v[j->first_missing].name,
			 "%d answer%s missing, the first: %.80s", j->missing,
			 j->missing == 1 ? " is" : "s are",
			 q->found->paper.items.v[j->first_missing].label);
}

static int check(struct desk *desk, void *args, struct err *err)
{
	struct questionnaire *q = args;
	const struct service *s;
	struct episode e;
	struct filled *f;

	if (episode_get(desk->store, q->episode, &e, err) < 0 ||
	    booking_own_desk(desk, e.service, err) < 0)
		return -1;
	s = ref_service(desk, e.service);
	if (!desk_clinical(desk, e.service))
		return err_set(err, ERR_DENIED, "Whoever sees them takes that in.");
	if (!s || !is_of(&q->found->paper, s))
		return err_input(err, "form", "%s is no questionnaire of that service.",
				 q->found->name);
	if (whole(q, err) < 0)
		return -1;
	q->person = e.person;
	q->service = e.service;
	q->scope = mem_str(e.scope);
	f = forms_fill(desk, &q->forms, q->found, q->answers, q->judged);
	f->person = e.person;
	f->subject = e.id;
	f->service = s->private_ ? s->id : (struct id){ 0 };
	f->clinical = true;
	raise_flags(desk, q);
	open_tasks(desk, q);
	return tasks_answers(desk->store, e.id, &q->closed, err);
}

static int run(struct txn *t, const void *args)
{
	const struct questionnaire *q = args;

	tasks_put(t, &q->tasks, q->scope);
	list_each (f, &q->flags)
		flag_put(t, f, q->scope);
	filled_put(t, &q->forms, q->scope);
	tasks_settle(t, &q->closed, NULL);
	txn_tell(t, "episode", q->episode, "answers taken in%s", q->flags.n ? ", with a flag" : "");
	txn_scope(t, q->scope);
	return VERDICT_OK;
}

static int reverse(struct desk *desk, const struct deed *deed, struct call *ret, struct err *err)
{
	const struct questionnaire *q = deed->args;
	struct questionnaire_off *off;

	if (q->flags.n && flag_holds(desk, q->person, q->service, err) < 0)
		return -1;
	off = mem_new(sizeof *off);
	off->episode = q->episode;
	off->scope = mem_str(q->scope);
	list_each (f, &q->forms)
		*list_push(&off->forms) = f->id;
	if (q->flags.n == 0)
		task_ids_of(&q->tasks, &off->withdrawn);
	list_each (id, &q->closed)
		*list_push(&off->reopened) = *id;
	*ret = (struct call){ &act_questionnaire_off, off };
	return 0;
}

const struct act act_questionnaire = {
	.name = "questionnaire",
	.ver = 1,
	.roles = ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR,
	.fields = FIELDS(taken_f, struct questionnaire),
	.check = check,
	.run = run,
	.reverse = reverse,
};

static int off_check(struct desk *desk, void *args, struct err *err)
{
	(void)desk, (void)args, (void)err;
	return 0;
}

static int off_run(struct txn *t, const void *args)
{
	const struct questionnaire_off *q = args;

	list_each (id, &q->forms)
		filled_withdraw(t, *id);
	tasks_withdraw(t, &q->withdrawn);
	tasks_reopen(t, &q->reopened);
	txn_tell(t, "episode", q->episode, "answers taken back");
	txn_scope(t, q->scope);
	return VERDICT_OK;
}

const struct act act_questionnaire_off = {
	.name = "questionnaire_off",
	.ver = 1,
	.roles = ROLE_NURSE | ROLE_CLINICIAN | ROLE_COUNSELLOR,
	.fields = FIELDS(off_f, struct questionnaire_off),
	.check = off_check,
	.run = off_run,
};

/* ---- for callers ---- */

int questionnaire_fill(struct desk *desk, struct id episode, const struct form_found *f,
		       const struct answers *a, struct err *err)
{
	struct questionnaire *q = mem_new(sizeof *q);
	struct judged *j = mem_new(sizeof *j);
	int rc;

	form_judge(&f->paper, a, j);
	q->episode = episode;
	q->found = f;
	q->answers = a;
	q->judged = j;
	rc = act_do(desk, &act_questionnaire, q, err);
	args_free(&act_questionnaire.fields, q);
	mem_free(j);
	return rc;
}

int questionnaire_file(struct desk *desk, struct id episode, const char *form, const char *path,
		       struct err *err)
{
	struct form_found found;
	struct answers answers = { 0 };
	struct judged *j;
	int rc;

	/* A change of its own: the form stays in use when the answers are taken back. */
	if (forms_open(desk, form, &found, err) < 0)
		return -1;
	j = mem_new(sizeof *j);
	rc = forms_answers(desk, &found.paper, path, &answers, j, err);
	if (rc == 0) {
		rc = questionnaire_fill(desk, episode, &found, &answers, err);
		answers_end(&answers);
	}
	mem_free(j);
	form_found_done(&found);
	return rc;
}

/* ---- what they come to ---- */

static void title_of(struct desk *desk, const struct answer_row *a, struct score_line *l)
{
	struct paper paper = { 0 };

	snprintf(l->form, sizeof l->form, "%s", a->form);
	snprintf(l->title, sizeof l->title, "%s", a->form);
	if (forms_of_answer(desk, a->form, a->version, a->hash, &paper, NULL) < 0)
		return;
	snprintf(l->title, sizeof l->title, "%s", paper.title);
	form_end(&paper);
}

static int add_scores(struct desk *desk, const struct answer_row *a, struct score_lines *ret,
		      struct err *err)
{
	struct score_rows scores = { 0 };

	if (scores_of(desk->store, a->id, &scores, err) < 0)
		return -1;
	list_each (s, &scores) {
		struct score_line l = {
			.at = a->at, .value = s->value, .first = true, .change = ""
		};

		title_of(desk, a, &l);
		snprintf(l.name, sizeof l.name, "%s", s->name);
		snprintf(l.band, sizeof l.band, "%s", s->band);
		list_each (before, ret) {
			if (!l.first || strcmp(before->form, l.form) != 0 ||
			    strcmp(before->name, l.name) != 0)
				continue;
			l.first = false;
			l.was = before->value;
			l.change = score_change(l.form, l.was, l.value);
		}
		*list_push(ret) = l;
	}
	list_free(&scores);
	return 0;
}

int questionnaire_scores(struct desk *desk, struct id episode, struct score_lines *ret,
			 struct err *err)
{
	struct answer_rows rows = { 0 };
	struct episode e;
	int rc;

	if (episode_get(desk->store, episode, &e, err) < 0 ||
	    booking_own_desk(desk, e.service, err) < 0)
		return -1;
	if (!desk_clinical(desk, e.service))
		return err_set(err, ERR_DENIED, "Whoever sees them reads that.");
	rc = answers_about(desk->store, episode, &rows, err);
	/* They come newest first. */
	for (size_t i = rows.n; rc == 0 && i-- > 0;)
		if (strcmp(rows.v[i].state, "on") == 0)
			rc = add_scores(desk, &rows.v[i], ret, err);
	answer_rows_done(&rows);
	if (rc < 0)
		list_free(ret);
	return rc;
}
