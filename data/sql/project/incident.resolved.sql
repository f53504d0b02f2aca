-- rows: 1
update incident set resolved_at = f.at
	from (select body ->> 'incident' as id, at from fact where seq = $1) f
	where incident.id = f.id;
-- It concerns what the incident concerns.
-- rows: 0..n
insert into fact_release (release, seq)
	select r.release, f.seq from fact f join incident_release r on r.incident = f.body ->> 'incident' where f.seq = $1
	on conflict do nothing;
-- rows: 0..n
insert into fact_tenant (tenant, seq)
	select t.tenant, f.seq from fact f
		join incident i on i.id = f.body ->> 'incident'
		join fact_tenant t on t.seq = i.opened_seq
	where f.seq = $1
	on conflict do nothing;
