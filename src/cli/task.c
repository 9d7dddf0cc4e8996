/*
 * task.c: tasks: listed, opened, ended with an outcome, handed over, put off, noted.
 *
 * Each command that changes one prints its row as it stands afterwards.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/tables.h"
#include "clinic/attempt.h"
#include "clinic/intake.h"
#include "clinic/refs.h"
#include "clinic/task.h"
#include "model/person.h"

static const char *const columns[] = { "id",	"due",	"kind",	   "person_id", "person", "for",
				       "state", "text", "site",	   "born",	"by",	  "outcome",
				       "words", "note", "done_at", "done_by",	NULL };

/* ---- rows ---- */

static const char *or_none(const char *s)
{
	return *s ? s : NULL;
}

static void put_row(struct cli *c, const struct task_row *r)
{
	const struct task *t = &r->t;
	const struct site *site = ref_site(&c->desk, t->site);
	bool somebody = !id_none(t->person), ended = strcmp(t->state, "done") == 0;
	char name[PERSON_TEXT];

	out_id(&c->out, t->id);
	out_moment(&c->out, t->due);
	out_text(&c->out, task_kind_code(t->kind));
	out_id(&c->out, t->person);
	out_text(&c->out, somebody ? person_show(r->surname, r->given, r->title, name) : NULL);
	out_text(&c->out, id_none(t->user) ? t->role : r->user);
	out_text(&c->out, t->state);
	out_text(&c->out, t->text);
	out_text(&c->out, site ? site->code : NULL);
	out_date(&c->out, somebody ? r->born : DATE_NONE);
	out_text(&c->out, r->by);
	out_text(&c->out, or_none(t->outcome));
	out_text(&c->out, or_none(t->words));
	out_text(&c->out, or_none(t->note));
	out_moment(&c->out, ended ? t->done_at : (struct moment){ 0 });
	out_text(&c->out, or_none(r->done_by));
}

static int print_one(struct cli *c, struct id task, struct err *err)
{
	struct task_row row;

	if (task_one(&c->desk, task, &row, err) < 0)
		return -1;
	out_begin(&c->out, columns);
	put_row(c, &row);
	out_end(&c->out);
	return 0;
}

/* ---- the commands ---- */

static const struct {
	const char *word;
	enum task_list which;
} lists[] = {
	{ "for-me", TASKS_FOR_ME }, { "mine", TASKS_MINE }, { "role", TASKS_ROLE },
	{ "all", TASKS_ALL },	    { "done", TASKS_DONE },
};

static int opt_list(const struct cli *c, enum task_list *ret, struct err *err)
{
	const char *word = cli_opt(c, "show");

	*ret = TASKS_FOR_ME;
	for (size_t i = 0; word && i < sizeof lists / sizeof *lists; i++)
		if (strcmp(word, lists[i].word) == 0) {
			*ret = lists[i].which;
			word = NULL;
		}
	if (word)
		return err_set(err, ERR_USAGE,
			       "--show is for-me, mine, role, all or done (today), not \"%s\".",
			       word);
	return 0;
}

static int opt_kind(const struct cli *c, enum task_kind *ret, struct err *err)
{
	const char *word = cli_opt(c, "kind");
	struct buf all = { 0 };

	*ret = TASK_TODO;
	if (!word || task_kind_parse(word, ret))
		return 0;
	for (int i = 0; i < TASK_KIND_COUNT; i++)
		buf_printf(&all, "%s%s", i ? ", " : "", task_kind_code((enum task_kind)i));
	err_set(err, ERR_USAGE, "--kind is one of %s; not \"%s\".", all.s, word);
	buf_done(&all);
	return -1;
}

