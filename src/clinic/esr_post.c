/*
 * esr_post.c: assignments as posts.
 *
 * Always holds: an assignment has at most one post and a post at most one assignment; a post ends
 * on the first of the days that ESR gives for its end, and is over when that lies before the run.
 */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/esr_job.h"
#include "clinic/intake_row.h"
#include "store/people.h"

enum { WORDS = 60 }; /* columns of a job, a department or a name in a post */

static char *short_of(const char *s)
{
	size_t n = s ? strlen(s) : 0;

	return s ? mem_strn(s, n <= WORDS ? n : text_fit(s, WORDS)) : NULL;
}

/* "Nursing and Midwifery Registered|Staff Nurse": the last part is what people say. */
static char *job_of(const char *s)
{
	const char *bar = s ? strrchr(s, '|') : NULL;

	return short_of(bar && bar[1] ? bar + 1 : s);
}

static void earliest(struct date *d, struct date other)
{
	if (!date_none(other) && (date_none(*d) || other.n < d->n))
		*d = other;
}

static void forget_told(struct esr_assignment *a)
{
	mem_free((char *)a->told_no);
	mem_free((char *)a->told_job);
	mem_free((char *)a->told_department);
	mem_free((char *)a->told_manager);
	a->told_no = a->told_job = a->told_department = a->told_manager = NULL;
}

/* Puts into the row the words that the post is to have, and its last day. */
static void tell(struct esr_assignment *now, struct esr_around *around,
		 const struct esr_assignment *was)
{
	forget_told(now);
	now->over_day = now->ends;
	earliest(&now->over_day, now->to_day);
	earliest(&now->over_day, around->left_day);
	now->told_no = mem_str(around->employee_no);
	now->told_job = job_of(now->job ? now->job : around->job);
	now->told_department = short_of(around->department);
	now->told_manager = short_of(around->manager);
	/* A number that points nowhere says nothing: what was known stays. */
	if (was && !now->told_department && now->organisation_no)
		now->told_department = mem_str(was->told_department);
	if (was && !now->told_manager && now->manager_no)
		now->told_manager = mem_str(was->told_manager);
}

static bool is_over(const struct esr_job *job, const struct esr_assignment *a,
		    const struct esr_around *around)
{
	return a->row.off || around->off || (!date_none(a->over_day) && a->over_day.n < job->day.n);
}

static void stays(struct esr_job *job, struct id person)
{
	if (seen_put(&job->staying, (uint64_t)person.n, 1) == 0)
		*list_push(&job->stays) = person.n;
}

static struct new_post new_post(struct esr_job *job, struct esr_assignment *now, struct id person,
				bool over)
{
	now->post = desk_new_id(job->desk);
	seen_put(&job->adopted, (uint64_t)now->post.n, 1); /* before anything says whose it is */
	return (struct new_post){
		.id = now->post,
		.person = person,
		.customer = job->customer,
		.employee_no = mem_str(now->told_no),
		.job = mem_str(now->told_job),
		.department = mem_str(now->told_department),
		.manager = mem_str(now->told_manager),
		.from = now->from_day,
		.to = now->over_day,
		.over = over,
	};
}

/* ---- a post that is there ---- */

static const char *day_text(struct date d, char buf[16])
{
	if (date_none(d))
		return NULL;
	snprintf(buf, 16, "%d", (int)d.n);
	return buf;
}

static void set_day(struct people *out, struct id post, const char *column, struct date here,
		    struct date now)
{
	char a[16], b[16];

	if (here.n != now.n)
		people_add_edit(out, post, "post", column, column, day_text(here, a),
				day_text(now, b));
}

static int merge(struct esr_job *job, const struct post *post, const struct esr_assignment *now,
		 const struct esr_assignment *was, bool typed, bool over, struct people *out,
		 struct err *err)
{
	const struct {
		const char *column, *here, *was, *now;
	} fields[] = {
		{ "employee_no", post->employee_no, was ? was->told_no : NULL, now->told_no },
		{ "job", post->job, was ? was->told_job : NULL, now->told_job },
		{ "department", post->department, was ? was->told_department : NULL,
		  now->told_department },
		{ "manager", post->manager, was ? was->told_manager : NULL, now->told_manager },
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct esr_field f = { .person = post->person,
				       .row = post->id,
				       .part = "post",
				       .column = fields[i].column,
				       .field = fields[i].column,
				       .here = fields[i].here,
				       .was = was && !fields[i].was ? "" : fields[i].was,
				       .now = fields[i].now,
				       .ours = typed };

		if (esr_merge(job, &f, out, err) < 0)
			return -1;
	}
	set_day(out, post->id, "from_day", post->from, now->from_day);
	set_day(out, post->id, "to_day", post->to, now->over_day);
	if (post->on == over) {
		people_add_edit(out, post->id, "post", "state", over ? "end" : "begin",
				over ? "on" : "off", over ? "off" : "on");
		stays(job, post->person);
	}
	return 0;
}

