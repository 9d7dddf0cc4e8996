/* nodes.c: a hub and two nodes of it. */
#include "nodes.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "at_desk.h"
#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/intake.h"
#include "clinic/keeper.h"
#include "clinic/record.h"
#include "diaries.h"
#include "store/replica.h"
#include "store/uplink.h"
#include "sync/hub.h"
#include "sync/node.h"

enum { GOOD = 24 * 3600 }; /* seconds for which a word about the line is believed here */

/* ---- the clock ---- */

static struct moment *clock_now;

static struct moment shared_now(struct world *w)
{
	(void)w;
	return *clock_now;
}

static int64_t shared_millis(struct world *w)
{
	(void)w;
	return clock_now->utc * 1000;
}

void nodes_clock(int day, int hour, int minute)
{
	*clock_now = at_of(2026, 3, day, hour, minute);
}

static void share_clock(struct clinic *c)
{
	if (!clock_now) {
		clock_now = mmap(NULL, sizeof *clock_now, PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		ck_assert_ptr_ne(clock_now, MAP_FAILED);
	}
	nodes_clock(12, 9, 42);
	c->world.now = shared_now;
	c->world.millis = shared_millis;
	desk_tick(&c->desk);
}

/* ---- the line ---- */

static void carry(struct hub_link *hub, struct node_link *node)
{
	struct buf *up = node_link_out(node), *down = hub_link_out(hub);
	struct err err = ERR_INIT;

	while (up->n || down->n) {
		struct buf bytes = { 0 };

		if (up->n) {
			buf_add(&bytes, up->s, up->n);
			buf_clear(up);
			ck_ok(hub_link_in(hub, bytes.s, bytes.n, &err), err);
		} else {
			buf_add(&bytes, down->s, down->n);
			buf_clear(down);
			ck_ok(node_link_in(node, bytes.s, bytes.n, &err), err);
		}
		buf_done(&bytes);
	}
}

bool nodes_turn(struct network *n, struct clinic *c)
{
	struct hub_link *hub;
	struct node_link *node;
	struct err err = ERR_INIT;
	bool idle;

	desk_tick(&n->hub.desk);
	desk_tick(&c->desk);
	hub = hub_link_new(&n->hub.desk, store_me(c->store)->node);
	node = node_link_new(&c->desk);
	ck_ok(node_link_start(node, &err), err);
	carry(hub, node);
	idle = node_link_idle(node);
	hub_link_free(hub);
	node_link_free(node);
	ck_ok(uplink_up(c->store, c->desk.now, GOOD, &err), err);
	return idle;
}

void nodes_in_step(struct network *n)
{
	for (int i = 0; i < 2; i++) {
		nodes_turn(n, &n->north);
		nodes_turn(n, &n->harbour);
	}
}

void nodes_lost(struct clinic *c)
{
	struct err err = ERR_INIT;

	desk_tick(&c->desk);
	ck_ok(uplink_lost(c->store, c->desk.now, "The hub does not answer.", false, &err), err);
}

/* ---- the service ---- */

static void put(struct clinic *c, const char *noun, const char *const *values)
{
	struct err err = ERR_INIT;
	struct id id = { 0 };

	ck_ok(record_add(&c->desk, record_find(noun), values, &id, &err), err);
}

static void set(struct clinic *c, const char *noun, const char *code, const char *field,
		const char *value)
{
	const struct record *r = record_find(noun);
	const char *v[32] = { 0 };
	struct err err = ERR_INIT;
	struct id id;

	for (int i = 0; r->columns[i].name; i++)
		if (strcmp(r->columns[i].name, field) == 0)
			v[i] = value;
	ck_ok(record_by_code(&c->desk, r, code, &id, &err), err);
	ck_ok(record_set(&c->desk, r, id, v, &err), err);
}

static void staff(struct clinic *hub)
{
	static const char *const north[8] = { "2", "O", "Northgate" },
				 *const harbour[8] = { "3", "H", "Harbour" },
				 *const reid[8] = { "t.reid", "reception", "REID, Tom (Mr)",
						    "HBR" };

	put(hub, "node", north);
	put(hub, "node", harbour);
	put(hub, "user", reid);
	set(hub, "node", "1", "name", "The hub");
	set(hub, "site", "NGT", "node", "2");
	set(hub, "site", "HBR", "node", "3");
	set(hub, "clinician", "marsh", "node", "2");
	set(hub, "clinician", "adeyemi", "node", "2");
	set(hub, "clinician", "obi", "node", "3");
}

static void people(struct network *n)
{
	n->okafor = at_desk_person(&n->hub, "WVH",
				   "Okafor|Adaeze|Mrs|1984-08-14|999 526 0182||07700 900418");
	n->ellis = at_desk_person(&n->hub, "WVH", "Ellis|Marcus|Mr|1981-11-07|||07700 900111");
	n->webb = at_desk_person(&n->hub, "WVH", "Webb|Sandra|Mrs|1971-10-01|||07700 900112");
	n->lewis = at_desk_person(&n->hub, "WVH", "Lewis|Gareth|Mr|1966-02-17|||07700 900113");
}

static void join(struct network *n, struct clinic *c, int number, const char *file)
{
	struct err err = ERR_INIT;

	*c = n->hub;
	snprintf(c->path, sizeof c->path, "%s/%s", n->hub.folder, file);
	ck_ok(store_copy(n->hub.store, c->path, &err), err);
	ck_ok(replica_begin(c->path, number, 7000 + number, "false", &err), err);
	ck_ok(store_open(c->path, 5000, &c->store, &err), err);
	ck_ok(desk_open(c->store, &n->hub.world, &c->desk, &err), err);
	clinic_sit(c, "a.root");
}

void nodes_open(struct network *n)
{
	struct err err = ERR_INIT;

	memset(n, 0, sizeof *n);
	clinic_open(&n->hub);
	share_clock(&n->hub);
	staff(&n->hub);
	people(n);
	ck_ok(store_begin(n->hub.store, &err), err);
	ck_ok(replica_hub(n->hub.store, &err), err);
	ck_ok(store_commit(n->hub.store, &err), err);
	join(n, &n->north, 2, "north.db");
	join(n, &n->harbour, 3, "harbour.db");
	a_diary(&n->north, "marsh", "NGT", "NGT-1", "PHYSIO", "08:20 NEW 40x4, FU 20x6");
	a_diary(&n->harbour, "obi", "HBR", "HBR-1", "PHYSIO", "13:00 NEW 40x4, FU 20x6");
	nodes_in_step(n);
}

static void no_breach(void *ctx, const char *sentence)
{
	ck_abort_msg("store check at %s: %s", (const char *)ctx, sentence);
}

static void close_one(struct clinic *c)
{
	struct err err = ERR_INIT;

	ck_ok(keeper_check(&c->desk, no_breach, c->path, &err), err);
	desk_close(&c->desk);
	store_close(c->store);
}

void nodes_close(struct network *n)
{
	char hub[65], is[65];

	clinic_digest(&n->hub, hub);
	clinic_digest(&n->north, is);
	ck_assert_str_eq(is, hub);
	clinic_digest(&n->harbour, is);
	ck_assert_str_eq(is, hub);
	close_one(&n->north);
	close_one(&n->harbour);
	clinic_close(&n->hub);
}

/* ---- what people do there ---- */

struct id nodes_book(struct clinic *c, const char *user, struct id person, const char *clinician,
		     struct moment at)
{
	struct booking_ask ask = { .person = person,
				   .service = clinic_service(c, "PHYSIO"),
				   .clinician = clinic_clinician(c, clinician),
				   .starts = at };
	struct err err = ERR_INIT;
	struct id appt = { 0 };

	clinic_sit(c, user);
	ck_ok(booking_book(&c->desk, &ask, &appt, &err), err);
	return appt;
}

void nodes_mobile(struct clinic *c, const char *user, struct id person, const char *mobile)
{
	struct intake_form form = { .v = { [IN_MOBILE] = mobile } };
	struct err err = ERR_INIT;

	clinic_sit(c, user);
	ck_ok(intake_set(&c->desk, person, &form, NULL, &err), err);
}
