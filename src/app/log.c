#include <config.h>

#include <stdio.h>
#include <string.h>

#include <gonogo/app/record.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/io.h>
#include <gonogo/base/text.h>
#include <gonogo/core/kinds.h>

const struct word words_log_form[] = {
	{ LOG_SENTENCES, "sentences", "Sentences, one entry a line" },
	{ LOG_FACTS, "facts", "Facts as JSON, with hashes and signatures" },
	{ 0, NULL, NULL },
};

/* Facts read at a time while words are looked for: the store knows no sentences. */
enum { LOG_STRIDE = 500 };

/* An empty trail is an answer about what is there; of what is not there nothing can be said. */
static enum err_kind check_named(struct session *s, const struct log_filter *filter, struct err *err)
{
	struct record record;
	const struct registry *registry = &record.dossier.registry;
	enum err_kind failed = record_load(s, filter->release, WHEN_NONE, true, &record, err);

	if (!failed && filter->tenant && strcmp(filter->tenant, "*") != 0 && !registry_tenant(registry, filter->tenant))
		failed = err_set(err, ERR_MISSING, "There is no tenant %.64s. See gonogo tenant list.", filter->tenant);
	if (!failed && filter->actor && !registry_person(registry, filter->actor))
		failed = err_set(err, ERR_MISSING, "Nobody is enrolled as %.64s. See gonogo person list.", filter->actor);
	record_release(&record);
	return failed;
}

static bool has_words(const char *words, const struct fact *fact, const char *sentence)
{
	const char *const texts[] = { sentence, fact->kind, fact->release, fact->tenant };

	return text_has_words(words, texts, sizeof texts / sizeof *texts);
}

struct gathering { struct session *session; const char *words; struct arena *arena; struct fact *facts; const char **sentences; size_t count, fact_room, sentence_room, wanted; };

static enum err_kind gather(struct gathering *to, const struct fact *fact, struct arena *scratch, struct err *err)
{
	const char *sentence;
	enum err_kind failed = fact_check(fact, err);

	if (failed)
		return failed;
	sentence = kinds_sentence(fact, scratch);
	if (!sentence)
		return err_memory(err);
	if (!has_words(to->words, fact, sentence))
		return ERR_NONE;
	to->facts = arena_room(to->arena, to->facts, to->count, &to->fact_room, sizeof *to->facts);
	to->sentences = arena_room(to->arena, to->sentences, to->count, &to->sentence_room, sizeof *to->sentences);
	if (!to->facts || !to->sentences)
		return err_memory(err);
	to->sentences[to->count] = arena_str(to->arena, sentence);
	if (!to->sentences[to->count])
		return err_memory(err);
	return fact_copy(fact, to->arena, &to->facts[to->count++], err);
}

/* One stride; moves the filter behind it.  *has_more: the trail may go on. */
static enum err_kind stride(struct gathering *to, struct log_filter *filter, bool *has_more, struct err *err)
{
	struct fact_list found = { 0 };
	struct arena scratch;
	enum err_kind failed;

	arena_init(&scratch, 0);
	failed = ledger_log(to->session->store, filter, &scratch, &found, err);
	for (size_t i = 0; !failed && i < found.count && to->count < to->wanted; i++)
		failed = gather(to, &found.items[filter->after ? found.count - 1 - i : i], &scratch, err);
	*has_more = found.count == filter->limit && to->count < to->wanted;
	if (!failed && found.count && filter->after)
		filter->after = found.items[0].seq;
	else if (!failed && found.count)
		filter->before = found.items[found.count - 1].seq;
	arena_release(&scratch);
	return failed;
}

/* Upward the nearest came first. */
static void turn(struct gathering *page)
{
	for (size_t i = 0, j = page->count; i + 1 < j; i++) {
		const struct fact fact = page->facts[i];
		const char *sentence = page->sentences[i];

		page->facts[i] = page->facts[--j];
		page->sentences[i] = page->sentences[j];
		page->facts[j] = fact;
		page->sentences[j] = sentence;
	}
}

enum err_kind use_log(struct session *s, const struct log_filter *filter, const char *words, struct arena *arena, struct log_page *out, struct err *err)
{
	struct gathering page = { .session = s, .words = words ? words : "", .arena = arena, .wanted = filter->limit ? filter->limit : (size_t)LEDGER_PAGE_MAX };
	struct log_filter next = *filter;
	bool has_more = true;
	enum err_kind failed = ERR_NONE;

	*out = (struct log_page){ 0 };
	next.limit = page.wanted < LOG_STRIDE && !*page.words ? page.wanted : LOG_STRIDE;
	while (!failed && has_more)
		failed = stride(&page, &next, &has_more, err);
	if (!failed && !page.count)
		failed = check_named(s, filter, err);
	if (failed)
		return failed;
	if (filter->after)
		turn(&page);
	*out = (struct log_page){ page.facts, page.sentences, page.count };
	return ERR_NONE;
}

void log_page_write(const struct log_page *page, enum log_form form, struct buf *out)
{
	char at[WHEN_TEXT_MAX];

	for (size_t i = 0; i < page->count; i++) {
		const struct fact *fact = &page->facts[i];

		if (form == LOG_FACTS)
			fact_json(fact, out);
		else
			buf_printf(out, "%6lld  %s  %s%s\n", (long long)fact->seq, when_format(fact->at, at), page->sentences[i], *fact->sig ? "" : "  (unsigned)");
	}
}

enum err_kind use_log_export(struct session *s, const struct log_filter *filter, const char *words, enum log_form form, const char *path, size_t *count,
			     struct err *err)
{
	struct log_filter next = *filter;
	struct buf text = BUF_EMPTY;
	struct log_page page;
	struct arena arena;
	enum err_kind failed;

	*count = 0;
	do {
		const size_t left = filter->limit ? filter->limit - *count : LOG_STRIDE;

		next.limit = left < LOG_STRIDE ? left : LOG_STRIDE;
		arena_init(&arena, 0);
		failed = use_log(s, &next, words, &arena, &page, err);
		if (!failed && page.count) {
			log_page_write(&page, form, &text);
			next.before = page.facts[page.count - 1].seq;
			*count += page.count;
			failed = buf_check(&text, err);
		}
		arena_release(&arena);
	} while (!failed && page.count == next.limit && *count != filter->limit);
	arena_init(&arena, 0);
	if (!failed && !*count)
		failed = err_set(err, ERR_MISSING, "No entry is left by the filter: nothing was written.");
	if (!failed)
		failed = io_write_new(path, buf_text(&text), text.size, 0644, &arena, err);
	arena_release(&arena);
	buf_release(&text);
	return failed;
}
