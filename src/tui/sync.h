/* sync.h: S16's state, shared by its keys (screen_sync.c) and its drawing (sync_draw.c). */
#ifndef TUI_SYNC_H
#define TUI_SYNC_H

#include "clinic/clash.h"
#include "sync/state.h"
#include "ui.h"

/*
 * The rows of the list that stand first in view have the numbers 1 to 3, the offers those behind
 * them: whatever comes in or goes meanwhile, a number means the same place.
 */
enum { SYNC_FIRST = 4, SYNC_NUMBERED = 3, SYNC_WIDE = 132, SYNC_MOST = 200 };

enum sync_part { PART_CLASHES, PART_OFFERS, SYNC_PARTS };

struct sync_screen {
	enum sync_part part;
	struct sync_status status;
	struct moment now;
	struct date today;
	struct clash_rows rows;
	struct list list;
	int open;		 /* of the rows, those that are to be settled */
	struct moment oldest;	 /* of these */
	struct clash_view *view; /* of the selected one; NULL none */
	int at;			 /* the offer that is selected */
	bool whole;		 /* both versions to their end, in place of the offers */
	/* What was asked about, whatever the list has become until the answer. */
	struct clash_view *asked;
	int asked_at;
};

void sync_draw(struct canvas *c, const void *state);
/* The rows that the list has in a window of that height. */
int sync_height(const struct sync_screen *s, int rows);

#endif
