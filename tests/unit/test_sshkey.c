/* test_sshkey.c: public keys as people paste them: what is kept of them, and what is refused. */
#include "suite.h"

#include <stdio.h>

#include "base/sshkey.h"

static const struct {
	const char *line, *print; /* as ssh-keygen made and showed it */
} good[] = {
	{ "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDGuPA+x2CbVFnSl+7oAaoJCDeQ6cqPLdd9ShnI+Nyf"
	  "P/a31injtiyKnlE4U2obNhbET8B+9d6u0/kxuN4sKCP9x2BbBz6zyV02JiHVpXaLzAjBr2kuVHHM0HXC"
	  "uzJ4pVTMA+ybL6MtVIWH1vngJ/Fd/+NQLLWi1Iw0BAibAaIFIogBibfQALUYAlRXozNQoliYmZuT11Dk"
	  "lSOnjZBEFMsf0YjEK37YCOo3+nJ+AAdKBzgpbZbMddfkxa5EjwLEwcQq6XaeEARJaKoH95y3taAwP1Uh"
	  "pxpVRlcr8rcHxIiD99SpDccWHoh+Jxr1CTgOLs3YR+vrzvH2xZLzMv+uwNHRbCER7i7XMgv/JSMJg6qZ"
	  "rwzPr5juBECWMRqx2WyOY+LK1xifnnS6VRsctqk38YNbTtuBHBhffxsIENgYFrKnZtHriV60fwpra2q/"
	  "WpZoKq0sd1H987enIxEuWWSq/AaplKsqJlDqTpA89QToKcR8lrnTkVvgE6TwqfuZtKphy10=",
	  "SHA256:IF2l75G1KwR2P6ssi6824Cf+BrmR1Qi6hZWInvFdSWU" },
	{ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIs0O+ATz9q984+v3tRCevQaNoshNadusvjhF4EMu06O",
	  "SHA256:JNQbm5CWsk/Cbw2iTDt2zfLgIzTY9GaMDtuz0zV/2q0" },
	{ "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBH9UQ438"
	  "SzuifJCKoXl41ozpfi1FcVIss1YNN0RVExvefk7iznyeOLNkh9VkIQCf6E11BrmhLw+W7Ai592VZebc=",
	  "SHA256:Ag385oQGdVq2/aMe0rHtdOjUo6y/juf07ubOH585X+o" },
	{ "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBMhnmvNB"
	  "YaRlMovKx0ypRG4C+HBiuJvxvS6Wy4JcpedllU+ooM0Zxx7COdh0mPZgNec60ZVt+ToehwvM2urPolhH"
	  "08CIPqLPH38vSt+Gskye7WHlLHrUevFfpV24JAuQsw==",
	  "SHA256:0+lkV/w0nunO2X2iL/ntgLmTwyBUirQZlqXjkcWsbQs" },
	{ "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBADIl3xp"
	  "xTaw+i39tmqy7+Edxf2+RbcP5bI/s2zipR2kJPawKh24W4wYDWzHlDKNkaQFr4BH8SHCyhONezxWnH2Z"
	  "1QH3PaCjxkGFlCyBhWrAjYC/Y0GTE6SuPswRSSjIzUSQs2bQpsCeIgvX8F52Ib5NOqxHi4f2yj0ivIgw"
	  "MDa+fdNCOQ==",
	  "SHA256:4vPkivxXd5hBF/8aMBMZOSH4z/6Qh4qf5LN/le3Or+Q" },
};

static const char rsa_1024[] =
	"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQCyZllBRyDvWQDs4sGbqEXDPJyp77bn6uubWvLKD2A6"
	"PXtCVCqQWAI4cII0JXxVFWIl+WIGibXSp6VuMISlSiUTYKHOCzpqzcxpMVmgubdHoTcjDbZcnrNvHxwz"
	"GtRsBRz3PWS1nzH6CvNWa08iftUO/1wHNe9uICr/ISc5SUnMew==";
