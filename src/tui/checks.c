#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/checks.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/checks.h>
#include <gonogo/tui/list.h>
#include <gonogo/tui/steps.h>

enum { BY_CHECKLIST, BY_NEED, BY_TIME };
static const struct word words_orders[] = {
	{ BY_CHECKLIST, "checklist", "by checklist" },
	{ BY_NEED, "needs-you", "what waits for you first, then what else is open" },
	{ BY_TIME, "newest", "what was said last first" },
	{ 0, NULL, NULL },
};
static const struct word words_left[] = {
	{ LIST_ALL, "all", "all" },
	{ LIST_MINE, "mine", "what waits for you" },
	{ LIST_BLOCKED, "blocked", "what forbids to promote" },
	{ LIST_STALE, "stale", "what was said and counts no longer" },
	{ 0, NULL, NULL },
};

/* --- which of them are left, in which order --- */

static bool has_words(const struct check *check, const char *words)
{
	const char *const texts[] = { check->finding->id, check->question, step_title(check->finding->id), check->word, check->who };

	return text_has_words(words, texts, sizeof texts / sizeof *texts);
}

static bool begins(const char *text, const char *with)
{
	return !with || (text && strncasecmp(text, with, strlen(with)) == 0);
}

static bool is_stale(const struct check *check)
{
	return check->is_answered && (check->finding->state == FINDING_STALE || check->finding->state == FINDING_UNANSWERED);
}

static bool is_left(const struct list *list, const struct check *check)
{
	if ((list->saved == LIST_MINE && !check->waits_for_me) || (list->saved == LIST_BLOCKED && !check->finding->blocks) ||
	    (list->saved == LIST_STALE && !is_stale(check)))
		return false;
	return has_words(check, list->words) && begins(step_title(check->finding->id), list_value(list, "list")) &&
	       begins(check->word, list_value(list, "answer")) && begins(check->who, list_value(list, "who"));
}

/* What waits for you, what else is open now, what is due later, what is settled. */
static int need_of(const struct check *check)
{
	if (check->waits_for_me)
		return 0;
	if (finding_is_settled(check->finding) || check->is_past)
		return 3;
	return check->is_due ? 1 : 2;
}

/* Steps as the walk has them, within a step the order of the rules: the checks of a record lie in one array. */
static int by_checklist(const struct check *a, const struct check *b)
{
	const size_t left = step_place(a->finding->id), right = step_place(b->finding->id);

	if (left != right)
		return left < right ? -1 : 1;
	return a < b ? -1 : a > b;
}

static int compare_checklist(const void *a, const void *b)
{
	return by_checklist(*(const struct check *const *)a, *(const struct check *const *)b);
}

static int compare_need(const void *a, const void *b)
{
	const struct check *left = *(const struct check *const *)a, *right = *(const struct check *const *)b;
	const int difference = need_of(left) - need_of(right);

	return difference ? difference : by_checklist(left, right);
}

static int compare_time(const void *a, const void *b)
{
	const struct check *left = *(const struct check *const *)a, *right = *(const struct check *const *)b;

	if (left->at != right->at && left->at != WHEN_NONE && right->at != WHEN_NONE)
		return left->at > right->at ? -1 : 1;
	if ((left->at == WHEN_NONE) != (right->at == WHEN_NONE))
		return left->at == WHEN_NONE ? 1 : -1;
	return by_checklist(left, right);
}

static size_t choose(const struct list *list, const struct checks *checks, const struct check **out)
{
	int (*const orders[])(const void *, const void *) = { [BY_CHECKLIST] = compare_checklist, [BY_NEED] = compare_need, [BY_TIME] = compare_time };
	size_t count = 0;

	for (size_t i = 0; i < checks->count; i++)
		if (is_left(list, &checks->items[i]))
			out[count++] = &checks->items[i];
	qsort(out, count, sizeof(const struct check *), orders[list->order]);
	return count;
}

/* --- rows --- */

static enum tone tone_of(const struct check *check)
{
	if (check->finding->blocks)
		return TONE_BAD;
	if (finding_is_settled(check->finding))
		return TONE_GOOD;
	if (is_stale(check))
		return TONE_WAIT;
	return check->is_due ? TONE_OPEN : TONE_QUIET;
}

