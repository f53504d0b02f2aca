-- A new binding voids the tests of the one before (I-16).
-- rows: 1
insert into switch (release, provider, place, definition)
	select release, body ->> 'provider', body ->> 'place', seq from fact where seq = $1
	on conflict (release) do update set
		provider = excluded.provider, place = excluded.place, definition = excluded.definition,
		tested_at = null, environment = null, result = null;
