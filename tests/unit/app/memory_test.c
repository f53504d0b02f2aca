#include <config.h>

#include <errno.h>

#include "../base/fault.h"
#include "world.h"

TestSuite(app_memory, .timeout = 60);

enum { ALLOCATIONS_MOST = 3000 };

#define LEAD (&w.demo.sessions[DEMO_LEAD])

Test(app_memory, a_record_is_loaded_and_judged_or_memory_is_told)
{
	enum err_kind failed = ERR_SYSTEM;
	struct session session;
	struct world w;
	int n;

	world_open(&w);
	world_make_ready(&w, "roster");
	for (n = 1; n < ALLOCATIONS_MOST && failed; n++) {
		struct record record = { 0 };
		struct verdict verdict;
		struct release_line line;

		fault_from(FAULT_MEMORY, n, ENOMEM);
		failed = world_sit(&w, &session, NULL, NULL); /* a session of its own: signatures are verified each time */
		if (!failed) {
			failed = use_release_line(&session, "roster", &record, &verdict, &line, &w.err);
			record_release(&record);
			session_close(&session);
		}
		fault_from(FAULT_MEMORY, 0, 0);
		cr_assert(!failed || failed == ERR_SYSTEM, "allocation %d: %d %s", n, failed, w.err.text);
		cr_assert(failed || verdict.verdict == VERDICT_GO, "allocation %d", n);
	}
	cr_assert(!failed && n > 20, "%d allocations, %s", n, w.err.text);
	world_close(&w);
}

Test(app_memory, an_act_is_recorded_whole_or_memory_is_told)
{
	enum err_kind failed = ERR_SYSTEM;
	struct world w;
	int64_t before;
	int n;

	world_open(&w);
	world_register(&w, "roster");
	before = world_size(&w);
	for (n = 1; n < ALLOCATIONS_MOST && failed; n++) {
		fault_from(FAULT_MEMORY, n, ENOMEM);
		failed = use_stop(&w.uma, "roster", "HS-4", true, "Seen", &w.out, &w.err);
		fault_from(FAULT_MEMORY, 0, 0);
		cr_assert(!failed || failed == ERR_SYSTEM, "allocation %d: %d %s", n, failed, w.err.text);
		cr_assert_eq(world_size(&w), before + !failed, "allocation %d", n);
	}
	cr_assert(!failed && n > 20, "%d allocations, %s", n, w.err.text);
	cr_assert_eq(world_verify(&w, NULL).verdict, INTEGRITY_INTACT, "%s", world_verify(&w, NULL).reason);
	world_close(&w);
}

Test(app_memory, a_signed_act_is_recorded_whole_or_memory_is_told)
{
	enum err_kind failed = ERR_SYSTEM;
	struct world w;
	int64_t before;
	int n;

	world_open(&w);
	world_register(&w, "roster");
	before = world_size(&w);
	/* Each run that comes as far signs with the real ssh-keygen: past the first hundred allocations every seventh is enough. */
	for (n = 1; n < ALLOCATIONS_MOST && failed; n += n < 100 ? 1 : 7) {
		fault_from(FAULT_MEMORY, n, ENOMEM);
		failed = use_plan_approve(LEAD, "roster", &w.out, &w.err);
		fault_from(FAULT_MEMORY, 0, 0);
		cr_assert(!failed || failed == ERR_SYSTEM, "allocation %d: %d %s", n, failed, w.err.text);
		cr_assert_eq(world_size(&w), before + !failed, "allocation %d", n);
	}
	cr_assert(!failed && n > 20, "%d allocations, %s", n, w.err.text);
	world_close(&w);
}
