#include <config.h>

#include <string.h>

#include <gonogo/doc/memo.h>

#include "memo_text.h"

/* "REST, DATE": cuts the date off `text` and leaves what stands before it; false when there is none. */
static bool cut_date(char *text, instant *date)
{
	struct err ignored;
	char *comma = strrchr(text, ',');
	if (!comma || comma[1] != ' ' || strlen(comma + 2) != strlen("2025-01-15") ||
		when_parse("", comma + 2, date, &ignored) != ERR_NONE)
		return false;
	*comma = '\0';
	return true;
}

/* "NAME, ROLE": the same for the role, by its title. */
static bool cut_role(char *text, enum role *role)
{
	int value;
	char *comma = strrchr(text, ',');
	if (!comma || comma[1] != ' ' || !words_read_title(words_role, comma + 2, &value))
		return false;
	*comma = '\0';
	*role = (enum role)value;
	return true;
}

static enum err_kind read_approvers(struct lines *lines, struct memo *memo, struct err *err)
{
	static const char expected[] =
		"\"  - NAME, ROLE, DATE\" with a role such as \"System Owner\" and a day such as 2025-01-15";
	struct memo_signer *approvers = NULL;
	size_t count = 0, room = 0;
	enum err_kind kind = lines_heading(lines, MEMO_APPROVERS, err);
	if (kind != ERR_NONE)
		return kind;
	for (;;) {
		const struct line *line = lines_peek(lines);
		const char *item = line ? lines_bullet(line->text) : NULL;
		if (!item && count > 0)
			break;
		struct memo_signer signer = { 0 };
		char *name = arena_str(lines->arena, item ? item : "");
		if (!name)
			return err_memory(err);
		if (!item || !cut_date(name, &signer.date) || !cut_role(name, &signer.role))
			return lines_expected(lines, line, expected, err);
		kind = lines_check(lines, line, TEXT_NAME, "the approver's name", name, err);
		if (kind != ERR_NONE)
			return kind;
		signer.name = name;
		approvers = arena_room(lines->arena, approvers, count, &room, sizeof *approvers);
		if (!approvers)
			return err_memory(err);
		approvers[count++] = signer;
		lines_pass(lines);
	}
	memo->approvers = approvers;
	memo->approver_count = count;
	return ERR_NONE;
}

/* Is the parenthesis from `at` to the end apart from the words before it by one space, and are there words in it? */
static bool is_figure(const char *text, size_t at, size_t size)
{
	return at > 1 && text[at - 1] == ' ' && text[at - 2] != ' ' && text[at + 1] != ')' && text[at + 1] != ' ' &&
	       text[size - 2] != ' ';
}

/* Where the parenthesis that closes `text` opens; NULL: there is none. */
static char *closing_parenthesis(char *text)
{
	const size_t size = strlen(text);
	int depth = 0;
	if (size == 0 || text[size - 1] != ')')
		return NULL;
	for (size_t at = size; at-- > 0;) {
		depth += text[at] == ')';
		depth -= text[at] == '(';
		if (depth == 0)
			return is_figure(text, at, size) ? text + at : NULL;
	}
	return NULL;
}

static enum err_kind read_item(
	struct lines *lines, const struct line *line, const char *text, struct memo_item *out, struct err *err)
{
	char *copy = arena_str(lines->arena, text);
	if (!copy)
		return err_memory(err);
	enum err_kind kind = lines_check(lines, line, TEXT_LONG, "the item's text", copy, err);
	if (kind != ERR_NONE)
		return kind;
	char *figure = closing_parenthesis(copy);
	if (figure) {
		figure[-1] = '\0';
		figure[strlen(figure) - 1] = '\0';
		out->figure = figure + 1;
	}
	out->text = copy;
	return ERR_NONE;
}

static enum err_kind read_checklist(struct lines *lines, struct memo *memo, struct err *err)
{
	static const char ticked[] = "  - [x] ", open[] = "  - [ ] ";
	enum { BOX_SIZE = sizeof ticked - 1, SPECIFIED_ITEMS = 7 };
	struct memo_item *items = NULL;
	size_t count = 0, room = 0;
	enum err_kind kind = lines_heading(lines, MEMO_CHECKLIST, err);
	for (; kind == ERR_NONE; count++) {
		const struct line *line = lines_peek(lines);
		const bool is_ticked = line && strncmp(line->text, ticked, BOX_SIZE) == 0;
		const bool is_item = is_ticked || (line && strncmp(line->text, open, BOX_SIZE) == 0);
		if (!is_item && count == 0)
			return lines_expected(lines, line, "\"  - [x] TEXT\" or \"  - [ ] TEXT\"", err);
		if (!is_item)
			break;
		items = arena_room(lines->arena, items, count, &room, sizeof *items);
		if (!items)
			return err_memory(err);
		items[count] = (struct memo_item){ .ticked = is_ticked };
		kind = read_item(lines, line, line->text + BOX_SIZE, &items[count], err);
		lines_pass(lines);
	}
	memo->items = items;
	memo->item_count = count;
	memo->kind = count >= SPECIFIED_ITEMS ? MEMO_STABLE : MEMO_MECHANISM;
	return kind;
}

