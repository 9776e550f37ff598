using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Sweeps;

namespace Fairlead.Sweeps.Running;

/// <summary>Says what came of a trial.</summary>
/// <param name="tried">Name of the tried step in the graph.</param>
/// <param name="judged">Name of the step whose metric is the objective.</param>
internal sealed class TrialJudge(string tried, string judged, string metric)
{
    /// <summary>True when the step succeeded, but does not say what it is judged by.</summary>
    public bool IsUnmeasured(TrialRuns runs) => runs.Failure is null && runs.Runs.TryGetValue(judged, out var run) && !run.Metrics.ContainsKey(metric);

    public TrialRecord Judge(TrialRecord trial, TrialRuns runs)
    {
        var measured = runs.Runs.GetValueOrDefault(judged);
        var ended = trial with { Run = runs.Runs.GetValueOrDefault(tried)?.Id, Measured = measured?.Id, IsReused = runs.IsReused };
        if (runs.Failure is { } failure)
            return ended with { Status = TrialStatus.Failed, Error = failure };
        if (measured is null)
            return ended with { Status = TrialStatus.Failed, Error = $"The step '{judged}' was left out, so that nothing measured '{metric}'." };
        if (!measured.Metrics.TryGetValue(metric, out var value))
            return ended with { Status = TrialStatus.Failed, Error = MissingIn(measured) };
        return double.IsFinite(value)
            ? ended with { Status = TrialStatus.Succeeded, Value = value }
            : ended with { Status = TrialStatus.Failed, Error = $"The metric '{metric}' of '{measured.Id}' is no number that can be compared." };
    }

    private string MissingIn(RunBrief run) => $"The run '{run.Id}' has no metric '{metric}'; {NearestName.Hint(metric, [.. run.Metrics.Keys])}";
}
