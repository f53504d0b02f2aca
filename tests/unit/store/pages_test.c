#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/buf.h>
#include <gonogo/store/pages.h>

#include "ground.h"

TestSuite(pages, .timeout = 20);

#define GIVE(...) cr_assert(give(&ground, __VA_ARGS__), "%s", ground.err.text)

static const char *keep(struct ground *ground, struct buf *out)
{
	const char *text = arena_str(&ground->arena, buf_text(out));

	buf_release(out);
	return text ? text : "out of memory";
}

/* The ids of a page, "..." after them when there are more. */
static const char *releases(struct ground *ground, struct release_filter filter, struct page page)
{
	struct buf out = BUF_EMPTY;
	struct release_page list;

	if (pages_releases(ground->store, &filter, &page, &ground->arena, &list, &ground->err) != ERR_NONE)
		return ground->err.text;
	for (size_t i = 0; i < list.count; i++)
		buf_printf(&out, "%s%s", i ? " " : "", list.items[i].id);
	if (list.has_more)
		buf_str(&out, " ...");
	return keep(ground, &out);
}

/* r1 to r6: registered, dev, experimental, experimental (rolled back), dev, dev (withdrawn). */
static bool plant(struct ground *ground)
{
	static const char *const texts[] = { "Audit filter", "Label fix", "Export of invoices", "Billing hook", "\xc3\x89tiquettes bleues", "Bulk \\\"invite\\\"" };
	bool good = ground_open(ground);

	for (int i = 0; i < 6 && good; i++)
		good = give(ground, "release.registered", arena_printf(&ground->arena, "2025-01-0%d-R%d", i + 1, i + 1), NULL,
			    arena_printf(&ground->arena, "{\"v\":1,\"class\":\"%s\",\"description\":\"%s\"}", i ? "workflow" : "unclear", texts[i]));
	return good && give(ground, "release.promoted", "2025-01-03-R3", NULL, "{\"v\":1,\"to\":\"experimental\"}") &&
	       give(ground, "release.promoted", "2025-01-04-R4", NULL, "{\"v\":1,\"to\":\"experimental\"}") &&
	       give(ground, "rollback.started", "2025-01-04-R4", NULL, "{\"v\":1}") &&
	       give(ground, "rollback.finished", "2025-01-04-R4", NULL, "{\"v\":1,\"verification\":\"pass\"}") &&
	       give(ground, "release.withdrawn", "2025-01-06-R6", NULL, "{\"v\":1}");
}

#define R(N) "2025-01-0" #N "-R" #N

Test(pages, releases_are_paged_by_key_in_both_directions)
{
	const struct release_filter all = { 0 };
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	cr_assert_str_eq(releases(&ground, all, (struct page){ 0 }), R(1) " " R(2) " " R(3) " " R(4) " " R(5) " " R(6), "all");
	cr_assert_str_eq(releases(&ground, all, (struct page){ .limit = 2 }), R(1) " " R(2) " ...", "the first page");
	cr_assert_str_eq(releases(&ground, all, (struct page){ .limit = 2, .key = R(2) }), R(3) " " R(4) " ...", "the second");
	cr_assert_str_eq(releases(&ground, all, (struct page){ .limit = 2, .key = R(4) }), R(5) " " R(6), "the last");
	cr_assert_str_eq(releases(&ground, all, (struct page){ .limit = 2, .backward = true }), R(5) " " R(6) " ...", "the end");
	cr_assert_str_eq(releases(&ground, all, (struct page){ .limit = 2, .key = R(3), .backward = true }), R(1) " " R(2), "back to the start");
	cr_assert_str_eq(releases(&ground, all, (struct page){ .key = R(6) }), "", "past the end");
	cr_assert_str_eq(releases(&ground, all, (struct page){ .limit = 1, .key = "2025-01-02-r2" }), R(3) " ...", "a key in another case");
	ground_leave(&ground);
}

