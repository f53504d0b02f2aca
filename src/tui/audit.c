#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/app/uses.h>
#include <gonogo/core/kinds.h>
#include <gonogo/tui/audit.h>
#include <gonogo/tui/list.h>
#include <gonogo/tui/textview.h>

static const char *const fields[] = { "release", "tenant", "actor", "kind", "since", "until", NULL };

static const char *value_of(const struct audit_question *question, const char *field)
{
	for (size_t i = 0; fields[i]; i++)
		if (strcmp(fields[i], field) == 0)
			return *question->terms[i].value ? question->terms[i].value : NULL;
	return NULL;
}

enum err_kind audit_ask(const char *text, struct audit_question *out, struct err *err)
{
	size_t count = 0;
	enum err_kind failed;

	*out = (struct audit_question){ .log.since = WHEN_NONE };
	for (; fields[count]; count++)
		out->terms[count].name = fields[count];
	failed = filter_read(text, out->terms, count, out->words, sizeof out->words, err);
	out->log.release = value_of(out, "release");
	out->log.tenant = value_of(out, "tenant");
	out->log.actor = value_of(out, "actor");
	out->log.kind = value_of(out, "kind");
	if (!failed && value_of(out, "since"))
		failed = when_parse("since:", value_of(out, "since"), &out->log.since, err);
	if (!failed && value_of(out, "until"))
		failed = when_parse_end("until:", value_of(out, "until"), &out->log.until, err);
	if (!failed && out->log.kind && !kind_find(out->log.kind))
		failed = err_set(err, ERR_USAGE, "There is no kind of fact %.60s; memo.signed is one.", out->log.kind);
	return failed;
}

static enum err_kind check(const struct list *list, struct err *err)
{
	struct audit_question question;

	return audit_ask(filter_text(&list->filter), &question, err);
}

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

/* From the end of the trail backward: after fact 0 there is every fact, but 0 is no filter. */
static void place_page(const struct page *page, struct log_filter *filter)
{
	const int64_t seq = page->key ? strtoll(page->key, NULL, 10) : 0;

	if (page->backward)
		filter->after = seq ? seq : -1;
	else
		filter->before = seq;
}

/* One more than the page holds says whether there is more: the farthest, which is the first where the page goes back to what is newer. */
static enum err_kind fetch(struct session *session, const struct list *list, const struct page *page, struct arena *arena, struct window_rows *out,
			   struct err *err)
{
	struct audit_question question;
	struct log_page found;
	struct list_row *rows;
	const char **keys;
	enum err_kind failed = audit_ask(filter_text(&list->filter), &question, err);

	place_page(page, &question.log);
	question.log.limit = page->limit + 1;
	if (!failed)
		failed = use_log(session, &question.log, question.words, arena, &found, err);
	if (failed)
		return failed;
	out->has_more = found.count > page->limit;
	out->count = found.count - out->has_more;
	rows = arena_array(arena, out->count + 1, sizeof *rows);
	keys = arena_array(arena, out->count + 1, sizeof *keys);
	if (!rows || !keys)
		return err_memory(err);
	for (size_t i = 0; i < out->count; i++) {
		const size_t at = i + (page->backward && out->has_more);

		keys[i] = arena_printf(arena, "%lld", (long long)found.facts[at].seq);
		if (!keys[i])
			return err_memory(err);
		rows[i] = row_of(arena, &found.facts[at], keys[i], found.sentences[at]);
		if (!rows[i].cells[1])
			return err_memory(err);
	}
	out->items = rows;
	out->keys = keys;
	return ERR_NONE;
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
	{ "#", 7, 0, 0, false }, { "TIME (UTC)", 18, 76, 0, false }, { "TIME (UTC)", 13, 0, 75, false }, { "RELEASE", 18, 76, 95, false }, { "RELEASE", 27, 96, 0, false }, { "WHAT", 0, 0, 0, false }, { NULL, 0, 0, 0, false },
};
static const struct list_kind kind = { .screen = &screen_kind, .name = "Audit, newest first", .row = "Entry ", .hint = "Enter: all of it", .columns = columns, .fields = fields, .view = "audit", .check = check, .fetch = fetch,
				       .tell = tell, .empty = "Nothing has been recorded." };

/* --- the whole of it checked --- */

static bool tell_progress(void *context, const char *what, int64_t done, int64_t total)
{
	char text[96];

	snprintf(text, sizeof text, "Checking the ledger: %.16s %lld of %lld. Esc gives up.", what, (long long)done, (long long)total);
	return console_busy(context, text);
}

static void tell_verification(const struct verification *found, struct buf *out)
{
	char hex[DIGEST_HEX_MAX];

	for (const char *c = words_word(words_integrity, (int)found->verdict); *c; c++)
		buf_char(out, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
	buf_printf(out, "\n\n%s\n\nFacts held against each other: %lld.\n", found->reason, (long long)found->size);
	if (found->at_seq)
		buf_printf(out, "It is fact %lld that does not hold.\n", (long long)found->at_seq);
	digest_hex(&found->head, hex);
	/* In halves, which stand unbroken on the narrowest screen too. */
	buf_printf(out, "The last of them has the hash\n  %.32s\n  %s\n", hex, hex + 32);
	buf_str(out, "\nA ledger whose end was cut off, or that was made anew, holds too. Only what was kept elsewhere shows it:\n"
		     "  gonogo checkpoint > FILE             signs how far the ledger goes\n"
		     "  gonogo verify --anchor FILE          holds it against that\n");
}

enum err_kind audit_go_verify(struct screen *screen, struct err *err)
{
	struct console *console = screen->console;
	const struct progress progress = { .tell = tell_progress, .context = console };
	struct verification found;
	struct buf text = BUF_EMPTY;
	enum err_kind failed = use_verify(console->session, NULL, 0, &progress, &found, err);

	if (failed)
		return failed;
	tell_verification(&found, &text);
	console->status[0] = '\0';
	return textview_open(console, "The ledger, checked", &text, err);
}

enum err_kind audit_open(struct console *console, struct err *err)
{
	return list_open(console, &kind, NULL, err);
}
