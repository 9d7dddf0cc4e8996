/*
 * node.c: the databases of a network, as the hub knows them.
 *
 * Enrolling, excluding and replacing are rows.  sshd asks for the keys of those rows each time
 * somebody comes (node keys TYPE KEY), or reads a file that is written anew with each change of
 * them.
 */
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/day.h"
#include "cli/tables.h"
#include "clinic/nodes.h"
#include "sync/keys.h"

enum { KEY_FILE_MOST = 4096 };

static int list_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "number", "letter", "name",     "state", "key",
					       "seen",	 "behind", "commands", NULL };
	struct node_rows rows = { 0 };
	int rc = nodes_list(&c->desk, &rows, err);

	if (rc == 0) {
		out_begin(&c->out, columns);
		list_each (row, &rows) {
			out_int(&c->out, row->number);
			out_text(&c->out, row->letter);
			out_text(&c->out, row->name);
			out_text(&c->out, row->state);
			out_text(&c->out, row->key.print);
			out_moment(&c->out, row->seen);
			if (row->met) {
				out_int(&c->out, row->behind);
				out_int(&c->out, row->commands);
			} else {
				out_text(&c->out, NULL);
				out_text(&c->out, NULL);
			}
		}
		out_end(&c->out);
	}
	list_free(&rows);
	return rc;
}

/* ---- keys ---- */

/* What every forced command begins with: this program, on this database, as it was told. */
struct way {
	char program[PATH_MAX], db[PATH_MAX], config[PATH_MAX];
	const char *v[8];
	struct keys_way words;
};

static int way_of(const struct cli *c, struct way *w, struct err *err)
{
	ssize_t n = readlink("/proc/self/exe", w->program, sizeof w->program - 1);
	const char *path = cli_db(c, err);

	if (!path)
		return -1;
	if (n < 0 || !realpath(path, w->db) ||
	    (c->config_file && !realpath(c->config_file, w->config)))
		return err_set(err, ERR_FAULT,
			       "It cannot be said where this program or its files are.");
	w->program[n] = '\0';
	w->words = (struct keys_way){ .v = w->v };
	w->v[w->words.n++] = w->program;
	w->v[w->words.n++] = "--db";
	w->v[w->words.n++] = w->db;
	if (c->config_file) {
		w->v[w->words.n++] = "--config";
		w->v[w->words.n++] = w->config;
	}
	if (c->now) {
		w->v[w->words.n++] = "--now";
		w->v[w->words.n++] = c->now;
	}
	return 0;
}

static int keys_run(struct cli *c, struct err *err)
{
	const char *path = cli_opt(c, "write");
	struct buf lines = { 0 };
	char *line = NULL;
	struct way way;
	int rc = way_of(c, &way, err);

	if (c->nargs == 1)
		return err_set(err, ERR_USAGE,
			       "It is: ohdesk node keys TYPE KEY, as sshd's %%t %%k.");
	if (c->nargs == 2)
		line = mem_printf("%s %s", c->args[0], c->args[1]);
	if (rc == 0 && path && line)
		rc = err_set(err, ERR_USAGE, "The file has all keys: leave the one out.");
	else if (rc == 0 && path)
		rc = keys_write(&c->desk, &way.words, path, err);
	else if (rc == 0)
		rc = keys_lines(&c->desk, &way.words, line, &lines, err);
	if (rc == 0 && lines.s)
		out_lines(&c->out, lines.s);
	mem_free(line);
	buf_done(&lines);
	return rc;
}

/* After a change of the rows: the file that sshd reads, where there is one. */
static int write_keys(struct cli *c, struct err *err)
{
	const char *path = config_str(c->config, "sync:keys_file", NULL);
	struct err why = ERR_INIT;
	struct way way;

	if (!path ||
	    (way_of(c, &way, &why) == 0 && keys_write(&c->desk, &way.words, path, &why) == 0))
		return 0;
	return err_set(err, why.kind, "That is done, but sshd does not know it yet: %s", why.text);
}

