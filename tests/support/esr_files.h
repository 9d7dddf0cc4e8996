/*
 * esr_files.h: a trust that does not exist, its files in ESR's published layout, and what must be
 * true after each of them was taken in.
 *
 * Deterministic by seed.  Names are awkward (apostrophes, double surnames, Latin-1 accents), some
 * have two assignments, some nobody above them, some are each other's manager; the rows of a file
 * stand in any order.  Every field that we have no business with holds the word CANARY.
 */
#ifndef SUPPORT_ESR_FILES_H
#define SUPPORT_ESR_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trust_person {
	int64_t no;
	char surname[48], given[48], title[8], email[64], former[48]; /* ISO-8859-1 */
	int born, left;						      /* YYYYMMDD; 0 none */
	bool deleted, changed, told;				      /* told: has been in a file */
};
struct trust_post {
	int64_t no;
	size_t person, organisation, position, manager; /* manager: a person; its own: none */
	int ends;
	bool deleted, changed, told;
};
struct trust_absence {
	int64_t no;
	size_t person;
	bool deleted, changed;
};

struct trust {
	uint64_t seed;
	int vpd, day; /* YYYYMMDD of the last file; 0 none yet */
	int64_t sequence, next_no;
	bool quiet; /* nothing happens of itself in a day */
	char organisations[40][48];
	bool renamed[40];
	struct {
		struct trust_person *v;
		size_t n, cap;
	} people;
	struct {
		struct trust_post *v;
		size_t n, cap;
	} posts;
	struct {
		struct trust_absence *v;
		size_t n, cap;
	} absences;
};

void trust_open(struct trust *t, int vpd, size_t people, uint64_t seed);
void trust_close(struct trust *t);

/* Writes the full file of a day into the folder; its path into buf. */
void trust_full(struct trust *t, const char *folder, int day, char *buf, size_t n);
/* A day goes by: starters, leavers, changes; and the file of them. */
void trust_day(struct trust *t, const char *folder, int day, char *buf, size_t n);

/* Employee number; the words of a post; as UTF-8.  Is it over by the last file? */
char *trust_employee(const struct trust_person *p, char buf[24]);
const char *trust_job(const struct trust_post *p);
bool trust_over(const struct trust *t, const struct trust_post *p);
char *trust_utf8(const char *latin, char *buf, size_t n);

#endif
