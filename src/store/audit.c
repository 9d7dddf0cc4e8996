/*
 * audit.c: the history and the openings of records, by the clock.
 *
 * Always holds: what is asked of one person walks what that person has, and what is asked of some
 * days walks those days, however long the clinic has worked.
 */
#include "store/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/row.h"

/* ---- what a row is about ---- */

#define BOOKED(from) "SELECT b.person, a.service " from " LEFT JOIN booking b ON b.appt = a.id"

/* By the type of a subject, as the acts call them; a type that is not here is about nobody. */
static const struct {
	const char *type;
	struct query about;
} subjects[] = {
	{ "person", { "audit.person", "SELECT :id, NULL" } },
	{ "appointment", { "audit.appt", BOOKED("FROM appointment a") " WHERE a.id = :id" } },
	{ "episode", { "audit.episode", "SELECT person, service FROM episode WHERE id = :id" } },
	{ "referral", { "audit.referral", "SELECT person, service FROM referral WHERE id = :id" } },
	{ "flag", { "audit.flag", "SELECT person, service FROM flag WHERE id = :id" } },
	{ "task",
	  { "audit.task", "SELECT t.person, coalesce(t.service, a.service) FROM task t"
			  " LEFT JOIN appointment a ON a.id = t.appt WHERE t.id = :id" } },
	{ "message",
	  { "audit.message", "SELECT m.person, a.service FROM message m"
			     " LEFT JOIN appointment a ON a.id = m.appt WHERE m.id = :id" } },
	{ "wait",
	  { "audit.wait",
	    "SELECT e.person, e.service FROM wait w JOIN episode e ON e.id = w.episode"
	    " WHERE w.id = :id" } },
	{ "wait_try",
	  { "audit.wait_try",
	    "SELECT e.person, e.service FROM wait_try x JOIN wait w ON w.id = x.wait"
	    " JOIN episode e ON e.id = w.episode WHERE x.id = :id" } },
	{ "clash",
	  { "audit.clash",
	    BOOKED("FROM overlap o JOIN appointment a ON a.id = o.a") " WHERE o.id = :id" } },
};

static int about(struct store *st, struct audited *a, struct err *err)
{
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		struct row row;

		if (strcmp(subjects[i].type, a->type) != 0)
			continue;
		row = query(st, &subjects[i].about);
		bind_id(&row, ":id", a->subject);
		while (row_next(&row)) {
			a->person = get_id(&row);
			a->service = get_id(&row);
		}
		return row_done(&row, err);
	}
	return 0;
}

/* ---- the two lists ---- */

#define COLUMNS "SELECT h.id, h.subject, h.actor, h.at, coalesce(u.name, ''), h.type, h.what, h.why"
#define HISTORY COLUMNS " FROM history h LEFT JOIN user u ON u.id = h.actor"
#define OF_PERSON                                                                                  \
	COLUMNS " FROM (SELECT :person AS id UNION SELECT id FROM episode WHERE person = :person"  \
		" UNION SELECT appt FROM booking WHERE person = :person"                           \
		" UNION SELECT id FROM referral WHERE person = :person"                            \
		" UNION SELECT id FROM flag WHERE person = :person"                                \
		" UNION SELECT id FROM task WHERE person = :person"                                \
		" UNION SELECT id FROM message WHERE person = :person"                             \
		" UNION SELECT id FROM wait WHERE person = :person) s"                             \
		" JOIN history h ON h.subject = s.id LEFT JOIN user u ON u.id = h.actor"
#define WHEN                                                                                       \
	" AND (:user IS NULL OR h.actor = :user) AND (:to IS NULL OR h.at < :to)"                  \
	" ORDER BY h.at DESC, h.id DESC LIMIT :most"

static void bind_filter(struct row *row, const struct audit_filter *f)
{
	if (!id_none(f->person))
		bind_id(row, ":person", f->person);
	bind_id(row, ":user", f->user);
	bind_int(row, ":from", f->from.utc);
	bind_moment(row, ":to", f->to);
	bind_int(row, ":most", f->limit);
}

static int done(struct store *st, const struct audit_filter *f, struct audit *ret, struct err *err)
{
	static const struct query BETWEEN = { "audit.between",
					      HISTORY " WHERE h.at >= :from" WHEN };
	static const struct query OF = { "audit.of_person", OF_PERSON " WHERE h.at >= :from" WHEN };
	struct row row = query(st, id_none(f->person) ? &BETWEEN : &OF);

	bind_filter(&row, f);
	while (row_next(&row)) {
		struct audited *e = list_push(ret);

		e->id = get_id(&row);
		e->subject = get_id(&row);
		e->actor = get_id(&row);
		e->at = get_moment(&row);
		get_text(&row, e->user, sizeof e->user);
		get_text(&row, e->type, sizeof e->type);
		get_text(&row, e->what, sizeof e->what);
		get_text(&row, e->why, sizeof e->why);
	}
	return row_done(&row, err);
}

static int opened(struct store *st, const struct audit_filter *f, struct audit *ret,
		  struct err *err)
{
#define VIEWED                                                                                     \
	"SELECT v.at, v.user, coalesce(u.name, ''), v.type, v.subject"                             \
	" FROM viewed v LEFT JOIN user u ON u.id = v.user WHERE "
#define OPENED                                                                                     \
	"v.at >= :from AND (:user IS NULL OR v.user = :user) AND (:to IS NULL OR v.at < :to)"      \
	" ORDER BY v.at DESC, v.k DESC LIMIT :most"
	static const struct query BETWEEN = { "audit.opened", VIEWED OPENED };
	static const struct query OF = { "audit.opened_of",
					 VIEWED "v.subject = :person AND " OPENED };
	struct row row = query(st, id_none(f->person) ? &BETWEEN : &OF);

	bind_filter(&row, f);
	while (row_next(&row)) {
		struct audited *a = list_push(ret);

		a->opened = true;
		a->at = get_moment(&row);
		a->actor = get_id(&row);
		get_text(&row, a->user, sizeof a->user);
		get_text(&row, a->type, sizeof a->type);
		a->subject = get_id(&row);
	}
	return row_done(&row, err);
}

/* By the clock; of one moment what was done, in its order, before what was opened. */
static int by_clock(const void *a, const void *b)
{
	const struct audited *x = a, *y = b;

	if (x->at.utc != y->at.utc)
		return x->at.utc < y->at.utc ? -1 : 1;
	if (x->opened != y->opened)
		return x->opened - y->opened;
	return (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

int audit_select(struct store *st, const struct audit_filter *f, struct audit *ret, struct err *err)
{
	struct audit all = { 0 };
	size_t most = (size_t)f->limit;
	int rc = 0;

	if (done(st, f, &all, err) < 0 || opened(st, f, &all, err) < 0) {
		list_free(&all);
		return -1;
	}
	if (all.n)
		qsort(all.v, all.n, sizeof *all.v, by_clock);
	if (all.n > most) {
		memmove(all.v, all.v + (all.n - most), most * sizeof *all.v);
		all.n = most;
	}
	list_each (a, &all)
		if (rc == 0)
			rc = about(st, a, err);
	if (rc == 0)
		*ret = all;
	else
		list_free(&all);
	return rc;
}
