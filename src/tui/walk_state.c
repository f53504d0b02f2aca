#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/store/state.h>

#include "walk_state.h"

const char *walk_rule_at(const struct walk *walk, size_t at)
{
	const struct finding *finding = at < walk->questions.count ? walk->questions.items[at].finding : NULL;

	return finding ? finding->id : PROMOTION;
}

/* Where one is outlives the program: the next walk of this release by this person begins there. */
static void keep_place(const struct walk *walk)
{
	const struct session *session = walk->session;

	if (session->state && state_view_put(session->state, session->ledger, walk->place, walk->rule, NULL) != ERR_NONE)
		return;
}

static void find_place(struct walk *walk)
{
	const struct session *session = walk->session;
	const struct person *me = walk->subject.record.me;
	const char *rule = NULL;
	struct arena arena;

	snprintf(walk->place, sizeof walk->place, "walk:%s:%s", me ? me->id : session->login ? session->login : "?", walk->release);
	if (!session->state)
		return;
	arena_init(&arena, 0);
	if (state_view_get(session->state, session->ledger, walk->place, &arena, &rule, NULL) == ERR_NONE && rule)
		snprintf(walk->rule, sizeof walk->rule, "%s", rule);
	arena_release(&arena);
}

bool walk_waits_for_me(const struct walk *walk, size_t at)
{
	const struct record *record = &walk->subject.record;
	const struct finding *finding = walk->questions.items[at].finding;

	if (!finding)
		return walk->subject.verdict.verdict == VERDICT_GO;
	return standing_waits_for(record, &walk->subject.verdict, finding, record->me);
}

/* What is asked where one is now; what was typed for something else stays where it is. */
static void open_entry(struct walk *walk)
{
	struct act_in *in = &walk->subject.in;
	const struct question *question = &walk->questions.items[walk->at];
	const struct action *action;

	in->rule = question->finding ? question->finding->id : NULL;
	action = question->finding ? action_for(in, question->finding) : action_named("promote");
	walk->is_held = !entry_renew(&walk->entry, action, in);
}

static void stand_at(struct walk *walk, size_t at)
{
	walk->at = at;
	snprintf(walk->rule, sizeof walk->rule, "%s", walk_rule_at(walk, at));
	keep_place(walk);
	open_entry(walk);
}

void walk_go_to(struct walk *walk, size_t at)
{
	if (at != walk->at || walk->is_held)
		entry_close(&walk->entry);
	stand_at(walk, at);
}

size_t walk_next_of_mine(const struct walk *walk, size_t from)
{
	const size_t count = walk->questions.count;

	for (size_t i = 0; i < count; i++) {
		const size_t at = (from + i) % count;
		const struct finding *finding = walk->questions.items[at].finding;

		if (finding && finding->blocks && !standing_is_derived(&walk->subject.record.dossier, finding) && walk_waits_for_me(walk, at))
			return at;
	}
	for (size_t i = 0; i < count; i++)
		if (walk_waits_for_me(walk, (from + i) % count))
			return (from + i) % count;
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = walk->questions.items[i].finding;

		if (finding && !finding_is_settled(finding))
			return i;
	}
	return count - 1;
}

/* The subject is replaced whole; walk_go_to gives the entry, which is all that points into it, the new one. */
static enum err_kind read_subject(struct walk *walk, struct err *err)
{
	enum err_kind failed;

	subject_release(&walk->subject);
	walk->questions.count = 0;
	failed = subject_load_release(&walk->subject, walk->session, walk->release, err);
	if (!failed) {
		questions_of(&walk->subject.verdict, &walk->questions);
		action_bars_of(&walk->subject.in, &walk->bars);
	} else {
		entry_close(&walk->entry);
	}
	return failed;
}

static size_t place_of(const struct walk *walk)
{
	for (size_t i = 0; i < walk->questions.count; i++)
		if (strcmp(walk_rule_at(walk, i), walk->rule) == 0)
			return i;
	return walk_next_of_mine(walk, 0);
}

enum err_kind walk_read(struct walk *walk, struct err *err)
{
	enum err_kind failed = read_subject(walk, err);

