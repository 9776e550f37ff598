-- Features and label, defined here and nowhere else, and the split by time: the model is tested on days after those
-- it learned from, as it will be in production.
--
-- `date` is the minute in which the flight left, so the question is asked at departure: will it arrive late?
create view examples as
select
    date,
    hour(date)             as hour,         -- 0 to 23, local time
    isodow(date)           as day_of_week,  -- 1 is Monday, 7 is Sunday
    distance::float        as distance,     -- miles
    origin,
    destination,
    (delay >= 15)::integer as late
from flights
where date >= getvariable('train_from')::date
  and date < getvariable('until')::date;

copy (
    select hour, day_of_week, distance, origin, destination, late
    from examples
    where date < getvariable('test_from')::date
    order by all
) to 'out/train.csv' (format csv, header);

copy (
    from examples
    where date >= getvariable('test_from')::date
    order by all
) to 'out/test.parquet' (format parquet, compression zstd);
