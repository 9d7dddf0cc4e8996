/* parked.c: half-made work as rows. */
#include "store/parked.h"

#include <stdio.h>

#include "base/alloc.h"
#include "model/person.h"
#include "store/row.h"

int parked_put(struct store *st, struct parked *p, enum park_state state, const void *body,
	       size_t n, struct err *err)
{
	static const struct query PUT = {
		"parked.put",
		"INSERT INTO parked (id, user, state, session, screen, what, person, who, place,"
		" note, private, body, lost, at, due, service) VALUES (:id, :user, :state, :session,"
		" :screen, :what, :person, :who, :place, :note, :private, :body, :lost, :at, :due,"
		" :service)"
		" ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
		" session = excluded.session, what = excluded.what, person = excluded.person,"
		" who = excluded.who, place = excluded.place, note = excluded.note,"
		" private = excluded.private, body = excluded.body, lost = excluded.lost,"
		" at = excluded.at, due = excluded.due, service = excluded.service WHERE user = excluded.user RETURNING id"
	};
	struct row row = query(st, &PUT);
	int64_t id = 0;

	bind_id(&row, ":id", (struct id){ p->id });
	bind_id(&row, ":user", p->user);
	bind_text(&row, ":state", park_state_word(state));
	bind_id(&row, ":session", (struct id){ state == PARK_DRAFT ? p->session : 0 });
	bind_text(&row, ":screen", p->screen);
	bind_text(&row, ":what", p->what);
	bind_id(&row, ":person", p->person);
	bind_word(&row, ":who", id_none(p->person) ? p->who : "");
	bind_text(&row, ":place", p->place);
	bind_word(&row, ":note", p->note);
	bind_int(&row, ":private", p->private_);
	bind_blob(&row, ":body", body, n);
	bind_int(&row, ":lost", p->lost);
	bind_moment(&row, ":at", p->at);
	bind_moment(&row, ":due", p->due);
	bind_id(&row, ":service", p->service);
	while (row_next(&row))
		id = get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	p->id = id;
	return 0;
}

#define PARKED_COLUMNS                                                                             \
	"k.id, k.user, k.session, k.screen, k.what, k.place, k.note, k.person, k.who, p.surname,"  \
	" p.given, p.title, p.born, k.private, k.lost, u.name, k.said, k.at, k.due, k.service"
#define PARKED_FROM                                                                                \
	" FROM parked k LEFT JOIN person p ON p.id = k.person"                                     \
	" LEFT JOIN user u ON u.id = k.from_user"

static void get_parked(struct row *row, struct parked *p)
{
	char surname[NAME_TEXT], given[NAME_TEXT], title[CODE_TEXT];

	p->id = get_int(row);
	p->user = get_id(row);
	p->session = get_int(row);
	get_text(row, p->screen, sizeof p->screen);
	get_text(row, p->what, sizeof p->what);
	get_text(row, p->place, sizeof p->place);
	get_text(row, p->note, sizeof p->note);
	p->person = get_id(row);
	get_text(row, p->who, sizeof p->who);
	get_text(row, surname, sizeof surname);
	get_text(row, given, sizeof given);
	get_text(row, title, sizeof title);
	p->born = get_date(row);
	p->private_ = get_bool(row);
	p->lost = get_bool(row);
	get_text(row, p->from, sizeof p->from);
	get_text(row, p->said, sizeof p->said);
	p->at = get_moment(row);
	p->due = get_moment(row);
	p->service = get_id(row);
	if (!id_none(p->person))
		person_show(surname, given, title, p->who);
}

int parked_list(struct store *st, struct id user, enum park_state state, struct moment since,
		struct parkeds *ret, struct err *err)
{
	static const struct query LIST = {
		"parked.list", "SELECT " PARKED_COLUMNS PARKED_FROM
			       " WHERE k.user = :user AND k.state = :state AND k.at >= :since"
			       " ORDER BY k.at DESC, k.id DESC LIMIT 200"
	};
	struct row row = query(st, &LIST);

	bind_id(&row, ":user", user);
	bind_text(&row, ":state", park_state_word(state));
	bind_int(&row, ":since", since.utc);
	while (row_next(&row))
		get_parked(&row, list_push(ret));
	return row_done(&row, err);
}

int parked_due(struct store *st, struct id user, struct moment by, struct parkeds *ret,
	       struct err *err)
{
	static const struct query DUE = { "parked.due",
					  "SELECT " PARKED_COLUMNS
					  " FROM parked k INDEXED BY parked_due"
					  " LEFT JOIN person p ON p.id = k.person"
					  " LEFT JOIN user u ON u.id = k.user"
					  " WHERE k.due <= :by AND k.due IS NOT NULL"
					  " AND k.state = 'parked' AND k.user <> :user"
					  " ORDER BY k.due LIMIT 200" };
	struct row row = query(st, &DUE);

