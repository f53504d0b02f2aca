#ifndef TESTS_SUPPORT_STORY_H
#define TESTS_SUPPORT_STORY_H
/* The specification's worked example through the real binary, phase by phase: each leaves the release ready for, or in, the next channel. */
#include "shell.h"

#define EXAMPLE "2025-01-15-audit-filter-ui"

/* Expects a run to end with `status`; the message tells what it said. */
#define EXPECT(status, call) cr_assert_eq((call), (status), "%s\n%s", #call, shell_told(shell))

void example_import(struct shell *shell);           /* the five documents, by jane */
void example_answer_dev(struct shell *shell);       /* everything T1 asks for but approvals */
void example_to_experimental(struct shell *shell);  /* approvals and T1 */
void example_answer_experimental(struct shell *shell);
void example_to_candidate(struct shell *shell);
void example_answer_candidate(struct shell *shell);
void example_sign(struct shell *shell);             /* the GO memo, drafted and signed by both */

#endif
