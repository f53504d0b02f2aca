-- rows: 1
insert into incident (id, opened_seq, severity, summary, cross_tenant, opened_at)
	select body ->> 'incident', seq, cast(body ->> 'severity' as integer), body ->> 'summary', cast(body ->> 'cross_tenant' as integer), at
	from fact where seq = $1;
-- rows: 0..n
insert into incident_release (release, incident)
	select r.value, f.body ->> 'incident' from fact f, json_each(f.body, '$.releases') r where f.seq = $1
	on conflict do nothing;
