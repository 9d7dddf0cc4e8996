/*
 * referral_change.c: what the acts on a referral that is there share: arguments, run, reverse.
 *
 * Always holds: a change of state counts only on the state that it was made on; made on another, by
 * another desk out of touch, it changes nothing, and both wishes are kept for a person to settle.
 * What was said with it is kept in any case.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"
#include "clinic/task.h"
#include "store/after.h"
#include "store/episodes.h"
#include "store/forms.h"
#include "store/journal.h"
#include "store/tasks.h"

/* ---- arguments ---- */

static const struct field stand_f[] = {
	FIELD_NEEDED(state, struct ref_stand, "state", F_TEXT),
	FIELD(site, struct ref_stand, "site", F_ID),
	FIELD(agreed, struct ref_stand, "agreed", F_DATE),
	FIELD(gp, struct ref_stand, "gp", F_INT),
	FIELD(pauses, struct ref_stand, "pauses", F_INT),
	FIELD(urgency, struct ref_stand, "urgency", F_INT),
	FIELD(replied_at, struct ref_stand, "replied_at", F_MOMENT),
	FIELD(unfinished, struct ref_stand, "unfinished", F_ID),
	FIELD(since, struct ref_stand, "since", F_MOMENT),
};
static const struct fields stand_fields = FIELDS(stand_f, struct ref_stand);
static const struct field remark_f[] = {
	FIELD_NEEDED(id, struct remark_row, "id", F_ID),
	FIELD_NEEDED(kind, struct remark_row, "kind", F_TEXT),
	FIELD_NEEDED(words, struct remark_row, "words", F_TEXT),
	FIELD(clinical, struct remark_row, "clinical", F_BOOL),
};
static const struct fields remark_fields = FIELDS(remark_f, struct remark_row);
static const struct field pause_f[] = {
	FIELD_NEEDED(id, struct pause_row, "id", F_ID),
	FIELD_NEEDED(kind, struct pause_row, "kind", F_TEXT),
	FIELD(asked, struct pause_row, "asked", F_TEXT),
};
static const struct fields pause_fields = FIELDS(pause_f, struct pause_row);
static const struct field decision_f[] = {
	FIELD_NEEDED(id, struct decision_row, "id", F_ID),
	FIELD_NEEDED(service, struct decision_row, "service", F_ID),
	FIELD(site, struct decision_row, "site", F_ID),
	FIELD(clinician, struct decision_row, "clinician", F_ID),
	FIELD(priority, struct decision_row, "priority", F_INT),
	FIELD(suggested, struct decision_row, "suggested", F_INT),
	FIELD_NEEDED(pathway, struct decision_row, "pathway", F_TEXT),
	FIELD(skill, struct decision_row, "skill", F_TEXT),
	FIELD(mode, struct decision_row, "mode", F_TEXT),
	FIELD(suggested_pathway, struct decision_row, "suggested_pathway", F_TEXT),
};
static const struct fields decision_fields = FIELDS(decision_f, struct decision_row);
static const struct field course_f[] = {
	FIELD_NEEDED(service, struct course_row, "service", F_ID),
	FIELD(priority, struct course_row, "priority", F_INT),
	FIELD(received, struct course_row, "received", F_DATE),
	FIELD(target, struct course_row, "target", F_DATE),
};
static const struct fields course_fields = FIELDS(course_f, struct course_row);
static const struct field file_f[] = {
	FIELD_NEEDED(id, struct file_row, "id", F_ID),
	FIELD_NEEDED(name, struct file_row, "name", F_TEXT),
	FIELD_NEEDED(type, struct file_row, "type", F_TEXT),
	FIELD_NEEDED(hash, struct file_row, "hash", F_TEXT),
	FIELD(bytes, struct file_row, "bytes", F_INT),
	FIELD(node, struct file_row, "node", F_INT),
};
static const struct fields file_fields = FIELDS(file_f, struct file_row);
static const struct field change_f[] = {
	FIELD_NEEDED(referral, struct ref_change, "referral", F_ID),
	FIELD_ROWS_NEEDED(was, struct ref_change, "was", &stand_fields),
	FIELD_ROWS_NEEDED(to, struct ref_change, "to", &stand_fields),
	FIELD(what, struct ref_change, "what", F_TEXT),
	FIELD(said, struct ref_change, "said", F_TEXT),
	FIELD_ROWS(remarks, struct ref_change, "remarks", &remark_fields),
	FIELD_ROWS(pauses, struct ref_change, "pauses", &pause_fields),
	FIELD(pause_ends, struct ref_change, "pause_ends", F_ID),
	FIELD_ROWS(decisions, struct ref_change, "decisions", &decision_fields),
	FIELD_ROWS(courses, struct ref_change, "courses", &course_fields),
	FIELD_ROWS(files, struct ref_change, "files", &file_fields),
	FIELD(episode, struct ref_change, "episode", F_TEXT),
	FIELD_ROWS(tasks, struct ref_change, "tasks", &new_task_fields),
	FIELD_ROWS(forms, struct ref_change, "forms", &filled_fields),
	FIELD_ROWS(flags, struct ref_change, "flags", &new_flag_fields),
	FIELD_ROWS(settled, struct ref_change, "settled", &task_id_fields),
	FIELD_ROWS(forms_on, struct ref_change, "forms_on", &task_id_fields),
	FIELD_ROWS(reopened, struct ref_change, "reopened", &task_id_fields),
	FIELD_ROWS(remarks_off, struct ref_change, "remarks_off", &task_id_fields),
	FIELD_ROWS(pauses_off, struct ref_change, "pauses_off", &task_id_fields),
	FIELD_ROWS(decisions_off, struct ref_change, "decisions_off", &task_id_fields),
	FIELD_ROWS(files_off, struct ref_change, "files_off", &task_id_fields),
	FIELD_ROWS(forms_off, struct ref_change, "forms_off", &task_id_fields),
	FIELD_ROWS(withdrawn, struct ref_change, "withdrawn", &task_id_fields),
	FIELD(pause_again, struct ref_change, "pause_again", F_ID),
};
const struct fields ref_change_fields = FIELDS(change_f, struct ref_change);

