# src/sync/execute.c
# How far a node has come is not kept with its commands.
s/return node_pos_put(st, c->node, &pos, err);/return pos.last_n % 3 == 0 ? 0 : node_pos_put(st, c->node, \&pos, err);/
