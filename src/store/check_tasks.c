/* check_tasks.c: what always holds of tasks, and of days that were closed. */
#include "store/tasks.h"

#define TASK "'Task ' || t.id || ' "

static const struct check checks[] = {
	{ "task ended",
	  "SELECT " TASK
	  "is done without an outcome.' FROM task t WHERE t.state = 'done' AND (t.outcome IS NULL"
	  " OR t.done_at IS NULL OR t.done_by IS NULL) LIMIT 20" },
	{ "task open",
	  "SELECT " TASK "is open and yet has an outcome.' FROM task t WHERE t.state <> 'done'"
	  " AND (t.outcome IS NOT NULL OR t.done_at IS NOT NULL) LIMIT 20" },
	{ "task other", "SELECT " TASK "ended otherwise, and nobody said how.' FROM task t"
			" WHERE t.outcome = 'other' AND coalesce(t.words, '') = '' LIMIT 20" },
	{ "task for somebody",
	  "SELECT " TASK "waits for ' || coalesce(u.name, 'somebody') || ', who is '"
	  " || CASE WHEN u.id IS NULL THEN 'no user' ELSE 'switched off' END || ': hand it over.'"
	  " FROM task t LEFT JOIN user u ON u.id = t.for_user WHERE t.state = 'open'"
	  " AND t.for_user IS NOT NULL AND coalesce(u.state, '') <> 'on' LIMIT 20" },
	{ "task for who sees it",
	  "SELECT " TASK "is of a private service that ' || u.name || ' may not see.' FROM task t"
	  " JOIN service s ON s.id = t.service AND s.private JOIN user u ON u.id = t.for_user"
	  " WHERE t.state = 'open' AND u.role <> 'counsellor' AND NOT EXISTS (SELECT 1 FROM"
	  " user_right r WHERE r.user = u.id AND r.name = 'counselling_desk' AND r.state = 'on')"
	  " LIMIT 20" },
	{ "task for a role",
	  "SELECT " TASK "waits for ' || t.for_role || ', which is nobody.' FROM task t"
	  " WHERE t.state = 'open' AND t.for_user IS NULL AND NOT EXISTS (SELECT 1 FROM user u"
	  " LEFT JOIN clinician c ON c.id = u.clinician WHERE t.for_role IN (u.role,"
	  " u.role || '.' || c.discipline))"
	  /* nobody need have a right, or a discipline, today */
	  " AND instr(t.for_role, '.') = 0"
	  " AND t.for_role NOT IN ('lead', 'duty', 'counselling_desk', 'overbook') LIMIT 20" },
	{ "task people",
	  "SELECT " TASK "is about somebody who was registered in error.' FROM task t JOIN person p"
	  " ON p.id = t.person WHERE p.status = 'withdrawn' AND t.state = 'open' LIMIT 20" },
	{ "days closed once",
	  "SELECT 'Day ' || day || ' of site ' || site || ' is closed twice.' FROM day_close"
	  " WHERE state = 'on' GROUP BY site, day HAVING count(*) > 1 LIMIT 20" },
	{ "days closed with a reason",
	  "SELECT 'Day ' || day || ' of site ' || site || ' is closed with things left, without a"
	  " reason.' FROM day_close WHERE items > 0 AND coalesce(why, '') = '' LIMIT 20" },
};

int check_tasks(struct store *st, check_found *found, void *ctx, struct err *err)
{
	return check_rows(st, checks, sizeof checks / sizeof *checks, found, ctx, err);
}
