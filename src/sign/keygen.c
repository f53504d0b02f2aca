#include <config.h>

#include <gonogo/sign/keygen.h>

#include <string.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>
#include <gonogo/sign/sshsig.h>
#include <gonogo/sign/verify.h>

#include "keygen_refusal.h"

#define MESSAGE_NAME "message"
#define KEY_NAME     "key.pub"

/* One run of ssh-keygen. */
struct run {
	const struct keygen *keygen;
	const char *name_space;
	struct octets message;
	const struct sshkey *agent_key; /* the key asked of the agent; NULL with an identity file */
	struct arena *arena;
};

static enum err_kind spawn_keygen(const struct run *run, const char *dir, struct spawn_result *result, struct err *err)
{
	const struct keygen *keygen = run->keygen;
	const char *message = arena_printf(run->arena, "%s/" MESSAGE_NAME, dir);
	const char *key = run->agent_key == NULL ? keygen->identity : arena_printf(run->arena, "%s/" KEY_NAME, dir);
	/* Quiet: on a lent terminal only what a person must answer is worth a line. */
	const char *argv[] = { "ssh-keygen", "-q", "-Y", "sign", "-n", run->name_space, "-f", key, NULL, NULL, NULL };
	size_t count = 8;
	struct spawn spawn = { .argv = argv,
		.terminal = keygen->terminal,
		.asks_nothing = keygen->asks_nothing,
		.deadline_s = KEYGEN_DEADLINE_S,
		.output_cap = REFUSAL_DIAGNOSTICS_MAX };
	enum err_kind kind;

	if (message == NULL || key == NULL)
		return err_memory(err);
	/* The file beside the message is public: the private half is the agent's. */
	if (run->agent_key != NULL)
		argv[count++] = "-U";
	argv[count] = message;
	kind = spawn_run(&spawn, run->arena, result, err);
	if (kind != ERR_NONE)
		err_prefix(err, "Signing needs ssh-keygen, of the package openssh-client");
	return kind;
}

static enum err_kind write_input(const struct run *run, const char *dir, struct err *err)
{
	const char *text;
	enum err_kind kind = io_write(dir, MESSAGE_NAME, run->message.bytes, run->message.size, 0600, err);

	if (kind != ERR_NONE || run->agent_key == NULL)
		return kind;
	kind = sshkey_text(run->agent_key, run->arena, &text, err);
	return kind != ERR_NONE ? kind : io_write(dir, KEY_NAME, text, strlen(text), 0600, err);
}

/* The signature file, if there is one: it can be missing although ssh-keygen ended well.  `*blob` stays empty then. */
static enum err_kind read_output(
	const struct run *run, const char *dir, struct octets *blob, struct refusal *refusal, struct err *err)
{
	const char *path = arena_printf(run->arena, "%s/" MESSAGE_NAME ".sig", dir);
	struct err why = { 0 };
	char *text;
	size_t size;
	enum err_kind kind;

	if (path == NULL)
		return err_memory(err);
	kind = io_read(path, SSHSIG_ARMOUR_MAX, run->arena, &text, &size, &why);
	if (kind == ERR_NONE)
		kind = sshsig_read("What ssh-keygen wrote", text, size, run->arena, blob, &why);
	if (kind != ERR_NONE) {
		*blob = (struct octets){ 0 };
		refusal_reason(refusal, why.text, strlen(why.text));
	}
	return ERR_NONE;
}

/* `*blob` stays empty when ssh-keygen ran and did not sign. */
static enum err_kind run_once(const struct run *run, struct octets *blob, struct refusal *refusal, struct err *err)
{
	struct spawn_result result = { 0 };
	char *dir;
	enum err_kind kind = io_temp_dir(run->arena, &dir, err);

