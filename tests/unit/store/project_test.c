#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/embed.h>
#include <gonogo/store/project.h>

#include "ground.h"

TestSuite(project, .timeout = 20);

static const char releases[] = "select id, class, class_locked, state, substr(state_at, 12, 5), rolling_back from release order by n";
static const char tenants[] = "select tenant, wanted, killed, spared, confirmed, substr(confirmed_at, 12, 5) from release_tenant order by release, tenant";
static const char memos[] = "select id, kind, version, decision, state, owner_at is not null, lead_at is not null from memo order by n";
static const char switches[] = "select release, flag, default_value, provider, place, definition, environment, result from switch";

#define REGISTERED(CLASS) "{\"v\":1,\"class\":\"" CLASS "\",\"description\":\"A filter\"}"
#define PROMOTED(TO) "{\"v\":1,\"from\":\"x\",\"to\":\"" TO "\"}"
#define OPEN(GROUND) cr_assert(ground_open(GROUND), "%s", (GROUND)->err.text)
#define GIVE(...) cr_assert(give(&ground, __VA_ARGS__), "%s", ground.err.text)
#define ROWS(SQL, EXPECTED) cr_assert_str_eq(ground_rows(&ground, SQL), EXPECTED, "%s:\n%s", SQL, ground_rows(&ground, SQL))

Test(project, every_statement_says_how_many_rows_it_changes)
{
	const struct embedded *file;
	int files = 0;

	for (size_t i = 0; (file = embed_at(i)) != NULL; i++) {
		int marks = 0, statements = 0;
		if (strncmp(file->name, "sql/project/", 12) != 0)
			continue;
		files++;
		for (const char *at = file->bytes; (at = strstr(at, "-- rows: ")) != NULL; at++)
			marks++;
		for (const char *at = file->bytes; (at = strstr(at, ";\n")) != NULL; at++)
			statements++;
		cr_assert(marks == statements && marks > 0, "%s: %d for %d", file->name, marks, statements);
	}
	cr_assert(files > 20, "%d files", files);
}

Test(project, a_fact_that_fits_nothing_is_refused)
{
	struct ground ground;

	OPEN(&ground);
	struct fact fact = ground_fact(&ground, "release.withdrawn", "nothing", NULL, "{\"v\":1,\"reason\":\"r\"}");
	cr_assert(ground_write(&ground, &fact) == ERR_INTEGRITY, "no such release");
	cr_assert(strstr(ground.err.text, "sql/project/release.withdrawn.sql changed 0 rows"), "%s", ground.err.text);
	ROWS("select count(*) from fact", "1");
	ground_leave(&ground);
}

Test(project, kinds_without_statements_are_linked_alone)
{
	struct ground ground;

	OPEN(&ground);
	GIVE("answer.given", "Rel-1", "acme", "{\"v\":1}");
	ROWS("select release, seq from fact_release", "Rel-1|2");
	ROWS("select tenant, seq from fact_tenant", "acme|2");
	ground_leave(&ground);
}

Test(project, the_founder_is_the_first_system_owner)
{
	struct ground ground;

	OPEN(&ground);
	ROWS("select * from meta", "demo|0\nledger|5f0c12ab");
	ROWS("select * from person", "alice|Alice A|alice|0|2025-01-01T00:00:00Z");
	ROWS("select * from person_role", "alice|system-owner");
	ROWS("select * from person_key", "ssh-ed25519 AAAA|alice|1|-|valid|-");
	ground_leave(&ground);
}

