#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/permit.h>

enum err_kind permit_ledger_opened(const struct permit_in *in, bool *already, struct err *err)
{
	(void)already;
	if (!in->dossier->registry.opened.seq)
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "This ledger is open already.");
}

enum err_kind permit_ledger_restored(const struct permit_in *in, bool *already, struct err *err)
{
	(void)already;
	return permit_need(in, "reason", "The reason", err);
}

/* One person per key: whoever held it ever, a retired key included. */
static const struct person *holder_of_key(const struct registry *registry, const char *key)
{
	for (size_t i = 0; i < registry->person_count; i++)
		for (size_t k = 0; k < registry->people[i].key_count; k++)
			if (strcmp(registry->people[i].keys[k].key, key) == 0)
				return &registry->people[i];
	return NULL;
}

static enum err_kind enrol(const struct permit_in *in, const char *id, const char *login, struct err *err)
{
	const struct registry *registry = &in->dossier->registry;
	const struct person *holder = holder_of_key(registry, body_text(in->body, "key"));

	for (size_t i = 0; i < registry->person_count; i++)
		if (text_same_id(registry->people[i].id, id))
			return err_set(err, ERR_REFUSED, "%s is enrolled already. Choose another id, or see gonogo person list.", registry->people[i].id);
	if (registry_login(registry, login))
		return err_set(err, ERR_REFUSED, "The login %s is %s. A login is one person.", login, registry_login(registry, login)->id);
	if (holder)
		return err_set(err, ERR_REFUSED, "This key is enrolled for %s. A key is one person's; make a key of its own with ssh-keygen.", holder->id);
	return ERR_NONE;
}

static bool holds_now(const struct person *person, const char *key)
{
	for (size_t i = 0; i < person->key_count; i++)
		if (person->keys[i].state == KEY_VALID && strcmp(person->keys[i].key, key) == 0)
			return true;
	return false;
}

/* Enrolled just so already: name, login, roles, and the key is one of those that count. */
static bool is_same_person(const struct permit_in *in, const struct person *person, role_set roles)
{
	return person && !person->is_component && person->roles == roles && text_same(person->name, body_text(in->body, "name")) &&
	       text_same(person->login, body_text(in->body, "login")) && holds_now(person, body_text(in->body, "key"));
}

enum err_kind permit_person_added(const struct permit_in *in, bool *already, struct err *err)
{
	const struct texts roles = body_texts(in->body, "roles");

	role_set wanted = 0;

	for (size_t i = 0; i < roles.count; i++) {
		int role;

		if (!words_read(words_role, roles.items[i], &role))
			return err_set(err, ERR_USAGE, "There is no role %.40s.", roles.items[i]);
		wanted = (role_set)(wanted | role);
	}
	if (!roles.count)
		return err_missing_option(err, "--role ROLE", "A person needs at least one role.");
	*already = is_same_person(in, registry_person(&in->dossier->registry, body_text(in->body, "person")), wanted);
	return *already ? ERR_NONE : enrol(in, body_text(in->body, "person"), body_text(in->body, "login"), err);
}

enum err_kind permit_component_added(const struct permit_in *in, bool *already, struct err *err)
{
	const struct person *component = registry_person(&in->dossier->registry, body_text(in->body, "component"));

	*already = component && component->is_component && holds_now(component, body_text(in->body, "key"));
	return *already ? ERR_NONE : enrol(in, body_text(in->body, "component"), NULL, err);
}

static enum err_kind person_of(const struct permit_in *in, const struct person **out, struct err *err)
{
	*out = registry_person(&in->dossier->registry, body_text(in->body, "person"));
	if (*out)
		return ERR_NONE;
	return err_set(err, ERR_MISSING, "Nobody is enrolled as %s. See gonogo person list.", body_text(in->body, "person"));
}

static size_t valid_keys(const struct person *person)
{
	size_t count = 0;

	for (size_t i = 0; i < person->key_count; i++)
		count += person->keys[i].state == KEY_VALID;
	return count;
}