	*blob = (struct octets){ 0 };
	if (kind != ERR_NONE)
		return kind;
	kind = write_input(run, dir, err);
	if (kind == ERR_NONE)
		kind = spawn_keygen(run, dir, &result, err);
	if (kind != ERR_NONE)
		goto out;
	if (result.timed_out || result.status != 0)
		refusal_note(refusal, &result);
	else
		kind = read_output(run, dir, blob, refusal, err);
out:
	io_remove_dir(dir);
	return kind;
}

/* Names the key that signed and is not the person's. */
static enum err_kind refuse_key(const struct run *run, struct octets blob, struct err *err)
{
	struct sshkey other = { .blob = blob.bytes, .blob_size = blob.size };
	char fingerprint[SSHKEY_FINGERPRINT_MAX];
	enum err_kind kind = sshkey_fingerprint(&other, fingerprint, err);

	if (kind != ERR_NONE)
		return kind;
	return err_set(err, ERR_REFUSED,
		"Nothing is recorded: the key given with --identity (%s) is not enrolled for %s, or no longer "
		"counts; name an enrolled key with --identity FILE, or let a System Owner enrol it with `gonogo person "
		"key %s add "
		"FILE.pub`.",
		fingerprint, run->keygen->person, run->keygen->person);
}

/* ssh-keygen's word is not enough: it can end well with another key, or over other bytes. */
static enum err_kind accept(const struct run *run, struct octets blob, const struct sshkey **key, struct err *err)
{
	const struct keygen *keygen = run->keygen;
	struct sshsig sig;
	struct err why = { 0 };
	enum err_kind kind = sshsig_parse(blob, &sig, &why);

	for (size_t i = 0; kind == ERR_NONE && i < keygen->key_count; i++) {
		if (!octets_equal(sig.key, sshkey_blob(&keygen->keys[i])))
			continue;
		kind = sshsig_verify(
			blob, run->name_space, run->message.bytes, run->message.size, &keygen->keys[i], &why);
		if (kind == ERR_NONE) {
			*key = &keygen->keys[i];
			return ERR_NONE;
		}
	}
	if (kind == ERR_NONE)
		return refuse_key(run, sig.key, err);
	if (kind == ERR_INTEGRITY)
		return err_set(err, ERR_REFUSED,
			"Nothing is recorded: ssh-keygen ended well, but what it wrote is not a signature of this "
			"act (%s); try again.",
			why.text);
	return err_set(err, kind, "%s", why.text);
}

static enum err_kind sign(
	struct run *run, struct octets *blob, const struct sshkey **key, struct refusal *refusal, struct err *err)
{
	const struct keygen *keygen = run->keygen;
	size_t runs = keygen->identity != NULL ? 1 : keygen->key_count;

	for (size_t i = 0; i < runs && !refusal->timed_out; i++) {
		enum err_kind kind;

		run->agent_key = keygen->identity != NULL ? NULL : &keygen->keys[i];
		kind = run_once(run, blob, refusal, err);
		if (kind != ERR_NONE)
			return kind;
		if (blob->size > 0)
			return accept(run, *blob, key, err);
	}
	return refusal_set(refusal, keygen, run->arena, err);
}

enum err_kind keygen_sign(const struct keygen *keygen, const char *name_space, const void *message, size_t message_size,
	struct arena *arena, struct octets *blob, const struct sshkey **key, struct err *err)
{
	struct run run = {
		.keygen = keygen, .name_space = name_space, .message = { message, message_size }, .arena = arena
	};
	struct refusal refusal = { .reasons = BUF_EMPTY };
	const struct sshkey *signer = NULL;
	enum err_kind kind;

	*blob = (struct octets){ 0 };
	if (keygen->key_count == 0)
		return err_set(err, ERR_REFUSED,
			"Nothing was signed: no key of %s may sign now; let a System Owner enrol one with `gonogo "
			"person key %s add FILE.pub`.",
			keygen->person, keygen->person);
	kind = sign(&run, blob, &signer, &refusal, err);
	buf_release(&refusal.reasons);
	if (kind != ERR_NONE)
		*blob = (struct octets){ 0 };
	if (key != NULL)
		*key = signer;
	return kind;
}
