/*
 * suite.h: one test program.  Each tests/unit/test_x.c ends with
 *	TEST_MAIN("x", test_a, test_b, ...)
 * naming its START_TEST functions; Check forks for each, so open databases inside them.
 * OHDESK_TEST=name runs the one.
 */
#ifndef SUITE_H
#define SUITE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define TEST_MAIN(NAME, ...)                                                                       \
	int main(void)                                                                             \
	{                                                                                          \
		const TTest *const tests_[] = { __VA_ARGS__ };                                     \
		Suite *s_ = suite_create(NAME);                                                    \
		TCase *c_ = tcase_create(NAME);                                                    \
		tcase_set_timeout(c_, 0);                                                          \
		for (size_t i_ = 0; i_ < sizeof tests_ / sizeof *tests_; i_++)                     \
			if (!getenv("OHDESK_TEST") ||                                              \
			    strcmp(getenv("OHDESK_TEST"), tests_[i_]->name) == 0)                  \
				tcase_add_test(c_, tests_[i_]);                                    \
		suite_add_tcase(s_, c_);                                                           \
		SRunner *r_ = srunner_create(s_);                                                  \
		srunner_run_all(r_, CK_ENV);                                                       \
		int bad_ = srunner_ntests_failed(r_);                                              \
		srunner_free(r_);                                                                  \
		return bad_ ? EXIT_FAILURE : EXIT_SUCCESS;                                         \
	}

#endif
