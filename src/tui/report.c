#include <config.h>

#include <stdarg.h>
#include <string.h>

#include <gonogo/app/standing.h>
#include <gonogo/base/text.h>
#include <gonogo/tui/report.h>

enum { LABEL_WIDTH = 9, ID_WIDTH = 8, NARROW = 60, TOLD_WIDTH = 78 };

static struct report_line *add(struct report *report, enum tone tone, const char *label, const char *id, const char *fmt, ...) PRINTF_LIKE(5, 6);

static struct report_line *add(struct report *report, enum tone tone, const char *label, const char *id, const char *fmt, ...)
{
	struct report_line *items = arena_room(report->arena, report->items, report->count, &report->room, sizeof *items);
	va_list args;

	if (!items)
		return NULL;
	report->items = items;
	va_start(args, fmt);
	/* Ids of family members are the verdict's, which goes before the report does. */
	items[report->count] = (struct report_line){ .tone = tone, .label = label, .id = arena_str(report->arena, id),
						     .text = arena_vprintf(report->arena, fmt, args) };
	va_end(args);
	return items[report->count].text && (items[report->count].id || !id) ? &items[report->count++] : NULL;
}

/* What halted it, and what would lift it. */
static bool add_halt(struct report *report, const struct dossier *d)
{
	const bool is_decided = d->evaluation.source.seq > d->last_sev1_seq && d->evaluation.decision == EVALUATION_ROLLBACK;

	for (size_t i = 0; i < d->incident_count; i++) {
		const struct incident *incident = &d->incidents[i];

		if (incident->concern_seq && incident->sev1_seq &&
		    !add(report, TONE_BAD, NULL, NULL, "HALTED by %s, SEV-%d, %s: %s", incident->id, incident->severity,
			 incident->resolved.seq ? "resolved" : "open", incident->summary))
			return false;
	}
	return add(report, TONE_BAD, NULL, NULL,
		   is_decided ? "%s decided to roll it back; the halt stays until that is finished (CHN-6)." :
				"Until the rollback evaluation is recorded (CHN-6)%s.",
		   is_decided ? d->evaluation.source.actor : "") != NULL;
}

static bool add_conditions(struct report *report, const struct dossier *d)
{
	char at[WHEN_TEXT_MAX];

	if (dossier_is_rolling_back(d) && !add(report, TONE_BAD, NULL, NULL, "ROLLING BACK since %s: nobody may be served it (RBK-1).",
					       when_format(d->run.started.at, at)))
		return false;
	if (dossier_is_halted(d) && !add_halt(report, d))
		return false;
	if (dossier_is_killed(d) && !add(report, TONE_BAD, NULL, NULL, "KILLED for %s since %s: %s (KSW-6).",
					 strcmp(d->kills[0].tenant, "*") == 0 ? "every tenant" : d->kills[0].tenant, when_format(d->kills[0].source.at, at),
					 d->kills[0].reason))
		return false;
	return true;
}

static bool add_timeline(struct report *report, const struct record *record, const struct verdict *verdict, const struct release_line *line)
{
	struct report_line *added;
	char when[WHEN_TEXT_MAX];

	timeline_of(record, verdict, line, &report->timeline);
	if (!report->timeline.count)
		return add(report, TONE_PLAIN, NULL, NULL, "%s since %s; it was in no channel yet.", words_title(words_state, (int)line->state),
			   when_format(line->entered, when)) != NULL;
	if (standing_is_past(line) &&
	    !add(report, TONE_PLAIN, NULL, NULL, "%s since %s.", words_title(words_state, (int)line->state), when_format(line->entered, when)))
		return false;
	added = add(report, TONE_PLAIN, NULL, NULL, "%s", "");
	if (added)
		added->is_timeline = true;
	return added != NULL;
}

/* "Switch armed, tested 20d ago in dev: pass": what would take it away, and how long it is known to work. */
static const char *switch_words(const struct record *record, char *out, size_t size)
{
	const struct dossier *d = &record->dossier;
	const struct switch_test *test = d->test_count ? &d->tests[d->test_count - 1] : NULL;
	const char *state = dossier_is_killed(d) ? "killed" : d->definition_source.seq ? "armed" : "not defined";
	char age[WHEN_SPAN_MAX];

	if (test)
		snprintf(out, size, "Switch %s, tested %s ago in %.32s: %s", state, when_span_short(record->now - test->source.at, age), test->environment,
			 words_word(words_result, (int)test->result));
	else
		snprintf(out, size, "Switch %s, never tested", state);
	return out;
}

