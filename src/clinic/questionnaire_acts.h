/* questionnaire_acts.h: the acts on questionnaires (private to the clinic). */
#ifndef CLINIC_QUESTIONNAIRE_ACTS_H
#define CLINIC_QUESTIONNAIRE_ACTS_H

#include "clinic/act.h"
#include "clinic/questionnaire.h"

struct new_tasks;

extern const struct act act_questionnaire, act_questionnaire_off;

/* Those of a service, whoever asks: for rules, and never to be shown. */
int questionnaires_all(struct desk *desk, const struct service *s, struct asked_forms *ret,
		       struct err *err);

/* A session that is marked seen, whoever marks it: were questionnaires due at it, and has nobody
 * taken any in since the one before?  Then a task asks whoever saw them.  Nothing of it is told to
 * whoever marks. */
int questionnaires_due(struct desk *desk, const struct appt *a, struct new_tasks *ret,
		       struct err *err);

#endif
