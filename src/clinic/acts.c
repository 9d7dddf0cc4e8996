/* acts.c: the table of all acts: a new one is one word here. */
#include "clinic/act.h"
#include "clinic/people_act.h"
#include "clinic/record_acts.h"

const struct act *const acts[] = {
	&act_add, &act_edit, &act_secret, &act_people, &act_person_set, NULL,
};
