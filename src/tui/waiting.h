/* waiting.h: what the screens of the waiting list share: the list (g w), and a freed time (S9). */
#ifndef TUI_WAITING_H
#define TUI_WAITING_H

#include "clinic/wait.h"
#include "model/clock.h"
#include "model/person.h"
#include "ui.h"

/* How a wish is asked for, and how much of it may be typed. */
#define WISH_ASKED "What would do"
enum { WISH_TYPED = 240 };

/* "3wd left", "OVER 2wd", "today"; "" for none. */
char *waiting_clock(const struct clock *c, char buf[CLOCK_TEXT]);

/* The numbers of those in view, where they are not known yet. */
int waiting_phones(struct ui *ui, char (*phones)[PHONE_TEXT], const struct wait_offers *offers,
		   size_t top, int height, int shown, struct err *err);

#endif
