/* form_acts.h: a form's version taken into use (private to the clinic). */
#ifndef CLINIC_FORM_ACTS_H
#define CLINIC_FORM_ACTS_H

#include "clinic/act.h"
#include "clinic/forms.h"

extern const struct act act_form_use;

/* Keeps what was found, unless its words are kept already. */
int form_use(struct desk *desk, const struct form_found *f, struct err *err);

#endif