/* Appends the lines that follow and begin with `indent`, empty ones between them included, to `out`, without the indent. */
static void read_block(struct lines *lines, const char *indent, struct buf *out)
{
	const size_t size = strlen(indent);
	size_t empty = 0;
	for (const struct line *line = lines_peek_any(lines); line; line = lines_peek_any(lines)) {
		const bool is_empty = line->text[0] == '\0';
		if (!is_empty && strncmp(line->text, indent, size) != 0)
			return;
		lines_pass(lines);
		if (is_empty) {
			empty += out->size > 0;
			continue;
		}
		for (empty += out->size > 0; empty > 0; empty--)
			buf_char(out, '\n');
		buf_str(out, line->text + size);
	}
}

static enum err_kind keep_block(struct lines *lines, struct buf *block, const char **out, struct err *err)
{
	enum err_kind kind = buf_check(block, err);
	if (kind != ERR_NONE)
		return kind;
	*out = arena_bytes(lines->arena, buf_text(block), block->size);
	return *out ? ERR_NONE : err_memory(err);
}

/* The colon behind a risk: words stand right before it and its rationale behind it. */
static const char *end_of_risk(const char *item)
{
	for (const char *colon = strstr(item, ": "); colon; colon = strstr(colon + 1, ": "))
		if (colon > item && colon[-1] != ' ')
			return colon;
	return NULL;
}

static enum err_kind read_risk(struct lines *lines, const struct line *line, struct memo_risk *out, struct err *err)
{
	const char *item = lines_bullet(line->text), *colon = end_of_risk(item);
	if (!colon)
		return lines_expected(
			lines, line, "\"  - RISK: RATIONALE\", or \"  - " MEMO_NO_RISKS "\" as the only item", err);
	char *risk = arena_bytes(lines->arena, item, (size_t)(colon - item));
	if (!risk)
		return err_memory(err);
	enum err_kind kind = lines_check(lines, line, TEXT_LONG, "a risk and its rationale", item, err);
	if (kind == ERR_NONE)
		kind = lines_check(lines, line, TEXT_LONG, "the risk", risk, err);
	if (kind != ERR_NONE)
		return kind;
	struct buf rationale = BUF_EMPTY;
	lines_pass(lines);
	buf_str(&rationale, colon + 2);
	read_block(lines, MEMO_RISK_INDENT, &rationale);
	out->risk = risk;
	kind = keep_block(lines, &rationale, &out->rationale, err);
	buf_release(&rationale);
	return kind;
}

static enum err_kind read_risks(struct lines *lines, struct memo *memo, struct err *err)
{
	struct memo_risk *risks = NULL;
	size_t count = 0, room = 0;
	enum err_kind kind = lines_heading(lines, MEMO_RISKS, err);
	if (kind != ERR_NONE)
		return kind;
	const struct line *line = lines_peek(lines);
	if (line && strcmp(line->text, "  - " MEMO_NO_RISKS) == 0) {
		lines_pass(lines);
		return ERR_NONE;
	}
	for (; kind == ERR_NONE; count++) {
		line = lines_peek(lines);
		if (!line || !lines_bullet(line->text))
			break;
		risks = arena_room(lines->arena, risks, count, &room, sizeof *risks);
		if (!risks)
			return err_memory(err);
		kind = read_risk(lines, line, &risks[count], err);
	}
	if (kind == ERR_NONE && count == 0)
		return lines_expected(lines, line, "\"  - " MEMO_NO_RISKS "\" or \"  - RISK: RATIONALE\"", err);
	memo->risks = risks;
	memo->risk_count = count;
	return kind;
}

/* A section that a NO-GO memo has and a GO memo has not (MEM-3); whether it must be there is not judged here. */
static enum err_kind read_section(struct lines *lines, const char *heading, const char **out, struct err *err)
{
	const struct line *line = lines_peek(lines);
	if (!line || strcmp(line->text, heading) != 0)
		return ERR_NONE;
	struct buf text = BUF_EMPTY;
	lines_pass(lines);
	read_block(lines, MEMO_INDENT, &text);
	enum err_kind kind = keep_block(lines, &text, out, err);
	if (kind == ERR_NONE && text.size == 0)
		kind = lines_expected(lines, lines_peek(lines), "text indented by two spaces", err);
	buf_release(&text);
	return kind;
}

