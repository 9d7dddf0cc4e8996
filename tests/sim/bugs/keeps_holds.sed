# src/store/replica.c
# A node that was put back from a backup confirms at once.
s/st->me.holds_ok = false;/st->me.holds_ok = true;/
