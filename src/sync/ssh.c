/*
 * ssh.c: OpenSSH's programs as the door: ssh-keygen makes the key, ssh shows the host key and keeps
 * the line.
 *
 * The pinned key stands under a name of ours (HostKeyAlias), so it is the hub's wherever it is
 * reached. Nothing of a person's is used: no settings, no agent, no other key, no shared
 * connection, no known_hosts.
 */
#include "sync/ssh.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/run.h"

#define ALIAS "ohdesk-hub"
enum { FILE_MOST = 8192, SECONDS = 30 };

static const char *const always[] = {
	"BatchMode=yes",	   "GlobalKnownHostsFile=/dev/null",
	("HostKeyAlias=" ALIAS),   "HashKnownHosts=no",
	"UpdateHostKeys=no",	   "VerifyHostKeyDNS=no",
	"IdentitiesOnly=yes",	   "IdentityAgent=none",
	"ClearAllForwardings=yes", "PermitLocalCommand=no",
	"ControlPath=none",	   "ConnectTimeout=15",
	"ServerAliveInterval=15",  "ServerAliveCountMax=4",
	"LogLevel=ERROR",
};

void ssh_quote(struct buf *ret, const char *word)
{
	buf_str(ret, "'");
	for (const char *p = word; *p; p++)
		if (*p == '\'')
			buf_str(ret, "'\\''");
		else
			buf_add(ret, p, 1);
	buf_str(ret, "'");
}

/* ---- how a hub is named ---- */

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@";

bool ssh_is_address(const char *via)
{
	bool url = strncmp(via, "ssh://", 6) == 0;
	const char *rest = via + (url ? 6 : 0);
	size_t n = strspn(rest, plain);

	if (url && n > 0 && rest[n] == ':') {
		size_t digits = strspn(rest + n + 1, "0123456789");

		n += digits > 0 && digits < 6 ? 1 + digits : 0;
	}
	return n > 0 && rest[n] == '\0' && *rest != '-' && *rest != '@' && rest[n - 1] != '@' &&
	       !strstr(rest, "@-");
}

int ssh_address(const char *hub, struct err *err)
{
	return ssh_is_address(hub)
		       ? 0
		       : err_set(err, ERR_USAGE,
				 "The hub is named as ssh knows it: desk@hub.example, or"
				 " ssh://desk@hub.example:2222.");
}

/* ---- what ssh is told ---- */

/* A path as a value in ssh's settings, where blanks part words and % begins one of its own. */
static int path_value(const char *name, const char *path, const char *end, struct buf *ret,
		      struct err *err)
{
	if (strpbrk(path, "\"\\\r\n"))
		return err_set(err, ERR_INPUT,
			       "ssh takes no path with quotes or backslashes: move the database.");
	buf_printf(ret, "%s=\"", name);
	for (const char *p = path; *p; p++)
		buf_printf(ret, "%s%c", *p == '%' ? "%" : "", *p);
	buf_printf(ret, "%s\"", end);
	return 0;
}

static void option(struct words *w, const char *value)
{
	char *word = mem_printf("-o%s", value);

	words_add(w, word);
	mem_free(word);
}

/* ssh and all it is told.  to_show: the host key is to be kept in `hosts`, and nothing more is
 * wanted; else it has to be there, and this database's key opens. */
static int ssh_words(struct words *w, const char *path, const char *hub, const char *hosts,
		     bool to_show, bool squeezed, struct err *err)
{
	struct buf key = { 0 }, known = { 0 };
	int rc = ssh_address(hub, err);

	if (rc == 0)
		rc = path_value("IdentityFile", path, "-key", &key, err);
	if (rc == 0)
		rc = path_value("UserKnownHostsFile", path, hosts, &known, err);
	words_add(w, "ssh");
	words_add(w, squeezed ? "-T" : "-CT");
	words_add(w, "-Fnone");
	if (rc == 0) {
		option(w, known.s);
		option(w,
		       to_show ? "StrictHostKeyChecking=accept-new" : "StrictHostKeyChecking=yes");
		option(w, to_show ? "PreferredAuthentications=none"
				  : "PreferredAuthentications=publickey");
		option(w, to_show ? "PubkeyAuthentication=no" : key.s);
		for (size_t i = 0; i < sizeof always / sizeof *always; i++)
			option(w, always[i]);
		words_add(w, hub);
	}
	buf_done(&key);
	buf_done(&known);
	return rc;
}

int ssh_command(const char *path, const char *hub, bool squeezed, struct buf *ret, struct err *err)
{
	struct words w = { 0 };
	int rc = ssh_words(&w, path, hub, "-hosts", false, squeezed, err);

	if (rc == 0) {
		buf_str(ret, "exec");
		for (size_t i = 0; i < w.n; i++) {
			buf_str(ret, " ");
			ssh_quote(ret, w.v[i]);
		}
	}
	words_done(&w);
	return rc;
}

/* Runs ssh, saying nothing to it. */
static int run_ssh(const char *path, const char *hub, const char *hosts, bool to_show,
		   struct ran *ret, struct err *err)
{
	struct words w = { 0 };
	int rc = ssh_words(&w, path, hub, hosts, to_show, false, err);

	if (rc == 0)
		rc = run_words(&w, NULL, 0, SECONDS, ret, err);
	words_done(&w);
	return rc;
}

