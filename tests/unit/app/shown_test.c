/* What whoever acts was shown, held against the record before anything is signed and again where it is recorded. */
#include <config.h>

#include <string.h>

#include <gonogo/app/shown.h>

#include "world.h"

TestSuite(shown, .timeout = 60, .description = "no act rests on what was not shown");

#define OWNER (&w.demo.sessions[DEMO_OWNER])
#define LEAD (&w.demo.sessions[DEMO_LEAD])
#define QA (&w.demo.sessions[DEMO_QA])

static struct shown look(struct world *w, struct session *s, const char *kind, const char *about)
{
	struct record record;
	struct shown shown;

	cr_assert_eq(record_load(s, "roster", WHEN_NONE, true, &record, &w->err), ERR_NONE, "%s", w->err.text);
	cr_assert_eq(shown_of(&record, kind, about, &shown, &w->err), ERR_NONE, "%s", w->err.text);
	record_release(&record);
	return shown;
}

static void save_plan(struct world *w, const char *criterion)
{
	struct record record;
	struct plan plan;

	cr_assert_eq(record_load(&w->demo.sessions[DEMO_LEAD], "roster", WHEN_NONE, true, &record, &w->err), ERR_NONE, "%s", w->err.text);
	plan = record.dossier.plan;
	plan.criteria = (struct texts){ &criterion, 1 };
	cr_assert_eq(use_plan_save(&w->demo.sessions[DEMO_LEAD], "roster", &plan, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
	record_release(&record);
}

static void draft_no_go(struct world *w)
{
	const struct memo_draft draft = { .decision = DECISION_NO_GO, .kind = MEMO_STABLE, .no_risks = true, .rationale = "Too slow", .remediation = "Cache it" };

	cr_assert_eq(use_memo_draft(&w->demo.sessions[DEMO_LEAD], "roster", &draft, &w->out, &w->err), ERR_NONE, "%s", w->err.text);
}

Test(shown, MEM_5_another_memo_than_the_one_shown_is_not_signed)
{
	struct world w;
	struct shown shown;
	int64_t before;

	world_open(&w);
	world_to_memo(&w, "roster");
	shown = look(&w, OWNER, "memo.signed", "roster/m1");
	draft_no_go(&w);
	before = world_size(&w);
	OWNER->shown = &shown;
	EXPECT(ERR_BUSY, use_memo_sign_one(OWNER, "roster", "roster/m1", ROLE_SYSTEM_OWNER, &w.out, &w.err));
	EXPECT_SAID("is not what was shown any more");
	EXPECT_SAID("dana drafted memo roster/m2: no-go");
	cr_assert(!OWNER->shown, "it is good for one act");
	shown = look(&w, OWNER, "memo.signed", "roster/m1");
	OWNER->shown = &shown;
	EXPECT(ERR_BUSY, use_memo_sign_one(OWNER, "roster", "roster/m2", ROLE_SYSTEM_OWNER, &w.out, &w.err));
	cr_assert_eq(world_size(&w), before, "nothing was recorded");
	world_close(&w);
}

/* What happens between signing and commit is met too. */
static void draft_while_signing(void *context)
{
	draft_no_go(context);
}

Test(shown, MEM_5_a_memo_drafted_while_another_is_signed_refuses_it)
{
	struct world w;
	struct shown shown;

	world_open(&w);
	world_to_memo(&w, "roster");
	shown = look(&w, OWNER, "memo.signed", "roster/m1");
	OWNER->shown = &shown;
	OWNER->enter_screen = draft_while_signing;
	OWNER->screen = &w;
	EXPECT(ERR_BUSY, use_memo_sign_one(OWNER, "roster", "roster/m1", ROLE_SYSTEM_OWNER, &w.out, &w.err));
	OWNER->enter_screen = NULL;
	EXPECT_SAID("roster/m2");
	world_close(&w);
}

Test(shown, PLN_2_another_plan_than_the_one_shown_is_not_approved)
{
	struct world w;
	struct shown shown;

	world_open(&w);
	world_register(&w, "roster");
	shown = look(&w, LEAD, "plan.approved", NULL);
	save_plan(&w, "No complaint");
	LEAD->shown = &shown;
	EXPECT(ERR_BUSY, use_plan_approve(LEAD, "roster", &w.out, &w.err));
	EXPECT_SAID("dana saved the exposure plan of roster");
	EXPECT(ERR_NONE, use_plan_approve(LEAD, "roster", &w.out, &w.err));
	world_close(&w);
}

Test(shown, APR_3_other_evidence_than_that_shown_is_not_approved)
{
	struct world w;
	struct shown shown;

	world_open(&w);
	world_make_ready(&w, "roster");
	EXPECT(ERR_NONE, use_approve_withdraw(LEAD, "roster", "For the test", &w.out, &w.err));
	shown = look(&w, LEAD, "approval.given", NULL);
	EXPECT(ERR_NONE, use_answer(LEAD, "roster", "ATT-6", ANSWER_PASS, "Seen again", "ci run 4813", &w.out, &w.err));
	LEAD->shown = &shown;
	EXPECT(ERR_BUSY, use_approve(LEAD, "roster", ROLE_DEV_LEAD, CHANNEL_NONE, NULL, &w.out, &w.err));
	shown = look(&w, LEAD, "approval.given", NULL);
	LEAD->shown = &shown;
	EXPECT(ERR_NONE, use_approve(LEAD, "roster", ROLE_DEV_LEAD, CHANNEL_NONE, NULL, &w.out, &w.err));
	world_close(&w);
}

Test(shown, PLN_4_another_criterion_than_the_one_shown_is_not_answered)
{
	struct world w;
	struct shown shown;

	world_open(&w);
	world_register(&w, "roster");
	shown = look(&w, QA, "answer.given", "PLN-4.1");
	save_plan(&w, "Nobody complained");
	QA->shown = &shown;
	EXPECT(ERR_BUSY, use_answer(QA, "roster", "PLN-4.1", ANSWER_PASS, "Seen", NULL, &w.out, &w.err));
	EXPECT_SAID("The question, or its answer, PLN-4.1 is not what was shown any more");
	world_close(&w);
}

Test(shown, PLN_4_an_answer_given_meanwhile_is_not_answered_over_unseen)
{
	struct world w;
	struct shown shown;

	world_open(&w);
	world_register(&w, "roster");
	shown = look(&w, LEAD, "answer.given", "ATT-6");
	EXPECT(ERR_NONE, use_answer(LEAD, "roster", "ATT-6", ANSWER_FAIL, "Not in the record", NULL, &w.out, &w.err));
	LEAD->shown = &shown;
	EXPECT(ERR_BUSY, use_answer(LEAD, "roster", "ATT-6", ANSWER_PASS, "Seen", "ci run 4812", &w.out, &w.err));
	EXPECT_SAID("dana answered ATT-6 of roster: fail");
	world_close(&w);
}

Test(shown, KSW_6_another_kill_than_the_one_shown_is_not_approved_for_restore)
{
	struct world w;
	struct shown shown;

	world_open(&w);
	world_make_ready(&w, "roster");
	EXPECT(ERR_NONE, use_switch_kill(LEAD, "roster", (struct texts){ (const char *const[]){ "elm-street" }, 1 }, "Slow", &w.out, &w.err));
	shown = look(&w, LEAD, "switch.approved", NULL);
	EXPECT(ERR_NONE, use_switch_kill(LEAD, "roster", (struct texts){ 0 }, "Leaks", &w.out, &w.err));
	LEAD->shown = &shown;
	EXPECT(ERR_BUSY, use_switch_approve(LEAD, "roster", ROLE_DEV_LEAD, "Fixed", &w.out, &w.err));
	EXPECT_SAID("dana killed roster: Leaks");
	world_close(&w);
}

Test(shown, PLN_1_a_document_saved_meanwhile_is_not_overwritten)
{
	struct world w;
	struct record record;
	struct shown shown;

	world_open(&w);
	world_register(&w, "roster");
	shown = look(&w, OWNER, "plan.saved", NULL);
	EXPECT(ERR_NONE, record_load(OWNER, "roster", WHEN_NONE, true, &record, &w.err));
	save_plan(&w, "No complaint");
	record.dossier.plan.opt_in = "By letter";
	OWNER->shown = &shown;
	EXPECT(ERR_BUSY, use_plan_save(OWNER, "roster", &record.dossier.plan, &w.out, &w.err));
	record_release(&record);
	EXPECT(ERR_NONE, record_load(OWNER, "roster", WHEN_NONE, true, &record, &w.err));
	cr_assert_str_eq(record.dossier.plan.criteria.items[0], "No complaint");
	record_release(&record);
	world_close(&w);
}

/* A shell that was shown nothing is held to the rules alone. */
Test(shown, I_16_who_was_shown_nothing_is_refused_by_rules_alone)
{
	struct world w;

	world_open(&w);
	world_register(&w, "roster");
	cr_assert(!LEAD->shown, "nothing");
	save_plan(&w, "No complaint");
	EXPECT(ERR_NONE, use_plan_approve(LEAD, "roster", &w.out, &w.err));
	world_close(&w);
}
