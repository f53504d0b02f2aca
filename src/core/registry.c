#include <config.h>

#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/core/dossier.h>

const struct person *registry_person(const struct registry *registry, const char *id)
{
	for (size_t i = 0; id && i < registry->person_count; i++)
		if (strcmp(registry->people[i].id, id) == 0)
			return &registry->people[i];
	return NULL;
}

const struct person *registry_login(const struct registry *registry, const char *login)
{
	for (size_t i = 0; login && i < registry->person_count; i++)
		if (registry->people[i].login && strcmp(registry->people[i].login, login) == 0)
			return &registry->people[i];
	return NULL;
}

const struct person *registry_named(const struct registry *registry, const char *name)
{
	const struct person *found = NULL;

	for (size_t i = 0; name && i < registry->person_count; i++) {
		const struct person *person = &registry->people[i];

		if (person->is_component || !person->name || strcmp(person->name, name) != 0)
			continue;
		if (found)
			return NULL;
		found = person;
	}
	return found;
}

const struct tenant *registry_tenant(const struct registry *registry, const char *id)
{
	for (size_t i = 0; id && i < registry->tenant_count; i++)
		if (text_same_id(registry->tenants[i].id, id))
			return &registry->tenants[i];
	return NULL;
}

size_t registry_holders(const struct registry *registry, role_set roles, const struct person **out, size_t most)
{
	size_t count = 0;

	for (size_t i = 0; i < registry->person_count; i++) {
		if (!(registry->people[i].roles & roles))
			continue;
		if (count < most)
			out[count] = &registry->people[i];
		count++;
	}
	return count;
}