static int list_run(struct cli *c, struct err *err)
{
	const char *person = cli_opt(c, "person");
	bool of_kind = cli_opt(c, "kind") != NULL;
	struct task_rows rows = { 0 };
	enum task_list which;
	enum task_kind kind;
	struct id id;
	int rc;

	if (opt_list(c, &which, err) < 0 || opt_kind(c, &kind, err) < 0 ||
	    (person && intake_named(&c->desk, person, &id, err) < 0))
		return -1;
	rc = person ? task_rows_of(&c->desk, id, &rows, err)
		    : task_rows(&c->desk, which, &rows, err);
	if (rc == 0) {
		out_begin(&c->out, columns);
		list_each (r, &rows)
			if (!of_kind || r->t.kind == kind)
				put_row(c, r);
		out_end(&c->out);
	}
	list_free(&rows);
	return rc;
}

static int opt_service(const struct cli *c, struct id *ret, struct err *err)
{
	const char *code = cli_opt(c, "service");
	const struct service *s;

	if (!code)
		return 0;
	if (find_service(&c->desk, code, &s, err) < 0)
		return -1;
	*ret = s->id;
	return 0;
}

static int add_run(struct cli *c, struct err *err)
{
	struct task_ask ask = { .text = c->args[0] };
	const char *to, *person = cli_opt(c, "person"), *due = cli_opt(c, "due");
	struct id id;

	if (cli_need(c, "for", &to, err) < 0 || opt_kind(c, &ask.kind, err) < 0 ||
	    task_for_parse(&c->desk, to, &ask.to, err) < 0 ||
	    (due && task_due_parse(&c->desk, due, &ask.due, err) < 0) ||
	    (person && intake_named(&c->desk, person, &ask.person, err) < 0) ||
	    opt_service(c, &ask.service, err) < 0 || task_add(&c->desk, &ask, &id, err) < 0)
		return -1;
	return print_one(c, id, err);
}

/* An outcome that the kind does not have is answered with those that it has. */
static int outcome_of(struct cli *c, struct id task, const char *word, struct err *err)
{
	struct task_outcome all[TASK_OUTCOMES_MOST];
	struct task_row row;
	struct buf list = { 0 };
	int n;

	if (task_one(&c->desk, task, &row, err) < 0)
		return -1;
	if (task_outcome_find(row.t.kind, word))
		return 0;
	n = task_outcomes(row.t.kind, all);
	for (int i = 0; i < n; i++)
		buf_printf(&list, "%s%s", i ? ", " : "", all[i].code);
	err_set(err, ERR_USAGE, "Its --outcome is one of %s; not \"%s\".", list.s, word);
	buf_done(&list);
	return -1;
}

static int done_run(struct cli *c, struct err *err)
{
	const char *outcome;
	struct id id;

	if (cli_id(c->args[0], "a task", &id, err) < 0 ||
	    cli_need(c, "outcome", &outcome, err) < 0 || outcome_of(c, id, outcome, err) < 0 ||
	    task_done(&c->desk, id, outcome, cli_opt(c, "words"), err) < 0)
		return -1;
	return print_one(c, id, err);
}

static int hand_run(struct cli *c, struct err *err)
{
	const char *to;
	struct task_for who;
	struct task_row row;
	struct id id;

	if (cli_id(c->args[0], "a task", &id, err) < 0 || cli_need(c, "to", &to, err) < 0 ||
	    task_for_parse(&c->desk, to, &who, err) < 0 ||
	    task_hand(&c->desk, id, &who, cli_opt(c, "why"), err) < 0)
		return -1;
	/* It may be out of sight now. */
	return task_one(&c->desk, id, &row, NULL) < 0 ? 0 : print_one(c, id, err);
}

static int later_run(struct cli *c, struct err *err)
{
	const char *due;
	struct moment when;
	struct id id;

	if (cli_id(c->args[0], "a task", &id, err) < 0 || cli_need(c, "due", &due, err) < 0 ||
	    task_due_parse(&c->desk, due, &when, err) < 0 ||
	    task_later(&c->desk, id, when, cli_opt(c, "why"), err) < 0)
		return -1;
	return print_one(c, id, err);
}

