#include <config.h>
#include <gonogo/tui/console.h>
enum err_kind console_run(struct session *session, struct err *err)
{
	(void)session;
	return err_set(err, ERR_USAGE, "The console is not there yet.");
}