/* Does anybody else fill the role?  A System Owner without a key can do nothing that a System Owner does, and fills nothing. */
static bool is_filled_without(const struct registry *registry, const struct person *person, int role)
{
	for (size_t i = 0; i < registry->person_count; i++) {
		const struct person *other = &registry->people[i];

		if (other != person && (other->roles & role) && (role != ROLE_SYSTEM_OWNER || valid_keys(other)))
			return true;
	}
	return false;
}

enum err_kind permit_person_role(const struct permit_in *in, bool *already, struct err *err)
{
	const struct person *person;
	const int role = body_word(in->body, "role", words_role, 0);
	const bool grants = strcmp(body_text(in->body, "op"), "grant") == 0;
	enum err_kind failed = person_of(in, &person, err);

	if (failed)
		return failed;
	if (person->is_component)
		return err_set(err, ERR_REFUSED, "%s is a component, and a component holds no role (ATT-1).", person->id);
	*already = ((person->roles & role) != 0) == grants;
	if (*already || grants)
		return ERR_NONE;
	if (!is_filled_without(&in->dossier->registry, person, role))
		return err_set(err, ERR_REFUSED, "%s is the only %s, and a filled role is not left empty (rules, section 11). Grant it to another first: "
			       "gonogo person role ID grant %s.", person->id, words_title(words_role, role), words_word(words_role, role));
	return ERR_NONE;
}

static const struct person_key *held_key(const struct person *person, const char *key)
{
	for (size_t i = 0; i < person->key_count; i++)
		if (strcmp(person->keys[i].key, key) == 0)
			return &person->keys[i];
	return NULL;
}

/* Taking a key back takes effect at once; `from` reaches back to what it signed before. */
static enum err_kind check_from(const struct permit_in *in, struct err *err)
{
	const char *from = body_text(in->body, "from");
	instant at;

	if (!from)
		return ERR_NONE;
	if (strcmp(body_text(in->body, "op"), "retire") == 0)
		return err_set(err, ERR_REFUSED, "A key that is retired is trusted with all it signed, so there is no --from. Revoke it instead: gonogo person key %s "
			       "revoke PUBFILE --from %s.", body_text(in->body, "person"), from);
	if (when_read(from, &at) && at > in->now)
		return err_set(err, ERR_REFUSED, "A key is taken back at once, and not later: %s has not come yet. Take it back then, or leave out --from.", from);
	return ERR_NONE;
}

enum err_kind permit_person_key(const struct permit_in *in, bool *already, struct err *err)
{
	const char *key = body_text(in->body, "key");
	const struct person *person, *holder = holder_of_key(&in->dossier->registry, key);
	const struct person_key *held;
	enum err_kind failed = person_of(in, &person, err);

	if (failed)
		return failed;
	held = held_key(person, key);
	if (strcmp(body_text(in->body, "op"), "add") == 0) {
		if (body_text(in->body, "from"))
			return err_set(err, ERR_REFUSED, "A key counts from its enrolment on, and from no other moment; enrol it when it is to count, without --from.");
		*already = held && held->state == KEY_VALID;
		if (*already || !holder)
			return ERR_NONE;
		return err_set(err, ERR_REFUSED, "This key %s %s. Make a fresh key with ssh-keygen.", held ? "was taken back from" : "is enrolled for", holder->id);
	}
	if (!held)
		return err_set(err, ERR_MISSING, "%s does not hold this key. See gonogo person list --json.", person->id);
	failed = check_from(in, err);
	if (failed)
		return failed;
	*already = held->state != KEY_VALID;
	if (!*already && (person->roles & ROLE_SYSTEM_OWNER) && valid_keys(person) == 1 &&
	    !is_filled_without(&in->dossier->registry, person, ROLE_SYSTEM_OWNER))
		return err_set(err, ERR_REFUSED, "This is the only key of the only System Owner; without it nobody could enrol another. "
			       "Enrol a second key first: gonogo person key %s add PUBFILE.", person->id);
	return ERR_NONE;
}

