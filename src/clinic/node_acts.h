/* node_acts.h: the act on nodes (private to the clinic). */
#ifndef CLINIC_NODE_ACTS_H
#define CLINIC_NODE_ACTS_H

#include "clinic/act.h"

extern const struct act act_node_gone;

#endif
