/*
 * requests.c: the rows of `request`, and the writes of a slot's holder that follow from them.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "store/diaries.h"
#include "store/requests.h"
#include "store/row.h"

#define REQUEST_COLUMNS "r.appt, r.slot, r.node, r.actor, r.held, r.replaces, r.by, r.seq, r.state"

static void get_request(struct row *row, struct request *r)
{
	r->appt = get_id(row);
	r->slot = get_id(row);
	r->node = (int)get_int(row);
	r->actor = get_id(row);
	r->held = get_bool(row);
	r->replaces = get_id(row);
	get_text(row, r->by, sizeof r->by);
	r->seq = get_int(row);
	get_text(row, r->state, sizeof r->state);
}

/* ---- in a run ---- */

void request_put(struct txn *t, const struct request *r)
{
	static const struct query PUT = {
		"request.put",
		"INSERT INTO request (appt, slot, node, actor, held, replaces, by, seq, state) VALUES"
		" (:appt, :slot, :node, :actor, :held, :replaces, :by, :seq, :state)"
		" ON CONFLICT (appt) DO UPDATE SET slot = excluded.slot, node = excluded.node,"
		" actor = excluded.actor, held = excluded.held, replaces = excluded.replaces,"
		" by = excluded.by, seq = excluded.seq, state = excluded.state"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":appt", r->appt);
	bind_id(&row, ":slot", r->slot);
	bind_int(&row, ":node", t->origin);
	bind_int(&row, ":actor", t->actor.n);
	bind_int(&row, ":held", r->held);
	bind_id(&row, ":replaces", r->replaces);
	bind_word(&row, ":by", r->by);
	bind_int(&row, ":seq", t->seq);
	bind_text(&row, ":state", r->state);
	txn_run(t, &row);
}

static const struct query GET = { "request.get", "SELECT " REQUEST_COLUMNS
						 " FROM request r WHERE r.appt = :appt" };

int request_of(struct store *st, struct id appt, struct request *ret, struct err *err)
{
	struct row row = query(st, &GET);

	*ret = (struct request){ 0 };
	bind_id(&row, ":appt", appt);
	while (row_next(&row))
		get_request(&row, ret);
	return row_done(&row, err);
}

bool request_read(struct txn *t, struct id appt, struct request *ret)
{
	struct row row = query(t->store, &GET);
	bool found = false;

	bind_id(&row, ":appt", appt);
	while (row_next(&row)) {
		get_request(&row, ret);
		found = true;
	}
	txn_done(t, &row);
	return found;
}

void request_answer(struct txn *t, struct id appt, const char *state)
{
	static const struct query ANSWER = { "request.answer",
					     "UPDATE request SET state = :state WHERE appt = :appt"
					     " AND state = 'open'" };
	struct row row = query(t->store, &ANSWER);

	bind_text(&row, ":state", state);
	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
}

void request_told(struct txn *t, struct id appt)
{
	static const struct query TOLD = { "request.told",
					   "UPDATE request SET held = 1"
					   " WHERE appt = :appt AND state = 'open'" };
	struct row row = query(t->store, &TOLD);

	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
}

void request_freed(struct txn *t, struct id appt)
{
	static const struct query FREED = { "request.freed",
					    "UPDATE request SET state = 'void' WHERE appt = :appt"
					    " AND state = 'free'" };
	struct row row = query(t->store, &FREED);

	bind_id(&row, ":appt", appt);
	txn_run(t, &row);
	request_strays(t, appt); /* another holder's, if there are */
}

/* Slots of an appointment that is over, or stands elsewhere by now. */
#define STRAYS                                                                                       \
	"SELECT s.id, s.holder FROM slot s JOIN appointment a ON a.id = s.appt WHERE s.appt = :appt" \
	" AND (a.state IN ('X', 'R', 'P') OR s.clinician <> a.clinician OR s.starts < a.starts"      \
	" OR s.starts >= a.starts + a.mins * 60) ORDER BY s.starts, s.id"

void request_strays(struct txn *t, struct id appt)
{
	static const struct query STRAY = { "request.stray", STRAYS " LIMIT 1" };
	struct row row = query(t->store, &STRAY);
	struct request r = { .appt = appt, .state = "free" }, asked = { 0 };

	bind_id(&row, ":appt", appt);
	while (row_next(&row)) {
		r.slot = get_id(&row);
		get_int(&row);
	}
	txn_done(t, &row);
	/* What is still to be decided comes first, and then this is asked again. */
	if (id_none(r.slot) || (request_read(t, appt, &asked) && strcmp(asked.state, "open") == 0))
		return;
	request_put(t, &r);
}

