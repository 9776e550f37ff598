using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Query.Workers;

namespace Fairlead.Predictions.Tests.Query;

/// <summary>One prediction and the workers that compute queries over it, for tests that leave both as they are.</summary>
public sealed class SandboxBench : IAsyncLifetime
{
    internal Workbench Bench { get; } = new(workers: WorkerCommand.Options);

    public async ValueTask InitializeAsync()
    {
        Bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        await Bench.CompactAsync();
    }

    public ValueTask DisposeAsync()
    {
        Bench.Dispose();
        return ValueTask.CompletedTask;
    }
}
