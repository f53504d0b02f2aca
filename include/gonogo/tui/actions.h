#ifndef GONOGO_TUI_ACTIONS_H
#define GONOGO_TUI_ACTIONS_H
/*
 * THE table of actions: keys, key bar, help, the walk and the dialogs go through the same rows.  A row either moves about (`go`) or records an act
 * (`record`), for which it names the fields to fill, the consent it takes and the command that does the same from a shell.
 */
#include <gonogo/app/uses.h>
#include <gonogo/tui/form.h>
#include <gonogo/tui/screen.h>

/* How plainly a person must mean it: anything a later act takes back; a question whose default is no; the id typed; one word typed, since making
 * safe must be quick. */
enum consent_tier { CONSENT_NONE, CONSENT_YES, CONSENT_ID, CONSENT_WORD };

/* Help lists together what does the same kind of thing; acts are those that record something, whatever their row says. */
enum action_group { GROUP_ACT, GROUP_FIND, GROUP_OPEN, GROUP_MOVE, GROUP_EVERYWHERE, GROUP_COUNT };

/* What an act is about besides the release: what is typed for one question or row is nothing for another. */
enum act_subject { ACT_OF_RELEASE, ACT_OF_QUESTION, ACT_OF_ROW };

/* What an act is about. */
struct act_in {
	struct session *session;
	struct record *record;          /* NULL where there is no release */
	const struct verdict *verdict;
	const char *release;            /* id, or NULL */
	const char *rule;               /* the finding it settles ("PLN-4.2"), or NULL */
	const char *chosen;             /* the row of a list that is none of releases: a tenant, an incident; or NULL */
	const char *filter;             /* of the list that it was started from, or NULL */
	const char *memo;               /* the memo that is selected or open, or NULL */
	const struct form *form;        /* being filled in for it; NULL: none yet */
};
struct action {
	const char *name;               /* as rules.h names it */
	const char *label;              /* key bar and help: one or two words */
	const char *sentence;           /* help */
	const char *command;            /* the same from a shell, or NULL */
	const char *keys[4];            /* names of key.h */
	unsigned panes;                 /* where the keys work */
	int priority;                   /* key bar: higher stays longer; 0: not in it */
	enum action_group group;
	bool is_practice;               /* on practice ledgers alone */
	bool is_document;               /* fills in a document: one draft for each release, whatever question led to it */
	bool is_alone;                  /* about no release: the selected one has no part in it */
	bool is_release;                /* makes a release, named in its field "release", which the list selects afterwards */

	enum err_kind (*go)(struct screen *screen, struct err *err);
	/* What the key does now, where that is not always the label's; NULL: the label. */
	const char *(*now)(const struct screen *screen);

	enum act_subject subject;
	const char *kind;               /* of the fact it records: authority is asked for it */
	enum consent_tier consent;
	struct form_field fields[FORM_FIELDS_MAX - 1]; /* ends with a NULL name */
	/* Beyond authority: may it be done now?  The sentence says why not; of what only goes somewhere, the key bar and help.  NULL: yes. */
	enum err_kind (*ready)(const struct act_in *in, struct err *err);
	/* Which of several it is about: the rule, the memo; NULL: there is but one. */
	const char *(*about)(const struct act_in *in);
	bool tells_fields;              /* the lines below depend on what stands in the fields */
	/* Lines that say what is about to be recorded; NULL: none. */
	void (*describe)(const struct act_in *in, struct buf *out);
	/* What the button says that records it, where an id or a word is typed for it; NULL: the label. */
	void (*button)(const struct act_in *in, struct buf *out);
	void (*prefill)(const struct act_in *in, struct form *form);
	/* All that is wrong or missing, asked again after every change; it keeps nobody from leaving.  NULL: recording alone tells. */
	void (*problems)(const struct act_in *in, const struct form *form, struct form_problems *out);
	enum err_kind (*record)(const struct act_in *in, const struct form *form, struct outcome *out, struct err *err);
};
extern const struct action actions[];
extern const size_t action_count;

const struct action *action_named(const char *name);
/* Is it one of this screen's, on this ledger? */
bool action_is_here(const struct action *action, const struct screen *screen);
/* The name of the first key that does it now: while text is typed a single character does nothing but stand there.  NULL: none. */
const char *action_key(const struct action *action, const struct screen *screen);
/* Is it known to be refused now?  What a screen does not know of is not barred. */
bool action_is_barred(const struct action *action, const struct screen *screen);
/* Which of the table's acts would be refused now, for a screen to keep. */
enum { ACTIONS_MAX = 160 };
struct action_bars { bool is_barred[ACTIONS_MAX]; };
void action_bars_of(const struct act_in *in, struct action_bars *out);
const struct action *action_of_key(struct key key, const struct screen *screen);
/* May it be done on this screen now?  ERR_NONE, or why not: menus and help show the sentence. */
enum err_kind action_ready(const struct action *action, const struct act_in *in, struct err *err) MUST_CHECK;
/* The action that settles a finding for the person at the keyboard now; NULL: nothing to do, or it is the clock's. */
const struct action *action_for(const struct act_in *in, const struct finding *finding);

#endif
