/*
 * refs.h: what changes seldom and is asked for on every row: nodes, sites, rooms, customers,
 * services, clinicians, holidays, settings.  Loaded once for each desk, anew when another process
 * changed something.  Pointers stay good until the next desk_tick() or desk_changed().
 */
#ifndef CLINIC_REFS_H
#define CLINIC_REFS_H

#include "clinic/desk.h"
#include "model/calendar.h"
#include "model/service.h"

struct refs {
	struct nodes nodes;
	struct sites sites;
	struct rooms rooms;
	struct customers customers;
	struct services services;
	struct clinicians clinicians;
	struct calendar *calendar;
	int late_mins;	      /* an arrival this many minutes after its time is late (code 6) */
	int try_again_mins;   /* after a call that nobody answered, until the next */
	int tries;	      /* calls without an answer before they count as not attending */
	int hold_days;	      /* working days before a slot's day that it counts as forgotten */
	int interpreter_days; /* working days until somebody who has to be asked can come */
	int dna_offers;	      /* further offers to who did not attend, before discharge */
	int remind_first;     /* days before their time that people are reminded of it, and ... */
	int remind_last;      /* ... again; 0: not then */
	int missed_cost;   /* pounds that a missed appointment costs, said in reminders; 0: not said
			    */
	int reply_cancels; /* 1: who answers a reminder with no is cancelled; 0: a task says so */
	char service_name[NAME_TEXT];	    /* what the whole service calls itself */
	char practice_password[WORDS_TEXT]; /* of all users of a practice database */
	char letter[8];			    /* this node's, in the numbers people read */
};

/* The settings that are numbers: where each is kept, what it is unless set, what it may be. */
struct number_setting {
	const char *name;
	size_t at; /* of an int in struct refs */
	int usual, least, most;
};
extern const struct number_setting number_settings[]; /* ended by { 0 } */

int refs_load(struct store *st, struct refs **ret, struct err *err);
void refs_free(struct refs *refs);

/* What people call a node: "Harbour"; "node 3" where its row is not here. */
const char *node_shown(const struct desk *desk, int node, char buf[NAME_TEXT]);

/* By id: NULL only for an id that is none or unknown. */
const struct site *ref_site(const struct desk *desk, struct id id);
const struct room *ref_room(const struct desk *desk, struct id id);
const struct customer *ref_customer(const struct desk *desk, struct id id);
const struct customer *ref_vpd(const struct desk *desk, int vpd); /* by its number in ESR */
const struct service *ref_service(const struct desk *desk, struct id id);
const struct clinician *ref_clinician(const struct desk *desk, struct id id);

/* By the code that people type, in any case; ERR_MISSING in words that say how to list them.  An id
 * as people read it does as well. */
int find_site(const struct desk *desk, const char *code, const struct site **ret, struct err *err);
int find_room(const struct desk *desk, struct id site, const char *code, const struct room **ret,
	      struct err *err);
int find_customer(const struct desk *desk, const char *code, const struct customer **ret,
		  struct err *err);
int find_service(const struct desk *desk, const char *code, const struct service **ret,
		 struct err *err);
int find_clinician(const struct desk *desk, const char *code, const struct clinician **ret,
		   struct err *err);

/* Every skill that a clinician who is on has, once each, in the order of the list; ended by NULL.
 * The caller frees the words and the array. */
char **ref_skills(const struct desk *desk);

#endif
