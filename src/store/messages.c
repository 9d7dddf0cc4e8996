/*
 * messages.c: the rows of `message` and `outbox_try`.
 *
 * One select serves all readers; what it adds to the row (whose it is, how its tries went) is
 * looked up by key.
 */
#include "store/messages.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "store/row.h"

#define MSG_SELECT                                                                                 \
	"SELECT m.id, m.scope, m.event, m.channel, m.person, m.appt, m.starts, m.site,"            \
	" m.title, m.words, m.not_before, m.not_after, m.node, m.state, m.at, m.ended_at, m.why,"  \
	" m.task, coalesce(k.state = 'open', 0), coalesce(k.state = 'done', 0),"                   \
	" p.surname, p.given, p.title, p.born, m.contact,"                                         \
	" (SELECT count(*) FROM outbox_try t WHERE t.message = m.id),"                             \
	" EXISTS (SELECT 1 FROM outbox_try t WHERE t.message = m.id AND t.ended IS NULL),"         \
	" (SELECT t.next_at FROM outbox_try t WHERE t.message = m.id ORDER BY t.n DESC LIMIT 1),"  \
	" (SELECT t.why FROM outbox_try t WHERE t.message = m.id ORDER BY t.n DESC LIMIT 1)"       \
	" FROM message m JOIN person p ON p.id = m.person LEFT JOIN task k ON k.id = m.task "

static void get_msg(struct row *row, struct msg *m)
{
	char word[CODE_TEXT];

	m->id = get_id(row);
	get_text(row, m->scope, sizeof m->scope);
	get_text(row, word, sizeof word);
	msg_event_parse(word, &m->event);
	get_text(row, word, sizeof word);
	msg_channel_parse(word, &m->channel);
	m->person = get_id(row);
	m->appt = get_id(row);
	m->starts = get_moment(row);
	m->site = get_id(row);
	get_text(row, m->title, sizeof m->title);
	get_text(row, m->words, sizeof m->words);
	m->not_before = get_moment(row);
	m->not_after = get_moment(row);
	m->node = (int)get_int(row);
	get_text(row, word, sizeof word);
	msg_state_parse(word, &m->state);
	m->at = get_moment(row);
	m->ended_at = get_moment(row);
	get_text(row, m->why, sizeof m->why);
	m->task = get_id(row);
	m->task_open = get_bool(row);
	m->task_done = get_bool(row);
	get_text(row, m->surname, sizeof m->surname);
	get_text(row, m->given, sizeof m->given);
	get_text(row, m->salute, sizeof m->salute);
	m->born = get_date(row);
	m->contact = get_id(row);
	m->tries = (int)get_int(row);
	m->trying = get_bool(row);
	m->next_at = get_moment(row);
	get_text(row, m->last, sizeof m->last);
}

static int get_all(struct row *row, struct msgs *ret, struct err *err)
{
	while (row_next(row))
		get_msg(row, list_push(ret));
	return row_done(row, err);
}

/* One message or none. */
static int get_one(struct row *row, struct msg *ret, bool *ret_found, struct err *err)
{
	*ret_found = false;
	while (row_next(row)) {
		*ret = (struct msg){ 0 };
		get_msg(row, ret);
		*ret_found = true;
	}
	return row_done(row, err);
}

static int read_one(struct store *st, struct id id, struct msg *ret, bool *ret_found,
		    struct err *err)
{
	static const struct query GET = { "msg.get", MSG_SELECT "WHERE m.id = :id" };
	struct row row = query(st, &GET);

	bind_id(&row, ":id", id);
	return get_one(&row, ret, ret_found, err);
}

int msg_get(struct store *st, struct id id, struct msg *ret, struct err *err)
{
	char text[ID_TEXT];
	bool found;

	if (read_one(st, id, ret, &found, err) < 0)
		return -1;
	return found ? 0
		     : err_set(err, ERR_MISSING, "There is no message %s: outbox list shows them.",
			       id_text(id, text));
}

