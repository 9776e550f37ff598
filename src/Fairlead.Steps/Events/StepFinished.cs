using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Events;

/// <summary>An execution ended, well or not.</summary>
/// <param name="Step">Its name in the graph, such as <c>train[customer=acme]</c>.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Error">One sentence, when it did not succeed; the end of the log may follow in further lines.</param>
public sealed record StepFinished(RunId RunId, string Step, RunStatus Status, double Seconds, string? Error, IReadOnlyDictionary<string, double> Metrics) : StepEvent
{
    internal static StepFinished Of(string step, Run run) =>
        new(run.Id, step, run.Status, run.FinishedAt is { } end ? (end - run.StartedAt).TotalSeconds : 0, run.Error, run.Metrics);
}
