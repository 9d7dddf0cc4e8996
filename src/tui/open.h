/*
 * open.h: how one screen opens another on something, and the verbs that mean the same on every row
 * about an appointment.  Each open_ function is in the file of its screen and returns STAY.
 */
#ifndef TUI_OPEN_H
#define TUI_OPEN_H

#include "base/day.h"
#include "base/id.h"
#include "model/appt.h"
#include "model/need.h"
#include "model/user.h"
#include "ui.h"

struct trail;

/* S4.  The opening is logged. */
enum next open_person(struct ui *ui, struct id person);

/* S3, for a purpose: `then` gets who was chosen, with the find screen gone again.  NULL: opens the
 * person.  text: what stands in the box; NULL nothing. */
typedef enum next find_then(struct ui *ui, struct id person);
enum next open_find(struct ui *ui, const char *purpose, find_then *then, const char *text);

/* S8: the earliest slots of a service for a person; service none: asks which, or takes the one of
 * their only open episode that waits.  open_move: the same list for an appointment that moves;
 * by_service: it is we who ask for that. */
enum next open_booking(struct ui *ui, struct id person, struct id service);
enum next open_move(struct ui *ui, struct id appt, bool by_service);

/* S10: a course of sessions of an episode; again: those from that one on are planned anew; 0: new
 * ones. */
enum next open_series(struct ui *ui, struct id episode, int again);
/* A questionnaire about it. */
enum next open_questionnaire(struct ui *ui, struct id episode, struct id person, const char *form);
/* S9: a freed time, and who waits for one. */
enum next open_fill(struct ui *ui, struct id slot);

/* What is needed to ring somebody, and what may be said. */
enum next open_phone(struct ui *ui, struct id person);

/* Who is booked in a clinician's leave that is granted, and where each could go. */
enum next open_away_of(struct ui *ui, struct id clinician);

/* Asks which clinician is ill, and goes on to that. */
enum next open_ill(struct ui *ui);

/* S11. */
enum next open_diary(struct ui *ui, struct id clinician, struct date day);
/* That day of the diary that is open, else of one's own, else of the first colleague's. */
enum next open_diary_on(struct ui *ui, struct date day);

/* Who did what to this appointment; title says in words which it is.  open_trail: to any row whose
 * history `read` reads. */
enum next open_history(struct ui *ui, struct id appt, const char *title);
typedef int trail_read(struct desk *desk, struct id id, struct trail *ret, struct err *err);
enum next open_trail(struct ui *ui, trail_read *read, struct id id, const char *title);

