using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;

namespace Fairlead.Monitoring.Drift.Comparing;

/// <summary>The fields of one period after one comparison, before it is known which of all are called drift.</summary>
internal sealed record Matchup
{
    public required AgainstKind Against { get; init; }

    public required string Reference { get; init; }

    public required long ReferenceRows { get; init; }

    public required DriftPeriod Period { get; init; }

    public required long Rows { get; init; }

    public required IReadOnlyList<ComparedField> Fields { get; init; }

    public required IReadOnlyList<SkippedField> Skipped { get; init; }
}
