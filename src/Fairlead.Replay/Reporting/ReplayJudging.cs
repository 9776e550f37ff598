using Fairlead.Domain.Services;

namespace Fairlead.Replay.Reporting;

/// <summary>By what the answers of a replay are judged; what the order left open, the project file may say.</summary>
public sealed record ReplayJudging
{
    /// <summary>An expression over <c>output</c>; null when none was named and the outputs are not one number.</summary>
    public string? Score { get; init; }

    /// <summary>An expression over <c>outcome</c>; null when none was named.</summary>
    public string? Label { get; init; }

    public EvaluationTask? Task { get; init; }

    public required double Threshold { get; init; }

    public required double Tolerance { get; init; }
}