Test(project, people_hold_roles_and_keys)
{
	struct ground ground;

	OPEN(&ground);
	GIVE("person.added", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"name\":\"Bob B\",\"roles\":[\"dev-lead\",\"qa\"],\"key\":\"k1\"}");
	GIVE("component.added", NULL, NULL, "{\"v\":1,\"component\":\"ci\",\"key\":\"k2\"}");
	ROWS("select id, name, login, is_component from person where id <> 'alice' order by id", "bob|Bob B|-|0\nci|ci|-|1");
	ROWS("select role from person_role where person = 'bob' order by role", "dev-lead\nqa");
	GIVE("person.role", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"role\":\"qa\",\"op\":\"revoke\"}");
	GIVE("person.role", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"role\":\"operator\",\"op\":\"grant\"}");
	ROWS("select role from person_role where person = 'bob' order by role", "dev-lead\noperator");
	GIVE("person.key", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"key\":\"k3\",\"op\":\"add\"}");
	GIVE("person.key", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"key\":\"k1\",\"op\":\"compromise\",\"from\":\"2025-01-01T00:00:00Z\"}");
	ROWS("select key, from_seq, until_seq, state, since from person_key where person = 'bob' order by key",
	     "k1|2|7|compromised|2025-01-01T00:00:00Z\nk3|6|-|valid|-");
	GIVE("person.key", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"key\":\"k3\",\"op\":\"retire\"}");
	ROWS("select state from person_key where key = 'k3'", "retired");
	ground_leave(&ground);
}

Test(project, tenants_consent_and_opt_out)
{
	static const char consents[] = "select release, method from tenant_consent order by release";
	struct ground ground;

	OPEN(&ground);
	GIVE("tenant.added", NULL, "Acme", "{\"v\":1,\"name\":\"Acme Ltd\",\"kind\":\"production\",\"track\":\"standard\"}");
	ROWS("select * from tenant", "Acme|Acme Ltd|production|standard|0|2025-01-01T00:01:00Z");
	GIVE("tenant.consent", NULL, "acme", "{\"v\":1,\"op\":\"given\",\"method\":\"mail\"}");
	GIVE("tenant.consent", NULL, "Acme", "{\"v\":1,\"op\":\"given\",\"for\":\"Rel-1\",\"method\":\"call\"}");
	GIVE("tenant.consent", NULL, "Acme", "{\"v\":1,\"op\":\"given\",\"for\":\"Rel-2\",\"method\":\"call\"}");
	ROWS(consents, "-|mail\nRel-1|call\nRel-2|call");
	ROWS("select release, seq from fact_release", "Rel-1|4\nRel-2|5");
	GIVE("tenant.opted_out", NULL, "acme", "{\"v\":1,\"channel\":\"experimental\"}");
	ROWS("select opted_out from tenant", "1");
	GIVE("tenant.consent", NULL, "Acme", "{\"v\":1,\"op\":\"withdrawn\",\"for\":\"rel-1\"}");
	ROWS(consents, "-|mail\nRel-2|call");
	ROWS("select opted_out from tenant", "1");
	GIVE("tenant.consent", NULL, "Acme", "{\"v\":1,\"op\":\"given\",\"method\":\"letter\"}");
	ROWS(consents, "-|letter\nRel-2|call");
	ROWS("select opted_out from tenant", "0");
	GIVE("tenant.consent", NULL, "Acme", "{\"v\":1,\"op\":\"withdrawn\"}");
	ROWS(consents, "");
	GIVE("tenant.tracked", NULL, "Acme", "{\"v\":1,\"track\":\"stable-only\"}");
	ROWS("select track from tenant", "stable-only");
	ground_leave(&ground);
}

