using Fairlead.Bench.Load;
using Fairlead.Bench.Peer;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>
/// A command service behind the host, each call captured with both bodies, against nginx that proxies the same program: a body of 2 KB,
/// answered with 1 KB.
/// </summary>
internal sealed class CommandScenario : IScenario
{
    private const int Connections = 32;
    private const int BodyBytes = 2048;
    private const string Host = "host";
    private const string Nginx = "nginx";

    public string Name => "command";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var bodyFile = Path.Combine(context.Folder, "command.json");
        await File.WriteAllTextAsync(bodyFile, $"\"{new string('x', BodyBytes - 2)}\"", cancellationToken);
        await using var workspace = await Workspace.CreateForCommandAsync(context.Options, Path.Combine(context.Folder, "command"), context.Time, cancellationToken);
        await using var peer = await PeerProcess.StartAsync([PeerRole.Answer, $"{CommandProject.AnswerBytes}"], context.Folder, cancellationToken);
        await using var nginx = await NginxProxy.StartAsync(Path.Combine(context.Folder, "command-nginx"), peer.Url, context.Time, cancellationToken);
        Contender[] contenders =
        [
            new(Host, new WrkLoad(workspace.CommandUrl(CommandProject.Service), bodyFile), workspace),
            new(Nginx, new WrkLoad(nginx.Url, bodyFile)),
        ];

        var rounds = new Rounds(context);
        await rounds.WarmUpAsync(contenders, Connections, cancellationToken);
        var check = await CaptureCheck.BeginAsync(workspace, cancellationToken);
        var results = await rounds.RunAsync(contenders, Connections, cancellationToken);
        await check.EndAsync(results[Host], cancellationToken);
        return
        [
            new Comparison(Name, $"throughput at {Connections} connections", results).Throughput(Host, Nginx, Target.AtLeast(0.75)),
            .. new Comparison(Name, "without the instance", results).Processor(Host),
        ];
    }
}
