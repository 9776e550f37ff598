using Fairlead.Bench.Load;
using Fairlead.Bench.Peer;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>
/// One-row prediction over REST: parsed, routed 90 to 10, inferred, captured, answered by the host; against proxies that merely pass on a
/// fixed answer of the same size by bare Kestrel, that Kestrel itself, the servers that people write by themselves, and the engine alone.
/// </summary>
internal sealed class RestScenario : IScenario
{
    private const int Connections = 32;
    private const int Threads = 2;
    private const string Host = "host";
    private const string Nginx = "nginx";
    private const string Haproxy = "haproxy";
    private const string Kestrel = "bare Kestrel";
    private const string Flask = "Flask and gunicorn";
    private const string Node = "Node";
    private const string Engine = "the engine alone";
    private static readonly TimeSpan EngineDuration = TimeSpan.FromSeconds(1);

    public string Name => "rest";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await using var kestrel = await PeerProcess.StartAsync([PeerRole.Answer, $"{context.Workspace.AnswerBytes}"], context.Folder, cancellationToken);
        await using var nginx = await NginxProxy.StartAsync(Path.Combine(context.Folder, "nginx"), kestrel.Url, context.Time, cancellationToken);
        await using var haproxy = await HaproxyProxy.StartAsync(Path.Combine(context.Folder, "haproxy"), kestrel.Url, context.Time, cancellationToken);
        await using var flask = await PeerProcess.StartFlaskAsync(context.Folder, context.Time, cancellationToken);
        await using var node = await PeerProcess.StartNodeAsync(context.Folder, context.Time, cancellationToken);
        Contender Peer(string name, Uri url) => new(name, new WrkLoad(url, context.Workspace.BodyFile)) { GrowsHot = name == Kestrel };
        Contender[] near =
        [
            new(Host, new WrkLoad(context.Workspace.InferUrl(context.Options.Workload.Service), context.Workspace.BodyFile), context.Workspace),
            Peer(Nginx, nginx.Url),
            Peer(Kestrel, kestrel.Url),
        ];

        Contender[] all = [.. near, Peer(Haproxy, haproxy.Url), Peer(Flask, flask.Url), Peer(Node, node.Url)];
        var rounds = new Rounds(context);
        await rounds.WarmUpAsync([all[2], .. all.Where(contender => contender.Name != Kestrel)], Connections, cancellationToken);
        var check = await CaptureCheck.BeginAsync(context.Workspace, cancellationToken);
        var busy = await rounds.RunAsync(all, Connections, cancellationToken);
        await check.EndAsync(busy[Host], cancellationToken);
        var quiet = await rounds.RunAsync(near, 1, cancellationToken);
        return [.. Busy(busy), .. Quiet(quiet), .. await LimitAsync(context, busy[Host], cancellationToken)];
    }

    private IEnumerable<Measure> Busy(IReadOnlyDictionary<string, IReadOnlyList<LoadResult>> results)
    {
        var comparison = new Comparison(Name, $"throughput at {Connections} connections", results);
        yield return comparison.Throughput(Host, Nginx, Target.AtLeast(1.25));
        foreach (var peer in new[] { Haproxy, Kestrel, Flask, Node })
            yield return comparison.Throughput(Host, peer);
        foreach (var measure in new Comparison(Name, $"{Connections} connections", results).Processor(Host))
            yield return measure;
    }

    private IEnumerable<Measure> Quiet(IReadOnlyDictionary<string, IReadOnlyList<LoadResult>> results)
    {
        var comparison = new Comparison(Name, "p50 at one connection", results);
        yield return comparison.Latency(Host, Nginx, Target.AtMost(1));
        yield return comparison.Latency(Host, Kestrel);
    }

    /// <summary>Rows that the engine scores in this process when nobody sends, routes, keeps or answers anything.</summary>
    private async Task<IReadOnlyList<Measure>> LimitAsync(BenchContext context, IReadOnlyList<LoadResult> host, CancellationToken cancellationToken)
    {
        using var model = await ServedModel.OpenAsync(context.Workspace, cancellationToken);
        var contender = new Contender(Engine, new EngineLoad(model.Session, model.ReadRow())) { GrowsHot = false };
        var rounds = new Rounds(context, EngineDuration);
        await rounds.WarmUpAsync([contender], 1, cancellationToken);
        var one = await rounds.RunAsync([contender], 1, cancellationToken);
        var two = await rounds.RunAsync([contender], Threads, cancellationToken);
        Comparison Over(string what, IReadOnlyList<LoadResult> engine) => new(Name, what, new Dictionary<string, IReadOnlyList<LoadResult>> { [Host] = host, [Engine] = engine });
        return
        [
            Over("throughput, by the rows of one thread", one[Engine]).Throughput(Host, Engine),
            Over("throughput, by the rows of two threads", two[Engine]).Throughput(Host, Engine),
        ];
    }
}
