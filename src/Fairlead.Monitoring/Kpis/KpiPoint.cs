namespace Fairlead.Monitoring.Kpis;

/// <summary>The values of a KPI over one window.</summary>
public sealed record KpiPoint
{
    public required string Kpi { get; init; }

    /// <summary>What the values are of; those of another expression are not compared with them.</summary>
    public required string Sql { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset Until { get; init; }

    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>True while outcomes of the window are still to come.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>Why there are no values.</summary>
    public string? Problem { get; init; }

    /// <summary>Rows of the window and a hash over their outcomes, by which late ones are noticed.</summary>
    public KpiFingerprint? Fingerprint { get; init; }

    /// <summary>Whole services first.</summary>
    public IReadOnlyList<KpiValue> Values { get => field ?? []; init; }
}
