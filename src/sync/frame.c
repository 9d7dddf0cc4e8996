/*
 * frame.c: frames to bytes and back, both by one table of fields for each type.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "sync/frame.h"

enum kind { INT64, INT, ID, TEXT, BYTES, HASH, BOOL, END };

struct part_of {
	enum kind kind;
	size_t at;   /* in struct frame */
	size_t size; /* TEXT: of the array; BYTES: where its length is */
};

#define AT(kind, member)                                                                           \
	{                                                                                          \
		kind, offsetof(struct frame, member), 0                                            \
	}
#define AT_TEXT(member)                                                                            \
	{                                                                                          \
		TEXT, offsetof(struct frame, member), sizeof((struct frame *)0)->member            \
	}
#define AT_BYTES(member, length)                                                                   \
	{                                                                                          \
		BYTES, offsetof(struct frame, member), offsetof(struct frame, length)              \
	}

/* clang-format off */
static const struct part_of hello[] = {
	AT(INT64, hello.lowest), AT(INT64, hello.highest), AT_TEXT(hello.program),
	AT(INT64, hello.schema), AT_TEXT(hello.region), AT(INT64, hello.epoch),
	AT(INT64, hello.seq), AT(HASH, hello.hash), AT(INT64, hello.inc),
	AT(INT64, hello.last_n), AT(HASH, hello.last_hash), AT(INT64, hello.clock), { END, 0, 0 }
};
static const struct part_of welcome[] = {
	AT(INT64, welcome.protocol), AT(INT64, welcome.epoch), AT(INT64, welcome.epoch_start),
	AT_TEXT(welcome.state), AT(INT64, welcome.head), AT(INT64, welcome.schema),
	AT(INT64, welcome.stable), AT(INT64, welcome.last_n), AT(HASH, welcome.last_hash),
	AT(INT64, welcome.clock), { END, 0, 0 }
};
static const struct part_of refuse[] = {
	AT_TEXT(refuse.code), AT_TEXT(refuse.text), { END, 0, 0 }
};
static const struct part_of cmd[] = {
	AT(INT64, cmd.inc), AT(INT64, cmd.n), AT(HASH, cmd.prev), AT(INT64, cmd.act),
	AT_TEXT(cmd.type), AT(INT, cmd.ver), AT_TEXT(cmd.scope), AT(ID, cmd.actor),
	AT(INT64, cmd.at.utc), AT(ID, cmd.history), AT(ID, cmd.reverses),
	AT_BYTES(cmd.args, cmd.args_n), { END, 0, 0 }
};
static const struct part_of flush[] = { { END, 0, 0 } };
static const struct part_of ack[] = { AT(INT64, ack.last_n), { END, 0, 0 } };
static const struct part_of pull[] = {
	AT(INT64, pull.from), AT(INT64, pull.max_bytes), AT(INT64, pull.wait_ms), { END, 0, 0 }
};
#define ENTRY_PART(i)                                                                              \
	AT_TEXT(entry.part[i].scope), AT(HASH, entry.part[i].hash), AT(BOOL, entry.part[i].here),  \
	AT_BYTES(entry.part[i].body, entry.part[i].n)
static const struct part_of entry[] = {
	AT(INT64, entry.seq), AT(INT64, entry.epoch), AT(INT, entry.schema),
	AT(INT64, entry.at.utc), AT(INT, entry.node), AT(INT64, entry.inc), AT(INT64, entry.n),
	AT_TEXT(entry.type), AT(INT, entry.ver), AT(HASH, entry.cmd_hash), AT_TEXT(entry.verdict),
	AT(HASH, entry.prev), AT(HASH, entry.hash), ENTRY_PART(0), ENTRY_PART(1), { END, 0, 0 }
};
static const struct part_of head[] = {
	AT(INT64, head.head), AT(INT64, head.stable), { END, 0, 0 }
};
static const struct part_of snap[] = {
	AT(INT64, snap.lowest), AT(INT64, snap.highest), AT_TEXT(snap.program), { END, 0, 0 }
};
static const struct part_of data[] = { AT_BYTES(data.bytes, data.n), { END, 0, 0 } };
static const struct part_of end[] = {
	AT(INT64, end.node), AT(INT64, end.bytes), AT(HASH, end.hash), { END, 0, 0 }
};
static const struct part_of words[] = { AT_TEXT(words.text), { END, 0, 0 } };

static const struct part_of *const frames[FRAME_TYPES] = {
	[FRAME_HELLO] = hello, [FRAME_WELCOME] = welcome, [FRAME_REFUSE] = refuse,
	[FRAME_CMD] = cmd, [FRAME_FLUSH] = flush, [FRAME_ACK] = ack, [FRAME_PULL] = pull,
	[FRAME_ENTRY] = entry, [FRAME_HEAD] = head, [FRAME_BYE] = words, [FRAME_ERROR] = words,
	[FRAME_SNAP] = snap, [FRAME_DATA] = data, [FRAME_END] = end,
};
/* clang-format on */

/* ---- writing ---- */

static void put_number(struct buf *out, int64_t n)
{
	uint64_t z = (uint64_t)n << 1 ^ (n < 0 ? UINT64_MAX : 0);
	unsigned char byte;

	for (; z >= 128; z >>= 7) {
		byte = (unsigned char)(z | 128);
		buf_add(out, &byte, 1);
	}
	byte = (unsigned char)z;
	buf_add(out, &byte, 1);
}

static void put_bytes(struct buf *out, const void *p, size_t n)
{
	put_number(out, (int64_t)n);
	if (n)
		buf_add(out, p, n);
}

