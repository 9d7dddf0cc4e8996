/* esr_files.c: files of a trust that does not exist. */
#include "esr_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/esr.h"

enum { ORGANISATIONS = 40, POSITIONS = 30, FIELDS = 64 };

static const char *const surnames[] = {
	"O'Brien",  "Smith",  "Jones",	  "M\374ller-L\366b", "Okafor",	     "van der Berg",
	"St. John", "D'Arcy", "Nu\361ez", "Smith-Jones",      "\323 Briain", "Fran\347ois",
	"Ng",	    "Patel",  "Williams", "Taylor",	      "Hughes-Owen",
};
static const char *const givens[] = { "Ren\351e", "Ann",      "Mary-Jane", "Jos\351", "Seamus",
				      "Zo\353",	  "Priti",    "John",	   "Ada",     "Wei",
				      "Bj\366rn", "Agn\350s", "Tom" };
static const char *const titles[] = { "Mrs", "Mr", "Dr", "Ms", "Mx", "" };
static const char *const roles[POSITIONS] = {
	"Staff Nurse",
	"Porter",
	"Consultant",
	"Healthcare Assistant",
	"Radiographer",
	"Clerical Officer",
	"Domestic",
	"Midwife",
	"Physiotherapist",
	"Pharmacist",
	"Ward Sister",
	"Catering Assistant",
	"Biomedical Scientist",
	"Receptionist",
	"Chaplain",
	"Electrician",
	"Theatre Nurse",
	"Foundation Year 1",
	"Dietitian",
	"Phlebotomist",
	"Medical Secretary",
	"Analyst",
	"Paramedic",
	"Counsellor",
	"Technician",
	"Speech Therapist",
	"Security Officer",
	"Play Specialist",
	"Librarian",
	"Estates Manager",
};

static unsigned roll(struct trust *t, unsigned n)
{
	t->seed = t->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(t->seed >> 33) % n;
}
#define ANY(t, list) ((list)[roll((t), sizeof(list) / sizeof *(list))])

/* ---- the trust ---- */

static int day_before(int ymd)
{
	struct date d;
	int y, m, day;

	date_from_ymd(ymd / 10000, ymd / 100 % 100, ymd % 100, &d);
	d.n--;
	date_to_ymd(d, &y, &m, &day);
	return y * 10000 + m * 100 + day;
}

static void add_post(struct trust *t, size_t person)
{
	struct trust_post *p = list_push(&t->posts);

	*p = (struct trust_post){ .no = t->next_no++,
				  .person = person,
				  .organisation = roll(t, ORGANISATIONS),
				  .position = roll(t, POSITIONS),
				  .manager = roll(t, (unsigned)t->people.n),
				  .changed = true };
}

static void add_absence(struct trust *t, size_t person)
{
	*list_push(&t->absences) =
		(struct trust_absence){ .no = t->next_no++, .person = person, .changed = true };
}

static size_t add_person(struct trust *t)
{
	struct trust_person *p = list_push(&t->people);

	*p = (struct trust_person){ .no = t->next_no++, .changed = true };
	snprintf(p->surname, sizeof p->surname, "%s", ANY(t, surnames));
	if (roll(t, 4) == 0) /* some thousand different ones */
		snprintf(p->surname, sizeof p->surname, "%s%c%c%c", "Mac", 'a' + roll(t, 26),
			 'a' + roll(t, 26), 'a' + roll(t, 26));
	snprintf(p->given, sizeof p->given, "%s", ANY(t, givens));
	snprintf(p->title, sizeof p->title, "%s", ANY(t, titles));
	if (roll(t, 5))
		snprintf(p->email, sizeof p->email, "staff%lld@trust.example", (long long)p->no);
	p->born = (int)(1950 + roll(t, 55)) * 10000 + (int)(1 + roll(t, 12)) * 100 +
		  (int)(1 + roll(t, 28));
	return t->people.n - 1;
}

void trust_open(struct trust *t, int vpd, size_t people, uint64_t seed)
{
	memset(t, 0, sizeof *t);
	t->seed = seed * 2654435761u + 1;
	t->vpd = vpd;
	t->next_no = 1000000;
	for (int i = 0; i < ORGANISATIONS; i++)
		snprintf(t->organisations[i], sizeof t->organisations[i], "%03d Directorate %d",
			 vpd, i);
	for (size_t i = 0; i < people; i++)
		add_person(t);
	for (size_t i = 0; i < people; i++) {
		add_post(t, i);
		if (roll(t, 12) == 0)
			add_post(t, i);
		if (roll(t, 3) == 0)
			add_absence(t, i);
	}
	/* Two who manage each other, and one who manages nobody's manager. */
	if (people > 2) {
		t->posts.v[0].manager = t->posts.v[1].person;
		t->posts.v[1].manager = t->posts.v[0].person;
		t->posts.v[2].manager = t->posts.v[2].person;
	}
}

