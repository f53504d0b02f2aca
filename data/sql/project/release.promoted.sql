-- rows: 1
update release set state = f.channel, state_at = f.at, class_locked = 1
	from (select release, at, body ->> 'to' as channel from fact where seq = $1) f
	where release.id = f.release;
-- I-10: the predecessor's place is taken.
-- rows: 0..1
update release set state = 'superseded', state_at = f.at
	from (select at, body ->> 'supersedes' as predecessor from fact where seq = $1 and body ->> 'to' = 'stable') f
	where release.id = f.predecessor and release.state = 'stable';