static void put_part(struct buf *out, const struct part_of *part, const struct frame *f)
{
	const char *at = (const char *)f + part->at;

	switch (part->kind) {
	case INT64:
		put_number(out, *(const int64_t *)at);
		break;
	case INT:
		put_number(out, *(const int *)at);
		break;
	case ID:
		put_number(out, ((const struct id *)at)->n);
		break;
	case BOOL:
		put_number(out, *(const bool *)at);
		break;
	case TEXT:
		put_bytes(out, at, strlen(at));
		break;
	case BYTES:
		put_bytes(out, *(void *const *)at, *(const size_t *)((const char *)f + part->size));
		break;
	case HASH:
		buf_add(out, at, 32);
		break;
	case END:
		break;
	}
}

void frame_put(struct buf *out, const struct frame *f)
{
	size_t start = out->n, n;
	unsigned char type = (unsigned char)f->type;

	buf_add(out, "\0\0\0\0", 4);
	buf_add(out, &type, 1);
	if (f->type < FRAME_TYPES)
		for (const struct part_of *part = frames[f->type]; part->kind != END; part++)
			put_part(out, part, f);
	n = out->n - start - 4;
	for (int i = 0; i < 4; i++)
		out->s[start + (size_t)i] = (char)(unsigned char)(n >> (24 - 8 * i));
}

/* ---- reading ---- */

struct reader {
	const unsigned char *p;
	size_t n;
	bool bad;
};

static int64_t take_number(struct reader *r)
{
	uint64_t z = 0;

	for (int shift = 0; shift < 64; shift += 7) {
		if (r->n == 0)
			break;
		unsigned char byte = *r->p++;

		r->n--;
		/* The tenth byte has room for one bit only; a last byte of nothing is a longer way
		 * to say the same number. */
		if ((shift == 63 && byte > 1) || (shift > 0 && byte == 0))
			break;
		z |= (uint64_t)(byte & 127) << shift;
		if (byte < 128)
			return (int64_t)(z >> 1) ^ -(int64_t)(z & 1);
	}
	r->bad = true;
	return 0;
}

static const unsigned char *take_bytes(struct reader *r, size_t *ret_n)
{
	int64_t n = take_number(r);
	const unsigned char *p = r->p;

	*ret_n = 0;
	if (r->bad || n < 0 || (uint64_t)n > r->n) {
		r->bad = true;
		return p;
	}
	r->p += n;
	r->n -= (size_t)n;
	*ret_n = (size_t)n;
	return p;
}

static void take_text(struct reader *r, char *to, size_t size)
{
	size_t n;
	const unsigned char *p = take_bytes(r, &n);

	if (r->bad || n >= size || memchr(p, '\0', n) || !text_valid((const char *)p, n)) {
		r->bad = true;
		return;
	}
	memcpy(to, p, n);
	to[n] = '\0';
}

static void take_hash(struct reader *r, void *to)
{
	if (r->n < 32) {
		r->bad = true;
		return;
	}
	memcpy(to, r->p, 32);
	r->p += 32;
	r->n -= 32;
}

static void take_part(struct reader *r, const struct part_of *part, struct frame *f)
{
	char *at = (char *)f + part->at;
	int64_t n = 0;

	switch (part->kind) {
	case INT64:
		*(int64_t *)at = take_number(r);
		break;
	case INT:
		n = take_number(r);
		if (n < INT32_MIN || n > INT32_MAX)
			r->bad = true;
		else
			*(int *)at = (int)n;
		break;
	case ID:
		((struct id *)at)->n = take_number(r);
		break;
	case BOOL:
		n = take_number(r);
		if (n < 0 || n > 1)
			r->bad = true;
		*(bool *)at = n == 1;
		break;
	case TEXT:
		take_text(r, at, part->size);
		break;
	case BYTES: {
		size_t *length = (size_t *)((char *)f + part->size);
		const unsigned char *p = take_bytes(r, length);

		*(void **)at = mem_strn((const char *)p, *length);
		break;
	}
	case HASH:
		take_hash(r, at);
		break;
	case END:
		break;
	}
}

void frame_done(struct frame *f)
{
	if (f->type == FRAME_CMD)
		cmd_done(&f->cmd);
	if (f->type == FRAME_ENTRY)
		entry_done(&f->entry);
	if (f->type == FRAME_DATA)
		mem_free(f->data.bytes);
	f->type = FRAME_NONE;
}

int frame_take(const struct buf *in, size_t *at, struct frame *ret, struct err *err)
{
	const unsigned char *p;
	struct reader r = { 0 };
	size_t n;

	memset(ret, 0, sizeof *ret);
	if (in->n - *at < 5)
		return 0;
	p = (const unsigned char *)in->s + *at;
	n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
	if (n < 1 || n > FRAME_MOST)
		return err_set(err, ERR_LINK, "What came over the line is no frame: begin again.");
	if (in->n - *at - 4 < n)
		return 0;
	*at += 4 + n;
	if (p[4] >= FRAME_IGNORE)
		return 1;
	if (p[4] >= FRAME_TYPES || !frames[p[4]])
		return err_set(err, ERR_LINK, "A frame of type %d came, which nobody knows here.",
			       p[4]);
	r.p = p + 5;
	r.n = n - 1;
	ret->type = (enum frame_type)p[4];
	for (const struct part_of *part = frames[p[4]]; part->kind != END && !r.bad; part++)
		take_part(&r, part, ret);
	if (!r.bad && r.n == 0)
		return 1;
	frame_done(ret);
	return err_set(err, ERR_LINK, "A frame of type %d came that is not whole: begin again.",
		       p[4]);
}