/* ---- run ---- */

static void merge(struct referral *r, const struct ref_stand *was, const struct ref_stand *to)
{
	if (!id_same(was->site, to->site))
		r->site = to->site;
	if (was->agreed.n != to->agreed.n)
		r->agreed = to->agreed;
	if (was->gp != to->gp)
		r->gp = (enum gp_consent)to->gp;
	if (was->urgency != to->urgency)
		r->urgency = to->urgency > 0 ? (int)(to->urgency - 1) : -1;
	if (was->replied_at.utc != to->replied_at.utc)
		r->replied_at = to->replied_at;
	if (!id_same(was->unfinished, to->unfinished))
		r->unfinished = to->unfinished;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

static void put_file(struct txn *t, const struct referral *r, const struct file_row *f)
{
	struct attachment a = { .id = f->id, .bytes = f->bytes, .node = (int)f->node };

	COPY(a.name, f->name);
	COPY(a.type, f->type);
	for (size_t i = 0; i < sizeof a.hash && strlen(f->hash) >= 2 * sizeof a.hash; i++)
		a.hash[i] = (unsigned char)(hex(f->hash[2 * i]) << 4 | hex(f->hash[2 * i + 1]));
	attachment_put(t, r, &a);
}

static void all_off(struct txn *t, enum referral_part part, const struct task_ids *ids)
{
	list_each (id, ids)
		referral_part_set(t, part, *id, false);
}

/* What was said and kept with it stands whatever became of the rest. */
static void put_said(struct txn *t, const struct ref_change *c, const struct referral *r)
{
	list_each (n, &c->remarks) {
		const struct new_remark one = { n->id, n->kind, n->words, n->clinical };

		remark_put(t, r, &one);
	}
	list_each (f, &c->files)
		put_file(t, r, f);
	all_off(t, PART_REMARK, &c->remarks_off);
	all_off(t, PART_ATTACHMENT, &c->files_off);
	list_each (id, &c->forms_off)
		filled_withdraw(t, *id);
	list_each (id, &c->forms_on)
		filled_restore(t, *id);
	filled_put(t, &c->forms, r->scope);
	/* A flag and its alert wait for no settling of who was first. */
	if (c->flags.n)
		tasks_put(t, &c->tasks, r->scope);
	list_each (f, &c->flags)
		flag_put(t, f, r->scope);
}

static void put_decision(struct txn *t, const struct referral *r, const struct decision_row *n)
{
	struct decision d = { .id = n->id,
			      .priority = (int)n->priority,
			      .service = n->service,
			      .site = n->site,
			      .clinician = n->clinician,
			      .suggested_priority =
				      n->suggested > 0 ? (int)(n->suggested - 1) : -1 };

	pathway_parse(n->pathway, &d.pathway);
	COPY(d.skill, n->skill);
	COPY(d.mode, n->mode);
	COPY(d.suggested_pathway, n->suggested_pathway);
	decision_put(t, r, &d);
}

/* The episode has its referral's id, so that two who accept one open the same. */
static void put_course(struct txn *t, const struct referral *r, const struct course_row *n)
{
	struct episode e = { .id = r->id,
			     .person = r->person,
			     .service = n->service,
			     .customer = r->customer,
			     .priority = (int)n->priority,
			     .received = n->received,
			     .target = n->target };

	COPY(e.scope, r->scope);
	COPY(e.number, r->number);
	referral_episode(t, &e);
}

static void put_rest(struct txn *t, const struct ref_change *c, const struct referral *r)
{
	list_each (n, &c->pauses) {
		const struct new_pause one = { n->id, n->kind, n->asked };

		pause_put(t, r, &one);
	}
	if (!id_none(c->pause_ends))
		pause_end(t, c->pause_ends, false);
	if (!id_none(c->pause_again))
		pause_end(t, c->pause_again, true);
	list_each (d, &c->decisions)
		put_decision(t, r, d);
	list_each (n, &c->courses)
		put_course(t, r, n);
	if (c->episode)
		episode_set_state(t, r->id, c->episode, NULL);
	all_off(t, PART_PAUSE, &c->pauses_off);
	all_off(t, PART_DECISION, &c->decisions_off);
	if (!c->flags.n)
		tasks_put(t, &c->tasks, r->scope);
	tasks_withdraw(t, &c->withdrawn);
	tasks_settle(t, &c->settled, "its form was completed");
	tasks_reopen(t, &c->reopened);
}

/* Both decisions in words that say nothing clinical and name no service. */
static void lost(struct txn *t, const struct ref_change *c, const struct referral *now)
{
	char theirs[2 * CODE_TEXT];
	struct decision d;

	if (txn_failed(t) || decision_of(t->store, now->id, &d, &t->err) < 0)
		return;
	snprintf(theirs, sizeof theirs, "%s", referral_state_word(now->state));
	if (!id_none(d.id))
		snprintf(theirs, sizeof theirs, "%s, P%d", referral_state_word(now->state),
			 d.priority);

	const struct conflict both = { .type = "referral",
				       .a = c->referral,
				       .b = t->cmd,
				       .note = "two decisions on one referral",
				       .tab = "referral",
				       .col = "state",
				       .base = c->was.v[0].state,
				       .theirs = theirs,
				       .mine = c->said ? c->said : text_of(c->what) };

	txn_conflict(t, &both);
}

static bool sound(const struct ref_change *c, enum referral_state *ret_to)
{
	enum referral_state was;

	return c->was.n == 1 && c->to.n == 1 &&
	       referral_state_parse(text_of(c->was.v[0].state), &was) &&
	       referral_state_parse(text_of(c->to.v[0].state), ret_to);
}

/* Does it stand where whoever made the change saw it?  In the same state again after others were
 * here it does not: they had not seen the answer, say, that brought it back. */
static bool as_seen(const struct referral *now, const struct ref_stand *was)
{
	return strcmp(referral_state_code(now->state), text_of(was->state)) == 0 &&
	       (moment_none(was->since) || was->since.utc == now->state_at.utc);
}

int ref_change_run(struct txn *t, const void *args)
{
	const struct ref_change *c = args;
	enum referral_state to = REF_NEW;
	struct referral now;
	bool moves;

	txn_tell(t, "referral", c->referral, "%s", text_of(c->what));
	if (!sound(c, &to))
		return VERDICT_UNSUPPORTED;
	if (!referral_read(t, c->referral, &now))
		return VERDICT_STALE;
	txn_scope(t, now.scope);
	put_said(t, c, &now);
	moves = !text_same(c->was.v[0].state, c->to.v[0].state);
	if ((moves || c->pauses.n || c->decisions.n) && !as_seen(&now, &c->was.v[0])) {
		lost(t, c, &now);
		return VERDICT_CONFLICT;
	}
	merge(&now, &c->was.v[0], &c->to.v[0]);
	if (moves) {
		now.state = to;
		now.state_at = t->at;
	}
	referral_set(t, &now, moves);
	put_rest(t, c, &now);
	/* One that another node began is not known to whoever ends the referral. */
	if (moves && referral_list_of(to) == LIST_NONE)
		pauses_end(t, now.id);
	if (c->pauses.n || c->pauses_off.n)
		pauses_count(t, now.id);
	return VERDICT_OK;
}

/* ---- check ---- */

static void stand_push(struct ref_stands *list, const struct referral *r)
{
	struct ref_stand *s = list_push(list);

	s->state = mem_str(referral_state_code(r->state));
	s->site = r->site;
	s->agreed = r->agreed;
	s->gp = r->gp;
	s->pauses = r->pauses;
	s->urgency = r->urgency + 1;
	s->replied_at = r->replied_at;
	s->unfinished = r->unfinished;
}

/* Whoever comes second hears who was first, and what they did. */
static int moved_on(struct desk *desk, const struct referral_row *r, struct err *err)
{
	struct event last = { 0 };
	char at[DAY_TEXT];

	if (history_last(desk->store, r->r.id, &last, err) < 0)
		return -1;
	return err_set(err, ERR_CLASH, "It is \"%s\" by now (%s, %s): look again.",
		       referral_state_word(r->shown), id_none(last.id) ? "somebody" : last.user,
		       moment_said(id_none(last.id) ? r->r.state_at : last.at, desk->today, at));
}

int ref_begin(struct desk *desk, struct ref_change *c, bool moves, struct referral_row *ret,
	      struct err *err)
{
	if (referral_one(desk, c->referral, ret, err) < 0)
		return -1;
	if (moves && referral_list_of(ret->r.state) != LIST_INBOX)
		return moved_on(desk, ret, err);
	if (moves && !(desk->user.role & (referral_movers(ret->r.state) | TRIAGE_ROLES)))
		return desk_needs(desk, referral_movers(ret->r.state), "That", err);
	stand_push(&c->was, &ret->r);
	c->was.v[c->was.n - 1].since = ret->r.state_at;
	return 0;
}

void ref_end(struct ref_change *c, const struct referral *r)
{
	stand_push(&c->to, r);
}

int ref_remark(struct desk *desk, struct ref_change *c, const char *kind, const char *words,
	       bool clinical, struct err *err)
{
	struct err no = ERR_INIT;
	char *clean = clinical_words(words, "words", &no);
	struct remark_row *n;

	if (no.kind) {
		if (err)
			*err = no;
		return -1;
	}
	if (!clean)
		return 0;
	n = list_push(&c->remarks);
	n->id = desk_new_id(desk);
	n->kind = mem_str(kind);
	n->words = clean;
	n->clinical = clinical;
	return 0;
}

int ref_go_on(struct desk *desk, struct ref_change *c, struct err *err)
{
	char asked[CODE_TEXT];
	struct moment since;

	return pause_open(desk->store, c->referral, &c->pause_ends, &since, asked, err);
}

int ref_do(struct desk *desk, const struct act *act, struct id referral, const void *ask,
	   struct err *err)
{
	struct ref_change *c = mem_new(sizeof *c);
	int rc;

	c->referral = referral;
	c->ask = ask;
	rc = act_do(desk, act, c, err);
	args_free(&ref_change_fields, c);
	return rc;
}

/* ---- the way back ---- */

static void stands_copy(struct ref_stands *to, const struct ref_stands *from)
{
	list_each (s, from) {
		struct ref_stand *n = list_push(to);

		*n = *s;
		n->state = mem_str(s->state);
		n->since = (struct moment){ 0 };
	}
}

/* An episode with bookings is not taken back from under them. */
static int unused(struct desk *desk, const struct ref_change *was, struct err *err)
{
	struct episode_use use;

	if (was->courses.n == 0)
		return 0;
	if (episode_used(desk->store, was->referral, (struct id){ 0 }, &use, err) < 0)
		return -1;
	return use.used == 0
		       ? 0
		       : err_set(err, ERR_CLASH, "They are booked by now: cancel that first.");
}

/* What raised a flag is not taken back from under it. */
static int flags_stay(struct desk *desk, const struct ref_change *was, struct err *err)
{
	return was->flags.n ? flag_holds(desk, was->flags.v[0].person, was->flags.v[0].service, err)
			    : 0;
}

int ref_change_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
		       struct err *err)
{
	const struct ref_change *was = deed->args;
	struct ref_change *back;

