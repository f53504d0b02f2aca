#include <config.h>

#include <string.h>

#include <gonogo/sign/sshkey.h>

#include "world.h"

TestSuite(act, .timeout = 30);

#define OWNER (&w.demo.sessions[DEMO_OWNER])
#define LEAD (&w.demo.sessions[DEMO_LEAD])
#define QA (&w.demo.sessions[DEMO_QA])
#define ACTION "00112233445566778899aabbccddeeff"

static enum err_kind add_tenant(struct world *w, struct session *s, const char *action, const char *id, const char *name)
{
	struct act act;
	struct json_writer writer;
	enum err_kind failed;

	act_begin(&act, &writer, "tenant.added", NULL, id);
	act_text(&writer, "name", name);
	act_text(&writer, "kind", "production");
	act_text(&writer, "track", "standard");
	act_end(&writer);
	failed = act_commit(s, action, &act, 1, &w->out, &w->err);
	buf_release(&act.body);
	return failed;
}

static enum err_kind add_person(struct world *w, const char *action, const char *key)
{
	struct act act;
	struct json_writer writer;
	enum err_kind failed;

	act_begin(&act, &writer, "component.added", NULL, NULL);
	act_text(&writer, "component", "ci");
	act_text(&writer, "key", key);
	act_end(&writer);
	failed = act_commit(&w->demo.sessions[DEMO_OWNER], action, &act, 1, &w->out, &w->err);
	buf_release(&act.body);
	return failed;
}

Test(act, a_retry_with_the_same_id_and_content_is_recorded_once)
{
	struct world w;
	int64_t seq;

	world_open(&w);
	EXPECT(ERR_NONE, add_tenant(&w, OWNER, ACTION, "oak-lane", "Oak Lane"));
	seq = w.out.seq;
	cr_assert(!w.out.is_already && w.out.recorded == 1 && *w.out.checkpoint, "recorded");
	EXPECT(ERR_NONE, add_tenant(&w, OWNER, ACTION, "oak-lane", "Oak Lane"));
	cr_assert(w.out.is_already && w.out.seq == seq && strstr(w.out.text, "Already recorded as fact"), "%s", w.out.text);
	EXPECT(ERR_REFUSED, add_tenant(&w, OWNER, ACTION, "oak-lane", "Oak Lane Two"));
	EXPECT_SAID("another content");
	EXPECT(ERR_REFUSED, add_tenant(&w, OWNER, ACTION, "ash-lane", "Oak Lane")); /* the same body about somebody else */
	cr_assert_eq(world_size(&w), seq, "once");
	world_close(&w);
}

Test(act, a_retry_is_answered_before_it_is_judged_again)
{
	struct sshkey key;
	struct world w;
	const char *text;
	int64_t seq;

	world_open(&w);
	world_key(&w, "ci");
	EXPECT(ERR_NONE, sshkey_load(world_path(&w, "ci.pub"), &w.demo.arena, &key, &w.err));
	EXPECT(ERR_NONE, sshkey_text(&key, &w.demo.arena, &text, &w.err));
	EXPECT(ERR_NONE, add_person(&w, ACTION, text));
	seq = w.out.seq;
	EXPECT(ERR_NONE, add_person(&w, NULL, text)); /* judged: it changes nothing, and is no fact */
	cr_assert(w.out.is_already && !w.out.seq, "%s", w.out.text);
	EXPECT(ERR_NONE, add_person(&w, ACTION, text));
	cr_assert(w.out.is_already && w.out.seq == seq, "%s", w.out.text);
	world_close(&w);
}

Test(act, what_is_no_action_id_is_refused_in_words)
{
	struct world w;

	world_open(&w);
	EXPECT(ERR_USAGE, add_tenant(&w, OWNER, "7", "oak-lane", "Oak Lane"));
	EXPECT_SAID("32 digits");
	EXPECT(ERR_USAGE, add_tenant(&w, OWNER, "00112233445566778899AABBCCDDEEFF", "oak-lane", "Oak Lane"));
	EXPECT(ERR_USAGE, add_tenant(&w, OWNER, ACTION "00", "oak-lane", "Oak Lane"));
	world_close(&w);
}

Test(act, I_16_what_changes_nothing_records_nothing)
{
	struct world w;
	int64_t before;

	world_open(&w);
	world_make_ready(&w, "roster");
	before = world_size(&w);
	EXPECT(ERR_NONE, use_answer(LEAD, "roster", "ATT-6", ANSWER_PASS, "Seen", "ci run 4812", &w.out, &w.err));
	cr_assert(w.out.is_already && strstr(w.out.text, "already so"), "%s", w.out.text);
	EXPECT(ERR_NONE, use_plan_approve(LEAD, "roster", &w.out, &w.err));
	cr_assert(w.out.is_already, "%s", w.out.text);
	EXPECT(ERR_NONE, use_approve(LEAD, "roster", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL, NULL, &w.out, &w.err));
	cr_assert(w.out.is_already, "%s", w.out.text);
	EXPECT(ERR_NONE, use_person_role(OWNER, "kim", true, ROLE_QA, &w.out, &w.err));
	cr_assert(w.out.is_already, "%s", w.out.text);
	world_register(&w, "roster");
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	world_close(&w);
}

