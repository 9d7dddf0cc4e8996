/* sync.c: nodes and their hub: join, one turn, stay connected, serve, and how it stands. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cli/tables.h"
#include "clinic/answers.h"
#include "clinic/keeper.h"
#include "sync/link.h"
#include "sync/ssh.h"
#include "sync/state.h"

static int status_run(struct cli *c, struct err *err)
{
	static const char *const columns[] = { "hub",	 "state",     "pending",   "seq",
					       "behind", "conflicts", "attention", "synced",
					       "why",	 "reached",   "offline",   "ahead",
					       "handed", "waits",     NULL };
	struct sync_status s;
	struct waits waits;
	char words[200];

	if (sync_status(&c->desk, &s, err) < 0 || asked_waits(&c->desk, &waits, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	out_text(&c->out, s.hub);
	out_text(&c->out, s.state);
	out_int(&c->out, s.pending);
	out_int(&c->out, s.seq);
	out_int(&c->out, s.behind);
	out_int(&c->out, s.conflicts);
	out_int(&c->out, s.attention);
	out_moment(&c->out, s.synced_at);
	out_text(&c->out, s.why);
	out_moment(&c->out, s.reached);
	out_moment(&c->out, s.offline);
	out_int(&c->out, s.ahead);
	out_int(&c->out, s.handed);
	out_text(&c->out, waits_words(&c->desk, &waits, words, sizeof words));
	out_end(&c->out);
	return 0;
}

static int digest_run(struct cli *c, struct err *err)
{
	char text[SYNC_DIGEST_TEXT];

	if (sync_digest(&c->desk, text, err) < 0)
		return -1;
	out_line(&c->out, "%s", text);
	return 0;
}

/* The command for what is kept of how the hub is reached: ssh's, for an address. */
static int command_of(struct cli *c, const char *via, bool squeezed, char **ret, struct err *err)
{
	const char *path = cli_db(c, err);
	struct buf command = { 0 };

	if (!path)
		return -1;
	if (!ssh_is_address(via))
		buf_str(&command, via);
	else if (ssh_command(path, via, squeezed, &command, err) < 0) {
		buf_done(&command);
		return -1;
	}
	*ret = command.s;
	return 0;
}

/* How the hub is reached: --via, else as it was joined. */
static int way(struct cli *c, char **ret, struct err *err)
{
	const char *via = cli_opt(c, "via");
	struct sync_status s = { .hub = "" };

	if (!via && sync_status(&c->desk, &s, err) < 0)
		return -1;
	if (!via && !*s.hub)
		return err_set(err, ERR_INPUT,
			       "This database has joined no hub: sync join makes one that has.");
	return command_of(c, via ? via : s.hub, false, ret, err);
}

/* ---- a new node ---- */

/* This machine is not one of the hub's yet: what is to be done there, with its key. */
static int say_key(struct cli *c, const struct sshkey *key, struct err *err)
{
	static const char *const columns[] = { "key", "print", "at_the_hub", NULL };
	char *enrol = mem_printf("ohdesk node enrol NUMBER --letter LETTER --name NAME --key '%s'",
				 key->line);

	out_begin(&c->out, columns);
	out_text(&c->out, key->line);
	out_text(&c->out, key->print);
	out_text(&c->out, enrol);
	out_end(&c->out);
	out_flush(&c->out);
	mem_free(enrol);
	return err_set(
		err, ERR_DENIED,
		"The hub does not know this machine's key yet: enrol it there, then join again.");
}

/* The door of a hub opens to this machine: its own key, the hub's pinned. */
static int through_the_door(struct cli *c, const char *path, const char *hub, struct err *err)
{
	struct sshkey key;
	bool in;

	if (ssh_address(hub, err) < 0 || ssh_key(path, &key, err) < 0)
		return -1;
	if (ssh_pin(path, hub, cli_opt(c, "host-key"), false, err) < 0) {
		/* A key that was made now may be what is missing at the hub. */
		if (err->kind == ERR_USAGE)
			out_line(&c->out, "%s", key.line);
		out_flush(&c->out);
		return -1;
	}
	if (ssh_try(path, hub, &in, err) < 0)
		return -1;
	return in ? 0 : say_key(c, &key, err);
}

