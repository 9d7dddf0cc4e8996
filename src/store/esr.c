/*
 * esr.c: rows of what ESR said, by the lists of model/esr.h: the SQL of a type is made from its
 * list. Files and differences are esr_files.c's.
 */
#include "store/esr.h"

#include <stdio.h>

#include "base/alloc.h"
#include "store/row.h"

#define COMMA_NAME(T, member, kind, at) ", " #member
#define COMMA_BIND(T, member, kind, at) ", :" #member
#define COMMA_SET(T, member, kind, at)	", " #member " = :" #member
#define BIND_NAME(T, member, kind, at)	":" #member,

static const struct query put_queries[] = {
#define X(type, letters, fields, key, list, T)                                                     \
	{ #T ".put",                                                                               \
	  "INSERT INTO " #T " (id, scope, vpd, no, state" list(                                    \
		  COMMA_NAME, T) ") VALUES (:id, :scope, :vpd, :no, :state" list(COMMA_BIND,       \
										 T) ")" },
	ESR_TYPES(X)
#undef X
};
static const struct query set_queries[] = {
#define X(type, letters, fields, key, list, T)                                                     \
	{ #T ".set",                                                                               \
	  "UPDATE " #T " SET scope = :scope, vpd = :vpd, no = :no, state = :state" list(           \
		  COMMA_SET, T) " WHERE id = :id" },
	ESR_TYPES(X)
