#include <config.h>

#include <gonogo/sign/checkpoint.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/sign/line.h>

enum { GROUP_DIGITS = 4, GROUPS = CHECKPOINT_HEAD_DIGITS / GROUP_DIGITS };

/* Length of "2026-11-23T18:50", the part of an instant before its seconds. */
enum { MINUTE_SIZE = 16 };

const char *checkpoint_format(const char *ledger, int64_t size, const struct digest *head, instant at, char *out)
{
	char hex[DIGEST_HEX_MAX], time[WHEN_TEXT_MAX];

	digest_hex(head, hex);
	when_format(at, time);
	snprintf(out, CHECKPOINT_TEXT_MAX, "gonogo:%.8s %" PRId64 " %.4s-%.4s-%.4s-%.4s %.16sZ", ledger, size, hex,
		hex + 4, hex + 8, hex + 12, time);
	return out;
}

static bool is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct octets trimmed(const char *text)
{
	struct octets line = octets_of(text);

	while (line.size > 0 && is_space(line.bytes[0])) {
		line.bytes++;
		line.size--;
	}
	while (line.size > 0 && is_space(line.bytes[line.size - 1]))
		line.size--;
	return line;
}

static bool read_log(struct octets text, char *out)
{
	if (!line_skip(&text, "gonogo:") || !line_is_hex(text, CHECKPOINT_LOG_DIGITS))
		return false;
	memcpy(out, text.bytes, CHECKPOINT_LOG_DIGITS);
	return true;
}

static bool read_head(struct octets text, char *out)
{
	for (size_t i = 0; i < GROUPS; i++) {
		struct octets group = { text.bytes, GROUP_DIGITS };

		if (text.size < GROUP_DIGITS || !line_is_hex(group, GROUP_DIGITS))
			return false;
		memcpy(out + i * GROUP_DIGITS, group.bytes, GROUP_DIGITS);
		text.bytes += GROUP_DIGITS;
		text.size -= GROUP_DIGITS;
		if (i + 1 < GROUPS && !line_skip(&text, "-"))
			return false;
	}
	return text.size == 0;
}

static bool read_minute(struct octets text, instant *out)
{
	char whole[WHEN_TEXT_MAX] = "";

	if (text.size != MINUTE_SIZE + 1 || text.bytes[MINUTE_SIZE] != 'Z')
		return false;
	memcpy(whole, text.bytes, MINUTE_SIZE);
	memcpy(whole + MINUTE_SIZE, ":00Z", sizeof ":00Z");
	return line_instant(octets_of(whole), out);
}

enum err_kind checkpoint_parse(const char *what, const char *text, struct checkpoint *out, struct err *err)
{
	struct octets rest = trimmed(text), log, size, head;

	*out = (struct checkpoint){ 0 };
	if (line_until(&rest, ' ', &log) && read_log(log, out->log) && line_until(&rest, ' ', &size) &&
		line_number(size, &out->size) && out->size > 0 && line_until(&rest, ' ', &head) &&
		read_head(head, out->head) && read_minute(rest, &out->at))
		return ERR_NONE;
	return err_set(err, ERR_USAGE,
		"%s is not a checkpoint line; give the whole line as gonogo printed it, like "
		"\"gonogo:5f0c12ab 1204 9b1d-77c0-1e2f-a901 2026-11-23T18:50Z\".",
		what);
}

bool checkpoint_is_of(const struct checkpoint *checkpoint, const char *ledger)
{
	return strncmp(checkpoint->log, ledger, CHECKPOINT_LOG_DIGITS) == 0;
}

bool checkpoint_has_head(const struct checkpoint *checkpoint, const struct digest *head)
{
	char hex[DIGEST_HEX_MAX];

	return strncmp(checkpoint->head, digest_hex(head, hex), CHECKPOINT_HEAD_DIGITS) == 0;
}
