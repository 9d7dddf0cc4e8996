/* intake_beside.h: the lists that an import leaves beside its file (private to the clinic layer).
 */
#ifndef CLINIC_INTAKE_BESIDE_H
#define CLINIC_INTAKE_BESIDE_H

#include <stdint.h>

#include "base/alloc.h"
#include "base/err.h"

/* Rows gather in FILE.ENDING.new, readable by this user alone, and get their name only when all is
 * well; so a list is whole or not there.  An older list of that name goes when this one is empty.
 */
struct beside {
	char *path, *temp;
	int fd; /* -1 until the first row */
	struct buf buf;
	int64_t rows;
};

void beside_open(struct beside *b, const char *file, const char *ending);
/* The gathered bytes of one more row are in b->buf. */
int beside_row(struct beside *b, struct err *err);
/* All bytes on the disk, still under the other name. */
int beside_ready(struct beside *b, struct err *err);
int beside_keep(struct beside *b, struct err *err);
void beside_done(struct beside *b); /* what was not kept is gone */

#endif
