#include <config.h>

#include <string.h>

#include <gonogo/app/act.h>
#include <gonogo/sign/keygen.h>

enum { DIGITS_SHOWN = sizeof "SHA256:" - 1 + 12 };

static const char *named(const struct sshkey *key, const char *note, struct arena *arena)
{
	char fingerprint[SSHKEY_FINGERPRINT_MAX];

	if (sshkey_fingerprint(key, fingerprint, NULL) != ERR_NONE)
		return arena_printf(arena, "%s%s", sshkey_type_name(key->type), note);
	return arena_printf(arena, "%s %.*s..%s", sshkey_type_name(key->type), (int)DIGITS_SHOWN, fingerprint, note);
}

/* The file itself where it is the public half, else the one beside it: a private key is never read. */
static bool load_public(const char *identity, struct arena *arena, struct sshkey *out)
{
	const size_t size = strlen(identity);
	const bool is_public = size > 4 && strcmp(identity + size - 4, ".pub") == 0;
	const char *path = is_public ? identity : arena_printf(arena, "%s.pub", identity);

	return path && sshkey_load(path, arena, out, NULL) == ERR_NONE;
}

static const char *of_file(const struct keygen *keygen, const char *identity, struct arena *arena)
{
	struct sshkey key;

	if (!load_public(identity, arena, &key))
		return arena_printf(arena, "that of %s", identity);
	for (size_t i = 0; i < keygen->key_count; i++)
		if (sshkey_equal(&key, &keygen->keys[i]))
			return named(&key, "", arena);
	return named(&key, ", which is not enrolled for you and will be refused", arena);
}

enum err_kind act_key_name(const struct session *session, const struct person *me, struct arena *arena, const char **out, struct err *err)
{
	struct keygen keygen = { .person = me->id };
	enum err_kind failed = act_keys(me, arena, &keygen, err);

	if (failed)
		return failed;
	if (session->identity)
		*out = of_file(&keygen, session->identity, arena);
	else if (!keygen.key_count)
		*out = "none of yours may sign now";
	else if (keygen.key_count == 1)
		*out = named(&keygen.keys[0], ", from your agent", arena);
	else
		*out = arena_printf(arena, "the first of your %zu that your agent holds", keygen.key_count);
	return *out ? ERR_NONE : err_memory(err);
}
