#include <config.h>

#include <gonogo/sign/base64.h>

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(const void *bytes, size_t size, char *out)
{
	const unsigned char *in = bytes;

	for (size_t i = 0; i < size; i += 3) {
		size_t left = size - i;
		unsigned long group = (unsigned long)in[i] << 16;

		if (left > 1)
			group |= (unsigned long)in[i + 1] << 8;
		if (left > 2)
			group |= in[i + 2];
		*out++ = alphabet[group >> 18];
		*out++ = alphabet[group >> 12 & 63];
		*out++ = left > 1 ? alphabet[group >> 6 & 63] : '=';
		*out++ = left > 2 ? alphabet[group & 63] : '=';
	}
	*out = '\0';
}

static bool digit_value(char digit, unsigned long *out)
{
	const char *found = digit == '\0' ? NULL : strchr(alphabet, digit);

	if (found == NULL)
		return false;
	*out = (unsigned long)(found - alphabet);
	return true;
}

bool base64_decode(const char *text, size_t size, unsigned char *out, size_t *out_size)
{
	size_t padding, digits, written = 0;
	unsigned long held = 0;
	unsigned bits = 0;

	if (size == 0 || size % 4 != 0)
		return false;
	padding = text[size - 1] != '=' ? 0 : text[size - 2] != '=' ? 1 : 2;
	digits = size - padding;
	for (size_t i = 0; i < digits; i++) {
		unsigned long value;

		if (!digit_value(text[i], &value))
			return false;
		held = (held << 6 | value) & 0xffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			out[written++] = (unsigned char)(held >> bits & 0xff);
		}
	}
	/* Bits behind the last byte would be a second spelling of the same value. */
	if ((held & ((1ul << bits) - 1)) != 0)
		return false;
	*out_size = written;
	return true;
}
