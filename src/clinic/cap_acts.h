/* cap_acts.h: the acts about more sessions than the cap (private to the clinic). */
#ifndef CLINIC_CAP_ACTS_H
#define CLINIC_CAP_ACTS_H

#include "clinic/act.h"

extern const struct act act_extend_ask, act_extend_off, act_extend_answer;

#endif
