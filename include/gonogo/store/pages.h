#ifndef GONOGO_STORE_PAGES_H
#define GONOGO_STORE_PAGES_H
/*
 * Lists, a page at a time, by key and never by offset, from the projection.  Rows and their strings live in the caller's arena.  What a page says
 * may have been written by hand: nothing is decided by it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/when.h>
#include <gonogo/core/words.h>
#include <gonogo/store/standing.h>
#include <gonogo/store/store.h>

/* Rows beyond `key` (NULL: from the first; backward: from the last).  Rows come in the order of the list in either direction. */
struct page { const char *key; bool backward; size_t limit; /* 0, or more than PAGES_MAX: PAGES_MAX */ };
enum { PAGES_MAX = 1000 };
/* In every list: has_more says that there are rows beyond the page in its direction. */

enum release_open { RELEASES_ALL, RELEASES_OPEN, RELEASES_FINAL };
/* By what keeps them, as the cache has it: forbidden by something; waiting for time; halted, killed or being rolled back. */
enum release_trouble { RELEASES_ANY, RELEASES_BLOCKED, RELEASES_SOAKING, RELEASES_HALTED };
/* Id rises; the newest registered first; the channel nearest to stable first, what is over last; what needs `first` first; what opens by itself soonest
 * first.  Where an order leaves two equal, the id decides. */
enum release_order { RELEASES_BY_ID, RELEASES_NEWEST, RELEASES_BY_CHANNEL, RELEASES_NEEDED, RELEASES_OPENING };
struct release_filter {
	enum channel channel;          /* CHANNEL_NONE: any */
	enum release_open open;
	const char *text;              /* words, each the beginning of a word in id or description; NULL: any */
	role_set needs;                /* somebody of these roles has something to do; 0: any */
	enum release_trouble trouble;
	enum release_order order;
	role_set first;                /* of RELEASES_NEEDED */
	instant now;                   /* of RELEASES_SOAKING and RELEASES_OPENING */
};
struct release_row {
	const char *id, *description, *supersedes;
	enum release_class class; bool class_locked;
	enum release_state state; instant state_at, registered_at;
	bool is_rolling_back, is_killed;
	bool has_standing; struct standing standing;
};
struct release_page { struct release_row *items; size_t count; bool has_more; };
/* The key is the id, whatever the order. */
enum err_kind pages_releases(struct store *store, const struct release_filter *filter, const struct page *page, struct arena *arena,
			     struct release_page *out, struct err *err) MUST_CHECK;
/* One release by id in any case; ERR_MISSING. */
enum err_kind pages_release(struct store *store, const char *id, struct arena *arena, struct release_row *out, struct err *err) MUST_CHECK;

struct tenant_row {
	const char *id, *name; enum tenant_kind kind; enum tenant_track track; bool is_opted_out; instant added;
	bool has_consent; instant consent_at; /* for every release */
	size_t release_consents;              /* consents for one release each */
};
struct tenant_page { struct tenant_row *items; size_t count; bool has_more; };
/* Ordered by id, which is the key.  `text`: stands anywhere in id or name, ASCII case ignored; NULL: any. */
enum err_kind pages_tenants(struct store *store, const char *text, const struct page *page, struct arena *arena, struct tenant_page *out,
			    struct err *err) MUST_CHECK;

/* The tenants of one release: planned, killed or confirmed.  Ordered by tenant, which is the key; "*" stands for every tenant. */
struct release_tenant_row {
	const char *tenant; bool is_planned, is_killed, is_spared /* restored while "*" is killed */;
	bool has_confirmation, is_on; instant confirmed_at;
};
struct release_tenant_page { struct release_tenant_row *items; size_t count; bool has_more; };
enum err_kind pages_release_tenants(struct store *store, const char *release, const struct page *page, struct arena *arena,
				    struct release_tenant_page *out, struct err *err) MUST_CHECK;
struct release_id_page { const char **items; size_t count; bool has_more; };
/* Ids of the releases that are not over and have to do with one tenant, in order. */
enum err_kind pages_tenant_releases(struct store *store, const char *tenant, const struct page *page, struct arena *arena, struct release_id_page *out,
				    struct err *err) MUST_CHECK;

struct person_row { const char *id, *name, *login; bool is_component; role_set roles; size_t keys; /* valid ones */ instant added; };
struct person_page { struct person_row *items; size_t count; bool has_more; };
/* Ordered by id, which is the key. */
enum err_kind pages_people(struct store *store, const struct page *page, struct arena *arena, struct person_page *out, struct err *err) MUST_CHECK;

struct incident_row {
	int64_t number; const char *id, *summary; int severity; bool is_cross_tenant;
	instant opened, resolved; /* resolved WHEN_NONE: open */
	const char *releases;     /* ids, ", " between; NULL: it names none */
};
struct incident_page { struct incident_row *items; size_t count; bool has_more; };
/* `release` NULL: any; `open_only`: not resolved; `text` stands in id or summary, ASCII case ignored, NULL: any. */
struct incident_filter { const char *release, *text; bool open_only; };
/* Newest first; the key is the id. */
enum err_kind pages_incidents(struct store *store, const struct incident_filter *filter, const struct page *page, struct arena *arena,
			      struct incident_page *out, struct err *err) MUST_CHECK;

enum memo_row_state { MEMO_ROW_DRAFT, MEMO_ROW_ISSUED, MEMO_ROW_REPLACED, MEMO_ROW_ENDED };
extern const struct word words_memo_row[];
struct memo_row {
	const char *id, *release; enum memo_kind kind; int64_t version; enum decision decision; enum memo_row_state state;
	instant drafted;
	const char *drafter, *system_owner, *dev_lead; /* dev_lead NULL: not required */
	instant owner_signed, lead_signed;             /* WHEN_NONE: not yet */
};
struct memo_page { struct memo_row *items; size_t count; bool has_more; };
struct memo_filter {
	const char *release;           /* NULL: any */
	const char *signer;            /* drafts that wait for this person's signature; NULL: all */
	const char *text;              /* words, each the beginning of a word in the release's id or description; NULL: any */
	const enum decision *decision; /* NULL: any */
};
/* Newest first; the key is the id. */
enum err_kind pages_memos(struct store *store, const struct memo_filter *filter, const struct page *page, struct arena *arena, struct memo_page *out,
			  struct err *err) MUST_CHECK;
/* How many drafts wait for the signature of this person. */
enum err_kind pages_memos_waiting(struct store *store, const char *signer, int64_t *count, struct err *err) MUST_CHECK;

struct switch_row {
	const char *release, *flag, *default_value, *provider, *place;
	enum release_state state;
	bool has_test; enum result tested; const char *environment; instant tested_at; /* the latest test of the present definition and binding */
	bool is_killed;                                                                /* for any tenant */
	size_t planned, confirmed_on, confirmed_off;                                   /* tenants */
};
struct switch_page { struct switch_row *items; size_t count; bool has_more; };
/* Switches of releases that are not final, ordered by release, which is the key. */
enum err_kind pages_switches(struct store *store, bool killed_only, const struct page *page, struct arena *arena, struct switch_page *out,
			     struct err *err) MUST_CHECK;
/* Ids of the releases whose switch may need somebody, in order: bound to something that can be read, killed, or in a channel without a switch. */
enum err_kind pages_switches_watched(struct store *store, const struct page *page, struct arena *arena, struct release_id_page *out, struct err *err) MUST_CHECK;

#endif
