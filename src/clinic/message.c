/*
 * message.c: what is to be said to whom, which way, and what is out of date by it.
 *
 * What somebody was told last is the last message about the appointment that, for all we know, has
 * left: sent, being sent, cut off while it was sent, or told by telephone.  All others about it
 * that could still leave are withdrawn by whatever comes after them, in the same command, so that
 * nobody gets two that contradict each other.
 */
#include "clinic/message.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "clinic/booking_acts.h"
#include "clinic/message_acts.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "clinic/wording.h"
#include "store/messages.h"
#include "store/people.h"
#include "store/store.h"
#include "store/tasks.h"

enum { WAKE = 8 * 60, SLEEP = 20 * 60, REBOOK_DAYS = 3 };

/* ---- whom, and which way ---- */

int reader_load(struct desk *desk, struct id person, struct reader *ret, struct err *err)
{
	struct reader r = { 0 };

	if (people_get(desk->store, person, &r.person, err) < 0)
		return -1;
	if (!id_none(r.person.alias_of) &&
	    people_get(desk->store, r.person.alias_of, &r.person, err) < 0)
		return -1;
	if (people_contacts(desk->store, r.person.id, &r.contacts, err) < 0) {
		reader_done(&r);
		return -1;
	}
	*ret = r;
	return 0;
}

void reader_done(struct reader *r)
{
	list_free(&r->contacts);
}

const struct contact *reader_ok(const struct reader *r, const char *kind)
{
	const struct contact *c = contacts_of(&r->contacts, kind);

	return c && c->text_ok && *c->value ? c : NULL;
}

const char *reader_number(const struct reader *r, char buf[NUMBER_TEXT])
{
	const struct contact *c = contacts_phone(&r->contacts);
	char shown[PHONE_TEXT];

	snprintf(buf, NUMBER_TEXT, "%s", c ? phone_show(c->value, shown) : "(no number is known)");
	return buf;
}

/* What was said about this appointment and has left, last; NULL: nothing. */
static const struct msg *told_last(const struct msgs *all)
{
	const struct msg *last = NULL;

	list_each (m, all)
		if (msg_told(m) && (m->event == MSG_CONFIRMATION || m->event == MSG_CHANGE ||
				    m->event == MSG_CANCELLATION))
			last = m;
	return last;
}

static bool about_time(const struct msg *m)
{
	return m->event != MSG_REPLY && m->event != MSG_REBOOK && m->event != MSG_DNA;
}

static void withdraw_pending(const struct msgs *all, struct telling *ret)
{
	list_each (m, all) {
		if (!msg_pending(m) || !about_time(m))
			continue;
		*list_push(&ret->withdraw) = m->id;
		if (!id_none(m->task) && m->task_open)
			*list_push(&ret->drop) = m->task;
	}
}

/* ---- the words ---- */

char *message_when(struct desk *desk, struct moment starts, struct id site, char buf[WHEN_TEXT])
{
	const struct site *at = ref_site(desk, site);
	char day[DAY_TEXT], clock[DAY_TEXT];
	struct date date = moment_date(starts);

	snprintf(buf, WHEN_TEXT, "%s %s %s%s%s", weekday_short[date_weekday(date)],
		 date_show_short(date, day), minute_show(moment_minute(starts), clock),
		 at ? " at " : "", at ? at->name : "");
	return buf;
}

/* Texts of facts that are made up here. */
struct made {
	char what[CODE_TEXT + 16], day[16], date[DAY_TEXT], clock[DAY_TEXT], minutes[12];
	char phone[PHONE_TEXT], place[NAME_TEXT + 8], where[2 * NAME_TEXT + 4],
		formal[2 * NAME_TEXT], full[3 * NAME_TEXT], cost[12];
};

