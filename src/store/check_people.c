/* check_people.c: what always holds of people: nothing hangs on a record that was merged. */
#include "store/checks.h"
#include "store/people_owned.h"

#define LEFT_BEHIND(table, key)                                                                    \
	{ "left behind " table,                                                                    \
	  "SELECT 'Row ' || o." key " || ' of " table " is still of record ' || p.id ||"           \
	  " ', which was merged.' FROM person p JOIN " table " o ON o.person = p.id"               \
	  " WHERE p.alias_of IS NOT NULL LIMIT 20" },

static const struct check checks[] = {
	{ "merged in a row",
	  "SELECT 'Record ' || p.id || ' leads to ' || k.id || ', which was merged too.' FROM person p"
	  " JOIN person k ON k.id = p.alias_of WHERE p.alias_of IS NOT NULL"
	  " AND k.alias_of IS NOT NULL LIMIT 20" },
	{ "held apart in order",
	  "SELECT 'Row ' || id || ' of person_apart names its two the wrong way round.'"
	  " FROM person_apart WHERE a >= b LIMIT 20" },
	OWNED(LEFT_BEHIND)
};

int check_people(struct store *st, check_found *found, void *ctx, struct err *err)
{
	return check_rows(st, checks, sizeof checks / sizeof *checks, found, ctx, err);
}
