/*
 * away_do.c: a clinician is away: everybody to the home that was chosen, in one user act.
 *
 * The people go first and the time closes behind them.  So nobody who moves becomes a task on the
 * way, and taking it all back, which goes from the last command to the first, opens the time before
 * anybody comes back to it.
 */
#include <stdio.h>

#include "base/alloc.h"
#include "clinic/act.h"
#include "clinic/away.h"
#include "clinic/booking.h"
#include "clinic/booking_acts.h"
#include "clinic/diary.h"
#include "clinic/refs.h"
#include "clinic/wait.h"

/* "ROW 3, OKAFOR: That slot was just taken." */
static int named(const struct away_row *r, struct err *err)
{
	struct err why = ERR_INIT;
	char name[NAME_TEXT], when[DAY_TEXT];

	if (!err)
		return -1;
	why = *err;

	return err_set(err, why.kind, "%s, %s: %s", caps(r->entry.surname, "Somebody", name),
		       moment_show(r->entry.appt.starts, when), why.text);
}

/* Their time is given up: the first that is freed elsewhere is offered to them, too. */
static int to_wait(struct desk *desk, const struct appt_row *r, const char *why, struct err *err)
{
	struct wait_ask ask = { .episode = r->a.episode, .wish = { .from = DATE_NONE } };
	struct wait_row listed = { 0 };
	struct id id;

	if (booking_cancel(desk, r->a.id, CANCEL_SERVICE, why, err) < 0 ||
	    waits_again(desk, r->a.id, err) < 0 || wait_for(desk, r->a.episode, &listed, err) < 0)
		return -1;
	return id_none(listed.w.id) ? wait_add(desk, &ask, &id, err) : 0;
}

static int see_to(struct desk *desk, const struct away *away, const struct away_row *r,
		  struct away_done *done, struct err *err)
{
	struct move_ask to = { .clinician = r->clinician,
			       .starts = r->starts,
			       .by = CANCEL_SERVICE,
			       .why = away->why };
	struct appt_row now;
	int rc = 0;

	if (r->fate == AWAY_KEEP) {
		done->tasks += !r->gone;
		return 0;
	}
	if (appt_get(desk->store, r->entry.appt.id, &now, err) < 0)
		return -1;
	/* What was shown is what is done: not to who went elsewhere meanwhile. */
	if (now.a.starts.utc != r->entry.appt.starts.utc ||
	    !id_same(now.a.clinician, r->entry.appt.clinician))
		rc = err_set(err, ERR_CLASH, "somebody has moved them by now: F5 looks again.");
	else if (r->fate == AWAY_MOVE)
		rc = booking_move(desk, r->entry.appt.id, &to, err);
	else
		rc = to_wait(desk, &now, away->why, err);
	if (rc < 0)
		return named(r, err);
	done->moved += r->fate == AWAY_MOVE;
	done->waiting += r->fate == AWAY_WAIT;
	return 0;
}

static int close_it(struct desk *desk, const struct away *a, struct err *err)
{
	if (a->granted)
		return 0;
	return a->leave
		       ? diary_leave(desk, a->clinician, a->first, a->last, a->why, NULL, NULL, err)
		       : diary_block(desk, a->clinician, a->from, a->to, a->why, NULL, err);
}

int away_do(struct desk *desk, const struct away *away, const struct away_rows *rows,
	    struct away_done *ret, struct err *err)
{
	struct away_done done = { 0 };
	bool own;
	int rc;

	if (act_join(desk, &own, err) < 0)
		return -1;
	for (rc = 0; rc == 0 && done.at < rows->n; done.at += rc == 0)
		rc = see_to(desk, away, &rows->v[done.at], &done, err);
	if (rc == 0)
		rc = close_it(desk, away, err);
	*ret = done;
	return act_part(desk, own, rc, err);
}