int msgs_of_appt(struct store *st, struct id appt, struct msgs *ret, struct err *err)
{
	static const struct query OF = { "msgs.of_appt",
					 MSG_SELECT "WHERE m.appt = :appt ORDER BY m.id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":appt", appt);
	return get_all(&row, ret, err);
}

int msgs_of_person(struct store *st, struct id person, int limit, struct msgs *ret, struct err *err)
{
	static const struct query OF = { "msgs.of_person", MSG_SELECT
					 "WHERE m.person = :person ORDER BY m.id DESC LIMIT :n" };
	struct row row = query(st, &OF);

	bind_id(&row, ":person", person);
	bind_int(&row, ":n", limit);
	return get_all(&row, ret, err);
}

/* What waits and what is dead have an index each; the rest is read back from the newest. */
int msgs_in(struct store *st, unsigned states, struct moment since, int limit, struct msgs *ret,
	    struct err *err)
{
	static const struct query WAITING = {
		"msgs.waiting",
		MSG_SELECT "WHERE m.state = 'queued' ORDER BY m.not_before, m.id LIMIT :n"
	};
	static const struct query DEAD = {
		"msgs.gone_wrong", MSG_SELECT
		"WHERE m.state IN ('dead', 'unsure') ORDER BY m.ended_at DESC, m.id LIMIT :n"
	};
	static const struct query ENDED = {
		"msgs.ended", MSG_SELECT "WHERE m.id > :after AND m.ended_at >= :since AND m.state"
					 " NOT IN ('queued', 'dead', 'unsure')"
					 " ORDER BY m.id DESC LIMIT :n"
	};
	const struct query *const parts[] = { &DEAD, &WAITING, &ENDED };
	static const unsigned of[] = { 1u << MSG_DEAD | 1u << MSG_UNSURE, 1u << MSG_QUEUED,
				       ~(1u << MSG_DEAD | 1u << MSG_UNSURE | 1u << MSG_QUEUED) };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		size_t kept = ret->n;

		if (!(states & of[i]))
			continue;
		struct row row = query(st, parts[i]);

		bind_int(&row, ":n", limit);
		if (i == 2) {
			/* An id tells its moment: a week before is soon enough for any that ended
			 * since. */
			bind_int(&row, ":after",
				 ((int64_t)store_me(st)->node << ID_NODE_SHIFT) +
					 (since.utc - 7 * 86400) * 1000 - ID_EPOCH_MS);
			bind_int(&row, ":since", since.utc);
		}
		if (get_all(&row, ret, err) < 0)
			return -1;
		for (size_t k = kept; k < ret->n; k++)
			if (states & 1u << ret->v[k].state)
				ret->v[kept++] = ret->v[k];
		ret->n = kept;
	}
	return 0;
}

int msgs_stuck(struct store *st, struct moment before, int *ret, struct err *err)
{
	static const struct query STUCK = { "msgs.stuck",
					    "SELECT count(*) FROM message INDEXED BY message_queued"
					    " WHERE state = 'queued' AND not_before < :before" };
	struct row row = query(st, &STUCK);

	bind_moment(&row, ":before", before);
	while (row_next(&row))
		*ret = (int)get_int(&row);
	return row_done(&row, err);
}

int msgs_dead(struct store *st, int *ret, struct err *err)
{
	static const struct query DEAD = {
		"msgs.dead", "SELECT count(*) FROM message WHERE state IN ('dead', 'unsure')"
	};
	struct row row = query(st, &DEAD);

	while (row_next(&row))
		*ret = (int)get_int(&row);
	return row_done(&row, err);
}

int msgs_to_remind(struct store *st, struct date day, struct moment after, struct moment since,
		   int limit, struct ids *ret, struct err *err)
{
	static const struct query REMIND = {
		"msgs.to_remind",
		"SELECT a.id FROM site s CROSS JOIN appointment a INDEXED BY appointment_site"
		" ON a.site = s.id AND a.day = :day AND a.starts > :after"
		" CROSS JOIN booking b ON b.appt = a.id CROSS JOIN person p ON p.id = b.person"
		" WHERE s.node = :node AND a.state = 'B' AND p.status = 'active'"
		" AND EXISTS (SELECT 1 FROM contact c WHERE c.person = p.id AND c.state = 'on'"
		"   AND c.text_ok AND c.kind IN ('mobile', 'email'))"
		" AND NOT EXISTS (SELECT 1 FROM message m WHERE m.appt = a.id AND m.at >= :since"
		"   AND m.event IN ('confirmation', 'change', 'reminder')"
		"   AND m.state <> 'withdrawn')"
		" ORDER BY a.starts, a.id LIMIT :n"
	};
	struct row row = query(st, &REMIND);

	bind_date(&row, ":day", day);
	bind_moment(&row, ":after", after);
	bind_moment(&row, ":since", since);
	bind_int(&row, ":node", store_me(st)->node);
	bind_int(&row, ":n", limit);
	while (row_next(&row))
		*list_push(ret) = get_id(&row);
	return row_done(&row, err);
}

