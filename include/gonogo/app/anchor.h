#ifndef GONOGO_APP_ANCHOR_H
#define GONOGO_APP_ANCHOR_H
/*
 * What was kept of a ledger elsewhere, to hold it against: checkpoint lines, and checkpoints that somebody signed.
 */
#include <gonogo/core/dossier.h>
#include <gonogo/sign/checkpoint.h>

struct anchor {
	const char *name;           /* for sentences: "the line ...", "the file ..." */
	struct checkpoint point;
	struct octets body, blob;   /* what was signed, and the signature; both empty for a line */
};
/* Each text is a line (gonogo:...), or names the file of a signed checkpoint ("-": standard input).  In `arena`. */
enum err_kind anchors_read(const char *const *texts, size_t count, struct arena *arena, struct anchor **out, struct err *err) MUST_CHECK;
/* Was it signed with a key that somebody had at that place?  ERR_INTEGRITY when not; a line always holds. */
enum err_kind anchor_check(const struct anchor *anchor, const struct registry *registry, struct err *err) MUST_CHECK;

#endif
