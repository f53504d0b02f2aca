#include <config.h>

#include <gonogo/app/names.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/store.h>

typedef enum err_kind registered(struct session *session, const char *name, struct arena *arena, const char **id, struct err *err);

static enum err_kind registered_release(struct session *session, const char *name, struct arena *arena, const char **id, struct err *err)
{
	return ledger_release_id(session->store, name, &LEDGER_ALL, arena, id, err);
}

static enum err_kind registered_tenant(struct session *session, const char *name, struct arena *arena, const char **id, struct err *err)
{
	return ledger_tenant_id(session->store, name, arena, id, err);
}

static enum err_kind settle(registered *find, struct session *session, struct arena *arena, const char **name, struct err *err)
{
	const char *id = NULL;
	enum err_kind failed = *name ? find(session, *name, arena, &id, err) : ERR_NONE;

	if (!failed && id)
		*name = id;
	return failed;
}

static enum err_kind settle_all(registered *find, struct session *session, struct arena *arena, struct texts *names, struct err *err)
{
	const char **items = arena_array(arena, names->count + 1, sizeof *items);
	enum err_kind failed = items ? ERR_NONE : err_memory(err);

	for (size_t i = 0; !failed && i < names->count; i++) {
		items[i] = names->items[i];
		failed = settle(find, session, arena, &items[i], err);
	}
	if (!failed)
		names->items = items;
	return failed;
}

enum err_kind names_release(struct session *session, struct arena *arena, const char **release, struct err *err)
{
	return settle(registered_release, session, arena, release, err);
}

enum err_kind names_tenant(struct session *session, struct arena *arena, const char **tenant, struct err *err)
{
	return settle(registered_tenant, session, arena, tenant, err);
}

enum err_kind names_releases(struct session *session, struct arena *arena, struct texts *releases, struct err *err)
{
	return settle_all(registered_release, session, arena, releases, err);
}

enum err_kind names_tenants(struct session *session, struct arena *arena, struct texts *tenants, struct err *err)
{
	return settle_all(registered_tenant, session, arena, tenants, err);
}
