-- rows: 1..n
insert into release_tenant (release, tenant, killed)
	select f.release, t.value, 1 from fact f, json_each(f.body, '$.tenants') t where f.seq = $1
	on conflict (release, tenant) do update set killed = 1;
-- Killed for all anew: nobody is spared any more.
-- rows: 0..n
update release_tenant set spared = 0
	where spared = 1 and release = (select f.release from fact f, json_each(f.body, '$.tenants') t where f.seq = $1 and t.value = '*');
-- Killed for all: that concerns every tenant of the plan.
-- rows: 0..n
insert into fact_tenant (tenant, seq)
	select r.tenant, f.seq from fact f join release_tenant r on r.release = f.release
	where f.seq = $1 and r.tenant <> '*' and r.wanted = 1
		and exists (select 1 from json_each(f.body, '$.tenants') t where t.value = '*')
	on conflict do nothing;
