/* esr_act.c: what files of ESR change, run and taken back. */
#include "clinic/esr_act.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "store/esr.h"
#include "store/tasks.h"
#include "clinic/task.h"

/* ---- arguments ---- */

static const struct field rows_f[] = { FIELD(scope, struct esr_rows, "scope", F_TEXT),
				       FIELD(vpd, struct esr_rows, "vpd", F_INT),
#define X(type, letters, fields, key, list, T)                                                     \
	FIELD_ROWS(now[type], struct esr_rows, "now_" #T, &esr_layouts[type].args),                \
		FIELD_ROWS(was[type], struct esr_rows, "was_" #T, &esr_layouts[type].args),
				       ESR_TYPES(X)
#undef X
};

static const struct field taken_f[] = {
	FIELD(id, struct esr_taken, "id", F_ID),
	FIELD_NEEDED(scope, struct esr_taken, "scope", F_TEXT),
	FIELD_NEEDED(name, struct esr_taken, "name", F_TEXT),
	FIELD_NEEDED(hash, struct esr_taken, "hash", F_TEXT),
	FIELD(vpd, struct esr_taken, "vpd", F_INT),
	FIELD(sequence, struct esr_taken, "sequence", F_INT),
	FIELD(rows, struct esr_taken, "rows", F_INT),
	FIELD(refused, struct esr_taken, "refused", F_INT),
	FIELD(full, struct esr_taken, "full", F_BOOL),
	FIELD(off, struct esr_taken, "off", F_BOOL),
	FIELD(day, struct esr_taken, "day", F_DATE),
	FIELD(from, struct esr_taken, "from", F_MOMENT),
	FIELD(to, struct esr_taken, "to", F_MOMENT),
	FIELD_ROWS(tasks, struct esr_taken, "tasks", &new_task_fields),
	FIELD_ROWS(withdrawn, struct esr_taken, "withdrawn", &task_id_fields),
};

static const struct field differs_f[] = {
	FIELD(id, struct esr_differs, "id", F_ID),
	FIELD(file, struct esr_differs, "file", F_ID),
	FIELD(person, struct esr_differs, "person", F_ID),
	FIELD(row, struct esr_differs, "row", F_ID),
	FIELD(part, struct esr_differs, "part", F_TEXT),
	FIELD(field, struct esr_differs, "field", F_TEXT),
	FIELD(theirs, struct esr_differs, "theirs", F_TEXT),
};
static const struct fields differs_fields = FIELDS(differs_f, struct esr_differs);
static const struct field settled_f[] = {
	FIELD(id, struct esr_settled, "id", F_ID),
	FIELD(person, struct esr_settled, "person", F_ID),
	FIELD_NEEDED(field, struct esr_settled, "field", F_TEXT),
	FIELD_NEEDED(from, struct esr_settled, "from", F_TEXT),
	FIELD_NEEDED(to, struct esr_settled, "to", F_TEXT),
};
static const struct fields settled_fields = FIELDS(settled_f, struct esr_settled);
static const struct field differ_f[] = {
	FIELD(scope, struct esr_differ, "scope", F_TEXT),
	FIELD_ROWS(differs, struct esr_differ, "differs", &differs_fields),
	FIELD_ROWS(settled, struct esr_differ, "settled", &settled_fields),
};

void *esr_rows_push(struct esr_rows_of *list, enum esr_type type)
{
	return list_push_(&list->v, &list->n, &list->cap, esr_layouts[type].args.size);
}

static void *item(const struct esr_rows_of *list, enum esr_type type, size_t i)
{
	return (char *)list->v + i * esr_layouts[type].args.size;
}

/* ---- esr_rows ---- */

static int rows_check(struct desk *desk, void *p, struct err *err)
{
	const struct esr_rows *args = p;
	size_t n = 0;

	(void)desk;
	for (int t = 0; t < ESR_TYPE_COUNT; t++)
		n += args->now[t].n;
	if (n > ESR_MOST)
		return err_set(err, ERR_FAULT, "More than %d rows of ESR in one command.",
			       ESR_MOST);
	return 0;
}

/* Rows that were there stand in `was` in the same order. */
static void put_rows(struct txn *t, const struct esr_rows *args, enum esr_type type)
{
	const struct esr_rows_of *was = &args->was[type];
	size_t k = 0;

	for (size_t i = 0; i < args->now[type].n; i++) {
		const struct esr_row *now = item(&args->now[type], type, i);
		bool there = k < was->n &&
			     id_same(((const struct esr_row *)item(was, type, k))->id, now->id);

		k += there;
		esr_put(t, type, now, there, (int)args->vpd, args->scope);
	}
}

static int rows_run(struct txn *t, const void *p)
{
	const struct esr_rows *args = p;
	size_t n = 0;

	for (int type = 0; type < ESR_TYPE_COUNT; type++) {
		put_rows(t, args, (enum esr_type)type);
		n += args->now[type].n;
	}
	txn_tell(t, "esr", t->cmd, "%zu records of ESR %s", n,
		 id_none(t->reverses) ? "taken in" : "as they were before");
	txn_scope(t, args->scope);
	return VERDICT_OK;
}

/* The row as it was before; NULL if it was not there. */
static const struct esr_row *before(const struct esr_rows *args, enum esr_type type, struct id id)
{
	for (size_t i = 0; i < args->was[type].n; i++) {
		const struct esr_row *was = item(&args->was[type], type, i);

		if (id_same(was->id, id))
			return was;
	}
	return NULL;
}

/* Nothing may have come on top of what is to be taken back. */
static int still(struct desk *desk, const struct esr_rows *args, enum esr_type type,
		 const struct esr_row *row, struct err *err)
{
	struct esr_row *now = mem_new(esr_layouts[type].args.size);
	bool found, same = false;
	int rc = esr_get(desk->store, type, (int)args->vpd, row->no, now, &found, err);

	if (rc == 0 && found) {
		same = id_same(now->id, row->id) && esr_row_same(type, now, row);
		esr_row_done(type, now);
	}
	mem_free(now);
	if (rc == 0 && !same)
		return err_set(err, ERR_CLASH,
			       "ESR's record %s %lld has changed since: that stays as it is now.",
			       esr_layouts[type].letters, (long long)row->no);
	return rc;
}

static int rows_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			struct err *err)
{
	const struct esr_rows *was = deed->args;
	struct esr_rows *back = mem_new(sizeof *back);

	back->scope = mem_str(was->scope);
	back->vpd = was->vpd;
	*ret = (struct call){ &act_esr_rows, back };
	for (int t = 0; t < ESR_TYPE_COUNT; t++)
		for (size_t i = 0; i < was->now[t].n; i++) {
			enum esr_type type = (enum esr_type)t;
			const struct esr_row *row = item(&was->now[t], type, i);
			const struct esr_row *old = before(was, type, row->id);
			struct esr_row *to;

			if (still(desk, was, type, row, err) < 0)
				return -1;
			to = esr_rows_push(&back->now[t], type);
			esr_row_copy(type, old ? old : row, to);
			to->off = old ? old->off : true;
			esr_row_copy(type, row, esr_rows_push(&back->was[t], type));
		}
	return 0;
}

const struct act act_esr_rows = {
	.name = "esr_rows",
	.ver = 1,
	.roles = ESR_SETTLE_ROLES,
	.fields = FIELDS(rows_f, struct esr_rows),
	.check = rows_check,
	.run = rows_run,
	.reverse = rows_reverse,
};

/* ---- esr_file ---- */

static int file_run(struct txn *t, const void *p)
{
	const struct esr_taken *args = p;
	struct esr_file f = { .id = args->id, .rows = args->rows, .refused = args->refused };

	snprintf(f.head.name, sizeof f.head.name, "%s", args->name);
	snprintf(f.hash, sizeof f.hash, "%s", args->hash);
	f.head.vpd = (int)args->vpd;
	f.head.full = args->full;
	f.head.day = args->day;
	f.head.sequence = args->sequence;
	f.head.from = args->from;
	f.head.to = args->to;
	if (args->off) {
		esr_file_off(t, args->id);
		tasks_withdraw(t, &args->withdrawn);
	} else {
		esr_file_put(t, &f);
		tasks_put(t, &args->tasks, args->scope);
	}
	txn_tell(t, "esr_file", args->id, "%s taken %s", args->name, args->off ? "back" : "in");
	txn_scope(t, args->scope);
	return VERDICT_OK;
}

static int file_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			struct err *err)
{
	const struct esr_taken *was = deed->args;
	struct esr_taken *back;
	struct esr_file last;

	if (was->off)
		return err_set(err, ERR_INPUT, "Take the file in again: ohdesk esr import.");
	if (esr_file_last(desk->store, (int)was->vpd, &last, err) < 0)
		return -1;
	if (!id_same(last.id, was->id))
		return err_set(err, ERR_CLASH, "%s was taken in since: that comes first.",
			       last.head.name);
	back = mem_new(sizeof *back);
	back->id = was->id;
	back->scope = mem_str(was->scope);
	back->name = mem_str(was->name);
	back->hash = mem_str(was->hash);
	back->vpd = was->vpd;
	back->day = DATE_NONE;
	back->off = true;
	task_ids_of(&was->tasks, &back->withdrawn);
	*ret = (struct call){ &act_esr_file, back };
	return 0;
}

