#include <config.h>

#include <sqlite3.h>
#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/store/ledger.h>
#include <gonogo/store/project.h>

#include "../../../src/store/connection.h"
#include "ground.h"

TestSuite(ledger, .timeout = 20);

static const char registered[] = "{\"v\":1,\"class\":\"workflow\",\"description\":\"A filter\"}";
static const char promoted_to_stable[] = "{\"v\":1,\"from\":\"candidate\",\"to\":\"stable\",\"supersedes\":\"Rel-1\"}";

Test(ledger, an_empty_ledger_has_no_end)
{
	struct ledger_end end;
	struct ground ground;
	const char *id;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	cr_assert(ledger_last(ground.store, &end, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(end.size == 0 && end.at == WHEN_NONE && digest_is_zero(&end.head), "nothing");
	cr_assert(ledger_id(ground.store, &ground.arena, &id, &ground.err) == ERR_MISSING, "no id");
	ground_leave(&ground);
}

Test(ledger, the_first_fact_opens_the_ledger)
{
	struct fact fact, stored;
	struct digest genesis;
	struct ground ground;
	const char *id;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	fact = ground_fact(&ground, "policy.adopted", NULL, NULL, "{\"v\":1,\"ledger\":\"x\"}");
	cr_assert(ground_write(&ground, &fact) == ERR_INTEGRITY, "another kind");
	fact = ground_fact(&ground, "ledger.opened", NULL, NULL, "{\"v\":1}");
	cr_assert(ground_write(&ground, &fact) == ERR_INTEGRITY, "without an id");
	ground_leave(&ground);

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(ledger_id(ground.store, &ground.arena, &id, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert_str_eq(id, "5f0c12ab", "the id");
	cr_assert(fact_genesis("5f0c12ab", &genesis, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(ledger_fact(ground.store, 1, &ground.arena, &stored, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(digest_equal(&stored.prev, &genesis), "the chain starts from the id");
	ground_leave(&ground);
}

Test(ledger, what_is_appended_reads_back)
{
	struct fact fact, stored, found;
	struct digest hash;
	struct ground ground;
	bool is_found;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	fact = ground_fact(&ground, "release.registered", "Rel-1", NULL, "{\"v\":1,\"class\":\"workflow\",\"description\":\"\xc3\xa9t\xc3\xa9\"}");
	cr_assert(ground_write(&ground, &fact) == ERR_NONE, "%s", ground.err.text);
	cr_assert_eq(fact.seq, 2, "the second");
	cr_assert(ledger_fact(ground.store, 2, &ground.arena, &stored, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(fact_check(&stored, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(stored.at == fact.at && strcmp(stored.actor, "alice") == 0 && strcmp(stored.origin, "host:1000") == 0, "who and when");
	cr_assert(strcmp(stored.tenant, "*") == 0 && strcmp(stored.release, "Rel-1") == 0 && strcmp(stored.kind, "release.registered") == 0, "of what");
	cr_assert(strcmp(stored.body, fact.body) == 0 && strcmp(stored.sig, "a signature") == 0 && strcmp(stored.action, fact.action) == 0, "what");
	cr_assert(ledger_hash_at(ground.store, 2, &hash, &ground.err) == ERR_NONE && digest_equal(&hash, &stored.hash), "hash at");
	cr_assert(ledger_hash_at(ground.store, 3, &hash, &ground.err) == ERR_MISSING, "no third");
	cr_assert(ledger_fact(ground.store, 3, &ground.arena, &stored, &ground.err) == ERR_MISSING, "no third");
	cr_assert(ledger_by_action(ground.store, fact.action, &ground.arena, &found, &is_found, &ground.err) == ERR_NONE && is_found && found.seq == 2, "by action");
	cr_assert(ledger_by_action(ground.store, "ffffffffffffffffffffffffffffffff", &ground.arena, &found, &is_found, &ground.err) == ERR_NONE && !is_found,
		  "no such action");
	ground_leave(&ground);
}

Test(ledger, nothing_is_appended_outside_a_write)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	struct fact fact = ground_fact(&ground, "policy.adopted", NULL, NULL, "{\"v\":1}");
	cr_assert(ledger_append(ground.store, &fact, &ground.err) == ERR_SYSTEM, "refused");
	cr_assert(project_fact(ground.store, "policy.adopted", 1, &ground.err) == ERR_SYSTEM, "refused");
	ground_leave(&ground);
}

Test(ledger, an_action_is_recorded_once)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	struct fact fact = ground_fact(&ground, "policy.adopted", NULL, NULL, "{\"v\":1}");
	cr_assert(ground_write(&ground, &fact) == ERR_NONE, "%s", ground.err.text);
	cr_assert(ground_write(&ground, &fact) == ERR_INTEGRITY, "the same action again");
	ground_leave(&ground);
}

Test(ledger, time_never_goes_back)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	struct fact fact = ground_fact(&ground, "policy.adopted", NULL, NULL, "{\"v\":1}");
	fact.at -= 60;
	cr_assert(ground_write(&ground, &fact) == ERR_NONE, "the same moment is fine: %s", ground.err.text);
	fact = ground_fact(&ground, "policy.adopted", NULL, NULL, "{\"v\":1}");
	fact.at -= 121;
	cr_assert(ground_write(&ground, &fact) == ERR_INTEGRITY, "a second before is not");
	ground_leave(&ground);
}

#define HASH(C) C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C C
#define COLUMNS "(seq, at, actor, origin, tenant, release, kind, action, body, sig, prev, hash)"
#define ROW(SEQ, AT, ACTION, PREV, NEW) \
	" into fact " COLUMNS " values (" SEQ ", " AT ", 'eve', 'h:1', '*', '-', 'policy.adopted', " ACTION ", '{}', '', " PREV ", '" NEW "')"
#define NEXT_PREV "(select hash from fact where seq = 2)"
#define ACTION "'0123456789abcdef0123456789abcdef'"

Test(ledger, the_database_refuses_what_is_not_the_next_fact)
{
	static const char *const refused[] = {
		"update fact set body = '{}' where seq = 1",
		"update fact set seq = 7 where seq = 2",
		"delete from fact where seq = 2",
		"delete from fact",
		"insert" ROW("5", "'2026-01-01T00:00:00Z'", ACTION, NEXT_PREV, HASH("a")),
		"insert" ROW("0", "'2026-01-01T00:00:00Z'", ACTION, NEXT_PREV, HASH("a")),
		"insert" ROW("null", "'2026-01-01T00:00:00Z'", ACTION, NEXT_PREV, HASH("a")),
		"insert" ROW("3", "'2026-01-01T00:00:00Z'", ACTION, "'" HASH("b") "'", HASH("a")),
		"insert" ROW("3", "'2024-01-01T00:00:00Z'", ACTION, NEXT_PREV, HASH("a")),
		"insert" ROW("3", "'2026-01-01T00:00:00Z'", "(select action from fact where seq = 1)", NEXT_PREV, HASH("a")),
		"replace" ROW("2", "'2026-01-01T00:00:00Z'", ACTION, NEXT_PREV, HASH("a")),
		"replace" ROW("1", "'2026-01-01T00:00:00Z'", ACTION, "(select prev from fact where seq = 1)", HASH("a")),
		"replace" ROW("3", "'2026-01-01T00:00:00Z'", "(select action from fact where seq = 1)", NEXT_PREV, HASH("a")),
		"insert or ignore" ROW("2", "'2026-01-01T00:00:00Z'", ACTION, NEXT_PREV, HASH("a")),
		"insert" ROW("2", "'2026-01-01T00:00:00Z'", ACTION, NEXT_PREV, HASH("a")) " on conflict do update set body = '[]'",
	};
	struct ground ground;

	cr_assert(ground_open(&ground) && give(&ground, "policy.adopted", NULL, NULL, "{\"v\":1}"), "%s", ground.err.text);
	const char *before = ground_rows(&ground, "select * from fact order by seq");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		cr_assert_str_neq(ground_tamper(&ground, refused[i]), "", "%s", refused[i]);
		cr_assert_str_eq(ground_rows(&ground, "select * from fact order by seq"), before, "%s", refused[i]);
	}
	cr_assert_str_eq(ground_tamper(&ground, "insert" ROW("3", "'2026-01-01T00:00:00Z'", ACTION, NEXT_PREV, HASH("a"))), "", "the next one");
	ground_leave(&ground);
}

Test(ledger, the_class_is_locked_by_the_database_too)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(give(&ground, "release.registered", "Rel-1", NULL, registered), "%s", ground.err.text);
	cr_assert(give(&ground, "release.classified", "Rel-1", NULL, "{\"v\":1,\"class\":\"capability\"}"), "%s", ground.err.text);
	cr_assert(give(&ground, "release.promoted", "Rel-1", NULL, "{\"v\":1,\"from\":\"dev\",\"to\":\"experimental\"}"), "%s", ground.err.text);
	struct fact fact = ground_fact(&ground, "release.classified", "rel-1", NULL, "{\"v\":1,\"class\":\"ui-only\"}");
	cr_assert(ground_write(&ground, &fact) == ERR_REFUSED, "classified, whatever the case of the id");
	cr_assert(strstr(ground.err.text, "CLS-2"), "%s", ground.err.text);
	fact = ground_fact(&ground, "release.registered", "Rel-1", NULL, registered);
	cr_assert(ground_write(&ground, &fact) == ERR_REFUSED, "registered");
	cr_assert(give(&ground, "release.registered", "Rel-2", NULL, registered), "another release is free");
	ground_leave(&ground);
}

static const char *seqs(struct ground *ground, const struct fact_list *list)
{
	struct buf out = BUF_EMPTY;

	for (size_t i = 0; i < list->count; i++)
		buf_printf(&out, "%s%d", i ? " " : "", (int)list->items[i].seq);
	const char *text = arena_str(&ground->arena, buf_text(&out));
	buf_release(&out);
	return text ? text : "";
}

static const char *of_release(struct ground *ground, const char *release, struct ledger_range range)
{
	struct fact_list list;

	const enum err_kind kind = ledger_release(ground->store, release, &range, &ground->arena, &list, &ground->err);
	return kind == ERR_NONE ? seqs(ground, &list) : ground->err.text;
}

Test(ledger, a_dossier_gets_its_own_facts_and_those_of_nobody)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);                                                  /* 1 */
	cr_assert(give(&ground, "release.registered", "Rel-1", NULL, registered), "%s", ground.err.text);       /* 2 */
	cr_assert(give(&ground, "release.registered", "Rel-2", NULL, registered), "%s", ground.err.text);       /* 3 */
	cr_assert(give(&ground, "policy.adopted", NULL, NULL, "{\"v\":1}"), "%s", ground.err.text);             /* 4 */
	cr_assert(give(&ground, "answer.given", "Rel-1", NULL, "{\"v\":1}"), "%s", ground.err.text);            /* 5 */
	cr_assert(give(&ground, "answer.given", "Rel-2", NULL, "{\"v\":1}"), "%s", ground.err.text);            /* 6 */
	cr_assert_str_eq(of_release(&ground, "Rel-1", LEDGER_ALL), "1 2 4 5", "all");
	cr_assert_str_eq(of_release(&ground, "rEL-1", LEDGER_ALL), "1 2 4 5", "in any case");
	cr_assert_str_eq(of_release(&ground, NULL, LEDGER_ALL), "1 4", "the registry");
	cr_assert_str_eq(of_release(&ground, "-", LEDGER_ALL), "1 4", "the registry");
	cr_assert_str_eq(of_release(&ground, "Rel-3", LEDGER_ALL), "1 4", "no such release");
	cr_assert_str_eq(of_release(&ground, "Rel-1", (struct ledger_range){ .after = 2, .at = WHEN_NONE }), "4 5", "after");
	cr_assert_str_eq(of_release(&ground, "Rel-1", (struct ledger_range){ .up_to = 4, .at = WHEN_NONE }), "1 2 4", "up to");
	instant third;
	cr_assert(when_read("2025-01-01T00:02:00Z", &third), "the moment of fact 3");
	cr_assert_str_eq(of_release(&ground, "Rel-1", (struct ledger_range){ .at = third }), "1 2", "as of then");
	cr_assert_str_eq(of_release(&ground, "Rel-2", (struct ledger_range){ .at = third }), "1 3", "that moment included");
	ground_leave(&ground);
}

Test(ledger, a_release_is_known_by_the_spelling_of_its_first_fact)
{
	const struct ledger_range all = LEDGER_ALL, early = { .up_to = 1, .at = WHEN_NONE };
	struct ground ground;
	const char *id;

	cr_assert(ground_open(&ground) && give(&ground, "release.registered", "Rel-1", NULL, registered), "%s", ground.err.text);
	cr_assert(ledger_release_id(ground.store, "REL-1", &all, &ground.arena, &id, &ground.err) == ERR_NONE && id, "%s", ground.err.text);
	cr_assert_str_eq(id, "Rel-1", "as registered");
	cr_assert(ledger_release_id(ground.store, "Rel-1", &early, &ground.arena, &id, &ground.err) == ERR_NONE && !id, "not yet then");
	cr_assert(ledger_release_id(ground.store, "-", &all, &ground.arena, &id, &ground.err) == ERR_NONE && !id, "no release has that name");
	ground_leave(&ground);
}

Test(ledger, successors_come_from_promotions)
{
	const struct ledger_range all = LEDGER_ALL, early = { .up_to = 4, .at = WHEN_NONE };
	struct texts found;
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	for (int i = 1; i <= 3; i++)
		cr_assert(give(&ground, "release.registered", arena_printf(&ground.arena, "Rel-%d", i), NULL, registered), "%s", ground.err.text);
	cr_assert(give(&ground, "release.promoted", "Rel-2", NULL, promoted_to_stable), "%s", ground.err.text);
	cr_assert(give(&ground, "release.promoted", "Rel-3", NULL, "{\"v\":1,\"to\":\"candidate\",\"supersedes\":\"Rel-1\"}"), "%s", ground.err.text);
	cr_assert(ledger_successors(ground.store, "rel-1", &all, &ground.arena, &found, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(found.count == 1 && strcmp(found.items[0], "Rel-2") == 0, "stable alone");
	cr_assert(ledger_successors(ground.store, "Rel-1", &early, &ground.arena, &found, &ground.err) == ERR_NONE && found.count == 0, "not yet then");
	cr_assert(ledger_successors(ground.store, "Rel", &all, &ground.arena, &found, &ground.err) == ERR_NONE && found.count == 0, "a part of an id");
	cr_assert_str_neq(ground_tamper(&ground, "update release set supersedes = null"), "x", "the lists are not asked");
	cr_assert(ledger_successors(ground.store, "Rel-1", &all, &ground.arena, &found, &ground.err) == ERR_NONE && found.count == 1, "still");
	ground_leave(&ground);
}

static const char incident[] = "{\"v\":1,\"incident\":\"INC-%d\",\"severity\":2,\"summary\":\"s\",\"cross_tenant\":0,\"releases\":[\"Rel-1\",\"Rel-2\"],"
			       "\"tenants\":[\"acme\",\"north\"]}";

Test(ledger, incidents_are_numbered)
{
	struct ground ground;
	int64_t next;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(ledger_next_incident(ground.store, &next, &ground.err) == ERR_NONE && next == 1, "the first");
	cr_assert(give(&ground, "incident.opened", NULL, NULL, arena_printf(&ground.arena, incident, 1)), "%s", ground.err.text);
	cr_assert(ledger_next_incident(ground.store, &next, &ground.err) == ERR_NONE && next == 2, "the second");
	ground_leave(&ground);
}

static const char *logged(struct ground *ground, struct log_filter filter)
{
	struct fact_list list;

	const enum err_kind kind = ledger_log(ground->store, &filter, &ground->arena, &list, &ground->err);
	return kind == ERR_NONE ? seqs(ground, &list) : ground->err.text;
}

Test(ledger, the_audit_trail_is_filtered_and_paged)
{
	struct ground ground;
	instant since;

	cr_assert(ground_open(&ground), "%s", ground.err.text);                                                                /* 1 */
	cr_assert(give(&ground, "tenant.added", NULL, "acme", "{\"v\":1,\"name\":\"Acme\",\"kind\":\"production\",\"track\":\"standard\"}"), "%s",
		  ground.err.text);                                                                                            /* 2 */
	cr_assert(give(&ground, "release.registered", "Rel-1", NULL, registered), "%s", ground.err.text);                     /* 3 */
	cr_assert(give(&ground, "release.registered", "Rel-2", NULL, registered), "%s", ground.err.text);                     /* 4 */
	cr_assert(give(&ground, "plan.saved", "Rel-1", NULL, "{\"v\":1,\"class\":\"workflow\",\"tenants\":[\"acme\"]}"), "%s", ground.err.text); /* 5 */
	cr_assert(give(&ground, "incident.opened", NULL, NULL, arena_printf(&ground.arena, incident, 1)), "%s", ground.err.text);               /* 6 */
	cr_assert(give(&ground, "incident.resolved", NULL, NULL, "{\"v\":1,\"incident\":\"INC-1\",\"resolution\":\"r\"}"), "%s", ground.err.text); /* 7 */
	struct fact fact = ground_fact(&ground, "switch.killed", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"*\"],\"reason\":\"r\"}");  /* 8 */
	fact.actor = "bob";
	cr_assert(ground_write(&ground, &fact) == ERR_NONE, "%s", ground.err.text);

	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE }), "8 7 6 5 4 3 2 1", "newest first");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .limit = 3 }), "8 7 6", "a page");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .limit = 3, .before = 6 }), "5 4 3", "the next page");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .limit = 3, .after = 3 }), "6 5 4", "the page before that one");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .after = 4, .release = "rel-1" }), "8 7 6 5", "with a filter");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .after = 8 }), "", "nothing is newer than the newest");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .release = "rel-1" }), "8 7 6 5 3", "what concerns a release");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .release = "Rel-2" }), "7 6 4", "among others too");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .tenant = "ACME" }), "8 7 6 5 2", "a tenant: killed for all as well");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .tenant = "north" }), "7 6", "another tenant");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .actor = "bob" }), "8", "a person");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .kind = "release.registered" }), "4 3", "a kind");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .actor = "alice", .kind = "plan.saved", .release = "Rel-1", .tenant = "acme" }),
			 "5", "all at once");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = WHEN_NONE, .actor = "nobody" }), "", "nothing");
	cr_assert(when_read("2025-01-01T00:06:00Z", &since), "the moment of fact 7");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = since }), "8 7", "since");
	cr_assert_str_eq(logged(&ground, (struct log_filter){ .since = since, .until = since }), "7", "until");
	ground_leave(&ground);
}

