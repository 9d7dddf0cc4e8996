# src/clinic/holder.c
# A refusal leaves no row for a person.
s/^\ttxn_conflict(t, &c);/\t(void)c;/
