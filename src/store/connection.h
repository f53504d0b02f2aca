#ifndef GONOGO_STORE_CONNECTION_H
#define GONOGO_STORE_CONNECTION_H
/* What a store is, for the files of this folder. */
#include <gonogo/store/store.h>

#include "sql.h"

struct store {
	struct sql sql;
	int readers;       /* how often store_begin_read has been called */
	bool is_writing;
	bool is_readonly;
};
/* A private temporary database with the ledger's schema, to replay facts into. */
enum err_kind store_open_empty(struct store **out, struct err *err) MUST_CHECK;

#endif
