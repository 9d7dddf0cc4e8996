/*
 * nodes.h: a hub and two nodes of it, each a database of its own, for tests of what people see.
 *
 * The service is clinic.h's.  Northgate (node 2) keeps the diaries of marsh and adeyemi, Harbour
 * (node 3) obi's.  A line is carried in this process, when the test says so; desks on a node see
 * what came by themselves.  One clock for all: it stands in memory that children share.
 */
#ifndef SUPPORT_NODES_H
#define SUPPORT_NODES_H

#include "clinic.h"

struct network {
	struct clinic hub, north, harbour;
	struct id okafor, ellis, webb,
		lewis; /* known everywhere, with telephones that take texts */
};

/* On Thu 12-Mar-2026 09:42, the diaries of the weeks ahead published, all in step.
 * marsh: 08:20 NEW 40x4, FU 20x6 on each day; obi: 13:00 NEW 40x4, FU 20x6. */
void nodes_open(struct network *n);
void nodes_close(struct network *n); /* store check finds nothing anywhere, the nodes are in step */

/* The clock of all desks. */
void nodes_clock(int day, int hour, int minute); /* of March 2026 */

/* One turn of a node with the hub, as the line would have it; true: it is in step with it. */
bool nodes_turn(struct network *n, struct clinic *node);
/* Turns of both, until nobody has anything more to say. */
void nodes_in_step(struct network *n);
/* What whoever keeps the line writes when it is lost. */
void nodes_lost(struct clinic *node);

/* Books as that user at that node; the slot's clinician says which service.  Gives the appointment.
 */
struct id nodes_book(struct clinic *node, const char *user, struct id person, const char *clinician,
		     struct moment at);
/* Changes one field of a person there. */
void nodes_mobile(struct clinic *node, const char *user, struct id person, const char *mobile);

#endif
