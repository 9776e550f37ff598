-- Every input is a view of its name, every parameter a variable.
copy (
    select sensor, count(*) as readings, round(avg(temperature), 2) as mean_temperature
    from readings
    where hour >= getvariable('from_hour')
    group by sensor
    order by sensor
) to 'out/by_sensor.csv' (header);

-- Metrics are one row of numbers.
copy (
    select count(*) as readings, round(avg(temperature), 2) as mean_temperature
    from readings
    where hour >= getvariable('from_hour')
) to 'out/metrics.json' (format json);