Test(project, a_release_goes_its_way)
{
	struct ground ground;

	OPEN(&ground);
	GIVE("release.registered", "Rel-1", NULL, REGISTERED("unclear"));
	ROWS(releases, "Rel-1|unclear|0|registered|00:01|0");
	GIVE("release.registered", "Rel-1", NULL, "{\"v\":1,\"class\":\"unclear\",\"description\":\"Another text\",\"supersedes\":\"Rel-0\"}");
	ROWS(releases, "Rel-1|unclear|0|registered|00:01|0");
	ROWS("select registered_at, description, supersedes from release", "2025-01-01T00:01:00Z|Another text|Rel-0");
	ROWS("select rowid, id, description from release_find", "1|Rel-1|Another text");
	GIVE("release.classified", "Rel-1", NULL, "{\"v\":1,\"class\":\"workflow\"}");
	ROWS(releases, "Rel-1|workflow|0|dev|00:03|0");
	GIVE("release.classified", "Rel-1", NULL, "{\"v\":1,\"class\":\"capability\"}");
	ROWS(releases, "Rel-1|capability|0|dev|00:03|0");
	GIVE("release.promoted", "Rel-1", NULL, PROMOTED("experimental"));
	ROWS(releases, "Rel-1|capability|1|experimental|00:05|0");
	GIVE("release.promoted", "Rel-1", NULL, PROMOTED("candidate"));
	ROWS(releases, "Rel-1|capability|1|candidate|00:06|0");
	GIVE("rollback.started", "Rel-1", NULL, "{\"v\":1,\"reason\":\"r\"}");
	ROWS(releases, "Rel-1|capability|1|candidate|00:06|1");
	GIVE("rollback.finished", "Rel-1", NULL, "{\"v\":1,\"verification\":\"fail\",\"note\":\"n\"}");
	ROWS(releases, "Rel-1|capability|1|candidate|00:06|1");
	GIVE("rollback.finished", "Rel-1", NULL, "{\"v\":1,\"verification\":\"pass\",\"note\":\"n\"}");
	ROWS(releases, "Rel-1|capability|1|rolled-back|00:09|0");
	GIVE("release.registered", "Rel-2", NULL, REGISTERED("ui-only"));
	GIVE("release.withdrawn", "Rel-2", NULL, "{\"v\":1,\"reason\":\"r\"}");
	ROWS("select id, state from release order by n", "Rel-1|rolled-back\nRel-2|withdrawn");
	ground_leave(&ground);
}

/* Registers Rel-N that supersedes another one, and takes it to stable. */
static bool to_stable(struct ground *ground, const char *release, const char *supersedes)
{
	const char *body = supersedes ? arena_printf(&ground->arena, "{\"v\":1,\"class\":\"workflow\",\"supersedes\":\"%s\"}", supersedes) : REGISTERED("workflow");
	const char *stable = supersedes ? arena_printf(&ground->arena, "{\"v\":1,\"to\":\"stable\",\"supersedes\":\"%s\"}", supersedes) : PROMOTED("stable");

	return give(ground, "release.registered", release, NULL, body) && give(ground, "release.promoted", release, NULL, PROMOTED("experimental")) &&
	       give(ground, "release.promoted", release, NULL, PROMOTED("candidate")) && give(ground, "release.promoted", release, NULL, stable);
}

static bool roll_back(struct ground *ground, const char *release)
{
	return give(ground, "rollback.started", release, NULL, "{\"v\":1,\"reason\":\"r\"}") &&
	       give(ground, "rollback.finished", release, NULL, "{\"v\":1,\"verification\":\"pass\",\"note\":\"n\"}");
}

Test(project, a_successor_takes_the_place_and_gives_it_back)
{
	static const char states[] = "select id, state from release order by n";
	struct ground ground;

	OPEN(&ground);
	cr_assert(to_stable(&ground, "Rel-1", NULL) && to_stable(&ground, "Rel-2", "rel-1"), "%s", ground.err.text);
	ROWS(states, "Rel-1|superseded\nRel-2|stable");
	cr_assert(to_stable(&ground, "Rel-3", "Rel-1"), "%s", ground.err.text);
	ROWS(states, "Rel-1|superseded\nRel-2|stable\nRel-3|stable");
	cr_assert(roll_back(&ground, "Rel-3"), "%s", ground.err.text);
	ROWS(states, "Rel-1|superseded\nRel-2|stable\nRel-3|rolled-back");
	cr_assert(to_stable(&ground, "Rel-4", "Rel-2"), "%s", ground.err.text);
	ROWS(states, "Rel-1|superseded\nRel-2|superseded\nRel-3|rolled-back\nRel-4|stable");
	cr_assert(roll_back(&ground, "Rel-4"), "%s", ground.err.text);
	ROWS(states, "Rel-1|superseded\nRel-2|stable\nRel-3|rolled-back\nRel-4|rolled-back");
	cr_assert(roll_back(&ground, "Rel-2"), "%s", ground.err.text);
	ROWS(states, "Rel-1|stable\nRel-2|rolled-back\nRel-3|rolled-back\nRel-4|rolled-back");
	ground_leave(&ground);
}