Test(act, the_acts_of_one_call_are_recorded_all_or_none)
{
	struct world w;
	struct act acts[2];
	struct json_writer writer;
	int64_t before;

	world_open(&w);
	world_register(&w, "roster");
	before = world_size(&w);
	act_begin(&acts[0], &writer, "stop.raised", "roster", NULL);
	act_text(&writer, "stop", "HS-4");
	act_text(&writer, "reason", "Seen");
	act_end(&writer);
	act_begin(&acts[1], &writer, "answer.given", "roster", NULL);
	act_text(&writer, "rule", "CHN-3"); /* a QA may not */
	act_text(&writer, "value", "pass");
	act_text(&writer, "evidence", "ci run 1");
	act_end(&writer);
	EXPECT(ERR_REFUSED, act_commit(QA, NULL, acts, 2, &w.out, &w.err));
	cr_assert_eq(world_size(&w), before, "none");
	EXPECT(ERR_NONE, act_commit(LEAD, NULL, acts, 2, &w.out, &w.err));
	cr_assert_eq(world_size(&w), before + 2, "all");
	buf_release(&acts[0].body);
	buf_release(&acts[1].body);
	world_close(&w);
}

/* What happens between signing and commit. */
struct meanwhile {
	struct world *w;
	void (*happens)(struct world *w);
};

static void while_signing(void *context)
{
	struct meanwhile *meanwhile = context;

	meanwhile->happens(meanwhile->w);
}

static enum err_kind approve_while(struct world *w, void (*happens)(struct world *w))
{
	struct session *lead = &w->demo.sessions[DEMO_LEAD];
	struct meanwhile meanwhile = { w, happens };
	struct outcome out;
	enum err_kind failed;

	lead->enter_screen = while_signing;
	lead->screen = &meanwhile;
	failed = use_approve(lead, "roster", ROLE_DEV_LEAD, CHANNEL_EXPERIMENTAL, NULL, &out, &w->err);
	lead->enter_screen = NULL;
	w->out = out;
	return failed;
}

/* Ready but for the approval. */
static void open_ready(struct world *w)
{
	world_open(w);
	world_make_ready(w, "roster");
	cr_assert_eq(use_approve_withdraw(&w->demo.sessions[DEMO_LEAD], "roster", "For the test", &w->out, &w->err), ERR_NONE, "%s", w->err.text);
}

static void somebody_raises(struct world *w)
{
	struct err err;

	cr_assert_eq(use_stop(&w->uma, "roster", "HS-5", true, "Fewer events", &w->out, &err), ERR_NONE, "%s", err.text);
}

Test(act, APR_2_what_changed_while_signing_is_told_and_nothing_recorded)
{
	struct world w;
	int64_t before;

	open_ready(&w);
	before = world_size(&w);
	EXPECT(ERR_BUSY, approve_while(&w, somebody_raises));
	EXPECT_SAID("changed meanwhile");
	EXPECT_SAID("HS-5");
	EXPECT_SAID("uma");
	cr_assert_eq(world_size(&w), before + 1, "the other's act alone");
	cr_assert_eq(world_number(&w, "select count(*) from fact where seq = %lld and kind = 'stop.raised'", (long long)before + 1), 1, "uma's");
	world_close(&w);
}

static void somebody_adds_a_tenant(struct world *w)
{
	struct err err;

	cr_assert_eq(use_tenant_add(&w->demo.sessions[DEMO_OWNER], "oak-lane", "Oak Lane", TENANT_PRODUCTION, TRACK_STANDARD, &w->out, &err), ERR_NONE, "%s",
		     err.text);
}

Test(act, APR_2_what_does_not_matter_to_the_act_costs_nothing)
{
	struct world w;
	enum err_kind failed;

	open_ready(&w);
	EXPECT(ERR_NONE, approve_while(&w, somebody_adds_a_tenant));
	cr_assert_eq(w.out.recorded, 1, "recorded behind the other's");
	cr_assert_eq(world_verdict(&w, "roster", &failed), VERDICT_GO, "%s", w.err.text);
	cr_assert_eq(world_verify(&w, NULL).verdict, INTEGRITY_INTACT, "%s", world_verify(&w, NULL).reason);
	world_close(&w);
}

static void the_key_is_taken_back(struct world *w)
{
	struct err err;

	cr_assert_eq(use_person_key(&w->demo.sessions[DEMO_OWNER], "dana", KEY_REVOKE, world_path(w, "dana.pub"), WHEN_NONE, &w->out, &err), ERR_NONE, "%s", err.text);
}

