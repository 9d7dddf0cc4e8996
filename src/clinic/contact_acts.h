/* contact_acts.h: the acts on a customer's contacts (private to the clinic). */
#ifndef CLINIC_CONTACT_ACTS_H
#define CLINIC_CONTACT_ACTS_H

#include "clinic/act.h"

extern const struct act act_contact_add, act_contact_set;

#endif