const struct act act_esr_file = {
	.name = "esr_file",
	.ver = 1,
	.roles = ESR_SETTLE_ROLES,
	.fields = FIELDS(taken_f, struct esr_taken),
	.run = file_run,
	.reverse = file_reverse,
};

/* ---- esr_differ ---- */

static int differ_run(struct txn *t, const void *p)
{
	const struct esr_differ *args = p;

	list_each (n, &args->differs) {
		struct esr_difference d = {
			.id = n->id, .file = n->file, .person = n->person, .row = n->row
		};

		COPY(d.part, n->part);
		COPY(d.field, n->field);
		COPY(d.theirs, n->theirs);
		esr_difference_put(t, &d, args->scope);
	}
	list_each (s, &args->settled)
		esr_difference_set(t, s->id, s->from, s->to);
	if (args->settled.n == 1 && !args->differs.n)
		txn_tell(t, "person", args->settled.v->person, "%s: ESR's is %s",
			 args->settled.v->field,
			 strcmp(args->settled.v->to, "kept") == 0    ? "left aside"
			 : strcmp(args->settled.v->to, "taken") == 0 ? "taken"
								     : "to be looked at again");
	else
		txn_tell(t, "esr", t->cmd, "%zu differences to ESR %s",
			 args->differs.n + args->settled.n,
			 id_none(t->reverses) ? "listed" : "taken off the list");
	txn_scope(t, args->scope);
	return VERDICT_OK;
}

static int differ_reverse(struct desk *desk, const struct deed *deed, struct call *ret,
			  struct err *err)
{
	const struct esr_differ *was = deed->args;
	struct esr_differ *back = mem_new(sizeof *back);

	(void)desk;
	(void)err;
	back->scope = mem_str(was->scope);
	list_each (d, &was->differs)
		*list_push(&back->settled) =
			(struct esr_settled){ d->id, d->person, mem_str(d->field), mem_str("open"),
					      mem_str("off") };
	list_each (s, &was->settled)
		*list_push(&back->settled) =
			(struct esr_settled){ s->id, s->person, mem_str(s->field), mem_str(s->to),
					      mem_str(s->from) };
	*ret = (struct call){ &act_esr_differ, back };
	return 0;
}

const struct act act_esr_differ = {
	.name = "esr_differ",
	.ver = 1,
	.roles = ESR_SETTLE_ROLES,
	.fields = FIELDS(differ_f, struct esr_differ),
	.run = differ_run,
	.reverse = differ_reverse,
};
