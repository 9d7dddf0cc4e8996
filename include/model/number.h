/*
 * number.h: numbers that people write down: NHS numbers, telephones, postcodes, practice codes.
 *
 * Stored as bare digits, shown as the NHS Common User Interface asks (3-3-4; +44 hidden).
 */
#ifndef MODEL_NUMBER_H
#define MODEL_NUMBER_H

#include <stdbool.h>

enum { NHS_DIGITS = 11, NHS_TEXT = 16, PHONE_DIGITS = 24, PHONE_TEXT = 32 };

/* Ten digits, blanks and dashes anywhere, modulus 11: weights 10..2 on the first nine, check =
 * 11 - sum mod 11, where 11 is 0 and 10 is never issued (NHS Data Dictionary).  False if `s` is
 * none; `ret` then is untouched. */
bool nhs_parse(const char *s, char ret[NHS_DIGITS]);
char *nhs_show(const char *digits, char buf[NHS_TEXT]); /* 999 000 0018; "Not recorded" if none */

/* UK numbers in any common writing, +44 and 0044 read as 0; blanks, dashes, brackets and dots
 * dropped; 7 to 15 digits.  Numbers of other countries keep their +. */
bool phone_parse(const char *s, char ret[PHONE_DIGITS]);
/* The digits from behind, as numbers are looked up: people know how one ends. */
char *phone_back(const char *digits, char ret[PHONE_DIGITS]);
char *phone_show(const char *digits, char buf[PHONE_TEXT]); /* 07700 900418 */

/* A postcode of the United Kingdom in any writing, as "SO16 6YD"; false if it has no such shape. */
enum { POSTCODE_TEXT = 10 };
bool postcode_parse(const char *s, char ret[POSTCODE_TEXT]);

/* The ODS code of a GP practice: a letter and five digits, three more for a branch. */
enum { PRACTICE_TEXT = 10 };
bool practice_parse(const char *s, char ret[PRACTICE_TEXT]);

#endif
