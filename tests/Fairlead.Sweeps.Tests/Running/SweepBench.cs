using Fairlead.Catalog;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Sweeps.Tests.Running;

/// <summary>A desk over a real catalog in a folder of its own.</summary>
internal sealed class SweepBench : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-sweeps-").FullName;

    public SweepBench() => Catalog = SqliteCatalog.Open(Path.Combine(folder, "catalog.db"), TimeProvider.System);

    public SqliteCatalog Catalog { get; }

    public SweepCatalog Sweeps => new(Catalog.Records);

    public static SweepOrder Order { get; } = new()
    {
        Step = "train",
        Parameters = ["l2=log:1e-4..1", "factors=8,16,32", "evaluate.threshold=0.3,0.5"],
        Objective = "evaluate.auc",
        Goal = SweepGoal.Maximize,
        Trials = 12,
        Parallel = 3,
        Seed = 5,
        User = "tester",
    };

    /// <summary>As a new process has it.</summary>
    public SweepDesk Desk(FakeGraphs graphs) => new(graphs, graphs, Catalog.Runs, Sweeps, TimeProvider.System, NullLogger<SweepDesk>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Catalog.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public static string Text(SweepReport report) => string.Join('\n', report.Trials.Select(trial => $"{trial.Number} {string.Join(' ', trial.Values.Select(pair => $"{pair.Key}={pair.Value.GetRawText()}"))} {trial.Status} {trial.Value}"));
}
