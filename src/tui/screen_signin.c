/*
 * screen_signin.c: S1: who sits down here, and at which desk.
 *
 * Staff have no shell: this screen is what they meet first.  A database in which nobody has a
 * password yet asks its first administrator for one.  A practice database says whom one can be.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clinic/demo.h"
#include "clinic/flag.h"
#include "clinic/health.h"
#include "clinic/record.h"
#include "clinic/refs.h"
#include "clinic/signin.h"
#include "model/number.h"
#include "screens.h"
#include "sync/state.h"

enum { HINTS = 6 };

struct signin {
	struct form form;
	struct form_field fields[4];
	char **sites;	   /* OWN_DESK, names, NULL; copies, for the references change meanwhile */
	bool begun, first; /* first: nobody has a password yet */
	char service[NAME_TEXT];
	char hints[HINTS][64], password[WORDS_TEXT];
	int hinted;
	struct sync_now sync;
};

static const char OWN_DESK[] = "your own";

static enum next signin_go(struct ui *ui, void *state);

static const struct form_field fields[] = {
	{ .name = "user",
	  .label = "User name",
	  .row = 4,
	  .col = 13,
	  .box = 26,
	  .width = 20,
	  .max = 31,
	  .required = true },
	{ .name = "password",
	  .label = "Password",
	  .row = 5,
	  .col = 13,
	  .box = 26,
	  .width = 20,
	  .kind = FIELD_PASSWORD,
	  .max = 200,
	  .required = true },
	{ .name = "desk",
	  .label = "Desk",
	  .row = 6,
	  .col = 13,
	  .box = 26,
	  .width = 20,
	  .kind = FIELD_CHOICE,
	  .max = 100 },
	{ 0 },
};

/* One user of each role, for a practice database. */
static int practice_hints(struct ui *ui, struct signin *s, struct err *err)
{
	struct record_rows users = { 0 };
	char seen[256] = "", chosen[WORDS_TEXT];

	/* Those that the practice service was made around, if it says; else the first of each. */
	if (demo_users(ui->desk, chosen, sizeof chosen, err) < 0 ||
	    record_list(ui->desk, record_find("user"), &users, err) < 0)
		return -1;
	list_each (row, &users) {
		const char *name = (*row)[0], *role = (*row)[1];

		if (s->hinted == HINTS || strstr(seen, role) || strcmp((*row)[4], "on") != 0 ||
		    !strchr(name, '.') || (*chosen && !words_have(chosen, name)))
			continue;
		snprintf(s->hints[s->hinted++], sizeof s->hints[0], "%-14.20s %.20s", name, role);
		snprintf(seen + strlen(seen), sizeof seen - strlen(seen), " %s", role);
	}
	record_rows_done(&users);
	snprintf(s->password, sizeof s->password, "%s", ui->desk->refs->practice_password);
	return 0;
}

static void begin(struct ui *ui, struct signin *s)
{
	const struct sites *all = &ui->desk->refs->sites;
	size_t n = 0;

	s->sites = mem_new(sizeof *s->sites * (all->n + 2));
	s->sites[n++] = mem_str(OWN_DESK);
	list_each (site, all)
		if (site->on)
			s->sites[n++] = mem_str(site->name);
	memcpy(s->fields, fields, sizeof fields);
	s->fields[2].choices = (const char *const *)s->sites;
	form_init(&s->form, s->fields);
	form_set(&s->form, "desk", OWN_DESK);
	form_focus(&s->form, "user");
	s->begun = true;
}

static int signin_load(struct ui *ui, void *state, bool refresh, struct err *err)
{
	struct signin *s = state;
	bool any;

	if (sync_now(ui->desk, &s->sync, err) < 0)
		return -1;
	if (refresh)
		return 0;
	if (signin_any(ui->desk, &any, err) < 0)
		return -1;
	s->first = !any;
	snprintf(s->service, sizeof s->service, "%s", ui->desk->refs->service_name);
	if (!s->begun)
		begin(ui, s);
	s->hinted = 0;
	return ui->desk->practice && any ? practice_hints(ui, s, err) : 0;
}

/* How the line to the hub is; gives the rows that it takes more than its own. */
static int server(struct canvas *c, const struct signin *s)
{
	const struct sync_now *n = &s->sync;
	char at[DAY_TEXT];

	if (n->word == SYNC_ALONE)
		return 0;
	canvas_put(c, 7, 13, PLAIN, "Server");
	if (n->word != SYNC_OFFLINE) {
		if (!moment_none(n->reached))
			canvas_printf(c, 7, 26, PLAIN, "reached %s", moment_show(n->reached, at));
		else
			canvas_put(c, 7, 26, PLAIN, "this is the hub");
		return 0;
	}
	canvas_printf(c, 7, 26, PLAIN, "not reached %s%s",
		      moment_none(n->offline) ? "yet" : "since ",
		      moment_none(n->offline) ? "" : moment_show(n->offline, at));
	canvas_put(c, 8, 13, PLAIN, "You can sign in with the details kept on this machine.");
	canvas_put(c, 9, 13, PLAIN,
		   "Your own slots book as ever; other sites' show T until it answers.");
	return 2;
}