Test(project, a_successor_that_never_was_stable_gives_nothing_back)
{
	struct ground ground;

	OPEN(&ground);
	cr_assert(to_stable(&ground, "Rel-1", NULL), "%s", ground.err.text);
	GIVE("release.registered", "Rel-2", NULL, "{\"v\":1,\"class\":\"workflow\",\"supersedes\":\"Rel-1\"}");
	GIVE("release.promoted", "Rel-2", NULL, PROMOTED("experimental"));
	cr_assert(roll_back(&ground, "Rel-2"), "%s", ground.err.text);
	ROWS(releases, "Rel-1|workflow|1|stable|00:04|0\nRel-2|workflow|1|rolled-back|00:08|0");
	ground_leave(&ground);
}

Test(project, a_plan_names_tenants_and_a_kill_takes_them_out)
{
	struct ground ground;

	OPEN(&ground);
	GIVE("tenant.added", NULL, "a", "{\"v\":1,\"name\":\"A\",\"kind\":\"production\",\"track\":\"standard\"}");
	GIVE("release.registered", "Rel-1", NULL, REGISTERED("workflow"));
	GIVE("plan.saved", "Rel-1", NULL, "{\"v\":1,\"class\":\"workflow\",\"tenants\":[\"a\",\"b\",\"c\"]}");
	GIVE("plan.saved", "Rel-1", NULL, "{\"v\":1,\"class\":\"workflow\",\"tenants\":[\"b\",\"c\"]}");
	ROWS(tenants, "a|0|0|0|-|-\nb|1|0|0|-|-\nc|1|0|0|-|-");
	GIVE("switch.killed", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"b\"],\"reason\":\"r\"}");
	GIVE("switch.killed", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"*\"],\"reason\":\"r\"}");
	ROWS(tenants, "*|0|1|0|-|-\na|0|0|0|-|-\nb|1|1|0|-|-\nc|1|0|0|-|-");
	GIVE("switch.restored", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"b\",\"c\"],\"reason\":\"r\",\"approvals\":[]}");
	ROWS(tenants, "*|0|1|0|-|-\na|0|0|0|-|-\nb|1|0|1|-|-\nc|1|0|1|-|-");
	GIVE("switch.killed", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"c\"],\"reason\":\"r\"}");
	ROWS(tenants, "*|0|1|0|-|-\na|0|0|0|-|-\nb|1|0|1|-|-\nc|1|1|1|-|-");
	GIVE("switch.killed", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"*\"],\"reason\":\"r\"}");
	ROWS(tenants, "*|0|1|0|-|-\na|0|0|0|-|-\nb|1|0|0|-|-\nc|1|1|0|-|-");
	GIVE("switch.restored", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"*\"],\"reason\":\"r\",\"approvals\":[]}");
	ROWS(tenants, "*|0|0|0|-|-\na|0|0|0|-|-\nb|1|0|0|-|-\nc|1|0|0|-|-");
	GIVE("switch.killed", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"*\"],\"reason\":\"r\"}");
	GIVE("switch.restored", "Rel-1", NULL, "{\"v\":1,\"tenants\":[\"a\"],\"reason\":\"r\",\"approvals\":[]}");
	ROWS(tenants, "*|0|0|0|-|-\na|0|0|0|-|-\nb|1|0|0|-|-\nc|1|0|0|-|-"); /* a is the only tenant there is */
	GIVE("switch.observed", "Rel-1", "B", "{\"v\":1,\"state\":\"on\",\"source\":\"s\"}");
	GIVE("switch.confirmed", "Rel-1", "B", "{\"v\":1,\"state\":\"off\"}");
	GIVE("switch.confirmed", "Rel-1", "d", "{\"v\":1,\"state\":\"on\"}");
	ROWS(tenants, "*|0|0|0|-|-\na|0|0|0|-|-\nb|1|0|0|off|00:14\nc|1|0|0|-|-\nd|0|0|0|on|00:15");
	ground_leave(&ground);
}