/* --key: the key itself, or a file that has it; "-" is standard input.  *ret NULL: none was given.
 */
static int key_text(struct cli *c, char **ret, struct err *err)
{
	const char *s = cli_opt(c, "key");
	struct buf text = { 0 };

	*ret = NULL;
	if (!s)
		return 0;
	if (strncmp(s, "ssh-", 4) == 0 || strncmp(s, "ecdsa-", 6) == 0) {
		*ret = mem_str(s);
		return 0;
	}
	if (strcmp(s, "-") == 0) {
		char piece[KEY_FILE_MOST];
		size_t n = fread(piece, 1, sizeof piece, stdin);

		buf_add(&text, piece, n);
	} else if (file_read(s, KEY_FILE_MOST, &text, err) < 0) {
		return -1;
	}
	*ret = mem_strn(text.s ? text.s : "", text.n);
	/* What would be cut off at a NUL is not what it says. */
	if (strlen(*ret) != text.n) {
		mem_free(*ret);
		*ret = NULL;
		buf_done(&text);
		return err_input(err, "key", "That is no public key: it has a NUL in it.");
	}
	buf_done(&text);
	return 0;
}

/* What the new machine is to be told: the hub's name and its host key. */
static void say_join(struct cli *c, const struct node_row *node)
{
	static const char *const columns[] = { "number", "key", "host_key", "join", NULL };
	const char *hub = config_str(c->config, "sync:address", NULL);
	char print[SSHKEY_PRINT], host[256] = "";
	const struct passwd *me = getpwuid(getuid());
	char *join;

	keys_print(config_str(c->config, "sync:host_key", "/etc/ssh/ssh_host_ed25519_key.pub"),
		   print, sizeof print);
	gethostname(host, sizeof host - 1);
	join = hub ? mem_printf("ohdesk sync join %s", hub)
		   : mem_printf("ohdesk sync join %s@%s", me ? me->pw_name : "USER", host);
	if (*print) {
		char *whole = mem_printf("%s --host-key %s", join, print);

		mem_free(join);
		join = whole;
	}
	out_begin(&c->out, columns);
	out_int(&c->out, node->number);
	out_text(&c->out, node->key.print);
	out_text(&c->out, print);
	out_text(&c->out, join);
	out_end(&c->out);
	mem_free(join);
}

/* ---- enrolled ---- */

/* With letter and name a new one; without, one that was enrolled before its machine had a key. */
static int enrol(struct cli *c, const char *key, struct err *err)
{
	const char *letter = cli_opt(c, "letter"), *name = NULL;
	struct node_row node;

	if (!letter && key)
		return nodes_get(&c->desk, c->args[0], &node, err) < 0
			       ? -1
			       : node_key_set(&c->desk, &node, key, err);
	if (cli_need(c, "letter", &letter, err) < 0 || cli_need(c, "name", &name, err) < 0)
		return -1;
	return node_enrol(&c->desk, c->args[0], letter, name, key, err);
}

static int enrol_run(struct cli *c, struct err *err)
{
	struct node_row node;
	char *key = NULL;
	int rc = key_text(c, &key, err);

	if (rc == 0)
		rc = enrol(c, key, err);
	mem_free(key);
	if (rc < 0 || nodes_get(&c->desk, c->args[0], &node, err) < 0)
		return -1;
	say_join(c, &node);
	return write_keys(c, err);
}

/* ---- gone ---- */

