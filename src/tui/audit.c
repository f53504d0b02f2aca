#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/core/kinds.h>
#include <gonogo/tui/audit.h>
#include <gonogo/tui/list.h>

enum { SCAN_ROWS = 500 };

static enum err_kind filter_of(const struct list *list, struct log_filter *out, struct err *err)
{
	enum err_kind failed = ERR_NONE;

	*out = (struct log_filter){ .release = list_value(list, "release"), .tenant = list_value(list, "tenant"), .actor = list_value(list, "actor"),
				    .kind = list_value(list, "kind"), .since = WHEN_NONE };
	if (list_value(list, "since"))
		failed = when_parse("since:", list_value(list, "since"), &out->since, err);
	if (!failed && out->kind && !kind_find(out->kind))
		failed = err_set(err, ERR_USAGE, "There is no kind of fact %.60s; memo.signed is one.", out->kind);
	return failed;
}

static enum err_kind check(const struct list *list, struct err *err)
{
	struct log_filter filter;

	return filter_of(list, &filter, err);
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

struct gathering { struct arena *arena; struct list_row *rows; const char **keys; size_t count, room, key_room; };

static struct list_row row_of(struct arena *arena, const struct fact *fact, const char *key, const char *sentence)
{
	const bool has_release = strcmp(fact->release, "-") != 0;
	char at[WHEN_TEXT_MAX];
	struct list_row row = { .release = has_release ? fact->release : NULL, .toned = -1 };

	/* Number, moment, the same without its year, release, what. */
	when_format(fact->at, at);
	row.cells[0] = key;
	row.cells[1] = arena_printf(arena, "%.10s %.5sZ", at, at + 11);
	row.cells[2] = row.cells[1] ? row.cells[1] + 5 : NULL;
	row.cells[3] = row.release;
	row.cells[4] = row.release;
	row.cells[5] = sentence;
	return row;
}

static enum err_kind gather(struct gathering *to, const struct fact *fact, const char *sentence, struct err *err)
{
	const char *key = arena_printf(to->arena, "%lld", (long long)fact->seq);

	to->rows = arena_room(to->arena, to->rows, to->count, &to->room, sizeof *to->rows);
	to->keys = arena_room(to->arena, to->keys, to->count, &to->key_room, sizeof *to->keys);
	if (!to->rows || !to->keys || !key)
		return err_memory(err);
	to->rows[to->count] = row_of(to->arena, fact, key, sentence);
	to->keys[to->count] = key;
	return to->rows[to->count++].cells[1] ? ERR_NONE : err_memory(err);
}

/* Pages of the trail until the window is full; with words it may take more than one.  Backward the rows come nearest first. */
static enum err_kind scan(struct session *session, const char *words, const struct page *page, struct log_filter *filter, struct gathering *to,
			  bool *has_more, struct err *err)
{
	const size_t wanted = page->limit + 1;

	for (;;) {
		struct log_page found;
		enum err_kind failed;

		filter->limit = *words ? SCAN_ROWS : wanted;
		failed = use_log(session, filter, to->arena, &found, err);
		for (size_t i = 0; !failed && i < found.count && to->count < wanted; i++) {
			const size_t at = page->backward ? found.count - 1 - i : i;

			if (has_words(words, &found.facts[at], found.sentences[at]))
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
		const struct list_row row = rows->rows[i];
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

static enum err_kind fetch(struct session *session, const struct list *list, const struct page *page, struct arena *arena, struct window_rows *out,
			   struct err *err)
{
	struct gathering gathered = { .arena = arena };
	struct log_filter filter;
	bool has_more = false;
	enum err_kind failed = filter_of(list, &filter, err);

	if (failed)
		return failed;
	place_page(page, &filter);
	failed = scan(session, list->words, page, &filter, &gathered, &has_more, err);
	if (page->backward)
		turn(&gathered);
	*out = (struct window_rows){ .items = gathered.rows, .keys = gathered.keys, .count = gathered.count, .has_more = has_more };
	return failed;
}

static enum err_kind tell(struct session *session, const struct list *list, const char *key, struct buf *out, struct err *err)
{
	struct log_entry entry;
	struct arena arena;
	enum err_kind failed;

	(void)list;
	arena_init(&arena, 0);
	failed = use_log_entry(session, strtoll(key, NULL, 10), &arena, &entry, err);
	if (!failed)
		log_entry_tell(&entry, out);
	arena_release(&arena);
	return failed;
}

static const struct screen_kind screen_kind = { .title = "Audit", .pane = PANE_AUDIT, LIST_SCREEN };
static const struct list_column columns[] = {
	{ "#", 7, 0, 0 }, { "TIME (UTC)", 18, 76, 0 }, { "TIME (UTC)", 13, 0, 75 }, { "RELEASE", 18, 76, 95 }, { "RELEASE", 27, 96, 0 }, { "WHAT", 0, 0, 0 }, { NULL, 0, 0, 0 },
};
static const char *const fields[] = { "release", "tenant", "actor", "kind", "since", NULL };
static const struct list_kind kind = { .screen = &screen_kind, .name = "Audit, newest first", .row = "Entry ", .hint = "Enter: all of it", .columns = columns, .fields = fields, .check = check, .fetch = fetch,
				       .tell = tell, .empty = "Nothing has been recorded." };

enum err_kind audit_open(struct console *console, struct err *err)
{
	return list_open(console, &kind, NULL, err);
}