static int try_run(struct cli *c, struct err *err)
{
	enum try_result result;
	struct attempt tried;
	struct id id;

	if (need_result(c, &result, err) < 0 || cli_id(c->args[0], "a task", &id, err) < 0 ||
	    attempt(&c->desk, (struct id){ 0 }, id, result, &tried, err) < 0)
		return -1;
	return print_one(c, id, err);
}

static int note_run(struct cli *c, struct err *err)
{
	struct id id;

	if (cli_id(c->args[0], "a task", &id, err) < 0 ||
	    task_note(&c->desk, id, c->args[1], err) < 0)
		return -1;
	return print_one(c, id, err);
}

static int history_run(struct cli *c, struct err *err)
{
	static const char *const names[] = { "at", "user", "what", "why", "id", NULL };
	struct trail list = { 0 };
	struct id id;

	if (cli_id(c->args[0], "a task", &id, err) < 0 ||
	    task_history(&c->desk, id, &list, err) < 0)
		return -1;
	out_begin(&c->out, names);
	list_each (h, &list) {
		out_moment(&c->out, h->at);
		out_text(&c->out, h->user);
		out_text(&c->out, h->what);
		out_text(&c->out, or_none(h->why));
		out_id(&c->out, h->id);
	}
	out_end(&c->out);
	list_free(&list);
	return 0;
}

/* ---- the table ---- */

static const struct option list_options[] = {
	{ "show", "WHICH", "for-me (unless said), mine, role, all (I may see), done (today)" },
	{ "person", "ID", "about one person, open and done" },
	{ "kind", "KIND", "of one kind: ringback is who is to be rung back after an answer" },
	{ 0 },
};
static const struct option add_options[] = {
	{ "for", "WHO", "a user, role, role.discipline or right; @SITE or @all behind it" },
	{ "kind", "KIND",
	  "todo (unless said), message, handover, ring, rebook, arrange, review ..." },
	{ "due", "WHEN", "a day (by 17:00), a time of today, or both; now unless said" },
	{ "person", "ID", "whom it is about" },
	{ "service", "CODE", "a private one: only for who sees it" },
	{ 0 },
};
static const struct option done_options[] = {
	{ "outcome", "WORD", "how it ended: each kind has its own, and other" },
	{ "words", "TEXT", "what was said; the answer to a message" },
	{ 0 },
};
static const struct option hand_options[] = {
	{ "to", "WHO", "a user, role, role.discipline or right; @SITE or @all behind it" },
	{ "why", "TEXT", "what they should know" },
	{ 0 },
};
static const struct option later_options[] = {
	{ "due", "WHEN", "a day (by 17:00), a time of today, or both" },
	{ "why", "TEXT", "the reason" },
	{ 0 },
};

static const struct option try_options[] = {
	{ "result", "WORD", "no_answer, wrong_number, other_person; spoke ends nothing: see done" },
	{ 0 },
};

const struct command task_commands[] = {
	{ "task", "list", "", "what is still to do, by when it is due", list_options, 0, 0, 0,
	  list_run },
	{ "task", "add", "TEXT", "opens a task, or leaves a message", add_options, 1, 1, 0,
	  add_run },
	{ "task", "done", "ID", "ends it, with an outcome", done_options, 1, 1, 0, done_run },
	{ "task", "hand", "ID", "hands it to somebody else", hand_options, 1, 1, 0, hand_run },
	{ "task", "later", "ID", "puts it off, and says why", later_options, 1, 1, 0, later_run },
	{ "task", "try", "ID", "they were rung, and not reached", try_options, 1, 1, 0, try_run },
	{ "task", "note", "ID TEXT", "keeps a word about it", NULL, 2, 2, 0, note_run },
	{ "task", "history", "ID", "who did what to it, and when", NULL, 1, 1, 0, history_run },
	{ 0 },
};
