using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift.Requests;

/// <summary>What live rows are to be compared with.</summary>
/// <param name="Dataset">Name, of a dataset.</param>
/// <param name="Number">Of the dataset's version; null for the newest.</param>
/// <param name="Since">Of a period, inclusive.</param>
/// <param name="Until">Of a period, exclusive.</param>
public sealed record DriftAgainst(AgainstKind Kind, string? Dataset = null, int? Number = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    private const string PeriodMark = "..";

    /// <summary>Reads <c>training</c>, <c>previous</c>, <c>first</c>, <c>NAME@NUMBER</c>, <c>dataset:NAME</c> or <c>SINCE..UNTIL</c>.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static DriftAgainst Parse(string text)
    {
        switch (text)
        {
            case "training": return new DriftAgainst(AgainstKind.Training);
            case "previous": return new DriftAgainst(AgainstKind.Previous);
            case "first": return new DriftAgainst(AgainstKind.First);
        }

        if (text.Split(PeriodMark) is [var since, var until] && PeriodText.TryParseTime(since, out var from) && PeriodText.TryParseTime(until, out var to) && from < to)
            return new DriftAgainst(AgainstKind.Period, Since: from, Until: to);
        if (text.StartsWith("dataset:", StringComparison.Ordinal) && text.Length > "dataset:".Length)
            return new DriftAgainst(AgainstKind.Dataset, text["dataset:".Length..]);
        if (text.Split('@') is [{ Length: > 0 } name, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0)
            return new DriftAgainst(AgainstKind.Dataset, name, version);
        throw FairleadException.Invalid($"'{text}' is nothing to compare with; expected training, previous, first, a dataset version such as 'customers@2', or a period such as '2026-01-01..2026-02-01'.");
    }
}
