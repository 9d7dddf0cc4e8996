/*
 * config.h: ohdesk.ini, the settings of one machine.
 *
 * The file is held to a strict form before it is believed: a setting that is misspelt, written
 * twice or out of range is refused with its line, never passed over.  What may be set is one table
 * in config.c.  Settings are asked for by "section:key".
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/err.h"

struct config;

/*
 * Reads `path`.  When it is NULL: $XDG_CONFIG_HOME/ohdesk/ohdesk.ini (else ~/.config/...), else
 * /etc/ohdesk/ohdesk.ini, else no file, which is no error: everything is built in.
 * config_close() ends it.
 */
int config_open(const char *path, struct config **ret, struct err *err);
void config_close(struct config *);

/* The file that was read; NULL when everything is built in. */
const char *config_path(const struct config *);

/* A setting, or `fallback` when the file does not have it (or the config is NULL).  The key must be
 * in config.c's table, with that type; texts are the config's. */
const char *config_str(const struct config *, const char *key, const char *fallback);
int config_int(const struct config *, const char *key, int fallback);

#endif
