-- rows: 1
update release set class = f.class,
		state = case when release.state = 'registered' and f.class <> 'unclear' then 'dev' else release.state end,
		state_at = case when release.state = 'registered' and f.class <> 'unclear' then f.at else release.state_at end
	from (select release, at, body ->> 'class' as class from fact where seq = $1) f
	where release.id = f.release;
