/*
 * keys.c: what a key costs on the screens: time from the key to the drawn answer, bytes, bursts.
 *
 *	keys OHDESK FLOOR SMALL LARGE TINY
 *
 * The floor and ours on each database stay open side by side and take turns, a few keys each, so
 * that what else the machine does falls on all of them.  Rows are those of the goals, printed by
 * figures.c; 27 compares the large database with the small one, a tenth of it.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "figures.h"
#include "pty.h"

enum { TURNS = 12, WARM = 10 };

static const char *ohdesk, *least, *small, *large, *tiny;

/* One program's answers in one scene. */
struct side {
	struct pty *p;
	struct samples ms, bytes, bursts;
};

/* A few keys again and again in one place. */
struct scene {
	const char *row, *what;
	const char *const *floor; /* what the floor is told, and */
	const char *floor_keys;
	const char *enter;  /* from the desk list to the place */
	const char *title;  /* on row 1 there */
	const char *before; /* keys before each turn, not counted */
	const char *keys;   /* counted, one turn */
	double p50, p99;    /* goals: times the floor, or when they are below zero, milliseconds */
	double bytes_mid, bytes_most; /* p50 and, of row 1, p95; else the most */
};

/* --- the programs --- */

static struct pty *start_ours(const char *db, const char *user)
{
	const char *argv[] = { ohdesk, "--db", db, user ? "--as" : NULL, user, NULL };
	struct pty_options o = { .argv = argv };

	return pty_start(&o);
}

static struct pty *start_floor(const char *const words[2])
{
	const char *argv[] = { least, words[0], words[1], NULL };
	struct pty_options o = { .argv = argv };

	return pty_start(&o);
}

static void counted_keys(struct side *s, const char *keys)
{
	while (*keys) {
		const char *end = *keys == '<' ? strchr(keys, '>') : keys;
		char *one = mem_printf("%.*s", (int)(end - keys + 1), keys);

		pty_keys(s->p, one);
		sample(&s->ms, pty_ms(s->p));
		sample(&s->bytes, (double)pty_bytes(s->p));
		sample(&s->bursts, (double)pty_bursts(s->p));
		mem_free(one);
		keys = end + 1;
	}
}

static void side_done(struct side *s)
{
	samples_done(&s->ms);
	samples_done(&s->bytes);
	samples_done(&s->bursts);
}

/* --- one scene --- */

static void judge(const struct scene *s, const struct side *floor, const struct side *ours)
{
	double f50 = sample_rank(&floor->ms, 50), f99 = sample_rank(&floor->ms, 99);
	char *what;

	what = mem_printf("%s, p50 ms", s->what);
	if (s->p50 > 0)
		figure_ratio(s->row, what, f50, sample_rank(&ours->ms, 50), s->p50);
	else
		figure_most(s->row, what, f50, sample_rank(&ours->ms, 50), -s->p50);
	mem_free(what);
	what = mem_printf("%s, p99 ms", s->what);
	if (s->p99 > 0)
		figure_ratio(s->row, what, f99, sample_rank(&ours->ms, 99), s->p99);
	else
		figure_tail(s->row, what, f99, sample_rank(&ours->ms, 99), -s->p99);
	mem_free(what);
	if (s->bytes_mid > 0)
		figure_most(s->row, "  bytes, p50", sample_rank(&floor->bytes, 50),
			    sample_rank(&ours->bytes, 50), s->bytes_mid);
	if (s->bytes_most > 0) {
		double rank = strcmp(s->row, "1") == 0 ? 95 : 100;

		figure_most(s->row, rank < 100 ? "  bytes, p95" : "  bytes, most",
			    sample_rank(&floor->bytes, rank), sample_rank(&ours->bytes, rank),
			    s->bytes_most);
	}
	figure_most("17", "  bursts a key, p95", sample_rank(&floor->bursts, 95),
		    sample_rank(&ours->bursts, 95), 1);
}

static bool at_place(struct side *side, const struct scene *s)
{
	if (*s->enter)
		pty_keys(side->p, s->enter);
	return !pty_ended(side->p) && strncmp(pty_row(side->p, 1), s->title, strlen(s->title)) == 0;
}

static void turns(const struct scene *s, struct side *floor, struct side *a, struct side *b)
{
	struct side *ours[] = { a, b };

	for (int turn = -1; turn < TURNS; turn++) {
		if (strcmp(s->floor[0], "form") == 0)
			pty_keys(floor->p, "<C-u>");
		counted_keys(floor, s->floor_keys);
		for (int i = 0; i < 2; i++) {
			if (*s->before)
				pty_keys(ours[i]->p, s->before);
			counted_keys(ours[i], s->keys);
		}
		if (turn < 0) /* the first turn warms up */
			floor->ms.n = floor->bytes.n = floor->bursts.n = a->ms.n = a->bytes.n =
				b->ms.n = b->bytes.n = a->bursts.n = b->bursts.n = 0;
	}
}

static void play(const struct scene *s, const char *user)
{
	const char *words[2] = { s->floor[0], s->floor[1] ? large : NULL };
	struct side floor = { 0 }, a = { 0 }, b = { 0 };

	floor.p = start_floor(words);
	a.p = start_ours(small, user);
	b.p = start_ours(large, user);
	if (!at_place(&a, s) || !at_place(&b, s)) {
		figure_none(s->row, s->what, "its screen did not open");
	} else {
		turns(s, &floor, &a, &b);
		judge(s, &floor, &b);
		figure_ratio("27", "  ten times the data, p50 ms", sample_rank(&a.ms, 50),
			     sample_rank(&b.ms, 50), 1.5);
	}
	pty_hang_up(floor.p);
	pty_hang_up(a.p);
	pty_hang_up(b.p);
	side_done(&floor);
	side_done(&a);
	side_done(&b);
}