void trust_close(struct trust *t)
{
	list_free(&t->people);
	list_free(&t->posts);
	list_free(&t->absences);
}

/* ---- rows ---- */

struct file_rows {
	char **v;
	size_t n, cap;
};

/* A row in which every field that is not ours is a canary. */
static char *row_of(enum esr_type type, const char *const fields[FIELDS])
{
	const struct esr_layout *l = &esr_layouts[type];
	struct buf b = { 0 };

	buf_printf(&b, "%sA", l->letters);
	for (int at = 2; at <= l->fields; at++) {
		bool ours = at == l->key;

		for (size_t i = 0; i < l->n; i++)
			ours = ours || l->columns[i].at == at;
		if (ours)
			buf_printf(&b, "~%s", fields[at] ? fields[at] : "");
		else
			buf_printf(&b, "~CANARY%s%d", l->letters, at);
	}
	return b.s;
}

static void put(struct file_rows *rows, char *row)
{
	*list_push(rows) = row;
}

static const char *number(char buf[24], int64_t n)
{
	if (n == 0)
		return "";
	snprintf(buf, 24, "%lld", (long long)n);
	return buf;
}

char *trust_employee(const struct trust_person *p, char buf[24])
{
	snprintf(buf, 24, "%lld", (long long)(20000000 + p->no));
	return buf;
}

const char *trust_job(const struct trust_post *p)
{
	return roles[p->position];
}

static void organisation_row(const struct trust *t, struct file_rows *rows, int i)
{
	const char *f[FIELDS] = { 0 };
	char no[24];

	f[2] = number(no, 500 + i);
	f[3] = t->organisations[i];
	f[4] = "Department";
	f[10] = "A1234";
	f[12] = "RH8";
	f[14] = "20260101 120000";
	put(rows, row_of(ESR_OR, f));
}

static void place_rows(struct file_rows *rows)
{
	for (int i = 0; i < POSITIONS; i++) {
		const char *f[FIELDS] = { 0 };
		char no[24];

		f[2] = number(no, 700 + i);
		f[3] = "20200401";
		f[4] = "47121231";
		f[6] = roles[i];
		f[10] = roles[i];
		f[23] = "20260101 120000";
		put(rows, row_of(ESR_PO, f));
	}
	for (int i = 0; i < 6; i++) {
		const char *f[FIELDS] = { 0 };
		char no[24];

		f[2] = number(no, 900 + i);
		f[3] = "NGT";
		f[4] = "Northgate Hospital";
		f[6] = "1 Gate Road";
		f[9] = "Wessex";
		f[11] = "ZZ99 3VZ";
		f[22] = "20260101 120000";
		put(rows, row_of(ESR_LC, f));
	}
}

static void person_row(struct trust_person *p, struct file_rows *rows)
{
	const char *f[FIELDS] = { 0 };
	char no[24], born[24], left[24], employee[24];

	f[2] = number(no, p->no);
	f[5] = trust_employee(p, employee);
	f[6] = p->title;
	f[7] = p->surname;
	f[8] = p->given;
	f[12] = p->former;
	f[13] = p->no % 2 ? "F" : "M";
	f[14] = number(born, p->born);
	f[17] = "20200401";
	f[18] = number(left, p->left);
	f[36] = p->email;
	f[39] = "20260301 120000";
	p->told = true;
	put(rows, row_of(ESR_PR, f));
}

static void post_row(const struct trust *t, struct trust_post *p, struct file_rows *rows)
{
	const char *f[FIELDS] = { 0 };
	char person[24], no[24], manager[24], organisation[24], position[24], ends[24], job[80];

	f[2] = number(person, t->people.v[p->person].no);
	f[3] = number(no, p->no);
	f[4] = "20200401";
	f[5] = "47121231";
	f[8] = "20417733-2";
	f[9] = "ACTIVE_ASSIGN";
	f[14] = "900";
	f[16] = p->manager == p->person ? "" : number(manager, t->people.v[p->manager].no);
	f[20] = "Permanent";
	f[22] = "Y";
	f[26] = "0.8";
	f[28] = number(organisation, 500 + (int64_t)p->organisation);
	f[29] = number(position, 700 + (int64_t)p->position);
	if (p->no % 3) { /* the others by their position */
		snprintf(job, sizeof job, "Staff group|%s", roles[p->position]);
		f[35] = job;
	}
	f[38] = p->no % 7 ? "N" : "Y";
	f[45] = "20260301 120000";
	f[49] = number(ends, p->ends);
	p->told = true;
	put(rows, row_of(ESR_AS, f));
}

