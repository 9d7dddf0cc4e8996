/* flag_acts.h: the acts on flags (private to the clinic). */
#ifndef CLINIC_FLAG_ACTS_H
#define CLINIC_FLAG_ACTS_H

#include "clinic/act.h"
#include "clinic/flag.h"
#include "store/flags.h"

extern const struct act act_flag_raise, act_flag_call, act_flag_told, act_flag_taken, act_flag_plan,
	act_flag_clear, act_flag_back;

/* Seen by this user, or raised by them: who it is about is on the telephone. */
bool flag_known(const struct desk *desk, const struct flag *f);

/* An alert: for nurses, or the counsellors of a private service; its words say nothing clinical. */
struct new_task *flag_alert(struct desk *desk, struct new_tasks *tasks, struct id person,
			    struct id service, struct moment due, const char *text);

/* For whom a form's rule says instead: somebody of that role or with that right.  Whoever could not
 * see a private service is told without its name; nobody there, as usual.  NULL: as usual. */
void flag_alert_for(struct desk *desk, struct new_task *n, const char *role);

#endif