static void signin_draw(struct canvas *c, const void *state)
{
	const struct signin *s = state;
	int at = 9 + server(c, s);

	canvas_put(c, 2, 13, BOLD, "ohdesk");
	canvas_put(c, 2, 26, PLAIN, s->service);
	form_draw(c, &s->form, true, 0);
	canvas_put(c, 6, 50, PLAIN, "F4 Choose");
	if (s->first)
		canvas_wrap(
			c, at, 13, c->cols - 14, 3, PLAIN,
			"Nobody has a password here yet.  The first administrator types their user name and the "
			"password that they will use from now on.");
	if (s->hinted) {
		canvas_put(c, at, 13, PLAIN,
			   "This is a practice database: nobody in it is real.  You can be");
		for (int i = 0; i < s->hinted; i++)
			canvas_put(c, at + 2 + i, 15, PLAIN, s->hints[i]);
		canvas_printf(c, at + 3 + s->hinted, 13, PLAIN, "Password of all: %s", s->password);
	}
}

static void signin_leave(struct ui *ui, void *state)
{
	struct signin *s = state;

	(void)ui;
	form_done(&s->form);
	for (size_t i = 0; s->sites && s->sites[i]; i++)
		mem_free(s->sites[i]);
	mem_free(s->sites);
}

static struct form *signin_form(void *state)
{
	return &((struct signin *)state)->form;
}

/* The desk that was chosen, or the user's own; all sites for who has none. */
static void take_place(struct ui *ui, const struct signin *s)
{
	const char *name = form_text(&s->form, "desk");

	if (strcmp(name, OWN_DESK) == 0)
		return;
	list_each (site, &ui->desk->refs->sites)
		if (strcmp(site->name, name) == 0)
			ui->desk->site = *site;
}

/* The first administrator's password becomes what they typed; unless somebody got one meanwhile, at
 * another desk: then it is a password like any other. */
static int first_password(struct ui *ui, const char *user, const char *password, struct err *err)
{
	bool any;

	if (signin_any(ui->desk, &any, err) < 0)
		return -1;
	if (any)
		return signin(ui->desk, user, password, err);
	if (desk_sit(ui->desk, user, err) < 0)
		return -1;
	if (ui->desk->user.role != ROLE_ADMINISTRATOR) {
		desk_stand(ui->desk);
		return err_set(err, ERR_DENIED, "%s is no administrator: an administrator begins.",
			       user);
	}
	if (signin_set_secret(ui->desk, user, password, false, err) == 0)
		return 0;
	desk_stand(ui->desk);
	return -1;
}

/* What is amiss is heard by whoever begins to work, from the data as it is now. */
static void say_health(struct ui *ui)
{
	struct err err = ERR_INIT;
	struct health h;
	char line[HEALTH_LINE];

	if (health_look(ui->desk, &h, &err) < 0)
		ui_fail(ui, &err);
	else if (h.amiss)
		ui_warn(ui, "%s", health_line(&h, line));
	else
		ui_done(ui, "Nothing is amiss, %s", health_line(&h, line));
}

/* A flag that came in by night, and that nobody looks after yet, comes before all else. */
static bool say_flags(struct ui *ui)
{
	struct flags_alone alone = { 0 };
	struct err err = ERR_INIT;
	char since[DAY_TEXT], duty[PHONE_TEXT];
	bool clinical = ui->desk->user.role & TRIAGE_ROLES;

	if (!(ui->desk->user.role & ROLE_DESK))
		return false;
	if (flags_alone(ui->desk, &alone, &err) < 0) {
		ui_fail(ui, &err);
		return true;
	}
	if (alone.n == 0)
		return false;
	moment_said(alone.since, ui->desk->today, since);
	if (clinical)
		ui_warn(ui, "%d flag%s since %s that nobody has taken: on top of g t.", alone.n,
			alone.n == 1 ? "" : "s", since);
	else
		ui_warn(ui, "%d red flag%s untaken since %s: ring %s%s.", alone.n,
			alone.n == 1 ? "" : "s", since, *ui->desk->site.duty ? "duty " : "a nurse",
			*ui->desk->site.duty ? phone_show(ui->desk->site.duty, duty) : "");
	return true;
}

static enum next signin_go(struct ui *ui, void *state)
{
	struct signin *s = state;
	const char *user = form_text(&s->form, "user"), *password = form_text(&s->form, "password");
	struct err err = ERR_INIT;
	int rc;

	/* Enter on the name goes to the password, as fingers expect. */
	if (*user && !*password && form_on(&s->form, "user")) {
		form_focus(&s->form, "password");
		return STAY;
	}
	if (form_complete(&s->form, &err) < 0)
		return ui_fail(ui, &err);
	rc = s->first ? first_password(ui, user, password, &err)
		      : signin(ui->desk, user, password, &err);
	form_set(&s->form, "password", "");
	if (rc < 0) {
		form_focus(&s->form, "password");
		return ui_fail(ui, &err);
	}
	take_place(ui, s);
	ui->role = ui->desk->user.role;
	ui_restart(ui, "desk");
	screens_land(ui);
	if (!say_flags(ui))
		say_health(ui);
	return STAY;
}

static enum next signin_quit(struct ui *ui, void *state)
{
	(void)ui, (void)state;
	return QUIT;
}

static const struct key keys[] = {
	{ .key = "Enter", .name = "signin", .label = "Sign in", .act = signin_go },
	{ .key = "Tab", .name = "next", .label = "Next field" },
	{ .key = "F4", .name = "choose", .label = "Choose" },
	{ .key = "C-u", .name = "clear", .label = "Clear" },
	{ .key = "C-q",
	  .name = "quit",
	  .label = "Leave",
	  .help = "leave the program",
	  .act = signin_quit },
	{ 0 },
};

const struct screen screen_signin = {
	.name = "signin",
	.title = "SIGN IN",
	.help = "sign in",
	.modal = true,
	.state = sizeof(struct signin),
	.load = signin_load,
	.draw = signin_draw,
	.leave = signin_leave,
	.form = signin_form,
	.keys = keys,
};
