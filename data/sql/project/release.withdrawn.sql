-- rows: 1
update release set state = 'withdrawn', state_at = f.at
	from (select release, at from fact where seq = $1) f
	where release.id = f.release;
-- rows: 0..n
update memo set state = 'ended'
	where state = 'draft' and release = (select release from fact where seq = $1);