/* ---- this end's key ---- */

static int make_key(const char *path, struct err *err)
{
	struct words w = { 0 };
	struct ran ran;
	char *part = mem_printf("%s-key-new", path), *pub = mem_printf("%s.pub", part);
	char *key = mem_printf("%s-key", path), *to = mem_printf("%s-key.pub", path);
	const char *const words[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N",
				      "",	    "-C", "",	"-f",	   part };
	char why[256];
	int rc;

	unlink(part);
	unlink(pub);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		words_add(&w, words[i]);
	rc = run_words(&w, NULL, 0, SECONDS, &ran, err);
	if (rc == 0 && (!ran.started || ran.late || ran.status != 0)) {
		ran_words(&ran, why, sizeof why);
		rc = err_set(err, ERR_STORE, "No key could be made beside the database: %s", why);
	}
	/* The private one last: while it is not there, none is. */
	if (rc == 0 && (rename(pub, to) < 0 || rename(part, key) < 0))
		rc = err_set(err, ERR_STORE, "No key could be put beside the database (%s).",
			     strerror(errno));
	unlink(part);
	unlink(pub);
	mem_free(part);
	mem_free(pub);
	mem_free(key);
	mem_free(to);
	words_done(&w);
	return rc;
}

int ssh_key(const char *path, struct sshkey *ret, struct err *err)
{
	char *key = mem_printf("%s-key", path), *pub = mem_printf("%s-key.pub", path);
	struct buf text = { 0 };
	int rc = access(key, F_OK) == 0 ? 0 : make_key(path, err);

	if (rc == 0)
		rc = file_read(pub, FILE_MOST, &text, err);
	if (rc == 0)
		rc = sshkey_parse(text.s ? text.s : "", ret, err);
	buf_done(&text);
	mem_free(key);
	mem_free(pub);
	return rc;
}

/* ---- the other end's ---- */

/* The one key in a file of host keys, which stands there under our name. */
static int pinned(const char *name, struct sshkey *ret, struct err *err)
{
	struct buf text = { 0 };
	size_t n = strlen(ALIAS " ");
	int rc = file_read(name, FILE_MOST, &text, err);

	if (rc == 0 && (!text.s || strncmp(text.s, ALIAS " ", n) != 0))
		rc = err_set(err, ERR_INPUT, "%s is no host key of a hub: remove it.", name);
	if (rc == 0)
		rc = sshkey_parse(text.s + n, ret, err);
	buf_done(&text);
	return rc;
}

static int shown(const char *path, const char *hub, const char *part, const char *print,
		 struct err *err)
{
	struct sshkey key;
	struct ran ran;

	if (run_ssh(path, hub, "-hosts-new", true, &ran, err) < 0)
		return -1;
	if (access(part, F_OK) < 0)
		return ssh_why(ran.started ? ran.said : "ssh is not installed", err);
	if (pinned(part, &key, err) < 0)
		return -1;
	return strcmp(key.print, print) == 0
		       ? 0
		       : err_set(err, ERR_DENIED,
				 "What answers there has another host key, %s: do not go on, ask at the hub.",
				 key.print);
}

int ssh_pin(const char *path, const char *hub, const char *print, bool anew, struct err *err)
{
	char *name = mem_printf("%s-hosts", path), *part = mem_printf("%s-hosts-new", path);
	struct sshkey old;
	bool there = access(name, F_OK) == 0;
	int rc = 0;

	if (there && !anew) {
		rc = pinned(name, &old, err);
		if (rc == 0 && print && strcmp(old.print, print) != 0)
			rc = err_set(
				err, ERR_DENIED,
				"The hub had %s when it was pinned: sync pin, if it has another now.",
				old.print);
	} else if (!print || strncmp(print, "SHA256:", 7) != 0) {
		rc = err_set(
			err, ERR_USAGE,
			"Which host key is the hub's?  It says so at enrolment: --host-key SHA256:...");
	} else {
		unlink(part);
		rc = shown(path, hub, part, print, err);
		if (rc == 0 && rename(part, name) < 0)
			rc = err_set(err, ERR_STORE, "The host key cannot be kept (%s).",
				     strerror(errno));
		unlink(part);
	}
	mem_free(name);
	mem_free(part);
	return rc;
}

/* ---- what comes of it ---- */

int ssh_why(const char *said, struct err *err)
{
	if (strstr(said, "Host key verification failed"))
		return err_set(
			err, ERR_DENIED,
			"The hub shows another host key than the one pinned here: ask there.");
	if (strstr(said, "Permission denied"))
		return err_set(err, ERR_DENIED,
			       "The hub's door does not open to this machine's key: ask there.");
	return err_set(err, ERR_LINK, "The hub is out of reach%s%.150s", *said ? ": " : ".", said);
}

int ssh_try(const char *path, const char *hub, bool *ret_in, struct err *err)
{
	struct ran ran;

	*ret_in = false;
	if (run_ssh(path, hub, "-hosts", false, &ran, err) < 0)
		return -1;
	if (ran.started && !ran.late && ran.status == 0)
		*ret_in = true;
	else if (!strstr(ran.said, "Permission denied"))
		return ssh_why(ran.started ? ran.said : "ssh is not installed", err);
	return 0;
}