Test(pages, releases_are_filtered)
{
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	cr_assert_str_eq(releases(&ground, (struct release_filter){ .channel = CHANNEL_DEV }, (struct page){ 0 }), R(2) " " R(5), "a channel");
	cr_assert_str_eq(releases(&ground, (struct release_filter){ .channel = CHANNEL_STABLE }, (struct page){ 0 }), "", "an empty one");
	cr_assert_str_eq(releases(&ground, (struct release_filter){ .open = RELEASES_FINAL }, (struct page){ 0 }), R(4) " " R(6), "final");
	cr_assert_str_eq(releases(&ground, (struct release_filter){ .open = RELEASES_OPEN }, (struct page){ .backward = true, .limit = 2 }), R(3) " " R(5) " ...",
			 "open, from the end");
	ground_leave(&ground);
}

Test(pages, releases_are_found_by_the_beginnings_of_words)
{
	static const struct { const char *text, *found; } table[] = {
		{ "aud", R(1) }, { "FIL aud", R(1) }, { "fix label", R(2) }, { "r3", R(3) }, { "2025-01", R(1) " " R(2) " " R(3) " " R(4) " " R(5) " " R(6) },
		{ "2025-01-04", R(4) }, { "etiq", R(5) }, { "b", R(4) " " R(5) " " R(6) }, { "\"invite\"", R(6) }, { "nvoice", "" },
		/* Nothing typed is an operator of the search language. */
		{ "audit OR label", "" }, { "audit NOT filter", "" }, { "description: audit", "" }, { "aud*", R(1) }, { "\"", R(1) " " R(2) " " R(3) " " R(4) " " R(5) " " R(6) },
		{ "(", R(1) " " R(2) " " R(3) " " R(4) " " R(5) " " R(6) }, { "NEAR(audit filter)", "" }, { "   ", R(1) " " R(2) " " R(3) " " R(4) " " R(5) " " R(6) },
	};
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		cr_assert_str_eq(releases(&ground, (struct release_filter){ .text = table[i].text }, (struct page){ 0 }), table[i].found, "%s: %s", table[i].text,
				 releases(&ground, (struct release_filter){ .text = table[i].text }, (struct page){ 0 }));
	cr_assert_str_eq(releases(&ground, (struct release_filter){ .text = "b", .open = RELEASES_FINAL }, (struct page){ .limit = 1 }), R(4) " ...", "filters add up");
	ground_leave(&ground);
}