/* A post of this employer that nobody of ESR has yet: it came from a list or a desk. */
static int adopt(struct esr_job *job, const struct posts *posts, const char *employee_no,
		 const struct post **ret, struct err *err)
{
	char *want = text_fold(employee_no ? employee_no : "");
	int rc = 0;

	*ret = NULL;
	list_each (p, posts) {
		char *number = text_fold(p->employee_no);
		bool taken = !p->on || !id_same(p->customer, job->customer) ||
			     (*number && *want && strcmp(number, want) != 0) ||
			     seen_get(&job->adopted, (uint64_t)p->id.n);

		mem_free(number);
		if (taken)
			continue;
		rc = esr_has_post(job->desk->store, p->id, &taken, err);
		if (rc < 0)
			break;
		if (!taken) {
			seen_put(&job->adopted, (uint64_t)p->id.n, 1);
			*ret = p;
			break;
		}
	}
	mem_free(want);
	return rc;
}

static const struct post *post_of(const struct posts *posts, struct id id)
{
	list_each (p, posts)
		if (id_same(p->id, id))
			return p;
	return NULL;
}

/* Whoever was there before this file: by a command of their own. */
static int known_person(struct esr_job *job, struct esr_assignment *now,
			const struct esr_assignment *was, struct id person, bool over,
			struct err *err)
{
	struct people *out = esr_change_of(job, person);
	struct posts posts = { 0 };
	const struct post *post = NULL;
	bool typed = true;
	int rc = people_posts(job->desk->store, person, &posts, err);

	if (rc == 0 && was && !id_none(was->post))
		post = post_of(&posts, was->post);
	if (rc == 0 && !post) {
		was = NULL;
		rc = adopt(job, &posts, now->told_no, &post, err);
		if (rc == 0 && post && strcmp(post->source, "desk") != 0)
			rc = esr_desk_changed(job->desk->store, person, &typed, err);
	}
	if (rc == 0 && post) {
		now->post = post->id;
		rc = merge(job, post, now, was, typed, over, out, err);
	} else if (rc == 0 && !now->row.off) {
		*list_push(&out->posts) = new_post(job, now, person, over);
		stays(job, person);
	}
	list_free(&posts);
	if (rc == 0)
		return esr_change(job, out, err);
	args_free(&act_person_set.fields, out);
	return rc;
}

int esr_take_assignment(struct esr_job *job, struct esr_assignment *now,
			const struct esr_assignment *was, struct err *why, struct err *err)
{
	struct esr_around around;
	struct id person;
	bool over;
	int rc = 0;

	if (esr_around(job->desk->store, job->vpd, now, &around, err) < 0)
		return -1;
	if (!around.found)
		return err_set(why, ERR_INPUT, "There is no person (PR) %lld that it belongs to.",
			       (long long)now->person_no);
	person = around.person;
	tell(now, &around, was);
	over = is_over(job, now, &around);
	esr_around_done(&around);
	if (id_none(person)) {
		now->post = was ? was->post : (struct id){ 0 };
	} else if (seen_get(&job->created, (uint64_t)person.n) && (!was || id_none(was->post)) &&
		   !now->row.off) {
		*list_push(&job->people->posts) = new_post(job, now, person, over);
		if (over)
			stays(job, person);
	} else {
		rc = known_person(job, now, was, person, over, err);
	}
	return rc < 0 ? -1 : esr_keep(job, ESR_AS, now, was, err);
}

/* ---- again ---- */

void esr_look_again(struct esr_job *job, int64_t assignment)
{
	if (seen_put(&job->settling, (uint64_t)assignment, 1) == 0)
		*list_push(&job->settle) = assignment;
}

int esr_look_again_by(struct esr_job *job, enum esr_by by, int64_t no, struct err *err)
{
	struct esr_nos nos = { 0 };
	int rc = esr_assignments(job->desk->store, by, job->vpd, no, &nos, err);

	for (size_t i = 0; rc == 0 && i < nos.n; i++)
		esr_look_again(job, nos.v[i]);
	list_free(&nos);
	return rc;
}

static int settle(struct esr_job *job, int64_t no, struct err *err)
{
	struct esr_assignment was, now;
	struct err why = ERR_INIT;
	bool found;
	int rc;

	/* What stood in this file was told with all names known. */
	if (seen_get(&job->seen[ESR_AS], (uint64_t)no))
		return 0;
	if (esr_get(job->desk->store, ESR_AS, job->vpd, no, &was, &found, err) < 0)
		return -1;
	if (!found)
		return 0;
	esr_row_copy(ESR_AS, &was, &now);
	rc = esr_take_assignment(job, &now, &was, &why, err);
	esr_row_done(ESR_AS, &now);
	esr_row_done(ESR_AS, &was);
	return rc < 0 && why.kind == ERR_NONE ? -1 : 0;
}

int esr_settle_posts(struct esr_job *job, struct err *err)
{
	if (esr_flush(job, err) < 0)
		return -1;
	for (size_t i = 0; i < job->settle.n; i++)
		if (settle(job, job->settle.v[i], err) < 0)
			return -1;
	return esr_flush(job, err);
}
