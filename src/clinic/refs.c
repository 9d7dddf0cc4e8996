/*
 * refs.c: the references of a desk.  The lists are short (some hundred rows), so finding is
 * walking.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "clinic/refs.h"
#include "model/service.h"
#include "store/records.h"
#include "store/refs.h"

const struct number_setting number_settings[] = {
	/* Ten minutes is the limit that the desk screen speaks of too. */
	{ "seen_late_mins", offsetof(struct refs, late_mins), 10, 0, 120 },
	{ "try_again_mins", offsetof(struct refs, try_again_mins), 30, 1, 480 },
	{ "tries", offsetof(struct refs, tries), 2, 1, 9 },
	{ "hold_days", offsetof(struct refs, hold_days), 2, 0, 60 },
	{ "interpreter_days", offsetof(struct refs, interpreter_days), 2, 0, 60 },
	{ "dna_offers", offsetof(struct refs, dna_offers), 1, 0, 9 },
	{ "remind_first_days", offsetof(struct refs, remind_first), 5, 0, 30 },
	{ "remind_last_days", offsetof(struct refs, remind_last), 1, 0, 30 },
	{ "missed_cost", offsetof(struct refs, missed_cost), 0, 0, 9999 },
	{ "reply_cancels", offsetof(struct refs, reply_cancels), 0, 0, 1 },
	{ 0 },
};

static int settings(struct store *st, struct refs *r, struct err *err)
{
	char value[WORDS_TEXT];

	for (const struct number_setting *s = number_settings; s->name; s++) {
		if (setting_get(st, s->name, value, sizeof value, NULL, err) < 0)
			return -1;
		*(int *)((char *)r + s->at) = *value ? (int)strtol(value, NULL, 10) : s->usual;
	}
	if (setting_get(st, "practice_password", r->practice_password, sizeof r->practice_password,
			NULL, err) < 0)
		return -1;
	return setting_get(st, "service_name", r->service_name, sizeof r->service_name, NULL, err);
}

int refs_load(struct store *st, struct refs **ret, struct err *err)
{
	struct refs *r = mem_new(sizeof *r);

	r->calendar = calendar_new();
	if (refs_nodes(st, &r->nodes, err) < 0 || refs_sites(st, &r->sites, err) < 0 ||
	    refs_rooms(st, &r->rooms, err) < 0 || refs_customers(st, &r->customers, err) < 0 ||
	    refs_services(st, &r->services, err) < 0 ||
	    refs_clinicians(st, &r->clinicians, err) < 0 ||
	    refs_holidays(st, r->calendar, err) < 0 ||
	    refs_letter(st, r->letter, sizeof r->letter, err) < 0 || settings(st, r, err) < 0) {
		refs_free(r);
		return -1;
	}
	*ret = r;
	return 0;
}

void refs_free(struct refs *r)
{
	if (!r)
		return;
	list_free(&r->nodes);
	list_free(&r->sites);
	list_free(&r->rooms);
	list_free(&r->customers);
	list_free(&r->services);
	list_free(&r->clinicians);
	calendar_free(r->calendar);
	mem_free(r);
}

/* The item of a list with this id. */
#define BY_ID(list, id_)                                                                           \
	do {                                                                                       \
		list_each (it_, list)                                                              \
			if (id_same(it_->id, id_))                                                 \
				return it_;                                                        \
		return NULL;                                                                       \
	} while (0)

const char *node_shown(const struct desk *desk, int node, char buf[NAME_TEXT])
{
	snprintf(buf, NAME_TEXT, "node %d", node);
	list_each (n, &desk->refs->nodes)
		if (n->number == node)
			snprintf(buf, NAME_TEXT, "%s", n->name);
	return buf;
}

const struct site *ref_site(const struct desk *desk, struct id id)
{
	BY_ID(&desk->refs->sites, id);
}

const struct room *ref_room(const struct desk *desk, struct id id)
{
	BY_ID(&desk->refs->rooms, id);
}

const struct customer *ref_customer(const struct desk *desk, struct id id)
{
	BY_ID(&desk->refs->customers, id);
}

const struct customer *ref_vpd(const struct desk *desk, int vpd)
{
	list_each (c, &desk->refs->customers)
		if (vpd && c->vpd == vpd && c->on)
			return c;
	return NULL;
}

const struct service *ref_service(const struct desk *desk, struct id id)
{
	BY_ID(&desk->refs->services, id);
}

const struct clinician *ref_clinician(const struct desk *desk, struct id id)
{
	BY_ID(&desk->refs->clinicians, id);
}

/* The item of a list with this code or id, or a sentence that says how to list them. */
#define BY_CODE(list, noun, code_, ret, err)                                                       \
	do {                                                                                       \
		struct id id_ = { 0 };                                                             \
                                                                                                   \
		id_parse(code_, &id_);                                                             \
		list_each (it_, list)                                                              \
			if (strcasecmp(it_->code, code_) == 0 ||                                   \
			    (!id_none(id_) && id_same(it_->id, id_))) {                            \
				*(ret) = it_;                                                      \
				return 0;                                                          \
			}                                                                          \
		return err_set(err, ERR_MISSING,                                                   \
			       "There is no " noun " %s: ohdesk " noun " list shows them.",        \
			       code_);                                                             \
	} while (0)

int find_site(const struct desk *desk, const char *code, const struct site **ret, struct err *err)
{
	BY_CODE(&desk->refs->sites, "site", code, ret, err);
}

int find_room(const struct desk *desk, struct id site, const char *code, const struct room **ret,
	      struct err *err)
{
	const struct room *room = NULL;

	list_each (r, &desk->refs->rooms)
		if (strcasecmp(r->code, code) == 0 && (id_none(site) || id_same(r->site, site)))
			room = r;
	if (!room)
		return err_set(err, ERR_MISSING,
			       "There is no room %s at that site: ohdesk room list shows them.",
			       code);
	*ret = room;
	return 0;
}

int find_customer(const struct desk *desk, const char *code, const struct customer **ret,
		  struct err *err)
{
	BY_CODE(&desk->refs->customers, "customer", code, ret, err);
}

int find_service(const struct desk *desk, const char *code, const struct service **ret,
		 struct err *err)
{
	BY_CODE(&desk->refs->services, "service", code, ret, err);
}

int find_clinician(const struct desk *desk, const char *code, const struct clinician **ret,
		   struct err *err)
{
	BY_CODE(&desk->refs->clinicians, "clinician", code, ret, err);
}

/* ---- skills ---- */

static bool has_word(const struct buf *words, const char *word)
{
	return words->s && words_have(words->s, word);
}

char **ref_skills(const struct desk *desk)
{
	struct buf words = { 0 };
	size_t n = 0;
	char word[WORDS_TEXT], **v;

	list_each (c, &desk->refs->clinicians) {
		const char *p = c->on ? c->skills : "";

		for (size_t len; *p; p += len + (p[len] == ' ')) {
			len = strcspn(p, " ");
			snprintf(word, sizeof word, "%.*s", (int)len, p);
			if (!len || has_word(&words, word))
				continue;
			buf_printf(&words, "%s%s", words.n ? " " : "", word);
			n++;
		}
	}
	v = mem_new(sizeof(char *) * (n + 1));
	n = 0;
	for (const char *p = words.s ? words.s : ""; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		v[n++] = mem_strn(p, len);
		p += len;
	}
	buf_done(&words);
	return v;
}
