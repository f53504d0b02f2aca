-- Another class is another manifest: the tests given for the earlier text are void (CLS-6).
-- rows: 0..1
update switch set tested_at = null, environment = null, result = null
	from (select n.release from fact n join release r on r.id = n.release where n.seq = $1 and r.class <> n.body ->> 'class') f
	where switch.release = f.release;
-- rows: 1
update release set class = f.class,
		state = case when release.state = 'registered' and f.class <> 'unclear' then 'dev' else release.state end,
		state_at = case when release.state = 'registered' and f.class <> 'unclear' then f.at else release.state_at end
	from (select release, at, body ->> 'class' as class from fact where seq = $1) f
	where release.id = f.release;
