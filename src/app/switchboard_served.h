#ifndef GONOGO_SRC_APP_SWITCHBOARD_SERVED_H
#define GONOGO_SRC_APP_SWITCHBOARD_SERVED_H
/* What rows (board.c), cells (switchboard_served.c) and accounts (switchboard_account.c) of the board share. */
#include <gonogo/app/switchboard.h>

/* One release read for the board; the record is the caller's to release, also after an error. */
struct switchboard_view {
	struct record record;
	struct look look;
	struct drifts drifts;
	struct switchboard_cell *cells;
	bool needs;
};
enum err_kind switchboard_read(struct session *s, struct lookout *lookout, const char *release, struct switchboard_view *out, struct err *err) MUST_CHECK;

/* The last word on what a tenant is served; NULL: nobody said one. */
const struct confirmation *switchboard_last_word(const struct dossier *dossier, const char *tenant);
struct switchboard_cell switchboard_served(const struct dossier *dossier, const struct look *look, const struct tenant *tenant);
/* Nobody defined a switch for it (KSW-1). */
bool switchboard_is_missing(const struct dossier *dossier);
bool switchboard_test_is_stale(const struct dossier *dossier, const struct drifts *drifts, instant now);
/* "4 on, 1 ON?!" */
const char *switchboard_summary(const struct switchboard_cell *cells, size_t count, struct arena *arena);
/* What was read of this tenant. */
enum flag_served switchboard_seen(const struct look *look, const char *tenant);
/* Is it bound to something that can be read, and is it not as it should be there? */
bool switchboard_in_trouble(const struct look *look);

#endif
