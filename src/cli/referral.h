/* referral.h: what the commands about referrals share (private to the command line). */
#ifndef CLI_REFERRAL_H
#define CLI_REFERRAL_H

#include "cli/cli.h"
#include "clinic/referral.h"

extern const char *const referral_columns[];
void referral_put_row(struct cli *c, const struct referral_row *r);
/* One by itself, as it stands after a command; nothing when it is out of sight now. */
int referral_print(struct cli *c, struct id id, struct err *err);
/* The inbox in its order; `asked` adds how long something is asked for. */
int referral_print_inbox(struct cli *c, const struct inbox_filter *filter, struct err *err);
/* The first word of the command names one. */
int referral_arg(struct cli *c, struct id *ret, struct err *err);

/* Options that several take: a service, a site, a clinician by code; none given: none. */
int opt_service_id(const struct cli *c, struct id *ret, struct err *err);
int opt_site_id(const struct cli *c, struct id *ret, struct err *err);
/* A whole number that must be given. */
int need_int(const struct cli *c, const char *name, long min, long max, int *ret, struct err *err);

#endif
