#include <config.h>

#include <gonogo/sign/wire.h>

#include <string.h>

struct octets octets_of(const char *text)
{
	return (struct octets){ (const unsigned char *)text, strlen(text) };
}

bool octets_equal(struct octets a, struct octets b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

bool octets_are(struct octets a, const char *text)
{
	return octets_equal(a, octets_of(text));
}

static void take(struct octets *from, size_t size)
{
	from->bytes += size;
	from->size -= size;
}

bool wire_u8(struct octets *from, uint8_t *out)
{
	if (from->size < 1)
		return false;
	*out = from->bytes[0];
	take(from, 1);
	return true;
}

bool wire_u32(struct octets *from, uint32_t *out)
{
	const unsigned char *b = from->bytes;

	if (from->size < 4)
		return false;
	*out = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
	take(from, 4);
	return true;
}

bool wire_string(struct octets *from, struct octets *out)
{
	struct octets rest = *from;
	uint32_t size;

	if (!wire_u32(&rest, &size) || size > rest.size)
		return false;
	*out = (struct octets){ rest.bytes, size };
	take(&rest, size);
	*from = rest;
	return true;
}

bool wire_positive(struct octets *from, struct octets *out)
{
	struct octets rest = *from, number;

	if (!wire_string(&rest, &number) || number.size == 0 || (number.bytes[0] & 0x80) != 0)
		return false;
	if (number.bytes[0] == 0) {
		/* A zero byte in front is there only to keep the number positive. */
		if (number.size < 2 || (number.bytes[1] & 0x80) == 0)
			return false;
		take(&number, 1);
	}
	*out = number;
	*from = rest;
	return true;
}
