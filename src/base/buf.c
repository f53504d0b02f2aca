#include <config.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gonogo/base/buf.h>

enum { ROOM_FIRST = 64 };

void buf_release(struct buf *buf)
{
	free(buf->bytes);
	*buf = BUF_EMPTY;
}

void buf_clear(struct buf *buf)
{
	buf->size = 0;
	buf->failed = false;
	if (buf->bytes)
		buf->bytes[0] = '\0';
}

/* Room for `more` bytes and the final NUL; false, and failed from now on, when it cannot be had. */
static bool make_room(struct buf *buf, size_t more)
{
	if (buf->failed)
		return false;
	if (buf->bytes && more < buf->room - buf->size)
		return true;
	if (more > SIZE_MAX / 2 - buf->size - 1) {
		buf->failed = true;
		return false;
	}
	size_t room = buf->room ? buf->room : (size_t)ROOM_FIRST;
	while (room <= buf->size + more)
		room *= 2;
	char *bytes = realloc(buf->bytes, room);
	if (!bytes) {
		buf->failed = true;
		return false;
	}
	buf->bytes = bytes;
	buf->room = room;
	return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t size)
{
	if (!make_room(buf, size))
		return;
	if (size > 0)
		memcpy(buf->bytes + buf->size, bytes, size);
	buf->size += size;
	buf->bytes[buf->size] = '\0';
}

void buf_str(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	buf_vprintf(buf, fmt, args);
	va_end(args);
}

void buf_vprintf(struct buf *buf, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	const int size = vsnprintf(NULL, 0, fmt, args);
	if (size < 0) {
		buf->failed = true;
	} else if (make_room(buf, (size_t)size)) {
		(void)vsnprintf(buf->bytes + buf->size, (size_t)size + 1, fmt, again);
		buf->size += (size_t)size;
	}
	va_end(again);
}

void buf_be32(struct buf *buf, unsigned long value)
{
	unsigned char bytes[4];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(value >> (8 * (sizeof bytes - 1 - i)) & 0xffu);
	buf_add(buf, bytes, sizeof bytes);
}

void buf_be64(struct buf *buf, unsigned long long value)
{
	unsigned char bytes[8];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(value >> (8 * (sizeof bytes - 1 - i)) & 0xffu);
	buf_add(buf, bytes, sizeof bytes);
}

enum err_kind buf_check(const struct buf *buf, struct err *err)
{
	return buf->failed ? err_memory(err) : ERR_NONE;
}

const char *buf_text(const struct buf *buf)
{
	return buf->bytes ? buf->bytes : "";
}
