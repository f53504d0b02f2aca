#ifndef GONOGO_BASE_BUF_H
#define GONOGO_BASE_BUF_H
/*
 * Growing bytes with one sticky failure: writers append without looking, and the one who uses the result asks
 * buf_failed() once.  After a failure the content is what fitted; it must not be used.  Always NUL-terminated.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include <gonogo/base/err.h>

struct buf {
	char *bytes;
	size_t size, room;
	bool failed;
};

#define BUF_EMPTY ((struct buf){0})

void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); /* empties, keeps the room, forgets a failure */
void buf_add(struct buf *buf, const void *bytes, size_t size);
void buf_str(struct buf *buf, const char *text);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *buf, const char *fmt, va_list args) PRINTF_LIKE(2, 0);
void buf_be32(struct buf *buf, unsigned long value); /* 4 bytes, most significant first */
void buf_be64(struct buf *buf, unsigned long long value);
/* ERR_NONE, or err_memory() if anything appended since the last clear was lost. */
enum err_kind buf_check(const struct buf *buf, struct err *err) MUST_CHECK;
/* The text, never NULL ("" when empty). */
const char *buf_text(const struct buf *buf);

#endif
