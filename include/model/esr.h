/*
 * esr.h: records of the Electronic Staff Record's generic outbound files.
 *
 *	GO_<vpd>_GDW_<kind>_<YYYYMMDD>_<sequence>.DAT	kind: GOF full, GOC changes
 *	HDR~<file name>~<created>~<vpd>~<previous run>~<this run>~01
 *	PRA~<person id>~...	A adds or replaces, D deletes: PRD~<person id>
 *	TRL~<number of rows between>
 *
 * ISO-8859-1, fields separated by ~ without quoting, days YYYYMMDD, moments YYYYMMDD HHMMSS on the
 * wall.  One list of columns for each type is the whole of what is known of it: the struct, the
 * reader, the arguments of the acts and the SQL are made from it.  What is not in a list cannot be
 * read: pay, grade, payroll, disability, ethnic origin, national insurance number.
 */
#ifndef MODEL_ESR_H
#define MODEL_ESR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/args.h"
#include "base/day.h"
#include "base/err.h"
#include "base/id.h"

/* X(T, member and column, kind, field of the A row counted from 1): T is handed through.  Field 0:
 * ours, not ESR's. */
#define ESR_ORGANISATION(X, T)                                                                     \
	X(T, name, TEXT, 3)                                                                        \
	X(T, kind, TEXT, 4)                                                                        \
	X(T, cost_centre, TEXT, 10)                                                                \
	X(T, parent_no, NO, 11)                                                                    \
	X(T, ods, TEXT, 12)                                                                        \
	X(T, location_no, NO, 13)                                                                  \
	X(T, updated, STAMP, 14)
#define ESR_LOCATION(X, T)                                                                         \
	X(T, code, TEXT, 3)                                                                        \
	X(T, name, TEXT, 4)                                                                        \
	X(T, closed, DAY, 5)                                                                       \
	X(T, line1, TEXT, 6)                                                                       \
	X(T, line2, TEXT, 7)                                                                       \
	X(T, line3, TEXT, 8)                                                                       \
	X(T, town, TEXT, 9)                                                                        \
	X(T, county, TEXT, 10)                                                                     \
	X(T, postcode, TEXT, 11)                                                                   \
	X(T, phone, TEXT, 13)                                                                      \
	X(T, site, TEXT, 16)                                                                       \
	X(T, updated, STAMP, 22)
#define ESR_POSITION(X, T)                                                                         \
	X(T, from_day, DAY, 3)                                                                     \
	X(T, to_day, DAY, 4)                                                                       \
	X(T, name, TEXT, 6)                                                                        \
	X(T, staff_group, TEXT, 9)                                                                 \
	X(T, job_role, TEXT, 10)                                                                   \
	X(T, occupation, TEXT, 11)                                                                 \
	X(T, organisation_no, NO, 15)                                                              \
	X(T, workplace, TEXT, 22)                                                                  \
	X(T, updated, STAMP, 23)
#define ESR_PERSON(X, T)                                                                           \
	X(T, employee_no, TEXT, 5)                                                                 \
	X(T, title, TEXT, 6)                                                                       \
	X(T, surname, TEXT, 7)                                                                     \
	X(T, given, TEXT, 8)                                                                       \
	X(T, preferred, TEXT, 11)                                                                  \
	X(T, former, TEXT, 12)                                                                     \
	X(T, gender, TEXT, 13)                                                                     \
	X(T, born, DAY, 14)                                                                        \
	X(T, hired, DAY, 17)                                                                       \
	X(T, left_day, DAY, 18)                                                                    \
	X(T, email, TEXT, 36)                                                                      \
	X(T, updated, STAMP, 39)                                                                   \
	X(T, person, ID, 0)                                                                        \
	X(T, missing, DAY, 0)
#define ESR_ASSIGNMENT(X, T)                                                                       \
	X(T, person_no, NO, 2)                                                                     \
	X(T, from_day, DAY, 4)                                                                     \
	X(T, to_day, DAY, 5)                                                                       \
	X(T, number, TEXT, 8)                                                                      \
	X(T, status, TEXT, 9)                                                                      \
	X(T, location_no, NO, 14)                                                                  \
	X(T, manager_no, NO, 16)                                                                   \
	X(T, head_no, NO, 19)                                                                      \
	X(T, category, TEXT, 20)                                                                   \
	X(T, main, FLAG, 22)                                                                       \
	X(T, fte, TEXT, 26)                                                                        \
	X(T, organisation_no, NO, 28)                                                              \
	X(T, position_no, NO, 29)                                                                  \
	X(T, job, TEXT, 35)                                                                        \
	X(T, night, FLAG, 38)                                                                      \
	X(T, updated, STAMP, 45)                                                                   \
	X(T, worked_to, DAY, 46)                                                                   \
	X(T, ends, DAY, 49)                                                                        \
	X(T, post, ID, 0)                                                                          \
	X(T, over_day, DAY, 0)                                                                     \
	X(T, told_no, TEXT, 0)                                                                     \
	X(T, told_job, TEXT, 0)                                                                    \
	X(T, told_department, TEXT, 0)                                                             \
	X(T, told_manager, TEXT, 0)
