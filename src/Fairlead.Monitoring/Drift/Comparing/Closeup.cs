using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift.Comparing;

/// <summary>What a closer look at a field that drifted found.</summary>
internal sealed record Closeup
{
    public static readonly Closeup None = new();

    public IReadOnlyList<DriftMoment> Timeline { get; init; } = [];

    public IReadOnlyList<DriftSegment> Segments { get; init; } = [];

    public DateTimeOffset? BeyondSince { get; init; }

    public double? DayVariation { get; init; }

    public double? DailyPValue { get; init; }
}