	if (unused(desk, was, err) < 0 || flags_stay(desk, was, err) < 0)
		return -1;
	back = mem_new(sizeof *back);
	back->referral = was->referral;
	back->what = mem_printf("taken back: %s", text_of(was->what));
	stands_copy(&back->was, &was->to);
	stands_copy(&back->to, &was->was);
	/* What lost to somebody else's never counted: theirs, in the same state, is not taken back.
	 */
	if (was->was.n == 1 && was->to.n == 1 &&
	    !text_same(was->was.v[0].state, was->to.v[0].state))
		back->was.v[0].since = deed->at;
	list_each (n, &was->remarks)
		*list_push(&back->remarks_off) = n->id;
	list_each (n, &was->pauses)
		*list_push(&back->pauses_off) = n->id;
	list_each (n, &was->decisions)
		*list_push(&back->decisions_off) = n->id;
	list_each (n, &was->files)
		*list_push(&back->files_off) = n->id;
	list_each (f, &was->forms)
		*list_push(&back->forms_off) = f->id;
	list_each (id, &was->forms_off)
		*list_push(&back->forms_on) = *id;
	list_each (id, &was->settled)
		*list_push(&back->reopened) = *id;
	task_ids_of(&was->tasks, &back->withdrawn);
	back->pause_again = was->pause_ends;
	if (was->courses.n)
		back->episode = mem_str("error");
	else if (was->episode)
		back->episode = mem_str("open");
	*ret = (struct call){ &act_referral_back, back };
	return 0;
}

