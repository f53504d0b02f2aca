#ifndef GONOGO_APP_SESSION_H
#define GONOGO_APP_SESSION_H
/*
 * A session: one ledger, one clock, one person at the keyboard.  The person is the one whose login owns the process (never the environment), or the
 * one named by `--as`, who then proves it by signing every fact.  Whoever is not enrolled reads, and changes nothing (ATT-1).
 */
#include <stdbool.h>
#include <stdint.h>

#include <gonogo/base/arena.h>
#include <gonogo/base/digest.h>
#include <gonogo/base/err.h>
#include <gonogo/base/when.h>
#include <gonogo/core/dossier.h>
#include <gonogo/store/ledger.h>

/* Nothing below asks the system for the time. */
struct clock {
	instant (*now)(void *context);
	void *context;
	/* Which start of the machine this is, and the seconds since then; NULL: nothing is known of it. */
	bool (*boot)(void *context, char *id /* [40] */, int64_t *up_s);
};
instant clock_system(void *context); /* CLOCK_REALTIME, whole seconds */
bool clock_boot(void *context, char *id, int64_t *up_s); /* the kernel's boot id, and CLOCK_BOOTTIME */

struct store;
struct store_state;
struct session_options {
	const char *ledger;    /* path; never NULL (config/ decides the default) */
	const char *state_dir; /* the user's state folder; NULL: keep none */
	const char *as;        /* person id, or NULL */
	const char *identity;  /* key file that signs, or NULL: the agent */
	struct clock clock;
	const char *action;    /* id of the first act of this session, for a retry after an unknown outcome; NULL: a fresh one */
	bool terminal;         /* ssh-keygen may ask for a passphrase on the terminal */
	bool asks_nothing;     /* --no-input: nor in any other way */
	bool readonly;
	bool inspects;         /* opens a ledger that does not hold too, for use_verify to say where: nothing else may be asked of it */
};
struct verified;               /* signatures found good, by fact hash: memory only */
struct session {
	struct arena arena;    /* lives as long as the session */
	struct store *store;
	struct store_state *state;
	struct store_state *tally;    /* where the walk over the facts is kept: the user's state, or a private one without it; NULL: not walked */
	struct clock clock;
	const char *ledger_path, *origin, *login;
	const char *as, *identity;
	const char *action;    /* for the next act; NULL once it was taken */
	const struct shown *shown; /* what whoever does the next act had before them (shown.h); NULL: nothing, or it was taken */
	bool terminal, asks_nothing;
	struct verified *verified;
	const char *ledger, *founder; /* id, and the founder's key */
	const char *mistrust;         /* `inspects` alone: how the ledger contradicts what this user saw of it; NULL: it does not */
	bool is_demo;
	int64_t seen_version;  /* see session_has_news */
	/* The ledger as this session saw it last: it only ever grows from there.  `checked`: the size at which its numbers and newest signature held. */
	int64_t known_size, checked;
	struct digest known_head;
	struct ledger_end walked; /* up to where every fact was held against the one before it */
	/* The console leaves the screen around a child that may ask for a passphrase, and comes back; NULL elsewhere. */
	void (*leave_screen)(void *context), (*enter_screen)(void *context);
	void *screen;
};
/* Opens the ledger and refuses one that is smaller than, differs from, or was founded by another than the one this user saw last (ERR_INTEGRITY). */
enum err_kind session_open(struct session *session, const struct session_options *options, struct err *err) MUST_CHECK;
void session_close(struct session *session);
/* Becomes another enrolled person from here on, as `--as` with `--identity` does (the demo's console switches so).  Strings are copied. */
enum err_kind session_become(struct session *session, const char *person, const char *identity, struct err *err) MUST_CHECK;
/* Has somebody else recorded something since this was asked last? */
bool session_has_news(struct session *session);
/* The registry alone, with the person at the keyboard: NULL in *me when nobody is enrolled for this login. */
struct record;
enum err_kind session_me(struct session *session, const struct registry *registry, const struct person **me, struct err *err) MUST_CHECK;

#endif
