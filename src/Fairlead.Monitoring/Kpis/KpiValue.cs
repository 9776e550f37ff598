namespace Fairlead.Monitoring.Kpis;

/// <summary>The value of a KPI for one environment and service, or a part of it.</summary>
public sealed record KpiValue
{
    public required string Environment { get; init; }

    public required string Service { get; init; }

    /// <summary>Set for the value of one server group.</summary>
    public string? ServerGroup { get; init; }

    /// <summary>The expression whose values are told apart; set for the value of one segment.</summary>
    public string? By { get; init; }

    /// <summary>The value of <see cref="By"/>.</summary>
    public string? Segment { get; init; }

    /// <summary>Null when no row has one.</summary>
    public double? Value { get; init; }

    /// <summary>Lower end of the interval with 95 % confidence; null when the rows do not tell how sure the value is.</summary>
    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>That have a value; for an expression that is no average, those with an outcome if it asks for one, else all.</summary>
    public required long Rows { get; init; }

    public KpiVerdict Verdict { get; init; }

    /// <summary>True for the value of all that a service answered in an environment.</summary>
    public bool IsWhole => ServerGroup is null && By is null;
}
