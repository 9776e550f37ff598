using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Driving;

/// <summary>Lets executions begin whose turn has come: of each pipeline in its order, many at once where several may run.</summary>
/// <param name="find">The driver of an execution, or null when this process does not drive it.</param>
internal sealed class Admissions(IExecutionCatalog catalog, Func<int, ExecutionDriver?> find)
{
    private const int Batch = 128;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var queued = await catalog.ListQueuedAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(queued.GroupBy(one => one.Pipeline, StringComparer.Ordinal).Select(group => AdmitAsync([.. group.Select(one => one.Number)]))).ConfigureAwait(false);
    }

    private async Task AdmitAsync(IReadOnlyList<int> numbers)
    {
        var drivers = numbers.Select(find).OfType<ExecutionDriver>().ToList();
        if (drivers.Count == 0)
            return;
        var newest = drivers[^1].Execution.Plan.Concurrency;
        // The newest says first whether there is room; the older ones learn that it takes their place.
        if (newest.Mode == PipelineConcurrencyMode.Latest)
            drivers.Reverse();
        foreach (var batch in drivers.Chunk(newest.Limit > 1 || newest.Mode == PipelineConcurrencyMode.Latest ? Batch : 1))
        {
            var results = await Task.WhenAll(batch.Select(AskAsync)).ConfigureAwait(false);
            if (newest.Mode != PipelineConcurrencyMode.Latest && results.Contains(AdmissionResult.Waiting))
                return;
        }
    }

    private static Task<AdmissionResult> AskAsync(ExecutionDriver driver)
    {
        var answer = new TaskCompletionSource<AdmissionResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        driver.Tell(new DriverMessage(null) { Admission = answer });
        return answer.Task;
    }
}
