/*
 * fuzz_form.c: bytes that are taken for a form, for a file of answers, and for answers as they are
 * stored.
 *
 * A form is read whole or refused in a sentence that names the file.  One that was read points at
 * nothing beyond itself, says nothing that could move a terminal, and can be answered and judged to
 * its end, the same way each time.
 */
#include <string.h>

#include "base/built_in.h"
#include "base/text.h"
#include "form/answers.h"
#include "fuzz.h"

enum { INPUT_MOST = 16 * 1024 };

static struct paper physio;

static const struct date today = { 20524 };

static void begin(void)
{
	struct err err = ERR_INIT;

	for (const struct built_in *b = built_in; b->name; b++)
		if (strcmp(b->name, "forms/rap_physio_self.ini") == 0)
			fuzz_must(form_read(b->name, b->text, strlen(b->text), &physio, &err) == 0,
				  "%s", err.text);
}

static void end(void)
{
	form_end(&physio);
}

static void shown_text(const char *s)
{
	size_t n = s ? strlen(s) : 0;

	fuzz_must(!s || n > 0, "a text is empty");
	for (size_t i = 0; i < n;) {
		int len = 1;

		fuzz_must(text_rune_shown(text_next(s + i, n - i, &len)), "%s cannot be shown", s);
		i += (size_t)len;
	}
}

static void condition_within(const struct condition *c, const struct paper *p, int before)
{
	list_each (t, c)
		fuzz_must(t->of >= 0 && (t->score ? t->of < (int)p->scores.n : t->of < before),
			  "a condition looks at %d", t->of);
}

static void is_whole(const struct paper *p)
{
	fuzz_must(p->id && p->version > 0 && p->steps > 0 && p->items.n > 0, "it says too little");
	fuzz_must(p->items.n <= ITEMS_MOST && p->pages.n <= PAGES_MOST &&
			  p->scores.n <= SCORES_MOST && p->rules.n <= RULES_MOST,
		  "it says too much");
	shown_text(p->title);
	list_each (page, &p->pages) {
		shown_text(page->title);
		shown_text(page->say);
		fuzz_must(page->first + page->n <= (int)p->items.n, "a page ends behind the form");
		condition_within(&page->show, p, page->first);
	}
	for (int q = 0; q < (int)p->items.n; q++) {
		const struct item *item = &p->items.v[q];

		shown_text(item->label);
		shown_text(item->help);
		condition_within(&item->show, p, q);
		fuzz_must(form_item(p, item->name) == q, "%s is there twice", item->name);
	}
	list_each (s, &p->scores)
		list_each (of, &s->of)
			fuzz_must(*of >= 0 && *of < (int)p->items.n, "a score is of %d", *of);
	list_each (r, &p->rules) {
		condition_within(&r->when, p, (int)p->items.n);
		list_each (d, &r->deeds)
			fuzz_must(d->action != DO_CARD || card_find(d->of), "there is no card %s",
				  d->of);
	}
}

/* Something that each type takes; options by turns. */
static const char *some_answer(const struct item *q, int turn, char key[2])
{
	if (q->options.n) {
		key[0] = q->options.v[(size_t)turn % q->options.n].key;
		key[1] = '\0';
		return key;
	}
	switch (q->type) {
	case ITEM_INT:
	case ITEM_SCALE:
		return turn ? "1" : "0";
	case ITEM_DATE:
		return "2026-03-12";
	case ITEM_TIME:
		return "09:42";
	case ITEM_PHONE:
		return "07700900418";
	case ITEM_EMAIL:
		return "ada@wv.example";
	case ITEM_NHSNO:
		return "9990000018";
	default:
		return "words";
	}
}

