/* service.c: words of modes and of short lists. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "model/service.h"

static const struct {
	enum mode mode;
	const char *word;
} modes[] = { { MODE_FACE, "face" }, { MODE_PHONE, "phone" }, { MODE_VIDEO, "video" } };

bool service_shipped(const char *code)
{
	static const char *const shipped[] = { "PHYSIO", "COUNS", "OHN", "OHP" };

	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++)
		if (strcasecmp(shipped[i], code) == 0)
			return true;
	return false;
}

const char *mode_word(enum mode mode)
{
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (modes[i].mode == mode)
			return modes[i].word;
	return "";
}

bool mode_parse(const char *word, enum mode *ret)
{
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (strcmp(modes[i].word, text_of(word)) == 0) {
			*ret = modes[i].mode;
			return true;
		}
	return false;
}

bool modes_parse(const char *words, unsigned *ret, enum mode *ret_usual)
{
	unsigned bits = 0;
	enum mode usual = 0, mode;

	while (*words) {
		size_t n = strcspn(words, " ");
		char word[16];

		if (n > 0) {
			if (n >= sizeof word)
				return false;
			snprintf(word, sizeof word, "%.*s", (int)n, words);
			if (!mode_parse(word, &mode))
				return false;
			if (!bits)
				usual = mode;
			bits |= mode;
		}
		words += n + (words[n] == ' ');
	}
	if (!bits)
		return false;
	*ret = bits;
	*ret_usual = usual;
	return true;
}

bool words_have(const char *words, const char *word)
{
	size_t len = strlen(word);

	while (*words) {
		size_t n = strcspn(words, " ");

		if (n == len && strncmp(words, word, n) == 0)
			return true;
		words += n + (words[n] == ' ');
	}
	return false;
}

static const struct {
	const char *word, *without;
} rooms_without[] = { { "quiet", "no quiet room" },
		      { "covered_glass", "no covered glass" },
		      { "apart", "no room apart" },
		      { "step_free", "no step-free" },
		      { "hearing_loop", "no hearing loop" },
		      { "couch", "no couch" },
		      { "gym", "no gym" } };

const char *room_lacks(const char *words, const char *features)
{
	char word[CODE_TEXT];

	for (size_t n; *(words += strspn(words, " ")); words += n) {
		n = strcspn(words, " ");
		snprintf(word, sizeof word, "%.*s", (int)n, words);
		if (words_have(features, word))
			continue;
		for (size_t i = 0; i < sizeof rooms_without / sizeof *rooms_without; i++)
			if (strcmp(rooms_without[i].word, word) == 0)
				return rooms_without[i].without;
		return "no such room";
	}
	return NULL;
}

const char *gender_word(enum gender gender)
{
	static const char *const words[] = { "", "woman", "man" };

	return words[gender];
}

bool gender_parse(const char *text, enum gender *ret)
{
	if (strncasecmp(text, "a ", 2) == 0)
		text += 2;
	if (strcasecmp(text, "woman") == 0 || strcasecmp(text, "women") == 0)
		*ret = GENDER_WOMAN;
	else if (strcasecmp(text, "man") == 0 || strcasecmp(text, "men") == 0)
		*ret = GENDER_MAN;
	else
		return false;
	return true;
}