int msg_due(struct store *st, struct moment now, unsigned channels, bool night, struct msg *ret,
	    bool *ret_found, struct err *err)
{
	static const struct query DUE = {
		"msg.due", MSG_SELECT
		"WHERE m.state = 'queued' AND m.not_before <= :now AND m.node = :node"
		" AND (m.channel <> 'text' OR :text) AND (m.channel <> 'email' OR :email)"
		" AND (m.event <> 'reminder' OR NOT :night)"
		" AND NOT EXISTS (SELECT 1 FROM outbox_try t WHERE t.message = m.id"
		"   AND (t.ended IS NULL OR t.next_at > :now))"
		" AND NOT EXISTS (SELECT 1 FROM message b JOIN outbox_try t ON t.message = b.id"
		"   WHERE b.appt = m.appt AND b.id < m.id AND t.ended IS NULL)"
		" ORDER BY m.not_before, m.id LIMIT 1"
	};
	struct row row = query(st, &DUE);

	bind_int(&row, ":now", now.utc);
	bind_int(&row, ":text", channels >> MSG_TEXT & 1);
	bind_int(&row, ":email", channels >> MSG_EMAIL & 1);
	bind_int(&row, ":night", night);
	bind_int(&row, ":node", store_me(st)->node);
	return get_one(&row, ret, ret_found, err);
}

int msgs_late(struct store *st, struct moment now, struct msgs *ret, struct err *err)
{
	static const struct query LATE = {
		"msgs.late",
		MSG_SELECT "WHERE m.state = 'queued' AND m.not_after <= :now"
			   " AND m.node = :node AND NOT EXISTS (SELECT 1 FROM outbox_try t"
			   "   WHERE t.message = m.id AND t.ended IS NULL)"
			   " ORDER BY m.not_before, m.id LIMIT 200"
	};
	struct row row = query(st, &LATE);

	bind_int(&row, ":now", now.utc);
	bind_int(&row, ":node", store_me(st)->node);
	return get_all(&row, ret, err);
}

/* ---- tries ---- */

int outbox_try_begin(struct store *st, struct id message, struct moment now, struct process by,
		     int *ret_n, struct err *err)
{
	static const struct query BEGIN = {
		"outbox.begin",
		"INSERT INTO outbox_try (message, n, began, pid, born) VALUES (:message,"
		" (SELECT 1 + coalesce(max(n), 0) FROM outbox_try WHERE message = :message),"
		" :now, :pid, :born) RETURNING n"
	};
	struct row row = query(st, &BEGIN);

	bind_id(&row, ":message", message);
	bind_moment(&row, ":now", now);
	bind_int(&row, ":pid", by.pid);
	bind_int(&row, ":born", by.born);
	while (row_next(&row))
		*ret_n = (int)get_int(&row);
	return row_done(&row, err);
}

int outbox_try_end(struct store *st, struct id message, int n, struct moment now,
		   const char *result, const char *why, struct moment next_at, bool *ret_ended,
		   struct err *err)
{
	static const struct query END = { "outbox.end", "UPDATE outbox_try SET ended = :now,"
							" result = :result, why = :why, next_at ="
							" :next WHERE message = :message AND n = :n"
							" AND ended IS NULL RETURNING n" };
	struct row row = query(st, &END);

	bind_moment(&row, ":now", now);
	bind_text(&row, ":result", result);
	bind_word(&row, ":why", why);
	bind_moment(&row, ":next", next_at);
	bind_id(&row, ":message", message);
	bind_int(&row, ":n", n);
	*ret_ended = false;
	while (row_next(&row))
		*ret_ended = get_int(&row) == n;
	return row_done(&row, err);
}

