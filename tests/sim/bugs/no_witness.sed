# src/store/witness.c
# A backup that was put back is not told from the database it is of.
s/inc != st->me.inc || n != st->me.next_n - 1;/false;/
s/st->me.restored = sscanf/st->me.restored = false \&\& sscanf/
