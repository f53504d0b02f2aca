#include <config.h>

#include <string.h>

#include <criterion/criterion.h>

#include <gonogo/base/buf.h>
#include <gonogo/store/rebuild.h>

#include "ground.h"

TestSuite(rebuild, .timeout = 60);

/* A ledger with a row in every projected table. */
static bool plant(struct ground *ground)
{
	return ground_open(ground) && give(ground, "person.added", NULL, NULL, "{\"v\":1,\"person\":\"bob\",\"name\":\"Bob\",\"roles\":[\"qa\"],\"key\":\"k\"}") &&
	       give(ground, "tenant.added", NULL, "acme", "{\"v\":1,\"name\":\"Acme\",\"kind\":\"production\",\"track\":\"standard\"}") &&
	       give(ground, "tenant.consent", NULL, "acme", "{\"v\":1,\"op\":\"given\",\"method\":\"m\"}") &&
	       give(ground, "release.registered", "Rel-1", NULL, "{\"v\":1,\"class\":\"workflow\",\"description\":\"A filter\"}") &&
	       give(ground, "plan.saved", "Rel-1", NULL, "{\"v\":1,\"class\":\"workflow\",\"tenants\":[\"acme\"]}") &&
	       give(ground, "switch.defined", "Rel-1", NULL, "{\"v\":1,\"flag\":\"f\",\"default\":\"off\"}") &&
	       give(ground, "incident.opened", "Rel-1", NULL,
		    "{\"v\":1,\"incident\":\"INC-1\",\"severity\":3,\"summary\":\"s\",\"cross_tenant\":0,\"releases\":[\"Rel-1\"]}") &&
	       give(ground, "memo.drafted", "Rel-1", NULL,
		    "{\"v\":1,\"memo\":\"Rel-1/m1\",\"version\":1,\"kind\":\"stable\",\"decision\":\"go\",\"system_owner\":\"alice\"}");
}

/* "" when the projection is what the facts say, else the difference. */
static const char *compare(struct ground *ground)
{
	struct buf difference = BUF_EMPTY;
	bool same;

	const enum err_kind kind = rebuild_compare(ground->store, &same, &difference, &ground->err);
	const char *text = kind != ERR_NONE ? ground->err.text : arena_str(&ground->arena, buf_text(&difference));
	if (kind == ERR_NONE && same != (difference.size == 0))
		text = "a difference without a text";
	buf_release(&difference);
	return text ? text : "out of memory";
}

Test(rebuild, an_untouched_projection_is_the_same)
{
	struct ground ground;

	cr_assert(ground_make(&ground), "%s", ground.err.text);
	cr_assert_str_eq(compare(&ground), "", "an empty ledger");
	ground_leave(&ground);
	cr_assert(plant(&ground), "%s", ground.err.text);
	cr_assert_str_eq(compare(&ground), "", "a full one");
	ground_leave(&ground);
}

Test(rebuild, a_changed_cell_is_found_in_every_table)
{
	static const struct { const char *sql, *difference; } table[] = {
		{ "update meta set value = '1' where key = 'demo'", "In the table meta, row demo: value is 1, and the facts say 0." },
		{ "update person set name = 'Eve' where id = 'bob'", "In the table person, row bob: name is Eve, and the facts say Bob." },
		{ "update person_role set role = 'operator' where person = 'bob'",
		  "In the table person_role, row bob operator stands where the facts put row bob qa." },
		{ "insert into person_role values ('bob', 'system-owner')", "In the table person_role, row bob system-owner comes from no fact." },
		{ "update person_key set state = 'revoked' where person = 'bob'", "In the table person_key, row k bob: state is revoked, and the facts say valid." },
		{ "update tenant set track = 'stable-only'", "In the table tenant, row acme: track is stable-only, and the facts say standard." },
		{ "delete from tenant_consent", "In the table tenant_consent, row acme - is missing, and the facts make it." },
		{ "update release set state = 'stable'", "In the table release, row Rel-1: state is stable, and the facts say dev." },
		{ "update release set supersedes = 'x'", "In the table release, row Rel-1: supersedes is x, and the facts say nothing." },
		{ "update release_find set description = 'x'", "In the table release_find, row Rel-1: description is x, and the facts say A filter." },
		{ "update release_tenant set wanted = 0", "In the table release_tenant, row Rel-1 acme: wanted is 0, and the facts say 1." },
		{ "update switch set flag = 'g'", "In the table switch, row Rel-1: flag is g, and the facts say f." },
		{ "update incident set severity = 4", "In the table incident, row INC-1: severity is 4, and the facts say 3." },
		{ "delete from incident_release", "In the table incident_release, row Rel-1 INC-1 is missing, and the facts make it." },
		{ "update memo set state = 'issued'", "In the table memo, row Rel-1/m1: state is issued, and the facts say draft." },
		{ "delete from fact_release where seq = 6", "In the table fact_release, row Rel-1 7 stands where the facts put row Rel-1 6." },
		{ "insert into fact_tenant values ('acme', 9)", "In the table fact_tenant, row acme 9 comes from no fact." },
	};
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		cr_assert_str_eq(ground_tamper(&ground, table[i].sql), "", "%s", table[i].sql);
		cr_assert_str_eq(compare(&ground), table[i].difference, "%s: %s", table[i].sql, compare(&ground));
		cr_assert(rebuild_projection(ground.store, &ground.err) == ERR_NONE, "%s", ground.err.text);
		cr_assert_str_eq(compare(&ground), "", "rebuilt after %s", table[i].sql);
	}
	ground_leave(&ground);
}

