using System.Reflection;
using Fairlead.Bench.Load;
using Fairlead.Bench.Peer;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;

namespace Fairlead.Bench.Scenarios;

/// <summary>
/// One-row prediction over REST: parsed, routed 90 to 10, inferred, captured, answered by the host; against nginx that merely
/// proxies a fixed answer of the same size to bare Kestrel, and against that Kestrel itself.
/// </summary>
internal sealed class RestScenario : IScenario
{
    private const int Connections = 32;
    private const string Host = "host";
    private const string Nginx = "nginx";
    private const string Kestrel = "bare Kestrel";

    public string Name => "rest";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var (peer, line) = await ServerProcess.StartAsync(
            "dotnet", [Assembly.GetExecutingAssembly().Location, "peer", $"{context.Workspace.AnswerBytes}"], context.Folder,
            text => text.StartsWith(FixedAnswerPeer.ListeningPrefix, StringComparison.Ordinal), cancellationToken);
        await using var peerProcess = peer;
        var peerUrl = new Uri(line[FixedAnswerPeer.ListeningPrefix.Length..]);
        await using var nginx = await NginxProxy.StartAsync(Path.Combine(context.Folder, "nginx"), peerUrl, cancellationToken);
        await ReadyAsync(nginx.Url, context, cancellationToken);

        var rounds = new Rounds(new WrkLoad(context.Workspace.BodyFile), context);
        (string, Uri)[] contenders = [(Host, context.Workspace.InferUrl(context.Options.Workload.Service)), (Nginx, nginx.Url), (Kestrel, peerUrl)];
        await rounds.WarmUpAsync(contenders, Connections, cancellationToken);
        var before = await context.Workspace.CountersAsync(cancellationToken);
        var busy = await rounds.RunAsync(contenders, Connections, cancellationToken);
        await CheckCapturedAsync(context, before.Captured, busy[Host], cancellationToken);
        var quiet = await rounds.RunAsync(contenders, 1, cancellationToken);
        return
        [
            Throughput(busy, Nginx, Target.AtLeast(1.25)),
            Throughput(busy, Kestrel, null),
            Latency(quiet, Nginx, Target.AtMost(1)),
            Latency(quiet, Kestrel, null),
        ];
    }

    /// <summary>nginx says nothing when it listens: the first answer does.</summary>
    private static async Task ReadyAsync(Uri url, BenchContext context, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(url, cancellationToken);
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e) when (attempt == 500)
            {
                throw new BenchException($"nginx does not answer: {e.Message}");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), context.Time, cancellationToken);
            }
        }
    }

    private static async Task CheckCapturedAsync(BenchContext context, long before, IEnumerable<LoadResult> results, CancellationToken cancellationToken)
    {
        var answered = results.Sum(result => result.Requests);
        var after = await context.Workspace.CountersAsync(cancellationToken);
        if (after.CaptureLost > 0 || after.Captured - before < answered)
            throw new BenchException($"Of {answered} answers {after.Captured - before} were captured and {after.CaptureLost} lost; the numbers would be those of another program.");
    }

    private Measure Throughput(IReadOnlyDictionary<string, IReadOnlyList<LoadResult>> results, string baseline, Target? target) =>
        Compare(results, baseline, $"throughput at {Connections} connections", "requests/s", result => result.RequestsPerSecond, target);

    private Measure Latency(IReadOnlyDictionary<string, IReadOnlyList<LoadResult>> results, string baseline, Target? target) =>
        Compare(results, baseline, "p50 at one connection", "µs", result => result.P50 * 1e6, target);

    private Measure Compare(
        IReadOnlyDictionary<string, IReadOnlyList<LoadResult>> results, string baseline, string what, string unit, Func<LoadResult, double> number, Target? target) => new()
    {
        Scenario = Name,
        What = what,
        Unit = unit,
        Value = Median.Of(results[Host].Select(number)),
        BaselineName = baseline,
        Baseline = Median.Of(results[baseline].Select(number)),
        Ratio = Median.OfRatios(results[Host].Select(number), results[baseline].Select(number)),
        Target = target,
    };
}