#define ESR_ABSENCE(X, T)                                                                          \
	X(T, person_no, NO, 2)                                                                     \
	X(T, kind, TEXT, 4)                                                                        \
	X(T, reason, TEXT, 5)                                                                      \
	X(T, status, TEXT, 6)                                                                      \
	X(T, starts, DAY, 12)                                                                      \
	X(T, ends, DAY, 14)                                                                        \
	X(T, sick_from, DAY, 16)                                                                   \
	X(T, sick_to, DAY, 17)                                                                     \
	X(T, days, TEXT, 18)                                                                       \
	X(T, work_related, FLAG, 23)                                                               \
	X(T, talked, DAY, 28)                                                                      \
	X(T, referred, DAY, 29)                                                                    \
	X(T, updated, STAMP, 30)                                                                   \
	X(T, surgery, FLAG, 31)                                                                    \
	X(T, sickness, TEXT, 33)

/* X(name, letters, fields of an A row, field of the key, NAME of its list, table), in the order in
 * which they can be understood: what a person points at before the person. */
#define ESR_TYPES(X)                                                                               \
	X(ESR_OR, "OR", 16, 2, ESR_ORGANISATION, esr_organisation)                                 \
	X(ESR_LC, "LC", 22, 2, ESR_LOCATION, esr_location)                                         \
	X(ESR_PO, "PO", 24, 2, ESR_POSITION, esr_position)                                         \
	X(ESR_PR, "PR", 44, 2, ESR_PERSON, esr_person)                                             \
	X(ESR_AS, "AS", 51, 3, ESR_ASSIGNMENT, esr_assignment)                                     \
	X(ESR_AB, "AB", 48, 3, ESR_ABSENCE, esr_absence)

enum esr_type {
#define X(name, letters, fields, key, list, table) name,
	ESR_TYPES(X)
#undef X
		ESR_TYPE_COUNT
};

/* What is first in every struct: our id, ESR's number, whether ESR has deleted it. */
struct esr_row {
	struct id id;
	int64_t no;
	bool off;
};

#define ESR_C_TEXT			const char *
#define ESR_C_NO			int64_t
#define ESR_C_DAY			struct date
#define ESR_C_STAMP			struct moment
#define ESR_C_FLAG			bool
#define ESR_C_ID			struct id
#define ESR_MEMBER(T, member, kind, at) ESR_C_##kind member;
#define X(name, letters, fields, key, list, table)                                                 \
	struct table {                                                                             \
		struct esr_row row;                                                                \
		list(ESR_MEMBER, table)                                                            \
	};
ESR_TYPES(X)
#undef X

struct esr_column {
	const char *name;
	enum field_type kind; /* F_TEXT F_INT F_DATE F_MOMENT F_BOOL F_ID */
	int at;		      /* 0: ours */
	size_t offset;
};

struct esr_layout {
	const char *letters;
	int fields, key;
	const char *table;
	const struct esr_column *columns;
	size_t n;
	struct fields args; /* a row of it, as arguments of an act */
};
extern const struct esr_layout esr_layouts[ESR_TYPE_COUNT];

/* ---- lines ---- */

enum esr_line { ESR_LINE_HDR, ESR_LINE_TRL, ESR_LINE_SET, ESR_LINE_DELETE, ESR_LINE_OTHER };

/* What kind of line starts so, and of which type it is. */
enum esr_line esr_line(const char *s, enum esr_type *ret);

/* Is it a record of ESR at all, if not one that we keep?  Two letters and A or D, or LOV. */
bool esr_line_known(const char *s);

/*
 * One A row into the struct of its type, its texts owned: esr_row_done() frees them.  `s` is cut
 * up. Refused: a field count that is not the type's, a number, day or moment that is none, text
 * that may not be stored.  What stands in fields that the layout leaves blank is passed over, as is
 * a quote.
 */
int esr_row_read(enum esr_type type, char *s, void *ret, struct err *err);
/* A D row: the number, and at most the moment of the deletion behind it. */
int esr_delete_read(enum esr_type type, char *s, int64_t *ret_no, struct err *err);
/* The number of a row that is not read otherwise; 0 if it has none. */
int64_t esr_row_no(enum esr_type type, const char *s);

void esr_row_done(enum esr_type type, void *row);
void esr_row_copy(enum esr_type type, const void *row, void *ret);
/* Does ESR, or do we, say the same in both?  The id is not compared. */
bool esr_row_same(enum esr_type type, const void *a, const void *b);

/* ---- files ---- */

enum { ESR_NAME = 64 };

struct esr_header {
	char name[ESR_NAME]; /* of the file, without folders */
	int vpd;
	bool full;
	struct date day;
	int64_t sequence;
	struct moment from, to; /* the run before it, and its own; from none: there was none */
};

/* By its name alone. */
int esr_name_read(const char *path, struct esr_header *ret, struct err *err);
/* Adds what the first line says and refuses what contradicts the name. */
int esr_header_read(char *line, struct esr_header *ret, struct err *err);
int esr_trailer_read(char *line, int64_t *ret_rows, struct err *err);

/* By day, then by number. */
int esr_header_order(const struct esr_header *a, const struct esr_header *b);

#endif
