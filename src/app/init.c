#include <config.h>

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>
#include <gonogo/base/random.h>
#include <gonogo/sign/checkpoint.h>
#include <gonogo/sign/keygen.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshkey.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/project.h>
#include <gonogo/store/store.h>

/* The founding fact: the ledger's id, its first System Owner, and the key that is the root of trust. */
struct founding {
	struct arena arena;
	const struct init_options *options;
	const char *person, *name, *login, *key_text, *origin;
	struct sshkey key;
	char ledger[RANDOM_ID_MAX], action[RANDOM_ID_MAX];
	struct buf body;
	instant at;
};

static enum err_kind take(struct founding *f, const char **to, const char *text, struct err *err)
{
	*to = text ? arena_str(&f->arena, text) : NULL;
	return *to || !text ? ERR_NONE : err_memory(err);
}

/* The first comma ends the name in the account's own field; an account without one goes by its login. */
static const char *account_name(struct founding *f, const struct passwd *account)
{
	char *name = account ? arena_str(&f->arena, account->pw_gecos) : NULL;

	if (name)
		name[strcspn(name, ",")] = '\0';
	return text_is_blank(name) ? f->person : name;
}

static enum err_kind who_founds(struct founding *f, struct err *err)
{
	const struct init_options *o = f->options;
	const struct passwd *account = o->login ? NULL : getpwuid(getuid());
	char host[65] = "";
	enum err_kind failed = take(f, &f->login, o->login ? o->login : account ? account->pw_name : NULL, err);

	if (!failed)
		failed = take(f, &f->person, o->id ? o->id : f->login, err);
	if (!failed)
		failed = sentence_check(TEXT_PERSON, "the person's id", f->person, "--id ID", err);
	if (!failed)
		failed = take(f, &f->name, o->name ? o->name : account_name(f, account), err);
	if (!failed)
		failed = sentence_check(TEXT_NAME, "the name", f->name, "--name NAME", err);
	if (!failed && text_is_blank(o->key_file))
		failed = err_missing_option(err, "--key FILE", "The public key is missing: it becomes the root of trust of the ledger.");
	if (!failed)
		failed = sshkey_load(o->key_file, &f->arena, &f->key, err);
	if (!failed)
		failed = sshkey_text(&f->key, &f->arena, &f->key_text, err);
	if (gethostname(host, sizeof host - 1) || !*host)
		memcpy(host, "host", sizeof "host");
	f->origin = arena_printf(&f->arena, "%s:%lu", host, (unsigned long)getuid());
	return failed || f->origin ? failed : err_memory(err);
}

static enum err_kind write_body(struct founding *f, struct err *err)
{
	struct act act;
	struct json_writer w;
	enum err_kind failed = random_id(f->ledger, err);

	if (!failed)
		failed = random_id(f->action, err);
	if (failed)
		return failed;
	act_begin(&act, &w, "ledger.opened", NULL, NULL);
	act_text(&w, "ledger", f->ledger);
	act_text(&w, "person", f->person);
	act_text(&w, "name", f->name);
	act_text(&w, "login", f->login);
	act_text(&w, "key", f->key_text);
	act_int(&w, "demo", f->options->demo);
	act_end(&w);
	f->body = act.body;
	return buf_check(&f->body, err);
}

static enum err_kind sign(struct founding *f, const char **sig, struct err *err)
{
	const struct init_options *o = f->options;
	/* The key was named with --key: its private half beside it, or the agent, signs unless --identity says otherwise. */
	const struct keygen keygen = { .person = f->person, .keys = &f->key, .key_count = 1, .identity = o->identity ? o->identity : o->key_file,
				       .terminal = o->terminal, .asks_nothing = o->asks_nothing };
	struct payload payload = { .ledger = f->ledger, .kind = "ledger.opened", .action = f->action, .signed_at = f->at, .actor = f->person,
				   .tenant = "*", .release = "-" };
	struct payload_signature signature = { .signed_at = f->at };
	const char *text;
	size_t size;
	enum err_kind failed = fact_genesis(f->ledger, &payload.head, err);

	signature.head = payload.head;
	if (!failed)
		failed = digest_bytes(buf_text(&f->body), f->body.size, &payload.body, err);
	if (!failed)
		failed = payload_write(&payload, &f->arena, &text, &size, err);
	if (!failed)
		failed = keygen_sign(&keygen, PAYLOAD_FACT_NAMESPACE, text, size, &f->arena, &signature.blob, NULL, err);
	return failed ? failed : payload_signature_write(&signature, &f->arena, sig, err);
}

static enum err_kind make_folder(struct founding *f, struct err *err)
{
	char *path = arena_str(&f->arena, f->options->path), *slash = path ? strrchr(path, '/') : NULL;

	if (!path)
		return err_memory(err);
	if (!slash || slash == path)
		return ERR_NONE;
	*slash = '\0';
	return io_make_dirs(path, err);
}

static enum err_kind record(struct founding *f, const char *sig, struct outcome *out, struct err *err)
{
	struct store *store = NULL;
	bool is_made;
	struct fact fact = { .at = f->at, .actor = f->person, .origin = f->origin, .tenant = "*", .release = "-", .kind = "ledger.opened",
			     .action = f->action, .body = buf_text(&f->body), .sig = sig };
	enum err_kind failed = make_folder(f, err);

	if (!failed)
		failed = store_open(f->options->path, STORE_CREATE, &store, err);
	is_made = !failed;
	if (!failed)
		failed = store_begin_immediate(store, err);
	if (!failed)
		failed = ledger_append(store, &fact, err);
	if (!failed)
		failed = project_fact(store, fact.kind, fact.seq, err);
	if (!failed)
		failed = store_commit(store, err);
	if (!failed) {
		out->seq = fact.seq;
		out->recorded = 1;
		checkpoint_format(f->ledger, fact.seq, &fact.hash, fact.at, out->checkpoint);
	}
	store_close(store);
	/* A ledger without its founding fact would be in the way of the next try; what somebody else put there is theirs. */
	if (failed && is_made)
		unlink(f->options->path);
	return failed;
}

enum err_kind use_init(const struct init_options *options, struct outcome *out, struct err *err)
{
	struct founding f = { .options = options, .at = options->clock.now(options->clock.context) };
	const char *sig;
	enum err_kind failed;

	*out = (struct outcome){ 0 };
	arena_init(&f.arena, 0);
	failed = who_founds(&f, err);
	if (!failed)
		failed = write_body(&f, err);
	if (!failed && access(options->path, F_OK) == 0)
		failed = err_set(err, ERR_REFUSED, "There is something at %s already. Choose another place with --ledger FILE.", options->path);
	if (!failed)
		failed = sign(&f, &sig, err);
	if (!failed)
		failed = record(&f, sig, out, err);
	if (!failed)
		sentence_done(out, "The ledger %s is open. %s is its first System Owner; enrol the others with gonogo person add.", options->path,
			      f.person);
	buf_release(&f.body);
	arena_release(&f.arena);
	return failed;
}
