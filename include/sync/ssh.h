/*
 * ssh.h: the one door between a node and its hub: OpenSSH, with a key of this database alone and
 *the hub's host key pinned.
 *
 * Both stand beside the database, so that whoever has the database has them and a backup (a folder
 *of its own) has not:
 *
 *	PATH-key, PATH-key.pub	made here, never given away
 *	PATH-hosts		the hub's host key, once its print was confirmed
 *
 * A hub is named as ssh knows it: desk@hub.example, or ssh://desk@hub.example:2222; what else ssh
 *is to know stands in ssh's own settings.
 */
#ifndef SYNC_SSH_H
#define SYNC_SSH_H

#include <stdbool.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/sshkey.h"

/* One word for a shell, whatever is in it. */
void ssh_quote(struct buf *ret, const char *word);

/* ERR_USAGE unless ssh would take it for a machine. */
int ssh_address(const char *hub, struct err *err);
bool ssh_is_address(const char *via);

/* The command that reaches the hub: a shell's, with the program in its place.  squeezed: what will
 * be sent is so already, and ssh is not to do it again. */
int ssh_command(const char *path, const char *hub, bool squeezed, struct buf *ret, struct err *err);

/* This database's key; it is made when there is none. */
int ssh_key(const char *path, struct sshkey *ret, struct err *err);

/* The hub's host key is pinned, after it has shown one of that print.  print NULL: as it was pinned
 * before; never at first sight.  anew: another one than before, which somebody has confirmed. */
int ssh_pin(const char *path, const char *hub, const char *print, bool anew, struct err *err);

/* Does the door open?  *ret_in false: the hub does not know this key. */
int ssh_try(const char *path, const char *hub, bool *ret_in, struct err *err);

/* What ssh said last, as why the line is not there: a sentence. */
int ssh_why(const char *said, struct err *err);

#endif