static enum err_kind count_facts(void *context, const struct fact *fact, struct err *err)
{
	int64_t *count = context;

	if (fact->seq != *count + 1)
		return err_set(err, ERR_INTEGRITY, "out of order");
	++*count;
	return *count == 3 ? err_set(err, ERR_REFUSED, "enough") : fact_check(fact, err);
}

Test(ledger, a_walk_goes_in_order_and_ends_when_told)
{
	struct ground ground;
	int64_t count = 0;

	cr_assert(ground_open(&ground) && give(&ground, "policy.adopted", NULL, NULL, "{\"v\":1}"), "%s", ground.err.text);
	cr_assert(ledger_walk(ground.store, 1, count_facts, &count, &ground.err) == ERR_NONE && count == 2, "both");
	cr_assert(give(&ground, "policy.adopted", NULL, NULL, "{\"v\":2}") && give(&ground, "policy.adopted", NULL, NULL, "{\"v\":3}"), "%s", ground.err.text);
	count = 0;
	cr_assert(ledger_walk(ground.store, 1, count_facts, &count, &ground.err) == ERR_REFUSED && count == 3, "stopped");
	count = 3;
	cr_assert(ledger_walk(ground.store, 4, count_facts, &count, &ground.err) == ERR_NONE && count == 4, "from the fourth");
	ground_leave(&ground);
}

