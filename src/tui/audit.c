#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <gonogo/core/kinds.h>
#include <gonogo/tui/audit.h>
#include <gonogo/tui/textview.h>

#include "audit_state.h"

enum { SCAN_ROWS = 500 };

/* --- what is left of the trail --- */

static const char *value_of(const struct audit *audit, enum audit_term term)
{
	return *audit->terms[term].value ? audit->terms[term].value : NULL;
}

static enum err_kind filter_of(const struct audit *audit, struct log_filter *out, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	*out = (struct log_filter){ .release = value_of(audit, AUDIT_RELEASE), .tenant = value_of(audit, AUDIT_TENANT), .actor = value_of(audit, AUDIT_ACTOR),
				    .kind = value_of(audit, AUDIT_KIND), .since = WHEN_NONE };
	if (value_of(audit, AUDIT_SINCE))
		failed = when_parse("since:", value_of(audit, AUDIT_SINCE), &out->since, err);
	if (!failed && out->kind && !kind_find(out->kind))
		failed = err_set(err, ERR_USAGE, "There is no kind of fact %.60s; memo.signed is one.", out->kind);
	return failed;
}

/* Is every word somewhere in the sentence, the kind or the ids?  Case is no difference. */
static bool has_words(const char *words, const struct fact *fact, const char *sentence)
{
	char word[TEXT_LINE_MAX + 1];

	for (; *words; words += strspn(words, " ")) {
		const size_t size = strcspn(words, " ");

		snprintf(word, sizeof word, "%.*s", (int)size, words);
		if (!strcasestr(sentence, word) && !strcasestr(fact->kind, word) && !strcasestr(fact->release, word) && !strcasestr(fact->tenant, word))
			return false;
		words += size;
	}
	return true;
}

struct gathering { struct arena *arena; struct audit_row *rows; const char **keys; size_t count, room, key_room; };

static enum err_kind gather(struct gathering *to, const struct fact *fact, const char *sentence, struct err *err)
{
	to->rows = arena_room(to->arena, to->rows, to->count, &to->room, sizeof *to->rows);
	to->keys = arena_room(to->arena, to->keys, to->count, &to->key_room, sizeof *to->keys);
	if (!to->rows || !to->keys)
		return err_memory(err);
	to->rows[to->count] = (struct audit_row){ *fact, sentence };
	to->keys[to->count] = arena_printf(to->arena, "%lld", (long long)fact->seq);
	return to->keys[to->count++] ? ERR_NONE : err_memory(err);
}

/* Pages of the trail until the window is full; with words it may take more than one.  Backward the rows come nearest first, and are turned at the end. */
static enum err_kind scan(struct session *session, const struct audit *audit, const struct page *page, struct log_filter *filter, struct gathering *to,
			  bool *has_more, struct err *err)
{
	const size_t wanted = page->limit + 1;

	for (;;) {
		struct log_page found;
		enum err_kind failed;

		filter->limit = *audit->words ? SCAN_ROWS : wanted;
		failed = use_log(session, filter, to->arena, &found, err);
		for (size_t i = 0; !failed && i < found.count && to->count < wanted; i++) {
			const size_t at = page->backward ? found.count - 1 - i : i;

			if (has_words(audit->words, &found.facts[at], found.sentences[at]))
				failed = gather(to, &found.facts[at], found.sentences[at], err);
		}
		if (failed)
			return failed;
		*has_more = to->count == wanted;
		if (*has_more || found.count < filter->limit)
			break;
		if (page->backward)
			filter->after = found.facts[0].seq;
		else
			filter->before = found.facts[found.count - 1].seq;
	}
	to->count -= *has_more;
	return ERR_NONE;
}

static void turn(struct gathering *rows)
{
	for (size_t i = 0, j = rows->count; i + 1 < j; i++) {
		const struct audit_row row = rows->rows[i];
		const char *key = rows->keys[i];

		rows->rows[i] = rows->rows[--j];
		rows->rows[j] = row;
		rows->keys[i] = rows->keys[j];
		rows->keys[j] = key;
	}
}

/* From the end of the trail backward: after fact 0 there is every fact, but 0 is no filter. */
static void place_page(const struct page *page, struct log_filter *filter)
{
	const int64_t seq = page->key ? strtoll(page->key, NULL, 10) : 0;

	if (page->backward)
		filter->after = seq ? seq : -1;
	else
		filter->before = seq;
}

static enum err_kind fetch(struct screen *screen, const struct page *page, struct arena *arena, struct window_rows *out, struct err *err)
{
	struct audit *audit = screen->state;
	struct gathering gathered = { .arena = arena };
	struct log_filter filter;
	bool has_more = false;
	enum err_kind failed;

