using System.Globalization;
using Fairlead.Predictions.Keeping;

namespace Fairlead.Web.Pages.Views;

/// <summary>What is in the store; what is kept of predictions, for how long, what of it is damaged, and what was erased.</summary>
public sealed record StorageView
{
    /// <summary>All of it, in a sentence.</summary>
    public required string Summary { get; init; }

    public required IReadOnlyList<RetentionRow> Services { get; init; }

    /// <summary>Newest month first.</summary>
    public required IReadOnlyList<StorageRow> Months { get; init; }

    /// <summary>By month of the outcome.</summary>
    public required IReadOnlyList<StorageRow> Outcomes { get; init; }

    /// <summary>What is in the store.</summary>
    public required StoreView Store { get; init; }

    /// <summary>When every byte was last looked at; null when it never was.</summary>
    public required TimeView? CheckedAt { get; init; }

    public required IReadOnlyList<DamageRow> Damaged { get; init; }

    public required IReadOnlyList<DamageRow> Quarantined { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ErasureView> Erasures { get; init; }

    /// <param name="store">What is in the store.</param>
    /// <param name="retentions">Null: for ever.</param>
    /// <param name="check">The last look at every byte.</param>
    public static StorageView Of(
        StoreView store,
        PredictionSizes sizes,
        IReadOnlyDictionary<(string Environment, string Service), TimeSpan?> retentions,
        IReadOnlyList<DamagedFile> quarantined,
        (DateTimeOffset At, PredictionCheckReport Report)? check,
        IReadOnlyList<Erasure> erasures,
        DateTimeOffset now) => new()
    {
        Summary = $"{PageText.Count(sizes.Predictions.Sum(size => size.Rows))} predictions in {PageText.Bytes(sizes.Predictions.Sum(size => size.Bytes))} and "
            + $"{PageText.Count(sizes.Outcomes.Sum(size => size.Rows))} outcomes in {PageText.Bytes(sizes.Outcomes.Sum(size => size.Bytes))} of Parquet; {sizes.LogSegments} log segments that are not compacted yet take {PageText.Bytes(sizes.LogBytes)}.",
        Store = store,
        Services = [.. ServicesOf(sizes, retentions, now)],
        Months = [.. MonthsOf(sizes.Predictions)],
        Outcomes = [.. MonthsOf(sizes.Outcomes)],
        CheckedAt = check is { } looked ? TimeView.Of(looked.At, now) : null,
        // What was set aside since is told below.
        Damaged = [.. (check?.Report.Damaged ?? []).Where(file => !quarantined.Any(aside => aside.Path == file.Path)).Select(file => RowOf(file, "quarantine"))],
        Quarantined = [.. quarantined.Select(file => RowOf(file, "restore"))],
        Erasures = [.. erasures.Select(erasure => ErasureView.Of(erasure, now))],
    };

    private static IEnumerable<RetentionRow> ServicesOf(PredictionSizes sizes, IReadOnlyDictionary<(string Environment, string Service), TimeSpan?> retentions, DateTimeOffset now)
    {
        var partitions = sizes.Predictions.ToLookup(size => (size.Environment!, size.Service!));
        return partitions.Select(group => group.Key).Union(retentions.Keys)
            .OrderBy(place => place.Item1, StringComparer.Ordinal).ThenBy(place => place.Item2, StringComparer.Ordinal)
            .Select(place => new RetentionRow(
                place.Item1,
                place.Item2,
                retentions.GetValueOrDefault(place) is { } kept ? PeriodOf(kept) : "for ever",
                partitions[place].Min(size => size.Oldest) is { } oldest ? TimeView.Of(oldest, now) : null,
                PageText.Count(partitions[place].Sum(size => size.Rows)),
                PageText.Bytes(partitions[place].Sum(size => size.Bytes))));
    }

    private static IEnumerable<StorageRow> MonthsOf(IReadOnlyList<PartitionSize> sizes) => sizes
        .GroupBy(size => (size.Environment, size.Service, Month: new DateOnly(size.Day.Year, size.Day.Month, 1)))
        .OrderByDescending(group => group.Key.Month).ThenBy(group => group.Key.Environment, StringComparer.Ordinal).ThenBy(group => group.Key.Service, StringComparer.Ordinal)
        .Select(group => new StorageRow(
            group.Key.Environment ?? "",
            group.Key.Service ?? "",
            group.Key.Month == DateOnly.MinValue ? "before months were kept" : group.Key.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            PageText.Count(group.Sum(size => size.Rows)),
            PageText.Bytes(group.Sum(size => size.Bytes)),
            PageText.Count(group.Sum(size => (long)size.Files)),
            group.Sum(size => size.MissingRows) is > 0 and var missing ? PageText.Count(missing) : "–"));

    private static string PeriodOf(TimeSpan kept) => kept.TotalDays >= 1 ? $"{kept.TotalDays:0.#} days" : $"{kept.TotalHours:0.#} hours";

    private static DamageRow RowOf(DamagedFile file, string verb) =>
        new(file.Path, file.Problem, file.Rows is { } rows ? PageText.Count(rows) : "–", $"fairlead predictions {verb} {file.Path}");
}
