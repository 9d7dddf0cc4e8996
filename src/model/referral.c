/* referral.c: the tables of states, types, sources, pathways and flags. */
#include "model/referral.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "model/service.h"

static const struct {
	const char *code, *word;
	unsigned roles;
	enum work_list list;
} states[REF_STATES] = {
#define X(name, code, word, roles, list) { code, word, roles, list },
	REFERRAL_STATES(X)
#undef X
};

const char *referral_state_code(enum referral_state s)
{
	return states[s].code;
}

const char *referral_state_word(enum referral_state s)
{
	return states[s].word;
}

unsigned referral_movers(enum referral_state s)
{
	return states[s].roles;
}

enum work_list referral_list_of(enum referral_state s)
{
	return states[s].list;
}

bool referral_state_parse(const char *code, enum referral_state *ret)
{
	for (int i = 0; i < REF_STATES; i++)
		if (strcmp(states[i].code, text_of(code)) == 0) {
			*ret = (enum referral_state)i;
			return true;
		}
	return false;
}

enum referral_state referral_state_shown(enum referral_state stored, const struct ref_course *c)
{
	if ((stored != REF_TO_BOOK && stored != REF_TRIAGED) || !c->there)
		return stored;
	if (!c->open)
		return c->reason == END_DNA ? REF_DNA_CLOSED : REF_CLOSED;
	if (c->coming > 0)
		return REF_BOOKED;
	if (!date_none(c->review))
		return REF_REVIEW_DUE;
	if (c->seen > 0)
		return REF_ATTENDED;
	return stored;
}

/* ---- types and sources ---- */

static const struct {
	const char *code, *words;
} types[] = {
#define X(name, code, words) { code, words },
	REFERRAL_TYPES(X)
#undef X
};

const char *referral_type_code(enum referral_type t)
{
	return types[t].code;
}

const char *referral_type_words(enum referral_type t)
{
	return types[t].words;
}

bool referral_type_parse(const char *code, enum referral_type *ret)
{
	for (int i = 0; i < REF_TYPES; i++)
		if (strcasecmp(types[i].code, text_of(code)) == 0) {
			*ret = (enum referral_type)i;
			return true;
		}
	return false;
}

static const struct {
	const char *code, *brief;
} sources[] = {
#define X(name, code, brief) { code, brief },
	REFERRAL_SOURCES(X)
#undef X
};

const char *referral_source_code(enum referral_source s)
{
	return sources[s].code;
}

const char *referral_source_brief(enum referral_source s)
{
	return sources[s].brief;
}

bool referral_source_parse(const char *code, enum referral_source *ret)
{
	for (int i = 0; i < REF_SOURCES; i++)
		if (strcmp(sources[i].code, text_of(code)) == 0) {
			*ret = (enum referral_source)i;
			return true;
		}
	return false;
}

enum referral_source referral_source_of(enum referral_type t)
{
	switch (t) {
	case REF_SELF:
	case REF_BBV:
	case REF_IHR:
		return FROM_SELF;
	case REF_WHA:
		return FROM_RECRUITMENT;
	case REF_REV:
	case REF_IMM:
	case REF_HS:
		return FROM_OH;
	default:
		return FROM_MANAGER;
	}
}

/* ---- priorities ---- */

const char *const priority_word[PRIORITIES] = { "now", "urgent", "soon", "routine" };

const char *priority_national(int priority, enum nation nation)
{
	return priority <= 1 || (priority == 2 && nation == NATION_W) ? "2" : "1";
}

/* ---- where it goes ---- */

static const char *const pathways[] = {
#define X(name, code, words) code,
	PATHWAYS(X)
#undef X
};

const char *pathway_code(enum pathway p)
{
	return pathways[p];
}

bool pathway_parse(const char *code, enum pathway *ret)
{
	for (int i = 0; i < PATHWAY_COUNT; i++)
		if (strcmp(pathways[i], text_of(code)) == 0) {
			*ret = (enum pathway)i;
			return true;
		}
	return false;
}

const char *redirect_words(const char *code)
{
	static const struct {
		const char *code, *words;
	} places[] = {
#define X(name, code, words) { code, words },
		REDIRECTS(X)
#undef X
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (strcmp(places[i].code, text_of(code)) == 0)
			return places[i].words;
	return NULL;
}

/* ---- flags ---- */

static const struct {
	char letter;
	const char *words;
} flag_kinds[] = {
#define X(name, letter, words) { letter, words },
	FLAG_KINDS(X)
#undef X
};

char flag_letter(enum flag_kind k)
{
	return flag_kinds[k].letter;
}

const char *flag_words(enum flag_kind k)
{
	return flag_kinds[k].words;
}

bool flag_parse(const char *letter, enum flag_kind *ret)
{
	for (int i = 0; i < FLAG_KIND_COUNT; i++)
		if ((letter[0] | 32) == (flag_kinds[i].letter | 32) && !letter[1]) {
			*ret = (enum flag_kind)i;
			return true;
		}
	return false;
}

bool flag_does(const struct flag *f, const char *word)
{
	return (f->kind == FLAG_RED && strcmp(word, FLAG_STOPS) == 0) || words_have(f->does, word);
}

static const struct field new_flag_f[] = {
	FIELD_NEEDED(id, struct new_flag, "id", F_ID),
	FIELD_NEEDED(person, struct new_flag, "person", F_ID),
	FIELD_NEEDED(service, struct new_flag, "service", F_ID),
	FIELD(referral, struct new_flag, "referral", F_ID),
	FIELD(task, struct new_flag, "task", F_ID),
	FIELD_NEEDED(kind, struct new_flag, "kind", F_TEXT),
	FIELD(does, struct new_flag, "does", F_TEXT),
	FIELD(words, struct new_flag, "words", F_TEXT),
};
const struct fields new_flag_fields = FIELDS(new_flag_f, struct new_flag);
