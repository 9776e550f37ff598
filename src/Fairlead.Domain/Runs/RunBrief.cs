using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Runs;

/// <summary>What others need of a run that ended: a small part of its record, so that a graph of thousands of steps can be looked through without reading those.</summary>
public sealed record RunBrief
{
    public required RunId Id { get; init; }

    public string? Variant { get; init; }

    public required Digest Key { get; init; }

    public required RunStatus Status { get; init; }

    public IReadOnlyList<RunOutput> Outputs { get; init; } = [];

    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>One sentence, when it did not succeed.</summary>
    public string? Error { get; init; }

    public static RunBrief Of(Run run) => new()
    {
        Id = run.Id,
        Variant = run.Variant,
        Key = run.Key,
        Status = run.Status,
        Outputs = run.Outputs,
        Metrics = run.Metrics,
        Error = run.Error,
    };
}
