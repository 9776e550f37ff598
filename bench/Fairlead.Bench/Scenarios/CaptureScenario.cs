using Fairlead.Bench.Load;
using Fairlead.Bench.Peer;
using Fairlead.Bench.Processes;
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
    private const string Kestrel = "bare Kestrel";
    private static readonly Dictionary<string, string> Off = new() { ["FAIRLEAD_CAPTURE"] = "off" };

    public string Name => "capture";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var rounds = new Rounds(context);
        IReadOnlyDictionary<string, IReadOnlyList<LoadResult>> results;
        await using (var without = await Workspace.CreateAsync(context.Options, Path.Combine(context.Folder, "uncaptured"), Off, context.Time, cancellationToken))
        {
            var service = context.Options.Workload.Service;

            // The same yardstick as in the scenario of REST: only ratios can be compared between scenarios.
            await using var kestrel = await PeerProcess.StartAsync([PeerRole.Answer, $"{context.Workspace.AnswerBytes}"], context.Folder, cancellationToken);
            Contender[] contenders = [Host(With, context.Workspace, service), Host(Without, without, service), new(Kestrel, new WrkLoad(kestrel.Url, context.Workspace.BodyFile))];
            await rounds.WarmUpAsync(contenders, Connections, cancellationToken);
            results = await rounds.RunAsync(contenders, Connections, cancellationToken);
            if ((await without.CountersAsync(cancellationToken)).Captured > 0)
                throw new BenchException("The host captured although FAIRLEAD_CAPTURE is 'off'.");
        }

        Contender[] waiting = [Host(ProjectCopy.AcknowledgedService, context.Workspace, ProjectCopy.AcknowledgedService)];
        await rounds.WarmUpAsync(waiting, AcknowledgedConnections, cancellationToken);
        var acknowledged = await rounds.RunAsync(waiting, AcknowledgedConnections, cancellationToken);
        var comparison = new Comparison(Name, $"throughput at {Connections} connections", results);
        return
        [
            comparison.Throughput(With, Without, Target.AtLeast(0.9)),
            comparison.Throughput(With, Kestrel),
            .. new Comparison(Name, With, results).Processor(With),
            .. new Comparison(Name, Without, results).Processor(Without),
            new Comparison(Name, $"answers after fsync at {AcknowledgedConnections} connections", acknowledged)
                .Throughput(ProjectCopy.AcknowledgedService, Target.AtLeast(20_000)),
        ];
    }

    private static Contender Host(string name, Workspace workspace, string service) => new(name, new WrkLoad(workspace.InferUrl(service), workspace.BodyFile), workspace);
}
