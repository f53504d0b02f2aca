#include <config.h>

#include <inttypes.h>
#include <stdio.h>

#include <gonogo/base/embed.h>

#include "schema.h"

const struct schema schema_ledger = { "schema", 0x676f6e6f }, schema_state = { "state", 0x676f6e73 };

static const struct embedded *find_step(const struct schema *schema, int64_t version)
{
	char name[64];

	(void)snprintf(name, sizeof name, "sql/%s/%03" PRId64 ".sql", schema->folder, version);
	return embed_find(name);
}

static int64_t newest(const struct schema *schema)
{
	int64_t version = 0;

	while (find_step(schema, version + 1))
		version++;
	return version;
}

static enum err_kind ask(struct sql *sql, const char *pragma, int64_t *out, struct err *err)
{
	struct sql_query query;

	const enum err_kind kind = sql_begin(sql, pragma, &query, err);
	return kind == ERR_NONE ? sql_number(&query, 0, out, err) : kind;
}

static const char ask_version[] = "pragma user_version", ask_application[] = "pragma application_id";

enum err_kind schema_recognise(struct sql *sql, const struct schema *schema, bool is_new, bool readonly, struct err *err)
{
	const int64_t known = newest(schema);
	int64_t version, application = 0;

	enum err_kind kind = ask(sql, ask_version, &version, err);
	if (kind == ERR_NONE)
		kind = ask(sql, ask_application, &application, err);
	if (kind != ERR_NONE)
		return kind;
	if (is_new && version == 0 && application == 0)
		return ERR_NONE;
	if (application != schema->application || version < 1)
		return sql_fail(sql, SQLITE_NOTADB, err);
	if (version > known)
		return err_set(err, ERR_SYSTEM, "The %s %s was written by a newer gonogo (schema %" PRId64 ", this one knows %" PRId64 "). Install that one.",
			       sql->what, sql->path, version, known);
	if (version < known && readonly)
		return err_set(err, ERR_SYSTEM, "The %s %s was written by an older gonogo (schema %" PRId64 ", this one needs %" PRId64 "). Let somebody who may "
			       "write it run gonogo status once.", sql->what, sql->path, version, known);
	return ERR_NONE;
}

/* One step, or nothing when another process took it meanwhile. */
static enum err_kind take(struct sql *sql, const struct schema *schema, const struct embedded *step, int64_t version, struct err *err)
{
	int64_t now = 0;

	enum err_kind kind = sql_run(sql, "begin immediate", err);
	if (kind != ERR_NONE)
		return kind;
	kind = ask(sql, ask_version, &now, err);
	if (kind == ERR_NONE && now < version) {
		const int rc = sqlite3_exec(sql->db, step->bytes, NULL, NULL, NULL);
		kind = rc == SQLITE_OK ? ask(sql, ask_version, &now, err) : sql_fail(sql, rc, err);
	}
	if (kind == ERR_NONE && now < version)
		kind = err_set(err, ERR_SYSTEM, "Step %" PRId64 " of sql/%s does not end with its version; this is a fault of gonogo, please report it.", version,
			       schema->folder);
	if (kind == ERR_NONE)
		kind = sql_run(sql, "commit", err);
	if (kind != ERR_NONE && !sqlite3_get_autocommit(sql->db))
		(void)sqlite3_exec(sql->db, "rollback", NULL, NULL, NULL);
	return kind;
}

enum err_kind schema_build(struct sql *sql, const struct schema *schema, struct err *err)
{
	const struct embedded *step;
	int64_t version = 0;

	sql->is_building = true;
	enum err_kind kind = ask(sql, ask_version, &version, err);
	while (kind == ERR_NONE && (step = find_step(schema, version + 1)) != NULL)
		kind = take(sql, schema, step, ++version, err);
	sql->is_building = false;
	return kind;
}
