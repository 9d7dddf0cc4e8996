/*
 * hub.h: the hub's end of one conversation: bytes in, bytes out.
 *
 * It knows no line and (but for hub_link_wait()) waits for nothing: whoever holds it brings what
 * came and sends what is in `out`.  Which node is at the other end is the line's word (the key that
 * opened it), never the node's own.  Nothing is kept between two conversations but what is in the
 * database.
 */
#ifndef SYNC_HUB_H
#define SYNC_HUB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/err.h"

struct desk;
struct hub_link;

/* desk: on the hub's database, borrowed; for nobody, its user is set by whoever is acted for. */
struct hub_link *hub_link_new(struct desk *desk, int node);
/* The line says that the machine at the other end was replaced: it may hand in, and nothing else.
 */
void hub_link_old(struct hub_link *link);
/* The line says that it cannot be: these are its last words. */
void hub_link_refuse(struct hub_link *link, const struct err *why);
void hub_link_free(struct hub_link *link);

/* Takes what came.  -1: the conversation is over, its last words are in `out` still. */
int hub_link_in(struct hub_link *link, const void *bytes, size_t n, struct err *err);
/* Said goodbye to: over, and nothing wrong. */
bool hub_link_over(const struct hub_link *link);
/* What is to be sent; the caller takes it away (buf_clear). */
struct buf *hub_link_out(struct hub_link *link);

/* Does a PULL wait for news?  Then hub_link_wait() looks for at most `ms` whether there are, and
 * answers when there are or the node has waited as long as it wished. */
bool hub_link_waits(const struct hub_link *link);
int hub_link_wait(struct hub_link *link, int ms, struct err *err);

/* Once `out` was sent: the next piece of a copy that is under way, or what came and was not
 * listened to yet because too much was waiting to be sent. */
int hub_link_more(struct hub_link *link, struct err *err);

#endif
