using Fairlead.Bench.Load;
using Fairlead.Bench.Peer;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>One-row prediction over gRPC by the host, against a method on the same server that reads a message and answers an empty one.</summary>
internal sealed class GrpcScenario : IScenario
{
    private const int Connections = 4;
    private const int FrameBytes = 5;
    private const string Host = "host";
    private const string Empty = "empty unary method";
    private const string Method = "/inference.GRPCInferenceService/ModelInfer";
    private const string EnvironmentHeader = "fairlead-environment";

    public string Name => "grpc";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var workspace = context.Workspace;
        var workload = context.Options.Workload;
        var call = new GrpcInferCall(workload.Service, workload.Body);
        var bodyFile = workspace.BodyFile + ".grpc";
        await File.WriteAllBytesAsync(bodyFile, call.Framed, cancellationToken);
        var answerBytes = await call.AnswerBytesAsync(workspace.HostUrl, Method, [new(EnvironmentHeader, Workspace.Environment)], cancellationToken);
        await using var peer = await PeerProcess.StartAsync([PeerRole.Grpc], context.Folder, cancellationToken);
        Contender[] contenders =
        [
            new(Host, new GrpcLoad(new Uri(workspace.HostUrl, Method), bodyFile, [$"{EnvironmentHeader}: {Workspace.Environment}"], answerBytes), workspace),
            new(Empty, new GrpcLoad(new Uri(peer.Url, EmptyGrpcPeer.Path), bodyFile, [], FrameBytes)),
        ];

        var rounds = new Rounds(context);
        await rounds.WarmUpAsync(contenders, Connections, cancellationToken);
        var check = await CaptureCheck.BeginAsync(workspace, cancellationToken);
        var results = await rounds.RunAsync(contenders, Connections, cancellationToken);
        await check.EndAsync(results[Host], cancellationToken);
        var what = $"throughput at {Connections} connections of {GrpcLoad.Streams} streams";
        return [new Comparison(Name, what, results).Throughput(Host, Empty, Target.AtLeast(0.5)), .. new Comparison(Name, Name, results).Processor(Host)];
    }
}