Test(project, a_switch_keeps_the_test_of_its_present_definition)
{
	struct ground ground;

	OPEN(&ground);
	GIVE("release.registered", "Rel-1", NULL, REGISTERED("workflow"));
	GIVE("switch.defined", "Rel-1", NULL, "{\"v\":1,\"flag\":\"f\",\"default\":\"off\"}");
	GIVE("switch.tested", "Rel-1", NULL, "{\"v\":1,\"environment\":\"dev\",\"result\":\"pass\",\"definition\":3,\"note\":\"n\"}");
	ROWS(switches, "Rel-1|f|off|-|-|3|dev|pass");
	GIVE("switch.bound", "Rel-1", NULL, "{\"v\":1,\"provider\":\"flagd\",\"place\":\"/etc/f.json\"}");
	ROWS(switches, "Rel-1|f|off|flagd|/etc/f.json|5|-|-");
	GIVE("switch.tested", "Rel-1", NULL, "{\"v\":1,\"environment\":\"dev\",\"result\":\"pass\",\"definition\":3,\"note\":\"n\"}");
	ROWS(switches, "Rel-1|f|off|flagd|/etc/f.json|5|-|-");
	GIVE("switch.tested", "Rel-1", NULL, "{\"v\":1,\"environment\":\"staging\",\"result\":\"fail\",\"definition\":5,\"note\":\"n\"}");
	ROWS(switches, "Rel-1|f|off|flagd|/etc/f.json|5|staging|fail");
	GIVE("release.registered", "Rel-1", NULL, REGISTERED("workflow"));
	ROWS(switches, "Rel-1|f|off|flagd|/etc/f.json|5|staging|fail");
	GIVE("release.registered", "Rel-1", NULL, REGISTERED("ui-only"));
	ROWS(switches, "Rel-1|f|off|flagd|/etc/f.json|5|-|-");
	GIVE("switch.tested", "Rel-1", NULL, "{\"v\":1,\"environment\":\"dev\",\"result\":\"pass\",\"definition\":5,\"note\":\"n\"}");
	GIVE("switch.defined", "Rel-1", NULL, "{\"v\":1,\"flag\":\"g\",\"default\":\"false\"}");
	ROWS(switches, "Rel-1|g|false|flagd|/etc/f.json|11|-|-");
	ground_leave(&ground);
}

Test(project, incidents_are_graded_and_resolved)
{
	static const char incidents[] = "select id, severity, summary, cross_tenant, opened_seq, resolved_at from incident";
	struct ground ground;

	OPEN(&ground);
	GIVE("incident.opened", "Rel-1", NULL, "{\"v\":1,\"incident\":\"INC-1\",\"severity\":3,\"summary\":\"Slow\",\"cross_tenant\":1,\"releases\":[\"Rel-1\"]}");
	ROWS(incidents, "INC-1|3|Slow|1|2|-");
	ROWS("select release, incident from incident_release", "Rel-1|INC-1");
	GIVE("incident.regraded", "Rel-1", NULL, "{\"v\":1,\"incident\":\"INC-1\",\"severity\":1,\"reason\":\"r\"}");
	ROWS(incidents, "INC-1|1|Slow|1|2|-");
	GIVE("incident.resolved", "Rel-1", NULL, "{\"v\":1,\"incident\":\"INC-1\",\"resolution\":\"r\"}");
	ROWS(incidents, "INC-1|1|Slow|1|2|2025-01-01T00:03:00Z");
	struct fact fact = ground_fact(&ground, "incident.resolved", NULL, NULL, "{\"v\":1,\"incident\":\"INC-9\",\"resolution\":\"r\"}");
	cr_assert(ground_write(&ground, &fact) == ERR_INTEGRITY, "no such incident");
	ground_leave(&ground);
}

#define DRAFT(ID, KIND, VERSION, REST) \
	"{\"v\":1,\"memo\":\"" ID "\",\"version\":" VERSION ",\"kind\":\"" KIND "\",\"decision\":\"go\",\"text\":\"t\",\"system_owner\":\"alice\"" REST "}"

