/* wait_acts.h: the acts of the waiting list (private to the clinic). */
#ifndef CLINIC_WAIT_ACTS_H
#define CLINIC_WAIT_ACTS_H

#include "clinic/act.h"
#include "clinic/wait.h"

extern const struct act act_wait_add, act_wait_set, act_wait_end, act_wait_back;
extern const struct act act_wait_try, act_wait_try_back, act_wait_answer;

/* The way in which they would take a freed time: as what they have is, else as they said, when the
 * service offers it. */
enum mode wait_mode(const struct service *s, const struct wait_row *r);

/* Off the list, for they took a freed time: inside the user act that books it. */
int wait_taken(struct desk *desk, struct id wait, struct err *err);

#endif