	if (failed)
		return failed;
	/* Coming back one goes on where one was, as long as something waits there. */
	if (walk->is_begun)
		stand_at(walk, place_of(walk));
	else
		walk_go_to(walk, walk_next_of_mine(walk, *walk->rule ? place_of(walk) : 0));
	walk->is_begun = true;
	return ERR_NONE;
}

enum err_kind walk_read_on(struct walk *walk, struct err *err)
{
	enum err_kind failed;

	entry_close(&walk->entry);
	failed = read_subject(walk, err);
	if (!failed)
		walk_go_to(walk, walk_next_of_mine(walk, place_of(walk)));
	return failed;
}

enum err_kind walk_has_gate(const struct walk *walk, struct err *err)
{
	const struct dossier *d = &walk->subject.record.dossier;

	if (words_state_is_final(d->state) || d->state == STATE_STABLE || d->state == STATE_SUPERSEDED)
		return err_set(err, ERR_REFUSED, "%s is %s: there is no further gate (CHN-1).", d->release, words_title(words_state, (int)d->state));
	return ERR_NONE;
}

enum err_kind walk_begin(struct walk *walk, struct session *session, const char *release, struct err *err)
{
	enum err_kind failed;

	*walk = (struct walk){ .session = session };
	snprintf(walk->release, sizeof walk->release, "%s", release);
	failed = read_subject(walk, err);
	if (!failed)
		find_place(walk);
	return failed ? failed : walk_has_gate(walk, err);
}

void walk_end(struct walk *walk)
{
	entry_close(&walk->entry);
	subject_release(&walk->subject);
}

/* --- in words --- */

static const struct finding *finding_here(const struct walk *walk)
{
	return walk->questions.items[walk->at].finding;
}

void walk_say_question(const struct walk *walk, struct buf *out)
{
	const struct finding *finding = finding_here(walk);
	const char *question = finding ? rule_question(&walk->subject.record.dossier, finding->id) : NULL;

	if (finding)
		buf_printf(out, "%s  %s  (section %s)", finding->id, question ? question : finding->rule->text, finding->rule->section);
	else
		buf_printf(out, "Promote %s to %s", walk->release, words_word(words_channel, (int)walk->subject.verdict.to));
}

void walk_say_gate(const struct walk *walk, struct buf *out)
{
	const struct verdict *verdict = &walk->subject.verdict;

	buf_printf(out, "The gate says %s: %zu of %zu rules are met.", words_title(words_verdict, (int)verdict->verdict),
		   verdict->findings.count - verdict->unmet, verdict->findings.count);
}

void walk_say_state(const struct walk *walk, struct buf *out)
{
	const struct finding *finding = finding_here(walk);

	if (finding)
		buf_printf(out, "%s: %s", words_title(words_finding, (int)finding->state), finding->reason);
	else
		walk_say_gate(walk, out);
}

static void say_when_open(const struct verdict *verdict, struct buf *out)
{
	char when[WHEN_TEXT_MAX];

	if (verdict->verdict != VERDICT_GO && verdict->earliest != WHEN_NONE)
		buf_printf(out, "As far as time goes it opens %s.", when_format(verdict->earliest, when));
}

void walk_say_who(const struct walk *walk, struct buf *out)
{
	const struct finding *finding = finding_here(walk);
	char who[256], when[WHEN_TEXT_MAX];

	if (walk->is_held)
		buf_printf(out, "What is asked here changed while you typed. What you typed, to %s, stays until you go on ([ and ]).\n", walk->entry.action->label);
	if (!finding) {
		say_when_open(&walk->subject.verdict, out);
		return;
	}
	if (finding_is_settled(finding))
		return;
	if (finding->opens != WHEN_NONE) {
		buf_printf(out, "It opens by itself %s; there is nothing to do until then.", when_format(finding->opens, when));
		return;
	}
	if (!finding->roles && !finding->people.count)
		return;
	buf_printf(out, "Who can settle it: %s%s.", finding_who(finding, who, sizeof who), walk_waits_for_me(walk, walk->at) ? "; you can" : "");
	/* Whoever else is waited for by name has a key for it. */
	if (!walk->entry.action && finding->next && !finding->people.count)
		buf_printf(out, "\nWhat to do: %s", finding->next);
}
