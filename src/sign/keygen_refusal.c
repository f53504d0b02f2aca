#include <config.h>

#include <signal.h>
#include <string.h>

#include <gonogo/base/text.h>

#include "keygen_refusal.h"

enum {
	SHOWN_MAX = 400, /* bytes of what ssh-keygen says in a sentence */
	LOOK_DEADLINE_S = 10,
};

void refusal_reason(struct refusal *refusal, const char *text, size_t size)
{
	struct buf *reasons = &refusal->reasons;

	if (reasons->size >= SHOWN_MAX)
		return;
	if (reasons->size > 0)
		buf_str(reasons, "; ");
	if (size > SHOWN_MAX - reasons->size)
		size = SHOWN_MAX - reasons->size;
	text_show(reasons, text, size, false);
}

/* ssh-keygen's own words, but for its progress lines and the frame it draws around a warning. */
static void add_diagnostics(struct refusal *refusal, const char *text)
{
	static const char progress[] = "Signing file ";

	while (*text != '\0') {
		size_t size = strcspn(text, "\r\n");

		if (size > 0 && *text != '@' && strncmp(text, progress, sizeof progress - 1) != 0)
			refusal_reason(refusal, text, size);
		text += size;
		text += strspn(text, "\r\n");
	}
}

void refusal_note(struct refusal *refusal, const struct spawn_result *result)
{
	refusal->timed_out = result->timed_out;
	refusal->is_interrupted = !result->timed_out && result->status == 128 + SIGINT;
	refusal->is_locked |= strstr(result->diagnostics, "incorrect passphrase") != NULL;
	add_diagnostics(refusal, result->diagnostics);
}

/* The file that holds the private half, which is what a passphrase locks. */
static const char *private_half(const char *identity, struct arena *arena)
{
	static const char public[] = ".pub";
	const size_t size = strlen(identity), tail = sizeof public - 1;

	if (size <= tail || strcmp(identity + size - tail, public) != 0)
		return identity;
	return arena_bytes(arena, identity, size - tail);
}

/* What ssh-keygen said on the terminal is not in our hands, and the console has painted over it: the key is looked at again, without a question. */
static enum err_kind look_again(struct refusal *refusal, const char *key, struct arena *arena, struct err *err)
{
	const char *const argv[] = { "ssh-keygen", "-y", "-P", "", "-f", key, NULL };
	const struct spawn spawn = { .argv = argv,
		.asks_nothing = true,
		.deadline_s = LOOK_DEADLINE_S,
		.output_cap = REFUSAL_DIAGNOSTICS_MAX };
	struct spawn_result result = { 0 };
	enum err_kind kind = spawn_run(&spawn, arena, &result, err);

	if (kind == ERR_NONE && !result.timed_out && result.status != 0)
		refusal_note(refusal, &result);
	return kind;
}

static enum err_kind set_locked(const struct keygen *keygen, const char *key, struct err *err)
{
	if (keygen->terminal)
		return err_set(err, ERR_REFUSED, "Nothing was signed: the passphrase does not open the key %s; try again.", key);
	if (keygen->asks_nothing)
		return err_set(err, ERR_USAGE,
			"Nothing was signed: the key %s asks for a passphrase, and with --no-input nothing is asked; "
			"load it with `ssh-add %s`, or name a key that asks for none with --identity FILE.",
			key, key);
	return err_set(err, ERR_REFUSED,
		"Nothing was signed: the key %s asks for a passphrase, and there is no terminal to ask on; load it with "
		"`ssh-add %s`, or name a key that asks for none with --identity FILE.",
		key, key);
}

static enum err_kind set_reason(struct refusal *refusal, const struct keygen *keygen, struct err *err)
{
	const char *why = buf_text(&refusal->reasons);
	enum err_kind kind = buf_check(&refusal->reasons, err);

	if (kind != ERR_NONE)
		return kind;
	if (*why == '\0')
		why = keygen->terminal ? "it said why on the terminal" : "it gave no reason";
	if (keygen->identity != NULL)
		return err_set(err, ERR_REFUSED,
			"Nothing was signed: ssh-keygen could not use the key given with --identity (%s); name "
			"a key file of %s with --identity FILE, or load the key with `ssh-add FILE` and leave "
			"--identity out.",
			why, keygen->person);
	return err_set(err, ERR_REFUSED,
		"Nothing was signed: the agent did not sign with a key enrolled for %s (%s); load it with "
		"`ssh-add FILE`, or name it with --identity FILE.",
		keygen->person, why);
}

enum err_kind refusal_set(
	struct refusal *refusal, const struct keygen *keygen, struct arena *arena, struct err *err)
{
	const char *key = keygen->identity != NULL ? private_half(keygen->identity, arena) : NULL;
	enum err_kind kind = ERR_NONE;

	if (keygen->identity != NULL && key == NULL)
		return err_memory(err);
	if (refusal->timed_out)
		return err_set(err, ERR_REFUSED,
			"Nothing was signed: ssh-keygen waited %d seconds for a passphrase, a touch or the agent "
			"and was ended; try again, or name a key file with --identity FILE.",
			KEYGEN_DEADLINE_S);
	if (refusal->is_interrupted)
		return err_set(err, ERR_REFUSED, "Nothing was signed: ssh-keygen was interrupted; try again when the key is at hand.");
	if (keygen->terminal && key != NULL)
		kind = look_again(refusal, key, arena, err);
	if (kind != ERR_NONE)
		return kind;
	return refusal->is_locked && key != NULL ? set_locked(keygen, key, err) : set_reason(refusal, keygen, err);
}
