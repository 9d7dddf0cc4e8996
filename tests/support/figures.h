/*
 * figures.h: samples, and the table that `make bench` prints.
 *
 * A line stands for one row of the goals: what is measured, its floor in the same run, ours, ours
 * over the floor, the goal, and ok or how far it was missed.  A missed goal is said, never an exit
 * status: times depend on the machine and on who else uses it.
 */
#ifndef FIGURES_H
#define FIGURES_H

#include <stddef.h>

struct samples {
	double *v;
	size_t n, cap;
};
void sample(struct samples *s, double x);
double sample_rank(const struct samples *s, double percent); /* 50: the middle one; NAN if empty */
void samples_done(struct samples *s);

double now_ms(void); /* of a clock that nobody sets */
double cpu_ms(void); /* of this process at work: what a busy machine takes away is not in it */

void figures_head(void);
/* A figure that is NAN was not measured, and is said so.  ours may be at most `times` the floor. */
void figure_ratio(const char *row, const char *what, double floor, double ours, double times);
/* ours may be at most `most`; floor: for the eye, 0 for none. */
void figure_most(const char *row, const char *what, double floor, double ours, double most);
/* The same for the slowest in a hundred, whose goal is never below three times the floor's: a busy
 * machine makes both wait. */
void figure_tail(const char *row, const char *what, double floor, double ours, double most);
/* ours must be at least `least` times the floor. */
void figure_least(const char *row, const char *what, double floor, double ours, double least);
/* Why a row could not be measured. */
void figure_none(const char *row, const char *what, const char *why);
void figures_end(void);

#endif
