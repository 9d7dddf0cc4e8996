/* test_number.c: NHS numbers by their check digit, telephones in any common writing. */
#include "suite.h"

#include "model/number.h"

START_TEST(an_nhs_number_is_held_by_its_check_digit)
{
	static const char *const good[] = { "943 476 5919", "401 023 2137",  "654-100-3238",
					    "9990000018",   "999 000 0107",  "999 000 0158",
					    "999 999 9999", " 999 000 0018 " };
	static const char *const bad[] = { "987 654 4321", "",
					   "999000001",	   "99900000180",
					   "999 000 001x", "999 000 0019",
					   "９990000018",  "999.000.0018",
					   "            9" };
	char d[NHS_DIGITS] = "keep";

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_msg(!nhs_parse(bad[i], d), "%s", bad[i]);
		ck_assert_str_eq(d, "keep");
	}
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		ck_assert_msg(nhs_parse(good[i], d), "%s", good[i]);
		ck_assert_uint_eq(strlen(d), 10);
	}
	ck_assert(!nhs_parse(NULL, d));
}
END_TEST

START_TEST(a_remainder_of_ten_is_never_issued)
{
	char s[] = "9990000000", t[] = "9991234560", d[NHS_DIGITS];

	for (char c = '0'; c <= '9'; c++) {
		s[9] = t[9] = c;
		ck_assert(!nhs_parse(s, d));
		ck_assert(!nhs_parse(t, d));
	}
}
END_TEST

START_TEST(an_nhs_number_is_shown_in_threes_and_four)
{
	char buf[NHS_TEXT];

	ck_assert_str_eq(nhs_show("9990000018", buf), "999 000 0018");
	ck_assert_str_eq(nhs_show("", buf), "Not recorded");
	ck_assert_str_eq(nhs_show(NULL, buf), "Not recorded");
}
END_TEST

START_TEST(a_phone_is_read_in_any_common_writing)
{
	static const char *const same[] = { "07700900418",    "07700 900418",
					    "+447700900418",  "+44 7700 900 418",
					    "00447700900418", "(07700) 900-418",
					    "07700.900.418",  "+44 (0)7700 900418",
					    "+4407700900418" };
	static const char *const bad[] = { "",
					   "12345",
					   "0770090041x",
					   "+",
					   "0770090041800000",
					   "07700+900418",
					   "+0770090041",
					   "ring me",
					   "+44",
					   "\033[2J" };
	char d[PHONE_DIGITS] = "keep";

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_msg(!phone_parse(bad[i], d), "%s", bad[i]);
		ck_assert_str_eq(d, "keep");
	}
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		ck_assert_msg(phone_parse(same[i], d), "%s", same[i]);
		ck_assert_str_eq(d, "07700900418");
	}
	ck_assert(phone_parse("00353 20 915 0123", d));
	ck_assert_str_eq(d, "+353209150123");
}
END_TEST

START_TEST(a_phone_is_shown_in_groups_without_plus_44)
{
	char buf[PHONE_TEXT];

	ck_assert_str_eq(phone_show("07700900418", buf), "07700 900418");
	ck_assert_str_eq(phone_show("02079460018", buf), "020 7946 0018");
	ck_assert_str_eq(phone_show("01174960018", buf), "0117 496 0018");
	ck_assert_str_eq(phone_show("01632960018", buf), "01632 960018");
	ck_assert_str_eq(phone_show("03069990018", buf), "0306 999 0018");
	ck_assert_str_eq(phone_show("+353209150123", buf), "+353209150123");
	ck_assert_str_eq(phone_show("", buf), "");
	ck_assert_str_eq(phone_show(NULL, buf), "");
}
END_TEST

START_TEST(postcodes_and_practice_codes_are_read_in_any_writing_and_kept_in_one)
{
	static const struct {
		const char *typed, *kept;
	} postcodes[] = { { "so166yd", "SO16 6YD" },  { " M1 1AE ", "M1 1AE" },
			  { "ec1a-1bb", "EC1A 1BB" }, { "B33 8TH", "B33 8TH" },
			  { "W1A 0AX", "W1A 0AX" },   { "DN551PT", "DN55 1PT" } };
	static const char *const bad[] = { "",	       "SO16",	   "SO16 6Y",	   "1AA 1AA",
					   "SO166YD9", "ABC1 1AA", "S\xc3\x96 1AA" };
	char code[POSTCODE_TEXT], practice[PRACTICE_TEXT];

	for (size_t i = 0; i < sizeof postcodes / sizeof *postcodes; i++) {
		ck_assert_msg(postcode_parse(postcodes[i].typed, code), "%s", postcodes[i].typed);
		ck_assert_str_eq(code, postcodes[i].kept);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!postcode_parse(bad[i], code), "%s", bad[i]);
	ck_assert(practice_parse("k81003", practice));
	ck_assert_str_eq(practice, "K81003");
	ck_assert(practice_parse("K81003 001", practice));
	ck_assert_str_eq(practice, "K81003001");
	ck_assert(!practice_parse("81003", practice) && !practice_parse("K8100", practice) &&
		  !practice_parse("RH8", practice) && !practice_parse("K810030", practice));
}
END_TEST

TEST_MAIN("number", an_nhs_number_is_held_by_its_check_digit, a_remainder_of_ten_is_never_issued,
	  an_nhs_number_is_shown_in_threes_and_four, a_phone_is_read_in_any_common_writing,
	  a_phone_is_shown_in_groups_without_plus_44,
	  postcodes_and_practice_codes_are_read_in_any_writing_and_kept_in_one)
