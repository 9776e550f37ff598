using Fairlead.Predictions.Keeping;

namespace Fairlead.Web.Pages.Views;

/// <summary>An erasure with its proof.</summary>
/// <param name="Anchor">Its place on the page.</param>
/// <param name="Summary">What was removed, in a sentence.</param>
public sealed record ErasureView(
    string Anchor, int Number, StatusView Status, TimeView RequestedAt, string RequestedBy, string Where, string Reason, string Summary, string Unit, IReadOnlyList<ErasedFileRow> Files, IReadOnlyList<string> NotSearched)
{
    public static ErasureView Of(Erasure erasure, DateTimeOffset now) => new(
        $"erasure-{erasure.Number}",
        erasure.Number,
        erasure.Status == ErasureStatus.Completed ? new StatusView("complete", StatusView.Good) : new StatusView("under way", StatusView.Busy),
        TimeView.Of(erasure.RequestedAt, now),
        erasure.RequestedBy,
        erasure.Environment ?? "all environments",
        erasure.Reason ?? "–",
        $"{PageText.Count(erasure.Predictions)} predictions and {PageText.Count(erasure.Outcomes)} outcomes removed"
            + (erasure.Left is { } left ? $", {PageText.Count(left)} left" : "")
            + (erasure.LateOutcomes > 0 ? $"; {PageText.Count(erasure.LateOutcomes)} outcomes that came later were not kept" : ""),
        erasure.Unit,
        [.. erasure.Files.Select(file => new ErasedFileRow(file.Path, PageText.Count(file.RowsBefore), PageText.Count(file.RowsAfter), file.Digest?.ToString() ?? "–", file.NewDigest?.ToString() ?? "–"))],
        erasure.NotSearched);
}
