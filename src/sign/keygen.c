#include <config.h>

#include <gonogo/sign/keygen.h>

#include <string.h>

#include <gonogo/base/buf.h>
#include <gonogo/base/io.h>
#include <gonogo/base/spawn.h>
#include <gonogo/base/text.h>
#include <gonogo/sign/sshsig.h>
#include <gonogo/sign/verify.h>

enum {
	DIAGNOSTICS_MAX = 8 * 1024, /* bytes kept of what ssh-keygen says */
	SHOWN_MAX = 400,            /* bytes of it in a sentence */
};

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

/* What the runs so far came to, for the sentence when none of them signed. */
struct outcome {
	bool timed_out;
	struct buf reasons;
};

static void add_reason(struct buf *reasons, const char *text, size_t size)
{
	if (reasons->size >= SHOWN_MAX)
		return;
	if (reasons->size > 0)
		buf_str(reasons, "; ");
	if (size > SHOWN_MAX - reasons->size)
		size = SHOWN_MAX - reasons->size;
	text_show(reasons, text, size, false);
}

/* ssh-keygen's own words, but for its progress lines and the frame it draws around a warning. */
static void add_diagnostics(struct buf *reasons, const char *text)
{
	static const char progress[] = "Signing file ";

	while (*text != '\0') {
		size_t size = strcspn(text, "\r\n");

		if (size > 0 && *text != '@' && strncmp(text, progress, sizeof progress - 1) != 0)
			add_reason(reasons, text, size);
		text += size;
		text += strspn(text, "\r\n");
	}
}

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
		.deadline_s = KEYGEN_DEADLINE_S,
		.output_cap = DIAGNOSTICS_MAX };
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
	const struct run *run, const char *dir, struct octets *blob, struct outcome *outcome, struct err *err)
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
		add_reason(&outcome->reasons, why.text, strlen(why.text));
	}
	return ERR_NONE;
}

/* `*blob` stays empty when ssh-keygen ran and did not sign. */
static enum err_kind run_once(const struct run *run, struct octets *blob, struct outcome *outcome, struct err *err)
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
	outcome->timed_out = result.timed_out;
	if (result.timed_out || result.status != 0)
		add_diagnostics(&outcome->reasons, result.diagnostics);
	else
		kind = read_output(run, dir, blob, outcome, err);
out:
	io_remove_dir(dir);
	return kind;
}

static enum err_kind refuse_unsigned(const struct run *run, const struct outcome *outcome, struct err *err)
{
	const struct keygen *keygen = run->keygen;
	const char *why = buf_text(&outcome->reasons);
	enum err_kind kind = buf_check(&outcome->reasons, err);

	if (kind != ERR_NONE)
		return kind;
	if (*why == '\0')
		why = keygen->terminal ? "its reason stands above" : "it gave no reason";
	if (outcome->timed_out)
		return err_set(err, ERR_REFUSED,
			"Nothing was signed: ssh-keygen waited %d seconds for a passphrase, a touch or the agent "
			"and was ended; try again, or name a key file with --identity FILE.",
			KEYGEN_DEADLINE_S);
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
	struct run *run, struct octets *blob, const struct sshkey **key, struct outcome *outcome, struct err *err)
{
	const struct keygen *keygen = run->keygen;
	size_t runs = keygen->identity != NULL ? 1 : keygen->key_count;

	for (size_t i = 0; i < runs && !outcome->timed_out; i++) {
		enum err_kind kind;

		run->agent_key = keygen->identity != NULL ? NULL : &keygen->keys[i];
		kind = run_once(run, blob, outcome, err);
		if (kind != ERR_NONE)
			return kind;
		if (blob->size > 0)
			return accept(run, *blob, key, err);
	}
	return refuse_unsigned(run, outcome, err);
}

enum err_kind keygen_sign(const struct keygen *keygen, const char *name_space, const void *message, size_t message_size,
	struct arena *arena, struct octets *blob, const struct sshkey **key, struct err *err)
{
	struct run run = {
		.keygen = keygen, .name_space = name_space, .message = { message, message_size }, .arena = arena
	};
	struct outcome outcome = { .reasons = BUF_EMPTY };
	const struct sshkey *signer = NULL;
	enum err_kind kind;

	*blob = (struct octets){ 0 };
	if (keygen->key_count == 0)
		return err_set(err, ERR_REFUSED,
			"Nothing was signed: no key of %s may sign now; let a System Owner enrol one with `gonogo "
			"person key %s add FILE.pub`.",
			keygen->person, keygen->person);
	kind = sign(&run, blob, &signer, &outcome, err);
	buf_release(&outcome.reasons);
	if (kind != ERR_NONE)
		*blob = (struct octets){ 0 };
	if (key != NULL)
		*key = signer;
	return kind;
}
