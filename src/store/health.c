/* health.c: quick questions; site first, so that each is a walk of its index. */
#include "store/health.h"

#include "store/row.h"

/* The one number that a query gives. */
static int number(struct row *row, int *ret, struct err *err)
{
	int64_t n = 0;

	while (row_next(row))
		n = get_int(row);
	if (row_done(row, err) < 0)
		return -1;
	*ret = (int)n;
	return 0;
}

int health_overlaps(struct store *st, int *ret, struct err *err)
{
	static const struct query OPEN = {
		"health.overlaps",
		"SELECT count(*) FROM overlap INDEXED BY overlap_open WHERE state = 'open'"
	};
	struct row row = query(st, &OPEN);

	return number(&row, ret, err);
}

int health_unfinished(struct store *st, struct id site, struct date today, int *ret,
		      struct err *err)
{
	static const struct query LEFT = {
		"health.unfinished",
		"SELECT count(*) FROM site s CROSS JOIN appointment a INDEXED BY appointment_unfinished"
		" ON a.site = s.id WHERE (:site IS NULL OR s.id = :site) AND a.day < :today"
		" AND a.state IN ('T', 'B', 'A', 'I')"
	};
	struct row row = query(st, &LEFT);

	bind_id(&row, ":site", site);
	bind_date(&row, ":today", today);
	return number(&row, ret, err);
}

int health_orphans(struct store *st, struct id site, struct date day, int *ret, struct err *err)
{
	static const struct query HANGING = {
		"health.hanging",
		"SELECT count(*) FROM site s CROSS JOIN appointment a ON a.site = s.id"
		" WHERE (:site IS NULL OR s.id = :site) AND a.day = :day"
		" AND CASE WHEN a.state IN ('B', 'A', 'I') THEN a.over_by IS NULL"
		"  AND NOT EXISTS (SELECT 1 FROM slot o WHERE o.appt = a.id)"
		" WHEN a.state IN ('T', 'X', 'R', 'P') THEN EXISTS (SELECT 1 FROM slot o"
		"  WHERE o.appt = a.id AND o.holder = (SELECT node FROM me)) ELSE 0 END"
	};
	static const struct query NOBODY = {
		"health.nobody",
		"SELECT count(*) FROM task t INDEXED BY task_user JOIN user u ON u.id = t.for_user"
		" WHERE t.state = 'open' AND t.for_user IS NOT NULL AND u.state <> 'on'"
	};
	struct row row = query(st, &HANGING);
	int hanging, nobody;

	bind_id(&row, ":site", site);
	bind_date(&row, ":day", day);
	if (number(&row, &hanging, err) < 0)
		return -1;
	row = query(st, &NOBODY);
	if (number(&row, &nobody, err) < 0)
		return -1;
	*ret = hanging + nobody;
	return 0;
}
