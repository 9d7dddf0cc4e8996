/* hits.h: rows of appointments that a change of a diary meets (private to the command line). */
#ifndef CLI_HITS_H
#define CLI_HITS_H

#include "cli/cli.h"
#include "model/diary.h"

/* The columns of an appointment, then born; ends the list of entries. */
void put_hits(struct cli *c, struct entries *hits);

#endif
