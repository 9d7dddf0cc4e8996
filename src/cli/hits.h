/* hits.h: rows of appointments that a change of a diary meets (private to the command line). */
#ifndef CLI_HITS_H
#define CLI_HITS_H

#include "cli/cli.h"
#include "model/diary.h"

/* Of one, from id to state. */
void put_hit(struct cli *c, const struct entry *e);
/* The columns of an appointment, then born; ends the list of entries. */
void put_hits(struct cli *c, struct entries *hits);

#endif
