/*
 * trail.h: who did what to a row: its history, as people read it.
 *
 * Words are fit for everybody who may see the row: acts never name a private service in them.
 */
#ifndef CLINIC_TRAIL_H
#define CLINIC_TRAIL_H

#include "base/id.h"
#include "clinic/desk.h"
#include "model/user.h"

struct step {
	struct id id; /* of the command */
	struct moment at;
	char user[CODE_TEXT], what[240], why[240];
	bool taken_back; /* undone later */
};
struct trail {
	struct step *v;
	size_t n, cap;
};

/* Oldest first; the caller frees with list_free(). */
int trail_of(struct desk *desk, struct id subject, struct trail *ret, struct err *err);

#endif