int outbox_tries_open(struct store *st, struct outbox_tries *ret, struct err *err)
{
	static const struct query OPEN = { "outbox.open",
					   "SELECT message, n, began, pid, born FROM outbox_try"
					   " WHERE ended IS NULL ORDER BY message LIMIT 500" };
	struct row row = query(st, &OPEN);

	while (row_next(&row)) {
		struct outbox_try *t = list_push(ret);

		t->message = get_id(&row);
		t->n = (int)get_int(&row);
		t->began = get_moment(&row);
		t->by.pid = get_int(&row);
		t->by.born = get_int(&row);
	}
	return row_done(&row, err);
}

int outbox_tries_forget(struct store *st, struct id message, struct err *err)
{
	static const struct query FORGET = { "outbox.forget",
					     "DELETE FROM outbox_try WHERE message = :message" };
	struct row row = query(st, &FORGET);

	bind_id(&row, ":message", message);
	return row_run(&row, err);
}

/* ---- in a run ---- */

static const struct moment never = { 0 };

void msgs_put(struct txn *t, const struct new_msgs *msgs, const char *scope, enum msg_state state)
{
	static const struct query PUT = {
		"msg.put",
		"INSERT INTO message (id, scope, event, channel, person, appt, starts, site, title,"
		" words, not_before, not_after, node, state, at, ended_at, task, contact) VALUES (:id,"
		" :scope, :event, :channel, :person, :appt, :starts, :site, :title, :words,"
		" :not_before, :not_after, :node, :state, :at, :ended, :task, :contact)"
	};

	list_each (m, msgs) {
		struct row row = query(t->store, &PUT);
		bool call = strcmp(m->channel, msg_channel_code(MSG_CALL)) == 0;
		/* A call is made by its task; without one it waits for the answer that opens it. */
		enum msg_state now = !call ? state : id_none(m->task) ? MSG_HELD : MSG_PHONED;
		bool waits = now == MSG_QUEUED || now == MSG_HELD;

		assert(!id_none(m->id) && !id_none(m->person));
		bind_id(&row, ":id", m->id);
		bind_text(&row, ":scope", scope);
		bind_text(&row, ":event", m->event);
		bind_text(&row, ":channel", m->channel);
		bind_id(&row, ":person", m->person);
		bind_id(&row, ":appt", m->appt);
		bind_moment(&row, ":starts", m->starts);
		bind_id(&row, ":site", m->site);
		bind_text(&row, ":title", m->title);
		bind_text(&row, ":words", m->words);
		bind_int(&row, ":not_before", m->not_before.utc);
		bind_int(&row, ":not_after", m->not_after.utc);
		bind_int(&row, ":node", m->node);
		bind_text(&row, ":state", msg_state_code(now));
		bind_id(&row, ":task", m->task);
		bind_id(&row, ":contact", m->contact);
		bind_moment(&row, ":at", t->at);
		bind_moment(&row, ":ended", waits ? never : t->at);
		txn_run(t, &row);
	}
}

bool msgs_call(struct txn *t, struct id appt)
{
	static const struct query CALL = { "msg.call", "SELECT 1 FROM message WHERE appt = :appt"
						       " AND state = 'held' AND channel = 'call'" };
	struct row row = query(t->store, &CALL);
	bool found = false;

	bind_id(&row, ":appt", appt);
	while (row_next(&row))
		found = get_int(&row) == 1;
	txn_done(t, &row);
	return found;
}

void msgs_confirmed(struct txn *t, struct id appt, struct id task)
{
	/* A call that nobody was asked to make is not forgotten: it is among what did not go. */
	static const struct query CALLED = {
		"msg.called", "UPDATE message SET state = CASE WHEN :task IS NULL THEN 'dead'"
			      " ELSE 'phoned' END, task = :task, ended_at = :at"
			      " WHERE appt = :appt AND state = 'held' AND channel = 'call'"
	};
	static const struct query CONFIRMED = { "msg.confirmed",
						"UPDATE message SET state = 'queued'"
						" WHERE appt = :appt AND state = 'held'" };
	struct row row = query(t->store, &CALLED);

	bind_id(&row, ":task", task);
	bind_moment(&row, ":at", t->at);
	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
	row = query(t->store, &CONFIRMED);
	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
}

