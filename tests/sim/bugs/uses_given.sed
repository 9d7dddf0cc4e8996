# src/clinic/hand.c
# Who gave a slot away goes on using it until the log says so.
s/n += slot_give(/n += t->seq \&\& slot_give(/
