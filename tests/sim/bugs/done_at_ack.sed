# src/sync/node.c
# A command counts as done when the hub says that it has it.
s|^#include "store/store.h"|&\n#include "store/db.h"|
s|^\tcase FRAME_ACK:.*|&\n\t\tstore_exec(link->desk->store, "UPDATE cmd SET state = 'done', effect = NULL", NULL);|
