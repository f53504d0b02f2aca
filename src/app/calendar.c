#include <config.h>

#include <stdlib.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/app/uses.h>
#include <gonogo/base/text.h>

/* Nobody reads further than that. */
enum { CALENDAR_MOST = 200, SIGNERS_MAX = 192 };

/* Whose approval and signature the transition still lacks, each with its rule. */
static enum err_kind list_signers(const struct verdict *verdict, struct arena *arena, const char **out, struct err *err)
{
	struct buf list = BUF_EMPTY;
	char who[SIGNERS_MAX];
	enum err_kind failed;

	for (size_t i = 0; i < verdict->findings.count; i++) {
		const struct finding *finding = &verdict->findings.items[i];

		if (finding->rule->how != RULE_APPROVAL || finding_is_settled(finding))
			continue;
		buf_printf(&list, "%s%s (%s)", list.size ? ", " : "", finding_who(finding, who, sizeof who), finding->id);
	}
	failed = buf_check(&list, err);
	*out = failed ? NULL : arena_str(arena, buf_text(&list));
	buf_release(&list);
	return failed || *out ? failed : err_memory(err);
}

static enum err_kind note(struct session *s, const char *release, struct arena *arena, struct calendar *out, struct err *err)
{
	struct record record;
	struct verdict verdict;
	struct release_line line;
	struct calendar_entry *entry = &out->entries[out->count];
	enum err_kind failed = use_release_line(s, release, &record, &verdict, &line, err);

	if (!failed && !standing_is_past(&line)) {
		*entry = (struct calendar_entry){ .release = arena_str(arena, line.id), .from = verdict.from, .to = verdict.to, .opens = line.earliest,
						  .stable = line.stable_earliest, .who = arena_str(arena, line.who), .verdict = line.verdict, .needs_me = line.needs_me };
		entry->waits = entry->opens != WHEN_NONE && entry->opens > out->now;
		failed = entry->release && entry->who ? list_signers(&verdict, arena, &entry->signers, err) : err_memory(err);
		out->count += !failed;
	}
	record_release(&record);
	return failed;
}

/* What time keeps closed comes first and in its order; the rest as it came. */
static int by_opening(const void *a, const void *b)
{
	const struct calendar_entry *left = a, *right = b;

	if (left->waits != right->waits)
		return left->waits ? -1 : 1;
	if (left->waits && left->opens != right->opens)
		return left->opens < right->opens ? -1 : 1;
	return strcmp(left->release, right->release);
}

enum err_kind use_calendar(struct session *s, struct arena *arena, struct calendar *out, struct err *err)
{
	const struct release_filter filter = { .channel = CHANNEL_NONE, .open = RELEASES_OPEN, .order = RELEASES_OPENING };
	const struct page page = { .limit = CALENDAR_MOST };
	struct release_list list;
	enum err_kind failed = use_release_page(s, &filter, &page, arena, &list, &out->has_more, err);

	if (failed)
		return failed;
	out->now = s->clock.now(s->clock.context);
	out->count = 0;
	out->entries = arena_array(arena, list.count + 1, sizeof *out->entries);
	if (!out->entries)
		return err_memory(err);
	for (size_t i = 0; !failed && i < list.count; i++)
		failed = note(s, list.items[i].id, arena, out, err);
	if (!failed)
		qsort(out->entries, out->count, sizeof *out->entries, by_opening);
	return failed;
}

/* --- as lines for people --- */

static void tell_entry(const struct calendar_entry *entry, struct buf *out)
{
	char at[WHEN_TEXT_MAX], stable[WHEN_TEXT_MAX];

	if (entry->waits)
		buf_printf(out, "  %.5sZ  ", when_format(entry->opens, at) + 11);
	else
		buf_printf(out, "  %-7s ", words_title(words_verdict, (int)entry->verdict));
	buf_printf(out, "%s: %s to %s%s\n", entry->release, words_word(words_channel, (int)entry->from), words_word(words_channel, (int)entry->to),
		   entry->waits ? " opens" : "");
	if (*entry->signers)
		buf_printf(out, "          to sign: %s\n", entry->signers);
	if (!entry->waits)
		buf_printf(out, "          next: %s\n", entry->who);
	if (entry->stable != WHEN_NONE && entry->to != CHANNEL_STABLE)
		buf_printf(out, "          stable on %s at the earliest\n", when_date(entry->stable, stable));
}

void calendar_tell(const struct calendar *calendar, struct buf *out)
{
	char day[WHEN_TEXT_MAX] = "", date[WHEN_TEXT_MAX], echo[WHEN_ECHO_MAX];
	bool is_now = false;

	for (size_t i = 0; i < calendar->count; i++) {
		const struct calendar_entry *entry = &calendar->entries[i];

		if (entry->waits && strcmp(when_date(entry->opens, date), day) != 0) {
			buf_printf(out, "%s%s %s\n", i ? "\n" : "", date, when_day_echo(entry->opens - entry->opens % WHEN_DAY_S, calendar->now, echo));
			memcpy(day, date, sizeof day);
		} else if (!entry->waits && !is_now) {
			buf_printf(out, "%sWhen somebody does it: no time is missing\n", i ? "\n" : "");
			is_now = true;
		}
		tell_entry(entry, out);
	}
	if (!calendar->count)
		buf_str(out, "No release is on its way.\n");
	if (calendar->has_more)
		buf_printf(out, "\nOnly the first %d releases are listed.\n", CALENDAR_MOST);
}
