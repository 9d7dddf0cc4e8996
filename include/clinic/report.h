/*
 * report.h: figures about the service, of which none is about a person.
 *
 * What leaves occupational health hides cells of fewer than five: `small` then says so, and nothing
 * else of the cell is told.
 */
#ifndef CLINIC_REPORT_H
#define CLINIC_REPORT_H

#include <stdbool.h>

#include "clinic/desk.h"

enum { CELL_LEAST = 5 };

/* How long people waited from the day they were received to their first attendance, in working days
 * of the site: of one quarter, service and kind of customer. */
struct wait_cell {
	int year, quarter; /* of the first attendance */
	struct id service;
	bool external;
	int n;
	int median, longest;	 /* working days */
	int in_time, had_target; /* by the day to be seen by, of those that had one */
	bool small;
};
struct wait_cells {
	struct wait_cell *v;
	size_t n, cap;
};

/* From one day to another, by quarter, service, NHS before external.  inside: nothing is hidden.  A
 * private service is not there for who may not see it.  The caller ends it with list_free(). */
int report_waits(struct desk *desk, struct date from, struct date to, bool inside,
		 struct wait_cells *ret, struct err *err);

#endif