static const char dsa[] =
	"ssh-dss AAAAB3NzaC1kc3MAAACBAPK8ezJ49fm7livhXB9qbwJnl9kVBMmtOga0Awzn5bYXlfZzXPDm"
	"IoFj3kULHQ3qgim0dho1ijpO1ifqOSepvE2xIMUIefRnV69d5pNdTPi1PxlrN05pciWv0brG6jPRPXi4"
	"iGK21P9wQ8tVNr8/DR3SNcMC9Vwqmlgq3wtgpQirAAAAFQCXKSS2aeIQCR/VZIou3BaSDNNyuQAAAIBG"
	"fNecHZKTKHZQTpLmU5vPEuLt2WnWtyvrUsifUHRs6Fd6QXWb4elCsLd+Q7Eg5YH44FlcRxvLzvxfN3r4"
	"EfHRar+SUjG/ZQ8GHDZgqn9Ldr1PBns+bVre9jM5FI8XVTDmat9MUFComu0jXso1n+FBHNMaf0aQ44xq"
	"gbawJoG0PAAAAIEA3+bS8Zc6YMcANPcjHDYhfYM9LUhs9ICg8cfcgTr//gr/l0YbX/1/I+MkiH1RBzKz"
	"bu4fSp81LrzpCkpDKNnEr5vjVDlkvF//Vi774qPliYbXSeaf+xuyunj0zceBEWXG1+VMuj+1MFU8PcVR"
	"oKSjJe9indcC6fbATOy102bi/hQ=";

static void refused(const char *text, const char *why)
{
	struct sshkey key = { .line = "untouched" };
	struct err err = ERR_INIT;

	ck_assert_int_eq(sshkey_parse(text, &key, &err), -1);
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_msg(strstr(err.text, why), "%s", err.text);
	ck_assert_str_eq(key.line, "untouched");
}

START_TEST(a_key_is_kept_without_its_comment_and_shown_by_its_print)
{
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		static const char *const ends[] = { "", "\n", "\r\n", " desk@oak\n",
						    "\t\"$(x)\" `y`" };

		for (size_t j = 0; j < sizeof ends / sizeof *ends; j++) {
			char text[2 * SSHKEY_TEXT];
			struct sshkey key;
			struct err err = ERR_INIT;

			snprintf(text, sizeof text, "%s%s", good[i].line, ends[j]);
			ck_assert_msg(sshkey_parse(text, &key, &err) == 0, "%s", err.text);
			ck_assert_str_eq(key.line, good[i].line);
			ck_assert_str_eq(key.print, good[i].print);
		}
	}
}
END_TEST

START_TEST(what_is_more_or_less_than_one_public_key_is_refused)
{
	char text[4 * SSHKEY_TEXT];

	refused("", "does not begin");
	refused("\n", "does not begin");
	refused("hello", "does not begin");
	refused(dsa, "does not begin");
	refused("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n", "private one");
	refused(rsa_1024, "1024 bits is too short");
	refused("ssh-ed25519", "not whole");
	refused("ssh-ed25519 ", "not whole");
	snprintf(text, sizeof text, "command=\"sh\" %s", good[1].line);
	refused(text, "does not begin");
	snprintf(text, sizeof text, "%s\n%s\n", good[1].line, good[2].line);
	refused(text, "more than one line");
	snprintf(text, sizeof text, "%s a\rcommand=\"sh\" b", good[1].line);
	refused(text, "more than one line");
	snprintf(text, sizeof text, "%s \033[2J", good[1].line);
	refused(text, "control character");
	snprintf(text, sizeof text, "ssh-rsa%s", strchr(good[1].line, ' '));
	refused(text, "not whole");
	snprintf(text, sizeof text, "ssh-ed25519 %0*d", 2 * SSHKEY_TEXT, 0);
	refused(text, "too long");
}
END_TEST

/* Each of them is cut off after every byte, and has each of its bytes spoiled. */
START_TEST(no_key_that_is_cut_or_spoiled_in_its_frame_is_taken)
{
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		char text[SSHKEY_TEXT];
		struct sshkey key;
		size_t type = strcspn(good[i].line, " ") + 1;

		for (size_t n = 0; n < strlen(good[i].line); n++) {
			snprintf(text, sizeof text, "%.*s", (int)n, good[i].line);
			ck_assert_msg(sshkey_parse(text, &key, NULL) < 0, "%s", text);
		}
		/* The length of the type and the type itself: its first twenty characters. */
		for (size_t n = 0; n < 20; n++) {
			snprintf(text, sizeof text, "%s", good[i].line);
			text[type + n] = text[type + n] == 'B' ? 'C' : 'B';
			ck_assert_msg(sshkey_parse(text, &key, NULL) < 0, "%s", text);
		}
	}
}
END_TEST

TEST_MAIN("sshkey", a_key_is_kept_without_its_comment_and_shown_by_its_print,
	  what_is_more_or_less_than_one_public_key_is_refused,
	  no_key_that_is_cut_or_spoiled_in_its_frame_is_taken)
