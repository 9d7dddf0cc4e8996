/* test_secret.c: a password is matched by itself alone, and the child that derived it is gone. */
#include "suite.h"

#include <errno.h>
#include <sodium/crypto_pwhash.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "base/secret.h"

START_TEST(a_password_is_matched_by_itself_alone)
{
	char hash[SECRET_TEXT], other[SECRET_TEXT];
	struct err err = ERR_INIT;
	bool ok = false;

	ck_assert_int_eq(secret_make("correct horse", hash, &err), 0);
	ck_assert_int_eq(secret_make("correct horse", other, &err), 0);
	ck_assert_str_ne(hash, other);
	ck_assert_ptr_nonnull(strstr(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	ck_assert_int_eq(secret_check(hash, "correct horse", &ok, &err), 0);
	ck_assert(ok);
	ck_assert_int_eq(secret_check(hash, "correct horsf", &ok, &err), 0);
	ck_assert(!ok);
	ck_assert_int_eq(secret_check(hash, "", &ok, &err), 0);
	ck_assert(!ok);
}
END_TEST

START_TEST(what_is_no_hash_of_ours_is_not_matched)
{
	static const char *const bad[] = { "", "x", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$",
					   "$argon2id$v=19$m=4194304,t=9,p=1$YWJjZGVmZ2g$YWJjZA" };
	bool ok;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ok = true;
		ck_assert_int_eq(secret_check(bad[i], "x", &ok, NULL), 0);
		ck_assert(!ok);
	}
	ok = true;
	ck_assert_int_eq(secret_check(NULL, "x", &ok, NULL), 0);
	ck_assert(!ok);
}
END_TEST

START_TEST(an_empty_or_endless_password_is_refused)
{
	char hash[SECRET_TEXT] = "keep", plain[SECRET_MOST + 2];
	struct err err = ERR_INIT;

	memset(plain, 'x', sizeof plain - 1);
	plain[sizeof plain - 1] = '\0';
	ck_assert_int_eq(secret_make("", hash, &err), -1);
	ck_assert_str_eq(err.text, "Type a password.");
	ck_assert_int_eq(secret_make(plain, hash, &err), -1);
	ck_assert_str_eq(hash, "keep");
}
END_TEST

static int *ran; /* shared with every child */

static void note_run(void)
{
	++*ran;
}

START_TEST(no_child_stays_and_no_handler_runs_in_it)
{
	char hash[SECRET_TEXT];

	ran = mmap(NULL, sizeof *ran, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert(ran != MAP_FAILED);
	ck_assert_int_eq(atexit(note_run), 0);
	ck_assert_int_eq(secret_make("x", hash, NULL), 0);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(errno, ECHILD);
	ck_assert_int_eq(*ran, 0);
}
END_TEST

START_TEST(a_hash_that_costs_more_than_ours_is_not_even_tried)
{
	char dear[SECRET_TEXT] = "", cheap[SECRET_TEXT] = "";
	bool ok;

	ck_assert_int_eq(crypto_pwhash_str(dear, "x", 1, 3, 8192), 0);
	ck_assert_int_eq(crypto_pwhash_str(cheap, "x", 1, 1, 8192), 0);
	ck_assert_int_eq(secret_check(dear, "x", &ok, NULL), 0);
	ck_assert(!ok);
	ck_assert_int_eq(secret_check(cheap, "x", &ok, NULL), 0);
	ck_assert(ok);
}
END_TEST

TEST_MAIN("secret", a_hash_that_costs_more_than_ours_is_not_even_tried,
	  a_password_is_matched_by_itself_alone, what_is_no_hash_of_ours_is_not_matched,
	  an_empty_or_endless_password_is_refused, no_child_stays_and_no_handler_runs_in_it)