Test(ledger, a_value_that_gonogo_never_wrote_is_told)
{
	struct ground ground;
	struct fact fact;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert_str_eq(ground_tamper(&ground, "drop trigger fact_no_update; update fact set at = '2025-13-01T00:00:00Z'"), "", "tampered");
	cr_assert(ledger_fact(ground.store, 1, &ground.arena, &fact, &ground.err) == ERR_INTEGRITY, "refused");
	cr_assert(strstr(ground.err.text, "Fact 1 holds a time"), "%s", ground.err.text);
	ground_leave(&ground);
}

Test(ledger, searches_use_their_indexes)
{
	static const char *const plans[] = {
		("explain query plan select f.seq from fact f where f.release = '-' and f.seq > 0 union all "
		 "select f.seq from fact f where f.release = 'x' and f.seq > 0 order by 1"),
		"explain query plan select count(*) + 1 from fact where kind = 'incident.opened'",
		"explain query plan select f.release from fact f where f.kind = 'release.promoted' and f.seq > 1 order by f.seq",
	};
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
		const char *plan = ground_rows(&ground, plans[i]);
		cr_assert(!strstr(plan, "SCAN") && !strstr(plan, "TEMP B-TREE"), "%s", plan);
	}
	ground_leave(&ground);
}

static const char untie[] = "drop trigger if exists fact_next; drop trigger if exists fact_no_update; drop trigger if exists fact_no_delete;";

