using System.Text.Json;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Sweeps;

namespace Fairlead.Steps.Trials;

/// <summary>A session of the engine, run once for each trial.</summary>
internal sealed class StepTrialGraph(StepSession session, int parallelism) : ITrialGraph
{
    public CommitState Commit => session.Snapshot.Commit;

    public IReadOnlyList<StepDefinition> Steps => session.Steps;

    public IReadOnlyList<KeyPart> Parts { get; } =
    [
        .. session.Steps.SelectMany(step => session.PartsOf(step).Select(part => new KeyPart($"{step.Name}/{part.Name}", part.Value)))
            .Concat(session.Datasets.Select(dataset => new KeyPart($"dataset:{dataset.Dataset}", dataset.Artifact.Digest.ToString())))
            .OrderBy(part => part.Name, StringComparer.Ordinal),
    ];

    public int Parallelism => parallelism;

    public async Task<TrialRuns> RunAsync(IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> parameters, CancellationToken cancellationToken)
    {
        var report = await session.RunAsync(parameters, static _ => { }, cancellationToken);
        var broken = report.Steps.FirstOrDefault(step => step.Outcome == StepOutcome.Failed);
        return new TrialRuns
        {
            Runs = report.Steps.Where(step => step.Run is not null).ToDictionary(step => step.Step, step => step.Run!, StringComparer.Ordinal),
            Failure = broken?.Reason,
            IsReused = report.Counts is { Executed: 0, Failed: 0 },
        };
    }
}
