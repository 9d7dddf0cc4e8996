/*
 * esr.c: a full file of ESR against its own rows written by bare SQLite.
 *
 *	esr FOLDER [DATABASE]
 *
 * A trust of 25,000 people into an empty database, and into a copy of practice data, where somebody
 * known may stand behind each name.  The floor writes the same rows with the same indexes, triggers
 * and durability, in one transaction, from memory: once all of them, once without the journal that
 * only our acts leave.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bare.h"
#include "bench_desk.h"
#include "clinic/esr.h"
#include "clinic/keeper.h"
#include "clinic/record.h"
#include "esr_files.h"
#include "figures.h"

enum { PEOPLE = 25000, VPD = 123, TIMES = 3 };

static int64_t rows; /* of the file */

static void counted(void *ctx, const struct esr_counts *n)
{
	(void)ctx;
	rows = n->rows;
}

/* An empty service, or the practice database's copy; a customer with the number. */
static void prepare(struct bench_desk *h, const char *from, const char *path)
{
	const char *v[8] = { "ESRT", "A trust that does not exist", "Trust", NULL, "nhs", NULL,
			     "123" };
	struct keeper_new want = { .code = "NGT",
				   .name = "Northgate",
				   .nation = "E",
				   .admin = "a.root",
				   .practice = true,
				   .clock = { 1773308520 } };
	struct err err = ERR_INIT;
	struct id id = { 0 };

	memset(h, 0, sizeof *h);
	h->world = world_still(want.clock, 7);
	if (from)
		bench_copy(from, path);
	else
		bench_must(keeper_init(path, &h->world, &want, &err), &err);
	bench_must(keeper_open(path, 20000, &h->store, &err), &err);
	bench_must(desk_open(h->store, &h->world, &h->desk, &err), &err);
	bench_must(desk_sit(&h->desk, "a.root", &err), &err);
	desk_tick(&h->desk);
	bench_must(record_add(&h->desk, record_find("customer"), v, &id, &err), &err);
}

enum { OURS, ALL, ROWS, WAYS };

static char *in(const char *folder, const char *name)
{
	return mem_printf("%s/%s", folder, name);
}

static void once(const char *from, const char *folder, const char *file, struct samples ms[WAYS])
{
	char *ours = in(folder, "esr.db"), *all = in(folder, "esr-all.db"),
	     *plain = in(folder, "esr-plain.db");
	char *clear = mem_printf("rm -f '%s/'esr*.db*", folder);
	const struct esr_import want = { .files = &file, .n = 1, .done = counted };
	struct err err = ERR_INIT;
	struct bench_desk h;
	struct bare *bare[2];
	double took;

	if (system(clear) != 0)
		exit(1);
	prepare(&h, from, ours);
	bench_must(store_copy(h.store, all, &err), &err);
	bench_must(store_copy(h.store, plain, &err), &err);
	bare[0] = bare_open(ours, all);
	bare[1] = bare_open(ours, plain);
	took = now_ms();
	bench_must(esr_import(&h.desk, &want, &err), &err);
	sample(&ms[OURS], now_ms() - took);
	bare_whole(bare[0], true, &took);
	sample(&ms[ALL], took);
	bare_whole(bare[1], false, &took);
	sample(&ms[ROWS], took);
	bare_close(bare[0]);
	bare_close(bare[1]);
	bench_close(&h);
	if (system(clear) != 0)
		exit(1);
	mem_free(clear);
	mem_free(ours);
	mem_free(all);
	mem_free(plain);
}

/* Rows a second, the middle of some runs. */
static void judge(const char *from, const char *folder, const char *file, const char *into)
{
	struct samples ms[WAYS] = { 0 };
	double per[WAYS];
	char *all = mem_printf("rows/s %s, all rows", into),
	     *plain = mem_str("  the floor without the journal");

	for (int i = 0; i < TIMES; i++)
		once(from, folder, file, ms);
	for (int way = 0; way < WAYS; way++) {
		per[way] = (double)rows * 1000 / sample_rank(&ms[way], 50);
		samples_done(&ms[way]);
	}
	figure_least("21", all, per[ALL], per[OURS], 0.5);
	figure_least("21", plain, per[ROWS], per[OURS], 0.5);
	mem_free(all);
	mem_free(plain);
}

int main(int argc, char **argv)
{
	char file[400];
	struct trust trust;

	if (argc < 2) {
		fprintf(stderr, "esr FOLDER [DATABASE]\n");
		return 2;
	}
	trust_open(&trust, VPD, PEOPLE, 1);
	trust_full(&trust, argv[1], 20260309, file, sizeof file);
	trust_close(&trust);
	figures_head();
	judge(NULL, argv[1], file, "into an empty service");
	if (argc > 2)
		judge(argv[2], argv[1], file, "into practice data");
	figures_end();
	return 0;
}
