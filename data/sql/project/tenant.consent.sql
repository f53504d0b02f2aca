-- rows: 0..1
insert into tenant_consent (tenant, release, at, method)
	select tenant, coalesce(body ->> 'for', '-'), at, body ->> 'method' from fact where seq = $1 and body ->> 'op' = 'given'
	on conflict (tenant, release) do update set at = excluded.at, method = excluded.method;
-- A later consent lifts an opt-out (CHN-8).
-- rows: 0..1
update tenant set opted_out = 0
	where id = (select tenant from fact where seq = $1 and body ->> 'op' = 'given');
-- Withdrawn without a release: all of it (I-16).
-- rows: 0..n
delete from tenant_consent
	where tenant = (select tenant from fact where seq = $1 and body ->> 'op' = 'withdrawn')
		and release = coalesce((select body ->> 'for' from fact where seq = $1), release);
-- rows: 0..1
insert into fact_release (release, seq)
	select body ->> 'for', seq from fact where seq = $1 and body ->> 'for' is not null
	on conflict do nothing;
