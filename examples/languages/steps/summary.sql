copy (
  select count(*) as count, avg(column0) as mean, stddev_samp(column0) as deviation, median(column0) as median
  from clean
) to 'out/summary.json' (format json);
