/*
 * details.h: the form of a person's details, for its two halves: details_form.c knows the fields,
 * screen_details.c the screen and the saving.
 */
#ifndef TUI_DETAILS_H
#define TUI_DETAILS_H

#include "clinic/intake.h"
#include "model/park.h"
#include "people.h"

enum { DETAILS_WORK = 4 };  /* the last part of the form */
#define CUSTOMER "customer" /* the one field that is not intake.h's: whose job, whose number */

struct details {
	struct form form;
	struct form_field fields[INTAKE_COUNT + 2];
	struct id customer;	 /* whose post is shown; none: the current one's */
	char *was[INTAKE_COUNT]; /* what each field said when it was filled in; NULL not shown */
	struct id person;	 /* none: somebody new */
	struct person_card seen;
	find_then *then;
	char *typed; /* in the find box */
	const char **customers;
	char *posts; /* all posts in words, a line each */
	bool anyway; /* asked: a former surname was settled */
	bool begun;
	struct parcel *back; /* what was typed before it was parked, until it stands in the form */
	char name[PERSON_TEXT], born[BORN_TEXT], nhs[NHS_TEXT], employee[CODE_TEXT];
};

/* Makes the form: of somebody new from what was typed, else with the cursor on the mobile number.
 */
void details_begin(struct ui *ui, struct details *d);
/* Fills in what the record says, but for fields that were typed into. */
void details_fill(struct details *d, const struct person_card *card);
/* Another employer was chosen: what the record says of the post there. */
void details_post(struct ui *ui, struct details *d);
/* details_park.c */
bool details_park(const struct ui *ui, const void *state, struct parked *ret, struct parcel *texts);
enum next details_resume(struct ui *ui, const struct parked *was, const struct parcel *texts);
void details_put_back(struct ui *ui, struct details *d);

/* The parts of the form on one row, the cursor's in brackets. */
void details_parts(struct canvas *c, const struct details *d, int row);

#endif