static void make_place(struct desk *desk, const struct appt *a, struct made *m)
{
	const struct site *site = ref_site(desk, a->site);
	const struct room *room = ref_room(desk, a->room);
	const char *name = site ? site->name : "";

	snprintf(m->place, sizeof m->place, "at %s", name);
	snprintf(m->where, sizeof m->where, "%s%s%s", name, room ? ", " : "",
		 room ? room->name : "");
	if (a->mode == MODE_PHONE) {
		snprintf(m->place, sizeof m->place, "by phone: we ring you");
		snprintf(m->where, sizeof m->where, "By phone: we ring you");
	} else if (a->mode == MODE_VIDEO) {
		snprintf(m->place, sizeof m->place, "by video");
		snprintf(m->where, sizeof m->where, "By video");
	}
}

static void make_facts(struct desk *desk, const struct person *p, const struct appt *a,
		       struct made *m, struct facts *ret)
{
	static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
					    "Friday", "Saturday", "Sunday" };
	const struct service *s = ref_service(desk, a->service);
	const struct site *site = ref_site(desk, a->site);
	struct date day = moment_date(a->starts);
	char digits[PHONE_DIGITS];

	/* A private service is named nowhere outside itself. */
	if (s && !s->private_)
		snprintf(m->what, sizeof m->what, "%s appointment", s->brief);
	else
		snprintf(m->what, sizeof m->what, "appointment");
	snprintf(m->day, sizeof m->day, "%s", days[date_weekday(day)]);
	date_long(day, m->date);
	minute_show(moment_minute(a->starts), m->clock);
	snprintf(m->minutes, sizeof m->minutes, "%d", a->mins);
	make_place(desk, a, m);
	if (site && phone_parse(site->phone, digits))
		phone_show(digits, m->phone);
	snprintf(m->formal, sizeof m->formal, "%s %s", *p->title ? p->title : p->given, p->surname);
	snprintf(m->full, sizeof m->full, "%s%s%s %s", p->title, *p->title ? " " : "", p->given,
		 p->surname);
	if (desk->refs->missed_cost)
		snprintf(m->cost, sizeof m->cost, "\u00a3%d", desk->refs->missed_cost);
	*ret = (struct facts){ .given = p->given,
			       .surname = p->surname,
			       .formal = m->formal,
			       .full = m->full,
			       .what = m->what,
			       .day = m->day,
			       .date = m->date,
			       .clock = m->clock,
			       .minutes = m->minutes,
			       .place = m->place,
			       .where = m->where,
			       .site = site ? site->name : "",
			       .phone = m->phone,
			       .cost = m->cost,
			       .us = *desk->refs->service_name ? desk->refs->service_name
							       : "Occupational Health" };
}

int message_words(struct desk *desk, const char *name, const struct person *p, const struct appt *a,
		  const char *glue, struct buf *ret_title, struct buf *ret_words, struct err *err)
{
	return message_words_to(desk, name, p, a, "", glue, ret_title, ret_words, err);
}

int message_words_to(struct desk *desk, const char *name, const struct person *p,
		     const struct appt *a, const char *contact, const char *glue,
		     struct buf *ret_title, struct buf *ret_words, struct err *err)
{
	struct made made = { 0 };
	struct facts facts;

	make_facts(desk, p, a, &made, &facts);
	facts.contact = contact;
	return wording_fill(desk, name, &facts, glue, ret_title, ret_words, err);
}

bool message_night(struct moment now)
{
	int minute = moment_minute(now);

	return minute < WAKE || minute >= SLEEP;
}

/* Nobody is woken by a text. */
static struct moment by_day(struct moment now)
{
	struct date day = moment_date(now);

	if (!message_night(now))
		return now;
	return wall_moment((struct date){ day.n + (moment_minute(now) >= SLEEP) }, WAKE);
}

