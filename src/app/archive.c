#include <config.h>

#include <string.h>

#include <gonogo/app/archive.h>
#include <gonogo/app/memos.h>
#include <gonogo/base/embed.h>
#include <gonogo/sign/payload.h>
#include <gonogo/sign/sshsig.h>

enum err_kind archive_add(struct archive *archive, const char *name, struct buf *text, struct err *err)
{
	enum err_kind failed = buf_check(text, err);
	struct archive_file *files = failed ? NULL : arena_room(archive->arena, archive->files, archive->count, &archive->room, sizeof *files);

	if (files) {
		archive->files = files;
		files[archive->count] = (struct archive_file){ .name = arena_str(archive->arena, name), .size = text->size,
							       .bytes = arena_bytes(archive->arena, buf_text(text), text->size) };
		if (!files[archive->count].name || !files[archive->count].bytes)
			files = NULL;
		else
			archive->count++;
	}
	buf_release(text);
	return failed || files ? failed : err_memory(err);
}

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

static enum err_kind say_line(struct archive *archive, const char *memo_name, const char *sig_name, const char *person, struct err *err)
{
	struct buf line = BUF_EMPTY;
	const char **lines = arena_room(archive->arena, archive->lines, archive->line_count, &archive->line_room, sizeof *lines);
	enum err_kind failed;

	if (!lines)
		return err_memory(err);
	archive->lines = lines;
	buf_str(&line, "sed '/^Signatures:/,$d' ");
	quote_in(&line, archive->dir, memo_name);
	buf_str(&line, " | ssh-keygen -Y verify -f ");
	quote_in(&line, archive->dir, "allowed_signers");
	buf_printf(&line, " -I %s -n %s -s ", person, PAYLOAD_MEMO_NAMESPACE);
	quote_in(&line, archive->dir, sig_name);
	failed = buf_check(&line, err);
	if (!failed) {
		lines[archive->line_count] = arena_str(archive->arena, buf_text(&line));
		failed = lines[archive->line_count++] ? ERR_NONE : err_memory(err);
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

static enum err_kind add_signature(struct archive *archive, const struct record *record, const char *base, const char *memo_name,
				   const struct memo_signature *signature, struct err *err)
{
	const struct fact *fact = fact_of(record, signature->source.seq);
	const char *name = arena_printf(archive->arena, "%s.%s.sig", base, words_word(words_role, (int)signature->role));
	struct buf text = BUF_EMPTY;
	const char *armour;
	struct octets blob;
	enum err_kind failed;

	if (!signature->source.seq)
		return ERR_NONE;
	if (!fact || !name)
		return fact ? err_memory(err) : err_set(err, ERR_INTEGRITY, "Fact %lld, a memo's signature, is gone. Run gonogo verify.",
							(long long)signature->source.seq);
	failed = sshsig_from_base64(fact->sig, strlen(fact->sig), archive->arena, &blob, err);
	if (!failed)
		failed = sshsig_armour(blob, archive->arena, &armour, err);
	if (failed)
		return failed;
	buf_str(&text, armour);
	failed = archive_add(archive, name, &text, err);
	return failed ? failed : say_line(archive, memo_name, name, signature->person, err);
}

enum err_kind archive_memo(struct archive *archive, const struct record *record, const struct memo_entry *memo, struct err *err)
{
	const struct dossier *d = &record->dossier;
	const char *base = arena_printf(archive->arena, "%s-%s-v%lld", d->release, words_word(words_memo_kind, (int)memo->kind),
					(long long)memo->version);
	const char *name = base ? arena_printf(archive->arena, "%s.txt", base) : NULL;
	struct buf text = BUF_EMPTY;
	enum err_kind failed;

	if (!name)
		return err_memory(err);
	memos_print(d, memo, &text);
	failed = archive_add(archive, name, &text, err);
	if (!failed)
		failed = add_signature(archive, record, base, name, &memo->owner, err);
	return failed ? failed : add_signature(archive, record, base, name, &memo->lead, err);
}

static void add_key(struct buf *text, const struct person *person, const struct person_key *key, bool with_facts)
{
	const bool for_memos = !person->is_component && key->state != KEY_COMPROMISED;

	if (for_memos || with_facts)
		buf_printf(text, "%s namespaces=\"%s%s%s\" %s\n", person->id, for_memos ? PAYLOAD_MEMO_NAMESPACE : "", for_memos && with_facts ? "," : "",
			   with_facts ? PAYLOAD_FACT_NAMESPACE : "", key->key);
}

enum err_kind archive_signers(struct archive *archive, const struct registry *registry, bool with_facts, struct err *err)
{
	struct buf text = BUF_EMPTY;

	for (size_t i = 0; i < registry->person_count; i++)
		for (size_t k = 0; k < registry->people[i].key_count; k++)
			add_key(&text, &registry->people[i], &registry->people[i].keys[k], with_facts);
	return archive_add(archive, "allowed_signers", &text, err);
}

enum err_kind archive_guide(struct archive *archive, const char *name, const char *title, const char *embedded, struct err *err)
{
	static const char place[] = "@MEMOS@\n";
	const struct embedded *guide = embed_find(embedded);
	const char *memos = guide ? strstr(guide->bytes, place) : NULL;
	struct buf text = BUF_EMPTY;

	if (!memos)
		return err_set(err, ERR_SYSTEM, "The text of %s is not in this program: it was built wrongly. Build it anew.", name);
	buf_str(&text, title);
	buf_add(&text, guide->bytes, (size_t)(memos - guide->bytes));
	for (size_t i = 0; i < archive->line_count; i++)
		buf_printf(&text, "    %s\n", archive->lines[i]);
	if (!archive->line_count)
		buf_str(&text, "No memo of this release was issued yet.\n");
	buf_str(&text, memos + strlen(place));
	return archive_add(archive, name, &text, err);
}
