using Fairlead.Domain.Artifacts;
using Fairlead.Predictions.Keeping;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class StorageViewTests
{
    private static readonly DateTimeOffset Now = PageSamples.Now;

    [Fact]
    public void Of_Partitions_AreSummedByMonthAndByService()
    {
        var view = Of(
            new PredictionSizes(
                [Size("prod", "late", 2026, 4, 30, 10), Size("prod", "late", 2026, 5, 1, 20, missing: 7), Size("prod", "late", 2026, 5, 2, 30), Size("stage", "late", 2026, 5, 1, 1)],
                [Size(null, null, 2026, 5, 3, 4)],
                2,
                1 << 20));

        Assert.Equal(["2026-05 prod late 50 2 7", "2026-05 stage late 1 1 –", "2026-04 prod late 10 1 –"], view.Months.Select(row => $"{row.Month} {row.Environment} {row.Service} {row.Rows} {row.Files} {row.Missing}"));
        Assert.Equal(["prod late 90 days 60", "prod other for ever 0", "stage late for ever 1"], view.Services.Select(row => $"{row.Environment} {row.Service} {row.Kept} {row.Rows}"));
        Assert.Equal("2026-05", Assert.Single(view.Outcomes).Month);
        Assert.StartsWith("61 predictions in 61.0 KiB and 4 outcomes", view.Summary, StringComparison.Ordinal);
        Assert.Contains("2 log segments", view.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Damage_NamesTheCureAndTellsEachFileOnce()
    {
        var check = new PredictionCheckReport(3, 1, [new DamagedFile("predictions/a.parquet", "is missing", 5), new DamagedFile("predictions/b.parquet", "its bytes do not match their digest", 6)], [], [], []);
        var view = Of(Nothing, quarantined: [new DamagedFile("predictions/b.parquet", "set aside", 6)], check: (Now.AddHours(-1), check));

        Assert.Equal("fairlead predictions quarantine predictions/a.parquet", Assert.Single(view.Damaged).Command);
        Assert.Equal("fairlead predictions restore predictions/b.parquet", Assert.Single(view.Quarantined).Command);
        Assert.NotNull(view.CheckedAt);
        Assert.Null(Of(Nothing).CheckedAt);
    }

    [Fact]
    public void Of_Erasure_ShowsItsProofAndNotTheUnit()
    {
        var erasure = new Erasure
        {
            Number = 3,
            Unit = "00ff",
            RequestedBy = "ann",
            RequestedAt = Now.AddDays(-1),
            Status = ErasureStatus.Completed,
            Predictions = 1200,
            Outcomes = 3,
            Left = 0,
            LateOutcomes = 2,
            Files = [new RewrittenFile("predictions/a.parquet", Digest.Of("a"u8), 10, null, null, 0)],
            NotSearched = ["predictions/c.parquet"],
        };
        var shown = Assert.Single(Of(Nothing, erasures: [erasure]).Erasures);
        Assert.Equal("1,200 predictions and 3 outcomes removed, 0 left; 2 outcomes that came later were not kept", shown.Summary);
        Assert.Equal(("complete", "all environments", "–", "erasure-3"), (shown.Status.Text, shown.Where, shown.Reason, shown.Anchor));
        Assert.Equal((Digest.Of("a"u8).ToString(), "–"), (shown.Files[0].Digest, shown.Files[0].NewDigest));
    }

    private static PredictionSizes Nothing => new([], [], 0, 0);

    private static PartitionSize Size(string? environment, string? service, int year, int month, int day, long rows, long missing = 0) =>
        new(environment, service, new DateOnly(year, month, day), rows, rows * 1024, 1, new DateTimeOffset(year, month, day, 1, 0, 0, TimeSpan.Zero), missing);

    private static StorageView Of(
        PredictionSizes sizes, IReadOnlyList<DamagedFile>? quarantined = null, (DateTimeOffset, PredictionCheckReport)? check = null, IReadOnlyList<Erasure>? erasures = null) => StorageView.Of(
            StoreViewTests.Sample("train"),
            sizes,
            sizes.Predictions.Count == 0
                ? new Dictionary<(string, string), TimeSpan?>()
                : new Dictionary<(string, string), TimeSpan?> { [("prod", "late")] = TimeSpan.FromDays(90), [("stage", "late")] = null, [("prod", "other")] = null },
            quarantined ?? [],
            check,
            erasures ?? [],
            Now);
}
