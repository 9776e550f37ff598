using System.Globalization;
using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift.Comparing;

/// <summary>Says what a comparison of a field comes to. Of a field that did not drift there is nothing to say.</summary>
internal static class DriftSentences
{
    private const double LeastPart = 0.002;

    public static IReadOnlyList<string> Of(FieldDrift field, AgainstKind against)
    {
        if (field.Severity == DriftSeverity.None)
            return [];
        var reference = Name(against);
        var says = new List<string>();
        if (field.NewShare is { } unseen && unseen - field.NewExpected >= LeastPart)
            says.Add($"{Percent(unseen)} of live rows have values that {reference} does not hold{Examples(field)}.");
        if (Math.Abs(field.Live.Missing - field.Reference.Missing) >= LeastPart)
            says.Add($"{Percent(field.Live.Missing)} of live rows have no value; in {reference} it is {Percent(field.Reference.Missing)}.");
        if (field.Live.NotFinite is { } odd && odd - (field.Reference.NotFinite ?? 0) >= LeastPart)
            says.Add($"{Percent(odd)} of live rows are not a number or infinite.");
        if (field.OutOfRange >= LeastPart)
            says.Add($"{Percent(field.OutOfRange.Value)} of live rows are outside the range of {reference}, {Number(field.Reference.Least)} to {Number(field.Reference.Most)}.");
        says.Add(Movement(field));
        if (field.GoneShare >= 0.01)
            says.Add($"Values that {Percent(field.GoneShare.Value)} of the rows of {reference} have are not live any more.");
        says.Add(Certainty(field));
        if (field.BeyondSince is { } since)
            says.Add($"{(since.TimeOfDay == TimeSpan.Zero ? "Every day" : "All the time")} since {since.UtcDateTime.ToString(since.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} is beyond what chance makes.");
        if (field.Segments.Count > 0 && field.Segments[0] is { Contribution: >= 0.2 } segment)
            says.Add($"Without the rows whose {segment.By} is '{segment.Value}' ({Percent(segment.Share)} of all) the index falls by {Percent(Math.Min(1, segment.Contribution))}.");
        return says;
    }

    public static string Name(AgainstKind against) => against switch
    {
        AgainstKind.Training => "the training data",
        AgainstKind.Previous => "the time before",
        AgainstKind.Dataset => "the dataset",
        AgainstKind.First => "the first period",
        _ => "the other period",
    };

    private static string Movement(FieldDrift field)
    {
        var isShare = field.Reference is { Least: 0 or 1, Most: 0 or 1 } && field.Live is { Least: 0 or 1, Most: 0 or 1 };
        if (isShare && field.Reference.Mean is { } before && field.Live.Mean is { } now)
            return $"The share of 1 went from {Percent(before)} to {Percent(now)} ({(100 * (now - before)).ToString("+0.0;-0.0", CultureInfo.InvariantCulture)} points).";
        if (field.Distance is not null && field.Reference.Mean is { } mean && field.Live.Mean is { } liveMean)
            return $"The mean went from {Number(mean)} to {Number(liveMean)}{(field.Wasserstein is { } moved ? $", and values moved by {Number(moved)} standard deviations on average" : "")}.";
        var cell = field.Cells.MaxBy(candidate => Math.Abs(candidate.Live - candidate.Reference))!;
        if (Math.Abs(cell.Live - cell.Reference) < 0.01)
            return $"Many values moved a little, none by more than {Percent(Math.Abs(cell.Live - cell.Reference))} of the rows.";
        return $"'{cell.Label}' went from {Percent(cell.Reference)} to {Percent(cell.Live)} of the rows.";
    }

    private static string Certainty(FieldDrift field)
    {
        var sure = $"By chance as much is seen {(field.Adjusted < 1e-300 ? "with p < 1e-300" : $"with p = {field.Adjusted.ToString("0.#e0", CultureInfo.InvariantCulture)}")}, adjusted for all that was compared";
        return field is { DayVariation: > 2 and var factor, DailyPValue: { } daily }
            ? $"{sure}, if rows do not depend on one another; but days differ {Number(factor)} times as much as such rows do, and counting days p = {daily.ToString(daily < 0.001 ? "0.#e0" : "0.###", CultureInfo.InvariantCulture)}: {(daily < 0.01 ? "more than the usual ups and downs" : "it may be the usual ups and downs")}."
            : $"{sure}.";
    }

    private static string Examples(FieldDrift field) =>
        field.NewValues.Count == 0 ? "" : $": {string.Join(", ", field.NewValues.Select(value => $"'{value}'"))}{(field.NewValues.Count == 5 ? ", …" : "")}";

    public static string Percent(double share) => share is > 0 and < 0.0005 ? "less than 0.1 %" : (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Number(double? value) => value is { } number ? FieldCells.Short(number) : "nothing";
}
