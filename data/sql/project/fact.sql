-- Every fact, before the statements of its kind: whom and what it concerns.
-- rows: 0..1
insert into fact_release (release, seq)
	select release, seq from fact where seq = $1 and release <> '-';
-- rows: 0..1
insert into fact_tenant (tenant, seq)
	select tenant, seq from fact where seq = $1 and tenant <> '*';
-- rows: 0..n
insert into fact_release (release, seq)
	select r.value, f.seq from fact f, json_each(f.body, '$.releases') r where f.seq = $1
	on conflict do nothing;
-- rows: 0..n
insert into fact_tenant (tenant, seq)
	select t.value, f.seq from fact f, json_each(f.body, '$.tenants') t where f.seq = $1 and t.value <> '*'
	on conflict do nothing;
