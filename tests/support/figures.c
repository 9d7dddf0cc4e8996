/* figures.c: samples, and the table of `make bench`. */
#include "figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"

static int judged, missed;

void sample(struct samples *s, double x)
{
	*list_push(s) = x;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double sample_rank(const struct samples *s, double percent)
{
	double *sorted, x;

	if (!s->n)
		return NAN;
	sorted = mem_new(s->n * sizeof *sorted);
	memcpy(sorted, s->v, s->n * sizeof *sorted);
	qsort(sorted, s->n, sizeof *sorted, by_value);
	x = sorted[(size_t)((double)(s->n - 1) * percent / 100 + 0.5)];
	mem_free(sorted);
	return x;
}

void samples_done(struct samples *s)
{
	list_free(s);
}

static double clock_ms(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

double now_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

double cpu_ms(void)
{
	return clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

void figures_head(void)
{
	printf("%-4s %-42s %9s %9s %6s  %-16s\n", "row", "what", "floor", "ours", "ratio", "goal");
}

/* Three figures that matter, whatever the size. */
static const char *shown(double x, char buf[24])
{
	int places = x >= 100 || x == (double)(long)x ? 0 : x >= 10 ? 1 : x >= 1 ? 2 : 3;

	snprintf(buf, 24, "%.*f", places, x);
	return buf;
}

static void line(const char *row, const char *what, double floor, double ours, const char *goal,
		 double over)
{
	char a[24] = "", b[24], ratio[24] = "";

	if (isnan(ours) || isnan(floor)) {
		figure_none(row, what, "it did not happen");
		return;
	}
	if (floor > 0) {
		shown(floor, a);
		snprintf(ratio, sizeof ratio, "%.2f", ours / floor);
	}
	printf("%-4s %-42s %9s %9s %6s  %-16s ", row, what, a, shown(ours, b), ratio, goal);
	judged++;
	if (over > 1) {
		missed++;
		printf("MISS by %.0f %%\n", (over - 1) * 100);
	} else {
		printf("ok\n");
	}
	fflush(stdout);
}

void figure_ratio(const char *row, const char *what, double floor, double ours, double times)
{
	char goal[32];

	snprintf(goal, sizeof goal, "<= %gx", times);
	line(row, what, floor, ours, goal, floor > 0 ? ours / (floor * times) : 0);
}

void figure_most(const char *row, const char *what, double floor, double ours, double most)
{
	char goal[32], n[24];

	snprintf(goal, sizeof goal, "<= %s", shown(most, n));
	line(row, what, floor, ours, goal, most > 0 ? ours / most : ours > 0 ? 2 : 0);
}

void figure_tail(const char *row, const char *what, double floor, double ours, double most)
{
	figure_most(row, what, floor, ours, most > 3 * floor ? most : 3 * floor);
}

void figure_least(const char *row, const char *what, double floor, double ours, double least)
{
	char goal[32];

	snprintf(goal, sizeof goal, ">= %gx", least);
	line(row, what, floor, ours, goal, ours > 0 ? floor * least / ours : 2);
}

void figure_none(const char *row, const char *what, const char *why)
{
	printf("%-4s %-42s not measured: %s\n", row, what, why);
	fflush(stdout);
}

void figures_end(void)
{
	printf("%d figures judged, %d miss their goal\n\n", judged, missed);
	judged = missed = 0;
}
