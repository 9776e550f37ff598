using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Execution;

/// <summary>Where the begin and the end of an execution are written down.</summary>
internal interface IRunJournal
{
    /// <param name="create">Makes the record from the id that is given to it.</param>
    Task<Run> StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken);

    Task FinishAsync(Run run, CancellationToken cancellationToken);
}
