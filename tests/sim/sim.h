/*
 * sim.h: a hub, three nodes, a bad network and bad luck, all from one seed.
 *
 * The product runs unchanged behind four hooks: the clock and chance (struct world), the line
 * (bytes carried from one end of a conversation to the other, or not), and the disk (vfs.h). People
 * at every place book, move, cancel, take in, edit, close days, give slots away, by the acts that
 * desks call.  Meanwhile links are cut after any byte, machines stop before any write, disks are
 * full, nodes are put back from backups, holds are revoked, a machine is copied and both of it
 * work.
 *
 * An outside ledger keeps what no database may forget: which commands were issued, which bookings
 * anybody was shown as confirmed.  What always holds is looked at after every step (truths.c).
 */
#ifndef SIM_H
#define SIM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/id.h"
#include "clinic/desk.h"
#include "store/store.h"

/* The places, and the second copy of one of them. */
enum { HUB, PLACES = 4, TWIN = PLACES, MACHINES };

struct machine {
	int at;	  /* in sim.place */
	int node; /* its number */
	char path[200], backup[200];
	struct store *store;
	struct desk desk;
	struct world world;
	struct line *line; /* a conversation that is open; NULL: none is */
	bool has_backup;
	int64_t seen;	/* the last row of its journal that is in the ledger */
	int64_t looked; /* its place in the log when it was last looked at */
	int changes;	/* of its database when the ledger was last written; -1: never */
};

/* A command that a desk was told is saved. */
struct issued {
	int64_t history, k, at; /* k, at: its row of the journal there, and when it was done */
	int place;
	bool destroyed; /* with the only disk that had it */
};
/* A booking that somebody saw as confirmed. */
enum { SHOWN_MOST = 24 };
struct promise {
	int64_t appt, person, asked_at;
	unsigned shown; /* bits of places */
	bool excused;	/* its command was destroyed */
	/* The slots that it was shown in, as their holds were then. */
	struct shown_in {
		int64_t slot, epoch;
	} in[SHOWN_MOST];
	int n;
};

enum {
	FAULT_CUTS = 1,
	FAULT_DISKS = 2,
	FAULT_RESTORES = 4,
	FAULT_REVOKES = 8,
	FAULT_GIFTS = 16,
	FAULT_TWINS = 32,
	FAULT_LINES = 64,   /* conversations stay open while others go on */
	FAULT_NURSES = 128, /* referrals come in, and several nurses decide them */
};

struct sim {
	uint64_t seed;
	int step, steps;
	unsigned faults;
	struct world chance;
	struct moment now;
	char folder[120];
	struct machine place[MACHINES];
	int machines; /* how many there are: a copy is made later, if at all */
	int twin_of;  /* where it was made; 0: there is none */
	bool over;    /* the line is whole again, and nobody does anything more */

	struct {
		struct issued *v;
		size_t n, cap;
	} issued;
	struct {
		struct promise *v;
		size_t n, cap;
	} promises;
	/* The hub's digest after each seq that it was looked at. */
	struct mark {
		int64_t seq;
		unsigned char digest[32];
	} * marks;
	size_t n_marks, marks_cap;
	int64_t looked; /* the last seq of the log that was looked at */

	int deeds, refused, syncs, cuts, stops, restores, revokes;
	char why[600]; /* what did not hold; "": everything did */
};

/* The hub and its nodes as they are before the first step. */
void sim_begin(struct sim *sim, uint64_t seed, int steps, unsigned faults);
/* Runs one seed to its end; false: something did not hold, and sim->why says what and when. */
bool sim_run(struct sim *sim, uint64_t seed, int steps, unsigned faults);
void sim_done(struct sim *sim);
/* What may go wrong in a seed.  Every fourth is without restores and revokes, so that nothing may
 * excuse a broken promise. */
unsigned sim_faults(uint64_t seed);
/* The folder that the databases are made in; NULL: one in memory, if there is. */
extern const char *sim_root;
/* The hash of the hub's last entry, to compare two runs. */
void sim_log_hash(const struct sim *sim, char hex[65]);

/* ---- among its files ---- */

uint32_t sim_chance(struct sim *sim, uint32_t below);
/* Keeps the first thing that does not hold. */
void sim_broken(struct sim *sim, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int64_t sim_number(struct sim *sim, struct machine *p, const char *sql, int64_t a);

void sim_open(struct sim *sim, struct machine *p);
void sim_close(struct machine *p);

/* The whole machine a second time, with its witness: nothing beside it can tell. */
void sim_twin(struct sim *sim, struct machine *p);

/* base.c: the databases that every run begins with, made once; copied into sim->folder. */
void base_make(void);
void base_copy(struct sim *sim);
void base_remove(void);

/* deeds.c: something that somebody does at a place. */
void deed(struct sim *sim, struct machine *p);
void deed_wanted(struct sim *sim, struct machine *p); /* the first slots that it holds */
bool deed_book(struct sim *sim, struct machine *p, int64_t slot);
bool deed_edit(struct sim *sim, struct machine *p);
bool deed_add(struct sim *sim, struct machine *p);
/* What must hold of referrals at the hub (store check). */
int deed_check(struct sim *sim, void (*found)(void *ctx, const char *sentence), struct err *err);
void deed_give(struct sim *sim, struct machine *p);
void deed_revoke(struct sim *sim);
/* A booking of today is moved, and the time that it had is given away; none: there is no room. */
struct id deed_move_and_give(struct sim *sim, struct machine *p);
void deed_arrive(struct sim *sim, struct machine *p, struct id appt);
void deed_take_back(struct sim *sim, struct machine *p, struct id appt);

/* line.c: one conversation of a node with the hub.  cut: bytes after which the line is dead; 0: it
 * holds.  True when the node was in step at its end. */
bool line_sync(struct sim *sim, struct machine *p, int64_t cut);
void line_drop(struct machine *p);

/* truths.c: what always holds. */
void ledger_note(struct sim *sim, struct machine *p);
void ledger_restored(struct sim *sim, struct machine *p);
void truths_hub(struct sim *sim);
void truths_node(struct sim *sim, struct machine *p);
void truths_end(struct sim *sim);

#endif
