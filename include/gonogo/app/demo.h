#ifndef GONOGO_APP_DEMO_H
#define GONOGO_APP_DEMO_H
/*
 * The practice ledger: people with keys of their own, tenants, and a release of every class in every channel, brought there by the use cases of real
 * life on a clock that only a ledger marked demo in its first fact takes.  demo_cast.c holds who and what, demo_acts.c what each phase asks for.
 */
#include <gonogo/app/uses.h>

enum demo_person { DEMO_OWNER, DEMO_LEAD, DEMO_QA, DEMO_OPERATOR };
enum { DEMO_PEOPLE = 4 };
struct demo_role { const char *id, *name; role_set roles; };
extern const struct demo_role demo_people[DEMO_PEOPLE];

struct demo_tenant { const char *id, *name; enum tenant_kind kind; enum tenant_track track; bool consents; };
extern const struct demo_tenant demo_tenants[];
extern const size_t demo_tenant_count;

enum demo_phase { DEMO_REGISTER, DEMO_TO_EXPERIMENTAL, DEMO_TO_CANDIDATE, DEMO_TO_STABLE };
enum { DEMO_PHASES = 4 };
enum demo_twist { DEMO_PLAIN, DEMO_HALTED, DEMO_WAITING, DEMO_READY_TO_SIGN };
struct demo_release {
	const char *id, *flag, *description, *files, *data_changes;
	enum release_class class;
	int days_ago[DEMO_PHASES];   /* when each phase was done; 0: it is not */
	enum demo_twist twist;
};
extern const struct demo_release demo_releases[];
extern const size_t demo_release_count;

struct demo {
	const char *dir;
	char *ledger;                        /* path, in `arena` */
	struct arena arena;
	instant now;                         /* the builder's clock */
	struct session sessions[DEMO_PEOPLE];
	size_t open;                         /* sessions open */
	void (*say)(void *context, const char *line);
	void *context;
};
/* Opens a session for each of the people on the ledger in `dir`. */
enum err_kind demo_open(struct demo *demo, const char *dir, instant now, struct err *err) MUST_CHECK;
void demo_close(struct demo *demo);
/* One phase of one release, all its acts. */
enum err_kind demo_phase(struct demo *demo, const struct demo_release *release, enum demo_phase phase, struct err *err) MUST_CHECK;
/* The answers and the rehearsal that candidate asks for: what is left then is time, and the memo. */
enum err_kind demo_answer_candidate(struct demo *demo, const struct demo_release *release, struct err *err) MUST_CHECK;
/* That, the draft and the Dev Lead's signature: what is left then is the System Owner's. */
enum err_kind demo_prepare_memo(struct demo *demo, const struct demo_release *release, struct err *err) MUST_CHECK;
/* The next of the practice people sits down at this session, with the key that lies beside the ledger.  ERR_REFUSED on any other ledger. */
enum err_kind demo_turn(struct session *session, struct err *err) MUST_CHECK;
void demo_say(const struct demo *demo, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
