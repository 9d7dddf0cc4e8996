/* open.c: the doors to screens, for a program built without one of them: they say so. */
#include "open.h"

#define DOOR __attribute__((weak))

DOOR enum next open_person(struct ui *ui, struct id person)
{
	(void)person;
	return ui_failf(ui, "The person screen is not part of this program.");
}

DOOR enum next open_find(struct ui *ui, const char *purpose, find_then *then, const char *text)
{
	(void)purpose, (void)then, (void)text;
	return ui_failf(ui, "The find screen is not part of this program.");
}

DOOR enum next open_diary(struct ui *ui, struct id clinician, struct date day)
{
	(void)clinician, (void)day;
	return ui_failf(ui, "The diary screen is not part of this program.");
}
