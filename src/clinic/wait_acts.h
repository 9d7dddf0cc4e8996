/* wait_acts.h: the acts of the waiting list (private to the clinic). */
#ifndef CLINIC_WAIT_ACTS_H
#define CLINIC_WAIT_ACTS_H

#include "clinic/act.h"
#include "clinic/wait.h"

extern const struct act act_wait_add, act_wait_set, act_wait_end, act_wait_back;

#endif