/* What is to be watched, and in a word what was done. */
static void say_gone(struct cli *c, const struct gone_ask *ask, const struct gone *g)
{
	static const char *const columns[] = { "id",	    "start",   "minutes",
					       "clinician", "service", "person_id",
					       "person",    "state",   NULL };
	char seen[DAY_TEXT] = "never";

	if (!moment_none(g->node.seen))
		moment_iso(g->node.seen, seen);
	if (g->back)
		desk_warn(&c->desk, "Node %d has %d slots back; it was last heard %s.",
			  g->node.number, g->back, seen);
	else if (ask->again)
		desk_warn(&c->desk,
			  "Node %d is another machine now: %d slots taken; last heard %s.",
			  g->node.number, g->held, seen);
	else
		desk_warn(
			&c->desk,
			"Node %d is excluded: %d slots taken, %d diaries without a home; heard %s.",
			g->node.number, g->held, g->diaries, seen);
	out_begin(&c->out, columns);
	list_each (d, &g->bookings) {
		out_id(&c->out, d->row.a.id);
		out_moment(&c->out, d->row.a.starts);
		out_int(&c->out, d->row.a.mins);
		out_text(&c->out, d->with);
		out_text(&c->out, d->service);
		out_id(&c->out, d->row.a.person);
		out_text(&c->out, d->name);
		out_text(&c->out, appt_state_code(d->row.a.state));
	}
	out_end(&c->out);
}

static int gone_run(struct cli *c, bool again, struct err *err)
{
	struct gone_ask ask = { .number = c->args[0], .again = again };
	struct gone gone;
	char *key = NULL;
	int rc = cli_need(c, "why", &ask.why, err);

	ask.stolen = cli_opt(c, "stolen");
	if (rc == 0)
		rc = cli_opt_int(c, "holds-to", 1, (1 << 21) - 1, &ask.holds_to, err);
	if (rc == 0 && again)
		rc = key_text(c, &key, err);
	ask.key = key;
	if (rc == 0)
		rc = node_gone(&c->desk, &ask, &gone, err);
	mem_free(key);
	if (rc < 0)
		return -1;
	say_gone(c, &ask, &gone);
	gone_done(&gone);
	return write_keys(c, err);
}

static int exclude_run(struct cli *c, struct err *err)
{
	return gone_run(c, false, err);
}

static int replace_run(struct cli *c, struct err *err)
{
	return gone_run(c, true, err);
}

static const struct option enrol_options[] = {
	{ "letter", "LETTER", "in the numbers that people read: MSK-26-M0311" },
	{ "name", "NAME", "Mill Lane" },
	{ "key", "KEY|FILE|-", "its public key, as sync join shows it; can be said later" },
	{ 0 },
};
#define GONE_OPTIONS                                                                               \
	{ "why", "TEXT", "the reason: it stays on the record" },                                   \
		{ "holds-to", "N",                                                                 \
		  "the node that is to confirm in its slots; the hub unless said" },               \
	{                                                                                          \
		"stolen", NULL, "its key is in wrong hands: it opens nothing, not even to hand in" \
	}
static const struct option exclude_options[] = { GONE_OPTIONS, { 0 } };
static const struct option replace_options[] = {
	GONE_OPTIONS,
	{ "key", "KEY|FILE|-", "the new machine's, as sync join shows it; can be said later" },
	{ 0 },
};
static const struct option keys_options[] = {
	{ "write", "FILE",
	  "all of them into this file instead, in one step, for nobody else to read" },
	{ 0 },
};

const struct command node_commands[] = {
	{ "node", "list", "",
	  "the databases of this network: key, when each was heard, how far it was", NULL, 0, 0, 0,
	  list_run },
	{ "node", "enrol", "NUMBER", "lets a new node join this hub, by its key", enrol_options, 1,
	  1, 0, enrol_run },
	{ "node", "exclude", "NUMBER",
	  "a node that is gone: its slots are another's; prints the bookings to watch",
	  exclude_options, 1, 1, 0, exclude_run },
	{ "node", "replace", "NUMBER",
	  "another machine is this node from now on; prints the bookings to watch", replace_options,
	  1, 1, 0, replace_run },
	{ "node", "keys", "[TYPE KEY]",
	  "what opens the hub's door, as sshd reads it; for AuthorizedKeysCommand", keys_options, 0,
	  2, CMD_NO_USER, keys_run },
	{ 0 },
};
