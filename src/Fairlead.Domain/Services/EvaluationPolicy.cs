namespace Fairlead.Domain.Services;

/// <summary>How a service's answers are judged against their outcomes, by replays and whatever else compares versions.</summary>
public sealed record EvaluationPolicy
{
    /// <summary>Name of an output, or an expression in SQL over <c>output</c>; null for the only number among the outputs.</summary>
    public string? Score { get; init; }

    /// <summary>Name of a field of the outcome, or an expression in SQL over <c>outcome</c>; null for the field of the score's name.</summary>
    public string? Label { get; init; }

    /// <summary>Null for what the outcomes look like.</summary>
    public EvaluationTask? Task { get; init; }

    /// <summary>Scores from here on are a yes; null for 0.5.</summary>
    public double? Threshold { get; init; }
}
