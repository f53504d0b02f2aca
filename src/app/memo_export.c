#include <config.h>

#include <gonogo/app/archive.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>

static bool is_wanted(const struct memo_entry *memo, const enum memo_kind *kind, int64_t version)
{
	return memo->issued_seq && (!kind || memo->kind == *kind) && (!version || memo->version == version);
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
	if (!failed)
		failed = io_make_dirs(dir, err);
	for (size_t i = 0; !failed && i < archive.count; i++)
		failed = io_write(dir, archive.files[i].name, archive.files[i].bytes, archive.files[i].size, 0644, err);
	*lines = (struct texts){ archive.lines, archive.line_count };
	record_release(&record);
	return failed;
}
