namespace Fairlead.Domain.Canaries;

/// <summary>A metric of canaries: one of the project's own, or how one that is always there is judged. What is null is as it usually is.</summary>
public sealed record MetricDefinition
{
    /// <summary>What queries may hold, by which the side, its place and its time are named.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["group", "service", "environment", "start", "end"];

    public required string Name { get; init; }

    /// <summary>A query with the columns <c>time</c> and <c>value</c>; not checked here.</summary>
    public string? Sql { get; init; }

    public PrometheusQuery? Prometheus { get; init; }

    /// <summary>Of whose scores the score is made; null for that of its kind.</summary>
    public string? Group { get; init; }

    public MetricDirection? Direction { get; init; }

    /// <summary>True when it alone fails a canary.</summary>
    public bool? Critical { get; init; }

    /// <summary>True when it is judged and shown, and counts for nothing.</summary>
    public bool? Muted { get; init; }

    /// <summary>False: silent on both sides, it is left out. True: without data it is bad at the last look. Null: without data it is not good.</summary>
    public bool? MustHaveData { get; init; }

    /// <summary>Points that each side needs.</summary>
    public int? MinPoints { get; init; }

    public MissingPoints? Missing { get; init; }

    /// <summary>Points beyond the quartiles by so many times their distance are left out; null keeps all.</summary>
    public double? OutlierFactor { get; init; }

    public EffectBounds? Effect { get; init; }

    /// <summary>True for one of the project's own.</summary>
    public bool IsOwn => Sql is not null || Prometheus is not null;
}
