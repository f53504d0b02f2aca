#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "world.h"

TestSuite(identity, .timeout = 30);

#define OWNER (&w.demo.sessions[DEMO_OWNER])
#define LEAD (&w.demo.sessions[DEMO_LEAD])
#define OPERATOR (&w.demo.sessions[DEMO_OPERATOR])
#define QA (&w.demo.sessions[DEMO_QA])

Test(identity, ATT_1_the_login_comes_from_the_process_and_never_from_the_environment)
{
	struct session session;
	struct record record;
	struct world w;

	world_open(&w);
	setenv("USER", "ann", 1);
	setenv("LOGNAME", "ann", 1);
	setenv("HOME", "/nonexistent", 1);
	EXPECT(ERR_NONE, world_sit(&w, &session, NULL, NULL));
	EXPECT(ERR_NONE, record_load(&session, NULL, WHEN_NONE, false, &record, &w.err));
	cr_assert(record.me && strcmp(record.me->id, "uma") == 0, "the one who owns the process");
	record_release(&record);
	session_close(&session);
	world_close(&w);
}

Test(identity, ATT_1_whoever_is_not_enrolled_reads_and_changes_nothing)
{
	struct session nobody;
	struct record record;
	struct world w;
	int64_t before;

	world_open(&w);
	world_register(&w, "roster");
	EXPECT(ERR_NONE, world_sit(&w, &nobody, NULL, NULL));
	nobody.login = "stranger";
	before = world_size(&w);
	EXPECT(ERR_NONE, record_load(&nobody, "roster", WHEN_NONE, true, &record, &w.err));
	cr_assert(!record.me, "nobody");
	record_release(&record);
	EXPECT(ERR_REFUSED, use_stop(&nobody, "roster", "HS-4", true, "I saw it", &w.out, &w.err));
	EXPECT_SAID("stranger is not enrolled");
	EXPECT(ERR_REFUSED, use_incident_open(&nobody, (struct texts){ (const char *const[]){ "roster" }, 1 }, (struct texts){ 0 }, 1, false, "Down", &w.out,
					      &w.err));
	EXPECT(ERR_REFUSED, use_tenant_opt_out(&nobody, "elm-street", CHANNEL_EXPERIMENTAL, &w.out, &w.err));
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	session_close(&nobody);
	world_close(&w);
}

Test(identity, ATT_1_acting_as_another_signs_every_fact_with_that_persons_key)
{
	struct session session;
	struct world w;
	int64_t before;

	world_open(&w);
	world_register(&w, "roster");
	EXPECT(ERR_NONE, use_stop(&w.uma, "roster", "HS-4", true, "By the login", &w.out, &w.err));
	cr_assert_eq(world_number(&w, "select length(sig) from fact where seq = %lld", (long long)w.out.seq), 0, "making safe waits for no key");
	EXPECT(ERR_NONE, use_stop(QA, "roster", "HS-5", true, "As another", &w.out, &w.err));
	cr_assert_gt(world_number(&w, "select length(sig) from fact where seq = %lld", (long long)w.out.seq), 0, "a proof that it is she");

	before = world_size(&w);
	EXPECT(ERR_NONE, world_sit(&w, &session, "kim", "uma"));
	EXPECT(ERR_REFUSED, use_stop(&session, "roster", "HS-3", true, "With a key of somebody else", &w.out, &w.err));
	session_close(&session);
	EXPECT(ERR_NONE, world_sit(&w, &session, "kim", NULL));
	cr_assert_neq(use_stop(&session, "roster", "HS-3", true, "Without any key", &w.out, &w.err), ERR_NONE, "no agent holds kim's key");
	session_close(&session);
	EXPECT(ERR_REFUSED, world_sit(&w, &session, "nobody", "kim"));
	EXPECT_SAID("Nobody is enrolled as nobody");
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	world_close(&w);
}

Test(identity, ATT_1_a_key_taken_back_signs_no_more_and_what_it_signed_before_stands)
{
	struct session session;
	struct world w;
	const char *spare;

	world_open(&w);
	world_register(&w, "roster");
	spare = world_key(&w, "spare");
	EXPECT(ERR_NONE, use_person_key(OWNER, "kim", KEY_ADD, arena_printf(&w.demo.arena, "%s.pub", spare), WHEN_NONE, &w.out, &w.err));
	EXPECT(ERR_NONE, use_person_key(OWNER, "kim", KEY_REVOKE, world_path(&w, "kim.pub"), WHEN_NONE, &w.out, &w.err));
	EXPECT(ERR_REFUSED, use_answer(QA, "roster", "OBS-4", ANSWER_PASS, NULL, NULL, &w.out, &w.err));
	EXPECT(ERR_NONE, world_sit(&w, &session, "kim", "spare"));
	EXPECT(ERR_NONE, use_answer(&session, "roster", "OBS-4", ANSWER_PASS, NULL, NULL, &w.out, &w.err));
	session_close(&session);
	EXPECT(ERR_REFUSED, use_person_key(OWNER, "kim", KEY_ADD, world_path(&w, "kim.pub"), WHEN_NONE, &w.out, &w.err));
	EXPECT_SAID("taken back");
	cr_assert_eq(world_verify(&w, NULL).verdict, INTEGRITY_INTACT, "%s", world_verify(&w, NULL).reason);
	world_close(&w);
}

