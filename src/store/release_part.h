#ifndef GONOGO_STORE_RELEASE_PART_H
#define GONOGO_STORE_RELEASE_PART_H
/*
 * An order of releases is one part, or several that follow each other ("what needs me", then "what does not"), each ordered by a key that an index
 * has: so every order is read a page at a time and never sorted whole.
 */
#include <gonogo/store/pages.h>

#include "sql.h"

enum release_place { PLACE_ID, PLACE_NEWEST, PLACE_OPENING };
enum { RELEASE_PARTS_MAX = 8 };
struct release_part {
	enum release_place place;
	const struct word *state;      /* only those in it; NULL: any */
	role_set needs, spares;        /* somebody, nobody of these roles has something to do; 0: any */
	instant after, until;          /* opens by itself later than, not later than; WHEN_NONE: any */
};

/* The parts of the filter's order, in order; returns how many. */
size_t release_parts(const struct release_filter *filter, struct release_part parts[RELEASE_PARTS_MAX]);
/* The part in which a release stands. */
size_t release_part_of(const struct release_part *parts, size_t count, const struct release_row *row);
/* The statement of a part, and what it takes beside key and limit. */
const char *release_part_text(const struct release_filter *filter, const struct release_part *part, bool has_words, bool backward);
void release_part_bind(struct sql_query *query, const struct release_filter *filter, const struct release_part *part, const char *words);
/* The columns of a list of releases "r" with its standing "s". */
#include "standing_row.h"
#define RELEASE_COLUMNS "r.id, r.description, r.supersedes, r.class, r.class_locked, r.state, r.state_at, r.registered_at, r.rolling_back, " \
	"exists (select 1 from release_tenant k where k.release = r.id and k.killed = 1), s.release is not null, " STANDING_COLUMNS
#define STANDING_JOIN " left join standing s on s.release = r.id"

#endif
