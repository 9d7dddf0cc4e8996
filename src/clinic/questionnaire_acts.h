/* questionnaire_acts.h: the acts on questionnaires (private to the clinic). */
#ifndef CLINIC_QUESTIONNAIRE_ACTS_H
#define CLINIC_QUESTIONNAIRE_ACTS_H

#include "clinic/act.h"

extern const struct act act_questionnaire, act_questionnaire_off;

#endif