struct new_msg *message_new(struct desk *desk, struct telling *tell, enum msg_event event,
			    enum msg_channel channel, const struct reader *who,
			    const struct appt *about, struct err *err)
{
	struct buf title = { 0 }, words = { 0 };
	bool come = event != MSG_CANCELLATION && event != MSG_REBOOK;
	char name[40];
	struct new_msg *m;

	snprintf(name, sizeof name, "%s.%s", msg_event_code(event), msg_channel_code(channel));
	if (message_words(desk, name, &who->person, about, channel == MSG_TEXT ? " " : "\n\n",
			  &title, &words, err) < 0) {
		buf_done(&title);
		buf_done(&words);
		return NULL;
	}
	m = list_push(&tell->put);
	m->id = desk_new_id(desk);
	m->person = who->person.id;
	m->appt = about->id;
	m->event = mem_str(msg_event_code(event));
	m->channel = mem_str(msg_channel_code(channel));
	m->title = title.n ? mem_str(title.s) : NULL;
	if (words.n >= MSG_WORDS)
		words.s[MSG_WORDS - 1] = '\0';
	m->words = mem_str(words.s ? text_whole(words.s) : "");
	if (come) {
		m->starts = about->starts;
		m->site = about->site;
	}
	/* A reminder that came with the night would be read as one that says something new. */
	m->not_before =
		channel == MSG_TEXT || event == MSG_REMINDER ? by_day(desk->now) : desk->now;
	m->not_after = about->starts;
	if (event == MSG_REBOOK)
		m->not_after.utc = desk->now.utc + REBOOK_DAYS * 86400;
	/* Better at night than too late. */
	if (m->not_before.utc >= m->not_after.utc)
		m->not_before = desk->now;
	m->node = store_me(desk->store)->node;
	buf_done(&title);
	buf_done(&words);
	return m;
}

struct new_msg *message_offer(struct desk *desk, struct telling *tell, const struct reader *who,
			      const struct appt *about, struct moment until, struct err *err)
{
	struct buf words = { 0 };
	struct made made = { 0 };
	struct facts facts;
	char clock[DAY_TEXT];
	struct new_msg *m;

	make_facts(desk, &who->person, about, &made, &facts);
	facts.until = minute_show(moment_minute(until), clock);
	if (wording_fill(desk, "offer.text", &facts, " ", NULL, &words, err) < 0) {
		buf_done(&words);
		return NULL;
	}
	m = list_push(&tell->put);
	m->id = desk_new_id(desk);
	m->person = who->person.id;
	m->event = mem_str(msg_event_code(MSG_OFFER));
	m->channel = mem_str(msg_channel_code(MSG_TEXT));
	if (words.n >= MSG_WORDS)
		words.s[MSG_WORDS - 1] = '\0';
	m->words = mem_str(words.s ? text_whole(words.s) : "");
	/* At once or not at all: later it is of no use to anybody. */
	m->not_before = desk->now;
	m->not_after = until;
	m->node = store_me(desk->store)->node;
	buf_done(&words);
	return m;
}

/* ---- somebody rings ---- */

struct new_task *message_task(struct desk *desk, struct new_tasks *tasks, enum task_kind kind,
			      const struct appt *about, struct id person, const char *text)
{
	static const struct id nowhere;
	struct new_task *n = task_open(desk, tasks, kind, desk->now, "%s", text);

	n->person = person;
	n->appt = about ? about->id : nowhere;
	task_for_desk(desk, n, about ? about->service : nowhere, about ? about->site : nowhere);
	return n;
}

/* A task, and the row that says that they are told so. */
static void call(struct desk *desk, enum msg_event event, const struct reader *who,
		 const struct news *news, struct telling *ret)
{
	const struct appt *about = news->is ? news->is : news->was;
	char when[WHEN_TEXT], was[WHEN_TEXT], number[NUMBER_TEXT], text[400];
	struct new_msg *m = list_push(&ret->put);

	message_when(desk, about->starts, about->site, when);
	if (event == MSG_CHANGE && news->was)
		snprintf(text, sizeof text, "Ring %s: we moved %s to %s.",
			 reader_number(who, number),
			 message_when(desk, news->was->starts, news->was->site, was), when);
	else
		snprintf(text, sizeof text, "Ring %s: %s %s.", reader_number(who, number),
			 event == MSG_CANCELLATION ? "we cancelled" : "they are booked for", when);
	m->id = desk_new_id(desk);
	m->person = who->person.id;
	m->appt = about->id;
	m->event = mem_str(msg_event_code(event));
	m->channel = mem_str(msg_channel_code(MSG_CALL));
	m->words = mem_str(text);
	if (event != MSG_CANCELLATION) {
		m->starts = about->starts;
		m->site = about->site;
	}
	m->not_before = desk->now;
	m->not_after = about->starts;
	m->node = store_me(desk->store)->node;
	m->task = message_task(desk, &ret->tasks, TASK_RING, about, who->person.id, text)->id;
}

