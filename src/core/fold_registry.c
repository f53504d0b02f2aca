#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/fold.h>

static struct person *person_of(struct dossier *dossier, const char *id)
{
	for (size_t i = 0; i < dossier->registry.person_count; i++)
		if (strcmp(dossier->registry.people[i].id, id) == 0)
			return &dossier->registry.people[i];
	return NULL;
}

static enum err_kind add_key(struct dossier *dossier, struct person *person, const char *key, const struct fact *fact, struct err *err)
{
	struct person_key *entry;

	for (size_t i = 0; i < dossier->registry.person_count; i++)
		for (size_t k = 0; k < dossier->registry.people[i].key_count; k++)
			if (strcmp(dossier->registry.people[i].keys[k].key, key) == 0)
				return fold_refuse(fact, err, "enrols a key that %s held before", dossier->registry.people[i].id);
	person->keys = arena_room(dossier->arena, person->keys, person->key_count, &person->key_room, sizeof *person->keys);
	if (!person->keys)
		return err_memory(err);
	entry = &person->keys[person->key_count++];
	*entry = (struct person_key){ .key = key, .from_seq = fact->seq, .state = KEY_VALID, .since = fact->at, .distrusted_from = WHEN_NONE };
	return ERR_NONE;
}

static enum err_kind add_person(struct dossier *dossier, const struct fact *fact, const struct person *like, const char *key, struct err *err)
{
	struct registry *registry = &dossier->registry;
	struct person *person;

	if (person_of(dossier, like->id))
		return fold_refuse(fact, err, "enrols %s a second time", like->id);
	registry->people = arena_room(dossier->arena, registry->people, registry->person_count, &registry->person_room, sizeof *registry->people);
	if (!registry->people)
		return err_memory(err);
	person = &registry->people[registry->person_count++];
	*person = *like;
	person->source = fold_source(fact);
	return add_key(dossier, person, key, fact, err);
}

enum err_kind fold_ledger_opened(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const struct person founder = { .id = body_text(body, "person"), .name = body_text(body, "name"), .login = body_text(body, "login"),
					.roles = ROLE_SYSTEM_OWNER };

	if (fact->seq != 1)
		return fold_refuse(fact, err, "opens a ledger that is open");
	dossier->registry.ledger = body_text(body, "ledger");
	dossier->registry.is_demo = body_int(body, "demo", 0) != 0;
	dossier->registry.opened = fold_source(fact);
	return add_person(dossier, fact, &founder, body_text(body, "key"), err);
}

enum err_kind fold_ledger_restored(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	(void)dossier;
	(void)fact;
	(void)body;
	(void)err;
	return ERR_NONE;
}

enum err_kind fold_person_added(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct person person = { .id = body_text(body, "person"), .name = body_text(body, "name"), .login = body_text(body, "login") };
	const struct texts roles = body_texts(body, "roles");

	for (size_t i = 0; i < roles.count; i++) {
		int role;

		if (!words_read(words_role, roles.items[i], &role))
			return fold_refuse(fact, err, "grants a role that there is not");
		person.roles = (role_set)(person.roles | role);
	}
	return add_person(dossier, fact, &person, body_text(body, "key"), err);
}

enum err_kind fold_component_added(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	const struct person component = { .id = body_text(body, "component"), .name = body_text(body, "component"), .is_component = true };

	return add_person(dossier, fact, &component, body_text(body, "key"), err);
}

enum err_kind fold_person_role(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct person *person = person_of(dossier, body_text(body, "person"));
	const int role = body_word(body, "role", words_role, 0);

	if (!person)
		return fold_refuse(fact, err, "changes a role of somebody who is not enrolled");
	if (strcmp(body_text(body, "op"), "grant") == 0)
		person->roles = (role_set)(person->roles | role);
	else
		person->roles = (role_set)(person->roles & ~role);
	return ERR_NONE;
}

enum err_kind fold_person_key(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct person *person = person_of(dossier, body_text(body, "person"));
	const char *op = body_text(body, "op"), *from = body_text(body, "from");
	struct person_key *key = NULL;

	if (!person)
		return fold_refuse(fact, err, "changes a key of somebody who is not enrolled");
	if (strcmp(op, "add") == 0)
		return add_key(dossier, person, body_text(body, "key"), fact, err);
	for (size_t i = 0; i < person->key_count; i++)
		if (person->keys[i].state == KEY_VALID && strcmp(person->keys[i].key, body_text(body, "key")) == 0)
			key = &person->keys[i];
	if (!key)
		return fold_refuse(fact, err, "takes back a key that %s does not hold", person->id);
	key->state = strcmp(op, "retire") == 0 ? KEY_RETIRED : strcmp(op, "revoke") == 0 ? KEY_REVOKED : KEY_COMPROMISED;
	key->until_seq = fact->seq;
	/* Of a key that is compromised nobody knows since when, unless it is said. */
	key->distrusted_from = key->state == KEY_COMPROMISED ? key->since : WHEN_NONE;
	if (from && !when_read(from, &key->distrusted_from))
		return fold_refuse(fact, err, "takes back a key from a moment that is none");
	if (key->distrusted_from != WHEN_NONE)
		fold_distrust(dossier, key, fact);
	return ERR_NONE;
}

