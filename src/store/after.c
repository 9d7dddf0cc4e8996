/*
 * after.c: rows of what comes after an appointment.  The checks of them are in check_after.c.
 */
#include "store/after.h"

#include "base/alloc.h"
#include "store/appts_row.h"

/* ---- what is to finish ---- */

#define DUE " f.clinician = :clinician AND f.day <= :today AND (f.state = 'S' OR f.day < :today)"

int finish_list(struct store *st, struct id clinician, struct date today, struct appt_rows *ret,
		struct err *err)
{
	static const struct query LIST = { "finish.list",
					   "SELECT " APPT_COLUMNS " FROM to_finish f"
					   " JOIN appointment a ON a.id = f.appt" APPT_JOINS
					   "WHERE" DUE " ORDER BY f.day, f.starts, a.id" };
	struct row row = query(st, &LIST);

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":today", today);
	while (row_next(&row))
		get_appt_row(&row, list_push(ret));
	return row_done(&row, err);
}

int finish_count(struct store *st, struct id clinician, struct date today, int *ret,
		 struct err *err)
{
	static const struct query COUNT = { "finish.count",
					    "SELECT count(*) FROM to_finish f WHERE" DUE };
	struct row row = query(st, &COUNT);
	int n = 0;

	bind_id(&row, ":clinician", clinician);
	bind_date(&row, ":today", today);
	while (row_next(&row))
		n = (int)get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

/* ---- an episode ---- */

int episode_missed(struct store *st, struct id episode, int *ret, struct err *err)
{
	static const struct query MISSED = { "episodes.missed",
					     "SELECT count(*) FROM booking b"
					     " JOIN appointment a ON a.id = b.appt"
					     " WHERE b.episode = :episode AND a.state = 'D'" };
	struct row row = query(st, &MISSED);
	int n = 0;

	bind_id(&row, ":episode", episode);
	while (row_next(&row))
		n = (int)get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

int episode_coming(struct store *st, struct id episode, struct id except, struct moment *ret,
		   struct err *err)
{
	static const struct query COMING = { "episodes.coming",
					     "SELECT min(a.starts) FROM booking b"
					     " JOIN appointment a ON a.id = b.appt"
					     " WHERE b.episode = :episode AND a.id IS NOT :except"
					     " AND" APPT_LIVE };
	struct row row = query(st, &COMING);
	struct moment found = { 0 };

	bind_id(&row, ":episode", episode);
	bind_id(&row, ":except", except);
	while (row_next(&row))
		found = get_moment(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

static int ids(struct row *row, struct task_ids *ret, struct err *err)
{
	while (row_next(row))
		*list_push(ret) = get_id(row);
	return row_done(row, err);
}

/* To ring somebody about what we changed is no search for a time: they are to be told all the same.
 */
#define REBOOKING                                                                                  \
	" t.state = 'open' AND t.kind IN ('rebook', 'ring', 'ringback', 'review') AND NOT EXISTS"  \
	" (SELECT 1 FROM message m WHERE m.appt = t.appt AND m.task = t.id)"

int tasks_rebooking(struct store *st, struct id appt, struct id episode, struct task_ids *ret,
		    struct err *err)
{
	static const struct query OF_APPT = { "tasks.rebooking",
					      "SELECT t.id FROM task t WHERE t.appt = :appt"
					      " AND" REBOOKING " ORDER BY t.id" };
	static const struct query OF_EPISODE = { "tasks.rebooking_of",
						 "SELECT t.id FROM booking b"
						 " JOIN task t ON t.appt = b.appt"
						 " WHERE b.episode = :episode AND" REBOOKING
						 " ORDER BY t.id" };
	struct row row = query(st, id_none(appt) ? &OF_EPISODE : &OF_APPT);

	bind_id(&row, id_none(appt) ? ":episode" : ":appt", id_none(appt) ? episode : appt);
	return ids(&row, ret, err);
}

int tasks_answers(struct store *st, struct id episode, struct task_ids *ret, struct err *err)
{
	static const struct query OF = { "tasks.answers",
					 "SELECT t.id FROM booking b JOIN task t ON t.appt = b.appt"
					 " WHERE b.episode = :episode AND t.kind = 'answers'"
					 " AND t.state = 'open' ORDER BY t.id" };
	struct row row = query(st, &OF);

	bind_id(&row, ":episode", episode);
	return ids(&row, ret, err);
}

int episode_to_rebook(struct store *st, struct id episode, struct task_ids *ret, struct err *err)
{
	static const struct query WAIT = { "episodes.to_rebook",
					   "SELECT a.id FROM booking b"
					   " JOIN appointment a ON a.id = b.appt"
					   " WHERE b.episode = :episode AND a.outcome = 'rebook'"
					   " ORDER BY a.id" };
	struct row row = query(st, &WAIT);

	bind_id(&row, ":episode", episode);
	return ids(&row, ret, err);
}

/* ---- tries and lateness ---- */

static void get_try(struct row *row, struct try_row *r)
{
	char code[CODE_TEXT];

	r->id = get_id(row);
	r->user = get_id(row);
	r->nth = (int)get_int(row);
	r->at = get_moment(row);
	r->next_at = get_moment(row);
	get_text(row, code, sizeof code);
	if (!try_parse(code, &r->result))
		r->result = TRY_NO_ANSWER;
}

#define TRY_COLUMNS "id, user, nth, at, next_at, result"

int tries_of(struct store *st, struct id appt, struct id task, struct tries *ret, struct err *err)
{
	static const struct query OF_APPT = { "tries.appt",
					      "SELECT " TRY_COLUMNS " FROM try WHERE appt = :appt"
					      " AND state = 'on' ORDER BY id" };
	static const struct query OF_TASK = { "tries.task",
					      "SELECT " TRY_COLUMNS " FROM try WHERE task = :task"
					      " AND state = 'on' ORDER BY id" };
	struct row row = query(st, id_none(appt) ? &OF_TASK : &OF_APPT);

	bind_id(&row, id_none(appt) ? ":task" : ":appt", id_none(appt) ? task : appt);
	while (row_next(&row))
		get_try(&row, list_push(ret));
	return row_done(&row, err);
}

int runnings_of(struct store *st, struct date day, struct id clinician, struct runnings *ret,
		struct err *err)
{
	static const struct query OF = { "running.of",
					 "SELECT id, clinician, day, mins, at, user FROM running"
					 " WHERE day = :day"
					 " AND (:clinician IS NULL OR clinician = :clinician)"
					 " ORDER BY id" };
	struct row row = query(st, &OF);

	bind_date(&row, ":day", day);
	bind_id(&row, ":clinician", clinician);
	while (row_next(&row)) {
		struct running *r = list_push(ret);

		r->id = get_id(&row);
		r->clinician = get_id(&row);
		r->day = get_date(&row);
		r->mins = (int)get_int(&row);
		r->at = get_moment(&row);
		r->user = get_id(&row);
	}
	return row_done(&row, err);
}

/* ---- in a run ---- */

void appt_outcome_set(struct txn *t, struct id appt, const char *outcome, const char *code,
		      struct moment at, struct id by)
{
	static const struct query SET = {
		"appt.outcome", "UPDATE appointment SET outcome = :outcome, outcome_code = :code,"
				" outcome_at = :at, outcome_by = :by WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_word(&row, ":outcome", outcome);
	bind_word(&row, ":code", code);
	bind_moment(&row, ":at", at);
	bind_id(&row, ":by", by);
	bind_id(&row, ":id", appt);
	txn_run(t, &row);
}

void appt_outcome_turn(struct txn *t, struct id appt, const char *from, const char *to,
		       const char *code)
{
	static const struct query TURN = {
		"appt.outcome_turn", "UPDATE appointment SET outcome = :to, outcome_code = :code"
				     " WHERE id = :id AND outcome = :from"
	};
	struct row row = query(t->store, &TURN);

	bind_text(&row, ":to", to);
	bind_text(&row, ":code", code);
	bind_id(&row, ":id", appt);
	bind_text(&row, ":from", from);
	txn_run(t, &row);
}

void episode_end_set(struct txn *t, struct id episode, const struct episode_end *end)
{
	static const struct query SET = {
		"episode.end", "UPDATE episode SET state = :state, reason = :reason, why = :why,"
			       " closed_at = :closed, review_by = :review WHERE id = :id"
	};
	struct row row = query(t->store, &SET);

	bind_text(&row, ":state", end->state);
	bind_word(&row, ":reason", end->reason);
	bind_word(&row, ":why", end->why);
	bind_moment(&row, ":closed", end->closed_at);
	bind_date(&row, ":review", end->review_by);
	bind_id(&row, ":id", episode);
	txn_run(t, &row);
}

void try_put(struct txn *t, const struct try_row *r, const char *scope, struct id appt,
	     struct id task)
{
	static const struct query PUT = {
		"try.put", "INSERT INTO try (id, scope, appt, task, nth, at, user, result, next_at,"
			   " state) VALUES (:id, :scope, :appt, :task, :nth, :at, :user, :result,"
			   " :next, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", r->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":appt", appt);
	bind_id(&row, ":task", task);
	bind_int(&row, ":nth", r->nth);
	bind_moment(&row, ":at", r->at);
	bind_id(&row, ":user", r->user);
	bind_text(&row, ":result", try_code(r->result));
	bind_moment(&row, ":next", r->next_at);
	txn_run(t, &row);
}

void try_off(struct txn *t, struct id id)
{
	static const struct query OFF = { "try.off",
					  "UPDATE try SET state = 'off' WHERE id = :id" };
	struct row row = query(t->store, &OFF);

	bind_id(&row, ":id", id);
	txn_run(t, &row);
}

void running_put(struct txn *t, const struct running *r)
{
	static const struct query PUT = {
		"running.put",
		"INSERT INTO running (id, clinician, day, mins, at, user)"
		" VALUES (:id, :clinician, :day, :mins, :at, :user)"
		" ON CONFLICT (id) DO UPDATE SET mins = :mins, at = :at, user = :user"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", r->id);
	bind_id(&row, ":clinician", r->clinician);
	bind_date(&row, ":day", r->day);
	bind_int(&row, ":mins", r->mins);
	bind_moment(&row, ":at", r->at);
	bind_id(&row, ":user", r->user);
	txn_run(t, &row);
}

/* ---- tasks ---- */

void tasks_settle(struct txn *t, const struct task_ids *list, const char *words)
{
	/* A call has no such outcome of its own: it ended otherwise, in words. */
	static const struct query SETTLE = {
		"task.settle",
		"UPDATE task SET state = 'done', done_at = :at, done_by = :by,"
		" outcome = CASE kind WHEN 'ring' THEN 'other' WHEN 'alert' THEN 'cleared'"
		"  WHEN 'answers' THEN 'taken' ELSE 'booked' END,"
		" words = CASE kind WHEN 'ring' THEN :words END WHERE id = :id AND state = 'open'"
	};

	list_each (id, list) {
		struct row row = query(t->store, &SETTLE);

		bind_moment(&row, ":at", t->at);
		bind_id(&row, ":by", t->actor);
		bind_text(&row, ":words", words);
		bind_id(&row, ":id", *id);
		txn_run(t, &row);
	}
}

void tasks_reopen(struct txn *t, const struct task_ids *list)
{
	static const struct query REOPEN = {
		"task.reopen", "UPDATE task SET state = 'open', outcome = NULL, words = NULL,"
			       " done_at = NULL, done_by = NULL WHERE id = :id"
	};

	list_each (id, list) {
		struct row row = query(t->store, &REOPEN);

		bind_id(&row, ":id", *id);
		txn_run(t, &row);
	}
}

void task_put_off(struct txn *t, struct id task, struct moment due)
{
	static const struct query OFF = { "task.put_off", "UPDATE task SET due = :due"
							  " WHERE id = :id AND state = 'open'" };
	struct row row = query(t->store, &OFF);

	bind_moment(&row, ":due", due);
	bind_id(&row, ":id", task);
	txn_run(t, &row);
}
