using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing;

/// <summary>A run in a trace.</summary>
public sealed record TracedRun
{
    public required RunId Id { get; init; }

    public required RunStatus Status { get; init; }

    public required Digest Key { get; init; }

    public required CommitState Commit { get; init; }

    public required string Command { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Parameters { get; init; }

    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required string StartedBy { get; init; }

    public required string Machine { get; init; }

    /// <summary>Empty when <see cref="IsRepeated"/>.</summary>
    public required IReadOnlyList<TracedInput> Inputs { get; init; }

    /// <summary>The run stands in the trace already, with its inputs, at its first place.</summary>
    public bool IsRepeated { get; init; }
}
