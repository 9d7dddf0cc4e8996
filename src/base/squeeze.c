/* squeeze.c: bytes made fewer for a line (Zstandard). */
#include "base/squeeze.h"

#include <zstd.h>

/* The quickest level: a copy of a large database waits for the processor, not for the line.  Its
 * window is half a megabyte; no more than eight are given to somebody else's. */
enum { LEVEL = 1, WINDOW_MOST = 23 };

struct squeeze {
	ZSTD_CCtx *z;
};
struct unsqueeze {
	ZSTD_DCtx *z;
	char *piece;
	size_t size;
	bool whole;
};

struct squeeze *squeeze_new(void)
{
	struct squeeze *s = mem_new(sizeof *s);

	s->z = ZSTD_createCCtx();
	if (s->z) {
		ZSTD_CCtx_setParameter(s->z, ZSTD_c_compressionLevel, LEVEL);
		ZSTD_CCtx_setParameter(s->z, ZSTD_c_checksumFlag, 1);
	}
	return s;
}

void squeeze_free(struct squeeze *s)
{
	if (!s)
		return;
	ZSTD_freeCCtx(s->z);
	mem_free(s);
}

void squeeze_add(struct squeeze *s, const void *p, size_t n, bool last, struct buf *out)
{
	size_t size = ZSTD_CStreamOutSize(), left;
	char *piece = mem_new(size);
	ZSTD_inBuffer in = { p, n, 0 };

	do {
		ZSTD_outBuffer to = { piece, size, 0 };

		left = ZSTD_compressStream2(s->z, &to, &in, last ? ZSTD_e_end : ZSTD_e_continue);
		if (ZSTD_isError(left)) /* no memory for it: the other end finds it cut short */
			break;
		buf_add(out, piece, to.pos);
	} while (last ? left > 0 : in.pos < in.size);
	mem_free(piece);
}

struct unsqueeze *unsqueeze_new(void)
{
	struct unsqueeze *u = mem_new(sizeof *u);

	u->z = ZSTD_createDCtx();
	if (u->z)
		ZSTD_DCtx_setParameter(u->z, ZSTD_d_windowLogMax, WINDOW_MOST);
	u->size = ZSTD_DStreamOutSize();
	u->piece = mem_new(u->size);
	return u;
}

void unsqueeze_free(struct unsqueeze *u)
{
	if (!u)
		return;
	ZSTD_freeDCtx(u->z);
	mem_free(u->piece);
	mem_free(u);
}

static int damaged(struct err *err)
{
	return err_set(err, ERR_LINK, "What came over the line is damaged: begin again.");
}

int unsqueeze_add(struct unsqueeze *u, const void *p, size_t n,
		  int (*take)(void *ctx, const void *p, size_t n, struct err *err), void *ctx,
		  struct err *err)
{
	ZSTD_inBuffer in = { p, n, 0 };
	bool more = false; /* the piece was full: it may hold back some */

	while (in.pos < in.size || more) {
		ZSTD_outBuffer to = { u->piece, u->size, 0 };
		size_t left;

		if (u->whole) /* nothing comes behind its end */
			return damaged(err);
		left = ZSTD_decompressStream(u->z, &to, &in);
		if (ZSTD_isError(left))
			return damaged(err);
		u->whole = left == 0;
		more = !u->whole && to.pos == to.size;
		if (to.pos > 0 && take(ctx, u->piece, to.pos, err) < 0)
			return -1;
	}
	return 0;
}

bool unsqueeze_whole(const struct unsqueeze *u)
{
	return u->whole;
}
