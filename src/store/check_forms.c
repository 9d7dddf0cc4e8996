/* check_forms.c: what always holds of forms filled in: their words are here, and their scores too.
 */
#include "store/forms.h"

static const struct check checks[] = {
	{ "answers have their words",
	  "SELECT 'Answer ' || a.id || ' is on ' || a.form || ' version ' || a.version ||"
	  " ', whose words are not kept.' FROM answer a WHERE NOT EXISTS (SELECT 1 FROM form_version v"
	  " WHERE v.form = a.form AND v.version = a.version AND v.hash = a.hash) LIMIT 20" },
	{ "answers can be read",
	  "SELECT 'Answer ' || id || ' cannot be read.' FROM answer WHERE NOT json_valid(given)"
	  " LIMIT 20" },
	{ "scores have their answer",
	  "SELECT 'Score ' || s.id || ' is of no answer.' FROM answer_score s"
	  " WHERE s.answer NOT IN (SELECT id FROM answer) LIMIT 20" },
};

int check_forms(struct store *st, check_found *found, void *ctx, struct err *err)
{
	return check_rows(st, checks, sizeof checks / sizeof *checks, found, ctx, err);
}
