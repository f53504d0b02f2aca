-- rows: 1
insert into tenant (id, name, kind, track, added_at)
	select tenant, body ->> 'name', body ->> 'kind', body ->> 'track', at from fact where seq = $1;