	bind_moment(&row, ":by", by);
	bind_id(&row, ":user", user);
	while (row_next(&row))
		get_parked(&row, list_push(ret));
	return row_done(&row, err);
}

int parked_claim(struct store *st, struct id user, int64_t id, struct moment by, int *ret,
		 struct err *err)
{
	static const struct query CLAIM = { "parked.claim",
					    "UPDATE parked SET user = :user, from_user = user"
					    " WHERE id = :id AND state = 'parked' AND due <= :by"
					    " RETURNING 1" };
	struct row row = query(st, &CLAIM);
	int n = 0;

	bind_id(&row, ":user", user);
	bind_int(&row, ":id", id);
	bind_moment(&row, ":by", by);
	while (row_next(&row))
		n += (int)get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

int parked_count(struct store *st, struct id user, int *ret, struct err *err)
{
	static const struct query COUNT = {
		"parked.count",
		"SELECT count(*) FROM parked WHERE user = :user AND state = 'parked'"
	};
	struct row row = query(st, &COUNT);
	int n = 0;

	bind_id(&row, ":user", user);
	while (row_next(&row))
		n = (int)get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

int parked_get(struct store *st, struct id user, int64_t id, enum park_state state,
	       struct parked *ret, struct parcel **ret_texts, struct err *err)
{
	static const struct query GET = { "parked.get",
					  "SELECT " PARKED_COLUMNS ", k.body" PARKED_FROM
					  " WHERE k.id = :id AND k.user = :user"
					  " AND k.state = :state" };
	struct row row = query(st, &GET);
	void *texts = NULL;
	int rc = 0;

	bind_int(&row, ":id", id);
	bind_id(&row, ":user", user);
	bind_text(&row, ":state", park_state_word(state));
	while (row_next(&row)) {
		size_t n;
		const void *body;

		get_parked(&row, ret);
		body = get_blob(&row, &n);
		rc = args_decode(&parcel_fields, body, n, &texts, err);
	}
	if (row_done(&row, rc < 0 ? NULL : err) < 0 || rc < 0) {
		if (texts)
			args_free(&parcel_fields, texts);
		return -1;
	}
	if (!texts)
		return err_set(err, ERR_MISSING,
			       "That is not parked any more: it was resumed or thrown away.");
	*ret_texts = texts;
	return 0;
}

int parked_move(struct store *st, struct id user, int64_t id, enum park_state from,
		enum park_state to, int64_t session, int *ret, struct err *err)
{
	static const struct query MOVE = { "parked.move",
					   "UPDATE parked SET state = :to, session = :session"
					   " WHERE id = :id AND user = :user AND state = :from"
					   " RETURNING 1" };
	struct row row = query(st, &MOVE);
	int n = 0;

	bind_text(&row, ":to", park_state_word(to));
	bind_id(&row, ":session", (struct id){ session });
	bind_int(&row, ":id", id);
	bind_id(&row, ":user", user);
	bind_text(&row, ":from", park_state_word(from));
	while (row_next(&row))
		n += (int)get_int(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

int parked_hand(struct store *st, const struct parked *p, struct id to, struct err *err)
{
	static const struct query HAND = {
		"parked.hand", "UPDATE parked SET user = :to, from_user = :user, said = :said"
			       " WHERE id = :id AND user = :user AND state = 'parked'"
	};
	struct row row = query(st, &HAND);

	bind_id(&row, ":to", to);
	bind_id(&row, ":user", p->user);
	bind_word(&row, ":said", p->said);
	bind_int(&row, ":id", p->id);
	return row_run(&row, err);
}

int parked_drop(struct store *st, struct id user, int64_t id, struct err *err)
{
	static const struct query DROP = { "parked.drop",
					   "DELETE FROM parked WHERE id = :id AND user = :user" };
	struct row row = query(st, &DROP);

	bind_int(&row, ":id", id);
	bind_id(&row, ":user", user);
	return row_run(&row, err);
}

int parked_forget(struct store *st, struct moment before, struct err *err)
{
	static const struct query FORGET = {
		"parked.forget", "DELETE FROM parked WHERE state = 'thrown' AND at < :before"
	};
	struct row row = query(st, &FORGET);

	bind_int(&row, ":before", before.utc);
	return row_run(&row, err);
}
