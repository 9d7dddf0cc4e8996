/*
 * changeset.c: is this a changeset at all?
 *
 * SQLite's own reader believes what it reads: one that is damaged can keep it going for ever, or
 * reading beyond its end.  So whatever came from elsewhere is walked through here first, byte for
 * byte.  What a changeset is (sqlite3session.c describes it; patchsets, 'P', are none):
 *
 *	'T' columns (varint), for each its place in the key or 0 (a byte), the table's name, NUL
 *	then for each change of that table
 *		what (18 inserted, 9 deleted, 23 updated), indirect or not (a byte)
 *		the old row unless inserted, the new row unless deleted
 *
 *	a row: for each column its type: 0 left as it was (of an update), 1 integer and 2 real with
 *	eight bytes, 3 text and 4 blob with their length (varint) and bytes, 5 NULL
 */
#include <string.h>

#include "store/effect.h"

enum { COLUMNS_MOST = 200, NAME_MOST = 60, INSERTED = 18, DELETED = 9, UPDATED = 23 };

struct in {
	const unsigned char *p, *end;
};

static size_t left(const struct in *in)
{
	return (size_t)(in->end - in->p);
}

/* SQLite's own: seven bits a byte, highest first; the ninth has eight. */
static bool take_varint(struct in *in, uint64_t *ret)
{
	uint64_t n = 0;

	for (int i = 0; i < 9 && in->p < in->end; i++) {
		unsigned char byte = *in->p++;

		if (i == 8) {
			*ret = n << 8 | byte;
			return true;
		}
		n = n << 7 | (byte & 127);
		if (byte < 128) {
			*ret = n;
			return true;
		}
	}
	return false;
}

static bool skip(struct in *in, uint64_t n)
{
	if (n > left(in))
		return false;
	in->p += n;
	return true;
}

static bool take_value(struct in *in, int *ret_type)
{
	uint64_t n;

	if (in->p == in->end)
		return false;
	*ret_type = *in->p++;
	switch (*ret_type) {
	case 0:
	case 5:
		return true;
	case 1:
	case 2:
		return skip(in, 8);
	case 3:
	case 4:
		return take_varint(in, &n) && skip(in, n);
	default:
		return false;
	}
}

/* key: of the columns; whole: every column is said, else those of the key must be. */
static bool take_row(struct in *in, const unsigned char *key, uint64_t columns, bool whole,
		     bool keyed)
{
	for (uint64_t i = 0; i < columns; i++) {
		int type;

		if (!take_value(in, &type))
			return false;
		if (type == 0 && (whole || (keyed && key[i])))
			return false;
		if (key[i] && type == 5)
			return false;
	}
	return true;
}

static bool take_change(struct in *in, const unsigned char *key, uint64_t columns)
{
	int what;

	if (left(in) < 2 || in->p[1] > 1)
		return false;
	what = in->p[0];
	in->p += 2;
	switch (what) {
	case INSERTED:
	case DELETED:
		return take_row(in, key, columns, true, true);
	case UPDATED:
		return take_row(in, key, columns, false, true) &&
		       take_row(in, key, columns, false, false);
	default:
		return false;
	}
}

static bool take_table(struct in *in, const unsigned char **ret_key, uint64_t *ret_columns)
{
	const unsigned char *end;
	bool keyed = false;

	if (in->p == in->end || *in->p++ != 'T' || !take_varint(in, ret_columns) ||
	    *ret_columns < 1 || *ret_columns > COLUMNS_MOST || *ret_columns > left(in))
		return false;
	*ret_key = in->p;
	for (uint64_t i = 0; i < *ret_columns; i++)
		keyed |= *in->p++ != 0;
	end = memchr(in->p, '\0', left(in));
	if (!keyed || !end || end == in->p || end - in->p > NAME_MOST)
		return false;
	in->p = end + 1;
	return true;
}

bool changeset_sound(const void *p, size_t n)
{
	struct in in = { p, (const unsigned char *)p + n };
	const unsigned char *key = NULL;
	uint64_t columns = 0;

	while (in.p < in.end) {
		if (*in.p == 'T') {
			if (!take_table(&in, &key, &columns))
				return false;
		} else if (!key || !take_change(&in, key, columns)) {
			return false;
		}
	}
	return true;
}
