/* service_keys.c: letters for services, taken from their short names: OH nurse is n. */
#include "service_keys.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "clinic/desk.h"
#include "clinic/refs.h"

enum { MOST = 12 };

static struct answer answers[MOST + 1];
static char words[MOST][CODE_TEXT];
static struct id ids[MOST];

static bool taken(int n, char key)
{
	for (int i = 0; i < n; i++)
		if (answers[i].key == key)
			return true;
	return false;
}

static char letter_for(const char *brief, int n)
{
	const char *word = strrchr(brief, ' ');

	for (const char *p = word ? word + 1 : brief; *p; p++)
		if (isalpha((unsigned char)*p) && !taken(n, (char)tolower((unsigned char)*p)))
			return (char)tolower((unsigned char)*p);
	for (char c = 'a'; c <= 'z'; c++)
		if (!taken(n, c))
			return c;
	return '\0';
}

const struct answer *service_answers(struct ui *ui)
{
	int n = 0;

	memset(answers, 0, sizeof answers);
	list_each (s, &ui->desk->refs->services) {
		if (!s->on || !desk_sees(ui->desk, s) || n == MOST)
			continue;
		char key = letter_for(s->brief, n);

		snprintf(words[n], sizeof words[n], "%s", s->brief);
		ids[n] = s->id;
		answers[n].word = words[n];
		answers[n++].key = key;
	}
	return n ? answers : NULL;
}

struct id service_of_answer(char key)
{
	for (int i = 0; i < MOST && answers[i].key; i++)
		if (answers[i].key == key)
			return ids[i];
	return (struct id){ 0 };
}
