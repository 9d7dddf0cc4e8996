/* test_forms.c: which file of a form serves, which version is kept, and what its answers keep. */
#include "suite.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/config.h"
#include "clinic.h"
#include "clinic/act.h"
#include "clinic/forms.h"
#include "clinic/health.h"
#include "clinic/intake.h"
#include "papers.h"
#include "store/forms.h"
#include "store/txn.h"

static struct clinic c;
static struct err err;
static char folder[200];
static struct config *config;

/* A site with a folder of forms of its own. */
static void open_site(void)
{
	char path[300];
	FILE *f;

	clinic_open(&c);
	snprintf(folder, sizeof folder, "%s/forms", c.folder);
	ck_assert_int_eq(mkdir(folder, 0700), 0);
	snprintf(path, sizeof path, "%s/ohdesk.ini", c.folder);
	f = fopen(path, "w");
	fprintf(f, "[forms]\nfolder = %s\n", folder);
	fclose(f);
	ck_ok(config_open(path, &config, &err), err);
	c.desk.config = config;
}

static void drop(const char *name)
{
	char path[300];

	snprintf(path, sizeof path, "%s/%s.ini", folder, name);
	unlink(path);
}

static void close_site(void)
{
	char path[300];

	drop("own");
	drop("phq9");
	rmdir(folder);
	snprintf(path, sizeof path, "%s/ohdesk.ini", c.folder);
	unlink(path);
	c.desk.config = NULL;
	config_close(config);
	clinic_close(&c);
}

/* A small form of the site's: its version and the words of its question. */
static void put_file(const char *name, const char *version, const char *words)
{
	char path[300];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s.ini", folder, name);
	f = fopen(path, "w");
	fprintf(f,
		"[form]\nid = %s\nversion = %s\ntitle = \"Own\"\nfor = person\n"
		"[page.one]\ntitle = \"One\"\n[field.a]\nlabel = \"%s\"\ntype = scale\nrange = 0-3\n"
		"[score.total]\nof = a\nbands = \"0-1:low|2-3:high\"\n",
		name, version, words);
	fclose(f);
}

/* One that is signed off in these words. */
static void put_signed(const char *name, const char *words)
{
	char path[300];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s.ini", folder, name);
	f = fopen(path, "w");
	fprintf(f,
		"[form]\nid = %s\nversion = 1\ntitle = \"Own\"\nfor = person\nsigned_off = \"%s\"\n"
		"[page.one]\ntitle = \"One\"\ntype = yn\nask.a = \"A?\"\n",
		name, words);
	fclose(f);
}

/* The words that serve, and why the file does not: "" when it does. */
static const char *serves(const char *name, const char **ret_refused)
{
	static char words[80], refused[256];
	struct form_found f;

	desk_tick(&c.desk);
	if (forms_find(&c.desk, name, &f, &err) < 0) {
		*ret_refused = err.text;
		return NULL;
	}
	snprintf(words, sizeof words, "%s", f.paper.items.v[0].label);
	snprintf(refused, sizeof refused, "%s", f.refused);
	*ret_refused = refused;
	form_found_done(&f);
	return words;
}

#define SERVES(name, words)                                                                        \
	do {                                                                                       \
		const char *why_, *is_ = serves(name, &why_);                                      \
		ck_assert_msg(is_ &&strcmp(is_, words) == 0, "%s: %s", is_ ? is_ : "none", why_);  \
		ck_assert_str_eq(why_, "");                                                        \
	} while (0)
#define SERVES_LAST(name, words, says)                                                             \
	do {                                                                                       \
		const char *why_, *is_ = serves(name, &why_);                                      \
		ck_assert_str_eq(is_, words);                                                      \
		ck_assert_msg(strstr(why_, says) != NULL, "%s", why_);                             \
		ck_assert_ptr_nonnull(strstr(c.desk.warning, "The last good version serves."));    \
	} while (0)

static void use(const char *name)
{
	struct form_found f;

	desk_tick(&c.desk);
	ck_ok(forms_open(&c.desk, name, &f, &err), err);
	ck_assert(f.kept);
	form_found_done(&f);
}

START_TEST(a_changed_file_needs_a_higher_version)
{
	open_site();
	put_file("own", "1", "A?");
	SERVES("own", "A?");
	/* Nobody has filled it in: nothing is bound to its words yet. */
	put_file("own", "1", "B?");
	SERVES("own", "B?");
	use("own");
	SERVES("own", "B?");
	put_file("own", "1", "C?");
	SERVES_LAST("own", "B?",
		    "own.ini says something else than version 1 in use: give it version 2.");
	put_file("own", "2", "C?");
	SERVES("own", "C?");
	use("own");
	/* Back to what it was, word for word, is a choice; an older one that never was is a slip.
	 */
	put_file("own", "1", "B?");
	SERVES("own", "B?");
	put_file("own", "5", "E?");
	use("own");
	put_file("own", "3", "D?");
	SERVES_LAST("own", "E?", "own.ini is version 3, and 5 was in use: give it version 6.");
	close_site();
}
END_TEST

