/*
 * people_find.c: people by the keys of find_key.
 *
 * Always holds: each query walks one stretch of the index and stops at its limit.  A surname's
 * prefix with a given name's jumps from surname to surname instead of reading everybody between.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "store/people.h"
#include "store/row.h"

enum { NAME_JUMPS = 2000 }; /* surnames looked at for one prefix; "s,a" has fewer in any service */

/* Whoever stands in the list already, by a table of hashes: lists are of some hundred people. */
enum { SEEN_PLACES = 2048 };
struct seen_ids {
	struct id v[SEEN_PLACES];
	int n;
};

static bool is_new(struct seen_ids *seen, struct id id)
{
	size_t at = (uint64_t)id.n * 0x9e3779b97f4a7c15u >> 53;

	while (!id_none(seen->v[at])) {
		if (id_same(seen->v[at], id))
			return false;
		at = (at + 1) % SEEN_PLACES;
	}
	if (seen->n < SEEN_PLACES / 2) {
		seen->v[at] = id;
		seen->n++;
	}
	return true;
}

/* The same for a short list, which needs no table. */
static int gather_few(struct row *row, size_t limit, struct ids *ret, struct err *err)
{
	while (row_next(row)) {
		struct id id = get_id(row);
		bool met = ret->n >= limit;

		list_each (old, ret)
			met = met || id_same(*old, id);
		if (!met)
			*(struct id *)list_push(ret) = id;
	}
	return row_done(row, err);
}

/* Steps through a query of ids. */
static int gather_many(struct row *row, size_t limit, struct ids *ret, struct err *err)
{
	struct seen_ids seen = { 0 };

	list_each (id, ret)
		is_new(&seen, *id);
	while (row_next(row)) {
		struct id id = get_id(row);

		if (ret->n < limit && is_new(&seen, id))
			*(struct id *)list_push(ret) = id;
	}
	return row_done(row, err);
}

static int gather(struct row *row, size_t limit, struct ids *ret, struct err *err)
{
	return limit <= 16 ? gather_few(row, limit, ret, err) : gather_many(row, limit, ret, err);
}

int person_sites(struct store *st, struct id person, struct ids *ret, struct err *err)
{
	static const struct query SITES = {
		"person.sites", "SELECT DISTINCT a.site FROM booking b CROSS JOIN appointment a"
				" ON a.id = b.appt WHERE b.person = :person ORDER BY a.site"
	};
	struct row row = query(st, &SITES);

	bind_id(&row, ":person", person);
	while (row_next(&row))
		*list_push(ret) = get_id(&row);
	return row_done(&row, err);
}

int people_by_key(struct store *st, enum find_kind kind, const char *key, size_t limit,
		  struct ids *ret, struct err *err)
{
	static const struct query BY_KEY = {
		"people.by_key",
		"SELECT person FROM find_key WHERE kind = :kind AND key = :key LIMIT :limit"
	};
	char word[2] = { (char)kind, '\0' };
	struct row row = query(st, &BY_KEY);

	bind_text(&row, ":kind", word);
	bind_text(&row, ":key", key);
	bind_int(&row, ":limit", (int64_t)limit);
	return gather(&row, limit, ret, err);
}

/* What follows every key that starts with `prefix`: no text has the byte 0xff. */
static char *past(const char *prefix)
{
	return mem_printf("%s\xff", prefix);
}

int people_by_prefix(struct store *st, enum find_kind kind, const char *key, size_t limit,
		     struct ids *ret, struct err *err)
{
	static const struct query BY_PREFIX = {
		"people.by_prefix", "SELECT person FROM find_key WHERE kind = :kind"
				    " AND key >= :from AND key < :past ORDER BY key LIMIT :limit"
	};
	char word[2] = { (char)kind, '\0' };
	char *end = past(key);
	struct row row = query(st, &BY_PREFIX);
	int rc;

	bind_text(&row, ":kind", word);
	bind_text(&row, ":from", key);
	bind_text(&row, ":past", end);
	bind_int(&row, ":limit", (int64_t)limit);
	rc = gather(&row, limit, ret, err);
	mem_free(end);
	return rc;
}

static int names_between(struct store *st, const char *from, const char *end, size_t limit,
			 struct ids *ret, struct err *err)
{
	static const struct query BETWEEN = {
		"people.names", "SELECT person FROM find_key WHERE kind = 'n'"
				" AND key >= :from AND key < :past ORDER BY key LIMIT :limit"
	};
	struct row row = query(st, &BETWEEN);

