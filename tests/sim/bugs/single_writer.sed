# src/clinic/booking_share.c
# Slots of other nodes are taken like one's own.
s/if (s.holder != t->origin)/if (false)/
