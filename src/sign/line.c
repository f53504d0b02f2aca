#include <config.h>

#include <gonogo/sign/line.h>

#include <string.h>

bool line_until(struct octets *from, char border, struct octets *out)
{
	const unsigned char *at = from->size == 0 ? NULL : memchr(from->bytes, border, from->size);

	if (at == NULL)
		return false;
	*out = (struct octets){ from->bytes, (size_t)(at - from->bytes) };
	from->size -= out->size + 1;
	from->bytes = at + 1;
	return true;
}

bool line_skip(struct octets *from, const char *text)
{
	size_t size = strlen(text);

	if (from->size < size || memcmp(from->bytes, text, size) != 0)
		return false;
	from->bytes += size;
	from->size -= size;
	return true;
}

bool line_number(struct octets text, int64_t *out)
{
	int64_t value = 0;

	if (text.size == 0 || (text.bytes[0] == '0' && text.size > 1))
		return false;
	for (size_t i = 0; i < text.size; i++) {
		int digit = text.bytes[i] - '0';

		if (digit < 0 || digit > 9 || value > (INT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = value;
	return true;
}

static bool is_hex(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool line_is_hex(struct octets text, size_t digits)
{
	if (text.size != digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		if (!is_hex(text.bytes[i]))
			return false;
	}
	return true;
}

bool line_digest(struct octets text, struct digest *out)
{
	char hex[DIGEST_HEX_MAX] = "";

	if (!line_is_hex(text, DIGEST_HEX_MAX - 1))
		return false;
	memcpy(hex, text.bytes, text.size);
	return digest_read(hex, out);
}

bool line_instant(struct octets text, instant *out)
{
	char copy[WHEN_TEXT_MAX] = "";

	if (text.size >= sizeof copy || (text.size > 0 && memchr(text.bytes, '\0', text.size) != NULL))
		return false;
	memcpy(copy, text.bytes, text.size);
	return when_read(copy, out);
}

static bool is_word(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
	       c == '-' || c == '*';
}

bool line_is_word(struct octets text)
{
	if (text.size == 0 || text.size > LINE_WORD_MAX)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		if (!is_word(text.bytes[i]))
			return false;
	}
	return true;
}
