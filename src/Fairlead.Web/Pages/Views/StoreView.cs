using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Web.Contracts;
using Fairlead.Web.Endpoints;

namespace Fairlead.Web.Pages.Views;

/// <summary>What is in the store, what of it a cleaning would remove, and whether it is whole.</summary>
public sealed record StoreView
{
    private const int MostGone = 10;

    /// <summary>All of it, in a sentence.</summary>
    public required string Summary { get; init; }

    public required IReadOnlyList<StoreSizeRow> Sizes { get; init; }

    public required IReadOnlyList<StoreArtifactRow> Largest { get; init; }

    /// <summary>What a cleaning by the usual rules would remove, in a sentence.</summary>
    public required string Cleaning { get; init; }

    /// <summary>The largest of it.</summary>
    public required IReadOnlyList<StoreGoneRow> Gone { get; init; }

    /// <summary>When every byte was last read; null when nobody did.</summary>
    public required TimeView? CheckedAt { get; init; }

    /// <summary>What was found then, in a sentence.</summary>
    public required string Check { get; init; }

    public required bool IsDamaged { get; init; }

    /// <param name="facts">Null while it is being measured.</param>
    /// <param name="check">The last look at every byte.</param>
    internal static StoreView Of(StoreFacts? facts, (DateTimeOffset At, StoreCheckRecord Found)? check, DateTimeOffset now) => new()
    {
        Summary = facts is null
            ? "The store is large and is being measured; look again in a moment."
            : $"{PageText.Bytes(facts.Usage.Bytes)} in {PageText.Count(facts.Usage.Blobs)} blobs, {PageText.Count(facts.Usage.Lists)} of them lists of the files of folders; {PageText.Bytes(facts.Usage.UnusedBytes)} in {PageText.Count(facts.Usage.UnusedBlobs)} are named by nothing. "
                + $"Measured {PageText.Relative(facts.At, now)}.",
        Sizes = facts is null ? [] : [.. facts.Usage.Kinds.Select(row => RowOf(row, facts.Usage.Bytes))],
        Largest = facts is null ? [] : [.. facts.Usage.Largest.Select(RowOf)],
        Cleaning = facts is null ? "" : CleaningOf(facts),
        Gone = [.. (facts?.Cleaning?.Rows ?? []).Take(MostGone).Select(row => new StoreGoneRow(row.Kind == CleaningRow.Nothing ? "named by nothing" : KindOf(row.Kind), row.Name ?? "", PageText.Count(row.Blobs), PageText.Bytes(row.Bytes)))],
        CheckedAt = check is { } looked ? TimeView.Of(looked.At, now) : null,
        Check = check is { } last ? CheckOf(last.Found) : "",
        IsDamaged = check is { Found: var found } && found.Damaged + found.Missing > 0,
    };

    private static StoreSizeRow RowOf(UsageRow row, long all) =>
        new(KindOf(row.Kind), PageText.Count(row.Blobs), PageText.Bytes(row.Bytes), PageText.Bytes(row.OwnBytes), FormattableString.Invariant($"{(all == 0 ? 0 : 100.0 * row.Bytes / all):0.#}"));

    private static StoreArtifactRow RowOf(LargeArtifact artifact) => new(
        artifact.Owner,
        artifact.Record,
        HrefOf(artifact),
        PageText.Bytes(artifact.Bytes),
        artifact.Records > 1 ? $"and {PageText.Count(artifact.Records - 1)} more" : "");

    private static string HrefOf(LargeArtifact artifact)
    {
        if (artifact.Kind != "datasets" || artifact.Record.LastIndexOf('@') is not (> 0 and var at) || !int.TryParse(artifact.Record.AsSpan(at + 1), System.Globalization.CultureInfo.InvariantCulture, out var version))
            return PagePaths.Run(artifact.Record);
        return PagePaths.Dataset(artifact.Record[..at], version);
    }

    /// <summary>Kinds are words of records; what people do not know them by is said otherwise.</summary>
    private static string KindOf(string kind) => kind switch
    {
        "outputs" => "outputs of runs",
        "inputs" => "inputs of runs",
        "logs" => "logs of runs",
        "code" => "code of runs",
        "names" => "names in the index",
        _ => kind,
    };

    private static string CleaningOf(StoreFacts facts) => facts.Cleaning is { } report
        ? $"A cleaning would free {PageText.Bytes(report.Bytes)} in {PageText.Count(report.Blobs)} blobs, and keep {PageText.Bytes(report.KeptBytes)} that are needed and {PageText.Bytes(report.YoungBytes)} that were of use a moment ago."
        : $"Nobody can say what a cleaning would free: {facts.Problem}";

    private static string CheckOf(StoreCheckRecord found) => (found.Damaged, found.Missing) switch
    {
        (0, 0) => "nothing is damaged or missing.",
        var (damaged, missing) => $"{damaged} {(damaged == 1 ? "blob is" : "blobs are")} damaged and {missing} missing{(found.IsRepair ? "; what was damaged was set aside" : "")}.",
    };
}
