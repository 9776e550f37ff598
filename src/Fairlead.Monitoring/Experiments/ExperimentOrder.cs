namespace Fairlead.Monitoring.Experiments;

/// <summary>What somebody wants compared, as written.</summary>
public sealed record ExperimentOrder
{
    public required string Name { get; init; }

    public required string Service { get; init; }

    public required string Environment { get; init; }

    /// <summary>A server group.</summary>
    public required string Control { get; init; }

    /// <summary>Server groups, at least one.</summary>
    public IReadOnlyList<string> Treatments { get; init; } = [];

    /// <summary>One percentage for the treatments together, or one for each arm, the control first; null for equal shares.</summary>
    public string? Split { get; init; }

    /// <summary>Primary ones, each <c>name=expression</c>.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Each <c>name=expression</c>.</summary>
    public IReadOnlyList<string> Secondaries { get; init; } = [];

    /// <summary>Each <c>name=expression &lt;= +margin</c> or <c>&gt;= -margin</c>, in percent of the control or in the metric's unit.</summary>
    public IReadOnlyList<string> Guardrails { get; init; } = [];

    /// <summary>An SQL aggregate over the unit's predictions before the start.</summary>
    public string? Covariate { get; init; }

    /// <summary>A share of the control, such as 0.02.</summary>
    public double? MinimumEffect { get; init; }

    public double Alpha { get; init; } = ExperimentDesign.DefaultAlpha;

    public double Power { get; init; } = ExperimentDesign.DefaultPower;

    public double Days { get; init; } = ExperimentDesign.DefaultDays;

    public string? Hypothesis { get; init; }

    public required string User { get; init; }
}
