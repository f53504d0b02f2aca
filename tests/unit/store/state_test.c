#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include <gonogo/base/io.h>
#include <gonogo/store/seen.h>
#include <gonogo/store/state.h>

#include "ground.h"

TestSuite(state, .timeout = 20);
TestSuite(seen, .timeout = 20);

#define STATE(GROUND, STATE) \
	cr_assert(store_state_open(ground_in(GROUND, "state/gonogo"), STATE, &(GROUND)->err) == ERR_NONE, "%s", (GROUND)->err.text)

Test(state, drafts_are_kept_by_form_and_field)
{
	const struct draft_key plan = { "5f0c12ab", "alice", "Rel-1", "plan" }, memo = { "5f0c12ab", "alice", "Rel-1", "memo" };
	struct store_state *state;
	struct ground ground;
	struct draft draft;
	struct stat status;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	STATE(&ground, &state);
	cr_assert(stat(store_state_path(state), &status) == 0 && (status.st_mode & 0777) == 0600, "for its owner alone");
	cr_assert(state_draft_get(state, &plan, &ground.arena, &draft, &ground.err) == ERR_NONE && draft.count == 0, "none");
	cr_assert(state_draft_put(state, &plan, "owner", "Jane", &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(state_draft_put(state, &plan, "start", "2025-", &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(state_draft_put(state, &plan, "start", "2025-02-10", &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(state_draft_put(state, &memo, "note", "", &ground.err) == ERR_NONE, "%s", ground.err.text);
	store_state_close(state);
	STATE(&ground, &state);
	cr_assert(state_draft_get(state, &plan, &ground.arena, &draft, &ground.err) == ERR_NONE && draft.count == 2, "%s", ground.err.text);
	cr_assert(strcmp(draft.items[0].field, "owner") == 0 && strcmp(draft.items[0].text, "Jane") == 0 && strcmp(draft.items[1].text, "2025-02-10") == 0, "both");
	cr_assert(state_draft_put(state, &plan, "owner", NULL, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(state_draft_get(state, &plan, &ground.arena, &draft, &ground.err) == ERR_NONE && draft.count == 1, "one forgotten");
	cr_assert(state_draft_forget(state, &plan, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(state_draft_get(state, &plan, &ground.arena, &draft, &ground.err) == ERR_NONE && draft.count == 0, "all forgotten");
	cr_assert(state_draft_get(state, &memo, &ground.arena, &draft, &ground.err) == ERR_NONE && draft.count == 1 && strcmp(draft.items[0].text, "") == 0,
		  "not the other form's");
	store_state_close(state);
	ground_leave(&ground);
}

Test(state, views_and_marks_are_kept_by_ledger)
{
	struct store_state *state;
	struct ground ground;
	const char *value;
	int64_t seq;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	STATE(&ground, &state);
	cr_assert(state_view_get(state, "a", "pane", &ground.arena, &value, &ground.err) == ERR_NONE && !value, "none");
	cr_assert(state_view_put(state, "a", "pane", "memos", &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(state_view_get(state, "a", "pane", &ground.arena, &value, &ground.err) == ERR_NONE && value && strcmp(value, "memos") == 0, "kept");
	cr_assert(state_view_get(state, "b", "pane", &ground.arena, &value, &ground.err) == ERR_NONE && !value, "of this ledger");
	cr_assert(state_view_put(state, "a", "pane", NULL, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(state_view_get(state, "a", "pane", &ground.arena, &value, &ground.err) == ERR_NONE && !value, "forgotten");
	cr_assert(state_read_get(state, "a", "audit", &seq, &ground.err) == ERR_NONE && seq == 0, "nothing read");
	cr_assert(state_read_put(state, "a", "audit", 12, &ground.err) == ERR_NONE && state_read_put(state, "a", "audit", 7, &ground.err) == ERR_NONE, "%s",
		  ground.err.text);
	cr_assert(state_read_get(state, "a", "audit", &seq, &ground.err) == ERR_NONE && seq == 12, "never back");
	store_state_close(state);
	ground_leave(&ground);
}

Test(state, a_ledger_is_no_state_file)
{
	struct store_state *state;
	struct ground ground;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	cr_assert(store_backup(ground.store, ground_in(&ground, "state.db"), &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(store_state_open(ground.dir, &state, &ground.err) == ERR_INTEGRITY, "refused");
	cr_assert(strstr(ground.err.text, "is not a state file"), "%s", ground.err.text);
	ground_leave(&ground);
}

#define POLICY(GROUND) cr_assert(give(GROUND, "policy.adopted", NULL, NULL, "{\"v\":1}"), "%s", (GROUND)->err.text)

/* Notes what the ledger is now. */
static bool note(struct ground *ground, struct store_state *state)
{
	struct ledger_end end;

	return ledger_last(ground->store, &end, &ground->err) == ERR_NONE && seen_note(state, ground->store, "5f0c12ab", "key", &end, &ground->err) == ERR_NONE;
}

/* Puts another file in the ledger's place, as somebody with a copy would. */
static bool put_in_place(struct ground *ground, const char *copy)
{
	store_close(ground->store);
	ground->store = NULL;
	(void)unlink(ground_in(ground, "ledger.db-wal"));
	(void)unlink(ground_in(ground, "ledger.db-shm"));
	return rename(copy, ground->path) == 0 && store_open(ground->path, 0, &ground->store, &ground->err) == ERR_NONE;
}

Test(seen, a_ledger_that_grows_is_the_same)
{
	struct store_state *state;
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	STATE(&ground, &state);
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "key", &ground.err) == ERR_NONE, "the first time: %s", ground.err.text);
	cr_assert(note(&ground, state), "%s", ground.err.text);
	POLICY(&ground);
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "key", &ground.err) == ERR_NONE, "%s", ground.err.text);
	store_state_close(state);
	ground_leave(&ground);
}

Test(seen, an_older_copy_is_refused)
{
	struct store_state *state;
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	STATE(&ground, &state);
	const char *copy = ground_in(&ground, "copy.db");
	cr_assert(store_backup(ground.store, copy, &ground.err) == ERR_NONE, "%s", ground.err.text);
	POLICY(&ground);
	cr_assert(note(&ground, state), "%s", ground.err.text);
	cr_assert(put_in_place(&ground, copy), "%s", ground.err.text);
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "key", &ground.err) == ERR_INTEGRITY, "smaller");
	cr_assert(strstr(ground.err.text, "has become smaller: you saw 2 facts") && strstr(ground.err.text, "state.db"), "%s", ground.err.text);
	cr_assert(note(&ground, state), "noting it changes nothing: %s", ground.err.text);
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "key", &ground.err) == ERR_INTEGRITY, "still");
	POLICY(&ground);
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "key", &ground.err) == ERR_INTEGRITY, "grown again, and forked");
	cr_assert(strstr(ground.err.text, "tells another story: you saw fact 2 as "), "%s", ground.err.text);
	store_state_close(state);
	ground_leave(&ground);
}

Test(seen, a_loss_that_is_on_record_is_accepted)
{
	struct store_state *state;
	struct ledger_end lost;
	struct ground ground;
	char head[DIGEST_HEX_MAX];

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	STATE(&ground, &state);
	const char *copy = ground_in(&ground, "copy.db");
	cr_assert(store_backup(ground.store, copy, &ground.err) == ERR_NONE, "%s", ground.err.text);
	POLICY(&ground);
	POLICY(&ground);
	cr_assert(note(&ground, state) && ledger_last(ground.store, &lost, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(put_in_place(&ground, copy), "%s", ground.err.text);
	const char *other = arena_printf(&ground.arena, "{\"v\":1,\"size\":2,\"head\":\"%s\",\"reason\":\"r\"}", digest_hex(&lost.head, head));
	cr_assert(give(&ground, "ledger.restored", NULL, NULL, other), "%s", ground.err.text);
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "key", &ground.err) == ERR_INTEGRITY, "another loss");
	const char *body = arena_printf(&ground.arena, "{\"v\":1,\"size\":3,\"head\":\"%s\",\"reason\":\"r\"}", digest_hex(&lost.head, head));
	cr_assert(give(&ground, "ledger.restored", NULL, NULL, body), "%s", ground.err.text);
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "key", &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(note(&ground, state), "and from here on it is remembered anew");
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "key", &ground.err) == ERR_NONE, "%s", ground.err.text);
	store_state_close(state);
	ground_leave(&ground);
}

Test(seen, another_founding_is_refused)
{
	struct store_state *state;
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	STATE(&ground, &state);
	cr_assert(note(&ground, state), "%s", ground.err.text);
	cr_assert(seen_check(state, ground.store, "5f0c12ab", "another key", &ground.err) == ERR_INTEGRITY, "another key");
	cr_assert(strstr(ground.err.text, "founded with the key another key"), "%s", ground.err.text);
	cr_assert(seen_check(state, ground.store, "another", "key", &ground.err) == ERR_INTEGRITY, "another id");
	store_state_close(state);
	ground_leave(&ground);
}