#undef X
};
static const struct query get_queries[] = {
#define X(type, letters, fields, key, list, T)                                                     \
	{ #T ".get",                                                                               \
	  "SELECT id, no, state <> 'on'" list(                                                     \
		  COMMA_NAME, T) " FROM " #T                                                       \
				 " WHERE vpd = :vpd AND no = :no ORDER BY id LIMIT 1" },
	ESR_TYPES(X)
#undef X
};
static const struct query any_queries[] = {
#define X(type, letters, fields, key, list, T)                                                     \
	{ #T ".any", "SELECT EXISTS (SELECT 1 FROM " #T " WHERE vpd = :vpd)" },
	ESR_TYPES(X)
#undef X
};
#define X(type, letters, fields, key, list, T)                                                     \
	static const char *const T##_binds[] = { list(BIND_NAME, T) };
ESR_TYPES(X)
#undef X
static const char *const *const bind_names[] = {
#define X(type, letters, fields, key, list, T) T##_binds,
	ESR_TYPES(X)
#undef X
};

/* What is not bound is NULL. */
static void bind_column(struct row *row, const struct esr_column *c, const char *name,
			const void *from)
{
	const void *at = (const char *)from + c->offset;

	switch (c->kind) {
	case F_TEXT:
		if (*(const char *const *)at)
			bind_text(row, name, *(const char *const *)at);
		break;
	case F_DATE:
		if (!date_none(*(const struct date *)at))
			bind_date(row, name, *(const struct date *)at);
		break;
	case F_BOOL:
		bind_int(row, name, *(const bool *)at);
		break;
	case F_INT:
	case F_MOMENT:
	case F_ID:
	case F_ROWS: /* 0 is none of them */
		if (*(const int64_t *)at)
			bind_int(row, name, *(const int64_t *)at);
		break;
	}
}

void esr_put(struct txn *t, enum esr_type type, const void *from, bool there, int vpd,
	     const char *scope)
{
	const struct esr_layout *l = &esr_layouts[type];
	const struct esr_row *head = from;
	struct row row = query(t->store, there ? &set_queries[type] : &put_queries[type]);

	bind_id(&row, ":id", head->id);
	bind_text(&row, ":scope", scope);
	bind_int(&row, ":vpd", vpd);
	bind_int(&row, ":no", head->no);
	bind_text(&row, ":state", head->off ? "off" : "on");
	for (size_t i = 0; i < l->n; i++)
		bind_column(&row, &l->columns[i], bind_names[type][i], from);
	txn_run(t, &row);
}

static void get_column(struct row *row, const struct esr_column *c, void *to)
{
	void *at = (char *)to + c->offset;

	switch (c->kind) {
	case F_TEXT:
		*(char **)at = mem_str(get_str(row));
		break;
	case F_DATE:
		*(struct date *)at = get_date(row);
		break;
	case F_BOOL:
		*(bool *)at = get_bool(row);
		break;
	case F_INT:
	case F_MOMENT:
	case F_ID:
	case F_ROWS:
		*(int64_t *)at = get_int(row);
		break;
	}
}

static void get_row(struct row *row, enum esr_type type, void *ret)
{
	const struct esr_layout *l = &esr_layouts[type];
	struct esr_row *head = ret;

	head->id = get_id(row);
	head->no = get_int(row);
	head->off = get_bool(row);
	for (size_t i = 0; i < l->n; i++)
		get_column(row, &l->columns[i], ret);
}

int esr_get(struct store *st, enum esr_type type, int vpd, int64_t no, void *ret, bool *ret_found,
	    struct err *err)
{
	struct row row = query(st, &get_queries[type]);
	bool found = false;

	bind_int(&row, ":vpd", vpd);
	bind_int(&row, ":no", no);
	while (row_next(&row)) {
		get_row(&row, type, ret);
		found = true;
	}
	if (row_done(&row, err) < 0) {
		if (found)
			esr_row_done(type, ret);
		return -1;
	}
	*ret_found = found;
	return 0;
}

static int one_number(struct row *row, int64_t *ret, struct err *err)
{
	int64_t n = 0;

	while (row_next(row))
		n = get_int(row);
	if (row_done(row, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

static int one_bool(struct row *row, bool *ret, struct err *err)
{
	int64_t n;

	if (one_number(row, &n, err) < 0)
		return -1;
	*ret = n != 0;
	return 0;
}

int esr_any(struct store *st, enum esr_type type, int vpd, bool *ret, struct err *err)
{
	struct row row = query(st, &any_queries[type]);

	bind_int(&row, ":vpd", vpd);
	return one_bool(&row, ret, err);
}

int esr_around(struct store *st, int vpd, const struct esr_assignment *a, struct esr_around *ret,
	       struct err *err)
{
	static const struct query AROUND = {
		"esr.around",
		"SELECT p.person, p.state <> 'on', p.left_day, p.employee_no,"
		" (SELECT name FROM esr_organisation WHERE vpd = :vpd AND no = :organisation"
		"  AND state = 'on'),"
		" (SELECT coalesce(job_role, name) FROM esr_position WHERE vpd = :vpd AND no = :position"
		"  AND state = 'on'),"
		" (SELECT surname || ', ' || given FROM esr_person WHERE vpd = :vpd AND no = :manager"
		"  AND state = 'on')"
		" FROM esr_person p WHERE p.vpd = :vpd AND p.no = :no"
	};
	struct row row = query(st, &AROUND);

	*ret = (struct esr_around){ .left_day = DATE_NONE };
	bind_int(&row, ":vpd", vpd);
	bind_int(&row, ":organisation", a->organisation_no);
	bind_int(&row, ":position", a->position_no);
	bind_int(&row, ":manager", a->manager_no);
	bind_int(&row, ":no", a->person_no);
	while (row_next(&row)) {
		esr_around_done(ret);
		ret->found = true;
		ret->person = get_id(&row);
		ret->off = get_bool(&row);
		ret->left_day = get_date(&row);
		ret->employee_no = mem_str(get_str(&row));
		ret->department = mem_str(get_str(&row));
		ret->job = mem_str(get_str(&row));
		ret->manager = mem_str(get_str(&row));
	}
	if (row_done(&row, err) == 0)
		return 0;
	esr_around_done(ret);
	return -1;
}

void esr_around_done(struct esr_around *around)
{
	mem_free(around->employee_no);
	mem_free(around->department);
	mem_free(around->job);
	mem_free(around->manager);
	around->employee_no = around->department = around->job = around->manager = NULL;
}

static int gather(struct row *row, struct esr_nos *ret, struct err *err)
{
	while (row_next(row))
		*list_push(ret) = get_int(row);
	return row_done(row, err);
}

int esr_assignments(struct store *st, enum esr_by by, int vpd, int64_t no, struct esr_nos *ret,
		    struct err *err)
{
#define BY(column)                                                                                 \
	{                                                                                          \
		"esr.assignments." column,                                                         \
			"SELECT no FROM esr_assignment WHERE vpd = :vpd AND " column               \
			" = :no AND state = 'on' ORDER BY id"                                      \
	}
	static const struct query queries[] = {
		[ESR_BY_PERSON] = BY("person_no"),
		[ESR_BY_MANAGER] = BY("manager_no"),
		[ESR_BY_ORGANISATION] = BY("organisation_no"),
		[ESR_BY_POSITION] = BY("position_no"),
	};
#undef BY
	struct row row = query(st, &queries[by]);

	bind_int(&row, ":vpd", vpd);
	bind_int(&row, ":no", no);
	return gather(&row, ret, err);
}

int esr_ended(struct store *st, int vpd, struct date from, struct date to, struct esr_nos *ret,
	      struct err *err)
{
	static const struct query ENDED = {
		"esr.ended",
		"SELECT no FROM esr_assignment WHERE vpd = :vpd"
		" AND over_day >= :from AND over_day < :to AND state = 'on' ORDER BY id"
	};
	struct row row = query(st, &ENDED);

	bind_int(&row, ":vpd", vpd);
	bind_date(&row, ":from", from);
	bind_date(&row, ":to", to);
	return gather(&row, ret, err);
}

int esr_linked(struct store *st, int vpd, int64_t no, struct id person, bool *ret, struct err *err)
{
	static const struct query LINKED = {
		"esr.linked", "SELECT EXISTS (SELECT 1 FROM esr_person WHERE person = :person"
			      " AND vpd = :vpd AND no <> :no AND state = 'on')"
	};
	struct row row = query(st, &LINKED);

	bind_id(&row, ":person", person);
	bind_int(&row, ":vpd", vpd);
	bind_int(&row, ":no", no);
	return one_bool(&row, ret, err);
}

int esr_has_post(struct store *st, struct id post, bool *ret, struct err *err)
{
	static const struct query POST = {
		"esr.has_post",
		"SELECT EXISTS (SELECT 1 FROM esr_assignment WHERE post = :post AND state = 'on')"
	};
	struct row row = query(st, &POST);

	bind_id(&row, ":post", post);
	return one_bool(&row, ret, err);
}

int esr_desk_changed(struct store *st, struct id person, bool *ret, struct err *err)
{
	static const struct query CHANGED = {
		"esr.desk_changed",
		"SELECT EXISTS (SELECT 1 FROM history WHERE subject = :person AND name = 'person_set'"
		" AND what NOT LIKE '% by a file')"
	};
	struct row row = query(st, &CHANGED);

	bind_id(&row, ":person", person);
	return one_bool(&row, ret, err);
}

/* ---- lists ---- */

#define WHOM                                                                                       \
	"SELECT id, person, vpd, no, surname, given, title, employee_no, born, missing"            \
	" FROM esr_person WHERE state = 'on' AND id > :after AND "

int esr_whoms(struct store *st, enum esr_list list, int64_t of, struct id after, size_t limit,
	      struct esr_whoms *ret, struct err *err)
{
	static const struct query queries[] = {
		[ESR_PROPOSED] = { "esr.proposed",
				   WHOM "person IS NULL AND :of = 0 ORDER BY id LIMIT :limit" },
		[ESR_MISSING] = { "esr.missing",
				  WHOM "missing IS NOT NULL AND :of = 0 ORDER BY id LIMIT :limit" },
		[ESR_LINKED_TO] = { "esr.linked_to", WHOM "person = :of ORDER BY id LIMIT :limit" },
	};
	struct row row = query(st, &queries[list]);

	bind_int(&row, ":of", of);
	bind_int(&row, ":after", after.n);
	bind_int(&row, ":limit", (int64_t)limit);
	while (row_next(&row)) {
		struct esr_whom *w = list_push(ret);

		w->id = get_id(&row);
		w->person = get_id(&row);
		w->vpd = (int)get_int(&row);
		w->no = get_int(&row);
		get_text(&row, w->surname, sizeof w->surname);
		get_text(&row, w->given, sizeof w->given);
		get_text(&row, w->title, sizeof w->title);
		get_text(&row, w->employee_no, sizeof w->employee_no);
		w->born = get_date(&row);
		w->missing = get_date(&row);
	}
	return row_done(&row, err);
}

int esr_people(struct store *st, int vpd, int64_t after, size_t limit, struct esr_nos *ret,
	       struct err *err)
{
	static const struct query PEOPLE = {
		"esr.people", "SELECT no FROM esr_person WHERE vpd = :vpd AND no > :after"
			      " AND state = 'on' ORDER BY no LIMIT :limit"
	};
	struct row row = query(st, &PEOPLE);

	bind_int(&row, ":vpd", vpd);
	bind_int(&row, ":after", after);
	bind_int(&row, ":limit", (int64_t)limit);
	return gather(&row, ret, err);
}

int esr_absences(struct store *st, struct id person, size_t limit, struct esr_absences *ret,
		 struct err *err)
{
	static const struct query ABSENCES = {
		"esr.absences",
		"SELECT a.id, a.no, a.state <> 'on', a.person_no, a.kind, a.reason, a.status, a.starts,"
		" a.ends, a.sick_from, a.sick_to, a.days, a.work_related, a.talked, a.referred,"
		" a.updated, a.surgery, a.sickness FROM esr_person p"
		" JOIN esr_absence a ON a.vpd = p.vpd AND a.person_no = p.no"
		" WHERE p.person = :person AND p.state = 'on' AND a.state = 'on'"
		" ORDER BY coalesce(a.starts, a.sick_from) DESC, a.id DESC LIMIT :limit"
	};
	struct row row = query(st, &ABSENCES);

	bind_id(&row, ":person", person);
	bind_int(&row, ":limit", (int64_t)limit);
	while (row_next(&row))
		get_row(&row, ESR_AB, list_push(ret));
	return row_done(&row, err);
}

void esr_absences_done(struct esr_absences *list)
{
	list_each (a, list)
		esr_row_done(ESR_AB, a);
	list_free(list);
}