/* Two nodes, each in words of its own, before either had heard of the other. */
START_TEST(of_two_wordings_of_a_version_the_one_used_first_serves_everywhere)
{
	struct txn t;

	open_site();
	put_file("own", "1", "Ours?");
	use("own");
	/* As theirs comes in: it was used a minute before ours. */
	t = (struct txn){ .store = c.store, .at = { c.desk.now.utc - 60 }, .actor = { 1 } };
	ck_ok(store_begin(c.store, &err), err);
	form_put(&t, &(struct new_form){ .id = { 77 },
					 .form = "own",
					 .version = 1,
					 .hash = "theirs",
					 .title = "Own",
					 .text = "[form]\nid = own\nversion = 1\ntitle = \"Own\"\n"
						 "for = person\n[page.one]\ntitle = \"One\"\n"
						 "type = yn\nask.a = \"Theirs, first?\"\n" });
	ck_ok(store_commit(c.store, &err), err);
	SERVES_LAST("own", "Theirs, first?", "own.ini says something else than version 1 in use");
	put_file("own", "2", "Ours?");
	SERVES("own", "Ours?");
	close_site();
}
END_TEST

START_TEST(a_broken_file_takes_no_form_away)
{
	const char *why;

	open_site();
	put_file("own", "x", "A?");
	ck_assert_ptr_null(serves("own", &why));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(why, "own.ini, line 3: a version is a whole number"));
	err_clear(&err);
	put_file("own", "1", "A?");
	use("own");
	put_file("own", "2", "A\x1b[2J?");
	SERVES_LAST("own", "A?", "own.ini, line 9: it has a character in it that cannot be shown.");
	/* Of one of ours the program's serves where nothing was kept. */
	put_file("phq9", "9x", "A?");
	SERVES_LAST("phq9", "Little interest or pleasure in doing things", "phq9.ini, line 3");
	drop("phq9");
	SERVES("phq9", "Little interest or pleasure in doing things");
	close_site();
}
END_TEST

START_TEST(the_form_of_a_site_that_was_in_use_outlives_its_file)
{
	open_site();
	put_file("phq9", "7", "Ours?");
	use("phq9");
	drop("phq9");
	/* The program's is older than what people were asked: not behind anybody's back. */
	SERVES_LAST("phq9", "Ours?", "forms/phq9.ini is version 3, and 7 was in use");
	close_site();
}
END_TEST

START_TEST(the_administrator_is_told_of_files_that_are_refused)
{
	struct health h;
	int n = -1, unsigned_ = -1;

	open_site();
	ck_ok(forms_amiss(&c.desk, &n, &unsigned_, &err), err);
	ck_assert_int_eq(n, 0);
	put_file("own", "x", "A?");
	ck_ok(health_look(&c.desk, &h, &err), err);
	for (int i = 0; i < h.n; i++)
		if (strcmp(h.v[i].name, "forms") == 0)
			n = h.v[i].amiss ? (int)h.v[i].count : -1;
	ck_assert_int_eq(n, 1);
	close_site();
}
END_TEST

/* How many are not signed off, by what the health of the desk says; -1: and it is not amiss. */
static int unsigned_now(void)
{
	struct health h;

	ck_ok(health_look(&c.desk, &h, &err), err);
	for (int i = 0; i < h.n; i++)
		if (strcmp(h.v[i].name, "unsigned") == 0)
			return h.v[i].amiss ? (int)h.v[i].count : -1;
	return -2;
}

START_TEST(a_form_is_signed_off_by_who_its_file_names_and_ours_by_nobody)
{
	struct forms_found all = { 0 };
	struct form_found f;
	int ours, refused, n;

	open_site();
	ck_ok(forms_all(&c.desk, &all, &err), err);
	ours = (int)all.n;
	list_each (found, &all) {
		ck_assert_msg(!form_signed(&found->paper), "%s", found->name);
		ck_assert_str_eq(strncmp(form_signed_by(&found->paper), FORM_UNSIGNED,
					 strlen(FORM_UNSIGNED)) == 0
					 ? ""
					 : form_signed_by(&found->paper),
				 "");
	}
	forms_found_done(&all);
	/* Administrators hear of it, but not in a practice database; nobody else is kept from what
	 * is amiss. */
	c.desk.practice = false;
	clinic_sit(&c, "a.root");
	c.desk.practice = false;
	ck_assert_int_eq(unsigned_now(), ours);
	c.desk.practice = true;
	ck_assert_int_eq(unsigned_now(), -1);
	clinic_sit(&c, "p.shah");
	c.desk.practice = false;
	ck_assert_int_eq(unsigned_now(), -1);
	/* One of the site's, by its lead. */
	put_signed("own", "Lead for forms, 02-Feb-2026");
	ck_ok(forms_find(&c.desk, "own", &f, &err), err);
	ck_assert(form_signed(&f.paper));
	ck_assert_str_eq(form_signed_by(&f.paper), "Lead for forms, 02-Feb-2026");
	form_found_done(&f);
	ck_ok(forms_amiss(&c.desk, &refused, &n, &err), err);
	ck_assert_int_eq(n, ours);
	put_signed("own", "Not yet signed off by anybody");
	ck_ok(forms_find(&c.desk, "own", &f, &err), err);
	ck_assert(!form_signed(&f.paper));
	form_found_done(&f);
	close_site();
}
END_TEST