/* The same once the holder of the slot has said yes: a row that waits for that like a text. */
static void call_later(struct desk *desk, enum msg_event event, const struct reader *who,
		       const struct news *news, struct telling *ret)
{
	struct new_msg *m;

	call(desk, event, who, news, ret);
	m = &ret->put.v[ret->put.n - 1];
	m->task = (struct id){ 0 };
	*(struct new_task *)list_push(&ret->later) = ret->tasks.v[--ret->tasks.n];
	mem_free((char *)ret->later.v[0].kind);
	ret->later.v[0].kind = mem_str(task_kind_code(TASK_RINGBACK));
}

/* Where several nodes act at once it may come to nothing after they were told.  Alone, never. */
static int ring_if_lost(struct desk *desk, const struct news *news, struct telling *ret,
			struct err *err)
{
	const struct appt *about = news->is ? news->is : news->was;
	char when[WHEN_TEXT], number[NUMBER_TEXT], text[400];
	struct reader who;
	struct new_task *n;

	if (!store_joined(desk->store) || about->starts.utc <= desk->now.utc)
		return 0;
	if (reader_load(desk, news->person, &who, err) < 0)
		return -1;
	snprintf(text, sizeof text, "Ring %s: they were told %s%s, and that did not hold.",
		 reader_number(&who, number), message_when(desk, about->starts, about->site, when),
		 news->is ? "" : " is cancelled");
	n = message_task(desk, &ret->lost, TASK_RINGBACK, about, who.person.id, text);
	/* On the list of the desk that told them. */
	if (id_none(n->service))
		n->site = desk->site.id;
	reader_done(&who);
	return 0;
}

/* ---- deciding ---- */

static void promise(struct desk *desk, const char *what, const char *to)
{
	snprintf(desk->promise, sizeof desk->promise, "%s%.60s", what, to);
}

/* Why nothing is sent, when nothing is. */
static void no_promise(struct desk *desk, const struct reader *who)
{
	const struct contact *mobile = contacts_of(&who->contacts, "mobile");

	promise(desk, mobile && *mobile->value ? "No texts: tell them" : "No mobile: tell them",
		"");
}

static int say(struct desk *desk, const struct news *news, enum msg_event event,
	       struct telling *ret, struct err *err)
{
	const struct appt *about = news->is ? news->is : news->was;
	const struct contact *text, *mail, *home;
	struct reader who;
	char number[PHONE_TEXT];
	int rc = 0;

	if (reader_load(desk, news->person, &who, err) < 0)
		return -1;
	text = reader_ok(&who, "mobile");
	mail = reader_ok(&who, "email");
	home = contacts_of(&who.contacts, "address");
	if (strcmp(who.person.status, "active") != 0) {
		promise(desk, "No text: ", who.person.status);
	} else if (text) {
		rc = message_new(desk, ret, event, MSG_TEXT, &who, about, err) ? 0 : -1;
		promise(desk, "Text to ", phone_show(text->value, number));
	} else if (mail) {
		rc = message_new(desk, ret, event, MSG_EMAIL, &who, about, err) ? 0 : -1;
		promise(desk, "E-mail to ", mail->value);
	} else if (news->asked) {
		call_later(desk, event, &who, news, ret);
		promise(desk, "They are rung when it is answered", "");
	} else if (!news->by_service) {
		no_promise(desk, &who);
	} else if (!contacts_phone(&who.contacts) && home && *home->value &&
		   event != MSG_CONFIRMATION) {
		rc = message_new(desk, ret, event, MSG_LETTER, &who, about, err) ? 0 : -1;
		promise(desk, "A letter goes to their address", "");
	} else {
		call(desk, event, &who, news, ret);
		promise(desk, "A task to ring them is open", "");
	}
	reader_done(&who);
	return rc;
}