Test(project, memos_are_drafted_replaced_signed_and_ended)
{
	struct ground ground;

	OPEN(&ground);
	GIVE("release.registered", "Rel-1", NULL, REGISTERED("mechanism"));
	GIVE("memo.drafted", "Rel-1", NULL, DRAFT("Rel-1/m1", "stable", "1", ",\"dev_lead\":\"bob\",\"open_items\":0"));
	GIVE("memo.drafted", "Rel-1", NULL, DRAFT("Rel-1/m2", "mechanism", "1", ",\"open_items\":0"));
	GIVE("memo.drafted", "Rel-1", NULL, DRAFT("Rel-1/m3", "stable", "2", ",\"dev_lead\":\"bob\",\"open_items\":0"));
	ROWS(memos, "Rel-1/m1|stable|1|go|replaced|0|0\nRel-1/m2|mechanism|1|go|draft|0|0\nRel-1/m3|stable|2|go|draft|0|0");
	GIVE("memo.signed", "Rel-1", NULL, "{\"v\":1,\"memo\":\"Rel-1/m2\",\"role\":\"system-owner\"}");
	GIVE("memo.signed", "Rel-1", NULL, "{\"v\":1,\"memo\":\"Rel-1/m3\",\"role\":\"dev-lead\"}");
	ROWS(memos, "Rel-1/m1|stable|1|go|replaced|0|0\nRel-1/m2|mechanism|1|go|issued|1|0\nRel-1/m3|stable|2|go|draft|0|1");
	GIVE("memo.signed", "Rel-1", NULL, "{\"v\":1,\"memo\":\"Rel-1/m3\",\"role\":\"system-owner\"}");
	GIVE("memo.drafted", "Rel-1", NULL, DRAFT("Rel-1/m4", "stable", "3", ",\"dev_lead\":\"bob\",\"open_items\":0"));
	ROWS("select id, state from memo order by n", "Rel-1/m1|replaced\nRel-1/m2|issued\nRel-1/m3|issued\nRel-1/m4|draft");
	struct fact fact = ground_fact(&ground, "memo.signed", "Rel-1", NULL, "{\"v\":1,\"memo\":\"Rel-1/m1\",\"role\":\"system-owner\"}");
	cr_assert(ground_write(&ground, &fact) == ERR_INTEGRITY, "a replaced draft takes no signature");
	cr_assert(roll_back(&ground, "Rel-1"), "%s", ground.err.text);
	ROWS("select id, state from memo where state <> 'replaced' order by n", "Rel-1/m2|issued\nRel-1/m3|issued\nRel-1/m4|ended");
	ground_leave(&ground);
}

/* CLS-6: the class recorded last is the manifest's, whether it came with a text or by hand. */
Test(project, tests_of_a_switch_go_by_the_class_recorded_last)
{
	static const char unclear[] = "{\"v\":1,\"class\":\"unclear\",\"description\":\"d\"}", workflow[] = "{\"v\":1,\"class\":\"workflow\",\"description\":\"d\"}";
	static const char tested[] = "select coalesce(result, 'none') from switch where release = 'R1'";
	struct ground ground;

	cr_assert(ground_open(&ground), "%s", ground.err.text);
	cr_assert(give(&ground, "release.registered", "R1", NULL, unclear), "%s", ground.err.text);
	cr_assert(give(&ground, "release.classified", "R1", NULL, "{\"v\":1,\"class\":\"workflow\"}"), "%s", ground.err.text);
	cr_assert(give(&ground, "switch.defined", "R1", NULL, "{\"v\":1,\"flag\":\"F\",\"default\":\"false\"}"), "%s", ground.err.text);
	cr_assert(give(&ground, "switch.tested", "R1", NULL, "{\"v\":1,\"environment\":\"dev\",\"result\":\"pass\",\"definition\":4,\"note\":\"n\"}"), "%s",
		  ground.err.text);
	cr_assert_str_eq(ground_rows(&ground, tested), "pass");
	cr_assert(give(&ground, "release.registered", "R1", NULL, workflow), "%s", ground.err.text);
	cr_assert_str_eq(ground_rows(&ground, tested), "pass", "the same manifest voided a test");
	cr_assert(give(&ground, "release.classified", "R1", NULL, "{\"v\":1,\"class\":\"ui-only\"}"), "%s", ground.err.text);
	cr_assert_str_eq(ground_rows(&ground, tested), "none", "another class left a test");
	ground_leave(&ground);
}
