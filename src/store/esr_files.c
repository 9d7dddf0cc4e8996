/*
 * esr_files.c: the files of ESR that were taken, and what they say otherwise than we.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "store/esr.h"
#include "store/row.h"

/* ---- files ---- */

void esr_file_put(struct txn *t, const struct esr_file *f)
{
	static const struct query PUT = {
		"esr_file.put",
		"INSERT INTO esr_file (id, vpd, kind, name, day, sequence, from_run, to_run, hash, rows,"
		" refused, at, state) VALUES (:id, :vpd, :kind, :name, :day, :sequence, :from, :to, :hash,"
		" :rows, :refused, :at, 'on')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", f->id);
	bind_int(&row, ":vpd", f->head.vpd);
	bind_text(&row, ":kind", f->head.full ? "GOF" : "GOC");
	bind_text(&row, ":name", f->head.name);
	bind_date(&row, ":day", f->head.day);
	bind_int(&row, ":sequence", f->head.sequence);
	bind_moment(&row, ":from", f->head.from);
	bind_int(&row, ":to", f->head.to.utc);
	bind_text(&row, ":hash", f->hash);
	bind_int(&row, ":rows", f->rows);
	bind_int(&row, ":refused", f->refused);
	bind_moment(&row, ":at", t->at);
	txn_run(t, &row);
}

void esr_file_off(struct txn *t, struct id file)
{
	static const struct query OFF = { "esr_file.off",
					  "UPDATE esr_file SET state = 'off' WHERE id = :id" };
	struct row row = query(t->store, &OFF);

	bind_id(&row, ":id", file);
	txn_run(t, &row);
}

#define FILE_COLUMNS                                                                                \
	"SELECT id, vpd, kind = 'GOF', name, day, sequence, from_run, to_run, hash, rows, refused," \
	" at, state = 'on' FROM esr_file WHERE state = 'on' AND vpd = :vpd "

static int get_file(struct row *row, struct esr_file *ret, struct err *err)
{
	struct esr_file f = { 0 };

	while (row_next(row)) {
		f.id = get_id(row);
		f.head.vpd = (int)get_int(row);
		f.head.full = get_bool(row);
		get_text(row, f.head.name, sizeof f.head.name);
		f.head.day = get_date(row);
		f.head.sequence = get_int(row);
		f.head.from = get_moment(row);
		f.head.to = get_moment(row);
		get_text(row, f.hash, sizeof f.hash);
		f.rows = get_int(row);
		f.refused = get_int(row);
		f.at = get_moment(row);
		f.on = get_bool(row);
	}
	if (row_done(row, err) < 0)
		return -1;
	*ret = f;
	return 0;
}

int esr_file_last(struct store *st, int vpd, struct esr_file *ret, struct err *err)
{
	static const struct query LAST = { "esr_file.last",
					   FILE_COLUMNS "ORDER BY to_run DESC, id DESC LIMIT 1" };
	struct row row = query(st, &LAST);

	bind_int(&row, ":vpd", vpd);
	return get_file(&row, ret, err);
}

int esr_file_named(struct store *st, int vpd, const char *name, struct esr_file *ret,
		   struct err *err)
{
	static const struct query NAMED = { "esr_file.named",
					    FILE_COLUMNS "AND name = :name LIMIT 1" };
	struct row row = query(st, &NAMED);

	bind_int(&row, ":vpd", vpd);
	bind_text(&row, ":name", name);
	return get_file(&row, ret, err);
}

/* ---- differences ---- */

void esr_difference_put(struct txn *t, const struct esr_difference *d, const char *scope)
{
	static const struct query PUT = {
		"esr_difference.put",
		"INSERT INTO esr_difference (id, scope, file, person, part, row, field, theirs, state)"
		" VALUES (:id, :scope, :file, :person, :part, :row, :field, :theirs, 'open')"
	};
	struct row row = query(t->store, &PUT);

	bind_id(&row, ":id", d->id);
	bind_text(&row, ":scope", scope);
	bind_id(&row, ":file", d->file);
	bind_id(&row, ":person", d->person);
	bind_text(&row, ":part", d->part);
	bind_int(&row, ":row", d->row.n);
	bind_text(&row, ":field", d->field);
	bind_text(&row, ":theirs", d->theirs);
	txn_run(t, &row);
}

void esr_difference_set(struct txn *t, struct id id, const char *from, const char *to)
{
	static const struct query SET = {
		"esr_difference.set",
		"UPDATE esr_difference SET state = :to WHERE id = :id AND state = :from"
	};
	struct row row = query(t->store, &SET);

	bind_text(&row, ":to", to);
	bind_id(&row, ":id", id);
	bind_text(&row, ":from", from);
	txn_run(t, &row);
}

#define DIFFERENCE_COLUMNS                                                                         \
	"SELECT id, file, person, part, row, field, theirs, state FROM esr_difference WHERE "

static int get_differences(struct row *row, struct esr_differences *ret, struct err *err)
{
	while (row_next(row)) {
		struct esr_difference *d = list_push(ret);

		d->id = get_id(row);
		d->file = get_id(row);
		d->person = get_id(row);
		get_text(row, d->part, sizeof d->part);
		d->row = get_id(row);
		get_text(row, d->field, sizeof d->field);
		get_text(row, d->theirs, sizeof d->theirs);
		get_text(row, d->state, sizeof d->state);
	}
	return row_done(row, err);
}

int esr_difference_get(struct store *st, struct id id, struct esr_difference *ret, struct err *err)
{
	static const struct query GET = { "esr_difference.get", DIFFERENCE_COLUMNS "id = :id" };
	struct row row = query(st, &GET);
	struct esr_differences list = { 0 };
	char text[ID_TEXT];
	int rc;

	bind_id(&row, ":id", id);
	rc = get_differences(&row, &list, err);
	if (rc == 0 && list.n == 0)
		rc = err_set(err, ERR_MISSING,
			     "There is no difference %s: list them with esr differences.",
			     id_text(id, text));
	if (rc == 0)
		*ret = list.v[0];
	list_free(&list);
	return rc;
}

int esr_differences(struct store *st, size_t limit, struct esr_differences *ret, struct err *err)
{
	static const struct query OPEN = { "esr_difference.open", DIFFERENCE_COLUMNS
					   "state = 'open' ORDER BY id LIMIT :limit" };
	struct row row = query(st, &OPEN);

	bind_int(&row, ":limit", (int64_t)limit);
	return get_differences(&row, ret, err);
}

int esr_difference_known(struct store *st, const struct esr_difference *d, bool *ret,
			 struct err *err)
{
	static const struct query KNOWN = {
		"esr_difference.known",
		"SELECT EXISTS (SELECT 1 FROM esr_difference WHERE person = :person AND field = :field"
		" AND part = :part AND row = :row AND theirs = :theirs AND state IN ('open', 'kept'))"
	};
	struct row row = query(st, &KNOWN);
	bool known = false;

	bind_id(&row, ":person", d->person);
	bind_text(&row, ":field", d->field);
	bind_text(&row, ":part", d->part);
	bind_int(&row, ":row", d->row.n);
	bind_text(&row, ":theirs", d->theirs);
	while (row_next(&row))
		known = get_bool(&row);
	*ret = known;
	return row_done(&row, err);
}
