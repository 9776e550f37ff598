using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>The seam to what begins executions.</summary>
public interface IExecutionStarter
{
    /// <summary>Records an execution; it begins when its turn comes.</summary>
    /// <returns>Its number; that of the earlier one when there is one with the same key.</returns>
    /// <exception cref="FairleadException">NotFound: no such pipeline or commit; Invalid: the project file, the pipeline or the inputs.</exception>
    Task<int> StartAsync(ExecutionOrder order, CancellationToken cancellationToken);
}
