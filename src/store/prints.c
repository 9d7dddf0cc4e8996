/* prints.c: the rows of print_job. */
#include "store/prints.h"

#include <stdio.h>
#include <string.h>

#include "store/row.h"

#define PRINT_COLUMNS "p.k, p.at, coalesce(u.name, ''), p.paper = 'slip', p.title, p.state, p.why"
#define PRINT_FROM    " FROM print_job p LEFT JOIN user u ON u.id = p.user "

static void get_print(struct row *row, struct print *p)
{
	p->k = get_int(row);
	p->at = get_moment(row);
	get_text(row, p->user, sizeof p->user);
	p->paper = get_bool(row) ? PAPER_SLIP : PAPER_LIST;
	get_text(row, p->title, sizeof p->title);
	get_text(row, p->state, sizeof p->state);
	get_text(row, p->why, sizeof p->why);
}

int print_put(struct store *st, const struct print *p, struct id user, const char *body,
	      int64_t *ret_k, struct err *err)
{
	static const struct query PUT = {
		"print.put", "INSERT INTO print_job (at, user, paper, title, body, state)"
			     " VALUES (:at, :user, :paper, :title, :body, 'waiting') RETURNING k"
	};
	struct row row = query(st, &PUT);

	bind_moment(&row, ":at", p->at);
	bind_int(&row, ":user", user.n);
	bind_text(&row, ":paper", p->paper == PAPER_SLIP ? "slip" : "list");
	bind_text(&row, ":title", p->title);
	bind_text(&row, ":body", body);
	while (row_next(&row))
		*ret_k = get_int(&row);
	return row_done(&row, err);
}

int print_set(struct store *st, int64_t k, const char *state, const char *why, struct err *err)
{
	/* What has been printed, or never will be, is kept by nobody. */
	static const struct query SET = {
		"print.set",
		"UPDATE print_job SET state = :state, why = :why,"
		" body = CASE WHEN :state IN ('printed', 'closed') THEN '' ELSE body END"
		" WHERE k = :k"
	};
	struct row row = query(st, &SET);

	bind_text(&row, ":state", state);
	bind_word(&row, ":why", why);
	bind_int(&row, ":k", k);
	return row_run(&row, err);
}

int print_get(struct store *st, int64_t k, struct print *ret, struct buf *body, struct err *err)
{
	static const struct query GET = { "print.get", "SELECT " PRINT_COLUMNS ", p.body" PRINT_FROM
						       "WHERE p.k = :k" };
	struct row row = query(st, &GET);
	struct print p = { 0 };

	bind_int(&row, ":k", k);
	while (row_next(&row)) {
		const char *text;

		get_print(&row, &p);
		text = get_str(&row);
		if (body)
			buf_str(body, text);
	}
	if (row_done(&row, err) < 0)
		return -1;
	if (p.k == 0)
		return err_set(err, ERR_MISSING, "There is no print job %lld.", (long long)k);
	*ret = p;
	return 0;
}

int prints_open(struct store *st, struct prints *ret, struct err *err)
{
	static const struct query OPEN = {
		"prints.open", "SELECT " PRINT_COLUMNS PRINT_FROM
			       "WHERE p.state IN ('waiting', 'failed') ORDER BY p.at, p.k LIMIT 200"
	};
	struct row row = query(st, &OPEN);

	while (row_next(&row))
		get_print(&row, list_push(ret));
	return row_done(&row, err);
}

int prints_failed(struct store *st, struct moment before, int *ret, struct err *err)
{
	/* In these words, for the index holds what is open. */
	static const struct query FAILED = { "prints.failed",
					     "SELECT count(*) FROM print_job"
					     " WHERE state IN ('waiting', 'failed')"
					     " AND (state = 'failed' OR at < :before)" };
	struct row row = query(st, &FAILED);

	bind_moment(&row, ":before", before);
	while (row_next(&row))
		*ret = (int)get_int(&row);
	return row_done(&row, err);
}