START_TEST(a_version_is_kept_once_and_not_taken_back)
{
	open_site();
	put_file("own", "1", "A?");
	use("own");
	use("own");
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM form_version"), 1);
	ck_assert_int_eq(clinic_count(&c, "SELECT count(*) FROM history WHERE name = 'form_use'"),
			 1);
	ck_refused(act_undo_last(&c.desk, NULL, 0, &err), err, ERR_DENIED);
	close_site();
}
END_TEST

/* ---- answers ---- */

static struct id person, private_;

/* As an act will: its check makes the rows, its run puts them. */
static void fill(const struct form_found *f, const struct answers *a, struct id *ret)
{
	struct txn t = { .store = c.store, .at = c.desk.now, .actor = c.desk.user.id };
	struct filleds list = { 0 };
	struct judged j;
	struct filled *n;
	struct buf bytes = { 0 };
	void *back = NULL;
	struct holder {
		struct filleds list;
	} args;
	static const struct field holder_f[] = {
		FIELD_ROWS(list, struct holder, "list", &filled_fields),
	};
	static const struct fields holder_fields = FIELDS(holder_f, struct holder);

	form_judge(&f->paper, a, &j);
	ck_ok(store_begin(c.store, &err), err);
	n = forms_fill(&c.desk, &list, f, a, &j);
	n->person = n->subject = person;
	n->service = private_;
	*ret = n->id;
	/* They travel as arguments, and come out as they went in. */
	args.list = list;
	args_encode(&holder_fields, &args, &bytes);
	ck_ok(args_decode(&holder_fields, bytes.s, bytes.n, &back, &err), err);
	filled_put(&t, &((struct holder *)back)->list, "org:WVH");
	ck_assert_msg(!txn_failed(&t), "%s", t.err.text);
	ck_ok(store_commit(c.store, &err), err);
	args_free(&holder_fields, back);
	list_each (one, &list) {
		list_each (s, &one->scores) {
			mem_free((char *)s->name);
			mem_free((char *)s->band);
		}
		list_free(&one->scores);
		mem_free((char *)one->form);
		mem_free((char *)one->hash);
		mem_free((char *)one->about);
		mem_free((char *)one->given);
	}
	list_free(&list);
	buf_done(&bytes);
}

START_TEST(answers_keep_the_words_they_were_given_to)
{
	struct answer_rows rows = { 0 };
	struct score_rows scores = { 0 };
	struct answers a = { 0 }, again = { 0 };
	struct intake_form form = { 0 };
	struct form_found f;
	struct paper words;
	struct id id;

	open_site();
	form.v[IN_SURNAME] = "Okafor";
	form.v[IN_GIVEN] = "Adaeze";
	clinic_sit(&c, "p.shah");
	ck_ok(intake_add(&c.desk, &form, (struct id){ 0 }, false, &person, &err), err);
	c.desk.config = config;
	put_file("own", "1", "How much?");
	ck_ok(forms_open(&c.desk, "own", &f, &err), err);
	type_all(&f.paper, &a, "a=2");
	fill(&f, &a, &id);
	form_found_done(&f);
	answers_end(&a);
	/* The file goes on to say something else. */
	put_file("own", "2", "How little?");
	use("own");
	ck_ok(answers_of_person(c.store, person, &rows, &err), err);
	ck_assert_uint_eq(rows.n, 1);
	ck_assert_int_eq(rows.v[0].version, 1);
	ck_assert_str_eq(rows.v[0].given, "{\"a\":\"2\"}");
	ck_assert(rows.v[0].clinical);
	ck_ok(forms_of_answer(&c.desk, rows.v[0].form, rows.v[0].version, rows.v[0].hash, &words,
			      &err),
	      err);
	ck_assert_str_eq(words.items.v[0].label, "How much?");
	ck_ok(answers_take(&words, rows.v[0].given, &again, &err), err);
	ck_assert_str_eq(again.v[0], "2");
	ck_ok(scores_of(c.store, id, &scores, &err), err);
	ck_assert_uint_eq(scores.n, 1);
	ck_assert_str_eq(scores.v[0].name, "total");
	ck_assert_int_eq(scores.v[0].value, 2);
	ck_assert_str_eq(scores.v[0].band, "high");
	list_free(&scores);
	answer_rows_done(&rows);
	answers_end(&again);
	form_end(&words);
	close_site();
}
END_TEST

