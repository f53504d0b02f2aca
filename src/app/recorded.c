#include <config.h>

#include <gonogo/app/recorded.h>
#include <gonogo/base/random.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/store.h>

enum err_kind recorded_check_action(const char *action, struct err *err)
{
	if (random_is_id(action))
		return ERR_NONE;
	return err_set(err, ERR_USAGE, "%.40s is no action id, which is %d digits of 0-9 and a-f.", action, RANDOM_ID_MAX - 1);
}

/* The place of the file is asked again: a file that went away tells nothing of what is in the ledger. */
static enum err_kind look_up(struct session *session, const char *action, bool *found, struct err *err)
{
	struct arena arena;
	struct fact fact;
	enum err_kind failed = store_begin_read(session->store, err);

	if (failed)
		return failed;
	arena_init(&arena, 0);
	failed = ledger_by_action(session->store, action, &arena, &fact, found, err);
	arena_release(&arena);
	store_end(session->store);
	return failed;
}

enum err_kind recorded_despite(struct session *session, const char *action, struct err *err)
{
	struct err why = { .kind = ERR_SYSTEM };
	bool found = false;

	/* Busy, or refused by the database: known not to be recorded, and said so. */
	if (err && err->kind != ERR_SYSTEM)
		return err->kind;
	if (err)
		why = *err;
	if (look_up(session, action, &found, NULL))
		return err_set(err, ERR_SYSTEM, "%s Whether the act is recorded is not known: repeat it with --action %s, which records it once at most.",
			       why.text, action);
	if (!found)
		return err_set(err, ERR_SYSTEM, "%s The act is not in the ledger: repeat it with --action %s, which records it once at most.", why.text,
			       action);
	return ERR_NONE;
}
