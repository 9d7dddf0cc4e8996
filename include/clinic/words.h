/* words.h: the texts of messages, checked and shown (clinic/wording.h is their format). */
#ifndef CLINIC_WORDS_H
#define CLINIC_WORDS_H

#include "base/alloc.h"
#include "clinic/desk.h"

/* ERR_INPUT with the path and line. */
int words_check_file(const char *path, struct err *err);
/* Every wording that there is: where it comes from and what it says; a site's file that is not
 * understood, or is named like none, is refused. */
int words_check_all(struct desk *desk, struct buf *ret, struct err *err);

#endif
