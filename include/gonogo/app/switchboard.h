#ifndef GONOGO_APP_SWITCHBOARD_H
#define GONOGO_APP_SWITCHBOARD_H
/*
 * The board of kill switches: releases by tenants, each cell what a tenant is served as far as anything tells.  What was asked for, written, confirmed
 * and observed stay four things; what cannot be told is unknown, and never taken for off.
 */
#include <gonogo/app/lookout.h>
#include <gonogo/store/pages.h>

enum switchboard_served { SERVED_NOBODY, SERVED_OUT, SERVED_MAY, SERVED_UNKNOWN, SERVED_OFF, SERVED_ON, SERVED_KILLED };
extern const struct word words_served[];
/* `needs`: somebody is to look at it: a kill that nobody confirmed, a tenant served what it may not be, a switch that cannot be read. */
struct switchboard_cell { enum switchboard_served served; bool needs; };
enum { SWITCHBOARD_CELL_MAX = 12 };
/* "on", "ON?!", "kill", "kill?!": a word that needs nothing else to be read. */
const char *switchboard_cell_word(const struct switchboard_cell *cell, char *out /* [SWITCHBOARD_CELL_MAX] */);

struct switchboard_row {
	const char *id;
	const char *state;             /* "ARMED", "KILLED 2", "MISSING", "MALFORMED" ... */
	const char *tested;            /* the last test of what is there now: "20d", "STALE 41d", "FAILED 3d", "never" */
	const char *served;            /* of all tenants, as a list says it: "4 on, 1 ON?!" */
	bool is_killed, is_stale, needs;
	struct switchboard_cell *cells;      /* of the tenants of the register, in its order */
	size_t count;
};
/* One release as the board shows it, judged now from facts and readings; in `arena`. */
enum err_kind switchboard_row(struct session *s, struct lookout *lookout, const char *release, struct arena *arena, struct switchboard_row *out, struct err *err) MUST_CHECK;
/* One release and one tenant as lines: what was asked for, written, confirmed, observed, and each difference by its name; `tenant` NULL: the switch
 * itself and all of its tenants. */
enum err_kind switchboard_account(struct session *s, struct lookout *lookout, const char *release, const char *tenant, struct buf *out, struct err *err) MUST_CHECK;
/* May the tenant be served it, were it not for a kill? */
bool switchboard_could_serve(const struct dossier *dossier, const struct tenant *tenant);
/* The tenants of the register, in its order; in `arena`. */
enum err_kind switchboard_tenants(struct session *s, struct arena *arena, struct texts *out, struct err *err) MUST_CHECK;
/* One page of releases in the order of the board: by channel, nearest to stable first, and what is over last. */
enum err_kind switchboard_page(struct session *s, const char *text, const struct page *page, struct arena *arena, struct release_page *out, struct err *err) MUST_CHECK;
/* Ids of the releases whose switch needs somebody, in order; in `arena`. */
enum err_kind switchboard_needed(struct session *s, struct lookout *lookout, struct arena *arena, struct texts *out, struct err *err) MUST_CHECK;

#endif
