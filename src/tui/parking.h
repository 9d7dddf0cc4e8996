/*
 * parking.h: half-made work of the screens that are open, kept and opened again (clinic/park.h).
 *
 * A screen says what it is made of in .park and opens itself on that in .resume (ui.h).  What is
 * open is kept as a draft at pauses; a key parks it, and so does leaving in a hurry, the lock's
 * Esc, the end of the line.
 */
#ifndef TUI_PARKING_H
#define TUI_PARKING_H

#include "loop.h"
#include "model/park.h"

/* Called while nothing is pressed: keeps drafts that are due.  Milliseconds to the next, or -1. */
int parking_due(struct ui *ui, int64_t quiet_ms);
/* A key went to this frame. */
void parking_touched(struct frame *f);

/* Park what is half-made: the topmost alone; all that is not saved; or whatever is open.  The last
 * two give how many.  lost: nobody asked for it, and nobody is told. */
enum next parking_top(struct ui *ui);
int parking_unsaved(struct ui *ui);
int parking_all(struct ui *ui, bool lost);

/* Takes that frame away for another to stand on top; what is not saved in it is parked. */
void parking_instead(struct ui *ui, int i);

/* The frame goes: what was kept of it is finished, or thrown away. */
void parking_left(struct ui *ui, const struct frame *f);

/* What was half-made there is saved, though the screen stays: no draft of it is left. */
void parking_saved(struct ui *ui, const void *state);

enum next parking_resume(struct ui *ui, int64_t id);
enum next parking_resume_last(struct ui *ui);

/* ---- for .park and .resume ---- */

/* All fields but passwords, and where the cursor is. */
void parcel_form(struct parcel *p, const struct form *f);
/* The other way; fields that are not in the form, or not in the parcel, are passed over. */
void parcel_to_form(const struct parcel *p, struct form *f);

#endif
