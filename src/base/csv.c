/*
 * csv.c: a small machine of three states over a buffer of 64 KiB.
 *
 * Always holds: a row is given out only when it is whole and good; what was refused stays refused.
 * What the fields mean is the caller's.
 */
#include "base/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

enum where {
	PLAIN,	/* at the start of a field, or inside one without quotes */
	QUOTED, /* inside quotes */
	CLOSED, /* behind a quote that closed the field, or was the first of two */
};

struct csv {
	int fd;
	int64_t size, read, line;
	struct hash hash;
	struct buf row; /* the fields, each with its NUL */
	size_t at[CSV_FIELDS];
	size_t pos, n;
	char in[64 * 1024];
};

int csv_open(const char *path, struct csv **ret, struct err *err)
{
	struct stat sb;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_MISSING : ERR_INPUT,
			       "Cannot read %s (%s): name a CSV file.", path, strerror(errno));
	if (fstat(fd, &sb) < 0 || !S_ISREG(sb.st_mode)) {
		close(fd);
		return err_input(err, "file", "%s is no file: name a CSV file.", path);
	}
	struct csv *csv = mem_new(sizeof *csv);

	csv->fd = fd;
	csv->size = sb.st_size;
	csv->line = 1;
	hash_init(&csv->hash);
	*ret = csv;
	return 0;
}

void csv_close(struct csv *csv)
{
	if (!csv)
		return;
	close(csv->fd);
	buf_done(&csv->row);
	mem_free(csv);
}

int64_t csv_size(const struct csv *csv)
{
	return csv->size;
}

int64_t csv_read(const struct csv *csv)
{
	return csv->read - (int64_t)(csv->n - csv->pos);
}

void csv_hash(struct csv *csv, unsigned char ret[HASH_BYTES])
{
	hash_end(&csv->hash, ret);
}

/* The buffer filled anew: 1, or 0 at the end of the file, or -1. */
static int fill(struct csv *csv, struct err *err)
{
	ssize_t n;

	do
		n = read(csv->fd, csv->in, sizeof csv->in);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, ERR_STORE, "Line %lld cannot be read (%s).",
			       (long long)csv->line, strerror(errno));
	hash_add(&csv->hash, csv->in, (size_t)n);
	csv->pos = 0;
	csv->n = (size_t)n;
	if (csv->read == 0 && n >= 2 &&
	    (memcmp(csv->in, "\xff\xfe", 2) == 0 || memcmp(csv->in, "\xfe\xff", 2) == 0))
		return err_input(err, "file", "Line 1 is UTF-16: save the file as CSV UTF-8.");
	if (csv->read == 0 && n >= 3 && memcmp(csv->in, "\xef\xbb\xbf", 3) == 0)
		csv->pos = 3;
	csv->read += n;
	return n > 0;
}

/* The next byte, -1 at the end, -2 when reading failed. */
static int next(struct csv *csv, struct err *err)
{
	int rc;

	if (csv->pos == csv->n && (rc = fill(csv, err)) <= 0)
		return rc == 0 ? -1 : -2;
	/* A file of nothing but a byte order mark. */
	return csv->pos < csv->n ? (unsigned char)csv->in[csv->pos++] : -1;
}

static int refuse(int64_t line, struct err *err, const char *why)
{
	return err_input(err, "file", "Line %lld: %s.", (long long)line, why);
}

static int field_start(struct csv *csv, struct csv_row *row, struct err *err)
{
	if (row->n == CSV_FIELDS)
		return refuse(row->line, err, "more than 64 columns");
	csv->at[row->n++] = csv->row.n;
	return 0;
}

/* A row that is whole: every field must be text. */
static int give(struct csv *csv, struct csv_row *row, struct err *err)
{
	buf_add(&csv->row, "", 1);
	if (!text_valid(csv->row.s, csv->row.n - 1))
		return refuse(row->line, err, "not UTF-8; save the file as CSV UTF-8");
	for (int i = 0; i < row->n; i++)
		row->v[i] = csv->row.s + csv->at[i];
	return 1;
}

/* One byte of a row: 1 the row is whole, 0 go on, -1 refused. */
static int step(struct csv *csv, struct csv_row *row, enum where *where, int c, struct err *err)
{
	char byte = (char)c;

	if (c == 0)
		return refuse(csv->line, err, "a NUL byte; this is no text");
	if (csv->row.n > CSV_BYTES)
		return refuse(row->line, err, "the row is too long, or a quote is never closed");
	if (*where == QUOTED) {
		csv->line += c == '\n';
		if (c == '"')
			*where = CLOSED;
		else
			buf_add(&csv->row, &byte, 1);
		return 0;
	}
	if (c == '"') {
		if (*where == CLOSED)
			buf_add(&csv->row, &byte, 1);
		else if (csv->row.n > csv->at[row->n - 1])
			return refuse(csv->line, err,
				      "a quote inside a field; double it and quote the field");
		*where = QUOTED;
		return 0;
	}
	switch (c) {
	case ',':
		*where = PLAIN;
		buf_add(&csv->row, "", 1);
		return field_start(csv, row, err);
	case '\r':
		if (next(csv, err) != '\n')
			return refuse(csv->line, err,
				      "a carriage return stands alone; end lines with CR LF or LF");
		__attribute__((fallthrough));
	case '\n':
		csv->line++;
		return give(csv, row, err);
	default:
		if (*where == CLOSED)
			return refuse(csv->line, err, "text behind a closing quote");
		buf_add(&csv->row, &byte, 1);
		return 0;
	}
}

static int one_row(struct csv *csv, struct csv_row *row, struct err *err)
{
	enum where where = PLAIN;
	int c, rc = 0;

	buf_clear(&csv->row);
	*row = (struct csv_row){ .line = csv->line };
	if ((c = next(csv, err)) < 0)
		return c == -1 ? 0 : -1;
	field_start(csv, row, err);
	while (c >= 0 && (rc = step(csv, row, &where, c, err)) == 0)
		c = next(csv, err);
	if (rc != 0)
		return rc;
	if (c == -2)
		return -1;
	if (where == QUOTED)
		return refuse(row->line, err, "a quote is opened and never closed");
	return give(csv, row, err);
}

int csv_next(struct csv *csv, struct csv_row *ret, struct err *err)
{
	struct csv_row row;
	int rc;

	do
		rc = one_row(csv, &row, err);
	while (rc == 1 && row.n == 1 && !*row.v[0]);
	if (rc == 1)
		*ret = row;
	return rc;
}

void csv_put(struct buf *out, const char *s, int first)
{
	if (!first)
		buf_str(out, ",");
	if (!s)
		return;
	if (!s[strcspn(s, ",\"\r\n")] && *s != ' ') {
		buf_str(out, s);
		return;
	}
	buf_str(out, "\"");
	for (; *s; s++)
		buf_add(out, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
	buf_str(out, "\"");
}
