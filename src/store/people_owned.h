/*
 * people_owned.h: the tables whose rows hang on a person by a column `person` (private to the
 * store).
 *
 * Merging two records moves these rows, so a new table about people is one line here; test_merge
 * holds it against the schema.
 */
#ifndef STORE_PEOPLE_OWNED_H
#define STORE_PEOPLE_OWNED_H

#include "store/people.h"

/* X(table, its key) */
#define OWNED(X)                                                                                   \
	X("booking", "appt")                                                                       \
	X("episode", "id")                                                                         \
	X("contact", "id")                                                                         \
	X("post", "id")                                                                            \
	X("detail", "id")                                                                          \
	X("former_name", "id")                                                                     \
	X("answer", "id")                                                                          \
	X("referral", "id")                                                                        \
	X("flag", "id")                                                                            \
	X("wait", "id")                                                                            \
	X("task", "id")                                                                            \
	X("message", "id")                                                                         \
	X("esr_person", "id")                                                                      \
	X("esr_difference", "id")

#endif
