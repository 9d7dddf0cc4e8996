/* record_acts.h: the acts of plain records and of secrets (private to the clinic). */
#ifndef CLINIC_RECORD_ACTS_H
#define CLINIC_RECORD_ACTS_H

#include "clinic/act.h"

extern const struct act act_add, act_edit, act_secret;

#endif
