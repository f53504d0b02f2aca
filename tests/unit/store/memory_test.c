#include <config.h>

#include <errno.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/buf.h>
#include <gonogo/store/ledger.h>
#include <gonogo/store/pages.h>
#include <gonogo/store/rebuild.h>
#include <gonogo/store/seen.h>

#include "../base/fault.h"
#include "ground.h"

TestSuite(store_memory, .timeout = 60);

/* Everything a store does, in one go; the first failure ends it. */
static enum err_kind do_all(struct ground *ground, const char *state_dir)
{
	struct store_state *state = NULL;
	struct store *store = NULL;
	struct buf difference = BUF_EMPTY;
	struct arena arena;
	struct release_page releases;
	struct tenant_page tenants;
	struct fact_list facts;
	struct ledger_end end;
	const struct release_filter filter = { .text = "filter" };
	const struct page page = { .backward = true };
	const struct ledger_range all = LEDGER_ALL;
	const struct log_filter trail = { .since = WHEN_NONE };
	bool same;

	arena_init(&arena, 0);
	enum err_kind kind = store_open(ground->path, 0, &store, &ground->err);
	if (kind == ERR_NONE)
		kind = store_state_open(state_dir, &state, &ground->err);
	if (kind == ERR_NONE)
		kind = ledger_release(store, "Rel-1", &all, &arena, &facts, &ground->err);
	if (kind == ERR_NONE)
		kind = ledger_log(store, &trail, &arena, &facts, &ground->err);
	if (kind == ERR_NONE)
		kind = pages_releases(store, &filter, &page, &arena, &releases, &ground->err);
	if (kind == ERR_NONE)
		kind = pages_tenants(store, NULL, &page, &arena, &tenants, &ground->err);
	if (kind == ERR_NONE)
		kind = ledger_last(store, &end, &ground->err);
	if (kind == ERR_NONE)
		kind = seen_note(state, store, "5f0c12ab", "key", &end, &ground->err);
	if (kind == ERR_NONE)
		kind = seen_check(state, store, "5f0c12ab", "key", &ground->err);
	if (kind == ERR_NONE)
		kind = rebuild_compare(store, &same, &difference, &ground->err);
	buf_release(&difference);
	arena_release(&arena);
	store_state_close(state);
	store_close(store);
	return kind;
}

Test(store_memory, want_of_memory_is_an_error_and_nothing_else)
{
	enum err_kind kind = ERR_SYSTEM;
	struct ground ground;
	int n;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(give(&ground, "tenant.added", NULL, "acme", "{\"v\":1,\"name\":\"A\",\"kind\":\"production\",\"track\":\"standard\"}"), "%s", ground.err.text);
	cr_assert(give(&ground, "release.registered", "Rel-1", NULL, "{\"v\":1,\"class\":\"workflow\",\"description\":\"A filter\"}"), "%s", ground.err.text);
	cr_assert(give(&ground, "release.registered", "Rel-2", NULL, "{\"v\":1,\"class\":\"workflow\",\"description\":\"A filter\"}"), "%s", ground.err.text);
	const char *state_dir = ground_in(&ground, "state");
	for (n = 1; n < 1000 && kind != ERR_NONE; n++) {
		fault_from(FAULT_MEMORY, n, ENOMEM);
		kind = do_all(&ground, state_dir);
		fault_from(FAULT_MEMORY, 0, 0);
		cr_assert(kind == ERR_NONE || kind == ERR_SYSTEM, "allocation %d: %s", n, ground.err.text);
	}
	cr_assert(kind == ERR_NONE && n > 10, "%d allocations", n);
	ground_leave(&ground);
}
