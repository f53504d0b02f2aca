#ifndef GONOGO_STORE_STANDING_ROW_H
#define GONOGO_STORE_STANDING_ROW_H
/* A row of the standing table as a struct standing: shared by the cache itself and the list of releases. */
#include <gonogo/store/standing.h>

#include "sql.h"

#define STANDING_COLUMNS "s.to_channel, s.verdict, s.unmet, s.opens_at, s.stable_at, s.served_s, s.required_s, s.is_halted, s.is_killed, " \
	"s.is_rolling_back, s.needs, s.who, s.as_of_seq, s.dirty"

/* From the column `first` on; what does not read is told by sql_row_check. */
void standing_row(struct sql_row *row, int first, struct standing *out);

#endif