Test(ledger, a_fact_that_left_a_gap_is_missed)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(give(&ground, "release.registered", "Rel-1", NULL, registered), "%s", ground.err.text);
	cr_assert(give(&ground, "release.registered", "Rel-2", NULL, registered), "%s", ground.err.text);
	cr_assert(ledger_gaps(ground.store, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert_str_eq(ground_tamper(&ground, untie), "", "triggers");
	cr_assert_str_eq(ground_tamper(&ground, "delete from fact where seq = 2"), "", "delete");
	cr_assert(ledger_gaps(ground.store, &ground.err) == ERR_INTEGRITY, "a gap");
	cr_assert(strstr(ground.err.text, "1 of the ledger's facts are gone"), "%s", ground.err.text);
	ground_leave(&ground);
}

Test(ledger, a_fact_is_held_against_its_neighbours)
{
	static const char other[] = "update fact set hash = '00' || substr(hash, 3) where seq = %d";
	struct ground ground;

	for (int seq = 1; seq <= 4; seq++) {
		cr_assert(ground_open(&ground), "%s", ground.err.text);
		cr_assert(give(&ground, "release.registered", "Rel-1", NULL, registered), "%s", ground.err.text);
		cr_assert(give(&ground, "release.registered", "Rel-2", NULL, registered), "%s", ground.err.text);
		cr_assert(give(&ground, "release.registered", "Rel-3", NULL, registered), "%s", ground.err.text);
		cr_assert(ledger_links(ground.store, "rel-1", &ground.err) == ERR_NONE, "%s", ground.err.text);
		cr_assert_str_eq(ground_tamper(&ground, untie), "", "triggers");
		cr_assert_str_eq(ground_tamper(&ground, arena_printf(&ground.arena, other, seq)), "", "another hash");
		/* Rel-1 is fact 2: it sees itself and what stands beside it; the last fact has no neighbour behind it that could tell. */
		cr_assert(ledger_links(ground.store, "rel-1", &ground.err) == (seq <= 2 ? ERR_INTEGRITY : ERR_NONE), "fact %d", seq);
		cr_assert(ledger_links(ground.store, NULL, &ground.err) == (seq == 1 ? ERR_INTEGRITY : ERR_NONE), "fact %d", seq);
		ground_leave(&ground);
	}
}

Test(ledger, the_newest_signature_over_history_is_found)
{
	struct fact fact, found;
	struct ground ground;
	bool is_found;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(give(&ground, "release.registered", "Rel-1", NULL, registered), "%s", ground.err.text);
	fact = ground_fact(&ground, "release.registered", "Rel-2", NULL, registered);
	fact.sig = "";
	cr_assert(ground_write(&ground, &fact) == ERR_NONE, "%s", ground.err.text);
	cr_assert(ledger_newest_signed(ground.store, &ground.arena, &found, &is_found, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(is_found && found.seq == 2, "fact %lld", (long long)found.seq);
	ground_leave(&ground);
}
