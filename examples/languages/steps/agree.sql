-- Everybody's answer in a row, the largest difference as the metric, and an end with an error when it is more than rounding.
create temp table answers as
  select 'sql' as language, * from sql union all by name select 'shell', * from shell union all by name select 'python', * from python
  union all by name select 'notebook', * from notebook union all by name select 'c', * from c union all by name select 'csharp', * from csharp;

create temp table spread as
  select max("count") - min("count") as "count",
    greatest(max(mean) - min(mean), max(deviation) - min(deviation), max(median) - min(median)) as difference
  from answers;

select if("count" <> 0 or difference > getvariable('tolerance')::double, error('The languages differ by ' || difference), 0) from spread;

copy answers to 'out/report.csv';
copy (select "count" as differing_counts, difference, (select any_value(mean) from answers) as mean from spread) to 'out/metrics.json' (format json);
