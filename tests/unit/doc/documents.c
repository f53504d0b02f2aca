#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/text.h>
#include <gonogo/doc/killswitch.h>
#include <gonogo/doc/manifest.h>
#include <gonogo/doc/memo.h>
#include <gonogo/doc/plan.h>
#include <gonogo/doc/rollback.h>
#include <gonogo/doc/safety.h>

#include "documents.h"

#define REPRINT(name, type)                                                                                            \
	static enum err_kind reprint_##name(const char *file, const char *text, size_t size, struct arena *arena,      \
		struct buf *out, struct err *err)                                                                      \
	{                                                                                                              \
		type value;                                                                                            \
		enum err_kind kind = name##_parse(file, text, size, arena, &value, err);                               \
		if (kind == ERR_NONE)                                                                                  \
			name##_print(&value, out);                                                                     \
		return kind == ERR_NONE ? buf_check(out, err) : kind;                                                  \
	}

REPRINT(manifest, struct manifest)
REPRINT(plan, struct plan)
REPRINT(safety, struct safety)
REPRINT(killswitch, struct switch_definition)
REPRINT(rollback, struct rollback_plan)
REPRINT(memo, struct memo)

const struct document documents[DOCUMENTS] = {
	{ DOC_MANIFEST, "manifest.txt", reprint_manifest },
	{ DOC_PLAN, "exposure-plan.txt", reprint_plan },
	{ DOC_SAFETY, "data-safety.txt", reprint_safety },
	{ DOC_SWITCH, "kill-switch.txt", reprint_killswitch },
	{ DOC_ROLLBACK, "rollback-plan.txt", reprint_rollback },
	{ DOC_MEMO, "memo.txt", reprint_memo },
};

char *documents_read(const char *folder, const char *file, size_t *size)
{
	enum { FILE_MAX = 64 * 1024 };
	char path[4096];
	const char *top = getenv("GONOGO_SRC");
	(void)snprintf(path, sizeof path, "%s/%s/%s", top ? top : ".", folder, file);
	FILE *in = fopen(path, "rb");
	if (!in)
		return NULL;
	char *text = calloc(1, FILE_MAX + 1);
	*size = text ? fread(text, 1, FILE_MAX, in) : 0;
	(void)fclose(in);
	return text;
}

bool documents_is_clean(const char *text)
{
	struct err err;
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at < ' ' && *at != '\n')
			return false;
	return text_is_blank(text) || text_check(TEXT_MEMO, "it", text, strlen(text), &err) == ERR_NONE;
}
