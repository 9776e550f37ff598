using Fairlead.Domain.Models;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Query;

/// <summary>Which files a statement reads, and that it answers as if it had read them all.</summary>
public sealed class RowBoundsTests : IDisposable
{
    private const long Day = 86_400_000_000;
    private static readonly SnapshotFile[] Files =
    [
        File("first", "environment=prod/service=late/date=2026-01-01", 0),
        File("second", "environment=prod/service=late/date=2026-01-02", 1),
        File("test", "environment=te%20st/service=late/date=2026-01-02", 1),
        File("other", "environment=prod/service=other/date=2026-01-02", 1),
    ];

    private readonly DuckDbDatabase database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection connection;

    public RowBoundsTests() => connection = database.Connect();

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }

    [Theory]
    [InlineData("select * from predictions where date = date '2026-01-01'", "first")]
    [InlineData("select * from predictions where '2026-01-01' = \"date\"", "first")]
    [InlineData("select * from predictions where date in (date '2026-01-01', date '2025-01-01')", "first")]
    [InlineData("select * from predictions where date between '2025-12-30' and '2026-01-01'", "first")]
    [InlineData("select * from predictions where date > '2026-01-02' and service = 'late'", "second test")]
    [InlineData("select * from Predictions p where p.TIME >= '2026-01-02' and environment = 'prod'", "second other")]
    [InlineData("select * from predictions where time < '2026-01-01 23:59:59.999999Z'", "first")]
    [InlineData("select * from predictions where time < timestamptz '2026-01-01T23:59:59+00'", "first")]
    [InlineData("select * from predictions where '2026-01-01 12:00'::timestamp > time", "first")]
    [InlineData("select * from predictions where time <= date '2026-01-01'", "first")]
    [InlineData("select * from predictions where time between $from and $to::timestamptz", "first")]
    [InlineData("from predictions where service in ('other', 'none')", "other")]
    [InlineData("select * from predictions where environment = 'te st'", "test")]
    [InlineData("with p as (select * from predictions where service = 'other') select count(*) from p a join p b using (id) join server_groups using (server_group)", "other")]
    [InlineData("explain analyze select * from predictions where service = 'other'", "other")]
    [InlineData("select * from predictions where service = 'none'", "")]
    [InlineData("select service as time, input.x as date from predictions where date = '2026-01-01' and time < '2026-01-01 05:00:00'", "first")]
    public void MayHold_ConditionsOnAllRows_LeavesFilesOut(string sql, string expected) => Assert.Equal(expected, Kept(sql));

    [Theory]
    [InlineData("time > now() - interval '1 day'", "today soon")]
    [InlineData("time > now() - interval 1 day", "today soon")]
    [InlineData("time >= NOW() - interval '3 days 6 hours'", "week today soon")]
    [InlineData("time > current_timestamp - interval 30 hours", "today soon")]
    [InlineData("time > get_current_timestamp()::timestamp - to_hours(30)", "today soon")]
    [InlineData("time < now() - interval '1 year'", "old")]
    [InlineData("time between now() - interval '8 days' and now() - interval '50 hours'", "week")]
    [InlineData("now() - interval '1 month' > predictions.time", "old")]
    [InlineData("time > now()", "today soon")]
    [InlineData("time <= now() and time > now() - interval '1 hour' - interval '1 day'", "today")]
    [InlineData("date = current_date", "today")]
    [InlineData("date >= today() - 1", "today soon")]
    [InlineData("date > current_date - interval '2 days'", "today soon")]
    [InlineData("date > now() - interval '36 hours'", "today soon")]
    [InlineData("time >= date_trunc('month', now() - interval '1 year')", "week today soon")]
    [InlineData("time > transaction_timestamp() - interval (2 * 12) hours", "old week today soon")]
    [InlineData("time > now() - $since::interval", "old week today soon")]
    [InlineData("time > now() - interval '1 century' * 999999", "old week today soon")]
    [InlineData("time > now() - interval '9999999 years'", "old week today soon")]
    [InlineData("time > now() - (now() - time)", "old week today soon")]
    [InlineData("time > now() - interval '1 day' or status = 500", "old week today soon")]
    [InlineData("time > (now() - interval '1 day')::varchar::timestamptz", "old week today soon")]
    [InlineData("time > try_cast(now() as timestamp) - to_days(1) and time > now() - try_cast('1 day' as interval)", "old week today soon")]
    [InlineData("service > now() - interval '1 day'", "old week today soon")]
    public void MayHold_TimesBeforeNow_LeavesFilesOut(string condition, string expected) =>
        Assert.Equal(expected, Kept($"select * from predictions where {condition}", Recent()));

    [Theory]
    [InlineData("select * from predictions where time > current_date - 7", "week today soon")]
    [InlineData("select date as current_date from predictions where time > current_date - 7", "old week today soon")]
    [InlineData("select * rename (date as current_date) from predictions where time > current_date - 7", "old week today soon")]
    [InlineData("select *, unnest(input) from predictions where time > current_date - 7", "old week today soon")]
    [InlineData("select (select count(*) from predictions where time > current_date - 7) from releases r(current_date)", "old week today soon")]
    public void MayHold_NameThatMayBeAColumn_KeepsEveryFile(string sql, string expected) => Assert.Equal(expected, Kept(sql, Recent()));

    [Fact]
    public void Check_TimeBeforeNow_HoldsForStatementsOfThatMoment()
    {
        var plan = SqlGuard.Check(connection, "from predictions where time > now() - interval '1 day' and service = 'late'");
        var now = (DateTime)connection.Scalar("select now()")!;
        Assert.True(plan.Time!.Value.Contains(now));
        Assert.False(plan.Time.Value.Contains(now.AddMinutes(3)));
        Assert.False(plan.Time.Value.Contains(now.AddMinutes(-3)));
        Assert.Equal(2, plan.Conditions.Count);
        Assert.Null(SqlGuard.Check(connection, "from predictions where time > '2026-01-01'").Time);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_TimesBeforeNow_AnswersAsWithoutThem(bool isApart)
    {
        using var bench = new Workbench(workers: isApart ? Workers.WorkerCommand.Options : null);
        var now = (TimeProvider.System.GetUtcNow().UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        for (var i = 0; i < 40; i++)
        {
            bench.AppendFlight(Workbench.Flights(), "SFO", i, 0.5f, now - (i * Day / 5));
            if (i % 10 == 5)
                await bench.CompactAsync();
        }

        foreach (var condition in new[] { "time > now() - interval '1 day'", "time < now() - interval 3 days", "date = current_date", "date < today() - 4", "time between now() - interval '50 hours' and now() - interval '20 hours'", "time > date_trunc('day', now())" })
        {
            const string Columns = "count(*), min(input.hour), max(input.hour)";
            var all = Assert.Single(await bench.AskAsync($"select {Columns} from (from predictions) predictions where {condition}"));
            Assert.InRange((long)all[0]!, 1, 39);
            Assert.Equal(all, Assert.Single(await bench.AskAsync($"select {Columns} from predictions where {condition}")));
        }
    }

    [Theory]
    [InlineData("select * from predictions")]
    [InlineData("select * from predictions where date = '2026-01-01' or status = 500")]
    [InlineData("select * from predictions where not (date = '2026-01-01')")]
    [InlineData("select * from predictions where date <> '2026-01-01' and date not in ('2026-01-02') and time not between '2025-01-01' and '2025-01-02'")]
    [InlineData("select count(*) filter (where date = '2026-01-01') from predictions")]
    [InlineData("select * from predictions where date = '2026-01-01' union all select * from predictions")]
    [InlineData("select * from predictions where date = (select max(date) from predictions where service = 'other')")]
    [InlineData("select * from predictions p left join outcomes o on o.prediction = p.id where p.date = '2026-01-01'")]
    [InlineData("select * from outcomes o where not exists (select 1 from predictions p where o.time < '2025-01-01')")]
    [InlineData("select * from predictions, scored where service = 'other'")]
    [InlineData("select * from scored where date = '2026-01-01'")]
    [InlineData("select * from (select * from predictions) where date = '2026-01-01'")]
    [InlineData("select * from predictions p(time, id, service) where service = 'other'")]
    [InlineData("select * from predictions tablesample 10% where service = 'other'")]
    [InlineData("select * from predictions where service = 'other' using sample 10 rows")]
    [InlineData("select * from predictions where input.service = 'other' and input.date = '2026-01-01'")]
    [InlineData("select * from predictions where lower(service) = 'other' and service = service and service > 'late' and service = lower('OTHER')")]
    [InlineData("select * from predictions where service in ('other', lower('LATE'))")]
    [InlineData("select * from predictions where time < '2026-01-01 12:00:00+05'")]
    [InlineData("select * from predictions where time < '2026-01-01 12:00:00 Europe/Berlin' and time < 'infinity' and date < 'infinity'")]
    [InlineData("select * from predictions where time < time '12:00:00' or date < '01.01.2026'")]
    [InlineData("select * from predictions where date = timestamp '2026-01-01 12:00:00' and service = 7")]
    [InlineData("select * from predictions where date = $number and service = $none")]
    [InlineData("select * from predictions where date > $nothing")]
    [InlineData("summarize predictions")]
    public void MayHold_AnythingElse_KeepsEveryFile(string sql) => Assert.Equal("first second test other", Kept(sql));

    [Fact]
    public async Task Run_AnyConditions_AnswersAsWithoutThem()
    {
        using var bench = new Workbench();
        for (var i = 0; i < 60; i++)
        {
            var (service, environment) = (i % 3 == 0 ? "other" : "late", i % 5 == 0 ? "test" : "prod");
            var context = Workbench.Context(service, environment, 1, [new TensorSpec("hour", TensorType.Int64, [-1])], [new TensorSpec("late", TensorType.Float32, [-1])]);
            var time = Workbench.Noon + (i * Day / 7);
            bench.Append(context, bench.NewId(time), 1, new Blocks().Add(TensorType.Int64, [1], (long)i).Bytes, new Blocks().Add(TensorType.Float32, [1], 0.5f).Bytes, time);
            // The last ones stay in the log.
            if (i % 20 == 15)
                await bench.CompactAsync();
        }

        var times = (await bench.AskAsync("select \"time\"::varchar, strftime(\"time\", '%Y-%m-%dT%H:%M:%S.%fZ'), \"date\"::varchar from predictions order by all")).Select(row => row.Cast<string>().ToArray()).ToList();
        var random = new Random(7);
        for (var i = 0; i < 150; i++)
        {
            var conditions = string.Join(" and ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition(random, times)));
            const string Columns = "count(*), coalesce(min(\"time\")::varchar, ''), coalesce(sum(input.hour), 0)::bigint";
            var all = Assert.Single(await bench.AskAsync($"select {Columns} from (from predictions) predictions where {conditions}"));
            var some = Assert.Single(await bench.AskAsync($"select {Columns} from predictions where {conditions}"));
            Assert.True(all.SequenceEqual(some), $"'{conditions}' gave {string.Join(", ", some)} and not {string.Join(", ", all)}.");
        }
    }

    [Fact]
    public async Task Run_FilesOfOneRelease_KeepTheFieldsOfAll()
    {
        using var bench = new Workbench();
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f, Workbench.Noon - Day);
        var later = Workbench.Context("late", "prod", 2, [new TensorSpec("hour", TensorType.Float64, [-1])], [new TensorSpec("late", TensorType.Float32, [-1])]);
        bench.Append(later, bench.NewId(Workbench.Noon), 1, new Blocks().Add(TensorType.Float64, [1], 9.5).Bytes, new Blocks().Add(TensorType.Float32, [1], 0.5f).Bytes, Workbench.Noon);
        await bench.CompactAsync();
        var day = DateTime.UnixEpoch.AddMicroseconds(Workbench.Noon).Date;
        Assert.Equal([[9.5, null, "DOUBLE"]], await bench.AskAsync($"select input.hour, input.origin, typeof(input.hour) from predictions where date = '{day:yyyy-MM-dd}'"));
        Assert.Equal([[8.0, "SFO", "DOUBLE"]], await bench.AskAsync($"select input.hour, input.origin, typeof(input.hour) from predictions where time < '{day:yyyy-MM-dd}'"));
        Assert.Empty(await bench.AskAsync("select input.hour, input.origin from predictions where service = 'none'"));
        using var snapshot = await bench.Store.Files.AcquireAsync(TestContext.Current.CancellationToken);
        var bounds = RowBounds.Of(SqlGuard.Check(connection, $"from predictions where date = '{day:yyyy-MM-dd}'").Conditions, new Dictionary<string, object?>());
        Assert.Single(snapshot.PredictionFiles, bounds.MayHold);
    }

    private static string Condition(Random random, List<string[]> times)
    {
        var row = times[random.Next(times.Count)];
        var comparison = new[] { "=", "<", "<=", ">", ">=" }[random.Next(5)];
        return random.Next(8) switch
        {
            0 => $"\"time\" {comparison} '{row[0]}'",
            1 => $"\"time\" {comparison} timestamptz '{row[1]}'",
            2 => $"\"time\" {comparison} date '{row[2]}'",
            3 => $"\"date\" {comparison} '{row[2]}'",
            4 => $"\"date\" between '{row[2]}' and '{times[random.Next(times.Count)][2]}'",
            5 => $"service {comparison} 'late'",
            6 => "environment in ('test', 'none')",
            _ => $"'{row[1]}' {comparison} predictions.time",
        };
    }

    private static SnapshotFile[] Recent()
    {
        var now = (TimeProvider.System.GetUtcNow().UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return [At("old", -500), At("week", -3), At("today", 0), At("soon", 2)];

        SnapshotFile At(string name, int days)
        {
            var day = DateTime.UnixEpoch.AddMicroseconds(now + (days * Day));
            return new SnapshotFile(name, now + (days * Day), now + (days * Day)) { Name = $"predictions/environment=prod/service=late/date={day:yyyy-MM-dd}/{name}.parquet" };
        }
    }

    private string Kept(string sql, SnapshotFile[] files)
    {
        var bounds = RowBounds.Of(SqlGuard.Check(connection, sql).Conditions, new Dictionary<string, object?>());
        return string.Join(' ', files.Where(bounds.MayHold).Select(file => file.Path));
    }

    private string Kept(string sql)
    {
        var parameters = new Dictionary<string, object?> { ["FROM"] = "2025-12-31", ["to"] = "2026-01-01 10:00:00", ["number"] = 5L, ["none"] = null };
        var bounds = RowBounds.Of(SqlGuard.Check(connection, sql).Conditions, parameters);
        return string.Join(' ', Files.Where(bounds.MayHold).Select(file => file.Path));
    }

    private static SnapshotFile File(string name, string folder, int day)
    {
        var start = (new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return new SnapshotFile(name, start + (day * Day), start + ((day + 1) * Day) - 1) { Name = $"predictions/{folder}/{name}.parquet" };
    }
}
