/*
 * number.c: NHS numbers and telephones, as digits and as people read them.
 */
#include "model/number.h"

#include <stdio.h>
#include <string.h>

enum { PHONE_LEAST = 7, PHONE_MOST = 15, TYPED_MOST = 40 };

bool nhs_parse(const char *s, char ret[NHS_DIGITS])
{
	char digits[NHS_DIGITS];
	int n = 0, sum = 0, check;

	if (!s || strlen(s) > TYPED_MOST)
		return false;
	for (; *s; s++) {
		if (*s == ' ' || *s == '-')
			continue;
		if (*s < '0' || *s > '9' || n == 10)
			return false;
		digits[n++] = *s;
	}
	if (n != 10)
		return false;
	digits[n] = '\0';
	for (int i = 0; i < 9; i++)
		sum += (digits[i] - '0') * (10 - i);
	/* 10 is no digit, so a number whose check would be 10 is never matched. */
	check = (11 - sum % 11) % 11;
	if (digits[9] - '0' != check)
		return false;
	memcpy(ret, digits, sizeof digits);
	return true;
}

char *nhs_show(const char *digits, char buf[NHS_TEXT])
{
	if (!digits || strlen(digits) != 10)
		snprintf(buf, NHS_TEXT, "Not recorded");
	else
		snprintf(buf, NHS_TEXT, "%.3s %.3s %.4s", digits, digits + 3, digits + 6);
	return buf;
}

bool phone_parse(const char *s, char ret[PHONE_DIGITS])
{
	char digits[PHONE_DIGITS];
	int n = 0;
	bool abroad = false;

	if (!s || strlen(s) > TYPED_MOST)
		return false;
	s += strspn(s, " ");
	/* "+44 (0)7700" is written so often that the bracketed zero is dropped. */
	if (strncmp(s, "+44", 3) == 0 || strncmp(s, "0044", 4) == 0) {
		s += *s == '+' ? 3 : 4;
		s += strspn(s, " -.");
		if (strncmp(s, "(0)", 3) == 0)
			s += 3;
		else if (*s == '0')
			s++;
		digits[n++] = '0';
	} else if (*s == '+') {
		abroad = true;
		s++;
	} else if (strncmp(s, "00", 2) == 0) {
		abroad = true;
		s += 2;
	}
	for (; *s; s++) {
		if (strchr(" -().", *s))
			continue;
		if (*s < '0' || *s > '9' || n == PHONE_MOST)
			return false;
		digits[n++] = *s;
	}
	/* No country's code begins with a nought. */
	if (n < PHONE_LEAST || (abroad && digits[0] == '0'))
		return false;
	digits[n] = '\0';
	snprintf(ret, PHONE_DIGITS, "%s%.*s", abroad ? "+" : "", PHONE_MOST, digits);
	return true;
}

/* How UK numbers are grouped, by their start (the national numbering plan's usual writing); the
 * rest of the digits follow the last group. */
static const struct group {
	const char *start;
	int length, first, second; /* digits in all, and in the first two groups */
} groups[] = {
	{ "07", 11, 5, 6 },   { "02", 11, 3, 4 },   { "03", 11, 4, 3 },	  { "0800", 11, 4, 3 },
	{ "08", 11, 4, 3 },   { "09", 11, 4, 3 },   { "0113", 11, 4, 3 }, { "0114", 11, 4, 3 },
	{ "0115", 11, 4, 3 }, { "0116", 11, 4, 3 }, { "0117", 11, 4, 3 }, { "0118", 11, 4, 3 },
	{ "0121", 11, 4, 3 }, { "0131", 11, 4, 3 }, { "0141", 11, 4, 3 }, { "0151", 11, 4, 3 },
	{ "0161", 11, 4, 3 }, { "0191", 11, 4, 3 }, { "01", 11, 5, 6 },	  { "01", 10, 5, 5 },
	{ "0800", 10, 4, 6 },
};

char *phone_back(const char *digits, char ret[PHONE_DIGITS])
{
	size_t n = strnlen(digits, PHONE_DIGITS - 1);

	for (size_t i = 0; i < n; i++)
		ret[i] = digits[n - 1 - i];
	ret[n] = '\0';
	return ret;
}

char *phone_show(const char *digits, char buf[PHONE_TEXT])
{
	int n = digits ? (int)strlen(digits) : 0;

	buf[0] = '\0';
	if (n == 0 || n >= PHONE_DIGITS)
		return buf;
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		const struct group *g = &groups[i];

		if (n != g->length || strncmp(digits, g->start, strlen(g->start)) != 0)
			continue;
		snprintf(buf, PHONE_TEXT, "%.*s %.*s%s%s", g->first, digits, g->second,
			 digits + g->first, n > g->first + g->second ? " " : "",
			 digits + g->first + g->second);
		return buf;
	}
	snprintf(buf, PHONE_TEXT, "%s", digits);
	return buf;
}

/* Letters as capitals and digits, blanks and dashes dropped; false when there are too many. */
static bool squeeze(const char *s, char *buf, size_t n)
{
	size_t used = 0;

	for (; s && *s; s++) {
		if (*s == ' ' || *s == '-')
			continue;
		if (used + 1 >= n)
			return false;
		buf[used++] = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
	}
	buf[used] = '\0';
	return true;
}

/* Does `s` have the shape of `shape`: A a letter, 9 a digit? */
static bool shaped(const char *s, const char *shape)
{
	for (; *s && *shape; s++, shape++)
		if (*shape == 'A' ? *s < 'A' || *s > 'Z' : *s < '0' || *s > '9')
			return false;
	return !*s && !*shape;
}

bool postcode_parse(const char *s, char ret[POSTCODE_TEXT])
{
	static const char *const shapes[] = { "A99AA",	"A999AA",  "A9A9AA",
					      "AA99AA", "AA999AA", "AA9A9AA" };
	char plain[POSTCODE_TEXT];

	if (!squeeze(s, plain, sizeof plain))
		return false;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (shaped(plain, shapes[i])) {
			int out = (int)strlen(plain) - 3;

			snprintf(ret, POSTCODE_TEXT, "%.*s %.3s", out, plain, plain + out);
			return true;
		}
	return false;
}

bool practice_parse(const char *s, char ret[PRACTICE_TEXT])
{
	char plain[PRACTICE_TEXT];

	if (!squeeze(s, plain, sizeof plain) ||
	    (!shaped(plain, "A99999") && !shaped(plain, "A99999999")))
		return false;
	memcpy(ret, plain, PRACTICE_TEXT);
	return true;
}
