-- rows: 1
insert into release_tenant (release, tenant, confirmed, confirmed_at)
	select release, tenant, case body ->> 'state' when 'on' then 'on' else 'off' end, at from fact where seq = $1
	on conflict (release, tenant) do update set confirmed = excluded.confirmed, confirmed_at = excluded.confirmed_at;
