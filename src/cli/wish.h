/* wish.h: which free times would do, as options (private to the command line). */
#ifndef CLI_WISH_H
#define CLI_WISH_H

#include "cli/cli.h"
#include "clinic/search.h"

#define OPT_WISH                                                                                   \
	{ "site", "CODE|any", "there only" },                                                      \
		{ "from", "DATE", "the first day; now unless said" },                              \
		{ "by", "DATE", "the last day" }, { "after", "HH:MM", "starts then or later" },    \
		{ "before", "HH:MM", "ends then or earlier" },                                     \
		{ "days", "mon,thu", "on these days of the week" },                                \
		{ "with", "woman|man|same|any", "same: who saw the person last" },                 \
		{ "skill", "WORD", "with whoever has it" },                                        \
	{                                                                                          \
		"needs", "WORDS", "in a room that has them: step_free hearing quiet; own"          \
	}

/* Into a search whose service is known; person: whose last clinician and needs are meant; none. */
int opt_wish(struct cli *c, struct id person, struct search *s, struct err *err);

#endif