static bool add_exposure(struct report *report, const struct record *record)
{
	const struct registry *registry = &record->dossier.registry;
	char reason[SERVING_REASON_MAX], words[160];
	size_t exposed = 0, out = 0;

	for (size_t i = 0; i < registry->tenant_count; i++) {
		exposed += serving_allowed(&record->dossier, &registry->tenants[i], reason);
		out += registry->tenants[i].is_opted_out;
	}
	switch_words(record, words, sizeof words);
	if (out)
		return add(report, TONE_PLAIN, NULL, NULL, "Tenants exposed %zu of %zu, %zu opted out. %s.", exposed, registry->tenant_count, out, words) != NULL;
	return add(report, TONE_PLAIN, NULL, NULL, "Tenants exposed %zu of %zu. %s.", exposed, registry->tenant_count, words) != NULL;
}

static bool add_head(struct report *report, const struct record *record, const struct verdict *verdict, const struct release_line *line)
{
	const struct dossier *d = &record->dossier;
	char when[WHEN_TEXT_MAX];
	const size_t settled = verdict->findings.count - verdict->unmet;

	const char *owner = d->plan.owner ? d->plan.owner : "nobody yet";

	if (!add(report, TONE_PLAIN, NULL, NULL, "%s%s. Owner: %.*s.", words_title(words_class, (int)d->class), d->class_locked ? ", locked" : "",
		 (int)strcspn(owner, ","), owner))
		return false;
	if (d->manifest.description && !add(report, TONE_PLAIN, NULL, NULL, "%s", d->manifest.description))
		return false;
	if (!add_timeline(report, record, verdict, line) || !add_conditions(report, d) || !add_exposure(report, record))
		return false;
	if (standing_is_past(line))
		return add(report, TONE_QUIET, NULL, NULL, "There is no further channel.") != NULL;
	if (!add(report, TONE_TITLE, NULL, NULL, "Gate %s -> %s: %s, %zu of %zu rules met.", words_word(words_channel, (int)verdict->from),
		 words_word(words_channel, (int)verdict->to), words_title(words_verdict, (int)verdict->verdict), settled, verdict->findings.count))
		return false;
	if (verdict->stable_earliest != WHEN_NONE &&
	    !add(report, TONE_QUIET, NULL, NULL, "Stable at the earliest %s.",
		 verdict->stable_earliest <= record->now ? "now, as far as time goes" : when_format(verdict->stable_earliest, when)))
		return false;
	return true;
}

static enum tone tone_of(const struct finding *finding)
{
	if (finding_is_settled(finding))
		return TONE_GOOD;
	return finding->blocks ? TONE_BAD : finding->is_time_only ? TONE_WAIT : TONE_OPEN;
}

/* The walk asks for most of it; what no key does is done from a shell. */
static bool add_next(struct report *report, const struct act_in *in, const struct finding *finding)
{
	const struct action *action = action_for(in, finding);

	if (!finding->next || finding->is_time_only)
		return true;
	if (action)
		return add(report, TONE_QUIET, "", "next", "%s: %s", action_named("walk")->keys[0], action->label);
	/* Whoever is waited for by name is told so above. */
	return finding->people.count || add(report, TONE_QUIET, "", "next", "%s", finding->next);
}

static bool add_finding(struct report *report, const struct act_in *in, const struct finding *finding)
{
	const char *label = words_title(words_finding, (int)finding->state);
	char when[WHEN_TEXT_MAX], who[256];

	if (finding->state == FINDING_NOT_APPLICABLE)
		label = "N/A";
	if (!add(report, tone_of(finding), label, finding->id, "%s", finding->reason))
		return false;
	if (finding_is_settled(finding))
		return true;
	if (finding->opens != WHEN_NONE && !add(report, TONE_QUIET, "", "opens", "by itself %s", when_format(finding->opens, when)))
		return false;
	if (*finding_who(finding, who, sizeof who) && !finding->is_time_only && !add(report, TONE_QUIET, "", "who", "%s", who))
		return false;
	return add_next(report, in, finding);
}

static bool add_findings(struct report *report, const struct act_in *in, const struct finding *but, bool settled, bool blocks)
{
	for (size_t i = 0; i < in->verdict->findings.count; i++) {
		const struct finding *finding = &in->verdict->findings.items[i];

		if (finding != but && finding_is_settled(finding) == settled && finding->blocks == blocks && !add_finding(report, in, finding))
			return false;
	}
	return true;
}

enum err_kind report_of(const struct act_in *in, const struct release_line *line, struct arena *arena, struct report *out, struct err *err)
{
	const struct verdict *verdict = in->verdict;
	const struct finding *first = standing_foremost(in->record, verdict, standing_is_past(line));
	bool is_fine;