static int readable(const char *user)
{
	struct answer_rows rows = { 0 };
	int n;

	clinic_sit(&c, user);
	ck_ok(forms_of_person(&c.desk, person, &rows, &err), err);
	n = (int)rows.n;
	answer_rows_done(&rows);
	ck_ok(forms_about(&c.desk, person, &rows, &err), err);
	ck_assert_int_eq(rows.n, n);
	answer_rows_done(&rows);
	return n;
}

START_TEST(clinical_answers_are_for_who_reads_clinical_text_and_private_ones_for_the_service)
{
	struct intake_form form = { .v = { [IN_SURNAME] = "Okafor", [IN_GIVEN] = "Adaeze" } };
	struct answers a = { 0 };
	struct form_found f;
	struct id id;

	open_site();
	clinic_sit(&c, "p.shah");
	ck_ok(intake_add(&c.desk, &form, (struct id){ 0 }, false, &person, &err), err);
	ck_ok(forms_open(&c.desk, "phq9", &f, &err), err);
	type_all(&f.paper, &a, "q1=1 q9=1");
	fill(&f, &a, &id);
	ck_assert_int_eq(readable("p.shah"), 0);
	ck_assert_int_eq(readable("m.doyle"), 0);
	ck_assert_int_eq(readable("a.root"), 0);
	ck_assert_int_eq(readable("r.adeyemi"), 1);
	ck_assert_int_eq(readable("j.marsh"), 1);
	ck_assert_int_eq(readable("s.kelly"), 1);
	/* Of the counsellors' own: nobody else's, clinician or not. */
	private_ = clinic_service(&c, "COUNS");
	fill(&f, &a, &id);
	private_ = (struct id){ 0 };
	ck_assert_int_eq(readable("s.kelly"), 2);
	ck_assert_int_eq(readable("r.adeyemi"), 1);
	ck_assert_int_eq(readable("j.marsh"), 1);
	/* What is no more than paper work is for every desk. */
	f.paper.clinical = false;
	fill(&f, &a, &id);
	ck_assert_int_eq(readable("p.shah"), 1);
	answers_end(&a);
	form_found_done(&f);
	close_site();
}
END_TEST

START_TEST(what_was_hidden_is_not_kept)
{
	struct paper p = paper_of("rap_physio_self");
	struct answers a = { 0 };
	struct buf kept = { 0 };
	struct judged j;

	type_all(&p, &a, "where=b saddle=n water=n where=k");
	form_judge(&p, &a, &j);
	answers_write(&p, &a, &j, &kept);
	ck_assert_str_eq(kept.s, "{\"where\":\"k\"}");
	buf_clear(&kept);
	/* A draft keeps them: the caller may say low back again. */
	answers_write(&p, &a, NULL, &kept);
	ck_assert_str_eq(kept.s, "{\"where\":\"k\",\"saddle\":\"n\",\"water\":\"n\"}");
	buf_done(&kept);
	answers_end(&a);
	form_end(&p);
}
END_TEST

START_TEST(answers_that_cannot_be_read_are_refused)
{
	static const char *const bad[] = {
		"", "[]", "{\"where\":1}", "{\"where\":\"b\"", "{\"where\":\"b\"} x", "{\"where\"}"
	};
	struct paper p = paper_of("rap_physio_self");
	struct answers a = { 0 };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_refused(answers_take(&p, bad[i], &a, &err), err, ERR_STORE);
	ck_ok(answers_take(&p, "{\"gone\":\"x\",\"where\":\"b\"}", &a, &err), err);
	ck_assert_str_eq(a.v[0], "b");
	answers_end(&a);
	form_end(&p);
}
END_TEST

TEST_MAIN("forms", a_changed_file_needs_a_higher_version,
	  of_two_wordings_of_a_version_the_one_used_first_serves_everywhere,
	  a_broken_file_takes_no_form_away, the_form_of_a_site_that_was_in_use_outlives_its_file,
	  the_administrator_is_told_of_files_that_are_refused,
	  a_form_is_signed_off_by_who_its_file_names_and_ours_by_nobody,
	  a_version_is_kept_once_and_not_taken_back, answers_keep_the_words_they_were_given_to,
	  clinical_answers_are_for_who_reads_clinical_text_and_private_ones_for_the_service,
	  what_was_hidden_is_not_kept, answers_that_cannot_be_read_are_refused)