/* Up to "Signatures:".  The template writes its notes without an indent, so they are read so too; they are printed with one. */
static enum err_kind read_notes(struct lines *lines, struct memo *memo, struct err *err)
{
	enum err_kind kind = lines_heading(lines, MEMO_NOTES, err);
	if (kind != ERR_NONE)
		return kind;
	const char **notes = arena_array(lines->arena, lines->count + 1, sizeof *notes);
	size_t count = 0, kept = 0;
	if (!notes)
		return err_memory(err);
	for (const struct line *line = lines_peek(lines); line; line = lines_peek_any(lines)) {
		if (lines_value(line->text, "Signatures"))
			break;
		const size_t indent =
			strncmp(line->text, MEMO_INDENT, strlen(MEMO_INDENT)) == 0 ? strlen(MEMO_INDENT) : 0;
		notes[count++] = line->text + indent;
		if (line->text[0] != '\0') {
			kept = count;
			kind = lines_check(lines, line, TEXT_LONG, "the note", line->text + indent, err);
			if (kind != ERR_NONE)
				return kind;
		}
		lines_pass(lines);
	}
	memo->notes = (struct texts){ .items = notes, .count = kept };
	return ERR_NONE;
}

static enum err_kind read_signature(
	struct lines *lines, enum role role, struct memo_signer *out, bool *required, struct err *err)
{
	const char *title = words_title(words_role, (int)role);
	const struct line *line = lines_peek(lines);
	const char *item = line ? lines_bullet(line->text) : NULL, *value = item ? lines_value(item, title) : NULL;
	char *name = arena_str(lines->arena, value ? value : "");
	const char *expected = arena_printf(lines->arena, "\"  - %s: NAME, DATE\", \"  - %s: " MEMO_OPEN "\"%s", title,
		title, role == ROLE_DEV_LEAD ? " or \"  - Dev Lead: " MEMO_NOT_REQUIRED "\"" : "");
	if (!name || !expected)
		return err_memory(err);
	out->role = role;
	*required = role != ROLE_DEV_LEAD || strcmp(name, MEMO_NOT_REQUIRED) != 0;
	if (!value)
		return lines_expected(lines, line, expected, err);
	if (*required && strcmp(name, MEMO_OPEN) != 0) {
		if (!cut_date(name, &out->date))
			return lines_expected(lines, line, expected, err);
		enum err_kind kind = lines_check(lines, line, TEXT_NAME, "the signer's name", name, err);
		if (kind != ERR_NONE)
			return kind;
		out->name = name;
	}
	lines_pass(lines);
	return ERR_NONE;
}

static enum err_kind read_signatures(struct lines *lines, struct memo *memo, struct err *err)
{
	bool owner_required;
	if (!lines_peek(lines))
		return ERR_NONE;
	enum err_kind kind = lines_heading(lines, MEMO_SIGNATURES, err);
	if (kind == ERR_NONE)
		kind = read_signature(lines, ROLE_SYSTEM_OWNER, &memo->owner_signature, &owner_required, err);
	if (kind == ERR_NONE)
		kind = read_signature(lines, ROLE_DEV_LEAD, &memo->lead_signature, &memo->dev_lead_required, err);
	memo->has_signatures = kind == ERR_NONE;
	return kind;
}

enum err_kind memo_parse(
	const char *file, const char *text, size_t size, struct arena *arena, struct memo *out, struct err *err)
{
	struct lines lines;
	*out = (struct memo){ .date = WHEN_NONE };
	enum err_kind kind = lines_open(file, text, size, arena, &lines, err);
	if (kind == ERR_NONE)
		kind = lines_heading(&lines, MEMO_TITLE, err);
	if (kind == ERR_NONE)
		kind = form_read(&memo_head, &lines, out, err);
	if (kind == ERR_NONE)
		kind = read_approvers(&lines, out, err);
	if (kind == ERR_NONE)
		kind = read_checklist(&lines, out, err);
	if (kind == ERR_NONE)
		kind = read_risks(&lines, out, err);
	if (kind == ERR_NONE && out->decision == DECISION_NO_GO)
		kind = read_section(&lines, MEMO_RATIONALE, &out->rationale, err);
	if (kind == ERR_NONE && out->decision == DECISION_NO_GO)
		kind = read_section(&lines, MEMO_REMEDIATION, &out->remediation, err);
	if (kind == ERR_NONE)
		kind = read_notes(&lines, out, err);
	if (kind == ERR_NONE)
		kind = read_signatures(&lines, out, err);
	return kind == ERR_NONE ? lines_end(&lines, "the memo", err) : kind;
}
