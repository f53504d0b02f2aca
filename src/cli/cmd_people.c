#include <config.h>

#include <gonogo/cli/families.h>

/* `--role a --role b` and `--role a b` are both how people write a list. */
static enum err_kind read_roles(const struct args *args, struct arena *arena, role_set *roles, struct err *err)
{
	struct texts given;
	enum err_kind failed = args_values(args, "--role", arena, &given, err);
	int role;

	*roles = 0;
	for (size_t i = 0; !failed && i < given.count; i++) {
		failed = args_word("--role", given.items[i], words_role, &role, err);
		if (!failed)
			*roles = (role_set)(*roles | role);
	}
	for (size_t i = 1; !failed && i < args->count; i++) {
		failed = args_word("The role", args->words[i], words_role, &role, err);
		if (!failed)
			*roles = (role_set)(*roles | role);
	}
	return failed;
}

enum err_kind run_person_add(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	role_set roles;
	enum err_kind failed = read_roles(args, &in->arena, &roles, err);

	(void)answer;
	if (!failed)
		failed = use_person_add(s, args->words[0], args_value(args, "--name"), args_value(args, "--login"), roles,
					args_value(args, "--key"), &outcome, err);
	return out_done(in, failed, &outcome);
}

static void json_person(struct json_writer *w, const struct person *person)
{
	json_open(w, NULL, '{');
	json_text(w, "id", person->id);
	json_text(w, "name", person->name);
	json_text(w, "login", person->login);
	out_json_roles(w, "roles", person->roles);
	json_open(w, "keys", '[');
	for (size_t i = 0; i < person->key_count; i++)
		if (person->keys[i].state == KEY_VALID)
			json_text(w, NULL, person->keys[i].key);
	json_close(w, ']');
	json_close(w, '}');
}

enum err_kind run_person_list(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	struct record record;
	const struct registry *registry = &record.dossier.registry;
	struct json_writer w = { 0 };
	char roles[128];
	enum err_kind failed = record_load(s, NULL, WHEN_NONE, false, &record, err);

	(void)answer;
	if (!failed && in->json) {
		w = out_json(in);
		json_open(&w, "people", '[');
	}
	for (size_t i = 0; !failed && i < registry->person_count; i++) {
		const struct person *person = &registry->people[i];

		if (in->json)
			json_person(&w, person);
		else
			buf_printf(&in->out, "%-20s %-24s %s%s%s\n", person->id, person->name ? person->name : "",
				   person->is_component ? "component" : words_roles(person->roles, roles, sizeof roles),
				   person->login ? "  login " : "", person->login ? person->login : "");
	}
	if (!failed && in->json) {
		json_close(&w, ']');
		out_json_end(in, &w);
	}
	record_release(&record);
	return failed;
}

enum err_kind run_person_role(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	static const struct word ops[] = { { 1, "grant", "grant" }, { 0, "revoke", "revoke" }, { 0, NULL, NULL } };
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	int grant = 0, role = 0;
	enum err_kind failed = args_word("The act", args->words[1], ops, &grant, err);

	(void)answer;
	if (!failed)
		failed = args_word("The role", args->words[2], words_role, &role, err);
	if (!failed)
		failed = use_person_role(s, args->words[0], grant, (enum role)role, &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_person_key(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };
	instant from;
	int key_act = KEY_ADD;
	enum err_kind failed = args_word("The act", args->words[1], words_key_act, &key_act, err);

	(void)answer;
	if (!failed)
		failed = args_time(args, "--from", &from, err);
	if (!failed)
		failed = use_person_key(s, args->words[0], (enum key_act)key_act, args->words[2], from, &outcome, err);
	return out_done(in, failed, &outcome);
}

enum err_kind run_component_add(struct session *s, struct invocation *in, int *answer, struct err *err)
{
	const struct args *args = &in->args;
	struct outcome outcome = { 0 };

	(void)answer;
	return out_done(in, use_component_add(s, args->words[0], args_value(args, "--key"), &outcome, err), &outcome);
}
