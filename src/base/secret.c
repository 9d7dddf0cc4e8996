/*
 * secret.c: passwords, kept as Argon2id only, each derived in a child process.
 *
 * The child does nothing but derive, write one answer into a pipe and _exit(): no handler of the
 * parent's runs in it and no file or database that it inherited is touched.
 */
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium/core.h>
#include <sodium/crypto_pwhash.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024, DONE = 'k', MATCHED = 'y', OTHER = 'n' };

/* What the child says: one of the letters above and, when it made one, the hash. */
struct answer {
	char said;
	char hash[SECRET_TEXT];
};
_Static_assert(crypto_pwhash_STRBYTES <= SECRET_TEXT, "a hash fits its array");

struct question {
	const char *plain;
	const char *hash; /* NULL: make one */
};

static void write_all(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		ssize_t put = write(fd, p, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return;
		p += put;
		n -= (size_t)put;
	}
}

static size_t read_all(int fd, void *bytes, size_t n)
{
	size_t got = 0;

	while (got < n) {
		ssize_t r = read(fd, (char *)bytes + got, n - got);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			break;
		got += (size_t)r;
	}
	return got;
}

static void answer_in_child(int fd, const struct question *q) __attribute__((noreturn));

static void answer_in_child(int fd, const struct question *q)
{
	struct answer a;
	size_t n = strlen(q->plain);

	memset(&a, 0, sizeof a);
	if (!q->hash) {
		if (crypto_pwhash_str_alg(a.hash, q->plain, n, PASSES, MEMORY,
					  crypto_pwhash_ALG_ARGON2ID13) == 0)
			a.said = DONE;
	} else {
		a.said = crypto_pwhash_str_verify(q->hash, q->plain, n) == 0 ? MATCHED : OTHER;
	}
	write_all(fd, &a, sizeof a);
	_exit(0);
}

static int ask_child(const struct question *q, struct answer *ret, struct err *err)
{
	static const char why[] = "The password could not be worked out: %s. Try again.";
	struct answer a;
	int fds[2], status;
	size_t got;
	pid_t pid;

	if (sodium_init() < 0)
		return err_set(err, ERR_FAULT, why, "libsodium did not start");
	if (pipe2(fds, O_CLOEXEC) < 0)
		return err_set(err, ERR_FAULT, why, strerror(errno));
	pid = fork();
	if (pid < 0) {
		int e = errno;

		close(fds[0]);
		close(fds[1]);
		return err_set(err, ERR_FAULT, why, strerror(e));
	}
	if (pid == 0)
		answer_in_child(fds[1], q);
	close(fds[1]);
	got = read_all(fds[0], &a, sizeof a);
	close(fds[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (got != sizeof a || a.said == 0)
		return err_set(err, ERR_FAULT, why, "there was not enough memory");
	*ret = a;
	return 0;
}

int secret_make(const char *plain, char ret[SECRET_TEXT], struct err *err)
{
	struct question q = { plain, NULL };
	struct answer a;

	if (!*plain)
		return err_input(err, "password", "Type a password.");
	if (strlen(plain) > SECRET_MOST)
		return err_input(err, "password", "A password has at most %d bytes.", SECRET_MOST);
	if (ask_child(&q, &a, err) < 0)
		return -1;
	memcpy(ret, a.hash, SECRET_TEXT);
	ret[SECRET_TEXT - 1] = '\0';
	return 0;
}

/* Argon2id at costs no higher than ours: a hash from elsewhere must not make the child take the
 * machine's memory.  Lower ones are taken, so that the costs can rise one day. */
static bool is_ours(const char *hash)
{
	unsigned kib, passes;

	return strlen(hash) < crypto_pwhash_STRBYTES &&
	       sscanf(hash, "$argon2id$v=19$m=%8u,t=%8u,p=1$", &kib, &passes) == 2 &&
	       kib <= MEMORY / 1024 && passes <= PASSES;
}

int secret_check(const char *hash, const char *plain, bool *ret_ok, struct err *err)
{
	struct question q = { plain, hash };
	struct answer a;

	if (!hash || strlen(plain) > SECRET_MOST || !is_ours(hash)) {
		*ret_ok = false;
		return 0;
	}
	if (ask_child(&q, &a, err) < 0)
		return -1;
	*ret_ok = a.said == MATCHED;
	return 0;
}
