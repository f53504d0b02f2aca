#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/app/archive.h>
#include <gonogo/app/chain.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/store/ledger.h>

#define GUIDE "VERIFY.txt"
#define SUMS "SHA256SUMS"

enum { GUIDE_MAX = 1024 * 1024 };

static enum err_kind add_documents(struct archive *archive, const struct dossier *d, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	for (const struct word *word = words_document; !failed && word->word; word++) {
		struct buf text = BUF_EMPTY;
		const char *name = arena_printf(archive->arena, "%s.txt", word->word);

		if (word->value == DOC_MEMO)
			continue;
		if (!name)
			return err_memory(err);
		failed = document_print(d, (enum doc_kind)word->value, archive->arena, &text, err);
		if (!failed)
			failed = archive_add(archive, name, &text, err);
		else
			buf_release(&text);
		if (failed == ERR_MISSING)
			failed = ERR_NONE;
	}
	return failed;
}

static enum err_kind add_memos(struct archive *archive, const struct record *record, struct err *err)
{
	const struct dossier *d = &record->dossier;
	enum err_kind failed = ERR_NONE;

	for (size_t i = 0; !failed && i < d->memo_count; i++)
		if (d->memos[i].issued_seq)
			failed = archive_memo(archive, record, &d->memos[i], err);
	return failed;
}

/* All that the verdict rests on: the facts of the release, and those of none, by which people have their keys and roles. */
static enum err_kind add_facts(struct archive *archive, const struct record *record, struct err *err)
{
	struct buf text = BUF_EMPTY;

	for (size_t i = 0; i < record->count; i++)
		fact_json(&record->facts[i], &text);
	return archive_add(archive, "facts.jsonl", &text, err);
}

struct chain_text { struct buf text; int64_t size; };

static enum err_kind add_link(void *context, const struct fact *fact, struct err *err)
{
	struct chain_text *chain = context;
	char hex[DIGEST_HEX_MAX];

	/* What was recorded since the record was read is not part of it. */
	if (fact->seq > chain->size)
		return ERR_NONE;
	buf_printf(&chain->text, "%lld %s\n", (long long)fact->seq, digest_hex(&fact->hash, hex));
	return buf_check(&chain->text, err);
}

/* The heads of the whole ledger: of facts of other releases the hash alone. */
static enum err_kind add_chain(struct archive *archive, struct session *s, const struct record *record, struct err *err)
{
	struct chain_text chain = { .size = record->size };
	struct digest genesis;
	char hex[DIGEST_HEX_MAX];
	enum err_kind failed = fact_genesis(s->ledger, &genesis, err);

	if (!failed)
		failed = chain_walk(s, err);
	if (!failed) {
		buf_printf(&chain.text, "0 %s\n", digest_hex(&genesis, hex));
		failed = ledger_walk(s->store, 1, add_link, &chain, err);
	}
	if (!failed)
		return archive_add(archive, "chain.txt", &chain.text, err);
	buf_release(&chain.text);
	return failed;
}

/* The first line of the guide: by it an earlier export is known. */
static void title(const struct session *s, const struct dossier *d, struct buf *out)
{
	buf_printf(out, "What the ledger %s holds of the release %s.\n", s->ledger, d->release);
}

static enum err_kind add_guide(struct archive *archive, const struct session *s, const struct record *record, struct err *err)
{
	struct buf text = BUF_EMPTY;
	enum err_kind failed;

	title(s, &record->dossier, &text);
	failed = buf_check(&text, err);
	if (!failed)
		failed = archive_guide(archive, GUIDE, buf_text(&text), "archive/verify.txt", err);
	buf_release(&text);
	return failed;
}

