/*
 * people.h: what the screens about people (screen_find.c, screen_details.c, screen_person.c) share.
 */
#ifndef TUI_PEOPLE_H
#define TUI_PEOPLE_H

#include "open.h"

extern const struct screen screen_find, screen_details, screen_person;

/* The details of a person as a form, the cursor on the mobile number. */
enum next open_details(struct ui *ui, struct id person);

/* The same form for somebody new, filled in from what was typed into the find box; `then` gets the
 * person once they are registered, with the form gone again. */
enum next open_add(struct ui *ui, const char *typed, find_then *then);

/* Two records that may be one person's, side by side. */
enum next open_pair(struct ui *ui, struct id a, struct id b);

/* What is to be heeded about the person of the banner. */
enum next open_alerts(struct ui *ui, struct id person);
#define KEY_ALERTS(does)                                                                           \
	{                                                                                          \
		.key = "!", .name = "alerts", .help = "what to heed about them", .act = does       \
	}

/* "14-Aug-1984 (41y)", "" when not known; buf holds BORN_TEXT bytes. */
enum { BORN_TEXT = DAY_TEXT + 8 };
char *banner_born(struct date born, struct date today, char buf[BORN_TEXT]);

#endif
