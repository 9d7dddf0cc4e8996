/* tables.h: each noun's file and its table of commands, NOUN_commands[]. */
#ifndef CLI_TABLES_H
#define CLI_TABLES_H

#include "cli/cli.h"
#include "model/after.h"

#define COMMAND_TABLES(X)                                                                          \
	X(demo)                                                                                    \
	X(site)                                                                                    \
	X(user)                                                                                    \
	X(holiday)                                                                                 \
	X(appt)                                                                                    \
	X(person)                                                                                  \
	X(task)                                                                                    \
	X(referral)                                                                                \
	X(triage)                                                                                  \
	X(flag)                                                                                    \
	X(contact)                                                                                 \
	X(day)                                                                                     \
	X(esr)                                                                                     \
	X(template)                                                                                \
	X(diary)                                                                                   \
	X(slot)                                                                                    \
	X(series)                                                                                  \
	X(wait)                                                                                    \
	X(form)                                                                                    \
	X(outbox)                                                                                  \
	X(print)                                                                                   \
	X(hold)                                                                                    \
	X(node)                                                                                    \
	X(hub)                                                                                     \
	X(sync)                                                                                    \
	X(answers)                                                                                 \
	X(report)                                                                                  \
	X(audit)                                                                                   \
	X(store)                                                                                   \
	X(help)

#define X(noun) extern const struct command noun##_commands[];
COMMAND_TABLES(X)
#undef X

/* --result of a call, of an appointment's or a task's (appt.c). */
int need_result(const struct cli *c, enum try_result *ret, struct err *err);

/* Of the noun sync: what waits for a person (clash.c). */
int clash_list_run(struct cli *c, struct err *err);
int clash_settle_run(struct cli *c, struct err *err);
extern const struct option clash_options[];

/* Filled from the table of records when the program starts. */
extern struct command record_commands[];

#endif