enum err_kind permit_policy_adopted(const struct permit_in *in, bool *already, struct err *err)
{
	const struct registry *registry = &in->dossier->registry;
	const char *text = body_text(in->body, "text");
	const struct policy_bar *dropped;
	struct policy policy;
	enum err_kind failed = policy_read(text, in->arena, &policy, NULL, err);

	if (failed)
		return failed;
	if (strcmp(policy.name, body_text(in->body, "name")) != 0)
		return err_set(err, ERR_INPUT, "The policy calls itself %s, and is adopted under no other name.", policy.name);
	*already = registry->policy_text && strcmp(registry->policy_text, text) == 0;
	dropped = policy_dropped_bar(&registry->policy, &policy);
	if (!dropped)
		return ERR_NONE;
	return err_set(err, ERR_REFUSED, "%s is barred by the policy in force and stays so for ever, and this one does not name it (I-6). "
		       "Add to barred = ( ... ): { release = \"%s\"; reason = \"%s\"; }", dropped->release, dropped->release, dropped->reason);
}

enum err_kind permit_tenant_added(const struct permit_in *in, bool *already, struct err *err)
{
	const struct tenant *tenant = registry_tenant(&in->dossier->registry, in->tenant);
	enum err_kind failed = text_check(TEXT_ID, "the tenant id", in->tenant, strlen(in->tenant), err);

	if (failed || !tenant)
		return failed;
	*already = strcmp(tenant->id, in->tenant) == 0 && strcmp(tenant->name, body_text(in->body, "name")) == 0 &&
		   (int)tenant->kind == body_word(in->body, "kind", words_tenant_kind, -1) &&
		   (int)tenant->track == body_word(in->body, "track", words_tenant_track, -1);
	return *already ? ERR_NONE : err_set(err, ERR_REFUSED, "%s is registered already, with another content. Ids are unique, whatever their case.", tenant->id);
}

/* The one on record for the release, or for all of them; NULL: none. */
static const struct consent *consent_for(const struct tenant *tenant, const char *release)
{
	for (size_t i = 0; i < tenant->consent_count; i++) {
		const char *named = tenant->consents[i].release;

		if (release && named ? text_same_id(named, release) : !release && !named)
			return &tenant->consents[i];
	}
	return NULL;
}

enum err_kind permit_tenant_consent(const struct permit_in *in, bool *already, struct err *err)
{
	const struct tenant *tenant = registry_tenant(&in->dossier->registry, in->tenant);
	const char *release = body_text(in->body, "for");
	const struct consent *given = consent_for(tenant, release);
	enum err_kind failed;

	if (strcmp(body_text(in->body, "op"), "withdrawn") == 0) {
		*already = release ? !given : !tenant->consent_count;
		return ERR_NONE;
	}
	failed = permit_need(in, "method", "The way consent was given", err);
	*already = !failed && !tenant->is_opted_out && given && text_same(given->method, body_text(in->body, "method")) &&
		   text_same(given->evidence, body_text(in->body, "evidence"));
	return failed;
}

enum err_kind permit_tenant_opted_out(const struct permit_in *in, bool *already, struct err *err)
{
	const struct tenant *tenant = registry_tenant(&in->dossier->registry, in->tenant);
	const int channel = body_word(in->body, "channel", words_channel, CHANNEL_NONE);

	if (channel == CHANNEL_CANDIDATE)
		return err_set(err, ERR_REFUSED, "A tenant opts out of experimental alone (CHN-8). To be served stable releases only: gonogo tenant track %s stable-only.",
			       tenant->id);
	if (channel != CHANNEL_EXPERIMENTAL)
		return err_set(err, ERR_REFUSED, "A tenant opts out of experimental alone, and never of %s (CHN-8).", words_word(words_channel, channel));
	*already = tenant->is_opted_out;
	return ERR_NONE;
}

enum err_kind permit_tenant_tracked(const struct permit_in *in, bool *already, struct err *err)
{
	const struct tenant *tenant = registry_tenant(&in->dossier->registry, in->tenant);

	(void)err;
	*already = (int)tenant->track == body_word(in->body, "track", words_tenant_track, -1);
	return ERR_NONE;
}
