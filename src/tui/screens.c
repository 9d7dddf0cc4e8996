/* screens.c: the table of screens; the first is where F3 goes. */
#include "clinic/desk.h"
#include "clinic/park.h"
#include "clinic/session.h"
#include "loop.h"
#include "parking.h"
#include "screens.h"

extern const struct screen screen_desk, screen_find, screen_person, screen_details, screen_diary,
	screen_finish, screen_triage, screen_physio, screen_counselling, screen_tasks, screen_task,
	screen_close, screen_phone, screen_alerts, screen_duplicates, screen_pair, screen_outbox,
	screen_signin, screen_lock;
extern const struct screen screen_decide, screen_series, screen_answering;
extern const struct screen screen_book, screen_move, screen_parked, screen_undo;
extern const struct screen screen_away, screen_esr, screen_sync;
extern const struct screen screen_intake, screen_referral, screen_contact;
extern const struct screen screen_waiting, screen_fill;

const struct screen *const screens[] = {
	&screen_desk,	     /* S2 */
	&screen_find,	     /* S3 */
	&screen_person,	     /* S4 */
	&screen_intake,	     /* S5 */
	&screen_referral,    /* one referral in full */
	&screen_contact,     /* who sent it */
	&screen_details,     /* and its form */
	&screen_phone,	     /* p: numbers, and what may be said */
	&screen_alerts,	     /* !: what to heed */
	&screen_duplicates,  /* who may be registered twice */
	&screen_pair,	     /* and two of them side by side */
	&screen_diary,	     /* S11 */
	&screen_finish,	     /* and what is left of it */
	&screen_away,	     /* and whom it hits when they are away */
	&screen_triage,	     /* S6 */
	&screen_decide,	     /* S7 */
	&screen_physio,	     /* who is to be booked */
	&screen_counselling, /* the same of private services */
	&screen_waiting,     /* who waits for a freed time */
	&screen_fill,	     /* S9 */
	&screen_tasks,	     /* S21 */
	&screen_task,	     /* and its form */
	&screen_close,	     /* the end of the day */
	&screen_outbox,	     /* :outbox: what was not sent */
	&screen_book,	     /* S8 */
	&screen_move,	     /* the same list for one that moves */
	&screen_series,	     /* S10 */
	&screen_answering,   /* and what it is asked */
	&screen_parked,	     /* S20 */
	&screen_undo,	     /* what u takes back */
	&screen_esr,	     /* what files of ESR left */
	&screen_sync,	     /* S16 */
	&screen_signin,	     /* S1 */
	&screen_lock,	     /* S1b */
	NULL,
};

/* Where a role begins, the first that fits: a nurse with a diary finds it beside the inbox. Screens
 * that do not stand yet (reports) leave their roles at the desk. */
static const struct {
	unsigned roles;
	const char *screen;
	bool own; /* a diary of one's own, by whoever has one */
} landings[] = {
	{ ROLE_NURSE, "triage", false },
	{ ROLE_ANY, "diary", true },
	{ ROLE_MANAGER, "reports", false },
	{ ROLE_ADMINISTRATOR, "admin", false },
};

void screens_parked(struct ui *ui)
{
	struct parkeds list = { 0 };

	if (loop_screen(ui, "parked") && park_list(ui->desk, &list, NULL) == 0 && list.n)
		ui_open(ui, "parked");
	list_free(&list);
}

void screens_land(struct ui *ui)
{
	/* A database that cannot be written this moment lets people in all the same. */
	session_begin(ui->desk, NULL);
	for (size_t i = 0; i < sizeof landings / sizeof *landings; i++)
		if (ui_for(ui, landings[i].roles) && loop_screen(ui, landings[i].screen) &&
		    (!landings[i].own || !id_none(ui->desk->user.clinician))) {
			ui_open(ui, landings[i].screen);
			break;
		}
	/* What was left is met first: it lies over the screen that the role begins on. */
	screens_parked(ui);
}

void screens_sign_out(struct ui *ui)
{
	parking_all(ui, true);
	desk_stand(ui->desk);
	ui->role = 0;
	ui_restart(ui, "signin");
}
