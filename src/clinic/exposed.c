/* exposed.c: the answers to the form of an exposure, as far as its clock goes by them. */
#include "clinic/exposed.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "clinic/referral_acts.h"
#include "store/forms.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

static int injured(struct desk *desk, const struct answer_row *row, struct moment *ret,
		   struct err *err)
{
	struct form_found f;
	struct answers *a = mem_new(sizeof *a);
	int rc = ref_worded(desk, row, &f, a, err);

	if (rc == 0) {
		answers_moment(&f.paper, a, "injured_on", "injured_at", ret);
		answers_end(a);
		form_end(&f.paper);
	}
	mem_free(a);
	return rc;
}

int exposed_at(struct desk *desk, const struct referral *r, struct moment *ret, struct err *err)
{
	struct answer_rows rows = { 0 };
	int rc;

	*ret = (struct moment){ 0 };
	if (r->type != REF_BBV || r->received.utc < desk->now.utc - DAY_SECONDS)
		return 0;
	rc = answers_about(desk->store, r->id, &rows, err);
	list_each (a, &rows)
		if (rc == 0 && moment_none(*ret) && strcmp(a->state, "on") == 0)
			rc = injured(desk, a, ret, err);
	answer_rows_done(&rows);
	return rc;
}

int exposed_now(struct desk *desk, struct exposeds *ret, struct err *err)
{
	struct referral_rows rows = { 0 };
	struct moment since = { desk->now.utc - DAY_SECONDS };
	int rc = referrals_exposed(desk->store, since, &rows, err);

	list_each (r, &rows) {
		struct exposed e = { .referral = r->r.id,
				     .person = r->r.person,
				     .service = r->r.service,
				     .site = r->r.site };

		if (rc < 0 || !referral_seen(desk, r))
			continue;
		rc = exposed_at(desk, &r->r, &e.injured, err);
		COPY(e.surname, r->surname);
		if (rc == 0 && !moment_none(e.injured))
			*list_push(ret) = e;
	}
	list_free(&rows);
	return rc;
}

int exposed_left(struct moment injured, struct moment now)
{
	int64_t gone = (now.utc - injured.utc) / 60;

	return gone < 0 ? EXPOSED_HOUR : gone < EXPOSED_HOUR ? (int)(EXPOSED_HOUR - gone) : 0;
}

const char *exposed_show(int left, char buf[EXPOSED_TEXT])
{
	if (left)
		snprintf(buf, EXPOSED_TEXT, "%dm to 60", left);
	else
		snprintf(buf, EXPOSED_TEXT, "over 60m");
	return buf;
}
