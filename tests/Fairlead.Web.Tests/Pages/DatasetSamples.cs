using Fairlead.Domain.Datasets;
using Fairlead.Domain.Runs;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

/// <summary>Datasets whose every text was written by somebody hostile.</summary>
internal static class DatasetSamples
{
    public static DatasetVersion Version(int number) => new()
    {
        Dataset = "rides",
        Number = number,
        Artifact = PageSamples.Artifact($"rides {number}"),
        Path = PageSamples.Hostile,
        RegisteredAt = PageSamples.Now.AddHours(-number),
        RegisteredBy = PageSamples.Hostile,
        Commit = PageSamples.Commit,
        Run = number == 2 ? new RunId("dataset.rides", 1) : null,
    };

    public static DatasetProfile Profile() => new()
    {
        Format = DatasetFormat.Parquet,
        Files = 1,
        Bytes = 48_213,
        Rows = 1000,
        Note = PageSamples.Hostile,
        Columns =
        [
            new ColumnProfile
            {
                Name = PageSamples.Hostile, Type = "DOUBLE", Kind = ColumnKind.Number, Nulls = 25, Distinct = 990, Min = "0.5", Max = "12.25", Mean = 3.5, Deviation = 1.25,
                Quantiles = [new ColumnQuantile(0.5, "3.25")], Histogram = new ColumnHistogram("0.5", "12.25", true, [0, 25, 500, 450]),
            },
            new ColumnProfile { Name = "region", Type = "VARCHAR", Kind = ColumnKind.Text, Nulls = 0, Distinct = 2, Min = "a", Max = PageSamples.Hostile, Top = [new ColumnValue(PageSamples.Hostile, 700), new ColumnValue("a", 300)] },
            new ColumnProfile { Name = "tags", Type = "VARCHAR[]", Kind = ColumnKind.Other, Nulls = 1000 },
        ],
    };

    public static DatasetDifference Difference() => new()
    {
        Left = "rides@1",
        Right = "rides@2",
        LeftRows = 900,
        RightRows = 1000,
        Rows = new KeyedDifference(["id"], 120, 20, 3, 1) { ChangedColumns = [new ColumnValue(PageSamples.Hostile, 3)] },
        Note = PageSamples.Hostile,
        Columns =
        [
            new ColumnDifference
            {
                Name = PageSamples.Hostile, Change = ColumnChange.None, LeftType = "DOUBLE", RightType = "DOUBLE", LeftNulls = 0, RightNulls = 25, LeftMean = 3.5, RightMean = 4.25,
                Stability = 0.31, Distance = 0.12, Effect = 0.4, PValue = 1e-9, Cells = ["≤ 1", PageSamples.Hostile, "none"], LeftCells = [400, 500, 0], RightCells = [100, 875, 25],
            },
            new ColumnDifference { Name = "fresh", Change = ColumnChange.Added, RightType = "DATE" },
            new ColumnDifference { Name = "name", Change = ColumnChange.Retyped, LeftType = "VARCHAR", RightType = "BIGINT", Note = PageSamples.Hostile },
        ],
    };

    public static DatasetView View(DatasetProfile? profile) =>
        DatasetView.Of(Version(2), [Version(2), Version(1)], profile, profile is null ? null : PageSamples.Hostile, [], PageSamples.Now);

    public static DatasetDifferenceView DifferenceView() => DatasetDifferenceView.Of(Version(1), Version(2), Difference(), ["id", PageSamples.Hostile], PageSamples.Hostile);
}
