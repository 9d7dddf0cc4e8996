/*
 * missed.c: the notice of a missed appointment to the customer's contact who referred them.
 *
 * ALWAYS HOLDS.  It goes only where contact_told() allows `dna`: never of a private service or of a
 * self-referral, never without the employee's agreement, to nobody but who referred them or stands
 * in; only where the contract of the referral asks for it; and never of somebody about whom a risk
 * flag is open.  All of that is asked when it is queued and once more when it is to leave.  It
 * waits half an hour: who comes late after all, or was marked by a slip, is told of to nobody. Once
 * it has left, it cannot be taken back by the program: a task asks a person to put it right.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/contact.h"
#include "clinic/flag.h"
#include "clinic/message_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/contacts.h"
#include "store/messages.h"
#include "store/referrals.h"
#include "store/store.h"

enum { GRACE_MINS = 30, DAYS = 3 };

/* *ret_may false: nobody is to hear of it. */
static int whom(struct desk *desk, const struct appt *a, struct customer_contact *ret,
		bool *ret_may, struct err *err)
{
	struct referral_row r;
	struct err why = ERR_INIT;
	struct contract c;
	struct id about;
	char told[WORDS_TEXT];

	*ret_may = false;
	/* Who was taken on without a referral was sent by nobody. */
	if (referral_row_get(desk->store, a->episode, &r, &why) < 0)
		return why.kind == ERR_MISSING ? 0 : err_set(err, why.kind, "%s", why.text);
	if (r.r.type == REF_SELF || id_none(r.r.contract) ||
	    flag_rings(desk, a->person, a->service, &about))
		return 0;
	if (contract_get(desk->store, r.r.contract, &c, err) < 0 ||
	    contact_told(desk, &r, ret, told, err) < 0)
		return -1;
	*ret_may = c.dna_notice && words_have(told, "dna") && (*ret->email || *ret->phone);
	return 0;
}

static int told_already(struct desk *desk, struct id appt, bool *ret, struct err *err)
{
	struct msgs all = { 0 };
	int rc = msgs_of_appt(desk->store, appt, &all, err);

	*ret = false;
	list_each (m, &all)
		*ret |= m->event == MSG_DNA && m->state != MSG_WITHDRAWN;
	list_free(&all);
	return rc;
}

int missed_told(struct desk *desk, const struct appt_row *r, struct err *err)
{
	struct customer_contact to;
	bool may, before;
	char promise[sizeof desk->promise];

	if (whom(desk, &r->a, &to, &may, err) < 0 || told_already(desk, r->a.id, &before, err) < 0)
		return -1;
	if (!may || before)
		return 0;
	/* What is said of the person's own message is more to whoever marks them. */
	snprintf(promise, sizeof promise, "%s", desk->promise);
	if (message_send(desk, r->a.id, MSG_DNA, true, err) < 0)
		return -1;
	if (*promise)
		snprintf(desk->promise, sizeof desk->promise, "%s", promise);
	return 0;
}

/* The notice that has left, or that was rung through, or may have left. */
static bool has_left(const struct msg *m)
{
	return m->event == MSG_DNA && (m->state == MSG_SENT || m->state == MSG_UNSURE ||
				       m->state == MSG_PHONED || m->trying);
}

int missed_put_right(struct desk *desk, const struct appt *a, struct new_tasks *ret,
		     struct err *err)
{
	struct customer_contact to = { .name = "" };
	struct msgs all = { 0 };
	char when[WHEN_TEXT];
	struct id told = { 0 };
	struct new_task *n;
	int rc = msgs_of_appt(desk->store, a->id, &all, err);

	list_each (m, &all)
		if (has_left(m))
			told = m->contact;
	list_free(&all);
	if (rc < 0 || id_none(told))
		return rc;
	if (contact_get(desk->store, told, &to, err) < 0)
		return -1;
	n = task_open(desk, ret, TASK_TODO, desk->now,
		      "Tell %.60s: they did come on %s, not as we wrote", to.name,
		      message_when(desk, a->starts, a->site, when));
	task_for_appt(desk, a, n);
	return 0;
}

/* By telephone, for who has no e-mail: a task, and the row that says so. */
static void ring(struct desk *desk, const struct appt *a, const struct customer_contact *to,
		 struct new_msg *m, struct telling *tell)
{
	char text[400], when[WHEN_TEXT], number[PHONE_TEXT];

	snprintf(text, sizeof text, "Ring %s of %.60s: did not attend %s.",
		 phone_show(to->phone, number), to->name,
		 message_when(desk, a->starts, a->site, when));
	m->channel = mem_str(msg_channel_code(MSG_CALL));
	m->words = mem_str(text);
	m->task = message_task(desk, &tell->tasks, TASK_RING, a, a->person, text)->id;
}

static int write_mail(struct desk *desk, const struct appt *a, const struct customer_contact *to,
		      struct new_msg *m, struct err *err)
{
	struct buf title = { 0 }, words = { 0 };
	struct reader who;
	int rc;

	if (reader_load(desk, a->person, &who, err) < 0)
		return -1;
	rc = message_words_to(desk, "dna.email", &who.person, a, to->name, "\n\n", &title, &words,
			      err);
	if (rc == 0) {
		m->channel = mem_str(msg_channel_code(MSG_EMAIL));
		m->title = mem_str(title.s ? title.s : "");
		m->words = mem_str(words.s ? words.s : "");
		m->not_before.utc += GRACE_MINS * 60;
	}
	buf_done(&title);
	buf_done(&words);
	reader_done(&who);
	return rc;
}

int missed_write(struct desk *desk, struct id appt, struct telling *tell, struct err *err)
{
	struct customer_contact to;
	struct appt_row r;
	struct new_msg *m;
	bool may;

	if (appt_get(desk->store, appt, &r, err) < 0 || whom(desk, &r.a, &to, &may, err) < 0)
		return -1;
	if (!may)
		return err_set(err, ERR_DENIED, "Nobody at their customer may hear of it.");
	m = list_push(&tell->put);
	m->id = desk_new_id(desk);
	m->person = r.a.person;
	m->appt = appt;
	m->contact = to.id;
	m->event = mem_str(msg_event_code(MSG_DNA));
	m->not_before = desk->now;
	m->not_after.utc = desk->now.utc + DAYS * 86400;
	m->node = store_me(desk->store)->node;
	if (*to.email)
		return write_mail(desk, &r.a, &to, m, err);
	ring(desk, &r.a, &to, m, tell);
	return 0;
}

int missed_address(struct desk *desk, const struct msg *m, struct address *ret, struct err *err)
{
	struct customer_contact to;
	struct address a = { 0 };
	struct appt_row r;
	bool may;

	if (appt_get(desk->store, m->appt, &r, err) < 0 || whom(desk, &r.a, &to, &may, err) < 0)
		return -1;
	/* To nobody but whom it was written to. */
	a.gone = !may || r.a.state != APPT_DNA || !id_same(to.id, m->contact);
	if (a.gone)
		snprintf(a.why_not, sizeof a.why_not, "they may not hear of it any more");
	else if (!*to.email)
		snprintf(a.why_not, sizeof a.why_not, "no e-mail of theirs is known any more");
	else
		text_copy(a.to, sizeof a.to, to.email);
	text_copy(a.name, sizeof a.name, to.name);
	*ret = a;
	return 0;
}
