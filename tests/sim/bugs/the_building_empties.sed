# src/clinic/booking_share.c
# Who is in the building when their time goes elsewhere stands there with none.
s/^\ta->over_by = t->actor;$/\treturn;/
