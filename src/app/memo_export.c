#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/memos.h>
#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshsig.h>

struct export {
	const struct record *record;
	const char *dir;
	struct arena *arena;
	const char **lines;
	size_t count, most;
};

/* A path inside single quotes unless it needs none: the line is pasted into a shell by a stranger. */
static void quote(struct buf *out, const char *path)
{
	if (path[strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-")] == '\0') {
		buf_str(out, path);
		return;
	}
	buf_char(out, '\'');
	for (; *path; path++) {
		if (*path == '\'')
			buf_str(out, "'\\''");
		else
			buf_char(out, *path);
	}
	buf_char(out, '\'');
}

static void quote_in(struct buf *out, const char *dir, const char *name)
{
	struct buf path = BUF_EMPTY;

	/* Neither sed nor ssh-keygen may take the folder for an option. */
	if (*dir == '-')
		buf_str(&path, "./");
	if (strcmp(dir, ".") != 0)
		buf_printf(&path, "%s%s", dir, dir[strlen(dir) - 1] == '/' ? "" : "/");
	buf_str(&path, name);
	quote(out, buf_text(&path));
	buf_release(&path);
}

static enum err_kind say_line(struct export *export, const char *memo_name, const char *sig_name, const char *person, struct err *err)
{
	struct buf line = BUF_EMPTY;
	enum err_kind failed;

	buf_str(&line, "sed '/^Signatures:/,$d' ");
	quote_in(&line, export->dir, memo_name);
	buf_str(&line, " | ssh-keygen -Y verify -f ");
	quote_in(&line, export->dir, "allowed_signers");
	buf_printf(&line, " -I %s -n %s -s ", person, PAYLOAD_MEMO_NAMESPACE);
	quote_in(&line, export->dir, sig_name);
	failed = buf_check(&line, err);
	if (!failed) {
		export->lines[export->count] = arena_str(export->arena, buf_text(&line));
		failed = export->lines[export->count++] ? ERR_NONE : err_memory(err);
	}
	buf_release(&line);
	return failed;
}

static const struct fact *fact_of(const struct record *record, int64_t seq)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->facts[i].seq == seq)
			return &record->facts[i];
	return NULL;
}

static enum err_kind write_signature(struct export *export, const char *base, const char *memo_name, const struct memo_signature *signature,
				     struct err *err)
{
	const struct fact *fact = fact_of(export->record, signature->source.seq);
	const char *name = arena_printf(export->arena, "%s.%s.sig", base, words_word(words_role, (int)signature->role));
	const char *armour;
	struct octets blob;
	enum err_kind failed;

	if (!signature->source.seq)
		return ERR_NONE;
	if (!fact || !name)
		return fact ? err_memory(err) : err_set(err, ERR_INTEGRITY, "Fact %lld, a memo's signature, is gone. Run gonogo verify.",
							(long long)signature->source.seq);
	failed = sshsig_from_base64(fact->sig, strlen(fact->sig), export->arena, &blob, err);
	if (!failed)
		failed = sshsig_armour(blob, export->arena, &armour, err);
	if (!failed)
		failed = io_write(export->dir, name, armour, strlen(armour), 0644, err);
	return failed ? failed : say_line(export, memo_name, name, signature->person, err);
}

static enum err_kind write_memo(struct export *export, const struct memo_entry *memo, struct err *err)
{
	const struct dossier *d = &export->record->dossier;
	const char *base = arena_printf(export->arena, "%s-%s-v%lld", d->release, words_word(words_memo_kind, (int)memo->kind),
					(long long)memo->version);
	const char *name = base ? arena_printf(export->arena, "%s.txt", base) : NULL;
	struct buf text = BUF_EMPTY;
	enum err_kind failed;

	if (!name)
		return err_memory(err);
	memos_print(d, memo, &text);
	failed = buf_check(&text, err);
	if (!failed)
		failed = io_write(export->dir, name, buf_text(&text), text.size, 0644, err);
	buf_release(&text);
	if (!failed)
		failed = write_signature(export, base, name, &memo->owner, err);
	if (!failed)
		failed = write_signature(export, base, name, &memo->lead, err);
	return failed;
}

/* Every person's keys, one line each, so that memos of several releases can lie in one folder.  A key that was taken back for cause vouches for nothing. */
static enum err_kind write_allowed(const struct export *export, struct err *err)
{
	const struct registry *registry = &export->record->dossier.registry;
	struct buf text = BUF_EMPTY;
	enum err_kind failed;

	for (size_t i = 0; i < registry->person_count; i++) {
		const struct person *person = &registry->people[i];

		for (size_t k = 0; k < person->key_count && !person->is_component; k++)
			if (person->keys[k].state != KEY_COMPROMISED)
				buf_printf(&text, "%s namespaces=\"%s\" %s\n", person->id, PAYLOAD_MEMO_NAMESPACE, person->keys[k].key);
	}
	failed = buf_check(&text, err);
	if (!failed)
		failed = io_write(export->dir, "allowed_signers", buf_text(&text), text.size, 0644, err);
	buf_release(&text);
	return failed;
}

static bool is_wanted(const struct memo_entry *memo, const enum memo_kind *kind, int64_t version)
{
	return memo->issued_seq && (!kind || memo->kind == *kind) && (!version || memo->version == version);
}

enum err_kind use_memo_export(struct session *s, const char *release, const enum memo_kind *kind, int64_t version, const char *dir,
			      struct arena *arena, struct texts *lines, struct err *err)
{
	struct record record;
	struct export export = { .record = &record, .dir = dir, .arena = arena };
	const struct dossier *d = &record.dossier;
	size_t wanted = 0;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	for (size_t i = 0; !failed && i < d->memo_count; i++)
		wanted += is_wanted(&d->memos[i], kind, version);
	if (!failed && !wanted)
		failed = err_set(err, ERR_REFUSED, "%s has no issued memo to export (MEM-5): a memo is issued when the last required signature is there. "
				 "See gonogo memo list %s.", release, release);
	if (!failed) {
		export.lines = arena_array(arena, wanted * 2, sizeof *export.lines);
		failed = export.lines ? io_make_dirs(dir, err) : err_memory(err);
	}
	for (size_t i = 0; !failed && i < d->memo_count; i++)
		if (is_wanted(&d->memos[i], kind, version))
			failed = write_memo(&export, &d->memos[i], err);
	if (!failed)
		failed = write_allowed(&export, err);
	*lines = (struct texts){ export.lines, export.count };
	record_release(&record);
	return failed;
}