static void absence_row(const struct trust *t, const struct trust_absence *a,
			struct file_rows *rows)
{
	const char *f[FIELDS] = { 0 };
	char person[24], no[24];

	f[2] = number(person, t->people.v[a->person].no);
	f[3] = number(no, a->no);
	f[4] = "Sickness";
	f[5] = "Back problems";
	f[12] = "20260201";
	f[14] = a->no % 2 ? "20260210" : "";
	f[23] = a->no % 5 ? "N" : "Y";
	f[29] = a->no % 5 ? "" : "20260205";
	f[30] = "20260301 120000";
	f[33] = "S12 Other musculoskeletal problems";
	put(rows, row_of(ESR_AB, f));
}

static void delete_row(const char *letters, int64_t no, struct file_rows *rows)
{
	put(rows, mem_printf("%sD~%lld~20260301 120000", letters, (long long)no));
}

/* Rows of kinds that nobody keeps. */
static void other_rows(struct file_rows *rows)
{
	put(rows, mem_str("LOV~GRADE~XR05~Band 5~CANARYLOV"));
	put(rows, mem_str("ELA~1~2~Basic Pay~CANARYPAY~30000"));
	put(rows, mem_str("DTA~1~2~CANARYDISABILITY"));
}

/* ---- files ---- */

static void write_rows(struct trust *t, const char *folder, bool full, int day,
		       struct file_rows *rows, char *path, size_t n)
{
	char name[64];
	FILE *f;

	for (size_t i = rows->n; i > 1; i--) {
		size_t j = roll(t, (unsigned)i);
		char *swap = rows->v[i - 1];

		rows->v[i - 1] = rows->v[j];
		rows->v[j] = swap;
	}
	snprintf(name, sizeof name, "GO_%03d_GDW_GO%c_%08d_%08lld.DAT", t->vpd, full ? 'F' : 'C',
		 day, (long long)++t->sequence);
	snprintf(path, n, "%s/%s", folder, name);
	f = fopen(path, "w");
	if (!f)
		abort();
	fprintf(f, "HDR~%s~%08d 023000~%03d~", name, day, t->vpd);
	if (t->day)
		fprintf(f, "%08d 020000", t->day);
	fprintf(f, "~%08d 020000~01\r\n", day);
	for (size_t i = 0; i < rows->n; i++) {
		fprintf(f, "%s\r\n", rows->v[i]);
		mem_free(rows->v[i]);
	}
	fprintf(f, "TRL~%zu\r\n", rows->n);
	fclose(f);
	list_free(rows);
	t->day = day;
	list_each (p, &t->people)
		p->changed = false;
	list_each (p, &t->posts)
		p->changed = false;
	list_each (a, &t->absences)
		a->changed = false;
	memset(t->renamed, 0, sizeof t->renamed);
}

void trust_full(struct trust *t, const char *folder, int day, char *buf, size_t n)
{
	struct file_rows rows = { 0 };

	for (int i = 0; i < ORGANISATIONS; i++)
		organisation_row(t, &rows, i);
	place_rows(&rows);
	list_each (p, &t->people)
		if (!p->deleted)
			person_row(p, &rows);
	list_each (p, &t->posts)
		if (!p->deleted && !t->people.v[p->person].deleted)
			post_row(t, p, &rows);
	list_each (a, &t->absences)
		if (!a->deleted && !t->people.v[a->person].deleted)
			absence_row(t, a, &rows);
	other_rows(&rows);
	write_rows(t, folder, true, day, &rows, buf, n);
}

static bool manages(const struct trust *t, size_t person)
{
	list_each (p, &t->posts)
		if (p->manager == person)
			return true;
	return false;
}

static struct trust_person *anybody(struct trust *t)
{
	struct trust_person *p;

	do
		p = &t->people.v[roll(t, (unsigned)t->people.n)];
	while (p->deleted || p->left);
	p->changed = true;
	return p;
}

static struct trust_post *any_post(struct trust *t)
{
	struct trust_post *p;

