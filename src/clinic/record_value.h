/* record_value.h: the values of plain records (private to the clinic). */
#ifndef CLINIC_RECORD_VALUE_H
#define CLINIC_RECORD_VALUE_H

#include "clinic/record.h"

/* What was typed in the form it is stored in, the caller's memory; "" empties a column that may be
 * empty, and *ret is NULL then.  Refused with the column's label as err->field. */
int record_stored(struct desk *desk, const struct column *c, const char *s, char **ret,
		  struct err *err);
/* What is stored as people read it, the caller's memory; secrets come out empty. */
char *record_shown(struct desk *desk, const struct column *c, const char *s);

#endif
