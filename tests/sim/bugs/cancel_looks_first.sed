# src/clinic/booking_state.c
# What another node did to an appointment decides whether its slot is freed.
/Whatever became of the appointment meanwhile/,/request_answer/d
/^static int cancel_run/,/^}/s|^	r.a.state = APPT_CANCELLED;$|	slot_release(t, c->appt);\n	request_answer(t, c->appt, "void");\n&|