static struct tenant *tenant_of(struct dossier *dossier, const char *id)
{
	for (size_t i = 0; i < dossier->registry.tenant_count; i++)
		if (text_same_id(dossier->registry.tenants[i].id, id))
			return &dossier->registry.tenants[i];
	return NULL;
}

enum err_kind fold_tenant_added(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct registry *registry = &dossier->registry;

	if (registry_tenant(registry, fact->tenant))
		return fold_refuse(fact, err, "registers tenant %s a second time", fact->tenant);
	registry->tenants = arena_room(dossier->arena, registry->tenants, registry->tenant_count, &registry->tenant_room, sizeof *registry->tenants);
	if (!registry->tenants)
		return err_memory(err);
	registry->tenants[registry->tenant_count++] = (struct tenant){
		.id = fact->tenant, .name = body_text(body, "name"),
		.kind = (enum tenant_kind)body_word(body, "kind", words_tenant_kind, TENANT_PRODUCTION),
		.track = (enum tenant_track)body_word(body, "track", words_tenant_track, TRACK_STANDARD), .source = fold_source(fact),
	};
	return ERR_NONE;
}

static bool is_same_scope(const char *a, const char *b)
{
	return a && b ? text_same_id(a, b) : !a && !b;
}

static void drop_consents(struct tenant *tenant, const char *release)
{
	size_t kept = 0;

	for (size_t i = 0; i < tenant->consent_count; i++)
		if (release && !is_same_scope(tenant->consents[i].release, release))
			tenant->consents[kept++] = tenant->consents[i];
	tenant->consent_count = kept;
}

enum err_kind fold_tenant_consent(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct tenant *tenant = tenant_of(dossier, fact->tenant);
	const char *release = body_text(body, "for");
	size_t kept = 0;

	if (!tenant)
		return fold_refuse(fact, err, "is the consent of a tenant that is not registered");
	tenant->source = fold_source(fact);
	if (strcmp(body_text(body, "op"), "withdrawn") == 0) {
		drop_consents(tenant, release);
		return ERR_NONE;
	}
	for (size_t i = 0; i < tenant->consent_count; i++)
		if (!is_same_scope(tenant->consents[i].release, release))
			tenant->consents[kept++] = tenant->consents[i];
	tenant->consent_count = kept;
	tenant->consents = arena_room(dossier->arena, tenant->consents, tenant->consent_count, &tenant->consent_room, sizeof *tenant->consents);
	if (!tenant->consents)
		return err_memory(err);
	tenant->consents[tenant->consent_count++] = (struct consent){ .release = release, .method = body_text(body, "method"),
								      .evidence = body_text(body, "evidence"), .source = fold_source(fact) };
	tenant->is_opted_out = false;
	return ERR_NONE;
}

enum err_kind fold_tenant_opted_out(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct tenant *tenant = tenant_of(dossier, fact->tenant);

	(void)body;
	if (!tenant)
		return fold_refuse(fact, err, "opts out a tenant that is not registered");
	tenant->is_opted_out = true;
	tenant->source = fold_source(fact);
	return ERR_NONE;
}

enum err_kind fold_tenant_tracked(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct tenant *tenant = tenant_of(dossier, fact->tenant);

	if (!tenant)
		return fold_refuse(fact, err, "moves a tenant that is not registered");
	tenant->track = (enum tenant_track)body_word(body, "track", words_tenant_track, TRACK_STANDARD);
	tenant->source = fold_source(fact);
	return ERR_NONE;
}

enum err_kind fold_policy_adopted(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct registry *registry = &dossier->registry;
	struct policy policy;
	struct err why = { 0 };
	enum err_kind failed = policy_read(body_text(body, "text"), dossier->arena, &policy, NULL, &why);
	const struct policy_bar *dropped;

	if (failed == ERR_SYSTEM)
		return err_set(err, failed, "%s", why.text);
	if (failed)
		return fold_refuse(fact, err, "adopts a policy that does not hold: %s", why.text);
	if (strcmp(policy.name, body_text(body, "name")) != 0)
		return fold_refuse(fact, err, "adopts a policy under another name than its own");
	dropped = policy_dropped_bar(&registry->policy, &policy);
	if (dropped)
		return fold_refuse(fact, err, "adopts a policy that no longer bars %s", dropped->release);
	policy.adopted = fact->at;
	registry->policy = policy;
	registry->policy_text = body_text(body, "text");
	registry->policy_source = fold_source(fact);
	return ERR_NONE;
}

enum err_kind fold_clock_jumped(struct dossier *dossier, const struct fact *fact, const struct json_object *body, struct err *err)
{
	struct clock_jump *jump = FOLD_ROOM(dossier, registry.jumps, registry.jump_count, registry.jump_room);

	if (!jump)
		return err_memory(err);
	*jump = (struct clock_jump){ .origin = fact->origin, .boot = body_text(body, "boot"), .by_s = body_int(body, "by_s", 0), .source = fold_source(fact) };
	return ERR_NONE;
}
