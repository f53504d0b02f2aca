-- A test counts for the definition and binding it was made of.
-- rows: 0..1
update switch set tested_at = f.at, environment = f.environment, result = f.result
	from (select release, at, body ->> 'environment' as environment, body ->> 'result' as result,
			cast(body ->> 'definition' as integer) as definition
		from fact where seq = $1) f
	where switch.release = f.release and switch.definition = f.definition;
