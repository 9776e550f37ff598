using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Comparison;

/// <summary>Several runs side by side. Every list is sorted by name and holds also what is the same, except for code.</summary>
public sealed record RunComparison
{
    /// <summary>In the order in which they were asked for, with what was said of them.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>Values as JSON.</summary>
    public required IReadOnlyList<ComparedValue> Parameters { get; init; }

    public required IReadOnlyList<ComparedMetric> Metrics { get; init; }

    /// <summary>Values as version or run, and digest: <c>customers@2 sha256:…</c>.</summary>
    public required IReadOnlyList<ComparedValue> Inputs { get; init; }

    /// <summary>The files of the code that differ; values as digests.</summary>
    public required IReadOnlyList<ComparedValue> Code { get; init; }

    /// <summary>All other parts of the key: command, environment, tools, platform, sandbox.</summary>
    public required IReadOnlyList<ComparedValue> Surroundings { get; init; }

    /// <summary>Values as digests.</summary>
    public required IReadOnlyList<ComparedValue> Outputs { get; init; }

    /// <summary>Why each of the others is not like the first, in their order.</summary>
    public required IReadOnlyList<RunExplanation> Explanations { get; init; }
}