	*out = (struct window_rows){ 0 };
	if (*audit->problem)
		return ERR_NONE;
	failed = filter_of(audit, &filter, err);
	if (failed)
		return failed;
	place_page(page, &filter);
	failed = scan(screen->console->session, audit, page, &filter, &gathered, &has_more, err);
	/* Somebody who is not enrolled, a release that is not there: nothing is left, and the sentence says why. */
	if (failed == ERR_MISSING) {
		snprintf(audit->problem, sizeof audit->problem, "%.1000s", err->text);
		return ERR_NONE;
	}
	if (page->backward)
		turn(&gathered);
	*out = (struct window_rows){ .items = gathered.rows, .keys = gathered.keys, .count = gathered.count, .has_more = has_more };
	return failed;
}

static void read_filter(struct audit *audit)
{
	struct log_filter filter;
	struct err err = { 0 };

	audit->problem[0] = '\0';
	if (filter_read(filter_text(&audit->filter), audit->terms, AUDIT_TERMS, audit->words, sizeof audit->words, &err) != ERR_NONE ||
	    filter_of(audit, &filter, &err) != ERR_NONE)
		snprintf(audit->problem, sizeof audit->problem, "%.1000s", err.text);
}

/* --- the pane --- */

static enum err_kind tell_selected(struct screen *screen, struct err *err)
{
	struct audit *audit = screen->state;
	struct log_entry entry;
	struct arena arena;
	enum err_kind failed;

	snprintf(audit->entry_key, sizeof audit->entry_key, "%s", audit->window.selected);
	buf_clear(&audit->entry);
	arena_init(&arena, 0);
	failed = use_log_entry(screen->console->session, strtoll(audit->entry_key, NULL, 10), &arena, &entry, err);
	if (!failed)
		log_entry_tell(&entry, &audit->entry);
	arena_release(&arena);
	return failed;
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	struct audit *audit = screen->state;

	audit->entry_key[0] = '\0';
	read_filter(audit);
	return window_load(&audit->window, screen, audit_height(screen->console->rows), err);
}

static bool idle(struct screen *screen)
{
	struct audit *audit = screen->state;
	struct err err;

	if (!audit->window.rows.count || strcmp(audit->entry_key, audit->window.selected) == 0)
		return false;
	if (tell_selected(screen, &err) != ERR_NONE)
		console_say(screen->console, TONE_BAD, "%s", err.text);
	return true;
}

static bool key(struct screen *screen, struct key pressed)
{
	struct audit *audit = screen->state;
	const enum filter_result result = filter_key(&audit->filter, pressed);
	struct err err;

	if (result == FILTER_CHANGED) {
		read_filter(audit);
		if (window_restart(&audit->window, screen, &err) != ERR_NONE)
			console_say(screen->console, TONE_BAD, "%s", err.text);
	}
	return result != FILTER_UNUSED;
}

static bool is_typing(const struct screen *screen)
{
	return ((const struct audit *)screen->state)->filter.is_open;
}

static struct window *window_of(const struct screen *screen)
{
	return &((struct audit *)screen->state)->window;
}

static struct filter *filter_here(const struct screen *screen)
{
	return &((struct audit *)screen->state)->filter;
}

static void free_audit(void *state)
{
	struct audit *audit = state;

	window_release(&audit->window);
	filter_release(&audit->filter);
	buf_release(&audit->entry);
	free(audit);
}

static const struct screen_kind kind = { .title = "Audit", .pane = PANE_AUDIT, .load = load, .draw = audit_draw, .key = key, .idle = idle, .is_typing = is_typing,
					 .window = window_of, .filter = filter_here, .free = free_audit };

enum err_kind audit_go_open(struct screen *screen, struct err *err)
{
	static const char *const names[AUDIT_TERMS] = { "release", "tenant", "actor", "kind", "since" };
	struct audit *audit = calloc(1, sizeof *audit);

	if (audit) {
		window_init(&audit->window, fetch);
		filter_init(&audit->filter);
		for (size_t i = 0; i < AUDIT_TERMS; i++)
			audit->terms[i].name = names[i];
	}
	return console_push(screen->console, &kind, audit, err);
}

enum err_kind audit_go_entry(struct screen *screen, struct err *err)
{
	struct audit *audit = screen->state;
	struct buf text = BUF_EMPTY;
	char title[96];
	enum err_kind failed = audit->window.rows.count ? tell_selected(screen, err) : err_set(err, ERR_REFUSED, "No entry is selected.");

	if (failed)
		return failed;
	snprintf(title, sizeof title, "Entry %s", audit->entry_key);
	buf_str(&text, buf_text(&audit->entry));
	return textview_open(screen->console, title, PANE_TEXT, &text, err);
}
