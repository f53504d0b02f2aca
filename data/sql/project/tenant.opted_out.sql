-- rows: 1
update tenant set opted_out = 1 where id = (select tenant from fact where seq = $1);
