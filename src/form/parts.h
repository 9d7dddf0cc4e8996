/* parts.h: what the files that read a form share (private to the form layer). */
#ifndef FORM_PARTS_H
#define FORM_PARTS_H

#include "field.h"
#include "ini.h"

/* Where a condition may look: questions before `items`, and the scores made of these alone. */
struct scope_of {
	const struct paper *paper;
	int items;
};
/* ERR_INPUT with the entry's line. */
int condition_parse(const struct ini *ini, const struct ini_entry *e, const struct scope_of *where,
		    struct condition *ret, struct err *err);

/* The actions of a rule's `do`. */
int actions_parse(const struct ini *ini, const struct ini_entry *e, struct rule *ret,
		  struct err *err);

/* The next part of a list with bars: trimmed, in *ret; false at the end.  What is between two bars
 * is never empty: then *ret is "". */
bool next_part(const char **p, char sep, char *ret, size_t n);

/* A whole number from least to most. */
bool small_number(const char *s, int least, int most, int *ret);
/* "0-10": the lower one first. */
bool small_range(const char *s, int *ret_least, int *ret_most);
/* 1 to `most` of a-z, 0-9 and _. */
bool plain_name(const char *s, size_t most);

enum { NAME_BYTES = 31 }; /* of what conditions may name */

/* A file being read. */
struct load {
	const struct ini *ini;
	struct paper *p;
	struct err *err;
	const struct ini_entry *head; /* of the section being read */
	bool form, about;	      /* [form] was there, and its key `for` */

	/* What the short questions of the page share. */
	struct item shared;
	int asked; /* the first of them */

	struct item *item; /* the field being read; borrowed until the next is added */
	struct score *score;
	struct rule *rule;
};
#define REFUSE(l, e, ...) ini_refuse((l)->ini, (e), (l)->err, __VA_ARGS__)

/* ---- words.c ---- */

int take_text(struct load *l, const struct ini_entry *e, char **ret);
/* One of several words: its place. */
int take_word(struct load *l, const struct ini_entry *e, const char *const *words, int n, int *ret);
int take_yes(struct load *l, const struct ini_entry *e, bool *ret);
/* A name that a condition may use, and that is not used yet. */
int check_name(struct load *l, const struct ini_entry *e, const char *name);

/* ---- read_items.c, read_rules.c: one for each key, and for the ends of a section ---- */

struct item *add_item(struct load *l, const struct ini_entry *e, const char *name);
int check_item(struct load *l, const struct ini_entry *e, struct item *q);
int begin_page(struct load *l, const struct ini_entry *head, const char *name);
int end_page(struct load *l);
int begin_score(struct load *l, const struct ini_entry *head, const char *name);
int end_score(struct load *l);
int begin_rule(struct load *l, const struct ini_entry *head, const char *name);
int end_rule(struct load *l);
int bands_of(struct load *l, const struct ini_entry *e, struct score *s);

typedef int taker(struct load *l, const struct ini_entry *e);
taker page_title, page_say, page_type, page_options, page_required, page_ask, page_help;
taker page_show_of, take_later;
taker field_label, field_type_of, field_options, field_range_of, field_min, field_max;
taker field_default, field_required, field_help;
taker score_of_items, score_reverse, score_missing;
taker rule_flag, rule_priority, rule_do, rule_say, rule_when;

#endif