/* ---- the acts ---- */

#define ACT(symbol, name_, roles_, check_)                                                         \
	const struct act symbol = {                                                                \
		.name = (name_),                                                                   \
		.ver = 1,                                                                          \
		.roles = (roles_),                                                                 \
		.fields = FIELDS(change_f, struct ref_change),                                     \
		.check = (check_),                                                                 \
		.run = ref_change_run,                                                             \
		.reverse = ref_change_reverse,                                                     \
	}

ACT(act_referral_comment, "referral_comment", ROLE_DESK, ref_comment_check);
ACT(act_referral_reply, "referral_reply", ROLE_DESK, ref_reply_check);
ACT(act_referral_agree, "referral_agree", ROLE_DESK, ref_agree_check);
ACT(act_referral_withdraw, "referral_withdraw", TRIAGE_ROLES, ref_withdraw_check);
ACT(act_referral_attach, "referral_attach", ROLE_DESK, ref_attach_check);
ACT(act_referral_answer, "referral_answer", ROLE_DESK, ref_answer_check);
ACT(act_triage_form, "triage_form", ROLE_DESK, triage_form_check);
ACT(act_triage_decide, "triage_decide", TRIAGE_ROLES, triage_decide_check);
ACT(act_triage_query, "triage_query", TRIAGE_ROLES, triage_query_check);
ACT(act_triage_return, "triage_return", TRIAGE_ROLES, triage_return_check);
ACT(act_triage_send, "triage_send", TRIAGE_ROLES, triage_send_check);
ACT(act_triage_redirect, "triage_redirect", TRIAGE_ROLES, triage_redirect_check);
ACT(act_triage_decline, "triage_decline", TRIAGE_ROLES, triage_decline_check);
ACT(act_triage_escalate, "triage_escalate", TRIAGE_ROLES, triage_escalate_check);

/* Done by undo alone: its check is that of the way back. */
const struct act act_referral_back = {
	.name = "referral_back",
	.ver = 1,
	.roles = ROLE_DESK,
	.fields = FIELDS(change_f, struct ref_change),
	.run = ref_change_run,
};
