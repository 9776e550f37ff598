using Fairlead.Domain.Projects;

namespace Fairlead.Monitoring.Kpis;

/// <summary>A KPI as it is now and as it was.</summary>
public sealed record KpiSeries
{
    public required KpiDefinition Definition { get; init; }

    /// <summary>Over the window that ends now; null before the first.</summary>
    public KpiPoint? Current { get; init; }

    /// <summary>A point for each full window, oldest first; windows begin at multiples of their length since 1970, in UTC.</summary>
    public required IReadOnlyList<KpiPoint> History { get; init; }

    /// <summary>Why there is no value.</summary>
    public string? Problem => Current?.Problem;
}
