#include <config.h>

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <gonogo/app/jump.h>
#include <gonogo/app/record.h>
#include <gonogo/app/recorded.h>
#include <gonogo/app/session.h>
#include <gonogo/app/witness.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/seen.h>
#include <gonogo/store/state.h>
#include <gonogo/store/store.h>

instant clock_system(void *context)
{
	struct timespec now;

	(void)context;
	return clock_gettime(CLOCK_REALTIME, &now) ? WHEN_NONE : (instant)now.tv_sec;
}

bool clock_boot(void *context, char *id, int64_t *up_s)
{
	static const char digits[] = "0123456789abcdef-";
	struct timespec up;
	FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
	const size_t size = file ? fread(id, 1, JUMP_BOOT_MAX - 1, file) : 0;

	(void)context;
	if (file)
		(void)fclose(file);
	id[size] = '\0';
	id[strspn(id, digits)] = '\0';
	if (!*id || clock_gettime(CLOCK_BOOTTIME, &up))
		return false;
	*up_s = up.tv_sec;
	return true;
}

/* Whose process it is, as the system has it: no variable of the environment is asked. */
static enum err_kind find_login(struct session *session, struct err *err)
{
	const struct passwd *account = getpwuid(getuid());
	char host[65] = "";

	if (gethostname(host, sizeof host - 1) || !*host)
		memcpy(host, "host", sizeof "host");
	session->login = account ? arena_str(&session->arena, account->pw_name) : NULL;
	session->origin = arena_printf(&session->arena, "%s:%lu", host, (unsigned long)getuid());
	return session->origin && (session->login || !account) ? ERR_NONE : err_memory(err);
}

/* What this user saw of the ledger last is held against it. */
static enum err_kind know_seen(struct session *session, const struct record *record, const struct session_options *options, struct err *err)
{
	const struct ledger_end end = { .size = record->size, .head = record->head, .at = record->head_at };
	struct err why = { 0 };
	enum err_kind failed = store_state_open(options->state_dir, &session->state, err);

	if (failed)
		return failed;
	failed = seen_check(session->state, session->store, session->ledger, session->founder, &why);
	if (failed == ERR_INTEGRITY && options->inspects) {
		session->mistrust = arena_str(&session->arena, why.text);
		return session->mistrust ? ERR_NONE : err_memory(err);
	}
	if (failed)
		return err_set(err, failed, "%s", why.text);
	return seen_note(session->state, session->store, session->ledger, session->founder, &end, err);
}

/* The founder's key and the ledger's id stand in its first fact. */
static enum err_kind know_ledger(struct session *session, const struct session_options *options, struct err *err)
{
	struct record record = { 0 };
	enum err_kind failed = ledger_id(session->store, &session->arena, &session->ledger, err);

	if (!failed)
		failed = record_load(session, NULL, WHEN_NONE, false, &record, err);
	if (!failed) {
		const struct registry *registry = &record.dossier.registry;

		session->is_demo = registry->is_demo;
		session->founder = arena_str(&session->arena, registry->person_count && registry->people[0].key_count ? registry->people[0].keys[0].key : "");
		failed = session->founder ? ERR_NONE : err_memory(err);
		if (!failed && options->state_dir)
			failed = know_seen(session, &record, options, err);
	} else if (failed == ERR_INTEGRITY && options->inspects) {
		session->ledger = session->ledger ? session->ledger : "";
		failed = ERR_NONE;
	}
	record_release(&record);
	/* Whoever inspects walks everything, and says of all of it what it is worth. */
	if (!failed && !options->inspects) {
		session->tally = session->state;
		if (!session->tally)
			failed = store_state_open(NULL, &session->tally, err);
	}
	return failed;
}

enum err_kind session_open(struct session *session, const struct session_options *options, struct err *err)
{
	enum err_kind failed;

	*session = (struct session){ .clock = options->clock, .terminal = options->terminal, .asks_nothing = options->asks_nothing };
	arena_init(&session->arena, 0);
	session->verified = verified_new();
	session->ledger_path = arena_str(&session->arena, options->ledger);
	failed = session->verified && session->ledger_path ? find_login(session, err) : err_memory(err);
	if (!failed && options->action)
		failed = recorded_check_action(options->action, err);
	if (!failed && options->action && !(session->action = arena_str(&session->arena, options->action)))
		failed = err_memory(err);
	if (!failed)
		failed = store_open(options->ledger, options->readonly ? STORE_READONLY : 0, &session->store, err);
	if (!failed)
		failed = know_ledger(session, options, err);
	if (!failed && options->as)
		failed = session_become(session, options->as, options->identity, err);
	else if (!failed && options->identity && !(session->identity = arena_str(&session->arena, options->identity)))
		failed = err_memory(err);
	if (failed)
		session_close(session);
	return failed;
}

void session_close(struct session *session)
{
	if (session->tally != session->state)
		store_state_close(session->tally);
	store_state_close(session->state);
	store_close(session->store);
	verified_free(session->verified);
	arena_release(&session->arena);
	*session = (struct session){ 0 };
}

enum err_kind session_become(struct session *session, const char *person, const char *identity, struct err *err)
{
	struct record record;
	const struct person *found;
	enum err_kind failed = record_load(session, NULL, WHEN_NONE, false, &record, err);

	found = failed ? NULL : registry_person(&record.dossier.registry, person);
	record_release(&record);
	if (failed)
		return failed;
	if (!found)
		return err_set(err, ERR_REFUSED, "Nobody is enrolled as %.32s. See gonogo person list.", person);
	session->as = arena_str(&session->arena, person);
	session->identity = identity ? arena_str(&session->arena, identity) : NULL;
	return session->as && (session->identity || !identity) ? ERR_NONE : err_memory(err);
}

bool session_has_news(struct session *session)
{
	int64_t version = session->seen_version;
	const bool has_news = store_version(session->store, &version, NULL) == ERR_NONE && version != session->seen_version;

	session->seen_version = version;
	return has_news;
}

enum err_kind session_me(struct session *session, const struct registry *registry, const struct person **me, struct err *err)
{
	*me = NULL;
	if (session->as) {
		*me = registry_person(registry, session->as);
		return *me ? ERR_NONE : err_set(err, ERR_REFUSED, "Nobody is enrolled as %s. See gonogo person list.", session->as);
	}
	if (session->login)
		*me = registry_login(registry, session->login);
	return ERR_NONE;
}
