-- rows: 0..1
insert into person_role (person, role)
	select body ->> 'person', body ->> 'role' from fact where seq = $1 and body ->> 'op' = 'grant'
	on conflict do nothing;
-- rows: 0..1
delete from person_role
	where (person, role) in (select body ->> 'person', body ->> 'role' from fact where seq = $1 and body ->> 'op' = 'revoke');
