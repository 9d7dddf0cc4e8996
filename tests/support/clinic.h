/*
 * clinic.h: a small service in a temporary database, for tests of rules.
 *
 * The clock stands at Thu 12-Mar-2026 09:42 until world_pass().  Two sites (NGT Northgate with
 * rooms NGT-1 NGT-2, HBR Harbour with HBR-1), services PHYSIO OHN OHP and the private COUNS,
 * clinicians marsh, obi (physio at both), adeyemi (nurse), kelly (counsellor), customers WVH (NHS)
 * and KES (external), one user of each role: p.shah r.adeyemi j.marsh s.kelly m.doyle a.root.  Open
 * it inside the test: Check forks.
 */
#ifndef SUPPORT_CLINIC_H
#define SUPPORT_CLINIC_H

#include "base/world.h"
#include "clinic/desk.h"
#include "clinic/refs.h"
#include "store/store.h"

struct clinic {
	char folder[128], path[160];
	struct world world;
	struct store *store;
	struct desk desk; /* a.root sits at it first */
};

/* A new empty folder under $TMPDIR; the caller removes it. */
void test_folder(char *buf, size_t n);

void clinic_open(struct clinic *c);
/* Ends it: checks that `store check` finds nothing, then removes the folder. */
void clinic_close(struct clinic *c);
void clinic_sit(struct clinic *c, const char *user);
/* Another desk on the same database, as another process would have it. */
void clinic_second(struct clinic *c, struct clinic *second, const char *user);
void clinic_second_close(struct clinic *second);

struct id clinic_site(struct clinic *c, const char *code);
struct id clinic_service(struct clinic *c, const char *code);
struct id clinic_clinician(struct clinic *c, const char *code);

/* One number out of the database, by a connection of its own. */
int64_t clinic_count(struct clinic *c, const char *sql);
/* A digest of all synced tables: equal when nothing in them differs. */
void clinic_digest(struct clinic *c, char hex[65]);

/* Fails the test with the sentence unless rc is 0. */
#define ck_ok(rc, err) ck_assert_msg((rc) == 0, "%s", (err).text)
/* Fails unless it was refused for that reason. */
#define ck_refused(rc, err, why)                                                                   \
	do {                                                                                       \
		ck_assert_int_eq((rc), -1);                                                        \
		ck_assert_msg((err).kind == (why), "refused otherwise: %s", (err).text);           \
		err_clear(&(err));                                                                 \
	} while (0)

#endif
