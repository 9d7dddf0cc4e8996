/*
 * nodes.c: nodes and their keys: two plain records (clinic/records.c), read together with how far
 * each node has come (store/replica.h).
 */
#include "clinic/nodes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/record.h"
#include "store/records.h"
#include "store/replica.h"
#include "store/store.h"

/* In the order of their columns. */
enum { NUMBER, LETTER, NAME, STATE, KEY, COLUMNS };
enum { OLD_KEY, OLD_NODE, OLD_STATE };

/* ---- read ---- */

static int read_row(struct desk *desk, char *const *v, struct id id, struct node_row *ret,
		    struct err *err)
{
	struct node_seen seen;

	*ret = (struct node_row){ .id = id, .number = (int)strtol(v[NUMBER], NULL, 10) };
	COPY(ret->letter, v[LETTER]);
	COPY(ret->name, v[NAME]);
	COPY(ret->state, v[STATE]);
	/* One that is none can only have been written by hand: it opens nothing. */
	if (*v[KEY])
		sshkey_parse(v[KEY], &ret->key, NULL);
	if (node_seen_get(desk->store, ret->number, &seen, err) < 0)
		return -1;
	ret->met = seen.lives > 0;
	ret->seen = seen.at;
	ret->commands = seen.last_n;
	if (seen.pulled < store_me(desk->store)->seq)
		ret->behind = store_me(desk->store)->seq - seen.pulled;
	return 0;
}

bool node_heard(struct desk *desk, int number, struct moment *ret)
{
	struct node_seen seen = { 0 };

	if (node_seen_get(desk->store, number, &seen, NULL) < 0 || seen.lives == 0)
		return false;
	*ret = seen.at;
	return true;
}

int nodes_list(struct desk *desk, struct node_rows *ret, struct err *err)
{
	struct record_rows rows = { 0 };
	int rc = record_list(desk, record_find("node"), &rows, err);

	for (size_t i = 0; rc == 0 && i < rows.n; i++)
		rc = read_row(desk, rows.v[i], rows.ids.v[i], list_push(ret), err);
	record_rows_done(&rows);
	return rc;
}

int nodes_get(struct desk *desk, const char *number, struct node_row *ret, struct err *err)
{
	struct node_rows rows = { 0 };
	char *end;
	long n = strtol(number, &end, 10);
	bool found = false;
	int rc = nodes_list(desk, &rows, err);

	list_each (row, &rows)
		if (!*end && row->number == n) {
			*ret = *row;
			found = true;
		}
	list_free(&rows);
	if (rc == 0 && !found)
		return err_set(err, ERR_MISSING, "There is no node %s: node list shows them.",
			       number);
	return rc;
}

/* ---- enrolled ---- */

static int is_new(struct desk *desk, const char *number, const char *letter, struct err *err)
{
	struct node_rows rows = { 0 };
	const char *taken = NULL;
	int rc = nodes_list(desk, &rows, err);

	list_each (row, &rows) {
		if (row->number == strtol(number, NULL, 10))
			taken = "number";
		if (strcasecmp(row->letter, letter) == 0)
			taken = "letter";
	}
	list_free(&rows);
	if (taken)
		return err_set(err, ERR_CLASH, "A node has that %s already: node list shows them.",
			       taken);
	return rc;
}

int node_enrol(struct desk *desk, const char *number, const char *letter, const char *name,
	       const char *key, struct err *err)
{
	const char *values[COLUMNS] = { number, letter, name, NULL, key };
	struct id id = { 0 };

	if (is_new(desk, number, letter, err) < 0)
		return -1;
	return record_add(desk, record_find("node"), values, &id, err);
}

int node_key_set(struct desk *desk, const struct node_row *node, const char *key, struct err *err)
{
	const char *values[COLUMNS] = { [KEY] = key };

	if (*node->key.print)
		return err_set(err, ERR_CLASH,
			       "Node %d has a key: node replace, if it is another machine now.",
			       node->number);
	return record_set(desk, record_find("node"), node->id, values, err);
}

/* ---- the door ---- */

static void add_key(const char *text, int node, bool old, const char *line, struct door_keys *ret)
{
	struct sshkey key;
	struct door_key *k;

	if (!*text || sshkey_parse(text, &key, NULL) < 0 || (line && strcmp(line, key.line) != 0))
		return;
	k = list_push(ret);
	k->node = node;
	k->old = old;
	COPY(k->line, key.line);
}

int nodes_keys(struct desk *desk, const char *line, struct door_keys *ret, struct err *err)
{
	struct record_rows now = { 0 }, old = { 0 };
	int rc = record_list(desk, record_find("node"), &now, err);

	if (rc == 0)
		rc = record_list(desk, record_find("old_key"), &old, err);
	if (rc == 0) {
		list_each (v, &now)
			if (strcmp((*v)[STATE], "on") == 0)
				add_key((*v)[KEY], (int)strtol((*v)[NUMBER], NULL, 10), false, line,
					ret);
		list_each (v, &old)
			if (strcmp((*v)[OLD_STATE], "hand_in") == 0)
				add_key((*v)[OLD_KEY], (int)strtol((*v)[OLD_NODE], NULL, 10), true,
					line, ret);
	}
	record_rows_done(&now);
	record_rows_done(&old);
	return rc;
}
