/* park.c: named texts, and the words of the states. */
#include "model/park.h"

#include <string.h>

#include "base/alloc.h"

static const struct field text_f[] = {
	FIELD(name, struct parcel_text, "name", F_TEXT),
	FIELD(value, struct parcel_text, "value", F_TEXT),
};
static const struct fields text_fields = FIELDS(text_f, struct parcel_text);
static const struct field parcel_f[] = { FIELD_ROWS(texts, struct parcel, "texts", &text_fields) };
const struct fields parcel_fields = FIELDS(parcel_f, struct parcel);

void parcel_put(struct parcel *p, const char *name, const char *value)
{
	struct parcel_text *t = list_push(&p->texts);

	t->name = mem_str(name);
	t->value = mem_str(value ? value : "");
}

static const struct parcel_text *find(const struct parcel *p, const char *name)
{
	list_each (t, &p->texts)
		if (t->name && strcmp(t->name, name) == 0)
			return t;
	return NULL;
}

const char *parcel_get(const struct parcel *p, const char *name)
{
	const struct parcel_text *t = find(p, name);

	return t && t->value ? t->value : "";
}

bool parcel_has(const struct parcel *p, const char *name)
{
	return find(p, name) != NULL;
}

void parcel_put_id(struct parcel *p, const char *name, struct id id)
{
	char text[ID_TEXT];

	parcel_put(p, name, id_text(id, text));
}

struct id parcel_get_id(const struct parcel *p, const char *name)
{
	struct id id = { 0 };

	if (!id_parse(parcel_get(p, name), &id))
		memset(&id, 0, sizeof id);
	return id;
}

struct parcel *parcel_copy(const struct parcel *p)
{
	struct parcel *copy = mem_new(sizeof *copy);

	list_each (t, &p->texts)
		parcel_put(copy, t->name, t->value);
	return copy;
}

const char *park_state_word(enum park_state state)
{
	static const char *const words[] = {
#define X(name, word) [name] = word,
		PARK_STATES(X)
#undef X
	};
	return words[state];
}