Test(identity, ATT_1_components_record_and_never_decide)
{
	struct session ci;
	struct world w;

	world_open(&w);
	world_make_ready(&w, "roster");
	world_key(&w, "ci");
	EXPECT(ERR_NONE, use_component_add(OWNER, "ci", world_path(&w, "ci.pub"), &w.out, &w.err));
	EXPECT(ERR_NONE, world_sit(&w, &ci, "ci", "ci"));
	EXPECT(ERR_NONE, use_incident_open(&ci, (struct texts){ (const char *const[]){ "roster" }, 1 }, (struct texts){ 0 }, 3, false, "Slow", &w.out, &w.err));
	EXPECT(ERR_REFUSED, use_approve(&ci, "roster", ROLE_DEV_LEAD, CHANNEL_NONE, NULL, &w.out, &w.err));
	EXPECT(ERR_REFUSED, use_plan_approve(&ci, "roster", &w.out, &w.err));
	EXPECT(ERR_REFUSED, use_promote(&ci, "roster", CHANNEL_EXPERIMENTAL, &w.out, &w.err));
	EXPECT(ERR_REFUSED, use_answer(&ci, "roster", "OBS-4", ANSWER_PASS, NULL, NULL, &w.out, &w.err));
	EXPECT(ERR_REFUSED, use_person_role(OWNER, "ci", true, ROLE_QA, &w.out, &w.err));
	EXPECT_SAID("a component holds no role");
	session_close(&ci);
	world_close(&w);
}

Test(identity, section_11_roles_and_keys_are_granted_by_a_system_owner_alone)
{
	struct world w;
	int64_t before;

	world_open(&w);
	world_key(&w, "new");
	before = world_size(&w);
	for (int i = DEMO_LEAD; i < DEMO_PEOPLE; i++) {
		struct session *s = &w.demo.sessions[i];

		EXPECT(ERR_REFUSED, use_person_add(s, "new", "New One", NULL, ROLE_QA, world_path(&w, "new.pub"), &w.out, &w.err));
		EXPECT(ERR_REFUSED, use_person_role(s, demo_people[i].id, true, ROLE_SYSTEM_OWNER, &w.out, &w.err));
		EXPECT(ERR_REFUSED, use_person_key(s, demo_people[i].id, KEY_ADD, world_path(&w, "new.pub"), WHEN_NONE, &w.out, &w.err));
		EXPECT(ERR_REFUSED, use_component_add(s, "ci", world_path(&w, "new.pub"), &w.out, &w.err));
	}
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	EXPECT(ERR_REFUSED, use_person_add(OWNER, "new", "New One", NULL, ROLE_QA, world_path(&w, "kim.pub"), &w.out, &w.err));
	EXPECT_SAID("enrolled for kim");
	world_close(&w);
}

Test(identity, section_11_a_filled_role_is_not_left_empty)
{
	struct world w;

	world_open(&w);
	EXPECT(ERR_REFUSED, use_person_role(OWNER, "ann", false, ROLE_SYSTEM_OWNER, &w.out, &w.err));
	EXPECT_SAID("the only System Owner");
	EXPECT(ERR_REFUSED, use_person_role(OWNER, "dana", false, ROLE_DEV_LEAD, &w.out, &w.err));
	EXPECT(ERR_REFUSED, use_person_key(OWNER, "ann", KEY_REVOKE, world_path(&w, "ann.pub"), WHEN_NONE, &w.out, &w.err));
	EXPECT_SAID("only key");
	EXPECT(ERR_NONE, use_person_role(OWNER, "kim", false, ROLE_QA, &w.out, &w.err)); /* uma is left */
	EXPECT(ERR_REFUSED, use_person_role(OWNER, "uma", false, ROLE_QA, &w.out, &w.err));
	world_close(&w);
}

/* "roster" is GO for experimental; then a key is taken back, and the gate is asked anew. */
static enum verdict_word after(struct world *w, const char *person, enum key_act act, const char *from)
{
	struct session *owner = &w->demo.sessions[DEMO_OWNER];
	const char *spare;
	enum err_kind failed;
	instant since = WHEN_NONE;

