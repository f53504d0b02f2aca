#ifndef GONOGO_CONFIG_PLACES_H
#define GONOGO_CONFIG_PLACES_H
/*
 * Where things are: the ledger and the user's state folder.  Configuration changes where things are and how they look, never a verdict.
 * The home folder is the account's, as the system has it; the XDG variables only move folders inside the user's own reach.
 */
#include <gonogo/base/arena.h>
#include <gonogo/base/err.h>

/*
 * `*ledger` non-NULL on entry (--ledger) stays.  Else GONOGO_LEDGER, the configuration's `ledger`, $XDG_DATA_HOME/gonogo/gonogo.db.  `config` is --config,
 * or NULL: $XDG_CONFIG_HOME/gonogo/gonogo.conf where it is there.  Strings live in `arena`.
 */
enum err_kind places_find(const char *config, struct arena *arena, const char **ledger, const char **state_dir, struct err *err) MUST_CHECK;

#endif
