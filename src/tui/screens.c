/* screens.c: the table of screens; the first is where F3 goes. */
#include "clinic/desk.h"
#include "loop.h"
#include "screens.h"

extern const struct screen screen_desk, screen_signin, screen_lock;

const struct screen *const screens[] = {
	&screen_desk,
	&screen_signin,
	&screen_lock,
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
