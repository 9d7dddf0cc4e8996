/* print.h: what goes to a printer. */
#ifndef MODEL_PRINT_H
#define MODEL_PRINT_H

#include <stddef.h>

#include "base/world.h"
#include "model/user.h"

enum paper { PAPER_LIST, PAPER_SLIP };

struct print {
	int64_t k;
	struct moment at;
	char user[CODE_TEXT];
	enum paper paper;
	char title[WORDS_TEXT], state[CODE_TEXT], why[WORDS_TEXT];
};
struct prints {
	struct print *v;
	size_t n, cap;
};

#endif
