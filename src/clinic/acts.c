/* acts.c: the table of all acts: a new one is one line here. */
#include "clinic/act.h"
#include "clinic/diary_acts.h"
#include "clinic/message_acts.h"
#include "clinic/booking_acts.h"
#include "clinic/closing_acts.h"
#include "clinic/esr_act.h"
#include "clinic/form_acts.h"
#include "clinic/people_act.h"
#include "clinic/record_acts.h"
#include "clinic/task_acts.h"

/* clang-format off */
const struct act *const acts[] = {
	&act_add,
	&act_edit,
	&act_secret,
	&act_people,
	&act_person_set,
	&act_person_merge,
	&act_person_apart,
	&act_book,
	&act_move,
	&act_cancel,
	&act_restore,
	&act_arrive,
	&act_room,
	&act_seen,
	&act_dna,
	&act_late,
	&act_outcome,
	&act_outcome_back,
	&act_answered,
	&act_answered_back,
	&act_try,
	&act_try_back,
	&act_running,
	&act_message,
	&act_message_mark,
	&act_message_reply,
	&act_template_add,
	&act_template_off,
	&act_template_end,
	&act_template_reopen,
	&act_publish,
	&act_withdraw,
	&act_leave,
	&act_leave_end,
	&act_block,
	&act_unblock,
	&act_rebook,
	&act_rebook_over,
	&act_task_add,
	&act_task_withdraw,
	&act_task_done,
	&act_task_hand,
	&act_task_later,
	&act_task_note,
	&act_task_restore,
	&act_day_close,
	&act_day_reopen,
	&act_form_use,
	&act_esr_rows,
	&act_esr_file,
	&act_esr_differ,
	&act_decide,
	&act_free,
	&act_follow,
	&act_hold_give,
	&act_hold_revoke,
	&act_settle,
	NULL,
};
