using System.Runtime.InteropServices;
using Fairlead.Bench;
using Fairlead.Bench.Peer;

// The harness starts itself as its own peers.
if (args is [PeerRole.Word, .. var role])
    return await PeerRole.RunAsync(role);

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
try
{
    return await new BenchRun(BenchOptions.Parse(args), TimeProvider.System).RunAsync(cancellation.Token);
}
catch (BenchException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return e.IsUsage ? 2 : 1;
}
catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
{
    return 130;
}

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    cancellation.Cancel();
}
