/*
 * witness.c: the file beside a node's database that knows how many commands it made.
 *
 * A backup put back is older than what people were told since.  It would use the names of commands
 * a second time, and confirm in slots that somebody has.  So before a change with commands commits,
 * their count goes into a small file that no backup brings back, and onto the disk.  At the start
 * of every change, when no other process can be in the middle of one, the two are compared: unless
 * they say the same, this copy was restored (or the file is not beside it), and a new life of the
 * node begins (store/replica.h).
 *
 *	ohdesk witness 1 INCARNATION N LIVES\n	padded with blanks to 96 bytes
 *
 * LIVES is how often that has happened: it too would come back with a backup if it stood inside.
 *
 * A machine that stops between the two is taken for a restored one, for it cannot be told from a
 * backup of just before the last command.  That costs the use of its holds until the next sync.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "store/db.h"

enum { WITNESS_BYTES = sizeof((struct store *)0)->witness - 1 };

static int open_witness(struct store *st, struct err *err)
{
	char *name;

	if (st->witness_fd >= 0)
		return 0;
	name = mem_printf("%s-witness", st->path);
	st->witness_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
	if (st->witness_fd < 0)
		err_set(err, ERR_STORE, "Cannot open %s (%s): give this user the folder.", name,
			strerror(errno));
	mem_free(name);
	return st->witness_fd < 0 ? -1 : 0;
}

int witness_read(struct store *st, struct err *err)
{
	int64_t inc = -1, n = -1;
	int lives = -1;

	if (open_witness(st, err) < 0)
		return -1;
	memset(st->witness, 0, sizeof st->witness);
	if (pread(st->witness_fd, st->witness, WITNESS_BYTES, 0) < 0)
		return store_fail(st, SQLITE_IOERR, err);
	sscanf(st->witness, "ohdesk witness 1 %" SCNd64 " %" SCNd64 " %d", &inc, &n, &lives);
	st->me.lives = lives;
	st->me.restored = inc != st->me.inc || n != st->me.next_n - 1;
	return 0;
}

static int put(struct store *st, const char bytes[WITNESS_BYTES], struct err *err)
{
	if (pwrite(st->witness_fd, bytes, WITNESS_BYTES, 0) != WITNESS_BYTES ||
	    fdatasync(st->witness_fd) < 0)
		return store_fail(st, errno == ENOSPC ? SQLITE_FULL : SQLITE_IOERR, err);
	return 0;
}

int witness_write(struct store *st, struct err *err)
{
	char bytes[WITNESS_BYTES + 1];
	int n = snprintf(bytes, sizeof bytes, "ohdesk witness 1 %" PRId64 " %" PRId64 " %d",
			 st->me.inc, st->me.next_n - 1, st->me.lives);

	memset(bytes + n, ' ', (size_t)(WITNESS_BYTES - n));
	bytes[WITNESS_BYTES - 1] = '\n';
	return open_witness(st, err) < 0 ? -1 : put(st, bytes, err);
}

/* The change is given up, so the file says again what it said before.  Should this fail too, the
 * next change finds a restored node, which is safe. */
void witness_back(struct store *st)
{
	put(st, st->witness, NULL);
}
