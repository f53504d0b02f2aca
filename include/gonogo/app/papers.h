#ifndef GONOGO_APP_PAPERS_H
#define GONOGO_APP_PAPERS_H
/* The documents of one import, read and held against each other before anything is recorded (I-8, I-13). */
#include <gonogo/app/act.h>
#include <gonogo/doc/detect.h>

struct paper {
	const char *file, *text;
	size_t size;
	enum doc_kind kind;
	union { /* by kind */
		struct manifest manifest;
		struct plan plan;
		struct safety safety;
		struct switch_definition definition;
		struct rollback_plan rollback;
	};
};
struct papers { struct paper *items; size_t count; };

/* Reads and parses the files; ERR_INPUT with FILE:LINE for what is no document, stands twice, or contradicts another. */
enum err_kind papers_read(const char *const *files, size_t count, struct arena *arena, struct papers *out, struct err *err) MUST_CHECK;
/* The release they are of: `named` (--release) or the one they name; ERR_INPUT when they disagree, ERR_USAGE when none does. */
enum err_kind papers_release(const struct papers *papers, const char *named, const char **release, struct err *err) MUST_CHECK;
/* What manifest, plan, kill switch and checklist of one import, or the stored manifest, say against each other. */
enum err_kind papers_agree(const struct papers *papers, const struct dossier *dossier, struct err *err) MUST_CHECK;
const struct paper *papers_of(const struct papers *papers, enum doc_kind kind); /* NULL: none */

#endif
