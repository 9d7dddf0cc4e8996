/*
 * Two things that no rule in one process can show: several desks' processes racing for one slot
 * (the program itself, started anew each time), and a desk's process killed in the middle.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "booked.h"
#include "clinic/booking.h"
#include "store/appts.h"
#include "suite.h"

static struct booked b;
static struct err err;

/* More of them for `make soak`. */
static int times(const char *name, int usual)
{
	return getenv(name) ? atoi(getenv(name)) : usual;
}

static pid_t start_booking(struct id person)
{
	const char *program = getenv("OHDESK") ? getenv("OHDESK") : "build/ohdesk";
	char id[ID_TEXT];
	pid_t pid = fork();

	ck_assert(pid >= 0);
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, 1);
		dup2(null, 2);
		execl(program, program, "--db", b.c.path, "--as", "p.shah", "--now",
		      "2026-03-12 09:42", "appt", "book", "--person", id_text(person, id),
		      "--service", "PHYSIO", "--clinician", "marsh", "--at", "2026-03-12 10:00",
		      (char *)NULL);
		_exit(99);
	}
	return pid;
}

START_TEST(of_several_processes_that_book_one_slot_one_wins)
{
	enum { DESKS = 3 };
	int races = times("OHDESK_RACES", 100);

	booked_open(&b);
	err_clear(&err);

	struct id who[DESKS] = { b.okafor, b.ellis, b.webb };

	for (int i = 0; i < races; i++) {
		pid_t pid[DESKS];
		int won = 0, lost = 0;

		for (int k = 0; k < DESKS; k++)
			pid[k] = start_booking(who[(i + k) % DESKS]);
		for (int k = 0; k < DESKS; k++) {
			int status;

			ck_assert_int_eq(waitpid(pid[k], &status, 0), pid[k]);
			ck_assert(WIFEXITED(status));
			won += WEXITSTATUS(status) == 0;
			lost += WEXITSTATUS(status) == ERR_CLASH;
		}
		ck_assert_int_eq(won, 1);
		ck_assert_int_eq(lost, DESKS - 1);

		struct id id = { clinic_count(&b.c,
					      "SELECT appt FROM slot WHERE appt IS NOT NULL") };

		ck_ok(booking_cancel(&b.c.desk, id, CANCEL_PERSON, "next race", &err), err);
	}
	ck_assert_int_eq(clinic_count(&b.c, "SELECT count(*) FROM appointment"), races);
	booked_close(&b);
}
END_TEST

/* Books and cancels without end, telling of each once it is done. */
static void busy_desk(int out)
{
	struct clinic own = b.c;
	struct booking_ask ask = {
		.person = b.okafor, .service = b.physio, .clinician = b.marsh, .starts = thu(10, 0)
	};

	if (store_open(b.c.path, 5000, &own.store, &err) < 0 ||
	    desk_open(own.store, &own.world, &own.desk, &err) < 0 ||
	    desk_sit(&own.desk, "p.shah", &err) < 0)
		_exit(1);
	for (;;) {
		struct id id;
		int64_t told;

		world_pass(&own.world, 1);
		desk_tick(&own.desk);
		ask.starts = thu(10, 0);
		if (own.desk.now.utc > thu(9, 59).utc)
			ask.starts = next_thu(10, 0);
		if (booking_book(&own.desk, &ask, &id, &err) < 0)
			_exit(2);
		told = id.n;
		if (write(out, &told, sizeof told) != sizeof told)
			_exit(3);
		if (booking_cancel(&own.desk, id, CANCEL_PERSON, "again", &err) < 0)
			_exit(4);
		told = -id.n;
		if (write(out, &told, sizeof told) != sizeof told)
			_exit(5);
	}
}

static void has_state(int64_t id, bool cancelled)
{
	struct appt_row r;

	ck_ok(appt_get(b.c.store, (struct id){ id }, &r, &err), err);
	ck_assert(r.a.state == APPT_CANCELLED || (!cancelled && r.a.state == APPT_BOOKED));
}

START_TEST(what_was_acknowledged_survives_a_kill_at_any_moment)
{
	int kills = times("OHDESK_KILLS", 40);
	uint64_t seed = 20260312;

	booked_open(&b);
	err_clear(&err);
	for (int i = 0; i < kills; i++) {
		int pipe_[2], status, left;
		int64_t told, last = 0;

		ck_assert_int_eq(pipe(pipe_), 0);
		pid_t pid = fork();

		ck_assert(pid >= 0);
		if (pid == 0) {
			close(pipe_[0]);
			busy_desk(pipe_[1]);
		}
		close(pipe_[1]);
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		left = (int)(seed >> 60);
		while (left-- > 0 && read(pipe_[0], &told, sizeof told) == sizeof told)
			last = told;
		/* Some way into the next one, no two alike. */
		for (volatile uint64_t n = seed >> 44; n > 0; n--)
			;
		ck_assert_int_eq(kill(pid, SIGKILL), 0);
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert(WIFSIGNALED(status));
		/* It may have told of more before it ended. */
		while (read(pipe_[0], &told, sizeof told) == sizeof told)
			last = told;
		close(pipe_[0]);
		if (last)
			has_state(last < 0 ? -last : last, last < 0);

		/* One that was booked but not told of, or not cancelled yet, makes room again. */
		int64_t open = clinic_count(
			&b.c, "SELECT coalesce(max(appt), 0) FROM slot WHERE appt IS NOT NULL");

		if (open)
			ck_ok(booking_cancel(&b.c.desk, (struct id){ open }, CANCEL_ERROR, "killed",
					     &err),
			      err);
	}
	booked_close(&b);
}
END_TEST

TEST_MAIN("race", of_several_processes_that_book_one_slot_one_wins,
	  what_was_acknowledged_survives_a_kill_at_any_moment)
