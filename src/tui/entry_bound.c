#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entry_state.h"

enum { NEWS_MOST = 3 };

/* --- what it is about --- */

static const char *keep(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%s", text ? text : "");
	return text ? out : NULL;
}

void entry_bind(struct entry *entry, const struct act_in *in)
{
	const char *about = entry->action->about ? entry->action->about(in) : NULL;

	entry->in = *in;
	entry->in.form = &entry->form;
	entry->in.rule = keep(entry->rule, sizeof entry->rule, in->rule);
	/* A memo that is once in front of somebody stays the one, whatever is drafted after it. */
	entry->in.memo = keep(entry->memo, sizeof entry->memo, about ? about : in->memo);
}

/* What it rests on now.  Of a document that is the version it was begun on, until that has been told. */
static void see(struct entry *entry, struct shown *out)
{
	const struct action *action = entry->action;
	const char *about = entry->in.rule ? entry->in.rule : entry->in.memo;

	*out = (struct shown){ 0 };
	if (!action->kind || action->is_alone || action->is_release || !entry->in.record || !entry->in.release)
		return;
	if (action->about)
		about = entry->in.memo;
	if (shown_of(entry->in.record, action->kind, about, out, NULL) != ERR_NONE)
		out->kind = NULL;
}

bool entry_empty_consent(struct entry *entry)
{
	const bool is_choice = entry->action->consent == CONSENT_YES;

	if (entry->action->consent == CONSENT_NONE || !*form_text(&entry->form, CONSENT_FIELD) || (is_choice && form_choice(&entry->form, CONSENT_FIELD, 0) != 1))
		return false;
	form_set(&entry->form, CONSENT_FIELD, is_choice ? "no" : "");
	return true;
}

/* --- a document, and what others made of it meanwhile --- */

void entry_note_given(struct entry *entry)
{
	for (size_t i = 0; i < entry->form.count; i++) {
		buf_clear(&entry->given[i]);
		buf_str(&entry->given[i], form_text(&entry->form, entry->form.fields[i].name));
	}
}

void entry_note_base(struct entry *entry, const char *base)
{
	snprintf(entry->base, sizeof entry->base, "%s", base);
}

/* What nobody touched here becomes what was recorded; names the fields that both changed. */
static void take_recorded(struct entry *entry, struct buf *both)
{
	struct form now;

	form_init(&now, entry->form.fields, entry->form.count);
	if (form_offer(&now, &entry->in, NULL) == ERR_NONE && entry->action->prefill)
		entry->action->prefill(&entry->in, &now);
	for (size_t i = 0; i < now.count; i++) {
		const char *name = now.fields[i].name, *theirs = form_text(&now, name), *mine = form_text(&entry->form, name);
		const bool is_theirs = strcmp(theirs, buf_text(&entry->given[i])) != 0;

		if (entry_is_consent(entry, i) || !is_theirs)
			continue;
		if (strcmp(mine, buf_text(&entry->given[i])) == 0)
			form_set(&entry->form, name, theirs);
		else if (strcmp(mine, theirs) != 0)
			buf_printf(both, "%s%s", both->size ? ", " : "", now.fields[i].label);
		buf_clear(&entry->given[i]);
		buf_str(&entry->given[i], theirs);
	}
	form_release(&now);
}

/* --- the record was read anew --- */

/* What others recorded is told, and what was typed to say that it is meant is empty. */
static void tell(struct entry *entry, int64_t since, const char *both)
{
	const bool is_document = entry->action->is_document;
	struct buf news = BUF_EMPTY;

	(void)entry_empty_consent(entry);
	buf_str(&news, "What this is about changed meanwhile:");
	shown_since(entry->in.record, since, NEWS_MOST, "\n  ", &news);
	if (is_document && *both)
		buf_printf(&news, "\nYour words stay; in both versions changed: %s. What you would change is told above.", both);
	else if (is_document)
		buf_str(&news, "\nWhat you typed stays, the rest is as recorded now.");
	else
		buf_str(&news, "\nRead it again before you say that it is meant.");
	if (!entry->is_barred)
		snprintf(entry->problem, sizeof entry->problem, "%.1500s", buf_text(&news));
	buf_release(&news);
}

void entry_see(struct entry *entry)
{
	const struct shown before = entry->shown;
	const bool is_first = !before.kind;
	struct buf both = BUF_EMPTY;

	see(entry, &entry->shown);
	if (is_first && (!*entry->base || strcmp(entry->base, entry->shown.ground) == 0))
		return;
	if (!is_first && strcmp(before.ground, entry->shown.ground) == 0)
		return;
	if (entry->action->is_document && !is_first)
		take_recorded(entry, &both);
	tell(entry, is_first ? strtoll(entry->base, NULL, 10) : before.size, buf_text(&both));
	buf_release(&both);
}

/* The same act of the same person, about the same. */
static bool is_same(const struct entry *one, const struct entry *other)
{
	return one->action == other->action && strcmp(one->place.form, other->place.form) == 0 && strcmp(one->place.person, other->place.person) == 0 &&
	       strcmp(one->place.release, other->place.release) == 0 && (!one->action->about || strcmp(one->memo, other->memo) == 0);
}

static bool is_by(const struct act_in *in, const char *person)
{
	return in->record && in->record->me && strcmp(in->record->me->id, person) == 0;
}

/* The same act on the record as it is now. */
static void look_again(struct entry *entry, const struct act_in *in)
{
	const struct draft_place place = entry->place;
	struct act_in here = *in;
	char rule[sizeof entry->rule], memo[sizeof entry->memo];

	/* Its own words, as long as it is about the same: those in `in` may be another's. */
	here.rule = entry->in.rule ? keep(rule, sizeof rule, entry->rule) : NULL;
	here.memo = entry->in.memo ? keep(memo, sizeof memo, entry->memo) : NULL;
	if (entry->is_barred || entry->is_outdated)
		entry->problem[0] = '\0';
	entry->is_outdated = false;
	entry_bind(entry, &here);
	entry->place = place;
	entry_offer(entry);
	entry_ask(entry);
	entry_look(entry);
}

bool entry_renew(struct entry *entry, const struct action *action, const struct act_in *in)
{
	struct entry next = { .action = action };
	bool had_consent;

	if (action) {
		entry_bind(&next, in);
		entry_place_draft(&next);
	}
	if (entry->action && action && is_same(&next, entry)) {
		look_again(entry, in);
		entry->is_held = false;
		return true;
	}
	if (entry->action && entry->is_touched && is_by(in, entry->place.person)) {
		look_again(entry, in);
		if (!entry->is_held)
			(void)entry_empty_consent(entry);
		entry->is_held = true;
		return false;
	}
	had_consent = entry->action && entry_empty_consent(entry);
	entry_close(entry);
	if (action)
		entry_open(entry, action, in);
	if (action && had_consent && !entry->is_barred)
		snprintf(entry->problem, sizeof entry->problem, "What stood here was replaced meanwhile by what stands here now: read it before you say that it is meant.");
	return true;
}
