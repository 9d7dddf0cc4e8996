# src/clinic/booking_book.c
# A number that two copies of a node gave out stays given twice.
s/^\tnumber_once(t, b, &e);$//
