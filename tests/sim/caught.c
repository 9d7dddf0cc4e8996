/*
 * caught.c: the simulator with a mistake planted in the product (bugs/, plant.sh): it must find it.
 *
 * Each seed is a suite of its own, run in silence until one fails.  That all is well without the
 * mistake is test_sim's to say.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim.h"

enum { SEEDS = 240, STEPS = 120 };

static uint64_t seed = 1;

START_TEST(one_seed)
{
	static struct sim sim;

	ck_assert(sim_run(&sim, seed, STEPS, sim_faults(seed)));
	sim_done(&sim);
}
END_TEST

static bool holds(void)
{
	Suite *suite = suite_create("caught");
	TCase *one = tcase_create("caught");
	SRunner *runner;
	bool held;

	tcase_set_timeout(one, 0);
	tcase_add_test(one, one_seed);
	suite_add_tcase(suite, one);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_SILENT);
	held = srunner_ntests_failed(runner) == 0;
	srunner_free(runner);
	return held;
}

int main(int argc, char **argv)
{
	static char in_memory[] = "/dev/shm/ohdesk-bug-XXXXXX",
		    on_disk[] = "/tmp/ohdesk-bug-XXXXXX";
	char *root = access("/dev/shm", W_OK) == 0 ? in_memory : on_disk;
	bool found = false;
	char *cmd;

	(void)argc;
	sim_root = mkdtemp(root);
	while (sim_root && !found && seed <= SEEDS) {
		found = !holds();
		seed += !found;
	}
	cmd = mem_printf("rm -rf '%s'", root);
	found = system(cmd) == 0 && found;
	mem_free(cmd);
	if (found)
		printf("%s: found by seed %d\n", argv[0], (int)seed);
	else
		printf("%s: not found by any of %d seeds\n", argv[0], SEEDS);
	printf("%d%%: Checks: 1, Failures: %d, Errors: 0\n", found ? 100 : 0, !found);
	return !found;
}
