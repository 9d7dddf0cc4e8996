/* who.h: the banner of the person that a screen is about, kept between two draws. */
#ifndef TUI_WHO_H
#define TUI_WHO_H

#include "base/day.h"
#include "base/id.h"
#include "model/person.h"
#include "ui.h"

struct who {
	char name[PERSON_TEXT], born[DAY_TEXT + 8], nhs[NHS_TEXT];
	char preferred[NAME_TEXT], gender[CODE_TEXT], employee[CODE_TEXT];
	int alerts;
	char brief[PERSON_TEXT]; /* OKAFOR, Adaeze: for row 23 */
};

int who_load(struct ui *ui, struct id person, struct who *ret, struct err *err);

/* From row 2 on; gives the first row below it, as bar_person() does. */
int who_top(const struct who *who, int cols); /* that row, before it is drawn */
int who_draw(struct canvas *c, const struct who *who);

#endif
