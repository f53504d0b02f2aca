#ifndef GONOGO_APP_NAMES_H
#define GONOGO_APP_NAMES_H
/*
 * Ids are unique whatever their case, and are recorded and shown as they were registered: one release never stands in the trail under two spellings.
 * A name that nobody registered stays as it was typed, so that whoever refuses it can say it.
 */
#include <gonogo/app/session.h>

/* NULL stays NULL; the registered spelling is in `arena`. */
enum err_kind names_release(struct session *session, struct arena *arena, const char **release, struct err *err) MUST_CHECK;
enum err_kind names_tenant(struct session *session, struct arena *arena, const char **tenant, struct err *err) MUST_CHECK;
/* Each of a list, which is copied into `arena`. */
enum err_kind names_releases(struct session *session, struct arena *arena, struct texts *releases, struct err *err) MUST_CHECK;
enum err_kind names_tenants(struct session *session, struct arena *arena, struct texts *tenants, struct err *err) MUST_CHECK;

#endif