/* Group, id, what stands on record in full and in short, who, when with and without its year, question. */
static struct list_row row_of(const struct check *check, struct arena *arena)
{
	const bool is_later = !check->is_due && !check->is_past && !check->is_answered && check->finding->state == FINDING_UNANSWERED;
	char date[WHEN_TEXT_MAX] = "";
	struct list_row row = { .tone = tone_of(check), .toned = 2 };

	if (check->at != WHEN_NONE)
		when_date(check->at, date);
	row.cells[0] = step_title(check->finding->id);
	row.cells[1] = arena_str(arena, check->finding->id);
	row.cells[2] = is_later ? arena_printf(arena, "for %s", words_word(words_channel, (int)check->to)) : arena_str(arena, check->word);
	row.cells[3] = is_later ? "later" : row.cells[2];
	row.cells[4] = check->who ? arena_str(arena, check->who) : "";
	row.cells[5] = arena_str(arena, date);
	row.cells[6] = row.cells[5] && *date ? row.cells[5] + 5 : row.cells[5];
	row.cells[7] = arena_str(arena, check->question);
	return row;
}

static bool is_whole(const struct list_row *row)
{
	for (size_t i = 0; i < LIST_COLUMNS_MAX; i++)
		if (!row->cells[i])
			return false;
	return true;
}

/* All of them are at hand: a page is counted off. */
static enum err_kind put_page(const struct check *const *found, size_t count, const struct page *page, struct arena *arena, struct window_rows *out,
			      struct err *err)
{
	struct list_row *rows = arena_array(arena, count ? count : 1, sizeof *rows);
	size_t at = 0, first, last;
	enum err_kind failed = rows ? window_rows_room(out, count, arena, err) : err_memory(err);

	while (page->key && at < count && strcmp(found[at]->finding->id, page->key) != 0)
		at++;
	last = page->backward && page->key ? at : count;
	first = page->backward ? (last > page->limit ? last - page->limit : 0) : page->key && at < count ? at + 1 : 0;
	out->has_more = page->backward ? first > 0 : last - first > page->limit;
	for (; !failed && first < last && out->count < page->limit; first++) {
		rows[out->count] = row_of(found[first], arena);
		out->keys[out->count] = rows[out->count].cells[1];
		if (!is_whole(&rows[out->count++]))
			failed = err_memory(err);
	}
	out->items = rows;
	return failed;
}

/* "to stable: 2 open, 1 stale, 31 settled". */
static const char *summary_of(const struct checks *checks, struct arena *arena)
{
	const enum channel next = dossier_next(&checks->record.dossier);
	size_t open = 0, stale = 0, settled = 0;

	for (size_t i = 0; i < checks->count; i++) {
		const struct check *check = &checks->items[i];

		settled += finding_is_settled(check->finding);
		stale += check->is_due && is_stale(check);
		open += check->is_due && !is_stale(check) && !finding_is_settled(check->finding);
	}
	if (next == CHANNEL_NONE)
		return arena_printf(arena, "%zu settled", settled);
	return stale ? arena_printf(arena, "to %s: %zu open, %zu stale, %zu settled", words_word(words_channel, (int)next), open, stale, settled)
		     : arena_printf(arena, "to %s: %zu open, %zu settled", words_word(words_channel, (int)next), open, settled);
}

static enum err_kind fetch(struct session *session, const struct list *list, const struct page *page, struct arena *arena, struct window_rows *out,
			   struct err *err)
{
	const struct check **found = NULL;
	struct checks checks;
	enum err_kind failed;

	*out = (struct window_rows){ 0 };
	if (!*list_about(list))
		return ERR_NONE;
	failed = checks_load(session, list_about(list), &checks, err);
	if (!failed && !(found = arena_array(arena, checks.count + 1, sizeof(const struct check *))))
		failed = err_memory(err);
	if (!failed)
		failed = put_page(found, choose(list, &checks, found), page, arena, out, err);
	if (!failed && !(out->note = summary_of(&checks, arena)))
		failed = err_memory(err);
	checks_release(&checks);
	return failed;
}

static enum err_kind tell(struct session *session, const struct list *list, const char *key, struct buf *out, struct err *err)
{
	struct checks checks;
	enum err_kind failed = checks_load(session, list_about(list), &checks, err);
	const struct check *check = failed ? NULL : checks_of(&checks, key);

	if (check)
		failed = checks_tell(&checks, check, out, err);
	checks_release(&checks);
	return failed;
}

/* --- which release --- */