void msgs_declined(struct txn *t, struct id appt)
{
	static const struct query DECLINED = {
		"msg.declined", "UPDATE message SET state = 'withdrawn', ended_at = :at,"
				" why = 'the slot was taken' WHERE appt = :appt AND state = 'held'"
	};
	struct row row = query(t->store, &DECLINED);

	bind_moment(&row, ":at", t->at);
	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
}

void msgs_over(struct txn *t, struct id appt, bool all, const char *why)
{
	static const struct query CALLS = {
		"msg.calls_over",
		"UPDATE task SET state = 'withdrawn' WHERE state = 'open' AND id IN"
		" (SELECT m.task FROM message m WHERE m.appt = :appt AND m.state = 'phoned'"
		" AND m.event NOT IN ('reply', 'rebook', 'dna') AND (:all OR m.node <> :origin))"
	};
	static const struct query OVER = {
		"msg.over", "UPDATE message SET state = 'withdrawn', ended_at = :at, why = :why"
			    " WHERE appt = :appt AND event NOT IN ('reply', 'rebook', 'dna')"
			    " AND (:all OR node <> :origin)"
			    " AND (state IN ('queued', 'held') OR (state = 'phoned' AND EXISTS"
			    " (SELECT 1 FROM task k WHERE k.id = task AND k.state = 'withdrawn')))"
	};
	struct row row = query(t->store, &CALLS);

	bind_id(&row, ":appt", appt);
	bind_int(&row, ":all", all);
	bind_int(&row, ":origin", t->origin);
	txn_run(t, &row);
	row = query(t->store, &OVER);
	bind_int(&row, ":all", all);
	bind_int(&row, ":origin", t->origin);
	bind_moment(&row, ":at", t->at);
	bind_text(&row, ":why", why);
	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
}

bool msgs_informed(struct txn *t, struct id appt, struct id except)
{
	static const struct query INFORMED = {
		"msg.informed", "SELECT 1 FROM message WHERE appt = :appt AND id <> :except"
				" AND event IN ('confirmation', 'change', 'cancellation')"
				" AND state IN ('queued', 'held', 'sent', 'unsure', 'phoned')"
				" LIMIT 1"
	};
	struct row row = query(t->store, &INFORMED);
	bool found = false;

	bind_id(&row, ":appt", appt);
	bind_id(&row, ":except", except);
	while (row_next(&row))
		found = get_int(&row) == 1;
	txn_done(t, &row);
	return found;
}

void msgs_withdraw(struct txn *t, const struct msg_ids *ids, const char *why)
{
	static const struct query WITHDRAW = {
		"msg.withdraw", "UPDATE message SET state = 'withdrawn', ended_at = :at, why = :why"
				" WHERE id = :id AND state IN ('queued', 'held', 'dead', 'phoned')"
	};

	list_each (id, ids) {
		struct row row = query(t->store, &WITHDRAW);

		bind_moment(&row, ":at", t->at);
		bind_text(&row, ":why", why);
		bind_id(&row, ":id", *id);
		txn_run(t, &row);
	}
}

bool msg_set(struct txn *t, struct id id, enum msg_state state, const char *why, struct id task)
{
	static const struct query SET = {
		"msg.set", "UPDATE message SET state = :state, ended_at = :ended, why = :why,"
			   " task = coalesce(:task, task) WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_text(&row, ":state", msg_state_code(state));
	bind_moment(&row, ":ended", state == MSG_QUEUED ? never : t->at);
	bind_word(&row, ":why", why);
	bind_id(&row, ":task", task);
	bind_id(&row, ":id", id);
	return txn_run(t, &row) == 1;
}

bool msg_read(struct txn *t, struct id id, struct msg *ret)
{
	struct err err = ERR_INIT;
	bool found = false;

	if (txn_failed(t))
		return false;
	if (read_one(t->store, id, ret, &found, &err) < 0) {
		t->err = err;
		return false;
	}
	return found;
}