	*out = (struct report){ .arena = arena };
	is_fine = add_head(out, in->record, verdict, line);
	/* Past the last gate nothing is asked any more, but a kill or a halt still waits for somebody. */
	if (standing_is_past(line)) {
		for (size_t i = 0; is_fine && i < verdict->findings.count; i++) {
			const struct finding *finding = &verdict->findings.items[i];

			if (!finding_is_settled(finding) && (strcmp(finding->id, "KSW-6") == 0 || strcmp(finding->id, "CHN-6") == 0))
				is_fine = add_finding(out, in, finding);
		}
		return is_fine ? ERR_NONE : err_memory(err);
	}
	/* What the list names comes first; then what forbids it, before what is only missing. */
	is_fine = is_fine && (!first || add_finding(out, in, first)) && add_findings(out, in, first, false, true) && add_findings(out, in, first, false, false);
	for (size_t i = 0; is_fine && i < verdict->notices.count; i++)
		is_fine = add(out, TONE_WAIT, "NOTICE", NULL, "%s", verdict->notices.items[i]) != NULL;
	return is_fine && add_findings(out, in, first, true, false) ? ERR_NONE : err_memory(err);
}

/* One row, and the dates where there is room for them; returns the rows taken. */
static int draw_timeline(const struct timeline *timeline, const struct frame *frame, int row)
{
	const int count = frame->width < NARROW ? 1 : 2;
	struct timeline_rows rows;
	const char *const texts[] = { rows.picture, rows.dates };

	timeline_rows(timeline, frame->width, &rows);
	for (int i = 0; i < count; i++)
		if (row + i >= 0 && row + i < frame->height)
			paint_text(frame->window, frame->y + row + i, frame->x, frame->width, paint_attr(i ? TONE_QUIET : TONE_PLAIN), texts[i]);
	return count;
}

void report_draw_brief(const struct report *report, const struct frame *frame)
{
	bool has_finding = false;
	int row = 0;

	for (size_t i = 0; i < report->count && row < frame->height; i++) {
		const struct report_line *line = &report->items[i];
		const bool is_foremost = line->label && *line->label && !has_finding;

		has_finding |= is_foremost;
		if (line->is_timeline)
			row += draw_timeline(&report->timeline, frame, row);
		else if (line->tone == TONE_TITLE || is_foremost)
			row += paint_clipped(frame->window, frame->y + row, frame->x, frame->width, frame->height - row, paint_attr(line->tone), line->text, "(more)");
	}
}

int report_draw(const struct report *report, const struct frame *frame, int skip)
{
	const bool is_narrow = frame->width < NARROW;
	int row = -skip;

	for (size_t i = 0; i < report->count; i++) {
		const struct report_line *line = &report->items[i];
		const bool has_columns = line->label != NULL;
		const int indent = !has_columns ? 0 : is_narrow ? 2 : LABEL_WIDTH + ID_WIDTH + 2;
		const int y = frame->y + row, left = frame->height - row;

		if (line->is_timeline) {
			row += draw_timeline(&report->timeline, frame, row);
			continue;
		}
		/* On a narrow screen the reason stands below its rule. */
		if (has_columns && row >= 0 && left > 0) {
			paint_text(frame->window, y, frame->x, LABEL_WIDTH, paint_attr(line->tone), line->label);
			paint_text(frame->window, y, frame->x + LABEL_WIDTH + 1, ID_WIDTH, paint_attr(line->tone), line->id ? line->id : "");
		}
		if (has_columns && is_narrow)
			row++;
		const int above = row < 0 ? -row : 0, room = frame->height - row - above;

		row += paint_wrapped(frame->window, frame->y + row + above, frame->x + indent, frame->width - indent, room > 0 ? room : 0, above,
				     has_columns && *line->label ? A_NORMAL : paint_attr(line->tone), line->text);
	}
	return row + skip;
}

void report_tell(const struct report *report, struct buf *out)
{
	struct timeline_rows rows;

	for (size_t i = 0; i < report->count; i++) {
		const struct report_line *line = &report->items[i];

		if (line->is_timeline) {
			timeline_rows(&report->timeline, TOLD_WIDTH, &rows);
			buf_printf(out, "%s\n%s\n", rows.picture, rows.dates);
			continue;
		}
		if (line->label)
			buf_printf(out, "%-*s %-*s ", LABEL_WIDTH, line->label, ID_WIDTH, line->id ? line->id : "");
		text_show(out, line->text, strlen(line->text), true);
		buf_char(out, '\n');
	}
}
