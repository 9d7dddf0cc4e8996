/* message_slip.c: the slip that somebody takes home, as wide as a slip printer's paper. */
#include <string.h>

#include "base/text.h"
#include "clinic/message_acts.h"
#include "store/appts.h"
#include "store/people.h"

enum { PAPER = 42 /* columns */ };

/* Lines that are too long go on in the next one, broken between words where that can be. */
static void wrap(const char *text, struct buf *ret)
{
	while (*text) {
		size_t line = strcspn(text, "\n"), n = text_fit(text, PAPER);

		if (n >= line) {
			n = line;
		} else {
			size_t blank = n;

			while (blank > 0 && text[blank] != ' ')
				blank--;
			n = blank ? blank : n;
		}
		buf_add(ret, text, n);
		buf_str(ret, "\n");
		text += n;
		text += *text == '\n' || *text == ' ';
	}
}

int message_slip(struct desk *desk, struct id appt, struct buf *ret, struct err *err)
{
	struct buf words = { 0 };
	struct appt_row r;
	struct person p;
	int rc;

	if (appt_get(desk->store, appt, &r, err) < 0)
		return -1;
	if (id_none(r.a.person))
		return err_set(err, ERR_MISSING, "Whom that appointment is for is not known here.");
	if (people_get(desk->store, r.a.person, &p, err) < 0)
		return -1;
	rc = message_words(desk, "slip.print", &p, &r.a, "\n", NULL, &words, err);
	if (rc == 0)
		wrap(words.s ? words.s : "", ret);
	buf_done(&words);
	return rc;
}
