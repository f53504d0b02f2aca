-- Issued once every required signature is there.
-- rows: 1
update memo set
		owner_at = case f.role when 'system-owner' then f.at else memo.owner_at end,
		lead_at = case f.role when 'dev-lead' then f.at else memo.lead_at end,
		state = case when (memo.owner_at is not null or f.role = 'system-owner')
				and (memo.dev_lead is null or memo.lead_at is not null or f.role = 'dev-lead')
			then 'issued' else memo.state end
	from (select at, body ->> 'memo' as id, body ->> 'role' as role from fact where seq = $1) f
	where memo.id = f.id and memo.state = 'draft';
