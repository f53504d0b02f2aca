-- rows: 1
update release set rolling_back = 1 where id = (select release from fact where seq = $1);
