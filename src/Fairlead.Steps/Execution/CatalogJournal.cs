using Fairlead.Domain.Runs;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution;

/// <summary>Records executions as runs, which are found and reused from then on.</summary>
internal sealed class CatalogJournal(IRunCatalog runs, ILogger logger) : IRunJournal
{
    public Task<Run> StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken) => runs.StartAsync(step, create, cancellationToken);

    public async Task FinishAsync(Run run, CancellationToken cancellationToken)
    {
        await runs.FinishAsync(run, cancellationToken);
        Log.RunEnded(logger, run.Id.ToString(), run.Status.ToString(), run.FinishedAt is { } end ? (end - run.StartedAt).TotalSeconds : 0);
    }
}
