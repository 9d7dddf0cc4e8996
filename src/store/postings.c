/* postings.c: who works where; a few rows for each clinician, so the table is read whole. */
#include "store/postings.h"

#include "base/alloc.h"
#include "store/row.h"

int postings_of_site(struct store *st, struct id site, struct postings *ret, struct err *err)
{
	static const struct query AT = { "postings.of_site",
					 "SELECT DISTINCT clinician FROM clinician_site"
					 " WHERE site = :site AND state = 'on'" };
	struct row row = query(st, &AT);

	bind_id(&row, ":site", site);
	while (row_next(&row)) {
		struct posting *p = list_push(ret);

		p->clinician = get_id(&row);
	}
	return row_done(&row, err);
}
