/* demo.c: making a practice database. */
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/tables.h"
#include "clinic/demo.h"

static const struct option demo_options[] = {
	{ "people", "N", "staff of the employers; 25000 unless said" },
	{ "years", "N", "of history behind; 2 unless said" },
	{ "sites", "N", "clinics; 6 unless said" },
	{ "clinicians", "N", "60 unless said" },
	{ "appointments", "N",
	  "about so many behind, if the diaries hold them; two a year for each of staff" },
	{ "seed", "N", "the same number makes the same service; 1 unless said" },
	{ "today", "DATE",
	  "its clock starts on the last working day up to here; today unless said" },
	{ 0 },
};

/* Staff of 68 were born, and bank holidays are known by rule, within these. */
enum { YEAR_LEAST = 2000, YEAR_MOST = 2150 };

static volatile sig_atomic_t stopped;

static void stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* One line that is written over, when a person watches; and the way a signal gets in. */
static bool tick(void *ctx, const char *what, int64_t done, int64_t total)
{
	const bool *shown = ctx;

	if (*shown && total > 0)
		fprintf(stderr, "\r%-10s %3d%%  %10lld ", what, (int)(done * 100 / total),
			(long long)done);
	return !stopped;
}

static int read_wants(struct cli *c, struct demo_want *want, struct err *err)
{
	int appointments = 0, seed = 1, y, m, day;
	struct world machine = world_system();

	want->today = moment_date(world_now(&machine));
	if (cli_opt_int(c, "people", DEMO_PEOPLE_LEAST, DEMO_PEOPLE_MOST, &want->people, err) < 0 ||
	    cli_opt_int(c, "years", 1, DEMO_YEARS_MOST, &want->years, err) < 0 ||
	    cli_opt_int(c, "sites", 1, DEMO_SITES_MOST, &want->sites, err) < 0 ||
	    cli_opt_int(c, "clinicians", DEMO_CLINICIANS_LEAST, DEMO_CLINICIANS_MOST,
			&want->clinicians, err) < 0 ||
	    cli_opt_int(c, "appointments", 1, 5000000, &appointments, err) < 0 ||
	    cli_opt_int(c, "seed", 0, 1000000000, &seed, err) < 0)
		return -1;
	want->appointments = appointments;
	want->seed = (uint64_t)seed;
	if (!cli_opt(c, "today"))
		return 0;
	if (date_parse(cli_opt(c, "today"), want->today, LOOK_BACK, &want->today, err) < 0)
		return -1;
	date_to_ymd(want->today, &y, &m, &day);
	return y >= YEAR_LEAST && y <= YEAR_MOST
		       ? 0
		       : err_input(err, "today", "A practice service works in the years %d to %d.",
				   YEAR_LEAST, YEAR_MOST);
}

static int demo_run(struct cli *c, struct err *err)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	const struct passwd *who = getpwuid(getuid());
	bool shown = isatty(STDERR_FILENO);
	struct demo_want want = { .people = 25000,
				  .years = 2,
				  .sites = 6,
				  .clinicians = 60,
				  .login = who ? who->pw_name : NULL,
				  .tick = tick,
				  .ctx = &shown };
	struct sigaction halt = { .sa_handler = stop };
	struct demo_made made;
	char clock[DAY_TEXT];
	int rc;

	if (read_wants(c, &want, err) < 0)
		return -1;
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &halt, NULL);
	rc = demo_make(c->args[0], &want, &made, err);
	if (shown)
		fputs("\r\033[K", stderr);
	if (rc < 0)
		return -1;
	out_line(&c->out, "%s: %lld people, %lld appointments behind, %lld booked ahead, %lld free",
		 c->args[0], (long long)made.people, (long long)made.behind, (long long)made.ahead,
		 (long long)made.free);
	out_line(&c->out, "its clock shows %s and runs", moment_show(made.clock, clock));
	out_line(&c->out, "sign in as p.shah (reception), r.adeyemi (nurse), j.marsh (clinician),");
	out_line(&c->out, "s.kelly (counsellor), m.doyle (manager) or a.root (administrator)");
	out_line(&c->out, "with the password " DEMO_PASSWORD "; the PIN is " DEMO_PIN);
	return 0;
}

const struct command demo_commands[] = {
	{ "demo", NULL, "FILE", "makes a practice database: a service with years behind it",
	  demo_options, 1, 1, CMD_NO_DB, demo_run },
	{ 0 },
};
