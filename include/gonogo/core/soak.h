#ifndef GONOGO_CORE_SOAK_H
#define GONOGO_CORE_SOAK_H
/* Soak arithmetic (CHN-2, I-2, I-15, section 9 "stale"): begin = max(entered, last disqualifying resolution, last restore); opens = begin + duration. */
#include <stdbool.h>

#include <gonogo/core/dossier.h>
#include <gonogo/core/policy.h>

struct soak {
	bool is_entered;             /* the release is or was in the channel */
	instant entered, left;       /* left WHEN_NONE: still there */
	instant begin;               /* of the present (or, once left, the last) soak */
	int64_t begin_seq;           /* the fact that began it: answers after it are fresh */
	const char *begin_actor;     /* who recorded that fact */
	bool is_interrupted;         /* a disqualifying incident is open, or a kill in force: no date */
	const char *interruption;    /* its incident id, or "kill"; NULL */
	int64_t required_s;          /* max(rule, plan (experimental), policy) */
	instant opens;               /* begin + required_s; WHEN_NONE while interrupted */
	int64_t served_s;            /* elapsed since begin at `now` (or until left), never negative */
};
void soak_of(const struct dossier *dossier, const struct policy *policy, enum channel channel, instant now, struct soak *out);
/* Did this person begin the present soak, and does the policy leave its end to another (I-6)? */
bool soak_is_of_one(const struct dossier *dossier, const struct policy *policy, const char *person, instant now);
/* Did this incident stand open at any moment of the stay (I-14)?  Only for incidents that concern the release. */
bool soak_incident_in_stay(const struct incident *incident, const struct stay *stay);
/* CHN-4/5 and CHN-2: is its present severity one that disqualifies the channel? */
bool soak_disqualifies(const struct incident *incident, enum channel channel);

#endif
