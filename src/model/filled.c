/* filled.c: a form filled in, as arguments and as rows. */
#include "model/filled.h"

static const struct field score_f[] = {
	FIELD_NEEDED(id, struct filled_score, "id", F_ID),
	FIELD_NEEDED(name, struct filled_score, "name", F_TEXT),
	FIELD(band, struct filled_score, "band", F_TEXT),
	FIELD(value, struct filled_score, "value", F_INT),
};
static const struct fields score_fields = FIELDS(score_f, struct filled_score);

static const struct field filled_f[] = {
	FIELD_NEEDED(id, struct filled, "id", F_ID),
	FIELD_NEEDED(person, struct filled, "person", F_ID),
	FIELD_NEEDED(subject, struct filled, "subject", F_ID),
	FIELD(service, struct filled, "service", F_ID),
	FIELD_NEEDED(form, struct filled, "form", F_TEXT),
	FIELD_NEEDED(hash, struct filled, "hash", F_TEXT),
	FIELD_NEEDED(version, struct filled, "version", F_INT),
	FIELD_NEEDED(about, struct filled, "about", F_TEXT),
	FIELD_NEEDED(given, struct filled, "given", F_TEXT),
	FIELD(acted, struct filled, "acted", F_INT),
	FIELD(clinical, struct filled, "clinical", F_BOOL),
	FIELD_ROWS(scores, struct filled, "scores", &score_fields),
};
const struct fields filled_fields = FIELDS(filled_f, struct filled);

void answer_row_done(struct answer_row *row)
{
	mem_free(row->given);
	row->given = NULL;
}

void answer_rows_done(struct answer_rows *rows)
{
	list_each (a, rows)
		answer_row_done(a);
	list_free(rows);
}
