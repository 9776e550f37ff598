using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class TimeoutUnits : IRule
{
    public string Name => "grpc/wire/timeout-units";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Requests", "A deadline may be given in hours, minutes, seconds, milli-, micro- and nanoseconds.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var verdict = Verdict.Pass;
        foreach (var timeout in (string[])["1H", "10M", "100S", "100000m", "90000000u", "99999999u"])
            verdict = verdict && (await target.Rpc.SendAsync(RpcRequest.Of(Methods.ServerLive, new ServerLiveRequest()).With("grpc-timeout", timeout), cancellationToken)).IsOk;
        return verdict;
    }
}