Test(pages, standing_is_kept_marked_and_asked_for_roles)
{
	struct standing standing = { .to = CHANNEL_CANDIDATE, .verdict = VERDICT_WAIT, .unmet = 2, .earliest = 1738745520, .stable_earliest = WHEN_NONE,
				     .soak_served_s = 5, .soak_required_s = 7, .is_halted = true, .needs = ROLE_QA | ROLE_OPERATOR, .who = "QA: answer", .as_of = 12 };
	struct release_row row;
	struct standing got;
	struct ground ground;
	bool found;

	cr_assert(plant(&ground), "%s", ground.err.text);
	cr_assert(standing_get(ground.store, R(3), &ground.arena, &got, &found, &ground.err) == ERR_NONE && !found, "never judged");
	cr_assert(standing_put(ground.store, R(3), &standing, &ground.err) == ERR_NONE, "%s", ground.err.text);
	standing.to = CHANNEL_NONE;
	standing.needs = ROLE_DEV_LEAD;
	cr_assert(standing_put(ground.store, R(6), &standing, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(standing_get(ground.store, R(3), &ground.arena, &got, &found, &ground.err) == ERR_NONE && found, "%s", ground.err.text);
	cr_assert(got.to == CHANNEL_CANDIDATE && got.verdict == VERDICT_WAIT && got.unmet == 2 && got.earliest == 1738745520 && got.stable_earliest == WHEN_NONE,
		  "verdict");
	cr_assert(got.soak_served_s == 5 && got.soak_required_s == 7 && got.is_halted && !got.is_killed && got.as_of == 12 && !got.is_dirty, "and the rest");
	cr_assert(got.needs == (ROLE_QA | ROLE_OPERATOR) && strcmp(got.who, "QA: answer") == 0, "who is next");
	cr_assert_str_eq(releases(&ground, (struct release_filter){ .needs = ROLE_QA }, (struct page){ 0 }), R(3), "one role");
	cr_assert_str_eq(releases(&ground, (struct release_filter){ .needs = ROLE_QA | ROLE_DEV_LEAD }, (struct page){ 0 }), R(3) " " R(6), "any of two");
	cr_assert_str_eq(releases(&ground, (struct release_filter){ .needs = ROLE_ANY, .text = "export" }, (struct page){ 0 }), R(3), "and a word");
	cr_assert(standing_mark(ground.store, NULL, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(pages_release(ground.store, "2025-01-03-r3", &ground.arena, &row, &ground.err) == ERR_NONE && row.has_standing, "%s", ground.err.text);
	cr_assert(row.standing.is_dirty, "marked");
	cr_assert(pages_release(ground.store, R(6), &ground.arena, &row, &ground.err) == ERR_NONE && !row.standing.is_dirty, "a final one is not");
	cr_assert(row.standing.to == CHANNEL_NONE, "to nowhere");
	cr_assert(standing_mark(ground.store, R(6), &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(pages_release(ground.store, R(6), &ground.arena, &row, &ground.err) == ERR_NONE && row.standing.is_dirty, "unless it is named");
	cr_assert(standing_put(ground.store, R(6), &standing, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(pages_release(ground.store, R(6), &ground.arena, &row, &ground.err) == ERR_NONE && !row.standing.is_dirty, "judged again");
	ground_leave(&ground);
}

Test(pages, a_release_is_read_whole)
{
	struct release_row row;
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	cr_assert(pages_release(ground.store, "2025-01-03-r3", &ground.arena, &row, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(strcmp(row.id, R(3)) == 0 && strcmp(row.description, "Export of invoices") == 0 && row.supersedes == NULL, "texts");
	cr_assert(row.class == CLASS_WORKFLOW && row.class_locked && row.state == STATE_EXPERIMENTAL && !row.has_standing, "words");
	cr_assert(!row.is_killed && !row.is_rolling_back && row.state_at > row.registered_at, "and the rest");
	GIVE("switch.killed", R(3), NULL, "{\"v\":1,\"tenants\":[\"acme\"],\"reason\":\"r\"}");
	cr_assert(pages_release(ground.store, R(3), &ground.arena, &row, &ground.err) == ERR_NONE && row.is_killed, "killed");
	cr_assert(pages_release(ground.store, "nothing", &ground.arena, &row, &ground.err) == ERR_MISSING, "no such release");
	ground_leave(&ground);
}

static const char *tenants(struct ground *ground, const char *text, struct page page)
{
	struct buf out = BUF_EMPTY;
	struct tenant_page list;

	if (pages_tenants(ground->store, text, &page, &ground->arena, &list, &ground->err) != ERR_NONE)
		return ground->err.text;
	for (size_t i = 0; i < list.count; i++)
		buf_printf(&out, "%s%s %s%s%s%d", i ? ", " : "", list.items[i].id, list.items[i].kind == TENANT_PRODUCTION ? "p" : "d",
			   list.items[i].has_consent ? "c" : "", list.items[i].is_opted_out ? "o" : "", (int)list.items[i].release_consents);
	if (list.has_more)
		buf_str(&out, " ...");
	return keep(ground, &out);
}

#define TENANT(KIND) "{\"v\":1,\"name\":\"North\",\"kind\":\"" KIND "\",\"track\":\"standard\"}"

Test(pages, tenants_are_listed)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	GIVE("tenant.added", NULL, "north", TENANT("production"));
	GIVE("tenant.added", NULL, "Acme", TENANT("dev-test"));
	GIVE("tenant.added", NULL, "beta", TENANT("production"));
	GIVE("tenant.consent", NULL, "north", "{\"v\":1,\"op\":\"given\",\"method\":\"m\"}");
	GIVE("tenant.consent", NULL, "beta", "{\"v\":1,\"op\":\"given\",\"for\":\"R\",\"method\":\"m\"}");
	GIVE("tenant.opted_out", NULL, "north", "{\"v\":1,\"channel\":\"experimental\"}");
	cr_assert_str_eq(tenants(&ground, NULL, (struct page){ 0 }), "Acme d0, beta p1, north pco0", "all");
	cr_assert_str_eq(tenants(&ground, NULL, (struct page){ .limit = 2 }), "Acme d0, beta p1 ...", "a page");
	cr_assert_str_eq(tenants(&ground, NULL, (struct page){ .limit = 2, .backward = true }), "beta p1, north pco0 ...", "from the end");
	cr_assert_str_eq(tenants(&ground, "ET", (struct page){ 0 }), "beta p1", "a part of an id");
	cr_assert_str_eq(tenants(&ground, "%", (struct page){ 0 }), "", "no pattern");
	ground_leave(&ground);
}

Test(pages, the_tenants_of_a_release_are_listed)
{
	struct release_tenant_page list;
	const struct page page = { 0 };
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	GIVE("tenant.added", NULL, "acme", TENANT("production"));
	GIVE("tenant.added", NULL, "north", TENANT("production"));
	GIVE("plan.saved", R(3), NULL, "{\"v\":1,\"class\":\"workflow\",\"tenants\":[\"acme\",\"north\"]}");
	GIVE("plan.saved", R(3), NULL, "{\"v\":1,\"class\":\"workflow\",\"tenants\":[\"north\"]}");
	GIVE("switch.killed", R(3), NULL, "{\"v\":1,\"tenants\":[\"*\"],\"reason\":\"r\"}");
	GIVE("switch.restored", R(3), NULL, "{\"v\":1,\"tenants\":[\"north\"],\"reason\":\"r\"}");
	GIVE("switch.confirmed", R(3), "north", "{\"v\":1,\"state\":\"on\"}");
	cr_assert(pages_release_tenants(ground.store, R(3), &page, &ground.arena, &list, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(list.count == 2 && !list.has_more, "%zu", list.count);
	cr_assert(strcmp(list.items[0].tenant, "*") == 0 && list.items[0].is_killed && !list.items[0].is_planned && !list.items[0].has_confirmation, "all");
	cr_assert(strcmp(list.items[1].tenant, "north") == 0 && list.items[1].is_planned && list.items[1].is_spared && list.items[1].has_confirmation &&
		  list.items[1].is_on, "north");
	ground_leave(&ground);
}

Test(pages, releases_that_name_a_tenant_are_listed)
{
	struct page page = { .limit = 1 };
	struct release_id_page list;
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	GIVE("tenant.added", NULL, "acme", TENANT("production"));
	GIVE("tenant.added", NULL, "north", TENANT("production"));
	GIVE("plan.saved", R(3), NULL, "{\"v\":1,\"class\":\"workflow\",\"tenants\":[\"acme\",\"north\"]}");
	GIVE("plan.saved", R(2), NULL, "{\"v\":1,\"class\":\"workflow\",\"tenants\":[\"acme\"]}");
	cr_assert(pages_tenant_releases(ground.store, "ACME", &page, &ground.arena, &list, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(list.count == 1 && list.has_more && strcmp(list.items[0], R(2)) == 0, "a page, in order of id, in any case of letters");
	page = (struct page){ .key = R(2) };
	cr_assert(pages_tenant_releases(ground.store, "acme", &page, &ground.arena, &list, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert(list.count == 1 && !list.has_more && strcmp(list.items[0], R(3)) == 0, "the rest");
	GIVE("release.withdrawn", R(3), NULL, "{\"v\":1,\"reason\":\"r\"}");
	page = (struct page){ 0 };
	cr_assert(pages_tenant_releases(ground.store, "north", &page, &ground.arena, &list, &ground.err) == ERR_NONE && !list.count, "none that is over");
	ground_leave(&ground);
}

Test(pages, people_are_listed_with_roles)
{
	const struct page page = { 0 };
	struct person_page list;
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	GIVE("person.added", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"name\":\"Bob B\",\"roles\":[\"dev-lead\",\"qa\"],\"key\":\"k1\"}");
	GIVE("component.added", NULL, NULL, "{\"v\":1,\"component\":\"ci\",\"key\":\"k2\"}");
	GIVE("person.key", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"key\":\"k1\",\"op\":\"revoke\"}");
	cr_assert(pages_people(ground.store, &page, &ground.arena, &list, &ground.err) == ERR_NONE && list.count == 3, "%s", ground.err.text);
	cr_assert(list.items[0].roles == ROLE_SYSTEM_OWNER && strcmp(list.items[0].login, "alice") == 0 && list.items[0].keys == 1, "alice");
	cr_assert(list.items[1].roles == (ROLE_DEV_LEAD | ROLE_QA) && !list.items[1].login && list.items[1].keys == 0, "bob");
	cr_assert(list.items[2].roles == 0 && list.items[2].is_component, "ci");
	ground_leave(&ground);
}

static const char *incidents(struct ground *ground, const char *release, bool open_only, struct page page)
{
	struct buf out = BUF_EMPTY;
	struct incident_page list;

	if (pages_incidents(ground->store, &(struct incident_filter){ release, NULL, open_only }, &page, &ground->arena, &list, &ground->err) != ERR_NONE)
		return ground->err.text;
	for (size_t i = 0; i < list.count; i++)
		buf_printf(&out, "%s%s %d (%s)", i ? ", " : "", list.items[i].id, list.items[i].severity, list.items[i].releases ? list.items[i].releases : "");
	if (list.has_more)
		buf_str(&out, " ...");
	return keep(ground, &out);
}

#define INCIDENT(N, RELEASES) "{\"v\":1,\"incident\":\"INC-" #N "\",\"severity\":2,\"summary\":\"s\",\"cross_tenant\":0,\"releases\":[" RELEASES "]}"

Test(pages, incidents_are_listed_newest_first)
{
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	GIVE("incident.opened", "a", NULL, INCIDENT(1, "\"a\""));
	GIVE("incident.opened", NULL, NULL, INCIDENT(2, "\"a\",\"b\""));
	GIVE("incident.opened", NULL, "acme", INCIDENT(3, ""));
	GIVE("incident.resolved", NULL, NULL, "{\"v\":1,\"incident\":\"INC-2\",\"resolution\":\"r\"}");
	cr_assert_str_eq(incidents(&ground, NULL, false, (struct page){ 0 }), "INC-3 2 (), INC-2 2 (a, b), INC-1 2 (a)", "all");
	cr_assert_str_eq(incidents(&ground, NULL, false, (struct page){ .limit = 1 }), "INC-3 2 () ...", "a page");
	cr_assert_str_eq(incidents(&ground, NULL, false, (struct page){ .key = "INC-3" }), "INC-2 2 (a, b), INC-1 2 (a)", "the next");
	cr_assert_str_eq(incidents(&ground, NULL, false, (struct page){ .backward = true, .limit = 2 }), "INC-2 2 (a, b), INC-1 2 (a) ...", "the end");
	cr_assert_str_eq(incidents(&ground, NULL, false, (struct page){ .backward = true, .key = "INC-2" }), "INC-3 2 ()", "back");
	cr_assert_str_eq(incidents(&ground, NULL, true, (struct page){ 0 }), "INC-3 2 (), INC-1 2 (a)", "open");
	cr_assert_str_eq(incidents(&ground, "B", false, (struct page){ 0 }), "INC-2 2 (a, b)", "of a release");
	ground_leave(&ground);
}

static const char *memos_by(struct ground *ground, struct memo_filter filter)
{
	const struct page page = { 0 };
	struct buf out = BUF_EMPTY;
	struct memo_page list;

	if (pages_memos(ground->store, &filter, &page, &ground->arena, &list, &ground->err) != ERR_NONE)
		return ground->err.text;
	for (size_t i = 0; i < list.count; i++)
		buf_printf(&out, "%s%s v%d %s", i ? ", " : "", list.items[i].id, (int)list.items[i].version, words_word(words_memo_row, (int)list.items[i].state));
	return keep(ground, &out);
}

static const char *memos(struct ground *ground, const char *release, const char *signer)
{
	return memos_by(ground, (struct memo_filter){ .release = release, .signer = signer });
}

static int waiting(struct ground *ground, const char *signer)
{
	int64_t count = -1;

	cr_assert(pages_memos_waiting(ground->store, signer, &count, &ground->err) == ERR_NONE, "%s", ground->err.text);
	return (int)count;
}

#define MEMO(ID, VERSION) \
	"{\"v\":1,\"memo\":\"" ID "\",\"version\":" VERSION ",\"kind\":\"stable\",\"decision\":\"go\",\"text\":\"t\",\"system_owner\":\"alice\",\"dev_lead\":\"bob\"}"

Test(pages, memos_wait_for_their_signers)
{
	static const enum decision no_go = DECISION_NO_GO;
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	GIVE("memo.drafted", R(3), NULL, MEMO(R(3) "/m1", "1"));
	GIVE("memo.drafted", R(3), NULL, MEMO(R(3) "/m2", "2"));
	GIVE("memo.drafted", R(5), NULL, MEMO(R(5) "/m1", "1"));
	GIVE("memo.signed", R(3), NULL, "{\"v\":1,\"memo\":\"" R(3) "/m2\",\"role\":\"dev-lead\"}");
	cr_assert_str_eq(memos(&ground, NULL, NULL), R(5) "/m1 v1 draft, " R(3) "/m2 v2 draft, " R(3) "/m1 v1 replaced", "newest first");
	cr_assert_str_eq(memos(&ground, "2025-01-03-r3", NULL), R(3) "/m2 v2 draft, " R(3) "/m1 v1 replaced", "of a release");
	cr_assert_str_eq(memos(&ground, NULL, "bob"), R(5) "/m1 v1 draft", "bob has signed the other");
	cr_assert_str_eq(memos(&ground, NULL, "alice"), R(5) "/m1 v1 draft, " R(3) "/m2 v2 draft", "alice has signed none");
	cr_assert(waiting(&ground, "alice") == 2 && waiting(&ground, "bob") == 1 && waiting(&ground, "eve") == 0, "counted as they are listed");
	cr_assert_str_eq(memos_by(&ground, (struct memo_filter){ .text = "r5" }), R(5) "/m1 v1 draft", "by a word of the release");
	cr_assert_str_eq(memos_by(&ground, (struct memo_filter){ .text = "nothing" }), "", "by a word of none");
	cr_assert_str_eq(memos_by(&ground, (struct memo_filter){ .decision = &no_go }), "", "nobody says NO-GO");
	GIVE("memo.signed", R(3), NULL, "{\"v\":1,\"memo\":\"" R(3) "/m2\",\"role\":\"system-owner\"}");
	cr_assert_str_eq(memos(&ground, NULL, "alice"), R(5) "/m1 v1 draft", "now one");
	cr_assert_str_eq(memos(&ground, R(3), NULL), R(3) "/m2 v2 issued, " R(3) "/m1 v1 replaced", "issued");
	ground_leave(&ground);
}

Test(pages, switches_of_open_releases_are_listed)
{
	const struct page page = { 0 };
	struct switch_page list;
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	GIVE("switch.defined", R(3), NULL, "{\"v\":1,\"flag\":\"f\",\"default\":\"off\"}");
	GIVE("switch.defined", R(4), NULL, "{\"v\":1,\"flag\":\"f\",\"default\":\"off\"}");
	GIVE("switch.bound", R(5), NULL, "{\"v\":1,\"provider\":\"env\",\"place\":\"p\"}");
	GIVE("switch.tested", R(5), NULL, arena_printf(&ground.arena, "{\"v\":1,\"environment\":\"dev\",\"result\":\"pass\",\"definition\":%d}", (int)ground.facts));
	GIVE("switch.killed", R(3), NULL, "{\"v\":1,\"tenants\":[\"acme\"],\"reason\":\"r\"}");
	GIVE("switch.confirmed", R(3), "acme", "{\"v\":1,\"state\":\"off\"}");
	cr_assert(pages_switches(ground.store, false, &page, &ground.arena, &list, &ground.err) == ERR_NONE && list.count == 2, "%s", ground.err.text);
	cr_assert(strcmp(list.items[0].release, R(3)) == 0 && list.items[0].is_killed && list.items[0].confirmed_off == 1 && !list.items[0].has_test, "r3");
	cr_assert(list.items[1].has_test && list.items[1].tested == RESULT_PASS && strcmp(list.items[1].provider, "env") == 0 && !list.items[1].flag, "r5");
	cr_assert(pages_switches(ground.store, true, &page, &ground.arena, &list, &ground.err) == ERR_NONE && list.count == 1, "killed alone");
	ground_leave(&ground);
}

Test(pages, a_word_that_is_none_is_told)
{
	struct ground ground;
	struct page page = { 0 };
	struct release_page list;
	const struct release_filter all = { 0 };

	cr_assert(plant(&ground), "%s", ground.err.text);
	cr_assert_str_eq(ground_tamper(&ground, "pragma ignore_check_constraints = on; update release set class = 'harmless' where n = 2"), "", "tampered");
	cr_assert(pages_releases(ground.store, &all, &page, &ground.arena, &list, &ground.err) == ERR_INTEGRITY, "told");
	ground_leave(&ground);
}
