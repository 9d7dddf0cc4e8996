/*
 * refs.h: reads of what changes seldom: each fills a list in the order of its codes.
 */
#ifndef STORE_REFS_H
#define STORE_REFS_H

#include "base/err.h"
#include "model/calendar.h"
#include "model/service.h"
#include "store/store.h"

int refs_nodes(struct store *st, struct nodes *ret, struct err *err); /* by number */
int refs_sites(struct store *st, struct sites *ret, struct err *err);
int refs_rooms(struct store *st, struct rooms *ret, struct err *err);
int refs_customers(struct store *st, struct customers *ret, struct err *err);
int refs_services(struct store *st, struct services *ret, struct err *err);
int refs_clinicians(struct store *st, struct clinicians *ret, struct err *err);
/* Adds the holidays loaded from files; a year of a nation with any replaces the rule's. */
int refs_holidays(struct store *st, struct calendar *calendar, struct err *err);
/* The letter of this node, "" before it has one. */
int refs_letter(struct store *st, char *ret, size_t n, struct err *err);

#endif
