using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Web.Contracts;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Tests.Pages;

public sealed class StoreViewTests
{
    private static readonly DateTimeOffset Now = PageSamples.Now;

    /// <param name="step">Whose outputs take most.</param>
    public static StoreView Sample(string step) => StoreView.Of(Facts(step), (Now.AddHours(-2), new StoreCheckRecord(1, 2, IsRepair: false)), Now);

    [Fact]
    public void Of_AStore_SumsItUpAndLinksWhatIsLarge()
    {
        var view = Sample("train");

        Assert.Equal("4.0 MiB in 1,200 blobs, 3 of them lists of the files of folders; 1.0 KiB in 2 are named by nothing. Measured just now.", view.Summary);
        Assert.Equal(["outputs of runs 1,000 3.0 MiB 2.0 MiB 75", "datasets 100 1.0 MiB 0 B 25"], view.Sizes.Select(row => $"{row.Kind} {row.Blobs} {row.Size} {row.Own} {row.Share}"));
        Assert.Equal(
            ["output model.onnx of train-7: /runs/train-7 3.0 MiB and 4 more", "dataset rides@2: /datasets/rides?version=2 1.0 MiB "],
            view.Largest.Select(row => $"{row.What}: {row.Href} {row.Size} {row.Others}"));
        Assert.Equal("A cleaning would free 2.0 MiB in 7 blobs, and keep 1.0 MiB that are needed and 512 B that were of use a moment ago.", view.Cleaning);
        Assert.Equal(["outputs of runs train 5", "named by nothing  2"], view.Gone.Select(row => $"{row.Kind} {row.Of} {row.Blobs}"));
        Assert.Equal((true, "1 blob is damaged and 2 missing."), (view.IsDamaged, view.Check));
    }

    [Fact]
    public void Of_WhatNobodyKnowsYet_SaysSo()
    {
        var view = StoreView.Of(null, null, Now);
        Assert.Contains("is being measured", view.Summary);
        Assert.Equal(("", "", false, 0), (view.Cleaning, view.Check, view.IsDamaged, view.Sizes.Count));

        var fine = StoreView.Of(Facts("train") with { Cleaning = null, Problem = "The tree is damaged." }, (Now, new StoreCheckRecord(0, 0, IsRepair: false)), Now);
        Assert.Equal("Nobody can say what a cleaning would free: The tree is damaged.", fine.Cleaning);
        Assert.Equal((false, "nothing is damaged or missing."), (fine.IsDamaged, fine.Check));
    }

    private static StoreFacts Facts(string step) => new(
        Now,
        new UsageReport([], 1200, 4 << 20, 2, 1024)
        {
            Kinds = [new UsageRow("outputs", null, 1000, 3 << 20, 2 << 20), new UsageRow("datasets", null, 100, 1 << 20, 0)],
            Lists = 3,
            Largest =
            [
                new LargeArtifact("outputs", "train-7", $"output model.onnx of {step}-7", Digest.Of("a"u8), 3 << 20, 5),
                new LargeArtifact("datasets", "rides@2", "dataset rides@2", Digest.Of("b"u8), 1 << 20, 1),
            ],
        },
        new CleaningReport
        {
            IsDry = true,
            Rows = [new CleaningRow("outputs", step, 5, 2 << 20), new CleaningRow(CleaningRow.Nothing, null, 2, 1024)],
            Blobs = 7,
            Bytes = 2 << 20,
            Runs = 3,
            Names = [],
            KeptBlobs = 1,
            KeptBytes = 1 << 20,
            YoungBlobs = 1,
            YoungBytes = 512,
        },
        null);
}
