/*
 * bench_desk.h: a desk in this process on practice data, for measuring acts.  What goes wrong ends
 * the program with a sentence: a figure of something that failed is none.
 */
#ifndef BENCH_DESK_H
#define BENCH_DESK_H

#include "clinic/desk.h"
#include "clinic/search.h"
#include "figures.h"
#include "store/people.h"
#include "store/store.h"

struct bench_desk {
	struct store *store;
	unsigned opened; /* which of this program's it is, from 1 */
	struct world world;
	struct desk desk;
	struct places places; /* free times, earliest first */
	struct ids people;    /* who have no booking */
	size_t next_place, next_person;
};

void bench_open(struct bench_desk *h, const char *path);
void bench_close(struct bench_desk *h);
void bench_must(int rc, const struct err *err);
/* A refusal by the rules is none of our business, anything else ends the program. */
void bench_rules(const struct err *err);

/* The database into a file of its own: what stood there is gone. */
void bench_copy(const char *from, const char *to);

/* A page written and waited for: the floor of what is on the disk before it is told. */
void bench_sync(int fd, struct samples *ret_ms);

/* Physiotherapy, a first attendance, the first ten. */
struct search bench_wish(struct bench_desk *h);
/* So many free times and people, as far as there are. */
void bench_gather(struct bench_desk *h, int n);
/* Takes only every n-th of them from the k-th on, so that several do not ask for the same. */
void bench_share(struct bench_desk *h, size_t k, size_t n);
/* Books the next time for the next person.  What the rules refuse is passed over; false when there
 * is nothing left. */
bool bench_book(struct bench_desk *h, struct id *ret, double *ret_ms);

#endif
