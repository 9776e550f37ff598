using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Runs;

/// <summary>One recorded execution of a step.</summary>
public sealed record Run
{
    /// <summary>Of the step as the project file names it: variants of a matrix share one series.</summary>
    public required RunId Id { get; init; }

    /// <summary>Which variant of a matrix step was run, such as <c>customer=acme,factors=16</c>; null for a plain step.</summary>
    public string? Variant { get; init; }

    public required Digest Key { get; init; }

    /// <summary>Sorted by name.</summary>
    public required IReadOnlyList<KeyPart> KeyParts { get; init; }

    public required RunStatus Status { get; init; }

    public required CommitState Commit { get; init; }

    public required string Command { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Parameters { get; init; }

    public required IReadOnlyList<RunInput> Inputs { get; init; }

    public IReadOnlyList<RunOutput> Outputs { get; init; } = [];

    /// <summary>Finite values; of a curve its last one.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>What was measured at several positions, as a list of <see cref="MetricCurve"/> in JSON; null without curves.</summary>
    public ArtifactRef? Curves { get; init; }

    /// <summary>The file that the step measured into, when curves are made of it, since those may have fewer points.</summary>
    public ArtifactRef? MetricsFile { get; init; }

    /// <summary>What was odd and no failure, a sentence each; null when nothing was.</summary>
    public IReadOnlyList<string>? Remarks { get; init; }

    /// <summary>Standard output and error of the command, in order.</summary>
    public ArtifactRef? Log { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>One sentence, when it did not succeed.</summary>
    public string? Error { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Name of the machine.</summary>
    public required string Machine { get; init; }

    public required string StartedBy { get; init; }

    /// <summary>The kind of its sandbox: <c>namespace</c>, <c>container</c> or <c>none</c>; <c>plain</c> in records from before there were any.</summary>
    public required string Sandbox { get; init; }

    /// <summary>What is known of its sandbox; null in records from before there were any.</summary>
    public RunSandbox? SandboxFacts { get; init; }

    /// <summary>CPU seconds of the command and its children, where the platform tells.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>Largest resident size in bytes of the command, where the platform tells.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Where it was executed, when that was not here: the registry, the run's name there and its machine; null otherwise.</summary>
    public string? Origin { get; init; }

    /// <summary>What people and verifications said of it afterwards; not part of the record, and set only where a run is shown.</summary>
    public RunAnnotations? Annotations { get; init; }
}
