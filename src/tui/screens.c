/* screens.c: the table of screens; the first is where F3 goes. */
#include "clinic/desk.h"
#include "loop.h"
#include "screens.h"

extern const struct screen screen_desk, screen_find, screen_person, screen_details, screen_diary,
	screen_finish, screen_tasks, screen_task, screen_close, screen_phone, screen_alerts,
	screen_duplicates, screen_pair, screen_outbox, screen_signin, screen_lock;

const struct screen *const screens[] = {
	&screen_desk,	    /* S2 */
	&screen_find,	    /* S3 */
	&screen_person,	    /* S4 */
	&screen_details,    /* and its form */
	&screen_phone,	    /* p: numbers, and what may be said */
	&screen_alerts,	    /* !: what to heed */
	&screen_duplicates, /* who may be registered twice */
	&screen_pair,	    /* and two of them side by side */
	&screen_diary,	    /* S11 */
	&screen_finish,	    /* and what is left of it */
	&screen_tasks,	    /* S21 */
	&screen_task,	    /* and its form */
	&screen_close,	    /* the end of the day */
	&screen_outbox,	    /* :outbox: what was not sent */
	&screen_signin,	    /* S1 */
	&screen_lock,	    /* S1b */
	NULL,
};

void screens_land(struct ui *ui)
{
	/* Whoever has a diary of their own begins on it; everybody else at the desk. */
	if (!id_none(ui->desk->user.clinician) && loop_screen(ui, "diary"))
		ui_open(ui, "diary");
}

void screens_sign_out(struct ui *ui)
{
	desk_stand(ui->desk);
	ui->role = 0;
	ui_restart(ui, "signin");
}
