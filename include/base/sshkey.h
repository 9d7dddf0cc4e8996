/*
 * sshkey.h: a public key of OpenSSH, as people paste it and as it is kept.
 *
 * What comes from a person is one line, "TYPE BASE64 COMMENT"; it is kept as "TYPE BASE64", in
 * which no byte means anything to a shell, to sshd or to a terminal.  Whatever else stands in it
 * (options, a second line, a private key) is refused in words.
 */
#ifndef BASE_SSHKEY_H
#define BASE_SSHKEY_H

#include "base/err.h"

enum { SSHKEY_TEXT = 1024, SSHKEY_PRINT = 64 };

struct sshkey {
	char line[SSHKEY_TEXT];	  /* TYPE BASE64 */
	char print[SSHKEY_PRINT]; /* SHA256:..., as ssh-keygen -l shows it */
};

/* ERR_INPUT with the reason. */
int sshkey_parse(const char *text, struct sshkey *ret, struct err *err);

#endif