static const char *const form[] = { "form", NULL }, *const bar[] = { "bar", NULL },
			 *const scroll[] = { "scroll", NULL }, *const page[] = { "page", NULL },
			 *const day[] = { "day", "db" }, *const find[] = { "find", "db" };

static const struct scene signin_scene = { "1",	    "typed character in a field",
					   form,    "okaforadaeze",
					   "",	    "",
					   "<C-u>", "okaforadaeze",
					   1.5,	    3,
					   2,	    12 };

static const struct scene scenes[] = {
	{ "2", "row move in the page", bar, "jjjjjkkkkk", "", "DESK", "<Home>",
	  "<Down><Down><Down><Down><Down><Up><Up><Up><Up><Up>", 1.5, 3, 120, 200 },
	{ "3", "row move that scrolls", scroll, "jjjjjjjjjj", "", "DESK",
	  "<Home><PgDn><Home><End><PgUp>", "<Up><Up><Up><Up><Up>", 1.5, 3, 0, 220 },
	{ "4", "page of a list", page, "npnpnpnpnp", "", "DESK", "<Home><PgDn>",
	  "<PgDn><PgUp><PgUp>", 2, 3, 0, 1700 },
	{ "4", "desk and diary", page, "npnpnpnpnp", "gd", "DIARY", "", "<F3>gd<F3>gd", 2, 3, 0,
	  1700 },
	{ "5", "day change, diary", day, "npnpnpnpnp", "gd", "DIARY", "=", "++++++", -1, -4, 0,
	  1700 },
	{ "7", "person search by name, each key", find, "npnpnpnpnp", "/", "FIND", "<C-u>",
	  "okafor", -1, -4, 0, 0 },
	{ "7", "person search by phone, each key", find, "npnpnpnpnp", "/", "FIND", "<C-u>",
	  "900123", -3, -8, 0, 0 },
};

/* --- start --- */

static void starts(void)
{
	const char *words[] = { "day", large };
	const char *const dbs[] = { tiny, small, large };
	struct samples ms[4] = { 0 }, bytes[4] = { 0 };

	for (int i = 0; i < 16; i++)
		for (int k = 0; k < 4; k++) {
			struct pty *p = k ? start_ours(dbs[k - 1], "p.shah") : start_floor(words);

			if (i) {
				sample(&ms[k], pty_ms(p));
				sample(&bytes[k], (double)pty_bytes(p));
			}
			pty_hang_up(p);
		}
	figure_most("6", "start to the desk list, p50 ms", sample_rank(&ms[0], 50),
		    sample_rank(&ms[3], 50), 10);
	figure_most("6", "  bytes", sample_rank(&bytes[0], 50), sample_rank(&bytes[3], 50), 2000);
	figure_ratio("6", "  against a thousand appointments, p50 ms", sample_rank(&ms[1], 50),
		     sample_rank(&ms[3], 50), 1.5);
	figure_ratio("27", "  ten times the data, p50 ms", sample_rank(&ms[2], 50),
		     sample_rank(&ms[3], 50), 1.5);
	for (int k = 0; k < 4; k++) {
		samples_done(&ms[k]);
		samples_done(&bytes[k]);
	}
}

/* A day of the diary in the database of a thousand against that of a million. */
static void day_in_tiny(void)
{
	struct side a = { .p = start_ours(tiny, "p.shah") },
		    b = { .p = start_ours(large, "p.shah") };

	pty_keys(a.p, "gd");
	pty_keys(b.p, "gd");
	if (strncmp(pty_row(b.p, 1), "DIARY", 5) == 0) {
		for (int turn = 0; turn < TURNS; turn++) {
			pty_keys(a.p, "=");
			counted_keys(&a, "++++++");
			pty_keys(b.p, "=");
			counted_keys(&b, "++++++");
		}
		figure_ratio("5", "  against a thousand appointments, p50 ms",
			     sample_rank(&a.ms, 50), sample_rank(&b.ms, 50), 1.3);
	}
	pty_hang_up(a.p);
	pty_hang_up(b.p);
	side_done(&a);
	side_done(&b);
}

/* --- nothing happens; Esc; another desk --- */

static void quiet(void)
{
	struct pty *p = start_ours(large, "p.shah");
	struct samples ms = { 0 };

	pty_count_start(p);
	poll(NULL, 0, 5000);
	pty_keys(p, "<C-l>");
	figure_most("16", "idle for 5 s, bytes", 0, (double)(pty_all(p) - pty_bytes(p)),
		    20.0 * 5 / 60);
	for (int i = 0; i < 12; i++) {
		pty_keys(p, "?");
		pty_keys(p, "<Esc>");
		if (i)
			sample(&ms, pty_ms(p));
	}
	figure_most("17", "Esc acted on, p50 ms", 25, sample_rank(&ms, 50), 55);
	samples_done(&ms);
	pty_hang_up(p);
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fprintf(stderr, "keys OHDESK FLOOR SMALL LARGE TINY\n");
		return 2;
	}
	ohdesk = argv[1];
	least = argv[2];
	small = argv[3];
	large = argv[4];
	tiny = argv[5];
	figures_head();
	play(&signin_scene, NULL);
	for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
		play(&scenes[i], "p.shah");
	day_in_tiny();
	starts();
	quiet();
	figures_end();
	return 0;
}
