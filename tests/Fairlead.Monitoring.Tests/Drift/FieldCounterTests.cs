using System.Text.Json;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Drift;
using Fairlead.Monitoring.Drift.Comparing;
using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Fields;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Statistics.Drift;

namespace Fairlead.Monitoring.Tests.Drift;

public sealed class FieldCounterTests
{
    [Fact]
    public void Numbers_OfMoreValuesThanAreCountedOneByOne_AreAsFarApartAsTheErrorSays()
    {
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2" });
        using var connection = database.Connect();
        // Different in every row, but for a tenth of the live ones; some are not finite, some are missing, and some are beyond all of the reference.
        connection.Execute("CREATE TABLE reference AS SELECT CASE WHEN i % 1000 = 0 THEN NULL WHEN i % 1000 = 1 THEN 'nan'::DOUBLE ELSE ln(1 + i) * 7.3 END AS f0 FROM range(120000) r(i)");
        connection.Execute("CREATE TABLE live AS SELECT CASE WHEN i % 500 = 0 THEN 'inf'::DOUBLE WHEN i % 10 = 0 THEN 42.0 WHEN i % 997 = 3 THEN 500 + i / 7.0 ELSE ln(1 + i * 1.1) * 7.3 END AS f0 FROM range(90000) r(i)");
        var (reference, live) = (new DriftTable("reference", 120_000), new DriftTable("live", 90_000));
        var counter = new FieldCounter(connection, TestContext.Current.CancellationToken);

        var exact = counter.Numbers(reference, live, "f0", distinct: 50_000);
        var binned = counter.Numbers(reference, live, "f0", distinct: 200_000);

        Assert.Equal(0, exact.Error);
        Assert.InRange(binned.Reference.Values.Count, 2_000, 20_002);
        Assert.Equal(exact.Reference.Total, binned.Reference.Total);
        Assert.Equal(exact.Live.Total, binned.Live.Total);
        Assert.Equal(exact.Live.Values[^1], binned.Live.Values[^1]);
        var (truth, coarse) = (DistanceTest.Of(exact.Reference, exact.Live), DistanceTest.Of(binned.Reference, binned.Live));
        Assert.InRange(coarse.Distance, truth.Distance - binned.Error, truth.Distance + 1e-12);
        Assert.InRange(coarse.Wasserstein, 0.99 * truth.Wasserstein, 1.01 * truth.Wasserstein);
    }

    [Fact]
    public void Numbers_NearTheLargestThereAre_AreComparedAndCanBeWritten()
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE reference AS SELECT (CASE WHEN i % 2 = 0 THEN -1 ELSE 1 END) * 1.7e308::DOUBLE * (i / 100000.0) AS f0 FROM range(100000) r(i)");
        connection.Execute("CREATE TABLE live AS SELECT 5e-324::DOUBLE * (i % 3) + i * 1e-310::DOUBLE AS f0 FROM range(100000) r(i)");
        var field = new FieldPlan("large", "f0", FieldSource.Input, true, part => part, null);

        var compared = Assert.Single(new FieldComparer(new FieldCounter(connection, TestContext.Current.CancellationToken))
            .Compare(new DriftTable("reference", 100_000), new DriftTable("live", 100_000), [field]).Compared);
        var report = FieldReporter.Report(compared, AgainstKind.Training, DriftSeverity.Strong, 0, Closeup.None);

        Assert.True(report.Effect > 0.5);
        Assert.NotEmpty(JsonSerializer.Serialize(report, DriftJson.Default.DriftReport.Options));
    }

    [Fact]
    public void Categories_OfAMillionValues_AreCountedWithoutReadingThemAll()
    {
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2" });
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE reference AS SELECT 'v' || (CASE WHEN i % 3 = 0 THEN i ELSE i % 7 END) AS f0 FROM range(1500000) r(i)");
        connection.Execute("CREATE TABLE live AS SELECT CASE WHEN i % 4 = 0 THEN NULL WHEN i % 5 = 0 THEN 'it''s; new\n' ELSE 'v' || (i % 7) END AS f0 FROM range(10000) r(i)");

        var (counts, unseen) = new FieldCounter(connection, TestContext.Current.CancellationToken)
            .Categories(new DriftTable("reference", 1_500_000), new DriftTable("live", 10_000), "f0", 0, 2_500);
        var cells = new FieldCells(false, [], [.. counts.Top.Take(9).Select(top => top.Name)]);
        var placed = new FieldCounter(connection, TestContext.Current.CancellationToken).Cells(new DriftTable("live", 10_000), "f0", cells);

        Assert.Equal(1000, counts.Top.Count);
        Assert.Equal(1_500_000, counts.Reference.Present);
        Assert.InRange(counts.Reference.Distinct, 499_990, 500_010);
        Assert.Equal(1_500, counts.Live.Unseen);
        Assert.Equal(["it's; new\n"], unseen);
        Assert.Equal(2_500, placed[0].Cells[^1]);
        Assert.Equal(10_000, placed[0].Cells.Sum());
    }
}
