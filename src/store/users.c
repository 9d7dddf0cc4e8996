/* users.c: users and their rights; sign-in tries, which are this database's own. */
#include <string.h>

#include "base/alloc.h"
#include "store/row.h"
#include "store/users.h"

static int get_rights(struct store *st, struct user *u, struct err *err)
{
	static const struct query RIGHTS_OF = {
		"users.rights",
		"SELECT id, name, service, site FROM user_right WHERE user = :user AND state = 'on'"
	};
	struct row row = query(st, &RIGHTS_OF);

	bind_id(&row, ":user", u->id);
	while (row_next(&row)) {
		struct granted g = { .id = get_id(&row) };
		const char *word = get_str(&row);
		bool known = right_parse(word ? word : "", &g.right);

		g.service = get_id(&row);
		g.site = get_id(&row);
		/* A right of a newer program means nothing here. */
		if (known)
			*(struct granted *)list_push(&u->rights) = g;
	}
	return row_done(&row, err);
}

#define USER_COLUMNS "id, name, role, person, site, clinician, state = 'on'"

static int get_user(struct row *row, struct user *ret, struct err *err)
{
	struct user u = { 0 };

	if (row_next(row)) {
		u.id = get_id(row);
		get_text(row, u.name, sizeof u.name);
		const char *role = get_str(row);

		role_parse(role ? role : "", &u.role);
		get_text(row, u.person, sizeof u.person);
		u.site = get_id(row);
		u.clinician = get_id(row);
		u.on = get_bool(row);
	}
	struct store *st = row->st;

	if (row_done(row, err) < 0 || (!id_none(u.id) && get_rights(st, &u, err) < 0)) {
		user_done(&u);
		return -1;
	}
	*ret = u;
	return 0;
}

int users_by_name(struct store *st, const char *name, struct user *ret, struct err *err)
{
	static const struct query BY_NAME = { "users.by_name",
					      "SELECT " USER_COLUMNS
					      " FROM user WHERE name = lower(:name)" };
	struct row row = query(st, &BY_NAME);

	bind_text(&row, ":name", name);
	return get_user(&row, ret, err);
}

int users_by_id(struct store *st, struct id id, struct user *ret, struct err *err)
{
	static const struct query BY_ID = { "users.by_id",
					    "SELECT " USER_COLUMNS " FROM user WHERE id = :id" };
	struct row row = query(st, &BY_ID);

	bind_id(&row, ":id", id);
	return get_user(&row, ret, err);
}

int users_of_clinician(struct store *st, struct id clinician, struct id *ret, struct err *err)
{
	static const struct query OF = { "users.of_clinician",
					 "SELECT min(id) FROM user WHERE clinician = :clinician"
					 " AND state = 'on'" };
	struct row row = query(st, &OF);
	struct id found = { 0 };

	bind_id(&row, ":clinician", clinician);
	while (row_next(&row))
		found = get_id(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

int users_secret(struct store *st, struct id user, bool pin, char ret[128], struct err *err)
{
	static const struct query SECRET = {
		"users.secret",
		"SELECT CASE WHEN :pin THEN pin ELSE password END FROM user WHERE id = :id"
	};
	struct row row = query(st, &SECRET);

	ret[0] = '\0';
	bind_int(&row, ":pin", pin);
	bind_id(&row, ":id", user);
	while (row_next(&row))
		get_text(&row, ret, 128);
	return row_done(&row, err);
}

void users_set_secret(struct txn *t, struct id user, bool pin, const char *hash)
{
	static const struct query PASSWORD = { "users.set_password",
					       "UPDATE user SET password = :hash WHERE id = :id" };
	static const struct query PIN = { "users.set_pin",
					  "UPDATE user SET pin = :hash WHERE id = :id" };
	struct row row = query(t->store, pin ? &PIN : &PASSWORD);

	bind_text(&row, ":hash", hash);
	bind_id(&row, ":id", user);
	txn_run(t, &row);
}

int users_any(struct store *st, bool *ret, struct err *err)
{
	static const struct query ANY = {
		"users.any",
		"SELECT EXISTS (SELECT 1 FROM user WHERE state = 'on' AND password IS NOT NULL)"
	};
	struct row row = query(st, &ANY);
	bool any = false;

	while (row_next(&row))
		any = get_bool(&row);
	if (row_done(&row, err) < 0)
		return -1;
	*ret = any;
	return 0;
}

int signin_tries(struct store *st, struct id user, int *ret_tries, struct moment *ret_since,
		 struct err *err)
{
	static const struct query TRIES = { "signin.tries",
					    "SELECT tries, since FROM signin WHERE user = :user" };
	struct row row = query(st, &TRIES);
	int tries = 0;
	struct moment since = { 0 };

	bind_id(&row, ":user", user);
	while (row_next(&row)) {
		tries = (int)get_int(&row);
		since = get_moment(&row);
	}
	if (row_done(&row, err) < 0)
		return -1;
	*ret_tries = tries;
	*ret_since = since;
	return 0;
}

int signin_count(struct store *st, struct id user, struct moment now, int *ret_tries,
		 struct err *err)
{
	static const struct query COUNT = {
		"signin.count",
		"INSERT INTO signin (user, tries, since) VALUES (:user, 1, :now)"
		" ON CONFLICT (user) DO UPDATE SET tries = tries + 1, since = :now RETURNING tries"
	};
	int tries = 0;

	if (store_begin(st, err) < 0)
		return -1;
	struct row row = query(st, &COUNT);

	bind_id(&row, ":user", user);
	bind_moment(&row, ":now", now);
	while (row_next(&row))
		tries = (int)get_int(&row);
	if (row_done(&row, err) < 0) {
		store_rollback(st);
		return -1;
	}
	if (store_commit(st, err) < 0)
		return -1;
	*ret_tries = tries;
	return 0;
}

int signin_forget(struct store *st, struct id user, struct err *err)
{
	static const struct query FORGET = { "signin.forget",
					     "DELETE FROM signin WHERE user = :user" };

	if (store_begin(st, err) < 0)
		return -1;
	struct row row = query(st, &FORGET);

	bind_id(&row, ":user", user);
	if (row_run(&row, err) < 0) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st, err);
}
