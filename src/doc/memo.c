#include <config.h>

#include <string.h>

#include <gonogo/doc/memo.h>

#include "memo_text.h"

#define AT(member) offsetof(struct memo, member)
static const struct form_field head_fields[] = {
	{ .key = "Release", .what = "the release id", .text = TEXT_ID, .offset = AT(release) },
	{ .key = "Classification", .what = "the class", .shape = FORM_WORD, .words = words_class, .offset = AT(class) },
	{ .key = "Date", .what = "the date", .shape = FORM_DATE, .offset = AT(date) },
	{ .key = "DECISION",
		.what = "the decision",
		.shape = FORM_WORD,
		.words = words_decision,
		.spaced = true,
		.offset = AT(decision) },
};
#undef AT
const struct form memo_head = { "the memo's head", head_fields, sizeof head_fields / sizeof head_fields[0] };

struct block {
	struct buf *out;
	const char *first, *rest; /* indents */
	bool has_text;            /* empty lines are printed between lines of text alone */
	size_t empty;
};

static void block_line(struct block *block, const char *line, size_t size)
{
	while (size > 0 && line[size - 1] == ' ')
		size--;
	if (size == 0) {
		block->empty += block->has_text;
		return;
	}
	for (; block->empty > 0; block->empty--)
		buf_char(block->out, '\n');
	buf_str(block->out, block->has_text ? block->rest : block->first);
	buf_add(block->out, line, size);
	buf_char(block->out, '\n');
	block->has_text = true;
}

static void block_text(struct block *block, const char *text)
{
	while (text) {
		const size_t size = strcspn(text, "\n");
		block_line(block, text, size);
		text = text[size] == '\n' ? text + size + 1 : NULL;
	}
}

static void print_approvers(const struct memo *memo, struct buf *out)
{
	char date[WHEN_TEXT_MAX];
	buf_str(out, "\n" MEMO_APPROVERS "\n");
	for (size_t i = 0; i < memo->approver_count; i++) {
		const struct memo_signer *approver = &memo->approvers[i];
		buf_str(out, "  - ");
		lines_print(out, approver->name);
		buf_printf(out, ", %s, %s\n", words_title(words_role, (int)approver->role),
			when_date(approver->date, date));
	}
}

static void print_checklist(const struct memo *memo, struct buf *out)
{
	buf_str(out, "\n" MEMO_CHECKLIST "\n");
	for (size_t i = 0; i < memo->item_count; i++) {
		const struct memo_item *item = &memo->items[i];
		buf_printf(out, "  - [%c] ", item->ticked ? 'x' : ' ');
		lines_print(out, item->text);
		if (!text_is_blank(item->figure)) {
			buf_str(out, " (");
			lines_print(out, item->figure);
			buf_char(out, ')');
		}
		buf_char(out, '\n');
	}
}

static void print_risks(const struct memo *memo, struct buf *out)
{
	buf_str(out, "\n" MEMO_RISKS "\n");
	if (memo->risk_count == 0)
		buf_str(out, "  - " MEMO_NO_RISKS "\n");
	for (size_t i = 0; i < memo->risk_count; i++) {
		struct block block = { .out = out, .first = " ", .rest = MEMO_RISK_INDENT };
		buf_str(out, "  - ");
		lines_print(out, memo->risks[i].risk);
		buf_char(out, ':');
		block_text(&block, memo->risks[i].rationale);
		if (!block.has_text)
			buf_char(out, '\n');
	}
}

static void print_section(const char *heading, const char *const *texts, size_t count, struct buf *out)
{
	struct block block = { .out = out, .first = MEMO_INDENT, .rest = MEMO_INDENT };
	buf_printf(out, "\n%s\n", heading);
	for (size_t i = 0; i < count; i++)
		block_text(&block, texts[i]);
}

void memo_print_signed_part(const struct memo *memo, struct buf *out)
{
	buf_str(out, MEMO_TITLE "\n\n");
	form_print(&memo_head, memo, out);
	print_approvers(memo, out);
	print_checklist(memo, out);
	print_risks(memo, out);
	if (!text_is_blank(memo->rationale))
		print_section(MEMO_RATIONALE, &memo->rationale, 1, out);
	if (!text_is_blank(memo->remediation))
		print_section(MEMO_REMEDIATION, &memo->remediation, 1, out);
	print_section(MEMO_NOTES, memo->notes.items, memo->notes.count, out);
	buf_char(out, '\n');
}

static void print_signature(enum role role, const struct memo_signer *signature, bool is_required, struct buf *out)
{
	char date[WHEN_TEXT_MAX];
	buf_printf(out, "  - %s: ", words_title(words_role, (int)role));
	if (!text_is_blank(signature->name)) {
		lines_print(out, signature->name);
		buf_printf(out, ", %s\n", when_date(signature->date, date));
	} else {
		buf_str(out, is_required ? MEMO_OPEN "\n" : MEMO_NOT_REQUIRED "\n");
	}
}

void memo_print_signatures(const struct memo *memo, struct buf *out)
{
	buf_str(out, MEMO_SIGNATURES "\n");
	print_signature(ROLE_SYSTEM_OWNER, &memo->owner_signature, true, out);
	print_signature(ROLE_DEV_LEAD, &memo->lead_signature, memo->dev_lead_required, out);
}

void memo_print(const struct memo *memo, struct buf *out)
{
	memo_print_signed_part(memo, out);
	if (memo->has_signatures)
		memo_print_signatures(memo, out);
}
