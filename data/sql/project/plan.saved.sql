-- rows: 0..n
update release_tenant set wanted = 0
	where wanted = 1 and release = (select release from fact where seq = $1);
-- rows: 0..n
insert into release_tenant (release, tenant, wanted)
	select f.release, t.value, 1 from fact f, json_each(f.body, '$.tenants') t where f.seq = $1
	on conflict (release, tenant) do update set wanted = 1;
