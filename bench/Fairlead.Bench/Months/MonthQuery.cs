namespace Fairlead.Bench.Months;

/// <summary>One question, as a user of Fairlead and as a user of PostgreSQL asks it.</summary>
internal sealed record MonthQuery(string What, string Sql, string Postgres)
{
    public static IReadOnlyList<MonthQuery> All { get; } =
    [
        new(
            "predicted share by month",
            "select date_trunc('month', \"time\") as month, count(*), avg(output.late) from predictions group by all order by all",
            "select date_trunc('month', time) as month, count(*), avg(answer) from predictions group by 1 order by 1"),
        new(
            "predicted against actual by origin, from `scored`",
            "select input.origin as origin, count(*), avg(output.late), avg(outcome.late) from scored where outcome.late is not null group by all order by all",
            "select origin, count(*), avg(answer), avg(late) from predictions join outcomes on prediction = id group by 1 order by 1"),
        new(
            "p99 of latency by day",
            "select \"date\", quantile_cont(latency_us, 0.99) from predictions group by all order by all",
            "select date_trunc('day', time), percentile_cont(0.99) within group (order by latency_us) from predictions group by 1 order by 1"),
        new(
            "one day by hour",
            "select input.hour as hour, count(*), avg(output.late) from predictions where \"date\" = date '2001-05-14' group by all order by all",
            "select hour, count(*), avg(answer) from predictions where time >= '2001-05-14 00:00:00Z' and time < '2001-05-15 00:00:00Z' group by 1 order by 1"),
    ];
}
