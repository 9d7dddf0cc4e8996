/* closing_acts.h: the acts that close a day (private to the clinic). */
#ifndef CLINIC_CLOSING_ACTS_H
#define CLINIC_CLOSING_ACTS_H

#include "clinic/act.h"

extern const struct act act_day_close, act_day_reopen;

#endif
