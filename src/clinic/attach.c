/*
 * attach.c: papers that come with a referral.
 *
 * A file lies beside the database, in the folder DATABASE.files, under the name of its hash: the
 * same paper twice is one file, and what was changed since is not the one that was kept.  It is on
 * the disk before the referral says that it has it.  Files do not travel: elsewhere the row says
 * where it is kept.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "clinic/refs.h"
#include "clinic/referral_acts.h"

/* What the first bytes say that it is; the name says nothing. */
static const struct {
	const char *type, *magic;
	size_t n;
} types[] = {
	{ "PDF", "%PDF-", 5 },
	{ "PNG image", "\x89PNG\r\n\x1a\n", 8 },
	{ "JPEG image", "\xff\xd8\xff", 3 },
	{ "TIFF image", "II*\0", 4 },
	{ "TIFF image", "MM\0*", 4 },
	{ "office document", "PK\x03\x04", 4 },
	{ "old office document", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 },
	{ "rich text", "{\\rtf", 5 },
};

static const char *type_of(const struct buf *b)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (b->n >= types[i].n && memcmp(b->s, types[i].magic, types[i].n) == 0)
			return types[i].type;
	return text_valid(b->s, b->n) && !memchr(b->s, '\0', b->n) ? "text" : "unknown";
}

struct file_ask {
	const char *name, *type;
	char hash[HASH_HEX];
	int64_t bytes;
};

/* ---- the folder ---- */

static char *place_of(const struct desk *desk, const char *hex)
{
	return mem_printf("%s.files/%s", store_path(desk->store), hex);
}

static int write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		p += done;
		n -= (size_t)done;
	}
	return fsync(fd);
}

static int sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

/* Whole or not at all: written under another name first. */
static int keep_bytes(const char *folder, const char *place, const struct buf *b)
{
	char *part = mem_printf("%s.%ld.part", place, (long)getpid());
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	int rc = fd < 0 ? -1 : write_all(fd, b->s, b->n), why = errno;

	if (fd >= 0 && close(fd) < 0)
		rc = -1;
	if (rc == 0)
		rc = rename(part, place) < 0 ? -1 : sync_folder(folder);
	if (rc < 0) {
		why = errno;
		unlink(part);
	}
	mem_free(part);
	errno = why;
	return rc;
}

static int keep(struct desk *desk, const struct buf *b, const char *hex, struct err *err)
{
	char *folder = mem_printf("%s.files", store_path(desk->store)),
	     *place = place_of(desk, hex);
	struct stat there;
	int rc = 0;

	if (mkdir(folder, 0750) < 0 && errno != EEXIST)
		rc = -1;
	if (rc == 0 && (stat(place, &there) < 0 || (size_t)there.st_size != b->n))
		rc = keep_bytes(folder, place, b);
	if (rc < 0)
		err_set(err, ERR_STORE, "The file cannot be kept in %s (%s).", folder,
			strerror(errno));
	mem_free(place);
	mem_free(folder);
	return rc;
}

/* ---- the act ---- */

int ref_attach_check(struct desk *desk, void *args, struct err *err)
{
	struct ref_change *c = args;
	const struct file_ask *ask = c->ask;
	struct referral_row r;
	struct file_row *f;

	if (ref_begin(desk, c, false, &r, err) < 0)
		return -1;
	f = list_push(&c->files);
	f->id = desk_new_id(desk);
	f->name = mem_str(ask->name);
	f->type = mem_str(ask->type);
	f->hash = mem_str(ask->hash);
	f->bytes = ask->bytes;
	f->node = store_me(desk->store)->node;
	ref_end(c, &r.r);
	c->what = mem_printf("a file was added: %s", ask->type);
	return 0;
}

/* The last part of the path, as it can be shown. */
static char *name_of(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/'), *why = NULL;
	char *clean = text_clean(slash ? slash + 1 : path, 100, &why);

	if (clean && *clean && strlen(clean) < NAME_TEXT)
		return clean;
	err_input(err, "file", "The file's name is refused: %s.",
		  clean ? "it is empty or too long" : why);
	mem_free(clean);
	return NULL;
}

int referral_attach(struct desk *desk, struct id id, const char *path, struct id *ret,
		    struct err *err)
{
	struct ref_change *c;
	struct referral_row r;
	struct file_ask ask = { 0 };
	struct buf bytes = { 0 };
	unsigned char hash[HASH_BYTES];
	char *name;
	int rc;

	/* Nothing is kept for whom it is refused. */
	if (desk_needs(desk, act_referral_attach.roles, "That", err) < 0 ||
	    referral_one(desk, id, &r, err) < 0 || !(name = name_of(path, err)))
		return -1;
	rc = file_read(path, ATTACHMENT_MOST, &bytes, err);
	if (rc == 0 && bytes.n == 0)
		rc = err_input(err, "file", "%s is empty.", name);
	if (rc == 0) {
		hash_bytes(bytes.s, bytes.n, hash);
		hash_hex(hash, ask.hash);
		ask.name = name;
		ask.type = type_of(&bytes);
		ask.bytes = (int64_t)bytes.n;
		rc = keep(desk, &bytes, ask.hash, err);
	}
	if (rc == 0) {
		c = mem_new(sizeof *c);
		c->referral = id;
		c->ask = &ask;
		rc = act_do(desk, &act_referral_attach, c, err);
		if (rc == 0 && ret)
			*ret = c->files.v[0].id;
		args_free(&ref_change_fields, c);
	}
	buf_done(&bytes);
	mem_free(name);
	return rc;
}

const char *referral_kept_at(struct desk *desk, const struct attachment *a, char ret[NAME_TEXT])
{
	char *place = NULL;

	ret[0] = '\0';
	if (referral_file(desk, a, &place, NULL) < 0) {
		snprintf(ret, NAME_TEXT, "node %d", a->node);
		list_each (n, &desk->refs->nodes)
			if (n->number == a->node)
				snprintf(ret, NAME_TEXT, "%s", n->name);
	}
	mem_free(place);
	return ret;
}

int referral_file(struct desk *desk, const struct attachment *a, char **ret_path, struct err *err)
{
	char hex[HASH_HEX];
	char *place = place_of(desk, hash_hex(a->hash, hex));
	struct stat there;

	if (stat(place, &there) == 0) {
		*ret_path = place;
		return 0;
	}
	mem_free(place);
	return err_set(err, ERR_MISSING, "%s is kept at node %d: ask there.", a->name, a->node);
}