Test(rebuild, every_cell_counts)
{
	static const char columns[] =
		"select t.name || ' ' || c.name from pragma_table_list t join pragma_table_info(t.name) c where t.schema = 'main' and t.type in ('table', 'virtual') "
		"and t.name not in ('fact', 'standing', 'sqlite_schema', 'sqlite_sequence')";
	struct ground ground;
	char *save = NULL;
	int tried = 0;

	cr_assert(plant(&ground), "%s", ground.err.text);
	char *list = arena_str(&ground.arena, ground_rows(&ground, columns));
	for (char *line = strtok_r(list, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *column = strchr(line, ' ');
		*column++ = '\0';
		if (strcmp(column, line) == 0 || strcmp(column, "rank") == 0 || strcmp(column, "sz") == 0) /* not a value of FTS5's, but its ways to be asked */
			continue;
		const char *sql = arena_printf(&ground.arena,
					       "pragma foreign_keys = off; pragma ignore_check_constraints = on; "
					       "update %s set %s = case typeof(%s) when 'integer' then %s + 100 else coalesce(%s, '') || '2' end",
					       line, column, column, column, column);
		const char *said = ground_tamper(&ground, sql);
		if (strcmp(said, "") != 0)
			sql = arena_printf(&ground.arena, "%s where rowid in (select max(rowid) from %s)", sql, line);
		cr_assert(strcmp(said, "") == 0, "%s: %s", sql, said);
		cr_assert_str_neq(compare(&ground), "", "%s.%s", line, column);
		cr_assert(rebuild_projection(ground.store, &ground.err) == ERR_NONE, "%s.%s: %s", line, column, ground.err.text);
		tried++;
	}
	cr_assert(tried > 70, "%d columns", tried);
	ground_leave(&ground);
}

Test(rebuild, facts_that_cannot_be_replayed_are_told)
{
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	cr_assert_str_eq(ground_tamper(&ground, "drop trigger fact_no_update; update fact set release = 'Rel-2' where seq = 5"), "", "tampered");
	cr_assert(strstr(compare(&ground), "sql/project/plan.saved.sql") || strstr(compare(&ground), "refused"), "%s", compare(&ground));
	cr_assert(ground.err.kind == ERR_INTEGRITY, "integrity");
	cr_assert(rebuild_projection(ground.store, &ground.err) == ERR_INTEGRITY, "nor rebuilt");
	cr_assert(!store_is_writing(ground.store), "the write is over");
	ground_leave(&ground);
}

Test(rebuild, a_reader_compares_too)
{
	struct ground ground;

	cr_assert(plant(&ground), "%s", ground.err.text);
	store_close(ground.store);
	cr_assert(store_open(ground.path, STORE_READONLY, &ground.store, &ground.err) == ERR_NONE, "%s", ground.err.text);
	cr_assert_str_eq(compare(&ground), "", "the same");
	ground_leave(&ground);
}
