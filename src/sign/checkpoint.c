#include <config.h>

#include <gonogo/sign/checkpoint.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <gonogo/sign/line.h>
#include <gonogo/sign/sshsig.h>

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

#define FORMAT "gonogo-checkpoint/v1\n"

static const char armour[] = "-----BEGIN SSH SIGNATURE-----";

void checkpoint_body(const char *ledger, int64_t size, const struct digest *head, instant at, struct buf *out)
{
	char hex[DIGEST_HEX_MAX], time[WHEN_TEXT_MAX];

	buf_printf(out, FORMAT "log %s\nsize %" PRId64 "\nhead sha256:%s\ntime %s\n", ledger, size, digest_hex(head, hex), when_format(at, time));
}

static bool take_line(struct octets *rest, const char *label, struct octets *value)
{
	return line_until(rest, '\n', value) && line_skip(value, label);
}

static bool take_digits(struct octets value, size_t digits, char *out)
{
	if (!line_is_hex(value, digits))
		return false;
	memcpy(out, value.bytes, digits);
	return true;
}

static bool read_body(struct octets body, struct checkpoint *out)
{
	struct octets value;

	return line_skip(&body, FORMAT) && take_line(&body, "log ", &value) && take_digits(value, sizeof out->log - 1, out->log) &&
	       take_line(&body, "size ", &value) && line_number(value, &out->size) && out->size > 0 && take_line(&body, "head sha256:", &value) &&
	       take_digits(value, DIGEST_HEX_MAX - 1, out->head) && take_line(&body, "time ", &value) && line_instant(value, &out->at) && body.size == 0;
}

enum err_kind checkpoint_read(const char *what, const char *text, size_t size, struct arena *arena, struct checkpoint *out, struct octets *body,
			      struct octets *blob, struct err *err)
{
	const char *signature;

	*out = (struct checkpoint){ 0 };
	while (size && is_space((unsigned char)*text)) {
		text++;
		size--;
	}
	signature = strstr(text, armour);
	*body = (struct octets){ (const unsigned char *)text, signature ? (size_t)(signature - text) : 0 };
	if (!signature || !read_body(*body, out))
		return err_set(err, ERR_INPUT, "%s is no checkpoint as gonogo checkpoint writes it: five lines from gonogo-checkpoint/v1 to time, and a signature.", what);
	return sshsig_read(what, signature, size - (size_t)(signature - text), arena, blob, err);
}

bool checkpoint_is_of(const struct checkpoint *checkpoint, const char *ledger)
{
	return strncmp(checkpoint->log, ledger, strlen(checkpoint->log)) == 0;
}

bool checkpoint_has_head(const struct checkpoint *checkpoint, const struct digest *head)
{
	char hex[DIGEST_HEX_MAX];

	return strncmp(checkpoint->head, digest_hex(head, hex), strlen(checkpoint->head)) == 0;
}