static void answer_all(const struct paper *p)
{
	struct buf kept = { 0 };
	struct answers a = { 0 }, back = { 0 };
	struct judged j, again;

	for (int turn = 0; turn < 3; turn++) {
		for (int q = 0; q < (int)p->items.n; q++) {
			char key[2], shown[ANSWER_TEXT];

			answer_set(p, &a, q, some_answer(&p->items.v[q], turn, key), today, NULL);
			answer_show(&p->items.v[q], a.v[q], shown);
			shown_text(*shown ? shown : NULL);
		}
		form_judge(p, &a, &j);
		form_judge(p, &a, &again);
		fuzz_must(j.holds == again.holds && j.missing == again.missing &&
				  j.priority == again.priority,
			  "one form, two judgements");
		form_acted(&a, &j);
		form_judge(p, &a, &again);
		fuzz_must(!again.fresh && (again.counts & j.holds) == j.holds,
			  "a rule acts twice, or is forgotten");
	}
	answers_write(p, &a, NULL, &kept);
	fuzz_must(answers_take(p, kept.s, &back, NULL) == 0, "answers written cannot be read");
	for (int q = 0; q < (int)p->items.n; q++)
		fuzz_must(!a.v[q] == !back.v[q] && (!a.v[q] || strcmp(a.v[q], back.v[q]) == 0),
			  "%s comes back as something else", p->items.v[q].name);
	buf_done(&kept);
	answers_end(&a);
	answers_end(&back);
}

static void one(const uint8_t *bytes, size_t n)
{
	const char *text = (const char *)bytes;
	struct answers a = { 0 };
	struct err err = ERR_INIT;
	struct paper p;
	char *json;

	if (form_read("t.ini", text, n, &p, &err) == 0) {
		is_whole(&p);
		answer_all(&p);
		form_end(&p);
	} else {
		fuzz_must(err.kind == ERR_INPUT && strncmp(err.text, "t.ini", 5) == 0, "%s",
			  err.text);
	}
	if (answers_read(&physio, "a.ini", text, n, today, &a, &err) == 0)
		answers_end(&a);
	json = mem_strn(text, n);
	if (answers_take(&physio, json, &a, NULL) == 0)
		answers_end(&a);
	mem_free(json);
}

static void seeds(void (*put)(const char *name, const void *bytes, size_t n))
{
	static const char answers[] = "[answers]\nwhere = b\nsince = t\nsaddle = u\n"
				      "phone = \"07700 900418\"\nwords = \"one|two\"\n";
	static const char json[] = "{\"where\":\"b\",\"since\":\"2026-02-26\",\"words\":\"a\\nb\"}";

	for (const struct built_in *b = built_in; b->name; b++) {
		char name[60];

		if (strncmp(b->name, "forms/", 6) != 0 || strchr(b->name + 6, '/'))
			continue;
		snprintf(name, sizeof name, "%.*s", (int)strcspn(b->name + 6, "."), b->name + 6);
		put(name, b->text, strlen(b->text));
	}
	put("answers", answers, sizeof answers - 1);
	put("stored", json, sizeof json - 1);
}

/* The line that byte `at` is in. */
static size_t line_at(const uint8_t *bytes, size_t n, size_t at, size_t *ret_end)
{
	size_t from = at, end = at;

	while (from > 0 && bytes[from - 1] != '\n')
		from--;
	while (end < n && bytes[end] != '\n')
		end++;
	*ret_end = end < n ? end + 1 : n;
	return from;
}

/* A line is taken out, or stands elsewhere too: that is what goes wrong by hand. */
static size_t mutate(uint8_t *bytes, size_t n, size_t most)
{
	size_t from, end, to, to_end, len;
	uint8_t line[1200];

	if (n == 0 || fuzz_chance(3) == 0)
		return fuzz_bytes(bytes, n, most);
	from = line_at(bytes, n, fuzz_chance((uint32_t)n), &end);
	len = end - from;
	if (len > sizeof line)
		return fuzz_bytes(bytes, n, most);
	memcpy(line, bytes + from, len);
	if (fuzz_chance(2) == 0) {
		memmove(bytes + from, bytes + end, n - end);
		n -= len;
	}
	if (fuzz_chance(3) == 0 || n + len > most)
		return n;
	to = n ? line_at(bytes, n, fuzz_chance((uint32_t)n), &to_end) : 0;
	memmove(bytes + to + len, bytes + to, n - to);
	memcpy(bytes + to, line, len);
	return n + len;
}

const struct fuzz_target fuzz_target = { .name = "form",
					 .most = INPUT_MOST,
					 .begin = begin,
					 .one = one,
					 .end = end,
					 .seeds = seeds,
					 .mutate = mutate };
