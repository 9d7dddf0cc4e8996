# src/clinic/holder.c
# A refusal leaves no row for a person.
s/^\ttxn_overlap(t, held .*/\tif (t->overlaps < 0)\n&/
