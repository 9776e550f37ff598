using Fairlead.Bench.Load;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>What the log of predictions costs: the same load with the log and without, and with answers that wait for the disk.</summary>
internal sealed class CaptureScenario : IScenario
{
    private const int Connections = 32;
    private const int AcknowledgedConnections = 64;
    private const string With = "with capture";
    private const string Without = "without capture";
    private static readonly Dictionary<string, string> Off = new() { ["FAIRLEAD_CAPTURE"] = "off" };

    public string Name => "capture";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var rounds = new Rounds(new WrkLoad(context.Workspace.BodyFile), context);
        var service = context.Options.Workload.Service;
        IReadOnlyDictionary<string, IReadOnlyList<LoadResult>> results;
        await using (var without = await Workspace.CreateAsync(context.Options, Path.Combine(context.Folder, "uncaptured"), Off, context.Time, cancellationToken))
        {
            (string, Uri)[] contenders = [(With, context.Workspace.InferUrl(service)), (Without, without.InferUrl(service))];
            await rounds.WarmUpAsync(contenders, Connections, cancellationToken);
            results = await rounds.RunAsync(contenders, Connections, cancellationToken);
            if ((await without.CountersAsync(cancellationToken)).Captured > 0)
                throw new BenchException("The host captured although FAIRLEAD_CAPTURE is 'off'.");
        }

        (string, Uri)[] waiting = [(ProjectCopy.AcknowledgedService, context.Workspace.InferUrl(ProjectCopy.AcknowledgedService))];
        await rounds.WarmUpAsync(waiting, AcknowledgedConnections, cancellationToken);
        var acknowledged = await rounds.RunAsync(waiting, AcknowledgedConnections, cancellationToken);
        return [Cost(results[With], results[Without]), Acknowledged(acknowledged[ProjectCopy.AcknowledgedService])];
    }

    private Measure Cost(IReadOnlyList<LoadResult> with, IReadOnlyList<LoadResult> without) => new()
    {
        Scenario = Name,
        What = $"throughput at {Connections} connections",
        Unit = "requests/s",
        Value = Median.Of(with.Select(result => result.RequestsPerSecond)),
        BaselineName = Without,
        Baseline = Median.Of(without.Select(result => result.RequestsPerSecond)),
        Ratio = Median.OfRatios(with.Select(result => result.RequestsPerSecond), without.Select(result => result.RequestsPerSecond)),
        Target = Target.AtLeast(0.9),
    };

    private Measure Acknowledged(IReadOnlyList<LoadResult> results) => new()
    {
        Scenario = Name,
        What = $"answers after fsync at {AcknowledgedConnections} connections",
        Unit = "requests/s",
        Value = Median.Of(results.Select(result => result.RequestsPerSecond)),
        Target = Target.AtLeast(20_000),
    };
}
