/* attention.c: rows of `attention` as one user hears of them.  Writing them is replica.c's. */
#include "store/attention.h"

#include "base/alloc.h"
#include "store/row.h"

enum { WAIT_MS = 500 };

int attention_of(struct store *st, struct id actor, int max, struct attentions *ret,
		 struct err *err)
{
	static const struct query OF = {
		"attention.of", "SELECT act, log_seq, told, verdict, text, appt, actor, at"
				" FROM attention INDEXED BY attention_state"
				" WHERE state <> 'seen' AND state = 'open' AND actor = :actor"
				" AND seen_at IS NULL ORDER BY act DESC LIMIT :max"
	};
	struct row row = query(st, &OF);

	bind_id(&row, ":actor", actor);
	bind_int(&row, ":max", max);
	while (row_next(&row)) {
		struct attention *a = list_push(ret);

		a->act = get_int(&row);
		a->log_seq = get_int(&row);
		get_text(&row, a->told, sizeof a->told);
		get_text(&row, a->verdict, sizeof a->verdict);
		get_text(&row, a->text, sizeof a->text);
		a->appt = get_id(&row);
		a->actor = get_id(&row);
		a->at = get_moment(&row);
	}
	return row_done(&row, err);
}

int attention_said(struct store *st, struct id actor, int64_t log_seq, struct moment now,
		   struct err *err)
{
	static const struct query SAID = {
		"attention.said",
		"UPDATE attention SET seen_at = :now"
		" WHERE seen_at IS NULL AND state <> 'seen' AND state = 'open' AND actor = :actor"
		" AND log_seq <= :seq"
	};
	struct row row;

	if (store_begin_light(st, WAIT_MS, true, err) < 0)
		return -1;
	row = query(st, &SAID);
	bind_moment(&row, ":now", now);
	bind_id(&row, ":actor", actor);
	bind_int(&row, ":seq", log_seq);
	if (row_run(&row, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}
