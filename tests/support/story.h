#ifndef TESTS_SUPPORT_STORY_H
#define TESTS_SUPPORT_STORY_H
/*
 * The life of a release through the real binary, phase by phase: each leaves the release ready for, or in, the next channel.  The specification's worked
 * example has its documents under tests/data; other releases are made of a sheet.
 */
#include "shell.h"

#define EXAMPLE "2025-01-15-audit-filter-ui"

/* Expects a run to end with `status`; the message tells what it said. */
#define EXPECT(status, call) cr_assert_eq((call), (status), "%s\n%s", #call, shell_told(shell))
/* Expects the last run to have said `text`. */
#define EXPECT_SAID(text) cr_assert(shell_says(shell, (text)), "not said: %s\n%s", (text), shell_told(shell))

void example_import(struct shell *shell);           /* the five documents, by jane */
void example_answer_dev(struct shell *shell);       /* everything T1 asks for but approvals */
void example_to_experimental(struct shell *shell);  /* approvals and T1 */
void example_answer_experimental(struct shell *shell);
void example_to_candidate(struct shell *shell);
void example_answer_candidate(struct shell *shell);
void example_sign(struct shell *shell);             /* the GO memo, drafted and signed by both */

/* What differs between the documents of one release and another's; NULL: as of a workflow change that touches no data. */
struct sheet {
	const char *release;
	const char *class;           /* as the manifest prints it */
	const char *data;            /* "Data Changes:" */
	const char *kill_switch;     /* "Kill Switch:" */
	const char *manifest_lines;  /* optional lines after it, each with its newline */
	const char *tenants;
	const char *recovery;        /* optional blocks of the rollback plan, each with the blank line after it */
};

void sheet_write(struct shell *shell, const struct sheet *sheet); /* manifest.txt, plan.txt, switch.txt, rollback.txt, safety.txt */
void sheet_import(struct shell *shell, const struct sheet *sheet); /* the same, and jane imports them */

/* What T1 asks of any release but approvals: answers, test of the switch, hard stops, the plan's approval. */
void story_answer_dev(struct shell *shell, const char *release);
void story_to_experimental(struct shell *shell, const char *release);
void story_answer_experimental(struct shell *shell, const char *release, size_t criteria);
void story_answer_candidate(struct shell *shell, const char *release);
void story_sign(struct shell *shell, const char *release);
/* A workflow release of one criterion, from its documents into candidate: T1 on 2025-03-03, T2 on 2025-03-10, both at 09:00. */
void story_in_candidate(struct shell *shell, const char *release);

/* Runs `check RELEASE --json` and expects the exit status and verdict. */
void story_verdict(struct shell *shell, const char *release, int status, const char *verdict);
/* Of the last `check --json`: expects the finding of `rule` to be there once, in `state`, with `text` in its reason or its next; NULL: any text. */
void story_finding(const struct shell *shell, const char *rule, const char *state, const char *text);

#endif
