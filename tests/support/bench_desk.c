/* bench_desk.c: a desk for measuring. */
#include "bench_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "clinic/booking.h"
#include "clinic/keeper.h"
#include "clinic/refs.h"
#include "figures.h"
#include "store/db.h"

void bench_must(int rc, const struct err *err)
{
	if (rc == 0)
		return;
	fprintf(stderr, "bench: %s\n", err->text);
	exit(1);
}

void bench_rules(const struct err *err)
{
	if (err->kind == ERR_FAULT || err->kind == ERR_STORE)
		bench_must(-1, err);
}

void bench_open(struct bench_desk *h, const char *path)
{
	static unsigned count;
	struct moment running = { 0 };
	struct err err = ERR_INIT;

	memset(h, 0, sizeof *h);
	h->opened = ++count;
	bench_must(keeper_open(path, 20000, &h->store, &err), &err);
	h->world = practice_world(h->store, running);
	bench_must(desk_open(h->store, &h->world, &h->desk, &err), &err);
	bench_must(desk_sit(&h->desk, "p.shah", &err), &err);
	desk_tick(&h->desk);
}

void bench_close(struct bench_desk *h)
{
	list_free(&h->places);
	list_free(&h->people);
	desk_close(&h->desk);
	keeper_close(h->store);
}

void bench_copy(const char *from, const char *to)
{
	char *cmd = mem_printf("rm -f '%s' '%s-wal' '%s-shm' '%s-lock' && cp '%s' '%s'", to, to, to,
			       to, from, to);

	if (system(cmd) != 0)
		exit(1);
	mem_free(cmd);
}

void bench_sync(int fd, struct samples *ret_ms)
{
	static const char page[4096] = "a page";
	double began = now_ms();

	if (write(fd, page, sizeof page) != sizeof page || fdatasync(fd) < 0)
		exit(1);
	sample(ret_ms, now_ms() - began);
}

struct search bench_wish(struct bench_desk *h)
{
	const struct service *s = NULL;
	struct err err = ERR_INIT;

	bench_must(find_service(&h->desk, "PHYSIO", &s, &err), &err);
	return (struct search){ .service = s->id, .kind = APPT_NEW, .limit = 10 };
}

static void gather_people(struct bench_desk *h, int n)
{
	sqlite3_stmt *q = NULL;

	sqlite3_prepare_v2(h->store->db,
			   "SELECT id FROM person p WHERE status = 'active' AND NOT EXISTS"
			   " (SELECT 1 FROM booking b WHERE b.person = p.id) LIMIT ?1",
			   -1, &q, NULL);
	sqlite3_bind_int(q, 1, n);
	while (sqlite3_step(q) == SQLITE_ROW)
		*list_push(&h->people) = (struct id){ sqlite3_column_int64(q, 0) };
	sqlite3_finalize(q);
}

void bench_gather(struct bench_desk *h, int n)
{
	struct search s = bench_wish(h);
	struct err err = ERR_INIT;
	struct places found = { 0 };

	s.limit = SEARCH_MOST;
	s.external = true;		     /* what anybody may have */
	s.from.utc = h->desk.now.utc + 3600; /* what runs now would soon be past */
	while (h->places.n < (size_t)n) {
		bench_must(search_slots(&h->desk, &s, &found, &err), &err);
		if (!found.n)
			break;
		list_each (p, &found)
			*list_push(&h->places) = *p;
		s.from.utc = found.v[found.n - 1].slot.starts.utc + 1;
		list_free(&found);
	}
	gather_people(h, n);
}

void bench_share(struct bench_desk *h, size_t k, size_t n)
{
	size_t kept = 0;

	for (size_t i = k; i < h->places.n; i += n)
		h->places.v[kept++] = h->places.v[i];
	h->places.n = kept;
	kept = 0;
	for (size_t i = k; i < h->people.n; i += n)
		h->people.v[kept++] = h->people.v[i];
	h->people.n = kept;
}

bool bench_book(struct bench_desk *h, struct id *ret, double *ret_ms)
{
	while (h->next_place < h->places.n && h->next_person < h->people.n) {
		const struct place *p = &h->places.v[h->next_place++];
		struct booking_ask ask = { .person = h->people.v[h->next_person++],
					   .service = p->slot.service,
					   .clinician = p->slot.clinician,
					   .starts = p->slot.starts };
		struct err err = ERR_INIT;
		double began;

		desk_tick(&h->desk);
		began = now_ms();
		if (booking_book(&h->desk, &ask, ret, &err) == 0) {
			*ret_ms = now_ms() - began;
			return true;
		}
		bench_rules(&err);
	}
	return false;
}
