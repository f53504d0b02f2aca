#ifndef GONOGO_CORE_JUDGE_H
#define GONOGO_CORE_JUDGE_H
/*
 * The judges of the rules table, one file per section of the specification.  A judge adds the finding of its rule (one per member of a family): what
 * was observed, what is required, who settles it and with which command.  It reads only what its row declares, and can fail only for memory.
 */
#include <gonogo/core/gate.h>

#define JUDGE(name) enum err_kind name(const struct rule *rule, const struct gate_in *in, struct findings *out) MUST_CHECK

JUDGE(judge_attested);                                    /* any rule that one answer settles */
JUDGE(judge_class_recorded);                              /* CLS-1 */
JUDGE(judge_class_approved);                              /* CLS-3 */
JUDGE(judge_class_memo);                                  /* CLS-4 */
JUDGE(judge_class_rollback);                              /* CLS-5 */
JUDGE(judge_channel_order);                               /* CHN-1 */
JUDGE(judge_channel_time);                                /* CHN-2 */
JUDGE(judge_channel_exit);                                /* CHN-4, CHN-5 */
JUDGE(judge_channel_halt);                                /* CHN-6 */
JUDGE(judge_plan_complete);                               /* PLN-1 */
JUDGE(judge_plan_approved);                               /* PLN-2 */
JUDGE(judge_plan_tenants);                                /* PLN-3 */
JUDGE(judge_plan_criteria);                               /* PLN-4 */
JUDGE(judge_plan_overdue);                                /* PLN-5 */
JUDGE(judge_stop);                                        /* HS-1 to HS-7 */
JUDGE(judge_switch_documented);                           /* KSW-1 */
JUDGE(judge_switch_tested);                               /* KSW-3 */
JUDGE(judge_switch_killed);                               /* KSW-6 */
JUDGE(judge_rollback_complete);                           /* RBP-1 */
JUDGE(judge_rollback_tested);                             /* RBP-2 */
JUDGE(judge_approval_given);                              /* APR-1 */
JUDGE(judge_approval_bound);                              /* APR-2 */
JUDGE(judge_approval_turn);                               /* APR-3 */
JUDGE(judge_memo_issued);                                 /* MEM-1 */
JUDGE(judge_memo_checklist);                              /* MEM-2 */
JUDGE(judge_memo_no_go);                                  /* MEM-3 */
JUDGE(judge_memo_risks);                                  /* MEM-4 */
JUDGE(judge_memo_bound);                                  /* MEM-5 */
JUDGE(judge_memo_mechanism);                              /* MEM-6 */

#endif