static int new_node(struct cli *c, const char *path, const char *via, const char *command,
		    struct err *err)
{
	static const char *const columns[] = { "node", NULL };
	struct world world = world_system();
	int node = 0;

	if (link_join(path, via, command, &world, &node, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	out_int(&c->out, node);
	out_end(&c->out);
	return 0;
}

/* How a node stands that is to get a new copy; nobody has it open then. */
static int as_it_is(struct cli *c, struct sync_status *ret, struct err *err)
{
	int rc = cli_open(c, err);

	if (rc == 0)
		rc = sync_status(&c->desk, ret, err);
	if (c->desk.store)
		desk_close(&c->desk);
	c->desk.store = NULL;
	if (c->store)
		keeper_close(c->store);
	c->store = NULL;
	if (rc == 0 && !*ret->hub)
		return err_set(err, ERR_INPUT,
			       "This database has joined no hub: sync join makes one that has.");
	return rc;
}

/* What was kept before is not overwritten. */
static char *free_name(const char *path, struct moment now)
{
	char *name = mem_printf("%s-before-%lld", path, (long long)now.utc);

	for (int64_t n = now.utc + 1; access(name, F_OK) == 0; n++) {
		mem_free(name);
		name = mem_printf("%s-before-%lld", path, (long long)n);
	}
	return name;
}

static int node_again(struct cli *c, const char *path, const char *via, const char *command,
		      const struct sync_status *was, struct err *err)
{
	static const char *const columns[] = { "state", "why", "kept", "pending", NULL };
	struct world world = world_system();
	char *kept = free_name(path, world_now(&world));
	int64_t pending = 0;
	int rc = link_join_again(path, via, command, &world, kept, &pending, err);

	if (rc == 0) {
		out_begin(&c->out, columns);
		out_text(&c->out, was->state);
		out_text(&c->out, was->why);
		out_text(&c->out, kept);
		out_int(&c->out, pending);
		out_end(&c->out);
	}
	mem_free(kept);
	return rc;
}

static int join_run(struct cli *c, struct err *err)
{
	const char *path = cli_db(c, err);
	const char *via = cli_opt(c, "via") ? cli_opt(c, "via") : c->nargs ? c->args[0] : NULL;
	struct sync_status was = { .hub = "" };
	bool again = cli_opt(c, "again");
	char *command = NULL;
	int rc;

	if (!path || (again && as_it_is(c, &was, err) < 0))
		return -1;
	if (!via && *was.hub)
		via = was.hub;
	if (!via)
		return err_set(err, ERR_USAGE, "Which hub?  sync join desk@hub.example");
	/* A command is believed where one was asked for, now or when it joined. */
	if (!cli_opt(c, "via") && via != was.hub && ssh_address(via, err) < 0)
		return -1;
	if ((ssh_is_address(via) && through_the_door(c, path, via, err) < 0) ||
	    command_of(c, via, true, &command, err) < 0)
		return -1;
	rc = again ? node_again(c, path, via, command, &was, err)
		   : new_node(c, path, via, command, err);
	mem_free(command);
	return rc;
}

static int pin_run(struct cli *c, struct err *err)
{
	const char *path = cli_db(c, err);
	struct sync_status s;

	if (!path || sync_status(&c->desk, &s, err) < 0)
		return -1;
	if (!ssh_is_address(s.hub))
		return err_set(err, ERR_INPUT,
			       "This database reaches no hub by ssh: nothing is pinned.");
	return ssh_pin(path, s.hub, c->args[0], true, err);
}

/* ---- a node ---- */

/* The way as it was asked for; the command is the caller's to free. */
static int way_of(struct cli *c, struct link_way *ret, char **ret_via, struct err *err)
{
	*ret = (struct link_way){ .stop = -1 };
	if (cli_opt_int(c, "patience", 1, 3600, &ret->patience, err) < 0 ||
	    way(c, ret_via, err) < 0)
		return -1;
	ret->command = *ret_via;
	return 0;
}

static int run_run(struct cli *c, struct err *err)
{
	struct link_way to;
	char *via = NULL;
	int rc = way_of(c, &to, &via, err);

	if (rc == 0)
		rc = link_run(&c->desk, &to, err);
	mem_free(via);
	return rc;
}

/* What ssh says is not ours, so it is made fit to be shown. */
static void say(const char *line)
{
	char *shown = text_printable(line);

	fprintf(stderr, "ohdesk: %s\n", shown);
	mem_free(shown);
}

/* Readable when this program is told to end. */
static int told_to_end(struct err *err)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	return fd >= 0 ? fd
		       : err_set(err, ERR_FAULT, "Signals cannot be heard (%s).", strerror(errno));
}

static int follow_run(struct cli *c, struct err *err)
{
	struct link_way to;
	char *via = NULL;
	int rc = way_of(c, &to, &via, err);

	to.say = say;
	if (rc == 0 && (to.stop = told_to_end(err)) < 0)
		rc = -1;
	if (rc == 0)
		rc = link_follow(&c->desk, &to, err);
	if (to.stop >= 0)
		close(to.stop);
	mem_free(via);
	return rc;
}

static int serve_run(struct cli *c, struct err *err)
{
	struct sync_status s;
	int node = 0;

	if (cli_opt_int(c, "node", 1, (1 << 21) - 1, &node, err) < 0 ||
	    sync_status(&c->desk, &s, err) < 0)
		return -1;
	if (node == 0)
		return err_set(err, ERR_USAGE, "Whose end is it?  sync serve --node N");
	if (strcmp(s.state, "hub") != 0)
		return err_set(err, ERR_INPUT,
			       "This database is no hub: site init --hub makes one.");
	return link_serve(&c->desk, node, cli_opt(c, "old"), err);
}

static const struct option line_options[] = {
	{ "via", "COMMAND", "the command that reaches the hub's `sync serve`, instead of ssh" },
	{ "patience", "SECONDS",
	  "how long the hub may be silent before the line counts as broken: 30" },
	{ 0 },
};
static const struct option join_options[] = {
	{ "again", NULL,
	  "a new copy in the place of this node's own, which was stopped or is damaged; its work stays" },
	{ "host-key", "SHA256:...",
	  "the print of the hub's host key, as node enrol shows it there" },
	{ "via", "COMMAND", "the command that reaches the hub's `sync serve`, instead of ssh" },
	{ 0 },
};
static const struct option serve_options[] = {
	{ "node", "N", "the node at the other end: the key's forced command says which" },
	{ "old", NULL, "its machine was replaced: it may hand in what it had not sent" },
	{ 0 },
};

const struct command sync_commands[] = {
	{ "sync", "join", "[HUB]",
	  "makes the database of a new node, at --db, as a copy of the hub's", join_options, 0, 1,
	  CMD_NO_DB | CMD_NO_USER, join_run },
	{ "sync", "pin", "SHA256:...", "the hub has a new host key, of that print", NULL, 1, 1,
	  CMD_NO_USER, pin_run },
	{ "sync", "run", "", "one turn: everything out, everything in; for cron", line_options, 0,
	  0, CMD_NO_USER, run_run },
	{ "sync", "follow", "", "stays connected: out and in within a second", line_options, 0, 0,
	  CMD_NO_USER, follow_run },
	{ "sync", "status", "", "how this database stands with its hub", NULL, 0, 0, CMD_NO_USER,
	  status_run },
	{ "sync", "conflicts", "[ID]",
	  "what two nodes did at once, for a person to settle; both sides of one", NULL, 0, 1, 0,
	  clash_list_run },
	{ "sync", "settle", "ID", "one of them is settled, and how", clash_options, 1, 1, 0,
	  clash_settle_run },
	{ "sync", "digest", "", "one line, equal at two nodes that hold the same", NULL, 0, 0,
	  CMD_NO_USER, digest_run },
	{ "sync", "serve", "", "the hub's end of one line, on stdin and stdout", serve_options, 0,
	  0, CMD_NO_USER, serve_run },
	{ 0 },
};