/* A row about an appointment, as the verbs need it. */
struct verb_row {
	struct id appt, person;
	enum appt_state state; /* as the screen shows it */
	char who[PERSON_TEXT]; /* SURNAME, Given (Title), or Private */
	struct date born;
	struct moment starts;
	bool alike;		 /* somebody in the list looks like them */
	char needs[NEEDS_WORDS]; /* what they need, in words; "" nothing */
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
/* A time that was freed is offered to who waits; whoever is booked waits for something earlier. */
enum next verb_wait(struct ui *ui, const struct verb_row *row);
enum next verb_history(struct ui *ui, const struct verb_row *row);
enum next verb_phone(struct ui *ui, const struct verb_row *row);
enum next verb_heed(struct ui *ui, const struct verb_row *row); /* what `!` on a row means */

enum next verb_text(struct ui *ui, const struct verb_row *row);
enum next verb_slip(struct ui *ui, const struct verb_row *row);

/* Ctrl-P: the text as it will stand on paper; Enter prints it.  slip: on the printer for slips. */
enum next open_preview(struct ui *ui, const char *title, const char *text, bool slip);

/* One of a customer's contacts: what they may be told, and what they sent. */
enum next open_contact(struct ui *ui, struct id contact);

/* S5: a new referral about a person: asks which form; by that one; and one that was begun, to go on
 * with it. */
enum next open_intake(struct ui *ui, struct id person);
enum next open_intake_by(struct ui *ui, struct id person, const char *form);
enum next open_intake_of(struct ui *ui, struct id referral);
/* One referral: state, clock, what was answered, said and kept. */
enum next open_referral(struct ui *ui, struct id referral);

/* What a clinician has still to finish. */
enum next open_finish(struct ui *ui, struct id clinician);

/* How late a clinician runs today, in minutes, asked on row 23. */
enum next ask_late(struct ui *ui, struct id clinician);

/* Who may, as the acts themselves say. */
#define APPT_ROLES (ROLE_DESK | ROLE_ADMINISTRATOR)

/*
 * The verbs of a screen, from how it gives its selected row, struct verb_row row_of(const void *):
 * VERB_ACTS(desk, selected) makes desk_do_arrive() and so on, and KEY_ARRIVE(desk) is the
 * row of its key.  So a key has one name, one label and one rule wherever it is.
 */
#define VERB_ACT(screen, verb, row_of)                                                             \
	static enum next screen##_do_##verb(struct ui *ui, void *state)                            \
	{                                                                                          \
		struct verb_row row = row_of(state);                                               \
                                                                                                   \
		return verb_##verb(ui, &row);                                                      \
	}
#define VERB_ACTS(screen, row_of)                                                                  \
	VERB_ACT(screen, arrive, row_of)                                                           \
	VERB_ACT(screen, room, row_of)                                                             \
	VERB_ACT(screen, seen, row_of)                                                             \
	VERB_ACT(screen, dna, row_of)                                                              \
	VERB_ACT(screen, late, row_of)                                                             \
	VERB_ACT(screen, cancel, row_of)                                                           \
	VERB_ACT(screen, move, row_of)                                                             \
	VERB_ACT(screen, phone, row_of)

#define KEY_VERB(letter, verb, words, says, big, does)                                             \
	{                                                                                          \
		.key = letter, .name = verb, .label = words, .help = says, .roles = APPT_ROLES,    \
		.serious = big, .commits = true, .act = does                                       \
	}
#define KEY_ARRIVE(screen)                                                                         \
	KEY_VERB("a", "arrive", "Arrived", "mark arrived", false, screen##_do_arrive)
#define KEY_ROOM(screen) KEY_VERB("i", "room", "In room", "mark in room", false, screen##_do_room)
#define KEY_SEEN(screen) KEY_VERB("s", "seen", "Seen", "mark seen", false, screen##_do_seen)
#define KEY_DNA(screen)	 KEY_VERB("D", "dna", "DNA", "did not attend", true, screen##_do_dna)
#define KEY_LATE(screen)                                                                           \
	KEY_VERB("N", "late", NULL, "came too late to be seen", true, screen##_do_late)
#define KEY_CANCEL(screen)                                                                         \
	KEY_VERB("X", "cancel", "Cancel", "cancel: by whom and why", true, screen##_do_cancel)
#define KEY_WAIT(screen)                                                                           \
	KEY_VERB("w", "wait", NULL, "fill it from the waiting list", false, screen##_do_wait)
#define KEY_PHONE(screen)                                                                          \
	{                                                                                          \
		.key = "p", .name = "phone", .label = "Phone",                                     \
		.help = "numbers, what may be said", .commits = true, .act = screen##_do_phone     \
	}
#define KEY_TEXT(screen)                                                                           \
	KEY_VERB("t", "text", NULL, "text: a reminder, or rebook", false, screen##_do_text)
#define KEY_SLIP(screen)                                                                           \
	{                                                                                          \
		.key = "C-p", .name = "slip", .help = "print the appointment slip",                \
		.commits = true, .act = screen##_do_slip                                           \
	}
#define KEY_MOVE(screen)                                                                           \
	KEY_VERB("m", "move", "Move", "move to another time", false, screen##_do_move)

#endif
