#include <config.h>

#include <gonogo/app/archive.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>

static bool is_wanted(const struct memo_entry *memo, const enum memo_kind *kind, int64_t version)
{
	return memo->issued_seq && (!kind || memo->kind == *kind) && (!version || memo->version == version);
}

/* The commands stand in the folder too, so that they can be copied there, as it is named from within. */
static enum err_kind add_guide(struct archive *archive, const struct record *record, const enum memo_kind *kind, int64_t version, struct err *err)
{
	const struct dossier *d = &record->dossier;
	struct archive within = { .arena = archive->arena, .dir = "." };
	const char *name = arena_printf(archive->arena, "VERIFY-%s.txt", d->release);
	const char *title = arena_printf(archive->arena, "How the signatures of the memos of %s are verified.\n", d->release);
	enum err_kind failed = name && title ? ERR_NONE : err_memory(err);

	for (size_t i = 0; !failed && i < d->memo_count; i++)
		if (is_wanted(&d->memos[i], kind, version))
			failed = archive_memo(&within, record, &d->memos[i], err);
	archive->lines = within.lines;
	archive->line_count = within.line_count;
	return failed ? failed : archive_guide(archive, name, title, "archive/verify-memos.txt", err);
}

enum err_kind use_memo_export(struct session *s, const char *release, const enum memo_kind *kind, int64_t version, const char *dir,
			      struct arena *arena, struct texts *lines, struct err *err)
{
	struct record record;
	struct archive archive = { .arena = arena, .dir = dir };
	const struct dossier *d = &record.dossier;
	enum err_kind failed = record_load(s, release, WHEN_NONE, true, &record, err);

	for (size_t i = 0; !failed && i < d->memo_count; i++)
		if (is_wanted(&d->memos[i], kind, version))
			failed = archive_memo(&archive, &record, &d->memos[i], err);
	if (!failed && !archive.count)
		failed = err_set(err, ERR_REFUSED, "%s has no issued memo to export (MEM-5): a memo is issued when the last required signature is there. "
				 "See gonogo memo list %s.", release, release);
	/* Every person's keys, so that memos of several releases can lie in one folder. */
	if (!failed)
		failed = archive_signers(&archive, &d->registry, false, err);
	*lines = (struct texts){ archive.lines, archive.line_count };
	if (!failed)
		failed = add_guide(&archive, &record, kind, version, err);
	if (!failed)
		failed = io_make_dirs(dir, err);
	for (size_t i = 0; !failed && i < archive.count; i++)
		failed = io_write(dir, archive.files[i].name, archive.files[i].bytes, archive.files[i].size, 0644, err);
	record_release(&record);
	return failed;
}
