#ifndef GONOGO_BASE_WHEN_H
#define GONOGO_BASE_WHEN_H
/*
 * Instants and durations.  An `instant` is whole seconds since 1970-01-01T00:00:00Z, a duration whole seconds; years 2000 to 2199.
 * UTC only: no locale, no TZ, no clock of its own.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <gonogo/base/err.h>

typedef int64_t instant;

#define WHEN_NONE INT64_MIN /* "no such moment": sorts before every instant */
enum { WHEN_DAY_S = 86400, WHEN_WEEK_S = 7 * 86400, WHEN_TEXT_MAX = 24, WHEN_SPAN_MAX = 48 };

/* "2025-02-05T09:12:00Z", or "2025-02-05" which is 00:00:00Z of that day; ERR_USAGE else, naming `what`. */
enum err_kind when_parse(const char *what, const char *text, instant *out, struct err *err) MUST_CHECK;
/* The same as the end of a stretch of time: a day alone is its last second. */
enum err_kind when_parse_end(const char *what, const char *text, instant *out, struct err *err) MUST_CHECK;
/* Writes "2025-02-05T09:12:00Z" / "2025-02-05" into out[WHEN_TEXT_MAX] and returns it. */
const char *when_format(instant at, char *out);
const char *when_date(instant at, char *out);
/* "2025-02-05T09:12:00Z" exactly as stored in the ledger; false when it is anything else. */
bool when_read(const char *text, instant *out);

/*
 * A day as people type it, at the moment `now`: "2025-02-05", "today", "tomorrow", "+10d" and "+2w" from today on, "mon" or "Monday", which is the next
 * such day and never today.  Spaces around it and upper case do not matter.  *out is 00:00:00Z of that day; ERR_USAGE else, naming `what`.
 */
enum err_kind when_day_parse(const char *what, const char *text, instant now, instant *out, struct err *err) MUST_CHECK;
/* How such a day is understood: "Mon, in 7 days", "Tue, today", "Wed, tomorrow", "Sun, 2 days ago". */
enum { WHEN_ECHO_MAX = 40 };
const char *when_day_echo(instant day, instant now, char *out /* [WHEN_ECHO_MAX] */);

/* "1w", "10d", "1 week", "2 weeks", "10 days", also followed by " minimum" or " maximum"; 1 to 3650 days.  Months are refused. */
enum err_kind when_span_parse(const char *what, const char *text, int64_t *seconds, struct err *err) MUST_CHECK;
/* The words of a document: "1 week", "2 weeks", "10 days" (weeks when whole). */
const char *when_span_words(int64_t seconds, char *out /* [WHEN_SPAN_MAX] */);
/* The words of a finding: "5d 4h", "4h 12m", "38s", "7d". */
const char *when_span_short(int64_t seconds, char *out /* [WHEN_SPAN_MAX] */);

#endif
