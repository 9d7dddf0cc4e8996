/*
 * people_end.c: somebody has left, or died: what is booked for them becomes a task.
 *
 * The bookings stay until somebody has settled each: who left may still be owed a visit, and a
 * family is told by a person.  The task names times and clinicians and never a service, so that
 * every desk may read it.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/people_act.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "store/appts.h"
#include "store/people.h"

enum { LISTED = 4 };

#define LIVE (1u << APPT_REQUESTED | 1u << APPT_BOOKED | 1u << APPT_ARRIVED | 1u << APPT_IN_ROOM)

/* "12-Mar 10:00 Marsh, 19-Mar 10:40 Obi and 2 more" */
static void list(struct desk *desk, const struct appt_rows *rows, struct buf *out)
{
	char day[DAY_TEXT], at[DAY_TEXT];

	for (size_t i = 0; i < rows->n && i < LISTED; i++) {
		const struct appt *a = &rows->v[i].a;
		const struct clinician *c = ref_clinician(desk, a->clinician);

		buf_printf(out, "%s%s %s %s", i ? ", " : "", date_show_short(a->day, day),
			   minute_show(moment_minute(a->starts), at), c ? c->surname : "");
	}
	if (rows->n > LISTED)
		buf_printf(out, " and %zu more", rows->n - LISTED);
}

/* Of their own site when all is booked at one. */
static struct id site_of(const struct appt_rows *rows)
{
	struct id site = rows->v[0].a.site;

	list_each (r, rows)
		if (!id_same(r->a.site, site))
			return (struct id){ 0 };
	return site;
}

static void open_task(struct desk *desk, struct people *p, const struct person *who, bool died,
		      const struct appt_rows *rows)
{
	char name[PERSON_TEXT];
	struct buf booked = { 0 };
	struct new_task *t;

	list(desk, rows, &booked);
	t = task_open(desk, &p->tasks, TASK_LEAVER, desk->now, "%s has %s. Booked: %s",
		      person_show(who->surname, who->given, who->title, name),
		      died ? "died" : "left", booked.s);
	t->person = who->id;
	t->role = mem_str(role_word(ROLE_RECEPTION));
	t->site = site_of(rows);
	buf_done(&booked);
}

static int ended(struct desk *desk, struct people *p, const struct edit *e, struct err *err)
{
	const struct appt_filter open = { .person = e->row,
					  .from = desk->today,
					  .to = DATE_NONE,
					  .states = LIVE,
					  .today = desk->today };
	struct appt_rows rows = { 0 };
	struct person who;
	int rc = people_get(desk->store, e->row, &who, err);

	if (rc == 0)
		rc = appts_select(desk->store, &open, &rows, err);
	if (rc == 0 && rows.n > 0) {
		open_task(desk, p, &who, strcmp(e->value, "deceased") == 0, &rows);
		desk_warn(desk, "%zu booked for them still: a task lists %s.", rows.n,
			  rows.n == 1 ? "it" : "them");
	}
	list_free(&rows);
	return rc;
}

int people_end(struct desk *desk, struct people *p, struct err *err)
{
	for (size_t i = 0; i < p->edits.n; i++) {
		const struct edit *e = &p->edits.v[i];
		bool status = strcmp(e->table, "person") == 0 && strcmp(e->column, "status") == 0;

		if (status && e->value &&
		    (strcmp(e->value, "leaver") == 0 || strcmp(e->value, "deceased") == 0) &&
		    ended(desk, p, e, err) < 0)
			return -1;
	}
	return 0;
}