static bool to_come(struct desk *desk, const struct appt *a)
{
	return a && a->starts.utc > desk->now.utc;
}

/* All there is about it so far; a new one has nothing. */
static int load(struct desk *desk, const struct news *news, struct msgs *ret, struct err *err)
{
	return news->was ? msgs_of_appt(desk->store, news->was->id, ret, err) : 0;
}

int telling_news(struct desk *desk, const struct news *news, struct telling *ret, struct err *err)
{
	enum msg_event event = !news->is   ? MSG_CANCELLATION
			       : news->was ? MSG_CHANGE
					   : MSG_CONFIRMATION;
	const struct appt *about = news->is ? news->is : news->was;
	struct msgs all = { 0 };

	if (ring_if_lost(desk, news, ret, err) < 0)
		return -1;
	/* With another clinician, or longer: nothing that they were told is otherwise. */
	if (news->is && news->was && news->is->starts.utc == news->was->starts.utc &&
	    id_same(news->is->site, news->was->site) && news->is->mode == news->was->mode)
		return 0;
	if (load(desk, news, &all, err) < 0)
		return -1;
	withdraw_pending(&all, ret);
	list_free(&all);
	return to_come(desk, about) ? say(desk, news, event, ret, err) : 0;
}

int telling_right(struct desk *desk, const struct news *news, struct telling *ret, struct err *err)
{
	const struct appt *about = news->is ? news->is : news->was;
	const struct msg *last;
	struct msgs all = { 0 };
	bool any = false, wrong;
	enum msg_event event;
	int rc = 0;

	if (ring_if_lost(desk, news, ret, err) < 0 || load(desk, news, &all, err) < 0)
		return -1;
	withdraw_pending(&all, ret);
	list_each (m, &all)
		any |= news->is && about_time(m) && m->starts.utc == news->is->starts.utc &&
		       id_same(m->site, news->is->site);
	last = told_last(&all);
	event = !news->is				  ? MSG_CANCELLATION
		: last && last->event != MSG_CANCELLATION ? MSG_CHANGE
							  : MSG_CONFIRMATION;
	if (last)
		wrong = news->is ? last->starts.utc != news->is->starts.utc ||
					   !id_same(last->site, news->is->site)
				 : !moment_none(last->starts);
	else /* nothing has left: what was to be said before is to be said again */
		wrong = any;
	if (wrong && to_come(desk, about))
		rc = say(desk, news, event, ret, err);
	list_free(&all);
	return rc;
}

/* What was to be told with the answer: it is there already. */
static void call_now(struct txn *t, const struct telling *tell, const char *scope)
{
	tasks_put(t, &tell->later, scope);
	list_each (m, &tell->put)
		if (id_none(m->task) && strcmp(m->channel, msg_channel_code(MSG_CALL)) == 0)
			msg_set(t, m->id, MSG_PHONED, NULL, tell->later.v[0].id);
}

void telling_run(struct txn *t, const struct telling *tell, const char *scope, enum msg_state state)
{
	tasks_withdraw(t, &tell->drop);
	msgs_withdraw(t, &tell->withdraw, "out of date");
	tasks_put(t, &tell->tasks, scope);
	msgs_put(t, &tell->put, scope, state);
	if (state != MSG_HELD && tell->later.n)
		call_now(t, tell, scope);
}

void telling_lost(struct txn *t, const struct telling *tell, const char *scope)
{
	tasks_put(t, &tell->lost, scope);
}