int slots_stray(struct store *st, struct id appt, int holder, struct id_list *ret, struct err *err)
{
	static const struct query STRAY = { "request.strays", STRAYS };
	struct row row = query(st, &STRAY);

	bind_id(&row, ":appt", appt);
	while (row_next(&row)) {
		struct id id = get_id(&row);

		if (get_int(&row) == holder)
			*list_push(ret) = id;
	}
	return row_done(&row, err);
}

void slot_free(struct txn *t, struct id slot, struct id appt)
{
	static const struct query FREE = {
		"slot.free", "UPDATE slot SET appt = NULL WHERE id = :slot AND appt = :appt"
			     " AND holder = :origin"
	};
	struct row row = query(t->store, &FREE);

	bind_id(&row, ":slot", slot);
	bind_id(&row, ":appt", appt);
	bind_int(&row, ":origin", t->origin);
	txn_run(t, &row);
}

void slot_follow(struct txn *t, struct id slot, enum slot_state from, enum slot_state to,
		 const char *note)
{
	/* The words of a block come and go with it; those of the pattern stay. */
	static const struct query FOLLOW = {
		"slot.follow",
		"UPDATE slot SET state = :to, note = CASE WHEN :to = 'blocked' THEN :note"
		" WHEN :from = 'blocked' THEN NULL ELSE note END"
		" WHERE id = :slot AND state = :from AND holder = :origin"
	};
	struct row row = query(t->store, &FOLLOW);

	bind_word(&row, ":note", note);
	bind_text(&row, ":to", slot_state_word(to));
	bind_id(&row, ":slot", slot);
	bind_text(&row, ":from", slot_state_word(from));
	bind_int(&row, ":origin", t->origin);
	txn_run(t, &row);
}

bool slot_give(struct txn *t, struct id slot, int holder)
{
	static const struct query GIVE = { "slot.give",
					   "UPDATE slot SET holder = :to, given_at = :at"
					   " WHERE id = :slot AND appt IS NULL"
					   " AND holder = :origin" };
	struct row row = query(t->store, &GIVE);

	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":to", holder);
	bind_id(&row, ":slot", slot);
	bind_int(&row, ":origin", t->origin);
	return txn_run(t, &row) == 1;
}

void slot_revoke(struct txn *t, struct id slot, int holder)
{
	static const struct query REVOKE = { "slot.revoke",
					     "UPDATE slot SET holder = :to, epoch = epoch + 1,"
					     " given_at = :at"
					     " WHERE id = :slot AND holder <> :to" };
	struct row row = query(t->store, &REVOKE);

	bind_moment(&row, ":at", t->at);
	bind_int(&row, ":to", holder);
	bind_id(&row, ":slot", slot);
	txn_run(t, &row);
}

/* ---- what is due ---- */

int requests_due(struct store *st, int holder, const char *state, struct requests *ret,
		 struct err *err)
{
	/* A wish that is not in the log yet is nobody's to answer; alone, there is no log. */
	static const struct query DUE = {
		"requests.due",
		"SELECT " REQUEST_COLUMNS " FROM request r INDEXED BY request_slot"
		" JOIN slot s ON s.id = r.slot"
		" WHERE r.state IN ('open', 'free') AND r.state = :state"
		" AND s.holder = :holder AND (r.seq > 0 OR r.state = 'free' OR :alone)"
		" ORDER BY r.seq, r.appt"
	};
	struct row row = query(st, &DUE);

	bind_text(&row, ":state", state);
	bind_int(&row, ":holder", holder);
	bind_int(&row, ":alone", !store_joined(st));
	while (row_next(&row))
		get_request(&row, list_push(ret));
	return row_done(&row, err);
}

int requests_lost(struct store *st, int node, struct losts *ret, struct err *err)
{
	/* A row of the list has its id from the command that met it (journal.c). */
	static const struct query LOST = {
		"requests.lost",
		"SELECT o.a, o.author FROM overlap o INDEXED BY overlap_open"
		" JOIN appointment a ON a.id = o.a"
		" WHERE o.state = 'open' AND o.type IN ('displaced', 'slot') AND o.node = :node"
		" AND a.state IN ('R', 'P') AND NOT EXISTS (SELECT 1 FROM task k WHERE k.appt = o.a"
		"  AND k.kind IN ('rebook', 'ringback') AND (k.state = 'open' OR k.opened_at >= o.at))"
		" AND NOT EXISTS (SELECT 1 FROM cmd c WHERE c.state = 'pending'"
		"  AND c.history < o.id AND c.history > o.id - 1000)"
		" GROUP BY o.a"
	};
	struct row row = query(st, &LOST);

	bind_int(&row, ":node", node);
	while (row_next(&row)) {
		struct lost *l = list_push(ret);

		l->appt = get_id(&row);
		l->author = get_id(&row);
	}
	return row_done(&row, err);
}

