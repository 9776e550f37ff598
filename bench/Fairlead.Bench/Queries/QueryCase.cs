namespace Fairlead.Bench.Queries;

/// <summary>A question in SQL over <c>predictions</c> or <c>scored</c>.</summary>
/// <param name="What">For people.</param>
internal sealed record QueryCase(string What, string Sql)
{
    public static IReadOnlyList<QueryCase> All { get; } =
    [
        new("the count of one day", $"select count(*) from predictions where \"date\" = date '{FilledPredictions.Middle:yyyy-MM-dd}'"),
        new("count and average by server group", "select server_group, count(*), avg(output.late) from predictions group by all order by all"),
        new("six hours by time", $"select count(*), avg(latency_us) from predictions where \"time\" >= '{FilledPredictions.Middle:yyyy-MM-dd} 06:00:00Z' and \"time\" < '{FilledPredictions.Middle:yyyy-MM-dd} 12:00:00Z'"),
        new("p99 of latency by day", "select \"date\", quantile_cont(latency_us, 0.99) from predictions group by all order by all"),
        new("count of distinct units", "select count(distinct unit) from predictions"),
        new("the ten most frequent origins", "select input.origin as origin, count(*) as n from predictions group by all order by n desc, origin limit 10"),
        new("the newest 50, every column", "select * from predictions order by \"time\" desc limit 50"),
        new("outcomes by server group, from `scored`", "select server_group, count(*), avg(outcome.late::INTEGER) from scored where outcome is not null group by all order by all"),
    ];
}
