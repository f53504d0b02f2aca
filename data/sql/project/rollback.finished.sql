-- A verification that fails is recorded, and the rollback stays open (RBK-1).
-- rows: 0..1
update release set state = 'rolled-back', state_at = f.at, rolling_back = 0
	from (select release, at from fact where seq = $1 and body ->> 'verification' = 'pass') f
	where release.id = f.release;
-- I-10: the predecessor stands again, unless another release holds its place.
-- rows: 0..1
update release set state = 'stable', state_at = f.at
	from (select s.supersedes as predecessor, fact.at from fact join release s on s.id = fact.release
		where fact.seq = $1 and fact.body ->> 'verification' = 'pass') f
	where release.id = f.predecessor and release.state = 'superseded'
		and not exists (select 1 from release o where o.supersedes = release.id and o.state in ('stable', 'superseded'));
-- rows: 0..n
update memo set state = 'ended'
	where state = 'draft' and release = (select release from fact where seq = $1 and body ->> 'verification' = 'pass');