int requests_open(struct store *st, int node, bool in, struct open_requests *ret, struct err *err)
{
	static const struct query OPEN = {
		"requests.open",
		"SELECT r.appt, r.node, s.holder, r.held, a.asked_at FROM request r"
		" INDEXED BY request_slot JOIN slot s ON s.id = r.slot"
		" JOIN appointment a ON a.id = r.appt"
		" WHERE r.state IN ('open', 'free') AND r.state = 'open'"
		" AND CASE WHEN :in THEN s.holder = :node ELSE r.node = :node END"
		" ORDER BY r.seq = 0, r.seq, r.appt"
	};
	struct row row = query(st, &OPEN);

	bind_int(&row, ":in", in);
	bind_int(&row, ":node", node);
	while (row_next(&row)) {
		struct open_request *r = list_push(ret);

		r->appt = get_id(&row);
		r->node = (int)get_int(&row);
		r->holder = (int)get_int(&row);
		r->held = get_bool(&row);
		r->at = get_moment(&row);
	}
	return row_done(&row, err);
}

int requests_slots(struct store *st, int mine, struct asked_slots *ret, struct err *err)
{
	static const struct query SLOTS = {
		"requests.slots",
		"SELECT t.id, r.appt FROM request r INDEXED BY request_slot"
		" JOIN slot s ON s.id = r.slot JOIN appointment a ON a.id = r.appt"
		" JOIN slot t ON t.block = s.block AND t.starts >= s.starts"
		" AND t.starts < s.starts + a.mins * 60"
		" WHERE r.state IN ('open', 'free') AND r.state = 'open' AND s.holder <> :mine"
		" AND (t.starts > s.starts OR t.id = s.id) ORDER BY t.id, r.appt"
	};
	struct row row = query(st, &SLOTS);

	bind_int(&row, ":mine", mine);
	while (row_next(&row)) {
		struct asked_slot *s = list_push(ret);

		s->slot = get_id(&row);
		s->appt = get_id(&row);
	}
	return row_done(&row, err);
}

int request_replaces(struct store *st, struct id appt, struct id *ret, struct err *err)
{
	static const struct query REPLACES = { "request.replaces",
					       "SELECT replaces FROM request WHERE appt = :appt" };
	struct row row = query(st, &REPLACES);
	struct id found = { 0 };

	bind_id(&row, ":appt", appt);
	while (row_next(&row))
		found = get_id(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int slots_due(struct store *st, int holder, struct date from, struct due_slots *ret,
	      struct err *err)
{
	/* What leave and blocks touch, made or taken back, and what was withdrawn, or is so no
	 * more. A home node's own slots were changed with it, but it may have got some back since.
	 */
	static const struct query TOUCHED = {
		"slots.touched",
		"SELECT s.id, l.id, s.state FROM leave l INDEXED BY leave_to"
		" JOIN slot s ON s.clinician = l.clinician AND s.day BETWEEN l.from_day AND l.to_day"
		" WHERE l.to_day >= :from AND s.holder = :holder"
		" AND s.state = CASE l.state WHEN 'on' THEN 'open' ELSE 'leave' END"
		" UNION SELECT s.id, b.template, s.state FROM block b INDEXED BY block_withdrawn"
		" JOIN slot s ON s.block = b.id WHERE b.state = 'withdrawn' AND b.day >= :from"
		" AND s.holder = :holder AND s.state IN ('open', 'leave')"
		" UNION SELECT s.id, b.template, s.state FROM slot s INDEXED BY slot_withdrawn"
		" JOIN block b ON b.id = s.block WHERE s.state = 'withdrawn' AND s.holder = :holder"
		" AND s.day >= :from AND b.state = 'open'"
		" UNION SELECT s.id, x.cause, s.state FROM blocked x INDEXED BY blocked_day"
		" JOIN slot s ON s.id = x.slot WHERE x.day >= :from AND s.holder = :holder"
		" AND s.state = CASE x.state WHEN 'on' THEN 'open' ELSE 'blocked' END ORDER BY 1"
	};
	struct row row = query(st, &TOUCHED);
	size_t kept = 0;

	bind_int(&row, ":holder", holder);
	bind_date(&row, ":from", from);
	while (row_next(&row)) {
		struct due_slot *s = list_push(ret);
		char word[16];

		s->slot = get_id(&row);
		s->cause = get_id(&row);
		get_text(&row, word, sizeof word);
		slot_state_parse(word, &s->is);
	}
	if (row_done(&row, err) < 0)
		return -1;
	for (size_t i = 0; i < ret->n; i++) {
		struct due_slot s = ret->v[i];

		if (kept && id_same(ret->v[kept - 1].slot, s.slot))
			continue;
		if (slot_due(st, s.slot, &s.due, s.note, err) < 0)
			return -1;
		if (s.due != s.is)
			ret->v[kept++] = s;
	}
	ret->n = kept;
	return 0;
}
