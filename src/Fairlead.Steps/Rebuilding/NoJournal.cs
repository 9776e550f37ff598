using Fairlead.Domain.Runs;
using Fairlead.Steps.Execution;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Writes nothing down: what is executed again must not be found and reused in the place of what was recorded. It runs under its old id, which a step can read.</summary>
internal sealed class NoJournal(RunId id) : IRunJournal
{
    public Task<Run> StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken) => Task.FromResult(create(id));

    public Task FinishAsync(Run run, CancellationToken cancellationToken) => Task.CompletedTask;
}
