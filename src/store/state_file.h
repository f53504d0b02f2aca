#ifndef GONOGO_STORE_STATE_FILE_H
#define GONOGO_STORE_STATE_FILE_H
/* What a state file is, for the files of this folder. */
#include <gonogo/store/state.h>

#include "sql.h"

struct store_state {
	struct sql sql;
};

#endif
