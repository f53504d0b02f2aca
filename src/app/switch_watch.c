#include <config.h>

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <gonogo/app/live.h>
#include <gonogo/app/sentence.h>
#include <gonogo/app/uses.h>

enum {
	WATCH_FILES,
	WATCH_SIGNALS,
	WATCHES,
	SETTLE_MS = 100, /* who writes a file touches it several times */
	EVENTS = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF,
};

struct watch { struct session *session; struct pollfd fds[WATCHES]; int interval_s; sigset_t before; };

static enum err_kind not_watched(const char *what, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "%s cannot be watched: %s.", what, strerror(errno));
}

static enum err_kind begin(struct watch *watch, struct err *err)
{
	sigset_t ends;

	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGTERM);
	(void)sigaddset(&ends, SIGINT);
	(void)sigaddset(&ends, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, &ends, &watch->before);
	watch->fds[WATCH_FILES] = (struct pollfd){ .fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), .events = POLLIN };
	watch->fds[WATCH_SIGNALS] = (struct pollfd){ .fd = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK), .events = POLLIN };
	if (watch->fds[WATCH_FILES].fd < 0)
		return not_watched("Files", err);
	return watch->fds[WATCH_SIGNALS].fd < 0 ? not_watched("The signal to end", err) : ERR_NONE;
}

static void end(struct watch *watch)
{
	for (int i = 0; i < WATCHES; i++)
		if (watch->fds[i].fd >= 0)
			(void)close(watch->fds[i].fd);
	(void)sigprocmask(SIG_SETMASK, &watch->before, NULL);
}

/* The folder, since a file that is replaced is another one; and where the links lead.  One that is not there is looked at again at the next interval. */
static void watch_place(const struct watch *watch, const char *place)
{
	char named[PATH_MAX], real[PATH_MAX];

	(void)snprintf(named, sizeof named, "%.*s", (int)strcspn(place, "{"), place);
	if (named[0] && named[strlen(named) - 1] == '/')
		(void)strncat(named, ".", sizeof named - strlen(named) - 1);
	(void)inotify_add_watch(watch->fds[WATCH_FILES].fd, dirname(named), EVENTS);
	if (realpath(place, real))
		(void)inotify_add_watch(watch->fds[WATCH_FILES].fd, dirname(real), EVENTS);
}

/* One look at one release: what is news is recorded, and said. */
static enum err_kind look(const struct watch *watch, const char *release, void (*say)(void *context, const char *line), void *context, struct err *err)
{
	struct record record;
	const struct dossier *d = &record.dossier;
	struct outcome outcome = { 0 };
	const struct flag_provider *provider = NULL;
	int64_t before = 0;
	enum err_kind failed = record_load(watch->session, release, WHEN_NONE, true, &record, err);

	if (!failed && !(record.me && record.me->is_component))
		failed = err_set(err, ERR_REFUSED, "What a switch is seen to do is recorded by a component (ATT-1): --as COMPONENT --identity KEY. See gonogo component add.");
	if (!failed && d->binding.seq)
		provider = flag_provider_find(d->provider);
	before = failed ? 0 : record.size;
	/* Before the look, so that nothing changes unseen in between. */
	if (provider && provider->is_live && strcmp(d->provider, "command") != 0)
		watch_place(watch, d->place);
	record_release(&record);
	if (!provider || !provider->is_live)
		return failed;
	failed = use_switch_observe(watch->session, release, &outcome, err);
	if (!failed && outcome.seq > before)
		say(context, outcome.text);
	return failed;
}

static enum err_kind look_at_all(const struct watch *watch, void (*say)(void *context, const char *line), void *context, struct err *err)
{
	struct arena arena = { 0 };
	struct texts bound = { 0 };
	enum err_kind failed;

	arena_init(&arena, 0);
	failed = use_switch_bound(watch->session, &arena, &bound, err);
	for (size_t i = 0; !failed && i < bound.count; i++) {
		failed = look(watch, bound.items[i], say, context, err);
		/* Somebody else was writing, or changed what was looked at: the next look tells. */
		if (failed == ERR_BUSY) {
			say(context, err->text);
			failed = ERR_NONE;
		}
	}
	arena_release(&arena);
	return failed;
}

static void drain(int fd)
{
	char events[4096];

	while (read(fd, events, sizeof events) > 0)
		;
}

/* True when it is to end. */
static bool wait_for_news(struct watch *watch)
{
	int ready = poll(watch->fds, WATCHES, watch->interval_s * 1000);

	while (ready > 0 && !watch->fds[WATCH_SIGNALS].revents && watch->fds[WATCH_FILES].revents) {
		drain(watch->fds[WATCH_FILES].fd);
		ready = poll(watch->fds, WATCHES, SETTLE_MS);
	}
	if (ready <= 0 || !watch->fds[WATCH_SIGNALS].revents)
		return false;
	/* Taken here, since what is still waiting would end the process the hard way once it is let through again. */
	drain(watch->fds[WATCH_SIGNALS].fd);
	return true;
}

enum err_kind use_switch_watch(struct session *s, int interval_s, void (*say)(void *context, const char *line), void *context, struct err *err)
{
	struct watch watch = { .session = s, .fds = { { .fd = -1 }, { .fd = -1 } }, .interval_s = interval_s };
	enum err_kind failed = begin(&watch, err);

	while (!failed) {
		failed = look_at_all(&watch, say, context, err);
		if (!failed && wait_for_news(&watch))
			break;
	}
	end(&watch);
	return failed;
}