static int by_name(const void *a, const void *b)
{
	const struct archive_file *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static enum err_kind add_sums(struct archive *archive, struct err *err)
{
	struct buf text = BUF_EMPTY;
	struct digest digest;
	char hex[DIGEST_HEX_MAX];
	enum err_kind failed = ERR_NONE;

	qsort(archive->files, archive->count, sizeof *archive->files, by_name);
	for (size_t i = 0; !failed && i < archive->count; i++) {
		failed = digest_bytes(archive->files[i].bytes, archive->files[i].size, &digest, err);
		if (!failed)
			buf_printf(&text, "%s  %s\n", digest_hex(&digest, hex), archive->files[i].name);
	}
	if (!failed)
		return archive_add(archive, SUMS, &text, err);
	buf_release(&text);
	return failed;
}

static enum err_kind fill(struct archive *archive, struct session *s, const struct record *record, struct err *err)
{
	enum err_kind failed = add_documents(archive, &record->dossier, err);

	if (!failed)
		failed = add_memos(archive, record, err);
	if (!failed)
		failed = archive_signers(archive, &record->dossier.registry, true, err);
	if (!failed)
		failed = add_facts(archive, record, err);
	if (!failed)
		failed = add_chain(archive, s, record, err);
	if (!failed)
		failed = add_guide(archive, s, record, err);
	return failed ? failed : add_sums(archive, err);
}

static const struct archive_file *file_of(const struct archive *archive, const char *name)
{
	for (size_t i = 0; i < archive->count; i++)
		if (strcmp(archive->files[i].name, name) == 0)
			return &archive->files[i];
	return NULL;
}

static enum err_kind not_ours(const struct io_folder *folder, const char *name, const char *why, const struct dossier *d, struct err *err)
{
	struct buf shown = BUF_EMPTY;

	text_show(&shown, name, strlen(name), false);
	err_set(err, ERR_REFUSED, "%.500s holds %.300s, which %s. Nothing was written: name a folder that is missing, empty, or holds an earlier export "
		"of %s.", folder->path, buf_text(&shown), why, d->release);
	buf_release(&shown);
	return ERR_REFUSED;
}

/* The folder is empty, or its files are those of an export, whole or half, of this release from this ledger: the guide, written first, says so. */
static enum err_kind check_folder(const struct io_folder *folder, const struct archive *archive, const struct session *s, const struct dossier *d,
			     struct err *err)
{
	struct buf first = BUF_EMPTY;
	const char **names = NULL;
	char *bytes;
	size_t count, size;
	enum err_kind failed = io_folder_names(folder, archive->arena, &names, &count, err);

	title(s, d, &first);
	if (!failed)
		failed = buf_check(&first, err);
	for (size_t i = 0; !failed && i < count; i++) {
		if (!file_of(archive, names[i]))
			failed = not_ours(folder, names[i], "is no file of this export", d, err);
		else if (io_folder_read(folder, names[i], 0, archive->arena, &bytes, &size, err) == ERR_SYSTEM)
			failed = not_ours(folder, names[i], "is no plain file that can be read", d, err);
	}
	if (!failed && count && (io_folder_read(folder, GUIDE, GUIDE_MAX, archive->arena, &bytes, &size, err) ||
				 strncmp(bytes, buf_text(&first), first.size) != 0))
		failed = not_ours(folder, names[0], "is of another release, or of no export", d, err);
	buf_release(&first);
	return failed;
}

static enum err_kind write_file(const struct io_folder *folder, const struct archive_file *file, struct err *err)
{
	return io_folder_write(folder, file->name, file->bytes, file->size, 0644, err);
}

/* The sums go first and come back last: a folder without them is half an archive. */
static enum err_kind write_all(const struct io_folder *folder, const struct archive *archive, struct err *err)
{
	const struct archive_file *guide = file_of(archive, GUIDE), *sums = file_of(archive, SUMS);
	enum err_kind failed = io_folder_remove(folder, SUMS, err);

	if (!failed)
		failed = write_file(folder, guide, err);
	for (size_t i = 0; !failed && i < archive->count; i++)
		if (&archive->files[i] != guide && &archive->files[i] != sums)
			failed = write_file(folder, &archive->files[i], err);
	return failed ? failed : write_file(folder, sums, err);
}

enum err_kind use_release_export(struct session *s, const char *release, const char *dir, struct arena *arena, struct texts *files, struct err *err)
{
	struct record record;
	struct archive archive = { .arena = arena, .dir = "." };
	struct io_folder folder = { .fd = -1 };
	const char **names = NULL;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	if (!failed)
		failed = fill(&archive, s, &record, err);
	if (!failed) {
		names = arena_array(arena, archive.count, sizeof *names);
		failed = names ? io_folder_open(dir, arena, &folder, err) : err_memory(err);
	}
	if (!failed)
		failed = check_folder(&folder, &archive, s, &record.dossier, err);
	if (!failed)
		failed = write_all(&folder, &archive, err);
	for (size_t i = 0; !failed && i < archive.count; i++)
		names[i] = archive.files[i].name;
	*files = (struct texts){ names, failed ? 0 : archive.count };
	io_folder_close(&folder);
	record_release(&record);
	return failed;
}
