/* at_desk.c: the screens on a clinic that the test holds open too. */
#include "at_desk.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "clinic/intake.h"
#include "tui/tui.h"

struct seat {
	struct clinic *c;
	const char *user;
};

/* ---- a clock that all of them see ---- */

static int64_t *passed;	  /* seconds, shared with every child; */
static int64_t before;	  /* in a child: of them those that its own world had already; */
static struct world mine; /* that world, as it goes by itself */

static struct moment shared_now(struct world *w)
{
	return (struct moment){ mine.now(w).utc + *passed - before };
}

static int64_t shared_millis(struct world *w)
{
	return mine.millis(w) + (*passed - before) * 1000;
}

static void share_clock(void)
{
	if (passed)
		return;
	passed = mmap(NULL, sizeof *passed, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	ck_assert_ptr_ne(passed, MAP_FAILED);
}

void at_desk_pass(struct clinic *c, int64_t seconds)
{
	share_clock();
	*passed += seconds;
	world_pass(&c->world, seconds);
	desk_tick(&c->desk);
}

/* ---- desks ---- */

static int run(void *arg)
{
	const struct seat *seat = arg;
	struct clinic own;
	struct err err = ERR_INIT;
	struct tui_options opt = { 0 };
	int result;

	clinic_second(seat->c, &own, seat->user);
	before = *passed;
	mine = own.world;
	own.world.now = shared_now;
	own.world.millis = shared_millis;
	result = tui_run(&own.desk, &opt, &err);
	if (result < 0)
		printf("%s\n", err.text);
	clinic_second_close(&own);
	return result < 0 ? (int)err.kind : 0;
}

struct pty *at_desk(struct clinic *c, const char *user, const struct pty_options *how)
{
	struct pty_options opt = how ? *how : (struct pty_options){ 0 };
	struct seat seat = { c, user };

	share_clock();
	opt.run = run;
	opt.arg = &seat;
	return pty_start(&opt);
}

void at_desk_end(struct pty *p)
{
	kill(pty_pid(p), SIGTERM);
	ck_assert_int_eq(pty_end(p), 0);
}

void row_is(struct pty *p, int row, const char *text)
{
	const char *is = pty_row(p, row);

	ck_assert_msg(strcmp(is, text) == 0, "row %d is |%s|, not |%s|", row, is, text);
}

void row_has(struct pty *p, int row, const char *text)
{
	const char *is = pty_row(p, row);

	ck_assert_msg(strstr(is, text) != NULL, "row %d is |%s|, without |%s|", row, is, text);
}

struct id at_desk_person(struct clinic *c, const char *customer, const char *values)
{
	static const enum intake_field order[] = { IN_SURNAME, IN_GIVEN,       IN_TITLE, IN_BORN,
						   IN_NHS,     IN_EMPLOYEE_NO, IN_MOBILE };
	struct intake_form form = { 0 };
	const struct customer *employer = NULL;
	struct err err = ERR_INIT;
	struct id id;
	char *copy = mem_str(values), *p = copy;

	for (size_t i = 0; i < sizeof order / sizeof *order && p; i++) {
		char *bar = strchr(p, '|');

		if (bar)
			*bar = '\0';
		form.v[order[i]] = *p ? p : NULL;
		p = bar ? bar + 1 : NULL;
	}
	if (customer)
		ck_ok(find_customer(&c->desk, customer, &employer, &err), err);
	ck_ok(intake_add(&c->desk, &form, employer ? employer->id : (struct id){ 0 }, true, &id,
			 &err),
	      err);
	mem_free(copy);
	return id;
}
