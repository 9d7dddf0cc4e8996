/*
 * service_keys.h: one letter for each service, for questions like `p physio  c counselling`.
 */
#ifndef TUI_SERVICE_KEYS_H
#define TUI_SERVICE_KEYS_H

#include "base/id.h"
#include "ui.h"

/* The services that this user may book, as answers of ask(); kept until the next call.  NULL when
 * there is none.  The letter is the first of the short name's last word that is still free. */
const struct answer *service_answers(struct ui *ui);
/* The service of an answer; none for a letter that was not offered. */
struct id service_of_answer(char key);

#endif
