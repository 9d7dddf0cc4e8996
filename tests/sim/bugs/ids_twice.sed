# src/sync/replay.c
# What two copies of a node called by one id keeps it.
s/^\tif (taken->n == 0)$/\tif (true)/
