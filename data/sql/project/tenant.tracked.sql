-- rows: 1
update tenant set track = f.track
	from (select tenant, body ->> 'track' as track from fact where seq = $1) f
	where tenant.id = f.tenant;
