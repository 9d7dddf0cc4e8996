# src/store/witness.c
# A backup that was put back is not told from the database it is of.
s/st->me.restored = inc .*;/st->me.restored = false;/
