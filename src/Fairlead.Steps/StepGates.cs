using Fairlead.Steps.Keys;

namespace Fairlead.Steps;

/// <summary>What limits all invocations of one engine together. A holder of an execution never waits for a key, so that nothing can lock up.</summary>
internal sealed class StepGates(int parallelism)
{
    private const int ParallelLookups = 8;

    public KeyLocks Keys { get; } = new();

    /// <summary>Keeps a graph of thousands of steps from asking the catalog thousands of things at once.</summary>
    public SemaphoreSlim Lookups { get; } = new(ParallelLookups);

    public SemaphoreSlim Executions { get; } = new(parallelism);
}
