#ifndef GONOGO_CORE_SERVING_H
#define GONOGO_CORE_SERVING_H
/* Who may be served a release (CHN-7, CHN-8, KSW-6, RBK-1, section 0), and who may stand in an exposure plan (PLN-3).  Pure. */
#include <stdbool.h>

#include <gonogo/core/dossier.h>

enum { SERVING_REASON_MAX = 512 };

/* May this tenant be served this release now?  `reason` [SERVING_REASON_MAX] gets one finished sentence with the rule id, either way. */
bool serving_allowed(const struct dossier *dossier, const struct tenant *tenant, char *reason);
/* May it be served in experimental as far as the tenant itself goes: dev/test or consent on record for this release, not opted out, not stable-only. */
bool serving_eligible(const struct tenant *tenant, const char *release, char *reason);

#endif
