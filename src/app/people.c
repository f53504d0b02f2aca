#include <config.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/sign/sshkey.h>

/* A key enters the ledger in its one spelling, judged for strength at this door. */
static enum err_kind key_text(const char *file, struct arena *arena, const char **text, struct err *err)
{
	struct sshkey key;
	enum err_kind failed;

	if (text_is_blank(file))
		return err_missing_option(err, "--key PUBFILE", "The public key is missing.");
	failed = sshkey_load(file, arena, &key, err);
	return failed ? failed : sshkey_text(&key, arena, text, err);
}

static void write_roles(struct json_writer *w, role_set roles)
{
	json_open(w, "roles", '[');
	for (const struct word *word = words_role; word->word; word++)
		if (roles & word->value)
			json_text(w, NULL, word->word);
	json_close(w, ']');
}

enum err_kind use_person_add(struct session *s, const char *id, const char *name, const char *login, role_set roles, const char *key_file,
			     struct outcome *out, struct err *err)
{
	struct arena arena;
	struct act act;
	struct json_writer w;
	const char *key;
	enum err_kind failed = sentence_check(TEXT_PERSON, "the person's id", id, "person add ID", err);

	if (!failed)
		failed = sentence_check(TEXT_NAME, "the name", name, "--name NAME", err);
	if (!failed)
		failed = sentence_check(TEXT_PERSON, "the login", login, NULL, err);
	if (!failed && !roles)
		failed = err_missing_option(err, "--role ROLE", "A person needs at least one role.");
	if (failed)
		return failed;
	arena_init(&arena, 0);
	failed = key_text(key_file, &arena, &key, err);
	if (failed)
		goto out;
	act_begin(&act, &w, "person.added", NULL, NULL);
	act_text(&w, "person", id);
	act_text(&w, "name", name);
	act_text(&w, "login", login);
	write_roles(&w, roles);
	act_text(&w, "key", key);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed) {
		char titles[128];

		sentence_done(out, "%s is enrolled as %s.", id, words_roles(roles, titles, sizeof titles));
	}
out:
	arena_release(&arena);
	return failed;
}

enum err_kind use_person_role(struct session *s, const char *id, bool grant, enum role role, struct outcome *out, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed;

	act_begin(&act, &w, "person.role", NULL, NULL);
	act_text(&w, "person", id);
	act_text(&w, "role", words_word(words_role, (int)role));
	act_text(&w, "op", grant ? "grant" : "revoke");
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "%s %s %s.", id, grant ? "holds the role" : "no longer holds the role",
			      words_title(words_role, (int)role));
	return failed;
}

const struct word words_key_act[] = {
	{ KEY_ADD, "add", "enrolled for" },
	{ KEY_RETIRE, "retire", "retired: what it signed counts, and it signs no more, for" },
	{ KEY_REVOKE, "revoke", "revoked for" },
	{ KEY_COMPROMISE, "compromise", "declared compromised, and what it approved must be approved anew, for" },
	{ 0, NULL, NULL },
};

enum err_kind use_person_key(struct session *s, const char *id, enum key_act key_act, const char *key_file, instant from, struct outcome *out,
			     struct err *err)
{
	struct arena arena;
	struct act act;
	struct json_writer w;
	const char *key;
	char when[WHEN_TEXT_MAX];
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = key_text(key_file, &arena, &key, err);
	if (failed)
		goto out;
	act_begin(&act, &w, "person.key", NULL, NULL);
	act_text(&w, "person", id);
	act_text(&w, "key", key);
	act_text(&w, "op", words_word(words_key_act, (int)key_act));
	act_text(&w, "from", from == WHEN_NONE ? NULL : when_format(from, when));
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "The key is %s %s.", words_title(words_key_act, (int)key_act), id);
out:
	arena_release(&arena);
	return failed;
}

enum err_kind use_component_add(struct session *s, const char *id, const char *key_file, struct outcome *out, struct err *err)
{
	struct arena arena;
	struct act act;
	struct json_writer w;
	const char *key;
	enum err_kind failed = sentence_check(TEXT_PERSON, "the component's id", id, "component add ID", err);

	if (failed)
		return failed;
	arena_init(&arena, 0);
	failed = key_text(key_file, &arena, &key, err);
	if (failed)
		goto out;
	act_begin(&act, &w, "component.added", NULL, NULL);
	act_text(&w, "component", id);
	act_text(&w, "key", key);
	act_end(&w);
	failed = sentence_commit(s, &act, out, err);
	if (!failed)
		sentence_done(out, "Component %s is enrolled: it records, and never approves.", id);
out:
	arena_release(&arena);
	return failed;
}