	do
		p = &t->posts.v[roll(t, (unsigned)t->posts.n)];
	while (p->deleted || t->people.v[p->person].deleted);
	p->changed = true;
	return p;
}

/* In thousandths of all, and at least one of each. */
static void live(struct trust *t, int day)
{
	size_t one = t->people.n / 1000 + 1;

	for (size_t i = 0; i < 8 * one; i++)
		snprintf(anybody(t)->surname, 48, "%s-%s", ANY(t, surnames), "Bell");
	for (size_t i = 0; i < 4 * one; i++) {
		struct trust_person *p = anybody(t);

		snprintf(p->email, sizeof p->email, "new%lld@trust.example", (long long)p->no);
	}
	for (size_t i = 0; i < 4 * one; i++)
		anybody(t)->left = day_before(day);
	for (size_t i = 0; i < 6 * one; i++)
		any_post(t)->organisation = roll(t, ORGANISATIONS);
	for (size_t i = 0; i < 3 * one; i++)
		any_post(t)->manager = roll(t, (unsigned)t->people.n);
	for (size_t i = 0; i < 2 * one; i++)
		any_post(t)->ends = day_before(day_before(day));
	for (size_t i = 0; i < 2 * one;
	     i++) /* over when the next file comes, without another word */
		any_post(t)->ends = day;
	for (size_t i = 0; i < one; i++)
		any_post(t)->ends = 0;
	for (size_t i = 0; i < one; i++)
		any_post(t)->deleted = true;
	for (size_t i = 0; i < 3 * one; i++) {
		size_t p = add_person(t);

		add_post(t, p);
		add_absence(t, p);
	}
	for (size_t i = 0; i < one; i++)
		add_post(t, (size_t)(anybody(t) - t->people.v));
	for (size_t i = 0; i < one; i++) {
		struct trust_person *p = anybody(t);

		if (!manages(t, (size_t)(p - t->people.v)))
			p->deleted = true;
	}
	for (size_t i = 0; i < one; i++) { /* somebody comes back */
		struct trust_person *p = &t->people.v[roll(t, (unsigned)t->people.n)];

		p->left = 0;
		p->changed = true;
	}
	for (size_t i = 0; i < one && t->absences.n; i++) {
		struct trust_absence *a = &t->absences.v[roll(t, (unsigned)t->absences.n)];

		a->deleted = a->changed = true;
	}
	for (int i = 0; i < 2; i++) {
		unsigned k = roll(t, ORGANISATIONS);

		snprintf(t->organisations[k], sizeof t->organisations[k], "%03d Division %u of %d",
			 t->vpd, k, day);
		t->renamed[k] = true;
	}
}

void trust_day(struct trust *t, const char *folder, int day, char *buf, size_t n)
{
	struct file_rows rows = { 0 };

	if (!t->quiet)
		live(t, day);
	for (int i = 0; i < ORGANISATIONS; i++)
		if (t->renamed[i])
			organisation_row(t, &rows, i);
	list_each (p, &t->people) {
		if (p->changed && p->deleted)
			delete_row("PR", p->no, &rows);
		else if (p->changed)
			person_row(p, &rows);
	}
	list_each (p, &t->posts) {
		if (p->changed && p->deleted)
			delete_row("AS", p->no, &rows);
		else if (p->changed && !t->people.v[p->person].deleted)
			post_row(t, p, &rows);
	}
	list_each (a, &t->absences) {
		if (a->changed && a->deleted)
			delete_row("AB", a->no, &rows);
		else if (a->changed && !t->people.v[a->person].deleted)
			absence_row(t, a, &rows);
	}
	other_rows(&rows);
	write_rows(t, folder, false, day, &rows, buf, n);
}

/* ---- what must be true ---- */

bool trust_over(const struct trust *t, const struct trust_post *p)
{
	const struct trust_person *who = &t->people.v[p->person];

	return p->deleted || who->deleted || (p->ends && p->ends < t->day) ||
	       (who->left && who->left < t->day);
}

char *trust_utf8(const char *latin, char *buf, size_t n)
{
	char *p = buf;

	for (; *latin && p + 3 < buf + n; latin++) {
		unsigned c = (unsigned char)*latin;

		if (c < 0x80) {
			*p++ = (char)c;
		} else {
			*p++ = (char)(0xC0 | c >> 6);
			*p++ = (char)(0x80 | (c & 0x3F));
		}
	}
	*p = '\0';
	return buf;
}