Test(act, a_key_taken_back_while_signing_counts_no_more)
{
	struct world w;
	int64_t before;

	open_ready(&w);
	before = world_size(&w);
	EXPECT(ERR_REFUSED, approve_while(&w, the_key_is_taken_back));
	EXPECT_SAID("taken back");
	cr_assert_eq(world_size(&w), before + 1, "the owner's act alone");
	cr_assert_eq(world_verify(&w, NULL).verdict, INTEGRITY_INTACT, "%s", world_verify(&w, NULL).reason);
	world_close(&w);
}

static void the_role_is_taken(struct world *w)
{
	struct session *owner = &w->demo.sessions[DEMO_OWNER];
	struct err err;

	cr_assert_eq(use_person_role(owner, "ola", true, ROLE_DEV_LEAD, &w->out, &err), ERR_NONE, "%s", err.text);
	cr_assert_eq(use_person_role(owner, "dana", false, ROLE_DEV_LEAD, &w->out, &err), ERR_NONE, "%s", err.text);
}

Test(act, APR_3_a_role_taken_while_signing_counts_no_more)
{
	struct world w;
	int64_t before;

	open_ready(&w);
	before = world_size(&w);
	EXPECT(ERR_REFUSED, approve_while(&w, the_role_is_taken));
	cr_assert_eq(world_size(&w), before + 2, "the owner's acts alone");
	world_close(&w);
}

static void ten_minutes_pass(struct world *w)
{
	w->demo.now += 600;
}

static void a_second_more_passes(struct world *w)
{
	w->demo.now += 601;
}

static void the_clock_is_set_back(struct world *w)
{
	w->demo.now -= 7 * (instant)3600;
}

Test(act, a_signature_is_recorded_within_ten_minutes)
{
	struct world w;
	int64_t before;

	open_ready(&w);
	before = world_size(&w);
	EXPECT(ERR_BUSY, approve_while(&w, a_second_more_passes));
	EXPECT_SAID("ten minutes");
	w.demo.now += 24 * (instant)3600;
	EXPECT(ERR_BUSY, approve_while(&w, the_clock_is_set_back));
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	EXPECT(ERR_NONE, approve_while(&w, ten_minutes_pass));
	cr_assert_eq(world_size(&w), before + 1, "to the second");
	world_close(&w);
}

static void the_number_is_taken(struct world *w)
{
	const char *const release = "roster";
	struct err err;

	w->demo.sessions[DEMO_QA].enter_screen = NULL; /* once */
	cr_assert_eq(use_incident_open(&w->uma, (struct texts){ &release, 1 }, (struct texts){ 0 }, 3, false, "Slow", &w->out, &err), ERR_NONE, "%s", err.text);
}

Test(act, I_14_two_incidents_never_share_a_number)
{
	const char *const release = "roster";
	struct meanwhile meanwhile;
	struct world w;

	world_open(&w);
	world_register(&w, release);
	meanwhile = (struct meanwhile){ &w, the_number_is_taken };
	QA->enter_screen = while_signing;
	QA->screen = &meanwhile;
	EXPECT(ERR_NONE, use_incident_open(QA, (struct texts){ &release, 1 }, (struct texts){ 0 }, 2, false, "Errors", &w.out, &w.err));
	cr_assert_eq(world_number(&w, "select count(*) from incident where id = 'INC-1' and severity = 3"), 1, "the other's");
	cr_assert_eq(world_number(&w, "select count(*) from incident where id = 'INC-2' and severity = 2"), 1, "the next one");
	world_close(&w);
}

Test(act, a_clock_a_little_behind_takes_the_last_facts_time)
{
	struct world w;
	instant last;

	world_open(&w);
	EXPECT(ERR_NONE, add_tenant(&w, OWNER, NULL, "oak-lane", "Oak Lane"));
	last = w.demo.now;
	w.demo.now = last - 5;
	EXPECT(ERR_NONE, add_tenant(&w, OWNER, NULL, "ash-lane", "Ash Lane"));
	cr_assert_eq(world_number(&w, "select a.at = b.at from fact a join fact b on b.seq = a.seq + 1 where b.seq = %lld", (long long)w.out.seq), 1,
		     "hosts differ a little");
	w.demo.now = last - 6;
	EXPECT(ERR_SYSTEM, add_tenant(&w, OWNER, NULL, "elm-lane", "Elm Lane"));
	EXPECT_SAID("2025-03-03T08:59:54Z");
	EXPECT_SAID("2025-03-03T09:00:00Z");
	EXPECT_SAID("nothing was recorded");
	world_close(&w);
}

static void nobody_signs(struct world *w)
{
	cr_assert_fail("a signature was asked for at %lld", (long long)w->demo.now);
}

Test(act, a_wrong_clock_is_told_before_anybody_signs)
{
	struct meanwhile meanwhile;
	struct world w;

	world_open(&w);
	meanwhile = (struct meanwhile){ &w, nobody_signs };
	w.demo.now -= 3600;
	OWNER->leave_screen = while_signing;
	OWNER->screen = &meanwhile;
	EXPECT(ERR_SYSTEM, add_tenant(&w, OWNER, NULL, "oak-lane", "Oak Lane"));
	world_close(&w);
}
