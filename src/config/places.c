#include <config.h>

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include <gonogo/base/io.h>
#include <gonogo/config/places.h>
#include <gonogo/config/settings.h>

enum { CONFIG_SIZE_MAX = 64 * 1024 };

static const char *home(void)
{
	const struct passwd *account = getpwuid(getuid());

	return account && account->pw_dir && account->pw_dir[0] == '/' ? account->pw_dir : "/";
}

/* The specification of those variables has relative values ignored. */
static const char *xdg(const char *variable, const char *standard, const char *rest, struct arena *arena)
{
	const char *value = getenv(variable);

	if (value && value[0] == '/')
		return arena_printf(arena, "%s/%s", value, rest);
	return arena_printf(arena, "%s/%s/%s", home(), standard, rest);
}

static enum err_kind read_settings(const char *config, struct arena *arena, struct settings *out, struct err *err)
{
	const char *path = config ? config : xdg("XDG_CONFIG_HOME", ".config", "gonogo/gonogo.conf", arena);
	char *text;
	size_t size;
	enum err_kind failed;

	*out = (struct settings){ 0 };
	if (!path)
		return err_memory(err);
	if (!config && access(path, F_OK) != 0)
		return ERR_NONE;
	failed = io_read(path, CONFIG_SIZE_MAX, arena, &text, &size, err);
	return failed ? failed : settings_read(path, text, arena, out, err);
}

enum err_kind places_find(const char *config, struct arena *arena, const char **ledger, const char **state_dir, struct err *err)
{
	struct settings settings;
	const char *from_environment = getenv("GONOGO_LEDGER");
	enum err_kind failed = read_settings(config, arena, &settings, err);

	if (failed)
		return failed;
	if (!*ledger && from_environment && *from_environment)
		*ledger = arena_str(arena, from_environment);
	if (!*ledger)
		*ledger = settings.ledger;
	if (!*ledger)
		*ledger = xdg("XDG_DATA_HOME", ".local/share", "gonogo/gonogo.db", arena);
	*state_dir = settings.state ? settings.state : xdg("XDG_STATE_HOME", ".local/state", "gonogo", arena);
	return *ledger && *state_dir ? ERR_NONE : err_memory(err);
}