	bind_text(&row, ":from", from);
	bind_text(&row, ":past", end);
	/* Somebody with a preferred name may stand in it twice. */
	bind_int(&row, ":limit", (int64_t)limit * 2);
	return gather(&row, limit, ret, err);
}

/* The first surname from a key on, into buf; "" when the stretch ends. */
static int next_surname(struct store *st, const char *from, const char *end, char *buf, size_t n,
			struct err *err)
{
	static const struct query NEXT = {
		"people.next_surname", "SELECT key FROM find_key WHERE kind = 'n'"
				       " AND key >= :from AND key < :past ORDER BY key LIMIT 1"
	};
	struct row row = query(st, &NEXT);

	*buf = '\0';
	bind_text(&row, ":from", from);
	bind_text(&row, ":past", end);
	while (row_next(&row)) {
		get_text(&row, buf, n);
		buf[strcspn(buf, "\x1f")] = '\0';
	}
	return row_done(&row, err);
}

/* From one surname to the next: the given names that begin so under each. */
static int jump(struct store *st, const char *surname, const char *given, const char *end,
		size_t limit, struct ids *ret, struct err *err)
{
	char found[600], *from = mem_str(surname);
	int rc = 0;

	for (int i = 0; i < NAME_JUMPS && ret->n < limit; i++) {
		char *lo, *hi;

		rc = next_surname(st, from, end, found, sizeof found, err);
		if (rc < 0 || !*found)
			break;
		lo = mem_printf("%s\x1f%s", found, given);
		hi = past(lo);
		rc = names_between(st, lo, hi, limit, ret, err);
		mem_free(lo);
		mem_free(hi);
		mem_free(from);
		from = mem_printf("%s\x20", found); /* behind all of found's given names */
		if (rc < 0)
			break;
	}
	mem_free(from);
	return rc;
}

int people_by_name(struct store *st, const char *surname, const char *given, size_t limit,
		   struct ids *ret, struct err *err)
{
	char *end = past(surname);
	int rc = *given ? jump(st, surname, given, end, limit, ret, err)
			: names_between(st, surname, end, limit, ret, err);

	mem_free(end);
	return rc;
}

int people_by_full_name(struct store *st, const char *surname, const char *given, size_t limit,
			struct ids *ret, struct err *err)
{
	char *from = mem_printf("%s\x1f%s", surname, given), *end = mem_printf("%s\x01", from);
	int rc = names_between(st, from, end, limit, ret, err);

	mem_free(from);
	mem_free(end);
	return rc;
}

int people_by_name_born(struct store *st, const char *surname, const char *given, struct date born,
			size_t limit, struct ids *ret, struct err *err)
{
	/* Few share a birthday, many a name: so the day leads. */
	static const struct query NAME_BORN = {
		"people.name_born",
		"SELECT b.person FROM find_key b WHERE b.kind = 'b' AND b.key = CAST(:born AS TEXT)"
		" AND EXISTS (SELECT 1 FROM find_key n WHERE n.kind = 'n' AND n.key = :name"
		"             AND n.person = b.person) LIMIT :limit"
	};
	char *name = mem_printf("%s\x1f%s", surname, given);
	struct row row = query(st, &NAME_BORN);
	int rc;

	bind_int(&row, ":born", born.n);
	bind_text(&row, ":name", name);
	bind_int(&row, ":limit", (int64_t)limit);
	rc = gather(&row, limit, ret, err);
	mem_free(name);
	return rc;
}

int people_employee(struct store *st, struct id customer, const char *number, struct id *ret,
		    struct err *err)
{
	/* A number that passed to somebody else is the newest post's. */
	static const struct query EMPLOYEE = {
		"people.employee",
		"SELECT p.person FROM find_key k JOIN post p ON p.person = k.person"
		" JOIN person q ON q.id = p.person"
		" WHERE k.kind = 'e' AND k.key = :number AND p.customer = :customer"
		" AND p.state = 'on' AND fold(p.employee_no) = :number AND q.status <> 'withdrawn'"
		" ORDER BY p.id DESC LIMIT 1"
	};
	struct row row = query(st, &EMPLOYEE);
	struct id found = { 0 };

	bind_text(&row, ":number", number);
	bind_id(&row, ":customer", customer);
	while (row_next(&row))
		found = get_id(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}
