-- rows: 0..n
insert into release_tenant (release, tenant, spared)
	select f.release, t.value, 1 from fact f, json_each(f.body, '$.tenants') t
	where f.seq = $1 and t.value <> '*'
		and exists (select 1 from release_tenant r where r.release = f.release and r.tenant = '*' and r.killed = 1)
	on conflict (release, tenant) do update set spared = 1;
-- rows: 0..n
update release_tenant set killed = 0
	where killed = 1 and release = (select release from fact where seq = $1)
		and exists (select 1 from fact f, json_each(f.body, '$.tenants') t where f.seq = $1 and (t.value = '*' or release_tenant.tenant = t.value));
-- Every tenant there is has been restored: so is the kill for all.
-- rows: 0..1
update release_tenant set killed = 0
	where killed = 1 and tenant = '*' and release = (select release from fact where seq = $1)
		and not exists (select 1 from tenant t where not exists (
			select 1 from release_tenant r where r.release = release_tenant.release and r.tenant = t.id and r.spared = 1));
-- rows: 0..n
update release_tenant set spared = 0
	where spared = 1 and release = (select release from fact where seq = $1)
		and not exists (select 1 from release_tenant r where r.release = release_tenant.release and r.tenant = '*' and r.killed = 1);
-- rows: 0..n
insert into fact_tenant (tenant, seq)
	select r.tenant, f.seq from fact f join release_tenant r on r.release = f.release
	where f.seq = $1 and r.tenant <> '*' and r.wanted = 1
		and exists (select 1 from json_each(f.body, '$.tenants') t where t.value = '*')
	on conflict do nothing;