/* The one beside `from` in order of ids; "": there is none. */
static enum err_kind beside(struct session *session, const char *from, bool backward, char *out, struct err *err)
{
	const struct release_filter filter = { 0 };
	const struct page page = { .key = *from ? from : NULL, .backward = backward, .limit = 1 };
	struct release_list rows = { 0 };
	struct arena arena;
	bool has_more;
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = use_release_page(session, &filter, &page, &arena, &rows, &has_more, err);
	snprintf(out, WINDOW_KEY_MAX, "%s", !failed && rows.count ? rows.items[0].id : "");
	arena_release(&arena);
	return failed;
}

static enum err_kind needed(struct console *console, const char *from, char *out, struct err *err)
{
	const struct release_filter filter = { .needs = console->my_roles, .order = RELEASES_NEEDED, .first = console->my_roles };
	const char *found = NULL;
	struct arena arena;
	enum err_kind failed = ERR_NONE;

	arena_init(&arena, 0);
	if (console->my_roles)
		failed = use_release_needed(console->session, &filter, from, &arena, &found, err);
	snprintf(out, WINDOW_KEY_MAX, "%s", found ? found : "");
	arena_release(&arena);
	return failed;
}

/* Nothing was selected anywhere: what waits for who sits here, else the first there is. */
static enum err_kind begin_with_mine(struct screen *screen, struct err *err)
{
	struct list *list = screen->state;
	enum err_kind failed = needed(screen->console, "", list->about, err);

	return failed || *list->about ? failed : beside(screen->console->session, "", false, list->about, err);
}

static enum err_kind load(struct screen *screen, struct err *err)
{
	const struct list *list = screen->state;
	enum err_kind failed = *list->about ? ERR_NONE : begin_with_mine(screen, err);

	return failed ? failed : list_load(screen, err);
}

static enum err_kind turn_to(struct screen *screen, const char *release, const char *none)
{
	if (!*release) {
		console_say(screen->console, TONE_QUIET, "%s", none);
		return ERR_NONE;
	}
	list_turn_to(screen->state, release);
	screen->is_stale = true;
	return ERR_NONE;
}

enum err_kind checks_go_previous(struct screen *screen, struct err *err)
{
	char release[WINDOW_KEY_MAX];
	enum err_kind failed = beside(screen->console->session, list_about(screen->state), true, release, err);

	return failed ? failed : turn_to(screen, release, "This is the first release.");
}

enum err_kind checks_go_next(struct screen *screen, struct err *err)
{
	char release[WINDOW_KEY_MAX];
	enum err_kind failed = beside(screen->console->session, list_about(screen->state), false, release, err);

	return failed ? failed : turn_to(screen, release, "This is the last release.");
}

enum err_kind checks_go_needed(struct screen *screen, struct err *err)
{
	char release[WINDOW_KEY_MAX];
	enum err_kind failed = needed(screen->console, list_about(screen->state), release, err);

	return failed ? failed : turn_to(screen, release, "No other release waits for you.");
}

static const struct screen_kind screen_kind = { .title = "Checklists", .pane = PANE_CHECKS, .load = load, .rule = list_selected, .bars = list_bars, LIST_ROWS };
static const struct list_column columns[] = {
	{ "CHECKLIST", 14, 76, 0, true }, { "CHECK", 8, 0, 0, false },	{ "ANSWER", 14, 76, 0, false },	 { "ANSWER", 12, 0, 75, false },
	{ "WHO", 8, 56, 0, false },	  { "WHEN", 11, 96, 0, false }, { "WHEN", 6, 56, 95, false }, { "QUESTION", 0, 0, 0, false },
	{ NULL, 0, 0, 0, false },
};
static const char *const fields[] = { "release", "list", "answer", "who", NULL };
static const struct list_kind kind = { .screen = &screen_kind, .name = "Checklists", .row = "", .hint = "Enter: all of it", .columns = columns, .fields = fields,
				       .view = "checks", .orders = words_orders, .saved = words_left, .is_of_release = true, .fetch = fetch, .tell = tell,
				       .empty = "There is no release yet whose checks could stand here. 1 says how to begin." };

enum err_kind checks_open(struct console *console, struct err *err)
{
	return list_open(console, &kind, NULL, err);
}

void checks_arrive(struct console *console, const char *release)
{
	struct screen *top = console_top(console);

	if (!top || top->kind != &screen_kind || strcmp(list_about(top->state), release) == 0)
		return;
	list_turn_to(top->state, release);
	top->is_stale = true;
}
