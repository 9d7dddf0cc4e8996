/*
 * sync.h: S16's state, shared by its keys (screen_sync.c), its drawing (sync_draw.c) and its other
 * parts (sync_parts.c): who is to be rung back, holds that were forgotten, what waits for an
 * answer, what came otherwise than told.
 */
#ifndef TUI_SYNC_H
#define TUI_SYNC_H

#include "clinic/answers.h"
#include "clinic/clash.h"
#include "clinic/holder.h"
#include "sync/state.h"
#include "ui.h"

/*
 * The rows of the list that stand first in view have the numbers 1 to 3, the offers those behind
 * them: whatever comes in or goes meanwhile, a number means the same place.
 */
enum { SYNC_FIRST = 4, SYNC_NUMBERED = 3, SYNC_WIDE = 132, SYNC_MOST = 200, SYNC_BELOW = 8 };

enum sync_part { PART_CLASHES, PART_RING, PART_HOLDS, PART_ASKED, PART_HEARD, SYNC_PARTS };

struct sync_screen {
	enum sync_part part;
	bool offers; /* of the clashes: the cursor is on what is offered */
	struct list lists[SYNC_PARTS];
	struct ringbacks rings;
	struct helds holds;
	struct askeds asked_for;
	struct attentions heard;
	struct sync_names {
		char clinician[NAME_TEXT], holder[NAME_TEXT];
	} * hold_names, *asked_names; /* of each row */
	struct sync_status status;
	struct moment now;
	struct date today;
	struct clash_rows rows;
	int open;		 /* of the rows, those that are to be settled */
	struct moment oldest;	 /* of these */
	struct clash_view *view; /* of the selected one; NULL none */
	bool anew;		 /* what is offered is read again, whatever was */
	int at;			 /* the offer that is selected */
	bool whole;		 /* both versions to their end, in place of the offers */
	bool by_digit; /* an offer was done: the Enter that habit adds is not the next one's */
	/* What was asked about, whatever the list has become until the answer. */
	struct clash_view *asked;
	int asked_at;
};

void sync_draw(struct canvas *c, const void *state);
/* What Tab goes through besides the clashes. */
struct sync_words {
	const char *place, *head, *none;
	const char *one, *many; /* "1 to ring back" */
};
extern const struct sync_words sync_words[SYNC_PARTS];
int sync_parts_load(struct ui *ui, struct sync_screen *s, bool refresh, struct err *err);
void sync_parts_done(struct sync_screen *s);
void sync_part_draw(struct canvas *c, const struct sync_screen *s);
/* "Also: 2 to ring back, 1 hold forgotten.  Tab" */
void sync_also(struct canvas *c, const struct sync_screen *s, int row);
enum next sync_part_enter(struct ui *ui, struct sync_screen *s);
enum next sync_part_book(struct ui *ui, struct sync_screen *s);
size_t sync_part_count(const struct sync_screen *s, int part);
struct id sync_part_person(const struct sync_screen *s);

/* The rows that the list has in a window of that height. */
int sync_height(const struct sync_screen *s, int rows);

#endif