	world_open(w);
	world_make_ready(w, "roster");
	cr_assert_eq(world_verdict(w, "roster", &failed), VERDICT_GO, "%s", w->err.text);
	w->demo.now += 7200;
	spare = world_key(w, "spare");
	cr_assert(!from || when_read(from, &since));
	cr_assert_eq(use_person_key(owner, person, KEY_ADD, arena_printf(&w->demo.arena, "%s.pub", spare), WHEN_NONE, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(use_person_key(owner, person, act, world_path(w, arena_printf(&w->demo.arena, "%s.pub", person)), since, &w->out, &w->err), ERR_NONE, "%s",
		     w->err.text);
	return world_verdict(w, "roster", &failed);
}

Test(identity, APR_2_approvals_of_a_key_that_is_taken_back_stand_or_fall_with_how)
{
	static const struct { const char *what; enum key_act act; const char *from; enum verdict_word verdict; } rows[] = {
		{ "retired", KEY_RETIRE, NULL, VERDICT_GO },
		{ "revoked from now on", KEY_REVOKE, NULL, VERDICT_GO },
		{ "revoked since after the approval", KEY_REVOKE, "2025-03-03T10:30:00Z", VERDICT_GO },
		{ "revoked since before the approval", KEY_REVOKE, "2025-03-03T08:00:00Z", VERDICT_OPEN },
		{ "compromised since after the approval", KEY_COMPROMISE, "2025-03-03T10:30:00Z", VERDICT_GO },
		{ "compromised", KEY_COMPROMISE, NULL, VERDICT_OPEN },
	};
	struct world w;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_assert_eq(after(&w, "dana", rows[i].act, rows[i].from), rows[i].verdict, "%s: %d", rows[i].what, rows[i].verdict);
		cr_assert_eq(world_verify(&w, NULL).verdict, INTEGRITY_INTACT, "%s: %s", rows[i].what, world_verify(&w, NULL).reason);
		EXPECT(rows[i].verdict == VERDICT_GO ? ERR_NONE : ERR_REFUSED, use_promote(OPERATOR, "roster", CHANNEL_EXPERIMENTAL, &w.out, &w.err));
		world_close(&w);
	}
}

Test(identity, APR_2_what_a_compromised_key_approved_is_approved_anew_with_another)
{
	struct world w;
	struct session dana;
	struct record record = { 0 };
	struct verdict verdict;
	struct release_line line;
	bool told = false;
	enum err_kind failed;

	cr_assert_eq(after(&w, "dana", KEY_COMPROMISE, NULL), VERDICT_OPEN);
	EXPECT(ERR_NONE, use_release_line(QA, "roster", &record, &verdict, &line, &w.err));
	for (size_t i = 0; i < verdict.findings.count; i++)
		told |= verdict.findings.items[i].state == FINDING_STALE && strstr(verdict.findings.items[i].reason, "no longer trusted");
	cr_assert(told, "a finding says why");
	record_release(&record);
	EXPECT(ERR_NONE, world_sit(&w, &dana, "dana", "spare"));
	EXPECT(ERR_NONE, use_stop(&dana, "roster", "HS-4", false, "Looked at again", &w.out, &w.err));
	EXPECT(ERR_NONE, use_stop(&dana, "roster", "HS-5", false, "Looked at again", &w.out, &w.err));
	EXPECT(ERR_NONE, use_plan_approve(&dana, "roster", &w.out, &w.err));
	EXPECT(ERR_NONE, use_approve(&dana, "roster", ROLE_DEV_LEAD, CHANNEL_NONE, NULL, &w.out, &w.err));
	session_close(&dana);
	cr_assert_eq(world_verdict(&w, "roster", &failed), VERDICT_GO, "%s", w.err.text);
	EXPECT(ERR_NONE, use_promote(OPERATOR, "roster", CHANNEL_EXPERIMENTAL, &w.out, &w.err));
	cr_assert_eq(world_verify(&w, NULL).verdict, INTEGRITY_INTACT);
	world_close(&w);
}

Test(identity, ATT_1_a_key_is_taken_back_at_once_and_a_retired_one_is_trusted)
{
	struct world w;

	world_open(&w);
	EXPECT(ERR_REFUSED, use_person_key(OWNER, "kim", KEY_REVOKE, world_path(&w, "kim.pub"), w.demo.now + 60, &w.out, &w.err));
	EXPECT_SAID("has not come yet");
	EXPECT(ERR_REFUSED, use_person_key(OWNER, "kim", KEY_RETIRE, world_path(&w, "kim.pub"), w.demo.now, &w.out, &w.err));
	EXPECT_SAID("no --from");
	/* Shared with somebody, in the present or in the past. */
	EXPECT(ERR_REFUSED, use_person_key(OWNER, "kim", KEY_ADD, world_path(&w, "dana.pub"), WHEN_NONE, &w.out, &w.err));
	EXPECT(ERR_REFUSED, use_person_add(OWNER, "eve", "Eve", NULL, ROLE_QA, world_path(&w, "dana.pub"), &w.out, &w.err));
	/* A principal is one person, and never a pattern. */
	EXPECT(ERR_USAGE, use_person_add(OWNER, "*", "Eve", NULL, ROLE_QA, world_path(&w, "dana.pub"), &w.out, &w.err));
	EXPECT(ERR_USAGE, use_person_add(OWNER, "eve,ann", "Eve", NULL, ROLE_QA, world_path(&w, "dana.pub"), &w.out, &w.err));
	EXPECT(ERR_USAGE, use_person_add(OWNER, "!ann", "Eve", NULL, ROLE_QA, world_path(&w, "dana.pub"), &w.out, &w.err));
	world_close(&w);
}
