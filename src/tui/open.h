/*
 * open.h: how one screen opens another on something, and the verbs that mean the same on every row
 * about an appointment.  Each open_ function is in the file of its screen and returns STAY.
 */
#ifndef TUI_OPEN_H
#define TUI_OPEN_H

#include "base/day.h"
#include "base/id.h"
#include "model/appt.h"
#include "ui.h"

/* S4.  The opening is logged. */
enum next open_person(struct ui *ui, struct id person);

/* S3, for a purpose: `then` gets who was chosen, with the find screen gone again.  NULL: opens the
 * person.  text: what stands in the box; NULL nothing. */
typedef enum next find_then(struct ui *ui, struct id person);
enum next open_find(struct ui *ui, const char *purpose, find_then *then, const char *text);

/* S8: the earliest slots of a service for a person; service none: asks which, or takes the one of
 * their only open episode that waits.  open_move: the same list for an appointment that moves. */
enum next open_booking(struct ui *ui, struct id person, struct id service);
enum next open_move(struct ui *ui, struct id appt);

/* S11. */
enum next open_diary(struct ui *ui, struct id clinician, struct date day);

/* Who did what to this appointment; title says in words which it is. */
enum next open_history(struct ui *ui, struct id appt, const char *title);

/* A row about an appointment, as the verbs need it. */
struct verb_row {
	struct id appt, person;
	enum appt_state state; /* as the screen shows it */
	char who[PERSON_TEXT]; /* SURNAME, Given (Title), or Private */
	struct date born;
	struct moment starts;
	bool alike;		/* somebody in the list looks like them */
	struct date born_other; /* ... born then */
};

/* Each does it or asks first (capitals; a look-alike's date of birth), says so on row 23, and asks
 * the screen to refresh.  A row without an appointment answers why not. */
enum next verb_arrive(struct ui *ui, const struct verb_row *row);
enum next verb_room(struct ui *ui, const struct verb_row *row);
enum next verb_seen(struct ui *ui, const struct verb_row *row);
enum next verb_dna(struct ui *ui, const struct verb_row *row);
enum next verb_late(struct ui *ui, const struct verb_row *row);
enum next verb_cancel(struct ui *ui, const struct verb_row *row);
enum next verb_move(struct ui *ui, const struct verb_row *row);
enum next verb_history(struct ui *ui, const struct verb_row *row);

#endif
