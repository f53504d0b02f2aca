-- A new definition voids the tests of the one before (I-16).
-- rows: 1
insert into switch (release, flag, default_value, definition)
	select release, body ->> 'flag', body ->> 'default', seq from fact where seq = $1
	on conflict (release) do update set
		flag = excluded.flag, default_value = excluded.default_value, definition = excluded.definition,
		tested_at = null, environment = null, result = null;
